//! The key of a chart or a table: each sign with its meaning.

use super::marks::BAR;
use page::compose::{BoxStyle, Composer};
use page::display::{Item, NodeId, Shape};
use page::line::Setting;

/// Room between a sign and its meaning.
const GAP: f32 = 4.0;
/// Room between an entry and the next.
const BETWEEN: f32 = 14.0;

/// A sign, drawn around the height 0, and what it means.
pub struct KeyEntry {
    /// The sign.
    pub sign: Vec<Item>,
    /// Its width.
    pub width: f32,
    /// Its meaning.
    pub meaning: String,
}

impl KeyEntry {
    /// A sign of a width with its meaning.
    pub fn new(sign: Vec<Item>, width: f32, meaning: impl Into<String>) -> Self {
        KeyEntry { sign, width, meaning: meaning.into() }
    }
}

/// Signs with their meanings in one or more lines; gives the items and the height.
pub fn set(composer: &Composer<'_>, entries: &[KeyEntry], size: f32, node: NodeId) -> (Vec<Item>, f32) {
    let style = BoxStyle::plain(size, Setting::Left);
    // A sign may be higher than a line of words.
    let half = entries.iter().flat_map(|entry| &entry.sign).map(rise).fold(0.0, f32::max);
    let line = style.leading.max(BAR + 4.0).max(2.0 * half);
    let (mut x, mut y) = (0.0, 0.0);
    let mut items = Vec::new();
    for KeyEntry { sign, width, meaning } in entries {
        let room = composer.width - width - GAP;
        let (words, height) = composer.text_in_box(meaning, &style, 0.0, room, node);
        let taken = words.iter().map(right_end).fold(0.0, f32::max);
        if x > 0.0 && x + width + GAP + taken > composer.width {
            (x, y) = (0.0, y + line);
        }
        items.extend(sign.iter().map(|item| item.clone().moved(x, y + line / 2.0).in_node(Some(node))));
        let top = y + (line - height) / 2.0;
        items.extend(words.into_iter().map(|item| item.moved(x + width + GAP, top)));
        x += width + GAP + taken + BETWEEN;
    }
    (items, y + line)
}

/// How far an item rises above the height 0.
fn rise(item: &Item) -> f32 {
    match &item.shape {
        Shape::Line { from, to, .. } => -from.1.min(to.1),
        Shape::Fill { points, .. } => points.iter().map(|point| -point.1).fold(0.0, f32::max),
        _ => 0.0,
    }
}

fn right_end(item: &Item) -> f32 {
    match &item.shape {
        Shape::Text(run) => run.x + run.width(),
        _ => 0.0,
    }
}
