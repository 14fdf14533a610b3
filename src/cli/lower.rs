//! Results of lower plans that stand on the disk, loose or in records.

use crate::job::Broken;
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

impl Lower {
    /// Whether a file speaks here, for itself or for its record.
    pub fn has(&self, path: &Path) -> bool {
        self.results.contains(path) || self.broken.contains_key(path)
    }
}
