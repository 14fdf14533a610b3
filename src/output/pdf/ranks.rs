//! Units in order, each a bar of what it reached, what it did not and what is open.

use super::chart::FRAME;
use super::compose::Composer;
use super::display::{Colour, Item};
use super::flow::Strip;
use super::line::Setting;
use super::picture::Words;
use crate::report::model::{Chart, Rank};

const SIZE: f32 = 11.0;
const BAR: f32 = 10.0;
/// Shares of the width for labels and for the figures behind the bars.
const LABELS: f32 = 0.25;
const FIGURES: f32 = 0.11;
const EDGE: Colour = Colour::grey(0.2);

/// Parts of a bar, each with a filling of its own.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Reached,
    Below,
    Open,
}

impl Composer<'_> {
    /// A ranking under its caption.
    pub(super) fn ranks(&mut self, chart: &Chart, ranks: &[Rank]) {
        let node = self.figure(chart);
        let (labels, figures) = (LABELS * self.width, FIGURES * self.width);
        let plot = self.width - labels - figures;
        let parts =
            |rank: &Rank| [(Part::Reached, rank.reached), (Part::Below, rank.below), (Part::Open, rank.open)];
        let whole = |rank: &Rank| parts(rank).iter().map(|(_, n)| *n as f32).sum::<f32>();
        let most = ranks.iter().map(whole).fold(1.0, f32::max);
        for rank in ranks {
            let plain = Words::plain(SIZE, Setting::Left);
            let (label, label_height) = self.words_in(&rank.label, &plain, 0.0, labels - 6.0, node);
            let right = Words::plain(SIZE, Setting::Right);
            let (printed, printed_height) =
                self.words_in(&rank.printed, &right, labels + plot, figures, node);
            let height = label_height.max(printed_height).max(BAR) + 4.0;
            let mut items = Vec::new();
            let mut x = labels;
            for (part, count) in parts(rank) {
                let width = count as f32 / most * plot;
                if count > 0 {
                    items.extend(filled(x, (height - BAR) / 2.0, width, part));
                }
                x += width;
            }
            items.push(Item::line((labels, 0.0), (labels, height), 0.8, FRAME));
            let mut items: Vec<Item> = items.into_iter().map(|item| item.in_node(Some(node))).collect();
            items.extend(label.into_iter().map(|item| item.moved(0.0, (height - label_height) / 2.0)));
            items.extend(printed.into_iter().map(|item| item.moved(0.0, (height - printed_height) / 2.0)));
            self.strips.push(Strip { height, items, keep_next: true, ..Strip::default() });
        }
        let entries: Vec<_> =
            [(Part::Reached, "đạt"), (Part::Below, "chưa đạt"), (Part::Open, "chưa đủ số liệu")]
                .into_iter()
                .filter(|(part, _)| {
                    ranks.iter().flat_map(parts).any(|(own, count)| own == *part && count > 0)
                })
                .map(|(part, meaning)| (filled(0.0, -BAR / 2.0, 18.0, part), 18.0, meaning.to_owned()))
                .collect();
        let (items, height) = self.key(&entries, SIZE, node);
        self.strips.push(Strip { height, items, before: 4.0, after: 10.0, ..Strip::default() });
    }
}

/// Dark, pale, or hatched.
fn filled(x: f32, top: f32, width: f32, part: Part) -> Vec<Item> {
    let fill = match part {
        Part::Reached => Colour::grey(0.30),
        Part::Below => Colour::grey(0.84),
        Part::Open => Colour::WHITE,
    };
    let mut items = vec![Item::rectangle(x, top, width, BAR, fill)];
    if part == Part::Open {
        let mut start = x - BAR;
        while start < x + width {
            let (from, to) = (start.max(x), (start + BAR).min(x + width));
            if to > from {
                let at = |x: f32| top + BAR - (x - start);
                items.push(Item::line((from, at(from)), (to, at(to)), 0.4, EDGE));
            }
            start += 4.0;
        }
    }
    let corners = [(x, top), (x + width, top), (x + width, top + BAR), (x, top + BAR), (x, top)];
    items.extend(corners.windows(2).map(|w| Item::line(w[0], w[1], 0.5, EDGE)));
    items
}
