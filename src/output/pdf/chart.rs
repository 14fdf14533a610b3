//! Bars against targets, drawn as vectors with real text: readable in black and white, and by colour-blind readers.

use super::compose::{Composer, baseline, tone};
use super::display::{Colour, Item, NodeId, NodeKind};
use super::face::Face;
use super::flow::{Head, Strip};
use super::line::{Column, Setting, Span, break_lines};
use crate::report::format;
use crate::report::model::{Bar, Chart, ChartKind, Tone};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::rc::Rc;

const SIZE: f32 = 11.0;
const LEADING: f32 = 12.8;
const BAR: f32 = 10.0;
pub(super) const FRAME: Colour = Colour::grey(0.55);
pub(super) const GRID: Colour = Colour::grey(0.80);
const REACHED: Colour = Colour(0.16, 0.36, 0.55);
const MISSED: Colour = Colour(0.96, 0.76, 0.48);
const NEUTRAL: Colour = Colour::grey(0.62);
/// Face and colour of labels.
const PLAIN: (Face, Colour) = (Face::Regular, Colour::BLACK);
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
    fn of(width: f32) -> Self {
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

impl Composer<'_> {
    /// A chart with its caption; one taller than a page goes on overleaf under a repeated axis.
    pub fn chart(&mut self, chart: &Chart) {
        let bars = match &chart.kind {
            ChartKind::BarsAgainstTarget(bars) => bars,
            ChartKind::Tiles(tiles) => return self.tiles(chart, tiles),
            ChartKind::Ranks(ranks) => return self.ranks(chart, ranks),
            ChartKind::Trends(trends) => return self.trends(chart, trends),
            // These follow a workbook's cells and stand on its sheets only.
            ChartKind::Ranking(_) | ChartKind::Progress { .. } => return,
        };
        let node = self.figure(chart);
        let frame = Frame::of(self.width);
        let head = self.axis(&frame, node);
        let repeated = Rc::new(Head {
            height: head.height,
            items: head.items.iter().map(|item| item.clone().in_node(None)).collect(),
        });
        self.strips.push(head);
        // A picture is read as a whole: all of it stays together, unless it is taller than a page.
        for bar in bars {
            let strip = self.bar(&frame, bar, node);
            self.strips.push(Strip { head: Some(Rc::clone(&repeated)), keep_next: true, ..strip });
        }
        let legend = self.legend(bars, node);
        self.strips.push(legend);
    }

    /// A new figure with its alternative text and caption.
    pub(super) fn figure(&mut self, chart: &Chart) -> NodeId {
        let alternative = format!("{}. {}", chart.caption.trim_end_matches('.'), chart.alternative);
        let alternative = alternative.trim_start_matches(". ").to_owned();
        let node = self.node(self.part, NodeKind::Figure { alternative });
        if !chart.caption.is_empty() {
            self.caption(&chart.caption, node);
        }
        node
    }

    fn words(
        &self,
        text: &str,
        (face, colour): (Face, Colour),
        x: f32,
        width: f32,
        setting: Setting,
        node: NodeId,
    ) -> (Vec<Item>, f32) {
        let lines = break_lines(self.fonts, &[Span::new(text, face)], SIZE, width, width);
        let column = Column { colour, ..Column::new(x, width, SIZE, setting, Some(node)) };
        let mut items = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            let y = i as f32 * LEADING + baseline(LEADING, SIZE);
            items.extend(line.set(y, &column));
        }
        (items, lines.len() as f32 * LEADING)
    }

    fn axis(&self, frame: &Frame, node: NodeId) -> Strip {
        let height = LEADING + 3.0;
        let mut items = Vec::new();
        for tick in TICKS {
            let x = frame.at(tick.into());
            let label = format!("{tick}%");
            items.extend(self.words(&label, PLAIN, x - 20.0, 40.0, Setting::Center, node).0);
            items.push(Item::line((x, height - 2.0), (x, height), 0.6, FRAME).in_node(Some(node)));
        }
        for (x, text) in [(frame.values, "Kết quả"), (frame.targets, "Mục tiêu")] {
            items.extend(
                self.words(
                    text,
                    (Face::Bold, Colour::BLACK),
                    x,
                    frame.targets - frame.values,
                    Setting::Right,
                    node,
                )
                .0,
            );
        }
        let (from, to) = (frame.plot, frame.plot + frame.scale());
        items.push(Item::line((from, height), (to, height), 0.6, FRAME).in_node(Some(node)));
        Strip { height, items, keep_next: true, ..Strip::default() }
    }

    fn bar(&self, frame: &Frame, bar: &Bar, node: NodeId) -> Strip {
        let gap = 6.0;
        let column = frame.targets - frame.values;
        let (label, label_height) =
            self.words(&bar.label, PLAIN, frame.labels, frame.plot - frame.labels - gap, Setting::Left, node);
        let (face, colour) = tone(bar.tone, false);
        let face = if bar.value.is_some() { face } else { Face::Italic };
        let (value, value_height) =
            self.words(&bar.printed, (face, colour), frame.values + gap, column - gap, Setting::Right, node);
        let target = bar.target.map(|t| format!("{}%", format::plain(t))).unwrap_or_default();
        let (target, target_height) =
            self.words(&target, PLAIN, frame.targets, frame.right - frame.targets, Setting::Right, node);
        let height = label_height.max(value_height).max(target_height).max(BAR + 4.0) + 5.0;
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
        for (words, taken) in [(label, label_height), (value, value_height), (target, target_height)] {
            items.extend(words.into_iter().map(|item| item.moved(0.0, (height - taken) / 2.0)));
        }
        let items = items.into_iter().map(|item| item.in_node(Some(node))).collect();
        Strip { height, items, ..Strip::default() }
    }

    /// The signs that occur, each with its meaning.
    fn legend(&self, bars: &[Bar], node: NodeId) -> Strip {
        let top = 8.0;
        let middle = top + LEADING / 2.0;
        let mut entries: Vec<(Vec<Item>, f32, &str)> = Vec::new();
        for (tone, meaning) in
            [(Tone::Good, "đạt"), (Tone::Bad, "chưa đạt"), (Tone::Open, "chưa kết luận được")]
        {
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
        for (sign, width, meaning) in entries {
            let (words, _) = self.words(meaning, PLAIN, 0.0, self.width, Setting::Left, node);
            let taken: f32 = words.iter().map(width_of).sum();
            if x > 0.0 && x + width + 4.0 + taken > self.width {
                (x, y) = (0.0, y + LEADING + 2.0);
            }
            items.extend(sign.into_iter().map(|item| item.moved(x, y)));
            items.extend(words.into_iter().map(|item| item.moved(x + width + 4.0, top + y)));
            x += width + 4.0 + taken + 14.0;
        }
        let items = items.into_iter().map(|item: Item| item.in_node(Some(node))).collect();
        Strip { height: top + y + LEADING, items, after: 10.0, ..Strip::default() }
    }
}

