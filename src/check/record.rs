//! What every submission is asked whatever the plan's rules: what must be filled, and the date of the report.

use super::opt_out;
use crate::domain::{ColumnRole, FieldKind, Meaning};
use crate::finding::{Code, Finding, FindingCode, Origin};
use crate::form::{Field, FormRow};
use crate::intake::moment::{Moment, ReceiptBy};
use crate::plan::Plan;
use crate::submission::{Submission, Value};
use chrono::{Datelike, Months, NaiveDate};
use std::sync::Arc;
use vietnamese::display::date;

/// Checks one submission, before a rule takes a value out of it: what is missing now, the sender left out.
pub(super) fn check(plan: &Plan, as_of: NaiveDate, submission: &Submission) -> Vec<Finding> {
    let mut findings = Vec::new();
    let form = Arc::clone(&submission.form);
    findings.extend(opt_out::check(submission));
    for row in form.rows() {
        match row_status(submission, row) {
            Some((_, Meaning::NoStandard | Meaning::None)) => {}
            _ if opt_out::is_asked(submission, row) => {}
            Some((status, Meaning::NotReported)) => {
                findings.extend(not_reported(submission, row, status));
            }
            _ => check_required(plan, submission, row, &mut findings),
        }
    }
    check_report_date(plan, as_of, submission, &mut findings);
    check_arrival(plan, submission, &mut findings);
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
    for field in missing(submission, row) {
        let cure = match field.kind {
            FieldKind::Count | FieldKind::Decimal | FieldKind::Money(_) => figure_cure(row),
            _ => value_cure(field),
        };
        let mut missing = finding(submission, Code::C011, field, "ô bắt buộc đang trống".into(), cure);
        missing.effect = format!(
            "Chỉ tiêu liên quan tính thiếu số liệu này; khoảng giá trị của {} rộng hơn.",
            plan.frame(submission.year).names.territory
        );
        if matches!(field.kind, FieldKind::Text | FieldKind::Date) {
            missing.effect = "Báo cáo của đơn vị thiếu thông tin này.".to_owned();
        }
        findings.push(missing);
    }
}

/// The required cells of a row that were left blank.
fn missing<'a>(submission: &Submission, row: &'a FormRow) -> impl Iterator<Item = &'a Field> {
    row.fields.iter().filter(|field| field.required).filter(|field| {
        // A cell that was filled but could not be used has a finding of its own, as has one that was not read.
        let filled = submission.filled.iter().any(|cell| cell.field == field.id);
        let known = filled || submission.unread.contains(&field.id);
        !known && !submission.values.contains_key(&field.id)
    })
}

/// The sender chose to say that the row's figures are not there yet: told once, not asked cell by cell.
fn not_reported(submission: &Submission, row: &FormRow, status: &Field) -> Option<Finding> {
    missing(submission, row).next()?;
    let said = row.status_text(Meaning::NotReported)?;
    let cause = format!("dòng chọn tình trạng “{said}”; chương trình coi là chưa có số liệu, không phải 0");
    let mut cure = "không cần làm gì trong lúc chờ; khi có số liệu thì điền số".to_owned();
    if let Some(actual) = row.status_text(Meaning::Actual) {
        cure.push_str(&format!(" và chọn lại “{actual}”"));
    }
    let typed = submission.values.get(&status.id).map(|reported| reported.typed.clone());
    let told = finding(submission, Code::C010, status, cause, cure).read("chưa báo cáo");
    Some(typed.iter().fold(told, |told, typed| told.typed(typed.as_str())))
}

/// What to do about a missing figure, in the words of the row's own list of states.
fn figure_cure(row: &FormRow) -> String {
    let cure = "điền số vào ô; ghi 0 nếu không có";
    let status = row.fields.iter().find(|field| field.role == Some(ColumnRole::RowStatus));
    let Some(FieldKind::Choice(list)) = status.map(|status| &status.kind) else { return cure.to_owned() };
    let instead = list.items.iter().filter(|item| !matches!(item.means, Meaning::Actual | Meaning::Estimate));
    match either(instead.map(|item| item.text.as_str())) {
        Some(texts) => format!("{cure}; nếu không ghi được số thì chọn tình trạng {texts}"),
        None => cure.to_owned(),
    }
}

/// What to do about any other missing value.
fn value_cure(field: &Field) -> String {
    match &field.kind {
        FieldKind::Choice(list) => match either(list.items.iter().map(|item| item.text.as_str())) {
            Some(texts) => format!("chọn {texts} trong danh sách của ô"),
            None => "chọn một mục trong danh sách của ô".to_owned(),
        },
        FieldKind::Date => "ghi ngày theo thứ tự ngày/tháng/năm".to_owned(),
        _ => "điền nội dung vào ô".to_owned(),
    }
}

/// “a”, “b” or “c”; nothing of none, and of so many that nobody reads them.
fn either<'t>(texts: impl Iterator<Item = &'t str>) -> Option<String> {
    let quoted: Vec<String> = texts.map(|text| format!("“{text}”")).collect();
    let (last, others) = quoted.split_last().filter(|_| quoted.len() <= CHOICES_NAMED)?;
    Some(if others.is_empty() { last.clone() } else { format!("{} hoặc {last}", others.join(", ")) })
}

/// How many items of a list are named.
const CHOICES_NAMED: usize = 8;

