//! The sheets of the form as the plan declares them, before they are laid out for one unit.

use super::from_result::{FromResult, ResultPart};
use super::rule::RowFigure;
use crate::domain::{
    ColumnId, ColumnRole, Dated, FieldId, FieldKind, IndicatorId, Level, LevelId, Reporter, RowId, TableId,
    Unit, Validity,
};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

/// Of whom, and from when to when, a part of the form is asked: within the bounds of the part it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Who is asked; nobody named: whoever is asked for what it stands in.
    pub of: Vec<Reporter>,
    /// The days on which reports that have it are due.
    pub validity: Validity,
}

impl Asked {
    /// Whether a report that is due on the day has it, of a unit that is one of these reporters.
    pub fn in_report(&self, day: NaiveDate, is: impl Fn(&Reporter) -> bool) -> bool {
        self.validity.covers(day) && (self.of.is_empty() || self.of.iter().any(is))
    }
}

/// A sheet.
#[derive(Debug, Clone)]
pub struct PlannedSheet {
    /// Id.
    pub id: String,
    /// What it is called.
    pub words: Dated<SheetWords>,
    /// Who fills it, and when.
    pub asked: Asked,
    /// Tables from top to bottom.
    pub tables: Vec<PlannedTable>,
}

/// What a sheet is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetWords {
    /// Name on the tab.
    pub tab: String,
    /// Heading at the top.
    pub heading: String,
}

/// A table of a sheet.
#[derive(Debug, Clone)]
pub struct PlannedTable {
    /// Id.
    pub id: TableId,
    /// Title above it.
    pub title: Dated<String>,
    /// Who fills it, and when.
    pub asked: Asked,
    /// What is counted, when it is the same in all rows.
    pub unit: Option<String>,
    /// Columns.
    pub columns: Vec<PlannedColumn>,
    /// Over what the rows repeat.
    pub repeat: Option<Repeat>,
    /// Rows.
    pub rows: Vec<PlannedRow>,
}

impl PlannedSheet {
    /// Everybody whom something on it is asked of.
    pub fn everybody_asked(&self) -> impl Iterator<Item = &Reporter> {
        let tables = self.tables.iter().map(|table| &table.asked);
        let rows = self.tables.iter().flat_map(|table| &table.rows).map(|row| &row.asked);
        std::iter::once(&self.asked).chain(tables).chain(rows).flat_map(|asked| &asked.of)
    }

    /// The level that `{cap}` and `{mot}` mean on the tab and in the heading: the one a table of the sheet repeats over,
    /// else that of the local units, the first.
    pub fn level<'a>(&self, levels: &'a [Level]) -> Option<&'a Level> {
        let repeats = |table: &&PlannedTable| matches!(table.repeat, Some(Repeat::Units(_)));
        self.tables.iter().find(repeats).map_or(levels.first(), |table| table.level(levels))
    }
}

impl PlannedTable {
    /// The level that `{cap}` and `{mot}` mean in the table: the one it repeats over, else that of the local units, the
    /// first.
    pub fn level<'a>(&self, levels: &'a [Level]) -> Option<&'a Level> {
        match &self.repeat {
            Some(Repeat::Units(id)) => levels.iter().find(|level| level.id == *id),
            _ => levels.first(),
        }
    }
}

/// Over what the rows of a table repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeat {
    /// The units of a level on the year's roster.
    Units(LevelId),
    /// The groups of tasks.
    TaskGroups,
    /// The key tasks led by the unit that fills the form.
    KeyTasks,
}

/// A column.
#[derive(Debug, Clone)]
pub struct PlannedColumn {
    /// Id, the second half of a field id.
    pub id: ColumnId,
    /// Head.
    pub title: Dated<String>,
    /// What its cells hold.
    pub kind: FieldKind,
    /// What it means to the checks.
    pub role: Option<ColumnRole>,
    /// Whether every cell must be filled.
    pub required: bool,
    /// Whether last year's values stand beside its cells.
    pub compared: bool,
    /// Whether the sum over units says something; a sum of levels does not.
    pub total: bool,
    /// Which part of a lower plan's result it holds.
    pub result: Option<ResultPart>,
    /// Relative width.
    pub width: f32,
    /// Whether its cells are tall enough for several lines.
    pub tall: bool,
}

/// A row.
#[derive(Debug, Clone)]
pub struct PlannedRow {
    /// Id, the first half of a field id.
    pub id: RowId,
    /// What it is called.
    pub words: Dated<RowWords>,
    /// Who fills it, and when.
    pub asked: Asked,
    /// The indicator it serves; the row is asked only while that is in force.
    pub indicator: Option<IndicatorId>,
    /// Kind of its cells, when it differs from the column's.
    pub kind: Option<FieldKind>,
    /// Whether its cells must be filled, when it differs from the column's.
    pub required: Option<bool>,
    /// Whether the row is tall enough for several lines.
    pub tall: bool,
    /// Reported only for the record.
    pub informative: bool,
    /// Whether a unit may have none of what it counts, and may say so.
    pub can_be_absent: bool,
    /// Where its denominator comes from when the unit is missing.
    pub reference: Option<Reference>,
    /// What its amounts are not expected to exceed.
    pub ceiling: Option<Decimal>,
    /// The indicator of a lower plan that fills it.
    pub from_result: Option<FromResult>,
}

