//! The first sheet: what a leader should see first.

mod attention;

use crate::check::UnitStatus;
use crate::consolidate::{IndicatorResult, Pace, Verdict};
use crate::finding::count_by_severity;
use crate::report::bars;
use crate::report::format::{self, date, percent_places};
use crate::report::leads::first_leads;
use crate::report::model::{
    Align, Block, Cell, Column, ColumnKey, Formula, Function, KeyFigure, Operator, Place, Role, Row, Section,
    Shown, Table, TableKey, Tone,
};
use crate::report::scene::Scene;
use crate::report::tables::indicators;
use crate::report::wording::tone;
use rust_decimal::{Decimal, RoundingStrategy};

/// Id of the table of indicators.
const TABLE: TableKey = TableKey::fixed("tong-quan");
/// Column of the results.
const RESULT: ColumnKey = ColumnKey::fixed("ket-qua");

pub(super) fn section(scene: &Scene<'_>) -> Section {
    let results = scene.results;
    let explained = format!("{}. Số liệu chốt ngày {}.", scene.plan.title, date(results.as_of));
    Section {
        id: "tong-quan".into(),
        title: format!(
            "TỔNG QUAN KẾT QUẢ {} {} NĂM {}",
            scene.plan.names.scheme_in_capitals(),
            scene.plan.province.to_uppercase(),
            results.year
        ),
        place: Place::Sheet,
        sheet: Some("Tổng quan".into()),
        blocks: vec![
            Block::Paragraph(explained),
            Block::KeyFigures(key_figures(scene)),
            Block::Table(table(scene)),
            Block::Chart(bars::against_targets(scene)),
            Block::Table(attention::table(scene)),
        ],
    }
}

fn key_figures(scene: &Scene<'_>) -> Vec<KeyFigure> {
    let results = scene.results;
    let units = |status: UnitStatus| results.units.iter().filter(|unit| unit.status == status).count() as u64;
    let verdicts =
        |verdict: Verdict| results.indicators.iter().filter(|r| r.verdict == verdict).count() as u64;
    let figure = |label: &str, count: u64, tone: Tone| KeyFigure {
        label: label.into(),
        value: Shown::Count(count.into()),
        tone: if count == 0 { Tone::Plain } else { tone },
    };
    let grave = count_by_severity(scene.findings)
        .into_iter()
        .filter(|(severity, _)| *severity >= crate::finding::Severity::Error)
        .map(|(_, count)| count as u64)
        .sum();
    vec![
        figure("Chỉ tiêu đạt", verdicts(Verdict::Met), Tone::Good),
        figure("Chỉ tiêu chưa đạt", verdicts(Verdict::NotMet), Tone::Bad),
        figure("Chỉ tiêu chưa xác định", verdicts(Verdict::Depends), Tone::Open),
        figure("Chỉ tiêu chưa có số liệu", verdicts(Verdict::NoData), Tone::Open),
        figure("Đơn vị báo cáo đúng hạn", units(UnitStatus::Reported), Tone::Good),
        figure("Đơn vị báo cáo muộn", units(UnitStatus::Late), Tone::Open),
        figure("Đơn vị chưa báo cáo", units(UnitStatus::Missing) + units(UnitStatus::Rejected), Tone::Bad),
        figure("Lỗi cần sửa", grave, Tone::Bad),
    ]
}

