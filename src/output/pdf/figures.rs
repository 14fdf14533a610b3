//! Key figures: a row of boxes, each figure large over its label.

use super::style::Ink;
use crate::report::format;
use crate::report::model::{KeyFigure, Tone};
use page::compose::{Composer, baseline};
use page::display::{Colour, Item, NodeId, NodeKind};
use page::flow::Strip;
use page::grid::GROUP_FILL;
use page::line::{Column, Line, Setting, Span, balance};
use page::{Face, Fonts};

/// Sizes tried for the figure, so that it stays on one line where it can.
pub const FIGURES: [f32; 4] = [20.0, 17.0, 14.0, 12.0];
/// Size of the labels.
pub const LABEL: f32 = 11.0;
const LEADING: f32 = 1.16;
/// Room left and right of what stands in a box.
pub const PAD: f32 = 5.0;
const GAP: f32 = 6.0;
const FRAME: Colour = Colour::grey(0.45);

/// A figure whose lines are broken.
struct SetFigure {
    value: Vec<Line>,
    size: f32,
    label: Vec<Line>,
    colour: Colour,
    underlined: bool,
}

/// Key figures of the letter side by side, at most four in a row.
pub fn draw(composer: &mut Composer<'_>, figures: &[KeyFigure]) {
    draw_in(composer, figures, across(figures.len()), Ink::Black);
}

/// How many of so many figures stand in a row.
pub fn across(count: usize) -> usize {
    match count {
        0..=4 => count.max(1),
        5 | 6 | 9 => 3,
        _ => 4,
    }
}

/// The largest size in which a figure stands on one line of its box, else the smallest there is.
pub fn size_of(fonts: &Fonts, value: &str, face: Face, width: f32) -> f32 {
    let fits = |size: &f32| balance(fonts, &[Span::new(value, face)], *size, width).len() <= 1;
    FIGURES.into_iter().find(fits).unwrap_or(FIGURES[FIGURES.len() - 1])
}

/// Key figures in colour, so many in a row.
pub fn draw_across(composer: &mut Composer<'_>, figures: &[KeyFigure], across: usize) {
    draw_in(composer, figures, across, Ink::Coloured);
}

fn draw_in(composer: &mut Composer<'_>, figures: &[KeyFigure], across: usize, ink: Ink) {
    let across = across.max(1);
    let node = composer.node(NodeKind::List);
    for (i, some) in figures.chunks(across).enumerate() {
        let strip = row_of_figures(composer, some, (across, ink), node);
        composer.push(Strip { before: if i == 0 { 8.0 } else { GAP }, after: 8.0, ..strip });
    }
}

fn row_of_figures(
    composer: &mut Composer<'_>,
    figures: &[KeyFigure],
    (across, ink): (usize, Ink),
    list: NodeId,
) -> Strip {
    let width = (composer.width - GAP * (across - 1) as f32) / across as f32;
    let inner = width - 2.0 * PAD;
    let cells: Vec<SetFigure> =
        figures.iter().map(|figure| SetFigure::new(composer, figure, inner, ink)).collect();
    let height_of = |lines: &[Line], size: f32| lines.len() as f32 * size * LEADING;
    let upper = cells.iter().map(|cell| height_of(&cell.value, cell.size)).fold(0.0, f32::max);
    let lower = cells.iter().map(|cell| height_of(&cell.label, LABEL)).fold(0.0, f32::max);
    let height = upper + lower + 2.0 * PAD;
    let mut items = Vec::new();
    for (i, cell) in cells.iter().enumerate() {
        let x = i as f32 * (width + GAP);
        let node = composer.node_in(list, NodeKind::Item);
        items.push(Item::rectangle(x, 0.0, width, height, GROUP_FILL));
        let corners = [(x, 0.0), (x + width, 0.0), (x + width, height), (x, height), (x, 0.0)];
        items.extend(corners.windows(2).map(|w| Item::line(w[0], w[1], 0.5, FRAME)));
        items.extend(cell.items(x + PAD, inner, upper, node));
    }
    Strip { height, items, ..Strip::default() }
}

impl SetFigure {
    /// The figure as large as lets it stay on one line, and its label.
    fn new(composer: &Composer<'_>, figure: &KeyFigure, width: f32, ink: Ink) -> Self {
        let set = |text: &str, face: Face, size: f32| {
            balance(composer.fonts, &[Span::new(text, face)], size, width)
        };
        let (face, colour) = ink.face_and_colour(figure.tone, true);
        let value = format::value(&figure.value);
        let size = size_of(composer.fonts, &value, face, width);
        SetFigure {
            value: set(&value, face, size),
            size,
            label: set(&figure.label, Face::Regular, LABEL),
            colour,
            // All figures are bold: a stroke says what boldness says elsewhere.
            underlined: figure.tone == Tone::Bad,
        }
    }

    /// The figure in the middle of the upper part of its box, the label under it.
    fn items(&self, x: f32, width: f32, upper: f32, node: NodeId) -> Vec<Item> {
        let column = Column {
            colour: self.colour,
            underlined: self.underlined,
            ..Column::new(x, width, self.size, Setting::Center, Some(node))
        };
        let leading = self.size * LEADING;
        let slack = (upper - self.value.len() as f32 * leading) / 2.0;
        let mut items = Vec::new();
        for (n, line) in self.value.iter().enumerate() {
            let y = PAD + slack + n as f32 * leading + baseline(leading, self.size);
            items.extend(line.set(y, &column));
        }
        for (n, line) in self.label.iter().enumerate() {
            let y = PAD + upper + n as f32 * LABEL * LEADING + baseline(LABEL * LEADING, LABEL);
            items.extend(line.set(y, &Column::new(x, width, LABEL, Setting::Center, Some(node))));
        }
        items
    }
}
