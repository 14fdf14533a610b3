//! By what a year's record is known.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// By what a year's record is known: a report that was closed and sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct RecordStamp {
    /// Which closing of the year it is, from 1.
    pub part: u32,
    /// The day it was closed.
    pub closed: NaiveDate,
    /// Number of the letter by which it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
    /// Day of that letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_date: Option<NaiveDate>,
    /// Why it was closed again; none of the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// Why a year that was closed is closed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Figures came in late.
    LateData,
    /// A figure was wrong.
    Error,
    /// Something is counted in another way.
    Method,
}
