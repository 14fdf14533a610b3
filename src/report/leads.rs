//! Where the figures of an indicator come from: links to what the units reported.

use super::model::Link;
use super::scene::Scene;
use crate::consolidate::{IndicatorResult, TermFields};
use crate::domain::{FieldId, UnitCode};

/// Where numerator and denominator of a unit come from: each the first of several.
pub(super) fn leads(scene: &Scene<'_>, result: &IndicatorResult, unit: &UnitCode) -> [Option<Link>; 2] {
    let terms = scene.terms(result, unit);
    let first = |field: fn(&TermFields) -> Option<&FieldId>| {
        terms.iter().find_map(|term| scene.forms.lead(field(&term.fields)?, &term.reporter))
    };
    [first(|fields| Some(fields.numerator())), first(TermFields::denominator)]
}

/// Where an indicator's sums come from: the first of the figures they are made of, the others follow it.
pub(super) fn first_leads(scene: &Scene<'_>, result: &IndicatorResult) -> [Option<Link>; 2] {
    let mut units = result.by_unit.iter().map(|unit| leads(scene, result, &unit.unit));
    units.find(|[first, _]| first.is_some()).unwrap_or_default()
}
