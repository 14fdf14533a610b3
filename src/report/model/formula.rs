//! How cells follow from others.

use super::id::{CellRef, ColumnKey, ColumnRef, RowKey, RowsRef, TableKey};
use ecow::EcoString;
use rust_decimal::Decimal;
use std::sync::Arc;

/// How a cell follows from others; evaluated by the spreadsheet, never by a writer.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A cell.
    Cell(CellRef),
    /// All body cells of a column. Only inside the aggregates and functions.
    Column(ColumnRef),
    /// The cells of a column from one row to another.
    Rows(RowsRef),
    /// A number.
    Number(Decimal),
    /// Words.
    Text(EcoString),
    /// Sum of the arguments.
    Sum(Vec<Formula>),
    /// How many of the cells hold a number.
    CountNumbers(Box<Formula>),
    /// How many of the cells equal the second formula.
    CountEqual(Box<Formula>, Box<Formula>),
    /// Two operands around an operator.
    Binary(Box<Formula>, Operator, Box<Formula>),
    /// Condition, then, otherwise.
    If(Box<Formula>, Box<Formula>, Box<Formula>),
    /// Rounds up to the next whole number, guarding against binary residue.
    Ceil(Box<Formula>),
    /// Rounds down to a whole number, guarding against binary residue.
    Floor(Box<Formula>),
    /// A function of the spreadsheet.
    Call(Function, Vec<Formula>),
    /// A formula that many cells share but for some parts, and the parts of this cell: they take the places of
    /// [`Formula::Given`], in order.
    Filled(Arc<Formula>, Arc<[Formula]>),
    /// How many cells of a section's sheet no longer hold what was written into them.
    Edited(String),
    /// The place, in a shared formula, of the part with this index.
    Given(usize),
}

/// Functions that every spreadsheet program since 2010 knows by the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// Place of a number among others, the greatest first; a third argument of 1 asks for the least first.
    Rank,
    /// Cell of a column by its place.
    Index,
    /// Place of a value in a column; the third argument 0 asks for the very value.
    Match,
    /// A text several times.
    Repeat,
    /// Whether a cell holds a number.
    IsNumber,
    /// Rounds to so many places, halves away from zero.
    Round,
}

/// Operators of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `=`
    Equal,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// Joins texts.
    Join,
}

impl Formula {
    /// A cell of a table.
    pub fn cell(table: impl Into<TableKey>, row: impl Into<RowKey>, column: impl Into<ColumnKey>) -> Self {
        Formula::Cell(CellRef::new(table, row, column))
    }

    /// The sum of a column's body cells.
    pub fn sum_of(table: impl Into<TableKey>, column: impl Into<ColumnKey>) -> Self {
        Formula::Sum(vec![Formula::Column(ColumnRef::new(table, column))])
    }

    /// How many numbers the cells hold.
    pub fn numbers(cells: Formula) -> Self {
        Formula::CountNumbers(Box::new(cells))
    }

    /// Words.
    pub fn words(words: &str) -> Self {
        Formula::Text(words.into())
    }

    /// A number.
    pub fn number(number: impl Into<Decimal>) -> Self {
        Formula::Number(number.into())
    }

    /// Whether two operands are equal.
    pub fn equal(left: Formula, right: Formula) -> Self {
        Formula::binary(left, Operator::Equal, right)
    }

    /// Two operands around an operator.
    pub fn binary(left: Formula, operator: Operator, right: Formula) -> Self {
        Formula::Binary(Box::new(left), operator, Box::new(right))
    }

    /// Condition, then, otherwise.
    pub fn when(condition: Formula, then: Formula, otherwise: Formula) -> Self {
        Formula::If(Box::new(condition), Box::new(then), Box::new(otherwise))
    }

    /// A shared formula with the parts of one cell, which hold no [`Formula::Given`] of their own.
    pub fn filled(shape: &Arc<Formula>, given: impl Into<Arc<[Formula]>>) -> Self {
        Formula::Filled(Arc::clone(shape), given.into())
    }
}
