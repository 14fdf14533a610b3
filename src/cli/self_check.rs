//! No template is handed out that does not read back: each is read blank, then filled with samples and read again, by
//! the same road that the senders' files will take.

use crate::check;
use crate::domain::cell::Content as Sample;
use crate::domain::{FieldId, FieldKind};
use crate::error::Error;
use crate::form::rules::Standing;
use crate::form::{Field, Form};
use crate::intake;
use crate::plan::Plan;
use crate::submission::{self, Content, InputFile, Submission, Value};
use crate::template::{self, Values};
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

/// Larger than the number of fields of any form: every figure has the same number of digits.
const FIRST: i64 = 100_000;

/// Proves that a template gives back what is filled in. `blank` is the template as it will be handed out.
///
/// # Errors
/// [`Error::Internal`] naming unit and field when a value comes back changed, not at all, or with a finding.
pub(super) fn round_trips(
    plan: &Plan,
    form: &Form,
    previous: Option<&Values>,
    blank: &[u8],
) -> Result<(), Error> {
    let fault = |what: String| {
        Error::Internal(format!("biểu mẫu của {} không đọc lại được đúng: {what}", form.unit.name))
    };
    let empty = read_back(plan, form, blank).map_err(fault)?;
    if let Some(cell) = empty.filled.first() {
        return Err(fault(format!("ô “{}” đã có sẵn nội dung", label(form, &cell.field))));
    }
    let samples: Values =
        form.fields().enumerate().map(|(i, field)| (field.id.clone(), sample(form, field, i))).collect();
    let filled = template::write_filled(plan, form, previous, &samples)?;
    let read = read_back(plan, form, &filled).map_err(fault)?;
    for (id, sample) in &samples {
        let value = read.values.get(id).and_then(|reported| reported.value.as_ref());
        if !value.is_some_and(|value| is_same(value, sample)) {
            return Err(fault(format!(
                "ô “{}” ({id}) ghi {sample:?} nhưng đọc được {value:?}",
                label(form, id)
            )));
        }
    }
    let last_year = previous.map(|values| (form.unit.code.clone(), values.clone())).into_iter().collect();
    let drawn = Standing { plan, form, previous, filled: &samples };
    for (rule, outcome) in check::rulings(plan, &last_year, &read) {
        let expected = rule.bound.rule.evaluate(&drawn);
        if outcome != expected {
            return Err(fault(format!("quy tắc {} cho {outcome:?}, phải là {expected:?}", rule.plan.code)));
        }
    }
    match read.values.keys().find(|id| !samples.contains_key(*id)) {
        Some(unknown) => Err(fault(format!("đọc được ô {unknown} không có trong biểu mẫu"))),
        None => Ok(()),
    }
}

/// The submission that a workbook of the form is; any finding is a fault of the template, for the samples have none.
fn read_back(plan: &Plan, form: &Form, bytes: &[u8]) -> Result<Submission, String> {
    let file = InputFile { path: template::file_name(form).into(), sha256: String::new() };
    let raw = intake::read(bytes, &plan.tabs()).map_err(|unreadable| unreadable.finding(&file.path).cause)?;
    let received = submission::read(plan, Some(form.year), file, &raw);
    if let Some(finding) = received.findings.first() {
        let field = finding.label.as_deref().unwrap_or_default();
        return Err(format!("ô “{field}”: {} {}", finding.code, finding.cause));
    }
    match received.content {
        Content::Submission(submission) if submission.unit == form.unit.code => Ok(*submission),
        Content::Submission(other) => Err(format!("đọc thành biểu mẫu của đơn vị {}", other.unit)),
        _ => Err("không nhận ra là biểu mẫu".to_owned()),
    }
}

