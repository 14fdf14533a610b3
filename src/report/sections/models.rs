//! Learning models and institutions by type: the province's sums side by side, following from the sheets of the groups.

use super::{Scene, column};
use crate::domain::{ColumnRole, FieldId, IndicatorKind, Ratio};
use crate::form::Field;
use crate::report::format::PERCENT_PLACES;
use crate::report::forms::Entry;
use crate::report::model::{Align, Block, Cell, Formula, Operator, Place, Role, Row, Section, Table, Value};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The titles that are registered for and recognised; `None` when the form asks for none.
pub(super) fn titles(scene: &Scene<'_>) -> Option<Section> {
    const TABLE: &str = "mo-hinh";
    let entries = scene.forms.sheets.iter().flat_map(|sheet| &sheet.tables).flat_map(|table| &table.entries);
    let mut rows = Vec::new();
    for entry in entries {
        let field = |role| of_role(entry, role);
        let fields = (field(ColumnRole::Whole), field(ColumnRole::Registered), field(ColumnRole::Recognised));
        let (Some(whole), Some(registered), Some(recognised)) = fields else { continue };
        let mut cells = vec![Cell::text(&entry.number), Cell::text(&entry.label), Cell::text(&entry.measure)];
        cells.extend([whole, registered, recognised].map(|field| total(scene, &field.id)));
        cells.push(share(scene, TABLE, &entry.code, ("dang-ky", "tong"), (&registered.id, &whole.id)));
        cells.push(share(scene, TABLE, &entry.code, ("cong-nhan", "tong"), (&recognised.id, &whole.id)));
        cells.push(Cell::count(given(scene, entry, &recognised.id)));
        cells.push(Cell::count(entry.units.len() as u64));
        rows.push(Row { id: entry.code.as_str().into(), role: Role::Body, cells });
    }
    let columns = vec![
        column("so", "TT", 0.6, Align::Center),
        column("ten", "Danh hiệu, mô hình", 3.2, Align::Left),
        column("don-vi-tinh", "Đơn vị tính", 1.4, Align::Center),
        column("tong", "Tổng số", 1.2, Align::Right),
        column("dang-ky", "Đăng ký", 1.2, Align::Right),
        column("cong-nhan", "Công nhận", 1.2, Align::Right),
        column("ty-le-dang-ky", "Tỷ lệ đăng ký %", 1.1, Align::Right),
        column("ty-le", "Tỷ lệ công nhận %", 1.1, Align::Right),
        column("co", "Số đơn vị đã báo cáo", 1.1, Align::Right),
        column("phai", "Số đơn vị phải báo cáo", 1.1, Align::Right),
    ];
    sheet(TABLE, "CÁC MÔ HÌNH HỌC TẬP NĂM", "Mô hình học tập", scene, columns, rows)
}

/// The institutions of an indicator that counts several types; `None` without such an indicator.
pub(super) fn institutions(scene: &Scene<'_>) -> Option<Section> {
    const TABLE: &str = "co-so";
    let labels: BTreeMap<&str, &Entry<'_>> = scene
        .forms
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.tables)
        .flat_map(|table| &table.entries)
        .map(|entry| (entry.code.as_str(), entry))
        .collect();
    let mut rows = Vec::new();
    for (result, _) in scene.indicators() {
        let IndicatorKind::Ratio { parts } = &result.indicator.kind else { continue };
        if parts.len() < 2 {
            continue;
        }
        let title = format!("{} {}", result.indicator.id, result.indicator.title);
        let group = format!("nhom-{}", result.indicator.id);
        rows.push(Row { id: group.into(), role: Role::Group, cells: vec![Cell::text(title)] });
        for part in parts {
            let Some((code, _)) = part.numerator.as_str().rsplit_once('.') else { continue };
            let Some(entry) = labels.get(code) else { continue };
            let cells = vec![
                Cell::text(&entry.number),
                Cell::text(&entry.label),
                total(scene, &part.denominator),
                total(scene, &part.numerator),
                share(scene, TABLE, code, ("dat", "tong"), (&part.numerator, &part.denominator)),
                Cell::count(given(scene, entry, &part.numerator)),
                Cell::count(entry.units.len() as u64),
            ];
            rows.push(Row { id: code.into(), role: Role::Body, cells });
        }
    }
    let columns = vec![
        column("so", "Số", 0.8, Align::Center),
        column("ten", "Loại cơ sở", 4.2, Align::Left),
        column("tong", "Tổng số", 1.2, Align::Right),
        column("dat", "Số đã triển khai", 1.2, Align::Right),
        column("ty-le", "Tỷ lệ %", 1.0, Align::Right),
        column("co", "Số đơn vị đã báo cáo", 1.1, Align::Right),
        column("phai", "Số đơn vị phải báo cáo", 1.1, Align::Right),
    ];
    sheet(TABLE, "CƠ SỞ GIÁO DỤC THEO LOẠI NĂM", "Cơ sở giáo dục", scene, columns, rows)
}

