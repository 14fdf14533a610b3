//! The frame of every chart: a figure with its words for who cannot see it, its caption, and how it goes on overleaf.

use super::super::text;
use crate::report::model::Chart;
use page::compose::Composer;
use page::display::{NodeId, NodeKind};
use page::flow::{Flow, Strip};

/// Bars of a chart that stay together at least.
pub const FEW_BARS: usize = 3;

/// A new figure with its alternative text and caption.
pub fn begin(composer: &mut Composer<'_>, chart: &Chart) -> NodeId {
    let alternative = format!("{}. {}", chart.caption.trim_end_matches('.'), chart.alternative);
    let alternative = alternative.trim_start_matches(". ").to_owned();
    let node = composer.node(NodeKind::Figure { alternative });
    if !chart.caption.is_empty() {
        text::caption(composer, &chart.caption, node);
    }
    node
}

/// Adds the rows of a chart, one strip each, and what stands under them. It is read as a whole, so all of it stays together;
/// where that would leave much of a page empty, a page may end between rows, if there are some on both sides.
pub fn rows(composer: &mut Composer<'_>, rows: Vec<Strip>, few: usize, key: Strip) {
    let count = rows.len();
    for (i, row) in rows.into_iter().enumerate() {
        let may_end = i + 1 >= few && i + 1 + few <= count;
        composer.push(Strip { keep_next: true, flow: Flow::Figure { may_end }, ..row });
    }
    composer.push(Strip { flow: Flow::Figure { may_end: false }, ..key });
}
