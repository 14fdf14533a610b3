//! Small drawings beside words: signs of verdicts and bars in table cells. They are decoration: the row says the same in
//! words, and every sign has its own shape, so that black and white loses nothing.

use super::chart::{bar_shape, target_sign, whisker};
use super::compose::{Composer, baseline};
use super::display::{Colour, Item, NodeId, NodeKind, Shape};
use super::face::Face;
use super::flow::Strip;
use super::line::{Column, Setting, Span, break_lines};
use crate::report::model::{Bar, Beside, Picture, Table, Tone};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What a cell draws.
pub enum Drawing {
    /// The sign of a tone.
    Sign(Tone),
    /// A bar from 0 to 100 and what is marked on it.
    Bar {
        /// Bar with target and bounds.
        bar: Box<Bar>,
        /// Marked for comparison.
        other: Option<Decimal>,
    },
}

/// Radius of a sign.
const RADIUS: f32 = 4.3;
/// Room a sign takes from the words of its cell.
const SIGN_ROOM: f32 = 2.0 * RADIUS + 3.0;
const INK: Colour = Colour::BLACK;
const TRACK: Colour = Colour::grey(0.93);
/// Size of the words under bars.
const KEY: f32 = 9.5;
/// Half the height of a bar, as the bars of charts have it.
const HALF: f32 = 5.0;

impl Drawing {
    /// What a cell of a tone draws.
    pub fn of(picture: &Picture, tone: Tone) -> Self {
        match picture {
            Picture::Sign => Drawing::Sign(tone),
            Picture::Bar(bar, other) => {
                Drawing::Bar { bar: bar.clone(), other: other.as_ref().map(|beside| beside.percent) }
            }
        }
    }

    /// Width taken from the words.
    pub fn room(&self) -> f32 {
        match self {
            Drawing::Sign(_) => SIGN_ROOM,
            Drawing::Bar { .. } => 0.0,
        }
    }

    /// Items around the height 0, from `left` on; a bar fills `width`.
    pub fn items(&self, left: f32, width: f32) -> Vec<Item> {
        match self {
            Drawing::Sign(tone) => sign(left + RADIUS, 0.0, *tone),
            Drawing::Bar { bar, other } => small_bar(bar, *other, left, width),
        }
    }
}

/// A disc with a tick, a ring with a cross, a half-filled ring, a ring with a dash.
pub fn sign(x: f32, y: f32, tone: Tone) -> Vec<Item> {
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

/// The mark of a value to compare with: a hollow diamond.
pub fn diamond(x: f32, y: f32) -> Vec<Item> {
    let of = |size: f32, colour: Colour| {
        let points = vec![(x, y - size), (x + size, y), (x, y + size), (x - size, y)];
        Item { node: None, shape: Shape::Fill { points, colour } }
    };
    vec![of(4.0, INK), of(2.7, Colour::WHITE)]
}

/// How a few words are set inside a drawing.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// Face.
    pub face: Face,
    /// Size.
    pub size: f32,
    /// Colour.
    pub colour: Colour,
    /// How lines stand.
    pub setting: Setting,
}

impl Words {
    /// Plain black words.
    pub fn plain(size: f32, setting: Setting) -> Self {
        Words { face: Face::Regular, size, colour: INK, setting }
    }

    /// Height of a line.
    pub fn leading(&self) -> f32 {
        self.size * 1.14
    }
}

impl Composer<'_> {
    /// Words in a box: items relative to its top, and the height they take.
    pub fn words_in(&self, text: &str, words: &Words, x: f32, width: f32, node: NodeId) -> (Vec<Item>, f32) {
        let lines = break_lines(self.fonts, &[Span::new(text, words.face)], words.size, width, width);
        let column =
            Column { colour: words.colour, ..Column::new(x, width, words.size, words.setting, Some(node)) };
        let leading = words.leading();
        let mut items = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            items.extend(line.set(i as f32 * leading + baseline(leading, words.size), &column));
        }
        (items, lines.len() as f32 * leading)
    }

    /// What is drawn in the bars of a table, each sign with its meaning; nothing for a table without bars.
    pub fn bars_key(&mut self, table: &Table) {
        let cells = table.rows.iter().flat_map(|row| &row.cells);
        let bars: Vec<(&Bar, Option<&Beside>)> = cells
            .filter_map(|cell| match cell.picture.as_deref() {
                Some(Picture::Bar(bar, other)) => Some((bar.as_ref(), other.as_ref())),
                _ => None,
            })
            .collect();
        let mut entries = Vec::new();
        let tones = [(Tone::Good, "đạt"), (Tone::Bad, "chưa đạt"), (Tone::Open, "chưa xác định")];
        for (tone, meaning) in tones {
            if bars.iter().any(|(bar, _)| bar.tone == tone && bar.value.is_some()) {
                entries.push((bar_shape(0.0, 16.0, -HALF, tone), 16.0, meaning.to_owned()));
            }
        }
        if bars.iter().any(|(bar, _)| bar.target.is_some()) {
            entries.push((target_sign(4.0, 0.0), 8.0, "mục tiêu".to_owned()));
        }
        if let Some(beside) = bars.iter().find_map(|(_, beside)| *beside) {
            entries.push((diamond(4.0, 0.0), 8.0, beside.name.clone()));
        }
        if bars.iter().any(|(bar, _)| bar.bounds.is_some()) {
            let meaning = "khoảng giá trị khi tính cả đơn vị chưa báo cáo".to_owned();
            entries.push((whisker(0.0, 18.0, 0.0), 18.0, meaning));
        }
        if entries.is_empty() {
            return;
        }
        let node = self.node(self.part, NodeKind::Paragraph);
        let (items, height) = self.key(&entries, KEY, node);
        // Signs beside words are decoration, as the bars are.
        let items = items.into_iter().map(|item| match item.shape {
            Shape::Text(_) => item,
            _ => item.in_node(None),
        });
        self.strips.push(Strip {
            height,
            items: items.collect(),
            before: 3.0,
            after: 4.0,
            ..Strip::default()
        });
    }

    /// Signs with their meanings in one or more lines; gives the items and the height.
    pub fn key(&self, entries: &[(Vec<Item>, f32, String)], size: f32, node: NodeId) -> (Vec<Item>, f32) {
        let words = Words::plain(size, Setting::Left);
        let line = words.leading().max(2.0 * HALF + 4.0);
        let (mut x, mut y) = (0.0, 0.0);
        let mut items = Vec::new();
        for (sign, width, meaning) in entries {
            let (set, height) = self.words_in(meaning, &words, 0.0, self.width - width - 4.0, node);
            let taken = set
                .iter()
                .map(|item| match &item.shape {
                    Shape::Text(run) => run.x + run.width(),
                    _ => 0.0,
                })
                .fold(0.0, f32::max);
            if x > 0.0 && x + width + 4.0 + taken > self.width {
                (x, y) = (0.0, y + line);
            }
            items.extend(sign.iter().map(|item| item.clone().moved(x, y + line / 2.0).in_node(Some(node))));
            let top = y + (line - height) / 2.0;
            items.extend(set.into_iter().map(|item| item.moved(x + width + 4.0, top)));
            x += width + 4.0 + taken + 14.0;
        }
        (items, y + line)
    }
}
