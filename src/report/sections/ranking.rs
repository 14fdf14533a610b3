//! The local units ranked by each indicator that they make up together: live places, and a chart in order with the target.

use crate::check::UnitState;
use crate::consolidate::{IndicatorResult, UnitFigure, UnitResult};
use crate::domain::{Direction, IndicatorId, IndicatorKind, Percent, Ratio, Reporter, UnitCode};
use crate::report::directed;
use crate::report::format::percent_places;
use crate::report::model::{
    Align, Block, Cell, Chart, ChartKind, Column, ColumnKey, ColumnRef, Formula, Function, Operator, Place,
    Role, Row, RowKey, Run, Section, Shown, Table, TableKey,
};
use crate::report::scene::Scene;
use crate::report::tables::{SHARE, indicators, matrix};
use ecow::eco_format;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

const TABLE: TableKey = TableKey::fixed("xep-hang");
/// Columns of the table of places that is not an indicator's, and of the tables in order.
const UNIT: ColumnKey = ColumnKey::fixed("don-vi");
const TARGET: ColumnKey = ColumnKey::fixed("muc-tieu");
const MISSING: &str = "–";

/// The sheet; `None` when no indicator ranks at least two units.
pub(super) fn section(scene: &Scene<'_>) -> Option<Section> {
    let level = &scene.plan.levels.first()?.id;
    let units: Vec<&UnitState> = scene.results.units.iter().filter(|unit| unit.level == *level).collect();
    let ranked: Vec<Ranked<'_>> = scene
        .results
        .indicators
        .iter()
        .filter(|result| ranks(result, level))
        .map(|result| Ranked::new(result, &units))
        .collect();
    if units.len() < 2 || ranked.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Table(places(&units, &ranked))];
    for indicator in &ranked {
        blocks.push(Block::Table(in_order(&units, indicator)));
        blocks.push(Block::Chart(chart(&units, indicator.result)));
    }
    Some(Section {
        id: TABLE.to_string(),
        title: format!("THỨ HẠNG CỦA CÁC ĐƠN VỊ NĂM {}", scene.results.year),
        place: Place::Sheet,
        sheet: Some("Xếp hạng".into()),
        blocks,
    })
}

fn ranks(result: &IndicatorResult, level: &crate::domain::LevelId) -> bool {
    matches!(&result.indicator.kind, IndicatorKind::Ratio { parts }
        if parts.iter().any(|part| part.from == Reporter::Level(level.clone())))
}

/// An indicator and how the units stand in it, in their order.
struct Ranked<'a> {
    result: &'a IndicatorResult,
    /// A unit's share, when it has one that can be ranked.
    shares: Vec<Option<Ratio>>,
    /// 1 for the best; equal shares have equal places.
    places: Vec<Option<u64>>,
    /// Places without ties: among equals the roster's order decides.
    orders: Vec<Option<u64>>,
}

impl<'a> Ranked<'a> {
    fn new(result: &'a IndicatorResult, units: &[&UnitState]) -> Self {
        let known: HashMap<&UnitCode, &UnitResult> =
            result.by_unit.iter().map(|unit| (&unit.unit, unit)).collect();
        let share = |unit: &&UnitState| {
            let of_unit = known.get(&unit.code)?;
            let share = of_unit.share.filter(|share| !share.denominator.is_zero())?;
            (of_unit.status != UnitFigure::NoStandard).then_some(share)
        };
        let shares: Vec<Option<Ratio>> = units.iter().map(share).collect();
        let mut best_first: Vec<(Percent, usize)> =
            shares.iter().enumerate().filter_map(|(at, share)| Some(((*share)?.percent()?, at))).collect();
        // Stable: equals stay in the roster's order.
        best_first.sort_by(|(a, _), (b, _)| result.indicator.direction.compare(*b, *a));
        let (mut places, mut orders) = (vec![None; units.len()], vec![None; units.len()]);
        let mut place = 0;
        for (order, (percent, at)) in (1..).zip(&best_first) {
            let is_equal = order > 1 && best_first[order as usize - 2].0 == *percent;
            place = if is_equal { place } else { order };
            places[*at] = Some(place);
            orders[*at] = Some(order);
        }
        Ranked { result, shares, places, orders }
    }
}

