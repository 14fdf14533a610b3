//! Cell addresses as spreadsheets write them.

use chrono::NaiveDate;
use ecow::EcoString;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is to be written into a cell: never a formula, whatever the words begin with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// A number.
    Number(Decimal),
    /// Words.
    Text(EcoString),
    /// A date.
    Date(NaiveDate),
}

/// A cell address, row and column counted from 0; shown as `D7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellAddress {
    /// Row from 0.
    pub row: u32,
    /// Column from 0.
    pub column: u16,
}

/// Rows a sheet may have (Excel's limit).
pub const MOST_ROWS: u32 = 1_048_576;
/// Columns a sheet may have (Excel's limit).
pub const MOST_COLUMNS: u16 = 16_384;

impl CellAddress {
    /// Row and column from 0.
    pub fn new(row: u32, column: u16) -> Self {
        CellAddress { row, column }
    }

    /// Reads `D7` or `$D$7`; `None` for anything else or beyond Excel's limits.
    ///
    /// ```
    /// use sheet::CellAddress;
    /// assert_eq!(CellAddress::parse("$AB$12"), Some(CellAddress::new(11, 27)));
    /// assert_eq!(CellAddress::parse("XFE1"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('$').unwrap_or(text);
        let letters = text.find(|c: char| !c.is_ascii_alphabetic())?;
        if letters == 0 || letters > 3 {
            return None;
        }
        let column = text[..letters]
            .bytes()
            .fold(0_u32, |sum, b| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
        let digits = text[letters..].strip_prefix('$').unwrap_or(&text[letters..]);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let row: u32 = digits.parse().ok()?;
        let inside = (1..=MOST_ROWS).contains(&row) && column <= u32::from(MOST_COLUMNS);
        inside.then(|| CellAddress { row: row - 1, column: (column - 1) as u16 })
    }

    /// Letters of a column counted from 0: 0 → `A`, 27 → `AB`.
    pub fn column_letters(column: u16) -> String {
        let mut letters = String::new();
        push_letters(&mut letters, column);
        letters
    }

    /// Writes it behind a text, with dollar signs or without: `$D$7`, `D7`. Formulas hold thousands of addresses.
    pub(crate) fn push_onto(self, text: &mut String, is_absolute: bool) {
        let dollar = if is_absolute { "$" } else { "" };
        text.push_str(dollar);
        push_letters(text, self.column);
        text.push_str(dollar);
        text.push_str(&(self.row + 1).to_string());
    }
}

/// A column has at most four letters, whatever the type holds.
fn push_letters(text: &mut String, column: u16) {
    let mut left = u32::from(column) + 1;
    let mut letters = [0; 4];
    let mut start = letters.len();
    while left > 0 {
        start -= 1;
        letters[start] = b'A' + ((left - 1) % 26) as u8;
        left = (left - 1) / 26;
    }
    text.extend(letters[start..].iter().map(|letter| char::from(*letter)));
}

impl fmt::Display for CellAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push_onto(&mut text, false);
        f.write_str(&text)
    }
}

/// Cells joined into ranges for reading: `E7:E9, G7`.
///
/// ```
/// use sheet::{CellAddress, cell};
/// let cells = ["E7", "E8", "E9", "G7"].map(|text| CellAddress::parse(text).unwrap());
/// assert_eq!(cell::joined(&cells), "E7:E9, G7");
/// ```
pub fn joined(cells: &[CellAddress]) -> String {
    let mut cells = cells.to_vec();
    cells.sort_by_key(|cell| (cell.row, cell.column));
    cells.dedup();
    // Runs within a row first, then rows with the same run become one block.
    let mut blocks: Vec<(CellAddress, CellAddress)> = Vec::new();
    for cell in cells {
        match blocks.last_mut() {
            Some((_, end)) if end.row == cell.row && end.column + 1 == cell.column => *end = cell,
            _ => blocks.push((cell, cell)),
        }
    }
    blocks.sort_by_key(|(start, end)| (start.column, end.column, start.row));
    let mut joined: Vec<(CellAddress, CellAddress)> = Vec::new();
    for (start, end) in blocks {
        match joined.last_mut() {
            Some((s, e)) if s.column == start.column && e.column == end.column && e.row + 1 == start.row => {
                *e = end
            }
            _ => joined.push((start, end)),
        }
    }
    joined.sort();
    let text = |(start, end): &(CellAddress, CellAddress)| {
        if start == end { start.to_string() } else { format!("{start}:{end}") }
    };
    joined.iter().map(text).collect::<Vec<_>>().join(", ")
}
