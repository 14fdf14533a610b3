//! Tables of the report as ruled grids.

use super::style::{Ink, NOTE};
use super::{picture, text};
use crate::report::format;
use crate::report::model::{Align, Cell, Column, Role, Row, Shown, Table, Tone};
use page::Face;
use page::compose::{Composer, TextStyle};
use page::display::{NodeId, NodeKind};
use page::grid::{GROUP_FILL, Grid, GridCell, GridRow, HeadCell};
use page::line::{Setting, Span};

/// Size of text in tables; wide tables go below it.
const TEXT: f32 = 12.0;
/// More columns than this and the table starts from a smaller size.
const FEW_COLUMNS: usize = 7;
const SMALL_TEXT: f32 = 11.0;
/// Size where marks and short figures stand close.
const DENSE_TEXT: f32 = 10.0;

/// Draws a table of the letter with its caption, the key of its bars and its notes.
pub fn draw(composer: &mut Composer<'_>, table: &Table) {
    let largest = largest(table);
    let notes = NOTE.size.min(largest);
    draw_with(composer, table, Ink::Black, notes, |composer, grid, node| composer.grid(grid, largest, node));
}

/// The size that the text of a table has at most.
pub fn largest(table: &Table) -> f32 {
    match table.columns.len() {
        _ if is_dense(table) => DENSE_TEXT,
        count if count > FEW_COLUMNS => SMALL_TEXT,
        _ => TEXT,
    }
}

/// The same in colour, all of it in one size.
pub fn draw_in_size(composer: &mut Composer<'_>, table: &Table, size: f32) {
    let set =
        |composer: &mut Composer<'_>, grid: &Grid, node| composer.grid_between(grid, (size, size), node);
    draw_with(composer, table, Ink::Coloured, size, set);
}

fn is_dense(table: &Table) -> bool {
    table.columns.iter().any(|column| column.is_close)
}

/// A table as a ruled grid.
pub fn grid(table: &Table, ink: Ink) -> Grid {
    Grid {
        widths: table.columns.iter().map(|column| column.width).collect(),
        head: head(&table.columns),
        rows: rows(table, ink),
        dense: is_dense(table),
    }
}

fn draw_with(
    composer: &mut Composer<'_>,
    table: &Table,
    ink: Ink,
    note_size: f32,
    set: impl FnOnce(&mut Composer<'_>, &Grid, NodeId),
) {
    let node = composer.node(NodeKind::Table);
    if let Some(caption) = &table.caption {
        text::caption(composer, caption, node);
    }
    set(composer, &grid(table, ink), node);
    picture::key_of_bars(composer, table);
    for note in &table.notes {
        let note_node = composer.node(NodeKind::Paragraph);
        let style = TextStyle { size: note_size, ..NOTE };
        composer.text(&[Span::new(note.as_str(), Face::Italic)], &style, note_node);
    }
    composer.space_after_last(8.0);
}

fn rows(table: &Table, ink: Ink) -> Vec<GridRow> {
    let count = table.columns.len();
    let mut rows: Vec<GridRow> = table.rows.iter().map(|row| grid_row(row, &table.columns, ink)).collect();
    if rows.is_empty() && count > 0 {
        let text = vec![Span::new("Không có số liệu", Face::Italic)];
        let cell = GridCell { setting: Setting::Center, columns: count, ..GridCell::new(text) };
        rows.push(GridRow { cells: vec![cell], ..GridRow::default() });
    }
    // A total does not open a page alone, nor do the key and the notes.
    for i in 1..rows.len() {
        if table.rows.get(i).is_some_and(|row| row.role == Role::Total) {
            rows[i - 1].keep_next = true;
        }
    }
    if let Some(last) = rows.last_mut() {
        last.keep_next = !table.notes.is_empty() || picture::has_bars(table);
    }
    rows
}

/// Head cells: columns with the same head above them share it, the others reach over both rows.
fn head(columns: &[Column]) -> Vec<HeadCell> {
    if columns.iter().all(|c| c.title.trim().is_empty() && c.over.is_none()) {
        return Vec::new();
    }
    let levels = if columns.iter().any(|c| c.over.is_some()) { 2 } else { 1 };
    let bold = |text: &str| vec![Span::new(text, Face::Bold)];
    let mut cells = Vec::new();
    let mut column = 0;
    for group in columns.chunk_by(|a, b| a.over.is_some() && a.over == b.over) {
        if let Some(over) = &group[0].over {
            cells.push(HeadCell { text: bold(over), column, columns: group.len(), level: 0, levels: 1 });
            cells.extend(group.iter().enumerate().map(|(i, c)| HeadCell {
                text: bold(&c.title),
                column: column + i,
                columns: 1,
                level: 1,
                levels: 1,
            }));
        } else {
            cells.push(HeadCell { text: bold(&group[0].title), column, columns: 1, level: 0, levels });
        }
        column += group.len();
    }
    cells
}

fn grid_row(row: &Row, columns: &[Column], ink: Ink) -> GridRow {
    if row.role == Role::Group {
        let text: Vec<String> =
            row.cells.iter().map(|c| format::value(&c.value)).filter(|text| !text.is_empty()).collect();
        let text = vec![Span::new(text.join(" "), Face::Bold)];
        let cell = GridCell { columns: columns.len(), ..GridCell::new(text) };
        return GridRow { cells: vec![cell], fill: Some(GROUP_FILL), keep_next: true, at_top: false };
    }
    let total = row.role == Role::Total;
    let blank = Cell::plain(Shown::Blank);
    let cells = columns
        .iter()
        .enumerate()
        .map(|(i, column)| grid_cell(row.cells.get(i).unwrap_or(&blank), column.align, total, ink));
    GridRow { cells: cells.collect(), fill: total.then_some(GROUP_FILL), ..GridRow::default() }
}

fn grid_cell(cell: &Cell, align: Align, total: bool, ink: Ink) -> GridCell {
    let (face, colour) = match &cell.value {
        Shown::Missing(_) => {
            (if total { Face::BoldItalic } else { Face::Italic }, ink.face_and_colour(cell.tone, total).1)
        }
        _ => ink.face_and_colour(cell.tone, total),
    };
    let setting = match (align, &cell.value) {
        // A reason in place of a figure is words, and wraps like words.
        (Align::Right, Shown::Missing(_) | Shown::Text(_)) => Setting::Center,
        (Align::Right, _) => Setting::Right,
        (Align::Center, _) => Setting::Center,
        (Align::Left, _) => Setting::Left,
    };
    GridCell {
        colour,
        setting,
        drawing: cell.picture.as_ref().map(|picture| picture::drawing(picture, cell.tone)),
        // Where all is bold, a stroke says what boldness says elsewhere.
        underlined: total && cell.tone == Tone::Bad,
        ..GridCell::new(vec![Span::new(format::value(&cell.value), face)])
    }
}
