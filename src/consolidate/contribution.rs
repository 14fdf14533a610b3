//! From what a unit owes to what it gives: the pair as reported, how it stands, what it can add where it is incomplete.

use super::basis::Basis;
use super::calculation::{PairFigure, Range, SIZE};
use super::reference;
use super::results::{Assumed, Contribution, UnitFigure};
use super::terms::{Term, TermFields};
use crate::domain::{FieldId, Indicator, Meaning, UnitCode};
use crate::submission::{FigureStatus, Reported, Value};
use rust_decimal::Decimal;
use std::collections::HashMap;

impl Basis<'_> {
    /// What is given for each of an indicator's terms, reported or not.
    pub(super) fn contributions(&self, indicator: &Indicator, terms: Vec<Term>) -> Vec<Contribution> {
        let mut owed: HashMap<UnitCode, usize> = HashMap::new();
        for term in &terms {
            *owed.entry(term.about.clone()).or_default() += 1;
        }
        let alone = |about: &UnitCode| owed.get(about) == Some(&1);
        let contribution = |term: Term| match &term.fields {
            TermFields::Status(field) => {
                let answer = self.reported(&term.reporter, field);
                status(answer, &term)
            }
            TermFields::Pair { numerator, denominator } => {
                let unit = self.roster.get(&term.reporter);
                let reference = unit.and_then(|unit| {
                    reference::of_unit(self, indicator, unit, denominator, &term, alone(&term.about))
                });
                self.pair(&term, [numerator, denominator], reference)
            }
        };
        terms.into_iter().map(contribution).collect()
    }

    fn pair(&self, term: &Term, fields: [&FieldId; 2], reference: Option<Assumed>) -> Contribution {
        let pair = fields.map(|field| self.reported(&term.reporter, field));
        let submission = self.accepted.submission_of(&term.reporter);
        let [numerator, denominator] = fields.map(|field| submission.and_then(|s| s.number(field)));
        let no_standard = pair.into_iter().flatten().any(|r| r.status == FigureStatus::NoStandard);
        let status = match (numerator, denominator) {
            _ if no_standard => UnitFigure::NoStandard,
            (Some(_), Some(_)) => status_of_complete(&pair),
            (None, None) => UnitFigure::Missing,
            _ => UnitFigure::Partial,
        };
        let size = |figure: PairFigure| match figure {
            PairFigure::Numerator => numerator,
            PairFigure::Denominator => denominator,
            PairFigure::Reference => reference.map(|assumed| assumed.highest),
        };
        let range = match (numerator, denominator) {
            _ if no_standard => Some(Range::exactly(Decimal::ZERO, Decimal::ZERO)),
            (Some(n), Some(d)) => Some(Range::exactly(n, d)),
            _ => SIZE.outcome(&size).map(Range::up_to),
        };
        let origins = pair.into_iter().flatten().map(|r| (r.origin.clone(), r.typed.clone())).collect();
        Contribution { term: term.clone(), numerator, denominator, origins, status, range, reference }
    }
}

/// One for a unit that holds the status, zero for one that does not, each over one; nothing over nothing for one that is
/// not judged.
fn status(answer: Option<&Reported>, term: &Term) -> Contribution {
    let (status, holds) = match answer.map(|reported| &reported.value) {
        Some(Some(Value::Choice(Meaning::Yes, _))) => (UnitFigure::Reported, Some(Decimal::ONE)),
        Some(Some(Value::Choice(Meaning::No, _))) => (UnitFigure::Reported, Some(Decimal::ZERO)),
        // A unit without a standard, or without what would hold the status, is not one of those that are judged.
        Some(Some(Value::Choice(Meaning::NoStandard, _))) => (UnitFigure::NoStandard, Some(Decimal::ZERO)),
        Some(Some(Value::Choice(Meaning::None, _))) => (UnitFigure::None, Some(Decimal::ZERO)),
        _ => (UnitFigure::Missing, None),
    };
    let over = if status == UnitFigure::Reported { Decimal::ONE } else { Decimal::ZERO };
    Contribution {
        term: term.clone(),
        numerator: holds,
        denominator: holds.map(|_| over),
        origins: answer.iter().map(|r| (r.origin.clone(), r.typed.clone())).collect(),
        status,
        range: Some(match holds {
            Some(holds) => Range::exactly(holds, over),
            None => Range::up_to(Decimal::ONE),
        }),
        reference: None,
    }
}

fn status_of_complete(pair: &[Option<&Reported>; 2]) -> UnitFigure {
    let mut statuses = pair.iter().flatten().map(|reported| reported.status);
    if statuses.clone().any(|status| status == FigureStatus::Estimate) {
        UnitFigure::Estimate
    } else if statuses.all(|status| status == FigureStatus::None) {
        UnitFigure::None
    } else {
        UnitFigure::Reported
    }
}
