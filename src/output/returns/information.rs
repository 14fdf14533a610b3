//! One list of what is for information: what was found in the files of units that are asked to do nothing. It is for the
//! secretariat, not to be sent.

use super::list::{HEAD, List};
use super::look::{Look, short};
use crate::domain::Year;
use crate::finding::Finding;
use crate::plan::Plan;
use crate::template;
use rust_xlsxwriter::{Workbook, XlsxError};
use sheet::book;
use sheet::page::{A4Page, Foot, Margins};
use sheet::style::FONT;
use vietnamese::display::capitalised;

const MARGINS: Margins = Margins { left: 0.5, right: 0.5, top: 0.6, bottom: 0.7, head: 0.3, foot: 0.3 };
const COLUMNS: [(&str, f64); 9] = [
    ("STT", 5.0),
    ("Đơn vị", 20.0),
    ("Tệp", 24.0),
    ("Trang", 16.0),
    ("Ô", 9.0),
    ("Nội dung của ô", 22.0),
    ("Nhận xét", 40.0),
    ("Mức độ", 15.0),
    ("Mã", 7.0),
];
/// Width of a row from edge to edge.
const WIDTH: f64 = 152.0;
/// Characters of a text that a sender wrote, and of one of the program's.
const LONGEST: usize = 200;
const LONGEST_CAUSE: usize = 600;

/// A unit that is asked to do nothing, and what was found in its files.
pub(super) struct Informed<'a> {
    pub unit: String,
    pub findings: Vec<&'a Finding>,
}

pub(super) fn write(plan: &Plan, year: Year, units: &[Informed<'_>]) -> Result<Vec<u8>, XlsxError> {
    let look = Look::new();
    let list = List { look: &look, columns: &COLUMNS, width: WIDTH };
    let secretariat = &plan.frame(year).letter.secretariat;
    let title = format!("Nhận xét để biết, báo cáo năm {year}");
    let mut workbook = Workbook::new();
    workbook.set_properties(&book::properties(title.clone(), secretariat, template::first_day(year)));
    let worksheet = workbook.add_worksheet();
    let words = format!(
        "Danh sách này để {secretariat} biết, không gửi cho đơn vị. {} đơn vị dưới đây không có việc gì phải làm nên không có bản trả lại; số liệu đã được xử lý như cột “Nhận xét” nêu.",
        units.len()
    );
    list.begin(worksheet, "Để biết", &title, &words)?;
    let all =
        units.iter().flat_map(|unit| unit.findings.iter().map(|finding| (unit.unit.as_str(), *finding)));
    let mut last = HEAD;
    for (number, (unit, finding)) in (1_u32..).zip(all) {
        let is_words = |column| column < list.last() - 1;
        let style = |column| if is_words(column) { &look.cell } else { &look.centered };
        list.row(worksheet, number, &texts(unit, finding), style)?;
        last = HEAD + number;
    }
    worksheet.set_print_area(0, 0, last, list.last())?.set_repeat_rows(HEAD, HEAD)?;
    worksheet.set_freeze_panes(HEAD + 1, 0)?;
    worksheet.autofilter(HEAD, 0, last, list.last())?;
    let foot = Foot { typeface: FONT, name: &title, after: "" };
    A4Page::landscape(MARGINS).fit(1, 0).foot(foot).set_up(worksheet);
    book::bytes(&mut workbook)
}

/// The texts of a row.
fn texts(unit: &str, finding: &Finding) -> [String; 8] {
    let origin = finding.origin.as_ref();
    let sheet = origin.and_then(|origin| origin.sheet.as_deref()).unwrap_or_default();
    let cell = origin.and_then(|origin| origin.cell.as_deref()).unwrap_or_default();
    [
        capitalised(unit),
        origin.map(|origin| short(&origin.file, LONGEST)).unwrap_or_default(),
        short(sheet, LONGEST),
        short(cell, LONGEST),
        short(finding.label.as_deref().unwrap_or_default(), LONGEST),
        said(finding),
        finding.severity.vietnamese().to_owned(),
        finding.code.to_string(),
    ]
}

/// What was found, what was typed and how it was understood, and what the program did.
fn said(finding: &Finding) -> String {
    let mut said = short(&finding.cause, LONGEST_CAUSE);
    if let Some(typed) = finding.typed.as_deref().filter(|typed| !typed.trim().is_empty()) {
        said += &format!("\nĐã ghi: “{}”", short(typed, LONGEST));
        if let Some(read) = finding.read.as_deref() {
            said += &format!(", đã hiểu là {}", short(read, LONGEST));
        }
    }
    if !finding.effect.is_empty() {
        said += &format!("\n{}", short(&finding.effect, LONGEST_CAUSE));
    }
    said
}
