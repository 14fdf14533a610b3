//! The sheet of results: what does not follow from the figures by unit alone, because nobody else knows what silent units
//! were taken to be.

use super::super::PastIndicator;
use super::cells::{code_text, figure, words};
use crate::consolidate::{Coverage, Verdict};
use crate::domain::exact::PERCENT_PLACES;
use crate::domain::{CellAddress, IndicatorId, Percent};
use crate::intake::raw::{RawSheet, RawSubmission};
use rust_decimal::RoundingStrategy;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;

/// Name of the sheet.
pub const RESULTS: &str = "Chỉ tiêu";
/// Head of its column of indicators.
pub const INDICATOR_HEAD: &str = "Số";
/// Head of the column of verdicts.
pub const VERDICT_HEAD: &str = "Đánh giá";
/// Head of the column that says how many gave their figures.
pub const REPORTED_HEAD: &str = "Có";
/// Head of the column that says how many owed them.
pub const EXPECTED_HEAD: &str = "Phải có";
/// Head of the column of the lowest possible results.
pub const LOWEST_HEAD: &str = "Thấp nhất %";
/// Head of the column of the highest possible results.
pub const HIGHEST_HEAD: &str = "Cao nhất %";

/// Enters what the sheet of results says of each indicator; nothing where the workbook has no such sheet.
pub(super) fn enter(raw: &RawSubmission, indicators: &mut BTreeMap<IndicatorId, PastIndicator>) {
    let Some(sheet) = raw.sheets.iter().find(|sheet| sheet.name == RESULTS) else { return };
    let head = |name: &str| sheet.cells.keys().copied().find(|at| words(sheet, *at).as_deref() == Some(name));
    let Some(first) = head(INDICATOR_HEAD) else { return };
    let column = |name: &str| head(name).map(|at| at.column);
    let [verdict, reported, expected, lowest, highest] =
        [VERDICT_HEAD, REPORTED_HEAD, EXPECTED_HEAD, LOWEST_HEAD, HIGHEST_HEAD].map(column);
    for at in sheet.cells.keys().filter(|at| at.column == first.column && at.row > first.row) {
        let Some(past) = code_text(sheet, *at).and_then(|id| indicators.get_mut(&IndicatorId(id))) else {
            continue;
        };
        let of = |column: Option<u16>| column.map(|column| CellAddress::new(at.row, column));
        let count = |column: Option<u16>| figure(sheet, of(column)?)?.to_usize();
        past.verdict = of(verdict).and_then(|at| Verdict::of_words(&words(sheet, at)?));
        past.coverage = count(reported)
            .zip(count(expected))
            .map(|(reported, expected)| Coverage { reported, expected })
            .filter(|coverage| coverage.expected > 0);
        let bound = |column: Option<u16>| percent(sheet, of(column)?);
        let bounds = bound(lowest).zip(bound(highest)).filter(|_| past.verdict != Some(Verdict::NoStandard));
        past.bounds = bounds.map(|bounds| around(bounds, past.percent));
    }
}

/// A percentage as the JSON result rounds it: a workbook holds more digits, not all of them exact.
fn percent(sheet: &RawSheet, at: CellAddress) -> Option<Percent> {
    let read = figure(sheet, at)?;
    Some(read.round_dp_with_strategy(PERCENT_PLACES, RoundingStrategy::MidpointAwayFromZero).normalize())
}

/// Bounds with the result inside: a figure that was mended in a program that does not recalculate leaves the bounds as they
/// were.
fn around((lower, upper): (Percent, Percent), percent: Option<Percent>) -> (Percent, Percent) {
    percent.map_or((lower, upper), |percent| (lower.min(percent), upper.max(percent)))
}
