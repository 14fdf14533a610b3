//! The very hidden sheet by which a template is recognised and by which any program can fill it.

use crate::form::{Form, IDENTITY_SHEET, KEY_PLAN, KEY_PLAN_VERSION, KEY_UNIT, KEY_YEAR, TABLE_HEADER};
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) fn write(worksheet: &mut Worksheet, form: &Form) -> Result<(), XlsxError> {
    worksheet.set_name(IDENTITY_SHEET)?.set_very_hidden(true);
    let year = form.year.to_string();
    let keys = [
        (KEY_PLAN, form.plan_id.as_str()),
        (KEY_PLAN_VERSION, form.plan_version.as_str()),
        (KEY_YEAR, year.as_str()),
        (KEY_UNIT, form.unit.code.as_str()),
    ];
    let mut row = 0;
    for (key, value) in keys {
        worksheet.write_string(row, 0, key)?.write_string(row, 1, value)?;
        row += 1;
    }
    row += 1;
    for (column, head) in (0..).zip(TABLE_HEADER) {
        worksheet.write_string(row, column, head)?;
    }
    for field in form.fields() {
        row += 1;
        let cell = field.cell.to_string();
        let entry = [field.id.as_str(), &field.sheet, &cell, field.kind.name(), &field.label];
        for (column, text) in (0..).zip(entry) {
            worksheet.write_string(row, column, text)?;
        }
    }
    worksheet.protect();
    Ok(())
}
