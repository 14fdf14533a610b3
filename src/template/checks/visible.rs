//! The sheet “Kiểm tra”: what is still to be done, the gravest first; then sheet by sheet and rule by rule.

use super::{Checks, Counts, Grade, Line, Ruling, hidden};
use crate::form::CHECK_SHEET;
use crate::template::page;
use crate::template::style::Styles;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar, ConditionalFormatType, Url,
    Worksheet, XlsxError,
};
use sheet::measure::CountedLines;
use sheet::{Expression, Function, Operator, put, quoted_sheet};
use vietnamese::display::capitalised;

const HOLDS: &str = "✔";
const BROKEN: &str = "✘";
const UNDECIDED: &str = "chưa đủ số liệu";
const FAULT: &str = "Lỗi";
const BLANK: &str = "Chưa nhập";
const DOUBT: &str = "Cần xem lại";
/// Stands where nothing is to be done: some programs take a stored empty text for zero.
const NOTHING: &str = "–";
const LAST_COLUMN: u16 = 5;
const WIDTHS: [f64; 6] = [7.0, 15.0, 32.0, 14.0, 12.0, 80.0];
/// Characters of a sentence that fit a line of its column.
const SENTENCE_CHARACTERS: f64 = 92.0;
/// Things to do that are listed; the counts above tell of all.
const LISTED: usize = 12;
const SENTENCE_LINES: CountedLines = CountedLines { letter: 1.0, line: 16.0, around: 3.0 };

pub(crate) fn write(
    worksheet: &mut Worksheet,
    checks: &Checks<'_>,
    styles: &Styles,
) -> Result<(), XlsxError> {
    worksheet.set_name(CHECK_SHEET)?;
    for (column, width) in (0..).zip(WIDTHS) {
        worksheet.set_column_width(column, width)?;
    }
    let unit = format!("{} · Báo cáo năm {}", capitalised(&checks.form.unit.name), checks.form.year);
    let hint = "Trang này tự cập nhật khi nhập số liệu; không cần nhập gì ở đây; nếu in thì chỉ in phần việc cần làm. Gửi báo cáo khi không còn lỗi và không còn ô chưa nhập. Trang không thấy hết định dạng số của ô: số hiện rút gọn theo nghìn, theo triệu thì chỉ được báo lại sau khi nhận báo cáo.";
    worksheet.set_row_height(0, 24)?;
    worksheet.write_string_with_format(0, 0, "KIỂM TRA TRƯỚC KHI GỬI", &styles.heading)?;
    worksheet.write_string_with_format(1, 0, unit, &styles.unit)?;
    worksheet.set_row_height(2, 33)?;
    worksheet.merge_range(2, 0, 2, LAST_COLUMN, hint, &styles.hint)?;
    overall(worksheet, checks, styles)?;
    let next = to_do(worksheet, checks, styles, 7)?;
    let next = by_sheet(worksheet, checks, styles, next + 1)?;
    by_rule(worksheet, checks, styles, next + 1)?;
    set_page(worksheet, checks, next)
}

/// The status of the whole form, and the bar of what is filled.
fn overall(worksheet: &mut Worksheet, checks: &Checks<'_>, styles: &Styles) -> Result<(), XlsxError> {
    let counts = checks.counts(None);
    checks.write_status(worksheet, 4, None, styles)?;
    worksheet.set_row_height(4, 22)?;
    let (asked, blank) = (checks.asked_formula(None), checks.blank_formula(None));
    let done = asked.clone().minus(blank);
    let nothing_asked = asked.clone().is(Operator::Equal, 0.into());
    let share = Expression::when(nothing_asked, 1.into(), done.clone().over(asked.clone()));
    let share = put::live(&share, filled(counts));
    worksheet.set_row_height(5, 20)?;
    worksheet.write_string_with_format(5, 0, "Đã nhập", &styles.unit)?;
    worksheet.merge_range(5, 1, 5, 2, "", &styles.bar)?;
    worksheet.write_formula_with_format(5, 1, share, &styles.bar)?;
    let bar = ConditionalFormatDataBar::new()
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 1)
        .set_solid_fill(true)
        .set_fill_color(0x9B_C2E6);
    worksheet.add_conditional_format(5, 1, 5, 2, &bar)?;
    let in_words = done.in_brackets().then(" / ").then(asked).then(" ô bắt buộc");
    let filled = format!("{} / {} ô bắt buộc", counts.asked - counts.blank, counts.asked);
    let in_words = put::live(&in_words, filled);
    worksheet.write_formula_with_format(5, 3, in_words, &styles.plain)?;
    Ok(())
}

fn filled(counts: Counts) -> String {
    if counts.asked == 0 {
        return "1".to_owned();
    }
    ((counts.asked - counts.blank) as f64 / counts.asked as f64).to_string()
}

