//! Symbolic formulas as Excel writes them: table, row and column become addresses.

mod nature;

pub(super) use nature::like;

use super::layout::{Item, SheetLayout, TableLayout};
use super::watch::{self, Watch};
use crate::domain::{CellAddress, FieldId, UnitCode};
use crate::error::Error;
use crate::report::model::{
    Cell, CellRef, ColumnKey, ColumnRef, Formula, Function, Operator, Role, RowKey, RowsRef, Shown, TableKey,
};
use ecow::EcoString;
use sheet::{Expression, Limits, MOST_IN_TEXT, Reference, text};
use std::collections::HashMap;

/// Where every cell of every table stands.
pub(super) struct Addresses<'a> {
    sheets: Vec<&'a str>,
    /// The same names, shared by the references that name them.
    names: Vec<EcoString>,
    sections: HashMap<&'a str, usize>,
    tables: HashMap<&'a TableKey, TableAddress<'a>>,
    records: Vec<(usize, &'a TableLayout<'a>)>,
    watch: Watch,
}

struct TableAddress<'a> {
    sheet: usize,
    layout: &'a TableLayout<'a>,
    columns: HashMap<&'a ColumnKey, usize>,
    /// Index of the row, `None` when the id occurs more than once.
    rows: HashMap<&'a RowKey, Option<usize>>,
}

impl<'a> Addresses<'a> {
    /// The addresses of sheets that are laid out.
    pub(super) fn new(sheets: &'a [SheetLayout]) -> Result<Self, Error> {
        let mut tables = HashMap::new();
        let mut records = Vec::new();
        for (sheet, layout) in sheets.iter().enumerate() {
            for placed in &layout.items {
                let Item::Table(layout) = &placed.item else { continue };
                if layout.records.is_some() {
                    records.push((sheet, layout));
                }
                let columns = layout.table.columns.iter().enumerate().map(|(i, c)| (&c.id, i)).collect();
                let mut rows = HashMap::new();
                for (i, row) in layout.rows().iter().enumerate() {
                    rows.entry(&row.id).and_modify(|known| *known = None).or_insert(Some(i));
                }
                if tables.insert(&layout.table.id, TableAddress { sheet, layout, columns, rows }).is_some() {
                    return Err(Error::Internal(format!("hai bảng cùng mã “{}”", layout.table.id)));
                }
            }
        }
        let sections = sheets.iter().enumerate().map(|(i, sheet)| (sheet.section, i)).collect();
        let names = sheets.iter().map(|sheet| sheet.name.as_str().into()).collect();
        let watch = Watch::over(sheets);
        let sheets = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        Ok(Addresses { sheets, names, sections, tables, records, watch })
    }

    /// Sheet, address and value of a cell.
    pub(super) fn cell(&self, cell: &CellRef) -> Result<(usize, CellAddress, &'a Shown), Error> {
        let CellRef { table, row, column } = cell;
        let place = self.table(table)?;
        let at = match place.rows.get(row) {
            Some(Some(at)) => *at,
            Some(None) => return Err(missing(format!("dòng “{row}” có nhiều lần trong bảng “{table}”"))),
            None => return Err(missing(format!("bảng “{table}” không có dòng “{row}”"))),
        };
        let column_at = place.column(table, column)?;
        let cells = &place.layout.rows()[at].cells;
        let cell = cells.get(column_at).ok_or_else(|| {
            missing(format!("dòng “{row}” của bảng “{table}” là tiêu đề nhóm, không có ô ở cột “{column}”"))
        })?;
        Ok((place.sheet, place.layout.address(at, column_at), &cell.value))
    }

