//! The figures by unit that everything else follows from: the only typed figures of the workbook.

use super::{NOT_JUDGED, Scene, column, under};
use crate::consolidate::{IndicatorResult, UnitFigure, UnitResult};
use crate::domain::{IndicatorKind, Ratio};
use crate::report::model::{Align, Block, Cell, Place, Role, Row, Section, Table, Tone, Value};

/// Id of the table.
pub(super) const TABLE: &str = "so-lieu";
/// Name of its sheet.
pub(in crate::report) const SHEET: &str = "Số liệu";
/// Title of its sheet, before the year.
pub(in crate::report) const TITLE: &str = "SỐ LIỆU THEO ĐƠN VỊ NĂM ";
/// Head of the column of unit codes.
pub(in crate::report) const CODE_HEAD: &str = "Mã";
/// Suffix of a numerator's column.
pub(super) const NUMERATOR: &str = ".tu";
/// Suffix of a denominator's column.
pub(super) const DENOMINATOR: &str = ".mau";

pub(super) fn section(scene: &Scene<'_>) -> Section {
    let mut columns =
        vec![column("ma", CODE_HEAD, 0.9, Align::Center), column("don-vi", "Đơn vị", 2.0, Align::Left)];
    for (result, id) in scene.indicators() {
        let over = format!("{} {}", result.indicator.id, result.indicator.short_title);
        let (n, d) = match result.indicator.kind {
            IndicatorKind::ShareOfUnits { .. } => ("Đạt (1/0)", "Được xét"),
            _ => ("Số đạt", "Tổng số"),
        };
        columns.push(under(&over, column(&format!("{id}{NUMERATOR}"), n, 1.1, Align::Right)));
        columns.push(under(&over, column(&format!("{id}{DENOMINATOR}"), d, 1.1, Align::Right)));
    }
    let rows = scene
        .results
        .units
        .iter()
        .filter(|unit| scene.results.indicators.iter().any(|result| of_unit(result, &unit.code).is_some()))
        .map(|unit| {
            let mut cells = vec![Cell::text(unit.code.as_str()), Cell::text(&unit.short_name)];
            for (result, _) in scene.indicators() {
                cells.extend(pair(of_unit(result, &unit.code)));
            }
            Row { id: unit.code.to_string(), role: Role::Body, cells }
        })
        .collect();
    let table = Table {
        id: TABLE.into(),
        caption: Some("Số liệu đã dùng để tính, theo đơn vị".into()),
        columns,
        rows,
        notes: vec![
            format!(
                "Ô trống là chưa báo cáo hoặc không thuộc đơn vị báo cáo, không phải là 0; “{NOT_JUDGED}” là chưa có tiêu chí đánh giá."
            ),
            "Sửa một số ở trang này, mọi tổng, tỷ lệ và đánh giá ở các trang khác tự tính lại.".into(),
        ],
    };
    Section {
        id: "so-lieu".into(),
        title: format!("{TITLE}{}", scene.results.year),
        place: Place::Sheet,
        sheet: Some(SHEET.into()),
        blocks: vec![Block::Table(table)],
    }
}

/// What a unit says of an indicator, when it is one of those the indicator counts.
pub(super) fn of_unit<'a>(
    result: &'a IndicatorResult,
    code: &crate::domain::UnitCode,
) -> Option<&'a UnitResult> {
    result.by_unit.iter().find(|unit| unit.unit == *code)
}

fn pair(unit: Option<&UnitResult>) -> [Cell; 2] {
    let Some(unit) = unit else { return [Cell::of(Value::Blank), Cell::of(Value::Blank)] };
    match (unit.status, unit.share) {
        (UnitFigure::NoStandard, _) => {
            let quiet = || Cell::of(Value::Missing(NOT_JUDGED.into())).toned(Tone::Quiet);
            [quiet(), quiet()]
        }
        (_, Some(Ratio { numerator, denominator })) => {
            let tone = if unit.status == UnitFigure::Estimate { Tone::Open } else { Tone::Plain };
            [Cell::count(numerator).toned(tone), Cell::count(denominator).toned(tone)]
        }
        (_, None) => [Cell::of(Value::Blank), Cell::of(Value::Blank)],
    }
}
