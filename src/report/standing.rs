//! How each local unit stands against the plan: which of its indicators reach the target set for the province, which do
//! not, which are open.

use super::scene::Scene;
use crate::check::{UnitState, UnitStatus};
use crate::consolidate::{IndicatorResult, UnitFigure, UnitResult, Verdict};
use crate::domain::{IndicatorKind, Percent, Ratio, UnitCode};
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Bands of the share of its indicators that a unit reaches, from this many hundredths up, the best first.
pub const BANDS: [(i64, &str); 4] =
    [(90, "từ 90% số chỉ tiêu"), (70, "từ 70% đến dưới 90%"), (50, "từ 50% đến dưới 70%"), (0, "dưới 50%")];

/// The band that a share from 0 to 1 lies in.
pub fn band(share: Decimal) -> usize {
    let hundredths = share * Decimal::ONE_HUNDRED;
    BANDS.iter().position(|(from, _)| hundredths >= Decimal::from(*from)).unwrap_or(BANDS.len() - 1)
}

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
    /// Place among the units whose figure is whole, from 1, and how many there are; none where units only hold a status or
    /// not, and for a unit that has not given all its figures.
    pub rank: Option<(usize, usize)>,
}

/// Every local unit of the year, in the roster's order.
pub(super) fn of_local_units<'a>(scene: &Scene<'a>) -> Vec<Standing<'a>> {
    let Some(local) = scene.plan.levels.first() else { return Vec::new() };
    let rankings: Vec<Ranking<'a>> = scene.results.indicators.iter().map(Ranking::new).collect();
    let units = scene.results.units.iter().filter(|unit| unit.level == local.id);
    units.map(|unit| Standing::new(unit, entries(&rankings, unit))).collect()
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
                result.by_unit.iter().filter_map(|unit| whole(unit)?.percent()).collect();
            shares.sort_by(|a, b| result.indicator.direction.compare(*b, *a));
            shares
        });
        let by_unit = result.by_unit.iter().map(|unit| (&unit.unit, unit)).collect();
        Ranking { result, by_unit, shares }
    }

    /// Units with the same share stand on the same place.
    fn rank(&self, unit: &UnitResult) -> Option<(usize, usize)> {
        let shares = self.shares.as_ref()?;
        let own = whole(unit)?.percent()?;
        let direction = self.result.indicator.direction;
        Some((shares.partition_point(|other| direction.compare(*other, own).is_gt()) + 1, shares.len()))
    }
}

/// A unit's share where all its figures are there: part of them says nothing of it.
fn whole(unit: &UnitResult) -> Option<Ratio> {
    unit.share.filter(|_| unit.status != UnitFigure::Partial)
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
    let whole = whole(unit);
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

impl<'a> Standing<'a> {
    /// A unit that has not given all its figures has no place anywhere.
    fn new(unit: &'a UnitState, mut entries: Vec<Judged<'a>>) -> Self {
        if entries.iter().any(|entry| entry.is_lacking) {
            entries.iter_mut().for_each(|entry| entry.rank = None);
        }
        Standing { unit, entries }
    }
}

impl Standing<'_> {
    /// The indicators it owes a figure.
    pub fn lacking(&self) -> impl Iterator<Item = &Judged<'_>> {
        self.entries.iter().filter(|entry| entry.is_lacking)
    }

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

    /// The share of what is judged that is reached, from 0 to 1; `None` where nothing is known of the unit or judged.
    pub fn share(&self) -> Option<Decimal> {
        let judged = self.judged();
        (self.is_known() && judged > 0).then(|| Decimal::from(self.reached()) / Decimal::from(judged))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_follow_the_share() {
        let band_of = |hundredths: i64| band(Decimal::new(hundredths, 2));
        assert_eq!([100, 90, 89, 50, 49, 0].map(band_of), [0, 0, 1, 2, 3, 3]);
    }
}
