//! What stands in the cells of a workbook that is read back.

use crate::domain::CellAddress;
use crate::intake::raw::{RawSheet, RawValue};
use rust_decimal::Decimal;
use vietnamese::number::from_float;
use vietnamese::text;

/// Words.
pub(super) fn words(sheet: &RawSheet, at: CellAddress) -> Option<String> {
    match &sheet.cells.get(&at)?.value {
        RawValue::Text(typed) => Some(text::clean(typed).text.trim().to_owned()),
        _ => None,
    }
}

/// A code; one that looks like a number becomes one when somebody types it again.
pub(super) fn code_text(sheet: &RawSheet, at: CellAddress) -> Option<String> {
    match &sheet.cells.get(&at)?.value {
        RawValue::Number(number) => Some(from_float(*number)?.normalize().to_string()),
        _ => words(sheet, at),
    }
}

/// A number.
pub(super) fn figure(sheet: &RawSheet, at: CellAddress) -> Option<Decimal> {
    match &sheet.cells.get(&at)?.value {
        RawValue::Number(number) => from_float(*number),
        _ => None,
    }
}
