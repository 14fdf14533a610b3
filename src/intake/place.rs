//! What a template says about itself: identity, table of input cells, defined names.

use super::raw::{Identity, Placed, RawCell, RawValue};
use crate::domain::{CellAddress, FieldId};
use crate::form::{KEY_PLAN, KEY_PLAN_VERSION, KEY_UNIT, KEY_YEAR, TABLE_HEADER};
use std::collections::{BTreeMap, HashMap};

type Cells = BTreeMap<CellAddress, RawCell>;

/// The identity on the sheet, above the table.
pub(super) fn identity_on_sheet(cells: &Cells) -> Identity {
    let end = table_start(cells).unwrap_or(u32::MAX);
    let mut found = HashMap::new();
    for (address, cell) in cells.iter().take_while(|(address, _)| address.row < end) {
        if address.column == 0
            && let Some(key) = as_text(&cell.value)
            && let Some(value) =
                cells.get(&CellAddress::new(address.row, 1)).and_then(|cell| as_text(&cell.value))
        {
            found.entry(key).or_insert(value);
        }
    }
    identity(|key| found.get(key).cloned())
}

/// The identity among the custom properties, which some programs drop.
pub(super) fn identity_in_properties(properties: &HashMap<String, String>) -> Identity {
    identity(|key| properties.get(key).and_then(|value| as_text(&RawValue::Text(value.clone()))))
}

/// One identity from two sources: what the first does not say, the second may.
pub(super) fn either(first: Identity, second: Identity) -> Identity {
    Identity {
        plan: first.plan.or(second.plan),
        plan_version: first.plan_version.or(second.plan_version),
        year: first.year.or(second.year),
        unit: first.unit.or(second.unit),
    }
}

fn identity(value: impl Fn(&str) -> Option<String>) -> Identity {
    // A year or a code made a number and then a text again ends in “.0”; a version may rightly end so.
    let code = |key| {
        value(key).map(|text| match text.strip_suffix(".0") {
            Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
                digits.to_owned()
            }
            _ => text,
        })
    };
    Identity {
        plan: value(KEY_PLAN),
        plan_version: value(KEY_PLAN_VERSION),
        year: code(KEY_YEAR),
        unit: code(KEY_UNIT),
    }
}

/// The table of input cells. A row that names no field or no cell was tampered with and says nothing.
pub(super) fn table(cells: &Cells) -> Vec<Placed> {
    let Some(start) = table_start(cells) else { return Vec::new() };
    let text = |row, column| cells.get(&CellAddress::new(row, column)).and_then(|cell| as_text(&cell.value));
    let rows =
        cells.keys().filter(|address| address.row > start && address.column == 0).map(|address| address.row);
    rows.filter_map(|row| {
        let field = FieldId::parse(text(row, 0)?.trim()).ok()?;
        let cell = CellAddress::parse(text(row, 2)?.trim())?;
        Some(Placed { field, sheet: text(row, 1)?.into(), cell })
    })
    .collect()
}

fn table_start(cells: &Cells) -> Option<u32> {
    let is_head = |row: u32| {
        (0_u16..).zip(TABLE_HEADER).all(|(column, head)| {
            let cell = cells.get(&CellAddress::new(row, column));
            matches!(cell.map(|cell| &cell.value), Some(RawValue::Text(text)) if text.trim() == head)
        })
    };
    cells.keys().filter(|address| address.column == 0).map(|address| address.row).find(|row| is_head(*row))
}

/// The fields that defined names point at; names that are not ours or are broken (`#REF!`) say nothing.
///
/// A copied sheet brings its own copy of every name. Where a name occurs more than once, `known` tells which sheets
/// the form was made with, and the copy loses.
pub(super) fn named(names: &[(String, String)], known: impl Fn(&FieldId, &str) -> bool) -> Vec<Placed> {
    let mut found: Vec<Placed> = Vec::new();
    let mut places: HashMap<FieldId, usize> = HashMap::new();
    for (name, reference) in names {
        let Some(field) = FieldId::from_defined_name(name) else { continue };
        let Some((sheet, cell)) = target(reference) else { continue };
        match places.get(&field) {
            None => {
                places.insert(field.clone(), found.len());
                found.push(Placed { field, sheet: sheet.into(), cell });
            }
            Some(place) => {
                if let Some(earlier) = found.get_mut(*place)
                    && !known(&field, &earlier.sheet)
                    && known(&field, &sheet)
                {
                    *earlier = Placed { field, sheet: sheet.into(), cell };
                }
            }
        }
    }
    found
}

