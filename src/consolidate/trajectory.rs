//! Where a result stands on the way to its target.

use super::History;
use super::results::{Pace, Trajectory};
use crate::domain::{Indicator, Percent, Year};
use crate::plan::on_trajectory;

/// Decimal places that count when a result is compared with its way.
const COMPARED: u32 = 6;

/// The trajectory of a result; `None` without a baseline (of the plan, else the earliest year of the history) or result.
pub(super) fn of_result(
    indicator: &Indicator,
    year: Year,
    percent: Option<Percent>,
    target: Option<(Year, Percent)>,
    history: &History,
) -> Option<Trajectory> {
    let percent = percent?;
    let baseline = indicator.baseline.or_else(|| history.series(year, &indicator.id).first().copied())?;
    let mut points = vec![baseline];
    points.extend(indicator.targets.range(baseline.0 + 1..).map(|(y, t)| (*y, *t)));
    let expected = on_trajectory(&points, year)?;
    let (target_year, target) = target?;
    let missing = (target - percent).max(Percent::ZERO);
    let years_left = Percent::from((target_year - year).max(1));
    // Earlier results come back rounded to ten places: what differs only there does not differ.
    let pace = match percent.round_dp(COMPARED).cmp(&expected.round_dp(COMPARED)) {
        std::cmp::Ordering::Greater => Pace::Ahead,
        std::cmp::Ordering::Equal => Pace::OnTrack,
        std::cmp::Ordering::Less => Pace::Behind,
    };
    Some(Trajectory { year, expected, pace, yearly_step: missing / years_left })
}
