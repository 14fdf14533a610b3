//! Numbers, days and texts as noun phrases.

use super::super::ast::{Aggregate, Arithmetic, Item, Node};
use super::super::bind::{BoundName, Checked};
use super::super::scope::{Type, ValueId};
use super::{Labels, figure, listed, lower_first};
use rust_decimal::Decimal;
use vietnamese::display;

/// A noun phrase, and whether it is made of two with a sign between them.
pub(super) struct Phrase {
    pub(super) text: String,
    joined: bool,
}

impl Phrase {
    fn whole(text: String) -> Self {
        Phrase { text, joined: false }
    }

    fn joined(text: String) -> Self {
        Phrase { text, joined: true }
    }

    /// As a part of a larger phrase.
    fn part(self) -> String {
        if self.joined { format!("({})", self.text) } else { self.text }
    }
}

/// A reference as a noun phrase.
pub(super) fn reference<V: ValueId>(bound: &BoundName<V>, labels: &dyn Labels<V>) -> String {
    let label = lower_first(&labels.label(&bound.referent.id));
    if bound.previous { format!("{label} năm trước") } else { label }
}

/// Whether a part is a text.
pub(super) fn is_text<V: ValueId>(expr: &Checked<V>) -> bool {
    matches!(&expr.node, Node::Text(_))
        || matches!(&expr.node, Node::Reference(bound) if bound.referent.kind.is_text())
}

/// Whether a part is a day.
pub(super) fn days<V: ValueId>(expr: &Checked<V>) -> bool {
    match &expr.node {
        Node::Date(_) | Node::DateOf(..) => true,
        Node::Reference(bound) => bound.referent.kind == Type::Date,
        Node::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, a, b) => days(a) && !days(b),
        _ => false,
    }
}

/// A part that is a number, a day or a text.
pub(super) fn quantity<V: ValueId>(expr: &Checked<V>, labels: &dyn Labels<V>) -> Phrase {
    let phrase = |x: &Checked<V>| quantity(x, labels);
    match &expr.node {
        Node::Number(n) => Phrase::whole(figure(*n)),
        Node::Text(text) => Phrase::whole(format!("“{text}”")),
        Node::Date(day) => Phrase::whole(format!("ngày {}", display::date(*day))),
        Node::Reference(bound) => Phrase::whole(reference(bound, labels)),
        Node::DateOf(year, month, day) => {
            Phrase::whole(format!("ngày {day:02}/{month:02} của {}", year_of(year, labels)))
        }
        Node::Negate(x) => match &x.node {
            Node::Number(n) => Phrase::whole(figure(-*n)),
            _ => Phrase::whole(format!("số đối của {}", phrase(x).part())),
        },
        Node::Abs(x) => Phrase::whole(match &x.node {
            Node::Arithmetic(Arithmetic::Subtract, a, b) if against_last_year(a, b) => {
                format!("chênh lệch của {} so với năm trước", phrase(a).part())
            }
            Node::Arithmetic(Arithmetic::Subtract, a, b) if against_last_year(b, a) => {
                format!("chênh lệch của {} so với năm trước", phrase(b).part())
            }
            Node::Arithmetic(Arithmetic::Subtract, a, b) => {
                format!("chênh lệch giữa {} và {}", phrase(a).part(), phrase(b).part())
            }
            _ => format!("giá trị tuyệt đối của {}", phrase(x).part()),
        }),
        Node::Round(x, 0) => Phrase::whole(format!("{} làm tròn đến số nguyên", phrase(x).part())),
        Node::Round(x, places) => {
            Phrase::whole(format!("{} làm tròn đến {places} chữ số thập phân", phrase(x).part()))
        }
        Node::Arithmetic(op, a, b) => arithmetic(*op, a, b, labels),
        Node::Aggregate(aggregate, items) => aggregated(*aggregate, items, labels),
        _ => Phrase::joined(super::SentenceWriter { labels }.clause(expr, true, false).text),
    }
}

fn year_of<V: ValueId>(expr: &Checked<V>, labels: &dyn Labels<V>) -> String {
    let text = quantity(expr, labels).text;
    if text.starts_with("năm") { text } else { format!("năm {text}") }
}

/// Whether the second is the first, a year ago.
fn against_last_year<V: ValueId>(a: &Checked<V>, b: &Checked<V>) -> bool {
    match (&a.node, &b.node) {
        (Node::Reference(now), Node::Reference(then)) => {
            now.referent == then.referent && !now.previous && then.previous
        }
        _ => false,
    }
}

