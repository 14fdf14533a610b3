//! Results over the years: a small plot for each indicator, all on one scale.

use super::super::style::{SMALLEST, face_and_colour};
use super::figure;
use super::key::{self, KeyEntry};
use super::marks::{FRAME, GRID};
use crate::report::model::{Chart, Trend};
use page::Face;
use page::compose::{BoxStyle, Composer};
use page::display::{Colour, Item, NodeId, Shape};
use page::flow::Strip;
use page::line::Setting;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A plot is at least this wide.
const NARROWEST: f32 = 140.0;
const GAP: f32 = 12.0;
const HEIGHT: f32 = 62.0;
/// Room right of the plot for the last value, and left for the scale.
const VALUE: f32 = 47.0;
const SCALE: f32 = 22.0;
/// Room for a year.
const YEAR: f32 = 30.0;

/// Small plots under one caption.
pub fn draw(composer: &mut Composer<'_>, chart: &Chart, trends: &[Trend]) {
    let node = figure::begin(composer, chart);
    let across = (((composer.width + GAP) / (NARROWEST + GAP)) as usize).max(1);
    let width = (composer.width + GAP) / across as f32 - GAP;
    let years = || trends.iter().flat_map(|trend| trend.points.iter().map(|point| point.year));
    let span = (years().min().unwrap_or(0), years().max().unwrap_or(0));
    let rows = trends.chunks(across).map(|row| row_of_plots(composer, row, width, span, node)).collect();
    let line = vec![Item::line((0.0, 0.0), (18.0, 0.0), 1.3, Colour::BLACK)];
    let mut entries = vec![KeyEntry::new(line, 18.0, "kết quả")];
    if trends.iter().any(|trend| !trend.targets.is_empty()) {
        entries.push(KeyEntry::new(dashed(0.0, 20.0, 0.0), 20.0, "mục tiêu có hiệu lực của từng năm"));
    }
    let mut cuts: Vec<&str> =
        trends.iter().flat_map(|trend| trend.points.iter().skip(1)).filter_map(|p| p.cut).collect();
    cuts.sort_unstable_by_key(|words| std::cmp::Reverse(*words));
    cuts.dedup();
    if !cuts.is_empty() {
        entries.push(KeyEntry::new(cut(), 24.0, format!("{}, không nối hai năm", cuts.join(", "))));
    }
    let (items, height) = key::set(composer, &entries, SMALLEST, node);
    let key = Strip { height, items, before: 2.0, after: 10.0, ..Strip::default() };
    figure::rows(composer, rows, 1, key);
}

/// Plots side by side, each under its label; the labels end on one line.
fn row_of_plots(composer: &Composer<'_>, row: &[Trend], width: f32, span: (i32, i32), node: NodeId) -> Strip {
    let left = |i: usize| i as f32 * (width + GAP);
    let bold = BoxStyle { face: Face::Bold, ..BoxStyle::plain(SMALLEST, Setting::Left) };
    let labels: Vec<_> = row
        .iter()
        .enumerate()
        .map(|(i, trend)| composer.text_in_box(&trend.label, &bold, left(i), width, node))
        .collect();
    let top = labels.iter().map(|(_, height)| *height).fold(0.0, f32::max) + 3.0;
    let mut items = Vec::new();
    for (i, (trend, (words, height))) in row.iter().zip(labels).enumerate() {
        items.extend(words.into_iter().map(|item| item.moved(0.0, top - 3.0 - height)));
        let plot = Plot::new(left(i), width, span);
        items.extend(plot.draw(composer, trend, node).into_iter().map(|item| item.moved(0.0, top)));
    }
    let height = top + HEIGHT + 4.0 + SMALLEST * 1.2;
    Strip { height, items, before: 8.0, ..Strip::default() }
}

/// Where years and percentages lie.
struct Plot {
    /// Left edge of the scale's words.
    x: f32,
    left: f32,
    right: f32,
    /// First and last year.
    span: (i32, i32),
}

impl Plot {
    fn new(x: f32, width: f32, span: (i32, i32)) -> Self {
        Plot { x, left: x + SCALE, right: x + width - VALUE, span }
    }

    fn at(&self, year: i32) -> f32 {
        let whole = (self.span.1 - self.span.0).max(1) as f32;
        self.left + 3.0 + (year - self.span.0) as f32 / whole * (self.right - self.left - 6.0)
    }

