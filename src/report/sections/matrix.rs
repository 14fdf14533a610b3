//! Indicator × unit: every unit's result at a glance.

use super::figures::{self, DENOMINATOR, NUMERATOR, of_unit};
use super::{NOT_JUDGED, Scene, column, indicators};
use crate::consolidate::{UnitFigure, UnitResult};
use crate::domain::{Indicator, IndicatorKind, Percent};
use crate::report::format::percent_places;
use crate::report::model::{
    Align, Block, Cell, Formula, Operator, Place, Role, Row, Section, Table, Tone, Value,
};

/// Id of the table.
pub(super) const TABLE: &str = "ma-tran";
/// Shown where a unit owes a figure and did not give it.
const MISSING: &str = "–";

pub(super) fn section(scene: &Scene<'_>) -> Section {
    let mut columns = vec![column("don-vi", "Đơn vị", 2.2, Align::Left)];
    for (result, id) in scene.indicators() {
        let title = format!("{} {}", result.indicator.id, result.indicator.short_title);
        columns.push(column(&id, &title, 1.15, Align::Right));
    }
    let mut rows: Vec<Row> = scene
        .results
        .units
        .iter()
        .filter(|unit| scene.results.indicators.iter().any(|result| of_unit(result, &unit.code).is_some()))
        .map(|unit| {
            let mut cells = vec![Cell::text(&unit.short_name)];
            for (result, id) in scene.indicators() {
                let target = result.target.map(|(_, percent)| percent);
                cells.push(match of_unit(result, &unit.code) {
                    None => Cell::of(Value::Blank),
                    Some(of_unit) => {
                        let [lead, _] = figures::leads(scene, result, &unit.code);
                        cell(&result.indicator, of_unit, target, &id).leads_to(lead)
                    }
                });
            }
            Row { id: (&unit.code).into(), role: Role::Body, cells }
        })
        .collect();
    let mut total = vec![Cell::text("Toàn tỉnh")];
    for (result, _) in scene.indicators() {
        let places = percent_places(result.total, result.target.map(|(_, percent)| percent));
        let value = result.percent().map_or(Value::Missing(MISSING.into()), |p| Value::Percent(p, places));
        let follows = Formula::cell(indicators::TABLE, result.indicator.id.to_string(), "ty-le");
        let [lead, _] = figures::first_leads(scene, result);
        total.push(Cell::of(value).toned(super::tone(result.verdict)).follows(follows).leads_to(lead));
    }
    rows.push(Row { id: "toan-tinh".into(), role: Role::Total, cells: total });
    let mut coverage = vec![Cell::text("Đã báo cáo")];
    for (result, _) in scene.indicators() {
        coverage.push(Cell::text(format!("{}/{}", result.coverage.reported, result.coverage.expected)));
    }
    rows.push(Row { id: "da-bao-cao".into(), role: Role::Total, cells: coverage });
    let table = Table {
        id: TABLE.into(),
        caption: Some("Tỷ lệ (%) hoặc kết quả đạt chuẩn của từng đơn vị".into()),
        columns,
        rows,
        notes: vec![format!(
            "“{MISSING}” là chưa báo cáo; “{NOT_JUDGED}” là chưa có tiêu chí đánh giá; ô trống là đơn vị không báo cáo chỉ tiêu này. Chỉ tiêu 1.x và 4.2: đơn vị đạt hoặc chưa đạt; dòng Toàn tỉnh là tỷ lệ đơn vị đạt."
        )],
    };
    Section {
        id: "theo-don-vi".into(),
        title: "KẾT QUẢ TỪNG CHỈ TIÊU THEO ĐƠN VỊ".into(),
        place: Place::Annex { landscape: true },
        sheet: Some("Theo đơn vị".into()),
        blocks: vec![Block::Table(table)],
    }
}

fn cell(indicator: &Indicator, unit: &UnitResult, target: Option<Percent>, id: &str) -> Cell {
    let code = unit.unit.as_str();
    let numerator = Formula::cell(figures::TABLE, code, format!("{id}{NUMERATOR}"));
    let denominator = Formula::cell(figures::TABLE, code, format!("{id}{DENOMINATOR}"));
    let reached = unit.share.zip(target).map(|(share, target)| share.reaches(target));
    let (value, tone, formula) = match (&indicator.kind, unit.share) {
        (kind, _) if unit.status == UnitFigure::NoStandard => {
            let not_judged = Value::Missing(NOT_JUDGED.into());
            let formula = match kind {
                IndicatorKind::ShareOfUnits { .. } => of_status(numerator),
                _ => of_pair(numerator, denominator),
            };
            (not_judged, Tone::Quiet, formula)
        }
        (IndicatorKind::ShareOfUnits { .. }, Some(share)) => {
            let holds = !share.numerator.is_zero();
            let word = if holds { "Đạt" } else { "Chưa đạt" };
            let tone = if holds { Tone::Good } else { Tone::Bad };
            (Value::Text(word.into()), tone, of_status(numerator))
        }
        (IndicatorKind::ShareOfUnits { .. }, None) => {
            (Value::Missing(MISSING.into()), Tone::Open, of_status(numerator))
        }
        (_, Some(share)) => {
            let places = percent_places(share, target);
            let value = share.percent().map_or(Value::Missing(MISSING.into()), |p| Value::Percent(p, places));
            let tone = if reached == Some(false) { Tone::Bad } else { Tone::Plain };
            (value, tone, of_pair(numerator, denominator))
        }
        (_, None) => (Value::Missing(MISSING.into()), Tone::Open, of_pair(numerator, denominator)),
    };
    Cell::of(value).toned(tone).follows(formula)
}

fn of_status(status: Formula) -> Formula {
    let one = Formula::binary(status.clone(), Operator::Equal, Formula::Number(1.into()));
    let word = Formula::when(one, Formula::Text("Đạt".into()), Formula::Text("Chưa đạt".into()));
    missing_unless_given(&status, word)
}

fn of_pair(numerator: Formula, denominator: Formula) -> Formula {
    let share = Formula::binary(numerator, Operator::Divide, denominator.clone());
    let percent = Formula::binary(share, Operator::Multiply, Formula::Number(100.into()));
    let empty = Formula::binary(denominator.clone(), Operator::Equal, Formula::Number(0.into()));
    missing_unless_given(&denominator, Formula::when(empty, Formula::Text(MISSING.into()), percent))
}

/// A blank cell counts as 0 in a comparison, so it is asked first whether there is a number at all.
fn missing_unless_given(given: &Formula, then: Formula) -> Formula {
    let count = Formula::CountNumbers(Box::new(given.clone()));
    let none = Formula::binary(count, Operator::Equal, Formula::Number(0.into()));
    let not_judged = Formula::equal(given.clone(), Formula::words(NOT_JUDGED));
    let why = Formula::when(not_judged, Formula::words(NOT_JUDGED), Formula::words(MISSING));
    Formula::when(none, why, then)
}
