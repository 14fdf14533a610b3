//! Evaluates the report's symbolic formulas, each over the values that the cells it names show: what a spreadsheet would
//! show, without one. Numbers are exact decimals, but for quotients, which are cut off at 28 digits.
#![allow(missing_docs, clippy::unwrap_used)] // a test fails by panicking

use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::HashMap;
use xhht::report::model::{
    Cell, CellRef, ColumnKey, ColumnRef, Formula, Function, Operator, Report, Role, RowKey, Shown, Table,
    TableKey,
};

/// What a formula gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    Number(Decimal),
    Words(String),
    Truth(bool),
    Blank,
}

/// The tables of a report by id.
pub struct Tables<'a>(HashMap<&'a TableKey, &'a Table>);

impl<'a> Tables<'a> {
    pub fn of(report: &'a Report) -> Self {
        let shown = report.tables().filter(|(section, _)| section.sheet.is_some());
        Tables(shown.map(|(_, table)| (&table.id, table)).collect())
    }

    /// What a cell's formula gives; `None` for a cell without one.
    pub fn recalculated(&self, cell: &Cell) -> Option<Given> {
        let formula = cell.formula.as_deref()?;
        Some(Filling { tables: self, given: &[] }.value(formula))
    }

    fn cell(&self, cell: &CellRef) -> Given {
        let (table, at) = self.place(&cell.table, &cell.column);
        let row = table.rows.iter().find(|row| row.id == cell.row);
        shown(&row.unwrap_or_else(|| panic!("no such row: {cell:?}")).cells[at])
    }

    /// The body cells of a column, or those from one row to another.
    fn column(&self, column: &ColumnRef, ends: Option<[&RowKey; 2]>) -> Vec<Given> {
        let (table, at) = self.place(&column.table, &column.column);
        let place = |id: &RowKey| table.rows.iter().position(|row| row.id == *id).unwrap();
        let rows = match ends {
            Some([first, last]) => &table.rows[place(first)..=place(last)],
            None => &table.rows,
        };
        rows.iter().filter(|row| row.role == Role::Body).map(|row| shown(&row.cells[at])).collect()
    }

    fn place(&self, table: &TableKey, column: &ColumnKey) -> (&'a Table, usize) {
        let found = *self.0.get(table).unwrap_or_else(|| panic!("no table {table}"));
        let at = found.columns.iter().position(|known| known.id == *column);
        (found, at.unwrap_or_else(|| panic!("no column {column} in {table}")))
    }
}

/// What a cell shows, as a formula sees it.
pub fn shown(cell: &Cell) -> Given {
    match &cell.value {
        Shown::Count(n) | Shown::Number(n, _) | Shown::Percent(n, _) => Given::Number(*n),
        Shown::Text(words) | Shown::Missing(words) => Given::Words(words.to_string()),
        Shown::Date(_) | Shown::Blank => Given::Blank,
    }
}

/// Whether two are the same to a reader: nothing is an empty text, and quotients agree to nine places.
pub fn same(one: &Given, other: &Given) -> bool {
    let is_nothing = |given: &Given| *given == Given::Blank || *given == Given::Words(String::new());
    match (one, other) {
        (Given::Number(a), Given::Number(b)) => (a - b).abs() < Decimal::new(1, 9),
        _ => one == other || is_nothing(one) && is_nothing(other),
    }
}

/// A shape and what it is filled with.
struct Filling<'f> {
    tables: &'f Tables<'f>,
    given: &'f [Formula],
}

impl<'f> Filling<'f> {
    fn value(&self, formula: &'f Formula) -> Given {
        match formula {
            Formula::Cell(cell) => self.tables.cell(cell),
            Formula::Number(number) => Given::Number(*number),
            Formula::Text(words) => Given::Words(words.to_string()),
            Formula::Sum(parts) => {
                let cells = parts.iter().flat_map(|part| self.cells(part));
                Given::Number(cells.filter_map(|cell| number(&cell)).sum())
            }
            Formula::CountNumbers(what) => {
                count(self.cells(what).iter().filter(|cell| number(cell).is_some()).count())
            }
            Formula::CountEqual(what, wanted) => {
                let wanted = self.value(wanted);
                count(self.cells(what).iter().filter(|cell| equal(cell, &wanted)).count())
            }
            Formula::Binary(left, operator, right) => {
                binary(&self.value(left), *operator, &self.value(right))
            }
            Formula::If(condition, then, otherwise) => match self.value(condition) {
                Given::Truth(true) => self.value(then),
                Given::Truth(false) => self.value(otherwise),
                other => panic!("{other:?} is no condition"),
            },
            Formula::Ceil(what) => self.whole(what, RoundingStrategy::AwayFromZero),
            Formula::Floor(what) => self.whole(what, RoundingStrategy::ToZero),
            Formula::Call(function, arguments) => self.call(*function, arguments),
            // What was just written is as it was written.
            Formula::Edited(_) => count(0),
            Formula::Filled(shape, given) => Filling { tables: self.tables, given }.value(shape),
            // What fills a shape is not filled itself.
            Formula::Given(at) => Filling { tables: self.tables, given: &[] }.value(&self.given[*at]),
            Formula::Column(..) | Formula::Rows(..) => panic!("a range where a value is wanted: {formula:?}"),
        }
    }

