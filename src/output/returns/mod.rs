//! What goes back: return copies, `phan-hoi/CODE-name.xlsx`, to units that are asked to do something.
//!
//! A unit whose file could be read gets a fresh template with its own values moved in, the cells with findings coloured
//! and noted, and the findings listed before the form; sent back, it is a submission. A unit of which no file can be used
//! gets this year's form behind a letter that says why and what to do; what it filled into the form of another year for
//! this one is in it. A file of nobody known is answered by the letter alone. What asks nobody to do anything stands on one
//! list for the secretariat.

mod carried;
mod front;
mod information;
mod letter;
mod list;
mod listed;
mod look;
mod strangers;

use crate::check::{AcceptedSubmissions, Addressed, OtherYear, Previous, Strangers, UnitState, UnitStatus};
use crate::domain::Year;
use crate::error::Error;
use crate::finding::{Code, Finding, FindingCode, Severity};
use crate::form::{Form, FormBook};
use crate::plan::Plan;
use crate::submission::Submission;
use crate::template::{self, Returned};
use carried::Brought;
use information::Informed;
use letter::Letter;
use listed::Listed;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// The folder of return copies.
const FOLDER: &str = "phan-hoi";
/// The list of what is for information.
const LIST: &str = "de-biet.xlsx";
/// The list of files of unknown senders.
const STRANGERS: &str = "khong-ro-don-vi";

/// Whether an output of that path, below the folder of outputs, is a return copy or a list beside them; their folder may
/// have had to bear a number.
pub fn is_copy(path: &str) -> bool {
    path.split_once('/').is_some_and(|(folder, _)| is_folder_of_copies(folder))
}

/// Whether a file among the return copies is the list of what is for information: not to be sent.
pub fn is_list(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == LIST)
}

/// Whether a folder of that name is one of return copies.
pub fn is_folder_of_copies(folder: &str) -> bool {
    let number = folder.strip_prefix(FOLDER).map(|mark| mark.trim_start_matches(" (").trim_end_matches(')'));
    number.is_some_and(|number| number.is_empty() || number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// How many files of unknown senders are answered by a letter each; of more there is one list.
const MOST_LETTERS: usize = 30;

/// Who reads a file and answers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadBy {
    /// Whom it was sent to.
    Secretariat,
    /// Whoever is about to send it.
    Sender,
}

/// Which form a return copy has in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormInIt {
    /// One with what the sender has filled in.
    OwnValues,
    /// The form of the year, because what was sent cannot be used.
    OfTheYear,
}

/// A file to be written: of a whole country there are thousands, and nobody needs them all at once.
pub struct ReturnCopy<'a> {
    /// Path inside the output folder, forward slashes.
    pub path: String,
    holds: Holds<'a>,
    read_by: ReadBy,
}

/// What a file holds.
enum Holds<'a> {
    /// A unit's own values with what was found on them.
    Values { submission: Arc<Submission>, findings: Vec<Told<'a>> },
    /// This year's form of a unit of which nothing could be used, behind the letter about it.
    Form { form: Box<Form>, letter: Letter<'a>, other_year: Option<OtherYear> },
    /// The letter alone.
    Letter(Letter<'a>),
    /// Files of unknown senders, where they are many.
    Strangers(Vec<&'a Finding>),
    /// What asks nobody to do anything.
    Information(Vec<Informed<'a>>),
}

/// A finding, and whether it asks its unit to do something.
#[derive(Clone, Copy)]
struct Told<'a> {
    finding: &'a Finding,
    asks: bool,
}

impl ReturnCopy<'_> {
    /// Whether it goes to somebody; else it is a list for the secretariat.
    pub fn is_to_be_sent(&self) -> bool {
        !matches!(self.holds, Holds::Information(_))
    }

    /// Whether there is a form in it to go on with: one with the sender's values, or the form of the year behind a letter.
    pub fn form(&self) -> Option<FormInIt> {
        match self.holds {
            Holds::Values { .. } => Some(FormInIt::OwnValues),
            Holds::Form { .. } => Some(FormInIt::OfTheYear),
            Holds::Letter(_) | Holds::Strangers(_) | Holds::Information(_) => None,
        }
    }

    /// As it is worded for somebody else than a unit that has sent a file.
    #[must_use]
    pub fn read_by(self, read_by: ReadBy) -> Self {
        ReturnCopy { read_by, ..self }
    }

    /// Writes the workbook.
    ///
    /// # Errors
    /// [`Error::Internal`] when the workbook library refuses something.
    pub fn write(&self, plan: &Plan, previous: &Previous, year: Year) -> Result<Vec<u8>, Error> {
        let internal = |error| Error::Internal(format!("không ghi được bản trả lại: {error}"));
        match &self.holds {
            Holds::Values { submission, findings } => {
                values(plan, previous, submission, findings, self.read_by)
            }
            Holds::Form { form, letter, other_year } => {
                form_behind(plan, previous, form, letter, other_year.as_ref(), self.read_by)
            }
            Holds::Letter(letter) => letter::write(plan, year, letter).map_err(internal),
            Holds::Strangers(findings) => strangers::write(plan, year, findings).map_err(internal),
            Holds::Information(units) => information::write(plan, year, units).map_err(internal),
        }
    }
}

/// What goes back: a copy for each unit that is asked to do something, this year's form or a letter for each unit or file of
/// which nothing is used, or one list where such files are many; and the list of what is for information. The copies hold
/// what they need of the submissions.
pub fn copies<'a>(
    plan: &Plan,
    accepted: &AcceptedSubmissions,
    findings: &'a [Finding],
) -> Vec<ReturnCopy<'a>> {
    let Addressed { mut of_units, strangers, .. } = accepted.addressed(findings);
    let forms = FormBook::new(plan);
    let read_by = ReadBy::Secretariat;
    let mut copies = Vec::new();
    let mut informed = Vec::new();
    let mut names = BTreeSet::new();
    // Whoever sent nothing gets nothing back.
    for state in accepted.units().iter().filter(|state| state.status != UnitStatus::Missing) {
        let Some(findings) = of_units.remove(&state.code) else { continue };
        let told: Vec<Told<'a>> =
            findings.into_iter().map(|finding| Told { finding, asks: state.is_asked_by(finding) }).collect();
        if told.iter().any(|told| told.asks) {
            let Some((file_name, holds)) = to_unit(plan, accepted, &forms, state, told) else { continue };
            copies.push(ReturnCopy { path: format!("{FOLDER}/{file_name}"), holds, read_by });
            names.insert(file_name);
        } else {
            let findings = told.into_iter().map(|told| told.finding).collect();
            informed.push(Informed { unit: state.name.clone(), findings });
        }
    }
    copies.extend(to_strangers(strangers, &mut names));
    if !informed.is_empty() {
        let holds = Holds::Information(informed);
        copies.push(ReturnCopy { path: format!("{FOLDER}/{LIST}"), holds, read_by });
    }
    copies
}

