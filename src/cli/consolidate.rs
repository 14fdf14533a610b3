//! `xhht consolidate`: the main job.

use super::args::{ConsolidateOptions, DecisionOptions, Format, ReadLimits, Without};
use super::check::{Unasked, counted, outcome, print_findings, say_unasked, settled};
use super::output::Outputs;
use super::parallel::in_parallel;
use super::template::check_year;
use super::terminal::{HEADING, Terminal, quietly};
use super::{CommandResult, decisions, fonts, inputs, links, own, previous};
use crate::check::{self, AcceptedSubmissions, Earlier, Previous, UnitStatus};
use crate::consolidate::{Awaited, Consolidated, Verdict, consolidate, unprintable, whom_to_chase};
use crate::domain::{IndicatorId, UnitCode};
use crate::error::Error;
use crate::finding::{Finding, WithFindings};
use crate::output::json::OutputFile;
use crate::output::pdf::Pdf;
use crate::output::returns::ReturnCopy;
use crate::output::xlsx::{SourceLinks, Spill};
use crate::output::{json, pdf, returns, xlsx};
use crate::plan::Plan;
use crate::report;
use crate::report::format::percent_places;
use crate::report::model::Report;
use anstyle::{AnsiColor, Style};
use chrono::Local;
use page::Typeface;
use page::overflow::Overflow;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
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
    let Judged { accepted, results, findings, typeface, previous } =
        judged(terminal, limits, &plan, options)?;
    let with_returns = !options.without.contains(&Without::Returns);
    let copies = if with_returns { returns::copies(&plan, &accepted, &findings) } else { Vec::new() };
    let unasked = Unasked::of(&accepted);
    // What was sent without fault has been added up; of a whole country nobody can hold it all.
    drop(accepted);

    let report = report::build(&plan, &results, &findings)?;
    let brief = match options.without.contains(&Without::Pdf) {
        true => None,
        false => report::brief(&plan, &results, &findings, options.unit_sheets)?,
    };
    let writing = Writing { plan: &plan, previous: &previous, typeface: &typeface, report: &report, options };
    let Written { files, pdfs, outdated, renamed } =
        writing.all(terminal, limits, brief.as_ref(), &copies, |written| {
            json::write(&plan, &results, &findings, written)
        })?;

    if options.format == Format::Json {
        print_findings(terminal, &plan, &findings, Format::Json)?;
    } else {
        summary(terminal, &plan, &results, &findings, &unasked);
        for (name, faults) in ["Báo cáo", "Bản tóm tắt"].iter().zip(&pdfs) {
            told_of_pdf(terminal, name, &faults.missing, &faults.overflows);
        }
        told_of_files(terminal, &plan, options, &files, copies.len());
    }
    told_of_outdated(terminal, &outdated);
    renamed.iter().for_each(|told| terminal.warn(told));
    Ok(outcome(&findings))
}

/// What was sent, checked and added up.
struct Judged {
    accepted: AcceptedSubmissions,
    results: Consolidated,
    /// Gravest first.
    findings: Vec<Finding>,
    typeface: Typeface,
    previous: Previous,
}

/// Reads what was sent and what is known of earlier years, checks it and adds it up.
fn judged(
    terminal: &Terminal,
    limits: &ReadLimits,
    plan: &Plan,
    options: &ConsolidateOptions,
) -> Result<Judged, Error> {
    let year = options.year;
    let as_of = options.as_of.unwrap_or_else(|| Local::now().date_naive());
    let history = previous::history(terminal, limits, plan, year, options.history.as_ref())?;
    let previous = previous::known(terminal, limits, plan, year, options.previous.as_ref(), &history)?;
    let years = previous::of_all_years(plan, year, &previous, &history);
    let earlier = Earlier { previous: &previous, years: &years };
    let DecisionOptions { waivers, corrections } = &options.decisions;
    let decisions = decisions::read(plan, &options.paths, waivers.as_deref(), corrections.as_deref())?;
    let received = inputs::inbox(terminal, limits, plan, Some(year), &options.paths, Some(&options.out))?;
    let WithFindings { value: accepted, mut findings } =
        check::check_all(plan, year, as_of, earlier, received, &decisions)?;
    let WithFindings { value: results, findings: of_results } = consolidate(plan, &accepted, as_of, &history);
    findings.extend(of_results);
    let typeface = fonts::typeface(terminal, plan);
    findings.extend(unprintable(plan, &results, pdf::lacking_in(&typeface)?));
    findings.sort_by(Finding::order);
    Ok(Judged { accepted, results, findings, typeface, previous })
}

/// What the files are written from.
struct Writing<'a> {
    plan: &'a Plan,
    previous: &'a Previous,
    typeface: &'a Typeface,
    report: &'a Report,
    options: &'a ConsolidateOptions,
}

/// What was written.
struct Written {
    files: Vec<OutputFile>,
    /// What could not be printed, of each PDF in the order they are written.
    pdfs: Vec<PdfFaults>,
    outdated: own::Outdated,
    /// What bears another name than usual, in words.
    renamed: Vec<String>,
}

/// What a PDF could not show as it is.
struct PdfFaults {
    missing: Vec<char>,
    overflows: Vec<Overflow>,
}

