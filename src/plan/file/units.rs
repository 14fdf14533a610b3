//! The file of reporting units as TOML mirrors it.

use super::{Spanned, Text};
use crate::domain::ChangeKind;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::plan) struct UnitsFile {
    #[serde(rename = "unit")]
    pub units: Vec<UnitFile>,
    #[serde(rename = "change", default)]
    pub changes: Vec<ChangeFile>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::plan) struct ChangeFile {
    pub date: Text,
    pub kind: Spanned<ChangeKind>,
    pub from: Vec<Text>,
    #[serde(default)]
    pub to: Vec<Text>,
    pub act: Text,
    pub note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::plan) struct UnitFile {
    pub code: Text,
    pub name: Text,
    pub short: String,
    pub kind: String,
    pub level: Text,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub former_codes: Vec<Text>,
    pub population: Option<u64>,
    pub population_year: Option<Spanned<i32>>,
    pub population_note: Option<String>,
    #[serde(default)]
    pub communes: Vec<CommunesFile>,
    pub tile: Option<(u32, u32)>,
    pub valid_from: Text,
    pub valid_to: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::plan) struct CommunesFile {
    pub from: Text,
    pub count: u32,
}