fn sheet(
    id: &str,
    title: &str,
    tab: &str,
    scene: &Scene<'_>,
    columns: Vec<crate::report::model::Column>,
    rows: Vec<Row>,
) -> Option<Section> {
    let note = "Tổng của toàn tỉnh lấy từ các trang Nhóm, mỗi cột cộng mọi đơn vị đã ghi số đó; “–” là chưa đơn vị nào ghi.";
    let table = Table { id: id.into(), caption: None, columns, rows, notes: vec![note.into()] };
    (!table.rows.is_empty()).then(|| Section {
        id: format!("trang-{id}"),
        title: format!("{title} {}", scene.results.year),
        place: Place::Sheet,
        sheet: Some(tab.into()),
        blocks: vec![Block::Table(table)],
    })
}

fn of_role<'a>(entry: &'a Entry<'_>, role: ColumnRole) -> Option<&'a Field> {
    entry.fields().iter().find(|field| field.role == Some(role))
}

/// How many units gave a number.
fn given(scene: &Scene<'_>, entry: &Entry<'_>, field: &FieldId) -> u64 {
    entry.units.iter().filter(|(unit, _)| scene.forms.number(field, &unit.code).is_some()).count() as u64
}

/// The sum of a field over all units, following from the sheet of its group.
pub(super) fn total(scene: &Scene<'_>, field: &FieldId) -> Cell {
    let missing = || Value::Missing("–".into());
    let Some((cell, sum)) = scene.forms.total_of(field) else { return Cell::of(missing()) };
    // A single unit's cell may be blank, which would come through as 0.
    let none = Formula::equal(Formula::numbers(cell.clone()), Formula::number(0));
    let formula = Formula::when(none, Formula::words("–"), cell);
    Cell::of(sum.map_or_else(missing, Value::Count))
        .follows(formula)
        .leads_to(scene.forms.lead_to_first(field))
}

/// Part of whole in percent, both cells of the same row.
pub(super) fn share(
    scene: &Scene<'_>,
    table: &str,
    row: &str,
    (part, whole): (&str, &str),
    (part_field, whole_field): (&FieldId, &FieldId),
) -> Cell {
    let sum = |field: &FieldId| -> Option<Decimal> { scene.forms.total_of(field)?.1 };
    let value = sum(part_field)
        .zip(sum(whole_field))
        .and_then(|(part, whole)| Ratio::of(part, whole).percent())
        .map_or(Value::Missing("–".into()), |percent| Value::Percent(percent, PERCENT_PLACES));
    Cell::of(value).follows(percent_of(&Formula::cell(table, row, part), &Formula::cell(table, row, whole)))
}

/// Part of whole in percent, a dash where either is lacking or the whole is nothing.
pub(super) fn percent_of(part: &Formula, whole: &Formula) -> Formula {
    let both =
        Formula::binary(Formula::numbers(part.clone()), Operator::Add, Formula::numbers(whole.clone()));
    let complete = Formula::equal(both, Formula::number(2));
    let nothing = Formula::equal(whole.clone(), Formula::number(0));
    let share = Formula::binary(part.clone(), Operator::Divide, whole.clone());
    let percent = Formula::binary(share, Operator::Multiply, Formula::number(100));
    let dash = || Formula::words("–");
    Formula::when(complete, Formula::when(nothing, dash(), percent), dash())
}
