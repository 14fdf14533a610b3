//! Last year's values: locked, narrow, grey columns to the right of the input cells they stand beside.

use super::Values;
use super::style::Styles;
use crate::domain::FieldKind;
use crate::domain::cell::Content;
use crate::form::{Field, Form, FormSheet, FormTable};
use rust_xlsxwriter::{Worksheet, XlsxError};
use sheet::put;

/// Widths of the columns. They keep their places but are folded away while nothing is known: an empty column only
/// makes the print smaller.
pub(super) fn set_columns(
    worksheet: &mut Worksheet,
    sheet: &FormSheet,
    width: impl Fn(f32) -> f64,
    previous: Option<&Values>,
) -> Result<(), XlsxError> {
    let is_known = previous.is_some_and(|values| {
        let rows = sheet.tables.iter().flat_map(|table| &table.rows);
        rows.flat_map(|row| row.fields.iter())
            .any(|field| field.previous.is_some() && values.contains_key(&field.id))
    });
    for (column, relative) in (sheet.first_previous_column()..).zip(&sheet.previous_widths) {
        worksheet.set_column_width(column, width(*relative))?;
        if !is_known {
            worksheet.set_column_hidden(column)?;
        }
    }
    Ok(())
}

/// The common head in the title row and the column heads below it.
pub(super) fn head(
    worksheet: &mut Worksheet,
    form: &Form,
    table: &FormTable,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let (Some((first, _)), Some((last, _))) = (table.previous.first(), table.previous.last()) else {
        return Ok(());
    };
    let text = format!("Năm {} (để đối chiếu)", form.year - 1);
    let row = table.title_row;
    if first == last {
        worksheet.write_string_with_format(row, *first, text, &styles.previous_head)?;
    } else {
        worksheet.merge_range(row, *first, row, *last, &text, &styles.previous_head)?;
    }
    for (column, title) in &table.previous {
        worksheet.write_string_with_format(row + 1, *column, title, &styles.previous_head)?;
        worksheet.write_blank(row + 2, *column, &styles.previous_head)?;
    }
    Ok(())
}

/// The cell beside an input cell; blank when nothing is known.
pub(super) fn cell(
    worksheet: &mut Worksheet,
    field: &Field,
    styles: &Styles,
    previous: Option<&Values>,
) -> Result<(), XlsxError> {
    let Some(at) = field.previous else { return Ok(()) };
    let style = match field.kind {
        FieldKind::Count => &styles.previous_count,
        FieldKind::Decimal | FieldKind::Money(_) => &styles.previous_decimal,
        _ => &styles.previous_choice,
    };
    match previous.and_then(|values| values.get(&field.id)) {
        Some(known @ (Content::Number(_) | Content::Text(_))) => put::content(worksheet, at, known, style),
        Some(Content::Date(_)) | None => worksheet.write_blank(at.row, at.column, style).map(|_| ()),
    }
}
