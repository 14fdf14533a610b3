//! `xhht consolidate`: the main job.

use super::args::{ConsolidateOptions, Format, ReadLimits, Without};
use super::case::{self, Named};
use super::check::{Unasked, counted, outcome, print_findings, say_unasked, settled};
use super::output::is_in_no_record;
use super::template::check_year;
use super::terminal::{HEADING, Terminal};
use super::writing::{self, Asked, Written};
use super::{CommandResult, changes, decisions, inputs, last_run, links, own, tables};
use crate::check::UnitStatus;
use crate::consolidate::history::result_file::AskedPart;
use crate::consolidate::{Awaited, Consolidated, Verdict, whom_to_chase};
use crate::domain::{IndicatorId, UnitCode};
use crate::error::Error;
use crate::finding::Finding;
use crate::output::json::OutputFile;
use crate::output::returns;
use crate::plan::Plan;
use crate::report;
use crate::report::format::percent_places;
use anstyle::{AnsiColor, Style};
use chrono::Local;
use page::overflow::Overflow;
use std::path::Path;
use vietnamese::display::{date, first_of, number};

pub(super) fn run(
    terminal: &Terminal,
    plan_path: Option<&Path>,
    limits: &ReadLimits,
    options: &ConsolidateOptions,
) -> CommandResult {
    let plan = inputs::plan(plan_path)?;
    check_year(&plan, options.year)?;
    check_unit_sheets(&plan, options)?;
    is_in_no_record(&options.out)?;
    if let Some(folder) = &options.tables {
        tables::may_be_written(folder, &options.paths, &options.out)?;
    }
    last_run::is_not_closed(&options.out, options.year)?;
    let decisions = decisions::read(&plan, options.year, &options.paths, &options.decisions)?.decisions;
    let named = Named {
        year: options.year,
        as_of: options.as_of.unwrap_or_else(|| Local::now().date_naive()),
        paths: &options.paths,
        out: Some(&options.out),
        history: options.history.as_ref(),
        previous: options.previous.as_ref(),
        decisions,
    };
    let case = named.gather(terminal, limits, &plan)?;
    let mut judgement = case::judge(terminal, &plan, case)?;
    let judged = &mut judgement.judged;
    let last = last_run::of(&options.out, options.year);
    last_run::may_be_replaced(&options.out, last.as_ref(), &judged.results)?;
    if let Some(last) = &last {
        judged.results.since_last_run = last_run::since(&plan, last, &judged.results)?;
    }
    let unasked = Unasked::of(&judged.accepted);
    let links = links::from_folder(&options.out, &options.paths)?;
    let asked = Asked {
        out: &options.out,
        asked: AskedPart { unit_sheets: options.unit_sheets, letter_date: options.letter_date },
        without: &options.without,
        links: &links,
    };
    let (written, results, findings) = writing::write(terminal, limits, &plan, judgement, &asked)?;
    let Written { files, pdfs, outdated, renamed, copies } = written;
    let tables =
        options.tables.as_ref().map(|folder| tables::write(terminal, folder, &plan, &results, &findings));
    let tables = tables.transpose()?;

    if options.format == Format::Json {
        print_findings(terminal, &plan, &findings, Format::Json)?;
    } else {
        summary(terminal, &plan, &results, &findings, &unasked);
        for (name, faults) in ["Báo cáo", "Bản tóm tắt"].iter().zip(&pdfs) {
            told_of_pdf(terminal, name, &faults.missing, &faults.overflows);
        }
        told_of_files(terminal, &plan, options, &files, copies);
        if let Some(folder) = &tables {
            terminal.say(format!(
                "  {}: các bảng CSV và Parquet; nội dung từng cột ở datapackage.json",
                folder.display()
            ));
        }
        if let Some(since) = &results.since_last_run {
            changes::say(terminal, &plan, options.year, &changes::since(since), &since.changes);
        }
    }
    told_of_outdated(terminal, &outdated);
    renamed.iter().for_each(|told| terminal.warn(told));
    Ok(outcome(&findings))
}

