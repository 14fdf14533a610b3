//! `xhht check`: findings only; writes nothing but, when asked, a workbook of them.

use super::args::{CheckOptions, Format, ReadLimits};
use super::case::{self, Judgement, Named};
use super::output::Outputs;
use super::template::check_year;
use super::terminal::{HEADING, Terminal, shown, style};
use super::{CommandResult, Ending};
use super::{decisions, inputs, own, season};
use crate::check::{AcceptedSubmissions, Ledger};
use crate::domain::Year;
use crate::error::Error;
use crate::finding::{Finding, Severity, count_by_severity};
use crate::job::Judged;
use crate::output::xlsx;
use crate::plan::Plan;
use crate::report;
use crate::season::Season;
use crate::submission::{Content, Received};
use chrono::Local;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vietnamese::display::capitalised;

/// A finding about more cells than these does not name them by their codes.
const MOST_FIELDS: usize = 6;

pub(super) fn run(
    terminal: &Terminal,
    plan_path: Option<&Path>,
    limits: &ReadLimits,
    options: &CheckOptions,
) -> CommandResult {
    let plan = inputs::plan(plan_path)?;
    if let Some(year) = options.year {
        check_year(&plan, year)?;
    }
    let place = options.out.as_deref().map(|out| place(out, &options.paths)).transpose()?;
    let year = match options.year {
        Some(year) => year,
        // Without --year the commonest one is taken, and files of other years are told from it.
        None => {
            let out = options.out.as_deref();
            let received = inputs::inbox(terminal, limits, &plan, None, &options.paths, out)?;
            commonest_year(&received).unwrap_or(plan.first_year)
        }
    };
    let as_of = options.as_of.unwrap_or_else(|| Local::now().date_naive());
    let named = Named {
        year,
        as_of,
        paths: &options.paths,
        out: options.out.as_deref(),
        history: options.earlier.history.as_ref(),
        previous: options.earlier.previous.as_ref(),
        decisions: decisions::read(&plan, year, &options.paths, &options.decisions)?.decisions,
    };
    let case = named.gather(terminal, limits, &plan)?;
    let files = case.received.len();
    let Judgement { judged, .. } = case::judge(terminal, &plan, case)?;
    let Judged { accepted, results, mut findings, .. } = judged;
    let is_inbox = options.paths.iter().any(|path| path.is_dir());
    if !is_inbox {
        // Whoever checks some files is not asking which units are missing, nor what the province lacks.
        findings.retain(|finding| finding.code.is_about_a_file());
    }
    let doing = terminal.doing("Ghi kết quả kiểm tra");
    if let Some((folder, name)) = &place {
        doing.set_message("Ghi sổ nhận xét");
        let workbook = xlsx::write(&report::checked(&plan, as_of, &accepted, &findings))?;
        let outputs = Outputs::into_folder(folder)?;
        outputs.add(name, &workbook)?;
        outputs.finish()?;
    }
    drop(doing);
    let told: Vec<Finding> = match options.format {
        Format::Json => findings.clone(),
        // Who has sent nothing is named below, in one line.
        Format::Text => findings.iter().filter(|f| !f.code.is_of_missing_report()).cloned().collect(),
    };
    print_findings(terminal, &plan, &told, options.format)?;
    if options.format == Format::Text {
        terminal.say(format!(
            "{HEADING}Đã kiểm tra {files} tệp theo năm {year}.{HEADING:#} {}",
            counted(&findings)
        ));
        terminal.say(settled(accepted.ledger()));
        say_unasked(terminal, &Unasked::of(&accepted));
        if is_inbox {
            season::say_season(terminal, &Season::of_year(&plan, &accepted, &results, &findings, as_of));
        }
        if let Some((folder, name)) = &place {
            terminal.say(format!("Đã ghi nhận xét vào “{}”.", folder.join(name).display()));
        }
    }
    Ok(outcome(&findings))
}

/// Folder and name of the workbook to write: nowhere from where it would be read as a report next time.
fn place(out: &Path, paths: &[PathBuf]) -> Result<(PathBuf, String), Error> {
    if own::would_be_read(out, paths) {
        return Err(Error::Usage(format!(
            "“{}” nằm trong hộp thư nên lần sau sẽ bị đọc như bài nộp. Chọn một nơi khác để ghi nhận xét.",
            out.display()
        )));
    }
    let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if out.is_dir() || !name.to_lowercase().ends_with(".xlsx") {
        return Err(Error::Usage(format!(
            "Tùy chọn --out của lệnh check cần tên một tệp .xlsx, ví dụ nhan-xet.xlsx; “{}” không phải.",
            out.display()
        )));
    }
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok((folder.to_owned(), name))
}

/// What could not be asked.
pub(super) struct Unasked {
    year: Year,
    /// How many rules wait for cells that could not be read.
    unread: usize,
    /// Codes of the rules that wait for figures of last year.
    uncompared: Vec<String>,
}

impl Unasked {
    pub fn of(accepted: &AcceptedSubmissions) -> Self {
        let uncompared = accepted.uncompared().to_vec();
        Unasked { year: accepted.year(), unread: accepted.unasked(), uncompared }
    }
}

