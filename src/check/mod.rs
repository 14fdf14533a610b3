//! Rules over one submission, then over the set; only this module builds [`AcceptedSubmissions`].

pub mod decision;
mod group;
mod ledger;
mod record;
mod roster;
mod versions;

pub use ledger::Ledger;
pub use roster::{UnitState, UnitStatus};

use crate::domain::{UnitCode, Year};
use crate::error::Error;
use crate::finding::{Finding, WithFindings};
use crate::plan::Plan;
use crate::submission::{Content, Received, Submission};
use chrono::NaiveDate;
use decision::{Applied, Corrections, Decisions, Waivers};
use std::collections::BTreeMap;

/// The submissions that count: at most one a unit, each value past the checks.
#[derive(Debug, Clone)]
pub struct AcceptedSubmissions {
    year: Year,
    by_unit: BTreeMap<UnitCode, Submission>,
    units: Vec<UnitState>,
    ledger: Ledger,
    decided: Applied,
}

impl AcceptedSubmissions {
    /// The report year.
    pub fn year(&self) -> Year {
        self.year
    }

    /// The submission of a unit, if it has one that counts.
    pub fn of(&self, unit: &UnitCode) -> Option<&Submission> {
        self.by_unit.get(unit)
    }

    /// Every unit of the roster and how it stands, in the roster's order.
    pub fn units(&self) -> &[UnitState] {
        &self.units
    }

    /// The waivers and corrections that were applied.
    pub fn decided(&self) -> &Applied {
        &self.decided
    }

    /// What became of every filled input cell.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}

/// Checks what was received for a year. Findings come gravest first, same causes grouped.
///
/// The outcome does not depend on the order of `received` nor on the files' names.
///
/// # Errors
/// [`Error::Internal`] when the ledger of filled cells does not add up.
pub fn check(
    plan: &Plan,
    year: Year,
    as_of: NaiveDate,
    received: Vec<Received>,
) -> Result<WithFindings<AcceptedSubmissions>, Error> {
    check_decided(plan, year, as_of, received, &Decisions::default())
}

/// Checks what was received for a year by what the secretariat has decided: corrections first, then the checks, then
/// waivers.
///
/// # Errors
/// As [`check`].
pub fn check_decided(
    plan: &Plan,
    year: Year,
    as_of: NaiveDate,
    mut received: Vec<Received>,
    decisions: &Decisions,
) -> Result<WithFindings<AcceptedSubmissions>, Error> {
    // Content decides the order; names only break ties between identical files.
    received.sort_by(|a, b| (&a.file.sha256, &a.file.path).cmp(&(&b.file.sha256, &b.file.path)));
    let mut findings = Vec::new();
    let mut rejected = Vec::new();
    let mut submissions: Vec<(Submission, Vec<Finding>)> = Vec::new();
    for file in received {
        match file.content {
            Content::Submission(submission) => submissions.push((*submission, file.findings)),
            Content::Rejected { unit, filled, code } => {
                findings.extend(file.findings);
                rejected.push((file.file, unit, filled, code));
            }
            Content::Ignored => findings.extend(file.findings),
        }
    }

    let versions = versions::choose(submissions);
    findings.extend(versions.findings);
    let mut ledger = Ledger::default();
    for (_, _, filled, code) in &rejected {
        ledger.reject_uncounted(*filled, code);
    }
    for superseded in &versions.superseded {
        ledger.add(superseded)?;
    }
    let mut corrections = Corrections::new(&decisions.corrections);
    let mut waivers = Waivers::new(&decisions.waivers, as_of);
    let mut by_unit = BTreeMap::new();
    let mut of_submissions = Vec::new();
    for (mut submission, mut read) in versions.chosen {
        corrections.apply(&mut submission, &mut read);
        of_submissions.extend(waivers.apply(read, Some(submission.form.as_ref())));
        of_submissions
            .extend(waivers.around(&mut submission, |submission| record::check(plan, as_of, submission)));
        ledger.add(&submission)?;
        by_unit.insert(submission.unit.clone(), submission);
    }
    let rejected_files: Vec<_> = rejected.into_iter().map(|(file, unit, _, _)| (file, unit)).collect();
    let (units, of_units) =
        roster::states(plan, year, as_of, &by_unit, &versions.superseded, &rejected_files);
    findings.extend(of_units);
    let mut findings = waivers.apply(findings, None);
    findings.extend(of_submissions);
    let (waived, of_waivers) = waivers.finish();
    let (corrected, of_corrections) = corrections.finish(plan, year);
    findings.extend(of_waivers.into_iter().chain(of_corrections));
    let decided = Applied { waivers: waived, corrections: corrected };
    let mut findings = group::grouped(findings);
    findings.sort_by(Finding::order);
    let value = AcceptedSubmissions { year, by_unit, units, ledger, decided };
    Ok(WithFindings { value, findings })
}
