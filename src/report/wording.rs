//! Words and notes that several sections share.

use super::format::{PERCENT_PLACES, number, percent_places};
use super::gaps;
use super::model::Tone;
use super::scene::Scene;
use super::together::together;
use crate::check::UnitStatus;
use crate::consolidate::{Comparison, Difference, Flag, IndicatorResult, Verdict};
use crate::domain::exact::PERCENT_PLACES as PERCENT_DECIMALS;
use crate::domain::{IndicatorKind, Level, Ratio, UnitCode, Year};
use rust_decimal::Decimal;
use vietnamese::display::first_of;

/// What a reader must know about the units the year's indicators are counted over: since when they are what they are, and
/// that they are not last year's; and of which indicators the definition is not.
pub(super) fn roster_notes(scene: &Scene<'_>) -> Vec<String> {
    let (plan, results) = (scene.plan, scene.results);
    let counted_over = |level: &&Level| {
        let over = |result: &IndicatorResult| matches!(&result.indicator.kind, IndicatorKind::ShareOfUnits { over, .. } if *over == level.id);
        results.indicators.iter().any(over)
    };
    let counted = plan.levels.iter().filter(counted_over);
    let mut notes: Vec<String> =
        counted.filter_map(|level| plan.name_of(level, results.year).note.clone()).collect();
    let of_others = ids(&results.indicators, is_of_other_units);
    if results.indicators.iter().any(|result| result.roster_changed) {
        let mut acts: Vec<&str> = Vec::new();
        let concerned = plan.levels.iter().filter(|level| {
            results.indicators.iter().any(|result| result.indicator.kind.is_of_level(&level.id))
        });
        for change in concerned.flat_map(|level| plan.changes_of(results.year, &level.id)) {
            if !acts.contains(&change.act.as_str()) {
                acts.push(&change.act);
            }
        }
        let acts = if acts.is_empty() { String::new() } else { format!(" ({})", acts.join("; ")) };
        let of_others = of_others.map(|ids| format!("; chỉ tiêu {ids} không so sánh được với các năm trước"));
        let of_others = of_others.unwrap_or_default();
        notes.push(format!("Danh sách đơn vị thay đổi từ năm {}{acts}{of_others}.", results.year));
    } else if let Some(of_others) = of_others {
        notes.push(format!(
            "Chỉ tiêu {of_others}: không so sánh được với năm trước, số liệu hai năm là của những đơn vị khác nhau."
        ));
    }
    if let Some(redefined) = ids(&results.indicators, |result| result.is_redefined_in(results.year)) {
        notes.push(format!(
            "Chỉ tiêu {redefined}: không so sánh được với các năm trước, {}.",
            redefined_since(results.year)
        ));
    }
    notes
}

/// The numbers of some indicators as a sentence lists them; nothing where there are none.
fn ids(results: &[IndicatorResult], is_one: impl Fn(&IndicatorResult) -> bool) -> Option<String> {
    let some: Vec<String> = results
        .iter()
        .filter(|result| is_one(result))
        .map(|result| result.indicator.id.to_string())
        .collect();
    (!some.is_empty()).then(|| some.join(", "))
}

/// Whether the results of this year and of earlier ones are of different units.
fn is_of_other_units(result: &IndicatorResult) -> bool {
    match result.comparison {
        Comparison::NotComparable(why) => why != Difference::Definition,
        _ => result.roster_changed,
    }
}

/// Why last year's result is not set against this year's, in a few words; `None` where it can be, or is not known.
pub(super) fn why_not_compared(result: &IndicatorResult, year: Year) -> Option<String> {
    match result.comparison {
        Comparison::NotComparable(Difference::Definition) => Some(redefined_since(year)),
        Comparison::NotComparable(Difference::Units) => Some("đơn vị khác năm trước".to_owned()),
        Comparison::NotComparable(Difference::Territory) => Some("địa bàn khác năm trước".to_owned()),
        Comparison::NotComparable(Difference::NothingInCommon) => {
            Some("không đơn vị nào có số liệu của cả hai năm".to_owned())
        }
        Comparison::Unknown | Comparison::Whole { .. } | Comparison::Matched { .. } => None,
    }
}

