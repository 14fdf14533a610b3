//! What is said of targets: how the plan words them, whose they are and by which act, where none is written, and what the
//! nation asks for beside them.

use super::directed;
use super::format::{number, plain};
use super::scene::Scene;
use super::together::together;
use crate::consolidate::IndicatorResult;
use crate::domain::{Direction, Indicator, Percent, TargetSource, Year};
use std::fmt::Write as _;

/// Stands where a target would.
pub const OPEN_TARGET: &str = "chưa ghi";
/// Marks a target of the nation's that judges; what it means is told below the table.
const NATIONAL_MARK: &str = "QG";

/// A target as the plan words it: “khoảng 50%”, “không quá 3%”.
pub(super) fn target_text(indicator: &Indicator, target: (Year, Percent)) -> String {
    worded(indicator, target, directed::limit(indicator.direction))
}

/// The same in a cell, marked where it is the nation's.
pub(super) fn in_cell(indicator: &Indicator, target: (Year, Percent)) -> String {
    marked(indicator, target.0, worded(indicator, target, directed::limit_sign(indicator.direction)))
}

fn worded(indicator: &Indicator, (year, target): (Year, Percent), limit: &str) -> String {
    let about = if indicator.targets.is_approximate(year) { "khoảng " } else { "" };
    format!("{limit}{about}{}%", plain(target))
}

/// The same where every letter counts.
pub(super) fn in_narrow_cell(indicator: &Indicator, (year, target): (Year, Percent)) -> String {
    let about = if indicator.targets.is_approximate(year) { "≈" } else { "" };
    marked(indicator, year, format!("{}{about}{}%", directed::limit_sign(indicator.direction), plain(target)))
}

/// The target of a result by itself, without “about”; or that there is none.
pub fn target_in_line(result: &IndicatorResult) -> String {
    let Some((year, target)) = result.target else { return OPEN_TARGET.to_owned() };
    let limit = directed::limit_sign(result.indicator.direction);
    marked(&result.indicator, year, format!("{limit}{}%", number(target, target.scale())))
}

fn marked(indicator: &Indicator, year: Year, text: String) -> String {
    match indicator.targets.source(year) {
        TargetSource::Plan => text,
        TargetSource::National => format!("{text} ({NATIONAL_MARK})"),
    }
}

/// The nation's target that stands beside a result: that of the year the result is judged by, else the next there is.
pub(super) fn national(result: &IndicatorResult, year: Year) -> Option<(Year, Percent)> {
    let year = result.target.map_or(year, |(year, _)| year);
    result.indicator.targets.national_of(year)
}

