//! The sheet to print and sign: everything that was typed on a few upright pages, a head above and signatures below.
//! Nothing is typed on it and nothing is read from it.

use super::Values;
use super::page;
use crate::domain::cell::Content;
use crate::domain::{CellAddress, FieldKind};
use crate::form::{Field, Form, FormRow, FormTable, PRINT_SHEET};
use crate::plan::Plan;
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};
use sheet::measure::CountedLines;
use sheet::style::{RULE, head, letters, number_format, ruled};
use sheet::{Expression, Function, Operator, Reference, put};

/// Columns: number, label, unit of measure, then narrow ones that the columns of the tables share among them.
const NUMBER: u16 = 0;
const LABEL: u16 = 1;
const MEASURE: u16 = 2;
const FIRST: u16 = 3;
const SHARED: u16 = 20;
const LAST: u16 = FIRST + SHARED - 1;
const WIDTHS: [f64; 3] = [5.0, 34.0, 9.0];
const SHARED_WIDTH: f64 = 3.1;
/// Characters of a line over the whole width.
const WHOLE_LINE: f64 = 106.0;
/// Letters of ten points are narrower than the characters that widths are given in.
const LINES: CountedLines = CountedLines { letter: 0.83, line: 13.0, around: 4.0 };
/// Lines that stand ready for words while nobody knows them: in a table, in a table with little room, in a narrative.
const TABLE_LINES: f64 = 1.0;
const NARROW_LINES: f64 = 2.0;
const NARRATIVE_LINES: f64 = 4.0;
/// Most lines of a narrative that are printed here.
const MOST_LINES: f64 = 24.0;
/// Characters below which a column of words is narrow.
const NARROW: f64 = 30.0;
/// Stands where nothing was typed, and where words go on in the cell they come from.
const DOTS: &str = "…";

struct Look {
    motto: Format,
    motto_below: Format,
    title: Format,
    unit: Format,
    table: Format,
    head: Format,
    cell: Format,
    words: Format,
    long: Format,
    count: Format,
    decimal: Format,
    date: Format,
    lead: Format,
    note: Format,
}

impl Look {
    fn new() -> Self {
        let plain = letters(10.0);
        let centred = |format: Format| format.set_align(FormatAlign::Center);
        let boxed = ruled(plain, RULE).set_text_wrap();
        Look {
            motto: centred(letters(11.0).set_bold()),
            motto_below: centred(letters(11.0).set_bold().set_text_wrap()),
            title: centred(letters(13.0).set_bold()),
            unit: centred(letters(11.0).set_italic()),
            table: letters(11.0).set_bold().set_align(FormatAlign::Bottom),
            head: head(ruled(letters(9.0), RULE)),
            cell: centred(boxed.clone()),
            words: boxed.clone().set_indent(1),
            long: boxed.clone().set_align(FormatAlign::Left).set_align(FormatAlign::Top).set_indent(1),
            count: boxed.clone().set_num_format(number_format::COUNT).set_align(FormatAlign::Right),
            decimal: boxed.clone().set_num_format(number_format::DECIMALS).set_align(FormatAlign::Right),
            date: centred(boxed.clone().set_num_format(number_format::DATE)),
            lead: boxed.set_bold().set_indent(1),
            note: letters(9.0).set_italic(),
        }
    }

    fn of(&self, kind: &FieldKind) -> &Format {
        match kind {
            FieldKind::Count => &self.count,
            FieldKind::Decimal | FieldKind::Money(_) | FieldKind::Percent => &self.decimal,
            FieldKind::Date => &self.date,
            FieldKind::Choice(_) => &self.cell,
            FieldKind::Text => &self.words,
        }
    }
}

/// The columns in front of the shared ones: those that a table has nothing for go to its labels.
struct Fixed {
    number: bool,
    label: (u16, u16),
    measure: bool,
}

impl Fixed {
    fn of(table: &FormTable) -> Self {
        let number = table.rows.iter().any(|row| !row.number.is_empty());
        let measure = table.rows.iter().any(|row| !row.measure.is_empty());
        let label = (if number { LABEL } else { NUMBER }, if measure { LABEL } else { MEASURE });
        Fixed { number, label, measure }
    }
}

struct Printer<'a, 'w> {
    worksheet: &'w mut Worksheet,
    filled: &'a Values,
    look: Look,
    row: u32,
}

