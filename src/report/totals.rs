//! Sums of fields over all units, and shares of such sums, following from the sheets of the groups.

use super::format::PERCENT_PLACES;
use super::model::{Cell, CellRef, Formula, Shown};
use super::scene::Scene;
use super::shares::in_percent_if_known;
use crate::domain::{FieldId, Ratio};
use rust_decimal::Decimal;

/// The sum of a field over all units, following from the sheet of its group.
pub(super) fn total(scene: &Scene<'_>, field: &FieldId) -> Cell {
    let missing = || Shown::Missing("–".into());
    let Some((cell, sum)) = scene.forms.total_of(field) else { return Cell::plain(missing()) };
    let cell = Formula::Cell(cell);
    // A single unit's cell may be blank, which would come through as 0.
    let none = Formula::equal(Formula::numbers(cell.clone()), Formula::number(0));
    let formula = Formula::when(none, Formula::words("–"), cell);
    Cell::plain(sum.map_or_else(missing, Shown::Count))
        .follows(formula)
        .leads_to(scene.forms.lead_to_first(field))
}

/// The share of one field's sum in another's, following from the cells where the sums stand.
pub(super) fn share(scene: &Scene<'_>, [part, whole]: [&FieldId; 2], cells: [CellRef; 2]) -> Cell {
    let sum = |field: &FieldId| -> Option<Decimal> { scene.forms.total_of(field)?.1 };
    let value = sum(part)
        .zip(sum(whole))
        .and_then(|(part, whole)| Ratio::of(part, whole).percent())
        .map_or(Shown::Missing("–".into()), |percent| Shown::Percent(percent, PERCENT_PLACES));
    Cell::plain(value).follows(in_percent_if_known(cells.map(Formula::Cell)))
}
