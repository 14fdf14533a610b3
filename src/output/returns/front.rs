//! The sheet “Nhận xét” before a returned form: what was found, gravest first, with links to the cells.

use super::ReadBy;
use super::listed::Listed;
use super::look::{LINE, LINES, Look, short};
use crate::domain::cell::joined;
use crate::finding::{Severity, count_by_severity};
use crate::form::RETURN_SHEET;
use crate::plan::Plan;
use crate::submission::Submission;
use ecow::eco_format;
use rust_xlsxwriter::{Url, Worksheet, XlsxError};
use sheet::page::{A4Page, Foot, Margins};
use sheet::style::FONT;
use sheet::{Reference, put};
use vietnamese::display::capitalised;

const COLUMNS: [(&str, f64); 8] = [
    ("STT", 5.0),
    ("Mức độ", 12.0),
    ("Ô cần xem", 18.0),
    ("Nội dung của ô", 24.0),
    ("Đã ghi", 13.0),
    ("Nhận xét", 33.0),
    ("Cần làm", 30.0),
    ("Mã", 7.0),
];
const MARGINS: Margins = Margins { left: 0.5, right: 0.5, top: 0.6, bottom: 0.7, head: 0.3, foot: 0.3 };
const LAST: u16 = 7;
/// Characters of the whole width.
const WIDTH: f64 = 132.0;

