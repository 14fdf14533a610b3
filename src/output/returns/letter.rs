//! The letter about files that could not be used: one page, why and what to do; alone or before this year's form.

use super::ReadBy;
use super::carried::{Brought, Carried};
use super::look::{LINES, Look, short};
use crate::check::{FilledFor, OtherYear};
use crate::domain::Year;
use crate::domain::cell::joined;
use crate::finding::{Class, Code, Finding};
use crate::form::{CHECK_SHEET, Form};
use crate::plan::Plan;
use crate::template;
use ecow::EcoString;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use sheet::page::{A4Page, Margins};
use sheet::{book, put};
use vietnamese::display::capitalised;
use vietnamese::display::date;

/// Name of its sheet.
const SHEET: &str = "Thư phản hồi";
/// Characters of the page's width.
const WIDTH: f64 = 66.0;
const MARGINS: Margins = Margins { left: 1.0, right: 0.7, top: 0.8, bottom: 0.8, head: 0.3, foot: 0.3 };
/// How many findings and files fit one page beside the rest.
const MOST_FINDINGS: usize = 5;
const MOST_FILES: usize = 5;
/// How many filled cells that have no place any more are told one by one.
const MOST_LEFT: usize = 5;
/// Characters of the addresses of new cells.
const LONGEST_ADDRESSES: usize = 500;

/// What a letter is about.
pub(super) struct Letter<'a> {
    /// The sender, where it is known.
    pub to: Option<String>,
    /// What was sent.
    pub files: Vec<EcoString>,
    /// What was found, that which asks for something first.
    pub findings: Vec<&'a Finding>,
}

/// Writes the letter alone.
pub(super) fn write(plan: &Plan, year: Year, letter: &Letter<'_>) -> Result<Vec<u8>, XlsxError> {
    let look = Look::new();
    let secretariat = &plan.frame(year).letter.secretariat;
    let mut page = Lines::begun(&look, plan, year, letter, ReadBy::Secretariat);
    for (number, finding) in (1..).zip(letter.findings.iter().take(MOST_FINDINGS)) {
        page.finding(number, finding, &finding.cure, letter);
    }
    page.more(letter.findings.len(), MOST_FINDINGS, "nhận xét");
    page.blank();
    page.words(format!(
        "Đề nghị đơn vị làm theo hướng dẫn trên rồi gửi lại tệp về {secretariat}; hạn gửi báo cáo là trước ngày {}. Nếu không còn biểu mẫu, xin liên hệ {secretariat} để nhận biểu mẫu của đơn vị. Tệp này là thư phản hồi, không phải biểu mẫu: xin không nhập số liệu vào đây.",
        date(plan.due_date(year))
    ));
    let mut workbook = Workbook::new();
    let title = format!("Phản hồi về tệp báo cáo năm {year}");
    workbook.set_properties(&book::properties(title, secretariat, template::first_day(year)));
    page.write(workbook.add_worksheet())?;
    book::bytes(&mut workbook)
}

/// Writes the letter on the sheet before this year's form, into which something of another year's may have been brought.
pub(super) fn write_before(
    worksheet: &mut Worksheet,
    plan: &Plan,
    form: &Form,
    letter: &Letter<'_>,
    brought: Option<&Brought<'_>>,
    read_by: ReadBy,
) -> Result<(), XlsxError> {
    let look = Look::new();
    let year = form.year;
    let mut page = Lines::begun(&look, plan, year, letter, read_by);
    for (number, finding) in (1..).zip(letter.findings.iter().take(MOST_FINDINGS)) {
        let of_other_year = (finding.code == Code::T001).then(|| cure_of_other_year(year, brought));
        page.finding(number, finding, of_other_year.as_ref().unwrap_or(&finding.cure), letter);
    }
    page.more(letter.findings.len(), MOST_FINDINGS, "nhận xét");
    page.blank();
    page.bold(format!("Biểu mẫu năm {year} của đơn vị ở các trang sau của chính tệp này"));
    let secretariat = &plan.frame(year).letter.secretariat;
    let several = letter.files.len() > 1;
    let (who, send) = match read_by {
        ReadBy::Secretariat => (secretariat.as_str(), "gửi lại"),
        ReadBy::Sender => ("chương trình", "gửi"),
    };
    let asked = match brought {
        Some(Brought::Values(carried)) => {
            page.carried(year, who, carried, several);
            "xem lại các ô nền xanh, điền tiếp các ô nền vàng"
        }
        Some(Brought::Nothing(other)) => {
            page.words(format!(
                "{} Vì vậy không chép số nào sang biểu mẫu năm {year}.",
                why_not(year, other)
            ));
            "điền số liệu vào các ô nền vàng"
        }
        None => "điền số liệu vào các ô nền vàng",
    };
    let or = if letter.findings.iter().any(|finding| is_mendable(finding)) {
        " Nếu sửa được tệp đã gửi theo hướng dẫn trên thì gửi lại tệp ấy cũng được."
    } else {
        ""
    };
    page.words(format!(
        "Đề nghị đơn vị {asked} ở các trang sau, xem trang “{CHECK_SHEET}”, lưu rồi {send} chính tệp này về {secretariat}; hạn gửi báo cáo là trước ngày {}. Không cần xin biểu mẫu khác, không cần xóa trang thư này.{or}",
        date(plan.due_date(year))
    ));
    page.write(worksheet)
}

