//! Units in order, each a bar of what it reached, what it did not and what is open.

use super::figure;
use super::key::{self, KeyEntry};
use super::marks::{BAR, FRAME};
use crate::report::model::{Chart, Rank};
use page::compose::{BoxStyle, Composer};
use page::display::{Colour, Item, NodeId};
use page::flow::Strip;
use page::line::Setting;

const SIZE: f32 = 11.0;
/// Shares of the width for labels and for the figures behind the bars.
const LABELS: f32 = 0.25;
const FIGURES: f32 = 0.11;
const EDGE: Colour = Colour::grey(0.2);

/// Parts of a bar, each with a filling of its own.
#[derive(Clone, Copy, PartialEq)]
enum RankPart {
    Reached,
    Below,
    Open,
}

fn parts(rank: &Rank) -> [(RankPart, u32); 3] {
    [(RankPart::Reached, rank.reached), (RankPart::Below, rank.below), (RankPart::Open, rank.open)]
}

/// A ranking under its caption.
pub fn draw(composer: &mut Composer<'_>, chart: &Chart, ranks: &[Rank]) {
    let node = figure::begin(composer, chart);
    let whole = |rank: &Rank| parts(rank).iter().map(|(_, count)| *count as f32).sum::<f32>();
    let most = ranks.iter().map(whole).fold(1.0, f32::max);
    let rows = ranks.iter().map(|rank| bar(composer, rank, most, node)).collect();
    let meanings =
        [(RankPart::Reached, "đạt"), (RankPart::Below, "chưa đạt"), (RankPart::Open, "chưa đủ số liệu")];
    let occurs = |part: RankPart| ranks.iter().flat_map(parts).any(|(own, count)| own == part && count > 0);
    let entries: Vec<KeyEntry> = meanings
        .into_iter()
        .filter(|(part, _)| occurs(*part))
        .map(|(part, meaning)| KeyEntry::new(filled(0.0, -BAR / 2.0, 18.0, part), 18.0, meaning))
        .collect();
    let (items, height) = key::set(composer, &entries, SIZE, node);
    let key = Strip { height, items, before: 4.0, after: 10.0, ..Strip::default() };
    figure::rows(composer, rows, figure::FEW_BARS, key);
}

/// Label, bar and figure of a unit; `most` is what the longest bar stands for.
fn bar(composer: &Composer<'_>, rank: &Rank, most: f32, node: NodeId) -> Strip {
    let (labels, figures) = (LABELS * composer.width, FIGURES * composer.width);
    let plot = composer.width - labels - figures;
    let plain = BoxStyle::plain(SIZE, Setting::Left);
    let (label, label_height) = composer.text_in_box(&rank.label, &plain, 0.0, labels - 6.0, node);
    let right = BoxStyle::plain(SIZE, Setting::Right);
    let (printed, printed_height) = composer.text_in_box(&rank.printed, &right, labels + plot, figures, node);
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
    Strip { height, items, ..Strip::default() }
}

/// Dark, pale, or hatched.
fn filled(x: f32, top: f32, width: f32, part: RankPart) -> Vec<Item> {
    let fill = match part {
        RankPart::Reached => Colour::grey(0.30),
        RankPart::Below => Colour::grey(0.84),
        RankPart::Open => Colour::WHITE,
    };
    let mut items = vec![Item::rectangle(x, top, width, BAR, fill)];
    if part == RankPart::Open {
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
