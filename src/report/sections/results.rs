//! The table in the body of the official report: indicator, target, last year, this year, verdict.

use crate::consolidate::{Flag, IndicatorResult};
use crate::report::format::{self, percent_places};
use crate::report::model::{Align, Cell, Column, ColumnKey, Role, Row, Shown, Table};
use crate::report::reservations;
use crate::report::scene::Scene;
use crate::report::targets::{self, OPEN_TARGET, in_cell};
use crate::report::wording::{
    handover_notes, lacking_notes, made_notes, matched_note, range_text, roster_notes, territory_notes, tone,
    verdict_text,
};

/// Column of last year's results; it stays where none is known, so that the table looks the same every year.
const LAST_YEAR: ColumnKey = ColumnKey::fixed("nam-truoc");

pub(in crate::report) fn table(scene: &Scene<'_>) -> Table {
    let year = scene.results.year;
    let this_year = format!("Năm {year}");
    let knows_last_year = scene.results.indicators.iter().any(|result| result.last_year.is_some());
    let target_year = targets::common_year(scene);
    let target = target_year.map_or("Mục tiêu".to_owned(), |year| format!("Mục tiêu {year}"));
    let columns = vec![
        Column::ordinal("TT", 0.7),
        Column::new("ten", "Chỉ tiêu", 4.6, Align::Left),
        Column::new("muc-tieu", &target, 1.2, Align::Center),
        Column::new(LAST_YEAR, &format!("Năm {}", year - 1), 1.1, Align::Right),
        Column::new("ket-qua", "Kết quả", 1.2, Align::Right).under(&this_year),
        Column::new("khoang", "Khoảng giá trị", 2.15, Align::Center).under(&this_year),
        Column::new("danh-gia", "Đánh giá", 1.5, Align::Center),
    ];
    let mut rows = Vec::new();
    for group in &scene.plan.groups {
        let results: Vec<&IndicatorResult> =
            scene.results.indicators.iter().filter(|result| result.indicator.group == group.id).collect();
        if !results.is_empty() {
            let title = Cell::text(format!("{}. {}", group.id, group.title));
            rows.push(Row { id: format!("nhom-{}", group.id).into(), role: Role::Group, cells: vec![title] });
            rows.extend(results.into_iter().map(|result| row(result, target_year.is_none())));
        }
    }
    let mut notes = vec![format!(
        "Khoảng giá trị: giá trị thấp nhất và cao nhất mà {} có thể đạt khi tính cả số liệu còn thiếu; “–” khi số liệu còn thiếu, nếu có, không làm đổi kết quả, hoặc chưa có kết quả.",
        scene.frame().names.territory
    )];
    if !knows_last_year {
        notes.push(format!("Cột Năm {}: chưa có kết quả của năm trước.", year - 1));
    }
    notes.extend(reservations::notes(
        scene,
        &[Flag::Provisional, Flag::Estimate, Flag::KeptOut, Flag::Reference],
    ));
    notes.extend(lacking_notes(scene, "xem phụ lục kết quả theo đơn vị"));
    notes.extend(roster_notes(scene));
    notes.extend(matched_note(scene));
    notes.extend(made_notes(scene));
    notes.extend(handover_notes(scene));
    notes.extend(territory_notes(scene));
    notes.extend(targets::notes(scene));
    notes.extend(targets::national_notes(scene));
    Table {
        id: "ket-qua".into(),
        caption: Some(format!("Kết quả thực hiện các chỉ tiêu năm {year}")),
        columns,
        rows,
        notes,
    }
}

fn row(result: &IndicatorResult, with_target_year: bool) -> Row {
    let places = percent_places(result.total, result.aim());
    let missing = || Shown::Missing("–".into());
    let range = range_text(result).map_or_else(missing, Shown::text);
    let wanted = result.target.map(|(year, target)| {
        let text = in_cell(&result.indicator, (year, target));
        if with_target_year { format!("{text} ({year})") } else { text }
    });
    let open = || Shown::Missing(OPEN_TARGET.into());
    let cells = vec![
        Cell::text(result.indicator.id.to_string()),
        Cell::text(&result.indicator.title),
        Cell::plain(wanted.map_or_else(open, Shown::text)),
        Cell::plain(result.last_year.map_or_else(missing, |last| format::past(&last))),
        Cell::plain(result.percent().map_or_else(missing, |p| Shown::Percent(p, places))),
        Cell::plain(range),
        Cell::text(verdict_text(result)).toned(tone(result.verdict)),
    ];
    Row { id: (&result.indicator.id).into(), role: Role::Body, cells }
}