pub(super) fn write(
    worksheet: &mut Worksheet,
    plan: &Plan,
    form: &Form,
    filled: &Values,
) -> Result<(), XlsxError> {
    worksheet.set_name(PRINT_SHEET)?;
    for (column, width) in (0..).zip(WIDTHS) {
        worksheet.set_column_width(column, width)?;
    }
    worksheet.set_column_range_width(FIRST, LAST, SHARED_WIDTH)?;
    page::set_upright(worksheet, form);
    let mut printer = Printer { worksheet, filled, look: Look::new(), row: 0 };
    printer.head(plan, form)?;
    for sheet in form.sheets.iter() {
        for table in &sheet.tables {
            printer.table(&sheet.widths, table)?;
        }
    }
    printer.signatures(form)?;
    let last = printer.row.saturating_sub(1);
    worksheet.set_print_area(0, 0, last, LAST)?;
    put::protect(worksheet);
    Ok(())
}

impl Printer<'_, '_> {
    /// Words over some columns of the row at hand.
    fn across(&mut self, first: u16, last: u16, words: &str, format: &Format) -> Result<(), XlsxError> {
        let ends = (CellAddress::new(self.row, first), CellAddress::new(self.row, last));
        put::across(self.worksheet, ends, words, format)
    }

    fn down(&mut self, height: f64) -> Result<(), XlsxError> {
        self.worksheet.set_row_height(self.row, height.min(400.0))?;
        self.row += 1;
        Ok(())
    }

    fn head(&mut self, plan: &Plan, form: &Form) -> Result<(), XlsxError> {
        let (motto, below) = (self.look.motto.clone(), self.look.motto_below.clone());
        let unit = form.unit.name.to_uppercase();
        self.across(NUMBER, LABEL, &unit, &below)?;
        self.across(MEASURE, LAST, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &motto)?;
        self.down(LINES.row_height(&[(&unit, 34.0)]).max(17.0))?;
        self.across(NUMBER, LABEL, "", &motto)?;
        self.across(MEASURE, LAST, "Độc lập - Tự do - Hạnh phúc", &motto)?;
        self.down(17.0)?;
        self.down(10.0)?;
        let title = format!(
            "SỐ LIỆU BÁO CÁO {} NĂM {}",
            plan.frame(form.year).names.scheme.to_uppercase(),
            form.year
        );
        let (title_look, unit_look) = (self.look.title.clone(), self.look.unit.clone());
        self.across(NUMBER, LAST, &title, &title_look)?;
        self.down(20.0)?;
        let hint = "Trang này tự lấy từ các trang nhập số liệu; chỉ in trang này để ký. Dấu … là chưa ghi, hoặc còn tiếp ở trang nhập.";
        self.across(NUMBER, LAST, hint, &unit_look)?;
        self.down(17.0)
    }

    fn table(&mut self, widths: &[f32], table: &FormTable) -> Result<(), XlsxError> {
        let look = self.look.table.clone();
        self.across(NUMBER, LAST, &table.title, &look)?;
        self.down(24.0)?;
        if table.rows.iter().any(|row| row.tall) {
            return table.rows.iter().try_for_each(|row| self.narrative(table, row));
        }
        let places = places(table.columns.len(), widths);
        let look = self.look.head.clone();
        let fixed = Fixed::of(table);
        if fixed.number {
            self.across(NUMBER, NUMBER, "STT", &look)?;
        }
        self.across(fixed.label.0, fixed.label.1, "Nội dung", &look)?;
        if fixed.measure {
            self.across(MEASURE, MEASURE, "Đơn vị tính", &look)?;
        }
        let mut heads = vec![("Đơn vị tính", WIDTHS[2])];
        for ((_, title), (first, last)) in table.columns.iter().zip(&places) {
            self.across(*first, *last, title, &look)?;
            heads.push((title, characters(*first, *last) * 0.9));
        }
        self.down(LINES.row_height(&heads))?;
        table.rows.iter().try_for_each(|row| self.row(&fixed, &places, row))
    }

