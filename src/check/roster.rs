//! Who reported, who is late, who is missing.

use super::RejectedFile;
use super::record::report_date;
use crate::domain::{LevelId, UnitCode, Year};
use crate::finding::{Code, Finding};
use crate::intake::moment::Moment;
use crate::plan::Plan;
use crate::submission::{Account, InputFile, Submission};
use chrono::{FixedOffset, NaiveDate, TimeDelta};
use std::collections::BTreeMap;
use std::sync::Arc;
use vietnamese::display::capitalised;
use vietnamese::display::date;

/// A unit of the roster and how it stands.
#[derive(Debug, Clone)]
pub struct UnitState {
    /// Code.
    pub code: UnitCode,
    /// Official name.
    pub name: String,
    /// Name in tables.
    pub short_name: String,
    /// Kind, for example “thị xã”.
    pub kind: String,
    /// Level.
    pub level: LevelId,
    /// How it stands.
    pub status: UnitStatus,
    /// Date of its report, when given.
    pub reported_on: Option<NaiveDate>,
    /// Its files; the chosen one is marked.
    pub files: Vec<UnitFile>,
}

/// A file of a unit.
#[derive(Debug, Clone)]
pub struct UnitFile {
    /// The file.
    pub file: InputFile,
    /// Whether its values count.
    pub chosen: bool,
    /// Whether it came after the one whose values count although it cannot be used: nobody knows what it would say.
    pub is_newer: bool,
    /// Program that saved it.
    pub saved_by: Option<String>,
    /// Plan version of its template.
    pub plan_version: Option<String>,
    /// The day it came, where anything tells.
    pub came: Option<Came>,
}

/// The day a file came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Came {
    /// The day by the clock of the plan's offices.
    pub day: NaiveDate,
    /// What tells it.
    pub by: CameBy,
}

/// What tells when a file came, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameBy {
    /// The mail that brought it.
    Mail,
    /// The file's own account of when it was last saved: it came no earlier.
    Saved,
    /// The disk or the archive around it.
    Disk,
}

impl CameBy {
    /// The word of the tables.
    pub fn code(self) -> &'static str {
        match self {
            CameBy::Mail => "mail",
            CameBy::Saved => "saved",
            CameBy::Disk => "disk",
        }
    }
}

impl Came {
    fn of_submission(plan: &Plan, submission: &Submission) -> Option<Self> {
        let by_mail = submission.received.map(|receipt| (receipt.moment, CameBy::Mail));
        let as_saved = || {
            let saved = submission.saved(plan.utc_offset)?;
            let by = if saved.account == Account::Own { CameBy::Saved } else { CameBy::Disk };
            Some((saved.moment, by))
        };
        let (moment, by) = by_mail.or_else(as_saved)?;
        Some(Came { day: moment.on_the_wall(plan.utc_offset).date(), by })
    }
}

/// How a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitStatus {
    /// Reported in time.
    Reported,
    /// Reported after the due date.
    Late,
    /// Nothing came.
    Missing,
    /// What came could not be used.
    Rejected,
}

impl UnitStatus {
    /// The word of the JSON contract.
    pub fn code(self) -> &'static str {
        match self {
            UnitStatus::Reported => "reported",
            UnitStatus::Late => "late",
            UnitStatus::Missing => "missing",
            UnitStatus::Rejected => "rejected",
        }
    }
}

/// Everything that came and has a sender.
pub(super) struct Received<'a> {
    /// What counts.
    pub by_unit: &'a BTreeMap<UnitCode, Arc<Submission>>,
    /// What it replaces.
    pub superseded: &'a [Submission],
    /// What may be another unit's and is not used until somebody says whose it is.
    pub asked: &'a [Submission],
    /// What cannot be used.
    pub unused: &'a [UnusedFile],
    /// Whose forms came back blank, once for each such file.
    pub blank: &'a [UnitCode],
}

/// A file that cannot be used.
pub(super) struct UnusedFile {
    file: InputFile,
    sender: Option<UnitCode>,
    came: Option<Moment>,
}

impl UnusedFile {
    pub fn of_rejected(rejected: RejectedFile) -> Self {
        let RejectedFile { file, sender, came, .. } = rejected;
        UnusedFile { file, sender, came }
    }

    /// One that a rule of the plan refuses whole.
    pub fn of(submission: &Submission) -> Self {
        UnusedFile {
            file: submission.file.clone(),
            sender: Some(submission.unit.clone()),
            came: submission.came(),
        }
    }

    /// Whether it came after the file that is used. Files that were copied together bear moments close to each other.
    fn is_newer_than(&self, used: &Submission, offset: FixedOffset) -> bool {
        let (Some(came), Some(before)) = (self.came, used.came()) else { return false };
        came.span(offset).earliest - before.span(offset).latest > COPIED_TOGETHER
    }
}

/// By how much the moments of files may differ that somebody put into the inbox in one go.
const COPIED_TOGETHER: TimeDelta = TimeDelta::hours(1);

