//! Several files of one unit: which one counts.

use crate::domain::{FieldId, UnitCode};
use crate::finding::{Code, Finding, Origin};
use crate::submission::{Fate, Submission, Value};
use std::collections::{BTreeMap, BTreeSet};
use vietnamese::display::{date, plain};

/// The files that count and those they replace.
pub(super) struct Versions {
    /// One submission a unit, with what reading it found, by unit.
    pub chosen: Vec<(Submission, Vec<Finding>)>,
    /// Older versions and copies.
    pub superseded: Vec<Submission>,
    /// What there is to say about it.
    pub findings: Vec<Finding>,
}

/// Chooses, for each unit, the file that was saved last by its own account, else by the disk's; files come in order of
/// content.
pub(super) fn choose(submissions: Vec<(Submission, Vec<Finding>)>) -> Versions {
    let mut by_unit: BTreeMap<UnitCode, Vec<(Submission, Vec<Finding>)>> = BTreeMap::new();
    for entry in submissions {
        by_unit.entry(entry.0.unit.clone()).or_default().push(entry);
    }
    let mut versions = Versions { chosen: Vec::new(), superseded: Vec::new(), findings: Vec::new() };
    for (_, mut files) in by_unit {
        // Stable: files of the same moments, or silent about them, keep the order of their content.
        files.sort_by_key(|(submission, _)| (submission.modified.or(submission.stored), submission.stored));
        let Some((chosen, read)) = files.pop() else { continue };
        for (mut older, _) in files {
            versions.findings.push(replaced(&chosen, &older));
            versions.findings.extend(cell_by_cell(&chosen, &older));
            older.settle_all(&Fate::Superseded);
            older.values.clear();
            versions.superseded.push(older);
        }
        versions.chosen.push((chosen, read));
    }
    versions
}

/// The finding that a file is not the one that counts, and how it differs from that.
fn replaced(chosen: &Submission, older: &Submission) -> Finding {
    if chosen.file.sha256 == older.file.sha256 {
        return Finding::new(
            Code::F008,
            format!("nội dung giống hệt tệp “{}”", chosen.file.path),
            "không cần làm gì; có thể xóa một bản",
        )
        .of_unit(&older.unit)
        .in_year(older.year)
        .at(Origin::file(&older.file.path));
    }
    let saved = |s: &Submission| match (s.modified, s.stored) {
        (Some(moment), _) => format!("lưu lúc {}", moment.format(MOMENT)),
        (None, Some(moment)) => format!("tệp ghi lúc {}", moment.format(MOMENT)),
        (None, None) => "không rõ lúc lưu".to_owned(),
    };
    let differing = differing_fields(chosen, older);
    let difference = match differing.len() {
        0 => "không khác về số liệu".to_owned(),
        all if all <= CELLS_TOLD => format!("khác ở {all} ô, nêu riêng từng ô"),
        all => format!("khác ở {all} ô, nêu riêng {CELLS_TOLD} ô đầu"),
    };
    let cause = format!(
        "đơn vị gửi nhiều bản; dùng tệp {} ({}); tệp này ({}) {difference}",
        chosen.file.path,
        saved(chosen),
        saved(older)
    );
    Finding::new(
        Code::O002,
        cause,
        "kiểm tra bản được dùng có đúng là bản cuối; nếu không, xóa bản sai khỏi hộp thư",
    )
    .of_unit(&older.unit)
    .in_year(older.year)
    .at(Origin::file(&older.file.path))
}

/// One finding for each cell in which the older version says something else.
fn cell_by_cell(chosen: &Submission, older: &Submission) -> Vec<Finding> {
    if chosen.file.sha256 == older.file.sha256 {
        return Vec::new();
    }
    let tell = |id: &FieldId| {
        let field = chosen.form.field(id)?;
        let origin = |s: &Submission| s.values.get(id).map(|reported| reported.origin.clone());
        let place = origin(older)
            .unwrap_or_else(|| Origin::cell(&older.file.path, &field.sheet, field.cell.to_string()));
        let (before, now) = (shown(older, id), shown(chosen, id));
        let cause = format!("bản này là {before}, bản được dùng là {now}");
        let finding = Finding::new(Code::O006, cause, "xem bản được dùng đã đúng là bản cuối chưa");
        let finding = finding.of_unit(&older.unit).in_year(older.year).at(place).about(id, &field.label);
        Some(finding.read(before).expected(now))
    };
    differing_fields(chosen, older).iter().take(CELLS_TOLD).filter_map(tell).collect()
}

/// How many differing cells are told one by one before they are only counted.
const CELLS_TOLD: usize = 60;
/// How a moment is told.
const MOMENT: &str = "%H:%M ngày %d/%m/%Y";
/// How many characters of a text it shows.
const TEXT_SHOWN: usize = 40;

/// A value as it is told beside its other version.
fn shown(submission: &Submission, field: &FieldId) -> String {
    match submission.values.get(field).and_then(|reported| reported.value.as_ref()) {
        None => "trống".to_owned(),
        Some(Value::Number(number)) => plain(*number),
        Some(Value::Date(day)) => date(*day),
        Some(Value::Choice(_, text)) => text.to_string(),
        Some(Value::Text(text)) => {
            let start: String = text.chars().take(TEXT_SHOWN).collect();
            if start.len() < text.len() { format!("“{start}…”") } else { format!("“{start}”") }
        }
    }
}

fn differing_fields(a: &Submission, b: &Submission) -> Vec<FieldId> {
    let ids: BTreeSet<&FieldId> = a.values.keys().chain(b.values.keys()).collect();
    let value = |s: &Submission, id: &FieldId| s.values.get(id).map(|r| (r.value.clone(), r.status));
    ids.into_iter().filter(|id| value(a, id) != value(b, id)).cloned().collect()
}
