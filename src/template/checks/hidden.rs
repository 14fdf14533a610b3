//! The very hidden sheet that works the live checks out: a row for each place of a rule, then one for each input cell, then
//! one for each form row with required cells.

use super::places::TemplateCells;
use super::state::{self, State};
use super::{CellCheck, Checks, Grade, Place, RequiredRow};
use crate::domain::cell::Content;
use crate::domain::{CellAddress, FieldKind};
use crate::form::{CHECK_WORK_SHEET, Field};
use rule::Ruling;
use rule::excel::{Ask, Limits, Pieces};
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};
use sheet::{Expression, Function, Operator, Reference, put};

/// Columns. Of a place: its line on “Kiểm tra”, the verdict, 1 when broken, 1 when undecided. Of an input cell: its state
/// where the verdict stands.
const LINE: u16 = 0;
pub(super) const VERDICT: u16 = 1;
pub(super) const BROKEN: u16 = 2;
pub(super) const UNDECIDED: u16 = 3;
/// Of every row: where to go, the number of the sheet, how the place and what stands there are called, what to do about
/// it, and its number while there is something to do.
pub(super) const TARGET: u16 = 4;
pub(super) const SHEET: u16 = 5;
pub(super) const LABEL: u16 = 6;
pub(super) const NAME: u16 = 7;
pub(super) const TEXT: u16 = 8;
pub(super) const ORDER: u16 = 9;
/// Of a form row with required cells: how many are asked for, how many are blank.
pub(super) const REQUIRED_ASKED: u16 = 10;
pub(super) const REQUIRED_BLANK: u16 = 11;
/// Of an input cell: what it says to rules.
pub(super) const VALUE: u16 = 12;
/// First column of what long formulas are cut up into, and of what the state of a cell is worked out from.
const HELPERS: u16 = 13;
/// Row of the first place.
pub(super) const FIRST_ROW: u32 = 1;
/// What to do about a row with blanks.
pub(super) const FILL: &str = "điền các ô bắt buộc còn trống của dòng này";
/// What a grade adds to the number of a row.
pub(super) const GRADE: usize = 100_000;

/// The cells of a column from one row to another, rows counted from the first place.
pub(super) fn cells(at: u16, first: usize, last: usize) -> Reference {
    let cell = |index: usize| CellAddress::new(index as u32 + FIRST_ROW, at);
    Reference::to_range(cell(first), cell(last)).on_sheet(CHECK_WORK_SHEET).absolute()
}

pub(crate) fn write(worksheet: &mut Worksheet, checks: &Checks<'_>) -> Result<(), XlsxError> {
    worksheet.set_name(CHECK_WORK_SHEET)?.set_very_hidden(true);
    let heads = [
        (LINE, "line"),
        (VERDICT, "verdict"),
        (BROKEN, "broken"),
        (UNDECIDED, "undecided"),
        (TARGET, "target"),
        (SHEET, "sheet"),
        (LABEL, "label"),
        (NAME, "name"),
        (TEXT, "text"),
        (ORDER, "order"),
        (REQUIRED_ASKED, "asked"),
        (REQUIRED_BLANK, "blank"),
        (VALUE, "value"),
    ];
    for (column, head) in heads {
        worksheet.write_string(0, column, head)?;
    }
    let mut row = FIRST_ROW;
    for place in &checks.places {
        write_place(worksheet, checks, row, place)?;
        row += 1;
    }
    for cell in &checks.cells {
        write_cell(worksheet, row, cell)?;
        row += 1;
    }
    for required in &checks.required {
        write_required(worksheet, checks, row, required)?;
        row += 1;
    }
    worksheet.protect();
    Ok(())
}

/// Where to go, what it is called, what to do.
fn write_words(
    worksheet: &mut Worksheet,
    row: u32,
    sheet: usize,
    field: &Field,
    text: &str,
) -> Result<(), XlsxError> {
    let target = Reference::to_cell(field.cell).on_sheet(field.sheet.clone());
    worksheet.write_string(row, TARGET, format!("#{target}"))?;
    worksheet.write_number(row, SHEET, (sheet + 1) as f64)?;
    worksheet.write_string(row, LABEL, place_label(field))?;
    worksheet.write_string(row, NAME, field.label.as_str())?;
    worksheet.write_string(row, TEXT, text)?;
    Ok(())
}

