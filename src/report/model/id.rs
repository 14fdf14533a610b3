//! Ids of tables, rows and columns, by which formulas, links and charts name cells.

use crate::domain::{self, FieldId, IndicatorId, RowCode, UnitCode};
use ecow::EcoString;
use std::fmt;

macro_rules! ids {
    ($($(#[$says:meta])* $name:ident)*) => {$(
        $(#[$says])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(EcoString);

        impl $name {
            /// An id that the program knows beforehand, of at most 15 bytes.
            pub const fn fixed(id: &str) -> Self {
                $name(EcoString::inline(id))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<EcoString> for $name {
            fn from(id: EcoString) -> Self {
                $name(id)
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                $name(id.into())
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                $name(id.into())
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// Id of a table, unique in the report.
    TableKey
    /// Id of a row, unique in its table.
    RowKey
    /// Id of a column, unique in its table.
    ColumnKey
}

impl From<&UnitCode> for RowKey {
    /// The row of a unit in a table with a row a unit.
    fn from(unit: &UnitCode) -> Self {
        RowKey(unit.into())
    }
}

impl From<&IndicatorId> for RowKey {
    /// The row of an indicator in a table with a row an indicator.
    fn from(indicator: &IndicatorId) -> Self {
        RowKey(indicator.0.as_str().into())
    }
}

impl From<&RowCode> for RowKey {
    /// The row of a form's row in a table with a row for each.
    fn from(code: &RowCode) -> Self {
        RowKey(code.as_str().into())
    }
}

impl From<&domain::ColumnId> for ColumnKey {
    /// The column of a form's column.
    fn from(column: &domain::ColumnId) -> Self {
        ColumnKey(column.into())
    }
}

impl From<&FieldId> for ColumnKey {
    /// The column of a field in a table of the form with a row a unit.
    fn from(field: &FieldId) -> Self {
        ColumnKey(field.into())
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CellRef {
    /// Table.
    pub table: TableKey,
    /// Row.
    pub row: RowKey,
    /// Column.
    pub column: ColumnKey,
}

impl CellRef {
    /// The cell where a row and a column of a table meet.
    pub fn new(table: impl Into<TableKey>, row: impl Into<RowKey>, column: impl Into<ColumnKey>) -> Self {
        CellRef { table: table.into(), row: row.into(), column: column.into() }
    }
}

/// The body cells of a column.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ColumnRef {
    /// Table.
    pub table: TableKey,
    /// Column.
    pub column: ColumnKey,
}

impl ColumnRef {
    /// A column of a table.
    pub fn new(table: impl Into<TableKey>, column: impl Into<ColumnKey>) -> Self {
        ColumnRef { table: table.into(), column: column.into() }
    }

    /// The cells from one row to another.
    pub fn rows(self, first: impl Into<RowKey>, last: impl Into<RowKey>) -> RowsRef {
        RowsRef { column: self, first: first.into(), last: last.into() }
    }
}

/// The cells of a column from one row to another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RowsRef {
    /// Column.
    pub column: ColumnRef,
    /// First row.
    pub first: RowKey,
    /// Last row.
    pub last: RowKey,
}

impl RowsRef {
    /// The first and the last cell.
    pub fn ends(&self) -> [CellRef; 2] {
        let ColumnRef { table, column } = &self.column;
        [&self.first, &self.last].map(|row| CellRef::new(table.clone(), row.clone(), column.clone()))
    }
}
