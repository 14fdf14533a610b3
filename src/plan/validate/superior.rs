//! The table the superior body asks for.

use super::super::file::{Spanned, SuperiorFormFile, SuperiorRowFile};
use super::super::{PlannedSheet, SuperiorColumn, SuperiorForm, SuperiorRow, SuperiorSource};
use super::{Checker, declared};
use crate::domain::{FieldId, Indicator};
use std::collections::BTreeSet;

/// Resolves what the rows refer to.
pub(super) fn form(
    main: &mut Checker<'_>,
    file: SuperiorFormFile,
    indicators: &[Indicator],
    sheets: &[PlannedSheet],
    declared: &BTreeSet<&str>,
) -> SuperiorForm {
    let columns = file
        .columns
        .into_iter()
        .map(|c| SuperiorColumn { title: c.title, over: c.over, shows: c.shows, width: c.width })
        .collect();
    let rows = file.rows.into_iter().map(|row| self::row(main, row, indicators, sheets, declared)).collect();
    SuperiorForm { tab: file.tab, number: file.number, title: file.title, note: file.note, columns, rows }
}

fn row(
    main: &mut Checker<'_>,
    row: SuperiorRowFile,
    indicators: &[Indicator],
    sheets: &[PlannedSheet],
    declared: &BTreeSet<&str>,
) -> SuperiorRow {
    let known =
        row.indicator.as_ref().and_then(|id| indicators.iter().find(|i| i.id.to_string() == *id.get_ref()));
    // An indicator that was declared wrongly, or that a row of the form lacks too, is told there, once.
    let told = |id: &str| {
        let rows = sheets.iter().flat_map(|sheet| &sheet.tables).flat_map(|table| &table.rows);
        declared.contains(id) || rows.filter_map(|row| row.indicator.as_ref()).any(|known| known.0 == id)
    };
    if let (Some(id), None) = (&row.indicator, known)
        && !told(id.get_ref())
    {
        main.unknown(id, "chỉ tiêu", "sửa mã chỉ tiêu trong biểu của cấp trên hoặc khai báo chỉ tiêu");
    }
    let validity = main.span(row.valid_from.as_ref(), row.valid_to.as_ref());
    let status = field(main, row.status.as_ref(), sheets);
    let (whole, part) = (field(main, row.whole.as_ref(), sheets), field(main, row.part.as_ref(), sheets));
    let label = row.label.or_else(|| known.map(|indicator| indicator.title.clone())).unwrap_or_default();
    let unit =
        if row.unit.is_empty() { known.map(|i| i.counted.clone()).unwrap_or_default() } else { row.unit };
    let from = match (known, status) {
        (Some(indicator), _) => SuperiorSource::Indicator(indicator.id.clone()),
        (None, Some(status)) => SuperiorSource::Status(status),
        (None, None) if whole.is_none() && part.is_none() => SuperiorSource::Heading,
        (None, None) => SuperiorSource::Fields { whole, part },
    };
    SuperiorRow { number: row.number, label, unit, from, validity }
}

fn field(main: &mut Checker<'_>, at: Option<&Spanned<String>>, sheets: &[PlannedSheet]) -> Option<FieldId> {
    let at = at?;
    let id = main.field_id(at)?;
    if !declared::declares(sheets, &id) {
        main.unknown(at, "ô nhập", "khai báo ô này trong tệp biểu mẫu hoặc sửa mã ô");
    }
    Some(id)
}
