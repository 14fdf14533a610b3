//! What was found at each review of the plan, side by side.

use crate::consolidate::{Series, Verdict};
use crate::domain::Year;
use crate::report::format;
use crate::report::model::{Align, Cell, Column, ColumnKey, Role, Row, Shown, Table};
use crate::report::over_years::series_name;
use crate::report::scene::Scene;
use crate::report::targets::OPEN_TARGET;
use crate::report::wording::tone;
use ecow::eco_format;

/// The table; `None` where the year is no review or the first.
pub(in crate::report) fn table(scene: &Scene<'_>) -> Option<Table> {
    let review = scene.plan.review(scene.results.year)?;
    let mut years: Vec<Year> = scene.plan.reviews_before(review.year).collect();
    if years.is_empty() {
        return None;
    }
    years.push(review.year);
    let mut columns = vec![Column::ordinal("TT", 0.7), Column::new("ten", "Chỉ tiêu", 3.6, Align::Left)];
    for year in &years {
        let over = format!("Năm {year}");
        let id = |what: &str| ColumnKey::from(eco_format!("{what}-{year}"));
        columns.extend([
            Column::new(id("muc-tieu"), "Mục tiêu", 1.1, Align::Right).under(&over),
            Column::new(id("ket-qua"), "Kết quả", 1.1, Align::Right).under(&over),
            Column::new(id("danh-gia"), "Đánh giá", 1.3, Align::Center).under(&over),
        ]);
    }
    let rows = scene.results.over_years.series.iter().map(|series| row(series, &years)).collect();
    let notes = vec![
        "Đánh giá của các năm trước ghi như đã công bố ở năm ấy, theo mục tiêu có hiệu lực khi ấy; “–”: không có số liệu hoặc năm ấy không áp dụng chỉ tiêu.".to_owned(),
    ];
    let caption = Some("Kết quả tại các kỳ sơ kết, tổng kết".to_owned());
    Some(Table { id: "cac-ky".into(), caption, columns, rows, notes })
}

fn row(series: &Series, years: &[Year]) -> Row {
    let id = &series.indicator.id;
    let missing = || Shown::Missing("–".into());
    let mut cells = vec![Cell::text(id.to_string()), Cell::text(series_name(series))];
    for year in years {
        let point = series.point(*year);
        let target = point.map_or_else(missing, |point| match point.target {
            Some((_, target)) => Shown::Percent(target, target.scale()),
            None => Shown::Missing(OPEN_TARGET.into()),
        });
        let verdict = point.and_then(|point| point.verdict);
        let told = |verdict: Verdict| Cell::text(verdict.vietnamese()).toned(tone(verdict));
        cells.extend([
            Cell::plain(target),
            Cell::plain(format::point(series, *year).unwrap_or_else(missing)),
            verdict.map_or_else(|| Cell::plain(missing()), told),
        ]);
    }
    Row { id: id.into(), role: Role::Body, cells }
}
