//! Whom to chase first: units of which nothing is used, by how many verdicts their figures could still change.
//!
//! A unit could still change a verdict when there are figures for everything that is missing such that the verdict turns
//! with this unit's figure alone. Where the bounds lie on both sides of the target that is true of every unit whose pair is
//! open, for the others can always be thought to stand so that it decides; where there are no figures yet, of every unit
//! that could give the first. Equal counts are ordered by how much of what is open is theirs, then by the roster.

use super::{Consolidated, IndicatorResult, Verdict, bounds};
use crate::check::{UnitState, UnitStatus};
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
    let waiting = Waiting::of_results(results);
    let mut silent: Vec<&UnitState> = results
        .units
        .iter()
        .filter(|unit| matches!(unit.status, UnitStatus::Missing | UnitStatus::Rejected))
        .collect();
    // The sort is stable: what is equal stays as the roster has it.
    silent.sort_by_key(|unit| waiting.rank(&unit.code));
    let awaited = |unit: &UnitState| Awaited {
        unit: unit.code.clone(),
        status: unit.status,
        indicators: waiting.for_unit(&unit.code),
        alone: waiting.for_unit_alone(&unit.code),
    };
    silent.into_iter().map(awaited).collect()
}

/// Which verdicts wait for whom.
pub struct Waiting<'a> {
    by_indicator: Vec<(&'a IndicatorId, HashMap<&'a UnitCode, Decimal>)>,
}

impl<'a> Waiting<'a> {
    /// Those of a year.
    pub fn of_results(results: &'a Consolidated) -> Self {
        let waits = |result: &'a IndicatorResult| (&result.indicator.id, result.waits_for());
        Waiting { by_indicator: results.indicators.iter().map(waits).collect() }
    }

    fn of_unit(
        &self,
        unit: &UnitCode,
    ) -> impl Iterator<Item = &(&'a IndicatorId, HashMap<&'a UnitCode, Decimal>)> {
        self.by_indicator.iter().filter(move |(_, units)| units.contains_key(unit))
    }

    /// The indicators whose verdict a unit's figures could still change, in the plan's order.
    pub fn for_unit(&self, unit: &UnitCode) -> Vec<IndicatorId> {
        self.of_unit(unit).map(|(id, _)| (*id).clone()).collect()
    }

    /// Those of them that wait for nobody else.
    fn for_unit_alone(&self, unit: &UnitCode) -> Vec<IndicatorId> {
        self.of_unit(unit).filter(|(_, units)| units.len() == 1).map(|(id, _)| (*id).clone()).collect()
    }

    /// What units are sorted by, first to be chased first: by how many verdicts wait, then by how much of what is open is
    /// the unit's.
    pub fn rank(&self, unit: &UnitCode) -> Reverse<(usize, Decimal)> {
        let weight = self.of_unit(unit).map(|(_, units)| units[unit]).sum();
        Reverse((self.of_unit(unit).count(), weight))
    }
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