/// Whether the file itself may be mended and sent again: what is no spreadsheet never becomes one.
fn is_mendable(finding: &Finding) -> bool {
    finding.code.class() == Class::File && finding.code != Code::F001
}

/// What is to be done about the form of another year, where this year's lies behind the letter.
fn cure_of_other_year(year: Year, brought: Option<&Brought<'_>>) -> String {
    match brought {
        Some(Brought::Values(_)) => {
            format!("Xem lại số liệu đã chép sang biểu mẫu năm {year} ở các trang sau, bổ sung rồi gửi lại.")
        }
        Some(Brought::Nothing(other)) if is_report_of_its_year(other) => {
            format!("Điền số liệu năm {year} vào biểu mẫu ở các trang sau rồi gửi lại.")
        }
        _ => format!("Chép số liệu năm {year} sang biểu mẫu ở các trang sau rồi gửi lại."),
    }
}

fn is_report_of_its_year(other: &OtherYear) -> bool {
    matches!(other.filled_for, FilledFor::Dated(_) | FilledFor::Saved(_) | FilledFor::AlreadyReported)
}

/// Why nothing is brought over from a form of another year.
fn why_not(year: Year, other: &OtherYear) -> String {
    let from = other.submission.year;
    match other.filled_for {
        FilledFor::This => format!("Biểu mẫu năm {from} đơn vị đã gửi chưa có ô nào được điền."),
        FilledFor::Dated(day) => format!(
            "Tệp được coi là báo cáo năm {from}: ngày lập ghi trong tệp là {}, không thuộc kỳ báo cáo năm {year}.",
            date(day)
        ),
        FilledFor::Saved(day) => format!(
            "Tệp được coi là báo cáo năm {from}: tệp không ghi ngày lập, có từ ngày {}, không thuộc kỳ báo cáo năm {year}.",
            date(day)
        ),
        FilledFor::AlreadyReported => format!(
            "Tệp được coi là báo cáo năm {from}: tệp không ghi ngày lập, các số trong tệp trùng với số liệu năm {} đã có.",
            year - 1
        ),
        FilledFor::OfAnother => {
            "Tên tệp hoặc đầu trang nêu một đơn vị khác nên chưa rõ số liệu là của đơn vị nào.".to_owned()
        }
        FilledFor::Unknown => format!(
            "Tệp không ghi ngày lập, cũng không cho biết được lưu ngày nào, nên chưa rõ có phải số liệu năm {year} hay không."
        ),
    }
}

/// The lines of a letter, each with its look.
struct Lines<'l> {
    look: &'l Look,
    lines: Vec<(String, &'l Format)>,
}

impl<'l> Lines<'l> {
    /// The head: to whom, about which files.
    fn begun(look: &'l Look, plan: &Plan, year: Year, letter: &Letter<'_>, read_by: ReadBy) -> Self {
        let title = (format!("PHẢN HỒI VỀ TỆP BÁO CÁO NĂM {year}"), &look.title);
        let mut page = Lines { look, lines: vec![title] };
        let to = letter.to.as_deref().map_or_else(|| "Đơn vị gửi tệp".to_owned(), capitalised);
        page.blank();
        page.bold(format!("Kính gửi: {to}"));
        page.blank();
        let secretariat = &plan.frame(year).letter.secretariat;
        page.words(match read_by {
            ReadBy::Secretariat => {
                format!("{secretariat} đã nhận được tệp sau nhưng chưa dùng được số liệu trong đó:")
            }
            ReadBy::Sender => format!(
                "Tệp sau đã được kiểm tra trên máy này trước khi gửi {secretariat}; chưa dùng được số liệu trong đó:"
            ),
        });
        for file in letter.files.iter().take(MOST_FILES) {
            page.words(format!("–  {}", short(file, 200)));
        }
        page.more(letter.files.len(), MOST_FILES, "tệp");
        page
    }

