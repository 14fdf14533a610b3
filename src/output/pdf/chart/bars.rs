//! Bars against targets: labels, an axis from 0 to 100, results and targets in columns of figures, a key.

use super::super::style::face_and_colour;
use super::figure;
use super::marks::{BAR, FRAME, GRID, bar_shape, target_sign, whisker};
use crate::report::model::{Bar, Chart, Tone};
use crate::report::{self, format};
use page::Face;
use page::compose::{BoxStyle, Composer};
use page::display::{Item, NodeId, Shape};
use page::flow::{Flow, RepeatedHead, Strip};
use page::line::Setting;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::rc::Rc;

const SIZE: f32 = 11.0;
const LEADING: f32 = 12.8;
const TICKS: [u8; 5] = [0, 25, 50, 75, 100];
/// Shares of the width: labels, and each of the two columns of figures.
const LABELS: f32 = 0.36;
const FIGURES: f32 = 0.125;

/// Edges of the plot from left to right.
struct Frame {
    labels: f32,
    plot: f32,
    values: f32,
    targets: f32,
    right: f32,
}

impl Frame {
    fn new(width: f32) -> Self {
        let figures = FIGURES * width;
        Frame {
            labels: 0.0,
            plot: LABELS * width,
            values: width - 2.0 * figures,
            targets: width - figures,
            right: width,
        }
    }

    /// Where a percentage lies; what is outside the axis stands at its end.
    fn at(&self, percent: Decimal) -> f32 {
        let share = percent.to_f32().unwrap_or(0.0).clamp(0.0, 100.0) / 100.0;
        self.plot + share * self.scale()
    }

    fn scale(&self) -> f32 {
        // Room for the sign of a target of 100 %.
        self.values - self.plot - 8.0
    }
}

/// A chart with its caption; one taller than a page goes on overleaf under a repeated axis.
pub fn draw(composer: &mut Composer<'_>, chart: &Chart, bars: &[Bar]) {
    let node = figure::begin(composer, chart);
    let plot = Plot { composer, frame: Frame::new(composer.width), node };
    let (axis, key) = (plot.axis(), plot.key(bars));
    let repeated = Rc::new(RepeatedHead {
        height: axis.height,
        items: axis.items.iter().map(|item| item.clone().in_node(None)).collect(),
    });
    let bar = |bar: &Bar| Strip { head: Some(Rc::clone(&repeated)), ..plot.bar(bar) };
    let rows = bars.iter().map(bar).collect();
    composer.push(axis);
    figure::rows(composer, rows, figure::FEW_BARS, key);
}

/// Sets the strips of one chart.
struct Plot<'a, 'c> {
    composer: &'a Composer<'c>,
    frame: Frame,
    node: NodeId,
}

fn upright(setting: Setting) -> BoxStyle {
    BoxStyle { leading: LEADING, ..BoxStyle::plain(SIZE, setting) }
}

impl Plot<'_, '_> {
    fn words(&self, text: &str, style: &BoxStyle, x: f32, width: f32) -> (Vec<Item>, f32) {
        self.composer.text_in_box(text, style, x, width, self.node)
    }

    fn axis(&self) -> Strip {
        let frame = &self.frame;
        let height = LEADING + 3.0;
        let mut items = Vec::new();
        for tick in TICKS {
            let x = frame.at(tick.into());
            items.extend(self.words(&format!("{tick}%"), &upright(Setting::Center), x - 20.0, 40.0).0);
            items.push(Item::line((x, height - 2.0), (x, height), 0.6, FRAME).in_node(Some(self.node)));
        }
        let bold = BoxStyle { face: Face::Bold, ..upright(Setting::Right) };
        for (x, text) in [(frame.values, "Kết quả"), (frame.targets, "Mục tiêu")] {
            items.extend(self.words(text, &bold, x, frame.targets - frame.values).0);
        }
        let (from, to) = (frame.plot, frame.plot + frame.scale());
        items.push(Item::line((from, height), (to, height), 0.6, FRAME).in_node(Some(self.node)));
        let flow = Flow::Figure { may_end: false };
        Strip { height, items, keep_next: true, flow, ..Strip::default() }
    }

