//! The report as neutral, typed blocks: written once, turned into a workbook and a PDF by writers that neither compute
//! nor judge. A table cell holds a typed value, its role and its tone, and, where the figure follows from others, the
//! formula it follows by; the workbook writes that formula live, the PDF ignores it.

use crate::domain::UnitCode;
use crate::finding::Finding;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A whole report.
#[derive(Debug, Clone)]
pub struct Report {
    /// Head, recipients, signer: everything around the text.
    pub letter: Letter,
    /// Sections in order.
    pub sections: Vec<Section>,
}

/// The official frame of the report, Nghị định 30/2020.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Superior body, when there is one; capitals are the writer's affair.
    pub superior: Option<String>,
    /// Issuing body.
    pub issuer: String,
    /// Document symbol behind the blank number, for example “BC-UBND”.
    pub symbol: String,
    /// Place of issue.
    pub place: String,
    /// As-of date, printed in the date line.
    pub date: NaiveDate,
    /// “BÁO CÁO”.
    pub kind: String,
    /// Subject (trích yếu).
    pub subject: String,
    /// Recipient of “Kính gửi”.
    pub addressee: String,
    /// Lines of authority and post above the signature.
    pub authority: Vec<String>,
    /// Name of the signer; empty leaves room for it.
    pub signer: String,
    /// List under “Nơi nhận”.
    pub recipients: Vec<String>,
    /// Report year.
    pub year: i32,
    /// Short name of the province for footers, for example “tỉnh Long An”.
    pub province: String,
}

/// Where a section appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the body of the official report.
    Body,
    /// In an annex of the official report, portrait or landscape.
    Annex {
        /// A wide table wants the page turned.
        landscape: bool,
    },
    /// A sheet of the workbook only.
    Sheet,
}

/// A section: in the PDF a heading and its blocks, in the workbook a sheet.
#[derive(Debug, Clone)]
pub struct Section {
    /// Stable id, for example `chi-tieu`.
    pub id: String,
    /// Title in the PDF and in the first row of the sheet.
    pub title: String,
    /// Where it appears in the PDF.
    pub place: Place,
    /// Sheet name when the workbook has it, at most 31 characters.
    pub sheet: Option<String>,
    /// Blocks in order.
    pub blocks: Vec<Block>,
}

/// One block of a section.
#[derive(Debug, Clone)]
pub enum Block {
    /// Heading: level 1 is “I.”, 2 is “1.”, with the number in the text; level 0 is the title of a brief.
    Heading {
        /// 0, 1 or 2.
        level: u8,
        /// Number and words.
        text: String,
    },
    /// A paragraph of running text.
    Paragraph(String),
    /// Points listed under letters a) b) c) d) đ) e) …; the writer letters them.
    Points(Vec<String>),
    /// Figures that a reader should see first: label, value, tone.
    KeyFigures(Vec<KeyFigure>),
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
    /// A frame left empty under its title, for what a reader writes by hand.
    Remarks(String),
    /// Findings in the catalogue's words, gravest first.
    Findings {
        /// The findings shown.
        shown: Vec<Finding>,
        /// How many there are in all; stated when more than shown.
        total: usize,
        /// Names of the units they concern, for readers who do not know the codes.
        names: BTreeMap<UnitCode, String>,
    },
}

/// One key figure.
#[derive(Debug, Clone)]
pub struct KeyFigure {
    /// What it is.
    pub label: String,
    /// The figure.
    pub value: Value,
    /// What it says.
    pub tone: Tone,
}

/// What a cell or a figure says to the reader; writers own the colours and must not rely on them alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Reached, received in time.
    Good,
    /// Not reached, missing, rejected.
    Bad,
    /// Open: depends, late, to be explained.
    Open,
    /// Less important than its neighbours.
    Quiet,
}

/// A typed value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A whole number of things.
    Count(Decimal),
    /// A decimal with its number of display places.
    Number(Decimal, u32),
    /// A percentage in points (85 is 85 %), with the display places that keep it from contradicting its target.
    Percent(Decimal, u32),
    /// A date.
    Date(NaiveDate),
    /// Words.
    Text(String),
    /// No figure, and why, for example “chưa báo cáo”.
    Missing(String),
    /// Nothing belongs here.
    Blank,
}

/// Role of a row or a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// An entry.
    #[default]
    Body,
    /// A heading between rows, for example a group of indicators.
    Group,
    /// A total.
    Total,
}

/// How a column's cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Short marks, dates, verdicts.
    Center,
    /// Figures.
    Right,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// Stable id, named by formulas.
    pub id: String,
    /// Head.
    pub title: String,
    /// Head above this and the neighbouring columns that carry the same text, merged.
    pub over: Option<String>,
    /// Relative width; 1 is about one narrow figure column.
    pub width: f32,
    /// How cells stand.
    pub align: Align,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Stable id, named by formulas; unique in the report.
    pub id: String,
    /// Caption above it.
    pub caption: Option<String>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows; every row has one cell a column, except [`Role::Group`] rows, which have one cell over all.
    pub rows: Vec<Row>,
    /// Notes under it.
    pub notes: Vec<String>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// Stable id, named by formulas; unique in the table.
    pub id: String,
    /// Role of the whole row.
    pub role: Role,
    /// Cells.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What it shows.
    pub value: Value,
    /// What it says.
    pub tone: Tone,
    /// How it follows from other cells.
    pub formula: Option<Formula>,
    /// Where a reader who wants to know more is led.
    pub link: Option<Link>,
    /// What a page may draw beside the value; it never says more than the row says in words.
    pub picture: Option<Picture>,
}

