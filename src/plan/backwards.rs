//! Targets that ask for less from one year to the next: nothing forbids them, and whoever mistook a figure or the direction
//! of an indicator wants to be told.

use super::Plan;
use crate::domain::{Direction, Indicator, IndicatorId, Percent, Year};
use std::cmp::Ordering;

/// A target that asks for less than the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backwards {
    /// The indicator.
    pub indicator: IndicatorId,
    /// Which of its results are the better ones.
    pub direction: Direction,
    /// The two targets that follow one another, each with its year.
    pub targets: [(Year, Percent); 2],
}

impl Plan {
    /// The targets that go against the direction of their indicators, as they are from the start and from each later
    /// decision on.
    pub fn backwards(&self) -> Vec<Backwards> {
        let mut found = Vec::new();
        for told in self.indicators.iter().flat_map(of_indicator) {
            if !found.contains(&told) {
                found.push(told);
            }
        }
        found
    }
}

fn of_indicator(indicator: &Indicator) -> impl Iterator<Item = Backwards> + '_ {
    let targets = &indicator.targets;
    let first = targets.revised.first().and_then(|revision| revision.from.pred_opt());
    let decided = targets.revised.iter().map(|revision| targets.on(revision.from));
    let in_force = first.map_or_else(|| targets.clone(), |day| targets.on(day));
    [in_force].into_iter().chain(decided).flat_map(|targets| {
        let years: Vec<(Year, Percent)> = targets.judging().into_iter().collect();
        let pairs: Vec<[(Year, Percent); 2]> = years.windows(2).map(|pair| [pair[0], pair[1]]).collect();
        let goes_back = |[(_, before), (_, then)]: &[(Year, Percent); 2]| {
            indicator.direction.compare(*then, *before) == Ordering::Less
        };
        pairs.into_iter().filter(goes_back).map(|targets| Backwards {
            indicator: indicator.id.clone(),
            direction: indicator.direction,
            targets,
        })
    })
}
