//! Where each field stands in a file: by defined name first, by the hidden table next, by the visible codes last; a name
//! or a table that the codes contradict went astray when cells moved.

use super::Access;
use crate::domain::{CellAddress, ColumnId, FieldId, RowCode};
use crate::finding::{Code, Finding, Origin};
use crate::form::{CODE_COLUMN, Field, Form};
use crate::intake::raw::{Placed, RawSheet, RawSubmission, RawValue};
use crate::plan::Plan;
use ecow::EcoString;
use std::collections::{BTreeMap, BTreeSet};

/// Where a field stands.
#[derive(Debug, Clone)]
pub(super) struct Located {
    /// Sheet name in this file.
    pub sheet: EcoString,
    /// Cell.
    pub cell: CellAddress,
    /// How it was found.
    pub access: Access,
    /// Whether under an id of an older plan version.
    pub former: bool,
}

/// Finds every field it can, under its own id or, in a template of an older plan version, under a former one.
pub(super) fn locate(plan: &Plan, form: &Form, raw: &RawSubmission) -> BTreeMap<FieldId, Located> {
    let named: BTreeMap<&FieldId, &Placed> = raw.named.iter().map(|placed| (&placed.field, placed)).collect();
    let table: BTreeMap<&FieldId, &Placed> = raw.table.iter().map(|placed| (&placed.field, placed)).collect();
    let former: BTreeMap<&FieldId, Vec<FieldId>> = match plan.renamed.is_empty() {
        true => BTreeMap::new(),
        false => form.fields().map(|field| (&field.id, plan.former_ids(&field.id))).collect(),
    };
    let codes = Codes::of(form.fields().map(|field| &field.id).chain(former.values().flatten()), raw);
    let finder = Finder { raw, named, table, codes };
    let mut located = BTreeMap::new();
    for field in form.fields() {
        let as_former = || {
            let ids = former.get(&field.id)?;
            ids.iter().find_map(|id| Some(Located { former: true, ..finder.find(id)? }))
        };
        if let Some(found) = finder.find(&field.id).or_else(as_former) {
            located.insert(field.id.clone(), found);
        }
    }
    located
}

/// What the file says about places.
struct Finder<'a> {
    raw: &'a RawSubmission,
    named: BTreeMap<&'a FieldId, &'a Placed>,
    table: BTreeMap<&'a FieldId, &'a Placed>,
    codes: Codes<'a>,
}

impl Finder<'_> {
    fn find(&self, id: &FieldId) -> Option<Located> {
        let at = |placed: &&&Placed| self.raw.sheet(&placed.sheet).is_some();
        let by_name = self.named.get(id).filter(at).filter(|placed| !self.is_astray(id, placed));
        let by_name = by_name.map(|placed| (*placed, Access::Names));
        // A table of addresses goes stale when rows or columns are inserted; the codes, where they are left, tell.
        let by_table = || {
            let placed = self.table.get(id).filter(at)?;
            let stands = match self.codes.find(id) {
                Some(found) => (&found.sheet, found.cell) == (&placed.sheet, placed.cell),
                None => {
                    let head = CellAddress::new(placed.cell.row, CODE_COLUMN);
                    let code = text_at(self.raw.sheet(&placed.sheet)?, head);
                    code.is_none_or(|code| id.row_and_column().is_some_and(|(row, _)| row == code))
                }
            };
            stands.then_some((*placed, Access::Table))
        };
        let located = |(placed, access): (&Placed, Access)| Located {
            sheet: placed.sheet.clone(),
            cell: placed.cell,
            access,
            former: false,
        };
        by_name.or_else(by_table).map(located).or_else(|| self.codes.find(id))
    }

    /// Whether cells went elsewhere without their names, or a name without its field: the codes around the named cell
    /// are of another field. Excel and LibreOffice move names along when they insert; libraries do not, and no program
    /// does when it sorts. A cell cut and pasted over another takes its name with it.
    fn is_astray(&self, id: &FieldId, placed: &Placed) -> bool {
        let (Some((row_code, column_code)), Some(sheet)) =
            (id.row_and_column(), self.raw.sheet(&placed.sheet))
        else {
            return false;
        };
        let stands_elsewhere = || {
            let found = self.codes.find(id);
            found.is_some_and(|found| found.sheet == placed.sheet && found.cell != placed.cell)
        };
        let code = text_at(sheet, CellAddress::new(placed.cell.row, CODE_COLUMN));
        if code.is_some_and(|code| row_code == code) {
            return !self.codes.heads(&column_code, placed) && stands_elsewhere();
        }
        // The row of another code; where that code stands twice, a row was copied over this one.
        let of_another = code.and_then(|code| self.codes.rows.get(code));
        of_another.is_some_and(|(on, at)| on.name == placed.sheet && at.row == placed.cell.row)
            || stands_elsewhere()
    }
}