fn places(units: &[&UnitState], ranked: &[Ranked<'_>]) -> Table {
    let mut columns = vec![Column::ordinal("TT", 0.6), Column::new(UNIT, "Đơn vị", 2.0, Align::Left)];
    for Ranked { result, .. } in ranked {
        let id = &result.indicator.id;
        let over = format!("{id} {}", result.indicator.short_title);
        columns.push(Column::new(percent_of(id), "%", 0.9, Align::Right).under(&over));
        columns.push(Column::new(rank_of(id), "Hạng", 0.7, Align::Right).under(&over));
        columns.push(Column::new(order_of(id), "Thứ tự", 0.7, Align::Right).under(&over));
    }
    let first = units.first().map_or_else(|| "".into(), |unit| RowKey::from(&unit.code));
    let rows = units
        .iter()
        .enumerate()
        .map(|(i, unit)| {
            let row = RowKey::from(&unit.code);
            let mut cells = Vec::with_capacity(columns.len());
            cells.extend([Cell::count(i as u64 + 1), Cell::text(&unit.short_name)]);
            for Ranked { result, shares, places, orders } in ranked {
                let (id, direction) = (&result.indicator.id, result.indicator.direction);
                let at = |column: ColumnKey| Formula::cell(TABLE, row.clone(), column);
                let source = Formula::Cell(matrix::cell(&unit.code, id));
                let missing = || Shown::Missing(MISSING.into());
                let aim = result.aim();
                let value = shares[i]
                    .and_then(|share| Some(Shown::Percent(share.percent()?, percent_places(share, aim))));
                cells.push(
                    Cell::plain(value.unwrap_or_else(missing)).follows(Formula::filled(&NUMBER, [source])),
                );
                let all = ColumnRef::new(TABLE, percent_of(id));
                cells.push(Cell::plain(places[i].map_or_else(missing, |n| Shown::Count(n.into()))).follows(
                    Formula::filled(rank(direction), [at(percent_of(id)), Formula::Column(all.clone())]),
                ));
                let so_far = Formula::Rows(all.rows(first.clone(), row.clone()));
                cells.push(
                    Cell::plain(orders[i].map_or_else(missing, |n| Shown::Count(n.into())))
                        .follows(Formula::filled(&ORDER, [at(percent_of(id)), at(rank_of(id)), so_far])),
                );
            }
            Row { id: row, role: Role::Body, cells }
        })
        .collect();
    let mut notes = vec![
        "Hạng: đơn vị bằng nhau cùng hạng. Thứ tự: dùng để xếp bảng và biểu đồ dưới đây, đơn vị bằng nhau xếp theo danh sách. “–” là chưa có số liệu.".to_owned(),
    ];
    let is_lower = |ranked: &&Ranked<'_>| ranked.result.indicator.direction == Direction::Lower;
    let lower: Vec<String> =
        ranked.iter().filter(is_lower).map(|ranked| ranked.result.indicator.id.to_string()).collect();
    if !lower.is_empty() {
        let better = directed::better(Direction::Lower);
        notes.push(format!("Chỉ tiêu {}: {better}, hạng 1 là tỷ lệ thấp nhất.", lower.join(", ")));
    }
    Table {
        id: TABLE,
        caption: Some("Thứ hạng theo từng chỉ tiêu do các đơn vị báo cáo".into()),
        columns,
        rows,
        notes,
    }
}

/// The number that is given.
static NUMBER: LazyLock<Arc<Formula>> = LazyLock::new(|| if_number(Formula::Given(0)));

/// The place of the first given among the second.
static RANK: LazyLock<Arc<Formula>> =
    LazyLock::new(|| if_number(Formula::Call(Function::Rank, vec![Formula::Given(0), Formula::Given(1)])));

/// The same where the least is the first.
static RANK_OF_LEAST: LazyLock<Arc<Formula>> = LazyLock::new(|| {
    let given = vec![Formula::Given(0), Formula::Given(1), Formula::number(1)];
    if_number(Formula::Call(Function::Rank, given))
});

fn rank(direction: Direction) -> &'static Arc<Formula> {
    match direction {
        Direction::Higher => &RANK,
        Direction::Lower => &RANK_OF_LEAST,
    }
}

/// As the rank, but equals follow one another: given are the number, its rank, and the numbers up to it.
static ORDER: LazyLock<Arc<Formula>> = LazyLock::new(|| {
    let equal = Formula::CountEqual(Box::new(Formula::Given(2)), Box::new(Formula::Given(0)));
    let ordered = Formula::binary(Formula::Given(1), Operator::Add, equal);
    if_number(Formula::binary(ordered, Operator::Subtract, Formula::number(1)))
});

