//! Small drawings beside words: signs of verdicts and bars in table cells. They are decoration: the row says the same in
//! words, and every sign has its own shape, so that black and white loses nothing.

use super::chart::key::{self, KeyEntry};
use super::chart::marks::{BAR, bar_shape, diamond, target_sign, whisker};
use crate::report::model::{Bar, Beside, Picture, Table, Tone};
use page::compose::Composer;
use page::display::{Colour, Item, NodeKind, Shape};
use page::flow::Strip;
use page::grid::CellDrawing;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Radius of a sign.
const RADIUS: f32 = 4.3;
/// Room a sign takes from the words of its cell.
const SIGN_ROOM: f32 = 2.0 * RADIUS + 3.0;
const INK: Colour = Colour::BLACK;
const TRACK: Colour = Colour::grey(0.93);
/// Size of the words under bars.
const KEY: f32 = 11.0;
const HALF: f32 = BAR / 2.0;

/// What a cell of a tone draws.
pub fn drawing(picture: &Picture, tone: Tone) -> Box<dyn CellDrawing> {
    match picture {
        Picture::Sign => Box::new(Sign(tone)),
        Picture::Bar(bar, beside) => {
            let other = beside.as_ref().map(|beside| beside.percent);
            Box::new(SmallBar { bar: bar.as_ref().clone(), other })
        }
    }
}

/// The sign of a tone before the words of its cell.
struct Sign(Tone);

impl CellDrawing for Sign {
    fn room(&self) -> f32 {
        SIGN_ROOM
    }

    fn items(&self, left: f32, _width: f32) -> Vec<Item> {
        sign(left + RADIUS, 0.0, self.0)
    }
}

/// A bar from 0 to 100 in place of words, and what is marked on it.
struct SmallBar {
    bar: Bar,
    /// Marked for comparison.
    other: Option<Decimal>,
}

impl CellDrawing for SmallBar {
    fn room(&self) -> f32 {
        0.0
    }

    fn items(&self, left: f32, width: f32) -> Vec<Item> {
        small_bar(&self.bar, self.other, left, width)
    }
}

/// A disc with a tick, a ring with a cross, a half-filled ring, a ring with a dash.
fn sign(x: f32, y: f32, tone: Tone) -> Vec<Item> {
    let stroke = |from: (f32, f32), to: (f32, f32), width: f32, colour: Colour| {
        Item::line((x + from.0, y + from.1), (x + to.0, y + to.1), width, colour)
    };
    let ring = |thickness: f32, ink: Colour| {
        vec![disc(x, y, RADIUS, ink), disc(x, y, RADIUS - thickness, Colour::WHITE)]
    };
    match tone {
        Tone::Good => vec![
            disc(x, y, RADIUS, INK),
            stroke((-2.2, 0.1), (-0.6, 1.8), 1.2, Colour::WHITE),
            stroke((-0.8, 1.8), (2.2, -1.7), 1.2, Colour::WHITE),
        ],
        Tone::Bad => {
            let mut items = ring(1.1, INK);
            items.push(stroke((-1.7, -1.7), (1.7, 1.7), 1.3, INK));
            items.push(stroke((-1.7, 1.7), (1.7, -1.7), 1.3, INK));
            items
        }
        Tone::Open => {
            let mut items = ring(0.9, INK);
            items.push(arc(x, y, RADIUS - 0.4, 90.0, 270.0, INK));
            items
        }
        Tone::Quiet | Tone::Plain => {
            let mut items = ring(0.7, Colour::grey(0.4));
            items.push(stroke((-2.0, 0.0), (2.0, 0.0), 0.9, Colour::grey(0.4)));
            items
        }
    }
}

fn disc(x: f32, y: f32, radius: f32, colour: Colour) -> Item {
    arc(x, y, radius, 0.0, 360.0, colour)
}

