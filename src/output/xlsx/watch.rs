//! Edited cells are seen: a sheet that no menu shows holds what was written into every cell of the watched sheets, a
//! formula as the same formula. A cell that no longer equals its copy is painted, and the cover counts them.

use super::formula::{self, Addresses};
use super::layout::{SheetLayout, TableLayout};
use super::table::computed;
use super::{blocks, fault, style};
use crate::domain::CellAddress;
use crate::domain::cell::MOST_COLUMNS;
use crate::error::Error;
use crate::report::model::{Cell, Picture, Shown};
use ecow::EcoString;
use rust_xlsxwriter::{ConditionalFormatFormula, Format, Worksheet};
use sheet::{Expression, Function, Operator, Reference, text};

/// Name of the sheet of copies.
const NAME: &str = "Bản gốc";

/// Where the copies stand: each cell in its own row, its sheet's columns beside those of the sheet before.
pub(super) struct Watch {
    name: EcoString,
    /// By sheet its first column among the copies; `None` for one that is not watched.
    columns: Vec<Option<u16>>,
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

    /// Paints the cells of a sheet that are no longer what was written.
    pub(super) fn paint(&self, worksheet: &mut Worksheet, sheet: usize) -> Result<(), Error> {
        for (first, last) in self.areas(sheet) {
            let Some(copy) = self.copy(sheet, *first, None) else { continue };
            let same = same(Reference::to_cell(*first).into(), copy.into());
            let rule = ConditionalFormatFormula::new()
                .set_rule(format!("={}", same.is(Operator::Equal, 0.into())).as_str())
                .set_format(style::edited())
                .set_stop_if_true(true);
            worksheet
                .add_conditional_format(first.row, first.column, last.row, last.column, &rule)
                .map_err(fault)?;
        }
        Ok(())
    }

    /// Writes the copies, row by row.
    pub(super) fn write(
        &self,
        worksheet: &mut Worksheet,
        sheets: &[SheetLayout],
        addresses: &Addresses,
    ) -> Result<(), Error> {
        let mut rows: Vec<(u32, usize, &TableLayout, usize)> = Vec::new();
        for (at, sheet) in sheets.iter().enumerate().filter(|(at, _)| self.columns[*at].is_some()) {
            for table in sheet.tables().filter(|table| table.records.is_none()) {
                let numbers = 0..table.rows().len();
                rows.extend(numbers.map(|row| (table.address(row, 0).row, at, table, row)));
            }
        }
        rows.sort_by_key(|(row, sheet, ..)| (*row, *sheet));
        worksheet.set_formula_result_default("");
        let plain = Format::new();
        for (number, sheet, table, row) in rows {
            let Some(from) = self.columns[sheet] else { continue };
            for (at, cell) in table.rows()[row].cells.iter().enumerate() {
                if matches!(cell.picture.as_deref(), Some(Picture::Bar(..))) {
                    continue;
                }
                let column = from + table.address(row, at).column;
                copy(worksheet, (number, column), cell, sheets.len(), addresses, &plain)?;
            }
        }
        Ok(())
    }
}

/// First and last cell of a table's rows.
fn area(table: &TableLayout) -> Option<(CellAddress, CellAddress)> {
    let last = table.rows().len().checked_sub(1).filter(|_| table.records.is_none())?;
    Some((table.address(0, 0), table.end(last, table.table.columns.len() - 1)))
}

fn copy(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    here: usize,
    addresses: &Addresses,
    plain: &Format,
) -> Result<(), Error> {
    match computed(cell) {
        Some((formula, result)) => {
            let written = formula::render(formula, here, addresses)?;
            let live = rust_xlsxwriter::Formula::new(written).set_result(result);
            worksheet.write_formula(row, column, live).map_err(fault)?;
            Ok(())
        }
        None if cell.value == Shown::Blank => Ok(()),
        None => blocks::value(worksheet, row, column, &cell.value, plain),
    }
}

/// How many cells differ from their copies.
pub(super) fn differing(cells: Expression, copies: Expression) -> Expression {
    let same = same(cells, copies);
    Expression::call(Function::SumProduct, [Expression::from(1).minus(same)])
}

/// 1 for a cell that equals its copy, else 0. To a spreadsheet an empty cell equals a zero, but only the zero is a number.
/// Only operators and functions that every program works out cell by cell.
fn same(cells: Expression, copies: Expression) -> Expression {
    let is_number = |cells: &Expression| Expression::call(Function::IsNumber, [cells.clone()]);
    let alike = is_number(&cells).is(Operator::Equal, is_number(&copies)).in_brackets();
    cells.is(Operator::Equal, copies).in_brackets().times(alike)
}
