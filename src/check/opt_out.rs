//! Answers that are none: “no standard yet” where the plan knows one, “nothing occurred” where something always does.
//!
//! They are asked, and until the secretariat accepts them the row counts as not reported.

use crate::domain::{ColumnRole, Meaning};
use crate::finding::{Code, Finding, FindingCode, Origin};
use crate::form::{Field, FormRow, Owed};
use crate::submission::{FigureStatus, Reported, Submission, Value};
use rust_decimal::Decimal;
use std::sync::Arc;

/// A finding for each row of which the sender says so.
pub(super) fn check(submission: &Submission) -> Vec<Finding> {
    let form = Arc::clone(&submission.form);
    form.rows().filter_map(|row| finding(submission, row)).collect()
}

/// Whether the row is told of here, so that nobody has to ask for its blank cells as well.
pub(super) fn is_asked(submission: &Submission, row: &FormRow) -> bool {
    said(submission, row).is_some()
}

/// Takes out of the submission what rows say of which a finding is still told: the answer and the figures that hang on it.
/// How many there are in all stays: it is a figure of its own.
pub(super) fn keep_out(told: &[Finding], submission: &mut Submission) {
    let code = FindingCode::from(Code::C031);
    for field in
        told.iter().filter(|finding| finding.code == code).flat_map(|finding| &finding.kept_out.fields)
    {
        submission.reject(field, code);
    }
}

/// The cells of a row that are not used while its answer is asked about.
fn kept_out<'a>(submission: &Submission, row: &'a FormRow) -> Vec<&'a Field> {
    let is_kept_out = |field: &&Field| {
        let Some(reported) = submission.values.get(&field.id) else { return false };
        match field.role {
            None => field.owed_to.is_some(),
            Some(ColumnRole::Whole) => reported.status != FigureStatus::Actual || is_nought(reported),
            Some(ColumnRole::Percent) => false,
            Some(ColumnRole::RowStatus) => {
                matches!(reported.value, Some(Value::Choice(means, _)) if field.refuses(means))
            }
            Some(_) => true,
        }
    };
    row.fields.iter().filter(is_kept_out).collect()
}

fn is_nought(reported: &Reported) -> bool {
    reported.value.as_ref().is_none_or(|value| *value == Value::Number(Decimal::ZERO))
}

/// What the row says instead of an answer, and where.
fn said<'a>(submission: &Submission, row: &'a FormRow) -> Option<(&'a Field, &'a Owed, Meaning)> {
    let cells = row.fields.iter().filter_map(|field| Some((field, field.owed_to.as_deref()?)));
    let told = cells.filter_map(|(field, owed)| {
        let reported = submission.values.get(&field.id)?;
        let means = match (&reported.value, reported.status) {
            (Some(Value::Choice(means, _)), _) => *means,
            (_, FigureStatus::NoStandard) => Meaning::NoStandard,
            // Of what there is, none may have reached it; but something there is.
            (_, FigureStatus::None) if field.role == Some(ColumnRole::Whole) => Meaning::None,
            _ => return None,
        };
        field.refuses(means).then_some((field, owed, means))
    });
    // The row's own status speaks for its figures.
    told.max_by_key(|(field, ..)| field.role == Some(ColumnRole::RowStatus))
}

fn finding(submission: &Submission, row: &FormRow) -> Option<Finding> {
    let (field, owed, means) = said(submission, row)?;
    let reported = submission.values.get(&field.id);
    let origin = reported.map_or_else(
        || Origin::cell(&submission.file.path, &field.sheet, field.cell.to_string()),
        |reported| reported.origin.clone(),
    );
    let id = &owed.indicator;
    let (read, cause) = match (means, owed.standard_since) {
        (Meaning::NoStandard, Some(since)) => (
            "chưa có tiêu chí",
            format!("ô ghi là chưa có tiêu chí, nhưng chỉ tiêu {id} đã có tiêu chí để xét từ năm {since}"),
        ),
        (Meaning::NoStandard, None) => (
            "chưa có tiêu chí",
            format!("ô ghi là chưa có tiêu chí, nhưng theo kế hoạch chỉ tiêu {id} có tiêu chí để xét từ đầu"),
        ),
        _ => (
            "không phát sinh",
            format!(
                "ô ghi là không phát sinh, nhưng theo kế hoạch đơn vị nào cũng có đối tượng mà chỉ tiêu {id} đếm"
            ),
        ),
    };
    let cure = format!(
        "{}; nếu đúng là như vậy thì gửi kèm căn cứ để đơn vị tổng hợp chấp nhận",
        answer(row, field)
    );
    let mut finding = Finding::new(Code::C031, cause, cure)
        .of_unit(&submission.unit)
        .in_year(submission.year)
        .at(origin)
        .about(&field.id, &field.label)
        .read(read);
    finding.effect = format!(
        "Chưa dùng câu trả lời này: chỉ tiêu {id} coi như chưa có số liệu ở dòng này cho đến khi được sửa hoặc được đơn vị tổng hợp chấp nhận."
    );
    finding.kept_out.fields = kept_out(submission, row).into_iter().map(|field| field.id.clone()).collect();
    Some(reported.iter().fold(finding, |finding, reported| finding.typed(reported.typed.as_str())))
}

/// How to answer, in the words of the row's own lists.
fn answer(row: &FormRow, field: &Field) -> String {
    let yes_or_no = [Meaning::Yes, Meaning::No].map(|means| field.kind.choice(means));
    if let [Some(yes), Some(no)] = yes_or_no {
        return format!("chọn “{yes}” hoặc “{no}”");
    }
    match row.status_text(Meaning::Actual) {
        Some(actual) => format!("ghi số liệu của dòng và chọn tình trạng “{actual}”"),
        None => "ghi số liệu của dòng".to_owned(),
    }
}
