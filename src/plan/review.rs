//! The years whose reports look back on a whole period.

use super::Plan;
use crate::domain::Year;

/// A year whose report looks back on the years up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// First year of the period.
    pub first: Year,
    /// The year itself, the last of the period.
    pub year: Year,
    /// Whether it is the last of the plan (tổng kết), and not one on the way (sơ kết).
    pub is_final: bool,
}

impl Plan {
    /// What a year's report looks back on; `None` where it is of that year alone.
    pub fn review(&self, year: Year) -> Option<Review> {
        let review = Review { first: self.first_year, year, is_final: year == self.last_year };
        self.reviews.contains(&year).then_some(review)
    }

    /// The reviews before a year, in order.
    pub fn reviews_before(&self, year: Year) -> impl Iterator<Item = Year> + '_ {
        self.reviews.iter().copied().filter(move |review| *review < year)
    }
}
