//! Findings as a table like any other, filtered by who mends what.

use crate::domain::UnitCode;
use crate::finding::{Finding, Severity};
use crate::report::model::{Align, Cell, Column, Role, Row, Shown, Table, Tone};
use std::collections::BTreeMap;

/// Title, relative width and alignment of the columns behind the one that numbers the rows.
const COLUMNS: [(&str, f32, Align); 13] = [
    ("Mức độ", 1.0, Align::Center),
    ("Mã", 0.6, Align::Center),
    ("Đơn vị", 1.3, Align::Left),
    ("Tệp", 1.8, Align::Left),
    ("Trang tính", 1.2, Align::Left),
    ("Ô", 0.9, Align::Center),
    ("Mục số liệu", 1.8, Align::Left),
    ("Nội dung ghi", 1.3, Align::Left),
    ("Đã đọc", 1.0, Align::Left),
    ("Mong đợi", 1.4, Align::Left),
    ("Nguyên nhân", 2.6, Align::Left),
    ("Cách sửa", 2.6, Align::Left),
    ("Xử lý", 2.2, Align::Left),
];

/// The table of findings in the order given.
pub(super) fn table(id: String, findings: &[Finding], names: &BTreeMap<UnitCode, String>) -> Table {
    let columns = COLUMNS.map(|(title, width, align)| Column::new(title, title, width, align));
    let columns = [Column::ordinal("STT", 0.6)].into_iter().chain(columns).collect();
    let rows = findings.iter().enumerate().map(|(i, finding)| Row {
        id: (i + 1).to_string().into(),
        role: Role::Body,
        cells: cells(i + 1, finding, names),
    });
    Table { id: id.into(), caption: None, columns, rows: rows.collect(), notes: vec![] }
}

fn cells(number: usize, finding: &Finding, names: &BTreeMap<UnitCode, String>) -> Vec<Cell> {
    let words =
        |text: &str| Cell::plain(if text.is_empty() { Shown::Blank } else { Shown::Text(text.into()) });
    let maybe = |text: &Option<String>| words(text.as_deref().unwrap_or_default());
    let origin = finding.origin.as_ref();
    vec![
        Cell::count(number as u64),
        words(finding.severity.vietnamese()).toned(tone(finding.severity)),
        words(&finding.code.to_string()),
        words(finding.unit.as_ref().map_or("", |unit| names.get(unit).map_or(unit.as_str(), String::as_str))),
        words(origin.map_or("", |origin| &origin.file)),
        words(origin.and_then(|origin| origin.sheet.as_deref()).unwrap_or_default()),
        words(origin.and_then(|origin| origin.cell.as_deref()).unwrap_or_default()),
        maybe(&finding.label),
        maybe(&finding.typed),
        maybe(&finding.read),
        maybe(&finding.expected),
        words(&finding.cause),
        words(&finding.cure),
        words(&finding.effect),
    ]
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Reject | Severity::Error => Tone::Bad,
        Severity::Confirm | Severity::Warning => Tone::Open,
        Severity::Fixed => Tone::Plain,
        Severity::Info => Tone::Quiet,
    }
}
