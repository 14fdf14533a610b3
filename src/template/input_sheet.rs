//! One visible sheet of a template.

use super::style::Styles;
use super::{Remark, Values, choice_texts, page, previous, returned};
use crate::domain::{FieldId, FieldKind};
use crate::form::{
    CODE_COLUMN, Field, Form, FormRow, FormSheet, FormTable, LABEL_COLUMN, MEASURE_COLUMN, NUMBER_COLUMN,
};
use crate::plan::{Plan, ReferenceBasis};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, Worksheet, XlsxError,
};
use sheet::measure::CountedLines;
use sheet::{put, text};
use std::collections::BTreeMap;
use vietnamese::display::{self, capitalised};
use vietnamese::number::MoneyUnit;

/// Spreadsheet width of relative width 1, in characters of the default font.
const CHARACTERS_PER_WIDTH: f64 = 10.0;
const LABEL_CHARACTERS: f64 = 40.0;
const MEASURE_CHARACTERS: f64 = 12.0;
const ROW_LINES: CountedLines = CountedLines { letter: 1.05, line: 16.0, around: 4.0 };
const LOW_ROW: f64 = 22.0;
const TALL_ROW: f64 = 72.0;
/// The longest text an input cell takes; Excel's own limit is 32,767.
const LONGEST_TEXT: u32 = 5000;
/// The largest whole number the library's validation can express; larger figures are judged on reading.
const LARGEST_TYPED: i32 = 2_000_000_000;

/// UTF-16 units of a message; Excel takes 255.
const LONGEST_MESSAGE: usize = 251;

/// What every sheet of a workbook is written from.
pub(super) struct Writer<'a> {
    pub plan: &'a Plan,
    pub form: &'a Form,
    pub styles: &'a Styles,
    /// Last year's values.
    pub previous: Option<&'a Values>,
    /// What stands in the input cells.
    pub filled: &'a Values,
    /// What is said of them.
    pub remarks: &'a BTreeMap<FieldId, Remark>,
}

