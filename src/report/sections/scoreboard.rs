//! The verdict of every indicator at a glance: the table and the figures a brief opens with.

use crate::check::UnitStatus;
use crate::consolidate::{Comparison, Flag, IndicatorResult, Verdict};
use crate::report::bars;
use crate::report::format::percent_places;
use crate::report::model::{
    Align, Cell, Column, ColumnKey, KeyFigure, Picture, Role, Row, Shown, Table, Tone,
};
use crate::report::reservations;
use crate::report::scene::Scene;
use crate::report::targets::{self, OPEN_TARGET, in_narrow_cell};
use crate::report::wording::{range_text, roster_notes, signed, tone, verdict_text};

/// Columns that are left out when no row has anything to put there.
const RANGE: ColumnKey = ColumnKey::fixed("khoang");
const CHANGE: ColumnKey = ColumnKey::fixed("thay-doi");
const COVERAGE: ColumnKey = ColumnKey::fixed("bao-cao");

pub(in crate::report) fn table(scene: &Scene<'_>) -> Table {
    let results = &scene.results.indicators;
    let columns = vec![
        Column::ordinal("TT", 0.55),
        Column::new("ten", "Chỉ tiêu", 3.1, Align::Left),
        Column::new("thanh", "So với mục tiêu", 1.9, Align::Left),
        Column::new("ket-qua", "Kết quả", 1.15, Align::Right),
        Column::new(RANGE, "Khoảng giá trị", 1.5, Align::Center),
        Column::new("muc-tieu", "Mục tiêu", 0.95, Align::Right),
        Column::new(CHANGE, "So năm trước", 1.05, Align::Right),
        Column::new(COVERAGE, "Đủ số liệu", 0.9, Align::Center),
        Column::new("danh-gia", "Đánh giá", 1.6, Align::Left),
    ];
    let row = |result: &IndicatorResult| Row {
        id: (&result.indicator.id).into(),
        role: Role::Body,
        cells: cells(result),
    };
    let mut table = Table {
        id: "danh-gia".into(),
        caption: None,
        columns,
        rows: results.iter().map(row).collect(),
        notes: [
            reservations::notes(scene, &[Flag::Estimate, Flag::KeptOut, Flag::Reference]),
            comparison_notes(results),
            roster_notes(scene),
            targets::notes(scene),
        ]
        .concat(),
    };
    if results.iter().all(|result| range_text(result).is_none()) {
        table = table.without(&RANGE);
    }
    if results.iter().all(|result| result.last_year.is_none()) {
        table = table.without(&CHANGE);
    }
    if results.iter().all(|result| result.coverage.reported == result.coverage.expected) {
        table = table.without(&COVERAGE);
    }
    table
}

fn cells(result: &IndicatorResult) -> Vec<Cell> {
    let places = percent_places(result.total, result.aim());
    let missing = || Shown::Missing("–".into());
    let verdict = tone(result.verdict);
    let percent = result.percent().map_or_else(missing, |percent| Shown::Percent(percent, places));
    let wanted = match result.target {
        Some(target) => Shown::Text(in_narrow_cell(&result.indicator, target).into()),
        None => Shown::Missing(OPEN_TARGET.into()),
    };
    let bar = Picture::Bar(Box::new(bars::bar(result)), None);
    let coverage = format!("{}/{}", result.coverage.reported, result.coverage.expected);
    vec![
        Cell::text(result.indicator.id.to_string()),
        Cell::text(&result.indicator.short_title),
        Cell::plain(Shown::Blank).drawn(bar),
        Cell::plain(percent),
        Cell::plain(range_text(result).map_or_else(missing, Shown::text)),
        Cell::plain(wanted),
        Cell::plain(change(result)),
        Cell::text(coverage),
        Cell::text(unbroken(result)).toned(verdict).drawn(Picture::Sign),
    ]
}

/// What a verdict denies stays on one line; “(ước)” and the open ones go on the next.
fn unbroken(result: &IndicatorResult) -> String {
    let text = verdict_text(result);
    match result.verdict {
        Verdict::Met | Verdict::NotMet => {
            let words = result.verdict.vietnamese();
            text.replacen(words, &words.replace(' ', "\u{a0}"), 1)
        }
        Verdict::Depends => match text.rsplit_once(' ') {
            Some((before, last)) => format!("{before}\u{a0}{last}"),
            None => text,
        },
        _ => text,
    }
}

/// Points gained since last year, marked where not all units are compared.
fn change(result: &IndicatorResult) -> Shown {
    match (result.comparison, result.change()) {
        (Comparison::Matched { .. }, Some(points)) => Shown::text(format!("{}*", signed(points))),
        (_, Some(points)) => Shown::text(signed(points)),
        _ => Shown::Missing("–".into()),
    }
}

/// What a reader must know of the comparison with last year.
fn comparison_notes(results: &[IndicatorResult]) -> Vec<String> {
    let mut notes = Vec::new();
    if results.iter().any(|result| matches!(result.comparison, Comparison::Matched { .. })) {
        notes.push("* So với năm trước trên các đơn vị có số liệu cả hai năm.".to_owned());
    }
    notes
}

/// The figures a leader should see first.
pub(in crate::report) fn key_figures(scene: &Scene<'_>) -> Vec<KeyFigure> {
    let results = scene.results;
    let verdicts = |some: &[Verdict]| results.indicators.iter().filter(|r| some.contains(&r.verdict)).count();
    let reported = results
        .units
        .iter()
        .filter(|unit| matches!(unit.status, UnitStatus::Reported | UnitStatus::Late))
        .count();
    let figure = |label: &str, count: usize, tone: Tone| {
        let tone = if count == 0 { Tone::Plain } else { tone };
        KeyFigure::new(label, Shown::Count((count as u64).into()), tone)
    };
    // Of how many is said once, with the first.
    let met = verdicts(&[Verdict::Met]);
    let mut figures = vec![
        KeyFigure::new(
            "chỉ tiêu đạt",
            Shown::text(format!("{met}/{}", results.indicators.len())),
            if met == 0 { Tone::Plain } else { Tone::Good },
        ),
        figure("chỉ tiêu chưa đạt", verdicts(&[Verdict::NotMet]), Tone::Bad),
        figure("chỉ tiêu chưa xác định", verdicts(&[Verdict::Depends]), Tone::Open),
        figure(
            "chỉ tiêu chưa có số liệu, tiêu chí",
            verdicts(&[Verdict::NoData, Verdict::NoStandard]),
            Tone::Open,
        ),
        KeyFigure::new(
            "đơn vị đã báo cáo",
            Shown::Text(format!("{reported}/{}", results.units.len()).into()),
            if reported < results.units.len() { Tone::Open } else { Tone::Good },
        ),
    ];
    // All indicators are among the figures, and a box of nothing but noughts is none of them.
    if let open @ 1.. = verdicts(&[Verdict::NoTarget]) {
        figures.insert(figures.len() - 1, figure("chỉ tiêu chưa ghi mục tiêu", open, Tone::Quiet));
    }
    figures
}
