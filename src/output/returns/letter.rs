//! The letter about a file that could not be used: one page, why and what to do.

use super::look::{LINES, Look, short};
use crate::domain::Year;
use crate::finding::Finding;
use crate::plan::Plan;
use crate::template;
use ecow::EcoString;
use rust_xlsxwriter::{Workbook, XlsxError};
use sheet::book;
use sheet::page::{A4Page, Margins};
use vietnamese::display::capitalised;
use vietnamese::display::date;

/// Characters of the page's width.
const WIDTH: f64 = 66.0;
const MARGINS: Margins = Margins { left: 1.0, right: 0.7, top: 0.8, bottom: 0.8, head: 0.3, foot: 0.3 };
/// How many findings and files fit one page beside the rest.
const MOST_FINDINGS: usize = 5;
const MOST_FILES: usize = 5;

/// Writes the letter; `unit` is the sender where it is known.
pub(super) fn write(
    plan: &Plan,
    year: Year,
    unit: Option<&str>,
    files: &[EcoString],
    findings: &[&Finding],
) -> Result<Vec<u8>, XlsxError> {
    let look = Look::new();
    let secretariat = &plan.frame(year).letter.secretariat;
    let mut lines = vec![
        (format!("PHẢN HỒI VỀ TỆP BÁO CÁO NĂM {year}"), &look.title),
        (String::new(), &look.words),
        (format!("Kính gửi: {}", unit.map_or_else(|| "Đơn vị gửi tệp".to_owned(), capitalised)), &look.bold),
        (String::new(), &look.words),
        (format!("{secretariat} đã nhận được tệp sau nhưng chưa dùng được số liệu trong đó:"), &look.words),
    ];
    lines.extend(files.iter().take(MOST_FILES).map(|file| (format!("–  {}", short(file, 200)), &look.words)));
    more(&mut lines, files.len(), MOST_FILES, "tệp", &look);
    for (number, finding) in (1..).zip(findings.iter().take(MOST_FINDINGS)) {
        let place = finding.origin.as_ref().filter(|_| files.len() > 1).map(|origin| origin.file.clone());
        let place = place.map(|file| format!(" (tệp “{}”)", short(&file, 120))).unwrap_or_default();
        lines.push((String::new(), &look.words));
        lines.push((
            format!("{number}. {} [{}]{place}", finding.severity.vietnamese(), finding.code),
            &look.bold,
        ));
        lines.push((format!("Vì sao: {}", short(&finding.cause, 600)), &look.words));
        if let Some(typed) = finding.typed.as_deref().filter(|typed| !typed.trim().is_empty()) {
            lines.push((format!("Đã ghi: “{}”", short(typed, 200)), &look.words));
        }
        lines.push((format!("Cần làm: {}", short(&finding.cure, 600)), &look.words));
    }
    more(&mut lines, findings.len(), MOST_FINDINGS, "nhận xét", &look);
    lines.push((String::new(), &look.words));
    let last = format!(
        "Đề nghị đơn vị làm theo hướng dẫn trên rồi gửi lại tệp về {secretariat}; hạn gửi báo cáo là trước ngày {}. Nếu không còn biểu mẫu, xin liên hệ {secretariat} để nhận biểu mẫu của đơn vị. Tệp này là thư phản hồi, không phải biểu mẫu: xin không nhập số liệu vào đây.",
        date(plan.due_date(year))
    );
    lines.push((last, &look.words));

    let mut workbook = Workbook::new();
    let title = format!("Phản hồi về tệp báo cáo năm {year}");
    workbook.set_properties(&book::properties(title, secretariat, template::first_day(year)));
    let worksheet = workbook.add_worksheet();
    worksheet.set_name("Thư phản hồi")?.set_screen_gridlines(false);
    worksheet.set_column_width(0, WIDTH)?;
    for (row, (text, style)) in (0..).zip(&lines) {
        let blank = text.is_empty();
        worksheet.set_row_height(row, if blank { 8.0 } else { LINES.row_height(&[(text, WIDTH)]) + 2.0 })?;
        if !blank {
            worksheet.write_string_with_format(row, 0, text, style)?;
        }
    }
    worksheet.set_print_area(0, 0, u32::try_from(lines.len()).unwrap_or(1) - 1, 0)?;
    A4Page::portrait(MARGINS).fit(1, 1).set_up(worksheet);
    worksheet.protect();
    book::bytes(&mut workbook)
}

fn more<'a>(
    lines: &mut Vec<(String, &'a rust_xlsxwriter::Format)>,
    all: usize,
    shown: usize,
    what: &str,
    look: &'a Look,
) {
    if all > shown {
        lines.push((format!("… và {} {what} khác.", all - shown), &look.words));
    }
}
