//! From results to a neutral document: no formatting library, no file, no spreadsheet in sight.
//!
//! The running text comes from the plan's text template, the tables from `sections/`; `format` owns rounding and wording.

mod bars;
pub mod changed;
mod checked;
mod context;
mod decided;
mod derived;
mod directed;
pub mod format;
mod forms;
mod gaps;
mod leads;
mod letter;
pub mod model;
mod over_years;
mod reservations;
mod said;
mod scene;
mod sections;
mod shares;
mod standing;
mod sums;
mod tables;
mod targets;
mod text;
mod together;
mod totals;
mod wording;
mod written;

pub use checked::checked;
pub use directed::{better, limit};
pub use sections::CHANGES_SHEET;
pub use standing::{BANDS, band};
pub use targets::{OPEN_TARGET, target_in_line};
pub use together::together;
pub use wording::{range_text, verdict_of_no_target, verdict_open, verdict_text, verdicts_judged};

use crate::consolidate::Consolidated;
use crate::error::Error;
use crate::finding::Finding;
use crate::plan::Plan;
use model::{Letter, Report};

/// Turns the results of a year into the report that every writer shares. `findings` are all there are, in order.
///
/// # Errors
/// [`Error::Plan`] when the plan's text template cannot be carried out, with the line of the mistake.
pub fn build(plan: &Plan, results: &Consolidated, findings: &[Finding]) -> Result<Report, Error> {
    let letter = letter::of_year(plan, results.year, results.as_of);
    let mut report = Report { letter, sections: Vec::new(), shorter: Vec::new() };
    let scene = scene::Scene::new(plan, results, findings);
    report.sections.push(text::body(&scene)?);
    report.sections.extend(sections::all(&scene));
    Ok(report)
}

/// The letter that hands the draft of the report up, with what it says of it. `None` when the plan has none.
///
/// # Errors
/// [`Error::Plan`] when the plan's text template cannot be carried out, with the line of the mistake.
pub fn cover_letter(
    plan: &Plan,
    results: &Consolidated,
    findings: &[Finding],
) -> Result<Option<Report>, Error> {
    let Some(cover) = &plan.cover_letter else { return Ok(None) };
    let scene = scene::Scene::new(plan, results, findings);
    let letter = letter::of_cover(plan, cover, results.year, results.as_of);
    let sections = vec![text::of_file(&scene, "to-trinh", &cover.text)?];
    Ok(Some(Report { letter, sections, shorter: Vec::new() }))
}

/// So many units a list of a brief names, tried in order until it fits its pages.
const NAMED: [usize; 3] = [scene::MOST_NAMED, 3, 1];

/// The leadership brief; with `unit_sheets` a page for each local unit follows as an annex. `None` when the plan has no text
/// for a brief; a plan without one for unit sheets has none of those.
///
/// # Errors
/// [`Error::Plan`] when one of the plan's text templates cannot be carried out, with the line of the mistake.
pub fn brief(
    plan: &Plan,
    results: &Consolidated,
    findings: &[Finding],
    unit_sheets: bool,
) -> Result<Option<Report>, Error> {
    let Some(source) = &plan.brief_text else { return Ok(None) };
    let mut scene = scene::Scene::new(plan, results, findings);
    let sheets = match plan.unit_sheet_text.as_ref().filter(|_| unit_sheets) {
        Some(source) => text::unit_sheets(&scene, source)?,
        None => Vec::new(),
    };
    let mut shorter = text::briefs(&mut scene, source, &NAMED)?;
    let sections = shorter.drain(..1).chain(sheets).collect();
    let letter =
        // It is made for the day of the figures.
        Letter {
            kind: "Tóm tắt".to_owned(),
            dated: Some(results.as_of),
            ..letter::of_year(plan, results.year, results.as_of)
        };
    Ok(Some(Report { letter, sections, shorter }))
}
