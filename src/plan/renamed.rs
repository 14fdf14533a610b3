//! Fields that an older version of the plan called otherwise, so that a template made from it can still be read.

use super::Plan;
use crate::domain::{FieldId, RowCode, RowId};

/// A renaming, as the plan declares it (`[[renamed]]` in the form's file) or as it follows from the units' former codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renamed {
    /// Of one field.
    Field {
        /// Its id in older templates.
        from: FieldId,
        /// Its id now.
        to: FieldId,
    },
    /// Of a row with all its columns and, where it repeats, whatever it repeats over.
    Row {
        /// Its id in older templates.
        from: RowId,
        /// Its id now.
        to: RowId,
    },
    /// Of one of the rows that a row stands for, with all its columns: the unit it is about was called otherwise.
    Repetition {
        /// Its code in older templates.
        from: RowCode,
        /// Its code now.
        to: RowCode,
    },
}

impl Renamed {
    /// A renaming as the plan writes it: an id of one part is a row's. `None` when one side is a row and the other a
    /// field.
    pub(super) fn parse(from: &FieldId, to: &FieldId) -> Option<Self> {
        match (from.row_and_column(), to.row_and_column()) {
            (Some(_), Some(_)) => Some(Renamed::Field { from: from.clone(), to: to.clone() }),
            (None, None) => Some(Renamed::Row { from: RowId::new(from), to: RowId::new(to) }),
            _ => None,
        }
    }

    /// What the field was called before this renaming, if it concerns it.
    fn former(&self, field: &FieldId) -> Option<FieldId> {
        match self {
            Renamed::Field { from, to } => (field == to).then(|| from.clone()),
            Renamed::Row { from, to } => {
                let (code, column) = field.row_and_column()?;
                (code.row() == *to).then(|| FieldId::new(&code.of_row(from), &column))
            }
            Renamed::Repetition { from, to } => {
                let (code, column) = field.row_and_column()?;
                (code == *to).then(|| FieldId::new(from, &column))
            }
        }
    }
}

impl Plan {
    /// What older versions of the plan called a field, latest first; through several renamings if need be.
    pub fn former_ids(&self, field: &FieldId) -> Vec<FieldId> {
        let mut found: Vec<FieldId> = Vec::new();
        let mut next = 0;
        let mut asked = field.clone();
        loop {
            for former in self.renamed.iter().filter_map(|renamed| renamed.former(&asked)) {
                // Each id is entered once, so a circle ends.
                if former != *field && !found.contains(&former) {
                    found.push(former);
                }
            }
            match found.get(next) {
                Some(former) => asked = former.clone(),
                None => return found,
            }
            next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn former(from: &str, to: &str, field: &str) -> Option<String> {
        let id = |text: &str| FieldId::parse(text).unwrap();
        Renamed::parse(&id(from), &id(to)).unwrap().former(&id(field)).map(|id| id.to_string())
    }

    #[test]
    fn a_row_is_renamed_with_all_its_cells_and_a_field_alone() {
        assert_eq!(former("cntt", "nltt", "nltt.dat").as_deref(), Some("cntt.dat"));
        assert_eq!(former("huyen", "huyen_ht", "huyen_ht.794.dat").as_deref(), Some("huyen.794.dat"));
        // Another row, whose id only begins alike, or a row that stands for a thing called alike.
        assert_eq!(former("cntt", "nltt", "nltt_khac.dat"), None);
        assert_eq!(former("cntt", "nltt", "huyen_ht.nltt.dat"), None);

        assert_eq!(former("nltt.so", "nltt.dat", "nltt.dat").as_deref(), Some("nltt.so"));
        assert_eq!(former("nltt.so", "nltt.dat", "nltt.tong"), None);
    }

    #[test]
    fn a_repetition_is_renamed_and_no_other() {
        let (row, unit) = (RowId::new("xa_ht"), |code: &str| crate::domain::UnitCode(code.into()));
        let renamed = Renamed::Repetition {
            from: RowCode::for_unit(&row, &unit("LA01")),
            to: RowCode::for_unit(&row, &unit("27694")),
        };
        let former = |field| renamed.former(&FieldId::parse(field).unwrap()).map(|id| id.to_string());
        assert_eq!(former("xa_ht.27694.dat").as_deref(), Some("xa_ht.la01.dat"));
        assert_eq!(former("xa_ht.2769.dat"), None);
    }

    #[test]
    fn a_row_does_not_become_a_field() {
        let id = |text: &str| FieldId::parse(text).unwrap();
        assert_eq!(Renamed::parse(&id("nltt"), &id("nltt.dat")), None);
        assert_eq!(Renamed::parse(&id("nltt.dat"), &id("nltt")), None);
    }
}
