//! Which formulas of an .xls take their value from another workbook (MS-XLS 2.4.106, 2.4.127, 2.4.271, 2.5.198): the
//! library writes such a reference as if it stayed in its own.

use super::biff::{BOF, globals, of_sheet, sheet_starts, u16_at};
use super::limits::MOST_CELLS_IN_ALL;
use std::collections::BTreeMap;

/// Formulas that take their value from other workbooks.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Links {
    /// File names of the other workbooks; none for the workbook itself.
    books: Vec<Option<String>>,
    /// Which of them a formula reaches for, by place of the sheet, row and column, all from 0.
    cells: BTreeMap<(usize, u32, u32), usize>,
}

impl Links {
    /// Those of the stream of a workbook; none in formats before Excel 97.
    pub fn in_stream(stream: &[u8]) -> Links {
        let is_97 =
            globals(stream).next().is_some_and(|(kind, data)| kind == BOF && u16_at(data, 0) == Some(0x0600));
        let books: Vec<Option<String>> =
            globals(stream).filter(|(kind, _)| *kind == SUP_BOOK).map(|(_, data)| other_book(data)).collect();
        if !is_97 || books.iter().all(Option::is_none) {
            return Links::default();
        }
        // Pairs of sheets that formulas refer to, each in one of the books.
        let targets: Vec<Option<usize>> = globals(stream)
            .filter(|(kind, _)| *kind == EXTERN_SHEET)
            .flat_map(|(_, data)| data.get(2..).unwrap_or_default().as_chunks::<6>().0)
            .map(|target| {
                let book = usize::from(u16_at(target, 0)?);
                books.get(book)?.as_ref().map(|_| book)
            })
            .collect();
        let mut cells = BTreeMap::new();
        for (place, start) in sheet_starts(stream).enumerate() {
            for (kind, data) in of_sheet(stream, start) {
                match kind {
                    // Sheets may claim the same records; a file is not read beyond so many cells.
                    FORMULA if cells.len() < MOST_CELLS_IN_ALL => {
                        let book = referred(data).and_then(|target| *targets.get(usize::from(target))?);
                        if let (Some(book), Some(row), Some(column)) =
                            (book, u16_at(data, 0), u16_at(data, 2))
                        {
                            cells.insert((place, u32::from(row), u32::from(column)), book);
                        }
                    }
                    _ => {}
                }
            }
        }
        Links { books, cells }
    }

    /// The file name of the other workbook that the formula of a cell takes its value from.
    pub fn book(&self, sheet: usize, (row, column): (u32, u32)) -> Option<&str> {
        self.books.get(*self.cells.get(&(sheet, row, column))?)?.as_deref()
    }
}

const FORMULA: u16 = 0x0006;
const EXTERN_SHEET: u16 = 0x0017;
const SUP_BOOK: u16 = 0x01AE;

/// The file name of another workbook; `None` for the workbook itself, add-ins and links to other programs.
fn other_book(data: &[u8]) -> Option<String> {
    let (sheets, length) = (u16_at(data, 0)?, u16_at(data, 2)?);
    if sheets == 0 || !(1..=0xFF).contains(&length) {
        return None;
    }
    let length = usize::from(length);
    let text = data.get(5..)?;
    let path: String = if data.get(4)? & 1 == 0 {
        text.get(..length)?.iter().map(|byte| char::from(*byte)).collect()
    } else {
        let units: Vec<u16> =
            text.get(..2 * length)?.as_chunks::<2>().0.iter().map(|c| u16::from_le_bytes(*c)).collect();
        String::from_utf16_lossy(&units)
    };
    // Parts of the path are parted by control characters; LibreOffice writes a URL.
    let name =
        path.rsplit(|c: char| c.is_control() || matches!(c, '/' | '\\')).find(|part| !part.is_empty())?;
    Some(name.replace(['[', ']'], ""))
}

