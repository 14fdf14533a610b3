//! The text of a document as it is written.

use crate::document::{Block, Document};
use crate::parts::{MAIN, RELATIONSHIPS, WORDPROCESSING_DRAWING};
use crate::picture::Media;
use crate::section::{Section, properties};
use crate::xml::Xml;

/// The part that holds the text, as it grows.
pub struct Body<'m> {
    pub xml: Xml,
    /// The pictures met.
    pub media: &'m mut Media,
    /// How many marks were set.
    pub marks: usize,
    /// How many pictures were placed.
    pub pictures: usize,
}

/// Writes the text; pictures met in it are added to `media`.
pub fn part(document: &Document, media: &mut Media) -> String {
    let mut body = Body { xml: Xml::part(), media, marks: 0, pictures: 0 };
    let spaces = [("xmlns:w", MAIN), ("xmlns:r", RELATIONSHIPS), ("xmlns:wp", WORDPROCESSING_DRAWING)];
    body.xml.open("w:document", &spaces);
    body.xml.open("w:body", &[]);
    let mut sections = document.sections.iter().peekable();
    while let Some(section) = sections.next() {
        body.section(section, sections.peek().is_none());
    }
    body.xml.close("w:body");
    body.xml.close("w:document");
    body.xml.finish()
}

impl Body<'_> {
    /// An element in which more of the text stands.
    pub fn xml_within(&mut self, name: &str, fill: impl FnOnce(&mut Self)) {
        self.xml.open(name, &[]);
        fill(self);
        self.xml.close(name);
    }

    /// A section: the set-up of its pages stands in its last paragraph, that of the last section behind all.
    fn section(&mut self, section: &Section, is_last: bool) {
        let blocks: Vec<&Block> = section.blocks.iter().filter(|block| !block.is_nothing()).collect();
        for (i, block) in blocks.iter().enumerate() {
            let next = blocks.get(i + 1);
            match block {
                Block::Paragraph(paragraph) => {
                    let ends = (next.is_none() && !is_last).then_some(section);
                    self.paragraph(paragraph, ends);
                }
                Block::Table(table) => {
                    self.table(table);
                    // Two tables without anything between them would be one.
                    if matches!(next, Some(Block::Table(_))) {
                        self.separator(None);
                    }
                }
            }
        }
        let ends_with_text = matches!(blocks.last(), Some(Block::Paragraph(_)));
        if !ends_with_text {
            self.separator((!is_last).then_some(section));
        }
        if is_last {
            properties(&mut self.xml, section);
        }
    }
}
