//! Charts: their figures in words and numbers, and the cells a live chart follows.

use super::Tone;
use super::id::{CellRef, ColumnKey, RowKey, TableKey};
use rust_decimal::Decimal;

/// A chart; values are in the unit of its axis.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Stable id.
    pub id: String,
    /// Caption, also the alternative text's first sentence.
    pub caption: String,
    /// What it shows, in words, for who cannot see it.
    pub alternative: String,
    /// Kind and data.
    pub kind: ChartKind,
}

/// Kinds of chart.
#[derive(Debug, Clone)]
pub enum ChartKind {
    /// Columns in percent, the greatest first, with the target as a line; the cells hold the figures. Workbook only.
    Ranking(Run),
    /// A line for each row of a table over the years in its columns. Workbook only.
    Progress {
        /// The rows, and the column of their labels in [`Run::label`]; the other columns are not used.
        run: Run,
        /// First and last column of years.
        years: (ColumnKey, ColumnKey),
        /// Rows in order.
        rows: Vec<ProgressRow>,
    },
    /// Horizontal bars in percent (0–100), each with its own target mark and, where bounds differ, its bounds.
    BarsAgainstTarget(Vec<Bar>),
    /// Units as tiles, roughly where they lie on the map.
    Tiles(Vec<Tile>),
    /// Parts of a whole, in the order they are to be read.
    Ranks(Vec<Rank>),
    /// Results over the years, one small plot each.
    Trends(Vec<Trend>),
}

/// A row of results over the years.
#[derive(Debug, Clone)]
pub struct ProgressRow {
    /// The row.
    pub row: RowKey,
    /// The row of the targets that were in force in each year: marks that no line joins.
    pub targets: RowKey,
    /// Places, from 0 among the columns of years, of results that are of other units than the one before: no line leads
    /// to them.
    pub breaks: Vec<usize>,
}

/// A unit as a tile.
#[derive(Debug, Clone)]
pub struct Tile {
    /// Name.
    pub label: String,
    /// What it says, for example “9/12”.
    pub printed: String,
    /// Share reached, 0 to 1; `None` when nothing is known of the unit.
    pub share: Option<Decimal>,
    /// Row and column from the top left; tiles without a place stand in rows by themselves.
    pub place: Option<(u32, u32)>,
}

/// One bar of a ranking: the part that is reached, the part that is not, and the part nothing is known of.
#[derive(Debug, Clone)]
pub struct Rank {
    /// Name.
    pub label: String,
    /// How many are reached.
    pub reached: u32,
    /// How many are not.
    pub below: u32,
    /// How many are open.
    pub open: u32,
    /// What stands behind the bar.
    pub printed: String,
}

/// One indicator over the years.
#[derive(Debug, Clone)]
pub struct Trend {
    /// Title.
    pub label: String,
    /// Results in order of years.
    pub points: Vec<TrendPoint>,
    /// The last result as it is printed.
    pub printed: String,
    /// The target in force in each year, in order of years.
    pub targets: Vec<(i32, Decimal)>,
    /// What the last result says.
    pub tone: Tone,
}

/// A result of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrendPoint {
    /// Year.
    pub year: i32,
    /// Result in percent.
    pub percent: Decimal,
    /// What changed since the result before it, so that no line joins the two, in words.
    pub cut: Option<&'static str>,
}

/// Neighbouring rows of a table that a chart follows.
#[derive(Debug, Clone)]
pub struct Run {
    /// Table.
    pub table: TableKey,
    /// First and last row.
    pub rows: (RowKey, RowKey),
    /// Column of the labels.
    pub label: ColumnKey,
    /// Column of the values.
    pub value: ColumnKey,
    /// Column of the target, where there is one.
    pub target: Option<ColumnKey>,
}

/// One bar.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Label.
    pub label: String,
    /// Result in percent, when there is one.
    pub value: Option<Decimal>,
    /// The value as it is printed.
    pub printed: String,
    /// Decimal places the value is printed with.
    pub places: u32,
    /// Lowest and highest possible value, when they differ.
    pub bounds: Option<(Decimal, Decimal)>,
    /// Target in percent.
    pub target: Option<Decimal>,
    /// What stands before a target that is not to be exceeded; nothing before one to be reached from below.
    pub limit: &'static str,
    /// What the result says.
    pub tone: Tone,
    /// Table, row and column of the value, and column of the target: the workbook's chart follows the live cells.
    pub cells: Option<BarCells>,
}

/// Where a bar's figures stand in the report's tables.
#[derive(Debug, Clone)]
pub struct BarCells {
    /// Table.
    pub table: TableKey,
    /// Row.
    pub row: RowKey,
    /// Column of the label.
    pub label: ColumnKey,
    /// Column of the value.
    pub value: ColumnKey,
    /// Column of the target.
    pub target: ColumnKey,
    /// Column of the highest possible value.
    pub highest: ColumnKey,
    /// Column of the verdict.
    pub verdict: ColumnKey,
}

impl Run {
    /// A cell of the table.
    pub fn cell(&self, row: &RowKey, column: &ColumnKey) -> CellRef {
        CellRef::new(self.table.clone(), row.clone(), column.clone())
    }
}

impl BarCells {
    /// A cell of the bar's row.
    pub fn cell(&self, column: &ColumnKey) -> CellRef {
        CellRef::new(self.table.clone(), self.row.clone(), column.clone())
    }
}
