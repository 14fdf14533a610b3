//! A rule as an official would say it.

mod quantity;

use super::ast::{Comparison, Logic, Node};
use super::bind::{BoundName, Checked};
use super::scope::ValueId;
use quantity::{days, quantity};
use vietnamese::display;

/// How values are called.
pub trait Labels<V> {
    /// A value as a noun phrase, such as “Số được công nhận” or “năm báo cáo”.
    fn label(&self, id: &V) -> String;

    /// The values of a pattern such as `co_so.*.dat` as a noun phrase, such as “số đã triển khai của các loại cơ sở”.
    fn group(&self, pattern: &str, members: &[BoundName<V>]) -> String;

    /// The cell of a value as the sender finds it, such as “E7”; `None` when it has none.
    fn cell(&self, id: &V) -> Option<String>;
}

/// The text with its first letter small, unless its first word is in capitals (“DTTS”).
///
/// ```
/// use rule::lower_first;
/// assert_eq!(lower_first("Số được công nhận"), "số được công nhận");
/// assert_eq!(lower_first("DTTS trong số đạt"), "DTTS trong số đạt");
/// ```
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

pub(super) fn sentence<V: ValueId>(expr: &Checked<V>, labels: &dyn Labels<V>) -> String {
    let writer = SentenceWriter { labels };
    display::capitalised(&writer.clause(expr, true, true).text)
}

/// How a clause holds together: which others it may stand in without brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Simple,
    And,
    Or,
    If,
}

struct Clause {
    text: String,
    shape: Shape,
}

impl Clause {
    fn simple(text: String) -> Self {
        Clause { text, shape: Shape::Simple }
    }

    /// In brackets unless it may stand there as it is.
    fn inside(self, allowed: &[Shape]) -> String {
        if allowed.contains(&self.shape) { self.text } else { format!("({})", self.text) }
    }
}

struct SentenceWriter<'a, V> {
    labels: &'a dyn Labels<V>,
}

