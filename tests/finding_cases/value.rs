//! What a cell of a fixture holds.

use chrono::NaiveDate;
use xhht::intake::raw::{RawCell, RawValue, Shown};

/// A cell as the fixture gives it.
pub type Typed = RawCell;

/// Reads the right side of `field.id = …`; `Some(None)` is a blank cell.
pub fn read(text: &str) -> Option<Option<Typed>> {
    let plain = |value| Some(Some(RawCell::of(value)));
    if text == "blank" {
        return Some(None);
    }
    if let Some(typed) = text.strip_prefix('"') {
        return plain(RawValue::Text(typed.strip_suffix('"')?.to_owned()));
    }
    if let Some(day) = text.strip_prefix("date ") {
        return plain(date(day.parse().ok()?));
    }
    if text.starts_with('#') {
        return plain(RawValue::Error(text.to_owned()));
    }
    if let Some(formula) = text.strip_suffix(" not calculated") {
        let formula = Some(formula.strip_prefix("formula ")?.to_owned());
        return Some(Some(RawCell { value: RawValue::NotCalculated, formula, shown: None }));
    }
    if let Some((formula, result)) = text.strip_prefix("formula ").and_then(|rest| rest.split_once(" gives "))
    {
        let value = RawValue::Number(result.parse().ok()?);
        return Some(Some(RawCell { value, formula: Some(formula.to_owned()), shown: None }));
    }
    if let Some((number, seen)) = text.split_once(" shown as ") {
        let (value, seen) =
            (RawValue::Number(number.parse().ok()?), seen.strip_prefix('"')?.strip_suffix('"')?);
        let shown = Shown { text: seen.to_owned(), plain: seen.to_owned(), percent: seen.ends_with('%') };
        return Some(Some(RawCell { shown: Some(Box::new(shown)), ..RawCell::of(value) }));
    }
    match text {
        "TRUE" => plain(RawValue::Bool(true)),
        "FALSE" => plain(RawValue::Bool(false)),
        number => plain(RawValue::Number(number.parse().ok()?)),
    }
}

/// A cell formatted as a date, with the serial number that stands underneath.
pub fn date(day: NaiveDate) -> RawValue {
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    RawValue::Date { when: Some(day), serial: Some((day - epoch).num_days() as f64) }
}