/// Of which indicators last year's result is not of the same units as this year's, some having given no figures: beside each
/// other the two say nothing of a change.
pub(super) fn matched_note(scene: &Scene<'_>) -> Option<String> {
    let is_matched = |result: &IndicatorResult| matches!(result.comparison, Comparison::Matched { .. });
    let ids = ids(&scene.results.indicators, is_matched)?;
    let (before, now) = (scene.results.year - 1, scene.results.year);
    Some(format!(
        "Chỉ tiêu {ids}: kết quả năm {before} và năm {now} chưa tính trên cùng những đơn vị (có đơn vị chỉ có số liệu một năm), không so trực tiếp với nhau; mức tăng, giảm nêu trong báo cáo tính trên các đơn vị có số liệu cả hai năm."
    ))
}

/// How results are made, where the plan says so of their indicators.
pub(super) fn made_notes(scene: &Scene<'_>) -> Vec<String> {
    let told = scene.results.indicators.iter().filter_map(|result| {
        let indicator = &result.indicator;
        Some((indicator.made_of.as_deref()?, indicator.id.to_string()))
    });
    let note = |(made, ids): (&str, Vec<String>)| format!("Chỉ tiêu {}: {made}.", ids.join(", "));
    together(told).into_iter().map(note).collect()
}

/// Who reports this year what another body reported the year before, of the indicators that one body reports.
pub(super) fn handover_notes(scene: &Scene<'_>) -> Vec<String> {
    let (plan, year) = (scene.plan, scene.results.year);
    let changed = |body: &UnitCode| {
        let (before, now) = (plan.bearer(body, year - 1)?, plan.bearer(body, year)?);
        (before.code != now.code).then_some((now.name.as_str(), before.name.as_str()))
    };
    let indicators = scene.results.indicators.iter();
    let given = indicators.flat_map(|result| result.contributions.iter().map(move |given| (result, given)));
    let changed = given.filter_map(|(result, given)| {
        Some((changed(given.term.laid_on.as_ref()?)?, result.indicator.id.to_string()))
    });
    let note = |((now, before), mut ids): ((&str, &str), Vec<String>)| {
        // A body gives several figures of an indicator.
        ids.dedup();
        format!(
            "Chỉ tiêu {} năm {year} do {now} báo cáo, năm trước do {before}; số năm trước của cơ quan cũ được dùng để so sánh.",
            ids.join(", ")
        )
    };
    together(changed).into_iter().map(note).collect()
}

/// Whose years are other territories', and of which nothing is known.
pub(super) fn territory_notes(scene: &Scene<'_>) -> Vec<String> {
    let results = scene.results;
    let mut notes = Vec::new();
    let years = results.territories.iter().map(|(year, names)| (names, year.to_string()));
    for (names, years) in together(years) {
        notes.push(format!(
            "Kết quả năm {} là của {}, trước khi hợp nhất: địa bàn khác nên không so sánh được, trừ các đơn vị địa phương vẫn là đơn vị cũ theo mã.",
            years.join(", "),
            joined(names)
        ));
    }
    if !results.unknown_predecessors.is_empty() {
        let unknown = joined(&results.unknown_predecessors);
        notes.push(format!("Chưa có số liệu của {unknown} trước hợp nhất."));
    }
    notes
}

/// Names as a sentence lists them.
fn joined(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} và {last}", first.join(", ")),
    }
}

/// Why results before a year are not compared with those from it on.
pub(super) fn redefined_since(year: Year) -> String {
    format!("định nghĩa thay đổi từ năm {year}")
}

/// Whose figures the sums of which indicators lack, a note for every set of units; of many the first are named, with
/// where to find all.
pub(super) fn lacking_notes(scene: &Scene<'_>, all: &str) -> Vec<String> {
    let of_result = |result: &IndicatorResult| {
        let units: Vec<&str> = gaps::lacking_units(result).map(|unit| scene.name_in_text(unit)).collect();
        (units, result.indicator.id.to_string())
    };
    // What nobody is judged by, nobody lacks.
    let judged = scene.results.indicators.iter().filter(|result| result.verdict != Verdict::NoStandard);
    let lacking = judged.map(of_result).filter(|(units, _)| !units.is_empty());
    let day = vietnamese::display::date(scene.results.as_of);
    let note = |(units, ids): (Vec<&str>, Vec<String>)| {
        let named = first_of(&units, gaps::MOST_NAMED, &format!("đơn vị khác ({all})"));
        format!("Đến ngày {day}, chỉ tiêu {} chưa có số liệu của: {named}.", ids.join(", "))
    };
    together(lacking).into_iter().map(note).collect()
}

