//! Edited cells are seen: a sheet that no menu shows holds what was written into every cell of the watched sheets, a
//! formula as the same formula. A cell that no longer equals its copy is painted, and the cover counts them.

use super::layout::{SheetLayout, TableLayout};
use crate::domain::CellAddress;
use crate::domain::cell::MOST_COLUMNS;
use ecow::EcoString;
use sheet::{Expression, Function, Operator, Reference, text};

/// Name of the sheet of copies.
const NAME: &str = "Bản gốc";

/// Where the copies stand: each cell in its own row, its sheet's columns beside those of the sheet before.
pub(super) struct Watch {
    name: EcoString,
    /// By sheet its first column among the copies; `None` for one that is not watched.
    pub(super) columns: Vec<Option<u16>>,
    /// By sheet the first and the last cell of each table.
    areas: Vec<Vec<(CellAddress, CellAddress)>>,
}

impl Watch {
    /// The watched ones of the sheets.
    pub(super) fn over(sheets: &[SheetLayout]) -> Self {
        let names = text::sheet_names(sheets.iter().map(|sheet| sheet.name.as_str()).chain([NAME]));
        let mut free = 0;
        let columns = sheets.iter().map(|sheet| {
            let own = free;
            let end = own + sheet.grid.widths(&sheet.widths).len() as u16;
            // A sheet for which there is no room left is not watched.
            (sheet.tab.watched && end <= MOST_COLUMNS).then(|| {
                free = end;
                own
            })
        });
        let columns: Vec<Option<u16>> = columns.collect();
        let areas = sheets.iter().zip(&columns).map(|(sheet, columns)| match columns.is_some() {
            true => sheet.tables().filter_map(area).collect(),
            false => Vec::new(),
        });
        let name = names.into_iter().next_back().unwrap_or_default().into();
        let areas = areas.collect();
        Watch { name, columns, areas }
    }

    /// Whether anything is watched.
    pub(super) fn is_needed(&self) -> bool {
        self.columns.iter().any(Option::is_some)
    }

    /// Name of the sheet of copies.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// First and last cell of each watched table of a sheet.
    pub(super) fn areas(&self, sheet: usize) -> &[(CellAddress, CellAddress)] {
        self.areas.get(sheet).map_or(&[], Vec::as_slice)
    }

    /// The copies of cells of a sheet; `None` when it is not watched.
    pub(super) fn copy(
        &self,
        sheet: usize,
        first: CellAddress,
        last: Option<CellAddress>,
    ) -> Option<Reference> {
        let columns = self.columns.get(sheet).copied().flatten()?;
        let shifted = |at: CellAddress| CellAddress::new(at.row, at.column + columns);
        let cells = match last {
            Some(last) => Reference::to_range(shifted(first), shifted(last)),
            None => Reference::to_cell(shifted(first)),
        };
        Some(cells.on_sheet(self.name.clone()))
    }
}

/// First and last cell of a table's rows.
fn area(table: &TableLayout) -> Option<(CellAddress, CellAddress)> {
    let last = table.rows().len().checked_sub(1).filter(|_| table.records.is_none())?;
    Some((table.address(0, 0), table.end(last, table.table.columns.len() - 1)))
}

/// How many cells differ from their copies.
pub(super) fn differing(cells: Expression, copies: Expression) -> Expression {
    let same = same(cells, copies);
    Expression::call(Function::SumProduct, [Expression::from(1).minus(same)])
}

/// 1 for a cell that equals its copy, else 0. To a spreadsheet an empty cell equals a zero, but only the zero is a number.
/// Only operators and functions that every program works out cell by cell.
pub(super) fn same(cells: Expression, copies: Expression) -> Expression {
    let is_number = |cells: &Expression| Expression::call(Function::IsNumber, [cells.clone()]);
    let alike = is_number(&cells).is(Operator::Equal, is_number(&copies)).in_brackets();
    cells.is(Operator::Equal, copies).in_brackets().times(alike)
}
