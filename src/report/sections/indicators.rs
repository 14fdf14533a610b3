//! Indicators against their targets, every total, percentage and verdict a live formula over the figures.

use crate::consolidate::history::workbook::{
    EXPECTED_HEAD, HIGHEST_HEAD, INDICATOR_HEAD, LOWEST_HEAD, NOT_JUDGED, REPORTED_HEAD, VERDICT_HEAD,
};
use crate::consolidate::{Derived, Figure, IndicatorResult, Range};
use crate::domain::IndicatorKind;
use crate::report::derived::formula;
use crate::report::directed;
use crate::report::format::{self, percent_places, plain};
use crate::report::gaps::{self, UNKNOWN};
use crate::report::leads;
use crate::report::model::{
    Align, Block, Cell, Column, ColumnKey, ColumnRef, Formula, Operator, Place, Role, Row, RowKey, Section,
    Shown, Table, Tone,
};
use crate::report::reservations;
use crate::report::scene::Scene;
use crate::report::tables::{figures, gaps as table, indicators};
use crate::report::targets::{self, OPEN_TARGET};
use crate::report::wording::{handover_notes, made_notes, roster_notes, tone};
use rust_decimal::Decimal;

pub(super) fn section(scene: &Scene<'_>) -> Section {
    let territory = &scene.frame().names.territory;
    let bounds = format!("Khoảng giá trị của {territory} nếu tính cả số liệu còn thiếu");
    let bounds = bounds.as_str();
    let columns = vec![
        Column::new("so", INDICATOR_HEAD, 0.6, Align::Center),
        Column::new(indicators::TITLE, "Chỉ tiêu", 5.6, Align::Left),
        Column::new("nam-muc-tieu", "Năm", 0.7, Align::Center).under("Mục tiêu"),
        Column::new(indicators::TARGET, "%", 0.8, Align::Right).under("Mục tiêu"),
        Column::new(indicators::NATIONAL, "Quốc gia %", 0.9, Align::Right).under("Mục tiêu"),
        Column::new(indicators::NUMERATOR, "Số đạt", 1.2, Align::Right).under("Kết quả"),
        Column::new(indicators::DENOMINATOR, "Tổng số", 1.2, Align::Right).under("Kết quả"),
        Column::new(indicators::PERCENT, "%", 0.9, Align::Right).under("Kết quả"),
        Column::new("can", "Số cần đạt", 1.2, Align::Right),
        Column::new(indicators::VERDICT, VERDICT_HEAD, 1.5, Align::Center),
        Column::new(indicators::REPORTED, REPORTED_HEAD, 0.6, Align::Right).under("Đủ số liệu"),
        Column::new(indicators::EXPECTED, EXPECTED_HEAD, 0.7, Align::Right).under("Đủ số liệu"),
        Column::new(indicators::OPEN_DENOMINATOR, "Mẫu số của đơn vị thiếu", 1.2, Align::Right).under(bounds),
        Column::new(indicators::OPEN_LOWEST, "Tử số thêm thấp nhất", 1.1, Align::Right).under(bounds),
        Column::new(indicators::OPEN_HIGHEST, "Tử số thêm cao nhất", 1.1, Align::Right).under(bounds),
        Column::new(indicators::LOWEST, LOWEST_HEAD, 0.9, Align::Right).under(bounds),
        Column::new(indicators::HIGHEST, HIGHEST_HEAD, 0.9, Align::Right).under(bounds),
        Column::new(indicators::LAST_YEAR, "Năm trước %", 0.9, Align::Right),
        Column::new(indicators::LACKING, "Còn thiếu", 2.4, Align::Left),
        Column::new("luu-y", "Lưu ý về số liệu đã nhận", 2.6, Align::Left),
    ];
    let mut rows = Vec::new();
    let results = &scene.results.indicators;
    for group in &scene.plan.groups {
        let results: Vec<&IndicatorResult> =
            results.iter().filter(|result| result.indicator.group == group.id).collect();
        if results.is_empty() {
            continue;
        }
        let title = Cell::text(format!("{}. {}", group.id, group.title));
        rows.push(Row { id: format!("nhom-{}", group.id).into(), role: Role::Group, cells: vec![title] });
        rows.extend(results.into_iter().map(|result| row(scene, result)));
    }
    let mut notes = vec![
        format!(
            "Tỷ lệ của {territory} bằng tổng số đạt chia tổng số của các đơn vị đã có đủ hai số (chỉ tiêu đếm đơn vị: chia số đơn vị được xét), không phải trung bình các tỷ lệ."
        ),
        reservations::of_references(scene),
        "“Chưa xác định”: đạt hay không còn phụ thuộc số liệu còn thiếu.".into(),
    ];
    let lower = directed::lower_ones(scene);
    if !lower.is_empty() {
        notes.push(format!(
            "Chỉ tiêu {}: “Số đạt” là số được đếm, “Số cần đạt” là số nhiều nhất còn trong mục tiêu.",
            lower.join(", ")
        ));
    }
    notes.extend(roster_notes(scene));
    notes.extend(made_notes(scene));
    notes.extend(handover_notes(scene));
    notes.extend(targets::notes(scene));
    notes.extend(targets::national_notes(scene));
    let mut table = Table { id: indicators::TABLE, caption: None, columns, rows, notes };
    if results.iter().all(|result| targets::national(result, scene.results.year).is_none()) {
        table = table.without(&indicators::NATIONAL);
    }
    Section {
        id: "chi-tieu".into(),
        title: format!("KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU NĂM {}", scene.results.year),
        place: Place::Sheet,
        sheet: Some(indicators::SHEET.into()),
        blocks: vec![Block::Table(table)],
    }
}