/// The lowest and highest result the missing units leave open: “49,82–61,69%”, “ước 49,82–61,69%” where it rests on
/// assumed figures; `None` when nothing is open or there is no result.
pub fn range_text(result: &IndicatorResult) -> Option<String> {
    result.percent().filter(|_| result.is_open())?;
    let (lower, upper) = result.bounds();
    let aim = result.aim();
    let of = |bound: Option<Ratio>| bound.map_or(PERCENT_PLACES, |ratio| percent_places(ratio, aim));
    // As many places as keep either end from contradicting the target and the two apart.
    let places = of(result.lower).max(of(result.upper));
    // A range narrower than this is nothing to a reader, but for one that leaves the verdict open.
    let is_decisive = result.verdict == Verdict::Depends;
    let most = if is_decisive { PERCENT_DECIMALS } else { MOST_RANGE_PLACES };
    let apart = (places..=most).find(|p| number(lower, *p) != number(upper, *p))?;
    let about = if result.flags.has(Flag::Reference) { "ước " } else { "" };
    Some(format!("{about}{}–{}%", number(lower, apart), number(upper, apart)))
}

/// Decimals at which a range that decides nothing still is one.
const MOST_RANGE_PLACES: u32 = 4;

/// A verdict, marked where it rests on figures that are assumed for silent units: it is certain only as far as these.
pub fn verdict_text(result: &IndicatorResult) -> String {
    let about = if is_estimated(result) { " (ước)" } else { "" };
    format!("{}{about}", result.verdict.vietnamese())
}

/// Which verdicts are certain only as far as what is assumed of silent units.
pub(super) fn estimated_note(scene: &Scene<'_>) -> Option<String> {
    let ids = ids(&scene.results.indicators, is_estimated)?;
    Some(format!("Đánh giá ước, theo tổng số giả định của đơn vị chưa có số liệu: chỉ tiêu {ids}."))
}

/// Whether a verdict is certain only as far as what is assumed of silent units.
fn is_estimated(result: &IndicatorResult) -> bool {
    let is_judged = matches!(result.verdict, Verdict::Met | Verdict::NotMet);
    is_judged && result.is_open() && result.flags.has(Flag::Reference)
}

/// The words of the two verdicts that say whether a target is reached.
pub fn verdicts_judged() -> [(&'static str, Tone); 2] {
    [Verdict::Met, Verdict::NotMet].map(worded)
}

/// The words of the verdict that waits for figures.
pub fn verdict_open() -> (&'static str, Tone) {
    worded(Verdict::Depends)
}

/// The words of the verdict where there is no target.
pub fn verdict_of_no_target() -> &'static str {
    Verdict::NoTarget.vietnamese()
}

fn worded(verdict: Verdict) -> (&'static str, Tone) {
    (verdict.vietnamese(), tone(verdict))
}

/// What a verdict says to the reader.
pub(super) fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Met => Tone::Good,
        Verdict::NotMet => Tone::Bad,
        Verdict::Depends => Tone::Open,
        Verdict::NoData | Verdict::NoStandard | Verdict::NoTarget => Tone::Quiet,
    }
}

/// How a unit stands, in words.
pub(super) fn unit_status(status: UnitStatus) -> (&'static str, Tone) {
    match status {
        UnitStatus::Reported => ("Đúng hạn", Tone::Good),
        UnitStatus::Late => ("Nộp muộn", Tone::Open),
        UnitStatus::Missing => ("Chưa gửi", Tone::Bad),
        UnitStatus::Rejected => ("Không dùng được", Tone::Bad),
    }
}

/// “+2,31”, “−0,50”, “0,00”.
pub(super) fn signed(points: Decimal) -> String {
    let shown = number(points.abs(), 2);
    match points {
        p if p.is_zero() || shown == number(Decimal::ZERO, 2) => shown,
        p if p.is_sign_negative() => format!("−{shown}"),
        _ => format!("+{shown}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_carries_its_sign_and_no_change_none() {
        assert_eq!(signed(Decimal::new(2_305, 3)), "+2,31");
        assert_eq!(signed(Decimal::new(-500, 3)), "−0,50");
        assert_eq!(signed(Decimal::ZERO), "0,00");
        assert_eq!(signed(Decimal::new(-1, 3)), "0,00");
    }
}
