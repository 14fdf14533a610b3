//! Records and results of lower plans in an inbox; each record is checked by its own hashes.

use super::Opened;
use crate::cli::discover::Found;
use crate::cli::lower::Lower;
use crate::consolidate::history::record_file::RECORD_FILE;
use crate::consolidate::lower_result;
use crate::job::{Broken, LARGEST_RESULT, is_result_name, speaking};
use crate::plan::Plan;
use std::fs;
use std::path::{Path, PathBuf};

/// Those among files found; none where the plan takes no results.
pub(in crate::cli) fn lower_among(plan: &Plan, files: &[Found]) -> Lower {
    let mut lower = Lower::default();
    if !plan.takes_results() {
        return lower;
    }
    let files: Vec<&Path> =
        files.iter().filter(|found| found.trouble.is_none()).map(|found| found.path.as_path()).collect();
    let of_records = |path: &&&Path| path.file_name().is_some_and(|name| name == RECORD_FILE);
    let (mut sent, mut folders) = (Vec::new(), Vec::new());
    for path in files.iter().filter(of_records) {
        let Some(folder) = path.parent() else { continue };
        folders.push(folder.to_owned());
        match Opened::open(folder) {
            Ok(record) => sent.push((path.to_path_buf(), record)),
            Err(error) => {
                lower.broken.insert(path.to_path_buf(), Broken { unit: None, why: error.to_string() });
            }
        }
    }
    let faults = |(_, sent): &(PathBuf, Opened)| sent.faults().into_iter().map(|fault| fault.told).collect();
    for ((path, sent), spoken) in speaking(plan, sent, |(_, sent)| &sent.record, faults) {
        match spoken {
            Ok(result) => drop(lower.results.insert(sent.folder.join(result))),
            Err(broken) => drop(lower.broken.insert(path, broken)),
        }
    }
    let is_of_record = |path: &&&Path| folders.iter().any(|folder| path.starts_with(folder));
    let loose = files.iter().filter(|path| is_result_name(path) && !is_of_record(path));
    lower.results.extend(loose.filter(|path| !is_of_plan(path, plan)).map(|path| path.to_path_buf()));
    lower
}

/// Whether it is a result of this very plan.
fn is_of_plan(path: &Path, plan: &Plan) -> bool {
    let is_small = fs::metadata(path).is_ok_and(|found| found.len() <= LARGEST_RESULT);
    let json = if is_small { fs::read(path).ok() } else { None };
    json.and_then(|json| lower_result(&json).ok()).is_some_and(|result| result.plan == plan.id)
}
