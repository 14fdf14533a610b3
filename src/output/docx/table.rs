//! Tables of the report: the grids of the PDF, as wide and of the same size, with heads that repeat.

use super::compose::Composer;
use super::drawing;
use super::style::{HalfPoints, PAD, RULED, colour, half_points, table_head, table_text};
use super::text;
use crate::domain::UnitCode;
use crate::finding::Finding;
use crate::output::pdf::{findings as grid_of_findings, table as grid_of_table};
use crate::report::model;
use page::Face;
use page::display;
use page::grid::{Grid, GridCell, GridRow, HeadCell, LEADING, Measured};
use page::line::{Setting, Span, break_lines};
use std::collections::BTreeMap;
use word::{Align, Cell, Letters, Lines, Merge, Paragraph, Row, Run, Stand, Table};

/// Shade of heads.
const HEAD_FILL: display::Colour = display::Colour::grey(0.92);
/// Rows taller than this share of a page may be cut.
const TALLEST: f32 = 0.42;

/// Draws a table with its caption, the key of its bars and its notes.
pub fn draw(composer: &mut Composer<'_>, table: &model::Table) {
    if table.columns.is_empty() {
        return;
    }
    if let Some(caption) = &table.caption {
        text::caption(composer, caption);
    }
    grid(composer, &grid_of_table::grid(table), grid_of_table::largest(table));
    drawing::key_of_bars(composer, table);
    for note in &table.notes {
        text::paragraph(composer, "Note", note);
    }
}

/// Draws the findings shown, and says out of how many.
pub fn findings(
    composer: &mut Composer<'_>,
    shown: &[Finding],
    total: usize,
    names: &BTreeMap<UnitCode, String>,
) {
    if shown.is_empty() {
        text::paragraph(composer, "BodyText", grid_of_findings::NOTHING);
        return;
    }
    if let Some(out_of) = grid_of_findings::out_of(shown, total) {
        text::paragraph(composer, "Lead", &out_of);
    }
    grid(composer, &grid_of_findings::grid(shown, names), grid_of_findings::LARGEST);
}

/// A grid whose text is at most of a size.
fn grid(composer: &mut Composer<'_>, grid: &Grid, largest: f32) {
    let measured = Measured::new(grid, composer.fonts, composer.width, largest);
    let size = half_points(measured.size);
    composer.sizes.insert(size);
    let widths = (0..grid.widths.len()).map(|column| measured.span(column, 1)).collect();
    let setter = RowSetter { composer, measured: &measured, size };
    let mut rows = setter.head(&grid.head, grid.widths.len());
    rows.extend(grid.rows.iter().map(|row| setter.row(row)));
    composer.push_table(Table { style: RULED.into(), widths, rows });
}

/// Sets the rows of one table.
struct RowSetter<'a, 'c> {
    composer: &'a Composer<'c>,
    measured: &'a Measured,
    size: HalfPoints,
}

impl RowSetter<'_, '_> {
    /// One row or two; a cell over both begins in the upper and goes on in the lower.
    fn head(&self, head: &[HeadCell], columns: usize) -> Vec<Row> {
        if head.is_empty() {
            return Vec::new();
        }
        let levels = if head.iter().any(|cell| cell.level > 0) { 2 } else { 1 };
        let row = |level: usize| {
            let mut cells = Vec::new();
            let mut column = 0;
            while column < columns {
                let covers = |cell: &&HeadCell| {
                    cell.column == column && (cell.level == level || cell.level < level && cell.levels > 1)
                };
                let Some(found) = head.iter().find(covers) else { break };
                cells.push(self.head_cell(found, level));
                column += found.columns.max(1);
            }
            Row { cells, is_head: true, is_whole: true, ..Row::default() }
        };
        (0..levels).map(row).collect()
    }

    fn head_cell(&self, cell: &HeadCell, level: usize) -> Cell {
        let goes_on = cell.level < level;
        let merge = match (cell.levels > 1, goes_on) {
            (false, _) => Merge::None,
            (true, false) => Merge::Begins,
            (true, true) => Merge::GoesOn,
        };
        let words: String = cell.text.iter().map(|span| span.text.as_str()).collect();
        let words = if goes_on { String::new() } else { words };
        Cell {
            columns: cell.columns,
            merge,
            fill: colour(HEAD_FILL),
            stand: Stand::Middle,
            ..Cell::new(vec![Paragraph::new(table_head(self.size), words)])
        }
    }

    fn row(&self, row: &GridRow) -> Row {
        let mut column = 0;
        let mut lines = 1;
        let mut cells = Vec::new();
        for cell in &row.cells {
            let room = cell.drawing.as_ref().map_or(0.0, |drawing| drawing.room());
            let width = self.measured.span(column, cell.columns) - 2.0 * PAD.0;
            let size = self.measured.size;
            let broken = break_lines(self.composer.fonts, &cell.text, size, width - room, width - room);
            lines = lines.max(broken.len());
            cells.push(self.cell(row, cell, width));
            column += cell.columns;
        }
        let height = lines as f32 * self.measured.size * LEADING + 2.0 * PAD.1;
        Row { cells, is_whole: height <= self.composer.height * TALLEST, ..Row::default() }
    }

    fn cell(&self, row: &GridRow, cell: &GridCell, width: f32) -> Cell {
        let mut runs = Vec::new();
        if let Some(drawing) = &cell.drawing {
            runs.extend(drawing::in_cell(drawing.as_ref(), width).map(Run::Picture));
        }
        runs.extend(cell.text.iter().map(|span| run(span, cell)));
        let align = match cell.setting {
            Setting::Left => None,
            Setting::Center => Some(Align::Center),
            Setting::Right => Some(Align::Right),
            Setting::Justify => Some(Align::Justify),
        };
        let lines = Lines { align, keep_next: row.keep_next.then_some(true), ..Lines::default() };
        let style = table_text(self.size).into();
        Cell {
            columns: cell.columns,
            fill: row.fill.and_then(colour),
            stand: if row.at_top { Stand::Top } else { Stand::Middle },
            ..Cell::new(vec![Paragraph { style, lines, mark: None, runs }])
        }
    }
}

fn run(span: &Span, cell: &GridCell) -> Run {
    let letters = Letters {
        size: None,
        bold: matches!(span.face, Face::Bold | Face::BoldItalic).then_some(true),
        italic: matches!(span.face, Face::Italic | Face::BoldItalic).then_some(true),
        colour: colour(cell.colour),
        underlined: cell.underlined,
    };
    Run::Text(span.text.clone(), letters)
}
