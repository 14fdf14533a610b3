//! The file of reporting units as TOML mirrors it.

use super::{Spanned, Text};
use crate::domain::ChangeKind;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::plan) struct UnitsFile {
    #[serde(rename = "agency", default)]
    pub agencies: Vec<AgencyFile>,
    #[serde(rename = "unit", default)]
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
    pub short: Option<String>,
    pub kind: Option<String>,
    pub level: Text,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub former_codes: Vec<Text>,
    #[serde(default)]
    pub plans: Vec<Text>,
    pub population: Option<u64>,
    pub population_year: Option<Spanned<i32>>,
    pub population_note: Option<String>,
    #[serde(default)]
    pub communes: Vec<CommunesFile>,
    pub tile: Option<(u32, u32)>,
    pub contact: Option<ContactFile>,
    pub valid_from: Option<Text>,
    pub valid_to: Option<Text>,
}

/// A body in one line.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::plan) struct AgencyFile {
    pub code: Text,
    pub name: Text,
    pub short: Option<String>,
    pub kind: Option<String>,
    pub level: Option<Text>,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub contact: Option<ContactFile>,
    pub valid_from: Option<Text>,
    pub valid_to: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::plan) struct ContactFile {
    pub name: Option<Text>,
    pub phone: Option<Text>,
    pub email: Option<Text>,
}

impl AgencyFile {
    /// The unit it is: one of `level` unless it says another.
    pub fn into_unit(self, level: &str) -> UnitFile {
        let level = self.level.unwrap_or_else(|| Spanned::at_place_of(&self.code, level.to_owned()));
        UnitFile {
            code: self.code,
            name: self.name,
            short: self.short,
            kind: self.kind,
            level,
            aliases: self.aliases,
            former_codes: Vec::new(),
            plans: Vec::new(),
            population: None,
            population_year: None,
            population_note: None,
            communes: Vec::new(),
            tile: None,
            contact: self.contact,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
        }
    }
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::plan) struct CommunesFile {
    pub from: Text,
    pub count: u32,
}
