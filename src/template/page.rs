//! The page every sheet of a template is printed on.

use crate::form::Form;
use rust_xlsxwriter::{Worksheet, XlsxError};
use sheet::page::{A4Page, Foot, Margins};
use sheet::style::FONT;
use vietnamese::display::capitalised;

const MARGINS: Margins = Margins { left: 0.6, right: 0.5, top: 0.6, bottom: 0.7, head: 0.3, foot: 0.3 };

/// A4 upright, as wide as the sheet.
pub(super) fn set_upright(worksheet: &mut Worksheet, form: &Form) {
    set_page(worksheet, form, A4Page::portrait(MARGINS).centred());
}

/// A4 across, as wide as the sheet; the foot tells whose page it is.
pub(super) fn set(worksheet: &mut Worksheet, form: &Form) {
    set_page(worksheet, form, A4Page::landscape(MARGINS));
}

/// A sheet that is only for the screen: what it says is printed on another. Its print area is a hidden row, the one way to
/// leave a visible sheet out when a whole workbook is printed.
pub(super) fn print_nothing(worksheet: &mut Worksheet, row: u32) -> Result<(), XlsxError> {
    worksheet.set_row_hidden(row)?.set_print_area(row, 0, row, 0)?;
    Ok(())
}

fn set_page(worksheet: &mut Worksheet, form: &Form, page: A4Page) {
    let (name, after) = (capitalised(&form.unit.name), format!(" · {}", form.year));
    let foot = Foot { typeface: FONT, name: &name, after: &after };
    page.fit(1, 0).foot(foot).set_up(worksheet);
    worksheet.set_screen_gridlines(false);
}
