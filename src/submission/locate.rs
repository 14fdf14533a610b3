//! Where each field stands in a file: by defined name first, by the hidden table next, by the visible codes last; a name
//! or a table that the codes contradict went astray when cells moved.

use super::Access;
use super::codes::{Codes, Found, Says};
use crate::domain::{CellAddress, FieldId};
use crate::finding::{Code, Finding, Origin};
use crate::form::{Field, Form};
use crate::intake::raw::{Placed, RawSubmission};
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
pub(super) fn locate<'a>(plan: &Plan, form: &Form, raw: &'a RawSubmission) -> Places<'a> {
    let named: BTreeMap<&FieldId, &Placed> = raw.named.iter().map(|placed| (&placed.field, placed)).collect();
    let table: BTreeMap<&FieldId, &Placed> = raw.table.iter().map(|placed| (&placed.field, placed)).collect();
    let former: BTreeMap<&FieldId, Vec<FieldId>> = match plan.renamed.is_empty() {
        true => BTreeMap::new(),
        false => form.fields().map(|field| (&field.id, plan.former_ids(&field.id))).collect(),
    };
    let codes = Codes::of(form, &former, raw);
    let finder = Finder { raw, named, table, codes };
    let mut located = BTreeMap::new();
    for field in form.fields() {
        let as_former = || {
            let ids = former.get(&field.id)?;
            ids.iter().find_map(|id| Some(Located { former: true, ..finder.find(id, &field.sheet)? }))
        };
        if let Some(found) = finder.find(&field.id, &field.sheet).or_else(as_former) {
            located.insert(field.id.clone(), found);
        }
    }
    Places { located, codes: finder.codes }
}

/// Where the fields of a file stand, and the codes it was found by.
pub(super) struct Places<'a> {
    pub located: BTreeMap<FieldId, Located>,
    pub codes: Codes<'a>,
}

/// What the file says about places.
struct Finder<'a> {
    raw: &'a RawSubmission,
    named: BTreeMap<&'a FieldId, &'a Placed>,
    table: BTreeMap<&'a FieldId, &'a Placed>,
    codes: Codes<'a>,
}

impl Finder<'_> {
    fn find(&self, id: &FieldId, tab: &str) -> Option<Located> {
        let at = |placed: &&&Placed| self.raw.sheet(&placed.sheet).is_some();
        let by_name = self.named.get(id).filter(at).filter(|placed| !self.is_astray(id, placed));
        // A table of addresses goes stale when rows or columns are inserted or deleted: only codes say that it holds.
        let stands = |placed: &&&Placed| {
            let row = self.codes.row_says(id, &placed.sheet, placed.cell);
            row == Says::Own && self.codes.column_says(id, &placed.sheet, placed.cell) == Says::Own
        };
        let by_table = || self.table.get(id).filter(at).filter(stands);
        let placed = by_name
            .map(|placed| (*placed, Access::Names))
            .or_else(|| by_table().map(|placed| (*placed, Access::Table)));
        let located = |(placed, access): (&Placed, Access)| Located {
            sheet: placed.sheet.clone(),
            cell: placed.cell,
            access,
            former: false,
        };
        placed.map(located).or_else(|| self.by_codes(id, tab))
    }

    /// The cell that the codes give: on the form's own sheet, else on one that is asked for, else on any.
    fn by_codes(&self, id: &FieldId, tab: &str) -> Option<Located> {
        let all = self.codes.all(id);
        let rank = |found: &&Found<'_>| (found.sheet.name != tab, !found.sheet.asked);
        let found = all.iter().min_by_key(rank)?;
        let sheet = found.sheet.name.clone();
        Some(Located { sheet, cell: found.cell, access: Access::Codes, former: false })
    }

    /// Whether cells went elsewhere without their names, or a name without its field: the codes around the named cell
    /// are of another field. Excel and LibreOffice move names along when they insert; libraries do not, and no program
    /// does when it sorts. A cell cut and pasted over another takes its name with it. Where not even a label is left in
    /// the row, the name points at nothing that a form has.
    fn is_astray(&self, id: &FieldId, placed: &Placed) -> bool {
        let stands_elsewhere = || {
            let all = self.codes.all(id);
            let mut here = all.iter().filter(|found| found.sheet.name == placed.sheet);
            here.next().is_some_and(|found| found.cell != placed.cell)
        };
        match self.codes.row_says(id, &placed.sheet, placed.cell) {
            Says::Own => self.codes.column_says(id, &placed.sheet, placed.cell) == Says::Another,
            // Where that code stands twice, a row was copied over this one.
            Says::Another => self.codes.is_first(&placed.sheet, placed.cell.row) || stands_elsewhere(),
            Says::Nothing => stands_elsewhere() || self.is_bare(placed),
        }
    }

    /// Whether the row of a place holds nothing at all, as far as the sheet was read.
    fn is_bare(&self, placed: &Placed) -> bool {
        if self.raw.skipped.iter().any(|(sheet, _)| *sheet == placed.sheet) {
            return false;
        }
        let row = CellAddress::new(placed.cell.row, 0)..CellAddress::new(placed.cell.row + 1, 0);
        self.raw.sheet(&placed.sheet).is_none_or(|sheet| sheet.cells.range(row).next().is_none())
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
    let collector = &plan.frame(form.year).names.collector;
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
    for (sheet, reason) in skipped(located, raw) {
        let cause = format!("trang tính không đọc được hết: {reason}");
        let cure = "mở tệp bằng Excel hoặc LibreOffice, lưu lại thành .xlsx rồi gửi lại";
        let origin = Origin { file: file.into(), sheet: Some(sheet.as_str().into()), cell: None };
        findings.push(Finding::new(Code::S007, cause, cure).at(origin));
    }
    for field in form.fields().filter(|field| !located.contains_key(&field.id)) {
        let cause = "không tìm thấy ô nhập này trong tệp: dòng, cột hoặc trang tính đã bị xóa, hoặc nội dung của trang đã mất";
        let cure = format!("dùng lại biểu mẫu do {collector} gửi, chép số liệu vào đúng ô rồi gửi lại");
        let origin = Origin::cell(file, &field.sheet, field.cell.to_string());
        findings.push(Finding::new(Code::S006, cause, cure).at(origin).about(&field.id, &field.label));
    }
    findings
}

/// The sheets of input cells that were not read to their end, with the reason.
fn skipped<'r>(
    located: &BTreeMap<FieldId, Located>,
    raw: &'r RawSubmission,
) -> impl Iterator<Item = &'r (String, String)> {
    let sheets: BTreeSet<EcoString> = located.values().map(|place| place.sheet.clone()).collect();
    let holds_fields = move |(sheet, _): &&(String, String)| sheets.contains(sheet.as_str());
    raw.skipped.iter().chain(raw.skipped_besides.iter().filter(holds_fields))
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
        raw.skipped.iter().chain(&raw.skipped_besides).any(|(sheet, _)| *sheet == place.sheet)
            && raw.sheet(&place.sheet).is_none_or(|sheet| !sheet.cells.contains_key(&place.cell))
    };
    form.fields().filter(is_unread).map(|field| field.id.clone()).collect()
}
