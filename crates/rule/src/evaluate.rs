//! What a rule says about the values of one submission.

use super::ast::{Aggregate, Arithmetic, Comparison, Expr, Item, Logic, Name, Node};
use super::bind::{BoundName, Checked};
use super::scope::{Source, Type, ValueId};
use super::{COMPARED_PLACES, WhenMissing};
use chrono::{Datelike, Days, NaiveDate};
use ecow::EcoString;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use sheet::Content;

/// A value in a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleValue {
    /// A number.
    Number(Decimal),
    /// Words, or the text of the chosen item.
    Text(EcoString),
    /// A day.
    Date(NaiveDate),
    /// True or false: what a statement comes to; no value of a form is one.
    Bool(bool),
}

impl From<&Content> for RuleValue {
    fn from(content: &Content) -> Self {
        match content {
            Content::Number(number) => RuleValue::Number(*number),
            Content::Text(text) => RuleValue::Text(text.clone()),
            Content::Date(day) => RuleValue::Date(*day),
        }
    }
}

/// Where the values come from.
pub trait Values<V> {
    /// A value reported this year or given by the program, or the one reported last year; `None` when it is missing.
    fn value(&self, id: &V, previous: bool) -> Option<RuleValue>;
}

/// What came of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ruling {
    /// It holds.
    Holds,
    /// It is broken.
    Violated,
    /// It could not be decided: values are missing, a division by zero, a number beyond all bounds.
    NotEvaluated,
}

pub(super) struct Evaluation<'a, V> {
    pub(super) values: &'a dyn Values<V>,
    pub(super) when_missing: WhenMissing,
}

