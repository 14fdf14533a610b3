//! Return copies: what goes back to a unit, `phan-hoi/CODE-name.xlsx`.
//!
//! A unit whose file could be read gets a fresh template with its own values moved in, the cells with findings coloured
//! and noted, and the findings listed before the form; sent back, it is a submission. For a file that could not be used
//! there is a letter that says why and what to do.

mod front;
mod letter;
mod listed;
mod look;

use crate::check::{AcceptedSubmissions, Previous, UnitStatus};
use crate::error::Error;
use crate::finding::{Finding, Severity};
use crate::form::Form;
use crate::plan::Plan;
use crate::submission::Submission;
use crate::template::{self, Returned};
use listed::Listed;
use std::collections::{BTreeMap, BTreeSet};

/// The folder of return copies.
pub const FOLDER: &str = "phan-hoi";
/// What is told to the secretariat alone.
const FOR_SECRETARIAT: [&str; 1] = ["O003"];

/// A file to be sent back.
#[derive(Debug, Clone)]
pub struct ReturnCopy {
    /// Path inside the output folder, forward slashes.
    pub path: String,
    /// The workbook.
    pub bytes: Vec<u8>,
}

/// Writes what goes back: a copy for each unit with findings, a letter for each unit or file of which nothing is used.
///
/// # Errors
/// [`Error::Internal`] when the workbook library refuses something.
pub fn write(
    plan: &Plan,
    previous: &Previous,
    accepted: &AcceptedSubmissions,
    findings: &[Finding],
) -> Result<Vec<ReturnCopy>, Error> {
    let fault = |error| Error::Internal(format!("không ghi được bản trả lại: {error}"));
    let told = || findings.iter().filter(|finding| !FOR_SECRETARIAT.contains(&finding.code.as_str()));
    let owner: BTreeMap<&str, _> = accepted
        .units()
        .iter()
        .flat_map(|unit| unit.files.iter().map(|file| (file.file.path.as_str(), &unit.code)))
        .collect();
    let owner_of = |finding: &Finding| {
        let file = finding.origin.as_ref().map(|origin| origin.file.as_str());
        finding.unit.as_ref().or_else(|| owner.get(file?).copied()).cloned()
    };
    let mut copies = Vec::new();
    let mut names = BTreeSet::new();
    for state in accepted.units().iter().filter(|state| state.status != UnitStatus::Missing) {
        let of_unit: Vec<&Finding> =
            told().filter(|finding| owner_of(finding).as_ref() == Some(&state.code)).collect();
        let Some(unit) = plan.units.iter().find(|unit| unit.code == state.code) else { continue };
        if of_unit.is_empty() {
            continue;
        }
        let form = Form::of(plan, unit, accepted.year());
        let bytes = match accepted.sent_by(&state.code) {
            Some(submission) => copy(plan, previous, submission, &of_unit)?,
            None => {
                let files: Vec<&str> = state.files.iter().map(|file| file.file.path.as_str()).collect();
                letter::write(plan, accepted.year(), Some(&state.name), &files, &of_unit).map_err(fault)?
            }
        };
        let name = template::file_name(&form);
        names.insert(name.clone());
        copies.push(ReturnCopy { path: format!("{FOLDER}/{name}"), bytes });
    }
    // Files of which not even the sender is known, or whose sender is on no roster.
    let on_roster: BTreeSet<_> = accepted.units().iter().map(|state| &state.code).collect();
    let mut strangers: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in told() {
        let Some(origin) = &finding.origin else { continue };
        if owner_of(finding).is_none_or(|unit| !on_roster.contains(&unit)) {
            strangers.entry(&origin.file).or_default().push(finding);
        }
    }
    strangers.retain(|_, findings| findings.iter().any(|finding| finding.severity == Severity::Reject));
    for (file, findings) in strangers {
        let bytes = letter::write(plan, accepted.year(), None, &[file], &findings).map_err(fault)?;
        let name = name_of_stranger(file, &mut names);
        copies.push(ReturnCopy { path: format!("{FOLDER}/{name}"), bytes });
    }
    Ok(copies)
}

fn copy(
    plan: &Plan,
    previous: &Previous,
    submission: &Submission,
    findings: &[&Finding],
) -> Result<Vec<u8>, Error> {
    let listed = Listed::of(submission, findings);
    let front = |worksheet: &mut _| front::write(worksheet, plan, submission, &listed);
    let returned = Returned {
        filled: submission.sent.iter().map(|(id, sent)| (id.clone(), sent.content.clone())).collect(),
        remarks: listed::remarks(&listed),
        front: Some(&front),
    };
    template::write_returned(plan, &submission.form, previous.get(&submission.unit), &returned)
}

/// `khong-ro-don-vi-NAME.xlsx`, each name once.
fn name_of_stranger(path: &str, taken: &mut BTreeSet<String>) -> String {
    const LONGEST: usize = 80;
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.') { c } else { '-' };
    let stem: String = stem.chars().take(LONGEST).map(plain).collect();
    let mut name = format!("khong-ro-don-vi-{}.xlsx", stem.trim());
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("khong-ro-don-vi-{}-{number}.xlsx", stem.trim());
        number += 1;
    }
    name
}