/// What is to be done, the gravest first, each with the way to it; gives back the row after the last.
fn to_do(
    worksheet: &mut Worksheet,
    checks: &Checks<'_>,
    styles: &Styles,
    row: u32,
) -> Result<u32, XlsxError> {
    worksheet.set_row_height(row, 22)?;
    for (column, head) in (0..).zip(["STT", "Loại", "Đến ô"]) {
        worksheet.write_string_with_format(row, column, head, &styles.head)?;
    }
    let head = format!(
        "Việc cần làm ({LISTED} việc nặng nhất; làm xong việc nào thì việc còn lại hiện tiếp ở dưới)"
    );
    worksheet.merge_range(row, 3, row, LAST_COLUMN, &head, &styles.head)?;
    let known = checks.to_do();
    for n in 0..LISTED {
        let at = row + 1 + n as u32;
        let shown = known.get(n);
        // The n-th largest number there is; 0 when fewer things are to be done, an error when there are fewer rows.
        let orders = || checks.whole_column(hidden::ORDER);
        let order = Expression::call(Function::Large, [orders(), (n + 1).into()]);
        let place = Expression::call(Function::Match, [order.clone(), orders(), 0.into()]);
        let of = |column| Expression::call(Function::Index, [checks.whole_column(column), place.clone()]);
        let is_something = order.clone().is(Operator::Greater, 0.into());
        let or_nothing = |value: Expression| {
            let value = Expression::when(is_something.clone(), value, NOTHING.into());
            Expression::call(Function::IfError, [value, NOTHING.into()])
        };
        let least = |grade: Grade| Expression::from(grade as usize * hidden::GRADE);
        let kind = Expression::when(
            order.clone().is(Operator::AtLeast, least(Grade::Fault)),
            FAULT.into(),
            Expression::when(order.is(Operator::AtLeast, least(Grade::Blank)), BLANK.into(), DOUBT.into()),
        );
        let link = Expression::call(Function::Hyperlink, [of(hidden::TARGET), of(hidden::LABEL)]);
        let text = of(hidden::NAME).then(": ").then(of(hidden::TEXT));
        let shown_kind = shown.map(|task| match task.grade {
            Grade::Fault => FAULT,
            Grade::Blank => BLANK,
            Grade::Doubt => DOUBT,
        });
        let shown_text = shown.map(|task| format!("{}: {}", task.field.label, task.text));
        let shown_link = shown.map(|task| hidden::place_label(task.field));
        worksheet.set_row_height(at, 18)?;
        worksheet.write_number_with_format(at, 0, (n + 1) as f64, &styles.centered)?;
        let kind = put::live(&or_nothing(kind), shown_kind.unwrap_or(NOTHING));
        worksheet.write_formula_with_format(at, 1, kind, &styles.centered)?;
        let link = put::live(&or_nothing(link), shown_link.unwrap_or_else(|| NOTHING.to_owned()));
        worksheet.write_formula_with_format(at, 2, link, &styles.link)?;
        worksheet.merge_range(at, 3, at, LAST_COLUMN, "", &styles.task)?;
        let text = put::live(&or_nothing(text), shown_text.unwrap_or_else(|| NOTHING.to_owned()));
        worksheet.write_formula_with_format(at, 3, text, &styles.task)?;
    }
    let last = row + LISTED as u32;
    for (kind, style) in [(FAULT, &styles.bad), (BLANK, &styles.bad), (DOUBT, &styles.undecided)] {
        let format =
            ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(kind)).set_format(style);
        worksheet.add_conditional_format(row + 1, 1, last, 1, &format)?;
    }
    Ok(last + 1)
}

/// A line a sheet; gives back the row after the last.
fn by_sheet(
    worksheet: &mut Worksheet,
    checks: &Checks<'_>,
    styles: &Styles,
    row: u32,
) -> Result<u32, XlsxError> {
    worksheet.set_row_height(row, 22)?;
    for (column, head) in (0..).zip(["Trang", "", "", "Lỗi", "Chưa nhập", "Cần xem lại"]) {
        worksheet.write_string_with_format(row, column, head, &styles.head)?;
    }
    worksheet.merge_range(row, 0, row, 2, "Trang", &styles.head)?;
    let mut at = row;
    for (index, sheet) in checks.form.sheets.iter().enumerate() {
        at += 1;
        let counts = checks.counts(Some(index));
        let target = format!("internal:{}!A1", quoted_sheet(&sheet.tab));
        worksheet.set_row_height(at, 18)?;
        worksheet.merge_range(at, 0, at, 2, "", &styles.link)?;
        worksheet.write_url_with_format(at, 0, Url::new(target).set_text(&sheet.tab), &styles.link)?;
        let figures = [
            (checks.count_formula(Grade::Fault, Some(index)), counts.faults),
            (checks.blank_formula(Some(index)), counts.blank),
            (checks.count_formula(Grade::Doubt, Some(index)), counts.doubts),
        ];
        for (column, (formula, result)) in (3..).zip(figures) {
            let formula = put::live(&formula, result.to_string());
            worksheet.write_formula_with_format(at, column, formula, &styles.centered)?;
        }
    }
    let some = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::GreaterThan(0))
        .set_format(&styles.bad);
    worksheet.add_conditional_format(row + 1, 3, at, 4, &some)?;
    Ok(at + 1)
}

