//! A file that is checked by whoever is about to send it: what it holds, what is to be done, and a copy to do it in.

use super::case::{Case, Judged, Known};
use super::opened::{Opened, received};
use crate::check::UnitStatus;
use crate::check::decision::Decisions;
use crate::domain::Year;
use crate::error::Error;
use crate::finding::Finding;
use crate::output::pdf::typeface;
use crate::output::returns::{self, FormInIt, ReadBy};
use crate::plan::Plan;
use crate::submission::Reader;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::HashSet;
use std::ptr;
use vietnamese::display::capitalised;

/// What is told of a file. It can be sent to where it is shown.
#[derive(Debug, Serialize)]
pub struct Alone {
    /// The year it was checked for.
    pub year: Year,
    /// The units whose reports it holds.
    pub units: Vec<Sender>,
    /// Whether everything in it is a report in which nothing is to be done.
    pub ready: bool,
    /// Gravest first.
    pub findings: Vec<Told>,
    /// Copies to go on with.
    pub copies: Vec<Copy>,
}

/// A unit whose report is in a file.
#[derive(Debug, Serialize)]
pub struct Sender {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many input cells it has filled.
    pub filled: usize,
    /// Whether its report can be used, with or without findings.
    pub usable: bool,
}

/// A finding as it is shown.
#[derive(Debug, Serialize)]
pub struct Told {
    /// Its severity in words.
    pub called: &'static str,
    /// Whether its sender has to do something.
    pub asks: bool,
    /// Everything else.
    #[serde(flatten)]
    pub finding: Finding,
}

impl Told {
    pub(super) fn of(finding: &Finding, asks: bool) -> Self {
        Told { called: finding.severity.vietnamese(), asks, finding: finding.clone() }
    }
}

/// A workbook to go on with.
#[derive(Debug, Serialize)]
pub struct Copy {
    /// Its name.
    pub name: String,
    /// Which form is in it.
    pub form: FormInIt,
    /// Its content.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl Alone {
    /// Checks what was opened of one file, by itself: no figures of last year, no decisions, no other units.
    ///
    /// # Errors
    /// The plan has no such year, or a library refuses to write a copy.
    pub fn check(plan: &Plan, year: Year, today: NaiveDate, opened: Vec<Opened>) -> Result<Self, Error> {
        let reader = Reader::new(plan);
        let received = opened.into_iter().flat_map(|opened| received(&reader, Some(year), opened)).collect();
        let known = Known::default();
        let case = Case { year, as_of: today, known, decisions: Decisions::default(), received };
        let (Judged { accepted, mut findings, .. }, known) =
            case.judge(plan, &typeface::embedded(), |_| ())?;
        // Which units are missing, and what the province lacks, nobody asks here.
        findings.retain(|finding| finding.code.is_about_a_file());
        let addressed = accepted.addressed(&findings);
        let mut asking: HashSet<*const Finding> = HashSet::new();
        for state in accepted.units() {
            let of_unit = addressed.of_units.get(&state.code).into_iter().flatten();
            asking.extend(of_unit.filter(|finding| state.is_asked_by(finding)).map(|f| ptr::from_ref(*f)));
        }
        let of_strangers = addressed.strangers.values().flatten();
        asking.extend(of_strangers.filter(|finding| finding.asks_sender()).map(|f| ptr::from_ref(*f)));
        let copies = returns::copies(plan, &accepted, &findings);
        let copies = copies.into_iter().filter_map(|copy| {
            let form = copy.form()?;
            let copy = copy.read_by(ReadBy::Sender);
            let name = copy.path.rsplit('/').next().unwrap_or(&copy.path).to_owned();
            Some(copy.write(plan, &known.previous, year).map(|bytes| Copy { name, form, bytes }))
        });
        let copies = copies.collect::<Result<Vec<_>, Error>>()?;
        let senders = accepted.units().iter().filter(|state| state.status != UnitStatus::Missing);
        let units: Vec<Sender> = senders
            .map(|state| {
                let submission = accepted.submission_of(&state.code);
                Sender {
                    code: state.code.to_string(),
                    name: capitalised(&state.name),
                    filled: submission.map_or(0, |submission| submission.filled_count),
                    usable: submission.is_some(),
                }
            })
            .collect();
        let told = |finding: &Finding| Told::of(finding, asking.contains(&ptr::from_ref(finding)));
        Ok(Alone {
            year,
            ready: asking.is_empty() && !units.is_empty() && units.iter().all(|unit| unit.usable),
            units,
            findings: findings.iter().map(told).collect(),
            copies,
        })
    }
}
