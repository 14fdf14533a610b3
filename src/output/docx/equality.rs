//! What the tables of a written document say, read from its bytes again and compared with the report it was made of.

use super::fault;
use super::style::RULED;
use crate::error::Error;
use crate::output::equality::{self, Printed, ShownRow};
use crate::report::model::Report;
use word::read::{ReadTable, tables};

/// Compares every table of the report, in order, with what stands in the document.
///
/// # Errors
/// As [`equality::check`], or the bytes cannot be read.
pub(super) fn check(report: &Report, document: &[u8]) -> Result<(), Error> {
    let read = tables(document).map_err(fault)?;
    let shown: Vec<Vec<ShownRow>> = read.into_iter().filter(|table| table.style == RULED).map(rows).collect();
    equality::check(report, Printed::Official, "tệp Word", &shown)
}

/// The rows under the head.
fn rows(table: ReadTable) -> Vec<ShownRow> {
    table.rows.into_iter().filter(|row| !row.is_head).map(|row| row.cells).collect()
}

#[cfg(test)]
mod tests;
