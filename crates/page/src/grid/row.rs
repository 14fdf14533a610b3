//! A row of a table: its cells broken into lines, then drawn as one strip, or line by line where it is too tall to stay
//! whole.

use super::measure::Measured;
use super::{GridRow, INK, LEADING, Pad, RULE, tallest_row};
use crate::compose::{Composer, baseline};
use crate::display::{Item, NodeId, NodeKind};
use crate::flow::{RepeatedHead, Strip};
use crate::line::{Column, Line, Setting, break_lines};
use std::rc::Rc;

/// Sets the rows of one table.
pub struct RowSetter<'m> {
    /// The table's measures.
    pub measured: &'m Measured,
    /// The head repeated where a row opens a page.
    pub repeated: Option<Rc<RepeatedHead>>,
    /// Node of the rows.
    pub body: NodeId,
}

/// A cell whose lines are broken.
struct SetCell {
    lines: Vec<Line>,
    /// Left rule.
    left: f32,
    /// Drawn around the middle of the row.
    drawing: Option<Vec<Item>>,
    column: Column,
}

/// A row whose cells are set.
struct SetRow<'g> {
    row: &'g GridRow,
    cells: Vec<SetCell>,
    /// Lines of the tallest cell.
    lines: usize,
    /// The row is one strip.
    whole: bool,
    size: f32,
    leading: f32,
    pad: Pad,
}

/// Some lines of a row, drawn as one strip.
struct Band {
    from: usize,
    to: usize,
    first: bool,
    last: bool,
}

impl RowSetter<'_> {
    /// Sets a row; `top_rule` when nothing above it has drawn the rule between.
    pub fn set(&self, composer: &mut Composer<'_>, row: &GridRow, top_rule: bool) {
        let cells = self.set_cells(composer, row);
        let lines = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0).max(1);
        let size = self.measured.size;
        let (leading, pad) = (size * LEADING, self.measured.pad);
        let whole = lines as f32 * leading + 2.0 * pad.y <= tallest_row(composer.height);
        let set = SetRow { row, cells, lines, whole, size, leading, pad };
        for band in set.bands() {
            let (height, items) = set.draw(&band, composer.width, top_rule);
            let foot = Item::line((0.0, height), (composer.width, height), RULE, INK);
            composer.push(Strip {
                height,
                keep_next: set.keeps_next(&band),
                head: self.repeated.clone(),
                close: (!band.last).then(|| foot.clone()),
                items: if band.last { items.into_iter().chain([foot]).collect() } else { items },
                ..Strip::default()
            });
        }
    }

    fn set_cells(&self, composer: &mut Composer<'_>, row: &GridRow) -> Vec<SetCell> {
        let (measured, size, pad) = (self.measured, self.measured.size, self.measured.pad);
        let row_node = composer.node_in(self.body, NodeKind::Row);
        let naming = row.naming_cell().or(measured.headless.then_some(0));
        let mut cells = Vec::new();
        let mut column = 0;
        for (i, cell) in row.cells.iter().enumerate() {
            let columns = cell.columns;
            let kind =
                if naming == Some(i) { NodeKind::RowHead { columns } } else { NodeKind::Cell { columns } };
            let node = composer.node_in(row_node, kind);
            let room = cell.room();
            let width = measured.span(column, columns) - 2.0 * pad.x - room;
            let left = measured.left(column);
            cells.push(SetCell {
                lines: break_lines(composer.fonts, &cell.text, size, width, width),
                left,
                drawing: cell.drawing.as_ref().map(|drawing| drawing.items(left + pad.x, width)),
                column: Column {
                    colour: cell.colour,
                    underlined: cell.underlined,
                    ..Column::new(left + pad.x + room, width, size, cell.setting, Some(node))
                },
            });
            column += columns;
        }
        cells
    }
}

impl SetRow<'_> {
    /// A whole row is one band; a tall one has a band for each line.
    fn bands(&self) -> Vec<Band> {
        if self.whole {
            return vec![Band { from: 0, to: self.lines, first: true, last: true }];
        }
        let last = self.lines - 1;
        (0..=last).map(|i| Band { from: i, to: i + 1, first: i == 0, last: i == last }).collect()
    }

    /// The first two lines of a tall row are never parted, nor the last two.
    fn keeps_next(&self, band: &Band) -> bool {
        if band.last { self.row.keep_next } else { band.first || band.to + 1 == self.lines }
    }

    /// Height and items of a band, without the rule at its foot.
    fn draw(&self, band: &Band, width: f32, top_rule: bool) -> (f32, Vec<Item>) {
        let (leading, pad) = (self.leading, self.pad);
        let above = if band.first { pad.y } else { 0.0 };
        let height = (band.to - band.from) as f32 * leading + above + if band.last { pad.y } else { 0.0 };
        let mut items = Vec::new();
        if let Some(fill) = self.row.fill {
            items.push(Item::rectangle(0.0, 0.0, width, height, fill));
        }
        for cell in &self.cells {
            let shown = cell.lines.get(band.from..band.to.min(cell.lines.len())).unwrap_or_default();
            let centred = self.whole && !self.row.at_top;
            let slack = if centred { (self.lines - shown.len()) as f32 * leading / 2.0 } else { 0.0 };
            for (n, line) in shown.iter().enumerate() {
                let y = above + slack + n as f32 * leading + baseline(leading, self.size);
                items.extend(line.set(y, &cell.column));
            }
            if let Some(drawing) = cell.drawing.as_ref().filter(|_| band.first) {
                let middle = if self.whole { height / 2.0 } else { above + leading / 2.0 };
                items.extend(drawing.iter().map(|item| item.clone().moved(0.0, middle)));
            }
            items.push(Item::line((cell.left, 0.0), (cell.left, height), RULE, INK));
        }
        items.push(Item::line((width, 0.0), (width, height), RULE, INK));
        // A shade covers half of the rule above it: that is drawn again.
        if band.first && (top_rule || self.row.fill.is_some()) {
            items.push(Item::line((0.0, 0.0), (width, 0.0), RULE, INK));
        }
        (height, items)
    }
}

impl GridRow {
    /// The cell that says what the row is about: the first one of words, which stand at the left. Figures stand at the
    /// right, numbers of rows and marks in the middle.
    fn naming_cell(&self) -> Option<usize> {
        self.cells.iter().position(|cell| cell.setting == Setting::Left)
    }
}
