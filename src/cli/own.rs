//! What this program has written itself: not to be read as if somebody had sent it, and not to be left lying when it is
//! out of date.
//!
//! What a run wrote stands in its result file, `ket-qua-xhht-Y.json`, with the hash of every file. Only a file that is still
//! as it was written counts as the program's own: a return copy that somebody has filled in is a submission.

use super::discover::Found;
use super::lower::Lower;
use super::resolved::resolved;
use crate::consolidate::history::record_file::RECORD_FILE;
use crate::consolidate::history::result_file::{self, OutputFile, WrittenFiles};
use crate::job::{LARGEST_RESULT, Lying, stays_inside};
use crate::output::returns;
use crate::plan::hex;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Sets apart what a run has written: everything in the folder it writes to now, where that lies inside a folder to be
/// read, and elsewhere what a result file names and what still is as it was written. Results of lower plans are not among
/// it, wherever they lie but in that folder.
pub(super) fn apart(
    files: Vec<Found>,
    lower: &Lower,
    paths: &[PathBuf],
    out: Option<&Path>,
) -> (Vec<Found>, Vec<Found>) {
    let out = out.and_then(|out| out.canonicalize().ok());
    // A folder that is written to and read from alike holds both: there only the record can tell.
    let holds_inputs = |out: &PathBuf| paths.iter().any(|path| whole(path).starts_with(out));
    let inside = out.filter(|out| !holds_inputs(out));
    // What is in a record was received, and read, before.
    let records: Vec<PathBuf> = files
        .iter()
        .filter(|file| file.path.file_name().is_some_and(|name| name == RECORD_FILE))
        .filter_map(|file| file.path.parent().map(Path::to_owned))
        .collect();
    let mut known: BTreeMap<PathBuf, String> = BTreeMap::new();
    let mut results: Vec<PathBuf> = Vec::new();
    for file in files.iter().filter(|file| is_result(&file.path)) {
        if let (Some(record), Some(folder)) = (record(&file.path), file.path.parent()) {
            results.push(file.path.clone());
            let of_run = record.outputs.into_iter().filter(|written| stays_inside(&written.path));
            known.extend(of_run.map(|written| (folder.join(&written.path), written.sha256)));
        }
    }
    files.into_iter().partition(|file| {
        let written = || {
            results.contains(&file.path)
                || records.iter().any(|record| file.path.starts_with(record))
                || known.get(&file.path).is_some_and(|sha256| is_as_written(&file.path, sha256))
        };
        let own = inside.as_ref().is_some_and(|out| whole(&file.path).starts_with(out))
            || !lower.has(&file.path) && written();
        !own
    })
}

/// Whether a file yet to be written would lie in one of the folders that are read.
pub(super) fn would_be_read(file: &Path, paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| path.is_dir() && lies_in(file, path))
}

/// Whether a path leads into a folder, whatever there is of either.
pub(super) fn lies_in(path: &Path, folder: &Path) -> bool {
    whole(path).starts_with(whole(folder))
}

/// A path as the system knows it; of a pattern too, whose folder is known.
fn whole(path: &Path) -> PathBuf {
    resolved(path).unwrap_or_else(|| path.to_owned())
}

/// Return copies of the last run for that year which the new run does not write again.
pub(super) struct Outdated {
    /// As they were written: nobody misses them.
    pub untouched: Vec<PathBuf>,
    /// Changed by somebody since.
    pub changed: Vec<PathBuf>,
}

/// Looks for them; `written_again` tells what the new run writes.
pub(super) fn outdated(out: &Path, year: i32, written_again: impl Fn(&str) -> bool) -> Outdated {
    let mut outdated = Outdated { untouched: Vec::new(), changed: Vec::new() };
    let Some(record) = record(&out.join(result_file::file_name(year))) else { return outdated };
    for OutputFile { path, sha256 } in record.outputs {
        let is_copy = returns::is_copy(&path) && stays_inside(&path);
        let place = out.join(&path);
        // A link may lead to anything.
        let is_there = fs::symlink_metadata(&place).is_ok_and(|found| found.is_file());
        if !is_copy || written_again(&path) || !is_there {
            continue;
        }
        let list =
            if is_as_written(&place, &sha256) { &mut outdated.untouched } else { &mut outdated.changed };
        list.push(place);
    }
    outdated
}

/// Whether a file of the folder of results is not, or no longer, as the last run for that year wrote it.
pub(super) fn is_edited(out: &Path, year: i32, path: &str) -> bool {
    let place = out.join(path);
    if !fs::symlink_metadata(&place).is_ok_and(|found| found.is_file()) {
        return false;
    }
    let record = record(&out.join(result_file::file_name(year)));
    let written = record.and_then(|record| record.outputs.into_iter().find(|written| written.path == path));
    !written.is_some_and(|written| is_as_written(&place, &written.sha256))
}

fn is_result(path: &Path) -> bool {
    path.file_name().is_some_and(|name| Lying::of_name(&name.to_string_lossy()) == Lying::Result)
}

fn record(path: &Path) -> Option<WrittenFiles> {
    fs::metadata(path).ok().filter(|found| found.is_file() && found.len() <= LARGEST_RESULT)?;
    WrittenFiles::read(&fs::read(path).ok()?)
}

pub(super) fn is_as_written(path: &Path, sha256: &str) -> bool {
    fs::read(path).is_ok_and(|bytes| hex(&Sha256::digest(bytes)) == sha256)
}
