//! `xhht template`: one workbook per reporting unit of a year's roster.

use super::args::TemplateOptions;
use super::inputs;
use super::output::Outputs;
use super::terminal::Terminal;
use super::{CommandResult, Outcome};
use crate::domain::display::plain;
use crate::domain::{Unit, UnitCode};
use crate::error::Error;
use crate::form::Form;
use crate::plan::Plan;
use crate::submission::{Content, Submission, Value};
use crate::template::{self, Previous};
use std::collections::BTreeMap;
use std::path::Path;

pub(super) fn run(terminal: &Terminal, plan_path: Option<&Path>, options: &TemplateOptions) -> CommandResult {
    let plan = inputs::plan(plan_path)?;
    let units = units(&plan, options)?;
    let previous = previous(terminal, &plan, options)?;
    let mut outputs = Outputs::into_folder(&options.out)?;
    let progress = terminal.progress(units.len(), "Ghi biểu mẫu");
    for unit in &units {
        let form = Form::of(&plan, unit, options.year);
        let bytes = template::write(&plan, &form, previous.get(&unit.code))?;
        outputs.add(&template::file_name(&form), &bytes)?;
        progress.inc(1);
    }
    progress.finish_and_clear();
    outputs.finish()?;
    terminal.say(format!(
        "Đã ghi {} biểu mẫu năm {} vào “{}”.",
        units.len(),
        options.year,
        options.out.display()
    ));
    Ok(Outcome::Clean)
}

fn units<'a>(plan: &'a Plan, options: &TemplateOptions) -> Result<Vec<&'a Unit>, Error> {
    check_year(plan, options.year)?;
    let roster = plan.roster(options.year);
    for code in &options.unit {
        if !roster.iter().any(|unit| unit.code.as_str().eq_ignore_ascii_case(code)) {
            let known: Vec<&str> = roster.iter().map(|unit| unit.code.as_str()).collect();
            return Err(Error::Usage(format!(
                "Không có đơn vị mang mã “{code}” trong danh sách năm {}. Các mã: {}.",
                options.year,
                known.join(", ")
            )));
        }
    }
    let wanted = |unit: &&Unit| {
        options.unit.is_empty()
            || options.unit.iter().any(|code| unit.code.as_str().eq_ignore_ascii_case(code))
    };
    Ok(roster.into_iter().filter(wanted).collect())
}

/// Whether a year lies in the plan and has units that report.
///
/// # Errors
/// [`Error::Usage`] saying which years there are.
pub(super) fn check_year(plan: &Plan, year: i32) -> Result<(), Error> {
    if !(plan.first_year..=plan.last_year).contains(&year) {
        return Err(Error::Usage(format!(
            "Kế hoạch áp dụng cho các năm {}–{}; không có năm {year}.",
            plan.first_year, plan.last_year
        )));
    }
    if plan.roster(year).is_empty() {
        return Err(Error::Usage(format!(
            "Danh sách năm {year} không có đơn vị nào. Bổ sung đơn vị trong tệp danh sách đơn vị của kế hoạch."
        )));
    }
    Ok(())
}

fn previous(
    terminal: &Terminal,
    plan: &Plan,
    options: &TemplateOptions,
) -> Result<BTreeMap<UnitCode, Previous>, Error> {
    let Some(path) = &options.previous else { return Ok(BTreeMap::new()) };
    let received = inputs::submissions(terminal, plan, Some(options.year - 1), std::slice::from_ref(path))?;
    let submissions: Vec<Submission> = received
        .into_iter()
        .filter_map(|file| match file.content {
            Content::Submission(submission) => Some(*submission),
            _ => None,
        })
        .collect();
    if submissions.is_empty() {
        return Err(Error::Usage(format!(
            "Không đọc được báo cáo năm {} nào ở “{}”. Chạy “xhht check” với thư mục đó để xem vì sao.",
            options.year - 1,
            path.display()
        )));
    }
    let mut by_unit: BTreeMap<UnitCode, Previous> = BTreeMap::new();
    // Of several versions the one saved last speaks, as when consolidating.
    let mut in_order = submissions;
    in_order.sort_by_key(|submission| submission.modified);
    for submission in in_order {
        by_unit.insert(submission.unit.clone(), shown(&submission));
    }
    Ok(by_unit)
}

/// Figures and choices; last year's words and dates help nobody fill this year's.
fn shown(submission: &Submission) -> Previous {
    let text = |value: &Value| match value {
        Value::Number(number) => Some(plain(*number)),
        Value::Choice(_, text) => Some(text.clone()),
        Value::Text(_) | Value::Date(_) => None,
    };
    let entry = |(field, reported): (&crate::domain::FieldId, &crate::submission::Reported)| {
        Some((field.clone(), reported.value.as_ref().and_then(text)?))
    };
    submission.values.iter().filter_map(entry).collect()
}
