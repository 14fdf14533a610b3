//! The first sheet: what a leader should see first.

mod attention;

use crate::check::UnitStatus;
use crate::consolidate::{Derived, IndicatorResult, Outcome, Pace, Verdict};
use crate::domain::Year;
use crate::finding::count_by_severity;
use crate::report::bars;
use crate::report::directed;
use crate::report::format::{self, date, percent_places};
use crate::report::leads::first_leads;
use crate::report::model::{
    Align, Bar, BarCells, Block, Cell, Column, ColumnKey, ColumnRef, Formula, Function, KeyFigure, Operator,
    Picture, Place, Role, Row, Section, Shown, Table, TableKey, Tone,
};
use crate::report::scene::Scene;
use crate::report::tables::indicators;
use crate::report::targets::{self, OPEN_TARGET};
use crate::report::wording::{estimated_note, tone};

/// Id of the table of indicators.
const TABLE: TableKey = TableKey::fixed("tong-quan");
/// Its columns that others point at.
const RESULT: ColumnKey = ColumnKey::fixed("ket-qua");
const TITLE: ColumnKey = ColumnKey::fixed("ten");
const TARGET: ColumnKey = ColumnKey::fixed("muc-tieu");
const VERDICT: ColumnKey = ColumnKey::fixed("danh-gia");
const HIGHEST: ColumnKey = ColumnKey::fixed("cao");

