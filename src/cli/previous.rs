//! `--previous`: last year's values by unit, out of whatever was kept of last year.

use super::args::ReadLimits;
use super::confined::{self, Question};
use super::discover;
use super::inputs::{self, bytes_of};
use super::terminal::Terminal;
use crate::consolidate::history::workbook;
use crate::consolidate::{History, PastYear, fields_of};
use crate::domain::{UnitCode, Year};
use crate::error::Error;
use crate::plan::Plan;
use crate::submission::{Content, Received, Submission};
use crate::template::Values;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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

/// Reads last year's values for the templates of `year`. The submissions of last year tell every field; its result as
/// JSON or workbook tells the figures of the indicators. Which one a file is, its content decides.
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
    let received = inputs::submissions(terminal, limits, plan, Some(year - 1), std::slice::from_ref(path))?;
    let submitted = of_submissions(plan, received);
    if !submitted.is_empty() {
        return Ok(submitted);
    }
    let mut other = None;
    for file in discover::files(std::slice::from_ref(path))? {
        let Some(past) = past_year(limits, plan, &file.path)? else { continue };
        if past.plan == plan.id && past.year == year - 1 {
            return Ok(fields_of(plan, year, &past));
        }
        other = Some(past);
    }
    Err(Error::Usage(match other {
        Some(past) if past.plan != plan.id => format!(
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

/// The result of an earlier year in a file, if it holds one.
pub(super) fn past_year(limits: &ReadLimits, plan: &Plan, path: &Path) -> Result<Option<PastYear>, Error> {
    let io = |source| Error::Io { doing: "đọc số liệu năm trước", path: path.to_owned(), source };
    let bytes = bytes_of(path).map_err(io)?;
    if let Ok(text) = std::str::from_utf8(&bytes) {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if !text.starts_with('{') {
            return Ok(None);
        }
        let past = PastYear::read(text);
        return past.map(Some).map_err(|why| Error::Usage(format!("Tệp “{}” {why}.", path.display())));
    }
    let question = Question { tabs: vec![workbook::SHEET.to_owned()], others: false };
    let raw = confined::read(bytes, &question, limits)?;
    Ok(raw.ok().and_then(|raw| workbook::read(plan, &raw)))
}

/// What the submissions say, by unit. Of several versions the one saved last speaks, as when consolidating.
fn of_submissions(plan: &Plan, received: Vec<Received>) -> BTreeMap<UnitCode, Values> {
    let mut submissions: Vec<Submission> = received
        .into_iter()
        .filter_map(|file| match file.content {
            Content::Submission(submission) => Some(*submission),
            _ => None,
        })
        .collect();
    let saved = |submission: &Submission| {
        let saved = submission.saved(plan.utc_offset).map(|saved| saved.span.latest);
        // What may be another unit's comes before what agrees with itself.
        (submission.doubts.is_empty(), saved, submission.file.sha256.clone())
    };
    submissions.sort_by_cached_key(saved);
    submissions.into_iter().map(|submission| (submission.unit.clone(), reported(&submission))).collect()
}

fn reported(submission: &Submission) -> Values {
    let values = submission.values.iter();
    values.filter_map(|(field, told)| Some((field.clone(), told.value.as_ref()?.content()))).collect()
}
