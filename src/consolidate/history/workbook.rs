//! A provincial workbook of an earlier year, read back: the sheet of figures by unit, which the secretariat may
//! have mended by hand since, the record of every value that was used, and what the sheet of results says beyond them. The
//! report writes these sheets with the words that stand here.

mod cells;
mod record;
mod results;

pub use record::Record;
pub use results::{
    EXPECTED_HEAD, HIGHEST_HEAD, INDICATOR_HEAD, LOWEST_HEAD, REPORTED_HEAD, RESULTS, VERDICT_HEAD,
};

use super::result_file::ReadValues;
use super::{PastIndicator, PastYear};
use crate::domain::{CellAddress, Indicator, IndicatorId, IndicatorKind, Ratio, UnitCode, Year};
use crate::intake::raw::{RawSheet, RawSubmission, RawValue};
use crate::plan::{Plan, Predecessor};
use cells::{code_text, figure, words};
use std::collections::BTreeMap;

/// Name of the sheet of figures.
pub const SHEET: &str = "Số liệu";
/// Title of the sheet, before the year.
pub const TITLE: &str = "SỐ LIỆU THEO ĐƠN VỊ NĂM ";
/// Name of the sheet that records every value.
pub const RECORDS: &str = "Đóng góp";
/// Head of its hidden column of [`Record`]s.
pub const READ_BACK: &str = "Máy đọc lại";
/// Name of the cover.
pub const COVER: &str = "Bìa";
/// Before the title of the plan, on the cover.
pub const PLAN: &str = "Kế hoạch: ";
/// Head of the column of unit codes.
pub const CODE_HEAD: &str = "Mã";
/// Stands, in narrow columns, for a figure for which there is no standard yet to judge by.
pub const NOT_JUDGED: &str = "không xét";

/// The sheets it is read from.
pub const SHEETS: [&str; 4] = [SHEET, COVER, RECORDS, RESULTS];

/// The figures of a provincial workbook; `None` when the file is none. Sums and percentages are not read but follow from
/// the figures again, exactly; bounds, coverage and verdict are read.
pub fn read(plan: &Plan, raw: &RawSubmission) -> Option<PastYear> {
    let (sheet, year) = raw.sheets.iter().find_map(|sheet| Some((sheet, titled(sheet)?)))?;
    let head =
        sheet.cells.keys().find(|at| at.column == 0 && words(sheet, **at).as_deref() == Some(CODE_HEAD))?;
    let columns: Vec<(u16, IndicatorId)> = sheet
        .cells
        .keys()
        .filter(|at| at.row == head.row)
        .filter_map(|at| {
            let id = IndicatorId(words(sheet, *at)?.split_whitespace().next()?.to_owned());
            plan.indicator(&id).map(|_| (at.column, id))
        })
        .collect();
    let mut indicators: BTreeMap<IndicatorId, PastIndicator> = BTreeMap::new();
    for at in sheet.cells.keys().filter(|at| at.column == 0 && at.row > head.row) {
        let Some(unit) = code(sheet, *at)
            .map(|code| plan.code_now(code))
            .filter(|code| plan.units.iter().any(|unit| unit.code == *code))
        else {
            continue;
        };
        for (column, id) in &columns {
            let past = indicators.entry(id.clone()).or_default();
            let (numerator, denominator) =
                (CellAddress::new(at.row, *column), CellAddress::new(at.row, column + 1));
            if words(sheet, numerator).as_deref() == Some(NOT_JUDGED) {
                past.no_standard.insert(unit.clone());
            }
            past.numerators.extend(figure(sheet, numerator).map(|figure| (unit.clone(), figure)));
            past.denominators.extend(figure(sheet, denominator).map(|figure| (unit.clone(), figure)));
        }
    }
    for (id, past) in &mut indicators {
        past.whole = plan.indicator(id).and_then(|indicator| whole(plan, indicator, year, past));
        // Before there was a standard figures may stand in the sheet; they judge nothing.
        let is_judged = plan.indicator(id).is_some_and(|indicator| !indicator.is_before_standard(year));
        past.percent =
            past.whole.filter(|_| is_judged && !past.numerators.is_empty()).and_then(|whole| whole.percent());
    }
    results::enter(raw, &mut indicators);
    let values = values(plan, raw).map(|mut values| {
        record::mend(plan, year, &mut indicators, &mut values);
        values
    });
    let id = whose(plan, raw).map_or_else(|| plan.id.clone(), str::to_owned);
    Some(PastYear { plan: id, territories: Vec::new(), year, indicators, values, record: None, file: None })
}

/// Every value that was used, by unit; `None` from a workbook of an older program, which has no such column.
fn values(plan: &Plan, raw: &RawSubmission) -> Option<BTreeMap<UnitCode, ReadValues>> {
    let sheet = raw.sheets.iter().find(|sheet| sheet.name == RECORDS)?;
    let head = sheet.cells.keys().find(|at| words(sheet, **at).as_deref() == Some(READ_BACK))?;
    let mut values: BTreeMap<UnitCode, ReadValues> = BTreeMap::new();
    for at in sheet.cells.keys().filter(|at| at.column == head.column && at.row > head.row) {
        // A row whose record somebody broke is a value less; its indicator has its figures still.
        let RawValue::Text(text) = &sheet.cells[at].value else { continue };
        let Some(record) = Record::read(text) else { continue };
        values.entry(plan.code_now(record.unit)).or_default().insert(record.field, record.value);
    }
    Some(values)
}

/// Id of the predecessor whose plan the cover names; `None` where it names none.
fn whose<'a>(plan: &'a Plan, raw: &RawSubmission) -> Option<&'a str> {
    let cover = raw.sheets.iter().find(|sheet| sheet.name == COVER)?;
    let named = cover.cells.keys().find_map(|at| words(cover, *at)?.strip_prefix(PLAN).map(str::to_owned))?;
    let own = [plan.frames.first()].into_iter().chain(plan.frames.later().map(|(_, frame)| frame));
    let is_own = |title: &str| named.trim_end_matches('.') == title.trim_end_matches('.');
    if own.into_iter().any(|frame| is_own(&frame.title)) {
        return None;
    }
    let of = |predecessor: &&Predecessor| named.to_lowercase().contains(&predecessor.name.to_lowercase());
    plan.predecessors.iter().find(of)?.id.as_deref()
}

/// The province's sums as they follow from the figures read.
fn whole(plan: &Plan, indicator: &Indicator, year: Year, past: &PastIndicator) -> Option<Ratio> {
    let pairs =
        past.numerators.iter().filter_map(|(unit, n)| Some(Ratio::of(*n, *past.denominators.get(unit)?)));
    let sum = pairs.reduce(Ratio::plus);
    let whole = match &indicator.kind {
        IndicatorKind::ShareOfUnits { over, .. } => {
            let roster = plan.roster_of(year, over);
            let judged = roster
                .into_iter()
                .filter(|unit| !past.no_standard.contains(&plan.code_now(unit.code.clone())));
            // Units that have not said whether they hold a status are counted all the same.
            Ratio::of(sum.unwrap_or_default().numerator, judged.count() as u64)
        }
        _ => sum?,
    };
    (!whole.denominator.is_zero()).then_some(whole)
}

/// The year of a sheet of figures, from its title.
fn titled(sheet: &RawSheet) -> Option<Year> {
    let title = words(sheet, CellAddress::new(0, 0))?;
    title.strip_prefix(TITLE)?.trim().parse().ok()
}

/// A unit code.
fn code(sheet: &RawSheet, at: CellAddress) -> Option<UnitCode> {
    code_text(sheet, at).map(|code| UnitCode(code.into()))
}
