//! Results of lower plans that stand on the disk, loose or in records.

use crate::domain::UnitCode;
use crate::job::broken_record;
use crate::submission::{InputFile, Received};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The files among all that were found which are read as results of lower plans.
#[derive(Debug, Default)]
pub(super) struct Lower {
    /// Result files, loose or of a record that is whole.
    pub results: BTreeSet<PathBuf>,
    /// Records that are not, by their `ho-so.toml`.
    pub broken: BTreeMap<PathBuf, Broken>,
}

/// A record that is not as it was sealed.
#[derive(Debug)]
pub(super) struct Broken {
    /// Whose it is, where that could be read.
    pub unit: Option<UnitCode>,
    /// What is wrong with it.
    pub why: String,
}

impl Lower {
    /// Whether a file speaks here, for itself or for its record.
    pub fn has(&self, path: &Path) -> bool {
        self.results.contains(path) || self.broken.contains_key(path)
    }
}

impl Broken {
    /// What is said of it.
    pub fn told(&self, file: InputFile) -> Received {
        broken_record(file, self.unit.clone(), &self.why)
    }
}
