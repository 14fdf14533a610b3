//! Putting values into cells: never a formula where words are meant, never a number that was rounded twice.

use crate::{CellAddress, Content, Expression, text};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Formula, ProtectionOptions, Worksheet, XlsxError};

/// Puts a value as what it is; words never become a formula, a link or a number, whatever they begin with.
///
/// # Errors
/// The library refuses the address or a date before 1900.
pub fn content(
    worksheet: &mut Worksheet,
    at: CellAddress,
    content: &Content,
    format: &Format,
) -> Result<(), XlsxError> {
    let CellAddress { row, column } = at;
    match content {
        Content::Number(number) => worksheet.write_number_with_format(row, column, nearest(*number), format),
        Content::Text(words) => worksheet.write_string_with_format(row, column, text::clean(words), format),
        Content::Date(day) => worksheet.write_datetime_with_format(row, column, day, format),
    }?;
    Ok(())
}

/// Puts words over a range of cells, which may be a single one.
///
/// # Errors
/// The library refuses the range.
pub fn across(
    worksheet: &mut Worksheet,
    (first, last): (CellAddress, CellAddress),
    words: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if first == last {
        worksheet.write_string_with_format(first.row, first.column, words, format)?;
    } else {
        worksheet.merge_range(first.row, first.column, last.row, last.column, words, format)?;
    }
    Ok(())
}

/// A formula with its result: programs that do not recalculate show the result, so it must be what the formula gives.
pub fn live(formula: &Expression, result: impl Into<String>) -> Formula {
    Formula::new(formula.printed().text).set_result(result)
}

/// The nearest number a spreadsheet can hold.
///
/// ```
/// assert_eq!(sheet::put::nearest("97.85".parse().unwrap()), 97.85);
/// ```
pub fn nearest(number: Decimal) -> f64 {
    // Reading the digits rounds once; Decimal's own conversion may round twice. A decimal is always a finite number.
    number.to_string().parse().unwrap_or_default()
}

/// Locks every cell that is not an input cell; columns and rows may still be made wider and higher. A courtesy, no
/// security.
pub fn protect(worksheet: &mut Worksheet) {
    worksheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
}
