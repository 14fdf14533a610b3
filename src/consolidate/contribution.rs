//! From what a unit owes to what it gives: the pair as reported, how it stands, what it can add where it is incomplete.

use super::calculation::Range;
use super::terms::{Term, TermFields};
use super::{Contribution, History, UnitFigure};
use crate::check::AcceptedSubmissions;
use crate::domain::{FieldId, IndicatorId, Meaning, Unit, UnitCode, Year};
use crate::form::FormBook;
use crate::plan::{Before, Plan};
use crate::submission::{FigureStatus, Reported, Value};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

/// What the results of a year are made from.
pub(super) struct Basis<'a> {
    pub plan: &'a Plan,
    pub accepted: &'a AcceptedSubmissions,
    pub history: &'a History,
    pub year: Year,
    pub before: Before<'a>,
    forms: FormBook<'a>,
    roster: HashMap<&'a UnitCode, &'a Unit>,
}

impl<'a> Basis<'a> {
    pub(super) fn new(plan: &'a Plan, accepted: &'a AcceptedSubmissions, history: &'a History) -> Self {
        let year = accepted.year();
        let roster = plan.roster(year).into_iter().map(|unit| (&unit.code, unit)).collect();
        let (before, forms) = (plan.before(year), FormBook::new(plan));
        Basis { plan, accepted, history, year, before, forms, roster }
    }

    /// What is given for each of an indicator's terms, reported or not.
    pub(super) fn contributions(&self, indicator: &IndicatorId, terms: Vec<Term>) -> Vec<Contribution> {
        let mut owed: HashMap<UnitCode, usize> = HashMap::new();
        for term in &terms {
            *owed.entry(term.about.clone()).or_default() += 1;
        }
        // What last year's result says of a unit is the sum of its pairs, so it is said of none of several.
        let alone = |about: &UnitCode| owed.get(about) == Some(&1);
        let contribution = |term: Term| match &term.fields {
            TermFields::Status(field) => {
                let answer = self.reported(&term.reporter, field);
                status(answer, &term)
            }
            TermFields::Pair { numerator, denominator } => {
                let reference = || self.reference(indicator, &term.reporter, denominator, alone(&term.about));
                self.pair(&term, [numerator, denominator], reference)
            }
        };
        terms.into_iter().map(contribution).collect()
    }

    fn reported(&self, reporter: &UnitCode, field: &FieldId) -> Option<&'a Reported> {
        self.accepted.submission_of(reporter)?.values.get(field).map(Arc::as_ref)
    }

    fn pair(
        &self,
        term: &Term,
        fields: [&FieldId; 2],
        reference: impl Fn() -> Option<Decimal>,
    ) -> Contribution {
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
        let range = match (numerator, denominator) {
            _ if no_standard => Some(Range::exactly(Decimal::ZERO, Decimal::ZERO)),
            (Some(n), Some(d)) => Some(Range::exactly(n, d)),
            (None, Some(d)) => Some(Range::up_to(d)),
            (None, None) => reference().map(Range::up_to),
            // Of how many it is n nobody said, so the unit's share may be any; of them all there are at least n.
            (Some(n), None) => reference().map(|d| Range::up_to(d.max(n))),
        };
        let origins = pair.into_iter().flatten().map(|r| (r.origin.clone(), r.typed.clone())).collect();
        Contribution { term: term.clone(), numerator, denominator, origins, status, range }
    }

    /// What the denominator of a missing unit is taken to be: last year's, else the roster's reference figure.
    fn reference(
        &self,
        indicator: &IndicatorId,
        unit: &UnitCode,
        denominator: &FieldId,
        is_only_pair: bool,
    ) -> Option<Decimal> {
        let unit = *self.roster.get(unit)?;
        // A code may be another unit's by now; its figures are not this unit's.
        let old = is_only_pair.then(|| self.before.unit(unit)).flatten();
        let last_year = old.and_then(|old| self.history.denominator(self.year - 1, indicator, &old.code));
        last_year.or_else(|| {
            let form = match self.accepted.submission_of(&unit.code) {
                Some(submission) => Arc::clone(&submission.form),
                None => Arc::new(self.forms.form_for(unit, self.year)),
            };
            form.reference(form.field(denominator)?)
        })
    }
}

/// One for a unit that holds the status, zero for one that does not, each over one.
fn status(answer: Option<&Reported>, term: &Term) -> Contribution {
    let (status, holds) = match answer.map(|reported| &reported.value) {
        Some(Some(Value::Choice(Meaning::Yes, _))) => (UnitFigure::Reported, Some(Decimal::ONE)),
        Some(Some(Value::Choice(Meaning::No, _))) => (UnitFigure::Reported, Some(Decimal::ZERO)),
        // A unit cannot hold a status for which there is no standard.
        Some(Some(Value::Choice(Meaning::NoStandard, _))) => (UnitFigure::NoStandard, Some(Decimal::ZERO)),
        _ => (UnitFigure::Missing, None),
    };
    Contribution {
        term: term.clone(),
        numerator: holds,
        denominator: holds.map(|_| Decimal::ONE),
        origins: answer.iter().map(|r| (r.origin.clone(), r.typed.clone())).collect(),
        status,
        range: Some(match holds {
            Some(holds) => Range::exactly(holds, Decimal::ONE),
            None => Range::up_to(Decimal::ONE),
        }),
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
