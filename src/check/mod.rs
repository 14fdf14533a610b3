//! The checks: each submission by itself, then all of them against the roster. Only this module builds
//! [`AcceptedSubmissions`].

mod addressed;
mod blank;
pub mod decision;
mod group;
mod later;
mod ledger;
mod newest;
mod opt_out;
mod other_year;
mod record;
mod roster;
mod rules;
mod uncompared;
mod versions;

pub use addressed::{Addressed, Strangers};
pub use ledger::Ledger;
use ledger::Ledgers;
pub use other_year::{FilledFor, OtherYear};
use roster::UnusedFile;
pub use roster::{Came, CameBy, UnitFile, UnitState, UnitStatus};
pub use rules::{Earlier, Previous, rulings};

use crate::domain::{Unit, UnitCode, Year};
use crate::error::Error;
use crate::finding::{Code, Finding, FindingCode, WithFindings};
use crate::intake::moment::Moment;
use crate::plan::Plan;
use crate::submission::{Content, Fate, InputFile, Received, Spellings, Submission};
use chrono::NaiveDate;
use decision::{Applied, Corrections, Decisions, Waivers};
use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use versions::Versions;

/// The submissions that count: at most one a unit, each value past the checks.
#[derive(Debug, Clone)]
pub struct AcceptedSubmissions {
    year: Year,
    /// Shared: a return copy keeps its own when all the others have been added up and let go.
    by_unit: BTreeMap<UnitCode, Arc<Submission>>,
    refused: BTreeMap<UnitCode, Arc<Submission>>,
    of_other_years: BTreeMap<UnitCode, OtherYear>,
    units: Vec<UnitState>,
    ledgers: Ledgers,
    unasked: BTreeMap<UnitCode, usize>,
    uncompared: Vec<String>,
    decided: Applied,
}

impl AcceptedSubmissions {
    /// The report year.
    pub fn year(&self) -> Year {
        self.year
    }

    /// The submission of a unit, if it has one that counts.
    pub fn submission_of(&self, unit: &UnitCode) -> Option<&Submission> {
        self.by_unit.get(unit).map(Arc::as_ref)
    }

    /// What a unit sent, whether it counts or a rule of the plan refuses it whole.
    pub fn sent_by(&self, unit: &UnitCode) -> Option<&Arc<Submission>> {
        self.by_unit.get(unit).or_else(|| self.refused.get(unit))
    }

