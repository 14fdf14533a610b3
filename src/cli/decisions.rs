//! The files of waivers and corrections: those named, else those that lie in the inbox or beside it.

use crate::check::decision::{CORRECTIONS_FILE, Decisions, WAIVERS_FILE};
use crate::error::Error;
use crate::plan::{Plan, SourceFile};
use std::fs;
use std::path::{Path, PathBuf};

/// Reads what the secretariat has decided.
///
/// # Errors
/// A file that was named, or is there, cannot be read, or has mistakes.
pub(super) fn read(
    plan: &Plan,
    paths: &[PathBuf],
    waivers: Option<&Path>,
    corrections: Option<&Path>,
) -> Result<Decisions, Error> {
    let waivers = source(paths, waivers, WAIVERS_FILE)?;
    let corrections = source(paths, corrections, CORRECTIONS_FILE)?;
    Decisions::read(plan, waivers.as_ref(), corrections.as_ref())
}

/// Whether a file is one of these and no submission.
pub(super) fn is_one(name: &str) -> bool {
    name == WAIVERS_FILE || name == CORRECTIONS_FILE
}

fn source(paths: &[PathBuf], named: Option<&Path>, usual: &str) -> Result<Option<SourceFile>, Error> {
    let Some(path) = named.map(Path::to_owned).or_else(|| beside(paths, usual)) else { return Ok(None) };
    let text =
        fs::read_to_string(&path)
            .map_err(|source| Error::Io { doing: "đọc", path: path.clone(), source })?;
    let text = text.trim_start_matches('\u{feff}').to_owned();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Some(SourceFile { name, text }))
}

fn beside(paths: &[PathBuf], usual: &str) -> Option<PathBuf> {
    let folders = paths.iter().flat_map(|path| {
        // The folder's own parent, whatever way the path was typed.
        let whole = path.canonicalize().unwrap_or_else(|_| path.clone());
        [path.is_dir().then(|| path.clone()), whole.parent().map(Path::to_owned)]
    });
    folders.flatten().map(|folder| folder.join(usual)).find(|file| file.is_file())
}
