//! The series as a sheet: results of all years beside the targets in force then, where each year is from, and what a unit
//! made of others had. In a review it is an annex of the report, too.

mod merged;
mod years;

use crate::consolidate::{Difference, IndicatorResult, OverYears, Point, Series};
use crate::domain::{IndicatorId, Year};
use crate::plan::Annex;
use crate::report::format::{self, percent_places};
use crate::report::model::{
    Align, Block, Cell, Chart, ChartKind, Column, ColumnKey, Formula, Place, ProgressRow, Role, Row, RowKey,
    Run, Section, Shown, Table, TableKey, Tone,
};
use crate::report::over_years::{present_notes, series_label, year_column};
use crate::report::scene::Scene;
use crate::report::tables::indicators;
use crate::report::targets::OPEN_TARGET;
use crate::report::wording::{redefined_since, roster_notes, territory_notes};

const TABLE: TableKey = TableKey::fixed("qua-cac-nam");
const TITLE: ColumnKey = ColumnKey::fixed("ten");

/// The sheet; `None` without a result of an earlier year, but in a review.
pub(super) fn section(scene: &Scene<'_>) -> Option<Section> {
    let over_years = &scene.results.over_years;
    let review = scene.plan.review(scene.results.year);
    // The years before the first result are a review's alone.
    let has_result = |year: &Year| over_years.series.iter().any(|s| s.known().any(|p| p.year == *year));
    let all = over_years.years.iter().map(|year| year.year);
    let shown: Vec<Year> = match review {
        Some(_) => all.collect(),
        None => all.skip_while(|year| !has_result(year)).collect(),
    };
    if shown.is_empty() || review.is_none() && !over_years.has_past() {
        return None;
    }
    let mut blocks = vec![Block::Table(table(scene, &shown))];
    blocks.extend(charts(scene, &shown));
    blocks.push(Block::Table(years::table(over_years, &shown)));
    blocks.extend(merged::table(scene, &shown).map(Block::Table));
    blocks.extend(ways(scene).map(Block::Table));
    let (title, place) = match review {
        Some(review) => (
            format!("KẾT QUẢ CÁC NĂM GIAI ĐOẠN {}–{}", review.first, review.year),
            scene.annex(Annex::CacNam, true),
        ),
        None => ("KẾT QUẢ QUA CÁC NĂM".into(), Place::Sheet),
    };
    Some(Section { id: TABLE.to_string(), title, place, sheet: Some("Qua các năm".into()), blocks })
}

/// Two rows an indicator: its results, and the targets they were judged by.
fn table(scene: &Scene<'_>, years: &[Year]) -> Table {
    let mut columns =
        vec![Column::new("so", "Số", 0.6, Align::Center), Column::new(TITLE, "Chỉ tiêu", 4.6, Align::Left)];
    columns.extend(years.iter().map(|y| Column::new(year_column(*y), &y.to_string(), 1.0, Align::Right)));
    let series = &scene.results.over_years.series;
    let rows =
        series.iter().flat_map(|series| [results(scene, series, years), targets(scene, series, years)]);
    let caption = Some(format!("Kết quả {} qua các năm (%)", scene.frame().names.whole()));
    Table { id: TABLE, caption, columns, rows: rows.collect(), notes: notes(scene) }
}

fn results(scene: &Scene<'_>, series: &Series, years: &[Year]) -> Row {
    let id = &series.indicator.id;
    let now = scene.results.indicators.iter().find(|result| result.indicator.id == *id);
    let mut cells = vec![Cell::text(id.to_string()), Cell::text(series_label(series))];
    cells.extend(years.iter().map(|year| {
        match now.filter(|_| *year == scene.results.year) {
            Some(result) => this_year(result),
            // Left blank, so that the line of the chart goes on over it.
            None => Cell::plain(format::point(series, *year).unwrap_or(Shown::Blank)),
        }
    }));
    Row { id: id.into(), role: Role::Body, cells }
}

fn this_year(result: &IndicatorResult) -> Cell {
    let missing = || Shown::Missing("–".into());
    let places = percent_places(result.total, result.aim());
    Cell::plain(result.percent().map_or_else(missing, |p| Shown::Percent(p, places)))
        .follows(Formula::Cell(indicators::cell(&result.indicator.id, indicators::PERCENT)))
}

fn targets(scene: &Scene<'_>, series: &Series, years: &[Year]) -> Row {
    let id = &series.indicator.id;
    let mut cells = vec![Cell::plain(Shown::Blank), Cell::text("– mục tiêu khi ấy").toned(Tone::Quiet)];
    let is_over = |year: Year| series.ended.is_some_and(|last| last < year);
    let target = |point: &Point| match point.target {
        Some((_, target)) => Shown::Percent(target, target.scale()),
        None if is_over(point.year) => Shown::Blank,
        None => Shown::Missing(OPEN_TARGET.into()),
    };
    cells.extend(years.iter().map(|year| {
        let cell = Cell::plain(series.point(*year).map_or(Shown::Blank, target)).toned(Tone::Quiet);
        match *year == scene.results.year && series.ended.is_none() {
            true => cell.follows(Formula::Cell(indicators::cell(id, indicators::TARGET))),
            false => cell,
        }
    }));
    Row { id: target_row(id), role: Role::Body, cells }
}