impl<V: ValueId> Evaluation<'_, V> {
    pub(super) fn outcome(&self, expr: &Checked<V>) -> Ruling {
        if self.skipped(expr) {
            return Ruling::NotEvaluated;
        }
        match self.truth(expr) {
            Some(true) => Ruling::Holds,
            Some(false) => Ruling::Violated,
            None => Ruling::NotEvaluated,
        }
    }

    fn skipped(&self, expr: &Checked<V>) -> bool {
        let needed = needed(expr);
        let missing = |bound: &&&BoundName<V>| self.reference(bound).is_none();
        match self.when_missing {
            WhenMissing::SkipIfAny => needed.iter().any(|bound| missing(&bound)),
            WhenMissing::SkipIfAll => {
                let mut fields = needed.iter().filter(|b| b.referent.source == Source::Reported).peekable();
                fields.peek().is_some() && fields.all(|bound| missing(&bound))
            }
            WhenMissing::NeverSkip => false,
        }
    }

    /// A reference's value, if it is there and of the kind that was promised.
    fn reference(&self, bound: &BoundName<V>) -> Option<RuleValue> {
        let value = self.values.value(&bound.referent.id, bound.previous)?;
        match (&bound.referent.kind, &value) {
            (Type::Whole | Type::Decimal, RuleValue::Number(_)) | (Type::Date, RuleValue::Date(_)) => {
                Some(value)
            }
            (Type::Text | Type::Choice(_), RuleValue::Text(text)) if !text.trim().is_empty() => Some(value),
            _ => None,
        }
    }

    /// Kleene's three values: a statement is decided as soon as what is there decides it.
    pub(super) fn truth(&self, expr: &Checked<V>) -> Option<bool> {
        match &expr.node {
            Node::Bool(b) => Some(*b),
            Node::Not(x) => self.truth(x).map(|b| !b),
            Node::Logic(logic, a, b) => {
                let (a, b) = (self.truth(a), self.truth(b));
                match logic {
                    Logic::And => either(a, b, false),
                    Logic::Or => either(a, b, true),
                    Logic::Implies => either(a.map(|a| !a), b, true),
                }
            }
            Node::Filled(bound, filled) => Some(self.reference(bound).is_some() == *filled),
            Node::Compare(op, a, b) => compare(*op, &self.value(a)?, &self.value(b)?),
            Node::In(x, list) => {
                let x = self.value(x)?;
                Some(
                    list.iter()
                        .filter_map(|y| self.value(y))
                        .any(|y| compare(Comparison::Equal, &x, &y) == Some(true)),
                )
            }
            _ => None,
        }
    }

    /// The value of any part; `None` when it cannot be had.
    pub(super) fn value(&self, expr: &Checked<V>) -> Option<RuleValue> {
        match &expr.node {
            Node::Number(n) => Some(RuleValue::Number(*n)),
            Node::Text(text) => Some(RuleValue::Text(text.as_str().into())),
            Node::Date(day) => Some(RuleValue::Date(*day)),
            Node::Reference(bound) => self.reference(bound),
            Node::DateOf(year, month, day) => {
                let year = self.number(year)?.to_i32().filter(|year| (1901..=9999).contains(year))?;
                NaiveDate::from_ymd_opt(year, *month, *day).map(RuleValue::Date)
            }
            Node::Negate(x) => self.number(x).map(|n| RuleValue::Number(-n)),
            Node::Abs(x) => self.number(x).map(|n| RuleValue::Number(n.abs())),
            Node::Round(x, places) => self.number(x).map(|n| RuleValue::Number(rounded(n, *places))),
            Node::Arithmetic(op, a, b) => reckon(*op, &self.value(a)?, &self.value(b)?),
            Node::Aggregate(aggregate, items) => self.aggregate(*aggregate, items).map(RuleValue::Number),
            _ => self.truth(expr).map(RuleValue::Bool),
        }
    }

    fn number(&self, expr: &Checked<V>) -> Option<Decimal> {
        match self.value(expr)? {
            RuleValue::Number(n) => Some(n),
            _ => None,
        }
    }

    fn aggregate(&self, aggregate: Aggregate, items: &[Item<BoundName<V>>]) -> Option<Decimal> {
        let members: Vec<Option<RuleValue>> =
            items.iter().flat_map(Item::members).map(|member| self.reference(member)).collect();
        if aggregate == Aggregate::Count {
            return Some(members.iter().flatten().count().into());
        }
        // Only skip-if-all goes by what is there; otherwise a sum with a hole in it is no sum.
        if self.when_missing != WhenMissing::SkipIfAll && members.iter().any(Option::is_none) {
            return None;
        }
        let mut numbers = members.into_iter().flatten().filter_map(|value| match value {
            RuleValue::Number(n) => Some(n),
            _ => None,
        });
        let first = numbers.next()?;
        match aggregate {
            Aggregate::Sum => numbers.try_fold(first, Decimal::checked_add),
            Aggregate::Min => Some(numbers.fold(first, Decimal::min)),
            Aggregate::Max => Some(numbers.fold(first, Decimal::max)),
            Aggregate::Count => None,
        }
    }
}

/// One of them decides if it is `decisive`; otherwise both must be known.
fn either(a: Option<bool>, b: Option<bool>, decisive: bool) -> Option<bool> {
    if a == Some(decisive) || b == Some(decisive) { Some(decisive) } else { a.and(b).map(|_| !decisive) }
}

