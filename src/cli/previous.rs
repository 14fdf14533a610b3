//! `--previous` and `--history`: what is known of earlier years, out of whatever was kept of them. Both read the same: a
//! folder of results, a result as JSON, a provincial workbook, or the folder of what the units sent.

use super::args::{DecisionOptions, ReadLimits};
use super::confined::Confined;
use super::discover::{self, Found};
use super::reading;
use super::record::{Sealed, lower_among};
use super::terminal::Terminal;
use super::{decisions, interrupt, own, swap};
use crate::check::check_decided;
use crate::consolidate::history::{result_file, workbook};
use crate::consolidate::{History, PastYear, RecordStamp, consolidate, fields_of};
use crate::domain::{UnitCode, Year};
use crate::error::Error;
use crate::finding::Code;
use crate::intake::{LARGEST_FILE, Question};
use crate::output::{json, returns};
use crate::plan::Plan;
use crate::submission::{Content, Received};
use crate::template::Values;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The largest result that is read, bytes: that of a whole country takes a good part of it.
pub(super) const LARGEST_RESULT: u64 = 512 << 20;
/// As much of a file as tells whether it is a JSON, bytes.
const HEAD: u64 = 1 << 16;

/// What rules that compare with last year go by: what `--previous` names, else last year's result in the history.
///
/// # Errors
/// As [`values`].
pub(super) fn known(
    terminal: &Terminal,
    limits: &ReadLimits,
    plan: &Plan,
    year: Year,
    path: Option<&PathBuf>,
    history: &History,
) -> Result<BTreeMap<UnitCode, Values>, Error> {
    match (path, history.year(year - 1)) {
        (Some(path), _) => values(terminal, limits, plan, year, path),
        (None, Some(past)) => Ok(fields_of(plan, year, past)),
        (None, None) => Ok(BTreeMap::new()),
    }
}

/// Last year's values for the forms of `year`.
///
/// # Errors
/// Nothing of last year is found, or only of another year or plan.
pub(super) fn values(
    terminal: &Terminal,
    limits: &ReadLimits,
    plan: &Plan,
    year: Year,
    path: &PathBuf,
) -> Result<BTreeMap<UnitCode, Values>, Error> {
    let kept = kept(terminal, limits, plan, path)?;
    if let Some(past) = best(plan, &kept, year - 1).filter(|past| past.values.is_some()) {
        return Ok(fields_of(plan, year, &past));
    }
    // What was sent tells every field; results of older versions tell the figures of the indicators only.
    if let Some(past) = sent(terminal, limits, plan, year - 1, path)?.and_then(|past| past.seen_from(plan)) {
        return Ok(fields_of(plan, year, &past));
    }
    if let Some(past) = best(plan, &kept, year - 1) {
        return Ok(fields_of(plan, year, &past));
    }
    Err(Error::Usage(match kept.last() {
        Some(past) if past.plan != plan.id && plan.predecessor(&past.plan).is_none() => format!(
            "“{}” là kết quả của kế hoạch “{}”, không phải của kế hoạch “{}”.",
            path.display(),
            past.plan,
            plan.id
        ),
        Some(past) => format!(
            "“{}” là kết quả năm {}; biểu mẫu năm {year} cần số liệu năm {}.",
            path.display(),
            past.year,
            year - 1
        ),
        None => format!(
            "Không đọc được báo cáo hay kết quả năm {} nào ở “{}”. Chạy “xhht check” với thư mục đó để xem vì sao.",
            year - 1,
            path.display()
        ),
    }))
}

/// The results of the years before `year`.
///
/// # Errors
/// There are none of this plan, or a file that says it is one cannot be read.
pub(super) fn history(
    terminal: &Terminal,
    limits: &ReadLimits,
    plan: &Plan,
    year: Year,
    path: Option<&PathBuf>,
) -> Result<History, Error> {
    let mut history = History::default();
    let Some(path) = path else { return Ok(history) };
    for past in kept(terminal, limits, plan, path)? {
        // The year being consolidated is not its own history; the better source of a year comes first.
        if past.year < year {
            history.take(plan, past);
        }
    }
    let is_own = |past: &PastYear| past.territories.is_empty();
    if !history.year(year - 1).is_some_and(is_own)
        && let Some(past) = sent(terminal, limits, plan, year - 1, path)?
    {
        history.take(plan, past);
    }
    if history.years().next().is_none() {
        return Err(Error::Usage(format!(
            "Không có kết quả năm trước (ket-qua-xhht-….json hoặc tong-hop-xhht-….xlsx của kế hoạch {}) trong “{}”.",
            plan.id,
            path.display()
        )));
    }
    Ok(history)
}

