//! Figures that their sender does not see: on hidden sheets, in hidden rows and columns, behind a filter. They count as
//! any other, and it is said.

use super::locate::Located;
use super::read_cell;
use crate::domain::cell::joined;
use crate::domain::{CellAddress, FieldId};
use crate::finding::{Code, Finding, Origin};
use crate::form::{Field, Form};
use crate::intake::raw::{RawSheet, RawSubmission};
use std::collections::{BTreeMap, BTreeSet};

/// How many rows or columns are named before the rest is left to the address.
const NAMED: usize = 12;

/// One finding for each sheet on which filled input cells are not shown.
pub(super) fn unseen(
    form: &Form,
    located: &BTreeMap<FieldId, Located>,
    raw: &RawSubmission,
    file: &str,
) -> Vec<Finding> {
    raw.sheets.iter().filter_map(|sheet| of_sheet(form, located, sheet, file)).collect()
}

fn of_sheet(
    form: &Form,
    located: &BTreeMap<FieldId, Located>,
    sheet: &RawSheet,
    file: &str,
) -> Option<Finding> {
    let hidden = &sheet.hidden;
    if sheet.visible && hidden.rows.is_empty() && hidden.columns.is_empty() {
        return None;
    }
    let in_row = |at: CellAddress| hidden.rows.iter().any(|(a, b)| (*a..=*b).contains(&at.row));
    let in_column = |at: CellAddress| hidden.columns.iter().any(|(a, b)| (*a..=*b).contains(&at.column));
    let filled = form.fields().filter_map(|field| {
        let place = located.get(&field.id).filter(|place| place.sheet == sheet.name)?;
        let is_filled = sheet.cells.get(&place.cell).is_some_and(read_cell::is_filled);
        is_filled.then_some((field, place.cell))
    });
    let not_shown = |at: &CellAddress| !sheet.visible || in_row(*at) || in_column(*at);
    let cells: Vec<(&Field, CellAddress)> = filled.filter(|(_, at)| not_shown(at)).collect();
    let (first, _) = cells.first()?;
    let rows: BTreeSet<u32> = cells.iter().filter(|(_, at)| in_row(*at)).map(|(_, at)| at.row + 1).collect();
    let columns: BTreeSet<u16> =
        cells.iter().filter(|(_, at)| in_column(*at)).map(|(_, at)| at.column).collect();
    let mut places = Vec::new();
    if !sheet.visible {
        places.push("trang tính đang ẩn".to_owned());
    }
    if !rows.is_empty() {
        let why = if hidden.filtered {
            "dòng đang ẩn do bộ lọc hoặc do lệnh ẩn"
        } else {
            "dòng đang ẩn"
        };
        places.push(format!("{why} ({})", named(rows.iter().map(u32::to_string))));
    }
    if !columns.is_empty() {
        let letters = columns.iter().map(|column| CellAddress::column_letters(*column));
        places.push(format!("cột đang ẩn ({})", named(letters)));
    }
    let cause = format!("{} ô có số liệu đứng ở {}; số liệu vẫn được dùng", cells.len(), places.join(" và "));
    let cure = "bỏ ẩn hoặc bỏ lọc, xem lại các số này có đúng không; nếu là số cũ thì sửa rồi gửi lại";
    let addresses: Vec<CellAddress> = cells.iter().map(|(_, at)| *at).collect();
    let label = match cells.len() {
        1 => first.label.to_string(),
        more => format!("{more} ô: {}; …", first.label),
    };
    let mut finding = Finding::new(Code::S013, cause, cure)
        .at(Origin::cell(file, sheet.name.clone(), joined(&addresses)))
        .label(label);
    finding.fields = cells.iter().map(|(field, _)| field.id.clone()).collect();
    Some(finding)
}

fn named(all: impl ExactSizeIterator<Item = impl Into<String>>) -> String {
    let more = all.len().saturating_sub(NAMED);
    let shown: Vec<String> = all.take(NAMED).map(Into::into).collect();
    let tail = if more > 0 { format!(" và {more} nữa") } else { String::new() };
    format!("{}{tail}", shown.join(", "))
}