/// How a cell is called that one can go to.
pub(super) fn place_label(field: &Field) -> String {
    format!("{} › {}", field.sheet, field.cell)
}

/// The number of a row while something of a grade is to be done there: the gravest and first has the largest. While
/// nothing is, the number is 0, not an empty text, which some programs take for a number when they trust what is stored.
fn order(row: u32, grade: Grade) -> usize {
    (grade as usize + 1) * GRADE - (row - FIRST_ROW + 1) as usize
}

fn own(row: u32, column: u16) -> Expression {
    Reference::to_cell(CellAddress::new(row, column)).into()
}

fn write_place(
    worksheet: &mut Worksheet,
    checks: &Checks<'_>,
    row: u32,
    place: &Place<'_>,
) -> Result<(), XlsxError> {
    let cells = TemplateCells { checks, row, first_helper: HELPERS };
    // Validation has tried every rule where it stands farthest away, so this one fits.
    let Pieces { helpers, formula } = place
        .rule
        .bound
        .rule
        .formula(Ask::Verdict, &cells, Limits::CELL)
        .map_err(|too_long| XlsxError::ParameterError(too_long.to_string()))?;
    for (column, helper) in (HELPERS..).zip(&helpers) {
        worksheet.write_formula(row, column, Formula::new(helper).set_result(""))?;
    }
    let (verdict, broken, undecided) = match place.outcome {
        Ruling::Holds => ("TRUE", "0", "0"),
        Ruling::Violated => ("FALSE", "1", "0"),
        Ruling::NotEvaluated => ("", "0", "1"),
    };
    let is_decided = Expression::call(Function::IsLogical, [own(row, VERDICT)]);
    let is_broken = Expression::when(own(row, VERDICT), 0.into(), 1.into());
    let is_broken = Expression::when(is_decided.clone(), is_broken, 0.into());
    let is_undecided = Expression::when(is_decided, 0.into(), 1.into());
    worksheet.write_number(row, LINE, (place.line + 1) as f64)?;
    worksheet.write_formula(row, VERDICT, Formula::new(formula).set_result(verdict))?;
    worksheet.write_formula(row, BROKEN, put::live(&is_broken, broken))?;
    worksheet.write_formula(row, UNDECIDED, put::live(&is_undecided, undecided))?;
    let Some(field) = checks.form.field(&place.rule.bound.at) else { return Ok(()) };
    let plan = &place.rule.plan;
    write_words(worksheet, row, place.sheet, field, &format!("{} ({})", plan.title, plan.code))?;
    if let Some(grade) = place.grade {
        let order = order(row, grade);
        let is_broken = own(row, BROKEN).is(Operator::Equal, 1.into());
        let shown = if place.is_broken() { order } else { 0 }.to_string();
        let order = Expression::when(is_broken, order.into(), 0.into());
        worksheet.write_formula(row, ORDER, put::live(&order, shown))?;
    }
    Ok(())
}