impl Writer<'_> {
    pub(super) fn write(&self, worksheet: &mut Worksheet, sheet: &FormSheet) -> Result<(), XlsxError> {
        worksheet.set_name(&sheet.tab)?;
        set_columns(worksheet, sheet)?;
        previous::set_columns(worksheet, sheet, characters, self.previous)?;
        self.head(worksheet, sheet)?;
        for table in &sheet.tables {
            self.table(worksheet, table)?;
        }
        set_page(worksheet, self.form, sheet)?;
        put::protect(worksheet);
        let first =
            sheet.tables.first().and_then(|table| table.rows.first()).and_then(|row| row.fields.first());
        if let Some(first) = first {
            worksheet.set_selection(first.cell.row, first.cell.column, first.cell.row, first.cell.column)?;
        }
        Ok(())
    }

    fn head(&self, worksheet: &mut Worksheet, sheet: &FormSheet) -> Result<(), XlsxError> {
        let (plan, form, styles) = (self.plan, self.form, self.styles);
        let due = display::date(plan.due_date(form.year));
        let unit = format!("{} · Báo cáo năm {}", capitalised(&form.unit.name), form.year);
        let hint = format!(
            "Chỉ nhập vào các ô nền vàng. Để trống nếu chưa có số liệu; ghi 0 nếu không có. Gửi trước ngày {due} về {}.",
            plan.letter.secretariat
        );
        worksheet.set_row_height(0, 24)?.write_string_with_format(
            0,
            CODE_COLUMN,
            &sheet.heading,
            &styles.heading,
        )?;
        worksheet.write_string_with_format(1, CODE_COLUMN, unit, &styles.unit)?;
        worksheet.write_string_with_format(2, CODE_COLUMN, hint, &styles.hint)?;
        Ok(())
    }

    fn table(&self, worksheet: &mut Worksheet, table: &FormTable) -> Result<(), XlsxError> {
        let styles = self.styles;
        let (title, head, codes) = (table.title_row, table.title_row + 1, table.title_row + 2);
        worksheet.set_row_height(title, 22)?;
        worksheet.write_string_with_format(title, CODE_COLUMN, &table.title, &styles.title)?;
        let fixed = [
            (CODE_COLUMN, "Mã số"),
            (NUMBER_COLUMN, "STT"),
            (LABEL_COLUMN, "Nội dung"),
            (MEASURE_COLUMN, "Đơn vị tính"),
        ];
        worksheet.set_row_height(head, 34)?.set_row_height(codes, 12)?;
        for (column, text) in fixed {
            worksheet.write_string_with_format(head, column, text, &styles.head)?;
            worksheet.write_blank(codes, column, &styles.code_head)?;
        }
        for (at, (id, title)) in (crate::form::FIRST_INPUT_COLUMN..).zip(&table.columns) {
            write_across(worksheet, table, head, at, title, &styles.head)?;
            write_across(worksheet, table, codes, at, id.as_str(), &styles.code_head)?;
        }
        previous::head(worksheet, self.form, table, styles)?;
        for row in &table.rows {
            self.row(worksheet, table, row)?;
        }
        Ok(())
    }

    fn row(&self, worksheet: &mut Worksheet, table: &FormTable, row: &FormRow) -> Result<(), XlsxError> {
        let styles = self.styles;
        let texts =
            [(row.label.as_str(), LABEL_CHARACTERS - 2.0), (row.measure.as_str(), MEASURE_CHARACTERS)];
        let height = ROW_LINES.row_height(&texts).max(if row.tall { TALL_ROW } else { LOW_ROW });
        worksheet.set_row_height(row.row, height)?;
        worksheet.write_string_with_format(row.row, CODE_COLUMN, row.code.as_str(), &styles.code)?;
        worksheet.write_string_with_format(row.row, NUMBER_COLUMN, &row.number, &styles.centered)?;
        worksheet.write_string_with_format(row.row, LABEL_COLUMN, &row.label, &styles.label)?;
        worksheet.write_string_with_format(row.row, MEASURE_COLUMN, &row.measure, &styles.centered)?;
        for field in row.fields.iter() {
            self.input(worksheet, table, field)?;
            previous::cell(worksheet, field, styles, self.previous)?;
        }
        Ok(())
    }

    fn input(&self, worksheet: &mut Worksheet, table: &FormTable, field: &Field) -> Result<(), XlsxError> {
        let styles = self.styles;
        let style = match field.kind {
            FieldKind::Count => &styles.count,
            FieldKind::Decimal | FieldKind::Money(_) => &styles.decimal,
            FieldKind::Percent => &styles.percent,
            FieldKind::Choice(_) => &styles.choice,
            FieldKind::Text => &styles.text,
            FieldKind::Date => &styles.date,
        };
        let remark = self.remarks.get(&field.id);
        let style = &returned::marked(style, remark);
        if let Some(remark) = remark {
            returned::write_note(worksheet, &self.plan.names.scheme_subject(), field.cell, remark)?;
        }
        let (row, column) = (field.cell.row, field.cell.column);
        write_across(worksheet, table, row, column, "", style)?;
        worksheet.add_data_validation(row, column, row, column, &validation(self.form, field)?)?;
        match self.filled.get(&field.id) {
            Some(filled) => put::content(worksheet, field.cell, filled, style),
            None => Ok(()),
        }
    }
}

fn characters(relative: f32) -> f64 {
    f64::from(relative) * CHARACTERS_PER_WIDTH
}

fn set_columns(worksheet: &mut Worksheet, sheet: &FormSheet) -> Result<(), XlsxError> {
    worksheet.set_column_width(CODE_COLUMN, 11)?;
    worksheet.set_column_width(NUMBER_COLUMN, 6)?;
    worksheet.set_column_width(LABEL_COLUMN, LABEL_CHARACTERS)?;
    worksheet.set_column_width(MEASURE_COLUMN, MEASURE_CHARACTERS)?;
    // A column with nothing in it only takes room; the input columns keep their places all the same.
    let rows = || sheet.tables.iter().flat_map(|table| &table.rows);
    if rows().all(|row| row.number.is_empty()) {
        worksheet.set_column_hidden(NUMBER_COLUMN)?;
    }
    if rows().all(|row| row.measure.is_empty()) {
        worksheet.set_column_hidden(MEASURE_COLUMN)?;
    }
    for (column, width) in (crate::form::FIRST_INPUT_COLUMN..).zip(&sheet.widths) {
        worksheet.set_column_width(column, characters(*width))?;
    }
    Ok(())
}

/// Writes text (blank when empty) at a column; the table's last column is merged up to the sheet's last.
fn write_across(
    worksheet: &mut Worksheet,
    table: &FormTable,
    row: u32,
    column: u16,
    text: &str,
    style: &Format,
) -> Result<(), XlsxError> {
    let is_last = usize::from(column - crate::form::FIRST_INPUT_COLUMN) + 1 == table.columns.len();
    if is_last && column < table.last_column {
        worksheet.merge_range(row, column, row, table.last_column, text, style)?;
    } else if text.is_empty() {
        worksheet.write_blank(row, column, style)?;
    } else {
        worksheet.write_string_with_format(row, column, text, style)?;
    }
    Ok(())
}

