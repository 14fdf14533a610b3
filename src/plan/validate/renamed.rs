//! What older versions of the form called its fields.

use super::Checker;
use super::declared::declares;
use crate::domain::{FieldId, RowCode, RowId, Unit, UnitCode};
use crate::error::PlanMistake;
use crate::finding::Code;
use crate::plan::file::FormFile;
use crate::plan::{PlannedSheet, Renamed, Repeat, SourceFile};
use std::collections::BTreeSet;

/// The renamings: from an id that is free now to a field or row that the form declares.
pub(super) fn renamed(
    source: &SourceFile,
    file: &FormFile,
    sheets: &[PlannedSheet],
    units: &[Unit],
    mistakes: &mut Vec<PlanMistake>,
) -> Vec<Renamed> {
    let mut checker = Checker { file: source, mistakes };
    let is_row =
        |id: &str| sheets.iter().flat_map(|sheet| &sheet.tables).flat_map(|t| &t.rows).any(|r| r.id == *id);
    let is_field = |id: &str| FieldId::parse(id).is_ok_and(|field| declares(sheets, &field));
    let declared = |id: &str| is_row(id) || is_field(id);
    let mut seen = BTreeSet::new();
    let mut renamed = Vec::new();
    for entry in &file.renamed {
        let from = checker.field_id(&entry.from);
        checker.unique(&mut seen, &entry.from, "mã cũ");
        if declared(entry.from.get_ref()) {
            let what = format!("mã cũ “{}” vẫn là mã của một ô hoặc dòng đang dùng", entry.from.get_ref());
            checker.mistake(Code::P005, &entry.from, what, "bỏ mục này, hoặc đặt mã mới cho ô đang dùng");
        }
        // The last of several renamings counts; those before lead to it.
        let leads_on = file.renamed.iter().any(|other| other.from.get_ref() == entry.to.get_ref());
        if !declared(entry.to.get_ref()) && !leads_on {
            let example = an_id(sheets).map(|(field, row)| format!(", ví dụ {field} hoặc {row}"));
            let cure = format!("ghi mã đang dùng trong tệp biểu mẫu{}", example.unwrap_or_default());
            checker.unknown(&entry.to, "ô nhập hoặc dòng", &cure);
        }
        // An id that is none has been told.
        let (Some(from), Ok(to)) = (from, FieldId::parse(entry.to.get_ref())) else { continue };
        let one = Renamed::parse(&from, &to);
        if one.is_none() {
            let what = format!("“{from}” và “{to}” không cùng loại: một bên là mã ô, một bên là mã dòng");
            checker.mistake(Code::P004, &entry.to, what, "ghi cả hai là mã ô, hoặc cả hai là mã dòng");
        }
        renamed.extend(one);
    }
    renamed.extend(renamed_for_units(sheets, units));
    renamed
}

/// A field of the form and its row, as an example.
fn an_id(sheets: &[PlannedSheet]) -> Option<(FieldId, &RowId)> {
    let mut tables = sheets.iter().flat_map(|sheet| &sheet.tables).filter(|table| table.repeat.is_none());
    tables.find_map(|table| {
        let row = &table.rows.first()?.id;
        Some((FieldId::new(&RowCode::once(row), &table.columns.first()?.id), row))
    })
}

/// A row that repeats over units carries their codes, so it was called otherwise when they were.
fn renamed_for_units(sheets: &[PlannedSheet], units: &[Unit]) -> Vec<Renamed> {
    let mut renamed = Vec::new();
    for table in sheets.iter().flat_map(|sheet| &sheet.tables) {
        let Some(Repeat::Units(level)) = &table.repeat else { continue };
        for row in &table.rows {
            for unit in units.iter().filter(|unit| unit.level == *level) {
                let code = |unit: &UnitCode| RowCode::for_unit(&row.id, unit);
                let former = unit.former_codes.iter().map(code);
                renamed.extend(former.map(|from| Renamed::Repetition { from, to: code(&unit.code) }));
            }
        }
    }
    renamed
}
