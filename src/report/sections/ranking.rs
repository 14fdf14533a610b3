//! The local units ranked by each indicator that they make up together: live places, and a chart in order with the target.

use crate::check::UnitState;
use crate::consolidate::{IndicatorResult, UnitFigure, UnitResult};
use crate::domain::{IndicatorKind, Percent, Ratio, Reporter, UnitCode};
use crate::report::format::percent_places;
use crate::report::model::{
    Align, Block, Cell, Chart, ChartKind, Column, Formula, Function, Operator, Place, Role, Row, Run,
    Section, Table, Value,
};
use crate::report::scene::Scene;
use crate::report::tables::{INDICATORS, MATRIX};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

const TABLE: &str = "xep-hang";
const MISSING: &str = "–";

/// The sheet; `None` when no indicator ranks at least two units.
pub(super) fn section(scene: &Scene<'_>) -> Option<Section> {
    let level = &scene.plan.levels.first()?.id;
    let units: Vec<&UnitState> = scene.results.units.iter().filter(|unit| unit.level == *level).collect();
    let ranked: Vec<Ranked<'_>> = scene
        .indicators()
        .filter(|(result, _)| ranks(result, level))
        .map(|(result, id)| Ranked::of(result, id, &units))
        .collect();
    if units.len() < 2 || ranked.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Table(places(&units, &ranked))];
    for indicator in &ranked {
        blocks.push(Block::Table(in_order(&units, indicator)));
        blocks.push(Block::Chart(chart(&units, indicator.result, &indicator.id)));
    }
    Some(Section {
        id: TABLE.into(),
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
    id: String,
    /// A unit's share, when it has one that can be ranked.
    shares: Vec<Option<Ratio>>,
    /// 1 for the highest; equal shares have equal places.
    places: Vec<Option<u64>>,
    /// Places without ties: among equals the roster's order decides.
    orders: Vec<Option<u64>>,
}

impl<'a> Ranked<'a> {
    fn of(result: &'a IndicatorResult, id: String, units: &[&UnitState]) -> Self {
        let known: HashMap<&UnitCode, &UnitResult> =
            result.by_unit.iter().map(|unit| (&unit.unit, unit)).collect();
        let share = |unit: &&UnitState| {
            let of_unit = known.get(&unit.code)?;
            let share = of_unit.share.filter(|share| !share.denominator.is_zero())?;
            (of_unit.status != UnitFigure::NoStandard).then_some(share)
        };
        let shares: Vec<Option<Ratio>> = units.iter().map(share).collect();
        let mut highest_first: Vec<(Percent, usize)> =
            shares.iter().enumerate().filter_map(|(at, share)| Some(((*share)?.percent()?, at))).collect();
        // Stable: equals stay in the roster's order.
        highest_first.sort_by(|(a, _), (b, _)| b.cmp(a));
        let (mut places, mut orders) = (vec![None; units.len()], vec![None; units.len()]);
        let mut place = 0;
        for (order, (percent, at)) in (1..).zip(&highest_first) {
            let is_equal = order > 1 && highest_first[order as usize - 2].0 == *percent;
            place = if is_equal { place } else { order };
            places[*at] = Some(place);
            orders[*at] = Some(order);
        }
        Ranked { result, id, shares, places, orders }
    }
}

fn places(units: &[&UnitState], ranked: &[Ranked<'_>]) -> Table {
    let mut columns =
        vec![Column::new("tt", "TT", 0.6, Align::Center), Column::new("don-vi", "Đơn vị", 2.0, Align::Left)];
    for Ranked { result, id, .. } in ranked {
        let over = format!("{} {}", result.indicator.id, result.indicator.short_title);
        columns.push(Column::new(&format!("{id}.ty-le"), "%", 0.9, Align::Right).under(&over));
        columns.push(Column::new(&format!("{id}.hang"), "Hạng", 0.7, Align::Right).under(&over));
        columns.push(Column::new(&format!("{id}.thu-tu"), "Thứ tự", 0.7, Align::Right).under(&over));
    }
    let first = units.first().map_or("", |unit| unit.code.as_str());
    let rows = units
        .iter()
        .enumerate()
        .map(|(i, unit)| {
            let code = unit.code.as_str();
            let mut cells = Vec::with_capacity(columns.len());
            cells.extend([Cell::count(i as u64 + 1), Cell::text(&unit.short_name)]);
            for Ranked { result, id, shares, places, orders } in ranked {
                let (percent, rank) = (format!("{id}.ty-le"), format!("{id}.hang"));
                let at = |column: &str| Formula::cell(TABLE, code, column);
                let source = Formula::cell(MATRIX, code, id);
                let missing = || Value::Missing(MISSING.into());
                let target = result.target.map(|(_, percent)| percent);
                let value = shares[i]
                    .and_then(|share| Some(Value::Percent(share.percent()?, percent_places(share, target))));
                cells.push(
                    Cell::of(value.unwrap_or_else(missing)).follows(Formula::filled(&NUMBER, [source])),
                );
                let all = Formula::Column(TABLE.into(), percent.as_str().into());
                cells.push(
                    Cell::of(places[i].map_or_else(missing, |n| Value::Count(n.into())))
                        .follows(Formula::filled(&RANK, [at(&percent), all])),
                );
                let so_far = Formula::Rows(TABLE.into(), percent.as_str().into(), first.into(), code.into());
                cells.push(
                    Cell::of(orders[i].map_or_else(missing, |n| Value::Count(n.into())))
                        .follows(Formula::filled(&ORDER, [at(&percent), at(&rank), so_far])),
                );
            }
            Row { id: code.into(), role: Role::Body, cells }
        })
        .collect();
    Table {
        id: TABLE.into(),
        caption: Some("Thứ hạng theo từng chỉ tiêu do các đơn vị báo cáo".into()),
        columns,
        rows,
        notes: vec![
            "Hạng: đơn vị bằng nhau cùng hạng. Thứ tự: dùng để xếp bảng và biểu đồ dưới đây, đơn vị bằng nhau xếp theo danh sách. “–” là chưa có số liệu.".into(),
        ],
    }
}

/// The number that is given.
static NUMBER: LazyLock<Arc<Formula>> = LazyLock::new(|| if_number(Formula::Given(0)));

/// The place of the first given among the second.
static RANK: LazyLock<Arc<Formula>> =
    LazyLock::new(|| if_number(Formula::Call(Function::Rank, vec![Formula::Given(0), Formula::Given(1)])));

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

fn ordered_id(id: &str) -> String {
    format!("{TABLE}-{id}")
}

fn row_id(place: usize) -> String {
    place.to_string()
}

/// The units from the highest to the lowest.
fn in_order(units: &[&UnitState], ranked: &Ranked<'_>) -> Table {
    let Ranked { result, id, shares, orders, .. } = ranked;
    let target = result.target.map(|(_, percent)| percent);
    let column_of = |part: &str| Formula::Column(TABLE.into(), format!("{id}.{part}").into());
    let mut on_place = vec![None; units.len() + 1];
    for (at, order) in orders.iter().enumerate() {
        on_place[order.unwrap_or_default() as usize] = order.map(|_| at);
    }
    let rows = (1..=units.len())
        .map(|k| {
            let number = Formula::number(k as u64);
            let at_place = on_place[k];
            let at =
                Formula::Call(Function::Match, vec![number.clone(), column_of("thu-tu"), Formula::number(0)]);
            let pick = |from: Formula| Formula::Call(Function::Index, vec![from, at.clone()]);
            let few = Formula::binary(Formula::numbers(column_of("thu-tu")), Operator::Below, number);
            let or_nothing = |then| Formula::when(few.clone(), Formula::words(""), then);
            let value = at_place
                .and_then(|at| shares[at])
                .and_then(|share| Some(Value::Percent(share.percent()?, percent_places(share, target))));
            let follows = Formula::cell(INDICATORS, result.indicator.id.to_string(), "muc-tieu");
            let cells = vec![
                Cell::count(k as u64),
                Cell::of(
                    at_place.map_or(Value::Blank, |at| Value::Text(units[at].short_name.as_str().into())),
                )
                .follows(or_nothing(pick(Formula::Column(TABLE.into(), "don-vi".into())))),
                Cell::of(value.unwrap_or(Value::Blank)).follows(or_nothing(pick(column_of("ty-le")))),
                target.map_or(Cell::of(Value::Blank), |target| {
                    Cell::of(Value::Percent(target, target.scale())).follows(follows)
                }),
            ];
            Row { id: row_id(k).into(), role: Role::Body, cells }
        })
        .collect();
    Table {
        id: ordered_id(id).into(),
        caption: Some(format!("{} {}: từ cao xuống thấp", result.indicator.id, result.indicator.title)),
        columns: vec![
            Column::new("tt", "TT", 0.6, Align::Center),
            Column::new("don-vi", "Đơn vị", 2.0, Align::Left),
            Column::new("ty-le", "%", 0.9, Align::Right),
            Column::new("muc-tieu", "Mục tiêu %", 0.9, Align::Right),
        ],
        rows,
        notes: Vec::new(),
    }
}

fn chart(units: &[&UnitState], result: &IndicatorResult, id: &str) -> Chart {
    let name = format!("{} {}", result.indicator.id, result.indicator.short_title);
    Chart {
        id: ordered_id(id),
        caption: format!("{name}: các đơn vị từ cao xuống thấp so với mục tiêu (%)"),
        alternative: "Số liệu của biểu đồ ở bảng ngay phía trên.".into(),
        kind: ChartKind::Ranking(Run {
            table: ordered_id(id),
            rows: (row_id(1), row_id(units.len())),
            label: "don-vi".into(),
            value: "ty-le".into(),
            target: "muc-tieu".into(),
        }),
    }
}
