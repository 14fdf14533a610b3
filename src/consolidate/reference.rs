//! What the denominator of a silent unit is taken to be: its own latest known figure, that of the units it was made of,
//! or the plan's reference figure; and the most it can be within the plan's assumptions.
//!
//! Only the most matters for bounds. A unit adds a numerator between nothing and all of its denominator `d`, so the
//! province can at least have `N / (D + d)` and at most `(N + d) / (D + d)`: the first falls and the second rises with
//! `d`, and both lie furthest out where `d` is greatest.

use super::basis::Basis;
use super::results::{Assumed, ReferenceSource};
use super::terms::Term;
use crate::domain::{FieldId, Indicator, Unit, UnitCode, Year};
use crate::form::Form;
use crate::plan::ReferenceBasis;
use rust_decimal::{Decimal, RoundingStrategy};
use std::sync::Arc;

/// What is asked of the past.
#[derive(Clone, Copy)]
struct Asked<'a> {
    basis: &'a Basis<'a>,
    indicator: &'a Indicator,
    /// The field of the denominator, where a unit owes several pairs: what earlier results say of an indicator is their sum
    /// then, and only what was reported field by field says more.
    field: Option<&'a FieldId>,
}

/// What the denominator of a unit that did not report it is taken to be. `is_only_pair`: it is the only one that is owed
/// about the unit.
pub(super) fn of_unit(
    basis: &Basis<'_>,
    indicator: &Indicator,
    unit: &Unit,
    denominator: &FieldId,
    term: &Term,
    is_only_pair: bool,
) -> Option<Assumed> {
    let asked = Asked { basis, indicator, field: (!is_only_pair).then_some(denominator) };
    let past = match &term.laid_on {
        Some(body) => asked.reported_by_bearers(unit, body),
        None => asked.reported_before(unit),
    };
    past.or_else(|| of_plan(basis, unit, denominator))
}

impl Asked<'_> {
    /// A figure of an earlier year from which this year's can be assumed: of nothing nothing can, nor of what was counted
    /// by another definition.
    fn known(self, year: Year, unit: &UnitCode) -> Option<Decimal> {
        let Basis { history, .. } = self.basis;
        let figure = match self.field {
            None => history.denominator(year, &self.indicator.id, unit)?,
            Some(field) => history.year(year)?.values.as_ref()?.get(unit)?.get(field)?.figure()?,
        };
        let is_of_today = !self.indicator.is_redefined_between(year, self.basis.year);
        (is_of_today && !figure.is_zero()).then_some(figure)
    }

    /// The latest figure of the unit, or of the units it was made of, that can be known.
    fn reported_before(self, unit: &Unit) -> Option<Assumed> {
        let basis = self.basis;
        let known = |year: Year, unit: &Unit| self.known(year, &unit.code);
        let mut unit = unit;
        for (at, past) in basis.past_rosters.iter().enumerate() {
            match past.units.unit(unit) {
                Some(same) => {
                    unit = same;
                    if let Some(figure) = known(past.year, unit) {
                        return Some(grown(basis, figure, ReferenceSource::Own(past.year)));
                    }
                }
                None => {
                    let made_of = basis.plan.made_of(unit)?;
                    let older = basis.past_rosters[at..].iter().map(|past| past.year);
                    let sum =
                        |year: Year| made_of.iter().map(|unit| known(year, unit)).sum::<Option<Decimal>>();
                    return older
                        .filter_map(|year| Some((year, sum(year)?)))
                        .map(|(year, figure)| grown(basis, figure, ReferenceSource::Predecessors(year)))
                        .next();
                }
            }
        }
        None
    }

    /// The latest figure that is not zero of whoever had what is laid on a body.
    fn reported_by_bearers(self, unit: &Unit, body: &UnitCode) -> Option<Assumed> {
        let basis = self.basis;
        basis.past_rosters.iter().find_map(|past| {
            let bearer = basis.plan.bearer(body, past.year)?;
            let figure = self.known(past.year, &bearer.code)?;
            let source = if bearer.code == unit.code {
                ReferenceSource::Own(past.year)
            } else {
                ReferenceSource::Predecessors(past.year)
            };
            Some(grown(basis, figure, source))
        })
    }
}

/// The plan's reference figure of the row.
fn of_plan(basis: &Basis<'_>, unit: &Unit, denominator: &FieldId) -> Option<Assumed> {
    let form: Arc<Form> = match basis.accepted.submission_of(&unit.code) {
        Some(submission) => Arc::clone(&submission.form),
        None => Arc::new(basis.forms.form_for(unit, basis.year)),
    };
    let field = form.field(denominator)?;
    let figure = form.reference(field).filter(|figure| !figure.is_zero())?;
    let references = &basis.plan.references;
    let highest = match field.reference_basis?.for_unit(unit) {
        ReferenceBasis::PopulationShare(_) | ReferenceBasis::PerCommuneElseShare(..) => {
            let since = unit.population_year.or(references.population_year);
            let years = since.map_or(0, |since| basis.year - since);
            compound(figure, references.growth, years)
        }
        ReferenceBasis::PerCommune(_) => figure,
    };
    Some(Assumed { figure, highest: with_band(highest, references.band), source: ReferenceSource::Plan })
}

/// A figure of an earlier report, grown to this year.
fn grown(basis: &Basis<'_>, figure: Decimal, source: ReferenceSource) -> Assumed {
    let references = &basis.plan.references;
    let years = source.year().map_or(0, |year| basis.year - year);
    let highest = compound(figure, references.growth, years);
    Assumed { figure, highest: with_band(highest, references.past_band), source }
}

/// A figure after some years of growth, of which shrinking counts as none.
fn compound(figure: Decimal, growth: Decimal, years: Year) -> Decimal {
    let rate = Decimal::ONE + growth.max(Decimal::ZERO);
    (0..years).fold(figure, |figure, _| figure * rate)
}

/// With what it may be more, and whole unless the figure itself is not.
fn with_band(figure: Decimal, band: Decimal) -> Decimal {
    if band.is_zero() && figure == figure.round_dp(2) {
        return figure;
    }
    (figure * (Decimal::ONE + band)).round_dp_with_strategy(0, RoundingStrategy::ToPositiveInfinity)
}
