//! Symbolic formulas as Excel writes them: table, row and column become addresses.

use super::plan::{Item, SheetPlan, TablePlan};
use super::text;
use crate::domain::{CellAddress, FieldId, UnitCode};
use crate::error::Error;
use crate::report::model::{Formula, Function, Operator, Value};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// UTF-16 units a formula may have.
const MOST_IN_FORMULA: usize = 8_192;
/// UTF-16 units a text in a formula may have.
const MOST_IN_LITERAL: usize = 255;
/// Arguments a function may have.
const MOST_ARGUMENTS: usize = 255;

/// Where every cell of every table stands.
pub(super) struct Addresses<'a> {
    sheets: Vec<&'a str>,
    sections: HashMap<&'a str, usize>,
    tables: HashMap<&'a str, TableAddress<'a>>,
    records: Vec<(usize, &'a TablePlan<'a>)>,
}

struct TableAddress<'a> {
    sheet: usize,
    plan: &'a TablePlan<'a>,
    columns: HashMap<&'a str, usize>,
    /// Index of the row, `None` when the id occurs more than once.
    rows: HashMap<&'a str, Option<usize>>,
}

impl<'a> Addresses<'a> {
    /// The addresses of planned sheets.
    pub(super) fn of(sheets: &'a [SheetPlan]) -> Result<Self, Error> {
        let mut tables = HashMap::new();
        let mut records = Vec::new();
        for (sheet, plan) in sheets.iter().enumerate() {
            for placed in &plan.items {
                let Item::Table(plan) = &placed.item else { continue };
                if plan.records.is_some() {
                    records.push((sheet, plan));
                }
                let columns =
                    plan.table.columns.iter().enumerate().map(|(i, c)| (c.id.as_str(), i)).collect();
                let mut rows = HashMap::new();
                for (i, row) in plan.rows().iter().enumerate() {
                    rows.entry(row.id.as_str()).and_modify(|known| *known = None).or_insert(Some(i));
                }
                if tables
                    .insert(plan.table.id.as_str(), TableAddress { sheet, plan, columns, rows })
                    .is_some()
                {
                    return Err(Error::Internal(format!("hai bảng cùng mã “{}”", plan.table.id)));
                }
            }
        }
        let sections = sheets.iter().enumerate().map(|(i, sheet)| (sheet.section, i)).collect();
        Ok(Addresses { sheets: sheets.iter().map(|s| s.name.as_str()).collect(), sections, tables, records })
    }

    /// Sheet, address and value of a cell.
    pub(super) fn cell(
        &self,
        table: &str,
        row: &str,
        column: &str,
    ) -> Result<(usize, CellAddress, &'a Value), Error> {
        let place = self.table(table)?;
        let at = match place.rows.get(row) {
            Some(Some(at)) => *at,
            Some(None) => return Err(missing(format!("dòng “{row}” có nhiều lần trong bảng “{table}”"))),
            None => return Err(missing(format!("bảng “{table}” không có dòng “{row}”"))),
        };
        let column_at = place.column(table, column)?;
        let cells = &place.plan.rows()[at].cells;
        let cell = cells.get(column_at).ok_or_else(|| {
            missing(format!("dòng “{row}” của bảng “{table}” là tiêu đề nhóm, không có ô ở cột “{column}”"))
        })?;
        Ok((place.sheet, place.plan.address(at, column_at), &cell.value))
    }

    /// Sheet of the record of what a unit reported in a field, and the cell that a link leads to; `None` when it is not
    /// shown.
    pub(super) fn record(&self, field: &FieldId, unit: &UnitCode) -> Option<(usize, CellAddress)> {
        self.records.iter().find_map(|(sheet, plan)| {
            let records = plan.records?;
            let at = records.source.place(field, unit).filter(|at| *at < plan.shown)?;
            Some((*sheet, plan.address(at, records.told_in)))
        })
    }

