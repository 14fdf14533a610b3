//! This year's result beside those of earlier years: only what is alike is compared.
//!
//! A unit that is silent in one of two years moves the sum without anything having changed. So two results are compared
//! as they are only where everyone gave their figures in both years; else over the units that did. Where the units
//! themselves are others than last year's, a share of units is compared with nothing, and a rate of people only where
//! both years are whole. Last year's results of a predecessor are of another territory: only the units that are the same
//! compare. Nothing is compared across a change of the indicator's definition.

use super::history::{History, PastIndicator};
use super::results::{Comparison, Difference, PastResult, UnitResult};
use super::terms;
use crate::domain::{Aim, Indicator, Percent, Ratio, UnitCode, Year};
use crate::plan::Plan;
use std::collections::BTreeSet;

/// The results of an indicator before a year, in order of years.
pub(super) fn past(plan: &Plan, history: &History, indicator: &Indicator, year: Year) -> Vec<PastResult> {
    let known: Vec<(Year, &PastIndicator, Percent)> = history
        .of_indicator(year, &indicator.id)
        .filter_map(|(year, past)| Some((year, past, past.percent?)))
        .collect();
    let next = known.iter().map(|(year, ..)| *year).skip(1).chain([year]);
    known
        .iter()
        .zip(next)
        .map(|(&(year, past, percent), next)| {
            let target = plan.target_in(&indicator.id, year).map(|(_, target)| target);
            let aim = |percent| Aim { direction: indicator.direction, percent };
            let territories = history.territories(year);
            let other_territory =
                || (territories != history.territories(next)).then_some(Difference::Territory);
            PastResult {
                year,
                percent,
                direction: indicator.direction,
                target,
                reached: target.and_then(|target| reached(past, percent, aim(target))),
                is_whole: is_whole(plan, past, indicator, year, !territories.is_empty()),
                is_foreign: !territories.is_empty(),
                breaks: difference(plan, indicator, year, next).or_else(other_territory),
            }
        })
        .collect()
}

/// Whether an earlier result reached its target for certain.
fn reached(past: &PastIndicator, percent: Percent, aim: Aim) -> Option<bool> {
    let (lower, upper) = past.bounds.unwrap_or((percent, percent));
    let (low, high) = (aim.met_by(lower), aim.met_by(upper));
    (low == high).then_some(low)
}

/// Whether all who owed a figure in an earlier year gave it. A result of which only the percentage is known is taken as
/// it was given.
fn is_whole(plan: &Plan, past: &PastIndicator, indicator: &Indicator, year: Year, is_foreign: bool) -> bool {
    // Who owed a figure in another territory is not this plan's to know.
    if is_foreign || past.numerators.is_empty() && past.no_standard.is_empty() {
        return past.coverage.is_none_or(|coverage| coverage.reported == coverage.expected);
    }
    let terms = terms::of_indicator(plan, indicator, year);
    let owed: BTreeSet<&UnitCode> = terms.iter().map(|term| &term.about).collect();
    owed.into_iter().all(|unit| past.no_standard.contains(unit) || past.complete(unit).is_some())
}

/// How the year's result compares with last year's.
pub(super) fn with_last_year(
    indicator: &Indicator,
    (percent, by_unit): (Option<Percent>, &[UnitResult]),
    before: Option<&PastResult>,
    difference: Option<Difference>,
) -> Comparison {
    let (Some(now), Some(before)) = (percent, before) else { return Comparison::Unknown };
    let complete = || by_unit.iter().filter(|unit| unit.status.is_complete());
    let all_now = !by_unit.iter().any(|unit| unit.status.is_lacking());
    let judged_alike = complete().all(|unit| unit.last_year.is_some());
    if difference == Some(Difference::Definition) {
        return Comparison::NotComparable(Difference::Definition);
    }
    if before.is_foreign {
        return over_units_of_both(by_unit, Difference::Territory);
    }
    let whole = Comparison::Whole { before: before.percent, now };
    if let Some(difference) = difference {
        let comparable = !indicator.kind.is_share_of_units() && all_now && before.is_whole;
        return if comparable { whole } else { Comparison::NotComparable(difference) };
    }
    let has_units = by_unit.iter().any(|unit| unit.last_year.is_some());
    if all_now && before.is_whole && (judged_alike || !has_units) {
        return whole;
    }
    over_units_of_both(by_unit, Difference::NothingInCommon)
}

/// The two results over the units that gave all their figures in both years.
fn over_units_of_both(by_unit: &[UnitResult], otherwise: Difference) -> Comparison {
    let complete = by_unit.iter().filter(|unit| unit.status.is_complete());
    let in_both = complete.filter_map(|unit| Some((unit.last_year?, unit.share?)));
    let (mut units, mut sums) = (0, (Ratio::default(), Ratio::default()));
    for (before, now) in in_both {
        units += 1;
        sums = (sums.0.plus(before), sums.1.plus(now));
    }
    match (sums.0.percent(), sums.1.percent()) {
        (Some(before), Some(now)) => Comparison::Matched { before, now, units },
        _ => Comparison::NotComparable(otherwise),
    }
}

/// Why the results of two years are not joined: the indicator was defined anew between them, or the units are others.
pub(super) fn difference(
    plan: &Plan,
    indicator: &Indicator,
    earlier: Year,
    later: Year,
) -> Option<Difference> {
    if indicator.is_redefined_between(earlier, later) {
        return Some(Difference::Definition);
    }
    let changed = (earlier + 1..=later).any(|year| units_changed(plan, indicator, year));
    changed.then_some(Difference::Units)
}

/// Whether a level the indicator is counted over or reported by has other units than the year before.
pub(super) fn units_changed(plan: &Plan, indicator: &Indicator, year: Year) -> bool {
    let concerned = plan.levels.iter().filter(|level| indicator.kind.is_of_level(&level.id));
    concerned.into_iter().any(|level| plan.roster_changed(year, &level.id))
}
