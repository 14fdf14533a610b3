//! What the results of a year are made from, looked up once.

use super::history::History;
use crate::check::AcceptedSubmissions;
use crate::domain::{FieldId, Unit, UnitCode, Year};
use crate::form::FormBook;
use crate::plan::{Before, Plan};
use crate::submission::Reported;
use std::collections::HashMap;
use std::sync::Arc;

/// What the results of a year are made from.
pub(super) struct Basis<'a> {
    pub plan: &'a Plan,
    pub accepted: &'a AcceptedSubmissions,
    pub history: &'a History,
    pub year: Year,
    pub before: Before<'a>,
    pub past_rosters: PastRosters<'a>,
    pub forms: FormBook<'a>,
    pub roster: HashMap<&'a UnitCode, &'a Unit>,
}

impl<'a> Basis<'a> {
    pub(super) fn new(plan: &'a Plan, accepted: &'a AcceptedSubmissions, history: &'a History) -> Self {
        let year = accepted.year();
        let roster = plan.roster(year).into_iter().map(|unit| (&unit.code, unit)).collect();
        let (before, forms) = (plan.before(year), FormBook::new(plan));
        let known = history.years().filter(|known| *known < year);
        let past_rosters = PastRosters::new(plan, year, known);
        Basis { plan, accepted, history, year, before, past_rosters, forms, roster }
    }

    /// What a unit reported in a field, when it did.
    pub(super) fn reported(&self, reporter: &UnitCode, field: &FieldId) -> Option<&'a Reported> {
        self.accepted.submission_of(reporter)?.values.get(field).map(Arc::as_ref)
    }
}

/// The rosters of the years there are results of, newest first, each as the year after it looks back on it.
pub(super) struct PastRosters<'a>(pub Vec<(Year, Before<'a>)>);

impl<'a> PastRosters<'a> {
    fn new(plan: &'a Plan, year: Year, known: impl Iterator<Item = Year>) -> Self {
        let first = known.min().unwrap_or(year);
        PastRosters((first + 1..=year).rev().map(|year| (year - 1, plan.before(year))).collect())
    }
}
