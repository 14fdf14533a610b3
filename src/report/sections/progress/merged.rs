//! What the units that became one had before, added.

use crate::consolidate::{MergedUnit, Series};
use crate::domain::{UnitCode, Year};
use crate::report::format::{percent_places, plain};
use crate::report::model::{Align, Cell, Column, Role, Row, Shown, Table, TableKey};
use crate::report::over_years::year_column;
use crate::report::scene::Scene;

/// The table; `None` where no unit was made of whole others.
pub(super) fn table(scene: &Scene<'_>, years: &[Year]) -> Option<Table> {
    let now = scene.results.year;
    let before: Vec<Year> = years.iter().copied().filter(|year| *year < now).collect();
    let mut columns = vec![
        Column::new("so", "Số", 0.6, Align::Center),
        Column::new("don-vi", "Đơn vị hiện nay (hợp thành từ)", 4.6, Align::Left),
    ];
    columns.extend(before.iter().map(|y| Column::new(year_column(*y), &y.to_string(), 1.0, Align::Right)));
    let series = scene.results.over_years.series.iter();
    let rows: Vec<Row> = series
        .flat_map(|series| series.merged.iter().map(|merged| row(scene, series, merged, &before)))
        .collect();
    let notes = vec![
        "Số của đơn vị được hợp nhất trọn vẹn từ các đơn vị cũ là tổng số người của các đơn vị ấy; kết quả đạt chuẩn không cộng được nên không nêu. Đơn vị có phần của đơn vị cũ không so sánh được.".to_owned(),
    ];
    (!rows.is_empty()).then(|| Table {
        id: TableKey::fixed("dia-gioi-nay"),
        caption: Some("Kết quả các năm trước tính theo địa giới hiện nay (%)".into()),
        columns,
        rows,
        notes,
    })
}

fn row(scene: &Scene<'_>, series: &Series, merged: &MergedUnit, years: &[Year]) -> Row {
    let name_of = |code: &UnitCode| {
        let known = scene.plan.units.iter().rfind(|unit| unit.code == *code);
        known.map_or_else(|| code.to_string(), |unit| unit.name.clone())
    };
    let mut made_of: Vec<String> = Vec::new();
    for code in merged.points.values().flat_map(|point| &point.of) {
        let name = name_of(code);
        if !made_of.contains(&name) {
            made_of.push(name);
        }
    }
    let mut cells = vec![
        Cell::text(series.indicator.id.to_string()),
        Cell::text(format!("{} ({})", name_of(&merged.unit), made_of.join(", "))),
    ];
    cells.extend(years.iter().map(|year| {
        let share = merged.points.get(year).map(|point| point.share);
        let percent =
            share.and_then(|share| Some((share.percent()?, percent_places(share, series.aim(*year)))));
        Cell::plain(match (percent, share) {
            (Some((percent, places)), _) => Shown::Percent(percent, places),
            (None, Some(share)) => Shown::Missing(plain(share.denominator).into()),
            (None, None) => Shown::Blank,
        })
    }));
    Row { id: format!("{}-{}", merged.unit, series.indicator.id).into(), role: Role::Body, cells }
}
