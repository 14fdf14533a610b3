//! What a rule may refer to, and of which kind it is.

use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fmt;

/// What the caller knows a value by: anything that can be copied, told apart and shown.
///
/// The language carries ids through from the [`Scope`] to whoever asks for values, labels and cells, and never looks
/// into them. They are shown in mistakes and in the canonical text of a bound rule.
pub trait ValueId: Clone + PartialEq + fmt::Display {}

impl<V: Clone + PartialEq + fmt::Display> ValueId for V {}

/// Kind of a value in a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// A whole number: counts, levels, years, days between two dates.
    Whole,
    /// A number with up to [`MOST_DECIMALS`](super::MOST_DECIMALS) decimals.
    Decimal,
    /// Words.
    Text,
    /// One of these texts.
    Choice(Vec<String>),
    /// A day.
    Date,
    /// True or false: the kind of a statement. A value is never of this kind.
    Bool,
}

impl Type {
    /// Whether it can be reckoned with.
    pub fn is_number(&self) -> bool {
        matches!(self, Type::Whole | Type::Decimal)
    }

    /// Whether it is compared letter by letter.
    pub fn is_text(&self) -> bool {
        matches!(self, Type::Text | Type::Choice(_))
    }

    /// How an officer calls it.
    pub fn vietnamese(&self) -> &'static str {
        match self {
            Type::Whole | Type::Decimal => "số",
            Type::Text => "chữ",
            Type::Choice(_) => "lựa chọn trong danh sách",
            Type::Date => "ngày",
            Type::Bool => "câu đúng/sai",
        }
    }
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Somebody reports it: it can be left empty, and there may be one of last year.
    Reported,
    /// The program gives it, for example the year.
    Given,
}

/// A value a name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referent<V> {
    /// Which value.
    pub id: V,
    /// Where it comes from.
    pub source: Source,
    /// Its kind.
    pub kind: Type,
    /// The least it can be, when that is known; a comparison that can never hold is a mistake.
    pub least: Option<Decimal>,
    /// The most it can be.
    pub most: Option<Decimal>,
}

impl<V> Referent<V> {
    /// A value that somebody reports.
    pub fn reported(id: V, kind: Type) -> Self {
        Referent { id, source: Source::Reported, kind, least: None, most: None }
    }

    /// A value that the program gives.
    pub fn given(id: V, kind: Type) -> Self {
        Referent { id, source: Source::Given, kind, least: None, most: None }
    }

    /// The same, known never to be less.
    pub fn at_least(self, least: impl Into<Decimal>) -> Self {
        Referent { least: Some(least.into()), ..self }
    }

    /// The same, known never to be more.
    pub fn at_most(self, most: impl Into<Decimal>) -> Self {
        Referent { most: Some(most.into()), ..self }
    }
}

/// What the names in a rule lead to. A rule of a row is bound once for each row, each time in the scope of that row.
pub trait Scope<V> {
    /// A value by its full name, a column of the row at hand, or a value the program gives.
    fn reference(&self, name: &str) -> Option<Referent<V>>;

    /// The values of a pattern such as `co_so.*.dat`, in the order they are to be written; empty when there are none.
    fn group(&self, pattern: &str) -> Vec<Referent<V>>;

    /// Every name [`Scope::reference`] knows, and every pattern, for “did you mean”.
    fn known(&self) -> Vec<String>;
}

/// A scope made of a list: values by their names, groups of them by their patterns, and perhaps the row at hand.
#[derive(Debug, Clone)]
pub struct Names<V> {
    values: BTreeMap<String, Referent<V>>,
    groups: BTreeMap<String, Vec<Referent<V>>>,
    row: Option<String>,
}

impl<V> Default for Names<V> {
    fn default() -> Self {
        Names { values: BTreeMap::new(), groups: BTreeMap::new(), row: None }
    }
}

impl<V> Names<V> {
    /// Nothing yet.
    pub fn new() -> Self {
        Names::default()
    }

    /// Adds a value under its full name.
    pub fn add(&mut self, name: impl Into<String>, value: Referent<V>) {
        self.values.insert(name.into(), value);
    }

    /// Adds a value to the group of a pattern such as `co_so.*.dat`.
    pub fn add_to_group(&mut self, pattern: impl Into<String>, value: Referent<V>) {
        self.groups.entry(pattern.into()).or_default().push(value);
    }

    /// Bare columns from now on stand for this row's: `dat` for `mn.dat` in the row `mn`.
    pub fn in_row(&mut self, row: Option<&str>) {
        self.row = row.map(str::to_owned);
    }
}

impl<V: ValueId> Scope<V> for Names<V> {
    fn reference(&self, name: &str) -> Option<Referent<V>> {
        let in_row = self.row.as_ref().and_then(|row| self.values.get(&format!("{row}.{name}")));
        in_row.or_else(|| self.values.get(name)).cloned()
    }

    fn group(&self, pattern: &str) -> Vec<Referent<V>> {
        self.groups.get(pattern).cloned().unwrap_or_default()
    }

    fn known(&self) -> Vec<String> {
        let prefix = self.row.as_ref().map(|row| format!("{row}."));
        let columns = self.values.keys().filter_map(|name| name.strip_prefix(prefix.as_deref()?));
        let all = columns.chain(self.values.keys().map(String::as_str));
        all.chain(self.groups.keys().map(String::as_str)).map(str::to_owned).collect()
    }
}