impl<V: ValueId> SentenceWriter<'_, V> {
    /// A statement, or its opposite when `so` is false. `duty` tells what the sender has to do from the condition for it.
    fn clause(&self, expr: &Checked<V>, so: bool, duty: bool) -> Clause {
        match &expr.node {
            Node::Not(x) => self.clause(x, !so, duty),
            Node::Logic(Logic::Implies, ..) if so => self.condition(expr),
            Node::Logic(Logic::Implies, a, b) => {
                let (a, b) = (self.clause(a, true, false), self.clause(b, false, false));
                let text = format!("{} nhưng {}", a.inside(&[Shape::Simple]), b.inside(&[Shape::Simple]));
                Clause { text, shape: Shape::And }
            }
            Node::Logic(logic, ..) => {
                let mut parts = Vec::new();
                // “Not (a and b)” is told as “not a or not b”.
                self.chain(*logic, expr, so, duty, &mut parts);
                let and = (*logic == Logic::And) == so;
                let shape = if and { Shape::And } else { Shape::Or };
                let parts: Vec<String> =
                    parts.into_iter().map(|part| part.inside(&[Shape::Simple])).collect();
                Clause { text: listed(&parts, if and { "và" } else { "hoặc" }), shape }
            }
            Node::Filled(bound, filled) => {
                let label = quantity::reference(bound, self.labels);
                Clause::simple(match (*filled == so, duty) {
                    (true, true) => format!("phải điền {label}"),
                    (true, false) => format!("đã điền {label}"),
                    (false, true) => format!("phải để trống {label}"),
                    (false, false) => format!("{label} để trống"),
                })
            }
            Node::Compare(op, a, b) => {
                let op = if so { *op } else { op.negated() };
                // The subject is what is reported, not the figure it is compared with.
                let fixed =
                    |x: &Checked<V>| matches!(x.node, Node::Number(_) | Node::Text(_) | Node::Date(_));
                Clause::simple(if fixed(a) && !fixed(b) {
                    self.comparison(op.mirrored(), b, a)
                } else {
                    self.comparison(op, a, b)
                })
            }
            Node::In(x, list) => Clause::simple(self.one_of(x, list, so)),
            Node::Bool(b) => {
                Clause::simple(if *b == so { "luôn đúng".to_owned() } else { "luôn sai".to_owned() })
            }
            _ => Clause::simple(quantity(expr, self.labels).text),
        }
    }

    fn chain(&self, logic: Logic, expr: &Checked<V>, so: bool, duty: bool, parts: &mut Vec<Clause>) {
        match &expr.node {
            Node::Logic(own, a, b) if *own == logic => {
                self.chain(logic, a, so, duty, parts);
                self.chain(logic, b, so, duty, parts);
            }
            _ => parts.push(self.clause(expr, so, duty)),
        }
    }

    /// `a implies (b implies c)` is told as “nếu a và b thì c”.
    fn condition(&self, expr: &Checked<V>) -> Clause {
        let mut conditions = Vec::new();
        let mut rest = expr;
        while let Node::Logic(Logic::Implies, a, b) = &rest.node {
            conditions.push(self.clause(a, true, false));
            rest = b;
        }
        let condition = match conditions.len() {
            1 => conditions.remove(0).inside(&[Shape::Simple, Shape::And, Shape::Or]),
            _ => {
                let parts: Vec<String> =
                    conditions.into_iter().map(|part| part.inside(&[Shape::Simple, Shape::And])).collect();
                listed(&parts, "và")
            }
        };
        let then = self.clause(rest, true, true).inside(&[Shape::Simple, Shape::And, Shape::Or]);
        Clause { text: format!("nếu {condition} thì {then}"), shape: Shape::If }
    }

    fn comparison(&self, op: Comparison, a: &Checked<V>, b: &Checked<V>) -> String {
        let (left, right) = (quantity(a, self.labels).text, quantity(b, self.labels).text);
        if let Node::Text(text) = &b.node {
            let verb = if op == Comparison::Equal { "là" } else { "không phải là" };
            return format!("{left} {verb} “{text}”");
        }
        if quantity::is_text(a) {
            let verb = if op == Comparison::Equal { "giống" } else { "khác" };
            return format!("{left} {verb} {right}");
        }
        if days(a) {
            let verb = match op {
                Comparison::AtMost => "không muộn hơn",
                Comparison::AtLeast => "không sớm hơn",
                Comparison::Below => "trước",
                Comparison::Above => "sau",
                Comparison::Equal if matches!(b.node, Node::Date(_)) => "là",
                Comparison::Equal => "trùng với",
                Comparison::Unequal => "khác",
            };
            return format!("{left} {verb} {right}");
        }
        let figure = matches!(b.node, Node::Number(_));
        match op {
            Comparison::AtMost if figure => format!("{left} không quá {right}"),
            Comparison::AtLeast if figure => format!("{left} từ {right} trở lên"),
            Comparison::AtMost => format!("{left} không lớn hơn {right}"),
            Comparison::AtLeast => format!("{left} không nhỏ hơn {right}"),
            Comparison::Below => format!("{left} nhỏ hơn {right}"),
            Comparison::Above => format!("{left} lớn hơn {right}"),
            Comparison::Equal => format!("{left} bằng {right}"),
            Comparison::Unequal => format!("{left} khác {right}"),
        }
    }

    fn one_of(&self, x: &Checked<V>, list: &[Checked<V>], so: bool) -> String {
        let subject = quantity(x, self.labels).text;
        let text = list.iter().any(|value| matches!(value.node, Node::Text(_)));
        let values: Vec<String> = list
            .iter()
            .map(|value| match &value.node {
                Node::Text(text) => format!("“{text}”"),
                _ => quantity(value, self.labels).text,
            })
            .collect();
        let verb = match (text || days(x), so) {
            (true, true) => "là",
            (true, false) => "không phải là",
            (false, true) => "bằng",
            (false, false) => "khác",
        };
        format!("{subject} {verb} {}", listed(&values, if so { "hoặc" } else { "và" }))
    }
}

/// “a, b và c”.
fn listed(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

fn figure(n: rust_decimal::Decimal) -> String {
    display::plain(n)
}
