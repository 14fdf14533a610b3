//! Indicators against their targets, every total, percentage and verdict a live formula over the figures.

use crate::consolidate::{IndicatorResult, Range, UnitFigure, Verdict};
use crate::domain::{IndicatorKind, Ratio};
use crate::report::format::percent_places;
use crate::report::leads;
use crate::report::model::{
    Align, Block, Cell, Column, Formula, Operator, Place, Role, Row, Section, Table, Tone, Value,
};
use crate::report::scene::Scene;
use crate::report::tables::{DENOMINATOR, FIGURES, INDICATORS, NUMERATOR};
use crate::report::wording::{roster_notes, tone};
use rust_decimal::Decimal;

pub(super) fn section(scene: &Scene<'_>) -> Section {
    let territory = &scene.plan.names.territory;
    let bounds = format!("Khoảng giá trị của {territory} nếu tính cả đơn vị chưa báo cáo");
    let bounds = bounds.as_str();
    let columns = vec![
        Column::new("so", "Số", 0.6, Align::Center),
        Column::new("ten", "Chỉ tiêu", 5.6, Align::Left),
        Column::new("nam-muc-tieu", "Năm", 0.7, Align::Center).under("Mục tiêu"),
        Column::new("muc-tieu", "%", 0.8, Align::Right).under("Mục tiêu"),
        Column::new("tu", "Số đạt", 1.2, Align::Right).under("Kết quả"),
        Column::new("mau", "Tổng số", 1.2, Align::Right).under("Kết quả"),
        Column::new("ty-le", "%", 0.9, Align::Right).under("Kết quả"),
        Column::new("can", "Số cần đạt", 1.2, Align::Right),
        Column::new("danh-gia", "Đánh giá", 1.5, Align::Center),
        Column::new("co", "Có", 0.6, Align::Right).under("Đã báo cáo"),
        Column::new("phai", "Phải có", 0.7, Align::Right).under("Đã báo cáo"),
        Column::new("them-mau", "Mẫu số của đơn vị thiếu", 1.2, Align::Right).under(bounds),
        Column::new("them-tu-thap", "Tử số thêm thấp nhất", 1.1, Align::Right).under(bounds),
        Column::new("them-tu-cao", "Tử số thêm cao nhất", 1.1, Align::Right).under(bounds),
        Column::new("thap", "Thấp nhất %", 0.9, Align::Right).under(bounds),
        Column::new("cao", "Cao nhất %", 0.9, Align::Right).under(bounds),
        Column::new("nam-truoc", "Năm trước %", 0.9, Align::Right),
    ];
    let mut rows = Vec::new();
    for group in &scene.plan.groups {
        let results: Vec<(&IndicatorResult, String)> =
            scene.indicators().filter(|(result, _)| result.indicator.group == group.id).collect();
        if results.is_empty() {
            continue;
        }
        let title = Cell::text(format!("{}. {}", group.id, group.title));
        rows.push(Row { id: format!("nhom-{}", group.id).into(), role: Role::Group, cells: vec![title] });
        rows.extend(results.into_iter().map(|(result, id)| row(scene, result, &id)));
    }
    let mut notes = vec![
        format!("Tỷ lệ của {territory} bằng tổng số đạt chia tổng số của các đơn vị đã báo cáo, không phải trung bình các tỷ lệ."),
        "Đơn vị chưa báo cáo được tính vào khoảng giá trị bằng mẫu số năm trước, nếu không có thì bằng số tham chiếu trong kế hoạch.".into(),
        "“Chưa xác định”: đạt hay không còn phụ thuộc các đơn vị chưa báo cáo.".into(),
    ];
    notes.extend(roster_notes(scene));
    let table = Table { id: INDICATORS.into(), caption: None, columns, rows, notes };
    Section {
        id: "chi-tieu".into(),
        title: format!("KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU NĂM {}", scene.results.year),
        place: Place::Sheet,
        sheet: Some("Chỉ tiêu".into()),
        blocks: vec![Block::Table(table)],
    }
}