impl Writing<'_> {
    /// Writes every file beside its place, the result of the names and hashes of all others last, and puts them in place
    /// together.
    fn all(
        &self,
        terminal: &Terminal,
        limits: &ReadLimits,
        brief: Option<&Report>,
        copies: &[ReturnCopy<'_>],
        result: impl FnOnce(&[OutputFile]) -> Result<Vec<u8>, Error>,
    ) -> Result<Written, Error> {
        let ConsolidateOptions { out, year, .. } = self.options;
        let links = links::from_folder(out, &self.options.paths)?;
        // The longest first, so that no thread is left with it at the end.
        let mut outputs_to_write = vec![Output::Workbook(&links)];
        if let Some(brief) = brief {
            outputs_to_write.extend([Output::Official, Output::Brief(brief)]);
        }
        outputs_to_write.extend(copies.iter().map(Output::Return));
        let mut outputs = Outputs::into_folder(out)?;
        let progress = terminal.progress(outputs_to_write.len(), "Ghi kết quả");
        let written = in_parallel(limits.threads(), &outputs_to_write, |output| {
            let written = self.one(output, &outputs)?;
            progress.inc(1);
            Ok(written)
        })?;
        let (mut files, pdfs): (Vec<OutputFile>, Vec<_>) = written.into_iter().unzip();
        let path = outputs.name_that_fits(&format!("ket-qua-xhht-{year}.json"));
        outputs.add(&path, &result(&files)?)?;
        files.push(OutputFile { path, sha256: String::new() });
        let with_returns = !self.options.without.contains(&Without::Returns);
        let again = |name: &str| !with_returns || files.iter().any(|new| new.path == name);
        let outdated = own::outdated(out, *year, again);
        for copy in &outdated.untouched {
            outputs.remove(copy);
        }
        let renamed = outputs.told();
        outputs.finish()?;
        progress.finish_and_clear();
        Ok(Written { files, pdfs: pdfs.into_iter().flatten().collect(), outdated, renamed })
    }

    /// Writes one file beside its place.
    fn one(&self, output: &Output<'_>, outputs: &Outputs) -> Result<(OutputFile, Option<PdfFaults>), Error> {
        let year = self.options.year;
        let pdf = |path: String, pdf: Pdf| {
            let path = outputs.name_that_fits(&path);
            let sha256 = outputs.add(&path, &pdf.bytes)?;
            let faults = PdfFaults { missing: pdf.missing_glyphs, overflows: pdf.overflows };
            Ok((OutputFile { path, sha256 }, Some(faults)))
        };
        match output {
            Output::Workbook(links) => {
                let path = outputs.name_that_fits(&format!("tong-hop-xhht-{year}.xlsx"));
                let sha256 = outputs.add_written(&path, |file, place| {
                    workbook(self.report, links, &self.options.out, file, place)
                })?;
                Ok((OutputFile { path, sha256 }, None))
            }
            Output::Official => {
                pdf(format!("bao-cao-xhht-{year}.pdf"), pdf::write_in(self.report, self.typeface)?)
            }
            Output::Brief(brief) => {
                pdf(format!("tom-tat-xhht-{year}.pdf"), pdf::write_brief_in(brief, self.typeface)?)
            }
            Output::Return(copy) => {
                let path = outputs.name_that_fits(&copy.path);
                let sha256 = outputs.add(&path, &copy.write(self.plan, self.previous, year)?)?;
                Ok((OutputFile { path, sha256 }, None))
            }
        }
    }
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

/// The workbook. Rows of long sheets pass through a file of the output folder's disk; when that is full, the writing
/// library can only panic.
fn workbook(
    report: &Report,
    links: &SourceLinks,
    folder: &Path,
    file: &mut (dyn Write + Send),
    place: &Path,
) -> Result<(), Error> {
    // It stays until the disk was asked: when it goes, what it spilt goes with it.
    let mut workbook = xlsx::Unsaved::default();
    let write = || workbook.write_linked(report, links, Some(Spill::into(folder)), file, place);
    let written = quietly(|| catch_unwind(AssertUnwindSafe(write))).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map_or("không rõ lý do", String::as_str);
        Err(match has_room(folder) {
            Err(source) => Error::Io { doing: "ghi", path: place.to_owned(), source },
            Ok(()) => Error::Internal(format!("không dựng được sổ Excel ({said})")),
        })
    });
    // What the folder does not take is a part of this workbook.
    written.map_err(|error| match error {
        Error::Io { doing, path, source } if path == folder => {
            Error::Io { doing, path: place.to_owned(), source }
        }
        other => other,
    })
}

/// Whether a folder takes another file of some size.
fn has_room(folder: &Path) -> io::Result<()> {
    let mut file = tempfile::tempfile_in(folder)?;
    file.write_all(&vec![0; 4 << 20])?;
    file.sync_all()
}

/// Return copies of an earlier run whose units have no findings any more.
fn told_of_outdated(terminal: &Terminal, outdated: &own::Outdated) {
    if !outdated.untouched.is_empty() {
        terminal.say(format!(
            "  Đã xóa {} bản trả lại của lần chạy trước, nay không còn nhận xét",
            outdated.untouched.len()
        ));
    }
    for copy in &outdated.changed {
        terminal.say(format!(
            "  Giữ lại bản trả lại cũ đã có người sửa: {}; nếu là bài nộp mới, hãy chuyển vào hộp thư",
            copy.display()
        ));
    }
}

/// A file to write beside the result.
enum Output<'a> {
    Workbook(&'a SourceLinks),
    Official,
    Brief(&'a Report),
    Return(&'a ReturnCopy<'a>),
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
        let target = result.target.map(|(_, target)| target);
        let places = percent_places(result.total, target);
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
