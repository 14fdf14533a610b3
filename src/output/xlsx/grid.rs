//! Columns of a sheet that are cut into parts: narrow cells that draw a bar, and edges that cards of one width need.

use std::collections::BTreeMap;

/// Cards stand as they are where a column ends so few pixels from their edge.
const NEAR: u32 = 2;

/// By the columns of the tables, the pixels of their parts; a column that is not cut has none here.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid(BTreeMap<u16, Vec<u32>>);

impl Grid {
    /// Cuts a column into equal parts.
    pub(super) fn cut_evenly(&mut self, column: u16, parts: u32, width: u32) {
        self.0.insert(column, vec![width; parts as usize]);
    }

    /// First column of the sheet of a table's column.
    pub(super) fn first(&self, column: u16) -> u16 {
        let more: usize = self.0.range(..column).map(|(_, parts)| parts.len() - 1).sum();
        column + more as u16
    }

    /// Last column of the sheet of a table's column.
    pub(super) fn last(&self, column: u16) -> u16 {
        self.first(column + 1).saturating_sub(1)
    }

    /// Whether a table's column is more than one of the sheet.
    pub(super) fn is_cut(&self, column: u16) -> bool {
        self.0.contains_key(&column)
    }

    /// Widths of the sheet's columns.
    pub(super) fn widths(&self, columns: &[u32]) -> Vec<u32> {
        let parts = |(column, width): (u16, &u32)| match self.0.get(&column) {
            Some(parts) => parts.clone(),
            None => vec![*width],
        };
        (0..).zip(columns).flat_map(parts).collect()
    }

    /// First and last column of the sheet of so many spans of one width over the first columns of the tables, which are
    /// cut where a span ends within them.
    pub(super) fn spans(&mut self, columns: &[u32], spanned: u16, wanted: u32) -> Vec<(u16, u16)> {
        let total: u32 = columns.iter().take(spanned.into()).sum();
        for edge in (1..wanted).map(|nth| total * nth / wanted) {
            self.cut_at(columns, edge);
        }
        let widths = self.widths(columns);
        let mut spans = Vec::new();
        let (mut first, mut reached) = (0, 0);
        for (at, width) in (0_u16..).zip(&widths) {
            reached += width;
            let edge = total * (spans.len() as u32 + 1) / wanted;
            if reached + NEAR >= edge && (spans.len() as u32) < wanted {
                spans.push((first, at));
                first = at + 1;
            }
        }
        spans
    }

    fn cut_at(&mut self, columns: &[u32], edge: u32) {
        let mut left = 0;
        for (column, width) in (0..).zip(columns) {
            if edge < left + width {
                let parts = self.0.entry(column).or_insert_with(|| vec![*width]);
                let mut from = left;
                for at in 0..parts.len() {
                    let to = from + parts[at];
                    if edge.abs_diff(from) <= NEAR || edge.abs_diff(to) <= NEAR {
                        break;
                    }
                    if edge < to {
                        parts[at] = edge - from;
                        parts.insert(at + 1, to - edge);
                        break;
                    }
                    from = to;
                }
                if parts.len() == 1 {
                    self.0.remove(&column);
                }
                return;
            }
            left += width;
        }
    }
}
