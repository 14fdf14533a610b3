//! What is drawn in a plot: bars, bounds, targets, values to compare with. Each has a shape or filling of its own, so that
//! black and white loses nothing.

use crate::report::model::Tone;
use page::display::{Colour, Item, Shape};

/// Height of a bar.
pub const BAR: f32 = 10.0;
/// Lines around a plot.
pub const FRAME: Colour = Colour::grey(0.55);
/// Lines across a plot.
pub const GRID: Colour = Colour::grey(0.80);
const INK: Colour = Colour::BLACK;
const REACHED: Colour = Colour(0.16, 0.36, 0.55);
const MISSED: Colour = Colour(0.96, 0.76, 0.48);
const NEUTRAL: Colour = Colour::grey(0.62);

/// A bar whose filling tells its tone: dark and full, pale, or hatched.
pub fn bar_shape(from: f32, to: f32, top: f32, tone: Tone) -> Vec<Item> {
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
pub fn whisker(from: f32, to: f32, middle: f32) -> Vec<Item> {
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
pub fn target_sign(x: f32, middle: f32) -> Vec<Item> {
    let (top, bottom) = (middle - BAR / 2.0 - 2.0, middle + BAR / 2.0 + 2.0);
    let points = vec![(x - 2.8, top - 1.5), (x + 2.8, top - 1.5), (x, top + 3.0)];
    vec![
        Item::line((x, top), (x, bottom), 3.2, Colour::WHITE),
        Item::line((x, top), (x, bottom), 1.5, Colour::BLACK),
        Item { node: None, shape: Shape::Fill { points, colour: Colour::BLACK } },
    ]
}

/// The mark of a value to compare with: a hollow diamond.
pub fn diamond(x: f32, y: f32) -> Vec<Item> {
    let filled = |size: f32, colour: Colour| {
        let points = vec![(x, y - size), (x + size, y), (x, y + size), (x - size, y)];
        Item { node: None, shape: Shape::Fill { points, colour } }
    };
    vec![filled(4.0, INK), filled(2.7, Colour::WHITE)]
}
