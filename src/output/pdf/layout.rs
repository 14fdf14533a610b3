//! A report as pages of positioned items. Pure: no PDF library, no file.

use super::compose::Composer;
use super::display::{Document, Item, Node, NodeId, NodeKind, PageSetup, Shape, TextRun};
use super::font::Fonts;
use super::letter::annex_label;
use super::series::series;
use crate::error::Error;
use crate::report::model::{Block, Place, Report, Section};

/// The body's last words.
const END: &str = "./.";

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
    let letter = &report.letter;
    let body: Vec<&Section> = report.sections.iter().filter(|s| s.place == Place::Body).collect();
    let annexes: Vec<(&Section, bool)> = report
        .sections
        .iter()
        .filter_map(|s| match s.place {
            Place::Annex { landscape } => Some((s, landscape)),
            Place::Body | Place::Sheet => None,
        })
        .collect();

    series(&mut document, fonts, PageSetup::PORTRAIT, |composer, page| {
        composer.letter_head(letter);
        let last_text = last_text(&body);
        for (s, section) in body.iter().enumerate() {
            composer.section_heading(section);
            for (b, block) in section.blocks.iter().enumerate() {
                if last_text == Some((s, b)) {
                    composer.block(&ended(block), page);
                } else {
                    composer.block(block, page);
                }
            }
        }
        if last_text.is_none() {
            composer.paragraph(END);
        }
        composer.signature(letter);
    });
    for (index, (section, landscape)) in annexes.iter().enumerate() {
        let setup = if *landscape { PageSetup::LANDSCAPE } else { PageSetup::PORTRAIT };
        series(&mut document, fonts, setup, |composer, page| {
            composer.annex_title(index, annexes.len(), &section.title, letter);
            for block in &section.blocks {
                composer.block(block, page);
            }
        });
    }
    link_to_annexes(&mut document, annexes.len());
    document
}

impl Composer<'_> {
    /// The section's title, unless its first block is a heading of level 1 that says it, or it has none.
    fn section_heading(&mut self, section: &Section) {
        let told = matches!(section.blocks.first(), Some(Block::Heading { level: 1, .. }));
        if !told && !section.title.trim().is_empty() {
            self.heading(1, &section.title);
        }
    }

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

/// Section and block that end the body, when they are text that can carry the closing sign.
fn last_text(body: &[&Section]) -> Option<(usize, usize)> {
    let (s, section) = body.iter().enumerate().rev().find(|(_, section)| !section.blocks.is_empty())?;
    let b = section.blocks.len() - 1;
    match &section.blocks[b] {
        Block::Paragraph(text) if !text.trim().is_empty() => Some((s, b)),
        Block::Points(points) if points.last().is_some_and(|p| !p.trim().is_empty()) => Some((s, b)),
        _ => None,
    }
}

/// The same block, ending with “./.”.
fn ended(block: &Block) -> Block {
    let end = |text: &str| {
        let text = text.trim_end();
        if text.ends_with(END) {
            text.to_owned()
        } else {
            format!("{}{END}", text.trim_end_matches(['.', ';', ',']))
        }
    };
    match block {
        Block::Paragraph(text) => Block::Paragraph(end(text)),
        Block::Points(points) => {
            let mut points = points.clone();
            if let Some(last) = points.last_mut() {
                *last = end(last);
            }
            Block::Points(points)
        }
        other => other.clone(),
    }
}

/// Makes every mention of an annex in running text a link to it.
fn link_to_annexes(document: &mut Document, count: usize) {
    let labels: Vec<Vec<char>> = (0..count).map(|i| annex_label(i, count).chars().collect()).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_ends_with_its_sign_once() {
        let end = |text: &str| match ended(&Block::Paragraph(text.to_owned())) {
            Block::Paragraph(text) => text,
            _ => String::new(),
        };
        assert_eq!(end("kính báo cáo."), "kính báo cáo./.");
        assert_eq!(end("kính báo cáo"), "kính báo cáo./.");
        assert_eq!(end("kính báo cáo./. "), "kính báo cáo./.");
        let Block::Points(points) = ended(&Block::Points(vec!["một;".into(), "hai;".into()])) else {
            panic!("points stay points")
        };
        assert_eq!(points, ["một;", "hai./."]);
    }
}
