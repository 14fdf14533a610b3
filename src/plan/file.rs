//! The plan files as TOML mirrors them; nothing here leaves `plan/`.

mod frame;
mod rules;
mod superior;
mod targets;
mod units;

pub(super) use frame::{CoverLetterFile, LaterFile, LaterLetterFile, LetterFile, PredecessorFile};
pub(super) use rules::{RuleFile, RulesFile};
pub(super) use superior::{SuperiorFormFile, SuperiorRowFile, SuperiorSignatureFile};
pub(super) use targets::{ApproximateFile, BetterFile, NationalFile, RevisedFile, TargetsFile};
pub(super) use units::{ChangeFile, CommunesFile, ContactFile, UnitsFile};

use super::from_result::ResultPart;
use crate::domain::{ColumnRole, Meaning};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// A value and where it stands. Ours around the library's own, so that the schema of the plan files, which the tests
/// derive from these types, sees through it.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub(super) struct Spanned<T>(toml::Spanned<T>);

impl<T> Spanned<T> {
    /// A value that the file does not write, told of where another one stands.
    pub fn at_place_of<Other>(other: &Spanned<Other>, value: T) -> Self {
        Spanned(toml::Spanned::new(other.span(), value))
    }

    /// Bytes of the file it takes.
    pub fn span(&self) -> Range<usize> {
        self.0.span()
    }

    /// The value.
    pub fn get_ref(&self) -> &T {
        self.0.get_ref()
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.0.into_inner()
    }
}

type Text = Spanned<String>;

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct PlanFile {
    pub schema: Text,
    pub id: Text,
    pub version: Text,
    pub title: String,
    pub scheme: Option<Text>,
    pub province: String,
    pub first_year: i32,
    pub last_year: i32,
    pub milestones: Vec<i32>,
    pub reviews: Option<Vec<i32>>,
    pub report_date: Text,
    pub utc_offset: Option<Text>,
    /// Which file is which is asked of the table itself, so that they are read even where the plan is broken.
    pub files: Files,
    pub due: Spanned<DueFile>,
    #[serde(default)]
    pub references: ReferencesFile,
    #[serde(default)]
    pub report: ReportFile,
    pub letter: LetterFile,
    pub cover_letter: Option<CoverLetterFile>,
    pub national: Option<NationalFile>,
    #[serde(rename = "level")]
    pub levels: Vec<LevelFile>,
    #[serde(rename = "group")]
    pub groups: Vec<GroupFile>,
    #[serde(rename = "indicator")]
    pub indicators: Vec<IndicatorFile>,
    #[serde(rename = "task-group", default)]
    pub task_groups: Vec<TaskGroupFile>,
    #[serde(rename = "key-task", default)]
    pub key_tasks: Vec<KeyTaskFile>,
    pub superior_form: Option<SuperiorFormFile>,
    #[serde(default)]
    pub later: Vec<LaterFile>,
    #[serde(rename = "predecessor", default)]
    pub predecessors: Vec<PredecessorFile>,
}

impl PlanFile {
    /// The first day of the plan.
    pub fn first_day(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.first_year, 1, 1).unwrap_or(NaiveDate::MIN)
    }
}

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ReferencesFile {
    pub population_year: Option<Spanned<i32>>,
    pub growth: Option<Text>,
    pub band: Option<Text>,
    pub past_band: Option<Text>,
}

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ReportFile {
    #[serde(default)]
    pub name_lowest: bool,
}

fn yes() -> bool {
    true
}

