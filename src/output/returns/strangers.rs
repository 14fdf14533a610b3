//! One list in the place of many letters: files of which nothing is used and whose senders nobody knows.

use super::list::{HEAD, List};
use super::look::{Look, short};
use crate::domain::Year;
use crate::finding::Finding;
use crate::plan::Plan;
use crate::template;
use rust_xlsxwriter::{Workbook, XlsxError};
use sheet::book;
use sheet::page::{A4Page, Margins};

const MARGINS: Margins = Margins { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, head: 0.3, foot: 0.3 };
const COLUMNS: [(&str, f64); 4] =
    [("STT", 6.0), ("Tệp", 40.0), ("Vì sao chưa dùng được", 48.0), ("Cần làm", 48.0)];
/// Width of a row from edge to edge.
const WIDTH: f64 = 142.0;

/// Writes the list; each file comes with what was found in it.
pub(super) fn write(plan: &Plan, year: Year, findings: &[&Finding]) -> Result<Vec<u8>, XlsxError> {
    let look = Look::new();
    let list = List { look: &look, columns: &COLUMNS, width: WIDTH };
    let title = format!("Tệp chưa rõ của đơn vị nào, năm {year}");
    let mut workbook = Workbook::new();
    workbook.set_properties(&book::properties(
        title.clone(),
        &plan.frame(year).letter.secretariat,
        template::first_day(year),
    ));
    let worksheet = workbook.add_worksheet();
    let words = "Các tệp dưới đây nằm trong hộp thư nhưng không dùng được và không cho biết là của đơn vị nào, nên không có thư phản hồi riêng cho từng tệp. Tệp nào là báo cáo của một đơn vị thì đề nghị đơn vị đó gửi lại theo hướng dẫn ở cột cuối; tệp để nhầm thì chuyển khỏi hộp thư.";
    list.begin(worksheet, "Tệp chưa rõ đơn vị", &title, words)?;
    for (number, finding) in (1_u32..).zip(findings) {
        let file = finding.origin.as_ref().map(|origin| short(&origin.file, 200)).unwrap_or_default();
        let cause = format!("{} ({})", short(&finding.cause, 600), finding.code);
        list.row(worksheet, number, &[file, cause, short(&finding.cure, 600)], |_| &look.cell)?;
    }
    let last = HEAD + u32::try_from(findings.len()).unwrap_or(0);
    worksheet.set_print_area(0, 0, last, list.last())?.set_repeat_rows(HEAD, HEAD)?;
    worksheet.set_freeze_panes(HEAD + 1, 0)?;
    A4Page::landscape(MARGINS).fit(1, 0).set_up(worksheet);
    worksheet.protect();
    book::bytes(&mut workbook)
}
