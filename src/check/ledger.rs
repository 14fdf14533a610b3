//! The ledger: every filled input cell ends as used, superseded, rejected or ignored, and the four add up.

use crate::domain::UnitCode;
use crate::error::Error;
use crate::finding::{Code, FindingCode};
use crate::submission::{Fate, Submission};
use std::collections::BTreeMap;

/// The ledger of everything, and of each unit.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledgers {
    /// Over all files.
    pub all: Ledger,
    /// By the unit whose files they are; what is nobody's is under none.
    pub by_unit: BTreeMap<Option<UnitCode>, Ledger>,
}

impl Ledgers {
    /// Enters a file that was rejected whole.
    pub fn reject_uncounted(&mut self, unit: Option<&UnitCode>, filled: usize, code: FindingCode) {
        self.all.reject_uncounted(filled, code);
        self.by_unit.entry(unit.cloned()).or_default().reject_uncounted(filled, code);
    }

    /// Enters a submission.
    ///
    /// # Errors
    /// As [`Ledger::add`].
    pub fn add(&mut self, submission: &Submission) -> Result<(), Error> {
        self.by_unit.entry(Some(submission.unit.clone())).or_default().add(submission)?;
        self.all.add(submission)
    }
}

/// Sums over files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Filled input cells, counted before any was read.
    pub filled: usize,
    /// In the result.
    pub used: usize,
    /// In older versions.
    pub superseded: usize,
    /// Kept out by a finding: how many by code.
    pub rejected: BTreeMap<FindingCode, usize>,
    /// Saying nothing that could be used: how many by reason.
    pub ignored: BTreeMap<String, usize>,
}

impl Ledger {
    /// Cells kept out.
    pub fn rejected_in_all(&self) -> usize {
        self.rejected.values().sum()
    }

    /// Cells that say nothing.
    pub fn ignored_in_all(&self) -> usize {
        self.ignored.values().sum()
    }

    /// Enters a file that was rejected whole.
    fn reject_uncounted(&mut self, filled: usize, code: FindingCode) {
        if filled > 0 {
            self.filled += filled;
            *self.rejected.entry(code).or_default() += filled;
        }
    }

    /// Enters a submission.
    ///
    /// # Errors
    /// [`Error::Internal`] when its cells do not add up to those that were filled.
    fn add(&mut self, submission: &Submission) -> Result<(), Error> {
        for cell in &submission.filled {
            match &cell.fate {
                Fate::Used => self.used += 1,
                Fate::Superseded => self.superseded += 1,
                Fate::Rejected(code) => *self.rejected.entry(*code).or_default() += 1,
                Fate::Ignored(reason) => *self.ignored.entry(reason.to_string()).or_default() += 1,
            }
        }
        for (reason, cells) in &submission.beside {
            *self.ignored.entry(reason.to_string()).or_default() += cells;
        }
        self.filled += submission.filled_count + submission.beside.values().sum::<usize>();
        let settled = self.used + self.superseded + self.rejected_in_all() + self.ignored_in_all();
        if settled == self.filled {
            Ok(())
        } else {
            Err(Error::Internal(format!(
                "{}: tệp {} có {} ô đã điền nhưng chỉ đối chiếu được {} ô",
                Code::I001,
                submission.file.path,
                submission.filled_count,
                submission.filled.len()
            )))
        }
    }
}
