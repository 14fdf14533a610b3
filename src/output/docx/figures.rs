//! Key figures in boxes, and a frame for what is written by hand.

use super::compose::Composer;
use super::style::{BOXES, colour};
use crate::output::pdf::figures::{FIGURES, PAD, across, size_of};
use crate::output::pdf::style::Ink;
use crate::report::format;
use crate::report::model::{KeyFigure, Tone};
use page::Face;
use page::grid::GROUP_FILL;
use word::{Cell, Letters, Paragraph, Row, Run, Stand, Table};

/// Height of the frame for what is written by hand.
const REMARKS: f32 = 120.0;

/// Key figures side by side, each large over its label.
pub fn draw(composer: &mut Composer<'_>, figures: &[KeyFigure]) {
    if figures.is_empty() {
        return;
    }
    composer.push(gap());
    let across = across(figures.len());
    let width = composer.width / across as f32;
    let row = |some: &[KeyFigure]| {
        let mut cells: Vec<Cell> = some.iter().map(|figure| cell(composer, figure, width)).collect();
        cells.resize_with(across, || Cell::new(vec![Paragraph::new("KeyLabel", "")]));
        Row { cells, is_whole: true, ..Row::default() }
    };
    let rows = figures.chunks(across).map(row).collect();
    composer.push_table(Table { style: BOXES.into(), widths: vec![width; across], rows });
}

fn cell(composer: &Composer<'_>, figure: &KeyFigure, width: f32) -> Cell {
    let (face, ink) = Ink::Black.face_and_colour(figure.tone, true);
    let value = format::value(&figure.value);
    let size = size_of(composer.fonts, &value, face, width - 2.0 * PAD);
    let letters = Letters {
        size: (size != FIGURES[0]).then_some(size),
        bold: None,
        italic: (face == Face::BoldItalic).then_some(true),
        colour: colour(ink),
        // All figures are bold: a stroke says what boldness says elsewhere.
        underlined: figure.tone == Tone::Bad,
    };
    let value = Paragraph {
        style: "KeyFigure".into(),
        runs: vec![Run::Text(value, letters)],
        ..Paragraph::default()
    };
    let label = Paragraph::new("KeyLabel", figure.label.as_str());
    Cell { fill: colour(GROUP_FILL), stand: Stand::Middle, ..Cell::new(vec![value, label]) }
}

/// Room above what has frames.
fn gap() -> Paragraph {
    Paragraph { style: "Gap".into(), ..Paragraph::default() }
}

/// An empty frame under its title.
pub fn remarks(composer: &mut Composer<'_>, title: &str) {
    composer.push(gap());
    let title = Paragraph::new("Remark", format!("{title}:"));
    let row = Row { cells: vec![Cell::new(vec![title])], least: Some(REMARKS), ..Row::default() };
    composer.push_table(Table { style: BOXES.into(), widths: vec![composer.width], rows: vec![row] });
}
