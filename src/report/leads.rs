//! Where the figures of an indicator come from: links to what the units reported.

use super::model::Link;
use super::scene::Scene;
use crate::consolidate::IndicatorResult;
use crate::domain::{FieldId, IndicatorKind, Part, Reporter, UnitCode};

/// Where the figures of a unit's pair come from: the first of several.
pub(super) fn leads(scene: &Scene<'_>, result: &IndicatorResult, code: &UnitCode) -> [Option<Link>; 2] {
    if let IndicatorKind::ShareOfUnits { from, status, .. } = &result.indicator.kind {
        let by = match from {
            Reporter::Unit(by) => by,
            Reporter::Level(_) => code,
        };
        let field = IndicatorKind::status_field(status, code);
        return [field.and_then(|field| scene.forms.lead(&field, by)), None];
    }
    let parts = parts_of(scene, result, code);
    let first =
        |side: fn(&Part) -> &FieldId| parts.iter().find_map(|part| scene.forms.lead(side(part), code));
    [first(|part| &part.numerator), first(|part| &part.denominator)]
}

/// Where an indicator's sums come from: the first of the figures they are made of, the others follow it.
pub(super) fn first_leads(scene: &Scene<'_>, result: &IndicatorResult) -> [Option<Link>; 2] {
    let mut units = result.by_unit.iter().map(|unit| leads(scene, result, &unit.unit));
    units.find(|[first, _]| first.is_some()).unwrap_or_default()
}

/// The pairs a unit owes.
pub(super) fn parts_of<'a>(scene: &Scene<'_>, result: &'a IndicatorResult, code: &UnitCode) -> Vec<&'a Part> {
    let Some(unit) = scene.roster.get(code) else { return Vec::new() };
    let parts = match &result.indicator.kind {
        IndicatorKind::Ratio { parts } => parts.iter().collect(),
        IndicatorKind::ProvinceFigure { part } => vec![part],
        IndicatorKind::ShareOfUnits { .. } => Vec::new(),
    };
    parts.into_iter().filter(|part| part.from.includes(unit)).collect()
}
