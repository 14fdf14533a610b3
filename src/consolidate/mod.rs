//! Σ, shares, bounds, coverage, verdicts: what the figures of all units say about each indicator.

mod basis;
mod bounds;
mod calculation;
pub mod change;
mod chase;
mod comparison;
mod contribution;
mod flag;
pub mod history;
mod indicator;
mod lower;
mod previous;
mod reference;
mod results;
mod series;
mod stamp;
mod terms;
mod trajectory;
mod unprintable;
mod verdict;

pub use calculation::{
    Calculation, Condition, Derived, Figure, Outcome, PairFigure, Range, SIZE, Share, Size,
};
pub use change::{Cause, Changes, Snapshot};
pub use chase::{Awaited, Waiting, whom_to_chase};
pub use history::{History, PastIndicator, PastYear, Reason, RecordStamp};
pub use lower::lower_result;
pub use previous::fields_of;
pub use results::{
    Assumed, Comparison, Consolidated, Contribution, Coverage, Difference, Flag, Flags, IndicatorResult,
    MergedPoint, MergedUnit, OverYears, Pace, PastResult, Point, Present, Published, ReferenceSource,
    Restated, Series, SeriesYear, SinceLastRun, Source, Standing, Trajectory, UnitFigure, UnitResult,
    YearSum,
};
pub use unprintable::unprintable;

pub use terms::{Term, TermFields};
pub use verdict::Verdict;

use crate::check::AcceptedSubmissions;
use crate::domain::{FieldId, UnitCode};
use crate::finding::WithFindings;
use crate::plan::Plan;
use crate::submission::Reported;
use basis::Basis;
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
    let basis = Basis::new(plan, accepted, history);
    let mut findings = history.doubts(plan, basis.year);
    let indicators: Vec<IndicatorResult> = plan
        .indicators_of(basis.year)
        .into_iter()
        .map(|indicator| indicator::result(&basis, indicator, &mut findings))
        .collect();
    let value = Consolidated {
        year: basis.year,
        as_of,
        over_years: series::over_years(plan, history, basis.year, &indicators),
        units: accepted.units().to_vec(),
        indicators,
        territories: history.other_territories(basis.year),
        unknown_predecessors: history.unknown_predecessors(plan),
        ledger: accepted.ledger().clone(),
        decided: accepted.decided().clone(),
        since_last_run: None,
        reported: reported_by_field(accepted),
    };
    WithFindings { value, findings }
}

fn reported_by_field(accepted: &AcceptedSubmissions) -> BTreeMap<FieldId, Vec<(UnitCode, Arc<Reported>)>> {
    let mut by_field: BTreeMap<FieldId, Vec<(UnitCode, Arc<Reported>)>> = BTreeMap::new();
    for unit in accepted.units() {
        for (field, reported) in
            accepted.submission_of(&unit.code).into_iter().flat_map(|submission| &submission.values)
        {
            by_field.entry(field.clone()).or_default().push((unit.code.clone(), Arc::clone(reported)));
        }
    }
    by_field
}