fn write_cell(worksheet: &mut Worksheet, row: u32, cell: &CellCheck<'_>) -> Result<(), XlsxError> {
    let at = state::At {
        cell: state::input_cell(cell.field),
        words: own(row, HELPERS),
        rest: own(row, HELPERS + 1),
        plain: own(row, SHEET),
    };
    if let Some(suffix) = &cell.suffix {
        let results = state::words(cell.content, suffix);
        for ((column, helper), result) in (HELPERS..).zip(state::helpers(&at, suffix)).zip(results) {
            worksheet.write_formula(row, column, put::live(&helper, result))?;
        }
    }
    let formula = state::formula(cell.field, &at);
    let state = (cell.state as u8).to_string();
    worksheet.write_formula(row, VERDICT, put::live(&formula, state))?;
    let value =
        put::live(&state::value_formula(cell.field, &at, &own(row, VERDICT)), result(cell.value.as_ref()));
    worksheet.write_formula(row, VALUE, value)?;
    let [of_odd, of_wrong] = [State::Odd, State::Wrong].map(|state| state::advice(cell.field, state));
    write_words(worksheet, row, cell.sheet, cell.field, &of_wrong)?;
    if of_odd != of_wrong && cell.field.kind != FieldKind::Text {
        let is_odd = own(row, VERDICT).is(Operator::Equal, (State::Odd as u32).into());
        let text = Expression::when(is_odd, of_odd.as_str().into(), of_wrong.as_str().into());
        let shown = if cell.state == State::Odd { of_odd } else { of_wrong };
        worksheet.write_formula(row, TEXT, put::live(&text, shown))?;
    }
    let [wrong, odd] = [Grade::Fault, Grade::Doubt].map(|grade| order(row, grade));
    let shown = match cell.state {
        State::Wrong => wrong,
        State::Odd => odd,
        State::Blank | State::Fits => 0,
    };
    let is = |state: State| own(row, VERDICT).is(Operator::Equal, (state as u32).into());
    let order = Expression::when(is(State::Odd), odd.into(), 0.into());
    let order = Expression::when(is(State::Wrong), wrong.into(), order);
    worksheet.write_formula(row, ORDER, put::live(&order, shown.to_string()))?;
    Ok(())
}

/// A content as the result of a formula.
fn result(content: Option<&Content>) -> String {
    match content {
        None => String::new(),
        Some(Content::Number(number)) => number.to_string(),
        Some(Content::Text(text)) => text.to_string(),
        Some(Content::Date(day)) => {
            let epoch = chrono::NaiveDate::default() - chrono::TimeDelta::days(EPOCH_TO_1970);
            (*day - epoch).num_days().to_string()
        }
    }
}

/// Days from the one that spreadsheets count as 0 to the first of 1970.
const EPOCH_TO_1970: i64 = 25_569;

fn write_required(
    worksheet: &mut Worksheet,
    checks: &Checks<'_>,
    row: u32,
    required: &RequiredRow<'_>,
) -> Result<(), XlsxError> {
    let blanks = required.cells.iter().map(|at| {
        let row = (checks.places.len() + at) as u32 + FIRST_ROW;
        own(row, VERDICT).is(Operator::Equal, (State::Blank as u32).into()).in_brackets()
    });
    let blanks = blanks.reduce(Expression::plus).unwrap_or_else(|| 0.into());
    let excused = required.excuse.as_ref().filter(|(_, texts)| !texts.is_empty()).map(|(field, texts)| {
        let cell = || state::input_cell(field);
        let said = texts.iter().map(|text| cell().is(Operator::Equal, text.as_str().into()));
        let said = Expression::call(Function::Or, said.collect::<Vec<_>>());
        Expression::call(Function::IfError, [said, false.into()])
    });
    let unless_excused = |count: Expression| match &excused {
        Some(excused) => Expression::when(excused.clone(), 0.into(), count),
        None => count,
    };
    let asked = put::live(&unless_excused(required.cells.len().into()), required.asked.to_string());
    let blank = put::live(&unless_excused(blanks), required.blank.to_string());
    worksheet.write_formula(row, REQUIRED_ASKED, asked)?;
    worksheet.write_formula(row, REQUIRED_BLANK, blank)?;
    let Some(first) = required.cells.first().and_then(|at| checks.cells.get(*at)) else { return Ok(()) };
    write_words(worksheet, row, required.sheet, first.field, FILL)?;
    let order = order(row, Grade::Blank);
    let shown = if required.blank > 0 { order } else { 0 }.to_string();
    let some_blank = own(row, REQUIRED_BLANK).is(Operator::Greater, 0.into());
    let order = Expression::when(some_blank, order.into(), 0.into());
    worksheet.write_formula(row, ORDER, put::live(&order, shown))?;
    Ok(())
}
