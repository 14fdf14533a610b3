//! From results to a neutral document: no formatting library, no file, no spreadsheet in sight.
//!
//! The running text comes from the plan's text template, the tables from `sections/`; `format` owns rounding and wording.

mod checked;
mod context;
mod crossing;
pub mod format;
mod forms;
pub mod model;
pub mod past;
mod sections;
mod standing;
mod sums;
mod text;

pub use checked::checked;
pub(crate) use sections::range_text;

use crate::consolidate::Consolidated;
use crate::domain::Year;
use crate::error::Error;
use crate::finding::Finding;
use crate::plan::Plan;
use chrono::NaiveDate;
use model::{Letter, Report};

/// Turns the results of a year into the report that every writer shares. `findings` are all there are, in order.
///
/// # Errors
/// [`Error::Plan`] when the plan's text template cannot be carried out, with the line of the mistake.
pub fn build(plan: &Plan, results: &Consolidated, findings: &[Finding]) -> Result<Report, Error> {
    let mut report = Report { letter: letter(plan, results), sections: Vec::new() };
    let scene = sections::Scene::of(plan, results, findings);
    report.sections.push(text::body(&scene)?);
    report.sections.extend(sections::all(&scene));
    Ok(report)
}

/// The leadership brief; with `unit_sheets` a page for each local unit follows as an annex.
///
/// # Errors
/// [`Error::Plan`] when one of the plan's text templates cannot be carried out, with the line of the mistake.
pub fn brief(
    plan: &Plan,
    results: &Consolidated,
    findings: &[Finding],
    unit_sheets: bool,
) -> Result<Report, Error> {
    let scene = sections::Scene::of(plan, results, findings);
    let mut sections = vec![text::brief(&scene)?];
    if unit_sheets {
        sections.extend(text::unit_sheets(&scene)?);
    }
    Ok(Report { letter: Letter { kind: "Tóm tắt".to_owned(), ..letter(plan, results) }, sections })
}

fn letter(plan: &Plan, results: &Consolidated) -> Letter {
    letter_of(plan, results.year, results.as_of)
}

fn letter_of(plan: &Plan, year: Year, as_of: NaiveDate) -> Letter {
    let frame = &plan.letter;
    Letter {
        superior: frame.superior.clone(),
        issuer: frame.issuer.clone(),
        symbol: frame.symbol.clone(),
        place: frame.place.clone(),
        date: as_of,
        kind: "Báo cáo".to_owned(),
        subject: plan.subject(year),
        addressee: frame.addressee.clone(),
        authority: frame.authority.clone(),
        signer: frame.signer.clone(),
        recipients: frame.recipients.iter().map(|text| plan.text_of(text, year)).collect(),
        year,
        province: plan.province.clone(),
    }
}
