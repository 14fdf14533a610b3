//! One tree for every formula that is written: numbers, texts and references are values in it, never pieces of text.

use crate::Reference;
use crate::function::{Function, Operator};
use chrono::{Datelike, NaiveDate};
use ecow::EcoString;
use rust_decimal::Decimal;

/// Arguments a function may have.
pub const MOST_ARGUMENTS: usize = 255;
/// UTF-16 units a text within a formula may have.
pub const MOST_IN_TEXT: usize = 255;

/// A formula or a part of one. [`ToString`] writes it without the leading `=`, with brackets only where they are needed
/// or asked for.
///
/// ```
/// use sheet::{CellAddress, Expression, Function, Operator, Reference};
/// let cell = Expression::from(Reference::to_cell(CellAddress::new(6, 1)).on_sheet("Số liệu"));
/// let sum = cell.clone().plus(1.into());
/// let formula = Expression::when(cell.is(Operator::AtLeast, 0.into()), sum.times(2.into()), "".into());
/// assert_eq!(formula.to_string(), r#"IF('Số liệu'!B7>=0,('Số liệu'!B7+1)*2,"")"#);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// An exact number.
    Number(Decimal),
    /// A text; it is quoted when it is written.
    Text(EcoString),
    /// TRUE or FALSE.
    Truth(bool),
    /// A cell or a range.
    Reference(Reference),
    /// A defined name.
    Name(EcoString),
    /// A function of its arguments.
    Call(Function, Vec<Expression>),
    /// Two parts with an operator between them.
    Infix(Operator, Box<Expression>, Box<Expression>),
    /// A part with a minus before it.
    Negation(Box<Expression>),
    /// A part in brackets, needed or not.
    Brackets(Box<Expression>),
}

impl From<Reference> for Expression {
    fn from(reference: Reference) -> Self {
        Expression::Reference(reference)
    }
}

impl From<Decimal> for Expression {
    fn from(number: Decimal) -> Self {
        Expression::Number(number)
    }
}

impl From<i32> for Expression {
    fn from(number: i32) -> Self {
        Expression::Number(number.into())
    }
}

impl From<u32> for Expression {
    fn from(number: u32) -> Self {
        Expression::Number(number.into())
    }
}

impl From<usize> for Expression {
    fn from(number: usize) -> Self {
        Expression::Number(number.into())
    }
}

impl From<bool> for Expression {
    fn from(truth: bool) -> Self {
        Expression::Truth(truth)
    }
}

impl From<&str> for Expression {
    fn from(text: &str) -> Self {
        Expression::Text(text.into())
    }
}

impl From<String> for Expression {
    fn from(text: String) -> Self {
        Expression::Text(text.into())
    }
}

impl From<NaiveDate> for Expression {
    fn from(day: NaiveDate) -> Self {
        let parts = [day.year().into(), day.month().into(), day.day().into()];
        Expression::Call(Function::Date, parts.into())
    }
}

impl Expression {
    /// A function of its arguments. More arguments than Excel takes become arguments of the same function within it,
    /// where that means the same.
    pub fn call(function: Function, arguments: impl Into<Vec<Expression>>) -> Self {
        let mut arguments: Vec<Expression> = arguments.into();
        let grouped = |arguments: &[Expression]| -> Vec<Expression> {
            let groups = arguments.chunks(MOST_ARGUMENTS);
            groups.map(|group| Expression::Call(function, group.to_vec())).collect()
        };
        if arguments.len() > MOST_ARGUMENTS && function == Function::Count {
            return Expression::call(Function::Sum, grouped(&arguments));
        }
        while arguments.len() > MOST_ARGUMENTS && function.groups_freely() {
            arguments = grouped(&arguments);
        }
        Expression::Call(function, arguments)
    }

    /// All of them; what is known is left out.
    pub fn all(parts: impl IntoIterator<Item = Expression>) -> Self {
        joined(Function::And, parts, true)
    }

    /// One of them at least; what is known is left out.
    pub fn any(parts: impl IntoIterator<Item = Expression>) -> Self {
        joined(Function::Or, parts, false)
    }

    /// `IF(condition,then,otherwise)`.
    pub fn when(condition: Expression, then: Expression, otherwise: Expression) -> Self {
        Expression::Call(Function::If, vec![condition, then, otherwise])
    }

    /// Two parts with an operator between them.
    pub fn infix(operator: Operator, left: Expression, right: Expression) -> Self {
        Expression::Infix(operator, Box::new(left), Box::new(right))
    }

    /// It and another, compared.
    #[must_use]
    pub fn is(self, comparison: Operator, other: Expression) -> Self {
        Expression::infix(comparison, self, other)
    }

    /// The sum of it and another.
    #[must_use]
    pub fn plus(self, other: Expression) -> Self {
        Expression::infix(Operator::Add, self, other)
    }