#[allow(dead_code)] // see above
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Files {
    pub units: Text,
    pub form: Text,
    pub report: Text,
    pub rules: Option<Text>,
    pub brief: Option<Text>,
    pub cover_letter: Option<Text>,
    pub unit_sheet: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct DueFile {
    pub month: u32,
    pub day: u32,
}

impl DueFile {
    /// The day in a year; `None` where no month has it.
    pub fn in_year(&self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct LevelFile {
    pub id: Text,
    pub one: Option<String>,
    pub name: Option<String>,
    pub title: Option<String>,
    #[serde(default)]
    pub names: Vec<LevelNameFile>,
    pub communes: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct LevelNameFile {
    pub from: Text,
    pub one: String,
    pub name: String,
    pub title: String,
    pub note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct GroupFile {
    pub id: Text,
    pub title: String,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct IndicatorFile {
    pub id: Text,
    pub group: Text,
    pub title: Text,
    pub short: Text,
    #[serde(default)]
    pub later: Vec<LaterIndicatorFile>,
    pub counted: String,
    pub better: Option<BetterFile>,
    pub owner: Vec<Text>,
    pub approximate: Option<Spanned<ApproximateFile>>,
    pub kind: Spanned<KindFile>,
    pub over: Option<Text>,
    pub from: Option<Text>,
    pub status: Option<Text>,
    #[serde(default)]
    pub parts: Vec<PartFile>,
    pub targets: Option<TargetsFile>,
    pub national: Option<TargetsFile>,
    pub national_counted: Option<Text>,
    #[serde(default)]
    pub revised: Vec<RevisedFile>,
    pub baseline: Option<BaselineFile>,
    pub standard_since: Option<i32>,
    pub definition_since: Option<Spanned<i32>>,
    pub made_of: Option<Text>,
    pub valid_from: Option<Text>,
    pub valid_to: Option<Text>,
}

/// What an indicator is called from a day on; what is not given stays.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct LaterIndicatorFile {
    pub from: Text,
    pub title: Option<Text>,
    pub short: Option<Text>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum KindFile {
    Ratio,
    ShareOfUnits,
    ProvinceFigure,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct PartFile {
    pub from: Text,
    pub numerator: Text,
    pub denominator: Text,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct BaselineFile {
    pub year: i32,
    pub percent: Text,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct TaskGroupFile {
    pub number: Spanned<u32>,
    pub title: String,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct KeyTaskFile {
    pub number: Spanned<u32>,
    pub title: String,
    pub lead: Text,
    pub with: String,
    pub deadline: Text,
    pub deadline_text: String,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct FormFile {
    #[serde(default)]
    pub choices: Vec<ChoicesFile>,
    pub columns: BTreeMap<String, Vec<ColumnFile>>,
    #[serde(rename = "sheet")]
    pub sheets: Vec<SheetFile>,
    #[serde(default)]
    pub renamed: Vec<RenamedFile>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RenamedFile {
    pub from: Text,
    pub to: Text,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ChoicesFile {
    pub id: Text,
    pub items: Vec<ChoiceFile>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ChoiceFile {
    pub text: Text,
    pub means: Meaning,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum KindName {
    Count,
    Decimal,
    Percent,
    Choice,
    Text,
    Date,
}

#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ColumnFile {
    pub id: Text,
    pub title: String,
    #[serde(default)]
    pub later: Vec<LaterTitleFile>,
    pub kind: KindName,
    pub choices: Option<Text>,
    pub role: Option<ColumnRole>,
    #[serde(default)]
    pub required: bool,
    pub compared: Option<bool>,
    #[serde(default = "yes")]
    pub total: bool,
    pub result: Option<Spanned<ResultPart>>,
    pub width: f32,
    #[serde(default)]
    pub tall: bool,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct SheetFile {
    pub id: Text,
    pub tab: Text,
    pub heading: String,
    #[serde(rename = "for")]
    pub audience: Vec<Text>,
    #[serde(default)]
    pub later: Vec<LaterSheetFile>,
    #[serde(rename = "valid-from")]
    pub valid_from: Option<Text>,
    #[serde(rename = "valid-to")]
    pub valid_to: Option<Text>,
    #[serde(rename = "table")]
    pub tables: Vec<TableFile>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct TableFile {
    pub id: Text,
    pub title: String,
    pub columns: Text,
    pub unit: Option<String>,
    pub repeat: Option<Text>,
    #[serde(rename = "for", default)]
    pub audience: Vec<Text>,
    #[serde(default)]
    pub later: Vec<LaterTitleFile>,
    #[serde(rename = "valid-from")]
    pub valid_from: Option<Text>,
    #[serde(rename = "valid-to")]
    pub valid_to: Option<Text>,
    #[serde(rename = "row")]
    pub rows: Vec<RowFile>,
}

/// What a sheet is called from a day on; what is not given stays.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct LaterSheetFile {
    pub from: Text,
    pub tab: Option<Text>,
    pub heading: Option<String>,
}

/// What a table or a column is called from a day on.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct LaterTitleFile {
    pub from: Text,
    pub title: String,
}

/// What a row is called from a day on; what is not given stays.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct LaterRowFile {
    pub from: Text,
    pub number: Option<String>,
    pub label: Option<String>,
    pub hint: Option<String>,
    pub unit: Option<String>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RowFile {
    pub id: Text,
    pub number: Option<String>,
    pub label: String,
    pub hint: Option<String>,
    pub indicator: Option<Text>,
    pub unit: Option<String>,
    pub kind: Option<Spanned<KindName>>,
    pub required: Option<bool>,
    #[serde(default)]
    pub tall: bool,
    #[serde(default)]
    pub informative: bool,
    #[serde(default, rename = "can-be-absent")]
    pub can_be_absent: bool,
    pub reference: Option<ReferenceFile>,
    #[serde(rename = "from-result")]
    pub from_result: Option<FromResultFile>,
    pub ceiling: Option<Text>,
    #[serde(rename = "for", default)]
    pub audience: Vec<Text>,
    #[serde(default)]
    pub later: Vec<LaterRowFile>,
    #[serde(rename = "valid-from")]
    pub valid_from: Option<Text>,
    #[serde(rename = "valid-to")]
    pub valid_to: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ReferenceFile {
    pub column: Text,
    pub population_share: Option<Text>,
    pub per_commune: Option<Text>,
}

/// Which indicator of a lower plan fills a row.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct FromResultFile {
    pub indicator: Text,
    #[serde(default)]
    pub in_plan: BTreeMap<String, Text>,
}

#[cfg(test)]
mod tests;
