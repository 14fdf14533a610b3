//! Bars drawn by the cells of a column that is cut into narrow parts: each is filled as far as the figure reaches, in the
//! colour of the verdict, with a dark cell at the target. They follow the figures, are printed, and look the same in every
//! program.

use super::formula::Addresses;
use super::layout::TableLayout;
use super::{fault, paint, style};
use crate::error::Error;
use crate::report;
use crate::report::model::{Bar, CellRef, Tone};
use rust_xlsxwriter::Worksheet;
use sheet::Reference;

/// Writes the cells of a bar and what fills them.
pub(super) fn write(
    sheet: &mut Worksheet,
    layout: &TableLayout,
    (row, column): (usize, usize),
    bar: &Bar,
    here: usize,
    addresses: &Addresses,
) -> Result<(), Error> {
    let (first, last) = (layout.address(row, column), layout.end(row, column));
    let track = style::track();
    for column in first.column..=last.column {
        sheet.write_blank(first.row, column, &track).map_err(fault)?;
    }
    let Some(cells) = &bar.cells else { return Ok(()) };
    let at = |cell: CellRef| -> Result<String, Error> {
        let (sheet, address, _) = addresses.cell(&cell)?;
        Ok(addresses.reference(here, sheet, Reference::to_cell(address).absolute()).to_string())
    };
    let (value, target) = (at(cells.cell(&cells.value))?, at(cells.cell(&cells.target))?);
    let (verdict, highest) = (at(cells.cell(&cells.verdict))?, at(cells.cell(&cells.highest))?);
    let parts = last.column - first.column + 1;
    let step = 100.0 / f64::from(parts);
    // The place of the cell within the bar, from 1.
    let place = format!("(COLUMN()-{})", first.column);
    let reached = |cell: &str| format!("({place}-0.5)*{step}<={cell}");
    let filled = |more: &str| format!("=AND(ISNUMBER({value}),{}{more})", reached(&value));
    let mark = format!("=AND(ISNUMBER({target}),{place}=MAX(1,ROUNDUP({target}/{step},0)))");
    let open = format!("=AND(ISNUMBER({value}),ISNUMBER({highest}),{})", reached(&highest));
    let judged = report::verdicts_judged()
        .map(|(words, tone)| (filled(&format!(",{verdict}=\"{words}\"")), style::bar(tone)));
    let judged = judged.into_iter().chain(bar.target.is_none().then(|| {
        let words = report::verdict_of_no_target();
        (filled(&format!(",{verdict}=\"{words}\"")), style::bar(Tone::Plain))
    }));
    let others = [(filled(""), style::bar(Tone::Open)), (open, style::bar(Tone::Quiet))];
    for (rule, format) in [(mark, style::mark())].into_iter().chain(judged).chain(others) {
        paint::where_true(sheet, (first, last), &rule, format)?;
    }
    Ok(())
}
