//! Writing the copies of what stands in the watched sheets, and painting what differs from them.

use super::formula::{self, Addresses};
use super::layout::{SheetLayout, TableLayout};
use super::table::computed;
use super::watch::{Watch, same};
use super::{blocks, fault, paint, style};
use crate::error::Error;
use crate::report::model::{Cell, Picture, Shown};
use rust_xlsxwriter::{Format, Worksheet};
use sheet::{Operator, Reference};

/// Paints the cells of a sheet that are no longer what was written.
pub(super) fn paint(watch: &Watch, worksheet: &mut Worksheet, sheet: usize) -> Result<(), Error> {
    for (first, last) in watch.areas(sheet) {
        let Some(copy) = watch.copy(sheet, *first, None) else { continue };
        let same = same(Reference::to_cell(*first).into(), copy.into());
        let differs = format!("={}", same.is(Operator::Equal, 0.into()));
        paint::where_true(worksheet, (*first, *last), &differs, style::edited())?;
    }
    Ok(())
}

/// Writes the copies, row by row.
pub(super) fn write(
    watch: &Watch,
    worksheet: &mut Worksheet,
    sheets: &[SheetLayout],
    addresses: &Addresses,
) -> Result<(), Error> {
    let mut rows: Vec<(u32, usize, &TableLayout, usize)> = Vec::new();
    for (at, sheet) in sheets.iter().enumerate().filter(|(at, _)| watch.columns[*at].is_some()) {
        for table in sheet.tables().filter(|table| table.records.is_none()) {
            let numbers = 0..table.rows().len();
            rows.extend(numbers.map(|row| (table.address(row, 0).row, at, table, row)));
        }
    }
    rows.sort_by_key(|(row, sheet, ..)| (*row, *sheet));
    worksheet.set_formula_result_default("");
    let plain = Format::new();
    for (number, sheet, table, row) in rows {
        let Some(from) = watch.columns[sheet] else { continue };
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
