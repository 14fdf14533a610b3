//! The values that rules speak of: what a form holds, what the program knows, what other units reported.

use crate::domain::{FieldId, RowCode};
use ::rule::Type;
use std::fmt;

/// A value that rules speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleInput {
    /// What a field of the form holds.
    Field(FieldId),
    /// What the program knows.
    Given(GivenValue),
    /// What the plan says of a row.
    OfRow(RowCode, RowFigure),
    /// What other units reported.
    OfOthers(Others, FieldId),
}

impl fmt::Display for RuleInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RuleInput::Field(id) => write!(f, "{id}"),
            RuleInput::Given(given) => f.write_str(given.name()),
            RuleInput::OfRow(row, figure) => write!(f, "{row}.{}", figure.name()),
            RuleInput::OfOthers(others, field) => write!(f, "{others}.{field}"),
        }
    }
}

/// A figure that the plan gives to the rules of a row; missing where it says nothing of the row. Rules write it as if it
/// were a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFigure {
    /// About what its denominator should be, from the roster.
    Reference,
    /// What its amounts are not expected to exceed, in the unit of the row.
    Ceiling,
}

impl RowFigure {
    /// All there are.
    pub const ALL: [RowFigure; 2] = [RowFigure::Reference, RowFigure::Ceiling];

    /// How rules write it.
    pub fn name(self) -> &'static str {
        match self {
            RowFigure::Reference => "reference",
            RowFigure::Ceiling => "ceiling",
        }
    }

    /// How texts call it.
    pub fn label(self) -> &'static str {
        match self {
            RowFigure::Reference => "số tham chiếu",
            RowFigure::Ceiling => "mức cao nhất thường gặp",
        }
    }
}

/// A value the program gives to rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenValue {
    /// Report year.
    Year,
    /// Communes of the unit by the roster; missing for a unit that has none.
    Communes,
    /// Population of the unit by the roster; missing where the roster gives none.
    Population,
    /// How many figures of the form, nought aside, are known of last year too.
    Compared,
    /// How many of those are last year's.
    Unchanged,
    /// The figure that is held against others.
    Figure,
    /// The middle one of the figures it is held against.
    Median,
    /// Half of those lie within so much of the middle one.
    Spread,
    /// How many there are beside it.
    Beside,
}

impl GivenValue {
    /// All there are.
    pub const ALL: [GivenValue; 9] = [
        GivenValue::Year,
        GivenValue::Communes,
        GivenValue::Population,
        GivenValue::Compared,
        GivenValue::Unchanged,
        GivenValue::Figure,
        GivenValue::Median,
        GivenValue::Spread,
        GivenValue::Beside,
    ];

    /// Whether it is known only once everything has been read.
    pub fn is_later(self) -> bool {
        !matches!(self, GivenValue::Year | GivenValue::Communes | GivenValue::Population)
    }

    /// Whether it comes from holding a figure against others.
    pub fn is_of_comparison(self) -> bool {
        matches!(self, GivenValue::Figure | GivenValue::Median | GivenValue::Spread | GivenValue::Beside)
    }

    /// Its kind, and whether it may be below nought.
    pub(super) fn kind(self) -> (Type, bool) {
        match self {
            GivenValue::Figure | GivenValue::Median => (Type::Decimal, true),
            GivenValue::Spread => (Type::Decimal, false),
            _ => (Type::Whole, false),
        }
    }

    /// How rules write it.
    pub fn name(self) -> &'static str {
        match self {
            GivenValue::Year => "year",
            GivenValue::Communes => "communes",
            GivenValue::Population => "population",
            GivenValue::Compared => "compared",
            GivenValue::Unchanged => "unchanged",
            GivenValue::Figure => "figure",
            GivenValue::Median => "median",
            GivenValue::Spread => "spread",
            GivenValue::Beside => "others",
        }
    }

    /// How texts call it; `communes` are what the plan calls the smaller units.
    pub fn label(self, communes: &str) -> String {
        match self {
            GivenValue::Year => "năm báo cáo".to_owned(),
            GivenValue::Communes => format!("số {communes} theo danh sách đơn vị"),
            GivenValue::Population => "dân số theo danh sách đơn vị".to_owned(),
            GivenValue::Compared => "số ô có số của cả hai năm".to_owned(),
            GivenValue::Unchanged => "số ô giống năm trước".to_owned(),
            GivenValue::Figure => "con số đem so".to_owned(),
            GivenValue::Median => "trung vị".to_owned(),
            GivenValue::Spread => "độ phân tán".to_owned(),
            GivenValue::Beside => "số trường hợp để so".to_owned(),
        }
    }
}

/// What of the other units' values is meant. Rules write it as a word before the id of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Others {
    /// The sum over all units that reported it; of several fields of one row, over those that reported all of them.
    All,
    /// How many units are asked for it and did not report it.
    Missing,
    /// What the unit that the row is about reported.
    About,
}

impl Others {
    /// All there are.
    pub const ALL: [Others; 3] = [Others::All, Others::Missing, Others::About];

    /// How rules write it.
    pub fn word(self) -> &'static str {
        match self {
            Others::All => "all",
            Others::Missing => "missing",
            Others::About => "about",
        }
    }

    /// What a name means, and of which field.
    pub fn of_name(name: &str) -> Option<(Self, FieldId)> {
        let (word, field) = name.split_once('.')?;
        let others = Self::ALL.into_iter().find(|others| others.word() == word)?;
        field.contains('.').then(|| FieldId::parse(field).ok())?.map(|field| (others, field))
    }
}

impl fmt::Display for Others {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
