//! Rules inside one submission.

use crate::domain::display::{date, number, plain};
use crate::domain::{ColumnRole, FieldKind, Meaning, Ratio};
use crate::finding::{Finding, Origin};
use crate::form::{Field, FormRow};
use crate::plan::Plan;
use crate::submission::{Submission, Value};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use std::sync::Arc;

/// How far a typed percentage may lie from the computed one, in points.
const PERCENT_TOLERANCE: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// Checks one submission; values that a finding keeps out are taken out of it.
pub(super) fn check(plan: &Plan, as_of: NaiveDate, submission: &mut Submission) -> Vec<Finding> {
    let mut findings = Vec::new();
    let form = Arc::clone(&submission.form);
    // Missing first: a value that a rule takes out below was not left out by the sender.
    for row in form.rows() {
        check_required(submission, row, &mut findings);
    }
    for row in form.rows() {
        check_row_status(submission, row, &mut findings);
        for field in &row.fields {
            check_within(submission, row, field, &mut findings);
        }
        check_percent(submission, row, &mut findings);
    }
    check_report_date(plan, as_of, submission, &mut findings);
    findings
}

fn finding(submission: &Submission, code: &str, field: &Field, cause: String, cure: String) -> Finding {
    let origin = submission.values.get(&field.id).map_or_else(
        || Origin::cell(&submission.file.path, &field.sheet, field.cell.to_string()),
        |reported| reported.origin.clone(),
    );
    Finding::new(code, cause, cure)
        .of_unit(&submission.unit)
        .in_year(submission.year)
        .at(origin)
        .label(&field.label)
}

