//! How each local unit stands against the plan: which of its indicators reach the target set for the province, which do
//! not, which are open.

use super::sections::Scene;
use crate::check::{UnitState, UnitStatus};
use crate::consolidate::{IndicatorResult, UnitFigure, UnitResult, Verdict};
use crate::domain::{IndicatorKind, Ratio};
use std::cmp::Reverse;

/// One unit's indicators.
pub(super) struct Standing<'a> {
    pub unit: &'a UnitState,
    /// Indicators counted for the unit, in the plan's order.
    pub entries: Vec<Entry<'a>>,
}

/// One indicator of a unit.
pub(super) struct Entry<'a> {
    pub result: &'a IndicatorResult,
    pub unit: &'a UnitResult,
    /// Whether the unit itself reaches the target; `None` when its figure is missing or there is nothing to judge.
    pub reached: Option<bool>,
    /// There is no standard, or nothing occurred: neither reached nor open.
    pub not_judged: bool,
    /// Place among the units with a figure, from 1, and how many there are; none where units only hold a status or not.
    pub rank: Option<(usize, usize)>,
}

/// Every local unit of the year, in the roster's order.
pub(super) fn of<'a>(scene: &Scene<'a>) -> Vec<Standing<'a>> {
    let Some(local) = scene.plan.levels.first() else { return Vec::new() };
    let units = scene.results.units.iter().filter(|unit| unit.level == local.id);
    units.map(|unit| Standing { unit, entries: entries(scene, unit) }).collect()
}

fn entries<'a>(scene: &Scene<'a>, unit: &UnitState) -> Vec<Entry<'a>> {
    let results = scene.results.indicators.iter();
    let mine = results.filter_map(|result| {
        let of_unit = result.by_unit.iter().find(|other| other.unit == unit.code)?;
        Some(entry(result, of_unit))
    });
    mine.collect()
}

fn entry<'a>(result: &'a IndicatorResult, unit: &'a UnitResult) -> Entry<'a> {
    let target = result.target.map(|(_, percent)| percent);
    // Part of a unit's figures judges nothing.
    let whole = unit.share.filter(|_| unit.status != UnitFigure::Partial);
    let share = whole.filter(|share| !share.denominator.is_zero());
    let no_standard = result.verdict == Verdict::NoStandard || unit.status == UnitFigure::NoStandard;
    let reached =
        share.zip(target).filter(|_| !no_standard).map(|(share, target)| match &result.indicator.kind {
            IndicatorKind::ShareOfUnits { .. } => !share.numerator.is_zero(),
            _ => share.reaches(target),
        });
    let nothing = whole.is_some() && share.is_none();
    Entry { result, unit, reached, not_judged: no_standard || nothing, rank: rank(result, unit) }
}

/// Units with the same share stand on the same place.
fn rank(result: &IndicatorResult, unit: &UnitResult) -> Option<(usize, usize)> {
    if matches!(result.indicator.kind, IndicatorKind::ShareOfUnits { .. }) {
        return None;
    }
    let exact = |share: Ratio| share.percent();
    let own = exact(unit.share?)?;
    let all: Vec<_> = result.by_unit.iter().filter_map(|other| exact(other.share?)).collect();
    Some((all.iter().filter(|other| **other > own).count() + 1, all.len()))
}

impl Standing<'_> {
    /// How many indicators reach the target.
    pub fn reached(&self) -> usize {
        self.entries.iter().filter(|entry| entry.reached == Some(true)).count()
    }

    /// Those that do not.
    pub fn below(&self) -> impl Iterator<Item = &Entry<'_>> {
        self.entries.iter().filter(|entry| entry.reached == Some(false))
    }

    /// How many are open because a figure is missing.
    pub fn open(&self) -> usize {
        self.entries.iter().filter(|entry| entry.reached.is_none() && !entry.not_judged).count()
    }

    /// How many can be judged at all.
    pub fn judged(&self) -> usize {
        self.entries.iter().filter(|entry| !entry.not_judged).count()
    }

    /// Whether its own report is known; others may speak of it even where it is not.
    pub fn is_known(&self) -> bool {
        let reported = matches!(self.unit.status, UnitStatus::Reported | UnitStatus::Late);
        reported && self.judged() > 0
    }
}

/// The same units, those with most indicators below their targets first, then those with most open; among equals the
/// roster's order.
pub(super) fn behind_first<'a, 'b>(standings: &'b [Standing<'a>]) -> Vec<&'b Standing<'a>> {
    let mut order: Vec<&Standing<'_>> = standings.iter().collect();
    order.sort_by_key(|standing| Reverse((standing.below().count(), standing.open())));
    order
}
