//! Ruled tables: column widths that spare words, cells that wrap, heads that merge and repeat, rows that stay whole.

use crate::display::{Colour, Item};
use crate::flow::MOST_EMPTY;
use crate::line::{Setting, Span};

mod head;
mod measure;
mod row;
mod set;

pub use measure::Measured;

/// Height of a table line of size 1.
pub const LEADING: f32 = 1.16;
/// Shade of rows that head or sum up others.
pub const GROUP_FILL: Colour = Colour::grey(0.965);
const PAD: Pad = Pad { x: 3.0, y: 2.6 };
/// In a table of many narrow columns.
const DENSE: Pad = Pad { x: 1.6, y: 1.7 };
const RULE: f32 = 0.5;
const INK: Colour = Colour::BLACK;

/// How tall a row may be on a page of a height without being cut between lines: one that moves overleaf as a whole leaves
/// so much empty.
pub fn tallest_row(height: f32) -> f32 {
    (0.42 * height).min(0.8 * MOST_EMPTY)
}

/// Whether the last two rows of a table stay on one page, by the heights of all: the last does not stand on a page alone where
/// the one before it, and what that is kept with, can go along without leaving much empty.
pub fn keeps_end(rows: &[GridRow], heights: &[f32]) -> bool {
    let kept = rows.iter().rev().skip(2).take_while(|row| row.keep_next).count() + 2;
    let tall: f32 = heights.iter().rev().take(kept).sum();
    kept < rows.len() && tall <= 0.5 * MOST_EMPTY
}

/// Room between words and rules.
#[derive(Debug, Clone, Copy)]
struct Pad {
    x: f32,
    y: f32,
}

/// A ruled table.
#[derive(Default)]
pub struct Grid {
    /// Relative widths of the columns; 1 for those that are not positive.
    pub widths: Vec<f32>,
    /// Head cells; none for a table without a head.
    pub head: Vec<HeadCell>,
    /// Rows.
    pub rows: Vec<GridRow>,
    /// Words come near to the rules: a table of many narrow columns.
    pub dense: bool,
}

/// A cell of the head.
pub struct HeadCell {
    /// Words, set centred.
    pub text: Vec<Span>,
    /// First column.
    pub column: usize,
    /// Columns covered.
    pub columns: usize,
    /// 0 for the upper row, 1 for the lower.
    pub level: usize,
    /// Rows covered.
    pub levels: usize,
}

/// A row.
#[derive(Default)]
pub struct GridRow {
    /// Cells from left to right, together covering all columns.
    pub cells: Vec<GridCell>,
    /// Shade behind the row.
    pub fill: Option<Colour>,
    /// Stays with the next row.
    pub keep_next: bool,
    /// Words stand at the top of their cells, not in the middle.
    pub at_top: bool,
}

/// A cell.
pub struct GridCell {
    /// Words.
    pub text: Vec<Span>,
    /// Colour.
    pub colour: Colour,
    /// How lines stand.
    pub setting: Setting,
    /// Columns covered.
    pub columns: usize,
    /// What is drawn beside or in place of the words.
    pub drawing: Option<Box<dyn CellDrawing>>,
    /// With a stroke under the words.
    pub underlined: bool,
}

/// A small drawing in a cell. It is decoration: the row says the same in words.
pub trait CellDrawing {
    /// Width taken from the words.
    fn room(&self) -> f32;

    /// Items around the height 0, from `left` on, where `width` is what the words have.
    fn items(&self, left: f32, width: f32) -> Vec<Item>;
}

impl GridCell {
    /// A cell of one column with black words at the left.
    pub fn new(text: Vec<Span>) -> Self {
        GridCell {
            text,
            colour: Colour::BLACK,
            setting: Setting::Left,
            columns: 1,
            drawing: None,
            underlined: false,
        }
    }

    fn room(&self) -> f32 {
        self.drawing.as_ref().map_or(0.0, |drawing| drawing.room())
    }
}