/// Which files were written, and how many return copies wait to be sent.
fn told_of_files(
    terminal: &Terminal,
    plan: &Plan,
    options: &ConsolidateOptions,
    files: &[OutputFile],
    copies: usize,
) {
    terminal.say(format!("{HEADING}Các tệp đã ghi{HEADING:#}"));
    for file in files.iter().filter(|file| !returns::is_copy(&file.path)) {
        terminal.say(format!("  {}", options.out.join(&file.path).display()));
    }
    if plan.brief_text.is_none() && !options.without.contains(&Without::Pdf) {
        terminal.say(
            "  Không ghi bản tóm tắt: kế hoạch không có lời văn cho bản tóm tắt (khóa brief ở mục [files]).",
        );
    }
    let of_copy = files
        .iter()
        .find_map(|file| Some(file.path.rsplit_once('/').filter(|_| returns::is_copy(&file.path))?.0));
    if let (Some(folder), true) = (of_copy, copies > 0) {
        terminal.say(format!(
            "  {}: {copies} bản trả lại để gửi cho đơn vị sửa",
            options.out.join(folder).display()
        ));
    }
    let is_list =
        |file: &&OutputFile| returns::is_copy(&file.path) && returns::is_list(Path::new(&file.path));
    for list in files.iter().filter(is_list) {
        terminal.say(format!(
            "  {}: nhận xét để biết về các đơn vị không phải làm gì, không phải gửi",
            options.out.join(&list.path).display()
        ));
    }
}

/// Whether the plan has the texts of the unit sheets that are asked for.
///
/// # Errors
/// [`Error::Usage`] saying what the plan lacks.
fn check_unit_sheets(plan: &Plan, options: &ConsolidateOptions) -> Result<(), Error> {
    if options.unit_sheets && plan.unit_sheet_text.is_none() {
        return Err(Error::Usage(
            "Kế hoạch không có lời văn cho phiếu từng đơn vị nên không ghi được phiếu. Thêm brief và unit-sheet vào mục [files] của kế hoạch, đặt hai tệp ấy cạnh tệp kế hoạch (mẫu: xhht init), hoặc bỏ --unit-sheets.".to_owned(),
        ));
    }
    Ok(())
}

/// Return copies of an earlier run whose units are asked nothing any more.
fn told_of_outdated(terminal: &Terminal, outdated: &own::Outdated) {
    let (lists, copies): (Vec<_>, Vec<_>) =
        outdated.untouched.iter().partition(|file| returns::is_list(file));
    if !copies.is_empty() {
        terminal.say(format!(
            "  Đã xóa {} bản trả lại của lần chạy trước, nay không còn gì phải sửa",
            copies.len()
        ));
    }
    if !lists.is_empty() {
        terminal.say("  Đã xóa danh sách để biết của lần chạy trước, nay không còn gì để nêu");
    }
    for copy in &outdated.changed {
        terminal.say(format!(
            "  Giữ lại bản trả lại cũ đã có người sửa: {}; nếu là bài nộp mới, hãy chuyển vào hộp thư",
            copy.display()
        ));
    }
}

/// What could not be printed as it is: from the plan's own texts, for senders' words have findings of their own.
fn told_of_pdf(terminal: &Terminal, name: &str, missing: &[char], overflows: &[Overflow]) {
    if !missing.is_empty() {
        let glyphs: Vec<String> = missing.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
        terminal.say(format!(
            "{name} PDF: phông chữ không có các ký tự sau, đã in ký tự thay thế: {}",
            glyphs.join(", ")
        ));
    }
    if let Some(first) = overflows.first() {
        let more = match overflows.len() {
            1 => String::new(),
            n => format!(" và {} chỗ khác", n - 1),
        };
        terminal.say(format!(
            "{name} PDF có chỗ không vừa khung, cần rút gọn: trang {} “{}”{more}",
            first.page, first.text
        ));
    }
}

fn summary(
    terminal: &Terminal,
    plan: &Plan,
    results: &Consolidated,
    findings: &[Finding],
    unasked: &Unasked,
) {
    terminal.say(format!(
        "{HEADING}TỔNG HỢP {} {} NĂM {}{HEADING:#} (số liệu chốt ngày {})",
        plan.frame(results.year).names.scheme_in_capitals(),
        plan.frame(results.year).province.to_uppercase(),
        results.year,
        date(results.as_of)
    ));
    if !results.unknown_predecessors.is_empty() {
        terminal
            .say(format!("Chưa có số liệu của {} trước hợp nhất", results.unknown_predecessors.join(", ")));
    }
    terminal.say("");
    say_who_reported(terminal, results);
    terminal.say("");
    say_indicators(terminal, results);
    terminal.say("");
    say_whom_to_chase(terminal, results);
    terminal.say(settled(&results.ledger));
    terminal.say(format!("{HEADING}Kiểm tra{HEADING:#}: {}", counted(findings)));
    say_unasked(terminal, unasked);
    if !findings.is_empty() {
        terminal.say("  Xem chi tiết ở trang “Nhận xét” của sổ Excel, hoặc chạy xhht check; xhht explain MÃ để hiểu một mã.");
    }
    terminal.say("");
}

