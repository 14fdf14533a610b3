//! Rules over one submission, then over the set; only this module builds [`AcceptedSubmissions`].

pub mod decision;
mod group;
mod ledger;
mod record;
mod roster;
mod rules;
mod versions;

pub use ledger::Ledger;
use ledger::Ledgers;
pub use roster::{UnitFile, UnitState, UnitStatus};
pub use rules::{Previous, outcomes};

use crate::domain::{Unit, UnitCode, Year};
use crate::error::Error;
use crate::finding::{Finding, WithFindings};
use crate::plan::Plan;
use crate::submission::{Content, Fate, Received, Submission, likely_sender};
use chrono::NaiveDate;
use decision::{Applied, Corrections, Decisions, Waivers};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The submissions that count: at most one a unit, each value past the checks.
#[derive(Debug, Clone)]
pub struct AcceptedSubmissions {
    year: Year,
    /// Shared: a return copy keeps its own when all the others have been added up and let go.
    by_unit: BTreeMap<UnitCode, Arc<Submission>>,
    refused: BTreeMap<UnitCode, Arc<Submission>>,
    units: Vec<UnitState>,
    ledgers: Ledgers,
    unasked: BTreeMap<UnitCode, usize>,
    decided: Applied,
}

impl AcceptedSubmissions {
    /// The report year.
    pub fn year(&self) -> Year {
        self.year
    }

    /// The submission of a unit, if it has one that counts.
    pub fn of(&self, unit: &UnitCode) -> Option<&Submission> {
        self.by_unit.get(unit).map(Arc::as_ref)
    }

    /// What a unit sent, whether it counts or a rule of the plan refuses it whole.
    pub fn sent_by(&self, unit: &UnitCode) -> Option<&Arc<Submission>> {
        self.by_unit.get(unit).or_else(|| self.refused.get(unit))
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
        &self.ledgers.all
    }

    /// How many of the plan's rules could not be asked of a unit because a cell they need could not be read: they are asked
    /// once that cell is mended.
    pub fn unasked_of(&self, unit: &UnitCode) -> usize {
        self.unasked.get(unit).copied().unwrap_or_default()
    }

    /// How many rules could not be asked for that reason, over all units.
    pub fn unasked(&self) -> usize {
        self.unasked.values().sum()
    }

    /// What became of the filled input cells in a unit's files; without a unit, of those in files that are nobody's.
    pub fn ledger_of(&self, unit: Option<&UnitCode>) -> Ledger {
        self.ledgers.by_unit.get(&unit.cloned()).cloned().unwrap_or_default()
    }
}

/// What is said of a file that does not say whose it is, with the unit that its name points at: a letter to the wrong unit
/// does less harm than a report that counts as never sent, but nobody may take the guess for knowledge.
fn guess(finding: Finding, unit: Option<&Unit>, year: Year) -> Finding {
    let Some(unit) = unit.filter(|_| finding.unit.is_none()) else { return finding };
    let mut finding = finding.of_unit(&unit.code).in_year(year);
    finding.cause += &format!(
        " Theo tên tệp hoặc thư mục, đây có lẽ là tệp của {}; nội dung tệp không cho biết.",
        unit.name
    );
    finding
}

/// Checks what was received for a year; `previous` holds last year's values where they are known. Findings come gravest first, same causes grouped.
///
/// The outcome does not depend on the order of `received`, nor on the files' names but for one thing: whose a file may be
/// that cannot be used and does not say it.
///
/// # Errors
/// [`Error::Internal`] when the ledger of filled cells does not add up.
pub fn check(
    plan: &Plan,
    year: Year,
    as_of: NaiveDate,
    previous: &Previous,
    received: Vec<Received>,
) -> Result<WithFindings<AcceptedSubmissions>, Error> {
    check_decided(plan, year, as_of, previous, received, &Decisions::default())
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
    previous: &Previous,
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
                let guessed = match unit {
                    Some(_) => None,
                    None => likely_sender(plan, year, &file.file.path),
                };
                findings.extend(file.findings.into_iter().map(|finding| guess(finding, guessed, year)));
                rejected.push((file.file, unit.or(guessed.map(|unit| unit.code.clone())), filled, code));
            }
            Content::Ignored => findings.extend(file.findings),
        }
    }

    let versions = versions::choose(submissions);
    findings.extend(versions.findings);
    let mut ledgers = Ledgers::default();
    for (_, unit, filled, code) in &rejected {
        ledgers.reject_uncounted(unit.as_ref(), *filled, *code);
    }
    for superseded in &versions.superseded {
        ledgers.add(superseded)?;
    }
    let mut corrections = Corrections::new(&decisions.corrections);
    let mut waivers = Waivers::new(&decisions.waivers, as_of);
    let mut by_unit = BTreeMap::new();
    let mut of_submissions = Vec::new();
    let mut refused = BTreeMap::new();
    let mut unasked = BTreeMap::new();
    for (mut submission, mut read) in versions.chosen {
        corrections.apply(&mut submission, &mut read);
        let form = Arc::clone(&submission.form);
        read.extend(record::check(plan, as_of, &submission));
        of_submissions.extend(waivers.apply(read, Some(&form)));
        let mut judged = rules::judge(plan, previous, &submission);
        unasked.insert(submission.unit.clone(), judged.unasked);
        judged.waive(&mut waivers, &form);
        let refusal = judged.keep_out_of(&mut submission);
        of_submissions.extend(judged.findings());
        if let Some(code) = refusal {
            submission.settle_all(&Fate::Rejected(code));
            ledgers.add(&submission)?;
            refused.insert(submission.unit.clone(), Arc::new(submission));
            continue;
        }
        ledgers.add(&submission)?;
        by_unit.insert(submission.unit.clone(), Arc::new(submission));
    }
    let of_refused = refused.values().map(|s: &Arc<Submission>| (s.file.clone(), Some(s.unit.clone())));
    let rejected_files: Vec<_> =
        rejected.into_iter().map(|(file, unit, _, _)| (file, unit)).chain(of_refused).collect();
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
    let value = AcceptedSubmissions { year, by_unit, refused, units, ledgers, unasked, decided };
    Ok(WithFindings { value, findings })
}
