//! The table in the body of the official report: indicator, target, last year, this year, verdict.

use super::{Scene, column, target_text, tone, under};
use crate::consolidate::IndicatorResult;
use crate::report::format::{number, percent_places};
use crate::report::model::{Align, Cell, Role, Row, Table, Value};

pub(in crate::report) fn table(scene: &Scene<'_>) -> Table {
    let year = scene.results.year;
    let this_year = format!("Năm {year}");
    let columns = vec![
        column("so", "TT", 0.7, Align::Center),
        column("ten", "Chỉ tiêu", 5.2, Align::Left),
        column("muc-tieu", "Mục tiêu", 1.5, Align::Center),
        column("nam-truoc", &format!("Năm {}", year - 1), 1.2, Align::Right),
        under(&this_year, column("ket-qua", "Kết quả", 1.3, Align::Right)),
        under(&this_year, column("khoang", "Khoảng giá trị", 1.7, Align::Center)),
        column("danh-gia", "Đánh giá", 1.4, Align::Center),
    ];
    let mut rows = Vec::new();
    for group in &scene.plan.groups {
        let results: Vec<&IndicatorResult> =
            scene.results.indicators.iter().filter(|result| result.indicator.group == group.id).collect();
        if !results.is_empty() {
            let title = Cell::text(format!("{}. {}", group.id, group.title));
            rows.push(Row { id: format!("nhom-{}", group.id), role: Role::Group, cells: vec![title] });
            rows.extend(results.into_iter().map(row));
        }
    }
    Table {
        id: "ket-qua".into(),
        caption: Some(format!("Kết quả thực hiện các chỉ tiêu năm {year}")),
        columns,
        rows,
        notes: vec![
            "Khoảng giá trị: giá trị thấp nhất và cao nhất mà tỉnh có thể đạt khi tính cả các đơn vị chưa báo cáo; “–” khi mọi đơn vị đã báo cáo hoặc chưa có số liệu.".into(),
        ],
    }
}

fn row(result: &IndicatorResult) -> Row {
    let target = result.target.map(|(_, percent)| percent);
    let places = percent_places(result.total, target);
    let missing = || Value::Missing("–".into());
    let (lower, upper) = result.bounds();
    let range = match result.percent() {
        Some(_) if result.is_open() => {
            Value::Text(format!("{}–{}%", number(lower, places), number(upper, places)))
        }
        _ => missing(),
    };
    let wanted =
        result.target.map(|(year, target)| format!("{} ({year})", target_text(&result.indicator, target)));
    let cells = vec![
        Cell::text(result.indicator.id.to_string()),
        Cell::text(&result.indicator.title),
        Cell::of(wanted.map_or_else(missing, Value::Text)),
        Cell::of(result.last_year.map_or_else(missing, |p| Value::Percent(p, 2))),
        Cell::of(result.percent().map_or_else(missing, |p| Value::Percent(p, places))),
        Cell::of(range),
        Cell::text(result.verdict.vietnamese()).toned(tone(result.verdict)),
    ];
    Row { id: result.indicator.id.to_string(), role: Role::Body, cells }
}
