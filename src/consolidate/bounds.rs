//! What is still open: what the incomplete pairs can add to the province, and whose they are.

use super::calculation::Range;
use super::{Contribution, UnitFigure};
use crate::domain::{Ratio, UnitCode};
use rust_decimal::Decimal;
use std::collections::HashSet;

/// What the incomplete pairs of an indicator leave open.
pub(super) struct Open {
    /// What they can add; `None` when the size of some unit is unknown: it could outweigh all others, so nothing bounds
    /// the result then.
    pub range: Option<Range>,
    /// Units whose figures could still move the result.
    pub units: Vec<UnitCode>,
    /// Those of them whose size is unknown.
    pub of_unknown_size: Vec<UnitCode>,
}

/// Whether what a pair adds is not settled yet.
pub(super) fn is_open(contribution: &Contribution) -> bool {
    contribution.range.is_none_or(|range| range.lowest != range.highest)
        || contribution.status == UnitFigure::Partial
}

/// Adds what each incomplete pair can at least and at most contribute: a missing unit counts with its reference denominator
/// and a numerator between nothing and all of it. A share of units counts all of them from the start, so there nothing is
/// added to the denominator.
pub(super) fn open(contributions: &[Contribution], is_share_of_units: bool) -> Open {
    let mut open = Open { range: None, units: Vec::new(), of_unknown_size: Vec::new() };
    let (mut seen, mut seen_of_unknown_size) = (HashSet::new(), HashSet::new());
    for contribution in contributions.iter().filter(|contribution| is_open(contribution)) {
        let reporter = &contribution.term.reporter;
        if seen.insert(reporter) {
            open.units.push(reporter.clone());
        }
        if contribution.range.is_none() && seen_of_unknown_size.insert(reporter) {
            open.of_unknown_size.push(reporter.clone());
        }
    }
    let incomplete = contributions.iter().filter(|contribution| contribution.status.is_lacking());
    let nothing = Range { lowest: Decimal::ZERO, highest: Decimal::ZERO, denominator: Decimal::ZERO };
    open.range = incomplete.map(|contribution| contribution.range).try_fold(nothing, |sum, range| {
        let range = range?;
        let added = Ratio::of(sum.lowest, sum.denominator).plus(Ratio::of(range.lowest, range.denominator));
        Some(Range {
            lowest: added.numerator,
            highest: sum.highest + range.highest,
            denominator: if is_share_of_units { Decimal::ZERO } else { added.denominator },
        })
    });
    open
}
