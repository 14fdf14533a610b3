//! The run before in the same folder: what it found, and what must not be written over.

use super::previous::LARGEST_RESULT;
use crate::check::{UnitState, UnitStatus};
use crate::consolidate::history::{record_file, result_file};
use crate::consolidate::{Changes, Consolidated, SinceLastRun, Snapshot};
use crate::domain::Year;
use crate::error::Error;
use crate::output::json;
use crate::plan::Plan;
use std::fs;
use std::path::Path;

/// A result from less than one in so many of the reports that the last one had does not take its place: whoever asks for it
/// has named another inbox or another year.
const SHRUNK: usize = 2;
/// Of fewer reports some may go for other reasons; only all of them may not.
const MANY: usize = 5;

/// What the last run in a folder found for a year; `None` where there was none, or where it cannot be read.
pub(super) fn of(out: &Path, year: Year) -> Option<Snapshot> {
    let path = out.join(result_file::file_name(year));
    fs::metadata(&path).ok().filter(|found| found.is_file() && found.len() <= LARGEST_RESULT)?;
    let run = Snapshot::read(&fs::read_to_string(path).ok()?).ok()?;
    (run.year == year).then_some(run)
}

/// Whether a folder holds no results of a year that were closed there.
///
/// # Errors
/// [`Error::Usage`] when it does.
pub(super) fn is_not_closed(out: &Path, year: Year) -> Result<(), Error> {
    if !out.join(record_file::closed_mark(year)).exists() {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "Kết quả năm {year} trong “{}” đã chốt (xem tệp {}), không ghi đè. Tổng hợp lại thì ghi ra thư mục khác, ví dụ --out {}-lan-2, rồi chốt lần nữa bằng xhht close.",
        out.display(),
        record_file::closed_mark(year),
        out.display()
    )))
}

/// Whether new results may take the place of those of the last run in a folder.
///
/// # Errors
/// [`Error::Usage`] when most of the reports that the results there hold are not among what was read.
pub(super) fn may_be_replaced(
    out: &Path,
    last: Option<&Snapshot>,
    results: &Consolidated,
) -> Result<(), Error> {
    let year = results.year;
    let used = results.units.iter().filter(|unit| is_used(unit)).count();
    let before = last.map_or(0, Snapshot::reported);
    if before > 0 && used == 0 || before >= MANY && used * SHRUNK < before {
        return Err(Error::Usage(format!(
            "Những gì vừa đọc chỉ có báo cáo dùng được của {used} đơn vị cho năm {year}, còn kết quả đang có trong “{}” gồm báo cáo của {before} đơn vị; giữ nguyên kết quả ấy. Kiểm tra lại thư mục bài nộp và --year; nếu đúng là cần thì ghi ra thư mục khác.",
            out.display()
        )));
    }
    Ok(())
}

/// What differs from the last run; `None` where nothing does.
///
/// # Errors
/// [`Error::Internal`] when what is written cannot be read.
pub(super) fn since(
    plan: &Plan,
    last: &Snapshot,
    results: &Consolidated,
) -> Result<Option<SinceLastRun>, Error> {
    let now = json::told(plan, results)?;
    let changes = Changes::between(plan, last, &now);
    Ok((!changes.is_empty()).then_some(SinceLastRun { as_of: last.as_of, changes }))
}

fn is_used(unit: &UnitState) -> bool {
    matches!(unit.status, UnitStatus::Reported | UnitStatus::Late)
}
