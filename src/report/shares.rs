//! Shares in percent as live formulas.

use super::format::PERCENT_PLACES;
use super::model::{Cell, Formula, Operator, Tone, Value};
use crate::domain::{ColumnRole, Ratio};
use crate::form::Field;
use rust_decimal::Decimal;
use std::sync::{Arc, LazyLock};

/// The share in percent of a part, the first given, in its whole, the second.
static SHARE: LazyLock<Arc<Formula>> = LazyLock::new(|| {
    let (part, whole) = (Formula::Given(0), Formula::Given(1));
    let nothing = Formula::equal(whole.clone(), Formula::number(0));
    let share = Formula::binary(part, Operator::Divide, whole);
    let share = Formula::binary(share, Operator::Multiply, Formula::number(100));
    let share = Formula::when(nothing, Formula::words("–"), share);
    Arc::new(Formula::when(both_given(), share, Formula::words("")))
});

/// Whether both cells that a shape is filled with hold numbers.
pub(super) fn both_given() -> Formula {
    let [first, second] = [0, 1].map(|at| Formula::numbers(Formula::Given(at)));
    Formula::equal(Formula::binary(first, Operator::Add, second), Formula::number(2))
}

/// The share of the row's part in its whole, each standing where `cell` says; what the sender typed there is only
/// compared, never used.
pub(super) fn percent(
    fields: &[Field],
    cell: &dyn Fn(&Field) -> Formula,
    number: &dyn Fn(&Field) -> Option<Decimal>,
) -> Cell {
    let with = |role: ColumnRole| fields.iter().find(|field| field.role == Some(role));
    let (Some(part), Some(whole)) = (with(ColumnRole::Part), with(ColumnRole::Whole)) else {
        return Cell::of(Value::Blank);
    };
    let formula = Formula::filled(&SHARE, [cell(part), cell(whole)]);
    let value = match (number(part), number(whole)) {
        (Some(_), Some(whole)) if whole.is_zero() => Value::Missing("–".into()),
        (Some(part), Some(whole)) => {
            let share = Ratio::of(part, whole);
            share.percent().map_or(Value::Missing("–".into()), |p| Value::Percent(p, PERCENT_PLACES))
        }
        _ => Value::Blank,
    };
    Cell::of(value).toned(Tone::Plain).follows(formula)
}

/// Part of whole in percent, a dash where either is lacking or the whole is nothing.
pub(super) fn percent_of(part: &Formula, whole: &Formula) -> Formula {
    let both =
        Formula::binary(Formula::numbers(part.clone()), Operator::Add, Formula::numbers(whole.clone()));
    let complete = Formula::equal(both, Formula::number(2));
    let nothing = Formula::equal(whole.clone(), Formula::number(0));
    let share = Formula::binary(part.clone(), Operator::Divide, whole.clone());
    let percent = Formula::binary(share, Operator::Multiply, Formula::number(100));
    let dash = || Formula::words("–");
    Formula::when(complete, Formula::when(nothing, dash(), percent), dash())
}
