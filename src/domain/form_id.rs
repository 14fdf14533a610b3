//! Ids of what the plan's form is made of: tables, columns, rows, and the codes of rows that repeat.

use super::UnitCode;
use ecow::{EcoString, eco_format};
use std::borrow::Borrow;
use std::fmt;

/// A type for each kind of id, so that one cannot be taken for another.
macro_rules! ids {
    ($($(#[$meaning:meta])* $name:ident)*) => {$(
        $(#[$meaning])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(EcoString);

        impl $name {
            /// The id written so.
            pub fn new(text: impl Into<EcoString>) -> Self {
                $name(text.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                self.0 == text
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, text: &&str) -> bool {
                self.0 == *text
            }
        }

        impl From<&$name> for EcoString {
            fn from(id: &$name) -> Self {
                id.0.clone()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    )*};
}

ids! {
    /// The id of a table of the form.
    TableId
    /// The id of a column, the last part of a field's id.
    ColumnId
    /// The id of a row as the plan declares it.
    RowId
    /// The code of a row as a form has it, the first part of its fields' ids: the row's id and, where the row repeats,
    /// what it repeats over, for example `nltt` or `huyen_ht.794`.
    RowCode
}

impl RowCode {
    /// The code of a row that stands once.
    pub fn once(row: &RowId) -> Self {
        RowCode(row.0.clone())
    }

    /// Whether it is the code of that row for one of the things it repeats over.
    pub fn repeats(&self, row: &RowId) -> bool {
        self.parts().0 == row.0 && *self != RowCode::once(row)
    }

    /// The row as the plan declares it, whatever it repeats over.
    pub fn row(&self) -> RowId {
        RowId(self.parts().0.into())
    }

    /// Whether the row repeats over units and stands for this one.
    pub fn is_for(&self, unit: &UnitCode) -> bool {
        self.parts().1.is_some_and(|about| about.eq_ignore_ascii_case(unit.as_str()))
    }

    /// The code by which the row would stand for the same if the plan called it so.
    pub fn of_row(&self, row: &RowId) -> Self {
        match self.parts().1 {
            Some(about) => RowCode(eco_format!("{row}.{about}")),
            None => RowCode::once(row),
        }
    }

    /// The id of the row, and what it stands for where it repeats. An id of a row holds no dot.
    fn parts(&self) -> (&str, Option<&str>) {
        self.0.split_once('.').map_or((&self.0, None), |(row, about)| (row, Some(about)))
    }

    /// The code of a row that repeats over numbered things: task groups, key tasks.
    pub fn numbered(row: &RowId, number: u32) -> Self {
        RowCode(eco_format!("{row}.{number}"))
    }

    /// The code of a row that repeats over units.
    pub fn for_unit(row: &RowId, unit: &UnitCode) -> Self {
        RowCode(eco_format!("{row}.{}", unit.as_str().to_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_repeated_row_names_its_row_and_what_it_stands_for() {
        let (row, longer) = (RowId::new("huyen_ht"), RowId::new("huyen"));
        let code = RowCode::for_unit(&row, &UnitCode("SGDDT".into()));
        assert_eq!(code, "huyen_ht.sgddt");
        assert!(code.repeats(&row) && !code.repeats(&longer));
        assert_eq!(RowCode::numbered(&row, 12), "huyen_ht.12");
        assert!(!RowCode::once(&row).repeats(&row));
    }

    #[test]
    fn a_code_keeps_its_parts() {
        let (row, other) = (RowId::new("huyen_ht"), RowId::new("huyen_cu"));
        let (for_unit, once) = (RowCode::new("huyen_ht.sgddt"), RowCode::once(&row));
        assert_eq!((for_unit.row(), once.row()), (row.clone(), row));
        assert_eq!(for_unit.of_row(&other), "huyen_cu.sgddt");
        assert_eq!(once.of_row(&other), "huyen_cu");
        let unit = |code: &str| UnitCode(code.into());
        assert!(
            for_unit.is_for(&unit("SGDDT")) && !for_unit.is_for(&unit("DDT")) && !once.is_for(&unit("HT"))
        );
    }
}