/// The first pair of sheets that a formula's tokens refer to; `None` without one, or behind a token not known here.
fn referred(data: &[u8]) -> Option<u16> {
    let length = usize::from(u16_at(data, 20)?);
    let mut rest = data.get(22..)?;
    rest = &rest[..length.min(rest.len())];
    while let Some((token, after)) = rest.split_first() {
        // Three classes of one token differ in two bits.
        let kind = if *token >= 0x20 { token & 0x1F | 0x20 } else { *token };
        let size = match kind {
            0x39..=0x3D => return u16_at(after, 0),
            0x03..=0x16 => 0,
            0x17 => {
                let (count, wide) = (usize::from(*after.first()?), after.get(1)? & 1);
                2 + count * (1 + usize::from(wide))
            }
            // A list of jumps of CHOOSE stands behind one of the attributes.
            0x19 if after.first()? & 0x04 != 0 => 3 + 2 * (usize::from(u16_at(after, 1)?) + 1),
            0x19 => 3,
            0x1C | 0x1D => 1,
            0x1E | 0x21 | 0x29 => 2,
            0x1F | 0x25 | 0x2B | 0x2D => 8,
            0x20 => 7,
            0x22 => 3,
            0x01 | 0x02 | 0x23 | 0x24 | 0x2A | 0x2C => 4,
            0x26..=0x28 => 6,
            _ => return None,
        };
        rest = after.get(size..)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::biff::{BOUND_SHEET, EOF};

    /// A formula in B3 of these tokens.
    fn formula(tokens: &[u8]) -> Vec<u8> {
        let mut data = vec![2, 0, 1, 0];
        data.resize(20, 0);
        data.extend((tokens.len() as u16).to_le_bytes());
        data.extend(tokens);
        data
    }

    fn stream(version: u16, tokens: &[u8]) -> Vec<u8> {
        let put = |stream: &mut Vec<u8>, kind: u16, data: &[u8]| {
            stream.extend(kind.to_le_bytes());
            stream.extend((data.len() as u16).to_le_bytes());
            stream.extend(data);
        };
        let mut globals = Vec::new();
        put(&mut globals, BOF, &version.to_le_bytes());
        // Itself; then a workbook of one sheet.
        put(&mut globals, SUP_BOOK, &[1, 0, 0x01, 0x04]);
        put(&mut globals, SUP_BOOK, b"\x01\0\x0a\0\0\x01\x01C\x03xa.xls");
        put(&mut globals, EXTERN_SHEET, &[2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
        let start = globals.len() as u32 + 12;
        put(&mut globals, BOUND_SHEET, &start.to_le_bytes());
        put(&mut globals, EOF, &[]);
        put(&mut globals, BOF, &version.to_le_bytes());
        put(&mut globals, FORMULA, &formula(tokens));
        put(&mut globals, EOF, &[]);
        globals
    }

    #[test]
    fn a_reference_into_another_workbook_is_told_from_one_within() {
        let linked = |stream: &[u8]| Links::in_stream(stream).book(0, (2, 1)).map(str::to_owned);
        let of_book = Some("xa.xls".to_owned());
        let within: &[u8] = &[0x5A, 0, 0, 7, 0, 4, 0];
        let outside: &[u8] = &[0x5A, 1, 0, 7, 0, 4, 0];
        assert_eq!(linked(&stream(0x0600, outside)), of_book);
        assert_eq!(linked(&stream(0x0600, within)), None);
        // Behind a text of two wide letters, a number and a list of jumps.
        let before: &[u8] =
            &[0x17, 2, 1, 0, 0, 0, 0, 0x1F, 0, 0, 0, 0, 0, 0, 0, 0, 0x19, 4, 1, 0, 9, 9, 9, 9];
        assert_eq!(linked(&stream(0x0600, &[before, outside].concat())), of_book);
        // A token not known, and what comes before Excel 97, tell nothing.
        assert_eq!(linked(&stream(0x0600, &[&[0x18], outside].concat())), None);
        assert_eq!(linked(&stream(0x0500, outside)), None);
    }
}