/// What the sender says of the row's figures, and the cell that says so.
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
    if let Some(meant) = switched(plan, as_of, submission, day) {
        let cause = format!(
            "ngày lập báo cáo {} không thuộc kỳ gửi báo cáo; đổi chỗ ngày và tháng thì thành {}, có lẽ máy ghi tháng trước ngày",
            date(day),
            date(meant)
        );
        let cure = format!(
            "gõ lại ngày theo thứ tự ngày/tháng/năm; nếu đúng là {} thì báo lại cho đơn vị tổng hợp",
            date(day)
        );
        findings.push(finding(submission, Code::T004, field, cause, cure).read(date(day)).expected(format!(
            "{} hoặc {}",
            date(meant),
            date(day)
        )));
    } else if year_is_odd || day > as_of {
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

/// Tells a file that was saved, or brought by a mail, after the due date although its report is dated before it, or not
/// at all. Corrected files come late as well, so this alone makes no report a late one. The disk says when somebody put a
/// file there, which is nothing its sender did.
fn check_arrival(plan: &Plan, submission: &Submission, findings: &mut Vec<Finding>) {
    let due = plan.due_date(submission.year);
    let is_late = |day: &NaiveDate| *day >= due && *day < due + Months::new(SEASON_AFTER);
    let day_of = |moment: Moment| moment.on_the_wall(plan.utc_offset).date();
    let saved = submission.modified.map(day_of);
    let received = submission.received.map(|receipt| (day_of(receipt.moment), receipt.by));
    let told = match (saved, received) {
        // What has come cannot be saved later: the sender's clock is wrong.
        (_, Some((came, _))) if came < due => return,
        (saved, Some((came, by))) if is_late(&came) => {
            let saved = match saved {
                Some(day) => format!("; tệp lưu lần cuối ngày {}", date(day)),
                None => String::new(),
            };
            (format!("{}, sau hạn gửi (trước ngày {}){saved}", arrived(came, by), date(due)), LATE_MAIL)
        }
        (Some(day), _) if is_late(&day) => (
            format!("tệp lưu lần cuối ngày {}, sau hạn gửi (trước ngày {})", date(day), date(due)),
            SAVED_LATE,
        ),
        _ => return,
    };
    let Some(field) = submission.form.field(&plan.report_date) else { return };
    let dated = report_date(plan, submission);
    if dated.is_some_and(|day| day >= due) {
        return;
    }
    let dated = dated.map_or("không ghi ngày".to_owned(), |day| format!("ghi ngày lập {}", date(day)));
    let cause = format!("{}; báo cáo {dated}", told.0);
    findings.push(finding(submission, Code::T005, field, cause, told.1.to_owned()));
}

/// What to look at where a file was saved late …
const SAVED_LATE: &str =
    "đối chiếu ngày nhận tệp trước khi xếp đơn vị vào diện đúng hạn; tệp sửa lại sau hạn thì bỏ qua";
/// … and where a mail brought it late.
const LATE_MAIL: &str = "xem đơn vị đã gửi bản nào trước hạn chưa trước khi xếp vào diện đúng hạn; thư gửi bản sửa hoặc thư chuyển tiếp lại thì bỏ qua";

/// When the mail came, and by whose word.
fn arrived(day: NaiveDate, by: ReceiptBy) -> String {
    match by {
        ReceiptBy::Server => format!("thư mang tệp này đến ngày {} (theo máy chủ thư)", date(day)),
        ReceiptBy::Sender => {
            format!("thư mang tệp này gửi ngày {} (theo ngày gửi ghi trong thư)", date(day))
        }
    }
}

/// How many months before the due date reports of a year are written, and for how many after it late ones come.
const SEASON_BEFORE: u32 = 2;
const SEASON_AFTER: u32 = 4;
/// How many days may lie between the day a report bears and the day its file was saved.
const DAYS_TO_SAVE: i64 = 3;

/// Whether reports that are due on one day are written or sent on the other.
pub(super) fn is_in_season(due: NaiveDate, day: NaiveDate) -> bool {
    day >= due - Months::new(SEASON_BEFORE) && day < due + Months::new(SEASON_AFTER)
}

/// The day that is meant where day and month seem to be switched: the date lies outside the season of reports, or far from
/// the day its file was saved, and does not when they are.
fn switched(plan: &Plan, as_of: NaiveDate, submission: &Submission, day: NaiveDate) -> Option<NaiveDate> {
    let meant = NaiveDate::from_ymd_opt(day.year(), day.day(), day.month()).filter(|meant| *meant != day)?;
    let due = plan.due_date(submission.year);
    let in_season = |day: NaiveDate| is_in_season(due, day) && day <= as_of;
    let near = |day: NaiveDate| {
        let saved = submission.modified.map(|moment| moment.on_the_wall(plan.utc_offset).date());
        saved.is_some_and(|saved| (saved - day).num_days().abs() <= DAYS_TO_SAVE)
    };
    // As written it is late or early by weeks; switched it is the day the file was saved.
    (in_season(meant) && (!in_season(day) || near(meant) && !near(day))).then_some(meant)
}

/// Keeps a date that is asked about out of the submission until it is answered.
pub(super) fn keep_out(plan: &Plan, told: &[Finding], submission: &mut Submission) {
    let code = FindingCode::from(Code::T004);
    if told.iter().any(|finding| finding.code == code) {
        submission.reject(&plan.report_date, code);
    }
}

/// The date of the unit's report, when it gave one.
pub(super) fn report_date(plan: &Plan, submission: &Submission) -> Option<NaiveDate> {
    submission.date(&plan.report_date)
}