/// A year's result of this plan, else of its predecessors; the better source first.
fn best(plan: &Plan, kept: &[PastYear], year: Year) -> Option<PastYear> {
    let mut found = History::default();
    for past in kept.iter().filter(|past| past.year == year) {
        found.take(plan, past.clone());
    }
    found.year(year).cloned()
}

/// Finishes what runs had begun that were cut off while their outputs took their places, in these folders, and says whether
/// there were such runs; where it cannot be finished, that is told.
fn finish_interrupted(terminal: &Terminal, folders: &BTreeSet<PathBuf>) -> bool {
    let mut is_any = false;
    for folder in folders.iter().filter(|folder| swap::is_interrupted(folder)) {
        let _unbroken = interrupt::unbroken();
        match swap::finish_interrupted(folder) {
            Ok(_) => is_any = true,
            Err(error) => terminal.warn(format!(
                "Trong “{}” lần chạy trước bị ngắt khi đang thay các tệp kết quả: mỗi tệp vẫn trọn vẹn nhưng có thể thuộc hai lần chạy; chưa thay nốt được ({error}); chạy lại xhht cho thư mục ấy để hoàn tất",
                folder.display()
            )),
        }
    }
    is_any
}

/// The results at a place, the better source first: a JSON is exact, a workbook speaks for a year only where there is
/// none. A file that is named is looked into whatever its name; in a folder, names tell which files are results.
fn kept(
    terminal: &Terminal,
    limits: &ReadLimits,
    plan: &Plan,
    path: &PathBuf,
) -> Result<Vec<PastYear>, Error> {
    let is_named = path.is_file();
    let found = || discover::files(std::slice::from_ref(path));
    let mut files = found()?;
    let folders = files.iter().filter_map(|file| file.path.parent()).map(Path::to_owned).collect();
    if finish_interrupted(terminal, &folders) {
        files = found()?;
    }
    let mut files: Vec<(Kept, Found)> = files
        .into_iter()
        .filter(|file| file.trouble.is_none())
        .filter_map(|file| Some((Kept::of_name(&file.path, is_named)?, file)))
        .collect();
    files.sort_by_key(|(kind, _)| *kind);
    let mut years: Vec<PastYear> = Vec::new();
    let progress = terminal.progress(files.len(), "Đọc kết quả các năm trước");
    for (_, file) in files {
        progress.inc(1);
        let Some(record) = progress.suspend(|| stamped(terminal, &file.path))? else { continue };
        let past = past_year(limits, plan, &file.path)?;
        let file = Some(file.shown.as_str().into());
        years.extend(past.map(|past| PastYear { record, file, ..past }));
    }
    // Of a year the record speaks, of its parts the last; then files in the order they stand in.
    years.sort_by_key(|past| Reverse(past.record.as_ref().map(|record| record.part)));
    Ok(years)
}

/// The stamp of the record whose result a file is, none for a result by itself; `None` for a file that is not to speak.
fn stamped(terminal: &Terminal, path: &Path) -> Result<Option<Option<RecordStamp>>, Error> {
    let opened = match Sealed::of(path)? {
        Sealed::Loose => return Ok(Some(None)),
        Sealed::Beside => return Ok(None),
        Sealed::Result(opened) => opened,
    };
    if let Some(fault) = opened.fault_of_result() {
        // Nobody knows who wrote what there.
        terminal.warn(format!(
            "{}: {fault}; không dùng làm số liệu năm trước. Chạy xhht verify để xem chi tiết",
            opened.name()
        ));
        return Ok(None);
    }
    Ok(Some(Some(opened.record.stamp)))
}

/// What was kept of a year, the better first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kept {
    Json,
    Workbook,
}

impl Kept {
    fn of_name(path: &Path, is_named: bool) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        let (stem, ending) = name.rsplit_once('.')?;
        match ending {
            "json" if is_named || stem.starts_with(result_file::NAMED) => Some(Kept::Json),
            "xlsx" | "xls" | "ods" if is_named || stem.starts_with("tong-hop-xhht-") => Some(Kept::Workbook),
            _ => None,
        }
    }
}

