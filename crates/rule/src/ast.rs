//! The one tree of a rule, and its canonical text.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::fmt;
use std::ops::Range;

/// Bytes of the rule's text.
pub type Span = Range<usize>;

/// A part of a rule and where it stands. Two parts are equal when they say the same, wherever they stand.
///
/// `R` is how a reference is kept: as it was [written](Name) or [bound](super::BoundName) to a value.
#[derive(Debug, Clone)]
pub struct Expr<R> {
    /// What it is.
    pub node: Node<R>,
    /// Where it stands.
    pub span: Span,
}

impl<R: PartialEq> PartialEq for Expr<R> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

/// What a part of a rule is.
#[derive(Debug, Clone, PartialEq)]
pub enum Node<R> {
    /// A number, zero or more.
    Number(Decimal),
    /// A text in quotes.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// `true` or `false`.
    Bool(bool),
    /// A value of the form, of last year, or given by the program.
    Reference(R),
    /// `date(year, 12, 10)`: year computed, month and day fixed.
    DateOf(Box<Expr<R>>, u32, u32),
    /// `-x`.
    Negate(Box<Expr<R>>),
    /// `abs(x)`.
    Abs(Box<Expr<R>>),
    /// `round(x, places)`, half away from zero.
    Round(Box<Expr<R>>, u32),
    /// `x + y` and the like.
    Arithmetic(Arithmetic, Box<Expr<R>>, Box<Expr<R>>),
    /// `x <= y` and the like.
    Compare(Comparison, Box<Expr<R>>, Box<Expr<R>>),
    /// `x in (“a”, “b”)`; the list holds literals.
    In(Box<Expr<R>>, Vec<Expr<R>>),
    /// `not x`.
    Not(Box<Expr<R>>),
    /// `x and y` and the like.
    Logic(Logic, Box<Expr<R>>, Box<Expr<R>>),
    /// `filled(x)` when true, `empty(x)` when false.
    Filled(R, bool),
    /// `sum(…)` and the like.
    Aggregate(Aggregate, Vec<Item<R>>),
    /// Stands where the reader has already reported a mistake.
    Unreadable,
}

/// One entry of an aggregate's list.
#[derive(Debug, Clone, PartialEq)]
pub enum Item<R> {
    /// A single value.
    One(R),
    /// A pattern such as `co_so.*.dat`; the members are known once it is bound.
    Group(Name, Vec<R>),
}

impl<R> Item<R> {
    /// The values it stands for.
    pub fn members(&self) -> &[R] {
        match self {
            Item::One(one) => std::slice::from_ref(one),
            Item::Group(_, members) => members,
        }
    }
}

/// A reference as it was written.
#[derive(Debug, Clone)]
pub struct Name {
    /// `nltt.dat`, `dat`, `co_so.*.dat`, `year`.
    pub text: String,
    /// Whether it stands in `prev(…)`.
    pub previous: bool,
    /// Where it stands, without `prev`.
    pub span: Span,
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.previous == other.previous
    }
}

impl Name {
    /// Whether it is a pattern over the rows of a table.
    pub fn is_group(&self) -> bool {
        self.text.contains('*')
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.previous { write!(f, "prev({})", self.text) } else { f.write_str(&self.text) }
    }
}

/// An operation on numbers; dates know `+` and `-` too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl Arithmetic {
    /// The sign in rules and in formulas.
    pub fn sign(self) -> &'static str {
        match self {
            Arithmetic::Add => "+",
            Arithmetic::Subtract => "-",
            Arithmetic::Multiply => "*",
            Arithmetic::Divide => "/",
        }
    }
}

/// A comparison of two values of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
    /// `>`
    Above,
    /// `=`
    Equal,
    /// `!=`
    Unequal,
}

impl Comparison {
    /// The sign in rules.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::AtMost => "<=",
            Comparison::AtLeast => ">=",
            Comparison::Below => "<",
            Comparison::Above => ">",
            Comparison::Equal => "=",
            Comparison::Unequal => "!=",
        }
    }

    /// The comparison that holds exactly when this one does not.
    pub fn negated(self) -> Self {
        match self {
            Comparison::AtMost => Comparison::Above,
            Comparison::AtLeast => Comparison::Below,
            Comparison::Below => Comparison::AtLeast,
            Comparison::Above => Comparison::AtMost,
            Comparison::Equal => Comparison::Unequal,
            Comparison::Unequal => Comparison::Equal,
        }
    }

    /// The same said with the sides changed: `a <= b` is `b >= a`.
    pub fn mirrored(self) -> Self {
        match self {
            Comparison::AtMost => Comparison::AtLeast,
            Comparison::AtLeast => Comparison::AtMost,
            Comparison::Below => Comparison::Above,
            Comparison::Above => Comparison::Below,
            same => same,
        }
    }

    /// Whether it holds for two values in that order.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Comparison::AtMost => order.is_le(),
            Comparison::AtLeast => order.is_ge(),
            Comparison::Below => order.is_lt(),
            Comparison::Above => order.is_gt(),
            Comparison::Equal => order.is_eq(),
            Comparison::Unequal => order.is_ne(),
        }
    }
}

