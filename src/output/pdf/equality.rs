//! What the tables of a laid-out document say, read from its pages again and compared with the report it was made of.

use crate::error::Error;
use crate::output::equality::{self, Printed, ShownRow};
use crate::report::model::Report;
use page::display::{Document, NodeId, NodeKind, Shape};

/// Compares every table of the report's pages, in order, with what stands on them.
///
/// # Errors
/// As [`equality::check`].
pub(super) fn check(report: &Report, printed: Printed, document: &Document) -> Result<(), Error> {
    equality::check(report, printed, "tệp PDF", &tables_shown(document))
}

/// The rows of every table of a document, in order.
fn tables_shown(document: &Document) -> Vec<Vec<ShownRow>> {
    let nodes = &document.nodes;
    let mut words: Vec<String> = vec![String::new(); nodes.len()];
    // A repeated head belongs to no node and is not read twice.
    for item in document.pages.iter().flat_map(|page| &page.items) {
        let (Shape::Text(run), Some(node)) = (&item.shape, item.node) else { continue };
        if let Some(cell) = cell_around(document, node) {
            words[cell].push_str(&run.text());
            words[cell].extend(run.space.map(|_| ' '));
        }
    }
    let mut kids: Vec<Vec<NodeId>> = vec![Vec::new(); nodes.len()];
    for (node, parent) in nodes.iter().enumerate().filter_map(|(i, node)| Some((i, node.parent?))) {
        kids[parent].push(node);
    }
    let of_kind = |parent: NodeId, kind: NodeKind| {
        kids[parent].iter().copied().filter(move |kid| nodes[*kid].kind == kind)
    };
    let row = |row: NodeId| kids[row].iter().map(|cell| words[*cell].clone()).collect();
    let tables = (0..nodes.len()).filter(|node| nodes[*node].kind == NodeKind::Table).map(|table| {
        let bodies: Vec<NodeId> = of_kind(table, NodeKind::BodyRows).collect();
        let rows = bodies.iter().flat_map(|body| of_kind(*body, NodeKind::Row)).map(row).collect();
        // One without columns has no rows, not even none.
        (!bodies.is_empty()).then_some(rows)
    });
    tables.flatten().collect()
}

/// The cell that a node is, or stands in.
fn cell_around(document: &Document, node: NodeId) -> Option<NodeId> {
    let mut next = Some(node);
    while let Some(node) = next {
        let known = document.nodes.get(node)?;
        if matches!(known.kind, NodeKind::Cell { .. } | NodeKind::RowHead { .. }) {
            return Some(node);
        }
        next = known.parent;
    }
    None
}

#[cfg(test)]
mod tests;
