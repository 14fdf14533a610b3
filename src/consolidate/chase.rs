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
use std::collections::HashMap;

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
    let waiting: Vec<(&IndicatorId, HashMap<&UnitCode, Decimal>)> =
        results.indicators.iter().map(|result| (&result.indicator.id, result.waits_for())).collect();
    let mut awaited: Vec<(Awaited, Decimal)> = results
        .units
        .iter()
        .filter(|unit| silent(unit.status))
        .map(|unit| {
            let mine = || waiting.iter().filter(|(_, units)| units.contains_key(&unit.code));
            let awaited = Awaited {
                unit: unit.code.clone(),
                status: unit.status,
                indicators: mine().map(|(id, _)| (*id).clone()).collect(),
                alone: mine().filter(|(_, units)| units.len() == 1).map(|(id, _)| (*id).clone()).collect(),
            };
            (awaited, mine().map(|(_, units)| units[&unit.code]).sum())
        })
        .collect();
    // The sort is stable: what is equal stays as the roster has it.
    awaited.sort_by_key(|(awaited, weight)| Reverse((awaited.indicators.len(), *weight)));
    awaited.into_iter().map(|(awaited, _)| awaited).collect()
}

impl IndicatorResult {
    /// The units whose figures, now missing or incomplete, could still change the verdict, each with which part of what
    /// is open is its own, from 0 to 1; one of unknown size could outweigh all.
    pub fn waits_for(&self) -> HashMap<&UnitCode, Decimal> {
        let mut units = HashMap::new();
        if !matches!(self.verdict, Verdict::Depends | Verdict::NoData) {
            return units;
        }
        let open = || self.contributions.iter().filter(|c| bounds::is_open(c));
        if open().any(|c| c.range.is_none()) {
            for contribution in open() {
                let own = if contribution.range.is_none() { Decimal::ONE } else { Decimal::ZERO };
                units
                    .entry(&contribution.term.reporter)
                    .and_modify(|part| *part = own.max(*part))
                    .or_insert(own);
            }
            return units;
        }
        let mut whole = Decimal::ZERO;
        for contribution in open() {
            let span = contribution.range.and_then(|range| range.highest.checked_sub(range.lowest));
            let span = span.unwrap_or_default();
            whole = whole.saturating_add(span);
            let part: &mut Decimal = units.entry(&contribution.term.reporter).or_default();
            *part = part.saturating_add(span);
        }
        for part in units.values_mut() {
            *part = part.checked_div(whole).unwrap_or_default();
        }
        units
    }
}

#[cfg(test)]
mod tests;