/// A connection of two statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logic {
    /// `and`
    And,
    /// `or`
    Or,
    /// `implies`
    Implies,
}

impl Logic {
    /// The word in rules.
    pub fn word(self) -> &'static str {
        match self {
            Logic::And => "and",
            Logic::Or => "or",
            Logic::Implies => "implies",
        }
    }
}

/// A figure over a list of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    /// Their sum.
    Sum,
    /// How many are filled.
    Count,
    /// The smallest.
    Min,
    /// The largest.
    Max,
}

impl Aggregate {
    /// The word in rules.
    pub fn word(self) -> &'static str {
        match self {
            Aggregate::Sum => "sum",
            Aggregate::Count => "count",
            Aggregate::Min => "min",
            Aggregate::Max => "max",
        }
    }
}

/// How tightly parts hold together, loosest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    Implies,
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Sign,
    Whole,
}

impl<R> Node<R> {
    fn bond(&self) -> Bond {
        match self {
            Node::Logic(Logic::Implies, ..) => Bond::Implies,
            Node::Logic(Logic::Or, ..) => Bond::Or,
            Node::Logic(Logic::And, ..) => Bond::And,
            Node::Not(_) => Bond::Not,
            Node::Compare(..) | Node::In(..) => Bond::Compare,
            Node::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, ..) => Bond::Sum,
            Node::Arithmetic(..) => Bond::Product,
            Node::Negate(_) => Bond::Sign,
            _ => Bond::Whole,
        }
    }
}

fn tighter(bond: Bond) -> Bond {
    match bond {
        Bond::Implies => Bond::Or,
        Bond::Or => Bond::And,
        Bond::And => Bond::Not,
        Bond::Not => Bond::Compare,
        Bond::Compare => Bond::Sum,
        Bond::Sum => Bond::Product,
        Bond::Product => Bond::Sign,
        Bond::Sign | Bond::Whole => Bond::Whole,
    }
}

/// The canonical text: brackets only where they are needed. Reading it again gives the same tree.
impl<R: fmt::Display> fmt::Display for Expr<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own = self.node.bond();
        let part = |f: &mut fmt::Formatter<'_>, part: &Expr<R>, least: Bond| {
            if part.node.bond() < least { write!(f, "({part})") } else { write!(f, "{part}") }
        };
        match &self.node {
            Node::Number(n) => write!(f, "{n}"),
            Node::Text(text) => f.write_str(&quoted(text)),
            Node::Date(day) => write!(f, "d\"{}\"", day.format("%Y-%m-%d")),
            Node::Bool(b) => write!(f, "{b}"),
            Node::Reference(name) => write!(f, "{name}"),
            Node::DateOf(year, month, day) => write!(f, "date({year}, {month}, {day})"),
            Node::Negate(x) => {
                f.write_str("-")?;
                part(f, x, Bond::Sign)
            }
            Node::Abs(x) => write!(f, "abs({x})"),
            Node::Round(x, places) => write!(f, "round({x}, {places})"),
            Node::Arithmetic(op, a, b) => {
                part(f, a, own)?;
                write!(f, " {} ", op.sign())?;
                part(f, b, tighter(own))
            }
            Node::Compare(op, a, b) => {
                part(f, a, Bond::Sum)?;
                write!(f, " {} ", op.sign())?;
                part(f, b, Bond::Sum)
            }
            Node::In(x, list) => {
                part(f, x, Bond::Sum)?;
                f.write_str(" in (")?;
                separated(f, list)?;
                f.write_str(")")
            }
            Node::Not(x) => {
                f.write_str("not ")?;
                part(f, x, Bond::Not)
            }
            Node::Logic(logic, a, b) => {
                let (left, right) =
                    if *logic == Logic::Implies { (tighter(own), own) } else { (own, tighter(own)) };
                part(f, a, left)?;
                write!(f, " {} ", logic.word())?;
                part(f, b, right)
            }
            Node::Filled(name, true) => write!(f, "filled({name})"),
            Node::Filled(name, false) => write!(f, "empty({name})"),
            Node::Aggregate(aggregate, items) => {
                write!(f, "{}(", aggregate.word())?;
                separated(f, items)?;
                f.write_str(")")
            }
            Node::Unreadable => f.write_str("…"),
        }
    }
}

impl<R: fmt::Display> fmt::Display for Item<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Item::One(one) => write!(f, "{one}"),
            Item::Group(pattern, _) => write!(f, "{pattern}"),
        }
    }
}

fn separated<T: fmt::Display>(f: &mut fmt::Formatter<'_>, list: &[T]) -> fmt::Result {
    for (i, entry) in list.iter().enumerate() {
        if i > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{entry}")?;
    }
    Ok(())
}

/// A text in the first quotes it does not hold itself; whatever was read from a rule fits one of them.
fn quoted(text: &str) -> String {
    if !text.contains('”') {
        format!("“{text}”")
    } else if !text.contains('"') {
        format!("\"{text}\"")
    } else {
        format!("'{text}'")
    }
}
