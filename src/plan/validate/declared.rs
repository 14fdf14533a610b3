//! What the form declares: the fields that other parts of the plan may name.

use super::Checker;
use crate::domain::{FieldId, Reporter, RowCode, RowId, StatusField, Unit};
use crate::error::PlanMistake;
use crate::finding::Code;
use crate::plan::file::FormFile;
use crate::plan::{PlannedSheet, SourceFile};
use std::collections::BTreeSet;

/// Whether a row of the form serves an indicator that is not declared. One that is declared wrongly has a mistake of its
/// own already.
pub(super) fn check_indicator_rows(
    source: &SourceFile,
    file: &FormFile,
    declared: &BTreeSet<&str>,
    mistakes: &mut Vec<PlanMistake>,
) {
    let mut checker = Checker { file: source, mistakes };
    for row in file.sheets.iter().flat_map(|sheet| &sheet.tables).flat_map(|table| &table.rows) {
        let Some(id) = &row.indicator else { continue };
        if !declared.contains(id.get_ref().as_str()) {
            let what = format!(
                "dòng “{}” phục vụ chỉ tiêu “{}” nhưng kế hoạch không có chỉ tiêu này",
                row.id.get_ref(),
                id.get_ref()
            );
            checker.mistake(Code::P006, id, what, "sửa số chỉ tiêu, hoặc bỏ khóa indicator");
        }
    }
}

/// Whether any form declares the field.
pub(super) fn declares(sheets: &[PlannedSheet], field: &FieldId) -> bool {
    sheets.iter().any(|sheet| declared_on(sheet, field))
}

/// Whether any form declares the field by which a status is told.
pub(super) fn declares_status(sheets: &[PlannedSheet], status: &StatusField) -> bool {
    let mut tables = sheets.iter().flat_map(|sheet| &sheet.tables);
    match status {
        StatusField::Own(field) => declares(sheets, field),
        StatusField::ForEachUnit { row, column } => tables.any(|table| {
            table.repeat.is_some()
                && table.rows.iter().any(|declared| declared.id == *row)
                && table.columns.iter().any(|declared| declared.id == *column)
        }),
    }
}

/// Whether the form of this reporter declares the field.
pub(super) fn declares_for(
    sheets: &[PlannedSheet],
    field: &FieldId,
    from: &Reporter,
    units: &[Unit],
) -> bool {
    let fills = |sheet: &PlannedSheet| match from {
        Reporter::Level(_) => sheet.asked.of.contains(from),
        Reporter::Unit(code) => {
            let asks = |unit: &Unit| {
                let level = Reporter::Level(unit.level.clone());
                sheet.asked.of.iter().any(|reporter| *reporter == *from || *reporter == level)
            };
            units.iter().filter(|unit| unit.code == *code).any(asks)
        }
    };
    sheets.iter().filter(|sheet| fills(sheet)).any(|sheet| declared_on(sheet, field))
}

fn declared_on(sheet: &PlannedSheet, field: &FieldId) -> bool {
    let Some((row, column)) = field.row_and_column() else { return false };
    sheet.tables.iter().any(|table| {
        let is_row = |declared: &RowId| match table.repeat {
            Some(_) => row.repeats(declared),
            None => row == RowCode::once(declared),
        };
        table.rows.iter().any(|row| is_row(&row.id)) && table.columns.iter().any(|c| c.id == column)
    })
}
