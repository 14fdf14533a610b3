#![doc = include_str!("../README.md")]

mod delimited;
mod filled;
mod package;
mod parquet_file;

pub use filled::{Described, Filled, Written};
pub use package::{Form, Package, Resource};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::{fmt, io};

/// A table of records of one kind.
pub struct Table<R> {
    /// Name of its files, without an extension: `a-z`, digits, `_`.
    pub name: &'static str,
    /// What it holds, for people.
    pub title: &'static str,
    /// The columns that together name a record.
    pub key: &'static [&'static str],
    /// Columns that name records of other tables.
    pub references: &'static [Reference],
    /// Its columns, in order.
    pub columns: Vec<Column<R>>,
}

/// Columns that name a record of another table, in the order of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// Columns here.
    pub columns: &'static [&'static str],
    /// The other table.
    pub table: &'static str,
    /// Its columns.
    pub there: &'static [&'static str],
}

/// One column: what it is called, what it holds, and how it is had of a record.
pub struct Column<R> {
    name: &'static str,
    kind: Kind,
    description: &'static str,
    unit: Option<&'static str>,
    required: bool,
    value: for<'r> fn(&'r R) -> Cell<'r>,
}

/// What all values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number of 64 bits.
    Whole,
    /// An exact number, with [`SCALE`] places at most.
    Exact,
    /// A day.
    Day,
    /// Yes or no.
    Flag,
}

/// Places after the point that an exact number keeps in Parquet: `DECIMAL(38,18)`, which is also Spark's own default. What
/// has more is rounded to the nearest, halves to the even one; CSV keeps all.
pub const SCALE: u32 = 18;
/// Digits of an exact number in Parquet.
pub const PRECISION: u32 = 38;

/// A value of a record in a column; missing is never zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'r> {
    /// There is none.
    Missing,
    /// Words.
    Text(Cow<'r, str>),
    /// A whole number.
    Whole(i64),
    /// An exact number.
    Exact(Decimal),
    /// A day.
    Day(NaiveDate),
    /// Yes or no.
    Flag(bool),
}

impl<'r> Cell<'r> {
    /// Words.
    pub fn text(text: &'r str) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }

    /// Words, if there are any.
    pub fn maybe_text(text: Option<&'r str>) -> Self {
        text.map_or(Cell::Missing, Cell::text)
    }

    /// Words made for this place; none where they would be empty.
    pub fn made(text: String) -> Self {
        if text.is_empty() { Cell::Missing } else { Cell::Text(Cow::Owned(text)) }
    }

    /// A count or a year, if there is one.
    pub fn whole<N: TryInto<i64>>(number: Option<N>) -> Self {
        number.and_then(|number| number.try_into().ok()).map_or(Cell::Missing, Cell::Whole)
    }

    /// An exact number, if there is one.
    pub fn exact(number: Option<Decimal>) -> Self {
        number.map_or(Cell::Missing, Cell::Exact)
    }

    /// A day, if there is one.
    pub fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Cell::Missing, Cell::Day)
    }

    /// Yes or no, where it is known.
    pub fn flag(flag: Option<bool>) -> Self {
        flag.map_or(Cell::Missing, Cell::Flag)
    }

    fn kind(&self) -> Option<Kind> {
        Some(match self {
            Cell::Missing => return None,
            Cell::Text(_) => Kind::Text,
            Cell::Whole(_) => Kind::Whole,
            Cell::Exact(_) => Kind::Exact,
            Cell::Day(_) => Kind::Day,
            Cell::Flag(_) => Kind::Flag,
        })
    }
}

impl<R> Column<R> {
    /// A column in which values may be missing.
    pub fn new(
        name: &'static str,
        kind: Kind,
        description: &'static str,
        value: for<'r> fn(&'r R) -> Cell<'r>,
    ) -> Self {
        Column { name, kind, description, unit: None, required: false, value }
    }

    /// A column in which no value is missing.
    pub fn required(
        name: &'static str,
        kind: Kind,
        description: &'static str,
        value: for<'r> fn(&'r R) -> Cell<'r>,
    ) -> Self {
        Column { required: true, ..Column::new(name, kind, description, value) }
    }

    /// The unit of measure of its numbers.
    #[must_use]
    pub fn in_unit(self, unit: &'static str) -> Self {
        Column { unit: Some(unit), ..self }
    }

    /// The value of a record, of the column's kind.
    fn of<'r>(&self, table: &'static str, record: &'r R) -> Result<Cell<'r>, Error> {
        let cell = (self.value)(record);
        match cell.kind() {
            None if self.required => Err(self.wrong(table, Fault::Missing)),
            Some(kind) if kind != self.kind => Err(self.wrong(table, Fault::Kind)),
            _ => Ok(cell),
        }
    }

    fn wrong(&self, table: &'static str, fault: Fault) -> Error {
        Error::Value { table, column: self.name, fault }
    }
}

/// Why a table was not written.
#[derive(Debug)]
pub enum Error {
    /// A value that its column cannot hold.
    Value {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// Why not.
        fault: Fault,
    },
    /// Writing failed.
    Io(io::Error),
    /// A library refused something.
    Library(String),
}

/// Why a column cannot hold a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is of another kind.
    Kind,
    /// It must be there and is not.
    Missing,
    /// It has more digits than [`PRECISION`].
    TooLarge,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Value { table, column, fault } => {
                let fault = match fault {
                    Fault::Kind => "is of another kind",
                    Fault::Missing => "is missing",
                    Fault::TooLarge => "has too many digits",
                };
                write!(f, "{table}.{column}: a value {fault}")
            }
            Error::Io(error) => error.fmt(f),
            Error::Library(told) => f.write_str(told),
        }
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Error::Io(error)
    }
}
