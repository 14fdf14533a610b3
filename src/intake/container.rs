//! Guards of Excel 97–2003: that the container's chains end inside the file, and that its cells can be unfolded.
//!
//! Only what the library will follow is followed here (MS-CFB 2.2–2.6, MS-XLS 2.4): it follows a chain of sectors that
//! runs in a circle for ever, takes a stream cut short for a whole one, and reserves what a sheet claims to hold.

use super::biff::{globals, of_sheet, sheet_starts, u16_at, u32_at};
use super::compound::Container;
use super::limits::MOST_UNFOLDED_CELLS;
use super::links::Links;
use super::raw::Hidden;
use super::unreadable::Unreadable;
use super::xls_formats::Formats;
use super::{biff, hidden};

/// Passes an .xls on, with what the library does not tell of it, or says why not.
///
/// # Errors
/// Damaged (F003) or unfolding to too many cells (F002).
pub(super) fn workbook(bytes: &[u8]) -> Result<Told, Unreadable> {
    let damaged = || Unreadable::damaged("tệp .xls bị cắt cụt hoặc các phần bên trong nối sai nhau");
    let streams = Container::open(bytes).and_then(|container| container.followed()).ok_or_else(damaged)?;
    // A file of two versions has two workbooks; the library turns to the second where the first fails it.
    for stream in &streams {
        match shape(stream) {
            Shape::Fine => {}
            Shape::Locked => return Err(Unreadable::encrypted()),
            Shape::LockedAsOfOld => return Err(Unreadable::locked_as_of_old()),
            Shape::False => return Err(Unreadable::damaged("trang tính bên trong khai sai kích thước")),
            Shape::TooLarge => return Err(Unreadable::unfolds_too_far()),
        }
    }
    let told = |stream: &Vec<u8>| Told {
        has_old_formulas: biff::has_old_formulas(stream),
        links: Links::in_stream(stream),
        formats: Formats::in_stream(stream),
        hidden: hidden::in_stream(stream),
    };
    Ok(streams.first().map(told).unwrap_or_default())
}

/// What the stream of a workbook tells and the library does not.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Whether formulas stand in records of older versions, which the library passes over.
    pub has_old_formulas: bool,
    /// What its formulas take from other workbooks.
    pub links: Links,
    /// The number formats of its cells.
    pub formats: Formats,
    /// What is hidden, by place of the sheet.
    pub hidden: Vec<Hidden>,
}

enum Shape {
    Fine,
    /// Encrypted with a password.
    Locked,
    /// Hidden by the password's letters, as Excel 95 did.
    LockedAsOfOld,
    False,
    TooLarge,
}

/// Looks at every sheet from where the workbook says it starts, which may be anywhere, as the library does.
fn shape(stream: &[u8]) -> Shape {
    // FilePass: what follows is encrypted, and would pass for damage.
    if let Some((_, lock)) = globals(stream).find(|(kind, _)| *kind == 0x002F) {
        // FilePass of Excel 95 is a key and a sum alone; later ones begin with the kind of lock (MS-XLS 2.4.117).
        let is_of_old = u16_at(lock, 0) == Some(0) || lock.len() == 4;
        return if is_of_old { Shape::LockedAsOfOld } else { Shape::Locked };
    }
    for start in sheet_starts(stream) {
        if stream.len() < start as usize {
            return Shape::False;
        }
        match shape_of_sheet(of_sheet(stream, start)) {
            Shape::Fine => {}
            other => return other,
        }
    }
    Shape::Fine
}

/// Walks the records of a sheet: what it claims, and the rectangle its cells span.
fn shape_of_sheet<'s>(records: impl Iterator<Item = (u16, &'s [u8])>) -> Shape {
    let mut formula = (0, 0);
    let mut span: Option<(u32, u32, u32, u32)> = None;
    for (kind, data) in records {
        match kind {
            0x0200 if !is_true(data) => return Shape::False,
            // Number, Label, RString, BoolErr, Rk, LabelSst, Formula, MulRk: row, then first column. String: the words
            // of the last formula.
            0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x00FD | 0x0006 | 0x00BD | 0x0207 => {
                let (row, column) = match (kind, u16_at(data, 0), u16_at(data, 2)) {
                    (0x0207, ..) => formula,
                    (_, Some(row), Some(column)) => (u32::from(row), u32::from(column)),
                    _ => continue,
                };
                if kind == 0x0006 {
                    formula = (row, column);
                }
                let last = if kind == 0x00BD { u16_at(data, data.len().saturating_sub(2)) } else { None };
                let last = last.map_or(column, u32::from).max(column);
                let (top, bottom, left, right) = span.unwrap_or((row, row, column, last));
                let now = (top.min(row), bottom.max(row), left.min(column), right.max(last));
                if u64::from(now.1 - now.0 + 1) * u64::from(now.3 - now.2 + 1) > MOST_UNFOLDED_CELLS {
                    return Shape::TooLarge;
                }
                span = Some(now);
            }
            _ => {}
        }
    }
    Shape::Fine
}

