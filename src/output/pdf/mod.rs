//! The official report as a PDF, Nghị định 30/2020.
//!
//! Two steps. [`layout`] turns a [`Report`] into pages of positioned items ([`display`]): pure geometry, testable with
//! no PDF in sight. `draw` maps those items to printpdf's low-level operations, and `finish` gives the file its language,
//! title, outline and identity.

mod brief;
mod chart;
mod compose;
pub mod display;
mod draw;
mod figures;
mod findings;
mod finish;
mod flow;
mod font;
mod glue;
mod grid;
pub mod layout;
mod letter;
mod line;
mod picture;
mod ranks;
mod table;
mod tiles;
mod trends;

use crate::error::Error;
use crate::report::model::Report;

/// A finished PDF.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters no embedded font has, each drawn as a visible replacement; sorted, without repeats.
    pub missing_glyphs: Vec<char>,
}

/// Writes the report: body, signature, then the annexes; sections that belong to the workbook only are left out.
///
/// The same report gives the same bytes.
///
/// # Errors
/// [`Error::Internal`] when an embedded font cannot be read or the file cannot be put together.
pub fn write(report: &Report) -> Result<Pdf, Error> {
    let fonts = font::Fonts::load()?;
    let document = layout::lay_out(report, &fonts);
    file(report, &document, &fonts)
}

/// Writes the leadership brief: its pages, then each unit's own page where the report has them as annexes.
///
/// # Errors
/// As [`write`].
pub fn write_brief(report: &Report) -> Result<Pdf, Error> {
    let fonts = font::Fonts::load()?;
    let document = brief::lay_out(report, &fonts);
    file(report, &document, &fonts)
}

fn file(report: &Report, document: &display::Document, fonts: &font::Fonts) -> Result<Pdf, Error> {
    let bytes = finish::finish(draw::draw(document)?, document, &report.letter)?;
    Ok(Pdf { bytes, pages: document.pages.len(), missing_glyphs: fonts.missing() })
}