impl Received<'_> {
    /// The files of a unit, the chosen one first. A file that may be a unit's speaks for its having sent something only
    /// where nothing else does.
    fn files_of(&self, plan: &Plan, unit: &UnitCode) -> Vec<UnitFile> {
        let chosen = self.by_unit.get(unit);
        let mut files: Vec<UnitFile> = chosen.iter().map(|s| of_submission(plan, s, true)).collect();
        let others = self.superseded.iter().chain(self.asked).filter(|s| s.unit == *unit);
        files.extend(others.map(|s| of_submission(plan, s, false)));
        let unused = self.unused.iter().filter(|unused| unused.sender.as_ref() == Some(unit));
        files.extend(unused.map(|unused| {
            let is_newer = chosen.is_some_and(|used| unused.is_newer_than(used, plan.utc_offset));
            UnitFile { is_newer, ..unread(&unused.file) }
        }));
        if files.is_empty() {
            files.extend(self.asked.iter().filter(|s| may_be_of(s, unit)).map(|s| unread(&s.file)));
        }
        files
    }

    /// Whether all that came of a unit are blank forms.
    fn is_only_blank(&self, unit: &UnitCode, files: &[UnitFile]) -> bool {
        !files.is_empty() && self.blank.iter().filter(|of| *of == unit).count() == files.len()
    }

    /// Whether all that came for a unit are files of which nobody knows whose they are.
    fn is_only_asked(&self, unit: &UnitCode, files: &[UnitFile]) -> bool {
        let is_asked = |file: &UnitFile| {
            let of_unit = |s: &&Submission| s.unit == *unit || may_be_of(s, unit);
            self.asked.iter().filter(of_unit).any(|s| s.file == file.file)
        };
        files.iter().any(is_asked) && files.iter().all(is_asked)
    }
}

/// Whether something says that a submission of another unit's form is this unit's.
fn may_be_of(submission: &Submission, unit: &UnitCode) -> bool {
    submission.doubts.iter().any(|doubt| doubt.other == *unit)
}

fn unread(file: &InputFile) -> UnitFile {
    UnitFile {
        file: file.clone(),
        chosen: false,
        is_newer: false,
        saved_by: None,
        plan_version: None,
        came: None,
    }
}

/// The state of every unit on the roster, and what there is to say about it.
pub(super) fn states(
    plan: &Plan,
    year: Year,
    as_of: NaiveDate,
    received: &Received<'_>,
) -> (Vec<UnitState>, Vec<Finding>) {
    let due = plan.due_date(year);
    let mut findings = Vec::new();
    let mut states = Vec::new();
    for unit in plan.roster(year) {
        let submission = received.by_unit.get(&unit.code);
        let files = received.files_of(plan, &unit.code);
        let reported_on = submission.and_then(|s| report_date(plan, s));
        let status = match submission {
            Some(_) if reported_on.is_some_and(|day| day >= due) => UnitStatus::Late,
            Some(_) => UnitStatus::Reported,
            None if files.is_empty() => UnitStatus::Missing,
            None => UnitStatus::Rejected,
        };
        if submission.is_none() {
            let cause = match status {
                UnitStatus::Rejected if received.is_only_asked(&unit.code, &files) => format!(
                    "đã nhận tệp có thể là của {} nhưng tệp nêu hai đơn vị khác nhau nên chưa dùng (tính đến {})",
                    unit.name,
                    date(as_of)
                ),
                UnitStatus::Rejected if received.is_only_blank(&unit.code, &files) => format!(
                    "{} đã gửi biểu mẫu nhưng biểu mẫu còn trống, chưa có số liệu nào (tính đến {})",
                    capitalised(&unit.name),
                    date(as_of)
                ),
                UnitStatus::Rejected => format!(
                    "{} đã gửi tệp nhưng không tệp nào dùng được (tính đến {})",
                    capitalised(&unit.name),
                    date(as_of)
                ),
                _ => format!("{} chưa gửi báo cáo (tính đến {})", capitalised(&unit.name), date(as_of)),
            };
            let cure = format!("đề nghị đơn vị gửi biểu mẫu đã điền; hạn là trước ngày {}", date(due));
            let mut absent = Finding::new(Code::O003, cause, cure).of_unit(&unit.code).in_year(year);
            absent.effect = format!(
                "Số liệu của đơn vị coi như chưa có; kết quả {} kèm khoảng giá trị có thể.",
                plan.frame(year).names.territory
            );
            findings.push(absent);
        }
        states.push(UnitState {
            code: unit.code.clone(),
            name: unit.name.clone(),
            short_name: unit.short_name.clone(),
            kind: unit.kind.clone(),
            level: unit.level.clone(),
            status,
            reported_on,
            files,
        });
    }
    (states, findings)
}

fn of_submission(plan: &Plan, submission: &Submission, chosen: bool) -> UnitFile {
    UnitFile {
        file: submission.file.clone(),
        chosen,
        is_newer: false,
        saved_by: submission.saved_by.clone(),
        plan_version: submission.plan_version.clone(),
        came: Came::of_submission(plan, submission),
    }
}