    /// A cell of the report.
    fn content(&self, cell: &CellRef) -> Option<&'a Cell> {
        let place = self.tables.get(&cell.table)?;
        let at = (*place.rows.get(&cell.row)?)?;
        place.layout.rows()[at].cells.get(*place.columns.get(&cell.column)?)
    }

    /// The cells of a column, groups and totals left out.
    fn contents(&self, column: &ColumnRef) -> impl Iterator<Item = &'a Cell> {
        let place = self.tables.get(&column.table);
        let at = place.and_then(|place| place.columns.get(&column.column).copied());
        let rows = place.map(|place| place.layout.rows()).unwrap_or_default();
        rows.iter().filter(|row| row.role == Role::Body).filter_map(move |row| row.cells.get(at?))
    }

    /// Sheet of the record of what a unit reported in a field, and the cell that a link leads to; `None` when it is not
    /// shown.
    pub(super) fn record(&self, field: &FieldId, unit: &UnitCode) -> Option<(usize, CellAddress)> {
        self.records.iter().find_map(|(sheet, layout)| {
            let records = layout.records?;
            let at = records.source.place(field, unit).filter(|at| *at < layout.shown)?;
            Some((*sheet, layout.address(at, records.linked_column)))
        })
    }

    /// The first cell of a section's sheet.
    pub(super) fn section(&self, id: &str) -> Result<&'a str, Error> {
        let sheet = self.sections.get(id).ok_or_else(|| missing(format!("sổ không có trang “{id}”")))?;
        Ok(self.sheets[*sheet])
    }

    /// The lowest row of a table's head.
    pub(super) fn head(&self, table: &TableKey) -> Result<u32, Error> {
        Ok(self.table(table)?.layout.head_bottom())
    }

    /// Name of a sheet.
    pub(super) fn sheet(&self, index: usize) -> &'a str {
        self.sheets[index]
    }

    /// A reference to cells of a sheet as it stands in a formula of the sheet `here`.
    pub(super) fn reference(&self, here: usize, sheet: usize, cells: Reference) -> Reference {
        if here == sheet { cells } else { cells.on_sheet(self.names[sheet].clone()) }
    }

    /// Where the copies of what was written stand.
    pub(super) fn watch(&self) -> &Watch {
        &self.watch
    }

    /// How many cells of a section's sheet are no longer what was written.
    fn edited(&self, here: usize, section: &str) -> Result<Expression, Error> {
        let sheet =
            *self.sections.get(section).ok_or_else(|| missing(format!("sổ không có trang “{section}”")))?;
        let areas = self.watch.areas(sheet).iter().map(|(first, last)| {
            let there = self.reference(here, sheet, Reference::to_range(*first, *last));
            let copy = self.watch.copy(sheet, *first, Some(*last))?;
            Some(watch::differing(there.into(), copy.into()))
        });
        let counts: Option<Vec<Expression>> = areas.collect();
        let counts = counts.filter(|counts| !counts.is_empty());
        Ok(counts.map_or_else(|| 0.into(), |counts| Expression::call(sheet::Function::Sum, counts)))
    }

    /// The ranges of a column's body cells: one, unless totals stand between.
    fn ranges(&self, here: usize, cells: &ColumnRef) -> Result<Vec<Reference>, Error> {
        let place = self.table(&cells.table)?;
        let column = place.column(&cells.table, &cells.column)?;
        let ranges = place.layout.body_runs().into_iter().map(|(first, last)| {
            let cells =
                Reference::to_range(place.layout.address(first, column), place.layout.address(last, column));
            self.reference(here, place.sheet, cells)
        });
        Ok(ranges.collect())
    }

    /// The cells of a column from one row to another.
    fn rows(&self, here: usize, rows: &RowsRef) -> Result<Reference, Error> {
        let [first, last] = rows.ends();
        let (sheet, first, _) = self.cell(&first)?;
        let (_, last, _) = self.cell(&last)?;
        Ok(self.reference(here, sheet, Reference::to_range(first, last)))
    }

    fn table(&self, id: &TableKey) -> Result<&TableAddress<'a>, Error> {
        self.tables.get(id).ok_or_else(|| missing(format!("sổ không có bảng “{id}”")))
    }
}

impl TableAddress<'_> {
    fn column(&self, table: &TableKey, id: &ColumnKey) -> Result<usize, Error> {
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
    let expression = Renderer { here, addresses, given: &[] }.expression(formula)?;
    expression.within(Limits::CELL).map_err(|too_long| {
        let start: String = expression.to_string().chars().take(60).collect();
        Error::Internal(format!("{too_long}: {start}…"))
    })
}

/// As [`render`], to be made part of another formula.
///
/// # Errors
/// As [`render`].
pub(super) fn render_part(
    formula: &Formula,
    here: usize,
    addresses: &Addresses,
) -> Result<Expression, Error> {
    Renderer { here, addresses, given: &[] }.expression(formula)
}

/// Turns the formulas of the sheet `here` into the spreadsheet's, shapes with what they are filled with.
struct Renderer<'w, 'a> {
    here: usize,
    addresses: &'w Addresses<'a>,
    given: &'w [Formula],
}

impl Renderer<'_, '_> {
    fn expression(&self, formula: &Formula) -> Result<Expression, Error> {
        Ok(match formula {
            Formula::Cell(cell) => {
                let (sheet, address, _) = self.addresses.cell(cell)?;
                self.addresses.reference(self.here, sheet, Reference::to_cell(address)).into()
            }
            Formula::Column(ColumnRef { table, column }) => {
                return Err(missing(format!(
                    "cột “{column}” của bảng “{table}” đứng ngoài hàm tổng hoặc hàm đếm"
                )));
            }
            Formula::Rows(rows) => self.addresses.rows(self.here, rows)?.into(),
            Formula::Number(number) if number.is_sign_negative() && !number.is_zero() => {
                Expression::from(*number).in_brackets()
            }
            Formula::Number(number) => (*number).into(),
            Formula::Text(words) => literal(words)?.into(),
            Formula::Sum(arguments) => {
                let mut terms = Vec::new();
                for argument in arguments {
                    terms.extend(self.cells(argument)?);
                }
                if terms.is_empty() { 0.into() } else { Expression::call(sheet::Function::Sum, terms) }
            }
            Formula::CountNumbers(what) => match self.cells(what)? {
                // A column without body rows: COUNT wants an argument.
                none if none.is_empty() => 0.into(),
                cells => Expression::call(sheet::Function::Count, cells),
            },
            Formula::CountEqual(what, wanted) => self.count_equal(what, wanted)?,
            Formula::Binary(left, operator, right) => {
                Expression::infix(infix(*operator), self.operand(left)?, self.operand(right)?)
            }
            Formula::If(condition, then, otherwise) => Expression::when(
                self.expression(condition)?,
                self.expression(then)?,
                self.expression(otherwise)?,
            ),
            // 70 % of 10 is 7.000000000000001 in binary and must not become 8.
            Formula::Ceil(what) => self.whole(sheet::Function::RoundUp, what)?,
            Formula::Floor(what) => self.whole(sheet::Function::RoundDown, what)?,
            Formula::Call(function, arguments) => {
                let arguments = arguments.iter().map(|argument| self.argument(*function, argument));
                Expression::call(function_of_sheet(*function), arguments.collect::<Result<Vec<_>, _>>()?)
            }
            Formula::Edited(section) => self.addresses.edited(self.here, section)?,
            Formula::Filled(shape, given) => self.filled_with(given).expression(shape)?,
            Formula::Given(at) => self.filled_with(&[]).expression(self.given(*at)?)?,
        })
    }