/// A line a rule.
fn by_rule(
    worksheet: &mut Worksheet,
    checks: &Checks<'_>,
    styles: &Styles,
    row: u32,
) -> Result<(), XlsxError> {
    worksheet.set_row_height(row, 34)?;
    let heads = ["Mã", "Kết quả", "Đến ô", "Mức độ", "Số chỗ sai", "Nội dung kiểm tra"];
    for (column, head) in (0..).zip(heads) {
        worksheet.write_string_with_format(row, column, head, &styles.head)?;
    }
    let mut at = row;
    for line in &checks.lines {
        at += 1;
        write_line(worksheet, checks, styles, at, line)?;
    }
    if at > row {
        for (mark, style) in [(HOLDS, &styles.good), (BROKEN, &styles.bad), (UNDECIDED, &styles.undecided)] {
            let format = ConditionalFormatCell::new()
                .set_rule(ConditionalFormatCellRule::EqualTo(mark))
                .set_format(style);
            worksheet.add_conditional_format(row + 1, 1, at, 1, &format)?;
        }
    }
    Ok(())
}

fn write_line(
    worksheet: &mut Worksheet,
    checks: &Checks<'_>,
    styles: &Styles,
    row: u32,
    line: &Line<'_>,
) -> Result<(), XlsxError> {
    let places = &checks.places[line.first..=line.last];
    let count = |wanted: Ruling| places.iter().filter(|place| place.outcome == wanted).count();
    let (wrong, open) = (count(Ruling::Violated), count(Ruling::NotEvaluated));
    let range = |column| Expression::from(hidden::cells(column, line.first, line.last));
    let sum = |column| Expression::call(Function::Sum, [range(column)]);
    let some_broken = sum(hidden::BROKEN).is(Operator::Greater, 0.into());
    let mark = match (wrong, places.len() - open) {
        (0, 0) => UNDECIDED,
        (0, _) => HOLDS,
        _ => BROKEN,
    };
    let height = SENTENCE_LINES.row_height(&[(&line.sentence, SENTENCE_CHARACTERS)]);
    worksheet.set_row_height(row, height.max(18.0))?;
    worksheet.write_string_with_format(row, 0, line.rule.plan.code.to_string(), &styles.centered)?;
    let all_open = sum(hidden::UNDECIDED).is(Operator::Equal, places.len().into());
    let verdict = Expression::when(all_open, UNDECIDED.into(), HOLDS.into());
    let verdict = Expression::when(some_broken.clone(), BROKEN.into(), verdict);
    let verdict = put::live(&verdict, mark);
    worksheet.write_formula_with_format(row, 1, verdict, &styles.centered)?;
    worksheet.write_string_with_format(row, LAST_COLUMN, format!("{}.", line.sentence), &styles.label)?;
    let severity = if line.rule.plan.trial { "Thử nghiệm" } else { line.rule.plan.severity.vietnamese() };
    worksheet.write_string_with_format(row, 3, severity, &styles.centered)?;
    let broken = put::live(&sum(hidden::BROKEN), wrong.to_string());
    worksheet.write_formula_with_format(row, 4, broken, &styles.centered)?;
    // The first place that is wrong, else the first there is.
    let first = places.iter().position(|place| place.outcome == Ruling::Violated).unwrap_or(0);
    let first_broken = Expression::call(Function::Match, [1.into(), range(hidden::BROKEN), 0.into()]);
    let at = Expression::when(some_broken, first_broken, 1.into());
    let named = |column| Expression::call(Function::Index, [range(column), at.clone()]);
    let link = Expression::call(Function::Hyperlink, [named(hidden::TARGET), named(hidden::LABEL)]);
    let field = checks.form.field(&places[first].rule.bound.at);
    let link = put::live(&link, field.map(hidden::place_label).unwrap_or_default());
    worksheet.write_formula_with_format(row, 2, link, &styles.link)?;
    Ok(())
}

/// What is to be done is printed, the list of all rules is not.
fn set_page(worksheet: &mut Worksheet, checks: &Checks<'_>, last: u32) -> Result<(), XlsxError> {
    page::set(worksheet, checks.form);
    worksheet.set_print_area(0, 0, last, LAST_COLUMN)?;
    put::protect(worksheet);
    Ok(())
}
