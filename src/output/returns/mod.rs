//! Return copies: what goes back to a unit, `phan-hoi/CODE-name.xlsx`.
//!
//! A unit whose file could be read gets a fresh template with its own values moved in, the cells with findings coloured
//! and noted, and the findings listed before the form; sent back, it is a submission. For a file that could not be used
//! there is a letter that says why and what to do.

mod front;
mod letter;
mod listed;
mod look;
mod strangers;

use crate::check::{AcceptedSubmissions, Previous, UnitStatus};
use crate::domain::{UnitCode, Year};
use crate::error::Error;
use crate::finding::{Finding, Severity};
use crate::form::Form;
use crate::plan::Plan;
use crate::submission::Submission;
use crate::template::{self, Returned};
use ecow::EcoString;
use listed::Listed;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// The folder of return copies.
const FOLDER: &str = "phan-hoi";

/// Whether an output of that path, below the folder of outputs, is a return copy; their folder may have had to bear a
/// number.
pub fn is_copy(path: &str) -> bool {
    path.split_once('/').is_some_and(|(folder, _)| is_folder_of_copies(folder))
}

/// Whether a folder of that name is one of return copies.
pub fn is_folder_of_copies(folder: &str) -> bool {
    let number = folder.strip_prefix(FOLDER).map(|mark| mark.trim_start_matches(" (").trim_end_matches(')'));
    number.is_some_and(|number| number.is_empty() || number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// How many files of unknown senders are answered by a letter each; of more there is one list.
const MOST_LETTERS: usize = 30;

/// A file to be sent back, not yet written: of a whole country there are thousands, and nobody needs them all at once.
pub struct ReturnCopy<'a> {
    /// Path inside the output folder, forward slashes.
    pub path: String,
    /// Whose files it answers, where no submission of theirs can be used; else one file of nobody known, or all such.
    name: Option<String>,
    files: Vec<EcoString>,
    submission: Option<Arc<Submission>>,
    findings: Vec<&'a Finding>,
}

impl ReturnCopy<'_> {
    /// Writes the workbook: the unit's own values with the findings on them, or a letter where there are none.
    ///
    /// # Errors
    /// [`Error::Internal`] when the workbook library refuses something.
    pub fn write(&self, plan: &Plan, previous: &Previous, year: Year) -> Result<Vec<u8>, Error> {
        let internal = |error| Error::Internal(format!("không ghi được bản trả lại: {error}"));
        match (&self.submission, self.name.as_deref(), self.files.as_slice()) {
            (Some(submission), ..) => copy(plan, previous, submission, &self.findings),
            (None, None, [_, _, ..]) => strangers::write(plan, year, &self.findings).map_err(internal),
            (None, name, files) => letter::write(plan, year, name, files, &self.findings).map_err(internal),
        }
    }
}

/// What goes back: a copy for each unit with findings, a letter for each unit or file of which nothing is used, or one list
/// where such files are many. The copies hold what they need of the submissions.
pub fn copies<'a>(
    plan: &Plan,
    accepted: &AcceptedSubmissions,
    findings: &'a [Finding],
) -> Vec<ReturnCopy<'a>> {
    let owner: HashMap<&str, &UnitCode> = accepted
        .units()
        .iter()
        .flat_map(|unit| unit.files.iter().map(|file| (file.file.path.as_str(), &unit.code)))
        .collect();
    let owner_of = |finding: &'a Finding| {
        let file = finding.origin.as_ref().map(|origin| origin.file.as_str());
        finding.unit.as_ref().or_else(|| owner.get(file?).copied())
    };
    let on_roster: HashSet<&UnitCode> = accepted.units().iter().map(|state| &state.code).collect();
    let mut of_units: HashMap<&UnitCode, Vec<&Finding>> = HashMap::new();
    // Files of which not even the sender is known, or whose sender is on no roster.
    let mut strangers: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| !finding.code.is_of_missing_report()) {
        match (owner_of(finding).filter(|unit| on_roster.contains(unit)), &finding.origin) {
            (Some(unit), _) => of_units.entry(unit).or_default().push(finding),
            (None, Some(origin)) => strangers.entry(&origin.file).or_default().push(finding),
            (None, None) => {}
        }
    }
    let mut copies = Vec::new();
    let mut names = BTreeSet::new();
    // Whoever sent nothing gets nothing back.
    for state in accepted.units().iter().filter(|state| state.status != UnitStatus::Missing) {
        let Some(findings) = of_units.remove(&state.code) else { continue };
        let submission = accepted.sent_by(&state.code).cloned();
        let file_name = match &submission {
            Some(submission) => template::file_name(&submission.form),
            None => {
                let Some(unit) = plan.units.iter().find(|unit| unit.code == state.code) else { continue };
                template::file_name(&Form::for_unit(plan, unit, accepted.year()))
            }
        };
        names.insert(file_name.clone());
        copies.push(ReturnCopy {
            path: format!("{FOLDER}/{file_name}"),
            name: Some(state.name.clone()),
            files: state.files.iter().map(|file| file.file.path.clone()).collect(),
            submission,
            findings,
        });
    }
    strangers.retain(|_, findings| findings.iter().any(|finding| finding.severity == Severity::Reject));
    if strangers.len() > MOST_LETTERS {
        copies.push(ReturnCopy {
            path: format!("{FOLDER}/khong-ro-don-vi.xlsx"),
            name: None,
            files: strangers.keys().map(|file| (*file).into()).collect(),
            submission: None,
            findings: strangers.into_values().flatten().collect(),
        });
        return copies;
    }
    copies.extend(strangers.into_iter().map(|(file, findings)| ReturnCopy {
        path: format!("{FOLDER}/{}", name_of_stranger(file, &mut names)),
        name: None,
        files: vec![file.into()],
        submission: None,
        findings,
    }));
    copies
}

fn copy(
    plan: &Plan,
    previous: &Previous,
    submission: &Submission,
    findings: &[&Finding],
) -> Result<Vec<u8>, Error> {
    let listed = Listed::in_order(submission, findings);
    let front = |worksheet: &mut _| front::write(worksheet, plan, submission, &listed);
    let returned = Returned {
        filled: submission.sent.iter().map(|(id, sent)| (id.clone(), sent.content())).collect(),
        remarks: listed::remarks(&listed),
        front: Some(&front),
    };
    template::write_returned(plan, &submission.form, previous.get(&submission.unit), &returned)
}

/// `khong-ro-don-vi-NAME.xlsx`, each name once.
fn name_of_stranger(path: &str, taken: &mut BTreeSet<String>) -> String {
    /// Bytes: some disks take no more than 143 for the whole name.
    const LONGEST: usize = 90;
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.') { c } else { '-' };
    let mut left = LONGEST;
    let within = |c: &char| {
        left = left.saturating_sub(c.len_utf8());
        left > 0
    };
    let stem: String = stem.chars().take_while(within).map(plain).collect();
    let mut name = format!("khong-ro-don-vi-{}.xlsx", stem.trim());
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("khong-ro-don-vi-{}-{number}.xlsx", stem.trim());
        number += 1;
    }
    name
}
