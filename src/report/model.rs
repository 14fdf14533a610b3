//! The report as neutral, typed blocks: written once, turned into a workbook and a PDF by writers that neither compute
//! nor judge. A table cell holds a typed value, its role and its tone, and, where the figure follows from others, the
//! formula it follows by; the workbook writes that formula live, the PDF ignores it.

mod chart;
mod formula;
mod id;
mod letter;
mod tab;
mod words;

pub use chart::{Bar, BarCells, Chart, ChartKind, ProgressRow, Rank, Run, Tile, Trend, TrendPoint};
pub use formula::{Formula, Function, Operator};
pub use id::{CellRef, ColumnKey, ColumnRef, RowKey, RowsRef, TableKey};
pub use letter::{
    Addressees, Annex, AnnexHead, Letter, LetterHead, LetterTitle, OfficialLetter, Recipients, Signature,
    shown_heading,
};

pub use tab::{FormFrame, FormLine, LineStyle, Tab, TabGroup};
pub use words::{Emphasis, Words};

use crate::domain::{FieldId, UnitCode};
use crate::finding::Finding;
use chrono::NaiveDate;
use ecow::EcoString;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A whole report.
#[derive(Debug, Clone)]
pub struct Report {
    /// What the letter around the text is made of.
    pub letter: Letter,
    /// Sections in order.
    pub sections: Vec<Section>,
    /// The body of a brief in fewer words, each shorter than the one before: the first that fits its pages is taken in its
    /// place. The figures and tables are the same.
    pub shorter: Vec<Section>,
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
    /// In an annex that stays with the secretariat.
    Internal {
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
    /// Its sheet, when the workbook has it.
    pub sheet: Option<Tab>,
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
    Paragraph(Words),
    /// Points listed under letters a) b) c) d) đ) e) …; the writer letters them.
    Points(Vec<Words>),
    /// Points listed under dashes; the writer puts them.
    Dashes(Vec<Words>),
    /// Figures that a reader should see first: label, value, tone.
    KeyFigures(Vec<KeyFigure>),
    /// A table.
    Table(Table),
    /// A long table whose rows are made when they are written; a sheet of the workbook, never on a page.
    Records(Records),
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
    pub value: Shown,
    /// What it says.
    pub tone: Tone,
    /// How it follows from cells of the workbook, and what it says there while it is not zero.
    pub live: Option<(Formula, Tone)>,
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
pub enum Shown {
    /// A whole number of things.
    Count(Decimal),
    /// A decimal with its number of display places.
    Number(Decimal, u32),
    /// A percentage in points (85 is 85 %), with the display places that keep it from contradicting its target.
    Percent(Decimal, u32),
    /// A date.
    Date(NaiveDate),
    /// Words.
    Text(EcoString),
    /// No figure, and why, for example “chưa báo cáo”.
    Missing(EcoString),
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
    /// Id.
    pub id: ColumnKey,
    /// Head.
    pub title: String,
    /// Head above this and the neighbouring columns that carry the same text, merged.
    pub over: Option<String>,
    /// Relative width; 1 is about one narrow figure column.
    pub width: f32,
    /// How cells stand.
    pub align: Align,
    /// Whether it only numbers the rows: what stands there is no figure.
    pub is_ordinal: bool,
    /// Whether nobody is to see it: it is there for this program, which reads the workbook back.
    pub is_hidden: bool,
    /// Whether it holds marks and short figures that may stand close to their neighbours, in small letters.
    pub is_close: bool,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Id.
    pub id: TableKey,
    /// Caption above it.
    pub caption: Option<String>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows; every row has one cell a column, except [`Role::Group`] rows, which have one cell over all.
    pub rows: Vec<Row>,
    /// Notes under it.
    pub notes: Vec<String>,
}

/// A table whose rows are made when they are written: a whole country's would not fit into memory.
#[derive(Debug, Clone)]
pub struct Records {
    /// The table without its rows.
    pub head: Table,
    /// Place of the column to which a link to a record leads.
    pub linked_column: usize,
    /// The rows.
    pub source: Arc<dyn RecordSource>,
}

/// What makes the rows of [`Records`].
pub trait RecordSource: fmt::Debug + Send + Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// A row by its place from 0, with one cell a column; `None` beyond the last.
    fn row(&self, at: usize) -> Option<Row>;

    /// The place of the row about what a unit reported in a field.
    fn place(&self, field: &FieldId, unit: &UnitCode) -> Option<usize>;
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// Id.
    pub id: RowKey,
    /// Role of the whole row.
    pub role: Role,
    /// Cells.
    pub cells: Vec<Cell>,
}

/// A cell. A whole country's contributions are millions, so what few cells have stands apart.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What it shows.
    pub value: Shown,
    /// What it says.
    pub tone: Tone,
    /// How it follows from other cells.
    pub formula: Option<Box<Formula>>,
    /// By which cell a spreadsheet tells what it says anew when figures change.
    pub judged: Option<Box<JudgedBy>>,
    /// Where a reader who wants to know more is led.
    pub link: Option<Box<Link>>,
    /// What a page may draw beside the value; it never says more than the row says in words.
    pub picture: Option<Box<Picture>>,
}