/// What goes to a unit that is asked to do something, and under which name.
fn to_unit<'a>(
    plan: &Plan,
    accepted: &AcceptedSubmissions,
    forms: &FormBook<'_>,
    state: &UnitState,
    told: Vec<Told<'a>>,
) -> Option<(String, Holds<'a>)> {
    if let Some(submission) = accepted.sent_by(&state.code) {
        let name = template::file_name(&submission.form);
        return Some((name, Holds::Values { submission: Arc::clone(submission), findings: told }));
    }
    let unit = plan.roster(accepted.year()).into_iter().find(|unit| unit.code == state.code)?;
    let form = forms.form_for(unit, accepted.year());
    let name = template::file_name(&form);
    let (first, rest): (Vec<Told<'a>>, Vec<Told<'a>>) = told.into_iter().partition(|told| told.asks);
    let is_of_results = first.iter().all(|told| is_of_result(told.finding));
    let letter = Letter {
        to: Some(state.name.clone()),
        files: state.files.iter().map(|file| file.file.path.clone()).collect(),
        findings: first.into_iter().chain(rest).map(|told| told.finding).collect(),
    };
    if is_of_results {
        return Some((name, Holds::Letter(letter)));
    }
    let other_year = accepted.of_other_year(&state.code).cloned();
    Some((name, Holds::Form { form: Box::new(form), letter, other_year }))
}

/// Whether it is about the result or the record of a lower plan, which is sent in the place of a form.
fn is_of_result(finding: &Finding) -> bool {
    matches!(finding.code, FindingCode::Program(Code::F011 | Code::F012 | Code::F013))
}

/// The answers to files of unknown senders.
fn to_strangers<'a>(mut strangers: Strangers<'a>, names: &mut BTreeSet<String>) -> Vec<ReturnCopy<'a>> {
    strangers.retain(|_, findings| findings.iter().any(|finding| finding.severity == Severity::Reject));
    if strangers.len() > MOST_LETTERS {
        let holds = Holds::Strangers(strangers.into_values().flatten().collect());
        let path = format!("{FOLDER}/{STRANGERS}.xlsx");
        return vec![ReturnCopy { path, holds, read_by: ReadBy::Secretariat }];
    }
    let letter = |(file, findings): (&str, _)| ReturnCopy {
        path: format!("{FOLDER}/{}", name_of_stranger(file, names)),
        holds: Holds::Letter(Letter { to: None, files: vec![file.into()], findings }),
        read_by: ReadBy::Secretariat,
    };
    strangers.into_iter().map(letter).collect()
}

fn values(
    plan: &Plan,
    previous: &Previous,
    submission: &Submission,
    findings: &[Told<'_>],
    read_by: ReadBy,
) -> Result<Vec<u8>, Error> {
    let listed = Listed::in_order(submission, findings);
    let front = |worksheet: &mut _| front::write(worksheet, plan, submission, &listed, read_by);
    let returned = Returned {
        filled: submission.sent.iter().map(|(id, sent)| (id.clone(), sent.content())).collect(),
        remarks: listed::remarks(&listed),
        front: Some(&front),
    };
    template::write_returned(plan, &submission.form, previous.get(&submission.unit), &returned)
}

fn form_behind(
    plan: &Plan,
    previous: &Previous,
    form: &Form,
    letter: &Letter<'_>,
    other_year: Option<&OtherYear>,
    read_by: ReadBy,
) -> Result<Vec<u8>, Error> {
    let brought = other_year.map(|other| Brought::of(form, other));
    let front =
        |worksheet: &mut _| letter::write_before(worksheet, plan, form, letter, brought.as_ref(), read_by);
    let (filled, remarks) = match &brought {
        Some(Brought::Values(carried)) => (carried.filled.clone(), carried.remarks()),
        Some(Brought::Nothing(..)) | None => Default::default(),
    };
    let returned = Returned { filled, remarks, front: Some(&front) };
    template::write_returned(plan, form, previous.get(&form.unit.code), &returned)
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
    let mut name = format!("{STRANGERS}-{}.xlsx", stem.trim());
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{STRANGERS}-{}-{number}.xlsx", stem.trim());
        number += 1;
    }
    name
}
