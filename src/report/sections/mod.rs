//! The tables and charts of the report, one file each. A section takes nothing from another: what two of them need stands
//! beside this folder, below both.

mod by_form;
mod contributions;
mod cover;
mod decisions;
mod figures;
mod findings;
mod indicators;
mod matrix;
mod models;
mod overview;
mod progress;
mod ranking;
pub(super) mod results;
pub(super) mod scoreboard;
mod sources;
mod submissions;
mod superior;
pub(super) mod trend;
pub(super) mod unit_sheet;
pub(super) mod units;

use super::model::Section;
use super::scene::Scene;

/// Every section behind the body, in order: sheets of the workbook and annexes of the report.
pub(super) fn all(scene: &Scene<'_>) -> Vec<Section> {
    let mut sections = vec![overview::section(scene), indicators::section(scene)];
    sections.extend(superior::section(scene));
    sections.push(matrix::section(scene));
    sections.extend(ranking::section(scene));
    sections.extend(progress::section(scene));
    sections.push(figures::section(scene));
    sections.extend(by_form::groups(scene));
    sections.extend(models::titles(scene));
    sections.extend(models::institutions(scene));
    sections.extend(by_form::others(scene));
    sections.extend([
        submissions::annex(scene),
        submissions::sheet(scene),
        findings::annex(scene),
        findings::sheet(scene),
        contributions::section(scene),
        sources::section(scene),
    ]);
    // Before the findings, whose figures it explains.
    let at = sections.iter().position(|section| section.id.starts_with("nhan-xet")).unwrap_or(sections.len());
    sections.splice(at..at, decisions::section(scene));
    sections.insert(0, cover::section(scene, &sections));
    sections
}