    /// The form of another year that a unit filled, where nothing it sent is of this year.
    pub fn of_other_year(&self, unit: &UnitCode) -> Option<&OtherYear> {
        self.of_other_years.get(unit)
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

    /// Codes of the rules that ask about last year, where nothing of last year is known.
    pub fn uncompared(&self) -> &[String] {
        &self.uncompared
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

/// Checks what was received for a year; `previous` holds last year's values where they are known. Findings come gravest
/// first, those of one cause grouped.
///
/// The outcome does not depend on the order of `received`. Files' names are used for one thing only: to guess the sender
/// of a file that cannot be used and does not name its sender.
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

/// As [`check_all`], where no year before the last is known.
///
/// # Errors
/// As [`check`].
pub fn check_decided(
    plan: &Plan,
    year: Year,
    as_of: NaiveDate,
    previous: &Previous,
    received: Vec<Received>,
    decisions: &Decisions,
) -> Result<WithFindings<AcceptedSubmissions>, Error> {
    check_all(plan, year, as_of, Earlier { previous, years: &[] }, received, decisions)
}

/// Checks what was received for a year by what the secretariat has decided: corrections first, then the checks, then
/// waivers; the rules that look at more than one submission when all have been checked by themselves.
///
/// # Errors
/// As [`check`].
pub fn check_all(
    plan: &Plan,
    year: Year,
    as_of: NaiveDate,
    earlier: Earlier<'_>,
    received: Vec<Received>,
    decisions: &Decisions,
) -> Result<WithFindings<AcceptedSubmissions>, Error> {
    let mut sorted = sorted(plan, year, received);
    let mut waivers = Waivers::new(&decisions.waivers, year, as_of);
    blank::set_apart(plan, &mut sorted, &mut waivers, &decisions.corrections);
    let Sorted { submissions, mut rejected, findings: of_files } = sorted;
    let Versions { chosen, superseded, asked, findings: of_versions } =
        versions::choose(plan, submissions, &mut waivers);
    let corrections = Corrections::new(&decisions.corrections);
    let mut desk = Desk { plan, as_of, earlier, corrections, waivers, ledgers: Ledgers::default() };
    desk.enter_unused(&rejected, superseded.iter().chain(&asked))?;
    let mut judged = desk.judge_all(chosen);
    desk.judge_together(&mut judged)?;
    let Judged { by_unit, refused, unasked, findings: of_submissions } = judged;
    let mut of_other_years = other_year::of_units(plan, year, earlier.previous, &mut rejected);
    of_other_years.retain(|unit, _| !by_unit.contains_key(unit) && !refused.contains_key(unit));
    let blank: Vec<_> =
        rejected.iter().filter(|rejected| rejected.is_blank()).filter_map(|r| r.sender.clone()).collect();
    let uncompared = uncompared::unasked_rules(plan, earlier.previous, &by_unit);
    let of_comparison = uncompared::told(plan, year, earlier.previous, &by_unit);
    let unused = rejected.into_iter().map(UnusedFile::of_rejected);
    let unused: Vec<_> = unused.chain(refused.values().map(|refused| UnusedFile::of(refused))).collect();
    let received = roster::Received {
        by_unit: &by_unit,
        superseded: &superseded,
        asked: &asked,
        unused: &unused,
        blank: &blank,
    };
    let (units, of_units) = roster::states(plan, year, as_of, &received);

    let Desk { corrections, mut waivers, ledgers, .. } = desk;
    let of_no_submission = of_files.into_iter().chain(of_versions).chain(of_units);
    let of_no_submission = of_no_submission.chain(of_comparison).collect();
    let mut findings = waivers.apply(of_no_submission, None);
    findings.extend(of_submissions);
    let (waived, of_waivers) = waivers.finish();
    let (corrected, of_corrections) = corrections.finish(plan, year);
    findings.extend(of_waivers.into_iter().chain(of_corrections).chain(decisions.told.iter().cloned()));
    let mut findings = group::grouped(findings);
    findings.sort_by(Finding::order);
    let decided = Applied { waivers: waived, corrections: corrected };
    let value = AcceptedSubmissions {
        year,
        by_unit,
        refused,
        of_other_years,
        units,
        ledgers,
        unasked,
        uncompared,
        decided,
    };
    Ok(WithFindings { value, findings })
}

/// What was received, sorted by what it turned out to be.
struct Sorted {
    /// Each with what reading it found.
    submissions: Vec<(Submission, Vec<Finding>)>,
    rejected: Vec<RejectedFile>,
    /// What there is to say about all other files.
    findings: Vec<Finding>,
}

/// A file that is not used.
struct RejectedFile {
    file: InputFile,
    /// Whose it is, or may be by its name.
    sender: Option<UnitCode>,
    /// How many filled input cells it holds.
    filled: usize,
    /// What keeps them out.
    code: FindingCode,
    /// When it came.
    came: Option<Moment>,
    /// What it says as the form of another year.
    of_other_year: Option<Box<Submission>>,
}

impl RejectedFile {
    fn is_blank(&self) -> bool {
        self.code == FindingCode::from(Code::S014)
    }
}

fn sorted(plan: &Plan, year: Year, mut received: Vec<Received>) -> Sorted {
    // Content decides the order; names only break ties between identical files.
    received.sort_by(|a, b| (&a.file.sha256, &a.file.path).cmp(&(&b.file.sha256, &b.file.path)));
    // Few years have a file that does not say whose it is.
    let spellings = LazyCell::new(|| Spellings::new(plan, year));
    let mut sorted = Sorted { submissions: Vec::new(), rejected: Vec::new(), findings: Vec::new() };
    for Received { file, findings, content } in received {
        match content {
            Content::Submission(submission) => sorted.submissions.push((*submission, findings)),
            Content::Rejected { unit, filled, code, came, of_other_year } => {
                // A file that names its sender is nobody else's, whether or not that one is on the roster.
                let is_named = unit.is_some() || findings.iter().any(|finding| finding.unit.is_some());
                let guessed = if is_named { None } else { spellings.likely_sender(&file.path) };
                sorted.findings.extend(findings.into_iter().map(|finding| addressed(finding, guessed, year)));
                let sender = unit.or_else(|| guessed.map(|unit| unit.code.clone()));
                sorted.rejected.push(RejectedFile { file, sender, filled, code, came, of_other_year });
            }
            Content::Ignored => sorted.findings.extend(findings),
        }
    }
    sorted
}

/// Addresses a finding about a file that does not name its sender to the unit that the file's name points at. A letter to
/// the wrong unit does less harm than a report that counts as never sent, but nobody may take the guess for knowledge.
fn addressed(finding: Finding, guessed: Option<&Unit>, year: Year) -> Finding {
    let Some(unit) = guessed.filter(|_| finding.unit.is_none()) else { return finding };
    let mut finding = finding.of_unit(&unit.code).in_year(year);
    finding.cause += &format!(
        " Theo tên tệp hoặc thư mục, đây có lẽ là tệp của {}; nội dung tệp không cho biết.",
        unit.name
    );
    finding
}

/// Takes out the values of which a finding of reading asks which of two was meant, unless they are settled.
fn keep_out_what_is_asked(read: &[Finding], submission: &mut Submission) {
    let asked = read.iter().filter(|finding| finding.code == FindingCode::from(Code::S012));
    for (field, code) in asked.flat_map(|finding| finding.fields.iter().map(|field| (field, finding.code))) {
        if !submission.corrected.contains(field) {
            submission.reject(field, code);
        }
    }
}

/// Where submissions are judged one by one: by what, and what is written down on the way.
struct Desk<'a> {
    plan: &'a Plan,
    as_of: NaiveDate,
    earlier: Earlier<'a>,
    corrections: Corrections,
    waivers: Waivers,
    ledgers: Ledgers,
}

/// The chosen submissions once they are judged.
#[derive(Default)]
struct Judged {
    by_unit: BTreeMap<UnitCode, Arc<Submission>>,
    refused: BTreeMap<UnitCode, Arc<Submission>>,
    unasked: BTreeMap<UnitCode, usize>,
    findings: Vec<Finding>,
}

impl Desk<'_> {
    /// Enters the filled cells of files that are not used.
    fn enter_unused<'s>(
        &mut self,
        rejected: &[RejectedFile],
        mut unused: impl Iterator<Item = &'s Submission>,
    ) -> Result<(), Error> {
        for RejectedFile { sender, filled, code, .. } in rejected {
            self.ledgers.reject_uncounted(sender.as_ref(), *filled, *code);
        }
        unused.try_for_each(|submission| self.ledgers.add(submission))
    }

