//! Sealed records of lower plans inside an archive: each is held against its own hashes, and its result speaks for it.
//!
//! Of the parts of a year the last speaks. What lies in an archive inside a record cannot be held against the hash of that
//! archive any more; it is left.

use super::digested::digested;
use crate::consolidate::history::record_file::{RECORD_FILE, RecordFile};
use crate::domain::{UnitCode, Year};
use crate::intake::Member;
use crate::plan::Plan;
use std::collections::{BTreeMap, HashMap};

/// How many faults of a record are told.
const FAULTS_TOLD: usize = 5;

/// A record that is not as it was sealed.
pub(super) struct Broken {
    /// Where its `ho-so.toml` lies.
    pub path: String,
    /// Whose it is, where that could be read.
    pub unit: Option<UnitCode>,
    /// What is wrong with it.
    pub why: String,
}

/// Of the files of an archive those that are to be read: results of whole records, and what lies in none; and the records
/// that are broken.
pub(super) fn settled(plan: &Plan, members: Vec<Member>) -> (Vec<Member>, Vec<Broken>) {
    let folders: Vec<String> = members.iter().filter_map(|member| record_folder(&member.path)).collect();
    if folders.is_empty() {
        return (members, Vec::new());
    }
    let mut broken = Vec::new();
    let mut last: BTreeMap<(String, Year), (u32, String)> = BTreeMap::new();
    {
        let content: HashMap<&str, &[u8]> = members
            .iter()
            .filter_map(|member| Some((member.path.as_str(), member.bytes.as_ref().ok()?.as_slice())))
            .collect();
        for folder in &folders {
            let path = format!("{folder}{RECORD_FILE}");
            let text = content.get(path.as_str()).and_then(|bytes| std::str::from_utf8(bytes).ok());
            let read = text.ok_or_else(|| "không đọc được".to_owned()).and_then(RecordFile::read);
            let record = match read {
                Ok(record) => record,
                Err(why) => {
                    broken.push(Broken { why: format!("“{path}” {why}"), path, unit: None });
                    continue;
                }
            };
            let faults = faults(folder, &record, &content);
            if faults.is_empty() {
                let (part, result) = (record.stamp.part, format!("{folder}{}", record.result()));
                let known = last.entry((record.plan.id, record.year)).or_default();
                if part > known.0 {
                    *known = (part, result);
                }
            } else {
                let unit = plan.unit_of_lower_plan(&record.plan.id, record.year);
                let (unit, count) = (unit.map(|unit| unit.code.clone()), faults.len());
                let more =
                    count.checked_sub(FAULTS_TOLD + 1).map(|more| format!("; và {} chỗ khác", more + 1));
                let told = faults.into_iter().take(FAULTS_TOLD).collect::<Vec<_>>().join("; ");
                let why = format!(
                    "Hồ sơ {} lần {} không nguyên vẹn: {told}{}",
                    record.year,
                    record.stamp.part,
                    more.unwrap_or_default()
                );
                broken.push(Broken { path, unit, why });
            }
        }
    }
    let speaks = |path: &str| last.values().any(|(_, result)| result == path);
    let in_record = |path: &str| folders.iter().any(|folder| path.starts_with(folder.as_str()));
    let read = members.into_iter().filter(|member| speaks(&member.path) || !in_record(&member.path));
    (read.collect(), broken)
}

/// The folder of a record, with the stroke at its end, by the path of its `ho-so.toml`.
fn record_folder(path: &str) -> Option<String> {
    let folder = path.strip_suffix(RECORD_FILE)?;
    (folder.is_empty() || folder.ends_with('/')).then(|| folder.to_owned())
}

fn faults(folder: &str, record: &RecordFile, content: &HashMap<&str, &[u8]>) -> Vec<String> {
    let mut faults = Vec::new();
    for (file, sha256) in record.hashes().collect::<BTreeMap<_, _>>() {
        let path = format!("{folder}{file}");
        let inside = format!("{path}/");
        match content.get(path.as_str()) {
            Some(bytes) if digested(bytes) == sha256 => {}
            Some(_) => faults.push(format!("tệp “{file}” đã bị sửa sau khi chốt")),
            None if content.keys().any(|path| path.starts_with(&inside)) => {}
            None => faults.push(format!("thiếu tệp “{file}”")),
        }
    }
    faults
}
