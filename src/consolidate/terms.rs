//! Which fields of whose form an indicator is made from: resolved once for a year; figures, formulas and links follow.

use crate::domain::{FieldId, Indicator, IndicatorKind, Part, Reporter, UnitCode, Year};
use crate::plan::Plan;

/// What one unit owes an indicator about one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The unit that reports.
    pub reporter: UnitCode,
    /// The unit the figure is about.
    pub about: UnitCode,
    /// Where in the reporter's form.
    pub fields: TermFields,
    /// The body whose figure the plan calls it, where it names one: who had it in another year follows from that.
    pub laid_on: Option<UnitCode>,
}

/// The fields of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermFields {
    /// A numerator and what it is a part of.
    Pair {
        /// Field of the numerator.
        numerator: FieldId,
        /// Field of the denominator.
        denominator: FieldId,
    },
    /// Whether the unit holds a status: 1 or 0 of 1.
    Status(FieldId),
}

impl TermFields {
    /// The field that the numerator comes from.
    pub fn numerator(&self) -> &FieldId {
        match self {
            TermFields::Pair { numerator, .. } | TermFields::Status(numerator) => numerator,
        }
    }

    /// The field that the denominator comes from; a status has none.
    pub fn denominator(&self) -> Option<&FieldId> {
        match self {
            TermFields::Pair { denominator, .. } => Some(denominator),
            TermFields::Status(_) => None,
        }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &FieldId> {
        [self.numerator()].into_iter().chain(self.denominator())
    }
}

/// The terms of an indicator in a year: part by part, each in the order of the roster.
pub(super) fn of_indicator(plan: &Plan, indicator: &Indicator, year: Year) -> Vec<Term> {
    match &indicator.kind {
        IndicatorKind::Ratio { parts } => parts.iter().flat_map(|part| pairs(plan, part, year)).collect(),
        IndicatorKind::ProvinceFigure { part } => pairs(plan, part, year),
        IndicatorKind::ShareOfUnits { over, from, status } => {
            let units = plan.roster_of(year, over).into_iter();
            let bearer = |code: &UnitCode| plan.bearer(code, year).map_or(code, |unit| &unit.code).clone();
            let status = |about: &UnitCode| Term {
                reporter: match from {
                    Reporter::Level(_) => about.clone(),
                    Reporter::Unit(code) => bearer(code),
                },
                about: about.clone(),
                fields: TermFields::Status(status.for_unit(about)),
                laid_on: None,
            };
            units.map(|unit| status(&unit.code)).collect()
        }
    }
}

/// A pair for each unit that owes it.
fn pairs(plan: &Plan, part: &Part, year: Year) -> Vec<Term> {
    let owing = plan.roster(year).into_iter().filter(|unit| plan.is_asked(&part.from, unit, year));
    let laid_on = match &part.from {
        Reporter::Level(_) => None,
        Reporter::Unit(code) => Some(code.clone()),
    };
    let pair = |unit: &UnitCode| Term {
        reporter: unit.clone(),
        about: unit.clone(),
        fields: TermFields::Pair { numerator: part.numerator.clone(), denominator: part.denominator.clone() },
        laid_on: laid_on.clone(),
    };
    owing.map(|unit| pair(&unit.code)).collect()
}