/// The year all targets of the report are set for, when it is one.
pub(super) fn common_year(scene: &Scene<'_>) -> Option<Year> {
    let mut years = scene.results.indicators.iter().filter_map(|result| result.target).map(|(year, _)| year);
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

/// Whether a result is judged by the nation's target for want of an own one.
pub(super) fn is_national(result: &IndicatorResult) -> bool {
    result.target.is_some_and(|(year, _)| result.indicator.targets.source(year) == TargetSource::National)
}

/// The act behind the target that judges, where it is not the plan itself: the later decision that changed it, or what sets
/// the nation's.
pub(super) fn act(scene: &Scene<'_>, result: &IndicatorResult) -> Option<String> {
    let (year, _) = result.target?;
    let decided = result.indicator.targets.act_of(year).map(str::to_owned);
    decided.or_else(|| scene.plan.national_act.clone().filter(|_| is_national(result)))
}

/// What a reader must know of the targets that judge: which are open, which are the nation's, which were changed by whom.
pub(super) fn notes(scene: &Scene<'_>) -> Vec<String> {
    let results = &scene.results.indicators;
    let mut notes = Vec::new();
    let lower = directed::lower_ones(scene);
    if !lower.is_empty() {
        notes.push(format!(
            "Chỉ tiêu {}: {}, đạt khi kết quả không vượt quá mục tiêu.",
            lower.join(", "),
            directed::better(Direction::Lower)
        ));
    }
    let open: Vec<String> =
        results.iter().filter(|r| r.target.is_none()).map(|r| r.indicator.id.to_string()).collect();
    if !open.is_empty() {
        notes.push(format!(
            "Chỉ tiêu {}: chưa ghi mục tiêu, nên kết quả được nêu mà không đánh giá đạt hay chưa đạt.",
            open.join(", ")
        ));
    }
    for (act, ids) in by_act(scene, is_national) {
        notes.push(format!(
            "{NATIONAL_MARK} (chỉ tiêu {}): mục tiêu quốc gia, {act}; {} chưa ghi mục tiêu riêng.",
            ids.join(", "),
            scene.frame().names.territory
        ));
    }
    for (act, ids) in by_act(scene, |result| !is_national(result)) {
        notes.push(format!("Mục tiêu của chỉ tiêu {} theo {act}.", ids.join(", ")));
    }
    notes
}

/// The indicators whose target rests on an act beside the plan, by act.
fn by_act(scene: &Scene<'_>, is_so: impl Fn(&IndicatorResult) -> bool) -> Vec<(String, Vec<String>)> {
    let results = scene.results.indicators.iter().filter(|result| is_so(result));
    together(results.filter_map(|result| Some((act(scene, result)?, result.indicator.id.to_string()))))
}

/// What the nation asks for beside the targets that judge, a note for each act; those that judge are told of by `notes`.
pub(super) fn national_notes(scene: &Scene<'_>) -> Vec<String> {
    let beside = |result| {
        let (year, percent) = national(result, scene.results.year)?;
        let decided = result.indicator.targets.national_act_of(year).map(str::to_owned);
        let act = decided.or_else(|| scene.plan.national_act.clone())?;
        Some((act, Beside { result, year, percent }))
    };
    let results = scene.results.indicators.iter().filter(|result| !is_national(result));
    let acts = together(results.filter_map(beside));
    acts.iter().map(|(act, told)| national_note(scene, act, told)).collect()
}

/// A target of the nation's beside a result.
struct Beside<'a> {
    result: &'a IndicatorResult,
    year: Year,
    percent: Percent,
}

fn national_note(scene: &Scene<'_>, act: &str, told: &[Beside<'_>]) -> String {
    let first = told.first().map_or(scene.results.year, |beside| beside.year);
    let common = told.iter().all(|beside| beside.year == first).then_some(first);
    let figure = |beside: &Beside<'_>| {
        let year = if common.is_none() { format!(" ({})", beside.year) } else { String::new() };
        let limit = directed::limit(beside.result.indicator.direction);
        format!("{} là {limit}{}%{year}", beside.result.indicator.id, plain(beside.percent))
    };
    let counted = |beside: &&Beside<'_>| beside.result.indicator.targets.national_counted.is_some();
    let is_same = |beside: &&Beside<'_>| {
        !counted(beside) && beside.result.target == Some((beside.year, beside.percent))
    };
    let mut parts = Vec::new();
    let same: Vec<String> =
        told.iter().filter(is_same).map(|beside| beside.result.indicator.id.to_string()).collect();
    if !same.is_empty() {
        parts.push(format!(
            "chỉ tiêu {} bằng mục tiêu của {}",
            same.join(", "),
            scene.frame().names.territory
        ));
    }
    let others: Vec<String> =
        told.iter().filter(|beside| !counted(beside) && !is_same(beside)).map(figure).collect();
    if !others.is_empty() {
        parts.push(format!("chỉ tiêu {}", others.join(", ")));
    }
    let counted_otherwise = told.iter().filter_map(|beside| {
        Some((beside.result.indicator.targets.national_counted.as_deref()?, figure(beside)))
    });
    let of_kind =
        |(kind, figures): (&str, Vec<String>)| format!("tính theo {kind}: chỉ tiêu {}", figures.join(", "));
    parts.extend(together(counted_otherwise).into_iter().map(of_kind));
    let mut note = "Mục tiêu quốc gia".to_owned();
    if let Some(year) = common {
        let _ = write!(note, " năm {year}");
    }
    let _ = write!(note, " ({act}): {}.", parts.join("; "));
    note
}
