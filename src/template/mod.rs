//! Form → the workbook a unit fills. Input cells are unlocked and carry a defined name, everything else is locked;
//! the sheet [`crate::form::IDENTITY_SHEET`] tells any program where each field stands.

mod checks;
mod identity;
mod input_sheet;
mod page;
mod previous;
mod print_sheet;
mod returned;
mod style;

use crate::domain::cell::Content;
use crate::domain::{Choice, FieldId, UnitCode, Year};
use crate::error::Error;
use crate::form::{Form, KEY_PLAN, KEY_PLAN_VERSION, KEY_UNIT, KEY_YEAR};
use crate::plan::Plan;
use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};
use sheet::Reference;
use sheet::{book, grow};
use std::collections::BTreeMap;
use style::Styles;
use vietnamese::display::capitalised;

pub use returned::{Front, Remark, Returned, color};

/// Values by field id: last year's, shown beside the input cells, or those that stand in the input cells themselves.
pub type Values = BTreeMap<FieldId, Content>;

/// Writes the template of one unit. The same form and values give the same bytes.
///
/// # Errors
/// [`Error::Internal`] when the workbook library refuses something the plan's validation should have caught.
pub fn write(plan: &Plan, form: &Form, previous: Option<&Values>) -> Result<Vec<u8>, Error> {
    write_filled(plan, form, previous, &Values::new())
}

/// As [`write()`], with `filled` in the input cells: what a self-check and tests read back.
///
/// # Errors
/// As [`write()`].
pub fn write_filled(
    plan: &Plan,
    form: &Form,
    previous: Option<&Values>,
    filled: &Values,
) -> Result<Vec<u8>, Error> {
    write_returned(plan, form, previous, &Returned { filled: filled.clone(), ..Returned::default() })
}

/// As [`write_filled()`], with remarks on the cells and a sheet before the others: a return copy.
///
/// # Errors
/// As [`write()`].
pub fn write_returned(
    plan: &Plan,
    form: &Form,
    previous: Option<&Values>,
    returned: &Returned<'_>,
) -> Result<Vec<u8>, Error> {
    build(plan, form, previous, returned)
        .map_err(|error| Error::Internal(format!("không ghi được biểu mẫu của {}: {error}", form.unit.name)))
}

/// The file name of a unit's template or return copy: `CODE-name.xlsx`, ASCII letters only in neither part forced.
pub fn file_name(form: &Form) -> String {
    format!("{}.xlsx", file_stem(&form.unit.code, &form.unit.name))
}

/// The name of a unit's file without its ending.
pub fn file_stem(code: &UnitCode, name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, ' ' | '-' | ',' | '.' | '&') { c } else { ' ' })
        .collect();
    format!("{code}-{}", capitalised(name.trim()))
}

fn build(
    plan: &Plan,
    form: &Form,
    previous: Option<&Values>,
    returned: &Returned<'_>,
) -> Result<Vec<u8>, XlsxError> {
    let (filled, remarks) = (&returned.filled, &returned.remarks);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(plan, form));
    let styles = Styles::new();
    let writer = input_sheet::Writer { plan, form, styles: &styles, previous, filled, remarks };
    let checks = checks::Checks::new(plan, form, previous, filled);
    if let Some(front) = returned.front {
        front(workbook.add_worksheet())?;
    }
    for form_sheet in form.sheets.iter() {
        let worksheet = workbook.add_worksheet();
        writer.write(worksheet, form_sheet)?;
        checks.write_on(worksheet, form_sheet, &styles)?;
    }
    checks::write_sheet(workbook.add_worksheet(), &checks, &styles)?;
    print_sheet::write(workbook.add_worksheet(), plan, form, filled)?;
    checks::write_work(workbook.add_worksheet(), &checks)?;
    checks.define_names(&mut workbook)?;
    identity::write(workbook.add_worksheet(), form)?;
    for field in form.fields() {
        let cell = Reference::to_cell(field.cell).on_sheet(field.sheet.clone()).absolute();
        workbook.define_name(field.id.defined_name(), &format!("={cell}"))?;
    }
    grow::freed(&book::bytes(&mut workbook)?)
}

fn properties(plan: &Plan, form: &Form) -> DocProperties {
    let title = format!("Biểu mẫu báo cáo {} năm {}", plan.frame(form.year).names.scheme, form.year);
    book::properties(title, &plan.frame(form.year).letter.secretariat, first_day(form.year))
        .set_subject(&plan.frame(form.year).title)
        .set_custom_property(KEY_PLAN, form.plan_id.as_str())
        .set_custom_property(KEY_PLAN_VERSION, form.plan_version.as_str())
        .set_custom_property(KEY_YEAR, form.year.to_string())
        .set_custom_property(KEY_UNIT, form.unit.code.as_str())
}

/// The day that workbooks about a year are said to be made on: they are the same whenever they are written.
pub(crate) fn first_day(year: Year) -> NaiveDate {
    NaiveDate::from_yo_opt(year, 1).unwrap_or_default()
}

fn choice_texts(items: &[Choice]) -> Vec<&str> {
    items.iter().map(|item| item.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PlanSources;

    #[test]
    fn every_unit_of_the_roster_gets_the_same_bytes_twice() {
        let plan = Plan::read(&PlanSources::embedded()).unwrap();
        for unit in plan.roster(2024) {
            let form = Form::for_unit(&plan, unit, 2024);
            let first = write(&plan, &form, None).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(first, write(&plan, &form, None).unwrap());
        }
    }

    #[test]
    fn file_names_hold_no_character_a_file_system_refuses() {
        let plan = Plan::read(&PlanSources::embedded()).unwrap();
        let mut unit = plan.roster(2024)[0].clone();
        unit.name = "huyện A/B: “C”?".into();
        assert_eq!(file_name(&Form::for_unit(&plan, &unit, 2024)), "794-Huyện A B   C.xlsx");
    }
}