/// The result of an earlier year in a file, if it holds one.
fn past_year(limits: &ReadLimits, plan: &Plan, path: &Path) -> Result<Option<PastYear>, Error> {
    let io = |source| Error::Io { doing: "đọc số liệu năm trước", path: path.to_owned(), source };
    let is_json = |bytes: &[u8]| {
        let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        text.trim_ascii_start().first() == Some(&b'{')
    };
    let mut file = File::open(path).map_err(io)?;
    let mut bytes = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut bytes).map_err(io)?;
    if is_json(&bytes) {
        file.take(LARGEST_RESULT - HEAD).read_to_end(&mut bytes).map_err(io)?;
        let text = String::from_utf8_lossy(&bytes);
        let past = PastYear::read(text.trim_start_matches('\u{feff}'));
        return past
            .map(|past| Some(past.under_codes_of(plan)))
            .map_err(|why| Error::Usage(format!("Tệp “{}” {why}.", path.display())));
    }
    file.take(LARGEST_FILE + 1 - HEAD).read_to_end(&mut bytes).map_err(io)?;
    let question = Question { tabs: workbook::SHEETS.map(str::to_owned).to_vec(), others: false };
    let raw = Confined::new(limits).read(bytes, &question)?;
    Ok(raw.ok().and_then(|raw| workbook::read(plan, &raw)))
}

/// What the units sent for a year, checked and decided as it was then: what was kept out of the result then is not what
/// this year is compared with. Return copies and blank templates are nobody's figures. `None` when nothing was sent.
fn sent(
    terminal: &Terminal,
    limits: &ReadLimits,
    plan: &Plan,
    year: Year,
    path: &PathBuf,
) -> Result<Option<PastYear>, Error> {
    let paths = std::slice::from_ref(path);
    let files = discover::files(paths)?;
    let lower = lower_among(plan, &files);
    let (files, _) = own::apart(files, &lower, paths, None);
    let files: Vec<Found> = files.into_iter().filter(|file| may_be_sent(&file.path)).collect();
    if files.is_empty() || plan.roster(year).is_empty() {
        return Ok(None);
    }
    let received = reading::read_all(terminal, limits, plan, Some(year), &files, &lower)?;
    let is_filled = |received: &Received| match &received.content {
        Content::Submission(submission) => submission.filled_count > 0,
        Content::Rejected { .. } | Content::Ignored => true,
    };
    let received: Vec<Received> = received.into_iter().filter(is_filled).collect();
    let predecessor = whose(plan, &received);
    let decisions = decisions::read(plan, year, paths, &DecisionOptions::default())?.decisions;
    // The day reports were due: what was decided about them held then.
    let as_of = plan.due_date(year);
    let accepted = check_decided(plan, year, as_of, &BTreeMap::new(), received, &decisions)?.value;
    if accepted.units().iter().all(|unit| accepted.submission_of(&unit.code).is_none()) {
        return Ok(None);
    }
    let results = consolidate(plan, &accepted, as_of, &History::default()).value;
    let past = json::remembered(plan, &results)?;
    Ok(Some(match predecessor {
        Some(id) => past.as_reported_under(plan, id),
        None => past,
    }))
}

/// Id of the predecessor under whose plan everything was sent; `None` where anything was under another.
fn whose(plan: &Plan, received: &[Received]) -> Option<String> {
    let sent = received.iter().filter(|received| matches!(received.content, Content::Submission(_)));
    let of = |received: &Received| {
        let told = received.findings.iter().filter(|finding| finding.code == Code::S003);
        let mut ids = told.filter_map(|finding| finding.read.as_deref());
        ids.find(|id| plan.predecessor(id).is_some()).map(str::to_owned)
    };
    let ids: Option<BTreeSet<String>> = sent.map(of).collect();
    let mut ids = ids?.into_iter();
    ids.next().filter(|_| ids.next().is_none())
}

/// Whether a file may be what a unit sent: no return copy, whatever became of it since, and no result.
fn may_be_sent(path: &Path) -> bool {
    let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = whole.parent().and_then(Path::file_name);
    let is_of_copies = |folder: &OsStr| returns::is_folder_of_copies(&folder.to_string_lossy());
    !folder.is_some_and(is_of_copies) && Kept::of_name(path, false).is_none()
}
