//! Ruled tables: column widths that spare words, cells that wrap, heads that merge and repeat, rows that stay whole.

use super::compose::{Composer, baseline};
use super::display::{Colour, Item, NodeId, NodeKind};
use super::flow::{Head, Strip};
use super::line::{Column, Line, Setting, Span, break_lines, widest};
use super::picture::Drawing;
use std::rc::Rc;

/// A ruled table.
pub struct Grid {
    /// Columns.
    pub columns: Vec<GridColumn>,
    /// Head cells; none for a table without a head.
    pub head: Vec<HeadCell>,
    /// Rows.
    pub rows: Vec<GridRow>,
}

/// A column.
pub struct GridColumn {
    /// Relative width.
    pub width: f32,
}

/// A cell of the head.
pub struct HeadCell {
    /// Words, set bold and centred.
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
    pub picture: Option<Drawing>,
    /// Underlined: tells a tone where weight is already taken.
    pub underlined: bool,
}

/// Sizes tried in order: the first at which no word must be cut is taken, else the last.
const SIZES: [f32; 9] = [12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0];
/// Height of a table line of size 1.
const LEADING: f32 = 1.16;
const PAD_X: f32 = 3.0;
/// Centred heads may come nearer to the rules than figures.
const PAD_HEAD: f32 = 1.5;
const PAD_Y: f32 = 2.6;
const RULE: f32 = 0.5;
const INK: Colour = Colour::BLACK;
/// Shade of rows that head or sum up others.
pub const GROUP_FILL: Colour = Colour::grey(0.965);
const HEAD_FILL: Colour = Colour::grey(0.92);
/// A single word claims at most this share of the table's width.
const GREEDIEST: f32 = 0.24;
/// A column keeps at least this part of the width it wishes for, if a smaller size can bring that about.
const FAIR: f32 = 0.8;
const SMALLEST_FOR_FAIRNESS: f32 = 10.0;
/// Rows taller than this share of a page may be cut between lines.
const TALLEST: f32 = 0.42;

struct Measured {
    size: f32,
    /// Left edges of the columns and the right edge of the last.
    edges: Vec<f32>,
    /// Without a head, the first cell of a row says what the row is about.
    headless: bool,
}

