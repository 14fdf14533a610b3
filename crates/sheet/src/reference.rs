//! References to cells, and the one place where sheet names are quoted.

use crate::CellAddress;
use ecow::EcoString;
use std::fmt;

/// A cell or a range of cells, on the sheet the formula stands on or on another.
///
/// ```
/// use sheet::{CellAddress, Reference};
/// let (first, last) = (CellAddress::new(4, 1), CellAddress::new(6, 1));
/// assert_eq!(Reference::to_range(first, last).to_string(), "B5:B7");
/// let elsewhere = Reference::to_cell(first).on_sheet("Bà Rịa 'cũ'").absolute();
/// assert_eq!(elsewhere.to_string(), "'Bà Rịa ''cũ'''!$B$5");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    sheet: Option<EcoString>,
    first: CellAddress,
    /// `None` where one cell is meant; a range of one cell is written as a range.
    last: Option<CellAddress>,
    is_absolute: bool,
}

impl Reference {
    /// To one cell.
    pub fn to_cell(cell: CellAddress) -> Self {
        Reference { sheet: None, first: cell, last: None, is_absolute: false }
    }

    /// To the cells from the upper left one to the lower right one.
    pub fn to_range(first: CellAddress, last: CellAddress) -> Self {
        Reference { sheet: None, first, last: Some(last), is_absolute: false }
    }

    /// The same cells of a sheet, by the name on its tab.
    #[must_use]
    pub fn on_sheet(self, name: impl Into<EcoString>) -> Self {
        Reference { sheet: Some(name.into()), ..self }
    }

    /// Written with dollar signs: it stays what it is where the formula is copied.
    #[must_use]
    pub fn absolute(self) -> Self {
        Reference { is_absolute: true, ..self }
    }

    /// Takes in the next cell if that continues the run of cells in one column or one row; else changes nothing and says
    /// `false`.
    pub fn extend(&mut self, next: &Reference) -> bool {
        let (first, last, cell) = (self.first, self.last.unwrap_or(self.first), next.first);
        let below = cell.column == first.column && cell.column == last.column && cell.row == last.row + 1;
        let beside = cell.row == first.row && cell.row == last.row && cell.column == last.column + 1;
        let continues = next.last.is_none()
            && self.sheet == next.sheet
            && self.is_absolute == next.is_absolute
            && (below || beside);
        if continues {
            self.last = Some(cell);
        }
        continues
    }
}

impl Reference {
    /// Writes it behind a text.
    pub(crate) fn push_onto(&self, text: &mut String) {
        if let Some(sheet) = &self.sheet {
            push_quoted(text, sheet, '\'');
            text.push('!');
        }
        self.first.push_onto(text, self.is_absolute);
        if let Some(last) = self.last {
            text.push(':');
            last.push_onto(text, self.is_absolute);
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push_onto(&mut text);
        f.write_str(&text)
    }
}

/// A sheet name as formulas, links and defined names write it: always in quotes, so that no name needs to be known for
/// one that could do without.
pub fn quoted_sheet(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 2);
    push_quoted(&mut text, name, '\'');
    text
}

/// Writes words in quotes behind a text, quotes among them doubled.
pub(crate) fn push_quoted(text: &mut String, words: &str, quote: char) {
    text.push(quote);
    for (at, part) in words.split(quote).enumerate() {
        if at > 0 {
            text.extend([quote, quote]);
        }
        text.push_str(part);
    }
    text.push(quote);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(address: &str) -> Reference {
        Reference::to_cell(CellAddress::parse(address).unwrap())
    }

    #[test]
    fn a_run_of_cells_is_taken_in_and_a_gap_is_not() {
        let mut run = cell("B7").on_sheet("A");
        assert!(!run.extend(&cell("B8")));
        assert!(!run.extend(&cell("B9").on_sheet("A")));
        assert!(run.extend(&cell("B8").on_sheet("A")));
        assert!(!run.extend(&cell("C8").on_sheet("A")), "a block is no run");
        assert!(run.extend(&cell("B9").on_sheet("A")));
        assert_eq!(run.to_string(), "'A'!B7:B9");
        let mut row = cell("B7");
        assert!(row.extend(&cell("C7")) && row.extend(&cell("D7")) && !row.extend(&cell("D8")));
        assert_eq!(row.to_string(), "B7:D7");
    }

    #[test]
    fn a_range_of_one_cell_stays_a_range() {
        let only = CellAddress::new(0, 0);
        assert_eq!(Reference::to_range(only, only).absolute().to_string(), "$A$1:$A$1");
    }
}
