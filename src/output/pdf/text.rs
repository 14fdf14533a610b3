//! Running text: paragraphs, headings, points, captions.

use super::style::{CAPTION, HEADING, PARAGRAPH};
use crate::report::format::point_letter;
use crate::report::model::shown_heading;
use page::Face;
use page::compose::{Composer, TextStyle};
use page::display::{NodeId, NodeKind};
use page::flow::Bookmark;
use page::line::Span;

/// A paragraph.
pub fn paragraph(composer: &mut Composer<'_>, text: &str) {
    let node = composer.node(NodeKind::Paragraph);
    composer.text(&[Span::new(text, Face::Regular)], &PARAGRAPH, node);
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
pub fn points(composer: &mut Composer<'_>, points: &[String], style: &TextStyle) {
    let list = composer.node(NodeKind::List);
    for (i, point) in points.iter().enumerate() {
        composer.labelled_text(list, &format!("{})", point_letter(i)), point, style);
    }
}

/// Caption of a table or chart, kept with what follows.
pub fn caption(composer: &mut Composer<'_>, text: &str, parent: NodeId) {
    let node = composer.node_in(parent, NodeKind::Caption);
    composer.text(&[Span::new(text, Face::Bold)], &CAPTION, node);
}
