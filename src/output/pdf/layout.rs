//! A report as pages of positioned items. Pure: no PDF library, no file.

use super::style::{LANDSCAPE, PARAGRAPH, PORTRAIT};
use super::{brief, chart, figures, findings, letter, remarks, table, text, typeface};
use crate::error::Error;
use crate::report::model::{Annex, Block, Report};
use page::Fonts;
use page::Mention;
use page::compose::Composer;
use page::display::Document;
use std::borrow::Cow;

/// Lays a report out with the embedded fonts.
///
/// # Errors
/// [`Error::Internal`] when an embedded font cannot be read.
pub fn document(report: &Report) -> Result<Document, Error> {
    Ok(lay_out(report, &typeface::load(&typeface::embedded())?))
}

/// Lays a brief out with the embedded fonts.
///
/// # Errors
/// [`Error::Internal`] when an embedded font cannot be read.
pub fn brief(report: &Report) -> Result<Document, Error> {
    Ok(brief::lay_out(report, &typeface::load(&typeface::embedded())?))
}

/// Lays a report out: the body with head and signature, then each annex as a series of pages of its own.
pub(super) fn lay_out(report: &Report, fonts: &Fonts) -> Document {
    let mut document = Document::default();
    let official = report.official_letter();
    document.add_series(fonts, PORTRAIT, |composer| {
        letter::head(composer, &official.head);
        letter::title(composer, &official.title);
        if let Some(addressees) = &official.addressees {
            letter::addressees(composer, addressees);
        }
        all_of(composer, official.body.iter().map(Cow::as_ref));
        letter::signature(composer, &official.signature, &official.recipients);
    });
    lay_out_annexes(&mut document, &official.annexes, fonts);
    document
}

/// Adds annexes, each as a series of pages of its own; where one is mentioned, the words lead to it.
pub(super) fn lay_out_annexes(document: &mut Document, annexes: &[Annex<'_>], fonts: &Fonts) {
    for (mark, annex) in annexes.iter().enumerate() {
        let setup = if annex.landscape { LANDSCAPE } else { PORTRAIT };
        document.add_series(fonts, setup, |composer| {
            letter::annex_head(composer, &annex.head, mark);
            all_of(composer, annex.blocks.iter());
        });
    }
    let mention = |(mark, annex): (usize, &Annex<'_>)| Mention {
        words: annex.head.label.clone(),
        mark,
        description: format!("Chuyển đến {}", annex.head.full),
    };
    let mentions: Vec<Mention> = annexes.iter().enumerate().map(mention).collect();
    document.link_mentions(&mentions);
}

/// Blocks one under another; words that lead up to a table or a chart stay with it.
fn all_of<'b>(composer: &mut Composer<'_>, blocks: impl Iterator<Item = &'b Block>) {
    let mut blocks = blocks.peekable();
    while let Some(next) = blocks.next() {
        block(composer, next);
        let leads = matches!(next, Block::Paragraph(text) if text.trim_end().ends_with(':'));
        if leads && matches!(blocks.peek(), Some(Block::Table(_) | Block::Chart(_))) {
            composer.keep_last(1);
        }
    }
}

fn block(composer: &mut Composer<'_>, block: &Block) {
    match block {
        Block::Heading { level, text } => text::heading(composer, *level, text),
        Block::Paragraph(words) => text::paragraph(composer, words, &PARAGRAPH),
        Block::Points(points) => text::points(composer, points, &PARAGRAPH),
        Block::Dashes(points) => text::dashes(composer, points, &PARAGRAPH),
        Block::KeyFigures(figures) => figures::draw(composer, figures),
        Block::Table(table) => table::draw(composer, table),
        Block::Chart(chart) => chart::draw(composer, chart),
        Block::Remarks(title) => remarks::draw(composer, title),
        // The workbook's own.
        Block::Records(_) => {}
        Block::Findings { shown, total, names } => findings::draw(composer, shown, *total, names),
    }
}
