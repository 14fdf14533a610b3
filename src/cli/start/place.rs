//! Where the working folder is: a folder with a plan in it.

use crate::cli::init::PLAN;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Names a new working folder may have; the first that is free.
const NAMES: [&str; 3] = ["xhht", "lam-viec", "xhht-lam-viec"];

/// Whether a folder is one to work in.
fn is_one(folder: &Path) -> bool {
    folder.join(PLAN).join("plan.toml").is_file()
}

/// The working folders near at hand: where the program was started, else where it lies, else below either.
pub(super) fn working_folders() -> Vec<PathBuf> {
    let near = near();
    if let Some(here) = near.iter().find(|folder| is_one(folder)) {
        return vec![here.clone()];
    }
    let mut below: Vec<PathBuf> = near.iter().flat_map(|folder| folders_of(folder)).collect();
    below.retain(|folder| is_one(folder));
    below.sort();
    below.dedup();
    below
}

/// Where the program was started, and where it lies.
fn near() -> Vec<PathBuf> {
    let program = env::current_exe().ok().and_then(|program| program.parent().map(Path::to_owned));
    let mut near: Vec<PathBuf> = env::current_dir().ok().into_iter().chain(program).collect();
    near.dedup();
    near
}

fn folders_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// Where a new working folder may stand: where the program was started, or where it lies when that is the system's own
/// folder, as of a program started by an administrator.
pub(super) fn for_a_new_one() -> PathBuf {
    let near = near();
    let of_system = env::var_os("SystemRoot").map(PathBuf::from);
    let is_ours = |folder: &&PathBuf| !of_system.as_ref().is_some_and(|system| folder.starts_with(system));
    let base = near.iter().find(is_ours).cloned().unwrap_or_default();
    let free = NAMES.iter().map(|name| base.join(name)).find(|place| !place.exists());
    free.unwrap_or_else(|| base.join(NAMES[0]))
}
