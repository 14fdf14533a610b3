//! Which reservations a result carries.

use super::basis::Basis;
use super::results::{Contribution, Flag, Flags};
use super::verdict::Verdict;
use crate::domain::UnitCode;
use crate::submission::FigureStatus;

/// The flags of an indicator's result.
pub(super) fn of_result(
    basis: &Basis<'_>,
    contributions: &[Contribution],
    verdict: Verdict,
    is_break: bool,
) -> Flags {
    let units = |is_so: &dyn Fn(&Contribution) -> bool| {
        let mut units: Vec<UnitCode> = Vec::new();
        for contribution in contributions.iter().filter(|contribution| is_so(contribution)) {
            if !units.contains(&contribution.term.reporter) {
                units.push(contribution.term.reporter.clone());
            }
        }
        units
    };
    let estimating = units(&|contribution| is_estimate(basis, contribution));
    let kept_out = units(&|contribution| is_kept_out(basis, contribution));
    let is_judged = verdict != Verdict::NoStandard;
    let provisional =
        is_judged && verdict != Verdict::NoData && contributions.iter().any(|c| c.status.is_lacking());
    let bounded = contributions.iter().all(|c| c.range.is_some());
    let rests_on_reference = is_judged && bounded && contributions.iter().any(|c| c.assumed().is_some());
    let is_set = |flag: &Flag| match flag {
        Flag::Estimate => !estimating.is_empty(),
        Flag::Provisional => provisional,
        Flag::KeptOut => !kept_out.is_empty(),
        Flag::Reference => rests_on_reference,
        Flag::Break => is_break,
    };
    let set = Flag::ALL.into_iter().filter(is_set).collect();
    Flags { set, estimating, kept_out }
}

/// Whether a figure of a pair that is used is an estimate.
fn is_estimate(basis: &Basis<'_>, contribution: &Contribution) -> bool {
    let term = &contribution.term;
    term.fields.all().any(|field| {
        let reported = basis.reported(&term.reporter, field);
        reported.is_some_and(|reported| reported.status == FigureStatus::Estimate)
    })
}

/// Whether a figure of a pair was sent and is kept out.
fn is_kept_out(basis: &Basis<'_>, contribution: &Contribution) -> bool {
    let term = &contribution.term;
    term.fields.all().any(|field| basis.is_kept_out(&term.reporter, field))
}
