//! Running text and key figures.

use super::layout::{CardsLayout, SheetLayout, TextKind};
use super::{fault, style};
use crate::error::Error;
use crate::report::model::Shown;
use rust_xlsxwriter::{Format, Worksheet};
use sheet::{CellAddress, put, text};

/// Writes running text, a merged row a line.
pub(super) fn words(
    sheet: &mut Worksheet,
    layout: &SheetLayout,
    top: u32,
    kind: TextKind,
    lines: &[String],
) -> Result<(), Error> {
    let format = style::words(kind);
    for (row, line) in (top..).zip(lines) {
        merged(sheet, (row, 0), (row, layout.text_columns.saturating_sub(1)), line, &format)?;
    }
    Ok(())
}

/// Writes key figures as cards: label above, figure below.
pub(super) fn cards(
    sheet: &mut Worksheet,
    layout: &SheetLayout,
    top: u32,
    cards: &CardsLayout,
) -> Result<(), Error> {
    debug_assert!(cards.spans.iter().all(|(_, last)| *last < layout.text_columns));
    for (row, figures) in (top..).step_by(3).zip(cards.figures.chunks(cards.spans.len())) {
        for (figure, (first, last)) in figures.iter().zip(&cards.spans) {
            let number = style::number_format(&figure.value, true);
            let format = style::card_value(figure.tone, number.as_deref());
            merged(sheet, (row, *first), (row, *last), &text::clean(&figure.label), &style::card_label())?;
            let below = row + 1;
            merged(sheet, (below, *first), (below, *last), "", &format)?;
            value(sheet, below, *first, &figure.value, &format)?;
        }
    }
    Ok(())
}

/// Writes a text over a range of cells, which may be a single one.
pub(super) fn merged(
    sheet: &mut Worksheet,
    from: (u32, u16),
    to: (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), Error> {
    let cell = |(row, column)| CellAddress::new(row, column);
    put::across(sheet, (cell(from), cell(to)), text, format).map_err(fault)
}

/// Writes a value as what it is; text never becomes a formula, a link or a number.
pub(super) fn value(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Shown,
    format: &Format,
) -> Result<(), Error> {
    match value {
        Shown::Count(figure) | Shown::Number(figure, _) | Shown::Percent(figure, _) => {
            sheet.write_number_with_format(row, column, put::nearest(*figure), format)
        }
        Shown::Date(day) => sheet.write_datetime_with_format(row, column, day, format),
        Shown::Text(words) | Shown::Missing(words) => {
            sheet.write_string_with_format(row, column, text::clean(words), format)
        }
        Shown::Blank => sheet.write_blank(row, column, format),
    }
    .map_err(fault)?;
    Ok(())
}
