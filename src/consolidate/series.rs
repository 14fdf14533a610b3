//! The series: what is known of every indicator in every year of the plan, beside the target that was in force then.
//!
//! A result stands as it was reported. On present boundaries it stays what it is where nothing has changed since, and, for
//! counts of people, where all who were to report did: the same people are counted whatever units they live in. A status
//! of units is carried over to no others. A unit that was made of whole others carries the sum of their people.

mod merged;
mod restated;
mod sums;

use super::comparison::{self, difference};
use super::history::{History, PastIndicator};
use super::results::{
    Difference, IndicatorResult, OverYears, PastResult, Point, Present, Series, SeriesYear, Source, Standing,
};
use super::{Verdict, terms, trajectory};
use crate::domain::{Indicator, UnitCode, Year};
use crate::plan::Plan;
use std::collections::BTreeSet;

/// What all years up to `year` say; nothing where no earlier one is known and the year is no review.
pub(super) fn over_years(
    plan: &Plan,
    history: &History,
    year: Year,
    results: &[IndicatorResult],
) -> OverYears {
    let past = history.years().filter(|past| *past < year);
    let known: Vec<Year> = past.collect();
    let review = plan.review(year);
    if known.is_empty() && review.is_none() {
        return OverYears::default();
    }
    let first = known.into_iter().chain([plan.first_year, year]).min().unwrap_or(year);
    let restated = restated::all(plan, history, year);
    let scene = Scene { plan, history, year };
    let years: Vec<SeriesYear> = (first..=year).map(|year| scene.year(year)).collect();
    let mut series = Vec::new();
    for indicator in &plan.indicators {
        let asked: Vec<Year> = (first..=year).filter(|year| scene.is_asked(indicator, *year)).collect();
        let now = results.iter().find(|result| result.indicator.id == indicator.id);
        let Some(last) = scene.last_asked(indicator, &asked) else { continue };
        let worded = match now {
            Some(result) => result.indicator.clone(),
            None => plan.worded(indicator, last),
        };
        let past = match now {
            Some(result) => result.past.clone(),
            None => comparison::past(plan, history, &worded, year),
        };
        let mut points = scene.points(&worded, &asked, &past, now);
        for point in &mut points {
            let of_point =
                |r: &&super::results::Restated| r.year == point.year && r.indicator == indicator.id;
            point.first_published = restated.iter().find(of_point).map(|restated| restated.first.clone());
        }
        series.push(Series {
            ended: now.is_none().then_some(last),
            points,
            merged: merged::units(plan, history, &worded, year),
            way: now.map(|result| trajectory::way(result, year)).unwrap_or_default(),
            indicator: worded,
        });
    }
    let sums = review.map(|review| sums::of_period(plan, history, review)).unwrap_or_default();
    OverYears { years, series, restated, sums }
}

/// What the points of every indicator are made from.
struct Scene<'a> {
    plan: &'a Plan,
    history: &'a History,
    year: Year,
}

