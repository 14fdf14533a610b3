//! What kind of number a formula gives while it gives words: a cell that says “–” today is a percentage tomorrow, and
//! wants the format of one.

use super::Addresses;
use crate::report::format::PERCENT_PLACES;
use crate::report::model::{Formula, Function, Operator, Shown};
use rust_decimal::Decimal;

/// Cells that are followed from one to the next.
const FAR: usize = 8;

/// A value like those that the formula gives when it gives a number; `None` when it gives only words.
pub(in crate::output::xlsx) fn like(formula: &Formula, addresses: &Addresses) -> Option<Shown> {
    Follower { addresses, given: &[], left: FAR }.like(formula)
}

#[derive(Clone, Copy)]
struct Follower<'w, 'a> {
    addresses: &'w Addresses<'a>,
    given: &'w [Formula],
    left: usize,
}

impl Follower<'_, '_> {
    fn like(self, formula: &Formula) -> Option<Shown> {
        let count = Some(Shown::Count(Decimal::ZERO));
        match formula {
            Formula::Text(_) => None,
            Formula::Cell(cell) => {
                let cell = self.addresses.content(cell)?;
                match (&cell.value, &cell.formula) {
                    (Shown::Count(_) | Shown::Number(..) | Shown::Percent(..) | Shown::Date(_), _) => {
                        Some(cell.value.clone())
                    }
                    (_, Some(formula)) if self.left > 0 => {
                        Follower { given: &[], left: self.left - 1, ..self }.like(formula)
                    }
                    _ => None,
                }
            }
            Formula::Column(column) => self.of_cells(self.addresses.contents(column)),
            Formula::Rows(rows) => self.of_cells(self.addresses.contents(&rows.column)),
            // A constant says nothing of how the other branch is shown.
            Formula::If(_, then, otherwise) if matches!(**then, Formula::Number(_)) => {
                self.like(otherwise).or(count)
            }
            Formula::If(_, then, otherwise) => self.like(then).or_else(|| self.like(otherwise)),
            Formula::Filled(shape, given) => Follower { given, ..self }.like(shape),
            Formula::Given(at) => Follower { given: &[], ..self }.like(self.given.get(*at)?),
            // Hundredths are taken of what is shown in percent, and of nothing else.
            Formula::Binary(_, Operator::Multiply, by) if **by == Formula::number(100) => {
                Some(Shown::Percent(Decimal::ZERO, PERCENT_PLACES))
            }
            Formula::Binary(_, Operator::Join, _) | Formula::Call(Function::Repeat, _) => None,
            Formula::Binary(left, ..) => self.like(left).or(count),
            Formula::Call(Function::Index, from) => self.like(from.first()?),
            Formula::Sum(_) | Formula::CountNumbers(_) | Formula::CountEqual(..) => count,
            Formula::Ceil(_) | Formula::Floor(_) => count,
            Formula::Number(_) | Formula::Edited(_) | Formula::Call(..) => count,
        }
    }

    fn of_cells<'c>(self, cells: impl Iterator<Item = &'c crate::report::model::Cell>) -> Option<Shown> {
        let mut cells = cells;
        cells.find_map(|cell| match &cell.value {
            Shown::Count(_) | Shown::Number(..) | Shown::Percent(..) => Some(cell.value.clone()),
            _ if self.left > 0 => {
                Follower { given: &[], left: self.left - 1, ..self }.like(cell.formula.as_deref()?)
            }
            _ => None,
        })
    }
}
