//! Indicators: what the plan promises and out of which figures it is computed.

use super::{
    ColumnId, Dated, Direction, FieldId, LevelId, Percent, RowCode, RowId, Targets, UnitCode, Validity, Year,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The id of an indicator as the plan numbers it, for example `1.1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IndicatorId(pub String);

impl IndicatorId {
    /// What stands before the last part of its number, which it shares with others: the 1 of 1.1 and 1.2.
    pub fn family(&self) -> Option<&str> {
        self.0.rsplit_once('.').map(|(family, _)| family)
    }
}

impl fmt::Display for IndicatorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// On whom a figure is laid: every unit of a level, or one unit. Who reports it in a year is asked of the plan, for bodies
/// end and others take over ([`crate::plan::Plan::is_asked`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reporter {
    /// Each unit of the level.
    Level(LevelId),
    /// This unit alone.
    Unit(UnitCode),
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
        /// The yes/no field that says so.
        status: StatusField,
    },
    /// A ratio that one unit reports for the whole province.
    ProvinceFigure {
        /// The pair and its reporter.
        part: Part,
    },
}

impl IndicatorKind {
    /// Whether units are counted, each of which holds a status or not.
    pub fn is_share_of_units(&self) -> bool {
        matches!(self, IndicatorKind::ShareOfUnits { .. })
    }

    /// Whether units of the level are counted, or each of them reports a part.
    pub fn is_of_level(&self, level: &LevelId) -> bool {
        let from_level = |part: &Part| matches!(&part.from, Reporter::Level(from) if from == level);
        match self {
            IndicatorKind::Ratio { parts } => parts.iter().any(from_level),
            IndicatorKind::ShareOfUnits { over, .. } => over == level,
            IndicatorKind::ProvinceFigure { .. } => false,
        }
    }

    /// Whether a figure of the field goes into it.
    pub fn is_made_from(&self, field: &FieldId) -> bool {
        let has = |part: &Part| part.numerator == *field || part.denominator == *field;
        match self {
            IndicatorKind::Ratio { parts } => parts.iter().any(has),
            IndicatorKind::ProvinceFigure { part } => has(part),
            IndicatorKind::ShareOfUnits { status: StatusField::Own(own), .. } => own == field,
            IndicatorKind::ShareOfUnits { status: StatusField::ForEachUnit { row, column }, .. } => {
                field.row_and_column().is_some_and(|(code, of)| of == *column && code.repeats(row))
            }
        }
    }
}

/// The yes/no field that says whether a unit holds a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusField {
    /// Every unit answers for itself, in this field.
    Own(FieldId),
    /// One unit answers for all, each in a row of its own.
    ForEachUnit {
        /// The row that repeats.
        row: RowId,
        /// The column of the answer.
        column: ColumnId,
    },
}

impl StatusField {
    /// What stands in the plan's files in place of a unit's code.
    const UNIT: &str = "{unit}";

    /// Reads it as the plan writes it: `nltt.dat`, or `huyen_ht.{unit}.dat` for a field for each unit. `None` when it is
    /// neither.
    pub fn parse(text: &str) -> Option<Self> {
        if !StatusField::is_for_each_unit(text) {
            return FieldId::parse(text).ok().map(StatusField::Own);
        }
        let [row, StatusField::UNIT, column] = text.split('.').collect::<Vec<_>>()[..] else { return None };
        let is_segment = |text: &str| FieldId::parse(text).is_ok();
        (is_segment(row) && is_segment(column))
            .then(|| StatusField::ForEachUnit { row: RowId::new(row), column: ColumnId::new(column) })
    }

    /// Whether a text of the plan's files speaks of a field for each unit.
    pub fn is_for_each_unit(text: &str) -> bool {
        text.contains(StatusField::UNIT)
    }

    /// The row it stands in.
    pub fn row(&self) -> Option<RowId> {
        match self {
            StatusField::Own(field) => field.row_and_column().map(|(row, _)| row.row()),
            StatusField::ForEachUnit { row, .. } => Some(row.clone()),
        }
    }

    /// The field that speaks of a unit.
    pub fn for_unit(&self, unit: &UnitCode) -> FieldId {
        match self {
            StatusField::Own(field) => field.clone(),
            StatusField::ForEachUnit { row, column } => FieldId::new(&RowCode::for_unit(row, unit), column),
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
    /// What it is called from day to day: official wording and a few words.
    pub words: Dated<(String, String)>,
    /// Who owns the data.
    pub owners: Vec<Reporter>,
    /// What is counted, for example “người”.
    pub counted: String,
    /// How it is computed.
    pub kind: IndicatorKind,
    /// Which of its results are the better ones.
    pub direction: Direction,
    /// What it promises.
    pub targets: Targets,
    /// Year and percentage the trajectory starts from, where the plan gives them.
    pub baseline: Option<(Year, Percent)>,
    /// First report year in which a standard exists to be judged by.
    pub standard_since: Option<Year>,
    /// First report year of the definition that it has now, where it had another before: the series breaks there.
    pub definition_since: Option<Year>,
    /// How the result is made, where a reader of the report must know.
    pub made_of: Option<String>,
    /// Reporting years in which the indicator is asked for.
    pub validity: Validity,
}

impl Indicator {
    /// The target that a year is judged by and the year it is set for; `None` where it is open.
    pub fn target_for(&self, year: Year) -> Option<(Year, Percent)> {
        self.targets.of(year)
    }

    /// Whether the year is one for which the plan knows no standard yet.
    pub fn is_before_standard(&self, year: Year) -> bool {
        self.standard_since.is_some_and(|since| year < since)
    }

    /// Whether results of the two years are of different definitions.
    pub fn is_redefined_between(&self, earlier: Year, later: Year) -> bool {
        self.definition_since.is_some_and(|since| earlier < since && since <= later)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_told_in_one_field_or_in_one_for_each_unit() {
        let unit = UnitCode("794".into());
        let own = StatusField::parse("htcd.dat").unwrap();
        assert_eq!(own.for_unit(&unit).as_str(), "htcd.dat");

        let for_each = StatusField::parse("huyen_ht.{unit}.dat").unwrap();
        assert_eq!(for_each.for_unit(&unit).as_str(), "huyen_ht.794.dat");
        for wrong in ["{unit}.dat", "huyen_ht.x{unit}.dat", "huyen_ht.{unit}.a.dat", "Huyện.{unit}.dat"] {
            assert_eq!(StatusField::parse(wrong), None, "{wrong}");
        }
    }
}