impl Composer<'_> {
    /// Sets a grid over the whole width, as part of `node`; `page` is the height of text on a page and `largest` the size
    /// the text starts from.
    pub fn grid(&mut self, grid: &Grid, largest: f32, page: f32, node: NodeId) {
        if grid.columns.is_empty() {
            return;
        }
        let measured = self.measure(grid, largest);
        let head = self.grid_head(grid, &measured, node);
        let repeated = head.as_ref().map(|strip| {
            let items = strip.items.iter().map(|item| item.clone().in_node(None)).collect();
            Rc::new(Head { height: strip.height, items })
        });
        let top_rule = head.is_none();
        // A head taller than half a page would leave no room for rows.
        let repeated = repeated.filter(|head| head.height < page / 2.0);
        self.strips.extend(head);
        let body = self.node(node, NodeKind::BodyRows);
        for (i, row) in grid.rows.iter().enumerate() {
            self.grid_row(row, &measured, page, repeated.as_ref(), top_rule && i == 0, body);
        }
        self.space_after_last(8.0);
    }

    fn measure(&self, grid: &Grid, largest: f32) -> Measured {
        let count = grid.columns.len();
        // Widths of the widest words and of the widest pieces at size 1.
        let mut needs = vec![(0.0_f32, 0.0_f32); count];
        // `room` for a picture counts as if it were text of the largest size.
        let mut need = |column: usize, columns: usize, text: &[Span], room: f32| {
            if columns == 1
                && let Some(slot) = needs.get_mut(column)
            {
                let (word, piece) = widest(self.fonts, text);
                let (word, piece) = (word + room, piece + room);
                *slot = (slot.0.max(word), slot.1.max(piece));
            }
        };
        for cell in &grid.head {
            need(cell.column, cell.columns, &cell.text, 0.0);
        }
        for row in &grid.rows {
            let mut column = 0;
            for cell in &row.cells {
                let room = cell.picture.as_ref().map_or(0.0, Drawing::room);
                need(column, cell.columns, &cell.text, room / SIZES[SIZES.len() - 1]);
                column += cell.columns;
            }
        }
        let total: f32 = self.width;
        let padded = |width: f32, size: f32| (width * size + 0.1).min(total * GREEDIEST) + 2.0 * PAD_X;
        let words = |size: f32| needs.iter().map(|need| padded(need.0, size)).collect::<Vec<f32>>();
        let pieces = |size: f32| needs.iter().map(|need| padded(need.1, size)).collect::<Vec<f32>>();
        let fits = |needs: Vec<f32>| needs.iter().sum::<f32>() <= total;
        let wishes: Vec<f32> =
            grid.columns.iter().map(|c| if c.width > 0.0 { c.width } else { 1.0 }).collect();
        let wished: f32 = wishes.iter().sum();
        // Figures that fill their columns must not starve the columns of words.
        let fair = |size: f32| {
            let shares = share_out(&wishes, &words(size), total);
            wishes.iter().zip(shares).all(|(wish, share)| share >= FAIR * wish / wished * total)
        };
        let sizes = || SIZES.into_iter().filter(|size| *size <= largest);
        let size = sizes()
            .filter(|size| *size >= SMALLEST_FOR_FAIRNESS)
            .find(|size| fits(words(*size)) && fair(*size))
            .or_else(|| sizes().find(|size| fits(words(*size))))
            .unwrap_or(SIZES[SIZES.len() - 1]);
        let needs = if fits(pieces(size)) { pieces(size) } else { words(size) };
        let widths = share_out(&wishes, &needs, total);
        let mut edges = vec![0.0];
        for width in widths {
            edges.push(edges[edges.len() - 1] + width);
        }
        Measured { size, edges, headless: grid.head.is_empty() }
    }

    fn grid_head(&mut self, grid: &Grid, measured: &Measured, table: NodeId) -> Option<Strip> {
        if grid.head.is_empty() {
            return None;
        }
        let size = measured.size;
        let leading = size * LEADING;
        let set: Vec<Vec<Line>> = grid
            .head
            .iter()
            .map(|cell| {
                let width = measured.span(cell.column, cell.columns) - 2.0 * PAD_HEAD;
                break_lines(self.fonts, &cell.text, size, width, width)
            })
            .collect();
        let height_of = |lines: &[Line]| lines.len().max(1) as f32 * leading + 2.0 * PAD_Y;
        let mut heights = [0.0_f32; 2];
        for (cell, lines) in grid.head.iter().zip(&set) {
            if cell.levels == 1 {
                heights[cell.level.min(1)] = heights[cell.level.min(1)].max(height_of(lines));
            }
        }
        for (cell, lines) in grid.head.iter().zip(&set) {
            if cell.levels > 1 {
                heights[1] = heights[1].max(height_of(lines) - heights[0]);
            }
        }
        let height = heights[0] + heights[1];
        let mut items = vec![Item::rectangle(0.0, 0.0, self.width, height, HEAD_FILL)];
        let rows = self.node(table, NodeKind::HeadRows);
        let row_node = self.node(rows, NodeKind::Row);
        let second_node =
            if grid.head.iter().any(|c| c.level > 0) { self.node(rows, NodeKind::Row) } else { row_node };
        for (cell, lines) in grid.head.iter().zip(&set) {
            let parent = if cell.level > 0 { second_node } else { row_node };
            let node = self.node(parent, NodeKind::Head { columns: cell.columns, rows: cell.levels });
            let (left, width) = (measured.left(cell.column), measured.span(cell.column, cell.columns));
            let top = if cell.level == 0 { 0.0 } else { heights[0] };
            let tall = if cell.levels > 1 { height } else { heights[cell.level.min(1)] };
            let column =
                Column::new(left + PAD_HEAD, width - 2.0 * PAD_HEAD, size, Setting::Center, Some(node));
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

    fn grid_row(
        &mut self,
        row: &GridRow,
        measured: &Measured,
        page: f32,
        head: Option<&Rc<Head>>,
        top_rule: bool,
        body: NodeId,
    ) {
        let size = measured.size;
        let leading = size * LEADING;
        let row_node = self.node(body, NodeKind::Row);
        let naming = row.naming_cell().or(measured.headless.then_some(0));
        let mut cells = Vec::new();
        let mut column = 0;
        for (i, cell) in row.cells.iter().enumerate() {
            let columns = cell.columns;
            let kind =
                if naming == Some(i) { NodeKind::RowHead { columns } } else { NodeKind::Cell { columns } };
            let node = self.node(row_node, kind);
            let room = cell.picture.as_ref().map_or(0.0, Drawing::room);
            let width = measured.span(column, cell.columns) - 2.0 * PAD_X - room;
            let left = measured.left(column);
            cells.push(SetCell {
                lines: break_lines(self.fonts, &cell.text, size, width, width),
                left,
                picture: cell.picture.as_ref().map(|picture| picture.items(left + PAD_X, width)),
                column: Column {
                    colour: cell.colour,
                    underlined: cell.underlined,
                    ..Column::new(left + PAD_X + room, width, size, cell.setting, Some(node))
                },
            });
            column += cell.columns;
        }
        let most = cells.iter().map(|c| c.lines.len()).max().unwrap_or(0).max(1);
        let whole = most as f32 * leading + 2.0 * PAD_Y <= page * TALLEST;
        // A whole row is one strip; a tall one a strip per line, never parting the first two lines nor the last two.
        let bands: Vec<(usize, usize)> =
            if whole { vec![(0, most)] } else { (0..most).map(|i| (i, i + 1)).collect() };
        let count = bands.len();
        for (i, (from, to)) in bands.into_iter().enumerate() {
            let (first, last) = (i == 0, i + 1 == count);
            let above = if first { PAD_Y } else { 0.0 };
            let height = (to - from) as f32 * leading + above + if last { PAD_Y } else { 0.0 };
            let mut items = Vec::new();
            if let Some(fill) = row.fill {
                items.push(Item::rectangle(0.0, 0.0, self.width, height, fill));
            }
            for cell in &cells {
                let shown = cell.lines.get(from..to.min(cell.lines.len())).unwrap_or_default();
                let slack =
                    if whole && !row.at_top { (most - shown.len()) as f32 * leading / 2.0 } else { 0.0 };
                for (n, line) in shown.iter().enumerate() {
                    let y = above + slack + n as f32 * leading + baseline(leading, size);
                    items.extend(line.set(y, &cell.column));
                }
                if let Some(picture) = cell.picture.as_ref().filter(|_| first) {
                    let middle = if whole { height / 2.0 } else { above + leading / 2.0 };
                    items.extend(picture.iter().map(|item| item.clone().moved(0.0, middle)));
                }
                items.push(Item::line((cell.left, 0.0), (cell.left, height), RULE, INK));
            }
            items.push(Item::line((self.width, 0.0), (self.width, height), RULE, INK));
            let foot = Item::line((0.0, height), (self.width, height), RULE, INK);
            // A shade covers half of the rule above it: that is drawn again.
            if first && (top_rule || row.fill.is_some()) {
                items.push(Item::line((0.0, 0.0), (self.width, 0.0), RULE, INK));
            }
            let close = if last {
                items.push(foot);
                None
            } else {
                Some(foot)
            };
            self.strips.push(Strip {
                height,
                items,
                keep_next: if last { row.keep_next } else { first || i + 2 == count },
                head: head.map(Rc::clone),
                close,
                ..Strip::default()
            });
        }
    }
}

impl GridRow {
    /// The cell that says what the row is about: the first one of words, which stand at the left. Figures stand at the
    /// right, numbers of rows and marks in the middle.
    fn naming_cell(&self) -> Option<usize> {
        self.cells.iter().position(|cell| cell.setting == Setting::Left)
    }
}

struct SetCell {
    lines: Vec<Line>,
    /// Left rule.
    left: f32,
    /// Drawn around the middle of the row.
    picture: Option<Vec<Item>>,
    column: Column,
}

impl Measured {
    fn left(&self, column: usize) -> f32 {
        self.edges[column.min(self.edges.len() - 1)]
    }

    fn span(&self, column: usize, columns: usize) -> f32 {
        self.left(column + columns) - self.left(column)
    }
}

/// Shares a width out by wish, giving no column less than it needs as long as the needs fit.
fn share_out(wishes: &[f32], needs: &[f32], total: f32) -> Vec<f32> {
    let needed: f32 = needs.iter().sum();
    if needed >= total {
        return needs.iter().map(|need| need / needed * total).collect();
    }
    let mut fixed = vec![false; wishes.len()];
    loop {
        let taken: f32 = needs.iter().zip(&fixed).filter(|(_, f)| **f).map(|(n, _)| n).sum();
        let wished: f32 = wishes.iter().zip(&fixed).filter(|(_, f)| !**f).map(|(w, _)| w).sum();
        let share = |i: usize| (total - taken) * wishes[i] / wished;
        let short: Vec<usize> = (0..wishes.len()).filter(|i| !fixed[*i] && share(*i) < needs[*i]).collect();
        if short.is_empty() {
            return (0..wishes.len()).map(|i| if fixed[i] { needs[i] } else { share(i) }).collect();
        }
        for i in short {
            fixed[i] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_follow_wishes_but_spare_words() {
        assert_eq!(share_out(&[1.0, 3.0], &[10.0, 10.0], 100.0), [25.0, 75.0]);
        assert_eq!(share_out(&[1.0, 3.0], &[40.0, 10.0], 100.0), [40.0, 60.0]);
        assert_eq!(share_out(&[1.0, 1.0, 2.0], &[50.0, 10.0, 10.0], 80.0), [50.0, 10.0, 20.0]);
        assert_eq!(share_out(&[1.0, 1.0], &[150.0, 50.0], 100.0), [75.0, 25.0]);
    }
}
