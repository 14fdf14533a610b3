//! Running text: paragraphs, headings, points, captions.

use super::style::{CAPTION, HEADING};
use crate::report::format::point_letter;
use crate::report::model::{Emphasis, Words, shown_heading};
use page::Face;
use page::compose::{Composer, TextStyle};
use page::display::{NodeId, NodeKind};
use page::flow::Bookmark;
use page::line::Span;

/// A paragraph.
pub fn paragraph(composer: &mut Composer<'_>, words: &Words, style: &TextStyle) {
    let node = composer.node(NodeKind::Paragraph);
    composer.text(&spans(words), style, node);
}

/// Words as they are set.
fn spans(words: &Words) -> Vec<Span> {
    let face = |emphasis: Emphasis| match (emphasis.bold, emphasis.italic) {
        (false, false) => Face::Regular,
        (true, false) => Face::Bold,
        (false, true) => Face::Italic,
        (true, true) => Face::BoldItalic,
    };
    words.runs().map(|(run, emphasis)| Span::new(run, face(emphasis))).collect()
}

/// A heading with its place in the outline, bold.
pub fn heading(composer: &mut Composer<'_>, level: u8, text: &str) {
    let node = composer.node(NodeKind::Heading(level));
    let before = if level <= 1 { HEADING.before } else { 8.0 };
    let shown = [Span::new(shown_heading(level, text), Face::Bold)];
    let bookmark = Bookmark { level, title: text.to_owned(), mark: None };
    composer.text_in_outline(&shown, &TextStyle { before, ..HEADING }, node, bookmark);
}

/// Points under the letters of the Vietnamese alphabet.
pub fn points(composer: &mut Composer<'_>, points: &[Words], style: &TextStyle) {
    list(composer, points, style, |at| format!("{})", point_letter(at)));
}

/// Points under dashes.
pub fn dashes(composer: &mut Composer<'_>, points: &[Words], style: &TextStyle) {
    list(composer, points, style, |_| "-".to_owned());
}

fn list(composer: &mut Composer<'_>, points: &[Words], style: &TextStyle, label: impl Fn(usize) -> String) {
    let list = composer.node(NodeKind::List);
    for (at, point) in points.iter().enumerate() {
        composer.labelled_text(list, &label(at), &spans(point), style);
    }
}

/// Caption of a table or chart, kept with what follows.
pub fn caption(composer: &mut Composer<'_>, text: &str, parent: NodeId) {
    let node = composer.node_in(parent, NodeKind::Caption);
    composer.text(&[Span::new(text, Face::Bold)], &CAPTION, node);
}