/// How many findings were left out because they would follow from others, and which because last year is not known.
pub(super) fn say_unasked(terminal: &Terminal, unasked: &Unasked) {
    let Unasked { year, unread, uncompared } = unasked;
    if !uncompared.is_empty() {
        let last = year - 1;
        terminal.say(format!(
            "  Chưa so với năm {last} (quy tắc {}) vì chưa có số liệu năm {last}; muốn so thì thêm --history và thư mục kết quả năm ấy",
            uncompared.join(", ")
        ));
    }
    if *unread > 0 {
        terminal.say(format!(
            "  {unread} quy tắc chưa xét được vì ô liên quan đã ghi nhưng chưa đọc được; sẽ xét khi ô ấy được sửa"
        ));
    }
}

/// What became of the filled cells, in one line.
pub(super) fn settled(ledger: &Ledger) -> String {
    format!(
        "{HEADING}Ô đã điền{HEADING:#}: {} = {} dùng + {} bản cũ + {} không nhận + {} bỏ qua",
        ledger.filled,
        ledger.used,
        ledger.superseded,
        ledger.rejected_in_all(),
        ledger.ignored_in_all()
    )
}

fn commonest_year(received: &[Received]) -> Option<Year> {
    let mut count: BTreeMap<Year, usize> = BTreeMap::new();
    for file in received {
        if let Content::Submission(submission) = &file.content {
            *count.entry(submission.year).or_default() += 1;
        }
    }
    count.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
}

/// Whether anything is at severity error or above.
pub(super) fn outcome(findings: &[Finding]) -> Ending {
    if findings.iter().any(|finding| finding.severity >= Severity::Error) {
        Ending::WithErrors
    } else {
        Ending::Clean
    }
}

/// “3 lỗi, 2 lưu ý”, or that there is nothing.
pub(super) fn counted(findings: &[Finding]) -> String {
    let counts: Vec<String> = count_by_severity(findings)
        .into_iter()
        .map(|(severity, count)| {
            let style = style(severity);
            format!("{style}{count} {}{style:#}", severity.vietnamese().to_lowercase())
        })
        .collect();
    if counts.is_empty() {
        "Không có nhận xét nào.".to_owned()
    } else {
        format!("Nhận xét: {}.", counts.join(", "))
    }
}

/// Prints findings: as text grouped by unit, file and sheet, or as JSON, one object a line.
///
/// # Errors
/// [`Error::Internal`] when a finding cannot be put into JSON.
pub(super) fn print_findings(
    terminal: &Terminal,
    plan: &Plan,
    findings: &[Finding],
    format: Format,
) -> Result<(), Error> {
    if format == Format::Json {
        for finding in findings {
            let line = serde_json::to_string(finding)
                .map_err(|error| Error::Internal(format!("không ghi được nhận xét JSON: {error}")))?;
            terminal.print_json(&line);
        }
        return Ok(());
    }
    let mut by_unit: BTreeMap<(usize, String), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_unit.entry(heading(plan, finding)).or_default().push(finding);
    }
    for ((_, unit), findings) in by_unit {
        terminal.print(format!("{HEADING}{unit}{HEADING:#}"));
        let mut place = None;
        for finding in findings {
            let here = finding.origin.as_ref().map(|origin| (origin.file.clone(), origin.sheet.clone()));
            if here != place {
                if let Some((file, sheet)) = &here {
                    let sheet = sheet.as_ref().map(|sheet| format!(" › {sheet}")).unwrap_or_default();
                    terminal.print(format!("  {}", shown(&format!("{file}{sheet}"))));
                }
                place = here;
            }
            print_one(terminal, finding);
        }
        terminal.print("");
    }
    Ok(())
}

/// The unit's name and its place on the plan's list; what belongs to nobody comes first.
fn heading(plan: &Plan, finding: &Finding) -> (usize, String) {
    let Some(code) = &finding.unit else {
        return (0, "Chung".to_owned());
    };
    let at = plan.units.iter().position(|unit| unit.code == *code);
    let name =
        at.and_then(|i| plan.units.get(i)).map_or_else(|| code.to_string(), |unit| capitalised(&unit.name));
    (at.map_or(usize::MAX, |i| i + 1), format!("{name} ({code})"))
}

fn print_one(terminal: &Terminal, finding: &Finding) {
    let style = style(finding.severity);
    let cell = finding.origin.as_ref().and_then(|origin| origin.cell.as_deref());
    let cell = cell.map(|cell| format!("ô {cell}: ")).unwrap_or_default();
    let severity = finding.severity.vietnamese();
    terminal.print(format!(
        "    {style}{severity} {}{style:#} {}",
        finding.code,
        shown(&format!("{cell}{}", finding.cause))
    ));
    let mut told = Vec::new();
    if let Some(label) = &finding.label {
        told.push(format!("mục: {label}"));
    }
    // What a decision in a text file names the cells by; one with many cells is decided in the season's workbook.
    if finding.severity >= Severity::Confirm && (1..=MOST_FIELDS).contains(&finding.fields.len()) {
        let fields: Vec<String> = finding.fields.iter().map(ToString::to_string).collect();
        told.push(format!("mã ô {}", fields.join(", ")));
    }
    if let Some(typed) = &finding.typed {
        told.push(format!("ghi “{typed}”"));
    }
    if let Some(read) = &finding.read {
        told.push(format!("đọc là “{read}”"));
    }
    if let Some(expected) = &finding.expected {
        told.push(format!("cần {expected}"));
    }
    if !told.is_empty() {
        terminal.print(format!("        {}", shown(&told.join("; "))));
    }
    terminal.print(format!("        Cách sửa: {} {}", shown(&finding.cure), finding.effect));
}
