//! The official report as a PDF, Nghị định 30/2020.
//!
//! Two steps. [`layout`] turns a [`Report`] into pages of positioned items ([`display`]): pure geometry, testable with
//! no PDF in sight. `draw` maps those items to printpdf's low-level operations, and `finish` gives the file its structure,
//! language, title, outline, colours and identity, so that it keeps PDF/A-2a (an archive can show it for ever) and
//! PDF/UA-1 (a screen reader can read it aloud). Before the bytes leave, `equality` reads the tables from the pages again and
//! compares their figures with the report's.

mod brief;
mod chart;
mod compose;
pub mod display;
mod draw;
mod equality;
mod face;
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
mod metadata;
pub mod overflow;
mod picture;
mod ranks;
mod series;
mod srgb;
mod structure;
mod table;
mod tiles;
mod trends;
pub mod typeface;

use crate::error::Error;
use crate::report::model::Report;
use overflow::Overflow;
use typeface::Typeface;

/// A finished PDF.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters no embedded font has, each drawn as a visible replacement; sorted, without repeats.
    pub missing_glyphs: Vec<char>,
    /// What does not fit its column or its page.
    pub overflows: Vec<Overflow>,
}

/// Answers which characters of a text a typeface lacks, sorted and without repeats; the report shows □ in their place.
///
/// # Errors
/// [`Error::Internal`] when a face cannot be read.
pub fn lacking_in(typeface: &Typeface) -> Result<impl Fn(&str) -> Vec<char> + use<>, Error> {
    let fonts = font::Fonts::of(typeface)?;
    Ok(move |text: &str| fonts.lacking(text))
}

/// Writes the report: body, signature, then the annexes; sections that belong to the workbook only are left out.
///
/// The same report gives the same bytes.
///
/// # Errors
/// [`Error::Internal`] when an embedded font cannot be read, the file cannot be put together, or a table does not say on
/// its pages what it says in the report.
pub fn write(report: &Report) -> Result<Pdf, Error> {
    write_in(report, &Typeface::default())
}

/// The same in another typeface.
///
/// # Errors
/// As [`write()`].
pub fn write_in(report: &Report, typeface: &Typeface) -> Result<Pdf, Error> {
    let fonts = font::Fonts::of(typeface)?;
    let document = layout::lay_out(report, &fonts);
    file(report, &document, &fonts)
}

/// Writes the leadership brief: its pages, then each unit's own page where the report has them as annexes.
///
/// # Errors
/// As [`write()`].
pub fn write_brief(report: &Report) -> Result<Pdf, Error> {
    write_brief_in(report, &Typeface::default())
}

/// The same in another typeface.
///
/// # Errors
/// As [`write()`].
pub fn write_brief_in(report: &Report, typeface: &Typeface) -> Result<Pdf, Error> {
    let fonts = font::Fonts::of(typeface)?;
    let document = brief::lay_out(report, &fonts);
    file(report, &document, &fonts)
}

fn file(report: &Report, document: &display::Document, fonts: &font::Fonts) -> Result<Pdf, Error> {
    let bytes = finish::finish(draw::draw(document)?, document, &report.letter)?;
    equality::check(report, document)?;
    let overflows = overflow::overflows(document);
    Ok(Pdf { bytes, pages: document.pages.len(), missing_glyphs: fonts.missing(), overflows })
}