pub(super) fn section(scene: &Scene<'_>) -> Section {
    let results = scene.results;
    let explained = format!("{}. Số liệu chốt ngày {}.", scene.frame().title, date(results.as_of));
    Section {
        id: "tong-quan".into(),
        title: format!(
            "TỔNG QUAN KẾT QUẢ {} {} NĂM {}",
            scene.frame().names.scheme_in_capitals(),
            scene.frame().province.to_uppercase(),
            results.year
        ),
        place: Place::Sheet,
        sheet: Some("Tổng quan".into()),
        blocks: vec![
            Block::paragraph(explained),
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
    let figure = |label: &str, count: u64, tone: Tone| {
        let tone = if count == 0 { Tone::Plain } else { tone };
        KeyFigure::new(label, Shown::Count(count.into()), tone)
    };
    let verdict = |label: &str, verdict: Verdict, tone: Tone| {
        let count = results.indicators.iter().filter(|r| r.verdict == verdict).count() as u64;
        let column = Formula::Column(ColumnRef::new(indicators::TABLE, indicators::VERDICT));
        let counted = Formula::CountEqual(Box::new(column), Box::new(Formula::words(verdict.vietnamese())));
        KeyFigure { live: Some((counted, tone)), ..figure(label, count, tone) }
    };
    let grave = count_by_severity(scene.findings)
        .into_iter()
        .filter(|(severity, _)| *severity >= crate::finding::Severity::Error)
        .map(|(_, count)| count as u64)
        .sum();
    let mut cards = vec![
        verdict("Chỉ tiêu đạt", Verdict::Met, Tone::Good),
        verdict("Chỉ tiêu chưa đạt", Verdict::NotMet, Tone::Bad),
        verdict("Chỉ tiêu chưa xác định", Verdict::Depends, Tone::Open),
        verdict("Chỉ tiêu chưa có số liệu", Verdict::NoData, Tone::Open),
        verdict("Chỉ tiêu chưa có tiêu chí", Verdict::NoStandard, Tone::Quiet),
    ];
    // All indicators are on the cards, also those that figures filled in by hand take from one card to another.
    if results.indicators.iter().any(|result| result.target.is_none()) {
        cards.push(verdict("Chỉ tiêu chưa ghi mục tiêu", Verdict::NoTarget, Tone::Quiet));
    }
    cards.extend([
        figure("Đơn vị gửi đúng hạn", units(UnitStatus::Reported), Tone::Good),
        figure("Đơn vị gửi muộn", units(UnitStatus::Late), Tone::Open),
        figure("Đơn vị chưa gửi", units(UnitStatus::Missing), Tone::Bad),
        figure("Đơn vị gửi tệp không dùng được", units(UnitStatus::Rejected), Tone::Bad),
        figure("Lỗi cần sửa", grave, Tone::Bad),
    ]);
    cards
}

fn table(scene: &Scene<'_>) -> Table {
    let lower = directed::lower_ones(scene);
    let to_gain = if lower.is_empty() {
        "Cần tăng mỗi năm (điểm %)"
    } else {
        "Cần tăng (hoặc giảm) mỗi năm (điểm %)"
    };
    let columns = vec![
        Column::new("so", "Số", 0.6, Align::Center),
        Column::new(TITLE, "Chỉ tiêu", 5.0, Align::Left),
        Column::new(RESULT, "Kết quả %", 1.1, Align::Right),
        Column::new("thanh", "Từ 0 đến 100%, vạch đậm: mục tiêu", 2.7, Align::Left),
        Column::new(TARGET, "Mục tiêu %", 0.95, Align::Right),
        Column::new(VERDICT, "Đánh giá", 1.6, Align::Center),
        Column::new("thap", "Thấp nhất %", 1.0, Align::Right),
        Column::new(HIGHEST, "Cao nhất %", 1.0, Align::Right),
        Column::new("bao-cao", "Đủ số liệu", 0.9, Align::Center),
        Column::new("nam-truoc", "Năm trước %", 1.0, Align::Right),
        Column::new("lo-trinh", "Theo lộ trình", 1.0, Align::Center),
        Column::new("moi-nam", to_gain, 1.1, Align::Right),
    ];
    let rows = scene
        .results
        .indicators
        .iter()
        .map(|result| {
            let follows = |column| Formula::Cell(indicators::cell(&result.indicator.id, column));
            let target = result.target.map(|(_, percent)| percent);
            let places = percent_places(result.total, result.aim());
            let percent = |p| Shown::Percent(p, places);
            let dash = || Shown::Missing("–".into());
            let open = || Shown::Missing(OPEN_TARGET.into());
            let bound = |bound: Outcome| Cell::plain(bound.percent().map_or_else(dash, percent));
            let [lead, _] = first_leads(scene, result);
            let cells = vec![
                Cell::text(result.indicator.id.to_string()),
                Cell::text(&result.indicator.short_title),
                Cell::plain(result.percent().map_or_else(dash, percent))
                    .follows(follows(indicators::PERCENT))
                    .leads_to(lead),
                Cell::plain(Shown::Blank).drawn(Picture::Bar(Box::new(bar(result)), None)),
                Cell::plain(target.map_or_else(open, |t| Shown::Percent(t, t.scale())))
                    .follows(follows(indicators::TARGET)),
                Cell::text(result.verdict.vietnamese())
                    .toned(tone(result.verdict))
                    .follows(follows(indicators::VERDICT)),
                bound(result.derived(Derived::Lowest)).follows(follows(indicators::LOWEST)),
                bound(result.derived(Derived::Highest)).follows(follows(indicators::HIGHEST)),
                indicators::coverage(result),
                Cell::plain(result.last_year.map_or_else(dash, |last| format::past(&last)))
                    .follows(follows(indicators::LAST_YEAR)),
                pace(result, &follows),
                step(result, scene.results.year, &follows),
            ];
            Row { id: (&result.indicator.id).into(), role: Role::Body, cells }
        })
        .collect();
    let open = scene.results.indicators.iter().any(|result| result.target.is_none());
    let grey = if open { ", xám: chưa ghi mục tiêu" } else { "" };
    let notes = vec![format!(
        "Thanh ngang: phần đậm là kết quả (xanh: đạt, đỏ: chưa đạt, vàng: chưa xác định{grey}), phần nhạt nối tiếp là mức cao nhất còn có thể đạt, vạch đen là mục tiêu."
    )];
    let mut notes = [notes, estimated_note(scene).into_iter().collect(), targets::notes(scene)].concat();
    if !lower.is_empty() {
        notes.push(format!("Cột “{to_gain}”: chỉ tiêu {} là số điểm cần giảm.", lower.join(", ")));
    }
    Table { id: TABLE, caption: Some("Các chỉ tiêu".into()), columns, rows, notes }
}

/// The result as a bar, beside the cells it follows.
fn bar(result: &IndicatorResult) -> Bar {
    let cells = BarCells {
        table: TABLE,
        row: (&result.indicator.id).into(),
        label: TITLE,
        value: RESULT,
        target: TARGET,
        highest: HIGHEST,
        verdict: VERDICT,
    };
    Bar { cells: Some(cells), ..bars::bar(result) }
}

/// Decimal places that count when a result is compared with its way.
const COMPARED: u64 = 6;

/// Where the result stands on the way to its target, whatever the figures that are missing turn out to be.
fn pace(result: &IndicatorResult, follows: &dyn Fn(ColumnKey) -> Formula) -> Cell {
    let cell = match result.trajectory.as_ref().map(|trajectory| trajectory.pace) {
        Some(Pace::Ahead) => Cell::text(AHEAD).toned(Tone::Good),
        Some(Pace::OnTrack) => Cell::text(ON_TRACK).toned(Tone::Good),
        Some(Pace::Behind) => Cell::text(BEHIND).toned(Tone::Bad),
        Some(Pace::Open) => Cell::text(UNCLEAR).toned(Tone::Open),
        None => Cell::plain(Shown::Missing("–".into())),
    };
    let Some(expected) = result.expected.filter(|_| result.target.is_some()) else { return cell };
    let round = |formula| Formula::Call(Function::Round, vec![formula, Formula::number(COMPARED)]);
    let direction = result.indicator.direction;
    let ends = direction.worst_first([indicators::LOWEST, indicators::HIGHEST]);
    let [worst, best] = ends.map(|column| round(follows(column)));
    let expected = || round(Formula::number(expected));
    let words = Formula::words;
    let behind = |figure: &Formula| Formula::binary(figure.clone(), directed::misses(direction), expected());
    let reached = Formula::when(Formula::equal(worst.clone(), expected()), words(ON_TRACK), words(AHEAD));
    let open = Formula::when(behind(&best), words(BEHIND), words(UNCLEAR));
    let judged = Formula::when(behind(&worst), open, reached);
    cell.follows(Formula::when(is_number(follows(indicators::PERCENT)), judged, words("–")))
}

const AHEAD: &str = "Vượt";
const ON_TRACK: &str = "Đúng";
const BEHIND: &str = "Chậm";
const UNCLEAR: &str = "Chưa rõ";

fn is_number(formula: Formula) -> Formula {
    Formula::Call(Function::IsNumber, vec![formula])
}

/// Points a year still lacking until the year of the target to come; nothing when no year is left or the result is open.
fn step(result: &IndicatorResult, now: Year, follows: &dyn Fn(ColumnKey) -> Formula) -> Cell {
    let dash = || Cell::plain(Shown::Missing("–".into()));
    let Some((year, percent)) = result.next.filter(|_| result.expected.is_some()) else {
        return dash();
    };
    let direction = result.indicator.direction;
    // What is to come after this year's own target stands in no cell.
    let wanted = || match result.target == result.next {
        true => follows(indicators::TARGET),
        false => Formula::number(percent),
    };
    let step = result.trajectory.as_ref().and_then(|trajectory| trajectory.yearly_step);
    let years = Formula::number((year - now) as u64);
    let lacking = directed::gain(direction, follows(indicators::PERCENT), wanted());
    let each = Formula::binary(lacking, Operator::Divide, years);
    let reached = Formula::binary(follows(indicators::PERCENT), directed::reaches(direction), wanted());
    let needed = Formula::when(reached, Formula::number(0), each);
    let settled = Formula::equal(follows(indicators::LOWEST), follows(indicators::HIGHEST));
    let step_if_settled = Formula::when(settled, needed, Formula::words("–"));
    let formula =
        Formula::when(is_number(follows(indicators::PERCENT)), step_if_settled, Formula::words("–"));
    step.map_or_else(dash, |step| Cell::plain(Shown::Percent(step, 2))).follows(formula)
}
