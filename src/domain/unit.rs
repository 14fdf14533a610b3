//! Reporting units and the levels they belong to.

use super::Validity;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The code of a reporting unit, ASCII, for example `794` or `SGDDT`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitCode(pub String);

impl UnitCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The id of a level of reporting units, for example `huyen`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LevelId(pub String);

/// A level of reporting units: the districts, or the departments and associations. Its name is the plan's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Id used in the plan.
    pub id: LevelId,
    /// How a sentence names such units, for example “huyện, thị xã, thành phố”.
    pub name: String,
    /// Heading for a list of them, for example “Các huyện, thị xã, thành phố”.
    pub title: String,
}

/// A reporting unit during one span of its life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Code; together with the first day of validity it identifies the unit, for codes are reused.
    pub code: UnitCode,
    /// Official name, for example “huyện Tân Hưng”.
    pub name: String,
    /// Name in tables, for example “Tân Hưng”.
    pub short_name: String,
    /// Kind as the plan words it, for example “thị xã”.
    pub kind: String,
    /// Level.
    pub level: LevelId,
    /// Other ways senders write the name.
    pub aliases: Vec<String>,
    /// Reference population, people; used only for bounds when the unit is missing.
    pub population: Option<u64>,
    /// Number of communes from a day on, in order of days.
    pub communes: Vec<(NaiveDate, u32)>,
    /// When it exists.
    pub validity: Validity,
}

impl Unit {
    /// How many communes the unit has on a day, where the plan says so.
    pub fn communes_on(&self, day: NaiveDate) -> Option<u32> {
        self.communes.iter().rev().find(|(from, _)| *from <= day).map(|(_, count)| *count)
    }
}
