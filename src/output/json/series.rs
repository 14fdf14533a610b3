//! The years of the plan up to the report year: what the series holds, under the keys of the contract. Every key is there
//! only where there is something to say.

use super::{exact, percent};
use crate::consolidate::{
    Coverage, Difference, IndicatorResult, MergedUnit, OverYears, Point, Present, Published, Reason,
    RecordStamp, Restated, Series, SeriesYear, Source, Standing, YearSum,
};
use crate::domain::{FieldId, Percent, Ratio, UnitCode, Year};
use crate::plan::{Plan, Review};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

/// The whole.
#[derive(Serialize)]
pub(super) struct SeriesPart<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<ReviewPart>,
    years: Vec<YearPart<'a>>,
    indicators: Vec<IndicatorPart<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    restated: Vec<RestatedPart<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sums: Vec<SumsPart<'a>>,
}

#[derive(Serialize)]
struct ReviewPart {
    first: Year,
    last: Year,
    #[serde(rename = "final")]
    is_final: bool,
}

#[derive(Serialize)]
struct YearPart<'a> {
    year: Year,
    source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<RecordPart<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    roster: Option<usize>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    territories: &'a [String],
}

/// By what a record is known.
#[derive(Serialize)]
struct RecordPart<'a> {
    part: u32,
    closed: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    act: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    act_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

#[derive(Serialize)]
struct IndicatorPart<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<Year>,
    points: Vec<PointPart<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trajectory: Option<TrajectoryPart>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    merged: Vec<MergedPart<'a>>,
}

#[derive(Serialize)]
struct PointPart<'a> {
    year: Year,
    status: Vec<&'static str>,
    percent: Option<Percent>,
    #[serde(flatten)]
    figures: FiguresPart,
    #[serde(skip_serializing_if = "Option::is_none")]
    reported: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    roster: Option<usize>,
    target: Option<Percent>,
    target_year: Option<Year>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
    present: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_comparable: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_published: Option<PublishedPart<'a>>,
}

#[derive(Serialize, Default)]
struct FiguresPart {
    #[serde(skip_serializing_if = "Option::is_none")]
    numerator: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    denominator: Option<Decimal>,
}

#[derive(Serialize)]
struct TrajectoryPart {
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<Percent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pace: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    yearly_step: Option<Percent>,
    way: Vec<WayPart>,
}

#[derive(Serialize)]
struct WayPart {
    year: Year,
    percent: Percent,
}

#[derive(Serialize)]
struct MergedPart<'a> {
    unit: &'a UnitCode,
    years: Vec<MergedYearPart<'a>>,
}

#[derive(Serialize)]
struct MergedYearPart<'a> {
    year: Year,
    of: &'a [UnitCode],
    numerator: Decimal,
    denominator: Decimal,
    percent: Option<Percent>,
}

#[derive(Serialize)]
struct PublishedPart<'a> {
    percent: Option<Percent>,
    #[serde(flatten)]
    figures: FiguresPart,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<RecordPart<'a>>,
}

#[derive(Serialize)]
struct RestatedPart<'a> {
    year: Year,
    indicator: &'a str,
    first: PublishedPart<'a>,
    now: PublishedPart<'a>,
    quoted_in: Vec<QuotedPart<'a>>,
}

#[derive(Serialize)]
struct QuotedPart<'a> {
    year: Year,
    record: RecordPart<'a>,
}

#[derive(Serialize)]
struct SumsPart<'a> {
    field: &'a FieldId,
    years: Vec<SumPart>,
}

#[derive(Serialize)]
struct SumPart {
    year: Year,
    sum: Decimal,
    units: usize,
}

/// The years; `None` where there is nothing to tell of them.
pub(super) fn part<'a>(
    plan: &Plan,
    year: Year,
    over_years: &'a OverYears,
    results: &'a [IndicatorResult],
) -> Option<SeriesPart<'a>> {
    let review = |Review { first, year, is_final }| ReviewPart { first, last: year, is_final };
    let indicator = |series: &'a Series| {
        let now = results.iter().find(|result| result.indicator.id == series.indicator.id);
        indicator(over_years, series, now)
    };
    (!over_years.years.is_empty()).then(|| SeriesPart {
        review: plan.review(year).map(review),
        years: over_years.years.iter().map(year_part).collect(),
        indicators: over_years.series.iter().map(indicator).collect(),
        restated: over_years.restated.iter().map(restated).collect(),
        sums: over_years.sums.iter().map(|(field, years)| sums(field, years)).collect(),
    })
}

fn year_part(year: &SeriesYear) -> YearPart<'_> {
    YearPart {
        year: year.year,
        source: year.source.code(),
        record: match &year.source {
            Source::Record(record) => Some(self::record(record)),
            _ => None,
        },
        roster: year.roster,
        territories: &year.territories,
    }
}

