//! Where a result stands on the way to its target.

use super::{History, IndicatorResult};
use crate::domain::{Percent, Year};
use crate::plan::on_trajectory;

/// How a result stands against the linear way from the baseline to the next milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trajectory {
    /// The report year.
    pub year: Year,
    /// What the way asks for this year, in percent.
    pub expected: Percent,
    /// How the result compares.
    pub pace: Pace,
    /// Points a year still needed to reach the target in its year; zero once reached.
    pub yearly_step: Percent,
}

/// Pace against the trajectory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Above the way.
    Ahead,
    /// On it.
    OnTrack,
    /// Below it.
    Behind,
}

/// Decimal places that count when a result is compared with its way.
const COMPARED: u32 = 6;

/// The trajectory of a result; `None` without a baseline (of the plan, else the earliest year of the history) or result.
pub(super) fn of(result: &IndicatorResult, year: Year, history: &History) -> Option<Trajectory> {
    let indicator = &result.indicator;
    let percent = result.percent()?;
    let baseline = indicator.baseline.or_else(|| history.series(year, &indicator.id).first().copied())?;
    let mut points = vec![baseline];
    points.extend(indicator.targets.range(baseline.0 + 1..).map(|(y, t)| (*y, *t)));
    let expected = on_trajectory(&points, year)?;
    let (target_year, target) = result.target?;
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
