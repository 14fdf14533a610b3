//! The very hidden sheet that works the live checks out.

use super::places::TemplateCells;
use super::{Checks, Entry, Place, quoted};
use crate::domain::CellAddress;
use crate::form::CHECK_WORK_SHEET;
use crate::rule::Outcome;
use crate::rule::excel::{Ask, Limits, Pieces};
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

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
/// Columns of the entries with required cells: the number of the sheet, how many are asked for, how many are blank.
pub(super) const ENTRY_SHEET: u16 = 9;
pub(super) const ENTRY_ASKED: u16 = 10;
pub(super) const ENTRY_BLANK: u16 = 11;
/// First column of what long formulas are cut up into.
pub(super) const HELPERS: u16 = 13;
/// Row of the first place and entry.
pub(super) const FIRST_ROW: u32 = 1;

/// The first `rows` cells of a column.
pub(super) fn column(at: u16, rows: usize) -> String {
    cells(at, 0, rows.saturating_sub(1))
}

/// The cells of a column from one place to another.
pub(super) fn cells(at: u16, first: usize, last: usize) -> String {
    let letters = CellAddress::column_letters(at);
    let row = |index: usize| index as u32 + FIRST_ROW + 1;
    format!("{}!${letters}${}:${letters}${}", quoted(CHECK_WORK_SHEET), row(first), row(last))
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
        (ENTRY_SHEET, "sheet"),
        (ENTRY_ASKED, "asked"),
        (ENTRY_BLANK, "blank"),
    ];
    for (column, head) in heads {
        worksheet.write_string(0, column, head)?;
    }
    for (row, place) in (FIRST_ROW..).zip(&checks.places) {
        write_place(worksheet, checks, row, place)?;
    }
    for (row, entry) in (FIRST_ROW..).zip(&checks.entries) {
        write_entry(worksheet, checks, row, entry)?;
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
    let cells = TemplateCells { checks, row };
    // Validation has tried every rule where it stands farthest away, so this one fits.
    let Pieces { helpers, formula } = place
        .rule
        .bound
        .rule
        .formula(Ask::Verdict, &cells, Limits::CELL)
        .map_err(|too_long| XlsxError::ParameterError(too_long.to_string()))?;
    for (column, helper) in (HELPERS..).zip(&helpers) {
        worksheet.write_formula(row, column, Formula::new(format!("={helper}")).set_result(""))?;
    }
    let (verdict, broken, undecided) = match place.outcome {
        Outcome::Holds => ("TRUE", "0", "0"),
        Outcome::Violated => ("FALSE", "1", "0"),
        Outcome::NotEvaluated => ("", "0", "1"),
    };
    let at = format!("{}{}", CellAddress::column_letters(VERDICT), row + 1);
    worksheet.write_number(row, LINE, (place.line + 1) as f64)?;
    worksheet.write_formula(row, VERDICT, Formula::new(format!("={formula}")).set_result(verdict))?;
    let is_broken = Formula::new(format!("=IF(ISLOGICAL({at}),IF({at},0,1),0)")).set_result(broken);
    worksheet.write_formula(row, BROKEN, is_broken)?;
    let is_undecided = Formula::new(format!("=IF(ISLOGICAL({at}),0,1)")).set_result(undecided);
    worksheet.write_formula(row, UNDECIDED, is_undecided)?;
    let Some(field) = checks.form.field(&place.rule.bound.at) else { return Ok(()) };
    worksheet.write_string(row, TARGET, format!("#{}!{}", quoted(&field.sheet), field.cell))?;
    worksheet.write_number(row, SHEET, (place.sheet + 1) as f64)?;
    worksheet.write_number(row, WEIGHT, f64::from(place.weight as u8))?;
    worksheet.write_string(row, LABEL, format!("{} › {}", field.sheet, field.cell))?;
    Ok(())
}

fn write_entry(
    worksheet: &mut Worksheet,
    checks: &Checks<'_>,
    row: u32,
    entry: &Entry<'_>,
) -> Result<(), XlsxError> {
    let cell = |cell: CellAddress| {
        let tab = &checks.form.sheets[entry.sheet].tab;
        format!("{}!${}${}", quoted(tab), CellAddress::column_letters(cell.column), cell.row + 1)
    };
    let blanks: Vec<String> =
        entry.required.iter().map(|field| format!("(LEN({})=0)", cell(field.cell))).collect();
    let excused = entry.excuse.as_ref().filter(|(_, texts)| !texts.is_empty()).map(|(field, texts)| {
        let said = texts.iter().map(|text| format!("{}=\"{}\"", cell(field.cell), text.replace('"', "\"\"")));
        format!("OR({})", said.collect::<Vec<_>>().join(","))
    });
    let unless_excused = |formula: String| match &excused {
        Some(excused) => format!("=IF({excused},0,{formula})"),
        None => format!("={formula}"),
    };
    let asked =
        Formula::new(unless_excused(entry.required.len().to_string())).set_result(entry.asked.to_string());
    let blank = Formula::new(unless_excused(blanks.join("+"))).set_result(entry.blank.to_string());
    worksheet.write_number(row, ENTRY_SHEET, (entry.sheet + 1) as f64)?;
    worksheet.write_formula(row, ENTRY_ASKED, asked)?;
    worksheet.write_formula(row, ENTRY_BLANK, blank)?;
    Ok(())
}
