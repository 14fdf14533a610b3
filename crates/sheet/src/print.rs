//! A formula as text, and how long and deep that text is.

use crate::expression::Expression;
use crate::function::Operator;
use crate::reference::push_quoted;
use std::fmt;

/// How tightly an expression holds together, from the loosest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    Comparison,
    Join,
    Sum,
    Product,
    /// Excel binds a minus sign tighter than a product.
    Sign,
    Whole,
}

impl Bond {
    fn next(self) -> Bond {
        match self {
            Bond::Comparison => Bond::Join,
            Bond::Join => Bond::Sum,
            Bond::Sum => Bond::Product,
            Bond::Product => Bond::Sign,
            Bond::Sign | Bond::Whole => Bond::Whole,
        }
    }
}

/// A formula as it is written, and how deep it is so far.
#[derive(Debug, Default)]
pub(crate) struct Printed {
    /// The text, without the leading `=`.
    pub text: String,
    /// Functions and brackets standing in each other.
    pub nesting: usize,
    open: usize,
}

impl Printed {
    /// UTF-16 units.
    pub fn length(&self) -> usize {
        self.text.chars().map(char::len_utf16).sum()
    }

    /// A bracket opens, of a function or of a part.
    fn open(&mut self) {
        self.text.push('(');
        self.open += 1;
        self.nesting = self.nesting.max(self.open);
    }

    fn close(&mut self) {
        self.text.push(')');
        self.open -= 1;
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.printed().text)
    }
}

impl Expression {
    pub(crate) fn printed(&self) -> Printed {
        let mut printed = Printed::default();
        self.write(&mut printed);
        printed
    }

    fn bond(&self) -> Bond {
        match self {
            Expression::Infix(operator, ..) => match operator {
                Operator::Add | Operator::Subtract => Bond::Sum,
                Operator::Multiply | Operator::Divide => Bond::Product,
                Operator::Join => Bond::Join,
                _ => Bond::Comparison,
            },
            _ if self.is_signed() => Bond::Sign,
            _ => Bond::Whole,
        }
    }

    /// Whether it begins with a minus sign of its own.
    fn is_signed(&self) -> bool {
        match self {
            Expression::Negation(_) => true,
            Expression::Number(number) => number.is_sign_negative() && !number.is_zero(),
            _ => false,
        }
    }

    fn write(&self, out: &mut Printed) {
        match self {
            Expression::Number(number) => out.text.push_str(&number.normalize().to_string()),
            Expression::Text(text) => push_quoted(&mut out.text, text, '"'),
            Expression::Truth(true) => out.text.push_str("TRUE"),
            Expression::Truth(false) => out.text.push_str("FALSE"),
            Expression::Reference(reference) => reference.push_onto(&mut out.text),
            Expression::Name(name) => out.text.push_str(name),
            Expression::Call(function, arguments) => {
                out.text.push_str(function.name());
                out.open();
                for (at, argument) in arguments.iter().enumerate() {
                    if at > 0 {
                        out.text.push(',');
                    }
                    argument.write(out);
                }
                out.close();
            }
            Expression::Infix(operator, left, right) => {
                left.write_within(self.bond(), out);
                out.text.push_str(operator.sign());
                // `a-(-b)`: two signs side by side are legal and unreadable.
                let least = if right.is_signed() { Bond::Whole } else { self.bond().next() };
                right.write_within(least, out);
            }
            Expression::Negation(part) => {
                out.text.push('-');
                part.write_within(Bond::Sign, out);
            }
            Expression::Brackets(part) => {
                out.open();
                part.write(out);
                out.close();
            }
        }
    }

    /// Puts it in brackets where it holds together less tightly than its surroundings ask for.
    fn write_within(&self, least: Bond, out: &mut Printed) {
        if self.bond() >= least {
            return self.write(out);
        }
        out.open();
        self.write(out);
        out.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CellAddress, Function, Reference};

    fn says(formula: Expression, expected: &str) {
        assert_eq!(formula.to_string(), expected);
        assert_eq!(formula.printed().length(), expected.encode_utf16().count());
    }

    fn a1() -> Expression {
        Reference::to_cell(CellAddress::new(0, 0)).into()
    }

    #[test]
    fn brackets_stand_where_they_are_needed_and_nowhere_else() {
        says(a1().plus(1.into()).times(2.into()), "(A1+1)*2");
        says(a1().times(2.into()).plus(1.into()), "A1*2+1");
        says(a1().minus(a1().minus(1.into())), "A1-(A1-1)");
        says(a1().minus(a1()).minus(1.into()), "A1-A1-1");
        says(a1().over(a1().times(2.into())), "A1/(A1*2)");
        says(a1().plus(1.into()).is(Operator::Equal, 0.into()), "A1+1=0");
        says(a1().is(Operator::Equal, 0.into()).plus(1.into()), "(A1=0)+1");
        says(a1().plus(1.into()).then(" ô"), "A1+1&\" ô\"");
        says(a1().then("ô").is(Operator::Unequal, "ô".into()), "A1&\"ô\"<>\"ô\"");
        says(a1().plus(1.into()).in_brackets().times(2.into()), "(A1+1)*2");
        says(a1().in_brackets(), "(A1)");
    }

    #[test]
    fn signs_do_not_stand_side_by_side() {
        says(a1().minus(a1().negated()), "A1-(-A1)");
        says(a1().negated().plus(a1()), "-A1+A1");
        says(a1().plus(1.into()).negated(), "-(A1+1)");
        says(a1().negated().negated(), "--A1");
        says(a1().times((-5).into()), "A1*(-5)");
        says(Expression::from(-5).plus(a1()), "-5+A1");
        says(Expression::call(Function::Sum, [(-5).into()]), "SUM(-5)");
    }

    #[test]
    fn values_are_written_exactly_and_texts_quoted() {
        says(Expression::Number("1.500".parse().unwrap()), "1.5");
        says(Expression::Number("-0.0".parse().unwrap()), "0");
        says("nói \"b\"".into(), "\"nói \"\"b\"\"\"");
        says(chrono::NaiveDate::from_ymd_opt(2024, 12, 9).unwrap().into(), "DATE(2024,12,9)");
        says(Expression::call(Function::Na, []), "NA()");
        says(Expression::Name("kiem_tra".into()), "kiem_tra");
        says(true.into(), "TRUE");
    }

    #[test]
    fn depth_counts_brackets_but_not_those_in_texts_and_names() {
        let named = Expression::from(Reference::to_cell(CellAddress::new(0, 0)).on_sheet("(a"));
        assert_eq!(named.then("((").printed().nesting, 0);
        let formula = Expression::call(Function::Sum, [a1().plus(1.into()).times(2.into())]);
        assert_eq!(formula.printed().nesting, 2);
    }
}