fn arithmetic<V: ValueId>(op: Arithmetic, a: &Checked<V>, b: &Checked<V>, labels: &dyn Labels<V>) -> Phrase {
    let phrase = |x: &Checked<V>| quantity(x, labels);
    match op {
        Arithmetic::Subtract if days(a) && days(b) => {
            Phrase::whole(format!("số ngày từ {} đến {}", phrase(b).part(), phrase(a).part()))
        }
        Arithmetic::Add if days(a) => {
            Phrase::joined(format!("{} ngày sau {}", phrase(b).part(), phrase(a).part()))
        }
        Arithmetic::Subtract if days(a) => {
            Phrase::joined(format!("{} ngày trước {}", phrase(b).part(), phrase(a).part()))
        }
        Arithmetic::Subtract if against_last_year(a, b) => {
            Phrase::whole(format!("mức tăng của {} so với năm trước", phrase(a).part()))
        }
        Arithmetic::Subtract if against_last_year(b, a) => {
            Phrase::whole(format!("mức giảm của {} so với năm trước", phrase(b).part()))
        }
        Arithmetic::Add => Phrase::joined(format!("{} cộng {}", addend(a, labels), addend(b, labels))),
        Arithmetic::Subtract => Phrase::joined(format!("{} trừ {}", addend(a, labels), phrase(b).part())),
        Arithmetic::Multiply => {
            if let Some((part, whole)) = percentage(a, b).or_else(|| percentage(b, a)) {
                return Phrase::whole(format!(
                    "tỷ lệ phần trăm của {} trên {}",
                    phrase(part).part(),
                    phrase(whole).part()
                ));
            }
            match (&a.node, &b.node) {
                (Node::Number(n), _) => times(*n, phrase(b).part()),
                (_, Node::Number(n)) => times(*n, phrase(a).part()),
                _ => Phrase::joined(format!("{} nhân với {}", phrase(a).part(), phrase(b).part())),
            }
        }
        Arithmetic::Divide => {
            if let Node::Arithmetic(Arithmetic::Multiply, x, y) = &a.node {
                let hundred = |n: &Checked<V>| matches!(n.node, Node::Number(n) if n == Decimal::ONE_HUNDRED);
                let part = if hundred(x) { Some(y) } else { hundred(y).then_some(x) };
                if let Some(part) = part {
                    let text =
                        format!("tỷ lệ phần trăm của {} trên {}", phrase(part).part(), phrase(b).part());
                    return Phrase::whole(text);
                }
            }
            match &b.node {
                Node::Number(n) => Phrase::joined(format!("{} chia cho {}", phrase(a).part(), figure(*n))),
                _ => Phrase::whole(format!("tỷ số giữa {} và {}", phrase(a).part(), phrase(b).part())),
            }
        }
    }
}

/// Sums need no brackets in a sum.
fn addend<V: ValueId>(expr: &Checked<V>, labels: &dyn Labels<V>) -> String {
    let phrase = quantity(expr, labels);
    match &expr.node {
        Node::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, a, _) if !days(a) => phrase.text,
        _ => phrase.part(),
    }
}

/// `part / whole * 100`.
fn percentage<'e, V>(a: &'e Checked<V>, b: &Checked<V>) -> Option<(&'e Checked<V>, &'e Checked<V>)> {
    match (&a.node, &b.node) {
        (Node::Arithmetic(Arithmetic::Divide, part, whole), Node::Number(n))
            if *n == Decimal::ONE_HUNDRED =>
        {
            Some((part, whole))
        }
        _ => None,
    }
}

/// “20 lần A”, “95% của A”.
fn times(n: Decimal, what: String) -> Phrase {
    if n == Decimal::ONE {
        Phrase::whole(what)
    } else if n < Decimal::ONE {
        Phrase::whole(format!("{}% của {what}", figure(n * Decimal::ONE_HUNDRED)))
    } else {
        Phrase::whole(format!("{} lần {what}", figure(n)))
    }
}

fn aggregated<V: ValueId>(
    aggregate: Aggregate,
    items: &[Item<BoundName<V>>],
    labels: &dyn Labels<V>,
) -> Phrase {
    let names: Vec<String> = items
        .iter()
        .map(|item| match item {
            Item::One(bound) => reference(bound, labels),
            Item::Group(pattern, members) => {
                let group = lower_first(&labels.group(&pattern.text, members));
                if pattern.previous { format!("{group} năm trước") } else { group }
            }
        })
        .collect();
    let list = listed(&names, "và");
    Phrase::whole(match aggregate {
        Aggregate::Sum if names.len() == 1 => format!("tổng {list}"),
        Aggregate::Sum => format!("tổng của {list}"),
        Aggregate::Count => format!("số ô đã điền trong {list}"),
        Aggregate::Min => format!("số nhỏ nhất trong {list}"),
        Aggregate::Max => format!("số lớn nhất trong {list}"),
    })
}
