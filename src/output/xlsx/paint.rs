//! Cells that change their look with what stands in others.

use super::fault;
use crate::domain::CellAddress;
use crate::error::Error;
use rust_xlsxwriter::{ConditionalFormatFormula, Format, Worksheet};

/// Gives the cells from the first to the last a format where a formula, written for the first of them, holds; what is
/// painted later does not show through.
pub(super) fn where_true(
    sheet: &mut Worksheet,
    (first, last): (CellAddress, CellAddress),
    formula: &str,
    format: Format,
) -> Result<(), Error> {
    let rule = ConditionalFormatFormula::new().set_rule(formula).set_format(format).set_stop_if_true(true);
    sheet.add_conditional_format(first.row, first.column, last.row, last.column, &rule).map_err(fault)?;
    Ok(())
}
