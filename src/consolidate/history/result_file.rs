//! The shape of `ket-qua-xhht-Y.json`, schema `xhht/ket-qua/2`: written by `output::json`, read back as history.
//!
//! Version 1 had the figures of the indicators only, not what the units reported field by field (`values`); it is still
//! read.
//!
//! Other programs rely on the keys and their order: change them only with the version. What is not read back may be absent
//! when reading, so that a file from elsewhere that holds the results is enough.

use super::value::ValuePart;
use crate::domain::{FieldId, UnitCode, Year};
use chrono::NaiveDate;
use ecow::EcoString;
use rust_decimal::Decimal;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name and version of the shape.
pub const SCHEMA: &str = "xhht/ket-qua/2";
/// Names of the versions before it that can be read.
pub const OLDER: [&str; 1] = ["xhht/ket-qua/1"];

/// What every name of a result file begins with.
pub const NAMED: &str = "ket-qua-xhht-";

/// Name of a year's result file.
pub fn file_name(year: Year) -> String {
    format!("{NAMED}{year}.json")
}

/// What a unit reported, by field.
pub type ReadValues = BTreeMap<FieldId, ValuePart>;

/// The whole file. Waivers, corrections and findings are of types of their own: nobody reads them back. The values of the
/// units are written from where they are, without a copy.
#[derive(Debug, Serialize, Deserialize)]
pub struct ResultFile<Waivers, Corrections, Findings, Values = ReadValues, Series = IgnoredAny> {
    /// [`SCHEMA`].
    pub schema: EcoString,
    /// The plan the results belong to.
    pub plan: PlanPart,
    /// Report year.
    pub year: Year,
    /// The day the figures stand at.
    #[serde(default)]
    pub as_of: NaiveDate,
    /// The program.
    #[serde(default)]
    pub tool: ToolPart,
    /// Units of the roster.
    #[serde(default = "Vec::new")]
    pub units: Vec<UnitPart<Values>>,
    /// Results in the plan's order.
    pub indicators: Vec<IndicatorPart>,
    /// What is known of all years up to this one, where anything is; nobody reads it back.
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub series: Option<Series>,
    /// What became of every filled input cell.
    #[serde(default)]
    pub ledger: LedgerPart,
    /// Findings that are accepted.
    #[serde(default)]
    pub waivers: Waivers,
    /// Figures that were settled.
    #[serde(default)]
    pub corrections: Corrections,
    /// Everything that was found.
    #[serde(default)]
    pub findings: Findings,
    /// How the files of the run were asked for, where it was not the usual way.
    #[serde(default, skip_serializing_if = "AskedPart::is_usual")]
    pub asked: AskedPart,
    /// The other files of the run.
    #[serde(default)]
    pub outputs: Vec<OutputFile>,
}

/// How the files of a run were asked for: who writes them again asks the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedPart {
    /// Whether the brief has a sheet for each unit.
    #[serde(default)]
    pub unit_sheets: bool,
    /// The letter's own day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter_date: Option<NaiveDate>,
}

impl AskedPart {
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// A plan.
#[derive(Debug, Serialize, Deserialize)]
pub struct PlanPart {
    /// Id.
    pub id: String,
    /// Version.
    #[serde(default)]
    pub version: String,
    /// Hash of its files.
    #[serde(default)]
    pub sha256: String,
}

/// A program.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct ToolPart {
    /// Version.
    pub version: EcoString,
}

/// A unit of the roster.
#[derive(Debug, Serialize, Deserialize)]
pub struct UnitPart<Values = ReadValues> {
    /// Code.
    pub code: UnitCode,
    /// Name.
    pub name: String,
    /// What kind of unit it is, in the plan's words.
    pub kind: String,
    /// How it stands.
    pub status: EcoString,
    /// Files it sent.
    pub files: Vec<FilePart>,
    /// Every value it reported that is used; none from a file of version 1.
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub values: Option<Values>,
}

fn none<T>() -> Option<T> {
    None
}

/// A file that a unit sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct FilePart {
    /// Path as the outputs name it.
    pub path: EcoString,
    /// SHA-256 of its content.
    pub sha256: EcoString,
    /// Whether its figures are used.
    pub chosen: bool,
}

