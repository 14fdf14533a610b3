//! A finding as the sender meets it in the return copy: where its cells stand there, and what is noted on them.

use crate::domain::{CellAddress, FieldId};
use crate::finding::{Finding, Severity};
use crate::form::Field;
use crate::submission::Submission;
use crate::template::Remark;
use std::collections::BTreeMap;

/// A finding and the input cells it speaks of.
pub(super) struct Listed<'a> {
    pub finding: &'a Finding,
    /// Cells of the form, in its order; none where it speaks of a sheet, a file or the whole report.
    pub fields: Vec<&'a Field>,
}

impl<'a> Listed<'a> {
    /// The findings in order of consequence, then as the form runs.
    pub fn in_order(submission: &'a Submission, findings: &[&'a Finding]) -> Vec<Listed<'a>> {
        let order: BTreeMap<&FieldId, usize> =
            submission.form.fields().enumerate().map(|(at, field)| (&field.id, at)).collect();
        let mut listed: Vec<Listed<'a>> = findings
            .iter()
            .map(|finding| Listed { finding, fields: fields_of(submission, finding) })
            .collect();
        let place = |listed: &Listed<'_>| {
            listed.fields.first().and_then(|field| order.get(&field.id)).copied().unwrap_or(usize::MAX)
        };
        listed.sort_by(|a, b| {
            b.finding.severity.cmp(&a.finding.severity).then_with(|| place(a).cmp(&place(b)))
        });
        listed
    }
}

/// The cells of a finding: rows may have been inserted in the sender's file, so its addresses are not the form's.
fn fields_of<'a>(submission: &'a Submission, finding: &Finding) -> Vec<&'a Field> {
    let Some(origin) = finding.origin.as_ref().filter(|origin| origin.file == submission.file.path) else {
        return Vec::new();
    };
    let (Some(sheet), Some(cells)) = (&origin.sheet, &origin.cell) else { return Vec::new() };
    let form = submission.form.as_ref();
    if let Some(field) = form.fields().find(|field| Some(field.label.as_str()) == finding.label.as_deref()) {
        return vec![field];
    }
    let ranges: Vec<(CellAddress, CellAddress)> = cells.split(", ").filter_map(range).collect();
    let inside = |at: CellAddress| {
        ranges.iter().any(|(first, last)| {
            (first.row..=last.row).contains(&at.row) && (first.column..=last.column).contains(&at.column)
        })
    };
    form.fields()
        .filter(|field| match submission.sent.get(&field.id) {
            Some(sent) => {
                let origin = sent.origin();
                let cell = origin.cell.as_deref().and_then(CellAddress::parse);
                origin.sheet.as_ref() == Some(sheet) && cell.is_some_and(inside)
            }
            None => field.sheet == *sheet && inside(field.cell),
        })
        .collect()
}

fn range(text: &str) -> Option<(CellAddress, CellAddress)> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some((CellAddress::parse(first)?, CellAddress::parse(last)?))
}

/// What is noted on each cell about which something is to be done.
pub(super) fn remarks(listed: &[Listed<'_>]) -> BTreeMap<FieldId, Remark> {
    let mut remarks: BTreeMap<FieldId, Remark> = BTreeMap::new();
    for Listed { finding, fields } in listed.iter().filter(|l| l.finding.severity >= Severity::Warning) {
        let mut note = format!("{} ({}): {}", finding.severity.vietnamese(), finding.code, finding.cause);
        if let Some(typed) = finding.typed.as_deref().filter(|typed| !typed.trim().is_empty()) {
            note += &format!("\nĐã ghi: “{}”", super::look::short(typed, 120));
        }
        note += &format!("\nCần làm: {}", finding.cure);
        for field in fields {
            remarks
                .entry(field.id.clone())
                .and_modify(|remark| {
                    remark.note += "\n\n";
                    remark.note += &note;
                })
                .or_insert_with(|| Remark { severity: finding.severity, note: note.clone() });
        }
    }
    remarks
}