/// A filled segment between two angles in degrees.
fn arc(x: f32, y: f32, radius: f32, from: f32, to: f32, colour: Colour) -> Item {
    const STEPS: u8 = 24;
    let points = (0..=STEPS).map(|step| {
        let angle = (from + (to - from) * f32::from(step) / f32::from(STEPS)).to_radians();
        (x + radius * angle.cos(), y + radius * angle.sin())
    });
    Item { node: None, shape: Shape::Fill { points: points.collect(), colour } }
}

fn small_bar(bar: &Bar, other: Option<Decimal>, left: f32, width: f32) -> Vec<Item> {
    // Room for half the sign of a target of 0 or 100 %.
    let (left, width) = (left + 3.0, (width - 6.0).max(1.0));
    let at = |percent: Decimal| left + percent.to_f32().unwrap_or(0.0).clamp(0.0, 100.0) / 100.0 * width;
    let mut items = vec![Item::rectangle(left, -HALF, width, 2.0 * HALF, TRACK)];
    if let Some(value) = bar.value {
        items.extend(bar_shape(left, at(value), -HALF, bar.tone));
    }
    if let Some((low, high)) = bar.bounds {
        items.extend(whisker(at(low), at(high), 0.0));
    }
    if let Some(other) = other {
        items.extend(diamond(at(other), 0.0));
    }
    if let Some(target) = bar.target {
        items.extend(target_sign(at(target), 0.0));
    }
    items
}

/// Whether bars are drawn in a table.
pub fn has_bars(table: &Table) -> bool {
    let mut cells = table.rows.iter().flat_map(|row| &row.cells);
    cells.any(|cell| matches!(cell.picture.as_deref(), Some(Picture::Bar(..))))
}

/// What is drawn in the bars of a table, each sign with its meaning; nothing for a table without bars.
pub fn key_of_bars(composer: &mut Composer<'_>, table: &Table) {
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let bars: Vec<(&Bar, Option<&Beside>)> = cells
        .filter_map(|cell| match cell.picture.as_deref() {
            Some(Picture::Bar(bar, beside)) => Some((bar.as_ref(), beside.as_ref())),
            _ => None,
        })
        .collect();
    let entries = key_entries(&bars);
    if entries.is_empty() {
        return;
    }
    let node = composer.node(NodeKind::Paragraph);
    let (items, height) = key::set(composer, &entries, KEY, node);
    // Signs beside words are decoration, as the bars are.
    let items = items.into_iter().map(|item| match item.shape {
        Shape::Text(_) => item,
        _ => item.in_node(None),
    });
    composer.push(Strip { height, items: items.collect(), before: 3.0, after: 4.0, ..Strip::default() });
}

fn key_entries(bars: &[(&Bar, Option<&Beside>)]) -> Vec<KeyEntry> {
    let mut entries = Vec::new();
    for (tone, meaning) in [
        (Tone::Good, "đạt"),
        (Tone::Bad, "chưa đạt"),
        (Tone::Open, "chưa xác định"),
        (Tone::Quiet, "không xét so với mục tiêu"),
    ] {
        if bars.iter().any(|(bar, _)| bar.tone == tone && bar.value.is_some()) {
            entries.push(KeyEntry::new(bar_shape(0.0, 16.0, -HALF, tone), 16.0, meaning));
        }
    }
    if bars.iter().any(|(bar, _)| bar.target.is_some()) {
        entries.push(KeyEntry::new(target_sign(4.0, 0.0), 8.0, "mục tiêu"));
    }
    if let Some(beside) = bars.iter().find_map(|(_, beside)| *beside) {
        entries.push(KeyEntry::new(diamond(4.0, 0.0), 8.0, beside.name.as_str()));
    }
    if bars.iter().any(|(bar, _)| bar.bounds.is_some()) {
        let meaning = "khoảng giá trị khi tính cả số liệu còn thiếu";
        entries.push(KeyEntry::new(whisker(0.0, 18.0, 0.0), 18.0, meaning));
    }
    entries
}
