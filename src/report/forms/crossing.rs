//! Which tables of the form are shown crossed: a row a unit and the entries' figures side by side, as a reader compares
//! units; a table with many columns an entry, or with several texts, is listed entry by entry instead.

use super::entry::FormEntry;
use crate::domain::{ColumnRole, FieldId, FieldKind};
use crate::form::Field;
use crate::report::model::{CellRef, RowKey, TableKey};
use ecow::eco_format;
use std::ops::Range;

/// Row of the sums.
pub(in crate::report) const TOTAL: RowKey = RowKey::fixed("*");
/// As many columns of figures as are still read on a page across.
const MOST_COLUMNS: usize = 15;
/// An entry with more stands better by itself.
const MOST_OF_AN_ENTRY: usize = 3;

/// The tables a crossed one is cut into, by the places of their entries.
pub(in crate::report) struct Crossing(Vec<Range<usize>>);

impl Crossing {
    /// The entries of each table.
    pub(in crate::report) fn tables(&self) -> impl Iterator<Item = Range<usize>> {
        self.0.iter().cloned()
    }

    /// Which of the tables holds an entry.
    pub(in crate::report) fn table_of(&self, entry: usize) -> usize {
        self.0.iter().position(|part| part.contains(&entry)).unwrap_or_default()
    }
}

/// Whether a field is shown in a crossed table; texts and the state of a row's figures are told below it.
pub(in crate::report) fn is_figure(field: &Field) -> bool {
    field.kind != FieldKind::Text && field.role != Some(ColumnRole::RowStatus)
}

/// How entries are crossed; `None` when they are listed.
pub(in crate::report) fn of_entries(entries: &[FormEntry<'_>]) -> Option<Crossing> {
    let figures = |entry: &FormEntry<'_>| entry.fields().iter().filter(|field| is_figure(field)).count();
    let texts =
        |entry: &FormEntry<'_>| entry.fields().iter().filter(|field| field.kind == FieldKind::Text).count();
    let fits = |entry: &FormEntry<'_>| (1..=MOST_OF_AN_ENTRY).contains(&figures(entry)) && texts(entry) <= 1;
    let compares = entries.len() > 1 && entries.iter().any(|entry| entry.units.len() > 1);
    if !compares || !entries.iter().all(fits) {
        return None;
    }
    let widest = entries.iter().map(figures).max().unwrap_or(1);
    // Tables of about the same width rather than a full one and a rest.
    let number = entries.len().div_ceil(MOST_COLUMNS / widest);
    let each = entries.len().div_ceil(number);
    let tables =
        (0..entries.len()).step_by(each).map(|from| from..(from + each).min(entries.len())).collect();
    Some(Crossing(tables))
}

/// Id of the `k`-th crossed table.
pub(in crate::report) fn table_id(table: &TableKey, k: usize) -> TableKey {
    eco_format!("{table}|{k}").into()
}

/// A cell of the `k`-th crossed table.
pub(in crate::report) fn cell(
    table: &TableKey,
    k: usize,
    row: impl Into<RowKey>,
    field: &FieldId,
) -> CellRef {
    CellRef::new(table_id(table, k), row, field)
}