fn row(scene: &Scene<'_>, result: &IndicatorResult, id: &str) -> Row {
    let row = result.indicator.id.to_string();
    let at = |column: &str| Formula::cell(INDICATORS, &row, column);
    let target = result.target.map(|(_, percent)| percent);
    let places = percent_places(result.total, target);
    let column = |suffix: &str| Formula::Column(FIGURES.into(), format!("{id}{suffix}").into());
    let is_share = matches!(result.indicator.kind, IndicatorKind::ShareOfUnits { .. });
    let no_standard = result.verdict == Verdict::NoStandard;
    let extra = extra(result);

    let numerator = Cell::count(result.total.numerator).follows(Formula::Sum(vec![column(NUMERATOR)]));
    // A share of units is over the whole roster, so its denominator does not follow from who reported.
    let denominator = match is_share {
        true => Cell::count(result.total.denominator),
        false => Cell::count(result.total.denominator).follows(Formula::Sum(vec![column(DENOMINATOR)])),
    };
    let percent =
        |value: Option<Decimal>| value.map_or(Value::Missing("–".into()), |p| Value::Percent(p, places));
    let text = |text: &str| Formula::Text(text.into());
    let counted = Formula::CountNumbers(Box::new(column(NUMERATOR)));
    let nothing = |otherwise: Formula| {
        let none_counted = Formula::binary(counted.clone(), Operator::Equal, Formula::Number(0.into()));
        let none_there = Formula::binary(at("mau"), Operator::Equal, Formula::Number(0.into()));
        let otherwise = Formula::when(none_there, text("–"), otherwise);
        Formula::when(none_counted, text("–"), otherwise)
    };
    let hundred = || Formula::Number(100.into());
    let ratio_percent = |n: Formula, d: Formula| {
        Formula::binary(Formula::binary(n, Operator::Divide, d), Operator::Multiply, hundred())
    };
    let follows = |cell: Cell, formula: Formula| if no_standard { cell } else { cell.follows(formula) };

    let result_percent =
        follows(Cell::of(percent(result.percent())), nothing(ratio_percent(at("tu"), at("mau"))));
    let needed = match (result.needed, target) {
        (Some(needed), Some(_)) => {
            let product = Formula::binary(at("muc-tieu"), Operator::Multiply, at("mau"));
            let exact = Formula::binary(product, Operator::Divide, hundred());
            Cell::count(needed).follows(Formula::Ceil(Box::new(exact)))
        }
        _ => Cell::of(Value::Missing("–".into())),
    };
    let verdict = verdict_cell(result, &at, &nothing, extra.is_some());
    let (lower, upper) = result.bounds();
    let bound = |value: Decimal, numerator_column: &str| {
        if no_standard {
            return Cell::of(Value::Missing("–".into()));
        }
        let cell = Cell::of(Value::Percent(value, places));
        let n = Formula::binary(at("tu"), Operator::Add, at(numerator_column));
        let d = Formula::binary(at("mau"), Operator::Add, at("them-mau"));
        let empty = Formula::binary(d.clone(), Operator::Equal, Formula::Number(0.into()));
        match extra {
            Some(extra) if !(result.total.denominator + extra.denominator).is_zero() => {
                cell.follows(Formula::when(empty, text("–"), ratio_percent(n, d)))
            }
            _ => cell,
        }
    };
    let unknown = || Cell::of(Value::Missing("không rõ".into())).toned(Tone::Open);
    let extra_cell =
        |pick: fn(Range) -> Decimal| extra.map_or_else(unknown, |extra| Cell::count(pick(extra)));
    let [to_numerator, to_denominator] = leads::first_leads(scene, result);
    let cells = vec![
        Cell::text(&row),
        Cell::text(&result.indicator.title),
        result.target.map_or(Cell::of(Value::Blank), |(year, _)| Cell::text(year.to_string())),
        target.map_or(Cell::of(Value::Blank), |t| Cell::of(Value::Percent(t, t.scale()))),
        numerator.leads_to(to_numerator.clone()),
        denominator.leads_to(to_denominator),
        result_percent.leads_to(to_numerator),
        needed,
        verdict,
        Cell::count(result.coverage.reported as u64),
        Cell::count(result.coverage.expected as u64),
        extra_cell(|extra| extra.denominator),
        extra_cell(|extra| extra.lowest),
        extra_cell(|extra| extra.highest),
        bound(lower, "them-tu-thap"),
        bound(upper, "them-tu-cao"),
        result.last_year.map_or(Cell::of(Value::Missing("–".into())), |p| Cell::of(Value::Percent(p, 2))),
    ];
    Row { id: row.into(), role: Role::Body, cells }
}

/// Reached whatever the missing say; not reached whatever they say; otherwise open.
fn verdict_cell(
    result: &IndicatorResult,
    at: &dyn Fn(&str) -> Formula,
    nothing: &dyn Fn(Formula) -> Formula,
    bounded: bool,
) -> Cell {
    let cell = Cell::text(result.verdict.vietnamese()).toned(tone(result.verdict));
    if result.verdict == Verdict::NoStandard || result.target.is_none() {
        return cell;
    }
    let word = |verdict: Verdict| Formula::Text(verdict.vietnamese().into());
    let compare = |numerator: &str, operator: Operator| {
        let n = Formula::binary(at("tu"), Operator::Add, at(numerator));
        let d = Formula::binary(at("mau"), Operator::Add, at("them-mau"));
        let left = Formula::binary(n, Operator::Multiply, Formula::Number(100.into()));
        Formula::binary(left, operator, Formula::binary(at("muc-tieu"), Operator::Multiply, d))
    };
    let judged = if bounded {
        Formula::when(
            compare("them-tu-thap", Operator::AtLeast),
            word(Verdict::Met),
            Formula::when(
                compare("them-tu-cao", Operator::Below),
                word(Verdict::NotMet),
                word(Verdict::Depends),
            ),
        )
    } else {
        word(Verdict::Depends)
    };
    // Where nothing was counted the other formulas show a dash; the verdict says it in words.
    let formula = match nothing(judged) {
        Formula::If(none, _, otherwise) => match *otherwise {
            Formula::If(empty, _, judged) => Formula::If(
                none,
                Box::new(word(Verdict::NoData)),
                Box::new(Formula::If(empty, Box::new(word(Verdict::NoData)), judged)),
            ),
            other => other,
        },
        other => other,
    };
    cell.follows(formula)
}

/// What the pairs that are not complete can add at least and at most; `None` when some size is unknown.
fn extra(result: &IndicatorResult) -> Option<Range> {
    let is_share = matches!(result.indicator.kind, IndicatorKind::ShareOfUnits { .. });
    let open =
        result.contributions.iter().filter(|c| matches!(c.status, UnitFigure::Missing | UnitFigure::Partial));
    let zero = Range { lowest: Decimal::ZERO, highest: Decimal::ZERO, denominator: Decimal::ZERO };
    open.map(|c| c.range).try_fold(zero, |sum, range| {
        let range = range?;
        let added = Ratio::of(sum.lowest, sum.denominator).plus(Ratio::of(range.lowest, range.denominator));
        Some(Range {
            lowest: added.numerator,
            highest: sum.highest + range.highest,
            // The roster already counts every unit.
            denominator: if is_share { Decimal::ZERO } else { added.denominator },
        })
    })
}
