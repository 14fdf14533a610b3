//! What a sender does not see of a sheet: hidden rows and columns, which the library does not tell.

use super::biff::{of_sheet, sheet_starts, u16_at};
use super::raw::Hidden;
use crate::domain::cell::{MOST_COLUMNS, MOST_ROWS};

/// Most hidden ranges kept of a sheet: a filter hides row by row.
const MOST_HIDDEN: usize = 20_000;

impl Hidden {
    /// Notes hidden rows, the first and the last, counted from 0.
    pub(super) fn hide_rows(&mut self, first: u64, last: u64) {
        let ends = u32::try_from(first).ok().zip(u32::try_from(last).ok());
        if let Some((first, last)) = ends.filter(|(first, _)| *first < MOST_ROWS)
            && self.rows.len() < MOST_HIDDEN
        {
            self.rows.push((first, last.min(MOST_ROWS - 1)));
        }
    }

    /// Notes hidden columns, the first and the last, counted from 0.
    pub(super) fn hide_columns(&mut self, first: u64, last: u64) {
        let ends = u16::try_from(first).ok().zip(u16::try_from(last.min(u64::from(MOST_COLUMNS - 1))).ok());
        if let Some((first, last)) = ends.filter(|(first, _)| *first < MOST_COLUMNS)
            && self.columns.len() < MOST_HIDDEN
        {
            self.columns.push((first, last));
        }
    }
}

const COL_INFO: u16 = 0x007D;
const FILTER_MODE: u16 = 0x009B;
const ROW: u16 = 0x0208;

/// By place of the sheet, of the stream of an Excel 97–2003 workbook (MS-XLS 2.4.53, 2.4.221).
pub(super) fn in_stream(stream: &[u8]) -> Vec<Hidden> {
    let of_sheet = |start: u32| {
        let mut hidden = Hidden::default();
        for (kind, data) in of_sheet(stream, start) {
            match kind {
                FILTER_MODE => hidden.filtered = true,
                ROW => {
                    if let Some(row) = u16_at(data, 0)
                        && u16_at(data, 12).is_some_and(|options| options & 0x20 != 0)
                    {
                        hidden.hide_rows(row.into(), row.into());
                    }
                }
                COL_INFO => {
                    if let (Some(first), Some(last)) = (u16_at(data, 0), u16_at(data, 2))
                        && u16_at(data, 8).is_some_and(|options| options & 1 != 0)
                    {
                        hidden.hide_columns(first.into(), last.into());
                    }
                }
                _ => {}
            }
        }
        hidden
    };
    sheet_starts(stream).take(super::limits::MOST_SHEETS).map(of_sheet).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::biff::{BOF, BOUND_SHEET, EOF};

    #[test]
    fn rows_and_columns_of_a_stream() {
        let put = |stream: &mut Vec<u8>, kind: u16, data: &[u8]| {
            stream.extend(kind.to_le_bytes());
            stream.extend((data.len() as u16).to_le_bytes());
            stream.extend(data);
        };
        let mut stream = Vec::new();
        put(&mut stream, BOF, &[0, 6]);
        let start = stream.len() as u32 + 12;
        put(&mut stream, BOUND_SHEET, &start.to_le_bytes());
        put(&mut stream, EOF, &[]);
        put(&mut stream, BOF, &[0, 6]);
        put(&mut stream, COL_INFO, &[4, 0, 5, 0, 0, 0, 0, 0, 1, 0]);
        put(&mut stream, ROW, &[8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 1]);
        put(&mut stream, ROW, &[9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
        put(&mut stream, EOF, &[]);
        let expected = Hidden { rows: vec![(8, 8)], columns: vec![(4, 5)], filtered: false };
        assert_eq!(in_stream(&stream), [expected]);
    }
}