    fn blank(&mut self) {
        self.words(String::new());
    }

    fn words(&mut self, text: String) {
        self.lines.push((text, &self.look.words));
    }

    fn bold(&mut self, text: String) {
        self.lines.push((text, &self.look.bold));
    }

    fn more(&mut self, all: usize, shown: usize, what: &str) {
        if all > shown {
            self.words(format!("… và {} {what} khác.", all - shown));
        }
    }

    fn finding(&mut self, number: usize, finding: &Finding, cure: &str, letter: &Letter<'_>) {
        let place = finding.origin.as_ref().filter(|_| letter.files.len() > 1);
        let place = place.map(|origin| format!(" (tệp “{}”)", short(&origin.file, 120))).unwrap_or_default();
        self.blank();
        self.bold(format!("{number}. {} [{}]{place}", finding.severity.vietnamese(), finding.code));
        self.words(format!("Vì sao: {}", short(&finding.cause, 600)));
        if let Some(typed) = finding.typed.as_deref().filter(|typed| !typed.trim().is_empty()) {
            self.words(format!("Đã ghi: “{}”", short(typed, 200)));
        }
        self.words(format!("Cần làm: {}", short(cure, 600)));
    }

    /// What was brought over, which cells are new and blank, and what found no place.
    fn carried(&mut self, year: Year, who: &str, carried: &Carried<'_>, several: bool) {
        let from = carried.from();
        let file = if several {
            format!("Tệp “{}”", short(&carried.other.submission.file.path, 120))
        } else {
            "Tệp đã gửi".to_owned()
        };
        self.words(format!(
            "{file} là biểu mẫu năm {from} nhưng được điền trong kỳ báo cáo năm {year}, nên {who} đã chép nội dung của {} ô sang biểu mẫu năm {year}. Các ô ấy có nền xanh và có ghi chú: xin kiểm tra từng số, chỗ nào chưa đúng với năm {year} thì sửa lại.",
            carried.filled.len()
        ));
        let count: usize = carried.new.iter().map(|(_, cells)| cells.len()).sum();
        if count > 0 {
            let of_sheet =
                |(sheet, cells): &(&EcoString, Vec<_>)| format!("trang “{sheet}”: {}", joined(cells));
            let places: Vec<String> = carried.new.iter().map(of_sheet).collect();
            self.words(format!(
                "Biểu mẫu năm {year} có {count} ô mà biểu mẫu năm {from} không có, nay còn trống: {}.",
                short(&places.join("; "), LONGEST_ADDRESSES)
            ));
        } else {
            self.words(format!("Biểu mẫu năm {year} không có ô nào mới so với biểu mẫu năm {from}."));
        }
        if !carried.left.is_empty() {
            self.words(left(year, carried));
        }
    }

    fn write(&self, worksheet: &mut Worksheet) -> Result<(), XlsxError> {
        worksheet.set_name(SHEET)?.set_screen_gridlines(false);
        worksheet.set_column_width(0, WIDTH)?;
        for (row, (text, style)) in (0..).zip(&self.lines) {
            let blank = text.is_empty();
            let height = if blank { 8.0 } else { LINES.row_height(&[(text, WIDTH)]) + 2.0 };
            worksheet.set_row_height(row, height)?;
            if !blank {
                worksheet.write_string_with_format(row, 0, text, style)?;
            }
        }
        worksheet.set_print_area(0, 0, u32::try_from(self.lines.len()).unwrap_or(1) - 1, 0)?;
        A4Page::portrait(MARGINS).fit(1, 1).set_up(worksheet);
        put::protect(worksheet);
        Ok(())
    }
}

/// What was filled and has no cell in this year's form.
fn left(year: Year, carried: &Carried<'_>) -> String {
    let told = carried.left.iter().take(MOST_LEFT);
    let told = told.map(|(label, typed)| format!("{} (đã ghi “{}”)", short(label, 100), short(typed, 60)));
    let more = match carried.left.len().saturating_sub(MOST_LEFT) {
        0 => String::new(),
        more => format!("; và {more} ô khác"),
    };
    format!(
        "{} ô đã điền không có ở biểu mẫu năm {year} nên không chép: {}{more}.",
        carried.left.len(),
        told.collect::<Vec<_>>().join("; ")
    )
}
