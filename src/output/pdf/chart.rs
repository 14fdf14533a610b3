//! Charts as figures with their words: drawn as vectors with real text, readable in black and white.

use crate::report::model::{Chart, ChartKind};
use page::compose::Composer;

mod bars;
mod figure;
pub mod key;
pub mod marks;
mod ranks;
mod tiles;
mod trends;

/// Draws a chart with its caption.
pub fn draw(composer: &mut Composer<'_>, chart: &Chart) {
    match &chart.kind {
        ChartKind::BarsAgainstTarget(bars) => bars::draw(composer, chart, bars),
        ChartKind::Tiles(tiles) => tiles::draw(composer, chart, tiles),
        ChartKind::Ranks(ranks) => ranks::draw(composer, chart, ranks),
        ChartKind::Trends(trends) => trends::draw(composer, chart, trends),
        // These follow a workbook's cells and stand on its sheets only.
        ChartKind::Ranking(_) | ChartKind::Progress { .. } => {}
    }
}
