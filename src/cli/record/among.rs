//! Records and results of lower plans in an inbox; each record is checked by its own hashes.
//!
//! Of the parts of a record the last speaks: those before it are in nobody's way.

use super::Opened;
use crate::cli::discover::Found;
use crate::cli::lower::{Broken, Lower};
use crate::consolidate::history::record_file::{RECORD_FILE, RecordFile, RecordedPlan};
use crate::consolidate::lower_result;
use crate::domain::Year;
use crate::job::{LARGEST_RESULT, is_result_name};
use crate::plan::Plan;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// How many faults of a record are told.
const FAULTS_TOLD: usize = 5;

/// Those among files found; none where the plan takes no results.
pub(in crate::cli) fn lower_among(plan: &Plan, files: &[Found]) -> Lower {
    let mut lower = Lower::default();
    if !plan.takes_results() {
        return lower;
    }
    let files: Vec<&Path> =
        files.iter().filter(|found| found.trouble.is_none()).map(|found| found.path.as_path()).collect();
    let of_records = |path: &&&Path| path.file_name().is_some_and(|name| name == RECORD_FILE);
    let mut last: BTreeMap<(String, Year), u32> = BTreeMap::new();
    let mut opened = Vec::new();
    let mut folders = Vec::new();
    for path in files.iter().filter(of_records) {
        let Some(folder) = path.parent() else { continue };
        folders.push(folder.to_owned());
        match Opened::open(folder) {
            // What this plan itself has closed is the program's own.
            Ok(record) if record.record.plan.id == plan.id => {}
            Ok(record) => {
                let part = last.entry(key(&record)).or_default();
                *part = record.record.stamp.part.max(*part);
                opened.push((path.to_path_buf(), record));
            }
            Err(error) => {
                lower.broken.insert(path.to_path_buf(), Broken { unit: None, why: error.to_string() });
            }
        }
    }
    for (path, record) in opened {
        if last.get(&key(&record)) == Some(&record.record.stamp.part) {
            take(&mut lower, plan, path, &record);
        }
    }
    let is_of_record = |path: &&&Path| folders.iter().any(|folder| path.starts_with(folder));
    let loose = files.iter().filter(|path| is_result_name(path) && !is_of_record(path));
    lower.results.extend(loose.filter(|path| !is_of_plan(path, plan)).map(|path| path.to_path_buf()));
    lower
}

fn take(lower: &mut Lower, plan: &Plan, path: PathBuf, record: &Opened) {
    let faults = record.faults();
    if faults.is_empty() {
        lower.results.insert(record.folder.join(record.record.result()));
        return;
    }
    let more = faults.len().saturating_sub(FAULTS_TOLD);
    let more = if more > 0 { format!("; và {more} chỗ khác") } else { String::new() };
    let told = faults.into_iter().map(|fault| fault.told).take(FAULTS_TOLD).collect::<Vec<_>>().join("; ");
    let RecordFile { year, plan: RecordedPlan { id, .. }, .. } = &record.record;
    let unit = plan.unit_of_lower_plan(id, *year).map(|unit| unit.code.clone());
    let why = format!("{} không nguyên vẹn: {told}{more}", record.name());
    lower.broken.insert(path, Broken { unit, why });
}

fn key(record: &Opened) -> (String, Year) {
    (record.record.plan.id.clone(), record.record.year)
}

/// Whether it is a result of this very plan.
fn is_of_plan(path: &Path, plan: &Plan) -> bool {
    let is_small = fs::metadata(path).is_ok_and(|found| found.len() <= LARGEST_RESULT);
    let json = if is_small { fs::read(path).ok() } else { None };
    json.and_then(|json| lower_result(&json).ok()).is_some_and(|result| result.plan == plan.id)
}
