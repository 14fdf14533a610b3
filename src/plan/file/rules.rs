//! What the rules file says.

use super::{Spanned, Text};
use crate::finding::Severity;
use crate::plan::rule::Against;
use serde::Deserialize;

/// The rules file.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::plan) struct RulesFile {
    #[serde(rename = "rule", default)]
    pub rules: Vec<RuleFile>,
}

/// What becomes of a rule when values are missing.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(in crate::plan) enum WhenMissing {
    #[default]
    SkipIfAny,
    SkipIfAll,
    NeverSkip,
}

impl From<WhenMissing> for ::rule::WhenMissing {
    fn from(written: WhenMissing) -> Self {
        match written {
            WhenMissing::SkipIfAny => ::rule::WhenMissing::SkipIfAny,
            WhenMissing::SkipIfAll => ::rule::WhenMissing::SkipIfAll,
            WhenMissing::NeverSkip => ::rule::WhenMissing::NeverSkip,
        }
    }
}

/// A rule.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::plan) struct RuleFile {
    pub code: Text,
    pub title: String,
    pub says: Option<Text>,
    pub severity: Spanned<Severity>,
    #[serde(default)]
    pub trial: bool,
    #[serde(default)]
    pub missing: WhenMissing,
    pub test: Text,
    #[serde(default)]
    pub tables: Vec<Text>,
    #[serde(default)]
    pub rows: Vec<Text>,
    pub at: Option<Text>,
    pub keeps_out: Option<Vec<Text>>,
    #[serde(default)]
    pub informative: bool,
    pub quantity: Option<Text>,
    pub against: Option<Against>,
    pub message: Text,
    pub cure: Text,
    pub meaning: Option<String>,
    pub cause: Option<String>,
    pub example: Option<String>,
    pub valid_from: Option<Text>,
    pub valid_to: Option<Text>,
}
