//! Where a path leads: compared by whoever asks whether one place lies in another.

use std::path::{Path, PathBuf};

/// The path without links and dots; what does not exist yet is taken as it is written. `None` where the system knows
/// nothing of it.
pub(super) fn resolved(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    for ancestor in path.ancestors() {
        if let Ok(known) = ancestor.canonicalize() {
            let rest = path.strip_prefix(ancestor).ok()?;
            return Some(known.join(rest));
        }
    }
    None
}