fn row(scene: &Scene<'_>, result: &IndicatorResult) -> Row {
    let mut cells = vec![Cell::text(result.indicator.id.to_string()), Cell::text(&result.indicator.title)];
    cells.extend(target_cells(result));
    cells.push(national_cell(scene, result));
    cells.extend(result_cells(scene, result));
    cells.push(gaps::coverage(result));
    cells.push(Cell::count(result.coverage.expected as u64));
    cells.extend(open_cells(result));
    cells.extend(bound_cells(result));
    cells.push(result.last_year.map_or_else(dash, |last| Cell::plain(format::past(&last))));
    cells.push(gaps::lacking(scene, result));
    cells.push(Cell::text(reservations::of_figures(scene, result)));
    Row { id: (&result.indicator.id).into(), role: Role::Body, cells }
}

fn dash() -> Cell {
    Cell::plain(Shown::Missing("–".into()))
}

/// Year and percentage of the target.
fn target_cells(result: &IndicatorResult) -> [Cell; 2] {
    match result.target {
        Some((year, target)) => {
            [Cell::text(year.to_string()), Cell::plain(Shown::Percent(target, target.scale()))]
        }
        // Whoever writes a number over the words has the result judged by it.
        None => [Cell::plain(Shown::Blank), Cell::plain(Shown::Missing(OPEN_TARGET.into()))],
    }
}

/// The nation's target, with its year where that is not the year of the one that judges.
fn national_cell(scene: &Scene<'_>, result: &IndicatorResult) -> Cell {
    let Some((year, percent)) = targets::national(result, scene.results.year) else {
        return Cell::plain(Shown::Blank);
    };
    match result.target {
        Some((judged, _)) if judged != year => Cell::text(format!("{} ({year})", plain(percent))),
        _ => Cell::plain(Shown::Percent(percent, percent.scale())),
    }
}

/// Numerator, denominator, percentage, numerator needed, verdict.
fn result_cells(scene: &Scene<'_>, result: &IndicatorResult) -> [Cell; 5] {
    let id = &result.indicator.id;
    let sum = |value: Decimal, column: ColumnKey| {
        let cells = || Formula::Column(ColumnRef::new(figures::TABLE, column.clone()));
        let nobody = Formula::equal(Formula::numbers(cells()), Formula::number(0));
        let cell = if result.complete == 0 { dash() } else { Cell::count(value) };
        cell.follows(Formula::when(nobody, Formula::words("–"), Formula::Sum(vec![cells()])))
    };
    let numerator = sum(result.total.numerator, figures::numerator(id));
    let denominator = match result.indicator.kind {
        // A share of units is over the whole roster but for those that are not judged.
        IndicatorKind::ShareOfUnits { .. } => {
            let all = Formula::number(result.contributions.len() as u64);
            let count = |words: &str, rows: &(RowKey, RowKey)| {
                let states = Formula::Rows(table::cells(table::STATE, rows));
                Formula::CountEqual(Box::new(states), Box::new(Formula::words(words)))
            };
            let judged = |rows: (RowKey, RowKey)| {
                let others = Formula::Sum(vec![count(NOT_JUDGED, &rows), count(gaps::NOTHING, &rows)]);
                Formula::binary(all, Operator::Subtract, others)
            };
            let cell = Cell::count(result.total.denominator);
            match gaps::rows(result) {
                Some(rows) => cell.follows(judged(rows)),
                None => cell,
            }
        }
        _ => sum(result.total.denominator, figures::denominator(id)),
    };
    let percent =
        result.percent().map_or_else(dash, |percent| Cell::plain(Shown::Percent(percent, places(result))));
    let needed = result.needed.map_or_else(dash, Cell::count);
    let verdict = Cell::text(result.verdict.vietnamese()).toned(tone(result.verdict));
    let [to_numerator, to_denominator] = leads::first_leads(scene, result);
    [
        numerator.leads_to(to_numerator.clone()),
        denominator.leads_to(to_denominator),
        following(percent, Derived::Percent, result).leads_to(to_numerator),
        following(needed, Derived::Needed, result),
        following(verdict, Derived::Verdict, result),
    ]
}

