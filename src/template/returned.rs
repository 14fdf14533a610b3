//! A return copy: the template with the sender's own values in it, remarks on the cells, and a sheet before the others.

use super::Values;
use crate::domain::{CellAddress, FieldId};
use crate::finding::Severity;
use rust_xlsxwriter::{Color, Format, Note, Worksheet, XlsxError};
use sheet::measure::CountedLines;
use sheet::style::FONT;
use std::collections::BTreeMap;

/// The width of a note in pixels, and the characters that fit a line of it.
const NOTE_WIDTH: u32 = 340;
const NOTE_CHARACTERS: f64 = 44.0;
/// Lines of a note, in pixels.
const NOTE_LINES: CountedLines = CountedLines { letter: 1.0, line: 19.0, around: 14.0 };

/// What is said of one input cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The gravest of what was found; it colours the cell.
    pub severity: Severity,
    /// What is wrong and how to mend it, in Vietnamese.
    pub note: String,
}

/// What a template is written with beside the form.
#[derive(Default)]
pub struct Returned<'a> {
    /// What stands in the input cells.
    pub filled: Values,
    /// What is said of them.
    pub remarks: BTreeMap<FieldId, Remark>,
    /// Writes the sheet before the others.
    pub front: Option<&'a Front<'a>>,
}

/// Writes a sheet.
pub type Front<'a> = dyn Fn(&mut Worksheet) -> Result<(), XlsxError> + 'a;

/// The colour of cells with findings of a severity; none where nothing is to be done.
pub fn color(severity: Severity) -> Option<Color> {
    match severity {
        Severity::Reject | Severity::Error => Some(Color::RGB(0xFF_C7CE)),
        Severity::Confirm => Some(Color::RGB(0xFF_D966)),
        Severity::Warning => Some(Color::RGB(0xBD_D7EE)),
        Severity::Fixed | Severity::Info => None,
    }
}

/// The format of an input cell under a remark.
pub(super) fn marked(style: &Format, remark: Option<&Remark>) -> Format {
    let marked = remark.and_then(|remark| color(remark.severity));
    marked.map_or_else(|| style.clone(), |color| style.clone().set_background_color(color))
}

/// Hangs a remark on its cell, written by `author`.
pub(super) fn write_note(
    worksheet: &mut Worksheet,
    author: &str,
    at: CellAddress,
    remark: &Remark,
) -> Result<(), XlsxError> {
    let note = Note::new(&remark.note)
        .set_author(author)
        .add_author_prefix(false)
        .set_font_name(FONT)
        .set_font_size(11)
        .set_width(NOTE_WIDTH)
        .set_height(NOTE_LINES.height(&remark.note, NOTE_CHARACTERS) as u32);
    worksheet.insert_note(at.row, at.column, &note)?;
    Ok(())
}
