//! The official report for a word processor, Nghị định 30/2020: the same blocks as the PDF, in styles that a secretary can
//! go on with. What is said here is how a report looks; how a document is written is the kit's ([`word`]).
//!
//! Tables have the widths and sizes that they have on the pages of the PDF, and charts are its drawings as pictures that
//! stay sharp. Before the bytes leave, `equality` reads the tables from them again and compares their figures with the
//! report's.

mod compose;
mod drawing;
mod equality;
mod figures;
mod layout;
mod letter;
mod mentions;
mod style;
mod table;
mod text;

use super::pdf::typeface;
use crate::error::Error;
use crate::report::model::Report;
use page::Typeface;

/// Writes the report: body, signature, then the annexes; sections that belong to the workbook only are left out.
///
/// The same report gives the same bytes.
///
/// # Errors
/// [`Error::Internal`] when an embedded font cannot be read, the file cannot be put together, or a table does not say in
/// it what it says in the report.
pub fn write(report: &Report) -> Result<Vec<u8>, Error> {
    write_in(report, &typeface::embedded())
}

/// The same, measured in another typeface; the document names the decree's, Times New Roman, in any case.
///
/// # Errors
/// As [`write()`].
pub fn write_in(report: &Report, typeface: &Typeface) -> Result<Vec<u8>, Error> {
    let fonts = typeface::load(typeface)?;
    finished(report, &layout::document(report, &fonts)?)
}

/// No report causes one: a fault of the program.
fn fault(fault: word::Error) -> Error {
    Error::Internal(match fault {
        word::Error::NotWritten { reason } => format!("không ghi được tệp Word: {reason}"),
        word::Error::NotRead { reason } => format!("không đọc lại được tệp Word: {reason}"),
    })
}

/// The file, once it was seen to say what the report says.
fn finished(report: &Report, document: &word::Document) -> Result<Vec<u8>, Error> {
    let bytes = word::write(document).map_err(fault)?;
    equality::check(report, &bytes)?;
    Ok(bytes)
}
