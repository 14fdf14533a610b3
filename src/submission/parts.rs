//! A workbook that holds the forms of several units: each unit's sheets are a report of their own, told apart by what
//! stands at their top.

use super::Reader;
use crate::domain::{CellAddress, FieldId, RowCode, Unit, UnitCode, Year};
use crate::intake::raw::{Identity, RawSheet, RawSubmission, RawValue};
use ecow::EcoString;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use vietnamese::display::capitalised;
use vietnamese::name;
use vietnamese::text::clean;

/// Rows at the top of a sheet where the form says whose it is.
const HEADING_ROWS: u32 = 6;
/// What stands between the unit and the year.
const REPORT_OF_YEAR: &str = "báo cáo năm";

/// A report inside a workbook.
pub(super) struct Part<'a> {
    pub raw: Cow<'a, RawSubmission>,
    /// Whether it is not of the unit whose workbook it is.
    pub is_guest: bool,
    /// Sheets that say they are the same unit's form of another year, by that year: not read, only counted.
    pub of_other_years: BTreeMap<Year, RawSubmission>,
}

/// Parts a workbook by what the tops of its sheets say. Sheets that say nothing, or the same as the hidden identity, are
/// of the workbook's own unit; so are all when none says what the hidden identity does and they agree with each other:
/// whose that is, is a doubt about the whole.
pub(super) fn of<'a>(reader: &Reader<'_>, raw: &'a RawSubmission) -> Vec<Part<'a>> {
    let whole = || vec![Part { raw: Cow::Borrowed(raw), is_guest: false, of_other_years: BTreeMap::new() }];
    let identity = own_identity(reader, raw);
    let told = headings(reader, raw, identity.as_ref().map(|(unit, year)| (*unit, *year)));
    let all: BTreeSet<&(UnitCode, Year)> = told.values().collect();
    let own = identity.map(|(unit, year)| (unit.code.clone(), year));
    // Without an identity the first heading is the workbook's own.
    let first = || raw.sheets.iter().find_map(|sheet| told.get(&sheet.name)).cloned();
    let Some(own) = own.or_else(first) else { return whole() };
    let others: Vec<&(UnitCode, Year)> = all.iter().copied().filter(|key| **key != own).collect();
    if others.is_empty() || (!all.contains(&own) && others.len() == 1) {
        return whole();
    }
    let of_key = |key: &(UnitCode, Year)| {
        let is_of = |sheet: &RawSheet| told.get(&sheet.name).unwrap_or(&own) == key;
        only(raw, is_of)
    };
    let of_other_years = others.iter().filter(|(unit, _)| *unit == own.0);
    let mut parts = vec![Part {
        raw: Cow::Owned(of_key(&own)),
        is_guest: false,
        of_other_years: of_other_years.map(|key| (key.1, of_key(key))).collect(),
    }];
    for key in others.into_iter().filter(|(unit, _)| *unit != own.0) {
        let mut guest = of_key(key);
        guest.identity =
            Identity { year: Some(key.1.to_string()), unit: Some(key.0.to_string()), ..raw.identity.clone() };
        parts.push(Part { raw: Cow::Owned(guest), is_guest: true, of_other_years: BTreeMap::new() });
    }
    // Nothing is left for the workbook's own unit where every sheet is another's.
    if !all.contains(&own) && parts[0].raw.sheets.iter().all(|sheet| sheet.cells.is_empty()) {
        parts.remove(0);
    }
    parts
}

fn own_identity<'p>(reader: &Reader<'p>, raw: &RawSubmission) -> Option<(&'p Unit, Year)> {
    let year = raw.identity.year.as_deref()?.trim().parse::<Year>().ok()?;
    let code = raw.identity.unit.as_deref()?.trim();
    let unit = reader.plan.roster(year).into_iter().find(|unit| unit.code.as_str() == code)?;
    Some((unit, year))
}

/// The workbook with some of its sheets.
fn only(raw: &RawSubmission, is_of: impl Fn(&RawSheet) -> bool) -> RawSubmission {
    let sheets: Vec<RawSheet> = raw.sheets.iter().filter(|sheet| is_of(sheet)).cloned().collect();
    RawSubmission { sheets, ..raw.clone() }
}

/// What the tops of the sheets say that bear a row code of the plan, as far as it is a unit and a year of the plan.
pub(super) fn headings(
    reader: &Reader<'_>,
    raw: &RawSubmission,
    expected: Option<(&Unit, Year)>,
) -> BTreeMap<EcoString, (UnitCode, Year)> {
    let usual = expected.map(|(unit, year)| format!("{} · Báo cáo năm {year}", capitalised(&unit.name)));
    let of_sheet = |sheet: &RawSheet| {
        let mut top = sheet.cells.range(..CellAddress::new(HEADING_ROWS, 0));
        top.find_map(|(_, cell)| {
            let RawValue::Text(text) = &cell.value else { return None };
            match (&usual, expected) {
                (Some(usual), Some((unit, year))) if text == usual => Some((unit.code.clone(), year)),
                _ => heading(reader, text),
            }
        })
    };
    let forms = raw.sheets.iter().filter(|sheet| bears_codes(reader, sheet));
    forms.filter_map(|sheet| Some((sheet.name.clone(), of_sheet(sheet)?))).collect()
}

/// Whether the sheet is one of a form: the sender's own sheets and the page of checks may name whom they like.
pub(super) fn bears_codes(reader: &Reader<'_>, sheet: &RawSheet) -> bool {
    let is_code = |value: &RawValue| match value {
        RawValue::Text(text) if text.len() <= FieldId::LONGEST => {
            reader.row_ids.contains(RowCode::new(text.trim()).row().as_str())
        }
        _ => false,
    };
    sheet.cells.values().any(|cell| is_code(&cell.value))
}

/// The unit and the year of a line such as “Huyện Tân Hưng · Báo cáo năm 2024”.
fn heading(reader: &Reader<'_>, text: &str) -> Option<(UnitCode, Year)> {
    let line = clean(text).text.to_lowercase();
    let (unit, year) = line.split_once(REPORT_OF_YEAR)?;
    let digits: String = year.trim_start().chars().take_while(char::is_ascii_digit).collect();
    let year: Year = digits.parse().ok()?;
    let unit = unit.trim_matches(|c: char| !c.is_alphanumeric());
    let is_it = |candidate: &&&Unit| name::is_same_name(&candidate.name, unit);
    let named = reader.spellings(year)?.named(unit, |_| true);
    named.iter().find(is_it).map(|unit| (unit.code.clone(), year))
}