fn validation(form: &Form, field: &Field) -> Result<DataValidation, XlsxError> {
    let rule = DataValidation::new();
    let (rule, title, message) = match &field.kind {
        FieldKind::Count => (
            rule.allow_whole_number(DataValidationRule::Between(0, LARGEST_TYPED)),
            "Cần một số nguyên",
            "Ô này nhận số nguyên từ 0 trở lên, chỉ gõ chữ số, ví dụ 1234. Để trống nếu chưa có số liệu.".to_owned(),
        ),
        FieldKind::Decimal => (
            rule.allow_decimal_number(DataValidationRule::Between(0.0, f64::from(LARGEST_TYPED))),
            "Cần một số",
            "Ô này nhận số từ 0 trở lên. Để trống nếu chưa có số liệu.".to_owned(),
        ),
        FieldKind::Money(unit) => (
            rule.allow_decimal_number(DataValidationRule::Between(0.0, f64::from(LARGEST_TYPED))),
            "Cần một số tiền",
            format!(
                "Ô này nhận số tiền tính bằng {}, chỉ gõ số từ 0 trở lên. Ví dụ {}. Để trống nếu chưa có số liệu.",
                unit.name(),
                example_of(*unit)
            ),
        ),
        FieldKind::Percent => (
            rule.allow_decimal_number(DataValidationRule::Between(0.0, 100.0)),
            "Cần một tỷ lệ phần trăm",
            "Ô này nhận số từ 0 đến 100, ví dụ 97,85 (không gõ dấu %). Có thể để trống: tỷ lệ được tính từ số đạt và tổng số.".to_owned(),
        ),
        FieldKind::Choice(list) => (
            rule.allow_list_strings(&choice_texts(&list.items))?,
            "Chọn trong danh sách",
            format!("Bấm mũi tên ở cạnh ô và chọn một mục: {}.", choice_texts(&list.items).join("; ")),
        ),
        FieldKind::Text => (
            rule.allow_text_length(DataValidationRule::LessThanOrEqualTo(LONGEST_TEXT)),
            "Nội dung quá dài",
            format!("Ô này nhận tối đa {} ký tự; xin viết gọn lại.", display::plain(LONGEST_TEXT.into())),
        ),
        FieldKind::Date => (
            rule.allow_date(DataValidationRule::Between(
                ExcelDateTime::from_ymd(2000, 1, 1)?,
                ExcelDateTime::from_ymd(2099, 12, 31)?,
            )),
            "Cần một ngày",
            format!("Gõ ngày/tháng/năm, ví dụ 05/12/{}.", form.year),
        ),
    };
    let rule = rule
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title(title)?
        .set_error_message(text::shortened(&message, LONGEST_MESSAGE))?;
    match (form.reference(field), field.reference_basis) {
        (Some(figure), Some(basis)) => {
            let source = match basis {
                ReferenceBasis::PopulationShare(_) => "ước từ dân số".to_owned(),
                ReferenceBasis::PerCommune(_) => format!("ước từ số đơn vị cấp {}", form.communes),
            };
            rule.set_input_title("Số tham chiếu")?
                .set_input_message(format!("Số tham chiếu: {} ({source}).", display::plain(figure)))
        }
        _ => Ok(rule),
    }
}

/// An amount in đồng as it is to be typed in the unit.
fn example_of(unit: MoneyUnit) -> &'static str {
    match unit {
        MoneyUnit::Dong => "643,5 triệu đồng gõ 643500000",
        MoneyUnit::Thousand => "643.500.000 đồng gõ 643500",
        MoneyUnit::Million => "643.500.000 đồng gõ 643,5",
        MoneyUnit::Billion => "1.200.000.000 đồng gõ 1,2",
    }
}

fn set_page(worksheet: &mut Worksheet, form: &Form, sheet: &FormSheet) -> Result<(), XlsxError> {
    page::set(worksheet, form);
    let last_row = sheet.tables.last().and_then(|table| table.rows.last()).map_or(0, |row| row.row);
    worksheet.set_print_area(0, 0, last_row, sheet.last_column())?;
    // A table over many units runs over several pages; where it stands alone its heads can be repeated.
    if let [table] = sheet.tables.as_slice() {
        worksheet.set_repeat_rows(table.title_row + 1, table.title_row + 1)?;
    }
    Ok(())
}
