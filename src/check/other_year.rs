//! Forms of another year that senders filled: whether what stands in one was meant for this year.

use super::newest::newest_last;
use super::record::{is_in_season, report_date};
use super::{Previous, RejectedFile};
use crate::domain::cell::Content;
use crate::domain::{UnitCode, Year};
use crate::plan::Plan;
use crate::submission::{Account, Sent, Submission, Value};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The form of another year that a unit filled.
#[derive(Debug, Clone)]
pub struct OtherYear {
    /// What it says, as the form of its own year.
    pub submission: Arc<Submission>,
    /// For which year it was filled.
    pub filled_for: FilledFor,
}

/// For which year's reports a form of another year was filled, and what says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilledFor {
    /// For this year's.
    This,
    /// Not for this year's: the report bears a day outside of their season.
    Dated(NaiveDate),
    /// Not for this year's: the report bears no day, and the file was saved outside of their season.
    Saved(NaiveDate),
    /// Not for this year's: the report bears no day, and its figures are those of the year before.
    AlreadyReported,
    /// The file says that it may be another unit's.
    OfAnother,
    /// Nothing says.
    Unknown,
}

/// The form of another year of each unit that sent one; of several the newest, one that was meant for this year first.
pub(super) fn of_units(
    plan: &Plan,
    year: Year,
    previous: &Previous,
    rejected: &mut [RejectedFile],
) -> BTreeMap<UnitCode, OtherYear> {
    let mut by_unit: BTreeMap<UnitCode, Vec<OtherYear>> = BTreeMap::new();
    for rejected in rejected {
        let (Some(unit), Some(submission)) = (&rejected.sender, rejected.of_other_year.take()) else {
            continue;
        };
        let filled_for = filled_for(plan, year, previous, &submission);
        by_unit
            .entry(unit.clone())
            .or_default()
            .push(OtherYear { submission: submission.into(), filled_for });
    }
    let best = |mut sent: Vec<OtherYear>| {
        if sent.iter().any(|sent| sent.filled_for == FilledFor::This) {
            sent.retain(|sent| sent.filled_for == FilledFor::This);
        }
        newest_last(plan, &mut sent, |sent| &sent.submission);
        sent.pop()
    };
    by_unit.into_iter().filter_map(|(unit, sent)| Some((unit, best(sent)?))).collect()
}

/// The day that the report bears decides. Without one the day on which the file was saved does, by its own account, then
/// that on which a mail brought it; the disk says only when somebody put it there. A report of an earlier year that is
/// opened and saved again bears its own day, or its figures give it away.
fn filled_for(plan: &Plan, year: Year, previous: &Previous, submission: &Submission) -> FilledFor {
    let due = plan.due_date(year);
    if submission.doubts.iter().any(|doubt| doubt.folder.is_none()) {
        return FilledFor::OfAnother;
    }
    if let Some(day) = report_date(plan, submission) {
        return if is_in_season(due, day) { FilledFor::This } else { FilledFor::Dated(day) };
    }
    let saved = submission.saved(plan.utc_offset).filter(|saved| saved.account != Account::Around);
    let saved = saved.map(|saved| saved.moment);
    let moment = saved.or(submission.received.map(|receipt| receipt.moment));
    match moment.map(|moment| moment.on_the_wall(plan.utc_offset).date()) {
        Some(day) if !is_in_season(due, day) => FilledFor::Saved(day),
        Some(_) if is_already_reported(previous, submission) => FilledFor::AlreadyReported,
        Some(_) => FilledFor::This,
        None => FilledFor::Unknown,
    }
}

/// How many figures must be those of the year before, and no other differ, to be no accident.
const FIGURES_ALIKE: usize = 3;

/// Whether the figures are those that are known of the year before.
fn is_already_reported(previous: &Previous, submission: &Submission) -> bool {
    let Some(known) = previous.get(&submission.unit) else { return false };
    let pairs = submission.sent.iter().filter_map(|(field, sent)| {
        let (Sent::Read(sent), Content::Number(known)) = (sent, known.get(field)?) else { return None };
        let Some(Value::Number(sent)) = &sent.value else { return None };
        Some(sent == known)
    });
    let alike: Vec<bool> = pairs.collect();
    alike.len() >= FIGURES_ALIKE && alike.iter().all(|alike| *alike)
}