/// Sheet and first cell of a reference as any of the three formats writes it; `None` for anything that is not one.
///
/// `'Phụ lục'!$D$7`, `Sheet1!$D$7:$E$7` (xlsx), `Phụ lục!$D$7` (xls, never quoted), `$'Phụ lục'.$D$7`, `of:=[$A.$D$7]` (ods).
fn target(reference: &str) -> Option<(String, CellAddress)> {
    let text = reference.trim();
    let text = text.strip_prefix("of:").unwrap_or(text).trim_start_matches('=').trim();
    let text = text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(text);
    let text = text.strip_prefix('$').unwrap_or(text);
    let (sheet, cells) = match text.strip_prefix('\'') {
        Some(quoted) => {
            let end = closing_quote(quoted)?;
            let rest = quoted.get(end + 1..)?;
            (quoted[..end].replace("''", "'"), rest.strip_prefix(['!', '.'])?)
        }
        None => {
            // The cell holds neither mark, so the last one parts them; a sheet name may hold a dot.
            let at = text.split(':').next()?.rfind(['!', '.'])?;
            (text[..at].to_owned(), &text[at + 1..])
        }
    };
    // Another workbook's sheet is written `[1]Sheet`.
    if sheet.is_empty() || sheet.starts_with('[') {
        return None;
    }
    Some((sheet, CellAddress::parse(cells.split(':').next()?)?))
}

fn closing_quote(quoted: &str) -> Option<usize> {
    let mut marks = quoted.char_indices().filter(|(_, c)| *c == '\'').map(|(at, _)| at).peekable();
    while let Some(at) = marks.next() {
        if marks.peek() != Some(&(at + 1)) {
            return Some(at);
        }
        marks.next();
    }
    None
}

/// A cell of the identity sheet as text: programs that re-save it may turn `2024` into a number.
fn as_text(value: &RawValue) -> Option<String> {
    let whole = |number: f64| {
        let exact = number.fract() == 0.0 && number.abs() < 1e15;
        if exact { format!("{number:.0}") } else { number.to_string() }
    };
    let text = match value {
        RawValue::Number(number) | RawValue::Date { serial: Some(number), .. } => whole(*number),
        RawValue::Text(text) => text.trim().to_owned(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(sheet: &str, cell: &str) -> Option<(String, CellAddress)> {
        Some((sheet.to_owned(), CellAddress::parse(cell).unwrap()))
    }

    #[test]
    fn references_of_all_three_formats() {
        assert_eq!(target("Sheet1!$D$7"), at("Sheet1", "D7"));
        assert_eq!(target("'Phụ lục 1'!$D$7"), at("Phụ lục 1", "D7"));
        assert_eq!(target("'Xã ''điểm''!'!$D$7:$E$9"), at("Xã 'điểm'!", "D7"));
        assert_eq!(target("=Biểu 1!$D$7"), at("Biểu 1", "D7"));
        assert_eq!(target("Bieu.1!$D$7"), at("Bieu.1", "D7"));
        assert_eq!(target("$Sheet1.$D$7"), at("Sheet1", "D7"));
        assert_eq!(target("$'a.b ''c'''.$D$7:.$E$8"), at("a.b 'c'", "D7"));
        assert_eq!(target("of:=[$'Phụ lục'.$D$7]"), at("Phụ lục", "D7"));
        assert_eq!(target("$Sheet1.D7:$Sheet1.D7"), at("Sheet1", "D7"));
    }

    #[test]
    fn what_is_no_place_is_skipped() {
        for text in [
            "#REF!",
            "Sheet1!#REF!",
            "'a'!#REF!",
            "$Sheet1.#REF!",
            "12",
            "\"x\"",
            "",
            "'open!$D$7",
            "$D$7",
            "[1]Sheet1!$D$7",
            "SUM(A!B1)",
        ] {
            assert_eq!(target(text), None, "{text}");
        }
    }

    #[test]
    fn a_copied_sheet_does_not_move_a_field() {
        let names =
            [("xhht_a__b", "'Biểu 1 (2)'!$D$7"), ("xhht_a__b", "'Biểu 1'!$D$7"), ("Print_Area", "A!$A$1")]
                .map(|(name, place)| (name.to_owned(), place.to_owned()));
        let placed = named(&names, |_, sheet| sheet == "Biểu 1");
        assert_eq!(placed.len(), 1);
        assert_eq!(placed[0].sheet, "Biểu 1");
        assert_eq!(placed[0].field.as_str(), "a.b");
    }

    #[test]
    fn numbers_that_were_texts_become_texts_again() {
        let text = |value| as_text(&value).unwrap();
        assert_eq!(text(RawValue::Number(2024.0)), "2024");
        assert_eq!(text(RawValue::Number(1.5)), "1.5");
        let all_alike = identity(|_| Some("794.0".to_owned()));
        assert_eq!(
            (all_alike.unit.as_deref(), all_alike.plan_version.as_deref()),
            (Some("794"), Some("794.0"))
        );
    }
}
