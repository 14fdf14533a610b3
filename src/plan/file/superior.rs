//! The table the superior body asks for.

use super::Text;
use crate::plan::sheet::SuperiorFigure;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::plan) struct SuperiorFormFile {
    pub tab: String,
    #[serde(default)]
    pub number: String,
    #[serde(default)]
    pub agency: Vec<String>,
    pub title: String,
    #[serde(default)]
    pub note: String,
    #[serde(rename = "signature", default)]
    pub signatures: Vec<SuperiorSignatureFile>,
    #[serde(rename = "column")]
    pub columns: Vec<SuperiorColumnFile>,
    #[serde(rename = "row")]
    pub rows: Vec<SuperiorRowFile>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::plan) struct SuperiorSignatureFile {
    pub title: Vec<String>,
    #[serde(default)]
    pub hint: String,
    #[serde(default)]
    pub name: String,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::plan) struct SuperiorColumnFile {
    pub title: String,
    pub over: Option<String>,
    pub shows: SuperiorFigure,
    pub width: f32,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::plan) struct SuperiorRowFile {
    #[serde(default)]
    pub number: String,
    pub label: Option<String>,
    #[serde(default)]
    pub unit: String,
    pub indicator: Option<Text>,
    pub whole: Option<Text>,
    pub part: Option<Text>,
    pub status: Option<Text>,
    pub valid_from: Option<Text>,
    pub valid_to: Option<Text>,
}
