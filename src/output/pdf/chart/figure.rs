//! The frame of every chart: a figure with its words for who cannot see it, and its caption.

use super::super::text;
use crate::report::model::Chart;
use page::compose::Composer;
use page::display::{NodeId, NodeKind};

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
