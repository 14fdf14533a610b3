//! What the secretariat decided on single figures, and where the tables of decisions tell it.

use super::model::{Cell, Link, Shown};
use super::scene::Scene;
use super::tables::decisions;
use crate::check::decision::Waiver;
use crate::domain::{FieldId, UnitCode};

/// What was decided on one figure of one unit, leading to where it is told.
pub(super) fn on(scene: &Scene<'_>, unit: &UnitCode, field: &FieldId) -> Cell {
    let decided = &scene.results.decided;
    let corrected = decided.corrections.iter().position(|(c, _)| c.unit == *unit && c.field == *field);
    if let Some(at) = corrected {
        return Cell::text("Đã đính chính").leads_to(Link::Cell(decisions::correction(at)));
    }
    let mut waivers = decided.waivers.iter().enumerate();
    let of_figure = |w: &Waiver| w.unit.as_ref() == Some(unit) && w.is_about(field);
    match waivers.find(|(_, (waiver, _))| of_figure(waiver)) {
        Some((at, (waiver, _))) => {
            Cell::text(format!("Miễn trừ {}", waiver.code)).leads_to(Link::Cell(decisions::waiver(at)))
        }
        None => Cell::plain(Shown::Blank),
    }
}
