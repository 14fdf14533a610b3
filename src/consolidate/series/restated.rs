//! Results that were closed again with another figure, and the reports that had gone by the old one.

use crate::consolidate::history::{History, PastIndicator, PastYear};
use crate::consolidate::results::{Published, Restated};
use crate::consolidate::stamp::RecordStamp;
use crate::domain::{IndicatorId, Year};
use crate::plan::Plan;

/// Everything that is published otherwise now than it was first, in order of years and of the plan.
pub(super) fn all(plan: &Plan, history: &History, year: Year) -> Vec<Restated> {
    let mut restated = Vec::new();
    for then in history.years().filter(|then| *then < year) {
        let Some(now) = history.year(then).filter(|_| !history.replaced(then).is_empty()) else { continue };
        // Every closing of the year, the first first.
        let parts: Vec<&PastYear> = history.replaced(then).iter().chain([now]).collect();
        for indicator in &plan.indicators {
            restated.extend(of_indicator(history, &parts, &indicator.id, year));
        }
    }
    restated
}

fn of_indicator(history: &History, parts: &[&PastYear], id: &IndicatorId, year: Year) -> Option<Restated> {
    let published: Vec<Published> = parts.iter().map(|part| published(part, id)).collect();
    let (first, now) = (published.first()?, published.last()?);
    if is_same(first, now) {
        return None;
    }
    // The closing that brought the figure of now.
    let brought = published.windows(2).rposition(|pair| !is_same(&pair[0], &pair[1]))? + 1;
    let restating = parts[brought].record.clone();
    let then = parts[brought].year;
    let quoted_in = match &restating {
        Some(restating) => later_reports(history, then, restating, year),
        None => Vec::new(),
    };
    let now = Published { record: restating, ..now.clone() };
    Some(Restated { year: then, indicator: id.clone(), first: first.clone(), now, quoted_in })
}

fn published(part: &PastYear, id: &IndicatorId) -> Published {
    let known: Option<&PastIndicator> = part.indicators.get(id);
    Published {
        percent: known.and_then(|known| known.percent),
        total: known.and_then(|known| known.whole),
        record: part.record.clone(),
    }
}

/// Whether both say the same, as far as both say it.
fn is_same(one: &Published, other: &Published) -> bool {
    let sums_agree = one.total.zip(other.total).is_none_or(|(one, other)| one == other);
    one.percent == other.percent && (one.percent.is_none() || sums_agree)
}

/// The closings of later years that came before a year was restated.
fn later_reports(
    history: &History,
    then: Year,
    restating: &RecordStamp,
    year: Year,
) -> Vec<(Year, RecordStamp)> {
    let later = history.years().filter(|later| then < *later && *later < year);
    let closings = later.flat_map(|later| {
        let parts = history.replaced(later).iter().chain(history.year(later));
        parts.filter_map(move |part| Some((later, part.record.clone()?)))
    });
    closings.filter(|(_, record)| record.closed < restating.closed).collect()
}
