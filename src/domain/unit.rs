//! Reporting units and the levels they belong to.

use super::{Dated, Validity, Year};
use chrono::NaiveDate;
use ecow::EcoString;
use serde::{Deserialize, Serialize};
use std::fmt;
use vietnamese::display::capitalised;

/// The code of a reporting unit, ASCII, for example `794` or `SGDDT`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitCode(pub EcoString);

impl UnitCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&UnitCode> for EcoString {
    fn from(code: &UnitCode) -> Self {
        code.0.clone()
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The id of a level of reporting units, for example `dia-ban`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LevelId(pub String);

/// A level of reporting units: the local units, or the departments and associations. Its name is the plan's and changes
/// with time: the local units were districts until the middle of 2025 and have been communes since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Id used in the plan; it outlives every name.
    pub id: LevelId,
    /// What it is called.
    pub names: Dated<LevelName>,
    /// What the smaller units are called that [`Unit::communes`] counts, for example “xã”.
    pub communes: String,
}

/// How a level is named from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelName {
    /// First day.
    pub from: NaiveDate,
    /// What one such unit is called, for example “huyện”.
    pub one: String,
    /// How a sentence names them all, for example “huyện, thị xã, thành phố”.
    pub name: String,
    /// Heading for a list of them, for example “Các huyện, thị xã, thành phố”.
    pub title: String,
    /// What the report says about counting over these units, for example that it began with them.
    pub note: Option<String>,
}

impl Level {
    /// The name in use on a day.
    pub fn named_on(&self, day: NaiveDate) -> &LevelName {
        self.names.on(day)
    }

    /// Every name it ever has.
    pub fn names(&self) -> impl Iterator<Item = &LevelName> {
        self.names.all()
    }
}

impl LevelName {
    /// The text with `{cap}` replaced by the name of all units and `{mot}` by that of one, `{Cap}` and `{Mot}` with a
    /// capital letter, `{CAP}` and `{MOT}` in capitals.
    ///
    /// ```
    /// # use xhht::domain::LevelName;
    /// # let from = chrono::NaiveDate::MIN;
    /// let communes = LevelName { from, one: "xã".into(), name: "xã, phường".into(), title: String::new(), note: None };
    /// assert_eq!(communes.word("{Mot} học tập: các {cap}"), "Xã học tập: các xã, phường");
    /// ```
    pub fn word(&self, text: &str) -> String {
        if !text.contains('{') {
            return text.to_owned();
        }
        text.replace("{cap}", &self.name)
            .replace("{Cap}", &capitalised(&self.name))
            .replace("{CAP}", &self.name.to_uppercase())
            .replace("{mot}", &self.one)
            .replace("{Mot}", &capitalised(&self.one))
            .replace("{MOT}", &self.one.to_uppercase())
    }
}

/// A change of the list of units, with the act it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitChange {
    /// First day it is in force.
    pub date: NaiveDate,
    /// What kind of change.
    pub kind: ChangeKind,
    /// Units that ended the day before; for [`ChangeKind::Note`] units that stay.
    pub from: Vec<UnitCode>,
    /// Units that began on the day; for [`ChangeKind::Handover`] the one that took over and was there on the day.
    pub to: Vec<UnitCode>,
    /// Legal act.
    pub act: String,
    /// What else there is to say.
    pub note: Option<String>,
}

/// What kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// Several units became one.
    Merge,
    /// One unit became several.
    Split,
    /// One unit got another name or code; its boundaries stayed.
    Rename,
    /// Units ended; others may have taken their place with other boundaries.
    End,
    /// Bodies ended and another one, which may have been there before, goes on with what they were to report.
    Handover,
    /// Something changed within units that stay.
    Note,
}

impl ChangeKind {
    /// Whether one unit goes on with what those that end were to report.
    pub fn passes_on(self) -> bool {
        matches!(self, ChangeKind::Handover | ChangeKind::Merge | ChangeKind::Rename)
    }
}

/// A reporting unit during one span of its life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Code; together with the first day of validity it identifies the unit, for codes are reused.
    pub code: UnitCode,
    /// Official name, for example “huyện Tân Hưng”.
    pub name: String,
    /// Name without its kind, as senders write it and files are called: “Tân Hưng”.
    pub proper_name: String,
    /// Name in tables and drawings: the proper name, with the kind behind it where another unit has the same name at the
    /// same time or had it before: “Bến Lức (xã)”, which was a district's.
    pub short_name: String,
    /// Kind as the plan words it, for example “thị xã”.
    pub kind: String,
    /// Level.
    pub level: LevelId,
    /// Other ways senders write the name.
    pub aliases: Vec<String>,
    /// Codes by which older versions of the plan called it; what was filled under one of them is this unit's.
    pub former_codes: Vec<UnitCode>,
    /// Ids of the lower plans whose results are the unit's submission.
    pub plans: Vec<String>,
    /// Reference population, people: what totals are questioned against, and what bounds rest on when it is silent.
    pub population: Option<u64>,
    /// The year the population is of, where it is not the plan's.
    pub population_year: Option<Year>,
    /// What is to be known of the population, for example that it is doubtful.
    pub population_note: Option<String>,
    /// Number of communes from a day on, in order of days.
    pub communes: Vec<(NaiveDate, u32)>,
    /// Whom to turn to.
    pub contact: Contact,
    /// Row and column on a small map of tiles, from the top left; only for drawing.
    pub tile: Option<(u32, u32)>,
    /// When it exists.
    pub validity: Validity,
}

/// Who answers for the report of a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// Name, with the position where it is told.
    pub name: Option<String>,
    /// Telephone number as it is dialled.
    pub phone: Option<String>,
    /// Address for e-mails.
    pub email: Option<String>,
}

impl Unit {
    /// Whether the official name is put together from kind and proper name: “xã Bến Lức”.
    pub fn is_named_by_kind(&self) -> bool {
        let kind =
            self.name.strip_suffix(self.proper_name.as_str()).map(|kind| kind.trim_end().to_lowercase());
        kind.is_some_and(|kind| kind == self.kind.to_lowercase())
    }

    /// How many communes the unit has on a day, where the plan says so.
    pub fn communes_on(&self, day: NaiveDate) -> Option<u32> {
        self.communes.iter().rev().find(|(from, _)| *from <= day).map(|(_, count)| *count)
    }
}
