//! The official report as a PDF, Nghị định 30/2020.
//!
//! Two steps. [`layout`] turns a [`Report`] into pages of positioned items ([`page::display`]): pure geometry, testable with
//! no PDF in sight. [`page::write`] draws them and makes the file keep PDF/A-2a (an archive can show it for ever) and
//! PDF/UA-1 (a screen reader can read it aloud). Before the bytes leave, `equality` reads the tables from the pages again and
//! compares their figures with the report's. What is said here is how a report looks; how pages are made is the kit's.

mod brief;
pub(super) mod chart;
mod equality;
pub(super) mod fault;
pub(super) mod figures;
pub(super) mod findings;
pub mod layout;
mod letter;
pub(super) mod picture;
mod remarks;
pub(super) mod style;
pub(super) mod table;
mod text;
pub mod typeface;

use crate::error::Error;
use crate::output::equality::Printed;
use crate::report::model::{Letter, Report};
use chrono::{DateTime, FixedOffset, NaiveTime};
use page::display::Document;
use page::overflow::{Overflow, overflows};
use page::{Fonts, Properties, Typeface};

pub(super) const LANGUAGE: &str = "vi-VN";
pub(super) const PROGRAM: &str = concat!("xhht ", env!("CARGO_PKG_VERSION"));
/// What stays with the secretariat, as the file's title.
const INTERNAL: &str = "Phụ lục nội bộ";
/// Việt Nam is seven hours ahead.
const ZONE: i32 = 7 * 3600;

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
    let fonts = typeface::load(typeface)?;
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
    write_in(report, &typeface::embedded())
}

/// The same in another typeface.
///
/// # Errors
/// As [`write()`].
pub fn write_in(report: &Report, typeface: &Typeface) -> Result<Pdf, Error> {
    let fonts = typeface::load(typeface)?;
    let document = layout::lay_out(report, &fonts);
    file(report, &document, &fonts)
}

/// Writes the leadership brief: its pages, then each unit's own page where the report has them as annexes.
///
/// # Errors
/// As [`write()`].
pub fn write_brief(report: &Report) -> Result<Pdf, Error> {
    write_brief_in(report, &typeface::embedded())
}

/// The same in another typeface.
///
/// # Errors
/// As [`write()`].
pub fn write_brief_in(report: &Report, typeface: &Typeface) -> Result<Pdf, Error> {
    let fonts = typeface::load(typeface)?;
    let document = brief::lay_out(report, &fonts);
    file(report, &document, &fonts)
}

/// Writes what stays with the secretariat, each part on pages of its own.
///
/// # Errors
/// As [`write()`].
pub fn write_internal(report: &Report) -> Result<Pdf, Error> {
    write_internal_in(report, &typeface::embedded())
}

/// The same in another typeface.
///
/// # Errors
/// As [`write()`].
pub fn write_internal_in(report: &Report, typeface: &Typeface) -> Result<Pdf, Error> {
    let annexes = report.internal_annexes();
    let fonts = typeface::load(typeface)?;
    let mut document = Document::default();
    layout::lay_out_annexes(&mut document, &annexes, &fonts);
    let title = match &annexes[..] {
        [only] => only.head.full.clone(),
        _ => format!("{INTERNAL}. {}", report.letter.subject),
    };
    let properties = Properties { title, ..properties(&report.letter)? };
    write_file(report, Printed::Internal, &document, &fonts, &properties)
}

fn file(report: &Report, document: &Document, fonts: &Fonts) -> Result<Pdf, Error> {
    write_file(report, Printed::Official, document, fonts, &properties(&report.letter)?)
}

fn write_file(
    report: &Report,
    printed: Printed,
    document: &Document,
    fonts: &Fonts,
    properties: &Properties,
) -> Result<Pdf, Error> {
    let bytes = page::write(document, fonts, properties).map_err(fault::internal)?;
    equality::check(report, printed, document)?;
    let overflows = overflows(document);
    Ok(Pdf { bytes, pages: document.pages.len(), missing_glyphs: fonts.missing(), overflows })
}

/// What the file says of itself; its moment is midnight on the day of the report: no clock has a say in the file.
fn properties(letter: &Letter) -> Result<Properties, Error> {
    Ok(Properties {
        title: letter.title().full,
        author: letter.issuer.clone(),
        language: LANGUAGE.to_owned(),
        program: PROGRAM.to_owned(),
        moment: moment(letter)?,
    })
}

/// Midnight on the day of a report.
pub(super) fn moment(letter: &Letter) -> Result<DateTime<FixedOffset>, Error> {
    let zone = FixedOffset::east_opt(ZONE);
    let moment = |zone| letter.as_of.and_time(NaiveTime::MIN).and_local_timezone(zone).single();
    let moment: Option<DateTime<FixedOffset>> = zone.and_then(moment);
    moment.ok_or_else(|| Error::Internal("ngày báo cáo không hợp lệ".to_owned()))
}
