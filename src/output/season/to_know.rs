//! The sheet “Để biết”: what asks nobody for anything, of all units together.

use super::look::{Cell, Columns, Look, Table};
use crate::finding::Finding;
use crate::season::Season;
use rust_xlsxwriter::{Worksheet, XlsxError};
use std::fmt::Display;

const SHEET: &str = "Để biết";
const COLUMNS: &Columns = &[
    ("STT", 6.0),
    ("Mã đơn vị", 9.0),
    ("Đơn vị", 18.0),
    ("Mức độ", 13.0),
    ("Mã", 7.0),
    ("Tệp", 28.0),
    ("Trang", 14.0),
    ("Ô", 10.0),
    ("Nội dung của ô", 24.0),
    ("Đã ghi", 14.0),
    ("Nhận xét", 46.0),
    ("Chương trình đã làm", 34.0),
];

pub(super) fn write(worksheet: &mut Worksheet, look: &Look, season: &Season) -> Result<(), XlsxError> {
    let title = format!("NHẬN XÉT ĐỂ BIẾT, NĂM {}", season.year);
    let about = "Các nhận xét không yêu cầu đơn vị làm gì: lưu ý, cách viết đã được tự chuẩn hóa, thông tin; và nhận xét không thuộc đơn vị nào. Không cần gửi cho đơn vị.";
    let mut table = Table::begin(worksheet, look, SHEET, &title, &[about], COLUMNS)?;
    let of_units = season.units.iter().flat_map(|unit| {
        unit.to_know.iter().map(|finding| (unit.code.as_str(), unit.short_name.as_str(), finding))
    });
    let of_nobody = season.of_nobody.iter().map(|finding| ("", "Chung", finding));
    for (number, (code, unit, finding)) in (1..).zip(of_units.chain(of_nobody)) {
        row(&mut table, number, code, unit, finding)?;
    }
    table.end(SHEET, 12)
}

fn row(
    table: &mut Table<'_>,
    number: usize,
    code: &str,
    unit: &str,
    finding: &Finding,
) -> Result<(), XlsxError> {
    let origin = finding.origin.clone().unwrap_or_default();
    let words = |text: Option<&dyn Display>| text.map(ToString::to_string).unwrap_or_default();
    table.row(&[
        Cell::Count(number),
        Cell::Short(code),
        Cell::Words(unit),
        Cell::Short(finding.severity.vietnamese()),
        Cell::Short(&finding.code.to_string()),
        Cell::Words(&origin.file),
        Cell::Words(&words(origin.sheet.as_ref().map(|sheet| sheet as &dyn Display))),
        Cell::Short(&words(origin.cell.as_ref().map(|cell| cell as &dyn Display))),
        Cell::Words(finding.label.as_deref().unwrap_or_default()),
        Cell::Words(finding.typed.as_deref().unwrap_or_default()),
        Cell::Words(&finding.cause),
        Cell::Words(&finding.effect),
    ])
}
