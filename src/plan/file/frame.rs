//! What stands around the figures, what takes its place from a day on, and the plans before this one.

use super::{SuperiorSignatureFile, Text, yes};
use crate::plan::{Annex, FontChoice};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::plan) struct LetterFile {
    pub superior: Option<String>,
    pub issuer: String,
    pub symbol: String,
    pub place: String,
    pub subject: String,
    #[serde(default)]
    pub review_subjects: BTreeMap<String, Text>,
    pub addressee: String,
    pub secretariat: String,
    pub authority: Vec<String>,
    #[serde(default)]
    pub signer: String,
    pub recipients: Vec<String>,
    #[serde(default = "Annex::usual")]
    pub annexes: Vec<Annex>,
    #[serde(default)]
    pub font: FontChoice,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::plan) struct CoverLetterFile {
    pub issuer: Text,
    pub symbol: String,
    pub subject: String,
    pub authority: Vec<String>,
    #[serde(default)]
    pub signer: String,
    pub recipients: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::plan) struct LaterFile {
    pub from: Text,
    pub act: Text,
    pub note: Option<String>,
    pub title: Option<String>,
    pub scheme: Option<Text>,
    pub province: Option<String>,
    #[serde(default)]
    pub letter: LaterLetterFile,
    #[serde(default)]
    pub superior_form: LaterSuperiorFormFile,
}

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::plan) struct LaterLetterFile {
    pub superior: Option<String>,
    pub issuer: Option<String>,
    pub symbol: Option<String>,
    pub place: Option<String>,
    pub subject: Option<String>,
    pub review_subjects: Option<BTreeMap<String, Text>>,
    pub addressee: Option<String>,
    pub secretariat: Option<String>,
    pub authority: Option<Vec<String>>,
    pub signer: Option<String>,
    pub recipients: Option<Vec<String>>,
    pub annexes: Option<Vec<Annex>>,
}

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::plan) struct LaterSuperiorFormFile {
    pub agency: Option<Vec<String>>,
    #[serde(rename = "signature")]
    pub signatures: Option<Vec<SuperiorSignatureFile>>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::plan) struct PredecessorFile {
    pub id: Option<Text>,
    pub name: Text,
    pub until: Option<Text>,
    #[serde(default = "yes")]
    pub history: bool,
}
