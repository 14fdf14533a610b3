//! Tables of the report as ruled grids.

use super::compose::{Composer, TextStyle, tone};
use super::display::{Colour, NodeKind};
use super::face::Face;
use super::grid::{GROUP_FILL, Grid, GridCell, GridColumn, GridRow, HeadCell};
use super::line::{Setting, Span};
use super::picture::Drawing;
use crate::report::format;
use crate::report::model::{Align, Cell, Column, Role, Row, Table, Tone, Value};

/// Size of text in tables; wide tables go below it.
const TEXT: f32 = 12.0;
/// More columns than this and the table starts from a smaller size.
const FEW_COLUMNS: usize = 7;

impl Composer<'_> {
    /// A table with its caption and notes; `page` is the height of text on a page.
    pub fn table(&mut self, table: &Table, page: f32) {
        self.table_from(table, if table.columns.len() > FEW_COLUMNS { 11.0 } else { TEXT }, page);
    }

    /// The same with text of at most a size.
    pub fn table_from(&mut self, table: &Table, largest: f32, page: f32) {
        let node = self.node(self.part, NodeKind::Table);
        if let Some(caption) = &table.caption {
            self.caption(caption, node);
        }
        let count = table.columns.len();
        let mut rows: Vec<GridRow> = table.rows.iter().map(|row| grid_row(row, &table.columns)).collect();
        if rows.is_empty() && count > 0 {
            let text = vec![Span::new("Không có số liệu", Face::Italic)];
            let cell = GridCell {
                text,
                colour: Colour::BLACK,
                setting: Setting::Center,
                columns: count,
                picture: None,
                underlined: false,
            };
            rows.push(GridRow { cells: vec![cell], ..GridRow::default() });
        }
        // A total does not open a page alone, nor do the notes.
        for i in 1..rows.len() {
            if table.rows.get(i).is_some_and(|row| row.role == Role::Total) {
                rows[i - 1].keep_next = true;
            }
        }
        if let Some(last) = rows.last_mut() {
            last.keep_next = !table.notes.is_empty();
        }
        let grid = Grid {
            columns: table.columns.iter().map(|c| GridColumn { width: c.width }).collect(),
            head: head(&table.columns),
            rows,
        };
        self.grid(&grid, largest, page, node);
        for note in &table.notes {
            let note_node = self.node(self.part, NodeKind::Paragraph);
            let style = TextStyle { size: TextStyle::NOTE.size.min(largest), ..TextStyle::NOTE };
            self.text(&[Span::new(note.as_str(), Face::Italic)], &style, note_node);
        }
        self.space_after_last(8.0);
    }
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

fn grid_row(row: &Row, columns: &[Column]) -> GridRow {
    if row.role == Role::Group {
        let text: Vec<String> =
            row.cells.iter().map(|c| format::value(&c.value)).filter(|text| !text.is_empty()).collect();
        let cell = GridCell {
            text: vec![Span::new(text.join(" "), Face::Bold)],
            colour: Colour::BLACK,
            setting: Setting::Left,
            columns: columns.len(),
            picture: None,
            underlined: false,
        };
        return GridRow { cells: vec![cell], fill: Some(GROUP_FILL), keep_next: true, at_top: false };
    }
    let total = row.role == Role::Total;
    let blank = Cell::of(Value::Blank);
    let cells = columns
        .iter()
        .enumerate()
        .map(|(i, column)| grid_cell(row.cells.get(i).unwrap_or(&blank), column.align, total));
    GridRow { cells: cells.collect(), fill: total.then_some(GROUP_FILL), ..GridRow::default() }
}

fn grid_cell(cell: &Cell, align: Align, total: bool) -> GridCell {
    let (face, colour) = match &cell.value {
        Value::Missing(_) => (if total { Face::BoldItalic } else { Face::Italic }, tone(cell.tone, total).1),
        _ => tone(cell.tone, total),
    };
    let setting = match (align, &cell.value) {
        // A reason in place of a figure is words, and wraps like words.
        (Align::Right, Value::Missing(_) | Value::Text(_)) => Setting::Center,
        (Align::Right, _) => Setting::Right,
        (Align::Center, _) => Setting::Center,
        (Align::Left, _) => Setting::Left,
    };
    let text = vec![Span::new(format::value(&cell.value), face)];
    // Where all is bold, a stroke says what boldness says elsewhere.
    let picture = cell.picture.as_ref().map(|picture| Drawing::of(picture, cell.tone));
    GridCell { text, colour, setting, columns: 1, picture, underlined: total && cell.tone == Tone::Bad }
}
