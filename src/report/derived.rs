//! Calculations of the consolidation as live formulas.

use super::directed;
use super::model::{Formula, Operator};
use super::shares::in_percent;
use crate::consolidate::{Calculation, Condition, Figure, PairFigure, Size};
use crate::domain::Direction;

/// The formula of a calculation whose figures stand in cells.
pub(super) fn formula(calculation: &Calculation, cell: &dyn Fn(Figure) -> Formula) -> Formula {
    match calculation {
        Calculation::Percent(share) => in_percent(sum(share.numerator, cell), sum(share.denominator, cell)),
        Calculation::Fixed(percent) => Formula::number(*percent),
        Calculation::Needed(direction, share) => {
            let product =
                Formula::binary(cell(Figure::Target), Operator::Multiply, sum(share.denominator, cell));
            directed::whole(*direction, Formula::binary(product, Operator::Divide, Formula::number(100)))
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
        Condition::Absent(figure) => {
            return Formula::equal(Formula::numbers(cell(*figure)), Formula::number(0));
        }
        Condition::Zero(figures) => return Formula::equal(counted(figures, cell), Formula::number(0)),
        Condition::MoreThanHalf(part, whole) => {
            let twice = Formula::binary(cell(*part), Operator::Multiply, Formula::number(2));
            return Formula::binary(cell(*whole), Operator::Below, twice);
        }
        Condition::ReachedByAll(direction) => {
            let target = counted(&[Figure::Target], cell);
            return match direction {
                Direction::Higher => Formula::equal(target, Formula::number(0)),
                Direction::Lower => Formula::binary(target, Operator::AtLeast, Formula::number(100)),
            };
        }
        Condition::Reaches(direction, share) => (share, directed::reaches(*direction)),
        Condition::Misses(direction, share) => (share, directed::misses(*direction)),
    };
    // Multiplied across: a quotient would be rounded before it is compared.
    let numerator = Formula::binary(sum(share.numerator, cell), Operator::Multiply, Formula::number(100));
    let wanted = Formula::binary(cell(Figure::Target), Operator::Multiply, sum(share.denominator, cell));
    Formula::binary(numerator, compares, wanted)
}

/// The sum of figures. A cell that says in words that nobody gave one adds nothing.
fn sum(figures: &[Figure], cell: &dyn Fn(Figure) -> Formula) -> Formula {
    match figures {
        [only] => cell(*only),
        _ => Formula::Sum(figures.iter().map(|figure| cell(*figure)).collect()),
    }
}

/// The same where a lone cell may hold words as well.
fn counted(figures: &[Figure], cell: &dyn Fn(Figure) -> Formula) -> Formula {
    let lone_cell = |formula: &Formula| matches!(formula, Formula::Cell(_));
    match sum(figures, cell) {
        only if lone_cell(&only) => Formula::Sum(vec![only]),
        other => other,
    }
}

/// How large an incomplete pair is taken to be, whose figures stand in cells; `unknown` where that depends on a figure
/// that nobody knows.
pub(super) fn size(size: &Size, cell: &dyn Fn(PairFigure) -> Formula, unknown: &str) -> Formula {
    let given = |figure: PairFigure| Formula::equal(Formula::numbers(cell(figure)), Formula::number(1));
    let if_given = |figure, then| Formula::when(given(figure), then, Formula::words(unknown));
    match size {
        Size::Of(figure) => if_given(*figure, cell(*figure)),
        Size::Greater(one, other) => {
            let greater = Formula::binary(cell(*one), Operator::AtLeast, cell(*other));
            let greater = Formula::when(greater, cell(*one), cell(*other));
            if_given(*one, if_given(*other, greater))
        }
        Size::WhenGiven(figure, then, otherwise) => {
            let [then, otherwise] = [then, otherwise].map(|size| self::size(size, cell, unknown));
            Formula::when(given(*figure), then, otherwise)
        }
    }
}
