//! Sealed records of lower plans among what came, on the disk or in an archive: each is held against its own hashes, and its
//! result speaks for it.
//!
//! Of the parts of a year the last speaks: those before it are in nobody's way.

use super::digested::digested;
use super::lower::refused_result;
use crate::consolidate::history::record_file::{self, RECORD_FILE, RecordFile};
use crate::domain::{UnitCode, Year};
use crate::intake::Member;
use crate::plan::Plan;
use crate::submission::{InputFile, Received};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// How many faults of a record are told.
const FAULTS_TOLD: usize = 5;

/// A record that is not as it was sealed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Broken {
    /// Whose it is, where that could be read.
    pub unit: Option<UnitCode>,
    /// What is wrong with it.
    pub why: String,
}

impl Broken {
    /// Of one that could be read.
    fn of(plan: &Plan, record: &RecordFile, faults: &[String]) -> Self {
        let more = faults.len().saturating_sub(FAULTS_TOLD);
        let more = if more > 0 { format!("; và {more} chỗ khác") } else { String::new() };
        let told = faults.iter().take(FAULTS_TOLD).map(String::as_str).collect::<Vec<_>>().join("; ");
        let unit = plan.unit_of_lower_plan(&record.plan.id, record.year).map(|unit| unit.code.clone());
        Broken { unit, why: format!("{} không nguyên vẹn: {told}{more}", record.name()) }
    }

    /// What is said of it.
    pub fn told(&self, file: InputFile) -> Received {
        let cure =
            "đề nghị đơn vị chép lại nguyên vẹn thư mục hồ sơ; hoặc chỉ gửi tệp kết quả ket-qua-xhht-….json";
        refused_result(file, self.unit.clone(), &self.why, cure)
    }
}

/// The records that speak, each with where its result stands in it, or why it is not used. Those of this very plan are the
/// program's own.
pub fn speaking<P>(
    plan: &Plan,
    sent: Vec<P>,
    record: impl Fn(&P) -> &RecordFile,
    faults: impl Fn(&P) -> Vec<String>,
) -> Vec<(P, Result<String, Broken>)> {
    let key = |record: &RecordFile| (record.plan.id.clone(), record.year);
    let mut last: BTreeMap<(String, Year), u32> = BTreeMap::new();
    for one in &sent {
        let part = last.entry(key(record(one))).or_default();
        *part = record(one).stamp.part.max(*part);
    }
    let speaks =
        |record: &RecordFile| record.plan.id != plan.id && last.get(&key(record)) == Some(&record.stamp.part);
    let speaking = sent.into_iter().filter(|one| speaks(record(one))).map(|one| {
        let faults = faults(&one);
        let record = record(&one);
        let spoken =
            if faults.is_empty() { Ok(record.result()) } else { Err(Broken::of(plan, record, &faults)) };
        (one, spoken)
    });
    speaking.collect()
}

/// Of the files of an archive those that are to be read: results of whole records, and what lies in none; and the records
/// that are broken, by where their `ho-so.toml` lies.
pub(super) fn settled(plan: &Plan, members: Vec<Member>) -> (Vec<Member>, Vec<(String, Broken)>) {
    let folders: Vec<String> = members.iter().filter_map(|member| record_folder(&member.path)).collect();
    let (mut results, mut broken) = (Vec::new(), Vec::new());
    {
        let content: HashMap<&str, &[u8]> = members
            .iter()
            .filter_map(|member| Some((member.path.as_str(), member.bytes.as_ref().ok()?.as_slice())))
            .collect();
        let mut sent = Vec::new();
        for folder in &folders {
            let path = format!("{folder}{RECORD_FILE}");
            let text = content.get(path.as_str()).and_then(|bytes| std::str::from_utf8(bytes).ok());
            match text.ok_or_else(|| "không đọc được".to_owned()).and_then(RecordFile::read) {
                Ok(record) => sent.push((folder, record)),
                Err(why) => {
                    broken.push((path.clone(), Broken { unit: None, why: format!("“{path}” {why}") }));
                }
            }
        }
        let faults = |(folder, record): &(&String, RecordFile)| faults(folder, record, &content);
        for ((folder, _), spoken) in speaking(plan, sent, |(_, record)| record, faults) {
            match spoken {
                Ok(result) => results.push(format!("{folder}{result}")),
                Err(why) => broken.push((format!("{folder}{RECORD_FILE}"), why)),
            }
        }
    }
    let in_record = |path: &str| folders.iter().any(|folder| path.starts_with(folder.as_str()));
    let read = |member: &Member| results.contains(&member.path) || !in_record(&member.path);
    (members.into_iter().filter(read).collect(), broken)
}

/// The folder of a record, with the stroke at its end, by the path of its `ho-so.toml`.
fn record_folder(path: &str) -> Option<String> {
    let folder = path.strip_suffix(RECORD_FILE)?;
    (folder.is_empty() || folder.ends_with('/')).then(|| folder.to_owned())
}

/// What is wrong with the files of a record. What lies in an archive inside it cannot be held against the hash of that
/// archive any more; it is left.
fn faults(folder: &str, record: &RecordFile, content: &HashMap<&str, &[u8]>) -> Vec<String> {
    let hashes: BTreeMap<&str, &str> = record.hashes().collect();
    let mut within: Vec<&str> = content.keys().filter_map(|path| path.strip_prefix(folder)).collect();
    within.sort_unstable();
    let inside = |file: &str, path: &str| path.strip_prefix(file).is_some_and(|rest| rest.starts_with('/'));
    let mut faults = Vec::new();
    for (file, sha256) in &hashes {
        match content.get(format!("{folder}{file}").as_str()) {
            Some(bytes) if digested(bytes) == *sha256 => {}
            Some(_) => faults.push(record_file::changed(file)),
            None if within.iter().any(|path| inside(file, path)) => {}
            None => faults.push(record_file::missing(file)),
        }
    }
    let is_known = |path: &str| {
        path == RECORD_FILE || hashes.contains_key(path) || hashes.keys().any(|file| inside(file, path))
    };
    faults.extend(within.into_iter().filter(|path| !is_known(path)).map(record_file::stranger));
    faults
}
