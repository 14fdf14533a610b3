//! What the plan files say of targets.

use super::{Spanned, Text};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Percentages by year.
pub(in crate::plan) type TargetsFile = Spanned<BTreeMap<String, Text>>;

/// Which targets are worded with “about”: all or none, or those of some years.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(untagged)]
pub(in crate::plan) enum ApproximateFile {
    All(bool),
    Years(Vec<i32>),
}

/// Which results of an indicator are the better ones.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(in crate::plan) enum BetterFile {
    Higher,
    Lower,
}

/// A later decision about targets.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::plan) struct RevisedFile {
    pub from: Text,
    pub act: Text,
    pub targets: Option<TargetsFile>,
    pub approximate: Option<Spanned<ApproximateFile>>,
    pub national: Option<TargetsFile>,
}

/// The targets of the nation.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::plan) struct NationalFile {
    pub act: Text,
}
