//! One visible sheet of a template.

use super::style::{REQUIRED_FILL, Styles};
use super::{Remark, Values, choice_texts, page, previous, returned};
use crate::domain::cell::Content;
use crate::domain::{ColumnId, FieldId, FieldKind, YEARS_OF_DAYS};
use crate::form::{
    CODE_COLUMN, FIRST_INPUT_COLUMN, Field, Form, FormRow, FormSheet, FormTable, LABEL_COLUMN,
    MEASURE_COLUMN, NUMBER_COLUMN, PRINT_SHEET,
};
use crate::plan::{Plan, ReferenceBasis};
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, Worksheet, XlsxError,
};
use sheet::measure::CountedLines;
use sheet::{Expression, Function, Operator, Reference, grow, put, text};
use std::collections::BTreeMap;
use vietnamese::display::{self, capitalised};
use vietnamese::number::MoneyUnit;

/// Spreadsheet width of relative width 1, in characters of the default font.
const CHARACTERS_PER_WIDTH: f64 = 10.0;
const CODE_CHARACTERS: f64 = 0.6;
const LABEL_CHARACTERS: f64 = 44.0;
const MEASURE_CHARACTERS: f64 = 11.0;
const SHARE_CHARACTERS: f64 = 10.0;
const ROW_LINES: CountedLines = CountedLines { letter: 1.05, line: 16.0, around: 4.0 };
const HEAD_LINES: CountedLines = CountedLines { letter: 1.1, line: 15.0, around: 4.0 };
const HINT_CHARACTERS: f64 = LABEL_CHARACTERS * 1.4;
const HINT_LINES: CountedLines = CountedLines { letter: 1.0, line: 12.0, around: 2.0 };
const CODE_ROW: f64 = 4.0;
const LOW_ROW: f64 = 22.0;
const TALL_ROW: f64 = 72.0;
const MERGED_TALL_ROW: f64 = 66.0;
/// Stands where a share cannot be worked out: programs that trust a stored result take an empty one for zero.
const NO_SHARE: &str = "–";
/// Excel's own limit.
const HIGHEST_ROW: f64 = 409.0;
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
            self.table(worksheet, sheet, table)?;
        }
        set_page(worksheet, self.form, sheet)?;
        freeze(worksheet, sheet)?;
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
        let mut fields = sheet.tables.iter().flat_map(|table| &table.rows).flat_map(|row| row.fields.iter());
        let marks = if fields.any(|field| field.required) {
            "Ô vàng đậm, đánh dấu *: bắt buộc nhập; ô vàng nhạt: nhập nếu có."
        } else {
            "Chỉ nhập vào các ô nền vàng, nếu có."
        };
        let hint = format!(
            "{marks} Để trống nếu chưa có số liệu; ghi 0 nếu không có. Gửi trước ngày {due} về {}. Trang này chỉ để nhập; để in và ký, mở trang “{PRINT_SHEET}”.",
            plan.frame(form.year).letter.secretariat
        );
        worksheet.set_row_height(0, 24)?.write_string_with_format(
            0,
            CODE_COLUMN,
            &sheet.heading,
            &styles.heading,
        )?;
        worksheet.write_string_with_format(1, CODE_COLUMN, unit, &styles.unit)?;
        let width = LABEL_CHARACTERS + sheet.widths.iter().map(|width| characters(*width)).sum::<f64>();
        let last = sheet.share_column().unwrap_or_else(|| sheet.last_input_column());
        worksheet.set_row_height(2, HEAD_LINES.row_height(&[(&hint, width * 1.2)]).max(18.0))?;
        worksheet.merge_range(2, CODE_COLUMN, 2, last, &hint, &styles.hint)?;
        Ok(())
    }

    fn table(
        &self,
        worksheet: &mut Worksheet,
        sheet: &FormSheet,
        table: &FormTable,
    ) -> Result<(), XlsxError> {
        let styles = self.styles;
        let (title, head, codes) = (table.title_row, table.title_row + 1, table.title_row + 2);
        worksheet.set_row_height(title, 24)?;
        worksheet.write_string_with_format(title, CODE_COLUMN, &table.title, &styles.title)?;
        let fixed = [(NUMBER_COLUMN, "STT"), (LABEL_COLUMN, "Nội dung"), (MEASURE_COLUMN, "Đơn vị tính")];
        let heads = heads(table);
        let widths = (0..).zip(&heads).map(|(at, head)| (head.as_str(), input_width(sheet, table, at)));
        let height = HEAD_LINES.row_height(&widths.collect::<Vec<_>>());
        worksheet.set_row_height(head, height.max(34.0))?.set_row_height(codes, CODE_ROW)?;
        for (column, text) in fixed {
            worksheet.write_string_with_format(head, column, text, &styles.head)?;
        }
        for ((at, (id, _)), title) in (FIRST_INPUT_COLUMN..).zip(&table.columns).zip(&heads) {
            write_across(worksheet, table, head, at, title, &styles.head)?;
            worksheet.write_string_with_format(codes, at, id.as_str(), &styles.code)?;
        }
        if let (Some(at), Some(_)) = (sheet.share_column(), table.share) {
            worksheet.write_string_with_format(head, at, "Tỷ lệ tính (%)", &styles.head)?;
        }
        previous::head(worksheet, self.form, table, styles)?;
        for row in &table.rows {
            self.row(worksheet, sheet, table, row)?;
        }
        Ok(())
    }

    fn row(
        &self,
        worksheet: &mut Worksheet,
        sheet: &FormSheet,
        table: &FormTable,
        row: &FormRow,
    ) -> Result<(), XlsxError> {
        let styles = self.styles;
        self.set_height(worksheet, sheet, table, row)?;
        worksheet.write_string_with_format(row.row, CODE_COLUMN, row.code.as_str(), &styles.code)?;
        worksheet.write_string_with_format(row.row, NUMBER_COLUMN, &row.number, &styles.centered)?;
        let label = label(table, row);
        if row.hint.is_empty() {
            worksheet.write_string_with_format(row.row, LABEL_COLUMN, &label, &styles.label)?;
        } else {
            let hint = format!("\n{}", row.hint);
            let pieces = [(&styles.label_words, label.as_str()), (&styles.label_hint, hint.as_str())];
            worksheet.write_rich_string_with_format(row.row, LABEL_COLUMN, &pieces, &styles.label)?;
        }
        worksheet.write_string_with_format(row.row, MEASURE_COLUMN, &row.measure, &styles.centered)?;
        for field in row.fields.iter() {
            self.input(worksheet, table, row, field)?;
            previous::cell(worksheet, field, styles, self.previous)?;
        }
        if let (Some(at), Some((part, whole))) = (sheet.share_column(), table.share) {
            self.share(worksheet, row, at, [part, whole])?;
        }
        Ok(())
    }

    /// Rows with words in a single cell grow with them. Cells that are merged never grow their row, so theirs is held to
    /// a height: by what stands in them, or high enough for several lines.
    fn set_height(
        &self,
        worksheet: &mut Worksheet,
        sheet: &FormSheet,
        table: &FormTable,
        row: &FormRow,
    ) -> Result<(), XlsxError> {
        let merged = |field: &Field| {
            let is_last = usize::from(field.cell.column - FIRST_INPUT_COLUMN) + 1 == table.columns.len();
            is_last && field.cell.column < table.last_column
        };
        let mut words = row.fields.iter().filter(|field| field.kind == FieldKind::Text).peekable();
        let grows = words.peek().is_some() && !words.any(merged);
        let least = match (row.tall, grows) {
            (true, true) => TALL_ROW,
            (true, false) => MERGED_TALL_ROW,
            (false, _) => LOW_ROW,
        };
        let label = label(table, row);
        let hint = if row.hint.is_empty() { 0.0 } else { HINT_LINES.height(&row.hint, HINT_CHARACTERS) };
        let label = ROW_LINES.row_height(&[(label.as_str(), LABEL_CHARACTERS + 2.0)]) + hint;
        let mut texts = vec![(row.measure.as_str(), MEASURE_CHARACTERS)];
        for (at, field) in row.fields.iter().enumerate() {
            if let (FieldKind::Text, Some(Content::Text(text))) = (&field.kind, self.filled.get(&field.id)) {
                texts.push((text, input_width(sheet, table, at)));
            }
        }
        let height = ROW_LINES.row_height(&texts).max(label).max(least).min(HIGHEST_ROW);
        if grows {
            let beyond = (sheet.last_column() + 1, least);
            return grow::row(worksheet, row.row, height, beyond, &self.styles.plain);
        }
        worksheet.set_row_height(row.row, height)?;
        Ok(())
    }

    /// The share that follows from what was typed, in points of a hundred; a dash while a figure is missing.
    fn share(
        &self,
        worksheet: &mut Worksheet,
        row: &FormRow,
        at: u16,
        parts: [usize; 2],
    ) -> Result<(), XlsxError> {
        let [Some(part), Some(whole)] = parts.map(|at| row.fields.get(at)) else { return Ok(()) };
        let cell = |field: &Field| Expression::from(Reference::to_cell(field.cell));
        let both = Expression::call(Function::Count, [cell(part), cell(whole)]).is(Operator::Equal, 2.into());
        let share = cell(part).over(cell(whole)).times(100.into());
        let share = Expression::call(Function::IfError, [share, NO_SHARE.into()]);
        let formula = Expression::when(both, share, NO_SHARE.into());
        let known = [part, whole].map(|field| match self.filled.get(&field.id) {
            Some(Content::Number(number)) => Some(*number),
            _ => None,
        });
        let shown = match known {
            [Some(part), Some(whole)] => (part * Decimal::ONE_HUNDRED).checked_div(whole),
            _ => None,
        };
        let shown = shown.map(|share| put::nearest(share.round_dp(12)).to_string());
        let shown = shown.unwrap_or_else(|| NO_SHARE.to_owned());
        worksheet.write_formula_with_format(row.row, at, put::live(&formula, shown), &self.styles.share)?;
        Ok(())
    }

    fn input(
        &self,
        worksheet: &mut Worksheet,
        table: &FormTable,
        entry: &FormRow,
        field: &Field,
    ) -> Result<(), XlsxError> {
        let styles = self.styles;
        let style = match field.kind {
            FieldKind::Count => &styles.count,
            FieldKind::Decimal | FieldKind::Money(_) => &styles.decimal,
            FieldKind::Percent => &styles.percent,
            FieldKind::Choice(_) => &styles.choice,
            FieldKind::Text if entry.tall => &styles.text,
            FieldKind::Text => &styles.short_text,
            FieldKind::Date => &styles.date,
        };
        let remark = self.remarks.get(&field.id);
        let style =
            if field.required { style.clone().set_background_color(REQUIRED_FILL) } else { style.clone() };
        let style = &returned::marked(&style, remark);
        if let Some(remark) = remark {
            returned::write_note(
                worksheet,
                &self.plan.frame(self.form.year).names.scheme_subject(),
                field.cell,
                remark,
            )?;
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

/// The heads of the input columns. A column that must be filled is marked; in a table that has such columns, one that
/// need not be filled says so. Where it depends on the row, the row is marked.
fn heads(table: &FormTable) -> Vec<String> {
    let required = |at: usize| move |row: &FormRow| row.fields.get(at).is_some_and(|field| field.required);
    let marks = |at: usize| (table.rows.iter().all(required(at)), table.rows.iter().any(required(at)));
    let some = (0..table.columns.len()).any(|at| marks(at).1);
    let head = |(at, (_, title)): (usize, &(ColumnId, String))| match marks(at) {
        (true, _) => format!("{title} *"),
        (false, false) if some => format!("{title} (nếu có)"),
        _ => title.clone(),
    };
    table.columns.iter().enumerate().map(head).collect()
}

/// The label of a row, marked when it must be filled and others of the table need not.
fn label(table: &FormTable, row: &FormRow) -> String {
    let marked = row.fields.iter().enumerate().any(|(at, field)| {
        let all = || table.rows.iter().all(|row| row.fields.get(at).is_some_and(|field| field.required));
        field.required && !all()
    });
    if marked { format!("{} *", row.label) } else { row.label.clone() }
}

/// Characters that fit a line of an input column; the last column of a table reaches to the sheet's last.
fn input_width(sheet: &FormSheet, table: &FormTable, at: usize) -> f64 {
    let is_last = at + 1 == table.columns.len();
    let own = sheet.widths.get(at..).unwrap_or_default();
    let columns = if is_last { own } else { own.get(..1).unwrap_or_default() };
    characters(columns.iter().sum()) - 1.0
}

/// The heading and the words of each row stay in sight; where a table stands alone, its heads too.
fn freeze(worksheet: &mut Worksheet, sheet: &FormSheet) -> Result<(), XlsxError> {
    let [first, rest @ ..] = sheet.tables.as_slice() else { return Ok(()) };
    let rows = if rest.is_empty() { first.title_row + 3 } else { first.title_row };
    worksheet.set_freeze_panes(rows, LABEL_COLUMN + 1)?;
    Ok(())
}

fn characters(width: f32) -> f64 {
    f64::from(width) * CHARACTERS_PER_WIDTH
}

fn set_columns(worksheet: &mut Worksheet, sheet: &FormSheet) -> Result<(), XlsxError> {
    worksheet.set_column_width(CODE_COLUMN, CODE_CHARACTERS)?;
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
    for (column, width) in (FIRST_INPUT_COLUMN..).zip(&sheet.widths) {
        worksheet.set_column_width(column, characters(*width))?;
    }
    if let Some(column) = sheet.share_column() {
        worksheet.set_column_width(column, SHARE_CHARACTERS)?;
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
    let is_last = usize::from(column - FIRST_INPUT_COLUMN) + 1 == table.columns.len();
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
                ExcelDateTime::from_ymd(*YEARS_OF_DAYS.start() as u16, 1, 1)?,
                ExcelDateTime::from_ymd(*YEARS_OF_DAYS.end() as u16, 12, 31)?,
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
            let source = match basis.for_unit(&form.unit) {
                ReferenceBasis::PopulationShare(_) | ReferenceBasis::PerCommuneElseShare(..) => {
                    "ước từ dân số".to_owned()
                }
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
    page::print_nothing(worksheet, last_row + 2)
}