fn record(record: &RecordStamp) -> RecordPart<'_> {
    RecordPart {
        part: record.part,
        closed: record.closed,
        act: record.act.as_deref(),
        act_date: record.act_date,
        reason: record.reason.map(|reason| match reason {
            Reason::LateData => "late-data",
            Reason::Error => "error",
            Reason::Method => "method",
        }),
    }
}

fn indicator<'a>(
    over_years: &'a OverYears,
    series: &'a Series,
    now: Option<&IndicatorResult>,
) -> IndicatorPart<'a> {
    IndicatorPart {
        id: &series.indicator.id.0,
        title: &series.indicator.title,
        ended: series.ended,
        points: series.points.iter().map(|point| self::point(over_years, point)).collect(),
        trajectory: trajectory(series, now),
        merged: series.merged.iter().map(merged).collect(),
    }
}

fn point<'a>(over_years: &'a OverYears, point: &'a Point) -> PointPart<'a> {
    let Coverage { reported, expected } = point.coverage.unwrap_or_default();
    let coverage = point.coverage.is_some();
    PointPart {
        year: point.year,
        status: status(over_years, point),
        percent: point.percent.map(percent),
        figures: figures(point.total),
        reported: coverage.then_some(reported),
        expected: coverage.then_some(expected),
        roster: point.roster,
        target: point.target.map(|(_, target)| percent(target)),
        target_year: point.target.map(|(year, _)| year),
        verdict: point.verdict.map(|verdict| verdict.code()),
        present: point.present.code(),
        not_comparable: match point.present {
            Present::NotComparable(why) => Some(why.code()),
            _ => None,
        },
        first_published: point.first_published.as_ref().map(published),
    }
}

/// What is to be known of a point, in the order in which one asks.
fn status(over_years: &OverYears, point: &Point) -> Vec<&'static str> {
    let source = over_years.year(point.year).map(|year| &year.source);
    let mut status = vec![match (point.standing, source) {
        (Standing::NoStandard, _) => "no-standard",
        (Standing::Missing, _) => "missing",
        (Standing::Known, Some(Source::Now)) => "current",
        (Standing::Known, Some(Source::Record(_))) if point.first_published.is_some() => "restated",
        (Standing::Known, Some(Source::Record(_))) => "first-published",
        (Standing::Known, _) => "loose",
    }];
    status.extend(point.cut.map(|cut| match cut {
        Difference::Definition => "break-of-definition",
        Difference::Units | Difference::Territory | Difference::NothingInCommon => "break-of-boundary",
    }));
    status
}

fn trajectory(series: &Series, now: Option<&IndicatorResult>) -> Option<TrajectoryPart> {
    let standing = now.and_then(|result| result.trajectory.as_ref());
    let way = |(year, on_way): &(Year, Percent)| WayPart { year: *year, percent: percent(*on_way) };
    (!series.way.is_empty()).then(|| TrajectoryPart {
        expected: now.and_then(|result| result.expected).map(percent),
        pace: standing.map(|standing| standing.pace.code()),
        yearly_step: standing.and_then(|standing| standing.yearly_step).map(percent),
        way: series.way.iter().map(way).collect(),
    })
}

fn merged(merged: &MergedUnit) -> MergedPart<'_> {
    let years = merged.points.iter().map(|(year, point)| MergedYearPart {
        year: *year,
        of: &point.of,
        numerator: exact(point.share.numerator),
        denominator: exact(point.share.denominator),
        percent: point.share.percent().map(percent),
    });
    MergedPart { unit: &merged.unit, years: years.collect() }
}

fn published(published: &Published) -> PublishedPart<'_> {
    PublishedPart {
        percent: published.percent.map(percent),
        figures: figures(published.total),
        record: published.record.as_ref().map(record),
    }
}

fn figures(total: Option<Ratio>) -> FiguresPart {
    FiguresPart {
        numerator: total.map(|total| exact(total.numerator)),
        denominator: total.map(|total| exact(total.denominator)),
    }
}

fn restated(restated: &Restated) -> RestatedPart<'_> {
    let quoted =
        restated.quoted_in.iter().map(|(year, stamp)| QuotedPart { year: *year, record: record(stamp) });
    RestatedPart {
        year: restated.year,
        indicator: &restated.indicator.0,
        first: published(&restated.first),
        now: published(&restated.now),
        quoted_in: quoted.collect(),
    }
}

fn sums<'a>(field: &'a FieldId, years: &[YearSum]) -> SumsPart<'a> {
    let sum = |sum: &YearSum| SumPart { year: sum.year, sum: exact(sum.sum), units: sum.units };
    SumsPart { field, years: years.iter().map(sum).collect() }
}
