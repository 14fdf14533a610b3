//! A sheet once every block has its rows: what addresses are read from and cells are written by.

use super::grid::Grid;
use crate::domain::CellAddress;
use crate::report::model::{
    Bar, Cell, Chart, FormLine, Formula, KeyFigure, Picture, Records, Role, Row, Tab, Table,
};
use std::borrow::Cow;

/// Pixels of the rows a chart lies on.
pub(super) const CHART_ROW: u32 = 20;

/// A worksheet to be written.
pub(super) struct SheetLayout<'r> {
    /// Name as Excel accepts it.
    pub name: String,
    /// What the sheet is for, and how it is shown.
    pub tab: &'r Tab,
    /// Which columns are cut into parts.
    pub grid: Grid,
    /// Id of its section.
    pub section: &'r str,
    /// Pixels of every column of the tables; the sheet has more where one is cut into parts.
    pub widths: Vec<u32>,
    /// Columns that belong on paper; chart data stands to the right of them.
    pub printed: u16,
    /// Rows that are printed, of a sheet that is for the screen.
    pub printed_rows: Option<u32>,
    /// Columns of the tables that running text spans.
    pub text_columns: u16,
    /// Columns that name the rows, of a sheet that is printed on two pages side by side: they stand on both, so running
    /// text begins behind them.
    pub repeated: u16,
    /// Blocks with their places.
    pub items: Vec<Placed<'r>>,
    /// Heights in points of the rows in use.
    pub heights: Vec<f64>,
}

/// A block and its first row.
pub(super) struct Placed<'r> {
    /// Row from 0.
    pub top: u32,
    /// The block.
    pub item: Item<'r>,
}

/// What is written.
pub(super) enum Item<'r> {
    /// Running text, one merged row a line.
    Text {
        /// How it looks.
        kind: TextKind,
        /// Text of each row.
        lines: Vec<String>,
    },
    /// Province, year and day, the way back and what was edited.
    Subtitle(SubtitleLayout<'r>),
    /// Columns of lines side by side.
    Lines(LinesLayout<'r>),
    /// Key figures.
    Cards(CardsLayout<'r>),
    /// A table without its caption and notes, which are words.
    Table(TableLayout<'r>),
    /// A chart.
    Chart(ChartLayout<'r>),
}

/// Kinds of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    /// First row of the sheet.
    Title,
    /// Title of an official form, in the middle.
    FormTitle,
    /// Province, year and date under it.
    Subtitle,
    /// How to read the colours.
    Legend,
    /// “I.”
    Heading,
    /// “1.”
    Subheading,
    /// A paragraph.
    Paragraph,
    /// A lettered point.
    Point,
    /// Above a table.
    Caption,
    /// Under a table.
    Note,
}

/// The second row of a sheet.
pub(super) struct SubtitleLayout<'r> {
    /// Words.
    pub text: String,
    /// How many cells were edited.
    pub edited: Option<&'r Formula>,
    /// The section to go back to, and the column of the tables from which that stands.
    pub back: Option<(&'r str, u16)>,
    /// Last column of the tables that the row takes.
    pub last: u16,
    /// Whether it stands in the middle, as in an official form.
    pub is_form: bool,
}

/// Corners of a form's head, or its signatures.
pub(super) struct LinesLayout<'r> {
    /// The lines of each column.
    pub columns: Vec<&'r [FormLine]>,
    /// First and last column of the sheet of each.
    pub spans: Vec<(u16, u16)>,
}

/// Key figures in rows of cards.
pub(super) struct CardsLayout<'r> {
    /// The figures.
    pub figures: &'r [KeyFigure],
    /// Cards in a row.
    pub across: usize,
    /// First and last column of the sheet of each card in a row.
    pub spans: Vec<(u16, u16)>,
}

/// A table with its place.
pub(super) struct TableLayout<'r> {
    /// The table.
    pub table: Cow<'r, Table>,
    /// First row of the head.
    pub top: u32,
    /// Whether the head has a row of common heads above.
    pub two_heads: bool,
    /// What tells its rows when it holds none itself.
    pub records: Option<&'r Records>,
    /// Rows shown; fewer than the table has when the sheet is full.
    pub shown: usize,
    /// Points of its letters.
    pub size: f64,
    /// Long texts: cells are read from the top.
    pub wordy: bool,
    /// So many rows that each is one line high.
    pub one_line: bool,
    /// Whether the reader may filter it.
    pub filter: bool,
    /// Which of its columns are cut into parts.
    pub grid: Grid,
}

/// A chart with its place.
pub(super) struct ChartLayout<'r> {
    /// The chart.
    pub chart: &'r Chart,
    /// Its bars, when it is of bars.
    pub bars: &'r [Bar],
    /// First row.
    pub top: u32,
    /// First column: it may stand beside the table it is drawn from.
    pub left: u16,
    /// Rows kept free for it.
    pub rows: u32,
    /// Column from which its data are written, when the tables do not hold them one below the other.
    pub data: Option<u16>,
}

