//! Units as tiles roughly where they lie: the fewer indicators reached, the darker; hatched where nothing is known.

use super::compose::{Composer, tone};
use super::display::{Colour, Item};
use super::face::Face;
use super::flow::Strip;
use super::line::Setting;
use super::picture::Words;
use crate::report::model::{Chart, Tile, Tone};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

const GAP: f32 = 2.5;
const PAD: f32 = 2.5;
/// A tile is no wider than this, however few there are.
const WIDEST: f32 = 82.0;
const EDGE: Colour = Colour::grey(0.25);
/// From this share in hundredths up, and the shade; the shades differ in black and white.
const SHADES: [(i64, f32, &str); 4] = [
    (90, 1.0, "từ 90% số chỉ tiêu"),
    (70, 0.90, "từ 70% đến dưới 90%"),
    (50, 0.76, "từ 50% đến dưới 70%"),
    (0, 0.60, "dưới 50%"),
];

impl Composer<'_> {
    /// A figure of tiles under its caption.
    pub(super) fn tiles(&mut self, chart: &Chart, tiles: &[Tile]) {
        let node = self.figure(chart);
        let grid = placed(tiles);
        let across = grid.keys().map(|(_, column)| *column + 1).max().unwrap_or(1);
        let width = ((self.width + GAP) / across as f32 - GAP).min(WIDEST);
        let left = (self.width - across as f32 * (width + GAP) + GAP) / 2.0;
        let size = match across {
            0..=7 => 10.0,
            8..=9 => 8.5,
            _ => 7.5,
        };
        let name = Words { face: Face::Bold, ..Words::plain(size, Setting::Center) };
        let below = Words::plain(size, Setting::Center);
        for row in 0..=grid.keys().map(|(row, _)| *row).max().unwrap_or(0) {
            let mut set = Vec::new();
            for ((_, column), tile) in grid.range((row, 0)..(row + 1, 0)) {
                let x = left + *column as f32 * (width + GAP);
                let (label, label_height) =
                    self.words_in(&tile.label, &name, x + PAD, width - 2.0 * PAD, node);
                let face = if tile.share.is_none() { Face::Italic } else { Face::Regular };
                let words = Words { face, ..below };
                let (printed, height) =
                    self.words_in(&tile.printed, &words, x + PAD, width - 2.0 * PAD, node);
                let printed = printed.into_iter().map(|item| item.moved(0.0, label_height));
                set.push((
                    *tile,
                    x,
                    label.into_iter().chain(printed).collect::<Vec<_>>(),
                    label_height + height,
                ));
            }
            let height = set.iter().map(|(.., height)| *height).fold(0.0, f32::max) + 2.0 * PAD;
            let mut items = Vec::new();
            for (tile, x, words, taken) in set {
                let top = (height - taken) / 2.0;
                let ground = ground(tile.share, x, width, height, (top, taken));
                items.extend(ground.into_iter().map(|item| item.in_node(Some(node))));
                items.extend(words.into_iter().map(|item| item.moved(0.0, top)));
            }
            self.strips.push(Strip { height, items, after: GAP, keep_next: true, ..Strip::default() });
        }
        self.tile_key(tiles, node);
    }

    /// The shades that occur, each with its meaning.
    fn tile_key(&mut self, tiles: &[Tile], node: usize) {
        let mut entries = Vec::new();
        for (i, (_, _, meaning)) in SHADES.iter().enumerate() {
            if tiles.iter().any(|tile| tile.share.map(shade) == Some(i)) {
                let share = Decimal::new(SHADES[i].0, 2);
                let swatch = ground(Some(share), 0.0, 14.0, 9.0, (0.0, 0.0));
                let swatch = swatch.into_iter().map(|item| item.moved(0.0, -4.5)).collect();
                entries.push((swatch, 14.0, (*meaning).to_owned()));
            }
        }
        if tiles.iter().any(|tile| tile.share.is_none()) {
            let swatch = ground(None, 0.0, 14.0, 9.0, (0.0, 0.0));
            let swatch = swatch.into_iter().map(|item| item.moved(0.0, -4.5)).collect();
            entries.push((swatch, 14.0, "chưa báo cáo".to_owned()));
        }
        let (items, height) = self.key(&entries, 9.5, node);
        self.strips.push(Strip { height, items, before: 2.0, after: 6.0, ..Strip::default() });
    }
}

