//! What is registered and recognised, and what one indicator counts of several types: the sums of the province side by
//! side, following from the sheets of the groups. Both sheets are called as the form calls its own.

use crate::domain::{FieldId, IndicatorKind};
use crate::report::forms::{FormEntry, SheetOfUnits};
use crate::report::gaps;
use crate::report::model::{
    Align, Block, Cell, CellRef, Column, ColumnKey, Place, Role, Row, Section, Shown, Table, TableKey,
};
use crate::report::scene::Scene;
use crate::report::tables::SHARE;
use crate::report::totals::{share, total};
use std::collections::BTreeMap;

/// The titles that are registered for and recognised; `None` when the form asks for none.
pub(super) fn titles(scene: &Scene<'_>) -> Option<Section> {
    const TABLE: TableKey = TableKey::fixed("mo-hinh");
    const WHOLE: ColumnKey = ColumnKey::fixed("tong");
    const REGISTERED: ColumnKey = ColumnKey::fixed("dang-ky");
    const RECOGNISED: ColumnKey = ColumnKey::fixed("cong-nhan");
    let mut rows = Vec::new();
    let mut first = None;
    for (sheet, entry, [whole, registered, recognised]) in gaps::titles(scene) {
        first.get_or_insert(sheet);
        let mut cells = vec![Cell::text(&entry.number), Cell::text(&entry.label), Cell::text(&entry.measure)];
        cells.extend([whole, registered, recognised].map(|field| total(scene, &field.id)));
        let at = |column| CellRef::new(TABLE, entry.code.as_str(), column);
        cells.push(share(scene, [&registered.id, &whole.id], [at(REGISTERED), at(WHOLE)]));
        cells.push(share(scene, [&recognised.id, &whole.id], [at(RECOGNISED), at(WHOLE)]));
        cells.extend(coverage(scene, entry, &[&whole.id, &registered.id, &recognised.id]));
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
        Column::new(SHARE, "Tỷ lệ công nhận %", 1.1, Align::Right),
        Column::new("co", "Số đơn vị đã báo cáo", 1.1, Align::Right),
        Column::new("phai", "Số đơn vị phải báo cáo", 1.1, Align::Right),
        Column::new("chua-co", "Còn thiếu", 2.6, Align::Left),
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
            ];
            let cells = cells.into_iter();
            let cells = cells.chain(coverage(scene, entry, &[&part.denominator, &part.numerator])).collect();
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
        Column::new(SHARE, "Tỷ lệ %", 1.0, Align::Right),
        Column::new("co", "Số đơn vị đã báo cáo", 1.1, Align::Right),
        Column::new("phai", "Số đơn vị phải báo cáo", 1.1, Align::Right),
        Column::new("chua-co", "Còn thiếu", 2.6, Align::Left),
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
        scene.frame().names.whole()
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

/// How many units gave all the fields, of how many, and who did not.
fn coverage(scene: &Scene<'_>, entry: &FormEntry<'_>, fields: &[&FieldId]) -> [Cell; 3] {
    let owing = Cell::count(entry.units.len() as u64);
    let Some(sum) = gaps::sum_of(scene, fields) else {
        return [Cell::plain(Shown::Blank), owing, Cell::plain(Shown::Blank)];
    };
    [sum.coverage(scene), owing, sum.lacking(scene)]
}
