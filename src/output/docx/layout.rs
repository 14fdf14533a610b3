//! A report as a document: sections of pages, paragraphs, tables, pictures. Pure: no package, no file.

use super::compose::Composer;
use super::mentions::{Mentions, mark};
use super::style::{self, FAMILY, HalfPoints};
use super::{drawing, figures, letter, table, text};
use crate::error::Error;
use crate::output::pdf::style::{BODY, LANDSCAPE, PORTRAIT};
use crate::output::pdf::{LANGUAGE, PROGRAM, moment};
use crate::report::model::{Block, Report};
use page::Fonts;
use page::display;
use std::collections::BTreeSet;
use word::{Document, PageSetup, Properties, Section};

/// How far from the edge of the page the number stands.
const NUMBER: f32 = 23.0;

/// Lays a report out: the body with head and signature, then each annex in a section of its own.
pub fn document(report: &Report, fonts: &Fonts) -> Result<Document, Error> {
    let official = report.official_letter();
    let mentions = Mentions::of(&official.annexes);
    let mut sizes = BTreeSet::new();
    let mut sections = vec![section(fonts, PORTRAIT, &mentions, &mut sizes, |composer| {
        letter::head(composer, &official.head);
        letter::title(composer, &official.title);
        if let Some(addressees) = &official.addressees {
            letter::addressees(composer, addressees);
        }
        for body_block in &official.body {
            block(composer, body_block);
        }
        letter::signature(composer, &official.signature, &official.recipients);
    })];
    for (at, annex) in official.annexes.iter().enumerate() {
        let setup = if annex.landscape { LANDSCAPE } else { PORTRAIT };
        sections.push(section(fonts, setup, &mentions, &mut sizes, |composer| {
            letter::annex_head(composer, &annex.head, &mark(at));
            for annex_block in annex.blocks {
                block(composer, annex_block);
            }
        }));
    }
    Ok(Document {
        properties: Properties {
            title: official.title.full.clone(),
            author: report.letter.issuer.clone(),
            program: PROGRAM.to_owned(),
            moment: moment(&report.letter)?,
        },
        typeface: FAMILY.to_owned(),
        size: BODY,
        language: LANGUAGE.to_owned(),
        paragraph_styles: style::of_paragraphs(&sizes),
        table_styles: style::of_tables(),
        sections,
    })
}

fn section(
    fonts: &Fonts,
    setup: display::PageSetup,
    mentions: &Mentions,
    sizes: &mut BTreeSet<HalfPoints>,
    fill: impl FnOnce(&mut Composer<'_>),
) -> Section {
    let display::PageSetup { width, height, top, bottom, left, right, .. } = setup;
    let pages = PageSetup { width, height, top, bottom, left, right, header: NUMBER };
    let (width, height) = (pages.column(), pages.text_height());
    let mut composer = Composer { fonts, width, height, mentions, sizes, blocks: Vec::new() };
    fill(&mut composer);
    Section { setup: pages, blocks: composer.blocks }
}

fn block(composer: &mut Composer<'_>, block: &Block) {
    match block {
        Block::Heading { level, text } => text::heading(composer, *level, text),
        Block::Paragraph(words) => text::paragraph(composer, "BodyText", words),
        Block::Points(points) => text::points(composer, points),
        Block::Dashes(points) => text::dashes(composer, points),
        Block::KeyFigures(key_figures) => figures::draw(composer, key_figures),
        Block::Table(of_report) => table::draw(composer, of_report),
        Block::Chart(chart) => drawing::chart(composer, chart),
        Block::Remarks(title) => figures::remarks(composer, title),
        // The workbook's own.
        Block::Records(_) => {}
        Block::Findings { shown, total, names } => table::findings(composer, shown, *total, names),
    }
}