/// A value that no other field of its kind has where the kind allows it, so that two cells taken for one another show.
fn sample(form: &Form, field: &Field, index: usize) -> Sample {
    let number = i64::try_from(index).unwrap_or_default() + FIRST;
    match &field.kind {
        FieldKind::Count => Sample::Number(number.into()),
        FieldKind::Decimal | FieldKind::Money(_) => {
            Sample::Number(Decimal::from(number) + Decimal::new(25, 2))
        }
        FieldKind::Percent => Sample::Number(Decimal::new(number % 10_000, 2)),
        FieldKind::Choice(list) => {
            let item = list.items.get(index % list.items.len().max(1));
            Sample::Text(item.map(|item| item.text.clone()).unwrap_or_default().into())
        }
        // The sign of equality: words must not become a formula on the way.
        FieldKind::Text => Sample::Text(format!("=Ô thử số {index}: ăâđêôơư").into()),
        FieldKind::Date => {
            let first = NaiveDate::from_ymd_opt(form.year, 1, 1).unwrap_or_default();
            Sample::Date(first + Days::new(index as u64 % 365))
        }
    }
}

fn is_same(value: &Value, sample: &Sample) -> bool {
    match (value, sample) {
        (Value::Number(read), Sample::Number(written)) => read == written,
        (Value::Choice(_, read) | Value::Text(read), Sample::Text(written)) => read == written,
        (Value::Date(read), Sample::Date(written)) => read == written,
        _ => false,
    }
}

fn label<'a>(form: &'a Form, id: &FieldId) -> &'a str {
    form.field(id).map_or("", |field| &field.label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;
    use crate::plan::PlanSources;

    fn plan() -> Plan {
        Plan::read(&PlanSources::embedded()).unwrap()
    }

    fn form(plan: &Plan, code: &str) -> Form {
        let unit = plan.roster(2024).into_iter().find(|unit| unit.code.as_str() == code).unwrap().clone();
        Form::for_unit(plan, &unit, 2024)
    }

    fn checked(plan: &Plan, form: &Form) -> Result<(), Error> {
        let blank = template::write(plan, form, None).unwrap();
        round_trips(plan, form, None, &blank)
    }

    #[test]
    fn the_template_of_every_unit_round_trips() {
        let plan = plan();
        for year in [2021, 2024, 2026] {
            for unit in plan.roster(year) {
                let form = Form::for_unit(&plan, unit, year);
                let blank = template::write(&plan, &form, None).unwrap();
                round_trips(&plan, &form, None, &blank).unwrap_or_else(|error| panic!("{error}"));
            }
        }
    }

    #[track_caller]
    fn assert_refused(plan: &Plan, form: &Form, said: &str) {
        let Err(Error::Internal(message)) = checked(plan, form) else { panic!("handed out") };
        assert!(message.contains("thành phố Tân An") && message.contains(said), "{message}");
    }

    #[test]
    fn two_fields_on_one_cell_are_refused() {
        let plan = plan();
        let mut form = form(&plan, "794");
        let mut sheets = form.sheets.to_vec();
        let row = &mut sheets[2].tables[0].rows[0];
        let mut fields = row.fields.to_vec();
        fields[1].cell = fields[0].cell;
        row.fields = fields.into();
        form.sheets = sheets.into();
        // The code above the cell contradicts the name of one of them.
        assert_refused(&plan, &form, Code::S005.as_str());
    }

    #[test]
    fn a_field_that_the_form_lost_is_refused() {
        let plan = plan();
        let mut form = form(&plan, "794");
        let mut sheets = form.sheets.to_vec();
        let lost = sheets[1].tables[0].rows.remove(0);
        form.sheets = sheets.into();
        assert_refused(&plan, &form, &lost.fields[0].label);
    }

    #[test]
    fn a_template_that_is_not_blank_is_refused() {
        let plan = plan();
        let form = form(&plan, "794");
        let field = form.fields().next().unwrap();
        let filled = Values::from([(field.id.clone(), Sample::Text("An".into()))]);
        let bytes = template::write_filled(&plan, &form, None, &filled).unwrap();
        let error = round_trips(&plan, &form, None, &bytes).unwrap_err();
        assert!(error.to_string().contains(field.label.as_str()), "{error}");
    }
}
