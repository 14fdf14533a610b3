//! Units as tiles roughly where they lie: the fewer indicators reached, the darker; hatched where nothing is known.

use super::super::style::{SMALLEST, face_and_colour};
use super::figure;
use super::key::{self, KeyEntry};
use crate::report::model::{Chart, Tile, Tone};
use crate::report::{BANDS, band};
use page::Face;
use page::compose::{BoxStyle, Composer};
use page::display::{Colour, Item, NodeId};
use page::flow::Strip;
use page::line::Setting;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

const GAP: f32 = 2.5;
const PAD: f32 = 2.5;
/// A tile is no wider than this, however few there are.
const WIDEST: f32 = 82.0;
const EDGE: Colour = Colour::grey(0.25);
/// Shades of the bands of shares, from the best down; they differ in black and white.
const SHADES: [f32; BANDS.len()] = [1.0, 0.90, 0.76, 0.60];
/// Tiles without a place stand so many in a row: then their names can be read.
const ACROSS: u32 = 6;
/// Places further out would make every tile too small to read.
const MOST_ROWS: u32 = 20;
const MOST_COLUMNS: u32 = 8;

/// A figure of tiles under its caption.
pub fn draw(composer: &mut Composer<'_>, chart: &Chart, tiles: &[Tile]) {
    let node = figure::begin(composer, chart);
    let grid = placed(tiles);
    let across = grid.keys().map(|(_, column)| *column + 1).max().unwrap_or(1);
    let width = ((composer.width + GAP) / across as f32 - GAP).min(WIDEST);
    let left = (composer.width - across as f32 * (width + GAP) + GAP) / 2.0;
    let setter = TileSetter { width, left, size: SMALLEST, node };
    let row = |row: u32| {
        let tiles = grid.range((row, 0)..(row + 1, 0));
        setter.strip(tiles.map(|((_, column), tile)| setter.words(composer, tile, *column)).collect())
    };
    let rows = (0..=grid.keys().map(|(row, _)| *row).max().unwrap_or(0)).map(row).collect();
    let key = key_of_shades(composer, tiles, node);
    figure::rows(composer, rows, 2, key);
}

/// A tile whose words are set.
struct SetTile<'t> {
    tile: &'t Tile,
    x: f32,
    words: Vec<Item>,
    height: f32,
}

/// Sets the tiles of one figure.
struct TileSetter {
    width: f32,
    /// Left edge of the first column.
    left: f32,
    size: f32,
    node: NodeId,
}

impl TileSetter {
    /// Name and figure under one another.
    fn words<'t>(&self, composer: &Composer<'_>, tile: &'t Tile, column: u32) -> SetTile<'t> {
        let below = BoxStyle::plain(self.size, Setting::Center);
        let name = BoxStyle { face: Face::Bold, ..below };
        let x = self.left + column as f32 * (self.width + GAP);
        let inner = self.width - 2.0 * PAD;
        let (label, label_height) = composer.text_in_box(&tile.label, &name, x + PAD, inner, self.node);
        let face = if tile.share.is_none() { Face::Italic } else { Face::Regular };
        let below = BoxStyle { face, ..below };
        let (printed, height) = composer.text_in_box(&tile.printed, &below, x + PAD, inner, self.node);
        let printed = printed.into_iter().map(|item| item.moved(0.0, label_height));
        SetTile { tile, x, words: label.into_iter().chain(printed).collect(), height: label_height + height }
    }

    /// A row of tiles, all as high as the highest.
    fn strip(&self, tiles: Vec<SetTile<'_>>) -> Strip {
        let height = tiles.iter().map(|tile| tile.height).fold(0.0, f32::max) + 2.0 * PAD;
        let mut items = Vec::new();
        for SetTile { tile, x, words, height: taken } in tiles {
            let top = (height - taken) / 2.0;
            let ground = ground(tile.share, x, self.width, height, (top, taken));
            items.extend(ground.into_iter().map(|item| item.in_node(Some(self.node))));
            items.extend(words.into_iter().map(|item| item.moved(0.0, top)));
        }
        Strip { height, items, after: GAP, ..Strip::default() }
    }
}

/// The shades that occur, each with its meaning.
fn key_of_shades(composer: &Composer<'_>, tiles: &[Tile], node: NodeId) -> Strip {
    let swatch = |share: Option<Decimal>| {
        let ground = ground(share, 0.0, 14.0, 9.0, (0.0, 0.0));
        ground.into_iter().map(|item| item.moved(0.0, -4.5)).collect()
    };
    let mut entries = Vec::new();
    for (i, (from, meaning)) in BANDS.iter().enumerate() {
        if tiles.iter().any(|tile| tile.share.map(band) == Some(i)) {
            entries.push(KeyEntry::new(swatch(Some(Decimal::new(*from, 2))), 14.0, *meaning));
        }
    }
    if tiles.iter().any(|tile| tile.share.is_none()) {
        entries.push(KeyEntry::new(swatch(None), 14.0, "chưa báo cáo"));
    }
    let (items, height) = key::set(composer, &entries, SMALLEST, node);
    Strip { height, items, before: 2.0, after: 6.0, ..Strip::default() }
}

/// Tiles by row and column: where the plan puts them, or else in rows of about the page's shape.
fn placed(tiles: &[Tile]) -> BTreeMap<(u32, u32), &Tile> {
    let mut grid = BTreeMap::new();
    let rows = tiles.iter().filter_map(|tile| tile.place).map(|(row, _)| row);
    let columns = tiles.iter().filter_map(|tile| tile.place).map(|(_, column)| column);
    let (first_row, first_column) = (rows.min().unwrap_or(0), columns.min().unwrap_or(0));
    let mut homeless = Vec::new();
    for tile in tiles {
        let place = tile.place.map(|(row, column)| (row - first_row, column - first_column));
        let is_near = |(row, column): &(u32, u32)| *row < MOST_ROWS && *column < MOST_COLUMNS;
        match place.filter(|place| is_near(place) && !grid.contains_key(place)) {
            Some(place) => drop(grid.insert(place, tile)),
            None => homeless.push(tile),
        }
    }
    let known = grid.keys().map(|(_, column)| *column + 1).max();
    let across = known.unwrap_or(0).max(if homeless.is_empty() { 1 } else { ACROSS });
    let next = grid.keys().map(|(row, _)| *row + 1).max().unwrap_or(0);
    for (i, tile) in (0..).zip(homeless) {
        grid.insert((next + i / across, i % across), tile);
    }
    grid
}

/// The tile without its words; `words` is the top and height of what must stay readable.
fn ground(share: Option<Decimal>, x: f32, width: f32, height: f32, words: (f32, f32)) -> Vec<Item> {
    let mut items = Vec::new();
    match share {
        Some(share) => {
            items.push(Item::rectangle(x, 0.0, width, height, Colour::grey(SHADES[band(share)])));
        }
        None => {
            items.push(Item::rectangle(x, 0.0, width, height, Colour::WHITE));
            let mut start = x - height;
            while start < x + width {
                let (from, to) = (start.max(x), (start + height).min(x + width));
                if to > from {
                    let at = |x: f32| height - (x - start);
                    items.push(Item::line(
                        (from, at(from)),
                        (to, at(to)),
                        0.4,
                        face_and_colour(Tone::Quiet, false).1,
                    ));
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
        assert_eq!(placed(&vec![tile(None); 96]).keys().map(|(row, _)| *row).max(), Some(15));
    }
}
