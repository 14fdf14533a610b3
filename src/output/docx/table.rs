//! Tables of the report: the grids of the PDF, as wide and of the same size, with heads that repeat.

use super::compose::Composer;
use super::drawing;
use super::style::{HEAD_PAD, HalfPoints, PAD, RULED, colour, half_points, table_head, table_text};
use super::text;
use crate::domain::UnitCode;
use crate::finding::Finding;
use crate::output::pdf::style::Ink;
use crate::output::pdf::{findings as grid_of_findings, table as grid_of_table};
use crate::report::model;
use page::Face;
use page::display;
use page::grid::{Grid, GridCell, GridRow, HeadCell, LEADING, Measured, keeps_end, tallest_row};
use page::line::{Setting, Span, break_lines};
use std::collections::BTreeMap;
use word::{Align, Cell, Letters, Lines, Merge, Paragraph, Row, Run, Stand, Table};

/// Shade of heads.
const HEAD_FILL: display::Colour = display::Colour::grey(0.92);
/// Thickness of the rules, which takes from the room of a cell.
const RULE: f32 = 0.5;

/// Draws a table with its caption, the key of its bars and its notes.
pub fn draw(composer: &mut Composer<'_>, table: &model::Table) {
    if table.columns.is_empty() {
        return;
    }
    if let Some(caption) = &table.caption {
        text::caption(composer, caption);
    }
    grid(composer, &grid_of_table::grid(table, Ink::Black), grid_of_table::largest(table));
    drawing::key_of_bars(composer, table);
    for note in &table.notes {
        text::paragraph(composer, "Note", &note.as_str().into());
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
        text::paragraph(composer, "BodyText", &grid_of_findings::NOTHING.into());
        return;
    }
    if let Some(out_of) = grid_of_findings::out_of(shown, total) {
        text::paragraph(composer, "Lead", &out_of.into());
    }
    grid(composer, &grid_of_findings::grid(shown, names), grid_of_findings::LARGEST);
}

/// A grid whose text is at most of a size.
fn grid(composer: &mut Composer<'_>, grid: &Grid, largest: f32) {
    let measured = Measured::new(grid, composer.fonts, composer.width, largest);
    let size = half_points(measured.size);
    composer.sizes.insert(size);
    let widths = (0..grid.widths.len()).map(|column| measured.span(column, 1)).collect();
    let pad = if grid.dense { HEAD_PAD } else { PAD.0 };
    let setter = RowSetter { composer, measured: &measured, size, pad };
    let mut rows = setter.head(&grid.head, grid.widths.len());
    rows.extend(setter.rows(&grid.rows));
    composer.push_table(Table { style: RULED.into(), widths, rows });
}

