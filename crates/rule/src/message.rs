//! The message and the cure of a rule, with the values of the submission filled in.

use super::ast::{Expr, Name, Node, Span};
use super::bind::{BoundName, Checked, bind};
use super::evaluate::{Evaluation, RuleValue, Values};
use super::mistake::Mistake;
use super::parse::parse;
use super::scope::{Scope, ValueId};
use super::sentence::Labels;
use super::{MOST_DECIMALS, Rule, WhenMissing};
use vietnamese::display;

/// Places shown of a figure that was reckoned, where it has more than a reported one can.
const SHOWN_PLACES: u32 = 2;
/// What stands for a value that is missing.
const MISSING: &str = "(chưa có số liệu)";

/// A text with places for values: `{dat}`, `{prev(dat)}`, `{tong - dat}`, `{label(dat)}`, `{cell(dat)}`.
///
/// Whatever a rule can reckon can stand in braces; a brace itself is written twice.
#[derive(Debug, Clone, PartialEq)]
pub struct Message<V> {
    parts: Vec<Part<V>>,
    when_missing: WhenMissing,
}

#[derive(Debug, Clone, PartialEq)]
enum Part<V> {
    Text(String),
    Reckoned(Checked<V>),
    Label(BoundName<V>),
    Cell(BoundName<V>),
}

impl<V: ValueId> Message<V> {
    /// Reads a text in the scope of its rule.
    ///
    /// # Errors
    /// Every mistake, with its place in the text.
    pub fn read(
        text: &str,
        scope: &dyn Scope<V>,
        when_missing: WhenMissing,
    ) -> Result<Message<V>, Vec<Mistake>> {
        let (mut parts, mut mistakes) = (Vec::new(), Vec::new());
        let mut plain = String::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let rest = &text[at..];
            if rest.starts_with("{{") || rest.starts_with("}}") {
                plain.push(c);
                at += 2;
            } else if c == '{' {
                let Some(length) = rest.find('}') else {
                    mistakes.push(Mistake::new(
                        at..text.len(),
                        "dấu { mở ra nhưng không đóng",
                        "thêm dấu } sau mã ô; muốn hiện chính dấu { thì viết {{",
                    ));
                    break;
                };
                if !plain.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut plain)));
                }
                match part(&rest[1..length], at + 1, scope) {
                    Ok(part) => parts.push(part),
                    Err(found) => mistakes.extend(found),
                }
                at += length + 1;
            } else if c == '}' {
                mistakes.push(Mistake::new(
                    at..at + 1,
                    "thừa dấu }",
                    "bỏ dấu này; muốn hiện chính dấu } thì viết }}",
                ));
                at += 1;
            } else {
                plain.push(c);
                at += c.len_utf8();
            }
        }
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        if mistakes.is_empty() { Ok(Message { parts, when_missing }) } else { Err(mistakes) }
    }

    /// The text with values as Vietnamese read them.
    pub fn filled(&self, values: &dyn Values<V>, labels: &dyn Labels<V>) -> String {
        let evaluation = Evaluation { values, when_missing: self.when_missing };
        self.parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Reckoned(expr) => {
                    evaluation.value(expr).map_or_else(|| MISSING.to_owned(), |value| shown(&value))
                }
                Part::Label(bound) => labels.label(&bound.referent.id),
                Part::Cell(bound) => {
                    labels.cell(&bound.referent.id).unwrap_or_else(|| labels.label(&bound.referent.id))
                }
            })
            .collect()
    }
}

impl<V: ValueId> Rule<V> {
    /// Reads a message or a cure of this rule.
    ///
    /// # Errors
    /// Every mistake, with its place in the text.
    pub fn message(&self, text: &str, scope: &dyn Scope<V>) -> Result<Message<V>, Vec<Mistake>> {
        Message::read(text, scope, self.when_missing)
    }
}

fn part<V: ValueId>(inside: &str, offset: usize, scope: &dyn Scope<V>) -> Result<Part<V>, Vec<Mistake>> {
    let moved = |mistakes: Vec<Mistake>| -> Vec<Mistake> {
        let shift = |span: Span| span.start + offset..span.end + offset;
        mistakes.into_iter().map(|mistake| Mistake { span: shift(mistake.span), ..mistake }).collect()
    };
    // `label(x)` and `cell(x)` belong to messages, not to rules: what is in the brackets is a reference like any other.
    for (word, make) in [("label", Part::Label as fn(BoundName<V>) -> Part<V>), ("cell", Part::Cell)] {
        let trimmed = inside.trim();
        let name = trimmed.strip_prefix(word).and_then(|rest| rest.trim_start().strip_prefix('('));
        let Some(name) = name.and_then(|rest| rest.strip_suffix(')')) else { continue };
        let start = inside.find(name).unwrap_or(0);
        let span = start..start + name.len();
        let mut mistakes = Vec::new();
        let written = Name { text: name.trim().to_owned(), previous: false, span: span.clone() };
        let (expr, _) = bind(&Expr { node: Node::Reference(written), span }, scope, &mut mistakes);
        return match expr.node {
            Node::Reference(bound) if mistakes.is_empty() => Ok(make(bound)),
            _ => Err(moved(mistakes)),
        };
    }
    let parsed = parse(inside).map_err(moved)?;
    let mut mistakes = Vec::new();
    let (expr, _) = bind(&parsed, scope, &mut mistakes);
    if mistakes.is_empty() { Ok(Part::Reckoned(expr)) } else { Err(moved(mistakes)) }
}

fn shown(value: &RuleValue) -> String {
    match value {
        RuleValue::Number(n) if n.normalize().scale() > MOST_DECIMALS => display::plain(
            n.round_dp_with_strategy(SHOWN_PLACES, rust_decimal::RoundingStrategy::MidpointAwayFromZero),
        ),
        RuleValue::Number(n) => display::plain(*n),
        RuleValue::Text(text) => text.to_string(),
        RuleValue::Date(day) => display::date(*day),
        RuleValue::Bool(true) => "đúng".to_owned(),
        RuleValue::Bool(false) => "sai".to_owned(),
    }
}
