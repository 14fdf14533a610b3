//! The plans and provinces that became this one: their results are history of other territories.

use super::Plan;
use chrono::NaiveDate;

/// A plan, or only a province, that became part of this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predecessor {
    /// Id of its plan; `None` where it has none whose results could be in hand.
    pub id: Option<String>,
    /// Its territory, as it stands in a sentence: “tỉnh Long An”.
    pub name: String,
    /// Its last day.
    pub until: Option<NaiveDate>,
}

impl Plan {
    /// The predecessor whose plan has this id.
    pub fn predecessor(&self, id: &str) -> Option<&Predecessor> {
        self.predecessors.iter().find(|predecessor| predecessor.id.as_deref() == Some(id))
    }
}