/// The result of an indicator. Numbers are exact; percentages are rounded half-up to ten places.
#[derive(Debug, Serialize, Deserialize)]
pub struct IndicatorPart {
    /// Number in the plan.
    pub id: String,
    /// Numerator.
    #[serde(default)]
    pub numerator: Decimal,
    /// Denominator.
    #[serde(default)]
    pub denominator: Decimal,
    /// Result in percent.
    pub percent: Option<Decimal>,
    /// Which results are the better ones, in the words of [`crate::domain::Direction::code`]; left out where the higher are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub better: Option<EcoString>,
    /// Lowest possible result; none where there is nothing to judge by.
    pub lower: Option<Decimal>,
    /// Highest possible result.
    pub upper: Option<Decimal>,
    /// Target in percent.
    pub target: Option<Decimal>,
    /// Whose it is, in the words of [`crate::domain::TargetSource::code`].
    #[serde(default)]
    pub target_source: Option<EcoString>,
    /// The later decision that set it.
    #[serde(default)]
    pub target_act: Option<EcoString>,
    /// The nation's target in percent.
    #[serde(default)]
    pub national_target: Option<Decimal>,
    /// What the nation's is counted over, where that is not what the plan counts.
    #[serde(default)]
    pub national_counted: Option<EcoString>,
    /// Numerator needed for it.
    pub needed: Option<Decimal>,
    /// Verdict, in the words of [`crate::consolidate::Verdict::code`].
    #[serde(default)]
    pub verdict: EcoString,
    /// What a reader must know of the figures, in the words of [`crate::consolidate::Flag::code`].
    #[serde(default)]
    pub flags: Vec<EcoString>,
    /// How the result compares with last year's.
    #[serde(default)]
    pub comparison: ComparisonPart,
    /// Denominators that are assumed for units that did not report them.
    #[serde(default)]
    pub assumed: Vec<AssumedPart>,
    /// How many gave the figure.
    #[serde(default)]
    pub coverage: CoveragePart,
    /// Results by the unit they are about.
    pub by_unit: Vec<UnitFigurePart>,
}

/// How a result compares with last year's: both in percent, over the same units.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct ComparisonPart {
    /// In the words of [`crate::consolidate::Comparison::code`].
    pub kind: EcoString,
    /// Last year.
    pub before: Option<Decimal>,
    /// This year.
    pub now: Option<Decimal>,
    /// How many units, where they are not all.
    pub units: Option<usize>,
}

/// A denominator that is assumed because nobody reported it.
#[derive(Debug, Serialize, Deserialize)]
pub struct AssumedPart {
    /// Who owes it.
    pub unit: UnitCode,
    /// The field it would stand in.
    pub field: EcoString,
    /// The figure as its source has it.
    pub figure: Decimal,
    /// The most the true figure can be within the plan's assumptions.
    pub highest: Decimal,
    /// Where it is from, in the words of [`crate::consolidate::ReferenceSource::code`].
    pub source: EcoString,
    /// The year of the report it is from.
    pub year: Option<Year>,
}

/// How many gave a figure of how many who owe it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct CoveragePart {
    /// Those who gave it.
    pub reported: usize,
    /// Those who owe it.
    pub expected: usize,
}

/// A unit's figure.
#[derive(Debug, Serialize, Deserialize)]
pub struct UnitFigurePart {
    /// Unit.
    pub unit: UnitCode,
    /// Numerator.
    pub numerator: Option<Decimal>,
    /// Denominator.
    pub denominator: Option<Decimal>,
    /// Share in percent.
    pub percent: Option<Decimal>,
    /// How it stands, in the words of [`crate::consolidate::UnitFigure::code`].
    #[serde(default)]
    pub status: EcoString,
}

/// What became of every filled input cell.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct LedgerPart {
    /// Filled.
    pub filled: usize,
    /// In the result.
    pub used: usize,
    /// In older versions.
    pub superseded: usize,
    /// Kept out by a finding.
    pub rejected: usize,
    /// Saying nothing that could be used.
    pub ignored: usize,
}

/// An output file written beside the result.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutputFile {
    /// Path inside the output folder.
    pub path: String,
    /// SHA-256 of its content, lower-case hexadecimal.
    pub sha256: String,
}

/// The other files of a run.
#[derive(Debug, Clone, Default)]
pub struct WrittenFiles {
    /// How they were asked for.
    pub asked: AskedPart,
    /// The files.
    pub outputs: Vec<OutputFile>,
}

impl WrittenFiles {
    /// Reads them from a result file of any version; `None` when it is none.
    pub fn read(json: &[u8]) -> Option<Self> {
        /// What every version of the shape says of them.
        #[derive(Deserialize)]
        struct Told {
            schema: String,
            #[serde(default)]
            asked: AskedPart,
            outputs: Vec<OutputFile>,
        }
        let Told { schema, asked, outputs } = serde_json::from_slice(json).ok()?;
        schema.starts_with("xhht/ket-qua/").then_some(WrittenFiles { asked, outputs })
    }
}
