//! How much of a file is taken, and how sizes and counts are told.
//!
//! The limits answered 183 hostile files and refused none of 3,000 public workbooks (docs/libraries.md).

/// Largest file, bytes (guard 1).
pub const LARGEST_FILE: u64 = 30 << 20;
/// Most parts in a package (guard 2).
pub const MOST_PARTS: usize = 5_000;
/// Largest part of a package when inflated, bytes (guard 2).
pub const LARGEST_PART: u64 = 128 << 20;
/// Largest package when inflated, bytes (guard 2); the zip reader holds parts to the sizes they declare.
pub const LARGEST_PACKAGE: u64 = 256 << 20;
/// How deep a file may lie in files: a workbook in a zip in a mail that a mail brings lies in three.
pub const MOST_NESTED: usize = 4;
/// Most sheets in a workbook (guard 3).
pub const MOST_SHEETS: usize = 200;
/// Most filled cells kept of a sheet; a form has some hundreds. Cells beyond it are named as not read.
pub const MOST_CELLS: usize = 200_000;
/// Most filled cells kept of a file.
pub const MOST_CELLS_IN_ALL: usize = 1_000_000;
/// Most text kept of a file, bytes: one shared string can be named by every cell.
pub const MOST_TEXT: usize = 64 << 20;
/// Most cells an .ods, or a sheet of an .xls, may unfold to; calamine holds them at about 60 bytes each, several times
/// over.
pub const MOST_UNFOLDED_CELLS: u64 = 2_000_000;
/// Most text an .ods may unfold to, bytes.
pub const MOST_UNFOLDED_TEXT: u64 = 128 << 20;

/// A size as people read it: `31,5 MB`, one decimal, 1 MB = 1.048.576 bytes as Windows counts.
pub(super) fn megabytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1 << 20);
    if tenths.is_multiple_of(10) {
        format!("{} MB", tenths / 10)
    } else {
        format!("{},{} MB", tenths / 10, tenths % 10)
    }
}

/// A count as people read it: `5.001`.
pub(super) fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_in_windows_and_never_understate() {
        assert_eq!(megabytes(30 << 20), "30 MB");
        assert_eq!(megabytes((30 << 20) + 1), "30,1 MB");
        assert_eq!(megabytes(1), "0,1 MB");
        assert_eq!([0, 200, 5_001, 1_048_576].map(count), ["0", "200", "5.001", "1.048.576"]);
    }
}