fn check_required(submission: &Submission, row: &FormRow, findings: &mut Vec<Finding>) {
    for field in row.fields.iter().filter(|field| field.required) {
        // A cell that was filled but could not be used has a finding of its own, as has one that was not read.
        let filled = submission.filled.iter().any(|cell| cell.field == field.id);
        let known = filled || submission.unread.contains(&field.id);
        if known || submission.values.contains_key(&field.id) || row_has_no_figures(submission, row) {
            continue;
        }
        let cure = "điền số vào ô; ghi 0 nếu không có, chọn tình trạng “Chưa có tiêu chí” nếu chưa có tiêu chí đánh giá";
        let is_figure = matches!(field.kind, FieldKind::Count | FieldKind::Decimal);
        let cure = if is_figure { cure } else { "điền nội dung vào ô" };
        let mut missing = finding(submission, "C011", field, "ô bắt buộc đang trống".into(), cure.into());
        if matches!(field.kind, FieldKind::Text | FieldKind::Date) {
            missing.effect = "Báo cáo của đơn vị thiếu thông tin này.".to_owned();
        }
        findings.push(missing);
    }
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

/// A row that says “nothing to report” and yet reports figures is a question for the sender.
fn check_row_status(submission: &mut Submission, row: &FormRow, findings: &mut Vec<Finding>) {
    let Some((status_field, meaning)) = row_status(submission, row) else { return };
    if !matches!(meaning, Meaning::NoStandard | Meaning::None | Meaning::NotReported) {
        return;
    }
    // With no standard to judge by, how many there are in all may still be told.
    let may_stand = |field: &Field| meaning == Meaning::NoStandard && field.role == Some(ColumnRole::Whole);
    let typed = |field: &Field| submission.filled.iter().any(|cell| cell.field == field.id);
    let figures: Vec<(&Field, Decimal)> = row
        .fields
        .iter()
        .filter(|field| is_share_part(field) && typed(field) && !may_stand(field))
        .filter_map(|field| Some((field, submission.number(&field.id)?)))
        .collect();
    // “None” and zero agree; “not reported” and zero do not, for missing is never zero.
    let contradicts = |number: &Decimal| meaning == Meaning::NotReported || !number.is_zero();
    if !figures.iter().any(|(_, number)| contradicts(number)) {
        return;
    }
    let chosen = submission.values.get(&status_field.id).map(|r| r.typed.clone()).unwrap_or_default();
    let what = if meaning == Meaning::NotReported { "ghi số" } else { "ghi số khác 0" };
    for (field, number) in figures {
        if contradicts(&number) {
            let typed = submission.values.get(&field.id).map(|r| r.typed.clone()).unwrap_or_default();
            let cause = format!("tình trạng của dòng là “{chosen}” nhưng ô này vẫn {what}");
            let cure =
                "sửa tình trạng thành “Số liệu” hoặc “Ước” nếu số đúng; nếu không thì xóa số".to_owned();
            findings.push(finding(submission, "R006", field, cause, cure).typed(typed));
        }
        // A zero left behind would stand for the whole row.
        submission.reject(&field.id, "R006");
    }
}

fn is_share_part(field: &Field) -> bool {
    use ColumnRole::{Female, Minority, Part, Recognised, Registered, Whole};
    matches!(field.role, Some(Whole | Part | Female | Minority | Registered | Recognised))
}

/// Part ≤ whole, recognised ≤ registered ≤ total, women and ethnic minorities ≤ total.
fn check_within(submission: &mut Submission, row: &FormRow, field: &Field, findings: &mut Vec<Finding>) {
    let Some(whole_id) = &field.within else { return };
    let (Some(part), Some(whole)) = (submission.number(&field.id), submission.number(whole_id)) else {
        return;
    };
    let Some(whole_field) = row.fields.iter().find(|other| other.id == *whole_id) else { return };
    if part <= whole {
        return;
    }
    let (code, both_out) = match field.role {
        Some(ColumnRole::Female) => ("R003", false),
        Some(ColumnRole::Minority) => ("R004", false),
        Some(ColumnRole::Registered | ColumnRole::Recognised) => ("R002", true),
        _ => ("R001", true),
    };
    let heading = |f: &Field| f.label.rsplit(" – ").next().unwrap_or(&f.label).to_owned();
    let cause = format!(
        "“{}” là {} nhưng “{}” chỉ là {} (ô {})",
        heading(field),
        plain(part),
        heading(whole_field),
        plain(whole),
        whole_field.cell
    );
    let cure = format!("kiểm tra và sửa ô {} hoặc ô {}", field.cell, whole_field.cell);
    let typed = submission.values.get(&field.id).map(|r| r.typed.clone()).unwrap_or_default();
    findings.push(
        finding(submission, code, field, cause, cure)
            .typed(typed)
            .read(plain(part))
            .expected(format!("không lớn hơn {}", plain(whole))),
    );
    submission.reject(&field.id, code);
    if both_out {
        submission.reject(whole_id, code);
    }
}

/// A typed percentage is only ever compared with the computed one.
fn check_percent(submission: &Submission, row: &FormRow, findings: &mut Vec<Finding>) {
    let of_role = |role| row.fields.iter().find(|field| field.role == Some(role));
    let (Some(field), Some(part), Some(whole)) =
        (of_role(ColumnRole::Percent), of_role(ColumnRole::Part), of_role(ColumnRole::Whole))
    else {
        return;
    };
    let number_of = |f: &Field| submission.number(&f.id);
    let (Some(typed), Some(n), Some(d)) = (number_of(field), number_of(part), number_of(whole)) else {
        return;
    };
    let Some(computed) = Ratio::of(n, d).percent() else { return };
    // A cell formatted as a percentage holds the fraction: 97,85 % is 0,9785 underneath.
    let near = |value: Decimal| (value - computed).abs() <= PERCENT_TOLERANCE;
    if near(typed) || (typed <= Decimal::ONE && near(typed * Decimal::ONE_HUNDRED)) {
        return;
    }
    let cause =
        format!("tỷ lệ ghi {}% nhưng {} / {} = {}%", plain(typed), plain(n), plain(d), number(computed, 2));
    let cure = format!(
        "kiểm tra lại ô {} và ô {}; nếu hai số đúng thì xóa hoặc sửa tỷ lệ ở ô {}",
        part.cell, whole.cell, field.cell
    );
    let as_typed = submission.values.get(&field.id).map(|r| r.typed.clone()).unwrap_or_default();
    findings.push(
        finding(submission, "R005", field, cause, cure)
            .typed(as_typed)
            .read(format!("{}%", plain(typed)))
            .expected(format!("{}%", number(computed, 2))),
    );
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
        findings.push(finding(submission, "T003", field, cause, cure).read(date(day)));
    } else if day >= due {
        let cause = format!("báo cáo lập ngày {}, hạn gửi là trước ngày {}", date(day), date(due));
        let cure = "không cần sửa tệp; kỳ sau xin gửi trước hạn".to_owned();
        findings.push(finding(submission, "T002", field, cause, cure).read(date(day)));
    }
}

/// The date of the unit's report, when it gave one.
pub(super) fn report_date(plan: &Plan, submission: &Submission) -> Option<NaiveDate> {
    submission.date(&plan.report_date)
}
