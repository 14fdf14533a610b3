//! An empty frame under its title, for handwriting.

use page::Face;
use page::compose::{Composer, LEADING, stack};
use page::display::{Colour, Document, Item, NodeKind, Shape};
use page::flow::Strip;
use page::line::{Column, Setting, Span, balance};

/// Height a frame has at least: its title and two lines by hand.
const SHORTEST: f32 = 56.0;
/// Height it has at most.
const LONGEST: f32 = 170.0;
const RULE: f32 = 0.6;
const INK: Colour = Colour::grey(0.35);
const SIZE: f32 = 11.0;

/// Draws the frame.
pub fn draw(composer: &mut Composer<'_>, title: &str) {
    let node = composer.node(NodeKind::Paragraph);
    let width = composer.width;
    let inner = width - 12.0;
    let lines = balance(composer.fonts, &[Span::new(format!("{title}:"), Face::Italic)], SIZE, inner);
    let column = Column::new(6.0, inner, SIZE, Setting::Left, Some(node));
    let (set, taken) = stack(&lines, SIZE * LEADING, &column);
    let mut items: Vec<Item> = set.into_iter().map(|item| item.moved(0.0, 4.0)).collect();
    let height = SHORTEST.max(taken + 2.0 * SIZE * LEADING);
    for (from, to) in [
        ((0.0, 0.0), (width, 0.0)),
        ((0.0, 0.0), (0.0, height)),
        ((width, 0.0), (width, height)),
        ((0.0, height), (width, height)),
    ] {
        items.push(Item::line(from, to, RULE, INK));
    }
    composer.push(Strip { height, items, before: 8.0, ..Strip::default() });
}

/// Lets a frame that is the last thing drawn take what its page has left.
pub fn lengthen_last_frame(document: &mut Document) {
    let Some(page) = document.pages.last_mut() else { return };
    let bottom = page.setup.height - page.setup.bottom;
    let lines = page.items.iter_mut().rev().filter_map(|item| match &mut item.shape {
        Shape::Line { from, to, .. } => Some((from, to)),
        _ => None,
    });
    // Bottom, right and left, as `draw` drew them.
    let mut lines: Vec<_> = lines.take(3).collect();
    let top = lines.iter().map(|(from, _)| from.1).fold(f32::MAX, f32::min);
    let foot = bottom.min(top + LONGEST);
    for (from, to) in &mut lines {
        if from.1 == to.1 {
            from.1 = foot;
        }
        to.1 = foot;
    }
}
