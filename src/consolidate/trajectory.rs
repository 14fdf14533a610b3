//! Where a result stands on the way to its target.

use super::IndicatorResult;
use super::results::{Pace, Trajectory};
use crate::domain::{Aim, Indicator, Percent, Year};
use crate::plan::{Plan, on_trajectory};
use std::cmp::Ordering;

/// Decimal places that count when a result is compared with its way.
const COMPARED: u32 = 6;

/// The trajectory of a result; `None` without a baseline or a result. The baseline is the plan's, else the earliest
/// result to which everyone gave their figures and since which the units and the definition are the same.
pub(super) fn of_result(result: &IndicatorResult, year: Year) -> Option<Trajectory> {
    let percent = result.percent()?;
    let expected = result.expected?;
    result.target?;
    let direction = result.indicator.direction;
    let yearly_step = result.next.filter(|_| !result.is_open()).map(|(next_year, percent_then)| {
        Aim { direction, percent: percent_then }.lacking(percent) / Percent::from(next_year - year)
    });
    // Earlier results come back rounded to ten places: what differs only there does not differ.
    let against =
        |percent: Percent| direction.compare(percent.round_dp(COMPARED), expected.round_dp(COMPARED));
    let [worst, best] = result.worst_and_best();
    let pace = match (against(worst), against(best)) {
        (Ordering::Greater, _) => Pace::Ahead,
        // On it at least; that it is beyond nobody knows yet.
        (Ordering::Equal, Ordering::Equal | Ordering::Greater) => Pace::OnTrack,
        (_, Ordering::Less) => Pace::Behind,
        (Ordering::Less, _) => Pace::Open,
    };
    Some(Trajectory { year, expected, pace, yearly_step })
}

/// What the way to the target asks for in the report year, in percent; `None` without a baseline.
pub(super) fn expected(result: &IndicatorResult, year: Year) -> Option<Percent> {
    on_trajectory(result.indicator.direction, &corners(result, year)?, year)
}

/// What the way asks for from its baseline to the last target, year by year; nothing without a baseline.
pub(super) fn way(result: &IndicatorResult, year: Year) -> Vec<(Year, Percent)> {
    let (corners, direction) = (corners(result, year).unwrap_or_default(), result.indicator.direction);
    let (Some(first), Some(last)) = (corners.first(), corners.last()) else { return Vec::new() };
    (first.0..=last.0).filter_map(|year| Some((year, on_trajectory(direction, &corners, year)?))).collect()
}

/// The baseline that counts in the report year, and the targets after it.
fn corners(result: &IndicatorResult, year: Year) -> Option<Vec<(Year, Percent)>> {
    let of_today = |baseline: &(Year, Percent)| !result.indicator.is_redefined_between(baseline.0, year);
    let baseline = result.indicator.baseline.filter(of_today).or_else(|| first_comparable(result))?;
    let mut points = vec![baseline];
    points.extend(result.indicator.targets.judging().range(baseline.0 + 1..).map(|(y, t)| (*y, *t)));
    Some(points)
}

/// The target that is still to come and the year it is set for: the one that judges this year where its own year lies ahead,
/// else, where the year is one between the milestones that has a target of its own, the one after it.
pub(super) fn next(plan: &Plan, indicator: &Indicator, year: Year) -> Option<(Year, Percent)> {
    let (judging, _) = indicator.target_for(year)?;
    let is_step = judging == year && !plan.milestones.contains(&year);
    indicator.target_for(if is_step { year + 1 } else { year }).filter(|(of, _)| *of > year)
}

fn first_comparable(result: &IndicatorResult) -> Option<(Year, Percent)> {
    let since_break = result.past.iter().rposition(|past| past.breaks.is_some()).map_or(0, |at| at + 1);
    let first = result.past[since_break..].iter().find(|past| past.is_whole)?;
    Some((first.year, first.percent))
}
