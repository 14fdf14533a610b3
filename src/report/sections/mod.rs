//! The tables and charts of the report, one file each.

mod attention;
mod by_form;
pub(super) mod chart;
mod contributions;
mod cover;
mod crossed;
mod decisions;
pub(super) mod figures;
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

pub(super) use findings::NOTHING_SENT;
pub(super) use submissions::told as unit_state;

use super::format::{PERCENT_PLACES, number, percent_places, plain};
use super::forms::Forms;
use super::model::{Align, Column, Section, Tone};
use crate::consolidate::{Consolidated, IndicatorResult, UnitResult, Verdict};
use crate::domain::{Indicator, IndicatorId, IndicatorKind, Level, Percent, Ratio, Unit, UnitCode};
use crate::finding::Finding;
use crate::form::FormBook;
use crate::plan::Plan;
use std::collections::HashMap;

/// What every section is made from.
pub(super) struct Scene<'a> {
    pub plan: &'a Plan,
    pub results: &'a Consolidated,
    pub findings: &'a [Finding],
    /// The forms of the plan.
    pub book: FormBook<'a>,
    /// The year's forms with what was reported in them.
    pub forms: Forms<'a>,
    /// Official names by code.
    pub names: HashMap<&'a UnitCode, &'a str>,
    /// The year's roster by code.
    pub roster: HashMap<&'a UnitCode, &'a Unit>,
    /// The findings of each unit.
    by_unit: HashMap<&'a UnitCode, Vec<&'a Finding>>,
    /// What each unit says of each indicator.
    said: HashMap<(&'a IndicatorId, &'a UnitCode), &'a UnitResult>,
}

impl<'a> Scene<'a> {
    /// The scene of a year.
    pub fn of(plan: &'a Plan, results: &'a Consolidated, findings: &'a [Finding]) -> Self {
        let names = results.units.iter().map(|unit| (&unit.code, unit.name.as_str())).collect();
        let roster = plan.roster(results.year).into_iter().map(|unit| (&unit.code, unit)).collect();
        let book = FormBook::new(plan);
        let forms = Forms::of(plan, &book, results);
        let mut by_unit: HashMap<_, Vec<_>> = HashMap::new();
        for finding in findings {
            if let Some(unit) = &finding.unit {
                by_unit.entry(unit).or_default().push(finding);
            }
        }
        let mut said = HashMap::new();
        for result in &results.indicators {
            said.extend(result.by_unit.iter().map(|unit| ((&result.indicator.id, &unit.unit), unit)));
        }
        Scene { plan, results, findings, book, forms, names, roster, by_unit, said }
    }

    /// The findings of a unit.
    pub fn findings_of(&self, unit: &UnitCode) -> &[&'a Finding] {
        self.by_unit.get(unit).map_or(&[], Vec::as_slice)
    }

    /// What a unit says of an indicator, when it is one of those the indicator counts.
    pub fn said(&self, result: &IndicatorResult, unit: &UnitCode) -> Option<&'a UnitResult> {
        self.said.get(&(&result.indicator.id, unit)).copied()
    }
}

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

impl Scene<'_> {
    /// The name of a unit in running text, for example “huyện Đức Huệ”.
    pub fn official_name(&self, code: &UnitCode) -> String {
        self.names.get(code).map_or_else(|| code.to_string(), |name| (*name).to_owned())
    }

    /// The result of every indicator with the column id it has in tables by unit.
    pub fn indicators(&self) -> impl Iterator<Item = (&IndicatorResult, String)> {
        self.results.indicators.iter().map(|result| (result, format!("ct-{}", result.indicator.id)))
    }
}

/// What a reader must know about the units the year's indicators are counted over: since when they are what they are, and
/// that they are not last year's.
fn roster_notes(scene: &Scene<'_>) -> Vec<String> {
    let (plan, results) = (scene.plan, scene.results);
    let counted_over = |level: &&Level| {
        let over = |result: &IndicatorResult| matches!(&result.indicator.kind, IndicatorKind::ShareOfUnits { over, .. } if *over == level.id);
        results.indicators.iter().any(over)
    };
    let counted = plan.levels.iter().filter(counted_over);
    let mut notes: Vec<String> =
        counted.filter_map(|level| plan.name_of(level, results.year).note.clone()).collect();
    if results.indicators.iter().any(|result| result.roster_changed) {
        let mut acts: Vec<&str> = Vec::new();
        for change in plan.levels.iter().flat_map(|level| plan.changes_of(results.year, &level.id)) {
            if !acts.contains(&change.act.as_str()) {
                acts.push(&change.act);
            }
        }
        let acts = if acts.is_empty() { String::new() } else { format!(" ({})", acts.join("; ")) };
        let year = results.year;
        notes.push(format!("Danh sách đơn vị thay đổi từ năm {year}{acts}; chỉ so sánh tỷ lệ toàn tỉnh."));
    }
    notes
}

/// Shown, in narrow columns, where there is no standard yet to judge by.
pub(super) const NOT_JUDGED: &str = "không xét";

/// A target as the plan words it: “khoảng 50%”.
pub(super) fn target_text(indicator: &Indicator, target: Percent) -> String {
    let about = if indicator.approximate { "khoảng " } else { "" };
    format!("{about}{}%", plain(target))
}

/// “49,82–61,69%”: the lowest and highest result the missing units leave open; `None` when nothing is open or there is
/// no result.
pub(crate) fn range_text(result: &IndicatorResult) -> Option<String> {
    result.percent().filter(|_| result.is_open())?;
    let (lower, upper) = result.bounds();
    let target = result.target.map(|(_, percent)| percent);
    let of = |bound: Option<Ratio>| bound.map_or(PERCENT_PLACES, |ratio| percent_places(ratio, target));
    // As many places as keep either end from contradicting the target and the two apart.
    let places = of(result.lower).max(of(result.upper));
    let apart = (places..=MOST_RANGE_PLACES).find(|p| number(lower, *p) != number(upper, *p))?;
    Some(format!("{}–{}%", number(lower, apart), number(upper, apart)))
}

/// A range narrower than this many decimals is nothing to a reader.
const MOST_RANGE_PLACES: u32 = 4;

fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Met => Tone::Good,
        Verdict::NotMet => Tone::Bad,
        Verdict::Depends => Tone::Open,
        Verdict::NoData | Verdict::NoStandard => Tone::Quiet,
    }
}

pub(super) fn column(id: &str, title: &str, width: f32, align: Align) -> Column {
    Column { id: id.into(), title: title.to_owned(), over: None, width, align }
}

/// The same column under a head shared with its neighbours.
pub(super) fn under(over: &str, column: Column) -> Column {
    Column { over: Some(over.to_owned()), ..column }
}
