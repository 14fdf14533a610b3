//! What every submission is asked whatever the plan's rules: what must be filled, and the date of the report.

use crate::domain::{ColumnRole, FieldKind, Meaning};
use crate::finding::{Code, Finding, Origin};
use crate::form::{Field, FormRow};
use crate::plan::Plan;
use crate::submission::{Submission, Value};
use chrono::{Datelike, NaiveDate};
use std::sync::Arc;
use vietnamese::display::date;

/// Checks one submission, before a rule takes a value out of it: what is missing now, the sender left out.
pub(super) fn check(plan: &Plan, as_of: NaiveDate, submission: &Submission) -> Vec<Finding> {
    let mut findings = Vec::new();
    let form = Arc::clone(&submission.form);
    for row in form.rows() {
        check_required(plan, submission, row, &mut findings);
    }
    check_report_date(plan, as_of, submission, &mut findings);
    findings
}

fn finding(submission: &Submission, code: Code, field: &Field, cause: String, cure: String) -> Finding {
    let origin = submission.values.get(&field.id).map_or_else(
        || Origin::cell(&submission.file.path, &field.sheet, field.cell.to_string()),
        |reported| reported.origin.clone(),
    );
    Finding::new(code, cause, cure)
        .of_unit(&submission.unit)
        .in_year(submission.year)
        .at(origin)
        .about(&field.id, &field.label)
}

fn check_required(plan: &Plan, submission: &Submission, row: &FormRow, findings: &mut Vec<Finding>) {
    for field in row.fields.iter().filter(|field| field.required) {
        // A cell that was filled but could not be used has a finding of its own, as has one that was not read.
        let filled = submission.filled.iter().any(|cell| cell.field == field.id);
        let known = filled || submission.unread.contains(&field.id);
        if known || submission.values.contains_key(&field.id) || row_has_no_figures(submission, row) {
            continue;
        }
        let cure = match field.kind {
            FieldKind::Count | FieldKind::Decimal | FieldKind::Money(_) => figure_cure(row),
            _ => "điền nội dung vào ô".to_owned(),
        };
        let mut missing = finding(submission, Code::C011, field, "ô bắt buộc đang trống".into(), cure);
        missing.effect = format!(
            "Chỉ tiêu liên quan tính thiếu số liệu này; khoảng giá trị của {} rộng hơn.",
            plan.names.territory
        );
        if matches!(field.kind, FieldKind::Text | FieldKind::Date) {
            missing.effect = "Báo cáo của đơn vị thiếu thông tin này.".to_owned();
        }
        findings.push(missing);
    }
}

/// What to do about a missing figure, in the words of the row's own list of states.
fn figure_cure(row: &FormRow) -> String {
    let mut cure = "điền số vào ô; ghi 0 nếu không có".to_owned();
    if let Some(text) = row.status_text(Meaning::NoStandard) {
        cure.push_str(&format!(", chọn tình trạng “{text}” nếu chưa có tiêu chí đánh giá"));
    }
    cure
}

/// Whether the row's status says that no figures are to be expected.
fn row_has_no_figures(submission: &Submission, row: &FormRow) -> bool {
    matches!(row_status(submission, row), Some((_, Meaning::NoStandard | Meaning::None)))
}

fn row_status<'a>(submission: &Submission, row: &'a FormRow) -> Option<(&'a Field, Meaning)> {
    let field = row.fields.iter().find(|field| field.role == Some(ColumnRole::RowStatus))?;
    match &submission.values.get(&field.id)?.value {
        Some(Value::Choice(meaning, _)) => Some((field, *meaning)),
        _ => None,
    }
}

fn check_report_date(plan: &Plan, as_of: NaiveDate, submission: &Submission, findings: &mut Vec<Finding>) {
    let Some(day) = report_date(plan, submission) else { return };
    let Some(field) = submission.form.field(&plan.report_date) else { return };
    let due = plan.due_date(submission.year);
    let year_is_odd =
        day.year() != submission.year && !(day.year() == submission.year + 1 && day.month() <= 3);
    if year_is_odd || day > as_of {
        let cause = format!(
            "ngày lập báo cáo {} không hợp với báo cáo năm {} (số liệu chốt đến {})",
            date(day),
            submission.year,
            date(as_of)
        );
        let cure = "kiểm tra lại ngày, tháng, năm lập báo cáo".to_owned();
        findings.push(finding(submission, Code::T003, field, cause, cure).read(date(day)));
    } else if day >= due {
        let cause = format!("báo cáo lập ngày {}, hạn gửi là trước ngày {}", date(day), date(due));
        let cure = "không cần sửa tệp; kỳ sau xin gửi trước hạn".to_owned();
        findings.push(finding(submission, Code::T002, field, cause, cure).read(date(day)));
    }
}

/// The date of the unit's report, when it gave one.
pub(super) fn report_date(plan: &Plan, submission: &Submission) -> Option<NaiveDate> {
    submission.date(&plan.report_date)
}
