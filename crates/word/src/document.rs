//! A document: what it says of itself, its styles, its sections.

use crate::paragraph::Paragraph;
use crate::section::Section;
use crate::style::{ParagraphStyle, TableStyle};
use crate::table::Table;
use chrono::{DateTime, FixedOffset};

/// A whole document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it says of itself.
    pub properties: Properties,
    /// The typeface of all words.
    pub typeface: String,
    /// Size of letters whose style says nothing of it.
    pub size: f32,
    /// Language of all words, for example `vi-VN`.
    pub language: String,
    /// Styles of paragraphs, the usual one first. The line with the number of a page is of the style `Header`.
    pub paragraph_styles: Vec<ParagraphStyle>,
    /// Styles of tables, the usual one first.
    pub table_styles: Vec<TableStyle>,
    /// Sections in order.
    pub sections: Vec<Section>,
}

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Properties {
    /// Title.
    pub title: String,
    /// Who issues it.
    pub author: String,
    /// The program that wrote it.
    pub program: String,
    /// When it says it was made; no clock is asked.
    pub moment: DateTime<FixedOffset>,
}

/// What stands in a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

impl Block {
    /// A table without columns or rows is not written.
    pub(crate) fn is_nothing(&self) -> bool {
        matches!(self, Block::Table(table) if table.widths.is_empty() || table.rows.is_empty())
    }
}
