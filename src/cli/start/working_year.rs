//! Where a year's season stands: what there is in the working folder, and what comes next.

use crate::cli::discover;
use crate::cli::init::INBOX;
use crate::cli::inputs;
use crate::cli::record::Opened;
use crate::consolidate::history::record_file::RECORD_FILE;
use crate::consolidate::history::result_file;
use crate::domain::Year;
use crate::job::year_on;
use crate::plan::Plan;
use chrono::NaiveDate;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Folder of the records.
pub(super) const RECORDS: &str = "ho-so";
/// Folder of the results of all years.
const RESULTS: &str = "ket-qua";
/// What a working folder holds of a year. The program stands in that folder.
pub(super) struct WorkingYear {
    pub year: Year,
    /// `None` where the plan has mistakes or cannot be read.
    pub plan: Option<Plan>,
    /// Files in the inbox.
    pub received: usize,
    /// Whether templates were written.
    pub has_templates: bool,
    /// How often the year was closed.
    pub closed: u32,
    /// The folder that results are written to, or were.
    pub results: PathBuf,
    /// When they were written.
    pub consolidated: Option<SystemTime>,
    /// Whether a file came in since.
    pub is_outdated: bool,
}

impl WorkingYear {
    /// Looks at what there is. Without a year it is that of today.
    pub fn of(plan: &Path, year: Option<Year>, today: NaiveDate) -> Self {
        let plan = inputs::plan(Some(plan)).ok();
        let year = year.unwrap_or_else(|| year_on(today, plan.as_ref()));
        // What cannot be read has to be looked at all the same: the step that needs it says why not.
        let records = Opened::of_year(Path::new(RECORDS), year).unwrap_or_default();
        let closed = records.last().map_or(0, |last| last.record.stamp.part);
        let results = results_of(year, closed);
        let when = |path: &Path| fs::metadata(path).and_then(|found| found.modified()).ok();
        let consolidated = when(&results.join(result_file::file_name(year)));
        let inbox = discover::files(&[INBOX.into()]).unwrap_or_default();
        let last = inbox.iter().filter_map(|file| when(&file.path)).max();
        WorkingYear {
            year,
            plan,
            received: inbox.len(),
            has_templates: templates_of(year).is_dir(),
            closed,
            results,
            consolidated,
            is_outdated: consolidated.is_some() && last > consolidated,
        }
    }

    /// The day before which reports are due.
    pub fn due(&self) -> Option<NaiveDate> {
        self.plan.as_ref().map(|plan| plan.due_date(self.year))
    }

    /// The year's last record.
    pub fn record(&self) -> Option<PathBuf> {
        (self.closed > 0).then(|| record_of(self.year, self.closed))
    }

    /// What is likely to be done next.
    pub fn next(&self, today: NaiveDate, done: &Done) -> &'static str {
        let is_due = self.due().is_some_and(|due| due <= today);
        match self {
            WorkingYear { plan: None, .. } => "1",
            WorkingYear { closed: 1.., consolidated: None, .. } => "6",
            WorkingYear { consolidated: Some(_), is_outdated: true, .. } => "4",
            WorkingYear { consolidated: Some(_), .. } if is_due => "5",
            WorkingYear { received: 0, has_templates: true, .. } => "3",
            WorkingYear { received: 0, .. } if !done.checked => "1",
            WorkingYear { received: 0, .. } => "2",
            _ if done.looked_through => "4",
            _ => "3",
        }
    }
}

/// What was done since the program was opened.
#[derive(Default)]
pub(super) struct Done {
    /// The plan was found right.
    pub checked: bool,
    /// What came in was looked through.
    pub looked_through: bool,
}

/// Folder of a year's templates.
pub(super) fn templates_of(year: Year) -> PathBuf {
    Path::new("bieu-mau").join(year.to_string())
}

/// Folder of a year's results: what was closed is never written over.
fn results_of(year: Year, closed: u32) -> PathBuf {
    let results = Path::new(RESULTS);
    match closed {
        0 => results.join(year.to_string()),
        closed => results.join(format!("{year}-lan-{}", closed + 1)),
    }
}

/// Folder of a record.
pub(super) fn record_of(year: Year, part: u32) -> PathBuf {
    Path::new(RECORDS).join(year.to_string()).join(format!("lan-{part}"))
}

/// Results of earlier years: the records of those that were closed, else the results that lie there.
pub(super) fn history(year: Year) -> Option<PathBuf> {
    let any = |folder: &str, has: fn(Year) -> bool| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut years = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<Year>().ok());
        years.any(|earlier| earlier < year && has(earlier))
    };
    [(RECORDS, has_record as fn(Year) -> bool), (RESULTS, has_result)]
        .into_iter()
        .find(|(folder, has)| any(folder, *has))
        .map(|(folder, _)| folder.into())
}

/// Results of the year before alone.
pub(super) fn last_year(year: Year) -> Option<PathBuf> {
    let last = year - 1;
    let record = Path::new(RECORDS).join(last.to_string());
    match (has_record(last), has_result(last)) {
        (true, _) => Some(record),
        (false, true) => Some(results_of(last, 0).join(result_file::file_name(last))),
        (false, false) => None,
    }
}

fn has_record(year: Year) -> bool {
    record_of(year, 1).join(RECORD_FILE).is_file()
}

fn has_result(year: Year) -> bool {
    results_of(year, 0).join(result_file::file_name(year)).is_file()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PlanSources;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_season_goes_from_october_to_september_and_stays_within_the_plan() {
        let plan = Plan::read(&PlanSources::embedded()).unwrap();
        for (today, year) in [
            (day(2024, 9, 30), 2023),
            (day(2024, 10, 1), 2024),
            (day(2024, 12, 31), 2024),
            (day(2025, 1, 15), 2024),
            (day(2025, 9, 30), 2024),
            (day(2025, 10, 1), 2025),
            (day(2020, 5, 1), 2021),
            (day(2035, 12, 1), 2030),
        ] {
            assert_eq!(year_on(today, Some(&plan)), year, "{today}");
        }
        assert_eq!(year_on(day(2035, 12, 1), None), 2035);
    }

    #[test]
    fn one_step_follows_the_other() {
        let plan = Plan::read(&PlanSources::embedded()).unwrap();
        let mut year = WorkingYear {
            year: 2024,
            plan: None,
            received: 0,
            has_templates: false,
            closed: 0,
            results: PathBuf::new(),
            consolidated: None,
            is_outdated: false,
        };
        let mut done = Done::default();
        let (before, after) = (day(2024, 12, 1), day(2024, 12, 16));
        assert_eq!(year.next(before, &done), "1");
        year.plan = Some(plan);
        assert_eq!(year.next(before, &done), "1");
        done.checked = true;
        assert_eq!(year.next(before, &done), "2");
        year.has_templates = true;
        assert_eq!(year.next(before, &done), "3");
        year.received = 3;
        assert_eq!(year.next(before, &done), "3");
        done.looked_through = true;
        assert_eq!(year.next(before, &done), "4");
        year.consolidated = Some(SystemTime::UNIX_EPOCH);
        year.is_outdated = true;
        assert_eq!(year.next(after, &done), "4");
        year.is_outdated = false;
        assert_eq!((year.next(before, &done), year.next(after, &done)), ("4", "5"));
        (year.closed, year.consolidated) = (1, None);
        assert_eq!(year.next(after, &done), "6");
    }
}