/// What a row is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowWords {
    /// Number shown in front.
    pub number: String,
    /// Label; `{ten}` and `{han}` are filled in repeated rows.
    pub label: String,
    /// What it counts and where the figures come from, a line below the label.
    pub hint: Option<String>,
    /// What is counted.
    pub unit: Option<String>,
}

impl RowWords {
    /// What is counted in the row.
    pub fn measure<'a>(&'a self, table: &'a PlannedTable) -> Option<&'a str> {
        self.unit.as_ref().or(table.unit.as_ref()).map(String::as_str)
    }
}

impl PlannedRow {
    /// What the plan says of it to rules.
    pub fn figures(&self) -> &'static [RowFigure] {
        match (&self.reference, &self.ceiling) {
            (None, None) => &[],
            (Some(_), None) => &[RowFigure::Reference],
            (None, Some(_)) => &[RowFigure::Ceiling],
            (Some(_), Some(_)) => &RowFigure::ALL,
        }
    }

    /// What its cell in a column of its table holds in a report that is due on the day.
    pub fn kind_in(&self, table: &PlannedTable, column: &PlannedColumn, day: NaiveDate) -> FieldKind {
        let measure = self.words.on(day).measure(table);
        self.kind.as_ref().unwrap_or(&column.kind).clone().given_in(measure)
    }
}

/// A reference figure for a denominator, used only for bounds.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The column it stands for.
    pub column: ColumnId,
    /// How it is computed from the roster.
    pub basis: ReferenceBasis,
}

/// How a reference figure is computed from the roster.
#[derive(Debug, Clone, Copy)]
pub enum ReferenceBasis {
    /// Share of the unit's reference population.
    PopulationShare(Decimal),
    /// So many per commune.
    PerCommune(Decimal),
    /// So many per commune of a unit that has communes; of one that has none, a share of its reference population.
    PerCommuneElseShare(Decimal, Decimal),
}

impl ReferenceBasis {
    /// The one way it is computed for a unit.
    #[must_use]
    pub fn for_unit(self, unit: &Unit) -> Self {
        match self {
            ReferenceBasis::PerCommuneElseShare(each, _) if !unit.communes.is_empty() => {
                ReferenceBasis::PerCommune(each)
            }
            ReferenceBasis::PerCommuneElseShare(_, share) => ReferenceBasis::PopulationShare(share),
            other => other,
        }
    }
}

/// A table as the superior body lays it out, filled from the year's results; who reports and who signs is in the frame.
#[derive(Debug, Clone)]
pub struct SuperiorForm {
    /// Name of its sheet.
    pub tab: String,
    /// Number of the form, in its upper right corner; may be empty.
    pub number: String,
    /// Title; `{nam}`, `{cap}` and `{mot}` are filled in.
    pub title: String,
    /// Note under it, may be empty.
    pub note: String,
    /// Columns behind number, name and unit of measure.
    pub columns: Vec<SuperiorColumn>,
    /// Rows.
    pub rows: Vec<SuperiorRow>,
}

/// Where somebody signs.
#[derive(Debug, Clone)]
pub struct SuperiorSignature {
    /// Lines of authority and post.
    pub title: Vec<String>,
    /// What is asked for, in small letters; may be empty.
    pub hint: String,
    /// Name, may be empty.
    pub name: String,
}

/// A column of figures.
#[derive(Debug, Clone)]
pub struct SuperiorColumn {
    /// Head.
    pub title: String,
    /// Head above it, shared with its neighbours.
    pub over: Option<String>,
    /// What it shows.
    pub shows: SuperiorFigure,
    /// Relative width.
    pub width: f32,
}

/// What a column shows of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SuperiorFigure {
    /// All there are.
    Whole,
    /// Those that reached it.
    Part,
    /// Part of whole in percent.
    Percent,
    /// The plan's target in percent.
    Target,
    /// Last year's result in percent.
    LastYear,
    /// What the figures say about the target.
    Verdict,
    /// Who has not given the figures.
    Lacking,
    /// Left to be filled in by hand.
    Blank,
}

/// A row.
#[derive(Debug, Clone)]
pub struct SuperiorRow {
    /// Number in front.
    pub number: String,
    /// Name.
    pub label: String,
    /// What is counted.
    pub unit: String,
    /// Where its figures come from.
    pub from: SuperiorSource,
    /// The days on which reports that have it are due.
    pub validity: Validity,
}

/// Where a row's figures come from.
#[derive(Debug, Clone)]
pub enum SuperiorSource {
    /// A heading has none.
    Heading,
    /// An indicator; the row is left out in years without it.
    Indicator(IndicatorId),
    /// The sums of two fields over all units.
    Fields {
        /// All there are.
        whole: Option<FieldId>,
        /// Those that reached it.
        part: Option<FieldId>,
    },
    /// The units that hold a status, of all that are asked for it.
    Status(FieldId),
}
