//! The head of a table: one row or two, with cells over several columns or both rows.

use super::measure::Measured;
use super::{Grid, HeadCell, INK, LEADING, PAD, RULE};
use crate::compose::{Composer, baseline};
use crate::display::{Colour, Item, NodeId, NodeKind};
use crate::flow::Strip;
use crate::line::{Column, Line, Setting, break_lines};

const FILL: Colour = Colour::grey(0.92);
/// Centred heads may come nearer to the rules than figures.
const PAD_X: f32 = 1.5;

/// Heights of the two rows of a head.
struct Heights([f32; 2]);

impl Heights {
    /// High enough for every cell; what a cell over both rows needs more is given to the lower row.
    fn new(cells: &[HeadCell], set: &[Vec<Line>], leading: f32) -> Self {
        let height_of = |lines: &[Line]| lines.len().max(1) as f32 * leading + 2.0 * PAD.y;
        let mut heights = [0.0_f32; 2];
        for (cell, lines) in cells.iter().zip(set).filter(|(cell, _)| cell.levels == 1) {
            let level = cell.level.min(1);
            heights[level] = heights[level].max(height_of(lines));
        }
        for (_, lines) in cells.iter().zip(set).filter(|(cell, _)| cell.levels > 1) {
            heights[1] = heights[1].max(height_of(lines) - heights[0]);
        }
        Heights(heights)
    }

    fn both(&self) -> f32 {
        self.0[0] + self.0[1]
    }

    /// Top and height of a cell.
    fn extent(&self, cell: &HeadCell) -> (f32, f32) {
        let top = if cell.level == 0 { 0.0 } else { self.0[0] };
        (top, if cell.levels > 1 { self.both() } else { self.0[cell.level.min(1)] })
    }
}

impl Composer<'_> {
    /// The head as a strip; `None` for a table without one.
    pub(super) fn grid_head(&mut self, grid: &Grid, measured: &Measured, table: NodeId) -> Option<Strip> {
        if grid.head.is_empty() {
            return None;
        }
        let size = measured.size;
        let leading = size * LEADING;
        let set: Vec<Vec<Line>> = grid
            .head
            .iter()
            .map(|cell| {
                let width = measured.span(cell.column, cell.columns) - 2.0 * PAD_X;
                break_lines(self.fonts, &cell.text, size, width, width)
            })
            .collect();
        let heights = Heights::new(&grid.head, &set, leading);
        let height = heights.both();
        let mut items = vec![Item::rectangle(0.0, 0.0, self.width, height, FILL)];
        let rows = self.node_in(table, NodeKind::HeadRows);
        let upper = self.node_in(rows, NodeKind::Row);
        let has_lower = grid.head.iter().any(|cell| cell.level > 0);
        let lower = if has_lower { self.node_in(rows, NodeKind::Row) } else { upper };
        for (cell, lines) in grid.head.iter().zip(&set) {
            let parent = if cell.level > 0 { lower } else { upper };
            let node = self.node_in(parent, NodeKind::Head { columns: cell.columns, rows: cell.levels });
            let (left, width) = (measured.left(cell.column), measured.span(cell.column, cell.columns));
            let (top, tall) = heights.extent(cell);
            let column = Column::new(left + PAD_X, width - 2.0 * PAD_X, size, Setting::Center, Some(node));
            let mut y = top + (tall - lines.len() as f32 * leading) / 2.0;
            for line in lines {
                items.extend(line.set(y + baseline(leading, size), &column));
                y += leading;
            }
            items.push(Item::line((left, top), (left, top + tall), RULE, INK));
            items.push(Item::line((left, top), (left + width, top), RULE, INK));
        }
        items.push(Item::line((self.width, 0.0), (self.width, height), RULE, INK));
        items.push(Item::line((0.0, height), (self.width, height), RULE, INK));
        Some(Strip { height, items, keep_next: true, before: 6.0, ..Strip::default() })
    }
}