/// Sets the rows of one table.
struct RowSetter<'a, 'c> {
    composer: &'a Composer<'c>,
    measured: &'a Measured,
    size: HalfPoints,
    /// Room around what stands in a cell, across.
    pad: f32,
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
        let mut rows: Vec<Row> = (0..levels).map(row).collect();
        // Cells over both rows do not make them higher in every program.
        for (row, height) in rows.iter_mut().zip(self.heights(head)) {
            row.least = Some(height);
        }
        rows
    }

    /// Heights of the rows of a head; what a cell over both needs more is given to the lower.
    fn heights(&self, head: &[HeadCell]) -> [f32; 2] {
        let height = |cell: &HeadCell| {
            let width = self.measured.span(cell.column, cell.columns) - 2.0 * HEAD_PAD - RULE;
            self.lines(&cell.text, width) as f32 * self.measured.size * LEADING + 2.0 * PAD.1
        };
        let mut heights = [0.0_f32; 2];
        for cell in head.iter().filter(|cell| cell.levels == 1) {
            let level = cell.level.min(1);
            heights[level] = heights[level].max(height(cell));
        }
        for cell in head.iter().filter(|cell| cell.levels > 1) {
            heights[1] = heights[1].max(height(cell) - heights[0]);
        }
        heights
    }

    /// How many lines words take.
    fn lines(&self, words: &[Span], width: f32) -> usize {
        break_lines(self.composer.fonts, words, self.measured.size, width, width).len()
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
            pad: Some(HEAD_PAD),
            ..Cell::new(vec![Paragraph::new(table_head(self.size), words)])
        }
    }

    /// The rows; the last does not stand on a page alone where that holds for the PDF.
    fn rows(&self, rows: &[GridRow]) -> Vec<Row> {
        let (mut set, heights): (Vec<Row>, Vec<f32>) = rows.iter().map(|row| self.row(row)).unzip();
        if let (true, [.., before, _]) = (keeps_end(rows, &heights), &mut set[..]) {
            for paragraph in before.cells.iter_mut().flat_map(|cell| &mut cell.paragraphs) {
                paragraph.lines.keep_next = Some(true);
            }
        }
        set
    }

    /// A row and its height.
    fn row(&self, row: &GridRow) -> (Row, f32) {
        let mut column = 0;
        let mut lines = 1;
        let mut cells = Vec::new();
        for cell in &row.cells {
            let room = cell.drawing.as_ref().map_or(0.0, |drawing| drawing.room());
            let width = self.measured.span(column, cell.columns) - 2.0 * self.pad - RULE;
            let taken = self.lines(&cell.text, width - room);
            lines = lines.max(taken);
            cells.push(self.cell(row, cell, width, taken > 1));
            column += cell.columns;
        }
        let height = lines as f32 * self.measured.size * LEADING + 2.0 * PAD.1;
        let is_whole = height <= tallest_row(self.composer.height);
        (Row { cells, is_whole, ..Row::default() }, height)
    }

    fn cell(&self, row: &GridRow, cell: &GridCell, width: f32, is_broken: bool) -> Cell {
        let mut runs = Vec::new();
        if let Some(drawing) = &cell.drawing {
            runs.extend(drawing::in_cell(drawing.as_ref(), width).map(Run::Picture));
        }
        runs.extend(cell.text.iter().map(|span| run(span, cell, is_broken)));
        let align = match cell.setting {
            Setting::Left => None,
            Setting::Center => Some(Align::Center),
            Setting::Right => Some(Align::Right),
            Setting::Justify => Some(Align::Justify),
        };
        let lines = Lines { align, keep_next: row.keep_next.then_some(true), ..Lines::default() };
        let style = table_text(self.size).into();
        Cell {
            pad: (self.pad != PAD.0).then_some(self.pad),
            columns: cell.columns,
            fill: row.fill.and_then(colour),
            stand: if row.at_top { Stand::Top } else { Stand::Middle },
            ..Cell::new(vec![Paragraph { style, lines, mark: None, runs }])
        }
    }
}

/// Words as the cell shows them; in one that takes several lines a range of figures begins its own.
fn run(span: &Span, cell: &GridCell, is_broken: bool) -> Run {
    let letters = Letters {
        size: None,
        bold: matches!(span.face, Face::Bold | Face::BoldItalic).then_some(true),
        italic: matches!(span.face, Face::Italic | Face::BoldItalic).then_some(true),
        colour: colour(cell.colour),
        underlined: cell.underlined,
    };
    let words = if is_broken { ranges_whole(&span.text) } else { span.text.clone() };
    Run::Text(words, letters)
}

/// Words with a line end before every range of figures: word processors would end the line behind its dash.
fn ranges_whole(words: &str) -> String {
    let is_range = |word: &str| {
        let (from, to) = word.split_once('–').unwrap_or_default();
        from.ends_with(|c: char| c.is_ascii_digit()) && to.starts_with(|c: char| c.is_ascii_digit())
    };
    let mut out = String::with_capacity(words.len());
    for (i, word) in words.split(' ').enumerate() {
        if i > 0 {
            out.push(if is_range(word) { '\n' } else { ' ' });
        }
        out.push_str(word);
    }
    out
}