impl Scene<'_> {
    fn year(&self, year: Year) -> SeriesYear {
        let past = self.history.year(year).filter(|_| year < self.year);
        let source = match past {
            _ if year == self.year => Source::Now,
            Some(past) => past.record.clone().map_or(Source::Loose, Source::Record),
            None => Source::Missing,
        };
        let territories = past.map(|past| past.territories.clone()).unwrap_or_default();
        let roster = territories.is_empty().then(|| self.plan.roster(year).len());
        SeriesYear { year, source, roster, territories }
    }

    /// Whether an indicator was asked for in a year, or a result of it is there all the same.
    fn is_asked(&self, indicator: &Indicator, year: Year) -> bool {
        let has_result = || year < self.year && self.history.percent(year, &indicator.id).is_some();
        self.is_in_force(indicator, year) || has_result()
    }

    fn is_in_force(&self, indicator: &Indicator, year: Year) -> bool {
        let in_plan = year >= self.plan.first_year && year <= self.plan.last_year;
        in_plan && indicator.validity.covers(self.plan.due_date(year))
    }

    /// The last year in which the plan asked for an indicator, else of which there is a result.
    fn last_asked(&self, indicator: &Indicator, asked: &[Year]) -> Option<Year> {
        let in_force = asked.iter().rfind(|year| self.is_in_force(indicator, **year));
        in_force.or(asked.last()).copied()
    }

    fn points(
        &self,
        indicator: &Indicator,
        asked: &[Year],
        past: &[PastResult],
        now: Option<&IndicatorResult>,
    ) -> Vec<Point> {
        // Why a result is not joined to the one before stands with that one.
        let cuts = std::iter::once(None).chain(past.iter().map(|past| past.breaks));
        let next = past.iter().map(|past| past.year).chain([self.year]);
        let cuts: Vec<(Year, Option<Difference>)> = next.zip(cuts).collect();
        let cut = |year: Year| cuts.iter().find(|(at, _)| *at == year).and_then(|(_, cut)| *cut);
        let point = |year: &Year| match now.filter(|_| *year == self.year) {
            Some(result) => self.now(result, cut(*year)),
            None => {
                let result = past.iter().find(|past| past.year == *year);
                self.past(indicator, *year, result, cut(*year))
            }
        };
        asked.iter().map(point).collect()
    }

    fn now(&self, result: &IndicatorResult, cut: Option<Difference>) -> Point {
        let percent = result.percent();
        Point {
            year: self.year,
            percent,
            total: percent.map(|_| result.total),
            coverage: Some(result.coverage),
            roster: Some(result.by_unit.len()),
            target: result.target,
            verdict: Some(result.verdict),
            standing: match (percent, result.verdict) {
                (_, Verdict::NoStandard) => Standing::NoStandard,
                (Some(_), _) => Standing::Known,
                (None, _) => Standing::Missing,
            },
            first_published: None,
            cut,
            present: percent.map_or(Present::Unknown, |_| Present::Unchanged),
        }
    }

    fn past(
        &self,
        indicator: &Indicator,
        year: Year,
        result: Option<&PastResult>,
        cut: Option<Difference>,
    ) -> Point {
        let known = self.history.year(year).and_then(|past| past.indicators.get(&indicator.id));
        let is_foreign = !self.history.territories(year).is_empty();
        let target = self.plan.target_in(&indicator.id, year);
        let verdict = known.and_then(|known| verdict_then(known, result, target.is_some()));
        Point {
            year,
            percent: result.map(|result| result.percent),
            total: result.and(known).and_then(|known| known.whole),
            coverage: known.and_then(|known| known.coverage),
            roster: (!is_foreign).then(|| self.roster_of(indicator, year)),
            target,
            verdict,
            standing: match (result, verdict) {
                (Some(_), _) => Standing::Known,
                (None, Some(Verdict::NoStandard)) => Standing::NoStandard,
                (None, _) => Standing::Missing,
            },
            first_published: None,
            cut,
            present: result.map_or(Present::Unknown, |result| self.present(indicator, result)),
        }
    }

    /// Over how many units an indicator is in a year.
    fn roster_of(&self, indicator: &Indicator, year: Year) -> usize {
        let terms = terms::of_indicator(self.plan, indicator, year);
        terms.iter().map(|term| &term.about).collect::<BTreeSet<&UnitCode>>().len()
    }

    /// What an earlier result is on present boundaries.
    fn present(&self, indicator: &Indicator, result: &PastResult) -> Present {
        if indicator.is_redefined_between(result.year, self.year) {
            return Present::NotComparable(Difference::Definition);
        }
        let counts_people = !indicator.kind.is_share_of_units();
        let exact_or = |difference: Difference, is_exact: bool| match counts_people && is_exact {
            true => Present::Exact,
            false => Present::NotComparable(difference),
        };
        if result.is_foreign {
            // Only all that became this territory are this territory.
            let told = self.history.territories(result.year);
            let all = self.plan.predecessors.iter().all(|predecessor| told.contains(&predecessor.name));
            return exact_or(Difference::Territory, all && result.is_whole);
        }
        match difference(self.plan, indicator, result.year, self.year) {
            Some(difference) => exact_or(difference, result.is_whole),
            None => Present::Unchanged,
        }
    }
}

/// What was said of an earlier result: in the words of its file, else as far as it follows.
fn verdict_then(known: &PastIndicator, result: Option<&PastResult>, has_target: bool) -> Option<Verdict> {
    let followed = || match (result?.reached, has_target) {
        (_, false) => Some(Verdict::NoTarget),
        (Some(true), true) => Some(Verdict::Met),
        (Some(false), true) => Some(Verdict::NotMet),
        (None, true) => Some(Verdict::Depends),
    };
    let no_standard = || {
        let none = result.is_none() && !known.no_standard.is_empty();
        none.then_some(Verdict::NoStandard)
    };
    known.verdict.or_else(no_standard).or_else(followed)
}