impl TableLayout<'_> {
    /// The rows shown, of those that the table holds.
    pub(super) fn rows(&self) -> &[Row] {
        &self.table.rows[..self.shown.min(self.table.rows.len())]
    }

    /// Last row of the head.
    pub(super) fn head_bottom(&self) -> u32 {
        self.top + u32::from(self.two_heads)
    }

    /// Address of a cell by the indices of its row and column.
    pub(super) fn address(&self, row: usize, column: usize) -> CellAddress {
        CellAddress::new(self.head_bottom() + 1 + row as u32, self.grid.first(column as u16))
    }

    /// Address of the last part of such a cell.
    pub(super) fn end(&self, row: usize, column: usize) -> CellAddress {
        CellAddress::new(self.head_bottom() + 1 + row as u32, self.grid.last(column as u16))
    }

    /// The columns whose cells are drawn as bars.
    pub(super) fn bars(&self) -> impl Iterator<Item = usize> {
        let is_bar = |cell: &Cell| matches!(cell.picture.as_deref(), Some(Picture::Bar(..)));
        (0..self.table.columns.len()).filter(move |column| {
            self.table.rows.iter().any(|row| row.cells.get(*column).is_some_and(is_bar))
        })
    }

    /// First and last index of each run of rows without a total, from body row to body row.
    pub(super) fn body_runs(&self) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        let mut open = false;
        for (i, row) in self.rows().iter().enumerate() {
            match (row.role, runs.last_mut()) {
                (Role::Body, Some(run)) if open => run.1 = i,
                (Role::Body, _) => {
                    runs.push((i, i));
                    open = true;
                }
                // A group's words stand in the first column only; a sum may run over them.
                (Role::Group, _) => {}
                (Role::Total, _) => open = false,
            }
        }
        runs
    }
}

impl<'r> SheetLayout<'r> {
    /// The column of the tables at which a text begins. The title stays in the first; on paper it is in the head of the page.
    pub(super) fn text_start(&self, kind: TextKind) -> u16 {
        match kind {
            TextKind::Title | TextKind::FormTitle => 0,
            _ => self.repeated,
        }
    }

    /// Last column of the sheet that running text spans.
    pub(super) fn text_end(&self) -> u16 {
        self.grid.last(self.text_columns.saturating_sub(1))
    }

    /// Rows in use.
    pub(super) fn rows(&self) -> u32 {
        self.heights.len() as u32
    }

    /// Whether its rows can be written one after the other: cards stand side by side, and charts may bring data that
    /// stand beside a table.
    pub(super) fn is_in_order(&self) -> bool {
        self.items.iter().all(|placed| {
            matches!(placed.item, Item::Text { .. } | Item::Subtitle(_) | Item::Lines(_) | Item::Table(_))
        })
    }

    /// The height in points that most rows have.
    pub(super) fn usual_height(&self) -> f64 {
        let mut counts: Vec<(f64, usize)> = Vec::new();
        for height in &self.heights {
            match counts.iter_mut().find(|(known, _)| known == height) {
                Some((_, count)) => *count += 1,
                None => counts.push((*height, 1)),
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map_or(15.0, |(height, _)| height)
    }

    /// Pixels from one column to another, both included.
    pub(super) fn span(&self, first: u16, last: u16) -> u32 {
        self.widths.iter().take(usize::from(last) + 1).skip(first.into()).sum()
    }

    /// Points from one row to the row before another.
    pub(super) fn height(&self, first: u32, end: u32) -> f64 {
        let end = (end as usize).min(self.heights.len());
        self.heights.get(first as usize..end).unwrap_or_default().iter().sum()
    }

    /// Tables in order.
    pub(super) fn tables(&self) -> impl Iterator<Item = &TableLayout<'r>> {
        self.items.iter().filter_map(|placed| match &placed.item {
            Item::Table(layout) => Some(layout),
            _ => None,
        })
    }

    /// Tables in order, to be changed.
    pub(super) fn tables_mut(&mut self) -> impl Iterator<Item = &mut TableLayout<'r>> {
        self.items.iter_mut().filter_map(|placed| match &mut placed.item {
            Item::Table(layout) => Some(layout),
            _ => None,
        })
    }
}

/// Common heads and the columns they cover; `None` where a column has only its own.
pub(super) fn over_spans(table: &Table) -> Vec<(Option<&str>, usize, usize)> {
    let mut spans: Vec<(Option<&str>, usize, usize)> = Vec::new();
    for (i, column) in table.columns.iter().enumerate() {
        match spans.last_mut() {
            Some((over, _, last)) if over.is_some() && *over == column.over.as_deref() => *last = i,
            _ => spans.push((column.over.as_deref(), i, i)),
        }
    }
    spans
}
