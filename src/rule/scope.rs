//! What a rule may refer to, and of which kind it is.

use crate::domain::{FieldId, FieldKind};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fmt;

/// Kind of a value in a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// A whole number: counts, levels, years, days between two dates.
    Whole,
    /// A number with up to six decimals.
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

/// What a reference stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueId {
    /// A field of the form.
    Field(FieldId),
    /// A value given by the program, for example `year`.
    Named(String),
}

impl fmt::Display for ValueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ValueId::Field(id) => write!(f, "{id}"),
            ValueId::Named(name) => f.write_str(name),
        }
    }
}

/// A value a name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Which value.
    pub id: ValueId,
    /// Its kind.
    pub kind: Type,
    /// The least it can be, when that is known; a comparison that can never hold is a mistake.
    pub least: Option<Decimal>,
    /// The most it can be.
    pub most: Option<Decimal>,
}

impl Target {
    /// A field of the form with the bounds its kind has: counts and decimals from 0, percentages from 0 to 100.
    pub fn field(id: FieldId, kind: &FieldKind) -> Self {
        let (kind, least, most) = match kind {
            FieldKind::Count => (Type::Whole, Some(Decimal::ZERO), None),
            FieldKind::Decimal => (Type::Decimal, Some(Decimal::ZERO), None),
            FieldKind::Percent => (Type::Decimal, Some(Decimal::ZERO), Some(Decimal::ONE_HUNDRED)),
            FieldKind::Choice(list) => {
                (Type::Choice(list.items.iter().map(|item| item.text.clone()).collect()), None, None)
            }
            FieldKind::Text => (Type::Text, None, None),
            FieldKind::Date => (Type::Date, None, None),
        };
        Target { id: ValueId::Field(id), kind, least, most }
    }

    /// A value given by the program.
    pub fn named(name: &str, kind: Type) -> Self {
        Target { id: ValueId::Named(name.to_owned()), kind, least: None, most: None }
    }
}

/// What the names in a rule lead to. A rule of a row is bound once for each row, each time in the scope of that row.
pub trait Scope {
    /// A full field id, a column of the row at hand, or a named value.
    fn reference(&self, name: &str) -> Option<Target>;

    /// The fields of a pattern such as `co_so.*.dat`, in the order of the form; empty when there are none.
    fn group(&self, pattern: &str) -> Vec<Target>;

    /// Every name [`Scope::reference`] knows, and every pattern, for “did you mean”.
    fn known(&self) -> Vec<String>;
}

/// A scope made of a list: fields of a form, groups of them, named values, and perhaps the row at hand.
#[derive(Debug, Clone, Default)]
pub struct Names {
    targets: BTreeMap<String, Target>,
    groups: BTreeMap<String, Vec<Target>>,
    row: Option<String>,
}

impl Names {
    /// Nothing yet.
    pub fn new() -> Self {
        Names::default()
    }

    /// Adds a field under its id.
    pub fn add_field(&mut self, id: &FieldId, kind: &FieldKind) {
        self.targets.insert(id.as_str().to_owned(), Target::field(id.clone(), kind));
    }

    /// Adds a field of a table under its id, and to the group `table.*.column`. The table's id may hold hyphens; in a
    /// rule they are underscores.
    pub fn add_cell(&mut self, table: &str, column: &str, id: &FieldId, kind: &FieldKind) {
        self.add_field(id, kind);
        let pattern = format!("{}.*.{column}", table.replace('-', "_"));
        self.groups.entry(pattern).or_default().push(Target::field(id.clone(), kind));
    }

    /// Adds a named value.
    pub fn add_named(&mut self, name: &str, kind: Type) {
        self.targets.insert(name.to_owned(), Target::named(name, kind));
    }

    /// Adds a value as it is.
    pub fn add(&mut self, target: Target) {
        self.targets.insert(target.id.to_string(), target);
    }

    /// Bare columns from now on stand for this row's.
    pub fn in_row(&mut self, row: Option<&str>) {
        self.row = row.map(str::to_owned);
    }
}

impl Scope for Names {
    fn reference(&self, name: &str) -> Option<Target> {
        let of_row = self.row.as_ref().and_then(|row| self.targets.get(&format!("{row}.{name}")));
        of_row.or_else(|| self.targets.get(name)).cloned()
    }

    fn group(&self, pattern: &str) -> Vec<Target> {
        self.groups.get(pattern).cloned().unwrap_or_default()
    }

    fn known(&self) -> Vec<String> {
        let prefix = self.row.as_ref().map(|row| format!("{row}."));
        let columns = self.targets.keys().filter_map(|id| id.strip_prefix(prefix.as_deref()?));
        let all = columns.chain(self.targets.keys().map(String::as_str));
        all.chain(self.groups.keys().map(String::as_str)).map(str::to_owned).collect()
    }
}