pub(super) fn width_of(item: &Item) -> f32 {
    match &item.shape {
        super::display::Shape::Text(run) => run.width(),
        _ => 0.0,
    }
}

/// A bar whose filling tells its tone: dark and full, pale, or hatched.
pub(super) fn bar_shape(from: f32, to: f32, top: f32, tone: Tone) -> Vec<Item> {
    let width = (to - from).max(0.6);
    let fill = match tone {
        Tone::Good => REACHED,
        Tone::Bad => MISSED,
        Tone::Open => Colour::WHITE,
        Tone::Plain | Tone::Quiet => NEUTRAL,
    };
    let mut items = vec![Item::rectangle(from, top, width, BAR, fill)];
    if tone == Tone::Open {
        // Strokes rising to the right, cut at the edges of the bar.
        let mut x = from - BAR;
        while x < from + width {
            let (left, right) = (x.max(from), (x + BAR).min(from + width));
            if right > left {
                items.push(Item::line(
                    (left, top + BAR - (left - x)),
                    (right, top + BAR - (right - x)),
                    0.5,
                    Colour::grey(0.25),
                ));
            }
            x += 4.0;
        }
    }
    let (right, bottom) = (from + width, top + BAR);
    let corners = [(from, top), (right, top), (right, bottom), (from, bottom), (from, top)];
    items.extend(corners.windows(2).map(|w| Item::line(w[0], w[1], 0.6, Colour::grey(0.2))));
    items
}

/// Lowest and highest possible value: a line with ends, on a pale ground so that it shows on any bar.
pub(super) fn whisker(from: f32, to: f32, middle: f32) -> Vec<Item> {
    let to = to.max(from + 1.0);
    let strokes = [
        ((from, middle), (to, middle)),
        ((from, middle - 3.0), (from, middle + 3.0)),
        ((to, middle - 3.0), (to, middle + 3.0)),
    ];
    let halo = strokes.map(|(a, b)| Item::line(a, b, 3.0, Colour::WHITE));
    halo.into_iter().chain(strokes.map(|(a, b)| Item::line(a, b, 1.0, Colour::BLACK))).collect()
}

/// The target: an upright stroke through the bar under a small triangle.
pub(super) fn target_sign(x: f32, middle: f32) -> Vec<Item> {
    let (top, bottom) = (middle - BAR / 2.0 - 2.0, middle + BAR / 2.0 + 2.0);
    let points = vec![(x - 2.8, top - 1.5), (x + 2.8, top - 1.5), (x, top + 3.0)];
    vec![
        Item::line((x, top), (x, bottom), 3.2, Colour::WHITE),
        Item::line((x, top), (x, bottom), 1.5, Colour::BLACK),
        Item { node: None, shape: super::display::Shape::Fill { points, colour: Colour::BLACK } },
    ]
}