    fn bar(&self, bar: &Bar) -> Strip {
        let frame = &self.frame;
        let gap = 6.0;
        let column = frame.targets - frame.values;
        let room = frame.plot - frame.labels - gap;
        let (label, label_height) = self.words(&bar.label, &upright(Setting::Left), frame.labels, room);
        let (face, colour) = face_and_colour(bar.tone, false);
        let face = if bar.value.is_some() { face } else { Face::Italic };
        let toned = BoxStyle { face, colour, ..upright(Setting::Right) };
        let (value, value_height) = self.words(&bar.printed, &toned, frame.values + gap, column - gap);
        let target = bar.target.map_or_else(
            || report::OPEN_TARGET.to_owned(),
            |t| format!("{}{}%", bar.limit, format::plain(t)),
        );
        let room = frame.right - frame.targets;
        let (target, target_height) = self.words(&target, &upright(Setting::Right), frame.targets, room);
        let height = label_height.max(value_height).max(target_height).max(BAR + 4.0) + 5.0;
        let mut items = self.drawn(bar, height);
        for (words, taken) in [(label, label_height), (value, value_height), (target, target_height)] {
            items.extend(words.into_iter().map(|item| item.moved(0.0, (height - taken) / 2.0)));
        }
        let items = items.into_iter().map(|item| item.in_node(Some(self.node))).collect();
        Strip { height, items, ..Strip::default() }
    }

    /// The lines of the plot, and what stands on them.
    fn drawn(&self, bar: &Bar, height: f32) -> Vec<Item> {
        let frame = &self.frame;
        let mut items = Vec::new();
        for tick in TICKS {
            let x = frame.at(tick.into());
            let (width, colour) = if tick == 0 { (0.8, FRAME) } else { (0.4, GRID) };
            items.push(Item::line((x, 0.0), (x, height), width, colour));
        }
        let middle = height / 2.0;
        if let Some(value) = bar.value {
            items.extend(bar_shape(frame.at(0.into()), frame.at(value), middle - BAR / 2.0, bar.tone));
        }
        if let Some((low, high)) = bar.bounds {
            items.extend(whisker(frame.at(low), frame.at(high), middle));
        }
        if let Some(target) = bar.target {
            items.extend(target_sign(frame.at(target), middle));
        }
        items
    }

    /// The signs that occur, each with its meaning.
    fn key(&self, bars: &[Bar]) -> Strip {
        let top = 8.0;
        let middle = top + LEADING / 2.0;
        let mut entries: Vec<(Vec<Item>, f32, &str)> = Vec::new();
        for (tone, meaning) in [
            (Tone::Good, "đạt"),
            (Tone::Bad, "chưa đạt"),
            (Tone::Open, "chưa kết luận được"),
            (Tone::Quiet, "chưa ghi mục tiêu"),
        ] {
            if bars.iter().any(|bar| bar.tone == tone && bar.value.is_some()) {
                entries.push((bar_shape(0.0, 18.0, middle - BAR / 2.0, tone), 18.0, meaning));
            }
        }
        if bars.iter().any(|bar| bar.target.is_some()) {
            entries.push((target_sign(4.0, middle), 8.0, "mục tiêu"));
        }
        if bars.iter().any(|bar| bar.bounds.is_some()) {
            entries.push((whisker(0.0, 20.0, middle), 20.0, "khoảng có thể khi đủ số liệu"));
        }
        let mut items = Vec::new();
        let (mut x, mut y) = (0.0, 0.0);
        let whole = self.composer.width;
        for (sign, width, meaning) in entries {
            let (words, _) = self.words(meaning, &upright(Setting::Left), 0.0, whole);
            let taken: f32 = words.iter().map(width_of).sum();
            if x > 0.0 && x + width + 4.0 + taken > whole {
                (x, y) = (0.0, y + LEADING + 2.0);
            }
            items.extend(sign.into_iter().map(|item| item.moved(x, y)));
            items.extend(words.into_iter().map(|item| item.moved(x + width + 4.0, top + y)));
            x += width + 4.0 + taken + 14.0;
        }
        let items = items.into_iter().map(|item: Item| item.in_node(Some(self.node))).collect();
        Strip { height: top + y + LEADING, items, after: 10.0, ..Strip::default() }
    }
}

fn width_of(item: &Item) -> f32 {
    match &item.shape {
        Shape::Text(run) => run.width(),
        _ => 0.0,
    }
}