    /// How many cells equal what is wanted: a sum of counts where totals stand between them.
    fn count_equal(&self, what: &Formula, wanted: &Formula) -> Result<Expression, Error> {
        let criterion = match wanted {
            Formula::Text(words) => Expression::criterion(literal(words)?),
            other => self.expression(other)?,
        };
        let count = |cells| Expression::call(sheet::Function::CountIf, [cells, criterion.clone()]);
        let mut counts = self.cells(what)?.into_iter().map(count);
        let Some(first) = counts.next() else { return Ok(0.into()) };
        let Some(second) = counts.next() else { return Ok(first) };
        Ok(counts.fold(first.plus(second), Expression::plus).in_brackets())
    }

    fn whole(&self, rounds: sheet::Function, what: &Formula) -> Result<Expression, Error> {
        let rounded = Expression::call(sheet::Function::Round, [self.expression(what)?, 6.into()]);
        Ok(Expression::call(rounds, [rounded, 0.into()]))
    }

    /// An operand, in brackets where it is an operation itself.
    fn operand(&self, operand: &Formula) -> Result<Expression, Error> {
        let expression = self.expression(operand)?;
        let is_operation = matches!(expression, Expression::Infix(..));
        Ok(if is_operation { expression.in_brackets() } else { expression })
    }

    /// An argument of a function that takes a column only as one range.
    fn argument(&self, function: Function, argument: &Formula) -> Result<Expression, Error> {
        let mut cells = self.cells(argument)?;
        match (cells.pop(), cells.is_empty()) {
            (Some(only), true) => Ok(only),
            _ => {
                let name = function_of_sheet(function).name();
                Err(missing(format!("hàm {name} cần một vùng liền nhau")))
            }
        }
    }

    /// The ranges that an argument stands for: those of a column, else itself.
    fn cells(&self, argument: &Formula) -> Result<Vec<Expression>, Error> {
        Ok(match argument {
            Formula::Column(column) => {
                self.addresses.ranges(self.here, column)?.into_iter().map(Expression::from).collect()
            }
            Formula::Given(at) => self.filled_with(&[]).cells(self.given(*at)?)?,
            other => vec![self.expression(other)?],
        })
    }

    fn filled_with<'g>(&'g self, given: &'g [Formula]) -> Renderer<'g, 'g> {
        Renderer { here: self.here, addresses: self.addresses, given }
    }

    fn given(&self, at: usize) -> Result<&Formula, Error> {
        self.given.get(at).ok_or_else(|| missing(format!("khuôn công thức thiếu phần thứ {}", at + 1)))
    }
}

/// A text that a formula can hold.
fn literal(words: &str) -> Result<String, Error> {
    let words = text::strip(words);
    if text::units(&words) > MOST_IN_TEXT {
        let start: String = words.chars().take(40).collect();
        return Err(Error::Internal(format!("chữ trong công thức dài quá {MOST_IN_TEXT} ký tự: {start}…")));
    }
    Ok(words)
}

fn function_of_sheet(function: Function) -> sheet::Function {
    match function {
        Function::Rank => sheet::Function::Rank,
        Function::Index => sheet::Function::Index,
        Function::Match => sheet::Function::Match,
        Function::Repeat => sheet::Function::Repeat,
        Function::IsNumber => sheet::Function::IsNumber,
        Function::Round => sheet::Function::Round,
    }
}

/// The spreadsheet's own.
pub(super) fn infix(operator: Operator) -> sheet::Operator {
    match operator {
        Operator::Add => sheet::Operator::Add,
        Operator::Subtract => sheet::Operator::Subtract,
        Operator::Multiply => sheet::Operator::Multiply,
        Operator::Divide => sheet::Operator::Divide,
        Operator::Equal => sheet::Operator::Equal,
        Operator::AtLeast => sheet::Operator::AtLeast,
        Operator::Below => sheet::Operator::Less,
        Operator::AtMost => sheet::Operator::AtMost,
        Operator::Above => sheet::Operator::Greater,
        Operator::Join => sheet::Operator::Join,
    }
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
