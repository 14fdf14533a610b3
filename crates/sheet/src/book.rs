//! A workbook as a whole: what is said of it, and its bytes.

use crate::alike::Alike;
use chrono::{NaiveDate, NaiveTime};
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};
use std::io::Write;
use std::path::Path;

/// What programs show of a workbook. The day is given: two runs over the same things must give the same bytes.
pub fn properties(title: impl Into<String>, author: impl Into<String>, created: NaiveDate) -> DocProperties {
    DocProperties::new()
        .set_title(title)
        .set_author(author)
        .set_creation_datetime(&created.and_time(NaiveTime::MIN))
}

/// The bytes of a workbook.
///
/// # Errors
/// The library refuses something only seen when everything is there, such as a sheet name that occurs twice.
pub fn bytes(workbook: &mut Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut bytes = Vec::new();
    save(workbook, &mut bytes)?;
    Ok(bytes)
}

/// Saves a workbook, the same bytes on every system. All are saved through this one type of writer: what saves is made out
/// for each anew, 0.4 MB of the program.
///
/// # Errors
/// As [`bytes`]; what is written to is full or gone.
pub fn save(workbook: &mut Workbook, to: &mut (dyn Write + Send)) -> Result<(), XlsxError> {
    let mut to = Alike::new(to);
    workbook.save_to_writer(&mut to)?;
    Ok(to.finish()?)
}

/// Cells of a workbook above which the rows of further sheets pass through a file: some 150 MB in memory.
const MOST_HELD: usize = 300_000;

/// Where rows of long sheets may pass through an unnamed temporary file instead of being held in memory. Without the
/// feature `spill` there is no disk to write to: every row is held.
#[derive(Debug, Clone, Copy)]
pub struct Spill<'a> {
    /// Folder of the file.
    pub folder: &'a Path,
    /// Cells that a workbook may have in memory.
    pub held: usize,
}

impl<'a> Spill<'a> {
    /// Into a folder, sheets beyond the first 300,000 cells.
    pub fn into(folder: &'a Path) -> Self {
        Spill { folder, held: MOST_HELD }
    }

    /// Adds a sheet of so many cells whose rows are written one after the other; `held` are those of the workbook that are
    /// held already. When the disk is full, writing panics: the library has no other way to say so.
    ///
    /// # Errors
    /// Nothing can be written into the folder.
    pub fn add_worksheet<'w>(
        &self,
        workbook: &'w mut Workbook,
        cells: usize,
        held: &mut usize,
    ) -> Result<&'w mut Worksheet, XlsxError> {
        if *held + cells <= self.held {
            *held += cells;
            return Ok(workbook.add_worksheet());
        }
        self.add_spilt(workbook)
    }

    #[cfg(feature = "spill")]
    fn add_spilt<'w>(&self, workbook: &'w mut Workbook) -> Result<&'w mut Worksheet, XlsxError> {
        workbook.set_tempdir(self.folder)?;
        workbook.add_worksheet_with_constant_memory()
    }

    #[cfg(not(feature = "spill"))]
    fn add_spilt<'w>(&self, workbook: &'w mut Workbook) -> Result<&'w mut Worksheet, XlsxError> {
        Ok(workbook.add_worksheet())
    }
}
