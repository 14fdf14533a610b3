//! The page every sheet of a template is printed on.

use crate::form::Form;
use rust_xlsxwriter::Worksheet;
use vietnamese::display::capitalised;

/// A4 across, as wide as the sheet; the foot tells whose page it is.
pub(super) fn set(worksheet: &mut Worksheet, form: &Form) {
    worksheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    worksheet.set_margins(0.6, 0.5, 0.6, 0.7, 0.3, 0.3);
    let unit = capitalised(&form.unit.name).replace('&', "&&");
    worksheet.set_footer(format!(
        "&L&\"Times New Roman\"&9{unit} · {}&R&\"Times New Roman\"&9Trang &P/&N",
        form.year
    ));
    worksheet.set_screen_gridlines(false);
}
