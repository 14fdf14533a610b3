//! Results over the years, when history is given.

use crate::consolidate::{Difference, IndicatorResult};
use crate::domain::Year;
use crate::report::format::{self, percent_places};
use crate::report::model::{
    Align, Block, Cell, Chart, ChartKind, Column, ColumnKey, Formula, Place, ProgressRow, Role, Row, Run,
    Section, Shown, Table, TableKey,
};
use crate::report::scene::Scene;
use crate::report::tables::indicators;
use crate::report::targets::OPEN_TARGET;
use crate::report::wording::{redefined_since, roster_notes, territory_notes};
use ecow::eco_format;
use std::collections::BTreeSet;

const TABLE: TableKey = TableKey::fixed("qua-cac-nam");
const TITLE: ColumnKey = ColumnKey::fixed("ten");
const TARGET: ColumnKey = ColumnKey::fixed("muc-tieu");

/// The sheet; `None` without a result of an earlier year.
pub(super) fn section(scene: &Scene<'_>) -> Option<Section> {
    let now = scene.results.year;
    let past = |result: &IndicatorResult| result.past.clone();
    let mut years: BTreeSet<Year> =
        scene.results.indicators.iter().flat_map(past).map(|past| past.year).collect();
    let first = *years.first()?;
    years.insert(now);
    let mut columns =
        vec![Column::new("so", "Số", 0.6, Align::Center), Column::new(TITLE, "Chỉ tiêu", 4.6, Align::Left)];
    columns.extend(years.iter().map(|y| Column::new(year_id(*y), &y.to_string(), 1.0, Align::Right)));
    columns.push(Column::new(TARGET, "Mục tiêu %", 1.0, Align::Right));
    let mut rows = Vec::new();
    for result in &scene.results.indicators {
        let id = &result.indicator.id;
        let target = result.target.map(|(_, percent)| percent);
        let follows = |column| Formula::Cell(indicators::cell(id, column));
        let name = format!("{} {}", result.indicator.id, result.indicator.short_title);
        let mut cells = vec![Cell::text(id.to_string()), Cell::text(name)];
        for year in &years {
            let known = result.past.iter().find(|past| past.year == *year);
            let missing = || Shown::Missing("–".into());
            cells.push(if *year == now {
                let places = percent_places(result.total, target);
                Cell::plain(result.percent().map_or_else(missing, |p| Shown::Percent(p, places)))
                    .follows(follows(indicators::PERCENT))
            } else {
                // Left blank, so that the line of the chart goes on over it.
                Cell::plain(known.map_or(Shown::Blank, format::past))
            });
        }
        let open = || Shown::Missing(OPEN_TARGET.into());
        let wanted = Cell::plain(target.map_or_else(open, |t| Shown::Percent(t, t.scale())));
        cells.push(wanted.follows(follows(indicators::TARGET)));
        rows.push(Row { id: id.into(), role: Role::Body, cells });
    }
    // More lines than this in one picture cannot be told apart.
    let mut blocks = Vec::new();
    for group in &scene.plan.groups {
        let of_group: Vec<ProgressRow> = scene
            .results
            .indicators
            .iter()
            .filter(|r| r.indicator.group == group.id && !r.past.is_empty())
            .map(|r| ProgressRow { row: (&r.indicator.id).into(), breaks: breaks(r, &years, now) })
            .collect();
        if let (Some(top), Some(bottom)) = (of_group.first(), of_group.last()) {
            let run = Run {
                table: TABLE,
                rows: (top.row.clone(), bottom.row.clone()),
                label: TITLE,
                value: year_id(now),
                target: None,
            };
            blocks.push(Block::Chart(Chart {
                id: format!("{TABLE}-{}", group.id),
                caption: format!("Nhóm {}. {}: kết quả qua các năm (%)", group.id, group.title),
                alternative: "Số liệu của biểu đồ ở bảng phía trên.".into(),
                kind: ChartKind::Progress { run, years: (year_id(first), year_id(now)), rows: of_group },
            }));
        }
    }
    let mut notes = roster_notes(scene);
    notes.extend(territory_notes(scene));
    let breaks_by =
        |result: &IndicatorResult, why: Difference| result.past.iter().any(|past| past.breaks == Some(why));
    let results = &scene.results.indicators;
    if results
        .iter()
        .any(|result| breaks_by(result, Difference::Units) || breaks_by(result, Difference::Territory))
    {
        notes.push("Đường biểu diễn ngắt ở năm mà đơn vị không còn là đơn vị của năm trước: hai bên chỗ ngắt không so sánh với nhau.".into());
    }
    for result in results.iter().filter(|result| breaks_by(result, Difference::Definition)) {
        let Some(since) = result.indicator.definition_since.filter(|since| *since != now) else { continue };
        let (id, why) = (&result.indicator.id, redefined_since(since));
        notes.push(format!("Chỉ tiêu {id}: các năm trước và sau không so sánh được với nhau, {why}."));
    }
    let caption = Some(format!("Kết quả {} qua các năm (%)", scene.frame().names.whole()));
    blocks.insert(0, Block::Table(Table { id: TABLE, caption, columns, rows, notes }));
    Some(Section {
        id: TABLE.to_string(),
        title: "KẾT QUẢ QUA CÁC NĂM".into(),
        place: Place::Sheet,
        sheet: Some("Qua các năm".into()),
        blocks,
    })
}

/// Places among the years of results that are of other units, or another definition, than the result before.
fn breaks(result: &IndicatorResult, years: &BTreeSet<Year>, now: Year) -> Vec<usize> {
    let next = result.past.iter().skip(1).map(|past| past.year).chain([now]);
    let after = result.past.iter().zip(next).filter(|(past, _)| past.breaks.is_some()).map(|(_, next)| next);
    after.filter_map(|year| years.iter().position(|known| *known == year)).collect()
}

fn year_id(year: Year) -> ColumnKey {
    eco_format!("nam-{year}").into()
}
