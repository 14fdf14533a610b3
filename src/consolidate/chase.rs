//! Whom to chase first: units of which nothing is used, by how many verdicts their figures could still change.
//!
//! A unit could still change a verdict when there are figures for everything that is missing such that the verdict turns
//! with this unit's figure alone. Where the bounds lie on both sides of the target that is true of every unit whose pair is
//! open, for the others can always be thought to stand so that it decides; where there are no figures yet, of every unit
//! that could give the first. Equal counts are ordered by how much of what is open is theirs, then by the roster.

use super::{Consolidated, IndicatorResult, Verdict, bounds};
use crate::check::UnitStatus;
use crate::domain::{IndicatorId, UnitCode};
use rust_decimal::Decimal;
use std::cmp::Reverse;

/// A unit that has sent nothing that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    /// The unit.
    pub unit: UnitCode,
    /// Missing or rejected.
    pub status: UnitStatus,
    /// The indicators whose verdict its figures could still change, in the plan's order.
    pub indicators: Vec<IndicatorId>,
    /// Those of them that wait for nobody else: whatever it reports, the verdict is settled then.
    pub alone: Vec<IndicatorId>,
}

/// Missing and rejected units, first to be chased first.
pub fn whom_to_chase(results: &Consolidated) -> Vec<Awaited> {
    let silent = |status| matches!(status, UnitStatus::Missing | UnitStatus::Rejected);
    let mut awaited: Vec<(Awaited, Decimal)> = results
        .units
        .iter()
        .filter(|unit| silent(unit.status))
        .map(|unit| {
            let waiting = || results.indicators.iter().filter(|result| result.waits_for(&unit.code));
            let ids = |result: &IndicatorResult| result.indicator.id.clone();
            let settles = |result: &&IndicatorResult| result.open_units() == [&unit.code];
            let awaited = Awaited {
                unit: unit.code.clone(),
                status: unit.status,
                indicators: waiting().map(ids).collect(),
                alone: waiting().filter(settles).map(ids).collect(),
            };
            (awaited, waiting().map(|result| weight(result, &unit.code)).sum())
        })
        .collect();
    // The sort is stable: what is equal stays as the roster has it.
    awaited.sort_by_key(|(awaited, weight)| Reverse((awaited.indicators.len(), *weight)));
    awaited.into_iter().map(|(awaited, _)| awaited).collect()
}

impl IndicatorResult {
    /// Whether the figures of a unit, now missing or incomplete, could still change the verdict.
    pub fn waits_for(&self, unit: &UnitCode) -> bool {
        matches!(self.verdict, Verdict::Depends | Verdict::NoData) && self.open_units().contains(&unit)
    }

    /// The units whose figures are not settled, each once, in the order of their pairs.
    pub(super) fn open_units(&self) -> Vec<&UnitCode> {
        let mut units = Vec::new();
        for contribution in self.contributions.iter().filter(|c| bounds::is_open(c)) {
            if !units.contains(&&contribution.reporter) {
                units.push(&contribution.reporter);
            }
        }
        units
    }
}

/// Which part of what is open in an indicator is this unit's, from 0 to 1; a unit of unknown size could outweigh all.
fn weight(result: &IndicatorResult, unit: &UnitCode) -> Decimal {
    let open = || result.contributions.iter().filter(|c| bounds::is_open(c));
    if open().any(|c| c.range.is_none()) {
        let unknown = open().any(|c| c.range.is_none() && c.reporter == *unit);
        return if unknown { Decimal::ONE } else { Decimal::ZERO };
    }
    let span = |of: Option<&UnitCode>| -> Option<Decimal> {
        open()
            .filter(|c| of.is_none_or(|unit| c.reporter == *unit))
            .filter_map(|c| c.range)
            .try_fold(Decimal::ZERO, |sum, range| sum.checked_add(range.highest.checked_sub(range.lowest)?))
    };
    let part = || span(Some(unit))?.checked_div(span(None)?);
    part().unwrap_or_default()
}

#[cfg(test)]
mod tests;
