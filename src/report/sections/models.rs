//! What is registered and recognised, and what one indicator counts of several types: the sums of the province side by
//! side, following from the sheets of the groups. Both sheets are called as the form calls its own.

use crate::domain::{ColumnRole, FieldId, IndicatorKind};
use crate::form::Field;
use crate::report::forms::{FormEntry, SheetOfUnits};
use crate::report::model::{
    Align, Block, Cell, CellRef, Column, ColumnKey, Place, Role, Row, Section, Table, TableKey,
};
use crate::report::scene::Scene;
use crate::report::totals::{share, total};
use std::collections::BTreeMap;

/// The titles that are registered for and recognised; `None` when the form asks for none.
pub(super) fn titles(scene: &Scene<'_>) -> Option<Section> {
    const TABLE: TableKey = TableKey::fixed("mo-hinh");
    const WHOLE: ColumnKey = ColumnKey::fixed("tong");
    const REGISTERED: ColumnKey = ColumnKey::fixed("dang-ky");
    const RECOGNISED: ColumnKey = ColumnKey::fixed("cong-nhan");
    let entries =
        scene.forms.sheets.iter().flat_map(|sheet| sheet.entries().map(move |entry| (sheet, entry)));
    let mut rows = Vec::new();
    let mut first = None;
    for (sheet, entry) in entries {
        let field = |role| of_role(entry, role);
        let fields = (field(ColumnRole::Whole), field(ColumnRole::Registered), field(ColumnRole::Recognised));
        let (Some(whole), Some(registered), Some(recognised)) = fields else { continue };
        first.get_or_insert(sheet);
        let mut cells = vec![Cell::text(&entry.number), Cell::text(&entry.label), Cell::text(&entry.measure)];
        cells.extend([whole, registered, recognised].map(|field| total(scene, &field.id)));
        let at = |column| CellRef::new(TABLE, entry.code.as_str(), column);
        cells.push(share(scene, [&registered.id, &whole.id], [at(REGISTERED), at(WHOLE)]));
        cells.push(share(scene, [&recognised.id, &whole.id], [at(RECOGNISED), at(WHOLE)]));
        cells.push(Cell::count(given(scene, entry, &recognised.id)));
        cells.push(Cell::count(entry.units.len() as u64));
        rows.push(Row { id: entry.code.as_str().into(), role: Role::Body, cells });
    }
    let columns = vec![
        Column::ordinal("TT", 0.6),
        Column::new("ten", "Danh hiệu, mô hình", 3.2, Align::Left),
        Column::new("don-vi-tinh", "Đơn vị tính", 1.4, Align::Center),
        Column::new(WHOLE, "Tổng số", 1.2, Align::Right),
        Column::new(REGISTERED, "Đăng ký", 1.2, Align::Right),
        Column::new(RECOGNISED, "Công nhận", 1.2, Align::Right),
        Column::new("ty-le-dang-ky", "Tỷ lệ đăng ký %", 1.1, Align::Right),
        Column::new("ty-le", "Tỷ lệ công nhận %", 1.1, Align::Right),
        Column::new("co", "Số đơn vị đã báo cáo", 1.1, Align::Right),
        Column::new("phai", "Số đơn vị phải báo cáo", 1.1, Align::Right),
    ];
    let tab = first?.name();
    let title = format!("CÁC {} NĂM", tab.to_uppercase());
    Some(sheet(TABLE, &title, tab, scene, columns, rows))
}

/// The institutions of an indicator that counts several types; `None` without such an indicator.
pub(super) fn institutions(scene: &Scene<'_>) -> Option<Section> {
    const TABLE: TableKey = TableKey::fixed("co-so");
    const WHOLE: ColumnKey = ColumnKey::fixed("tong");
    const PART: ColumnKey = ColumnKey::fixed("dat");
    let entries: BTreeMap<&str, (&SheetOfUnits<'_>, &FormEntry<'_>)> = scene
        .forms
        .sheets
        .iter()
        .flat_map(|sheet| sheet.entries().map(move |entry| (entry.code.as_str(), (sheet, entry))))
        .collect();
    let mut rows = Vec::new();
    let mut first = None;
    for result in &scene.results.indicators {
        let IndicatorKind::Ratio { parts } = &result.indicator.kind else { continue };
        if parts.len() < 2 {
            continue;
        }
        let title = format!("{} {}", result.indicator.id, result.indicator.title);
        let group = format!("nhom-{}", result.indicator.id);
        rows.push(Row { id: group.into(), role: Role::Group, cells: vec![Cell::text(title)] });
        for part in parts {
            let Some((code, _)) = part.numerator.row_and_column() else { continue };
            let Some((sheet, entry)) = entries.get(code.as_str()) else { continue };
            first.get_or_insert((*sheet, result, part));
            let at = |column| CellRef::new(TABLE, &code, column);
            let cells = vec![
                Cell::text(&entry.number),
                Cell::text(&entry.label),
                total(scene, &part.denominator),
                total(scene, &part.numerator),
                share(scene, [&part.numerator, &part.denominator], [PART, WHOLE].map(at)),
                Cell::count(given(scene, entry, &part.numerator)),
                Cell::count(entry.units.len() as u64),
            ];
            rows.push(Row { id: (&code).into(), role: Role::Body, cells });
        }
    }
    let (first_sheet, result, part) = first?;
    let head = |field: &FieldId| scene.forms.head_of(field).unwrap_or_default().to_owned();
    let columns = vec![
        Column::new("so", "Số", 0.8, Align::Center),
        Column::new("ten", &format!("Loại {}", result.indicator.counted), 4.2, Align::Left),
        Column::new(WHOLE, &head(&part.denominator), 1.2, Align::Right),
        Column::new(PART, &head(&part.numerator), 1.2, Align::Right),
        Column::new("ty-le", "Tỷ lệ %", 1.0, Align::Right),
        Column::new("co", "Số đơn vị đã báo cáo", 1.1, Align::Right),
        Column::new("phai", "Số đơn vị phải báo cáo", 1.1, Align::Right),
    ];
    let tab = first_sheet.name();
    let title = format!("{} THEO LOẠI NĂM", tab.to_uppercase());
    Some(sheet(TABLE, &title, tab, scene, columns, rows))
}

fn sheet(
    id: TableKey,
    title: &str,
    tab: &str,
    scene: &Scene<'_>,
    columns: Vec<Column>,
    rows: Vec<Row>,
) -> Section {
    let note = format!(
        "Tổng của {} lấy từ các trang Nhóm, mỗi cột cộng mọi đơn vị đã ghi số đó, nên hai cột có thể cộng số đơn vị khác nhau; tỷ lệ là thương của hai cột tổng; “–” là chưa đơn vị nào ghi.",
        scene.plan.names.whole()
    );
    let section = format!("trang-{id}");
    let table = Table { id, caption: None, columns, rows, notes: vec![note] };
    Section {
        id: section,
        title: format!("{title} {}", scene.results.year),
        place: Place::Sheet,
        sheet: Some(tab.into()),
        blocks: vec![Block::Table(table)],
    }
}

fn of_role<'a>(entry: &'a FormEntry<'_>, role: ColumnRole) -> Option<&'a Field> {
    entry.fields().iter().find(|field| field.role == Some(role))
}

/// How many units gave a number.
fn given(scene: &Scene<'_>, entry: &FormEntry<'_>, field: &FieldId) -> u64 {
    entry.units.iter().filter(|(unit, _)| scene.forms.number(field, &unit.code).is_some()).count() as u64
}
