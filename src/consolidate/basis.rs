//! What the results of a year are made from, looked up once.

use super::history::History;
use crate::check::AcceptedSubmissions;
use crate::domain::{FieldId, Unit, UnitCode, Year};
use crate::form::FormBook;
use crate::plan::{Before, Plan};
use crate::submission::{Fate, Reported};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What the results of a year are made from.
pub(super) struct Basis<'a> {
    pub plan: &'a Plan,
    pub accepted: &'a AcceptedSubmissions,
    pub history: &'a History,
    pub year: Year,
    /// The rosters back to the first year there are results of, last year's first.
    pub past_rosters: Vec<PastRoster<'a>>,
    pub forms: FormBook<'a>,
    pub roster: HashMap<&'a UnitCode, &'a Unit>,
    /// Fields that units filled and a finding keeps out.
    kept_out: HashSet<(&'a UnitCode, &'a FieldId)>,
}

impl<'a> Basis<'a> {
    pub(super) fn new(plan: &'a Plan, accepted: &'a AcceptedSubmissions, history: &'a History) -> Self {
        let year = accepted.year();
        let roster = plan.roster(year).into_iter().map(|unit| (&unit.code, unit)).collect();
        let forms = FormBook::new(plan);
        let submissions = accepted.units().iter().filter_map(|unit| accepted.submission_of(&unit.code));
        let cells = submissions.flat_map(|sent| sent.filled.iter().map(|cell| (&sent.unit, cell)));
        let kept_out = cells
            .filter(|(_, cell)| matches!(cell.fate, Fate::Rejected(_)))
            .map(|(unit, cell)| (unit, &cell.field))
            .collect();
        let first = history.years().chain([year - 1]).min().unwrap_or(year - 1);
        let past_rosters =
            (first..year).rev().map(|past| PastRoster { year: past, units: plan.before(past + 1) }).collect();
        Basis { plan, accepted, history, year, past_rosters, forms, roster, kept_out }
    }

    /// The unit as it was on last year's roster, when it was there.
    pub(super) fn last_year_of(&self, unit: &Unit) -> Option<&'a Unit> {
        self.past_rosters.first()?.units.unit(unit)
    }

    /// Whether a unit sent a figure that is kept out.
    pub(super) fn is_kept_out(&self, reporter: &UnitCode, field: &FieldId) -> bool {
        self.kept_out.contains(&(reporter, field))
    }

    /// What a unit reported in a field, when it did.
    pub(super) fn reported(&self, reporter: &UnitCode, field: &FieldId) -> Option<&'a Reported> {
        self.accepted.submission_of(reporter)?.values.get(field).map(Arc::as_ref)
    }
}

/// The roster of an earlier year, as the year after it looks back on it.
pub(super) struct PastRoster<'a> {
    pub year: Year,
    pub units: Before<'a>,
}