/// Whether a sheet's Dimensions record stays inside a sheet of this format: 65.536 rows, 256 columns.
fn is_true(data: &[u8]) -> bool {
    let wide = |at| u16_at(data, at).map(u32::from);
    let (rows, columns) = match data.len() {
        10 => ((wide(0), wide(2)), (wide(4), wide(6))),
        14 | 16 => ((u32_at(data, 0), u32_at(data, 4)), (wide(8), wide(10))),
        // Another length is refused by the library itself.
        _ => return true,
    };
    let ((Some(top), Some(bottom)), (Some(_), Some(right))) = (rows, columns) else { return true };
    // Both ends stand behind the last row and column; two zeros are an empty sheet.
    bottom == 0 || right == 0 || (top < bottom && bottom <= 65_536 && right <= 256)
}

#[cfg(test)]
mod tests {
    use super::super::compound::END_OF_CHAIN;
    use super::*;
    use crate::finding::Code;

    /// A container of one table sector (0), one directory sector (1) and a stream from sector 2 on; `next` as given.
    fn container(stream: &[u8], next: &[u32]) -> Vec<u8> {
        container_of(&[("Root Entry", 0, 0), ("Workbook", 2, stream.len())], stream, next)
    }

    /// As [`container`] with entries of a name, a first sector and a size.
    fn container_of(entries: &[(&str, u8, usize)], stream: &[u8], next: &[u32]) -> Vec<u8> {
        let mut bytes = vec![0; 512];
        bytes[30] = 9;
        bytes[48] = 1;
        bytes[68..72].copy_from_slice(&END_OF_CHAIN.to_le_bytes());
        bytes[76..512].fill(0xFF);
        bytes[76..80].copy_from_slice(&0_u32.to_le_bytes());
        let mut table: Vec<u8> = next.iter().flat_map(|id| id.to_le_bytes()).collect();
        table.resize(512, 0xFF);
        bytes.extend(table);
        for (name, start, size) in entries.iter().chain(&[("", 0, 0); 4]).take(4) {
            let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            entry.resize(128, 0);
            entry[116] = *start;
            entry[120..124].copy_from_slice(&(*size as u32).to_le_bytes());
            bytes.extend(entry);
        }
        bytes.extend(stream);
        bytes
    }

    fn stream(records: &[(u16, &[u8])]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (kind, data) in records {
            bytes.extend(kind.to_le_bytes());
            bytes.extend((data.len() as u16).to_le_bytes());
            bytes.extend(*data);
        }
        bytes
    }

    /// A workbook with a sheet that starts right behind its globals.
    fn workbook_of(sheet: &[(u16, &[u8])]) -> Vec<u8> {
        let before = |start: u32| stream(&[(0x0809, &[]), (0x0085, &start.to_le_bytes()), (0x000A, &[])]);
        let mut bytes = before(before(0).len() as u32);
        bytes.extend(stream(sheet));
        bytes.resize(4096, 0);
        bytes
    }

    /// Sectors 2 to 9 in a row.
    const IN_A_ROW: &[u32] = &[0xFFFF_FFFD, END_OF_CHAIN, 3, 4, 5, 6, 7, 8, 9, END_OF_CHAIN];

    fn code(bytes: &[u8]) -> Option<Code> {
        workbook(bytes).err().map(|unreadable| unreadable.code)
    }

    #[test]
    fn circles_and_cuts_are_seen() {
        let empty = workbook_of(&[]);
        let whole = container(&empty, IN_A_ROW);
        assert_eq!(code(&whole), None);
        assert_eq!(code(&whole[..whole.len() - 513]), Some(Code::F003));
        let circle = [0xFFFF_FFFD, END_OF_CHAIN, 3, 4, 5, 6, 7, 8, 2, END_OF_CHAIN];
        // A circle long enough for the size is harmless: the library stops at the size.
        assert_eq!(code(&container(&empty, &circle)), None);
        let directory_circle = [0xFFFF_FFFD, 1, 3, 4, 5, 6, 7, 8, 9, END_OF_CHAIN];
        assert_eq!(code(&container(&empty, &directory_circle)), Some(Code::F003));
        let outside = [0xFFFF_FFFD, END_OF_CHAIN, 3, 4, 5, 6, 7, 8, 90, END_OF_CHAIN];
        assert_eq!(code(&container(&empty, &outside)), Some(Code::F003));
    }

