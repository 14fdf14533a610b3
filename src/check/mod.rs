//! Rules over one submission, then over the set; only this module builds [`AcceptedSubmissions`].

mod group;
mod ledger;
mod record;
mod roster;
mod rules;
mod versions;

pub use ledger::Ledger;
pub use roster::{UnitState, UnitStatus};
pub use rules::{Previous, outcomes};

use crate::domain::{UnitCode, Year};
use crate::error::Error;
use crate::finding::{Finding, WithFindings};
use crate::form::rules::RuleBook;
use crate::plan::Plan;
use crate::submission::{Content, Fate, Received, Submission};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The submissions that count: at most one a unit, each value past the checks.
#[derive(Debug, Clone)]
pub struct AcceptedSubmissions {
    year: Year,
    by_unit: BTreeMap<UnitCode, Submission>,
    units: Vec<UnitState>,
    ledger: Ledger,
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

    /// What became of every filled input cell.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}

/// Checks what was received for a year; `previous` holds last year's values where they are known. Findings come gravest first, same causes grouped.
///
/// The outcome does not depend on the order of `received` nor on the files' names.
///
/// # Errors
/// [`Error::Internal`] when the ledger of filled cells does not add up.
pub fn check(
    plan: &Plan,
    year: Year,
    as_of: NaiveDate,
    previous: &Previous,
    mut received: Vec<Received>,
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
    let mut by_unit = BTreeMap::new();
    let mut refused = Vec::new();
    let mut book = RuleBook::default();
    for (mut submission, read) in versions.chosen {
        findings.extend(read);
        findings.extend(record::check(plan, as_of, &submission));
        let judged = rules::judge(plan, &mut book, previous, &mut submission);
        findings.extend(judged.findings);
        if let Some(code) = judged.refused {
            submission.settle_all(&Fate::Rejected(code));
            ledger.add(&submission)?;
            refused.push((submission.file, Some(submission.unit)));
            continue;
        }
        ledger.add(&submission)?;
        by_unit.insert(submission.unit.clone(), submission);
    }
    let rejected_files: Vec<_> =
        rejected.into_iter().map(|(file, unit, _, _)| (file, unit)).chain(refused).collect();
    let (units, of_units) =
        roster::states(plan, year, as_of, &by_unit, &versions.superseded, &rejected_files);
    findings.extend(of_units);
    let mut findings = group::grouped(findings);
    findings.sort_by(Finding::order);
    let value = AcceptedSubmissions { year, by_unit, units, ledger };
    Ok(WithFindings { value, findings })
}