/// What the way from the baseline to the last target asks for; `None` where no indicator has one.
fn ways(scene: &Scene<'_>) -> Option<Table> {
    let series: Vec<&Series> =
        scene.results.over_years.series.iter().filter(|series| !series.way.is_empty()).collect();
    let years = || series.iter().flat_map(|series| series.way.iter().map(|(year, _)| *year));
    let (first, last) = (years().min()?, years().max()?);
    let mut columns =
        vec![Column::new("so", "Số", 0.6, Align::Center), Column::new(TITLE, "Chỉ tiêu", 4.6, Align::Left)];
    columns.extend((first..=last).map(|y| Column::new(year_column(y), &y.to_string(), 1.0, Align::Right)));
    let row = |series: &&Series| {
        let id = &series.indicator.id;
        let mut cells = vec![Cell::text(id.to_string()), Cell::text(&series.indicator.short_title)];
        cells.extend((first..=last).map(|year| {
            let way = series.way.iter().find(|(known, _)| *known == year);
            Cell::plain(way.map_or(Shown::Blank, |(_, percent)| Shown::Percent(*percent, 2)))
        }));
        Row { id: id.into(), role: Role::Body, cells }
    };
    let rows = series.iter().map(row).collect();
    let note = "Lộ trình: mức mỗi năm cần đạt trên đường thẳng từ năm đầu so sánh được đến các mục tiêu đang có hiệu lực.";
    let caption = Some("Lộ trình đến mục tiêu (%)".into());
    Some(Table { id: TableKey::fixed("lo-trinh"), caption, columns, rows, notes: vec![note.into()] })
}

/// A chart for each group: more lines than that in one picture cannot be told apart.
fn charts(scene: &Scene<'_>, years: &[Year]) -> Vec<Block> {
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return Vec::new() };
    let mut charts = Vec::new();
    for group in &scene.plan.groups {
        let series = scene.results.over_years.series.iter();
        let of_group: Vec<ProgressRow> = series
            .filter(|s| s.indicator.group == group.id && s.has_past(scene.results.year))
            .map(|s| {
                let id = &s.indicator.id;
                ProgressRow { row: id.into(), targets: target_row(id), breaks: breaks(s, years) }
            })
            .collect();
        if let (Some(top), Some(bottom)) = (of_group.first(), of_group.last()) {
            let run = Run {
                table: TABLE,
                rows: (top.row.clone(), bottom.row.clone()),
                label: TITLE,
                value: year_column(*last),
                target: None,
            };
            charts.push(Block::Chart(Chart {
                id: format!("{TABLE}-{}", group.id),
                caption: format!("Nhóm {}. {}: kết quả qua các năm (%)", group.id, group.title),
                alternative:
                    "Số liệu của biểu đồ ở bảng phía trên; vạch ngang: mục tiêu có hiệu lực của từng năm."
                        .into(),
                kind: ChartKind::Progress {
                    run,
                    years: (year_column(*first), year_column(*last)),
                    rows: of_group,
                },
            }));
        }
    }
    charts
}

fn notes(scene: &Scene<'_>) -> Vec<String> {
    let OverYears { series, restated, .. } = &scene.results.over_years;
    let mut notes = roster_notes(scene);
    notes.extend(territory_notes(scene));
    let cut_by = |series: &Series, why: Difference| series.points.iter().any(|point| point.cut == Some(why));
    let of_units = |s: &Series| cut_by(s, Difference::Units) || cut_by(s, Difference::Territory);
    if series.iter().any(of_units) {
        notes.push("Đường biểu diễn ngắt ở năm mà đơn vị không còn là đơn vị của năm trước: hai bên chỗ ngắt không so sánh với nhau.".into());
    }
    for series in series.iter().filter(|series| cut_by(series, Difference::Definition)) {
        let now = scene.results.year;
        let Some(since) = series.indicator.definition_since.filter(|since| *since != now) else { continue };
        let (id, why) = (&series.indicator.id, redefined_since(since));
        notes.push(format!("Chỉ tiêu {id}: các năm trước và sau không so sánh được với nhau, {why}."));
    }
    notes.extend(present_notes(series));
    notes.push("“Mục tiêu khi ấy”: mục tiêu có hiệu lực ở hạn báo cáo của năm, dù về sau được điều chỉnh. Ô trống: không có kết quả, chưa có tiêu chí, hoặc năm ấy không áp dụng chỉ tiêu.".into());
    if !restated.is_empty() {
        notes.push("Có kết quả đã công bố được điều chỉnh: bảng này ghi số đang có hiệu lực, số công bố lần đầu ở bảng “Số liệu đã công bố được điều chỉnh”.".into());
    }
    notes
}

/// Places among the years of results that are of other units, or another definition, than the result before.
fn breaks(series: &Series, years: &[Year]) -> Vec<usize> {
    let after = series.points.iter().filter(|point| point.cut.is_some());
    after.filter_map(|point| years.iter().position(|known| *known == point.year)).collect()
}

fn target_row(id: &IndicatorId) -> RowKey {
    format!("{id}-muc-tieu").into()
}
