//! The verdict of every indicator at a glance: the table and the figures a brief opens with.

use crate::check::UnitStatus;
use crate::consolidate::{IndicatorResult, Verdict};
use crate::report::bars;
use crate::report::format::{percent_places, plain};
use crate::report::model::{Align, Cell, Column, KeyFigure, Picture, Role, Row, Table, Tone, Value};
use crate::report::scene::Scene;
use crate::report::wording::{range_text, roster_notes, signed, tone};

/// Columns that are left out when no row has anything to put there.
const RANGE: &str = "khoang";
const CHANGE: &str = "thay-doi";

pub(in crate::report) fn table(scene: &Scene<'_>) -> Table {
    let results = &scene.results.indicators;
    let left_out = |id: &str| match id {
        RANGE => results.iter().all(|result| range_text(result).is_none()),
        CHANGE => results.iter().all(|result| result.last_year.is_none()),
        _ => false,
    };
    let columns = vec![
        Column::new("so", "TT", 0.55, Align::Center),
        Column::new("ten", "Chỉ tiêu", 3.3, Align::Left),
        Column::new("thanh", "So với mục tiêu", 3.0, Align::Left),
        Column::new("ket-qua", "Kết quả", 1.15, Align::Right),
        Column::new(RANGE, "Khoảng giá trị", 1.5, Align::Center),
        Column::new("muc-tieu", "Mục tiêu", 0.95, Align::Right),
        Column::new(CHANGE, "So năm trước", 1.05, Align::Right),
        Column::new("bao-cao", "Đã báo cáo", 0.9, Align::Center),
        Column::new("danh-gia", "Đánh giá", 2.0, Align::Left),
    ];
    let rows = results.iter().map(|result| Row {
        id: result.indicator.id.0.as_str().into(),
        role: Role::Body,
        cells: cells(result).into_iter().filter(|(id, _)| !left_out(id)).map(|(_, cell)| cell).collect(),
    });
    Table {
        id: "danh-gia".into(),
        caption: None,
        rows: rows.collect(),
        columns: columns.into_iter().filter(|column| !left_out(&column.id)).collect(),
        notes: roster_notes(scene),
    }
}

fn cells(result: &IndicatorResult) -> Vec<(&'static str, Cell)> {
    let target = result.target.map(|(_, percent)| percent);
    let places = percent_places(result.total, target);
    let missing = || Value::Missing("–".into());
    let verdict = tone(result.verdict);
    let percent = result.percent().map_or_else(missing, |percent| Value::Percent(percent, places));
    // The sign for “khoảng” where every letter counts.
    let about = if result.indicator.approximate { "≈" } else { "" };
    let wanted = target.map_or_else(missing, |t| Value::Text(format!("{about}{}%", plain(t)).into()));
    let bar = Picture::Bar(Box::new(bars::bar(result)), None);
    let coverage = format!("{}/{}", result.coverage.reported, result.coverage.expected);
    vec![
        ("so", Cell::text(result.indicator.id.to_string())),
        ("ten", Cell::text(&result.indicator.short_title)),
        ("thanh", Cell::of(Value::Blank).drawn(bar)),
        ("ket-qua", Cell::of(percent)),
        (RANGE, Cell::of(range_text(result).map_or_else(missing, Value::text))),
        ("muc-tieu", Cell::of(wanted)),
        (CHANGE, Cell::of(result.change().map_or_else(missing, |c| Value::text(signed(c))))),
        ("bao-cao", Cell::text(coverage)),
        ("danh-gia", Cell::text(unbroken(result.verdict)).toned(verdict).drawn(Picture::Sign)),
    ]
}

/// The verdicts that matter most stay on one line.
fn unbroken(verdict: Verdict) -> String {
    match verdict {
        Verdict::NoData | Verdict::NoStandard => verdict.vietnamese().to_owned(),
        _ => verdict.vietnamese().replace(' ', "\u{a0}"),
    }
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
    let figure = |label: &str, count: usize, tone: Tone| KeyFigure {
        label: label.into(),
        value: Value::Count((count as u64).into()),
        tone: if count == 0 { Tone::Plain } else { tone },
    };
    vec![
        figure("chỉ tiêu đạt", verdicts(&[Verdict::Met]), Tone::Good),
        figure("chỉ tiêu chưa đạt", verdicts(&[Verdict::NotMet]), Tone::Bad),
        figure("chỉ tiêu chưa xác định", verdicts(&[Verdict::Depends]), Tone::Open),
        figure(
            "chỉ tiêu chưa có số liệu, tiêu chí",
            verdicts(&[Verdict::NoData, Verdict::NoStandard]),
            Tone::Open,
        ),
        KeyFigure {
            label: "đơn vị đã báo cáo".into(),
            value: Value::Text(format!("{reported}/{}", results.units.len()).into()),
            tone: if reported < results.units.len() { Tone::Open } else { Tone::Good },
        },
    ]
}