    fn row(&mut self, fixed: &Fixed, places: &[(u16, u16)], row: &FormRow) -> Result<(), XlsxError> {
        let (cell, words) = (self.look.cell.clone(), self.look.words.clone());
        if fixed.number {
            self.across(NUMBER, NUMBER, &row.number, &cell)?;
        }
        self.across(fixed.label.0, fixed.label.1, &row.label, &words)?;
        if fixed.measure {
            self.across(MEASURE, MEASURE, &row.measure, &cell)?;
        }
        let mut lines = LINES.count(&row.label, WIDTHS[1]).max(LINES.count(&row.measure, WIDTHS[2]));
        for (field, (first, last)) in row.fields.iter().zip(places) {
            let room = characters(*first, *last);
            lines = lines.max(match &field.kind {
                FieldKind::Text => {
                    self.lines_of(field, room, if room < NARROW { NARROW_LINES } else { TABLE_LINES })
                }
                FieldKind::Choice(list) => {
                    list.items.iter().map(|item| LINES.count(&item.text, room)).fold(1.0, f64::max)
                }
                _ => 1.0,
            });
        }
        for (field, (first, last)) in row.fields.iter().zip(places) {
            self.value(field, *first, *last, lines)?;
        }
        self.down(lines * LINES.line + LINES.around)
    }

    /// Lines for the words of a field: as many as they take, or as stand ready for words to come.
    fn lines_of(&self, field: &Field, room: f64, ready: f64) -> f64 {
        match self.filled.get(&field.id) {
            Some(Content::Text(text)) => LINES.count(text, room).clamp(ready, MOST_LINES),
            _ => ready,
        }
    }

    /// A row with long words: its label, the words over the whole width, the rest of it in a line.
    fn narrative(&mut self, table: &FormTable, row: &FormRow) -> Result<(), XlsxError> {
        let lead = self.look.lead.clone();
        let label =
            if row.number.is_empty() { row.label.clone() } else { format!("{}. {}", row.number, row.label) };
        self.across(NUMBER, LAST, &label, &lead)?;
        self.down(LINES.row_height(&[(&label, WHOLE_LINE * 0.92)]))?;
        let titled = || row.fields.iter().zip(&table.columns);
        let (long, short): (Vec<_>, Vec<_>) = titled().partition(|(field, _)| field.kind == FieldKind::Text);
        let several = long.len() > 1;
        for (at, (field, (_, title))) in long.into_iter().enumerate() {
            let lead = if several { format!("{title}: ") } else { String::new() };
            let ready = if at == 0 { NARRATIVE_LINES } else { TABLE_LINES };
            let lines = self.lines_of(field, WHOLE_LINE, ready);
            self.words_after(&lead, field, lines)?;
        }
        if short.is_empty() {
            return Ok(());
        }
        let mut formula: Option<Expression> = None;
        let mut shown = String::new();
        for (field, (_, title)) in short {
            let lead = if shown.is_empty() {
                format!("{title}: ")
            } else {
                format!("; {}: ", rule::lower_first(title))
            };
            let joined = match formula {
                Some(formula) => formula.then(lead.as_str()),
                None => lead.as_str().into(),
            };
            formula = Some(joined.then(or_dots(field, None)));
            shown = format!("{shown}{lead}{}", self.shown(field, None));
        }
        let Some(formula) = formula else { return Ok(()) };
        self.formula(NUMBER, LAST, &formula, shown, &self.look.words.clone())?;
        self.down(LINES.line + LINES.around)
    }

    fn words_after(&mut self, lead: &str, field: &Field, lines: f64) -> Result<(), XlsxError> {
        let most = Some(capacity(WHOLE_LINE, lines).saturating_sub(lead.chars().count()));
        let words = or_dots(field, most);
        let formula = if lead.is_empty() { words } else { Expression::from(lead).then(words) };
        let shown = format!("{lead}{}", self.shown(field, most));
        self.formula(NUMBER, LAST, &formula, shown, &self.look.long.clone())?;
        self.down(lines * LINES.line + LINES.around)
    }

    fn value(&mut self, field: &Field, first: u16, last: u16, lines: f64) -> Result<(), XlsxError> {
        let most = (field.kind == FieldKind::Text).then(|| capacity(characters(first, last), lines));
        let look = self.look.of(&field.kind).clone();
        self.formula(first, last, &or_dots(field, most), self.shown(field, most), &look)
    }

    fn formula(
        &mut self,
        first: u16,
        last: u16,
        formula: &Expression,
        shown: String,
        look: &Format,
    ) -> Result<(), XlsxError> {
        self.across(first, last, "", look)?;
        self.worksheet.write_formula_with_format(self.row, first, put::live(formula, shown), look)?;
        Ok(())
    }