    /// As one program writes it that counts a table of small sectors and has none.
    #[test]
    fn a_table_that_is_counted_and_not_there_is_none() {
        let mut bytes = container(&workbook_of(&[]), IN_A_ROW);
        bytes[64] = 1;
        bytes[60..64].copy_from_slice(&END_OF_CHAIN.to_le_bytes());
        assert_eq!(code(&bytes), None);
        bytes[60..64].copy_from_slice(&90_u32.to_le_bytes());
        assert_eq!(code(&bytes), Some(Code::F003));
    }

    #[test]
    fn false_dimensions_and_far_cells_are_seen() {
        let dimensions = |top: u32, bottom: u32, right: u16| {
            [&top.to_le_bytes()[..], &bottom.to_le_bytes(), &[0, 0], &right.to_le_bytes(), &[0, 0]].concat()
        };
        let with = |data: &[u8]| code(&container(&workbook_of(&[(0x0809, &[]), (0x0200, data)]), IN_A_ROW));
        assert_eq!(with(&dimensions(0, 65_536, 256)), None);
        assert_eq!(with(&dimensions(0, 0, 0)), None);
        assert_eq!(with(&dimensions(9, 3, 4)), Some(Code::F003));
        assert_eq!(with(&dimensions(0, u32::MAX, 4)), Some(Code::F003));

        let number =
            |row: u16, column: u16| [&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat();
        let (first, far) = (number(0, 0), number(65_535, 255));
        let apart = |between: &[(u16, &[u8])]| {
            let records = [&[(0x0809, &[][..]), (0x0203, &first)], between, &[(0x0203, &far)]].concat();
            code(&container(&workbook_of(&records), IN_A_ROW))
        };
        assert_eq!(apart(&[]), Some(Code::F002));
        // A chart between them is inside the same sheet; behind the end of the sheet nothing is its own.
        assert_eq!(apart(&[(0x0809, &[]), (0x000A, &[])]), Some(Code::F002));
        assert_eq!(apart(&[(0x000A, &[]), (0x0809, &[])]), None);
    }

    /// Found by fuzzing: the record before the sheet claims the bytes of the sheet, which starts there all the same.
    #[test]
    fn a_sheet_hidden_in_a_record_is_seen() {
        let cell = |row: u16, column: u16| {
            let data = [&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat();
            stream(&[(0x0203, &data)])
        };
        let sheet = [stream(&[(0x0809, &[])]), cell(0, 0), cell(65_535, 60_000)].concat();
        let before = |start: u32| stream(&[(0x0809, &[]), (0x0085, &start.to_le_bytes()), (0x000A, &[])]);
        let globals = before(before(0).len() as u32 + 4);
        let mut bytes = [globals, stream(&[(0x0001, &sheet)])].concat();
        bytes.resize(4096, 0);
        assert_eq!(code(&container(&bytes, IN_A_ROW)), Some(Code::F002));
        // And one that starts outside.
        let mut outside = before(1 << 20);
        outside.resize(4096, 0);
        assert_eq!(code(&container(&outside, IN_A_ROW)), Some(Code::F003));
    }

    /// Found by fuzzing: the library takes the first entry of a name, up to its first zero, wherever it stands.
    #[test]
    fn the_workbook_is_the_one_the_library_takes() {
        let lie = [&0_u32.to_le_bytes()[..], &u32::MAX.to_le_bytes(), &[0, 0, 4, 0, 0, 0]].concat();
        let (good, bad) = (workbook_of(&[]), workbook_of(&[(0x0809, &[]), (0x0200, &lie)]));
        let both = [bad, good].concat();
        let next: Vec<u32> =
            [0xFFFF_FFFD, END_OF_CHAIN].into_iter().chain(3..10).chain([END_OF_CHAIN]).collect();
        let next: Vec<u32> = next.into_iter().chain(11..18).chain([END_OF_CHAIN]).collect();
        let with = |entries: &[(&str, u8, usize)]| code(&container_of(entries, &both, &next));
        let (root, bad, good) = (("Root Entry", 0, 0), 2, 10);
        assert_eq!(with(&[root, ("Workbook", good, 4096)]), None);
        assert_eq!(with(&[root, ("Workbook", bad, 4096)]), Some(Code::F003));
        assert_eq!(
            with(&[root, ("workbook", bad, 4096), ("Workbook\0Information", good, 4096)]),
            Some(Code::F003)
        );
        assert_eq!(with(&[root, ("Workbook", good, 4096), ("Book", bad, 4096)]), Some(Code::F003));
        assert_eq!(with(&[root, ("Workbook", good, 4096), ("Workbook", bad, 4096)]), None, "never taken");
        assert_eq!(
            with(&[("Workbook", bad, 4096), ("Workbook", good, 4096)]),
            Some(Code::F003),
            "the root itself"
        );
        assert_eq!(
            with(&[root, ("\u{FEFF}Workbook", good, 4096)]),
            Some(Code::F003),
            "a mark before the name"
        );
    }
}