/// What the incomplete pairs can add: to the denominator, and at least and at most to the numerator.
fn open_cells(result: &IndicatorResult) -> [Cell; 3] {
    let unknown = || Cell::plain(Shown::Missing(UNKNOWN.into())).toned(Tone::Open);
    let cell = |pick: fn(Range) -> Decimal| result.open.map(pick).map_or_else(unknown, Cell::count);
    let cells = [cell(|range| range.denominator), cell(|range| range.lowest), cell(|range| range.highest)];
    let Some(rows) = gaps::rows(result) else { return cells };
    let sizes = || Formula::Rows(table::cells(table::SIZE, &rows));
    let bounded = |formula: Formula| Formula::when(some_unknown(&rows), Formula::words(UNKNOWN), formula);
    let [denominator, lowest, highest] = cells;
    let sum = || bounded(Formula::Sum(vec![sizes()]));
    let denominator = match result.indicator.kind {
        // All units are counted from the start.
        IndicatorKind::ShareOfUnits { .. } => denominator,
        _ => denominator.follows(sum()),
    };
    [denominator, lowest.follows(bounded(Formula::number(0))), highest.follows(sum())]
}

/// Whether the size of an incomplete pair is unknown.
fn some_unknown(rows: &(RowKey, RowKey)) -> Formula {
    Formula::binary(of_unknown_size(rows), Operator::AtLeast, Formula::number(1))
}

fn of_unknown_size(rows: &(RowKey, RowKey)) -> Formula {
    let sizes = Formula::Rows(table::cells(table::SIZE, rows));
    Formula::CountEqual(Box::new(sizes), Box::new(Formula::words(UNKNOWN)))
}

/// The lowest and the highest possible result.
fn bound_cells(result: &IndicatorResult) -> [Cell; 2] {
    [Derived::Lowest, Derived::Highest].map(|of| {
        let bound = result.derived(of).percent();
        let cell = bound.map_or_else(dash, |bound| Cell::plain(Shown::Percent(bound, places(result))));
        following(cell, of, result)
    })
}

fn places(result: &IndicatorResult) -> u32 {
    percent_places(result.total, result.aim())
}

/// The cell as it follows by the calculation that gave its value, where there is one.
fn following(cell: Cell, of: Derived, result: &IndicatorResult) -> Cell {
    let id = &result.indicator.id;
    let at = |column| Formula::Cell(indicators::cell(id, column));
    let figure = |figure: Figure| match figure {
        Figure::Complete => {
            Formula::numbers(Formula::Column(ColumnRef::new(figures::TABLE, figures::numerator(id))))
        }
        Figure::Numerator => at(indicators::NUMERATOR),
        Figure::Denominator => at(indicators::DENOMINATOR),
        Figure::Target => at(indicators::TARGET),
        Figure::OpenDenominator => at(indicators::OPEN_DENOMINATOR),
        Figure::OpenLowest => at(indicators::OPEN_LOWEST),
        Figure::OpenHighest => at(indicators::OPEN_HIGHEST),
        Figure::OfUnknownSize => gaps::rows(result).map_or(Formula::number(0), |rows| of_unknown_size(&rows)),
        Figure::Pairs => Formula::number(result.contributions.len() as u64),
        Figure::NotJudged => gaps::rows(result).map_or(Formula::number(0), |rows| {
            let states = Formula::Rows(table::cells(table::STATE, &rows));
            Formula::CountEqual(Box::new(states), Box::new(Formula::words(NOT_JUDGED)))
        }),
    };
    match result.calculation(of) {
        Some(calculation) => cell.follows(formula(calculation, &figure)),
        None => cell,
    }
}
