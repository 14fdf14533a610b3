//! The very hidden sheet that works the live checks out.

use super::places::TemplateCells;
use super::{Checks, Place, RequiredRow};
use crate::domain::CellAddress;
use crate::form::CHECK_WORK_SHEET;
use rule::Ruling;
use rule::excel::{Ask, Limits, Pieces};
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};
use sheet::{Expression, Function, Operator, Reference, put};

/// Columns of the places: their line on “Kiểm tra”, the verdict, 1 when broken, 1 when undecided, where to go, the
/// number of the sheet, the weight, and how the place is called.
const LINE: u16 = 0;
const VERDICT: u16 = 1;
pub(super) const BROKEN: u16 = 2;
pub(super) const UNDECIDED: u16 = 3;
pub(super) const TARGET: u16 = 4;
pub(super) const SHEET: u16 = 5;
pub(super) const WEIGHT: u16 = 6;
pub(super) const LABEL: u16 = 7;
/// Columns of the form rows with required cells: the number of the sheet, how many are asked for, how many are blank.
pub(super) const REQUIRED_SHEET: u16 = 9;
pub(super) const REQUIRED_ASKED: u16 = 10;
pub(super) const REQUIRED_BLANK: u16 = 11;
/// First column of what long formulas are cut up into.
const HELPERS: u16 = 13;
/// Row of the first place and of the first form row.
pub(super) const FIRST_ROW: u32 = 1;

/// The first `rows` cells of a column.
pub(super) fn column(at: u16, rows: usize) -> Reference {
    cells(at, 0, rows.saturating_sub(1))
}

/// The cells of a column from one place to another.
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
        (WEIGHT, "weight"),
        (LABEL, "label"),
        (REQUIRED_SHEET, "sheet"),
        (REQUIRED_ASKED, "asked"),
        (REQUIRED_BLANK, "blank"),
    ];
    for (column, head) in heads {
        worksheet.write_string(0, column, head)?;
    }
    for (row, place) in (FIRST_ROW..).zip(&checks.places) {
        write_place(worksheet, checks, row, place)?;
    }
    for (row, required) in (FIRST_ROW..).zip(&checks.required) {
        write_required(worksheet, checks, row, required)?;
    }
    worksheet.protect();
    Ok(())
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
    let verdict_cell = Expression::from(Reference::to_cell(CellAddress::new(row, VERDICT)));
    let is_decided = Expression::call(Function::IsLogical, [verdict_cell.clone()]);
    let is_broken = Expression::when(verdict_cell, 0.into(), 1.into());
    let is_broken = Expression::when(is_decided.clone(), is_broken, 0.into());
    let is_undecided = Expression::when(is_decided, 0.into(), 1.into());
    worksheet.write_number(row, LINE, (place.line + 1) as f64)?;
    worksheet.write_formula(row, VERDICT, Formula::new(formula).set_result(verdict))?;
    let is_broken = put::live(&is_broken, broken);
    worksheet.write_formula(row, BROKEN, is_broken)?;
    let is_undecided = put::live(&is_undecided, undecided);
    worksheet.write_formula(row, UNDECIDED, is_undecided)?;
    let Some(field) = checks.form.field(&place.rule.bound.at) else { return Ok(()) };
    let target = Reference::to_cell(field.cell).on_sheet(field.sheet.clone());
    worksheet.write_string(row, TARGET, format!("#{target}"))?;
    worksheet.write_number(row, SHEET, (place.sheet + 1) as f64)?;
    worksheet.write_number(row, WEIGHT, f64::from(place.weight as u8))?;
    worksheet.write_string(row, LABEL, format!("{} › {}", field.sheet, field.cell))?;
    Ok(())
}

fn write_required(
    worksheet: &mut Worksheet,
    checks: &Checks<'_>,
    row: u32,
    required: &RequiredRow<'_>,
) -> Result<(), XlsxError> {
    let tab = &checks.form.sheets[required.sheet].tab;
    let cell = |cell| Expression::from(Reference::to_cell(cell).on_sheet(tab.as_str()).absolute());
    let blanks = required.cells.iter().map(|field| {
        let length = Expression::call(Function::Len, [cell(field.cell)]);
        length.is(Operator::Equal, 0.into()).in_brackets()
    });
    let blanks = blanks.reduce(Expression::plus).unwrap_or_else(|| 0.into());
    let excused = required.excuse.as_ref().filter(|(_, texts)| !texts.is_empty()).map(|(field, texts)| {
        let said = texts.iter().map(|text| cell(field.cell).is(Operator::Equal, text.as_str().into()));
        Expression::call(Function::Or, said.collect::<Vec<_>>())
    });
    let unless_excused = |count: Expression| match &excused {
        Some(excused) => Expression::when(excused.clone(), 0.into(), count),
        None => count,
    };
    let asked = put::live(&unless_excused(required.cells.len().into()), required.asked.to_string());
    let blank = put::live(&unless_excused(blanks), required.blank.to_string());
    worksheet.write_number(row, REQUIRED_SHEET, (required.sheet + 1) as f64)?;
    worksheet.write_formula(row, REQUIRED_ASKED, asked)?;
    worksheet.write_formula(row, REQUIRED_BLANK, blank)?;
    Ok(())
}