pub(super) fn write(
    worksheet: &mut Worksheet,
    plan: &Plan,
    submission: &Submission,
    listed: &[Listed<'_>],
    read_by: ReadBy,
) -> Result<(), XlsxError> {
    let look = Look::new();
    worksheet.set_name(RETURN_SHEET)?.set_screen_gridlines(false);
    for (column, (_, width)) in (0..).zip(COLUMNS) {
        worksheet.set_column_width(column, width)?;
    }
    let unit = capitalised(&submission.form.unit.name);
    worksheet.set_row_height(0, 26)?;
    worksheet.write_string_with_format(
        0,
        0,
        format!("NHẬN XÉT BÁO CÁO NĂM {} CỦA {}", submission.year, unit.to_uppercase()),
        &look.title,
    )?;
    let findings: Vec<_> = listed.iter().map(|listed| listed.finding.clone()).collect();
    let counts: Vec<String> = count_by_severity(&findings)
        .into_iter()
        .map(|(severity, count)| format!("{count} {}", severity.vietnamese().to_lowercase()))
        .collect();
    let asking = listed.iter().filter(|listed| listed.asks).count();
    let secretariat = &plan.frame(submission.year).letter.secretariat;
    let file = &submission.file.path;
    let (read, sent, send) = match read_by {
        ReadBy::Secretariat => {
            (format!("{secretariat} đã đọc tệp “{file}” của đơn vị và có"), "đơn vị đã gửi", "gửi lại")
        }
        ReadBy::Sender => {
            let read = format!("Tệp “{file}” đã được kiểm tra trên máy này trước khi gửi {secretariat}; có");
            (read, "trong tệp", "gửi")
        }
    };
    let asked = format!(
        "{read} {} nhận xét ({}), trong đó {asking} nhận xét đơn vị cần sửa hoặc trả lời. Số liệu {sent} được chuyển nguyên sang biểu mẫu ở các trang sau; ô cần xem lại được tô màu và có ghi chú.",
        listed.len(),
        counts.join(", ")
    );
    let steps = format!(
        "Đề nghị đơn vị bấm vào địa chỉ ở cột “Ô cần xem” để đến từng ô, sửa ngay trong tệp này, xem lại trang “Kiểm tra”, lưu rồi {send}. Không cần làm biểu mẫu khác. Phần “Để biết” không phải sửa nếu số đã hiểu là đúng."
    );
    for (row, text) in (1..).zip([asked.as_str(), &steps]) {
        worksheet.set_row_height(row, LINES.row_height(&[(text, WIDTH)]))?;
        worksheet.merge_range(row, 0, row, LAST, text, &look.words)?;
    }
    worksheet.set_row_height(3, LINE)?;
    legend(worksheet, &look, listed, 4)?;

    let head = 6;
    worksheet.set_row_height(head, 24)?;
    for (column, (title, _)) in (0..).zip(COLUMNS) {
        worksheet.write_string_with_format(head, column, title, &look.head)?;
    }
    let last = rows(worksheet, &look, submission, listed, head)?;
    worksheet.set_print_area(0, 0, last, LAST)?.set_repeat_rows(head, head)?;
    worksheet.set_freeze_panes(head + 1, 0)?;
    let foot = Foot { typeface: FONT, name: &unit, after: &format!(" · {}", submission.year) };
    A4Page::landscape(MARGINS).fit(1, 0).foot(foot).set_up(worksheet);
    put::protect(worksheet);
    Ok(())
}

/// The findings below the heads, what is to be done and what is for information each below its words; answers the last row.
fn rows(
    worksheet: &mut Worksheet,
    look: &Look,
    submission: &Submission,
    listed: &[Listed<'_>],
    head: u32,
) -> Result<u32, XlsxError> {
    let mut row = head;
    let mut number = 0;
    for (asks, words) in [(true, "Cần làm"), (false, "Để biết")] {
        let part: Vec<_> = listed.iter().filter(|listed| listed.asks == asks).collect();
        if part.is_empty() {
            continue;
        }
        row += 1;
        worksheet.set_row_height(row, 20)?;
        worksheet.merge_range(row, 0, row, LAST, words, &look.part)?;
        for listed in part {
            (row, number) = (row + 1, number + 1);
            one(worksheet, look, row, number, submission, listed)?;
        }
    }
    Ok(row)
}

/// What the colours of the cells mean: those that occur.
fn legend(worksheet: &mut Worksheet, look: &Look, listed: &[Listed<'_>], row: u32) -> Result<(), XlsxError> {
    worksheet.set_row_height(row, 20)?;
    worksheet.merge_range(row, 0, row, 1, "Màu của ô:", &look.bold)?;
    let colored = Severity::GRAVEST_FIRST
        .into_iter()
        .filter(|severity| crate::template::color(*severity).is_some())
        .filter(|severity| listed.iter().any(|l| l.finding.severity == *severity && !l.fields.is_empty()));
    for (column, severity) in (2..).zip(colored) {
        let style = look.severity(severity);
        worksheet.write_string_with_format(row, column, severity.vietnamese(), &style)?;
    }
    Ok(())
}

fn one(
    worksheet: &mut Worksheet,
    look: &Look,
    row: u32,
    number: u32,
    submission: &Submission,
    listed: &Listed<'_>,
) -> Result<(), XlsxError> {
    const LONGEST: usize = 300;
    let finding = listed.finding;
    let origin = finding.origin.as_ref();
    let place = match listed.fields.as_slice() {
        [] => match origin {
            Some(origin) if origin.file != submission.file.path => {
                eco_format!("Tệp “{}”", short(&origin.file, LONGEST))
            }
            _ => origin.and_then(|origin| origin.sheet.clone()).unwrap_or_else(|| "Cả tệp".into()),
        },
        [first, ..] => {
            // A grouped finding stands on one sheet.
            let cells: Vec<_> = listed.fields.iter().map(|field| field.cell).collect();
            format!("{} · {}", joined(&cells), first.sheet).into()
        }
    };
    let label = short(finding.label.as_deref().unwrap_or_default(), LONGEST);
    let typed = short(finding.typed.as_deref().unwrap_or_default(), LONGEST);
    let typed = match finding.read.as_deref() {
        Some(read) if !typed.is_empty() => format!("{typed}\n(đã hiểu là {})", short(read, LONGEST)),
        _ => typed,
    };
    let cause = match finding.effect.as_str() {
        "" => finding.cause.clone(),
        effect => format!("{}\n{effect}", finding.cause),
    };
    let code = finding.code.to_string();
    let texts = [finding.severity.vietnamese(), &place, &label, &typed, &cause, &finding.cure, &code];
    let measured: Vec<(&str, f64)> =
        texts.iter().zip(&COLUMNS[1..]).map(|(text, (_, width))| (*text, *width)).collect();
    worksheet.set_row_height(row, LINES.row_height(&measured))?;
    worksheet.write_number_with_format(row, 0, number, &look.centered.clone().set_num_format("0"))?;
    for (column, text) in (1..).zip(texts) {
        let style = match column {
            1 => &look.severity(finding.severity),
            7 => &look.centered,
            _ => &look.cell,
        };
        worksheet.write_string_with_format(row, column, text, style)?;
    }
    if let Some(first) = listed.fields.first() {
        let target = format!("internal:{}", Reference::to_cell(first.cell).on_sheet(first.sheet.clone()));
        worksheet.write_url_with_options(row, 2, Url::new(target), &place, "", Some(&look.link))?;
    }
    Ok(())
}
