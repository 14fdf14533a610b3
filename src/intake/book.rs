//! One face for the three formats: what is asked of an open workbook.

use super::limits::{MOST_CELLS, MOST_CELLS_IN_ALL, MOST_TEXT, count, megabytes};
use super::number_format::NumberFormat;
use super::raw::{Hidden, RawCell, RawValue};
use crate::domain::CellAddress;
use crate::domain::cell::{MOST_COLUMNS, MOST_ROWS};
use calamine::{Dimensions, Sheet, WorkbookProperties};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// An open workbook.
pub(super) trait Book {
    /// All sheets, in order.
    fn sheets(&self) -> &[Sheet];
    /// Defined names with what they refer to, as the format writes it.
    fn names(&self) -> &[(String, String)];
    /// Document properties; nothing when they are damaged.
    fn properties(&mut self) -> WorkbookProperties;
    /// The filled cells of a sheet.
    fn read(&mut self, sheet: &str, budget: &mut Budget) -> Contents;
    /// Whether days are counted from 1904.
    fn epoch_1904(&self) -> bool;
    /// Merged ranges of a sheet, first and last cell; none where the format or damage hides them.
    fn merged(&mut self, sheet: &str) -> Vec<(CellAddress, CellAddress)>;
    /// What is hidden of a sheet; nothing where the format or damage does not tell.
    fn hidden(&mut self, sheet: &str) -> Hidden;
}

/// Ranges as calamine gives them; what lies beyond a sheet is none.
pub(super) fn ranges(dimensions: Vec<Dimensions>) -> Vec<(CellAddress, CellAddress)> {
    let range = |d: Dimensions| Some((address(d.start.0, d.start.1)?, address(d.end.0, d.end.1)?));
    dimensions.into_iter().take(MOST_MERGED).filter_map(range).collect()
}

/// Most merged ranges kept of a sheet; a form has some dozens.
pub(super) const MOST_MERGED: usize = 20_000;

/// What was read of a sheet.
#[derive(Default)]
pub(super) struct Contents {
    /// The cells that hold something.
    pub cells: BTreeMap<CellAddress, RawCell>,
    /// Why it is not all of them, in Vietnamese.
    pub trouble: Option<String>,
}

impl Contents {
    /// A sheet of which nothing can be had.
    pub fn none(why: impl Into<String>) -> Self {
        Contents { cells: BTreeMap::new(), trouble: Some(why.into()) }
    }

    /// Keeps a cell if it holds something, with what its number format shows of a number. False when no more cells should
    /// come: the budget is spent.
    pub fn keep(
        &mut self,
        (row, column): (u32, u32),
        value: Option<RawValue>,
        formula: Option<String>,
        format: Option<&NumberFormat>,
        budget: &mut Budget,
    ) -> bool {
        let Some(address) = address(row, column) else {
            self.trouble = Some(
                "có ô nằm ngoài giới hạn của Excel (dòng 1.048.576, cột XFD); các ô đó không được đọc"
                    .to_owned(),
            );
            return true;
        };
        let Some(value) = value else { return true };
        let (value, formula) = typed_logical(value, formula);
        let shown = match (&value, format) {
            (RawValue::Number(number), Some(format)) => format.shown(*number).map(Box::new),
            _ => None,
        };
        let cell = RawCell { value, formula, shown };
        if self.cells.len() >= MOST_CELLS || !budget.take(&cell) {
            self.trouble = Some(format!(
                "trang tính chứa quá nhiều ô có nội dung (mức đọc: {} ô một trang, {} ô và {} chữ một tệp); từ ô {address} trở đi không được đọc",
                count(MOST_CELLS),
                count(MOST_CELLS_IN_ALL),
                megabytes(MOST_TEXT as u64),
            ));
            return false;
        }
        match self.cells.entry(address) {
            Entry::Vacant(place) => {
                place.insert(cell);
            }
            Entry::Occupied(mut place) => {
                if place.get().value != cell.value {
                    self.trouble = Some(format!(
                        "ghi ô {address} nhiều lần với nội dung khác nhau; chương trình lấy lần ghi cuối"
                    ));
                }
                place.insert(cell);
            }
        }
        true
    }
}

/// LibreOffice turns a typed TRUE into the formula `TRUE()`, in .ods even with the number 1; nobody entered one.
fn typed_logical(value: RawValue, formula: Option<String>) -> (RawValue, Option<String>) {
    let name = formula.as_deref().map(|text| text.strip_suffix("()").unwrap_or(text));
    match (name, &value) {
        (Some("TRUE"), RawValue::Bool(true) | RawValue::Number(1.0)) => (RawValue::Bool(true), None),
        (Some("FALSE"), RawValue::Bool(false) | RawValue::Number(0.0)) => (RawValue::Bool(false), None),
        _ => (value, formula),
    }
}

fn address(row: u32, column: u32) -> Option<CellAddress> {
    let column = u16::try_from(column).ok()?;
    (row < MOST_ROWS && column < MOST_COLUMNS).then(|| CellAddress::new(row, column))
}

/// What may still be kept of a file.
pub(super) struct Budget {
    cells: usize,
    text: usize,
}

impl Budget {
    /// The whole budget of a file.
    pub fn of_a_file() -> Self {
        Budget { cells: MOST_CELLS_IN_ALL, text: MOST_TEXT }
    }

    fn take(&mut self, cell: &RawCell) -> bool {
        let length = match &cell.value {
            RawValue::Text(text) | RawValue::Error(text) => text.len(),
            _ => 0,
        } + cell.formula.as_deref().map_or(0, str::len)
            + cell.shown.as_ref().map_or(0, |shown| shown.text.len() + shown.plain.len());
        match (self.cells.checked_sub(1), self.text.checked_sub(length)) {
            (Some(cells), Some(text)) => {
                *self = Budget { cells, text };
                true
            }
            _ => false,
        }
    }
}
