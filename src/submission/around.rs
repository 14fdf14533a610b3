//! What stands around the input cells and endangers them: cells merged over them, figures written beside the form.

use super::locate::Located;
use crate::domain::{CellAddress, FieldId, cell};
use crate::finding::{Code, Finding, Origin};
use crate::form::Form;
use crate::intake::raw::{RawSheet, RawSubmission, RawValue};
use std::collections::{BTreeMap, BTreeSet};

/// How many cells beside the form a finding names before it only counts them.
const CELLS_NAMED: usize = 12;

/// Input cells that a merge has swallowed: the spreadsheet keeps the first cell of a merged range and no other.
pub(super) fn swallowed(
    form: &Form,
    located: &BTreeMap<FieldId, Located>,
    raw: &RawSubmission,
    file: &str,
) -> (BTreeSet<FieldId>, Vec<Finding>) {
    let mut lost = BTreeSet::new();
    let mut findings = Vec::new();
    for sheet in &raw.sheets {
        let of_sheet: Vec<&Located> = located.values().filter(|place| place.sheet == sheet.name).collect();
        for (first, last) in &sheet.merged {
            let inside = |at: CellAddress| {
                (first.row..=last.row).contains(&at.row) && (first.column..=last.column).contains(&at.column)
            };
            // A filled cell is seen by no one under a merge, but the file still has it: read and told as any other.
            let covered = |place: &&Located| {
                place.cell != *first && inside(place.cell) && !sheet.cells.contains_key(&place.cell)
            };
            // The form itself merges a title here and there; few merges cover an input cell.
            if !of_sheet.iter().any(covered) {
                continue;
            }
            let on_sheet = |place: &&Located| place.sheet == sheet.name && covered(place);
            let gone: Vec<_> =
                form.fields().filter(|field| located.get(&field.id).filter(on_sheet).is_some()).collect();
            let cells: Vec<CellAddress> =
                gone.iter().filter_map(|field| located.get(&field.id)).map(|place| place.cell).collect();
            let range = format!("{first}:{last}");
            let cause = format!(
                "các ô {range} bị gộp làm một; bảng tính chỉ giữ nội dung ô {first}, các ô nhập {} không còn giá trị riêng",
                cell::joined(&cells)
            );
            let cure = format!("chọn ô {first}, bỏ gộp ô (Merge & Center), gõ lại từng ô rồi gửi lại");
            let labels: Vec<&str> = gone.iter().map(|field| field.label.as_str()).collect();
            let mut finding = Finding::new(Code::S009, cause, cure)
                .at(Origin::cell(file, &sheet.name, range))
                .label(labels.join("; "));
            finding.fields = gone.iter().map(|field| field.id.clone()).collect();
            lost.extend(finding.fields.iter().cloned());
            findings.push(finding);
        }
    }
    (lost, findings)
}

/// Figures that stand below or to the right of a form's sheet: typed where nobody reads, or left over from copying.
pub(super) fn beside(
    form: &Form,
    located: &BTreeMap<FieldId, Located>,
    raw: &RawSubmission,
    file: &str,
) -> Vec<Finding> {
    let outside = |sheet: &RawSheet| {
        let of_sheet = || located.values().filter(|place| place.sheet == sheet.name);
        let last_row = of_sheet().map(|place| place.cell.row).max()?;
        // Last year's figures stand to the right of the inputs; inserted columns shift them all.
        let last_input = of_sheet().map(|place| place.cell.column).max()?;
        let shown = form
            .sheets
            .iter()
            .filter(|planned| {
                planned
                    .tables
                    .iter()
                    .flat_map(|table| &table.rows)
                    .flat_map(|row| row.fields.iter())
                    .any(|field| located.get(&field.id).is_some_and(|place| place.sheet == sheet.name))
            })
            .map(|planned| planned.last_column() - planned.last_input_column())
            .max()?;
        let last_column = last_input.saturating_add(shown);
        let is_figure = |value: &RawValue| matches!(value, RawValue::Number(_));
        let cells: Vec<CellAddress> = sheet
            .cells
            .iter()
            .filter(|(at, cell)| (at.row > last_row || at.column > last_column) && is_figure(&cell.value))
            .map(|(at, _)| *at)
            .collect();
        Some(cells).filter(|cells| !cells.is_empty())
    };
    let told = |sheet: &RawSheet| {
        let cells = outside(sheet)?;
        let named = cell::joined(&cells[..cells.len().min(CELLS_NAMED)]);
        let more = match cells.len().saturating_sub(CELLS_NAMED) {
            0 => String::new(),
            more => format!(" và {more} ô khác"),
        };
        let cause = format!("{} ô có số nằm ngoài bảng của biểu mẫu: {named}{more}", cells.len());
        let cure =
            "nếu là số liệu cần báo cáo thì chuyển vào ô nền vàng; nếu là bảng tính phụ thì có thể xóa";
        let origin = Origin { file: file.into(), sheet: Some(sheet.name.clone()), cell: None };
        Some(Finding::new(Code::S010, cause, cure).at(origin))
    };
    raw.sheets.iter().filter_map(told).collect()
}
