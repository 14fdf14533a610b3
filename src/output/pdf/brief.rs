//! The leadership brief: two pages, then a page for each unit that has one. The text is set as large as lets it fit; what
//! does not fit at the smallest size goes on overleaf and is never cut.

use super::compose::{Composer, LEADING, TextStyle, stack};
use super::display::{Document, Item, MM, NodeKind, PageSetup, Shape};
use super::face::Face;
use super::flow::{Entry, Strip};
use super::font::Fonts;
use super::line::{Setting, Span, balance};
use super::series::series;
use crate::report::model::{Block, Chart, LetterHead, Place, Report, Section};

/// Sizes of running text, tried in order.
const SIZES: [f32; 8] = [13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5];
/// Pages of the brief itself, and of a unit's sheet.
const BRIEF: usize = 2;
const SHEET: usize = 1;
const SETUP: PageSetup = PageSetup { right: 15.0 * MM, ..PageSetup::PORTRAIT };
/// Tables are set no larger than this.
const TABLE: f32 = 10.5;
/// Height a frame for remarks has at least.
const REMARKS: f32 = 76.0;
/// Height it has at most.
const LONGEST_FRAME: f32 = 170.0;
const FRAME_WIDTH: f32 = 0.6;

/// Lays a brief out.
pub(super) fn lay_out(report: &Report, fonts: &Fonts) -> Document {
    let mut document = Document::default();
    let body: Vec<&Section> = report.sections.iter().filter(|s| s.place == Place::Body).collect();
    fitted(&mut document, fonts, BRIEF, |composer, size, page| {
        composer.brief_head(&report.letter.head(), size);
        for block in body.iter().flat_map(|section| &section.blocks) {
            composer.brief_block(block, size, page);
        }
    });
    if let Some(Block::Remarks(_)) = body.last().and_then(|section| section.blocks.last()) {
        lengthen_frame(&mut document);
    }
    for sheet in report.sections.iter().filter(|s| matches!(s.place, Place::Annex { .. })) {
        fitted(&mut document, fonts, SHEET, |composer, size, page| {
            for block in &sheet.blocks {
                composer.brief_block(block, size, page);
            }
        });
    }
    document
}

/// One series of pages at the largest size that needs no more than `pages` of them.
fn fitted(document: &mut Document, fonts: &Fonts, pages: usize, fill: impl Fn(&mut Composer, f32, f32)) {
    let before = (document.pages.len(), document.nodes.len(), document.outline.len());
    for (i, size) in SIZES.into_iter().enumerate() {
        series(document, fonts, SETUP, |composer, page| fill(composer, size, page));
        if document.pages.len() - before.0 <= pages || i + 1 == SIZES.len() {
            return;
        }
        document.pages.truncate(before.0);
        document.nodes.truncate(before.1);
        document.outline.truncate(before.2);
    }
}

/// The frame for remarks is the last thing drawn: it takes what the page has left.
fn lengthen_frame(document: &mut Document) {
    let Some(page) = document.pages.last_mut() else { return };
    let bottom = page.setup.height - page.setup.bottom;
    let lines = page.items.iter_mut().rev().filter_map(|item| match &mut item.shape {
        Shape::Line { from, to, .. } => Some((from, to)),
        _ => None,
    });
    // Bottom, right and left, as `remarks` drew them.
    let mut lines: Vec<_> = lines.take(3).collect();
    let top = lines.iter().map(|(from, _)| from.1).fold(f32::MAX, f32::min);
    let foot = bottom.min(top + LONGEST_FRAME);
    for (from, to) in &mut lines {
        if from.1 == to.1 {
            from.1 = foot;
        }
        to.1 = foot;
    }
}

