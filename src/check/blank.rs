//! Forms that came back as they went out: whoever sent one has not reported, and it takes no filled form's place.

use super::decision::{Correction, Waivers};
use super::{RejectedFile, Sorted};
use crate::domain::{ColumnRole, FieldId, Meaning};
use crate::finding::{Code, Finding, FindingCode, Origin};
use crate::form::{Field, FormTable};
use crate::plan::Plan;
use crate::submission::{Submission, Value};
use std::collections::BTreeSet;

/// Takes the blank forms from among the submissions and puts them to the files that are not used. One that a waiver
/// accepts stays, and so does that of a unit whose figures were settled otherwise.
pub(super) fn set_apart(plan: &Plan, sorted: &mut Sorted, waivers: &mut Waivers, corrections: &[Correction]) {
    let (blank, filled): (Vec<_>, Vec<_>) =
        std::mem::take(&mut sorted.submissions).into_iter().partition(|(submission, _)| {
            is_blank(plan, submission) && !corrections.iter().any(|line| line.unit == submission.unit)
        });
    let others: BTreeSet<_> = filled.iter().map(|(submission, _)| submission.unit.clone()).collect();
    sorted.submissions = filled;
    for (submission, mut read) in blank {
        let told = waivers.apply_to_one(told(&submission, others.contains(&submission.unit)), None);
        let code = FindingCode::from(Code::S014);
        if told.code != code {
            read.push(told);
            sorted.submissions.push((submission, read));
            continue;
        }
        // What makes the form look empty is told as well, and what says that it is another's.
        let came = submission.came();
        let doubts = submission.doubts.into_iter().map(|doubt| doubt.finding);
        sorted.findings.extend(read.into_iter().chain(doubts).chain([told]));
        sorted.rejected.push(RejectedFile {
            file: submission.file,
            came,
            of_other_year: None,
            sender: Some(submission.unit),
            filled: submission.filled_count + submission.beside.values().sum::<usize>(),
            code,
        });
    }
}

/// Whether nothing is filled but who reports and when, which stand in the table of the report's date, and that figures
/// are figures. Who is asked for nothing else has reported by signing.
fn is_blank(plan: &Plan, submission: &Submission) -> bool {
    let head = head_of(plan, submission);
    let mut fields = submission.form.rows().flat_map(|row| row.fields.iter());
    let asks_more = fields.any(|field| field.required && !head.contains(&field.id));
    if !asks_more && !submission.values.is_empty() {
        return false;
    }
    let mut known = submission.filled.iter().map(|cell| &cell.field).chain(submission.values.keys());
    known.all(|field| head.contains(field) || says_nothing(submission, field))
}

fn head_of<'s>(plan: &Plan, submission: &'s Submission) -> BTreeSet<&'s FieldId> {
    let fields = |table: &'s FormTable| table.rows.iter().flat_map(|row| row.fields.iter());
    let tables = submission.form.sheets.iter().flat_map(|sheet| &sheet.tables);
    let head = tables.filter(|table| fields(table).any(|field| field.id == plan.report_date));
    head.flat_map(fields).map(|field| &field.id).collect()
}

fn says_nothing(submission: &Submission, id: &FieldId) -> bool {
    let is_status = |field: &Field| field.role == Some(ColumnRole::RowStatus);
    let value = submission.values.get(id).and_then(|reported| reported.value.as_ref());
    submission.form.field(id).is_some_and(is_status)
        && matches!(value, Some(Value::Choice(Meaning::Actual, _)))
}

fn told(submission: &Submission, has_other: bool) -> Finding {
    let filled = match submission.filled_count {
        0 => "không ô nhập nào có nội dung".to_owned(),
        filled => {
            format!("chỉ có {filled} ô được điền, đều là thông tin người lập, ngày lập; chưa có số liệu nào")
        }
    };
    let lost = match submission.unread.len() {
        0 => String::new(),
        lost => format!("; {lost} ô nhập không còn hoặc không đọc được trong tệp"),
    };
    let cure = match has_other {
        true => "xóa tệp trắng này khỏi hộp thư; số liệu của đơn vị lấy ở tệp khác",
        false => {
            "xem có gửi nhầm tệp trắng không; điền số liệu vào các ô nền vàng của biểu mẫu, lưu, rồi gửi lại"
        }
    };
    Finding::new(Code::S014, format!("biểu mẫu gửi về còn trống: {filled}{lost}"), cure)
        .of_unit(&submission.unit)
        .in_year(submission.year)
        .at(Origin::file(&submission.file.path))
}