    /// The first cell of a section's sheet.
    pub(super) fn section(&self, id: &str) -> Result<&'a str, Error> {
        let sheet = self.sections.get(id).ok_or_else(|| missing(format!("sổ không có trang “{id}”")))?;
        Ok(self.sheets[*sheet])
    }

    /// The lowest row of a table's head.
    pub(super) fn head(&self, table: &str) -> Result<u32, Error> {
        Ok(self.table(table)?.plan.head_bottom())
    }

    /// Name of a sheet.
    pub(super) fn sheet(&self, index: usize) -> &'a str {
        self.sheets[index]
    }

    /// A reference as it is written on the sheet `here`.
    pub(super) fn reference(&self, here: usize, sheet: usize, address: &str) -> String {
        if here == sheet { address.to_owned() } else { format!("{}!{address}", quoted(self.sheets[sheet])) }
    }

    /// The ranges of a column's body cells: one, unless totals stand between.
    fn ranges(&self, here: usize, table: &str, column: &str) -> Result<Vec<String>, Error> {
        let place = self.table(table)?;
        let column = place.column(table, column)?;
        let ranges = place.plan.body_runs().into_iter().map(|(first, last)| {
            let range = format!("{}:{}", place.plan.address(first, column), place.plan.address(last, column));
            self.reference(here, place.sheet, &range)
        });
        Ok(ranges.collect())
    }

    /// The cells of a column from one row to another.
    fn rows(&self, here: usize, table: &str, column: &str, ends: (&str, &str)) -> Result<String, Error> {
        let (sheet, first, _) = self.cell(table, ends.0, column)?;
        let (_, last, _) = self.cell(table, ends.1, column)?;
        Ok(self.reference(here, sheet, &format!("{first}:{last}")))
    }

    fn table(&self, id: &str) -> Result<&TableAddress<'a>, Error> {
        self.tables.get(id).ok_or_else(|| missing(format!("sổ không có bảng “{id}”")))
    }
}

impl TableAddress<'_> {
    fn column(&self, table: &str, id: &str) -> Result<usize, Error> {
        self.columns.get(id).copied().ok_or_else(|| missing(format!("bảng “{table}” không có cột “{id}”")))
    }
}

fn missing(what: String) -> Error {
    Error::Internal(format!("công thức trỏ sai chỗ: {what}"))
}

/// The formula of a cell on the sheet `here`, without the leading `=`.
///
/// # Errors
/// [`Error::Internal`] for a name that the workbook lacks or a formula longer than Excel takes.
pub(super) fn render(formula: &Formula, here: usize, addresses: &Addresses) -> Result<String, Error> {
    let text = Writer { here, addresses, given: &[] }.expression(formula)?;
    if text::units(&text) >= MOST_IN_FORMULA {
        let start: String = text.chars().take(60).collect();
        return Err(Error::Internal(format!("công thức dài quá {MOST_IN_FORMULA} ký tự: {start}…")));
    }
    Ok(text)
}

/// Writes formulas of the sheet `here`, shapes with what they are filled with.
struct Writer<'w, 'a> {
    here: usize,
    addresses: &'w Addresses<'a>,
    given: &'w [Formula],
}

impl Writer<'_, '_> {
    fn expression(&self, formula: &Formula) -> Result<String, Error> {
        Ok(match formula {
            Formula::Cell(table, row, column) => {
                let (sheet, address, _) = self.addresses.cell(table, row, column)?;
                self.addresses.reference(self.here, sheet, &address.to_string())
            }
            Formula::Column(table, column) => {
                return Err(missing(format!(
                    "cột “{column}” của bảng “{table}” đứng ngoài hàm tổng hoặc hàm đếm"
                )));
            }
            Formula::Number(number) => number_literal(*number),
            Formula::Text(words) => literal(words)?,
            Formula::Sum(arguments) => {
                let mut terms = Vec::new();
                for argument in arguments {
                    match self.ranges(argument)? {
                        Some(ranges) => terms.extend(ranges),
                        None => terms.push(self.expression(argument)?),
                    }
                }
                sum(terms)
            }
            Formula::Rows(table, column, first, last) => {
                self.addresses.rows(self.here, table, column, (first, last))?
            }
            Formula::CountNumbers(what) => match self.ranges(what)? {
                // A column without body rows: COUNT wants an argument.
                Some(none) if none.is_empty() => "0".to_owned(),
                Some(ranges) => format!("COUNT({})", ranges.join(",")),
                None => format!("COUNT({})", self.expression(what)?),
            },
            Formula::CountEqual(what, wanted) => {
                let ranges = match self.ranges(what)? {
                    Some(ranges) => ranges,
                    None => vec![self.expression(what)?],
                };
                let criterion = match wanted.as_ref() {
                    Formula::Text(words) => literal(&criterion(words))?,
                    other => self.expression(other)?,
                };
                let counts: Vec<String> =
                    ranges.iter().map(|range| format!("COUNTIF({range},{criterion})")).collect();
                match counts.as_slice() {
                    [] => "0".to_owned(),
                    [only] => only.clone(),
                    several => format!("({})", several.join("+")),
                }
            }
            Formula::Binary(left, operator, right) => {
                format!("{}{}{}", self.operand(left)?, sign(*operator), self.operand(right)?)
            }
            Formula::If(condition, then, otherwise) => format!(
                "IF({},{},{})",
                self.expression(condition)?,
                self.expression(then)?,
                self.expression(otherwise)?
            ),
            // 70 % of 10 is 7.000000000000001 in binary and must not become 8.
            Formula::Ceil(what) => format!("ROUNDUP(ROUND({},6),0)", self.expression(what)?),
            Formula::Call(function, arguments) => {
                let mut written = Vec::new();
                for argument in arguments {
                    written.push(match self.ranges(argument)? {
                        Some(ranges) => match ranges.as_slice() {
                            [one] => one.clone(),
                            _ => {
                                return Err(missing(format!(
                                    "hàm {} cần một vùng liền nhau",
                                    name(*function)
                                )));
                            }
                        },
                        None => self.expression(argument)?,
                    });
                }
                format!("{}({})", name(*function), written.join(","))
            }
            Formula::Filled(shape, given) => self.filled_with(given).expression(shape)?,
            Formula::Given(at) => self.filled_with(&[]).expression(self.given(*at)?)?,
        })
    }