impl Composer<'_> {
    /// Who presents it, where and when, on one line.
    fn brief_head(&mut self, head: &LetterHead, size: f32) {
        let node = self.node(self.part, NodeKind::Paragraph);
        let left_width = self.width * 0.5;
        let right_width = self.width - left_width - 12.0;
        let issuer = [Span::new(head.issuer.as_str(), Face::Bold)];
        let issuer = balance(self.fonts, &issuer, size - 1.0, left_width);
        let (mut items, left) = stack(&issuer, 0.0, left_width, size - 1.0, Setting::Left, Some(node));
        let dated = [Span::new(head.place_and_date.as_str(), Face::Italic)];
        let dated = balance(self.fonts, &dated, size, right_width);
        let (set, right) =
            stack(&dated, self.width - right_width, right_width, size, Setting::Right, Some(node));
        items.extend(set);
        self.strips.push(Strip {
            height: left.max(right),
            items,
            after: 8.0,
            keep_next: true,
            ..Strip::default()
        });
    }

    fn brief_block(&mut self, block: &Block, size: f32, page: f32) {
        let text = TextStyle { size, indent: 0.0, before: 0.3 * size, ..TextStyle::PARAGRAPH };
        match block {
            Block::Heading { level, text } => self.brief_heading(*level, text, size),
            Block::Paragraph(words) => {
                let node = self.node(self.part, NodeKind::Paragraph);
                self.text(&[Span::new(words.as_str(), Face::Regular)], &text, node);
            }
            Block::Points(points) => self.points_in(points, &text),
            Block::KeyFigures(figures) => self.key_figures_across(figures, figures.len().min(6)),
            Block::Table(table) => {
                self.table_from(table, TABLE.min(size), page);
                self.bars_key(table);
            }
            Block::Chart(chart) => self.brief_chart(chart, size),
            Block::Remarks(title) => self.remarks(title),
            // The workbook's own.
            Block::Records(_) => {}
            Block::Findings { shown, total, names } => self.findings(shown, *total, names, page),
        }
    }

    /// A chart under a caption no larger than the text.
    fn brief_chart(&mut self, chart: &Chart, size: f32) {
        let node = self.node(self.part, NodeKind::Paragraph);
        let style = TextStyle { size, before: 4.0, after: 3.0, ..TextStyle::CAPTION };
        self.text(&[Span::new(chart.caption.as_str(), Face::BoldItalic)], &style, node);
        let alternative = format!("{}. {}", chart.caption.trim_end_matches('.'), chart.alternative);
        self.chart(&Chart { caption: String::new(), alternative, ..chart.clone() });
    }

    fn brief_heading(&mut self, level: u8, text: &str, size: f32) {
        let start = self.strips.len();
        match level {
            0 => {
                // The first line is the title, what follows it a line of its own.
                let follows = self.nodes.last().is_some_and(|node| node.kind == NodeKind::Title);
                let face = if follows { Face::Italic } else { Face::Bold };
                let kind = if follows { NodeKind::Paragraph } else { NodeKind::Title };
                let size = if follows { size } else { size + 1.0 };
                let node = self.node(self.part, kind);
                let style = TextStyle { size, after: 4.0, ..TextStyle::TITLE };
                self.text(&[Span::new(text, face)], &style, node);
                if follows {
                    return;
                }
            }
            _ => {
                let node = self.node(self.part, NodeKind::Heading(level));
                let before = 0.65 * size;
                let style = TextStyle { size, indent: 0.0, before, after: 1.0, ..TextStyle::HEADING };
                self.text(&[Span::new(text, Face::Bold)], &style, node);
            }
        }
        if let Some(strip) = self.strips.get_mut(start) {
            strip.entry = Some(Entry { level: level.max(1), title: text.to_owned(), mark: None });
        }
    }

    /// An empty frame under its title, for handwriting.
    pub(super) fn remarks(&mut self, title: &str) {
        let node = self.node(self.part, NodeKind::Paragraph);
        let size = 11.0;
        let inner = self.width - 12.0;
        let lines = balance(self.fonts, &[Span::new(format!("{title}:"), Face::Italic)], size, inner);
        let (set, taken) = stack(&lines, 6.0, inner, size, Setting::Left, Some(node));
        let mut items: Vec<Item> = set.into_iter().map(|item| item.moved(0.0, 4.0)).collect();
        let height = REMARKS.max(taken + 2.0 * size * LEADING);
        let width = self.width;
        let ink = super::display::Colour::grey(0.35);
        for (from, to) in [
            ((0.0, 0.0), (width, 0.0)),
            ((0.0, 0.0), (0.0, height)),
            ((width, 0.0), (width, height)),
            ((0.0, height), (width, height)),
        ] {
            items.push(Item::line(from, to, FRAME_WIDTH, ink));
        }
        self.strips.push(Strip { height, items, before: 8.0, ..Strip::default() });
    }
}