pub(super) fn rounded(n: Decimal, places: u32) -> Decimal {
    n.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

pub(super) fn compare(op: Comparison, a: &RuleValue, b: &RuleValue) -> Option<bool> {
    match (a, b) {
        (RuleValue::Number(a), RuleValue::Number(b)) => {
            Some(op.holds(rounded(*a, COMPARED_PLACES).cmp(&rounded(*b, COMPARED_PLACES))))
        }
        (RuleValue::Date(a), RuleValue::Date(b)) => Some(op.holds(a.cmp(b))),
        (RuleValue::Text(a), RuleValue::Text(b)) => Some(op.holds(a.cmp(b))),
        _ => None,
    }
}

pub(super) fn reckon(op: Arithmetic, a: &RuleValue, b: &RuleValue) -> Option<RuleValue> {
    match (a, op, b) {
        (RuleValue::Number(a), Arithmetic::Add, RuleValue::Number(b)) => {
            a.checked_add(*b).map(RuleValue::Number)
        }
        (RuleValue::Number(a), Arithmetic::Subtract, RuleValue::Number(b)) => {
            a.checked_sub(*b).map(RuleValue::Number)
        }
        (RuleValue::Number(a), Arithmetic::Multiply, RuleValue::Number(b)) => {
            a.checked_mul(*b).map(RuleValue::Number)
        }
        (RuleValue::Number(a), Arithmetic::Divide, RuleValue::Number(b)) => {
            a.checked_div(*b).map(RuleValue::Number)
        }
        (RuleValue::Date(a), Arithmetic::Subtract, RuleValue::Date(b)) => {
            Some(RuleValue::Number((*a - *b).num_days().into()))
        }
        (RuleValue::Date(day), _, RuleValue::Number(days)) => {
            let days = if op == Arithmetic::Subtract { -*days } else { *days }.to_i64()?;
            let step = Days::new(days.unsigned_abs());
            let day = if days < 0 { day.checked_sub_days(step) } else { day.checked_add_days(step) }?;
            (1901..=9999).contains(&day.year()).then_some(RuleValue::Date(day))
        }
        _ => None,
    }
}

/// The references whose absence can leave the rule undecided: all but those only asked whether they are filled.
pub(super) fn needed<V: ValueId>(expr: &Checked<V>) -> Vec<&BoundName<V>> {
    let mut found = Vec::new();
    visit(expr, &mut |bound, asked_for_value| {
        if asked_for_value && !found.contains(&bound) {
            found.push(bound);
        }
    });
    found
}

/// Every reference, and whether its value is asked for rather than whether it is there.
pub(super) fn visit<'e, R>(expr: &'e Expr<R>, see: &mut dyn FnMut(&'e R, bool)) {
    match &expr.node {
        Node::Reference(bound) => see(bound, true),
        Node::Filled(bound, _) => see(bound, false),
        Node::Aggregate(aggregate, items) => {
            items.iter().flat_map(Item::members).for_each(|bound| see(bound, *aggregate != Aggregate::Count));
        }
        Node::Negate(x)
        | Node::Abs(x)
        | Node::Round(x, _)
        | Node::Not(x)
        | Node::In(x, _)
        | Node::DateOf(x, ..) => {
            visit(x, see);
        }
        Node::Arithmetic(_, a, b) | Node::Compare(_, a, b) | Node::Logic(_, a, b) => {
            visit(a, see);
            visit(b, see);
        }
        Node::Number(_) | Node::Text(_) | Node::Date(_) | Node::Bool(_) | Node::Unreadable => {}
    }
}

/// Every number that is written down; days and places of rounding are none.
pub(super) fn figures<R>(expr: &Expr<R>, see: &mut dyn FnMut(Decimal)) {
    match &expr.node {
        Node::Number(figure) => see(*figure),
        Node::In(x, list) => {
            figures(x, see);
            list.iter().for_each(|literal| figures(literal, see));
        }
        Node::Negate(x) | Node::Abs(x) | Node::Round(x, _) | Node::Not(x) | Node::DateOf(x, ..) => {
            figures(x, see);
        }
        Node::Arithmetic(_, a, b) | Node::Compare(_, a, b) | Node::Logic(_, a, b) => {
            figures(a, see);
            figures(b, see);
        }
        _ => {}
    }
}

/// Every pattern of the lists of aggregates.
pub(super) fn patterns<'e, R>(expr: &'e Expr<R>, see: &mut dyn FnMut(&'e Name)) {
    match &expr.node {
        Node::Aggregate(_, items) => {
            for item in items {
                if let Item::Group(pattern, _) = item {
                    see(pattern);
                }
            }
        }
        Node::Negate(x)
        | Node::Abs(x)
        | Node::Round(x, _)
        | Node::Not(x)
        | Node::In(x, _)
        | Node::DateOf(x, ..) => patterns(x, see),
        Node::Arithmetic(_, a, b) | Node::Compare(_, a, b) | Node::Logic(_, a, b) => {
            patterns(a, see);
            patterns(b, see);
        }
        _ => {}
    }
}
