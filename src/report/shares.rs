//! Shares in percent as live formulas: the one place that says how a part and its whole become one.

use super::format::PERCENT_PLACES;
use super::model::{Cell, Formula, Operator, Shown};
use crate::domain::{ColumnRole, Ratio};
use crate::form::Field;
use rust_decimal::Decimal;
use std::sync::{Arc, LazyLock};

/// Part of whole in percent.
pub(super) fn in_percent(part: Formula, whole: Formula) -> Formula {
    let share = Formula::binary(part, Operator::Divide, whole);
    Formula::binary(share, Operator::Multiply, Formula::number(100))
}

/// Part of whole in percent, a dash where the whole is nothing.
pub(super) fn in_percent_or_dash(part: Formula, whole: Formula) -> Formula {
    let nothing = Formula::equal(whole.clone(), Formula::number(0));
    Formula::when(nothing, Formula::words("–"), in_percent(part, whole))
}

/// Part of whole in percent, a dash where either is lacking or the whole is nothing.
pub(super) fn in_percent_if_known([part, whole]: [Formula; 2]) -> Formula {
    let share = in_percent_or_dash(part.clone(), whole.clone());
    Formula::when(both_numbers([part, whole]), share, Formula::words("–"))
}

/// Whether both cells that a shape is filled with hold numbers.
pub(super) fn both_given() -> Formula {
    both_numbers([Formula::Given(0), Formula::Given(1)])
}

fn both_numbers(cells: [Formula; 2]) -> Formula {
    let [first, second] = cells.map(Formula::numbers);
    Formula::equal(Formula::binary(first, Operator::Add, second), Formula::number(2))
}

/// The share in percent of a part, the first given, in its whole, the second; nothing where either is lacking.
static SHARE: LazyLock<Arc<Formula>> = LazyLock::new(|| {
    let share = in_percent_or_dash(Formula::Given(0), Formula::Given(1));
    Arc::new(Formula::when(both_given(), share, Formula::words("")))
});

/// The share of the row's part in its whole, each standing where `cell` says; what the sender typed there is only
/// compared, never used.
pub(super) fn share_of_row(
    fields: &[Field],
    cell: &dyn Fn(&Field) -> Formula,
    number: &dyn Fn(&Field) -> Option<Decimal>,
) -> Cell {
    let with = |role: ColumnRole| fields.iter().find(|field| field.role == Some(role));
    let (Some(part), Some(whole)) = (with(ColumnRole::Part), with(ColumnRole::Whole)) else {
        return Cell::plain(Shown::Blank);
    };
    let value = match (number(part), number(whole)) {
        (Some(part), Some(whole)) => Ratio::of(part, whole)
            .percent()
            .map_or(Shown::Missing("–".into()), |percent| Shown::Percent(percent, PERCENT_PLACES)),
        _ => Shown::Blank,
    };
    Cell::plain(value).follows(Formula::filled(&SHARE, [cell(part), cell(whole)]))
}