    /// It without another.
    #[must_use]
    pub fn minus(self, other: Expression) -> Self {
        Expression::infix(Operator::Subtract, self, other)
    }

    /// The product of it and another.
    #[must_use]
    pub fn times(self, other: Expression) -> Self {
        Expression::infix(Operator::Multiply, self, other)
    }

    /// It divided by another.
    #[must_use]
    pub fn over(self, other: Expression) -> Self {
        Expression::infix(Operator::Divide, self, other)
    }

    /// It with another text behind it.
    #[must_use]
    pub fn then(self, other: impl Into<Expression>) -> Self {
        Expression::infix(Operator::Join, self, other.into())
    }

    /// It with a minus before it.
    #[must_use]
    pub fn negated(self) -> Self {
        Expression::Negation(Box::new(self))
    }

    /// It in brackets, needed or not.
    #[must_use]
    pub fn in_brackets(self) -> Self {
        Expression::Brackets(Box::new(self))
    }

    /// A text that COUNTIF and its like take literally: no wildcards, no comparison at its start.
    ///
    /// ```
    /// use sheet::Expression;
    /// assert_eq!(Expression::criterion(">5*").to_string(), r#""=>5~*""#);
    /// ```
    pub fn criterion(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        let escaped = text.replace('~', "~~").replace('*', "~*").replace('?', "~?");
        let starts_as_comparison = text.starts_with(['<', '>', '=']);
        Expression::Text(if starts_as_comparison { format!("={escaped}").into() } else { escaped.into() })
    }

    /// TRUE and FALSE written out.
    pub fn known(&self) -> Option<bool> {
        match self {
            Expression::Truth(truth) => Some(*truth),
            _ => None,
        }
    }

    /// Whether a function is called anywhere in it.
    pub fn calls(&self, function: Function) -> bool {
        matches!(self, Expression::Call(own, _) if *own == function)
            || self.parts().into_iter().any(|part| part.calls(function))
    }

    fn parts(&self) -> Vec<&Expression> {
        match self {
            Expression::Call(_, arguments) => arguments.iter().collect(),
            Expression::Infix(_, left, right) => vec![left, right],
            Expression::Negation(part) | Expression::Brackets(part) => vec![part],
            _ => Vec::new(),
        }
    }

    /// The parts it is made of, to be replaced; none where it is a value.
    pub(crate) fn parts_mut(&mut self) -> Vec<&mut Expression> {
        match self {
            Expression::Call(_, arguments) => arguments.iter_mut().collect(),
            Expression::Infix(_, left, right) => vec![left, right],
            Expression::Negation(part) | Expression::Brackets(part) => vec![part],
            _ => Vec::new(),
        }
    }
}

fn joined(function: Function, parts: impl IntoIterator<Item = Expression>, neutral: bool) -> Expression {
    let mut open = Vec::new();
    for part in parts {
        match part.known() {
            Some(known) if known == neutral => {}
            Some(decided) => return Expression::Truth(decided),
            None => open.push(part),
        }
    }
    match open.len() {
        0 => Expression::Truth(neutral),
        1 => open.remove(0),
        _ => Expression::call(function, open),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many(function: Function, count: usize) -> Expression {
        Expression::call(function, vec![Expression::from(1); count])
    }

    #[test]
    fn what_is_known_is_left_out() {
        let open = Expression::call(Function::IsNumber, [1.into()]);
        assert_eq!(Expression::all([true.into(), open.clone()]), open);
        assert_eq!(Expression::any([open.clone(), true.into()]), Expression::Truth(true));
        assert_eq!(Expression::all([open.clone(), false.into()]), Expression::Truth(false));
        assert_eq!(Expression::all([]), Expression::Truth(true));
        assert_eq!(Expression::any([false.into()]), Expression::Truth(false));
        assert_eq!(Expression::all([open.clone(), open]).to_string(), "AND(ISNUMBER(1),ISNUMBER(1))");
    }

    #[test]
    fn more_arguments_than_excel_takes_are_grouped_where_that_means_the_same() {
        let calls = |function: Function, name: &str| many(function, 256).to_string().matches(name).count();
        assert_eq!(many(Function::Sum, 255).to_string().matches("SUM(").count(), 1);
        assert_eq!(calls(Function::Sum, "SUM("), 3);
        assert_eq!(calls(Function::And, "AND("), 3);
        assert!(many(Function::Count, 256).to_string().starts_with("SUM(COUNT("));
        assert_eq!(many(Function::Sum, 255 * 255 + 1).to_string().matches("SUM(").count(), 256 + 2 + 1);
    }

    #[test]
    fn a_function_is_found_wherever_it_stands() {
        let length = Expression::call(Function::Len, ["a".into()]);
        let formula = Expression::all([length.is(Operator::Greater, 0.into()).in_brackets().negated()]);
        assert!(formula.calls(Function::Len) && !formula.calls(Function::Exact));
    }
}