    fn judge_all(&mut self, chosen: Vec<(Submission, Vec<Finding>)>) -> Judged {
        let mut judged = Judged::default();
        for (submission, read) in chosen {
            self.judge(submission, read, &mut judged);
        }
        judged
    }

    /// Asks the rules that look at more than one submission, and enters what became of every cell.
    fn judge_together(&mut self, judged: &mut Judged) -> Result<(), Error> {
        for (unit, mut broken) in later::judge(self.plan, self.earlier, &judged.by_unit) {
            let Some(submission) = judged.by_unit.get_mut(&unit) else { continue };
            broken.waive(&mut self.waivers, submission);
            if broken.keeps_any_out() {
                let submission = Arc::make_mut(submission);
                if let Some(code) = broken.keep_out_of(submission) {
                    submission.settle_all(&Fate::Rejected(code));
                    judged.refused.extend(judged.by_unit.remove_entry(&unit));
                }
            }
            judged.findings.extend(broken.findings());
        }
        judged.by_unit.values().chain(judged.refused.values()).try_for_each(|sent| self.ledgers.add(sent))
    }

    /// Corrects a submission, checks it, and keeps out what findings keep out that no waiver takes.
    fn judge(&mut self, mut submission: Submission, mut read: Vec<Finding>, judged: &mut Judged) {
        self.corrections.apply(&mut submission, &mut read);
        read.extend(record::check(self.plan, self.as_of, &submission));
        let told = self.waivers.apply(read, Some(&submission));
        record::keep_out(self.plan, &told, &mut submission);
        opt_out::keep_out(&told, &mut submission);
        keep_out_what_is_asked(&told, &mut submission);
        judged.findings.extend(told);
        let mut broken = rules::judge(self.plan, self.earlier.previous, &submission);
        judged.unasked.insert(submission.unit.clone(), broken.unasked);
        broken.waive(&mut self.waivers, &submission);
        let refusal = broken.keep_out_of(&mut submission);
        judged.findings.extend(broken.findings());
        if let Some(code) = refusal {
            submission.settle_all(&Fate::Rejected(code));
        }
        let kept = if refusal.is_some() { &mut judged.refused } else { &mut judged.by_unit };
        kept.insert(submission.unit.clone(), Arc::new(submission));
    }
}
