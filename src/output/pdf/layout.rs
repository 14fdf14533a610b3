//! A report as pages of positioned items. Pure: no PDF library, no file.

use super::compose::Composer;
use super::display::{Document, Item, Node, NodeId, NodeKind, PageSetup, Shape, TextRun};
use super::font::Fonts;
use super::series::series;
use crate::error::Error;
use crate::report::model::{Annex, Block, Report};

/// Lays a report out with the embedded fonts.
///
/// # Errors
/// [`Error::Internal`] when an embedded font cannot be read.
pub fn document(report: &Report) -> Result<Document, Error> {
    Ok(lay_out(report, &Fonts::load()?))
}

/// Lays a brief out with the embedded fonts.
///
/// # Errors
/// [`Error::Internal`] when an embedded font cannot be read.
pub fn brief(report: &Report) -> Result<Document, Error> {
    Ok(super::brief::lay_out(report, &Fonts::load()?))
}

/// Lays a report out: the body with head and signature, then each annex as a series of pages of its own.
pub(super) fn lay_out(report: &Report, fonts: &Fonts) -> Document {
    let mut document = Document::default();
    let letter = report.official_letter();
    series(&mut document, fonts, PageSetup::PORTRAIT, |composer, page| {
        composer.letter_head(&letter.head);
        composer.letter_title(&letter.title);
        if let Some(addressees) = &letter.addressees {
            composer.addressees(addressees);
        }
        for block in &letter.body {
            composer.block(block, page);
        }
        composer.signature(&letter.signature, &letter.recipients);
    });
    for (mark, annex) in letter.annexes.iter().enumerate() {
        let setup = if annex.landscape { PageSetup::LANDSCAPE } else { PageSetup::PORTRAIT };
        series(&mut document, fonts, setup, |composer, page| {
            composer.annex_head(&annex.head, mark);
            for block in annex.blocks {
                composer.block(block, page);
            }
        });
    }
    link_to_annexes(&mut document, &letter.annexes);
    document
}

impl Composer<'_> {
    fn block(&mut self, block: &Block, page: f32) {
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph(text) => self.paragraph(text),
            Block::Points(points) => self.points(points),
            Block::KeyFigures(figures) => self.key_figures(figures),
            Block::Table(table) => self.table(table, page),
            Block::Chart(chart) => self.chart(chart),
            Block::Remarks(title) => self.remarks(title),
            // The workbook's own.
            Block::Records(_) => {}
            Block::Findings { shown, total, names } => self.findings(shown, *total, names, page),
        }
    }
}

/// Makes every mention of an annex in running text a link to it.
fn link_to_annexes(document: &mut Document, annexes: &[Annex<'_>]) {
    let labels: Vec<Vec<char>> = annexes.iter().map(|annex| annex.head.label.chars().collect()).collect();
    let Document { pages, nodes, .. } = document;
    for page in pages {
        let items = std::mem::take(&mut page.items);
        let mut links = Vec::new();
        for item in items {
            match item {
                Item { node: Some(node), shape: Shape::Text(run) } if nodes[node].kind != NodeKind::Title => {
                    link_run(run, node, &labels, nodes, &mut page.items, &mut links);
                }
                other => page.items.push(other),
            }
        }
        page.items.extend(links);
    }
}

/// Cuts a run where it mentions annexes: what it says of them becomes a part of its own, with a link over it.
fn link_run(
    mut run: TextRun,
    node: NodeId,
    labels: &[Vec<char>],
    nodes: &mut Vec<Node>,
    items: &mut Vec<Item>,
    links: &mut Vec<Item>,
) {
    let first = |run: &TextRun| {
        let found = labels.iter().enumerate().filter_map(|(to, label)| Some((mention(run, label)?, to)));
        found.min()
    };
    while let Some((start, to)) = first(&run) {
        let link = nodes.len();
        nodes.push(Node { parent: Some(node), kind: NodeKind::Link });
        let (before, rest) = run.split(start);
        let (words, after) = rest.split(labels[to].len());
        let (top, bottom) = (words.y - 0.8 * words.size, words.y + 0.25 * words.size);
        let area = (words.x, top, words.x + words.width(), bottom);
        links.push(Item { node: Some(link), shape: Shape::Link { area, to } });
        if !before.glyphs.is_empty() {
            items.push(Item { node: Some(node), shape: Shape::Text(before) });
        }
        items.push(Item { node: Some(link), shape: Shape::Text(words) });
        run = after;
    }
    if !run.glyphs.is_empty() || run.space.is_some() {
        items.push(Item { node: Some(node), shape: Shape::Text(run) });
    }
}

/// Where a run first says these words, not followed by a further letter.
fn mention(run: &TextRun, words: &[char]) -> Option<usize> {
    let glyphs = &run.glyphs;
    (0..glyphs.len().saturating_sub(words.len() - 1)).find(|i| {
        let said = glyphs[*i..i + words.len()].iter().map(|g| g.text).eq(words.iter().copied());
        said && !glyphs.get(i + words.len()).is_some_and(|g| g.text.is_alphanumeric())
    })
}
