//! Fields that an older version of the plan called otherwise, so that a template made from it can still be read.

use super::Plan;
use crate::domain::FieldId;

/// A renaming the plan declares (`[[renamed]]` in the form's file): of one field, or of a row with all its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// Id of the field or the row in older templates.
    pub from: String,
    /// Its id now.
    pub to: String,
}

impl Renamed {
    /// What the field was called before this renaming, if it concerns it.
    fn former(&self, field: &FieldId) -> Option<FieldId> {
        let rest = field.as_str().strip_prefix(&self.to)?;
        // A row's id is followed by a dot; `nltt` is not the row of `nltt_khac.dat`.
        let concerned = rest.is_empty() || rest.starts_with('.');
        concerned.then(|| FieldId::parse(&format!("{}{rest}", self.from)).ok())?
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
