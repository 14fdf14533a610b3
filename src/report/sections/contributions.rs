//! Where every value stands: unit, file, sheet, cell, as typed, as read. The other sheets lead here, and from here it is
//! one click to the file.

use super::{Scene, column, decisions};
use crate::domain::{ColumnRole, FieldId, Indicator, IndicatorKind};
use crate::form::Field;
use crate::report::forms::{CONTRIBUTION, CONTRIBUTIONS, contribution_id, shown};
use crate::report::model::{Align, Block, Cell, Link, Place, Role, Row, Section, Table, Tone, Value};
use crate::submission::FigureStatus;
use std::collections::HashMap;

pub(super) fn section(scene: &Scene<'_>) -> Section {
    let mut columns = vec![
        column("chi-tieu", "Chỉ tiêu", 0.8, Align::Center),
        column("don-vi", "Đơn vị", 1.5, Align::Left),
        column("muc", "Mục số liệu", 5.4, Align::Left),
        column("phan", "Phần", 1.1, Align::Center),
        column("tep", "Tệp", 3.4, Align::Left),
        column("trang", "Trang tính", 2.4, Align::Left),
        column("o", "Ô", 0.7, Align::Center),
        column("da-ghi", "Nội dung ghi", 2.6, Align::Left),
        column(CONTRIBUTION, "Đã đọc", 1.6, Align::Left),
        column("loai", "Loại số liệu", 1.1, Align::Center),
    ];
    let decided = !scene.results.decided.is_empty();
    if decided {
        columns.push(column("quyet-dinh", "Đính chính, miễn trừ", 1.8, Align::Left));
    }
    let mut rows = Vec::new();
    for table in scene.forms.shown().flat_map(|sheet| &sheet.tables) {
        for entry in &table.entries {
            // The units' fields are the same, and so is what they serve.
            let served: HashMap<&FieldId, String> =
                entry.fields().iter().map(|field| (&field.id, serves(scene, &field.id))).collect();
            for (unit, fields) in &entry.units {
                for field in fields {
                    if let Some(reported) = scene.forms.reported(&field.id, &unit.code) {
                        let served = served.get(&field.id).map_or("", String::as_str);
                        let mut row = row(served, unit, field, reported);
                        if decided {
                            row.cells.push(decisions::on(scene, &unit.code, &field.id));
                        }
                        rows.push(row);
                    }
                }
            }
        }
    }
    let notes = vec![
        "Mỗi dòng là một ô đã điền được dùng trong sổ này. Bấm vào địa chỉ ô để mở ô gốc trong tệp của đơn vị khi thư mục bài nộp còn ở chỗ cũ so với sổ. Mọi số được cộng nguyên vẹn, không nhân trọng số.".into(),
    ];
    let table = Table { id: CONTRIBUTIONS.into(), caption: None, columns, rows, notes };
    Section {
        id: CONTRIBUTIONS.into(),
        title: format!("ĐÓNG GÓP CỦA TỪNG Ô SỐ LIỆU NĂM {}", scene.results.year),
        place: Place::Sheet,
        sheet: Some("Đóng góp".into()),
        blocks: vec![Block::Table(table)],
    }
}

/// The indicators made from a field.
fn serves(scene: &Scene<'_>, field: &FieldId) -> String {
    let results = scene.results.indicators.iter().filter(|result| uses(&result.indicator, field));
    results.map(|result| result.indicator.id.to_string()).collect::<Vec<_>>().join(", ")
}

fn row(
    served: &str,
    unit: &crate::domain::Unit,
    field: &Field,
    reported: &crate::submission::Reported,
) -> Row {
    let origin = &reported.origin;
    let words = |text: &Option<String>| text.as_ref().map_or(Value::Blank, |text| Value::Text(text.clone()));
    let at = origin.sheet.clone().zip(origin.cell.clone());
    let part = match field.role {
        Some(ColumnRole::Whole) => "Tổng số",
        Some(ColumnRole::Part) => "Số đạt",
        Some(ColumnRole::Female) => "Nữ",
        Some(ColumnRole::Minority) => "DTTS",
        Some(ColumnRole::Registered) => "Đăng ký",
        Some(ColumnRole::Recognised) => "Công nhận",
        Some(ColumnRole::Percent) => "Để đối chiếu",
        Some(ColumnRole::RowStatus) => "Tình trạng",
        None => "",
    };
    let kind = match reported.status {
        FigureStatus::Actual => "",
        FigureStatus::Estimate => "Ước",
        FigureStatus::NoStandard => "Chưa có tiêu chí",
        FigureStatus::None => "Không phát sinh",
    };
    let cells = vec![
        Cell::text(served),
        Cell::text(&unit.short_name),
        Cell::text(&field.label),
        Cell::text(part),
        Cell::text(&origin.file),
        Cell::of(words(&origin.sheet)),
        Cell::of(words(&origin.cell)).leads_to(Link::Source { file: origin.file.clone(), at }),
        Cell::text(&reported.typed),
        // What was read is a record, not an input: as words it is in nobody's way.
        Cell::text(crate::report::format::value(&shown(reported, &field.kind))),
        Cell::text(kind).toned(if kind.is_empty() { Tone::Plain } else { Tone::Quiet }),
    ];
    Row { id: contribution_id(&field.id, &unit.code), role: Role::Body, cells }
}

/// Whether an indicator is made from a field.
fn uses(indicator: &Indicator, field: &FieldId) -> bool {
    let pair = |part: &crate::domain::Part| part.numerator == *field || part.denominator == *field;
    match &indicator.kind {
        IndicatorKind::Ratio { parts } => parts.iter().any(pair),
        IndicatorKind::ProvinceFigure { part } => pair(part),
        IndicatorKind::ShareOfUnits { status, .. } => match status.split_once("{unit}") {
            Some((before, after)) => {
                let text = field.as_str();
                text.len() > before.len() + after.len() && text.starts_with(before) && text.ends_with(after)
            }
            None => field.as_str() == status,
        },
    }
}
