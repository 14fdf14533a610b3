//! A workbook of one sheet: figures typed in, a share that follows them, a page to print it on.
//!
//! `cargo run -p sheet --example enrolment -- ghi-danh.xlsx`

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Workbook, XlsxError};
use sheet::measure::CountedLines;
use sheet::page::{A4Page, Foot, Margins};
use sheet::style::{FONT, RULE, head, letters, number_format, ruled};
use sheet::{CellAddress, Content, Expression, Function, Operator, Reference, book, put};

const MARGINS: Margins = Margins { left: 0.7, right: 0.7, top: 0.8, bottom: 0.8, head: 0.3, foot: 0.3 };
const LINES: CountedLines = CountedLines { letter: 1.0, line: 16.0, around: 4.0 };
const NAME_CHARACTERS: f64 = 24.0;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("give a path to write to, such as ghi-danh.xlsx")?;
    let classes = [("Xóa mù chữ", 18, 20), ("Tin học cơ bản cho người lớn tuổi", 0, 0)];
    std::fs::write(path, enrolment(&classes)?)?;
    Ok(())
}

fn enrolment(classes: &[(&str, u32, u32)]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The day is given, not asked of a clock: the same figures give the same bytes.
    let day = NaiveDate::from_ymd_opt(2024, 12, 9).unwrap_or_default();
    workbook.set_properties(&book::properties("Ghi danh", "Trung tâm học tập cộng đồng", day));
    let cell = ruled(letters(12.0), RULE).set_text_wrap();
    let figure = cell.clone().set_num_format(number_format::COUNT);
    let percent = cell.clone().set_num_format(number_format::percent_points(2));

    let worksheet = workbook.add_worksheet();
    worksheet.set_column_width(0, NAME_CHARACTERS)?;
    for (column, title) in (0..).zip(["Lớp", "Đã học xong", "Ghi danh", "Tỷ lệ"]) {
        worksheet.write_string_with_format(0, column, title, &head(ruled(letters(12.0), RULE)))?;
    }
    for (row, (name, finished, enrolled)) in (1..).zip(classes) {
        worksheet.set_row_height(row, LINES.row_height(&[(name, NAME_CHARACTERS)]))?;
        let at = |column| CellAddress::new(row, column);
        put::content(worksheet, at(0), &Content::Text((*name).into()), &cell)?;
        for (column, count) in [(1, *finished), (2, *enrolled)] {
            put::content(worksheet, at(column), &Content::Number(count.into()), &figure)?;
        }
        let result = match enrolled {
            0 => "–".to_owned(),
            _ => (Decimal::from(*finished * 100) / Decimal::from(*enrolled)).to_string(),
        };
        let live = put::live(&share(at(1), at(2)), result);
        worksheet.write_formula_with_format(row, 3, live, &percent)?;
    }
    let foot = Foot { typeface: FONT, name: "Trung tâm học tập cộng đồng", after: " · 2024" };
    A4Page::portrait(MARGINS).fit(1, 0).foot(foot).set_up(worksheet);
    book::bytes(&mut workbook)
}

/// A part of a whole in percent; a dash where there is no whole, and nothing before both figures are there.
fn share(part: CellAddress, whole: CellAddress) -> Expression {
    let [part, whole] = [part, whole].map(|cell| Expression::from(Reference::to_cell(cell)));
    let both = Expression::call(Function::Count, [part.clone(), whole.clone()]).is(Operator::Equal, 2.into());
    let percent = part.over(whole.clone()).times(100.into());
    let percent = Expression::when(whole.is(Operator::Equal, 0.into()), "–".into(), percent);
    Expression::when(both, percent, "".into())
}
