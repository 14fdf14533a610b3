//! Report years and the span in which a unit or an indicator exists.

use chrono::NaiveDate;
use std::ops::RangeInclusive;

/// A report year, for example 2024: the calendar year whose results are reported before its 10 December.
pub type Year = i32;

/// The years of a day that a form takes: its cells offer no other, its checks and the reading refuse them.
pub const YEARS_OF_DAYS: RangeInclusive<Year> = 2000..=2099;

/// From which day to which day something is in force; both ends belong to the span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// First day.
    pub from: NaiveDate,
    /// Last day, if there is one.
    pub to: Option<NaiveDate>,
}

impl Validity {
    /// Every day.
    pub const ALWAYS: Validity = Validity { from: NaiveDate::MIN, to: None };

    /// Whether a day lies in the span.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }

    /// Whether two spans share a day.
    pub fn overlaps(&self, other: &Validity) -> bool {
        self.to.is_none_or(|last| other.from <= last) && other.to.is_none_or(|last| self.from <= last)
    }
}
