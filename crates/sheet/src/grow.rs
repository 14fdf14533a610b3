//! Rows that grow with what is typed in them.
//!
//! A row whose height was set keeps it, whatever is typed; a row of no height is as high as one line in programs that
//! trust the file. What is wanted is a height to begin with that is not held to. The writer cannot say so, so the mark of
//! a held height is taken away from the rows that [`row`] marks, once the package is written.

use crate::alike;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// What marks a row: it has a format of its own, as no other row that is written here.
const MARK: &str = r#" customFormat="1""#;
const HELD: &str = r#" customHeight="1""#;

/// A row that is so many points high to begin with, and grows with the words in its cells that are not merged.
///
/// `least` are points it never falls below: letters of that size stand ready in a blank cell of column `beyond`, which
/// should lie outside of the page.
///
/// # Errors
/// The library refuses the row; `plain` is the format of a cell without any, which leaves no mark.
pub fn row(
    worksheet: &mut Worksheet,
    row: u32,
    height: f64,
    (beyond, least): (u16, f64),
    plain: &Format,
) -> Result<(), XlsxError> {
    if *plain == Format::new() {
        return Err(XlsxError::ParameterError("a row that grows needs a format of its own".to_owned()));
    }
    worksheet.set_row_height(row, height)?;
    worksheet.set_row_format(row, plain)?;
    let strut = plain.clone().set_font_size((least / POINTS_PER_LETTER).floor());
    worksheet.write_blank(row, beyond, &strut)?;
    Ok(())
}

/// A row is so much higher than the letters in it.
const POINTS_PER_LETTER: f64 = 1.3;

/// The workbook with its marked rows free to grow.
///
/// # Errors
/// The bytes are no workbook of this library.
pub fn freed(workbook: &[u8]) -> Result<Vec<u8>, XlsxError> {
    let mut package = ZipArchive::new(Cursor::new(workbook))?;
    let mut written = ZipWriter::new(Cursor::new(Vec::with_capacity(workbook.len())));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for at in 0..package.len() {
        let mut part = package.by_index(at)?;
        let name = part.name()?.into_owned();
        let mut text = String::new();
        if name.starts_with("xl/worksheets/sheet") {
            part.read_to_string(&mut text)?;
        }
        drop(part);
        if !text.contains(MARK) {
            // Nothing to change: what is packed stays so.
            written.raw_copy_file(package.by_index_raw(at)?)?;
            continue;
        }
        written.start_file(name, options)?;
        written.write_all(free(&text).as_bytes())?;
    }
    let mut freed = written.finish()?.into_inner();
    alike::say_unix(&mut freed);
    Ok(freed)
}

/// A sheet with its marked rows free to grow.
fn free(sheet: &str) -> String {
    const ROW: &str = "<row ";
    let mut freed = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(start) = rest.find(ROW) {
        let end = rest[start..].find('>').map_or(rest.len(), |length| start + length);
        let (before, tag) = (&rest[..start], &rest[start..end]);
        freed.push_str(before);
        if tag.contains(MARK) {
            freed.push_str(&tag.replace(HELD, ""))
        } else {
            freed.push_str(tag)
        }
        rest = &rest[end..];
    }
    freed.push_str(rest);
    freed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marked_rows_are_freed() {
        let sheet = r#"<sheetData><row r="1" ht="24" customHeight="1"><c r="A1"/></row><row r="2" s="3" customFormat="1" ht="30" customHeight="1"/></sheetData>"#;
        let expected = r#"<sheetData><row r="1" ht="24" customHeight="1"><c r="A1"/></row><row r="2" s="3" customFormat="1" ht="30"/></sheetData>"#;
        assert_eq!(free(sheet), expected);
    }

    #[test]
    fn a_workbook_keeps_everything_else() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        assert!(row(sheet, 1, 45.0, (9, 22.0), &Format::new()).is_err());
        row(sheet, 2, 45.0, (9, 22.0), &Format::new().set_font_size(12)).unwrap();
        sheet.write_string(2, 0, "Kết quả").unwrap();
        sheet.set_row_height(3, 60.0).unwrap();
        let bytes = workbook.save_to_buffer().unwrap();
        let freed = freed(&bytes).unwrap();
        let parts = |bytes: &[u8]| {
            let mut package = ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
            let mut parts = Vec::new();
            for at in 0..package.len() {
                let mut part = package.by_index(at).unwrap();
                let mut text = String::new();
                part.read_to_string(&mut text).unwrap();
                parts.push((part.name().unwrap().into_owned(), text));
            }
            parts
        };
        let (before, after) = (parts(&bytes), parts(&freed));
        assert_eq!(before.len(), after.len());
        for ((name, before), (_, after)) in before.iter().zip(&after) {
            let held = |text: &str| text.matches(HELD).count();
            if name == "xl/worksheets/sheet1.xml" {
                assert_eq!((held(before), held(after)), (2, 1), "{after}");
            } else {
                assert_eq!(before, after, "{name}");
            }
        }
    }
}