fn say_who_reported(terminal: &Terminal, results: &Consolidated) {
    let units = |status: UnitStatus| -> Vec<&str> {
        let units = results.units.iter().filter(|unit| unit.status == status);
        units.map(|unit| unit.short_name.as_str()).collect()
    };
    let (reported, late) = (units(UnitStatus::Reported), units(UnitStatus::Late));
    terminal.say(format!(
        "{HEADING}Đơn vị báo cáo{HEADING:#}: {}/{} đã gửi",
        reported.len() + late.len(),
        results.units.len()
    ));
    let groups = [
        ("Nộp muộn", late),
        ("Chưa gửi", units(UnitStatus::Missing)),
        ("Không dùng được", units(UnitStatus::Rejected)),
    ];
    for (head, names) in groups.iter().filter(|(_, names)| !names.is_empty()) {
        terminal.say(format!("  {head} ({}): {}", names.len(), named(names)));
    }
    if groups.iter().any(|(_, names)| names.len() > MOST_NAMED) {
        terminal.say("  Đủ tên các đơn vị ở trang “Bài nộp” của sổ Excel");
    }
}

fn say_indicators(terminal: &Terminal, results: &Consolidated) {
    terminal.say(format!("{HEADING}Chỉ tiêu{HEADING:#}"));
    let widest = results.indicators.iter().map(|result| report::target_in_line(result).chars().count()).max();
    let widest = widest.unwrap_or_default().max(5);
    for result in &results.indicators {
        let places = percent_places(result.total, result.aim());
        let percent = result.percent().map_or_else(|| "–".to_owned(), |p| format!("{}%", number(p, places)));
        let wanted = report::target_in_line(result);
        let range = report::range_text(result).map(|range| format!(" (khoảng {range})")).unwrap_or_default();
        let waiting: Vec<&str> = result
            .depends_on
            .iter()
            .filter_map(|code| results.units.iter().find(|unit| unit.code == *code))
            .map(|unit| unit.short_name.as_str())
            .collect();
        let waiting = if waiting.is_empty() { String::new() } else { format!(", chờ {}", named(&waiting)) };
        let verdict = report::verdict_text(result);
        let color = verdict_style(result.verdict);
        terminal.say(format!(
            "  {:<4} {color}{verdict:<17}{color:#} {percent:>9} / {wanted:<widest$} {}{range}{waiting}",
            result.indicator.id.to_string(),
            result.indicator.short_title
        ));
    }
    if results.indicators.iter().any(|result| result.depends_on.len() > MOST_NAMED) {
        terminal.say("  Đủ tên các đơn vị còn chờ ở trang “Còn thiếu” của sổ Excel");
    }
}

/// How many units are named in a line; the workbook has them all.
const MOST_NAMED: usize = 5;

fn named(units: &[&str]) -> String {
    first_of(units, MOST_NAMED, "đơn vị khác")
}

/// How many units to be chased are named; the workbook has them all.
const MOST_CHASED: usize = 10;

fn say_whom_to_chase(terminal: &Terminal, results: &Consolidated) {
    let awaited: Vec<Awaited> =
        whom_to_chase(results).into_iter().filter(|awaited| !awaited.indicators.is_empty()).collect();
    if awaited.is_empty() {
        return;
    }
    terminal.say(format!(
        "{HEADING}Đôn đốc trước{HEADING:#} (xếp theo số chỉ tiêu mà số liệu của đơn vị còn có thể làm đổi đánh giá)"
    ));
    let name = |code: &UnitCode| {
        let unit = results.units.iter().find(|unit| unit.code == *code);
        unit.map_or_else(|| code.to_string(), |unit| unit.short_name.clone())
    };
    let numbers = |ids: &[IndicatorId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    for (place, awaited) in (1..).zip(awaited.iter().take(MOST_CHASED)) {
        let alone = match awaited.alone.as_slice() {
            [] => String::new(),
            ids => format!("; riêng {} chỉ còn chờ đơn vị này", numbers(ids)),
        };
        terminal.say(format!(
            "  {place:>2}. {}: {} chỉ tiêu ({}){alone}",
            name(&awaited.unit),
            awaited.indicators.len(),
            numbers(&awaited.indicators),
        ));
    }
    if awaited.len() > MOST_CHASED {
        terminal.say(format!(
            "      và {} đơn vị khác; xem bảng “Đơn vị cần lưu ý” ở trang “Tổng quan” của sổ Excel",
            awaited.len() - MOST_CHASED
        ));
    }
    terminal.say("");
}

fn verdict_style(verdict: Verdict) -> Style {
    let color = match verdict {
        Verdict::Met => AnsiColor::Green,
        Verdict::NotMet => AnsiColor::Red,
        Verdict::Depends => AnsiColor::Magenta,
        Verdict::NoData | Verdict::NoStandard | Verdict::NoTarget => AnsiColor::Yellow,
    };
    Style::new().fg_color(Some(color.into()))
}
