//! Where a result stands on the way to its target.

use super::IndicatorResult;
use super::results::{Pace, Trajectory};
use crate::domain::{Percent, Year};
use crate::plan::on_trajectory;
use std::cmp::Ordering;

/// Decimal places that count when a result is compared with its way.
const COMPARED: u32 = 6;

/// The trajectory of a result; `None` without a baseline or a result. The baseline is the plan's, else the earliest
/// result to which everyone gave their figures and since which the units and the definition are the same.
pub(super) fn of_result(result: &IndicatorResult, year: Year) -> Option<Trajectory> {
    let percent = result.percent()?;
    let expected = result.expected?;
    let (target_year, target) = result.target?;
    let missing = (target - percent).max(Percent::ZERO);
    let years_left = target_year - year;
    let yearly_step = (years_left > 0 && !result.is_open()).then(|| missing / Percent::from(years_left));
    let (lower, upper) = result.bounds();
    // Earlier results come back rounded to ten places: what differs only there does not differ.
    let against = |percent: Percent| percent.round_dp(COMPARED).cmp(&expected.round_dp(COMPARED));
    let pace = match (against(lower), against(upper)) {
        (Ordering::Greater, _) => Pace::Ahead,
        (Ordering::Equal, Ordering::Equal) => Pace::OnTrack,
        (_, Ordering::Less) => Pace::Behind,
        (Ordering::Equal, Ordering::Greater) => Pace::Ahead,
        (Ordering::Less, _) => Pace::Open,
    };
    Some(Trajectory { year, expected, pace, yearly_step })
}

/// What the way to the target asks for in a year, in percent; `None` without a baseline.
pub(super) fn expected(result: &IndicatorResult, year: Year) -> Option<Percent> {
    let of_today = |baseline: &(Year, Percent)| !result.indicator.is_redefined_between(baseline.0, year);
    let baseline = result.indicator.baseline.filter(of_today).or_else(|| first_comparable(result))?;
    let mut points = vec![baseline];
    points.extend(result.indicator.targets.judging().range(baseline.0 + 1..).map(|(y, t)| (*y, *t)));
    on_trajectory(&points, year)
}

fn first_comparable(result: &IndicatorResult) -> Option<(Year, Percent)> {
    let since_break = result.past.iter().rposition(|past| past.breaks.is_some()).map_or(0, |at| at + 1);
    let first = result.past[since_break..].iter().find(|past| past.is_whole)?;
    Some((first.year, first.percent))
}
