//! The leadership brief: two pages, then a page for each unit that has one. The text is set as large as lets it fit, then
//! in fewer words; what does not fit in the fewest at the smallest size goes on overleaf and is never cut.

use super::style::{CAPTION, HEADING, PARAGRAPH, PORTRAIT, SMALLEST, TITLE};
use super::{chart, figures, findings, remarks, table, text};
use crate::report::model::{Block, Chart, LetterHead, Place, Report, Section};
use page::Face;
use page::Fonts;
use page::compose::{Composer, LEADING, TextStyle, stack};
use page::display::{Document, MM, NodeKind, PageSetup};
use page::flow::{Bookmark, Strip};
use page::line::{Column, Setting, Span, balance};

/// Sizes of running text, tried in order.
const SIZES: [f32; 5] = [13.0, 12.5, 12.0, 11.5, SMALLEST];
/// Pages of the brief itself, and of a unit's sheet.
const BRIEF: usize = 2;
const SHEET: usize = 1;
/// Its tables are wide for their size of text.
const SETUP: PageSetup = PageSetup { left: 20.0 * MM, right: 15.0 * MM, ..PORTRAIT };
/// Key figures in a row.
const ACROSS: usize = 6;

/// Lays a brief out.
pub(super) fn lay_out(report: &Report, fonts: &Fonts) -> Document {
    let mut document = Document::default();
    let body = report.sections.iter().filter(|section| section.place == Place::Body);
    let bodies: Vec<&Section> = body.chain(&report.shorter).collect();
    let ways: Vec<(&Section, f32)> = bodies.iter().flat_map(|body| SIZES.map(|size| (*body, size))).collect();
    let letter_head = report.letter.head();
    document.add_fitted_series(fonts, SETUP, &ways, BRIEF, |composer, (body, size)| {
        head(composer, &letter_head, size);
        blocks(composer, &body.blocks, size);
    });
    // All of them end alike.
    if let Some(Block::Remarks(_)) = bodies.first().and_then(|body| body.blocks.last()) {
        remarks::lengthen_last_frame(&mut document);
    }
    for sheet in report.sections.iter().filter(|s| matches!(s.place, Place::Annex { .. })) {
        document.add_fitted_series(fonts, SETUP, &SIZES, SHEET, |composer, size| {
            blocks(composer, &sheet.blocks, size);
        });
    }
    document
}

/// A list of points under its heading is not cut: what is to be decided is read at one glance. The line under the key
/// figures says what they come to, and stands out.
fn blocks(composer: &mut Composer<'_>, blocks: &[Block], size: f32) {
    let mut rest = blocks;
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (
                Block::Heading { level: 1.., .. },
                [points @ (Block::Points(_) | Block::Dashes(_)), others @ ..],
            ) => {
                rest = others;
                composer.keep_together(|composer| {
                    block(composer, first, size);
                    block(composer, points, size);
                });
            }
            (Block::KeyFigures(_), [Block::Paragraph(words), others @ ..]) => {
                rest = others;
                block(composer, first, size);
                paragraph(composer, words, Face::Bold, size);
            }
            _ => block(composer, first, size),
        }
    }
}

fn style_of(size: f32) -> TextStyle {
    TextStyle { size, indent: 0.0, before: 0.3 * size, ..PARAGRAPH }
}

fn paragraph(composer: &mut Composer<'_>, words: &str, face: Face, size: f32) {
    let node = composer.node(NodeKind::Paragraph);
    composer.text(&[Span::new(words, face)], &style_of(size), node);
}

/// Who presents it, where and when, on one line.
fn head(composer: &mut Composer<'_>, head: &LetterHead, size: f32) {
    let node = composer.node(NodeKind::Paragraph);
    let left_width = composer.width * 0.5;
    let right_width = composer.width - left_width - 12.0;
    let issuer_size = (size - 1.0).max(SMALLEST);
    let issuer = [Span::new(head.issuer.as_str(), Face::Bold)];
    let issuer = balance(composer.fonts, &issuer, issuer_size, left_width);
    let column = Column::new(0.0, left_width, issuer_size, Setting::Left, Some(node));
    let (mut items, left) = stack(&issuer, issuer_size * LEADING, &column);
    let dated = [Span::new(head.place_and_date.as_str(), Face::Italic)];
    let dated = balance(composer.fonts, &dated, size, right_width);
    let column = Column::new(composer.width - right_width, right_width, size, Setting::Right, Some(node));
    let (set, right) = stack(&dated, size * LEADING, &column);
    items.extend(set);
    let height = left.max(right);
    composer.push(Strip { height, items, after: 8.0, keep_next: true, ..Strip::default() });
}

fn block(composer: &mut Composer<'_>, block: &Block, size: f32) {
    match block {
        Block::Heading { level: 0, text } => title(composer, text, size),
        Block::Heading { level, text } => heading(composer, *level, text, size),
        Block::Paragraph(words) => text::paragraph(composer, words, &style_of(size)),
        Block::Points(points) => text::points(composer, points, &style_of(size)),
        Block::Dashes(points) => text::dashes(composer, points, &style_of(size)),
        Block::KeyFigures(figures) => figures::draw_across(composer, figures, figures.len().min(ACROSS)),
        Block::Table(table) => table::draw_in_size(composer, table, SMALLEST),
        Block::Chart(chart) => captioned_chart(composer, chart, size),
        Block::Remarks(title) => remarks::draw(composer, title),
        // The workbook's own.
        Block::Records(_) => {}
        Block::Findings { shown, total, names } => findings::draw(composer, shown, *total, names),
    }
}

/// A chart under a caption no larger than the text.
fn captioned_chart(composer: &mut Composer<'_>, chart: &Chart, size: f32) {
    let node = composer.node(NodeKind::Paragraph);
    let style = TextStyle { size, before: 4.0, after: 3.0, ..CAPTION };
    composer.text(&[Span::new(chart.caption.as_str(), Face::BoldItalic)], &style, node);
    let alternative = format!("{}. {}", chart.caption.trim_end_matches('.'), chart.alternative);
    chart::draw(composer, &Chart { caption: String::new(), alternative, ..chart.clone() });
}

/// The first line is the title, what follows it a line of its own.
fn title(composer: &mut Composer<'_>, text: &str, size: f32) {
    if composer.newest_kind() == Some(&NodeKind::Title) {
        let node = composer.node(NodeKind::Paragraph);
        let style = TextStyle { size, after: 4.0, ..TITLE };
        composer.text(&[Span::new(text, Face::Italic)], &style, node);
        return;
    }
    let node = composer.node(NodeKind::Title);
    let style = TextStyle { size: size + 1.0, after: 4.0, ..TITLE };
    let bookmark = Bookmark { level: 1, title: text.to_owned(), mark: None };
    composer.text_in_outline(&[Span::new(text, Face::Bold)], &style, node, bookmark);
}

fn heading(composer: &mut Composer<'_>, level: u8, text: &str, size: f32) {
    let node = composer.node(NodeKind::Heading(level));
    let style = TextStyle { size, indent: 0.0, before: 0.65 * size, after: 1.0, ..HEADING };
    let bookmark = Bookmark { level, title: text.to_owned(), mark: None };
    composer.text_in_outline(&[Span::new(text, Face::Bold)], &style, node, bookmark);
}