/// What there is to say about how the fields were found.
pub(super) fn tell(
    plan: &Plan,
    form: &Form,
    located: &BTreeMap<FieldId, Located>,
    raw: &RawSubmission,
    file: &str,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let collector = &plan.names.collector;
    let count = |access| located.values().filter(|place| place.access == access).count();
    let (by_table, by_codes) = (count(Access::Table), count(Access::Codes));
    if by_table > 0 {
        let cause =
            format!("{by_table} ô không còn tên ô đúng chỗ, đã đọc theo bảng vị trí ở trang ẩn _xhht");
        let cure = "không cần làm gì nếu số đã đọc là đúng; nên lưu biểu mẫu bằng Excel hoặc LibreOffice";
        findings.push(Finding::new(Code::S004, cause, cure).at(Origin::file(file)));
    }
    if by_codes > 0 {
        let cause = format!("{by_codes} ô không còn tên ô hoặc đã bị dời chỗ, đã tìm theo cột mã số");
        let cure = "đối chiếu số đã đọc; kỳ sau dùng nguyên biểu mẫu, không chèn hay xóa dòng, không chép sang tệp khác";
        findings.push(Finding::new(Code::S005, cause, cure).at(Origin::file(file)));
    }
    let former = located.values().filter(|place| place.former).count();
    if former > 0 {
        let cause = format!("{former} ô mang mã của một phiên bản kế hoạch cũ, đã đọc sang mã hiện nay");
        let cure = format!("đối chiếu số đã đọc; kỳ sau dùng biểu mẫu mới do {collector} gửi");
        findings.push(Finding::new(Code::S008, cause, cure).at(Origin::file(file)));
    }
    for (sheet, reason) in &raw.skipped {
        let cause = format!("trang tính không đọc được hết: {reason}");
        let cure = "mở tệp bằng Excel hoặc LibreOffice, lưu lại thành .xlsx rồi gửi lại";
        let origin = Origin { file: file.into(), sheet: Some(sheet.as_str().into()), cell: None };
        findings.push(Finding::new(Code::S007, cause, cure).at(origin));
    }
    for field in form.fields().filter(|field| !located.contains_key(&field.id)) {
        let cause = "không tìm thấy ô nhập này trong tệp; dòng, cột hoặc trang tính đã bị xóa";
        let cure = format!("dùng lại biểu mẫu do {collector} gửi, chép số liệu vào đúng ô rồi gửi lại");
        let origin = Origin::cell(file, &field.sheet, field.cell.to_string());
        findings.push(Finding::new(Code::S006, cause, cure).at(origin).about(&field.id, &field.label));
    }
    findings
}

/// The input cells of which nobody knows whether they were filled: those not found, and the empty ones of a sheet that
/// was not read to its end. `S006` and `S007` tell of them.
pub(super) fn unread(
    form: &Form,
    located: &BTreeMap<FieldId, Located>,
    raw: &RawSubmission,
) -> BTreeSet<FieldId> {
    let is_unread = |field: &&Field| {
        let Some(place) = located.get(&field.id) else { return true };
        raw.skipped.iter().any(|(sheet, _)| *sheet == place.sheet)
            && raw.sheet(&place.sheet).is_none_or(|sheet| !sheet.cells.contains_key(&place.cell))
    };
    form.fields().filter(is_unread).map(|field| field.id.clone()).collect()
}

/// The visible codes of a file: row codes, and column codes above them.
struct Codes<'a> {
    rows: BTreeMap<&'a str, (&'a RawSheet, CellAddress)>,
    columns: BTreeMap<&'a str, Vec<(&'a str, CellAddress)>>,
}

impl<'a> Codes<'a> {
    fn of<'f>(ids: impl Iterator<Item = &'f FieldId>, raw: &'a RawSubmission) -> Self {
        let (wanted_rows, wanted_columns): (BTreeSet<RowCode>, BTreeSet<ColumnId>) =
            ids.filter_map(FieldId::row_and_column).unzip();
        let mut codes = Codes { rows: BTreeMap::new(), columns: BTreeMap::new() };
        for sheet in &raw.sheets {
            let mut entry = None;
            for (address, cell) in &sheet.cells {
                // To the right of a row code stand the sender's words, which may happen to be a code.
                if entry == Some(address.row) {
                    continue;
                }
                let RawValue::Text(text) = &cell.value else { continue };
                let text = text.trim();
                if wanted_rows.contains(text) {
                    codes.rows.entry(text).or_insert((sheet, *address));
                    entry = Some(address.row);
                } else if wanted_columns.contains(text) {
                    codes.columns.entry(text).or_default().push((&sheet.name, *address));
                }
            }
        }
        codes
    }

    /// Whether a column's code stands above the cell.
    fn heads(&self, column_code: &ColumnId, placed: &Placed) -> bool {
        let above = |(sheet, head): &(&str, CellAddress)| {
            head.column == placed.cell.column && head.row < placed.cell.row && *sheet == placed.sheet
        };
        self.columns.get(column_code.as_str()).is_some_and(|heads| heads.iter().any(above))
    }

    /// The cell where the row of the field's code meets the nearest column of its code above.
    fn find(&self, id: &FieldId) -> Option<Located> {
        let (row_code, column_code) = id.row_and_column()?;
        let (sheet, row) = self.rows.get(row_code.as_str())?;
        let heads = self.columns.get(column_code.as_str())?;
        let above = heads.iter().filter(|(name, head)| *name == sheet.name && head.row < row.row);
        let (_, head) = above.max_by_key(|(_, head)| head.row)?;
        let cell = CellAddress::new(row.row, head.column);
        Some(Located { sheet: sheet.name.clone(), cell, access: Access::Codes, former: false })
    }
}

fn text_at(sheet: &RawSheet, address: CellAddress) -> Option<&str> {
    match &sheet.cells.get(&address)?.value {
        RawValue::Text(text) => Some(text.trim()),
        _ => None,
    }
}
