//! Σ, shares, bounds, coverage, verdicts: what the figures of all units say about each indicator.

mod bounds;
mod chase;
pub mod history;
mod indicator;
mod previous;
mod results;
mod trajectory;
mod unprintable;

pub use chase::{Awaited, whom_to_chase};
pub use history::{History, PastIndicator, PastYear};
pub use previous::fields_of;
pub use results::{
    Consolidated, Contribution, Coverage, IndicatorResult, Pace, Range, Trajectory, UnitFigure, UnitResult,
    Verdict,
};
pub use unprintable::unprintable;

use crate::check::AcceptedSubmissions;
use crate::domain::{FieldId, UnitCode};
use crate::finding::WithFindings;
use crate::form::FormBook;
use crate::plan::Plan;
use crate::submission::Reported;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Consolidates a year. The findings, class K, say where the figures do not suffice.
pub fn consolidate(
    plan: &Plan,
    accepted: &AcceptedSubmissions,
    as_of: NaiveDate,
    history: &History,
) -> WithFindings<Consolidated> {
    let year = accepted.year();
    let mut findings = Vec::new();
    let before = plan.before(year);
    let forms = FormBook::new(plan);
    let indicators = plan
        .indicators_of(year)
        .into_iter()
        .map(|indicator| {
            indicator::result(plan, accepted, &indicator, history, &before, &forms, &mut findings)
        })
        .collect();
    let value = Consolidated {
        year,
        as_of,
        units: accepted.units().to_vec(),
        indicators,
        ledger: accepted.ledger().clone(),
        decided: accepted.decided().clone(),
        reported: reported_by_field(accepted),
    };
    WithFindings { value, findings }
}

fn reported_by_field(accepted: &AcceptedSubmissions) -> BTreeMap<FieldId, Vec<(UnitCode, Arc<Reported>)>> {
    let mut by_field: BTreeMap<FieldId, Vec<(UnitCode, Arc<Reported>)>> = BTreeMap::new();
    for unit in accepted.units() {
        for (field, reported) in accepted.of(&unit.code).into_iter().flat_map(|submission| &submission.values)
        {
            by_field.entry(field.clone()).or_default().push((unit.code.clone(), Arc::clone(reported)));
        }
    }
    by_field
}