    /// An operand, in brackets where it is an operation itself.
    fn operand(&self, operand: &Formula) -> Result<String, Error> {
        let text = self.expression(operand)?;
        let itself = match operand {
            Formula::Given(at) => self.given(*at)?,
            Formula::Filled(shape, _) => shape,
            other => other,
        };
        Ok(if matches!(itself, Formula::Binary(..)) { format!("({text})") } else { text })
    }

    /// The ranges that an argument of an aggregate stands for; `None` when it is no range.
    fn ranges(&self, argument: &Formula) -> Result<Option<Vec<String>>, Error> {
        Ok(match argument {
            Formula::Column(table, column) => Some(self.addresses.ranges(self.here, table, column)?),
            Formula::Rows(table, column, first, last) => {
                Some(vec![self.addresses.rows(self.here, table, column, (first, last))?])
            }
            Formula::Given(at) => self.filled_with(&[]).ranges(self.given(*at)?)?,
            _ => None,
        })
    }

    fn filled_with<'g>(&'g self, given: &'g [Formula]) -> Writer<'g, 'g> {
        Writer { here: self.here, addresses: self.addresses, given }
    }

    fn given(&self, at: usize) -> Result<&Formula, Error> {
        self.given.get(at).ok_or_else(|| missing(format!("khuôn công thức thiếu phần thứ {}", at + 1)))
    }
}

fn name(function: Function) -> &'static str {
    match function {
        Function::Rank => "RANK",
        Function::Index => "INDEX",
        Function::Match => "MATCH",
        Function::Repeat => "REPT",
        Function::IsNumber => "ISNUMBER",
        Function::Round => "ROUND",
    }
}

fn sum(mut terms: Vec<String>) -> String {
    if terms.is_empty() {
        return "0".to_owned();
    }
    while terms.len() > MOST_ARGUMENTS {
        terms = terms.chunks(MOST_ARGUMENTS).map(|chunk| format!("SUM({})", chunk.join(","))).collect();
    }
    format!("SUM({})", terms.join(","))
}

fn number_literal(number: Decimal) -> String {
    let text = number.normalize().to_string();
    if number.is_sign_negative() && !number.is_zero() { format!("({text})") } else { text }
}

fn literal(words: &str) -> Result<String, Error> {
    let words = text::strip(words);
    if text::units(&words) > MOST_IN_LITERAL {
        let start: String = words.chars().take(40).collect();
        return Err(Error::Internal(format!(
            "chữ trong công thức dài quá {MOST_IN_LITERAL} ký tự: {start}…"
        )));
    }
    Ok(format!("\"{}\"", words.replace('"', "\"\"")))
}

/// A criterion that COUNTIF takes literally: no wildcards, no comparison at its start.
fn criterion(words: &str) -> String {
    let escaped = words.replace('~', "~~").replace('*', "~*").replace('?', "~?");
    if words.starts_with(['<', '>', '=']) { format!("={escaped}") } else { escaped }
}

fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "+",
        Operator::Subtract => "-",
        Operator::Multiply => "*",
        Operator::Divide => "/",
        Operator::Equal => "=",
        Operator::AtLeast => ">=",
        Operator::Below => "<",
        Operator::Join => "&",
    }
}

/// A sheet name as formulas quote it.
pub(super) fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// Whether the formula can give exactly these words. What another cell shows is for the report to know.
pub(super) fn may_say(formula: &Formula, words: &str) -> bool {
    match formula {
        Formula::Text(text) => text == words,
        Formula::Cell(..) | Formula::Call(..) | Formula::Given(_) => true,
        Formula::Filled(shape, _) => may_say(shape, words),
        Formula::If(_, then, otherwise) => may_say(then, words) || may_say(otherwise, words),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