/// How the tone of a cell follows from another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum JudgedBy {
    /// A number that stands so to that one is bad.
    Target(CellRef, Operator),
    /// It says what the verdict there says.
    Verdict(CellRef),
    /// A number above zero is bad.
    Zero,
}

/// Where a cell leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Link {
    /// A cell of a table.
    Cell(CellRef),
    /// The sheet of a section, by its id.
    Section(String),
    /// The record of what a unit reported in a field.
    Record(FieldId, UnitCode),
    /// A cell of an input file, by the path the outputs name it by. The writer alone knows whether and how it can be
    /// reached from the file it writes.
    Source {
        /// Path as in [`crate::submission::InputFile`].
        file: EcoString,
        /// Sheet and cell, where known.
        at: Option<(EcoString, EcoString)>,
    },
}

/// A small drawing in a cell.
#[derive(Debug, Clone)]
pub enum Picture {
    /// The sign of the cell's tone before its words.
    Sign,
    /// A bar in percent with its target and bounds, and what it is compared with.
    Bar(Box<Bar>, Option<Beside>),
}

/// A value marked beside a bar for comparison.
#[derive(Debug, Clone)]
pub struct Beside {
    /// In percent.
    pub percent: Decimal,
    /// Whose it is, for example “toàn tỉnh”.
    pub name: String,
}

impl Block {
    /// A paragraph.
    pub fn paragraph(words: impl Into<Words>) -> Self {
        Block::Paragraph(words.into())
    }
}

impl KeyFigure {
    /// A figure that follows from nothing.
    pub fn new(label: impl Into<String>, value: Shown, tone: Tone) -> Self {
        KeyFigure { label: label.into(), value, tone, live: None }
    }
}

impl Shown {
    /// Words.
    pub fn text(text: impl Into<EcoString>) -> Self {
        Shown::Text(text.into())
    }
}

impl Cell {
    /// A plain cell.
    pub fn plain(value: Shown) -> Self {
        Cell { value, tone: Tone::Plain, formula: None, judged: None, link: None, picture: None }
    }

    /// A plain cell of words.
    pub fn text(text: impl Into<EcoString>) -> Self {
        Cell::plain(Shown::Text(text.into()))
    }

    /// A count.
    pub fn count(count: impl Into<Decimal>) -> Self {
        Cell::plain(Shown::Count(count.into()))
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
        self.picture = Some(Box::new(picture));
        self
    }

    /// The same cell, following from others.
    #[must_use]
    pub fn follows(mut self, formula: Formula) -> Self {
        self.formula = Some(Box::new(formula));
        self
    }

    /// The same cell, its tone following from another.
    #[must_use]
    pub fn judged_by(mut self, judge: JudgedBy) -> Self {
        self.judged = Some(Box::new(judge));
        self
    }

    /// The same cell, leading to where its content comes from, when that is known.
    #[must_use]
    pub fn leads_to(mut self, link: impl Into<Option<Link>>) -> Self {
        self.link = link.into().map(Box::new);
        self
    }
}

impl Column {
    /// A column under a head of its own.
    pub fn new(id: impl Into<ColumnKey>, title: &str, width: f32, align: Align) -> Self {
        Column {
            id: id.into(),
            title: title.to_owned(),
            over: None,
            width,
            align,
            is_ordinal: false,
            is_hidden: false,
            is_close: false,
        }
    }

    /// The column that numbers the rows.
    pub fn ordinal(title: &str, width: f32) -> Self {
        let column = Column::new(ColumnKey::fixed("tt"), title, width, Align::Center);
        Column { is_ordinal: true, ..column }
    }

    /// A column that a spreadsheet hides: what the program reads back.
    pub fn hidden(id: ColumnKey, title: &str) -> Self {
        Column { is_hidden: true, ..Column::new(id, title, 1.0, Align::Left) }
    }

    /// The same column, close to its neighbours.
    #[must_use]
    pub fn close(self) -> Self {
        Column { is_close: true, ..self }
    }

    /// The same column under a head shared with its neighbours.
    #[must_use]
    pub fn under(self, over: &str) -> Self {
        Column { over: Some(over.to_owned()), ..self }
    }
}

impl Table {
    /// The same table without a column.
    #[must_use]
    pub fn without(mut self, column: &ColumnKey) -> Self {
        let Some(at) = self.columns.iter().position(|known| known.id == *column) else { return self };
        let width = self.columns.len();
        self.columns.remove(at);
        for row in self.rows.iter_mut().filter(|row| row.cells.len() == width) {
            row.cells.remove(at);
        }
        self
    }
}

impl Report {
    /// The tables whose rows are made when they are written.
    pub fn records(&self) -> impl Iterator<Item = &Records> {
        self.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Records(records) => Some(records),
            _ => None,
        })
    }

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
