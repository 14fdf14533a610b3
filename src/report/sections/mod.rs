//! The tables and charts of the report, one file each. A section takes nothing from another: what two of them need stands
//! beside this folder, below both.

mod by_form;
mod changes;
mod contributions;
mod cover;
mod decisions;
mod figures;
mod findings;
mod gaps;
mod indicators;
mod matrix;
mod models;
mod overview;
mod progress;
mod ranking;
mod restated;
pub(super) mod results;
pub(super) mod reviews;
pub(super) mod scoreboard;
mod sources;
mod submissions;
mod superior;
pub(super) mod trend;
pub(super) mod unit_sheet;
pub(super) mod units;
mod words;

pub use changes::CHANGES_SHEET;

use super::model::{Section, TabGroup};
use super::scene::Scene;

/// Every section behind the body, in order: sheets of the workbook and annexes of the report.
pub(super) fn all(scene: &Scene<'_>) -> Vec<Section> {
    let mut results = vec![overview::section(scene), indicators::section(scene)];
    results.extend(superior::section(scene));
    results.extend([matrix::sheet(scene), matrix::annex(scene)]);
    results.extend(ranking::section(scene));
    results.extend(progress::section(scene));
    results.extend(restated::section(scene));
    let mut figures = vec![figures::section(scene), gaps::section(scene)];
    figures.extend(by_form::groups(scene));
    figures.extend(models::titles(scene));
    figures.extend(models::institutions(scene));
    figures.extend(by_form::others(scene));
    let mut records = submissions::annexes(scene);
    records.push(submissions::sheet(scene));
    records.extend(changes::section(scene));
    records.extend(decisions::section(scene));
    records.extend(words::section(scene));
    records.extend([
        findings::annex(scene),
        findings::sheet(scene),
        contributions::section(scene),
        sources::section(scene),
    ]);
    let grouped = [(TabGroup::Results, results), (TabGroup::Figures, figures), (TabGroup::Records, records)];
    let mut sections: Vec<Section> = Vec::new();
    for (group, some) in grouped {
        sections.extend(some.into_iter().map(|section| in_group(section, group)));
    }
    sections.insert(0, in_group(cover::section(scene, &sections), TabGroup::Guide));
    cover::lead_back(&mut sections);
    sections
}

/// A section whose sheet is one of a group. What the units gave and what follows from it is watched; records of what was
/// received and found are nothing to be edited.
fn in_group(mut section: Section, group: TabGroup) -> Section {
    if let Some(tab) = &mut section.sheet {
        tab.group = group;
        tab.watched = matches!(group, TabGroup::Results | TabGroup::Figures);
    }
    section
}
