//! Statements that cannot change: always true, or never, whatever is reported.

use super::ast::{Aggregate, Arithmetic, Comparison, Item, Logic, Node};
use super::bind::{BoundName, Checked};
use super::evaluate::{RuleValue, compare, reckon, rounded};
use super::mistake::Mistake;
use super::scope::{Referent, ValueId};
use chrono::Datelike;
use rust_decimal::Decimal;

/// Reports the largest parts that are always true or never, once each.
pub(super) fn check<V: ValueId>(expr: &Checked<V>, mistakes: &mut Vec<Mistake>) {
    report(expr, true, mistakes);
}

fn report<V: ValueId>(expr: &Checked<V>, whole: bool, mistakes: &mut Vec<Mistake>) {
    if let Some(always) = decided(expr) {
        let subject = if whole { "quy tắc này" } else { "phần này" };
        let what = if always {
            format!("{subject} luôn đúng với mọi số liệu")
        } else {
            format!("{subject} không bao giờ đúng, dù số liệu thế nào")
        };
        let cure =
            "kiểm tra lại mã ô, dấu so sánh và con số; ô số không bao giờ nhỏ hơn 0, tỷ lệ không quá 100";
        mistakes.push(Mistake::new(expr.span.clone(), what, cure));
        return;
    }
    match &expr.node {
        Node::Not(x) => report(x, false, mistakes),
        Node::Logic(_, a, b) => {
            report(a, false, mistakes);
            report(b, false, mistakes);
        }
        _ => {}
    }
}

/// Whether a statement is true or false whatever the values are.
fn decided<V: ValueId>(expr: &Checked<V>) -> Option<bool> {
    let by_parts = match &expr.node {
        Node::Bool(b) => Some(*b),
        Node::Not(x) => decided(x).map(|b| !b),
        Node::Logic(logic, a, b) => {
            let (a, b) = (decided(a), decided(b));
            match logic {
                Logic::And if a == Some(false) || b == Some(false) => Some(false),
                Logic::Or if a == Some(true) || b == Some(true) => Some(true),
                Logic::Implies if a == Some(false) || b == Some(true) => Some(true),
                Logic::And => a.zip(b).map(|_| true),
                Logic::Or => a.zip(b).map(|_| false),
                Logic::Implies => a.zip(b).map(|_| false),
            }
        }
        Node::Compare(op, a, b) if a == b => Some(op.holds(std::cmp::Ordering::Equal)),
        Node::Compare(op, a, b) => match (fixed(a), fixed(b)) {
            (Some(a), Some(b)) => compare(*op, &a, &b),
            _ => between(*op, &range(a), &range(b)),
        },
        Node::In(x, list) => {
            let x = fixed(x)?;
            Some(list.iter().filter_map(fixed).any(|y| compare(Comparison::Equal, &x, &y) == Some(true)))
        }
        _ => None,
    };
    by_parts
        .or_else(|| contradictory(expr, true).then_some(false))
        .or_else(|| contradictory(expr, false).then_some(true))
}

/// The value of a part without references.
fn fixed<V: ValueId>(expr: &Checked<V>) -> Option<RuleValue> {
    let number = |x: &Checked<V>| match fixed(x)? {
        RuleValue::Number(n) => Some(n),
        _ => None,
    };
    match &expr.node {
        Node::Number(n) => Some(RuleValue::Number(*n)),
        Node::Text(text) => Some(RuleValue::Text(text.as_str().into())),
        Node::Date(day) => Some(RuleValue::Date(*day)),
        Node::Negate(x) => number(x).map(|n| RuleValue::Number(-n)),
        Node::Abs(x) => number(x).map(|n| RuleValue::Number(n.abs())),
        Node::Round(x, places) => number(x).map(|n| RuleValue::Number(rounded(n, *places))),
        Node::Arithmetic(op, a, b) => reckon(*op, &fixed(a)?, &fixed(b)?),
        _ => None,
    }
}

/// The least and the most a number can be; days are counted.
#[derive(Debug, Clone, Copy, Default)]
struct Range {
    least: Option<Decimal>,
    most: Option<Decimal>,
}

