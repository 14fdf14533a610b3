//! The season: who has sent, who has not, what waits for whom, on a day; and what the secretariat types about it.
//!
//! A season is looked at every day while reports come in. Figures come from [`crate::check`] and [`crate::consolidate`];
//! here is what is to be done next, and in which order.

pub mod settle;
pub mod typed;

use crate::check::decision::desk::{SeasonDay, Subject};
use crate::check::{AcceptedSubmissions, Addressed, Came, UnitState, UnitStatus};
use crate::consolidate::{Consolidated, Waiting};
use crate::domain::{Contact, IndicatorId, Unit, UnitCode, Year};
use crate::finding::{Finding, Severity};
use crate::plan::Plan;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A season on a day.
#[derive(Debug, Clone)]
pub struct Season {
    /// Report year.
    pub year: Year,
    /// The day.
    pub day: NaiveDate,
    /// Reports are to come before this day.
    pub due: NaiveDate,
    /// Every unit of the roster, first to be chased first.
    pub units: Vec<UnitSeason>,
    /// Findings that belong to no unit of the roster.
    pub of_nobody: Vec<Finding>,
}

/// How a unit stands in the season.
#[derive(Debug, Clone)]
pub struct UnitSeason {
    /// Code.
    pub code: UnitCode,
    /// Official name.
    pub name: String,
    /// Name in tables.
    pub short_name: String,
    /// Whom to turn to.
    pub contact: Contact,
    /// What is to be done next.
    pub stage: Stage,
    /// Whether its report counts as a late one.
    pub is_late: bool,
    /// The file that counts, else the last one that came.
    pub file: Option<String>,
    /// When that came, where anything tells.
    pub came: Option<Came>,
    /// How many different files it has sent.
    pub versions: usize,
    /// The indicators whose verdict waits for its figures.
    pub awaited: Vec<IndicatorId>,
    /// Findings that ask it for something, gravest first.
    pub open: Vec<Asked>,
    /// Findings for information.
    pub to_know: Vec<Finding>,
}

/// A finding that asks for something.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The finding.
    pub finding: Finding,
    /// What a decision about it would be about.
    pub subject: Subject,
}

/// What is to be done next about a unit, first to be done first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Nothing came: it is to be reminded.
    Missing,
    /// What came cannot be used: it is to send again.
    Rejected,
    /// Its report has errors to mend.
    ToMend,
    /// Its report has figures to explain.
    ToExplain,
    /// Nothing.
    Settled,
}

impl Stage {
    /// All of them, in this order.
    pub const ALL: [Stage; 5] =
        [Stage::Missing, Stage::Rejected, Stage::ToMend, Stage::ToExplain, Stage::Settled];

    /// How people are told.
    pub fn vietnamese(self) -> &'static str {
        match self {
            Stage::Missing => "Chưa gửi",
            Stage::Rejected => "Tệp chưa dùng được",
            Stage::ToMend => "Còn lỗi phải sửa",
            Stage::ToExplain => "Còn số cần giải trình",
            Stage::Settled => "Xong",
        }
    }
}

impl UnitSeason {
    /// How many findings are to be mended.
    pub fn to_mend(&self) -> usize {
        self.open.iter().filter(|asked| asked.finding.severity >= Severity::Error).count()
    }

    /// How many are to be explained.
    pub fn to_explain(&self) -> usize {
        self.open.len() - self.to_mend()
    }
}

impl Season {
    /// How the season stands; `findings` are all of the year.
    pub fn of_year(
        plan: &Plan,
        accepted: &AcceptedSubmissions,
        results: &Consolidated,
        findings: &[Finding],
        day: NaiveDate,
    ) -> Self {
        let year = accepted.year();
        let Addressed { mut of_units, strangers, others } = accepted.addressed(findings);
        let waiting = Waiting::of_results(results);
        let roster = plan.roster(year);
        let mut units: Vec<UnitSeason> = Vec::new();
        for state in accepted.units() {
            let unit = roster.iter().find(|unit| unit.code == state.code).copied();
            let findings = of_units.remove(&state.code).unwrap_or_default();
            units.push(UnitSeason::of_state(accepted, state, unit, findings, &waiting));
        }
        // The sort is stable: what is equal stays as the roster has it.
        units.sort_by_key(|unit| (unit.stage, waiting.rank(&unit.code)));
        let of_nobody = others.into_iter().chain(strangers.into_values().flatten()).cloned().collect();
        Season { year, day, due: plan.due_date(year), units, of_nobody }
    }

    /// Days left before the due date; negative after it.
    pub fn days_left(&self) -> i64 {
        (self.due - self.day).num_days()
    }

    /// How many days are left, in words.
    pub fn left_in_words(&self) -> String {
        match self.days_left() {
            left if left > 0 => format!("còn {left} ngày"),
            0 => "đã đến hạn".to_owned(),
            late => format!("quá hạn {} ngày", -late),
        }
    }

    /// How many units stand so.
    pub fn count(&self, stage: Stage) -> usize {
        self.units.iter().filter(|unit| unit.stage == stage).count()
    }

    /// How many units have a report that can be used.
    pub fn received(&self) -> usize {
        self.units.len() - self.count(Stage::Missing) - self.count(Stage::Rejected)
    }

    /// The day as it is put down.
    pub fn as_day(&self) -> SeasonDay {
        SeasonDay {
            date: self.day,
            expected: self.units.len(),
            received: self.received(),
            settled: self.count(Stage::Settled),
            rejected: self.count(Stage::Rejected),
            open: self.units.iter().map(|unit| unit.open.len()).sum(),
        }
    }
}

impl UnitSeason {
    fn of_state(
        accepted: &AcceptedSubmissions,
        state: &UnitState,
        unit: Option<&Unit>,
        findings: Vec<&Finding>,
        waiting: &Waiting<'_>,
    ) -> Self {
        let sent = accepted.sent_by(&state.code).map(AsRef::as_ref);
        let (open, to_know): (Vec<&Finding>, Vec<&Finding>) =
            findings.into_iter().partition(|finding| state.is_asked_by(finding));
        let open: Vec<Asked> = open
            .into_iter()
            .map(|finding| Asked { subject: Subject::of_finding(finding, sent), finding: finding.clone() })
            .collect();
        let chosen = state.files.iter().find(|file| file.chosen).or_else(|| state.files.first());
        let contents: BTreeSet<&str> = state.files.iter().map(|file| file.file.sha256.as_str()).collect();
        UnitSeason {
            code: state.code.clone(),
            name: state.name.clone(),
            short_name: state.short_name.clone(),
            contact: unit.map(|unit| unit.contact.clone()).unwrap_or_default(),
            stage: stage(state.status, &open),
            is_late: state.status == UnitStatus::Late,
            file: chosen.map(|file| file.file.path.to_string()),
            came: chosen.and_then(|file| file.came),
            versions: contents.len(),
            awaited: waiting.for_unit(&state.code),
            open,
            to_know: to_know.into_iter().cloned().collect(),
        }
    }
}

fn stage(status: UnitStatus, open: &[Asked]) -> Stage {
    let worst = open.iter().map(|asked| asked.finding.severity).max();
    match (status, worst) {
        (UnitStatus::Missing, _) => Stage::Missing,
        (UnitStatus::Rejected, _) => Stage::Rejected,
        (_, Some(severity)) if severity >= Severity::Error => Stage::ToMend,
        (_, Some(_)) => Stage::ToExplain,
        (_, None) => Stage::Settled,
    }
}