/// Tiles by row and column: where the plan puts them, or else in rows of about the page's shape.
fn placed(tiles: &[Tile]) -> BTreeMap<(u32, u32), &Tile> {
    let mut grid = BTreeMap::new();
    let rows = tiles.iter().filter_map(|tile| tile.place).map(|(row, _)| row);
    let columns = tiles.iter().filter_map(|tile| tile.place).map(|(_, column)| column);
    let (first_row, first_column) = (rows.min().unwrap_or(0), columns.min().unwrap_or(0));
    let mut homeless = Vec::new();
    for tile in tiles {
        // A place far out would make every tile too small to read.
        let place = tile.place.map(|(row, column)| (row - first_row, column - first_column));
        match place.filter(|(row, column)| *row < 20 && *column < 12 && !grid.contains_key(&(*row, *column)))
        {
            Some(place) => drop(grid.insert(place, tile)),
            None => homeless.push(tile),
        }
    }
    let known = grid.keys().map(|(_, column)| *column + 1).max();
    let across = known.unwrap_or(0).max(match homeless.len() {
        0 => 1,
        1..=24 => 6,
        25..=60 => 9,
        _ => 12,
    });
    let next = grid.keys().map(|(row, _)| *row + 1).max().unwrap_or(0);
    for (i, tile) in (0..).zip(homeless) {
        grid.insert((next + i / across, i % across), tile);
    }
    grid
}

fn shade(share: Decimal) -> usize {
    let hundredths = share * Decimal::ONE_HUNDRED;
    SHADES.iter().position(|(from, ..)| hundredths >= Decimal::from(*from)).unwrap_or(SHADES.len() - 1)
}

/// The tile without its words; `words` is the top and height of what must stay readable.
fn ground(share: Option<Decimal>, x: f32, width: f32, height: f32, words: (f32, f32)) -> Vec<Item> {
    let mut items = Vec::new();
    match share {
        Some(share) => {
            items.push(Item::rectangle(x, 0.0, width, height, Colour::grey(SHADES[shade(share)].1)));
        }
        None => {
            items.push(Item::rectangle(x, 0.0, width, height, Colour::WHITE));
            let mut start = x - height;
            while start < x + width {
                let (from, to) = (start.max(x), (start + height).min(x + width));
                if to > from {
                    let at = |x: f32| height - (x - start);
                    items.push(Item::line((from, at(from)), (to, at(to)), 0.4, tone(Tone::Quiet, false).1));
                }
                start += 4.0;
            }
            if words.1 > 0.0 {
                items.push(Item::rectangle(x + 4.0, words.0, width - 8.0, words.1, Colour::WHITE));
            }
        }
    }
    let corners = [(x, 0.0), (x + width, 0.0), (x + width, height), (x, height), (x, 0.0)];
    items.extend(corners.windows(2).map(|w| Item::line(w[0], w[1], 0.6, EDGE)));
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tile(place: Option<(u32, u32)>) -> Tile {
        Tile { label: String::new(), printed: String::new(), share: None, place }
    }

    #[test]
    fn tiles_stand_where_they_lie_and_none_is_lost() {
        let tiles =
            [tile(Some((1, 1))), tile(Some((2, 3))), tile(Some((2, 3))), tile(None), tile(Some((900, 1)))];
        let grid = placed(&tiles);
        assert_eq!(grid.len(), 5);
        assert!(grid.contains_key(&(0, 0)) && grid.contains_key(&(1, 2)));
        assert_eq!(placed(&vec![tile(None); 96]).keys().map(|(row, _)| *row).max(), Some(7));
    }

    #[test]
    fn shades_follow_the_share() {
        let of = |hundredths: i64| shade(Decimal::new(hundredths, 2));
        assert_eq!([of(100), of(90), of(89), of(50), of(49), of(0)], [0, 0, 1, 2, 3, 3]);
    }
}
