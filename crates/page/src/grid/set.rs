//! Setting a table: its measures, its head, its rows.

use super::measure::Measured;
use super::row::RowSetter;
use super::{Grid, keeps_end};
use crate::compose::Composer;
use crate::display::{NodeId, NodeKind};
use crate::flow::RepeatedHead;
use std::rc::Rc;

impl Composer<'_> {
    /// Sets a grid over the whole width, as part of `node`, with text of at most the size `largest`.
    pub fn grid(&mut self, grid: &Grid, largest: f32, node: NodeId) {
        if !grid.widths.is_empty() {
            self.measured_grid(grid, &Measured::new(grid, self.fonts, self.width, largest), node);
        }
    }

    /// The same with text that is no smaller than the first of the sizes either.
    pub fn grid_between(&mut self, grid: &Grid, sizes: (f32, f32), node: NodeId) {
        if !grid.widths.is_empty() {
            self.measured_grid(grid, &Measured::between(grid, self.fonts, self.width, sizes), node);
        }
    }

    fn measured_grid(&mut self, grid: &Grid, measured: &Measured, node: NodeId) {
        let head = self.grid_head(grid, measured, node);
        let repeated = head.as_ref().map(|strip| {
            let items = strip.items.iter().map(|item| item.clone().in_node(None)).collect();
            Rc::new(RepeatedHead { height: strip.height, items })
        });
        let top_rule = head.is_none();
        // A head taller than half a page would leave no room for rows.
        let repeated = repeated.filter(|head| head.height < self.height / 2.0);
        self.strips.extend(head);
        let body = self.node_in(node, NodeKind::BodyRows);
        let setter = RowSetter { measured, repeated, body };
        let (mut heights, mut last) = (Vec::new(), self.strips.len());
        for (i, row) in grid.rows.iter().enumerate() {
            last = self.strips.len();
            setter.set(self, row, top_rule && i == 0);
            heights.push(self.strips[last..].iter().map(|strip| strip.height).sum());
        }
        if keeps_end(&grid.rows, &heights) {
            self.strips[last - 1].keep_next = true;
        }
        self.space_after_last(8.0);
    }
}
