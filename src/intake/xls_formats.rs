//! The number formats of cells: of an .xls read from its records (MS-XLS 2.4.126, 2.4.353), which the library does not
//! give and knows only in part.

use super::biff::{globals, of_sheet, sheet_starts, u16_at};
use super::limits::MOST_CELLS_IN_ALL;
use super::number_format::{NumberFormat, built_in};
use std::collections::BTreeMap;

/// The number formats of a workbook's cells.
#[derive(Debug, Default)]
pub(super) struct Formats {
    /// None for formats that show every number as it is.
    formats: Vec<Option<NumberFormat>>,
    /// Places in that list by place of the sheet, row and column, all from 0.
    cells: BTreeMap<(usize, u32, u32), usize>,
}

impl Formats {
    /// The format of a cell that is known to have one, be it one that shows every number as it is.
    pub fn of_cell(&self, sheet: usize, (row, column): (u32, u32)) -> Option<&Option<NumberFormat>> {
        self.formats.get(*self.cells.get(&(sheet, row, column))?)
    }

    /// Formats by what their list is, and cells by place in it.
    pub fn of(formats: Vec<Option<NumberFormat>>, cells: BTreeMap<(usize, u32, u32), usize>) -> Self {
        Formats { formats, cells }
    }

    /// Those of the stream of a workbook.
    pub fn in_stream(stream: &[u8]) -> Self {
        let is_97 = globals(stream).next().is_none_or(|(_, data)| u16_at(data, 0) != Some(0x0500));
        let own: BTreeMap<u16, String> = globals(stream)
            .filter(|(kind, _)| *kind == FORMAT)
            .filter_map(|(_, data)| Some((u16_at(data, 0)?, code(data.get(2..)?, is_97)?)))
            .collect();
        let formats = globals(stream)
            .filter(|(kind, _)| *kind == XF)
            .map(|(_, data)| {
                let id = u16_at(data, 2)?;
                NumberFormat::parse(own.get(&id).map(String::as_str).or_else(|| built_in(id))?)
            })
            .collect();
        let mut cells = BTreeMap::new();
        for (sheet, start) in sheet_starts(stream).enumerate() {
            note(of_sheet(stream, start), sheet, &mut cells);
        }
        Formats { formats, cells }
    }
}

const FORMULA: u16 = 0x0006;
const MUL_RK: u16 = 0x00BD;
const XF: u16 = 0x00E0;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027E;
const FORMAT: u16 = 0x041E;

/// Notes the format of every number on a sheet.
fn note<'s>(
    records: impl Iterator<Item = (u16, &'s [u8])>,
    sheet: usize,
    cells: &mut BTreeMap<(usize, u32, u32), usize>,
) {
    for (kind, data) in records {
        match kind {
            NUMBER | RK | FORMULA | MUL_RK if cells.len() < MOST_CELLS_IN_ALL => {
                let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else { continue };
                // A row of numbers is one record: a format and a number of four bytes each, the last column behind them.
                let several = if kind == MUL_RK { data.len().saturating_sub(6) / 6 } else { 1 };
                for at in 0..several {
                    let Some(format) = u16_at(data, 4 + 6 * at) else { break };
                    let place = (sheet, u32::from(row), u32::from(column) + at as u32);
                    cells.insert(place, usize::from(format));
                }
            }
            _ => {}
        }
    }
}

/// The text of a format: two bytes of length and one of flags in Excel 97, one byte of length before.
fn code(data: &[u8], is_97: bool) -> Option<String> {
    let bytes = |text: &[u8]| text.iter().map(|byte| char::from(*byte)).collect::<String>();
    if !is_97 {
        return data.get(1..1 + usize::from(*data.first()?)).map(bytes);
    }
    let length = usize::from(u16_at(data, 0)?);
    if data.get(2)? & 1 == 0 {
        return data.get(3..3 + length).map(bytes);
    }
    let units = data.get(3..3 + 2 * length)?.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit));
    Some(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::biff::{BOF, BOUND_SHEET, EOF};

    fn put(stream: &mut Vec<u8>, kind: u16, data: &[u8]) {
        stream.extend(kind.to_le_bytes());
        stream.extend((data.len() as u16).to_le_bytes());
        stream.extend(data);
    }

    #[test]
    fn numbers_know_their_formats_and_rows_of_numbers_too() {
        let mut stream = Vec::new();
        put(&mut stream, BOF, &[0, 6]);
        // A format of one's own under a number that is a day in East Asia; two letters of 16 bits: “0%”.
        put(&mut stream, FORMAT, &[50, 0, 5, 0, 0, b'#', b',', b'#', b'#', b'0']);
        put(&mut stream, FORMAT, &[164, 0, 2, 0, 1, b'0', 0, b'%', 0]);
        for id in [0_u16, 50, 164, 14] {
            put(&mut stream, XF, &[&[0, 0][..], &id.to_le_bytes()].concat());
        }
        let start = stream.len() as u32 + 12;
        put(&mut stream, BOUND_SHEET, &start.to_le_bytes());
        put(&mut stream, EOF, &[]);
        put(&mut stream, BOF, &[0, 6]);
        put(&mut stream, NUMBER, &[7, 0, 5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        put(&mut stream, MUL_RK, &[8, 0, 1, 0, 2, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 2, 0]);
        put(&mut stream, EOF, &[]);

        let formats = Formats::in_stream(&stream);
        let is_date = |row, column| {
            formats.of_cell(0, (row, column)).map(|f| f.as_ref().is_some_and(NumberFormat::is_date))
        };
        assert_eq!(is_date(7, 5), Some(false), "gnumeric's own format");
        assert_eq!(is_date(8, 2), Some(true));
        let percent = formats.of_cell(0, (8, 1)).and_then(Option::as_ref).unwrap();
        assert_eq!(percent.shown(1.0).unwrap().text, "100%");
        assert_eq!(is_date(8, 3), None);
    }
}