/// Where a cell leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Link {
    /// A cell of a table: table, row, column.
    Cell(String, String, String),
    /// The sheet of a section, by its id.
    Section(String),
    /// A cell of an input file, by the path the outputs name it by. The writer alone knows whether and how it can be
    /// reached from the file it writes.
    Source {
        /// Path as in [`crate::submission::InputFile`].
        file: String,
        /// Sheet and cell, where known.
        at: Option<(String, String)>,
    },
}

/// A small drawing in a cell.
#[derive(Debug, Clone)]
pub enum Picture {
    /// The sign of the cell's tone before its words.
    Sign,
    /// A bar in percent with its target and bounds; the second value is marked for comparison.
    Bar(Box<Bar>, Option<Decimal>),
}

/// How a cell follows from others, named by table, row and column; evaluated by the spreadsheet, never by a writer.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A cell: table, row, column.
    Cell(String, String, String),
    /// All body cells of a column: table, column. Only inside the aggregates and functions.
    Column(String, String),
    /// The cells of a column from one row to another: table, column, first row, last row.
    Rows(String, String, String, String),
    /// A number.
    Number(Decimal),
    /// Words.
    Text(String),
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
    /// A function of the spreadsheet.
    Call(Function, Vec<Formula>),
}

/// Functions that every spreadsheet program since 2010 knows by the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// Place of a number among others, the greatest first.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// Joins texts.
    Join,
}

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
        years: (String, String),
        /// Rows in order.
        rows: Vec<String>,
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
    /// Results in percent by year, in order of years.
    pub points: Vec<(i32, Decimal)>,
    /// The last result as it is printed.
    pub printed: String,
    /// Target and its year.
    pub target: Option<(i32, Decimal)>,
    /// What the last result says.
    pub tone: Tone,
}

/// Neighbouring rows of a table that a chart follows.
#[derive(Debug, Clone)]
pub struct Run {
    /// Table.
    pub table: String,
    /// First and last row.
    pub rows: (String, String),
    /// Column of the labels.
    pub label: String,
    /// Column of the values.
    pub value: String,
    /// Column of the target.
    pub target: String,
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
    /// Lowest and highest possible value, when they differ.
    pub bounds: Option<(Decimal, Decimal)>,
    /// Target in percent.
    pub target: Option<Decimal>,
    /// What the result says.
    pub tone: Tone,
    /// Table, row and column of the value, and column of the target: the workbook's chart follows the live cells.
    pub cells: Option<BarCells>,
}

/// Where a bar's figures stand in the report's tables.
#[derive(Debug, Clone)]
pub struct BarCells {
    /// Table.
    pub table: String,
    /// Row.
    pub row: String,
    /// Column of the label.
    pub label: String,
    /// Column of the value.
    pub value: String,
    /// Column of the target.
    pub target: String,
}

impl Cell {
    /// A plain cell.
    pub fn of(value: Value) -> Self {
        Cell { value, tone: Tone::Plain, formula: None, link: None, picture: None }
    }

    /// A plain cell of words.
    pub fn text(text: impl Into<String>) -> Self {
        Cell::of(Value::Text(text.into()))
    }

    /// A count.
    pub fn count(count: impl Into<Decimal>) -> Self {
        Cell::of(Value::Count(count.into()))
    }

    /// The same cell with a tone.
    #[must_use]
    pub fn toned(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The same cell with a picture.
    #[must_use]
    pub fn drawn(mut self, picture: Picture) -> Self {
        self.picture = Some(picture);
        self
    }

    /// The same cell, following from others.
    #[must_use]
    pub fn follows(mut self, formula: Formula) -> Self {
        self.formula = Some(formula);
        self
    }

    /// The same cell, leading to where its content comes from.
    #[must_use]
    pub fn leads_to(mut self, link: Link) -> Self {
        self.link = Some(link);
        self
    }
}

impl Link {
    /// A cell of a table.
    pub fn cell(table: &str, row: &str, column: &str) -> Self {
        Link::Cell(table.to_owned(), row.to_owned(), column.to_owned())
    }
}

impl Formula {
    /// A cell of a table.
    pub fn cell(table: &str, row: &str, column: &str) -> Self {
        Formula::Cell(table.to_owned(), row.to_owned(), column.to_owned())
    }

    /// The sum of a column's body cells.
    pub fn sum_of(table: &str, column: &str) -> Self {
        Formula::Sum(vec![Formula::Column(table.to_owned(), column.to_owned())])
    }

    /// How many numbers the cells hold.
    pub fn numbers(cells: Formula) -> Self {
        Formula::CountNumbers(Box::new(cells))
    }

    /// Words.
    pub fn words(words: &str) -> Self {
        Formula::Text(words.to_owned())
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
}

impl Report {
    /// Every table of the report with its section.
    pub fn tables(&self) -> impl Iterator<Item = (&Section, &Table)> {
        self.sections.iter().flat_map(|section| {
            section.blocks.iter().filter_map(move |block| match block {
                Block::Table(table) => Some((section, table)),
                _ => None,
            })
        })
    }
}
