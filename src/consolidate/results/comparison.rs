//! How a result stands beside earlier years'.

use crate::domain::{Aim, Direction, Percent, Year};

/// How this year's result compares with last year's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// One of the two results is not known.
    Unknown,
    /// Everyone who owes a figure gave it in both years: the results themselves, in percent.
    Whole {
        /// Last year.
        before: Percent,
        /// This year.
        now: Percent,
    },
    /// The results over the units that gave their figures in both years, in percent.
    Matched {
        /// Last year.
        before: Percent,
        /// This year.
        now: Percent,
        /// How many units they are.
        units: usize,
    },
    /// Both results are known and are not of the same thing.
    NotComparable(Difference),
}

/// Why two results cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// The units are not last year's.
    Units,
    /// Last year's result is of another territory, and no unit is known of both years.
    Territory,
    /// The indicator is not defined as it was.
    Definition,
    /// No unit, or nothing that could be counted, is known of both years.
    NothingInCommon,
}

impl Difference {
    /// The word of the JSON contract.
    pub fn code(self) -> &'static str {
        match self {
            Difference::Units => "units",
            Difference::Territory => "territory",
            Difference::Definition => "definition",
            Difference::NothingInCommon => "nothing-in-common",
        }
    }
}

impl Comparison {
    /// The two results that may be compared, last year's first.
    pub fn pair(&self) -> Option<(Percent, Percent)> {
        match *self {
            Comparison::Whole { before, now } | Comparison::Matched { before, now, .. } => {
                Some((before, now))
            }
            Comparison::Unknown | Comparison::NotComparable(_) => None,
        }
    }

    /// Points gained; `None` where there is nothing to compare.
    pub fn change(&self) -> Option<Percent> {
        self.pair().map(|(before, now)| now - before)
    }

    /// The word of the JSON contract.
    pub fn code(&self) -> &'static str {
        match self {
            Comparison::Unknown => "unknown",
            Comparison::Whole { .. } => "whole",
            Comparison::Matched { .. } => "matched",
            Comparison::NotComparable(_) => "not-comparable",
        }
    }
}

/// A result of an earlier year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastResult {
    /// Report year.
    pub year: Year,
    /// In percent, as it was reported.
    pub percent: Percent,
    /// Which results of the indicator are the better ones.
    pub direction: Direction,
    /// The target that judged it.
    pub target: Option<Percent>,
    /// Whether it reached the target, whatever the units that were missing would have said; `None` where that was open or
    /// there was no target.
    pub reached: Option<bool>,
    /// Whether everyone who owed a figure gave it.
    pub is_whole: bool,
    /// Whether it is of another territory, a predecessor's.
    pub is_foreign: bool,
    /// Why the next result of the series is not joined to this one, where it is of other units or another definition.
    pub breaks: Option<Difference>,
}

impl PastResult {
    /// The target that judged it and from which side it is reached.
    pub fn aim(&self) -> Option<Aim> {
        self.target.map(|percent| Aim { direction: self.direction, percent })
    }
}