    /// The result of [`or_dots`] for what stands in the field.
    fn shown(&self, field: &Field, most: Option<usize>) -> String {
        match self.filled.get(&field.id) {
            None => DOTS.to_owned(),
            Some(Content::Number(number)) => number.normalize().to_string(),
            Some(Content::Date(day)) => {
                NaiveDate::from_ymd_opt(1899, 12, 30).map_or(0, |first| (*day - first).num_days()).to_string()
            }
            Some(Content::Text(text)) => match most {
                Some(most) if sheet::text::units(text) > most => {
                    format!("{}{DOTS}", text.chars().take(most.saturating_sub(1)).collect::<String>())
                }
                _ => text.to_string(),
            },
        }
    }

    fn signatures(&mut self, form: &Form) -> Result<(), XlsxError> {
        let (motto, note) = (self.look.motto.clone(), self.look.note.clone().set_align(FormatAlign::Center));
        self.down(12.0)?;
        self.across(MEASURE, LAST, &format!("Ngày …… tháng …… năm {}", form.due.format("%Y")), &note)?;
        self.down(17.0)?;
        self.across(NUMBER, LABEL, "NGƯỜI LẬP BIỂU", &motto)?;
        self.across(MEASURE, LAST, "THỦ TRƯỞNG ĐƠN VỊ", &motto)?;
        self.down(17.0)?;
        self.across(NUMBER, LABEL, "(ký, ghi rõ họ tên)", &note)?;
        self.across(MEASURE, LAST, "(ký, ghi rõ họ tên, đóng dấu)", &note)?;
        self.down(15.0)?;
        self.down(70.0)
    }
}

/// What a field holds, dots where it holds nothing; words that are too long for their place are cut.
fn or_dots(field: &Field, most: Option<usize>) -> Expression {
    let call = |function, arguments: Vec<Expression>| Expression::call(function, arguments);
    let cell = || Expression::from(Reference::to_cell(field.cell).on_sheet(field.sheet.clone()));
    let length = || call(Function::Len, vec![cell()]);
    let whole = match most {
        Some(most) => {
            let cut = call(Function::Left, vec![cell(), most.saturating_sub(1).into()]).then(DOTS);
            Expression::when(length().is(Operator::Greater, most.into()), cut, cell())
        }
        None => cell(),
    };
    let shown = Expression::when(length().is(Operator::Equal, 0.into()), DOTS.into(), whole);
    call(Function::IfError, vec![shown, "lỗi".into()])
}

/// Letters that fit so many lines of so many characters; words leave some of each line free.
fn capacity(characters: f64, lines: f64) -> usize {
    (characters / LINES.letter * lines * 0.94) as usize
}

fn characters(first: u16, last: u16) -> f64 {
    f64::from(last - first + 1) * SHARED_WIDTH
}

/// The shared columns that each column of a table takes, by its width in the form; the last takes what is left.
fn places(columns: usize, widths: &[f32]) -> Vec<(u16, u16)> {
    let own = |at: usize| widths.get(at).copied().unwrap_or(1.0);
    let last = columns.saturating_sub(1);
    let wide =
        |at: usize| if at == last { widths.get(at..).unwrap_or_default().iter().sum() } else { own(at) };
    let all: f32 = (0..columns).map(wide).sum::<f32>().max(1.0);
    let mut places = Vec::new();
    let mut first = FIRST;
    let mut used = 0.0;
    for at in 0..columns {
        used += wide(at);
        let end = FIRST + (used / all * f32::from(SHARED)).round() as u16;
        // Each column has one at least, and leaves one for each that follows.
        let most = FIRST + SHARED - (columns - 1 - at) as u16;
        let end = if at == last { FIRST + SHARED } else { end.clamp(first + 1, most.max(first + 1)) };
        places.push((first, end - 1));
        first = end;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_the_whole_width_by_their_own() {
        assert_eq!(places(1, &[6.0]), [(3, 22)]);
        assert_eq!(places(2, &[2.0, 1.3, 4.0, 2.7]), [(3, 6), (7, 22)]);
        let seven = places(7, &[1.3, 1.3, 1.2, 1.2, 1.1, 1.6, 2.4]);
        assert_eq!(seven, [(3, 5), (6, 7), (8, 10), (11, 12), (13, 14), (15, 17), (18, 22)]);
        assert_eq!(places(20, &[0.1; 20]).last(), Some(&(22, 22)));
    }
}