    fn whole(&self, what: &'f Formula, rounding: RoundingStrategy) -> Given {
        match self.value(what) {
            Given::Number(n) => {
                let rounded = n.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero);
                Given::Number(rounded.round_dp_with_strategy(0, rounding))
            }
            other => panic!("{other:?} is rounded"),
        }
    }

    /// The cells that an argument stands for.
    fn cells(&self, argument: &'f Formula) -> Vec<Given> {
        match argument {
            Formula::Column(column) => self.tables.column(column, None),
            Formula::Rows(rows) => self.tables.column(&rows.column, Some([&rows.first, &rows.last])),
            Formula::Given(at) => Filling { tables: self.tables, given: &[] }.cells(&self.given[*at]),
            other => vec![self.value(other)],
        }
    }

    fn call(&self, function: Function, arguments: &'f [Formula]) -> Given {
        let value = |at: usize| self.value(&arguments[at]);
        let numeric = |at: usize| number(&value(at)).unwrap_or_else(|| panic!("no number: {arguments:?}"));
        let index = |at: usize| usize::try_from(numeric(at).trunc().mantissa()).unwrap();
        match function {
            Function::Rank => {
                let own = numeric(0);
                let others = self.cells(&arguments[1]);
                let least_first = arguments.len() > 2 && !numeric(2).is_zero();
                let is_before = |other: &Decimal| if least_first { *other < own } else { *other > own };
                count(1 + others.iter().filter_map(number).filter(is_before).count())
            }
            Function::Index => self.cells(&arguments[0])[index(1) - 1].clone(),
            Function::Match => {
                let wanted = value(0);
                let place = self.cells(&arguments[1]).iter().position(|cell| equal(cell, &wanted));
                count(1 + place.unwrap_or_else(|| panic!("{wanted:?} is not there")))
            }
            Function::Repeat => match value(0) {
                Given::Words(words) => Given::Words(words.repeat(index(1))),
                other => panic!("{other:?} is repeated"),
            },
            Function::IsNumber => Given::Truth(number(&value(0)).is_some()),
            Function::Round => {
                let places = u32::try_from(index(1)).unwrap();
                let rounding = RoundingStrategy::MidpointAwayFromZero;
                Given::Number(numeric(0).round_dp_with_strategy(places, rounding))
            }
        }
    }
}

fn count(count: usize) -> Given {
    Given::Number(count.into())
}

fn number(given: &Given) -> Option<Decimal> {
    match given {
        Given::Number(number) => Some(*number),
        _ => None,
    }
}

fn equal(cell: &Given, wanted: &Given) -> bool {
    match (cell, wanted) {
        (Given::Words(a), Given::Words(b)) => a.to_lowercase() == b.to_lowercase(),
        _ => cell == wanted,
    }
}

/// An empty cell counts as nothing to arithmetic and comparison; words are above every number.
fn binary(left: &Given, operator: Operator, right: &Given) -> Given {
    let numeric = |given: &Given| match given {
        Given::Number(n) => *n,
        Given::Blank => Decimal::ZERO,
        other => panic!("{other:?} in arithmetic"),
    };
    let words = |given: &Given| match given {
        Given::Words(words) => words.clone(),
        Given::Number(number) => number.normalize().to_string(),
        Given::Blank => String::new(),
        other => panic!("{other:?} is joined"),
    };
    let is_words = |given: &Given| matches!(given, Given::Words(_));
    match operator {
        Operator::Add => Given::Number(numeric(left) + numeric(right)),
        Operator::Subtract => Given::Number(numeric(left) - numeric(right)),
        Operator::Multiply => Given::Number(numeric(left) * numeric(right)),
        Operator::Divide => Given::Number(numeric(left) / numeric(right)),
        Operator::Join => Given::Words(words(left) + &words(right)),
        Operator::Equal => Given::Truth(match (is_words(left), is_words(right)) {
            (false, false) => numeric(left) == numeric(right),
            (true, true) => equal(left, right),
            _ => same(left, right),
        }),
        Operator::AtLeast => Given::Truth(numeric(left) >= numeric(right)),
        Operator::Below => Given::Truth(numeric(left) < numeric(right)),
        Operator::AtMost => Given::Truth(numeric(left) <= numeric(right)),
        Operator::Above => Given::Truth(numeric(left) > numeric(right)),
    }
}