fn range<V: ValueId>(expr: &Checked<V>) -> Range {
    match &expr.node {
        Node::Number(n) => Range { least: Some(*n), most: Some(*n) },
        Node::Date(day) => {
            let day = Some(Decimal::from(day.num_days_from_ce()));
            Range { least: day, most: day }
        }
        Node::Reference(bound) => range_of_value(&bound.referent),
        Node::Negate(x) => negative(range(x)),
        Node::Abs(x) => {
            let inner = range(x);
            let least = inner.least.filter(|least| *least > Decimal::ZERO).unwrap_or_default();
            let most = inner.least.zip(inner.most).map(|(a, b)| a.abs().max(b.abs()));
            Range { least: Some(least), most }
        }
        Node::Round(x, places) => {
            let inner = range(x);
            Range {
                least: inner.least.map(|n| rounded(n, *places)),
                most: inner.most.map(|n| rounded(n, *places)),
            }
        }
        Node::Arithmetic(Arithmetic::Add, a, b) => plus(range(a), range(b)),
        Node::Arithmetic(Arithmetic::Subtract, a, b) => plus(range(a), negative(range(b))),
        Node::Arithmetic(Arithmetic::Multiply, a, b) => {
            let (a, b) = (range(a), range(b));
            // Only what is never negative is worth the trouble: counts times counts or factors.
            let (Some(x), Some(y)) = (a.least, b.least) else { return Range::default() };
            if x < Decimal::ZERO || y < Decimal::ZERO {
                return Range::default();
            }
            let most = a.most.zip(b.most).and_then(|(x, y)| x.checked_mul(y));
            Range { least: x.checked_mul(y), most }
        }
        Node::Arithmetic(Arithmetic::Divide, a, b) => {
            let not_negative = |r: Range| r.least.is_some_and(|least| least >= Decimal::ZERO);
            let least = (not_negative(range(a)) && not_negative(range(b))).then_some(Decimal::ZERO);
            Range { least, most: None }
        }
        Node::Aggregate(aggregate, items) => range_of_aggregate(*aggregate, items),
        _ => Range::default(),
    }
}

fn range_of_value<V>(referent: &Referent<V>) -> Range {
    Range { least: referent.least, most: referent.most }
}

fn range_of_aggregate<V>(aggregate: Aggregate, items: &[Item<BoundName<V>>]) -> Range {
    let ranges: Vec<Range> =
        items.iter().flat_map(Item::members).map(|member| range_of_value(&member.referent)).collect();
    let smallest = || ranges.iter().map(|r| r.least).min().flatten();
    let largest =
        || ranges.iter().map(|r| r.most).collect::<Option<Vec<_>>>().and_then(|all| all.into_iter().max());
    match aggregate {
        Aggregate::Count => Range { least: Some(Decimal::ZERO), most: Some(ranges.len().into()) },
        // Some may be left out (skip-if-all), so bounds add up only where leaving out does not widen them.
        Aggregate::Sum => {
            let least = smallest().filter(|least| *least >= Decimal::ZERO).map(|_| Decimal::ZERO);
            Range { least, most: None }
        }
        Aggregate::Min | Aggregate::Max => Range { least: smallest(), most: largest() },
    }
}

fn negative(range: Range) -> Range {
    Range { least: range.most.map(|n| -n), most: range.least.map(|n| -n) }
}

fn plus(a: Range, b: Range) -> Range {
    let add = |x: Option<Decimal>, y: Option<Decimal>| x.zip(y).and_then(|(x, y)| x.checked_add(y));
    Range { least: add(a.least, b.least), most: add(a.most, b.most) }
}

/// What a comparison of two ranges comes to, when it comes to one thing only.
fn between(op: Comparison, a: &Range, b: &Range) -> Option<bool> {
    let below = a.most.zip(b.least);
    let above = a.least.zip(b.most);
    let surely_below = below.is_some_and(|(x, y)| x < y);
    let surely_above = above.is_some_and(|(x, y)| x > y);
    let never_above = below.is_some_and(|(x, y)| x <= y);
    let never_below = above.is_some_and(|(x, y)| x >= y);
    match op {
        Comparison::AtMost if never_above => Some(true),
        Comparison::AtMost if surely_above => Some(false),
        Comparison::AtLeast if never_below => Some(true),
        Comparison::AtLeast if surely_below => Some(false),
        Comparison::Below if surely_below => Some(true),
        Comparison::Below if never_below => Some(false),
        Comparison::Above if surely_above => Some(true),
        Comparison::Above if never_above => Some(false),
        Comparison::Equal if surely_below || surely_above => Some(false),
        Comparison::Unequal if surely_below || surely_above => Some(true),
        _ => None,
    }
}

