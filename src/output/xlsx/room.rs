//! How wide columns and how high heads must be.

use super::layout::{SheetLayout, TableLayout, over_spans};
use super::style;
use crate::report::format;
use crate::report::model::{Role, Shown, Table};
use sheet::measure::{self, Face};

/// Pixels of a column of relative width 1: about ten characters.
pub(super) const COLUMN: f32 = 75.0;
/// Pixels of a column that no table uses.
const FILLER: u32 = 54;
/// Running text spans at least so many pixels, whatever the tables below it need.
const TEXT_AT_LEAST: u32 = 640;
/// … and at most so many, so that a line stays readable on a screen.
const TEXT_AT_MOST: u32 = 980;

/// Widths of the columns that the tables of a sheet share: the widest wish wins.
pub(super) fn widths(tables: &[&Table], size: f64) -> Vec<u32> {
    let scale = (size / style::TABLE_SIZE) as f32;
    let mut widths: Vec<u32> = Vec::new();
    for table in tables {
        for (i, column) in table.columns.iter().enumerate() {
            let wish = (column.width.clamp(0.3, 12.0) * COLUMN * scale) as u32;
            let head = column.title.split_whitespace();
            let head =
                head.map(|word| measure::width(word, Face { size, bold: true })).max().unwrap_or(0).min(160);
            let figure = |value: &Shown| match value {
                Shown::Count(_) | Shown::Number(..) | Shown::Percent(..) | Shown::Date(_) => {
                    // A number that does not fit shows as ####.
                    measure::width(&format::value(value), Face { size, bold: true }) + 4
                }
                _ => 0,
            };
            let rows = table.rows.iter().filter(|row| row.role != Role::Group);
            let figures =
                rows.filter_map(|row| row.cells.get(i)).map(|cell| figure(&cell.value)).max().unwrap_or(0);
            let width = wish.max(head).max(figures);
            match widths.get_mut(i) {
                Some(known) => *known = width.max(*known),
                None => widths.push(width),
            }
        }
    }
    while widths.iter().sum::<u32>() < TEXT_AT_LEAST {
        widths.push(FILLER);
    }
    widths
}

/// Columns that running text spans.
pub(super) fn text_columns(widths: &[u32]) -> u16 {
    let mut sum = 0;
    let fits = widths.iter().take_while(|width| {
        sum += **width;
        sum <= TEXT_AT_MOST
    });
    fits.count().max(1) as u16
}

/// Heights of the head's rows, from the top.
pub(super) fn head_heights(layout: &TableLayout, sheet: &SheetLayout) -> Vec<f64> {
    let face = Face { size: layout.size, bold: true };
    let height = |text: &str, first: usize, last: usize| {
        measure::height(measure::lines(text, sheet.span(first as u16, last as u16), face), layout.size)
    };
    let columns = &layout.table.columns;
    // A filter's button hides the end of the title: count with less room.
    let titles = |with_over: bool| {
        columns
            .iter()
            .enumerate()
            .filter(move |(_, column)| column.over.is_some() == with_over)
            .map(|(i, column)| height(&column.title, i, i))
            .fold(0.0, f64::max)
    };
    if !layout.two_heads {
        return vec![titles(false) + if layout.shown > 20 || layout.wordy { 6.0 } else { 0.0 }];
    }
    let over = over_spans(&layout.table)
        .into_iter()
        .filter_map(|(text, first, last)| text.map(|text| height(text, first, last)))
        .fold(0.0, f64::max);
    let below = titles(true).max(titles(false) - over);
    vec![over, below]
}
