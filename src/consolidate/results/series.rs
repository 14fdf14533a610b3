//! The results of all years of the plan up to the report year, indicator by indicator.

use super::comparison::Difference;
use super::coverage::Coverage;
use crate::consolidate::stamp::RecordStamp;
use crate::consolidate::verdict::Verdict;
use crate::domain::{Aim, FieldId, Indicator, IndicatorId, Percent, Ratio, UnitCode, Year};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// All years up to the report year; empty where nothing is known of an earlier one and the year is no review.
#[derive(Debug, Clone, Default)]
pub struct OverYears {
    /// Every year, in order; the report year is the last.
    pub years: Vec<SeriesYear>,
    /// Every indicator that was asked for in one of them, in the plan's order, also those that ended.
    pub series: Vec<Series>,
    /// Results that were published otherwise before, in order of years.
    pub restated: Vec<Restated>,
    /// In a review, what was reported in figures in each year of its period, by field.
    pub sums: BTreeMap<FieldId, Vec<YearSum>>,
}

/// A year of the series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesYear {
    /// Report year.
    pub year: Year,
    /// Where its results are from.
    pub source: Source,
    /// How many units its roster has; none where it is of another territory.
    pub roster: Option<usize>,
    /// Of which other territories its results are.
    pub territories: Vec<String>,
}

/// Where the results of a year are from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// It is the report year, which is not closed yet.
    Now,
    /// A sealed record.
    Record(RecordStamp),
    /// A file that lies somewhere by itself.
    Loose,
    /// There are none.
    Missing,
}

/// An indicator over the years.
#[derive(Debug, Clone)]
pub struct Series {
    /// The indicator, worded for the last year it was asked for.
    pub indicator: Indicator,
    /// The last report year it was asked for, where that is over.
    pub ended: Option<Year>,
    /// Every year it was asked for, in order.
    pub points: Vec<Point>,
    /// Units made of whole others since, which carry the figures of these.
    pub merged: Vec<MergedUnit>,
    /// What the way to the target asks for, by year, as far as the targets now in force go.
    pub way: Vec<(Year, Percent)>,
}

/// An indicator in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Report year.
    pub year: Year,
    /// Result in percent, as it was reported last.
    pub percent: Option<Percent>,
    /// Numerator and denominator, where they are known.
    pub total: Option<Ratio>,
    /// How many gave the figure of how many who owed it, where that is known.
    pub coverage: Option<Coverage>,
    /// How many units it is over by the plan; none in another territory.
    pub roster: Option<usize>,
    /// The target that judged it, as it was in force then, and the year that is set for.
    pub target: Option<(Year, Percent)>,
    /// What was said of it then; none where nothing was.
    pub verdict: Option<Verdict>,
    /// What stands there.
    pub standing: Standing,
    /// What was published first, where that was something else.
    pub first_published: Option<Published>,
    /// Why it is not joined to the result before it.
    pub cut: Option<Difference>,
    /// What it is on present boundaries.
    pub present: Present,
}

/// What stands in the place of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A result.
    Known,
    /// There was no standard to judge by.
    NoStandard,
    /// No result is known.
    Missing,
}

/// What a result is on the boundaries and by the definition of the report year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Present {
    /// There is no result.
    Unknown,
    /// The same: nothing has changed since.
    Unchanged,
    /// The same: the units are others, but the people counted are not.
    Exact,
    /// Something else.
    NotComparable(Difference),
}

/// A result as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// In percent; none where there was none.
    pub percent: Option<Percent>,
    /// Numerator and denominator, where they are known.
    pub total: Option<Ratio>,
    /// The record it was closed in.
    pub record: Option<RecordStamp>,
}

/// A result that was published otherwise before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restated {
    /// Report year.
    pub year: Year,
    /// Indicator.
    pub indicator: IndicatorId,
    /// What was published first.
    pub first: Published,
    /// What holds now, with the record that brought it.
    pub now: Published,
    /// Reports of later years that were closed before that, and so go by the old figure.
    pub quoted_in: Vec<(Year, RecordStamp)>,
}

/// A unit that was made of whole others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedUnit {
    /// The unit.
    pub unit: UnitCode,
    /// By year before it was there, the sum of what those it was made of counted; years of which one of them is not known
    /// are absent.
    pub points: BTreeMap<Year, MergedPoint>,
}

/// What the units that became one counted in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedPoint {
    /// The units.
    pub of: Vec<UnitCode>,
    /// Their figures, added.
    pub share: Ratio,
}

/// What was reported in a field in a year, over all units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearSum {
    /// Report year.
    pub year: Year,
    /// The sum.
    pub sum: Decimal,
    /// How many units gave a figure.
    pub units: usize,
}

impl OverYears {
    /// Whether results of an earlier year are known.
    pub fn has_past(&self) -> bool {
        self.years.iter().any(|year| matches!(year.source, Source::Record(_) | Source::Loose))
    }

    /// A year.
    pub fn year(&self, year: Year) -> Option<&SeriesYear> {
        self.years.iter().find(|known| known.year == year)
    }

    /// An indicator over the years.
    pub fn of(&self, id: &IndicatorId) -> Option<&Series> {
        self.series.iter().find(|series| series.indicator.id == *id)
    }
}

impl Series {
    /// The target of a year, as far as it was set, and from which side it is reached.
    pub fn aim(&self, year: Year) -> Option<Aim> {
        let (_, percent) = self.point(year)?.target?;
        Some(Aim { direction: self.indicator.direction, percent })
    }

    /// The indicator in a year.
    pub fn point(&self, year: Year) -> Option<&Point> {
        self.points.iter().find(|point| point.year == year)
    }

    /// The points that have a result.
    pub fn known(&self) -> impl Iterator<Item = &Point> {
        self.points.iter().filter(|point| point.percent.is_some())
    }

    /// Whether a result of a year before is known.
    pub fn has_past(&self, now: Year) -> bool {
        self.known().any(|point| point.year < now)
    }
}

impl Present {
    /// The word of the JSON contract.
    pub fn code(self) -> &'static str {
        match self {
            Present::Unknown => "unknown",
            Present::Unchanged => "unchanged",
            Present::Exact => "exact",
            Present::NotComparable(_) => "not-comparable",
        }
    }
}

impl Source {
    /// The word of the JSON contract.
    pub fn code(&self) -> &'static str {
        match self {
            Source::Now => "current",
            Source::Record(_) => "record",
            Source::Loose => "loose",
            Source::Missing => "missing",
        }
    }
}
