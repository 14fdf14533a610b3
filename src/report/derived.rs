//! Calculations of the consolidation as live formulas.

use super::model::{Formula, Operator};
use super::shares::in_percent;
use crate::consolidate::{Calculation, Condition, Figure};

/// The formula of a calculation whose figures stand in cells.
pub(super) fn formula(calculation: &Calculation, cell: &dyn Fn(Figure) -> Formula) -> Formula {
    match calculation {
        Calculation::Percent(share) => in_percent(sum(share.numerator, cell), sum(share.denominator, cell)),
        Calculation::Needed(share) => {
            let product =
                Formula::binary(cell(Figure::Target), Operator::Multiply, sum(share.denominator, cell));
            Formula::Ceil(Box::new(Formula::binary(product, Operator::Divide, Formula::number(100))))
        }
        Calculation::Verdict(verdict) => Formula::words(verdict.vietnamese()),
        Calculation::Nothing => Formula::words("–"),
        Calculation::When(condition, then, otherwise) => {
            Formula::when(holds(condition, cell), formula(then, cell), formula(otherwise, cell))
        }
    }
}

fn holds(condition: &Condition, cell: &dyn Fn(Figure) -> Formula) -> Formula {
    let (share, compares) = match condition {
        Condition::Zero(figures) => return Formula::equal(sum(figures, cell), Formula::number(0)),
        Condition::Reaches(share) => (share, Operator::AtLeast),
        Condition::Misses(share) => (share, Operator::Below),
    };
    // Multiplied across: a quotient would be rounded before it is compared.
    let numerator = Formula::binary(sum(share.numerator, cell), Operator::Multiply, Formula::number(100));
    let wanted = Formula::binary(cell(Figure::Target), Operator::Multiply, sum(share.denominator, cell));
    Formula::binary(numerator, compares, wanted)
}

fn sum(figures: &[Figure], cell: &dyn Fn(Figure) -> Formula) -> Formula {
    let added = |sum, next| Formula::binary(sum, Operator::Add, next);
    figures.iter().map(|figure| cell(*figure)).reduce(added).unwrap_or_else(|| Formula::number(0))
}
