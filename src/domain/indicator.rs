//! Indicators: what the plan promises and out of which figures it is computed.

use super::{FieldId, LevelId, Percent, Unit, UnitCode, Validity, Year};
use std::collections::BTreeMap;
use std::fmt;

/// The id of an indicator as the plan numbers it, for example `1.1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndicatorId(pub String);

impl fmt::Display for IndicatorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who reports a figure: every unit of a level, or one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reporter {
    /// Each unit of the level.
    Level(LevelId),
    /// This unit alone.
    Unit(UnitCode),
}

impl Reporter {
    /// Whether the unit is one of them.
    pub fn includes(&self, unit: &Unit) -> bool {
        match self {
            Reporter::Level(level) => unit.level == *level,
            Reporter::Unit(code) => unit.code == *code,
        }
    }
}

/// One pair of fields of a ratio and who fills it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Who fills it.
    pub from: Reporter,
    /// Field of the numerator.
    pub numerator: FieldId,
    /// Field of the denominator.
    pub denominator: FieldId,
}

/// How an indicator is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndicatorKind {
    /// Σ numerators / Σ denominators over all who report both.
    Ratio {
        /// The pairs that are added.
        parts: Vec<Part>,
    },
    /// Units holding a status / units of the level on the roster.
    ShareOfUnits {
        /// The level that is counted.
        over: LevelId,
        /// Who says whether a unit holds the status: the unit itself, or one unit for all.
        from: Reporter,
        /// The yes/no field.
        status: StatusField,
    },
    /// A ratio that one unit reports for the whole province.
    ProvinceFigure {
        /// The pair and its reporter.
        part: Part,
    },
}

/// The yes/no field that says of a unit whether it holds a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusField {
    /// One field, in the form of every unit that answers for itself.
    Own(FieldId),
    /// A row for each unit, in the form of the one that answers for all.
    ForEachUnit {
        /// Id of the row that is repeated.
        row: String,
        /// Id of the column.
        column: String,
    },
}

impl StatusField {
    /// Reads `row.column`, or `row.{unit}.column` with `{unit}` in place of each unit's code; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if !text.contains("{unit}") {
            return FieldId::parse(text).ok().map(StatusField::Own);
        }
        let (row, column) = text.split_once(".{unit}.")?;
        let is_id = |part: &str| FieldId::parse(part).is_ok() && !part.contains('.');
        (is_id(row) && is_id(column))
            .then(|| StatusField::ForEachUnit { row: row.to_owned(), column: column.to_owned() })
    }

    /// The field that speaks of a unit.
    pub fn about(&self, unit: &UnitCode) -> FieldId {
        match self {
            StatusField::Own(field) => field.clone(),
            StatusField::ForEachUnit { row, column } => {
                FieldId::of_cell(&format!("{row}.{}", unit.as_str().to_lowercase()), column)
            }
        }
    }
}

/// An indicator of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Number in the plan.
    pub id: IndicatorId,
    /// Group it belongs to.
    pub group: String,
    /// Official wording, without the figure.
    pub title: String,
    /// A few words for table heads and charts.
    pub short_title: String,
    /// Who owns the data.
    pub owners: Vec<Reporter>,
    /// What is counted, for example “người”.
    pub counted: String,
    /// Whether the plan says “about” (khoảng).
    pub approximate: bool,
    /// How it is computed.
    pub kind: IndicatorKind,
    /// Targets in percent by year: milestones and, where the plan gives them, years between.
    pub targets: BTreeMap<Year, Percent>,
    /// Year and percentage the trajectory starts from, where the plan gives them.
    pub baseline: Option<(Year, Percent)>,
    /// First report year in which a standard exists to be judged by.
    pub standard_since: Option<Year>,
    /// Reporting years in which the indicator is asked for.
    pub validity: Validity,
}

impl Indicator {
    /// The target that a year is judged by: its own, else that of the next year that has one.
    pub fn target_for(&self, year: Year) -> Option<(Year, Percent)> {
        self.targets.range(year..).next().map(|(y, t)| (*y, *t))
    }
}