fn table(scene: &Scene<'_>) -> Table {
    let columns = vec![
        Column::new("so", "Số", 0.6, Align::Center),
        Column::new("ten", "Chỉ tiêu", 4.4, Align::Left),
        Column::new("muc-tieu", "Mục tiêu %", 1.0, Align::Right),
        Column::new(RESULT, "Kết quả %", 1.1, Align::Right),
        Column::new("thap", "Thấp nhất %", 1.1, Align::Right),
        Column::new("cao", "Cao nhất %", 1.1, Align::Right),
        Column::new("nam-truoc", "Năm trước %", 1.1, Align::Right),
        Column::new("danh-gia", "Đánh giá", 1.6, Align::Center),
        Column::new("thanh", "0 – 100%", 1.5, Align::Left),
        Column::new("lo-trinh", "Theo lộ trình", 1.2, Align::Center),
        Column::new("moi-nam", "Cần tăng mỗi năm (điểm %)", 1.1, Align::Right),
        Column::new("bao-cao", "Đủ số liệu", 1.1, Align::Center),
    ];
    let rows = scene
        .results
        .indicators
        .iter()
        .map(|result| {
            let follows = |column| Formula::Cell(indicators::cell(&result.indicator.id, column));
            let target = result.target.map(|(_, percent)| percent);
            let places = percent_places(result.total, target);
            let percent = |p| Shown::Percent(p, places);
            let dash = || Shown::Missing("–".into());
            let bounds = (result.verdict != Verdict::NoStandard).then(|| result.bounds());
            let bound = |bound: Option<Decimal>| Cell::plain(bound.map_or_else(dash, percent));
            let [lead, _] = first_leads(scene, result);
            let cells = vec![
                Cell::text(result.indicator.id.to_string()),
                Cell::text(&result.indicator.short_title),
                target.map_or(Cell::plain(Shown::Blank), |t| {
                    Cell::plain(Shown::Percent(t, t.scale())).follows(follows(indicators::TARGET))
                }),
                Cell::plain(result.percent().map_or_else(dash, percent))
                    .follows(follows(indicators::PERCENT))
                    .leads_to(lead),
                bound(bounds.map(|(lower, _)| lower)).follows(follows(indicators::LOWEST)),
                bound(bounds.map(|(_, upper)| upper)).follows(follows(indicators::HIGHEST)),
                Cell::plain(result.last_year.map_or_else(dash, |last| format::past(&last)))
                    .follows(follows(indicators::LAST_YEAR)),
                Cell::text(result.verdict.vietnamese())
                    .toned(tone(result.verdict))
                    .follows(follows(indicators::VERDICT)),
                bar(result),
                pace(result),
                step(result, &follows),
                Cell::text(format!("{}/{}", result.coverage.reported, result.coverage.expected)),
            ];
            Row { id: (&result.indicator.id).into(), role: Role::Body, cells }
        })
        .collect();
    Table { id: TABLE, caption: Some("Các chỉ tiêu".into()), columns, rows, notes: Vec::new() }
}

/// How many boxes a whole bar has.
const BOXES: u64 = 10;

/// The result as a row of boxes, one for ten percent: read without colour and on every program.
fn bar(result: &IndicatorResult) -> Cell {
    let at = Formula::cell(TABLE, &result.indicator.id, RESULT);
    let call = |function, arguments| Formula::Call(function, arguments);
    let tenth = Formula::binary(at.clone(), Operator::Divide, Formula::number(BOXES));
    let full = call(Function::Round, vec![tenth, Formula::number(0)]);
    let rest = Formula::binary(Formula::number(BOXES), Operator::Subtract, full.clone());
    let boxes = |mark: &str, count| call(Function::Repeat, vec![Formula::words(mark), count]);
    let drawn = Formula::binary(boxes("■", full), Operator::Join, boxes("□", rest));
    let is_number = call(Function::IsNumber, vec![at]);
    let shown = result.percent().map_or(Shown::Blank, |percent| {
        let tenth = percent / Decimal::from(BOXES);
        let full = tenth.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        let full = usize::try_from(full.trunc().mantissa()).unwrap_or_default().min(BOXES as usize);
        Shown::Text(("■".repeat(full) + &"□".repeat(BOXES as usize - full)).into())
    });
    Cell::plain(shown).follows(Formula::when(is_number, drawn, Formula::words("")))
}

/// Where the result stands on the way to its target.
fn pace(result: &IndicatorResult) -> Cell {
    match result.trajectory.as_ref().map(|trajectory| trajectory.pace) {
        Some(Pace::Ahead) => Cell::text("Vượt").toned(Tone::Good),
        Some(Pace::OnTrack) => Cell::text("Đúng").toned(Tone::Good),
        Some(Pace::Behind) => Cell::text("Chậm").toned(Tone::Bad),
        Some(Pace::Open) => Cell::text("Chưa rõ").toned(Tone::Open),
        None => Cell::plain(Shown::Missing("–".into())),
    }
}

/// Points a year still lacking until the target's year.
fn step(result: &IndicatorResult, follows: &dyn Fn(ColumnKey) -> Formula) -> Cell {
    let dash = || Cell::plain(Shown::Missing("–".into()));
    let Some((trajectory, (year, _))) = result.trajectory.as_ref().zip(result.target) else { return dash() };
    let Some(yearly_step) = trajectory.yearly_step else { return dash() };
    let years = Formula::number((year - trajectory.year) as u64);
    let lacking =
        Formula::binary(follows(indicators::TARGET), Operator::Subtract, follows(indicators::PERCENT));
    let each = Formula::binary(lacking.clone(), Operator::Divide, years);
    let reached =
        Formula::binary(follows(indicators::PERCENT), Operator::AtLeast, follows(indicators::TARGET));
    let is_number = Formula::Call(Function::IsNumber, vec![follows(indicators::PERCENT)]);
    let formula =
        Formula::when(is_number, Formula::when(reached, Formula::number(0), each), Formula::words("–"));
    Cell::plain(Shown::Percent(yearly_step, 2)).follows(formula)
}
