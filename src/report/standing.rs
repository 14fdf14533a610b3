//! How each local unit stands against the plan: which of its indicators reach the target set for the province, which do
//! not, which are open.

use super::scene::Scene;
use crate::check::{UnitState, UnitStatus};
use crate::consolidate::{IndicatorResult, UnitFigure, UnitResult, Verdict};
use crate::domain::{IndicatorKind, Percent, UnitCode};
use std::cmp::Reverse;
use std::collections::HashMap;

/// One unit's indicators.
pub(super) struct Standing<'a> {
    pub unit: &'a UnitState,
    /// Indicators counted for the unit, in the plan's order.
    pub entries: Vec<Judged<'a>>,
}

/// One indicator of a unit.
pub(super) struct Judged<'a> {
    pub result: &'a IndicatorResult,
    pub unit: &'a UnitResult,
    /// Whether the unit itself reaches the target; `None` when its figure is missing or there is nothing to judge.
    pub reached: Option<bool>,
    /// There is no standard or no target, or nothing occurred: neither reached nor open.
    pub not_judged: bool,
    /// There is a standard and no target.
    pub no_target: bool,
    /// Its figure is missing, in whole or in part, judged or not.
    pub is_lacking: bool,
    /// Judged among the units with a figure, from 1, and how many there are; none where units only hold a status or not.
    pub rank: Option<(usize, usize)>,
}

/// Every local unit of the year, in the roster's order.
pub(super) fn of_local_units<'a>(scene: &Scene<'a>) -> Vec<Standing<'a>> {
    let Some(local) = scene.plan.levels.first() else { return Vec::new() };
    let rankings: Vec<Ranking<'a>> = scene.results.indicators.iter().map(Ranking::new).collect();
    let units = scene.results.units.iter().filter(|unit| unit.level == local.id);
    units.map(|unit| Standing { unit, entries: entries(&rankings, unit) }).collect()
}

/// An indicator with its units by code and their shares: each unit asks for both.
struct Ranking<'a> {
    result: &'a IndicatorResult,
    by_unit: HashMap<&'a UnitCode, &'a UnitResult>,
    /// From the best down; none where units only hold a status or not.
    shares: Option<Vec<Percent>>,
}

impl<'a> Ranking<'a> {
    fn new(result: &'a IndicatorResult) -> Self {
        let ranked = !result.indicator.kind.is_share_of_units();
        let shares = ranked.then(|| {
            let mut shares: Vec<Percent> =
                result.by_unit.iter().filter_map(|unit| unit.share?.percent()).collect();
            shares.sort_by(|a, b| result.indicator.direction.compare(*b, *a));
            shares
        });
        let by_unit = result.by_unit.iter().map(|unit| (&unit.unit, unit)).collect();
        Ranking { result, by_unit, shares }
    }

    /// Units with the same share stand on the same place.
    fn rank(&self, unit: &UnitResult) -> Option<(usize, usize)> {
        let shares = self.shares.as_ref()?;
        let own = unit.share?.percent()?;
        let direction = self.result.indicator.direction;
        Some((shares.partition_point(|other| direction.compare(*other, own).is_gt()) + 1, shares.len()))
    }
}

fn entries<'a>(rankings: &[Ranking<'a>], unit: &UnitState) -> Vec<Judged<'a>> {
    let mine = rankings.iter().filter_map(|ranking| {
        let of_unit = *ranking.by_unit.get(&unit.code)?;
        Some(entry(ranking, of_unit))
    });
    mine.collect()
}

fn entry<'a>(ranking: &Ranking<'a>, unit: &'a UnitResult) -> Judged<'a> {
    let result = ranking.result;
    let aim = result.aim();
    // Part of a unit's figures judges nothing.
    let whole = unit.share.filter(|_| unit.status != UnitFigure::Partial);
    let share = whole.filter(|share| !share.denominator.is_zero());
    let no_standard = result.verdict == Verdict::NoStandard || unit.status == UnitFigure::NoStandard;
    let reached = share.zip(aim).filter(|_| !no_standard).map(|(share, aim)| match &result.indicator.kind {
        IndicatorKind::ShareOfUnits { .. } => share.numerator.is_zero() != aim.direction.is_good_to_hold(),
        _ => aim.reached_by(share),
    });
    let nothing = whole.is_some() && share.is_none();
    let no_target = !no_standard && aim.is_none();
    let not_judged = no_standard || nothing || no_target;
    let is_lacking = !no_standard && whole.is_none();
    Judged { result, unit, reached, not_judged, no_target, is_lacking, rank: ranking.rank(unit) }
}

impl Judged<'_> {
    /// Whether it would be judged if its figure were not missing.
    pub fn is_open(&self) -> bool {
        self.reached.is_none() && !self.not_judged
    }

    /// Whether the unit holds the status that is counted; `None` for a figure, or where that is not known.
    pub fn holds(&self) -> Option<bool> {
        let is_status = self.result.indicator.kind.is_share_of_units();
        self.unit
            .share
            .filter(|share| is_status && !share.denominator.is_zero())
            .map(|share| !share.numerator.is_zero())
    }
}

impl Standing<'_> {
    /// How many are not judged for want of a target.
    pub fn without_target(&self) -> usize {
        self.entries.iter().filter(|entry| entry.no_target).count()
    }

    /// How many indicators reach the target.
    pub fn reached(&self) -> usize {
        self.entries.iter().filter(|entry| entry.reached == Some(true)).count()
    }

    /// Those that do not.
    pub fn below(&self) -> impl Iterator<Item = &Judged<'_>> {
        self.entries.iter().filter(|entry| entry.reached == Some(false))
    }

    /// How many are open because a figure is missing.
    pub fn open(&self) -> usize {
        self.entries.iter().filter(|entry| entry.is_open()).count()
    }

    /// What ranks it among others, the lowest first: most indicators reached, then fewest below their targets, then fewest
    /// open.
    pub fn place(&self) -> (Reverse<usize>, usize, usize) {
        (Reverse(self.reached()), self.below().count(), self.open())
    }

    /// How many can be judged at all.
    pub fn judged(&self) -> usize {
        self.entries.iter().filter(|entry| !entry.not_judged).count()
    }

    /// Whether its own report is known; others may speak of it even where it is not.
    pub fn is_known(&self) -> bool {
        let reported = matches!(self.unit.status, UnitStatus::Reported | UnitStatus::Late);
        reported && (self.judged() > 0 || self.without_target() > 0)
    }
}

/// The same units, those with most indicators below their targets first, then those with most open; among equals the
/// roster's order.
pub(super) fn behind_first<'a, 'b>(standings: &'b [Standing<'a>]) -> Vec<&'b Standing<'a>> {
    let mut order: Vec<&Standing<'_>> = standings.iter().collect();
    order.sort_by_key(|standing| Reverse((standing.below().count(), standing.open())));
    order
}

/// The same units, those that reach most indicators first; among equals the roster's order.
pub(super) fn leading_first<'a, 'b>(standings: &'b [Standing<'a>]) -> Vec<&'b Standing<'a>> {
    let mut order: Vec<&Standing<'_>> = standings.iter().collect();
    order.sort_by_key(|standing| standing.place());
    order
}
