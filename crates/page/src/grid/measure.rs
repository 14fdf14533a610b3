//! How large a table's text is and how wide its columns are.

use super::{DENSE, Grid, PAD, Pad};
use crate::fonts::Fonts;
use crate::line::{Span, widest};

/// Sizes tried in order: the first at which no word must be cut is taken, else the last.
const SIZES: [f32; 9] = [12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0];
const SMALLEST: f32 = SIZES[SIZES.len() - 1];
/// A single word claims at most this share of the table's width.
const GREEDIEST: f32 = 0.24;
/// A column keeps at least this part of the width it wishes for, if a smaller size can bring that about.
const FAIR: f32 = 0.8;
const SMALLEST_FOR_FAIRNESS: f32 = 10.0;

/// A table's measures.
pub struct Measured {
    /// Size of the text.
    pub size: f32,
    /// Left edges of the columns and the right edge of the last.
    edges: Vec<f32>,
    /// Without a head, the first cell of a row says what the row is about.
    pub headless: bool,
    /// Room between words and rules.
    pub(super) pad: Pad,
}

impl Measured {
    /// The measures of a grid that is `total` wide, its text of at most the size `largest`.
    pub fn new(grid: &Grid, fonts: &Fonts, total: f32, largest: f32) -> Self {
        Measured::between(grid, fonts, total, (SMALLEST, largest))
    }

    /// The same with text that is no smaller than the first size and no larger than the second.
    pub fn between(grid: &Grid, fonts: &Fonts, total: f32, (smallest, largest): (f32, f32)) -> Self {
        let needs = Needs::new(grid, fonts, smallest);
        let pad = if grid.dense { DENSE } else { PAD };
        let padded = |width: f32, size: f32| (width * size + 0.1).min(total * GREEDIEST) + 2.0 * pad.x;
        let words = |size: f32| needs.words.iter().map(|need| padded(*need, size)).collect::<Vec<f32>>();
        let pieces = |size: f32| needs.pieces.iter().map(|need| padded(*need, size)).collect::<Vec<f32>>();
        let fits = |needs: Vec<f32>| needs.iter().sum::<f32>() <= total;
        let wishes: Vec<f32> =
            grid.widths.iter().map(|width| if *width > 0.0 { *width } else { 1.0 }).collect();
        let wished: f32 = wishes.iter().sum();
        // Figures that fill their columns must not starve the columns of words.
        let fair = |size: f32| {
            let shares = share_out(&wishes, &words(size), total);
            wishes.iter().zip(shares).all(|(wish, share)| share >= FAIR * wish / wished * total)
        };
        let sizes = || SIZES.into_iter().filter(|size| (smallest..=largest).contains(size));
        let size = sizes()
            .filter(|size| *size >= SMALLEST_FOR_FAIRNESS)
            .find(|size| fits(words(*size)) && fair(*size))
            .or_else(|| sizes().find(|size| fits(words(*size))))
            .unwrap_or(smallest);
        let needs = if fits(pieces(size)) { pieces(size) } else { words(size) };
        let mut edges = vec![0.0];
        for width in share_out(&wishes, &needs, total) {
            edges.push(edges[edges.len() - 1] + width);
        }
        Measured { size, edges, headless: grid.head.is_empty(), pad }
    }

    /// Left edge of a column.
    pub fn left(&self, column: usize) -> f32 {
        self.edges[column.min(self.edges.len() - 1)]
    }

    /// Width of neighbouring columns.
    pub fn span(&self, column: usize, columns: usize) -> f32 {
        self.left(column + columns) - self.left(column)
    }
}

/// What the cells of each column need, at size 1.
struct Needs {
    /// Widths of the widest words.
    words: Vec<f32>,
    /// Widths of the widest pieces that rather stay whole.
    pieces: Vec<f32>,
}

impl Needs {
    fn new(grid: &Grid, fonts: &Fonts, smallest: f32) -> Self {
        let count = grid.widths.len();
        let mut needs = Needs { words: vec![0.0; count], pieces: vec![0.0; count] };
        for cell in grid.head.iter().filter(|cell| cell.columns == 1) {
            needs.add(fonts, cell.column, &cell.text, 0.0);
        }
        for row in &grid.rows {
            let mut column = 0;
            for cell in &row.cells {
                if cell.columns == 1 {
                    // Room for a drawing counts as if it were text of the smallest size.
                    needs.add(fonts, column, &cell.text, cell.room() / smallest);
                }
                column += cell.columns;
            }
        }
        needs
    }

    fn add(&mut self, fonts: &Fonts, column: usize, text: &[Span], room: f32) {
        if let (Some(words), Some(pieces)) = (self.words.get_mut(column), self.pieces.get_mut(column)) {
            let (word, piece) = widest(fonts, text);
            *words = words.max(word + room);
            *pieces = pieces.max(piece + room);
        }
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