/// A dash where the first given is no number.
fn if_number(then: Formula) -> Arc<Formula> {
    let is_number = Formula::Call(Function::IsNumber, vec![Formula::Given(0)]);
    Arc::new(Formula::when(is_number, then, Formula::words(MISSING)))
}

/// The column of an indicator's results in the table of places.
fn percent_of(indicator: &IndicatorId) -> ColumnKey {
    eco_format!("{indicator}.ty-le").into()
}

/// The column of its ranks.
fn rank_of(indicator: &IndicatorId) -> ColumnKey {
    eco_format!("{indicator}.hang").into()
}

/// The column of its places without ties.
fn order_of(indicator: &IndicatorId) -> ColumnKey {
    eco_format!("{indicator}.thu-tu").into()
}

/// The table of an indicator's units in order.
fn in_order_of(indicator: &IndicatorId) -> TableKey {
    eco_format!("{TABLE}-{indicator}").into()
}

/// The row of a place in it.
fn row_id(place: usize) -> RowKey {
    eco_format!("{place}").into()
}

/// The units from the best to the worst.
fn in_order(units: &[&UnitState], ranked: &Ranked<'_>) -> Table {
    let Ranked { result, shares, orders, .. } = ranked;
    let id = &result.indicator.id;
    let target = result.target.map(|(_, percent)| percent);
    let column = |column: ColumnKey| Formula::Column(ColumnRef::new(TABLE, column));
    let mut on_place = vec![None; units.len() + 1];
    for (at, order) in orders.iter().enumerate() {
        on_place[order.unwrap_or_default() as usize] = order.map(|_| at);
    }
    let rows = (1..=units.len())
        .map(|k| {
            let number = Formula::number(k as u64);
            let at_place = on_place[k];
            let at = Formula::Call(
                Function::Match,
                vec![number.clone(), column(order_of(id)), Formula::number(0)],
            );
            let pick = |from: Formula| Formula::Call(Function::Index, vec![from, at.clone()]);
            let few = Formula::binary(Formula::numbers(column(order_of(id))), Operator::Below, number);
            let or_nothing = |then| Formula::when(few.clone(), Formula::words(""), then);
            let value = at_place.and_then(|at| shares[at]).and_then(|share| {
                Some(Shown::Percent(share.percent()?, percent_places(share, result.aim())))
            });
            let follows = Formula::Cell(indicators::cell(id, indicators::TARGET));
            let mut cells = vec![
                Cell::count(k as u64),
                Cell::plain(
                    at_place.map_or(Shown::Blank, |at| Shown::Text(units[at].short_name.as_str().into())),
                )
                .follows(or_nothing(pick(column(UNIT)))),
                Cell::plain(value.unwrap_or(Shown::Blank)).follows(or_nothing(pick(column(percent_of(id))))),
            ];
            cells.extend(
                target.map(|target| Cell::plain(Shown::Percent(target, target.scale())).follows(follows)),
            );
            Row { id: row_id(k), role: Role::Body, cells }
        })
        .collect();
    let mut columns = vec![
        Column::ordinal("TT", 0.6),
        Column::new(UNIT, "Đơn vị", 2.0, Align::Left),
        Column::new(SHARE, "%", 0.9, Align::Right),
    ];
    columns.extend(target.map(|_| Column::new(TARGET, "Mục tiêu %", 0.9, Align::Right)));
    Table {
        id: in_order_of(id),
        caption: Some(format!(
            "{id} {}: {}",
            result.indicator.title,
            directed::in_order(result.indicator.direction)
        )),
        columns,
        rows,
        notes: Vec::new(),
    }
}

fn chart(units: &[&UnitState], result: &IndicatorResult) -> Chart {
    let table = in_order_of(&result.indicator.id);
    let name = format!("{} {}", result.indicator.id, result.indicator.short_title);
    let against = if result.target.is_some() { " so với mục tiêu" } else { "; chưa ghi mục tiêu" };
    let in_order = directed::in_order(result.indicator.direction);
    Chart {
        id: table.to_string(),
        caption: format!("{name}: các đơn vị {in_order}{against} (%)"),
        alternative: "Số liệu của biểu đồ ở bảng ngay phía trên.".into(),
        kind: ChartKind::Ranking(Run {
            table,
            rows: (row_id(1), row_id(units.len())),
            label: UNIT,
            value: SHARE,
            target: result.target.map(|_| TARGET),
        }),
    }
}
