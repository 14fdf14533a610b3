//! What the secretariat decided on single figures, and where the tables of decisions tell it.

use super::model::{Cell, Link, Value};
use super::scene::Scene;
use crate::check::decision::Waiver;
use crate::domain::{FieldId, UnitCode};

/// Id of the table of corrections.
pub(super) const CORRECTIONS: &str = "dinh-chinh";
/// Id of the table of waivers.
pub(super) const WAIVERS: &str = "mien-tru";

/// What was decided on one figure of one unit, leading to where it is told.
pub(super) fn on(scene: &Scene<'_>, unit: &UnitCode, field: &FieldId) -> Cell {
    let decided = &scene.results.decided;
    let corrected = decided.corrections.iter().position(|(c, _)| c.unit == *unit && c.field == *field);
    if let Some(at) = corrected {
        return Cell::text("Đã đính chính").leads_to(Link::cell(CORRECTIONS, &correction_id(at), "moi"));
    }
    let mut waivers = decided.waivers.iter().enumerate();
    let of_figure = |w: &Waiver| w.unit.as_ref() == Some(unit) && w.field.as_ref() == Some(field);
    match waivers.find(|(_, (waiver, _))| of_figure(waiver)) {
        Some((at, (waiver, _))) => Cell::text(format!("Miễn trừ {}", waiver.code)).leads_to(Link::cell(
            WAIVERS,
            &waiver_id(at),
            "ma",
        )),
        None => Cell::of(Value::Blank),
    }
}

pub(super) fn correction_id(at: usize) -> String {
    format!("dinh-chinh-{at}")
}

pub(super) fn waiver_id(at: usize) -> String {
    format!("mien-tru-{at}")
}
