//! Bounds: the lowest and the highest value the province can have whatever the missing units say.

use super::Contribution;
use crate::domain::{Ratio, UnitCode};
use std::collections::HashSet;

/// Bounds of an indicator.
pub(super) struct Bounds {
    /// Lowest value; `None` when some missing unit's size is unknown (0 %).
    pub lower: Option<Ratio>,
    /// Highest value; `None` when some missing unit's size is unknown (100 %).
    pub upper: Option<Ratio>,
    /// Units whose figures could still move the result.
    pub open_units: Vec<UnitCode>,
    /// Those of them whose size is unknown.
    pub unbounded: Vec<UnitCode>,
}

/// Whether what a pair adds is not settled yet.
pub(super) fn is_open(contribution: &Contribution) -> bool {
    contribution.range.is_none_or(|range| range.lowest != range.highest)
        || contribution.status == super::UnitFigure::Partial
}

/// Adds what each pair can at least and at most contribute.
///
/// A missing unit counts with its reference denominator and a numerator between nothing and all of it. A unit of
/// unknown size could outweigh all others, so nothing bounds the result then.
pub(super) fn of(contributions: &[Contribution]) -> Bounds {
    let mut bounds = Bounds {
        lower: Some(Ratio::default()),
        upper: Some(Ratio::default()),
        open_units: Vec::new(),
        unbounded: Vec::new(),
    };
    let (mut seen_open, mut seen_unbounded) = (HashSet::new(), HashSet::new());
    for contribution in contributions {
        if is_open(contribution) && seen_open.insert(&contribution.reporter) {
            bounds.open_units.push(contribution.reporter.clone());
        }
        match contribution.range {
            Some(range) => {
                let add = |sum: Option<Ratio>, n| sum.map(|sum| sum.plus(Ratio::of(n, range.denominator)));
                bounds.lower = add(bounds.lower, range.lowest);
                bounds.upper = add(bounds.upper, range.highest);
            }
            None => {
                (bounds.lower, bounds.upper) = (None, None);
                if seen_unbounded.insert(&contribution.reporter) {
                    bounds.unbounded.push(contribution.reporter.clone());
                }
            }
        }
    }
    // Nothing over nothing bounds nothing.
    let known = |bound: Option<Ratio>| bound.filter(|ratio| !ratio.denominator.is_zero());
    bounds.lower = known(bounds.lower);
    bounds.upper = known(bounds.upper);
    bounds
}