    fn draw(&self, composer: &Composer<'_>, trend: &Trend, node: NodeId) -> Vec<Item> {
        let Plot { left, right, .. } = *self;
        let mut items = Vec::new();
        let mut words = Vec::new();
        let scale = BoxStyle::plain(SMALLEST, Setting::Right);
        for tick in [0, 50, 100] {
            let y = high(tick.into());
            let colour = if tick == 0 { FRAME } else { GRID };
            items.push(Item::line((left, y), (right, y), 0.4, colour));
            let (set, height) = composer.text_in_box(&tick.to_string(), &scale, self.x, SCALE - 3.0, node);
            words.extend(set.into_iter().map(|item| item.moved(0.0, y - height / 2.0)));
        }
        items.extend(self.steps(&trend.targets));
        let points: Vec<(f32, f32)> =
            trend.points.iter().map(|point| (self.at(point.year), high(point.percent))).collect();
        let joined = points.windows(2).zip(&trend.points[1..]).filter(|(_, to)| to.cut.is_none());
        items.extend(joined.map(|(ends, _)| Item::line(ends[0], ends[1], 1.3, Colour::BLACK)));
        for (x, y) in &points {
            items.push(Item::rectangle(x - 1.8, y - 1.8, 3.6, 3.6, Colour::BLACK));
        }
        let (strokes, years) = self.years(composer, node);
        items.extend(strokes);
        words.extend(years);
        let (face, colour) = face_and_colour(trend.tone, false);
        let value = BoxStyle { face, colour, ..BoxStyle::plain(SMALLEST, Setting::Left) };
        let (set, height) = composer.text_in_box(&trend.printed, &value, right + 3.0, VALUE - 3.0, node);
        let y = points.last().map_or(HEIGHT / 2.0, |(_, y)| *y).min(HEIGHT - height / 2.0).max(height / 2.0);
        words.extend(set.into_iter().map(|item| item.moved(0.0, y - height / 2.0)));
        let drawn = items.into_iter().map(|item: Item| match item.shape {
            Shape::Text(_) => item,
            _ => item.in_node(Some(node)),
        });
        drawn.chain(words).collect()
    }

    /// The targets of the years: level through each year, with a step where one takes another's place.
    fn steps(&self, targets: &[(i32, Decimal)]) -> Vec<Item> {
        let half = (self.at(self.span.0 + 1) - self.at(self.span.0)) / 2.0;
        let mut items = Vec::new();
        let mut before: Option<(i32, Decimal)> = None;
        for (year, target) in targets.iter().filter(|(year, _)| (self.span.0..=self.span.1).contains(year)) {
            let (from, to) =
                ((self.at(*year) - half).max(self.left), (self.at(*year) + half).min(self.right));
            match before {
                // A target that stays is one line, so that its dashes do not break at each year.
                Some((last, same)) if same == *target && last + 1 == *year => {}
                _ => {
                    if let Some((_, other)) = before.filter(|(last, _)| last + 1 == *year) {
                        items.push(Item::line(
                            (from, high(other)),
                            (from, high(*target)),
                            0.5,
                            Colour::grey(0.2),
                        ));
                    }
                    let last = run_end(targets, *year, *target).min(self.span.1);
                    let end = if last == *year { to } else { (self.at(last) + half).min(self.right) };
                    items.extend(dashed(from, end, high(*target)));
                }
            }
            before = Some((*year, *target));
        }
        items
    }

    /// A stroke for every year, and under the plot as many years as stand apart, the last among them.
    fn years(&self, composer: &Composer<'_>, node: NodeId) -> (Vec<Item>, Vec<Item>) {
        let below = BoxStyle::plain(SMALLEST, Setting::Center);
        let (first, last) = self.span;
        let apart = labelled_every(self.at(first + 1) - self.at(first));
        let (mut strokes, mut words) = (Vec::new(), Vec::new());
        for year in first..=last {
            let x = self.at(year);
            strokes.push(Item::line((x, HEIGHT), (x, HEIGHT + 2.0), 0.4, FRAME));
            if (last - year) % apart == 0 {
                let (set, _) = composer.text_in_box(&year.to_string(), &below, x - YEAR / 2.0, YEAR, node);
                words.extend(set.into_iter().map(|item| item.moved(0.0, HEIGHT + 4.0)));
            }
        }
        (strokes, words)
    }
}

/// Of how many years one is labelled when a year takes so much room.
fn labelled_every(room: f32) -> i32 {
    (1..).find(|years| *years as f32 * room >= YEAR).unwrap_or(1)
}

/// Two results that no line joins.
fn cut() -> Vec<Item> {
    let mark = |x: f32| Item::rectangle(x, -1.8, 3.6, 3.6, Colour::BLACK);
    vec![mark(0.0), mark(20.0)]
}

/// The last of the neighbouring years that have a target.
fn run_end(targets: &[(i32, Decimal)], year: i32, target: Decimal) -> i32 {
    (year..).take_while(|year| targets.contains(&(*year, target))).last().unwrap_or(year)
}

/// Height of a percentage from the top of a plot.
fn high(percent: Decimal) -> f32 {
    HEIGHT - percent.to_f32().unwrap_or(0.0).clamp(0.0, 100.0) / 100.0 * (HEIGHT - 4.0)
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

#[cfg(test)]
mod tests {
    use super::labelled_every;

    #[test]
    fn years_are_labelled_as_closely_as_they_stand_apart() {
        assert_eq!([82.0, 24.0, 20.0, 9.0, 0.8].map(labelled_every), [1, 2, 2, 4, 38]);
    }
}
