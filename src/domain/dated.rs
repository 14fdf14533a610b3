//! What is in force from a day on.

use chrono::NaiveDate;

/// What is in force at first, and what takes its place from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    first: T,
    /// In order of days.
    later: Vec<(NaiveDate, T)>,
}

impl<T> Dated<T> {
    /// What is in force until something takes its place.
    pub fn new(first: T) -> Self {
        Dated { first, later: Vec::new() }
    }

    /// Puts something in force from a day on: for good, or until the next such day.
    pub fn add(&mut self, from: NaiveDate, value: T) {
        let place = self.later.partition_point(|(day, _)| *day <= from);
        self.later.insert(place, (from, value));
    }

    /// What is in force on a day.
    ///
    /// ```
    /// # use xhht::domain::Dated;
    /// let day = |text: &str| text.parse().unwrap();
    /// let mut name = Dated::new("huyện");
    /// name.add(day("2025-07-01"), "xã");
    /// assert_eq!((*name.on(day("2025-06-30")), *name.on(day("2025-07-01"))), ("huyện", "xã"));
    /// ```
    pub fn on(&self, day: NaiveDate) -> &T {
        self.later.iter().rev().find(|(from, _)| *from <= day).map_or(&self.first, |(_, value)| value)
    }

    /// What is in force at first.
    pub fn first(&self) -> &T {
        &self.first
    }

    /// What is in force last.
    pub fn last(&self) -> &T {
        self.later.last().map_or(&self.first, |(_, value)| value)
    }

    /// All there ever is, the first first.
    pub fn all(&self) -> impl Iterator<Item = &T> {
        std::iter::once(&self.first).chain(self.later.iter().map(|(_, value)| value))
    }

    /// What takes the place of the first, with the days.
    pub fn later(&self) -> impl Iterator<Item = (NaiveDate, &T)> {
        self.later.iter().map(|(from, value)| (*from, value))
    }
}
