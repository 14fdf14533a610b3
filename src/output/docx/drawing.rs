//! Charts and small drawings: what the PDF draws, as pictures.

use super::compose::Composer;
use super::style::FAMILY;
use super::text;
use crate::output::pdf::{chart as drawn, picture};
use crate::report::model::{Chart, Table};
use page::display::{Item, Shape};
use page::grid::CellDrawing;
use page::metafile::metafile;
use page::{Drawing, compose, drawings};
use word::{Paragraph, Picture, Run};

/// Room around a drawing for the half of a stroke that stands outside.
const EDGE: f32 = 1.0;
/// Height that a caption may take.
const CAPTION: f32 = 60.0;
/// Room around a sign in a line of words.
const AROUND: f32 = 0.5;

/// A chart with its caption; one taller than a page goes on overleaf.
pub fn chart(composer: &mut Composer<'_>, chart: &Chart) {
    let bare = Chart { caption: String::new(), ..chart.clone() };
    let parts = drawn_apart(composer, |page| drawn::draw(page, &bare));
    if parts.is_empty() {
        return;
    }
    if !chart.caption.is_empty() {
        text::caption(composer, &chart.caption);
    }
    let alternative = format!("{}. {}", chart.caption.trim_end_matches('.'), chart.alternative);
    let alternative = alternative.trim_start_matches(". ");
    for (i, part) in parts.iter().enumerate() {
        let goes_on = if i == 0 { "" } else { " (tiếp theo)" };
        composer.push(placed(part, format!("{alternative}{goes_on}")));
    }
}

/// What is drawn in the bars of a table, each sign with its meaning.
pub fn key_of_bars(composer: &mut Composer<'_>, table: &Table) {
    for part in drawn_apart(composer, |page| picture::key_of_bars(page, table)) {
        composer.keep_last();
        composer.push(placed(&part, words(&part.items)));
    }
}

fn drawn_apart(composer: &Composer<'_>, fill: impl FnOnce(&mut compose::Composer<'_>)) -> Vec<Drawing> {
    drawings(composer.fonts, (composer.width - 2.0 * EDGE, composer.height - CAPTION), fill)
}

/// A drawing as a picture in a paragraph of its own.
fn placed(drawing: &Drawing, alternative: String) -> Paragraph {
    let size = (drawing.width + 2.0 * EDGE, drawing.height + 2.0 * EDGE);
    let items: Vec<Item> = drawing.items.iter().map(|item| item.clone().moved(EDGE, EDGE)).collect();
    let picture = Picture {
        metafile: metafile(&items, size, FAMILY).into(),
        size,
        alternative: Some(alternative),
        name: "Biểu đồ".to_owned(),
        lowered: 0.0,
    };
    Paragraph { style: "Drawing".into(), runs: vec![Run::Picture(picture)], ..Paragraph::default() }
}

/// The words that stand in a drawing.
fn words(items: &[Item]) -> String {
    let words = items.iter().filter_map(|item| match &item.shape {
        Shape::Text(run) => Some(run.text().trim().to_owned()),
        _ => None,
    });
    words.collect::<Vec<_>>().join(", ")
}

/// What is drawn in a cell beside or in place of its words: decoration, for the row says the same in words.
pub fn in_cell(drawing: &dyn CellDrawing, width: f32) -> Option<Picture> {
    let room = drawing.room();
    let items = drawing.items(AROUND, width - room - 2.0 * AROUND);
    let (top, bottom) = items.iter().map(extent).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
    let height = bottom - top + 2.0 * AROUND;
    // Beside words it takes the room it asks for, else that of the words.
    let size = (if room > 0.0 { room + AROUND } else { width }, height);
    let items: Vec<Item> = items.into_iter().map(|item| item.moved(0.0, AROUND - top)).collect();
    Some(Picture {
        metafile: metafile(&items, size, FAMILY).into(),
        size,
        alternative: None,
        name: "Ký hiệu".to_owned(),
        lowered: if room > 0.0 { 1.0 } else { 0.0 },
    })
}

/// How high and how low an item reaches.
fn extent(item: &Item) -> (f32, f32) {
    match &item.shape {
        Shape::Text(run) => (run.y - run.size, run.y + 0.3 * run.size),
        Shape::Line { from, to, width, .. } => {
            (from.1.min(to.1) - width / 2.0, from.1.max(to.1) + width / 2.0)
        }
        Shape::Fill { points, .. } => {
            let heights = || points.iter().map(|point| point.1);
            (heights().fold(f32::MAX, f32::min), heights().fold(f32::MIN, f32::max))
        }
        Shape::Link { area, .. } => (area.1, area.3),
    }
}
