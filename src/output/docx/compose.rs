//! Putting one section of the document together.

use super::mentions::Mentions;
use super::style::HalfPoints;
use page::Fonts;
use std::collections::BTreeSet;
use word::{Block, Paragraph, Table};

/// Puts one section together.
pub struct Composer<'a> {
    /// Faces to measure with.
    pub fonts: &'a Fonts,
    /// Width of the text.
    pub width: f32,
    /// Height of the text on a page.
    pub height: f32,
    /// Annexes that words lead to.
    pub mentions: &'a Mentions,
    /// Sizes of text in tables that occur.
    pub sizes: &'a mut BTreeSet<HalfPoints>,
    /// What there is.
    pub blocks: Vec<Block>,
}

impl Composer<'_> {
    /// Adds a paragraph below what there is.
    pub fn push(&mut self, paragraph: Paragraph) {
        self.blocks.push(Block::Paragraph(paragraph));
    }

    /// Adds a table below what there is.
    pub fn push_table(&mut self, table: Table) {
        self.blocks.push(Block::Table(table));
    }

    /// Keeps the last paragraph with whatever comes next.
    pub fn keep_last(&mut self) {
        if let Some(Block::Paragraph(paragraph)) = self.blocks.last_mut() {
            paragraph.lines.keep_next = Some(true);
        }
    }
}
