//! What stands for a denominator that nobody reported.

use crate::domain::Year;
use rust_decimal::Decimal;

/// A denominator that is assumed because nobody reported it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assumed {
    /// The figure as its source has it.
    pub figure: Decimal,
    /// The most the true figure can be: grown to the report year, with the plan's band.
    pub highest: Decimal,
    /// Where the figure is from.
    pub source: ReferenceSource,
}

/// Where an assumed denominator is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceSource {
    /// What the unit itself reported for a year.
    Own(Year),
    /// What the units it was made of reported for a year, added.
    Predecessors(Year),
    /// The plan's reference figure.
    Plan,
}

impl ReferenceSource {
    /// The word of the JSON contract.
    pub fn code(self) -> &'static str {
        match self {
            ReferenceSource::Own(_) => "own",
            ReferenceSource::Predecessors(_) => "predecessors",
            ReferenceSource::Plan => "plan",
        }
    }

    /// The year the figure is of, when a report gave it.
    pub fn year(self) -> Option<Year> {
        match self {
            ReferenceSource::Own(year) | ReferenceSource::Predecessors(year) => Some(year),
            ReferenceSource::Plan => None,
        }
    }
}
