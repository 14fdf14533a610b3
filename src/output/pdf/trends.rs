//! Results over the years: a small plot for each indicator, all on one scale.

use super::chart::{FRAME, GRID};
use super::compose::{Composer, tone};
use super::display::{Colour, Item, NodeId, Shape};
use super::face::Face;
use super::flow::Strip;
use super::line::Setting;
use super::picture::Words;
use crate::report::model::{Chart, Trend};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A plot is at least this wide.
const NARROWEST: f32 = 140.0;
const GAP: f32 = 12.0;
const HEIGHT: f32 = 62.0;
/// Room right of the plot for the last value, and left for the scale.
const VALUE: f32 = 40.0;
const SCALE: f32 = 18.0;
const SMALL: f32 = 8.5;
const LABEL: f32 = 9.5;

impl Composer<'_> {
    /// Small plots under one caption.
    pub(super) fn trends(&mut self, chart: &Chart, trends: &[Trend]) {
        let node = self.figure(chart);
        let across = (((self.width + GAP) / (NARROWEST + GAP)) as usize).max(1);
        let width = (self.width + GAP) / across as f32 - GAP;
        let years = || trends.iter().flat_map(|trend| trend.points.iter().map(|(year, _)| *year));
        let span = (years().min().unwrap_or(0), years().max().unwrap_or(0));
        for row in trends.chunks(across) {
            let mut items = Vec::new();
            let label = Words { face: Face::Bold, ..Words::plain(LABEL, Setting::Left) };
            let set: Vec<_> = row
                .iter()
                .enumerate()
                .map(|(i, trend)| self.words_in(&trend.label, &label, i as f32 * (width + GAP), width, node))
                .collect();
            let top = set.iter().map(|(_, height)| *height).fold(0.0, f32::max) + 3.0;
            for (i, (trend, (words, height))) in row.iter().zip(set).enumerate() {
                items.extend(words.into_iter().map(|item| item.moved(0.0, top - 3.0 - height)));
                let plot = self.plot(trend, i as f32 * (width + GAP), width, span, node);
                items.extend(plot.into_iter().map(|item| item.moved(0.0, top)));
            }
            let height = top + HEIGHT + SMALL * 1.3;
            self.strips.push(Strip { height, items, before: 8.0, keep_next: true, ..Strip::default() });
        }
        let dashes = dashed(0.0, 20.0, 0.0);
        let entries = [
            (vec![Item::line((0.0, 0.0), (18.0, 0.0), 1.3, Colour::BLACK)], 18.0, "kết quả".to_owned()),
            (dashes, 20.0, "mục tiêu của mốc kế tiếp".to_owned()),
        ];
        let (items, height) = self.key(&entries, LABEL, node);
        self.strips.push(Strip { height, items, before: 2.0, after: 10.0, ..Strip::default() });
    }

    fn plot(&self, trend: &Trend, x: f32, width: f32, span: (i32, i32), node: NodeId) -> Vec<Item> {
        let (left, right) = (x + SCALE, x + width - VALUE);
        let high = |percent: Decimal| {
            HEIGHT - percent.to_f32().unwrap_or(0.0).clamp(0.0, 100.0) / 100.0 * (HEIGHT - 4.0)
        };
        let at = |year: i32| {
            let whole = (span.1 - span.0).max(1) as f32;
            left + 3.0 + (year - span.0) as f32 / whole * (right - left - 6.0)
        };
        let mut items = Vec::new();
        let mut words = Vec::new();
        let scale = Words::plain(SMALL, Setting::Right);
        for tick in [0, 50, 100] {
            let y = high(tick.into());
            let colour = if tick == 0 { FRAME } else { GRID };
            items.push(Item::line((left, y), (right, y), 0.4, colour));
            let (set, height) = self.words_in(&tick.to_string(), &scale, x, SCALE - 3.0, node);
            words.extend(set.into_iter().map(|item| item.moved(0.0, y - height / 2.0)));
        }
        if let Some((_, target)) = trend.target {
            items.extend(dashed(left, right, high(target)));
        }
        let points: Vec<(f32, f32)> = trend.points.iter().map(|(year, p)| (at(*year), high(*p))).collect();
        items.extend(points.windows(2).map(|w| Item::line(w[0], w[1], 1.3, Colour::BLACK)));
        for (x, y) in &points {
            items.push(Item::rectangle(x - 1.8, y - 1.8, 3.6, 3.6, Colour::BLACK));
        }
        let below = Words::plain(SMALL, Setting::Center);
        let ends = if span.0 == span.1 { vec![span.0] } else { vec![span.0, span.1] };
        for year in ends {
            let (set, _) = self.words_in(&year.to_string(), &below, at(year) - 14.0, 28.0, node);
            words.extend(set.into_iter().map(|item| item.moved(0.0, HEIGHT + 1.0)));
        }
        let (face, colour) = tone(trend.tone, false);
        let value = Words { face, colour, ..Words::plain(LABEL, Setting::Left) };
        let (set, height) = self.words_in(&trend.printed, &value, right + 3.0, VALUE - 3.0, node);
        let y = points.last().map_or(HEIGHT / 2.0, |(_, y)| *y).min(HEIGHT - height / 2.0).max(height / 2.0);
        words.extend(set.into_iter().map(|item| item.moved(0.0, y - height / 2.0)));
        let drawn = items.into_iter().map(|item: Item| match item.shape {
            Shape::Text(_) => item,
            _ => item.in_node(Some(node)),
        });
        drawn.chain(words).collect()
    }
}

fn dashed(from: f32, to: f32, y: f32) -> Vec<Item> {
    let mut items = Vec::new();
    let mut x = from;
    while x < to {
        items.push(Item::line((x, y), ((x + 4.0).min(to), y), 0.9, Colour::grey(0.2)));
        x += 6.5;
    }
    items
}