/// Statements that must all hold for the whole to come out as wanted.
#[derive(Debug, Clone)]
enum Demand<'e, V> {
    Compared(Comparison, &'e Checked<V>, &'e Checked<V>),
    Filled(&'e BoundName<V>, bool),
}

fn demands<'e, V>(expr: &'e Checked<V>, wanted: bool, found: &mut Vec<Demand<'e, V>>) {
    match &expr.node {
        Node::Not(x) => demands(x, !wanted, found),
        Node::Logic(Logic::And, a, b) if wanted => {
            demands(a, true, found);
            demands(b, true, found);
        }
        Node::Logic(Logic::Or, a, b) if !wanted => {
            demands(a, false, found);
            demands(b, false, found);
        }
        Node::Logic(Logic::Implies, a, b) if !wanted => {
            demands(a, true, found);
            demands(b, false, found);
        }
        Node::Compare(op, a, b) => {
            found.push(Demand::Compared(if wanted { *op } else { op.negated() }, a, b));
        }
        Node::Filled(bound, filled) => found.push(Demand::Filled(bound, *filled == wanted)),
        _ => {}
    }
}

/// Whether two demands for that outcome exclude each other, as `x > 5 and x < 3` does.
fn contradictory<V: ValueId>(expr: &Checked<V>, wanted: bool) -> bool {
    let mut all = Vec::new();
    demands(expr, wanted, &mut all);
    all.iter().enumerate().any(|(i, one)| all[i + 1..].iter().any(|other| exclude(one, other)))
}

fn exclude<V: ValueId>(one: &Demand<'_, V>, other: &Demand<'_, V>) -> bool {
    use std::cmp::Ordering::{Equal, Greater, Less};
    match (one, other) {
        (Demand::Filled(x, a), Demand::Filled(y, b)) => x == y && a != b,
        (Demand::Compared(op, a, b), Demand::Compared(other_op, c, d)) => {
            let other_op = if a == c && b == d {
                Some(*other_op)
            } else if a == d && b == c {
                Some(other_op.mirrored())
            } else {
                None
            };
            if let Some(other_op) = other_op {
                return ![Less, Equal, Greater]
                    .iter()
                    .any(|order| op.holds(*order) && other_op.holds(*order));
            }
            match (against_fixed(one), against_fixed(other)) {
                (Some((x, op, a)), Some((y, other_op, b))) if x == y => !meet(op, &a, other_op, &b),
                _ => false,
            }
        }
        _ => false,
    }
}

/// `x <= 5` or `5 >= x` as x, `<=`, 5.
fn against_fixed<'e, V: ValueId>(demand: &Demand<'e, V>) -> Option<(&'e Checked<V>, Comparison, RuleValue)> {
    let Demand::Compared(op, a, b) = demand else { return None };
    match (fixed(a), fixed(b)) {
        (None, Some(value)) => Some((a, *op, value)),
        (Some(value), None) => Some((b, op.mirrored(), value)),
        _ => None,
    }
}

/// Whether some value satisfies both: tried below, at, between and above the two marks.
fn meet(op: Comparison, a: &RuleValue, other_op: Comparison, b: &RuleValue) -> bool {
    let tries: Vec<RuleValue> = match (a, b) {
        (RuleValue::Number(x), RuleValue::Number(y)) => {
            let (low, high) = (*x.min(y), *x.max(y));
            let middle = (low / Decimal::TWO).saturating_add(high / Decimal::TWO);
            let outside = [low.saturating_sub(Decimal::ONE), high.saturating_add(Decimal::ONE)];
            [low, high, middle].into_iter().chain(outside).map(RuleValue::Number).collect()
        }
        (RuleValue::Date(x), RuleValue::Date(y)) => {
            let (low, high) = (*x.min(y), *x.max(y));
            let days = [Some(low), Some(high), low.pred_opt(), low.succ_opt(), high.succ_opt()];
            let middle = low.succ_opt().filter(|day| *day < high);
            days.into_iter()
                .flatten()
                .filter(|day| *day <= low || *day >= high)
                .chain(middle)
                .map(RuleValue::Date)
                .collect()
        }
        // Some third text is always left.
        (RuleValue::Text(_), RuleValue::Text(_)) => {
            vec![a.clone(), b.clone(), RuleValue::Text("\u{0}".into())]
        }
        _ => return true,
    };
    tries.iter().any(|v| compare(op, v, a) == Some(true) && compare(other_op, v, b) == Some(true))
}
