//! What the figures say about a target.

use serde::{Deserialize, Serialize};

/// What the figures say about a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Reached, whatever the missing units say.
    Met,
    /// Not reached, whatever the missing units say.
    NotMet,
    /// It depends on the units that are missing.
    Depends,
    /// No figures.
    NoData,
    /// No standard yet to judge by.
    NoStandard,
    /// No target to judge by: the plan has not written one for the year or later.
    NoTarget,
}

impl Verdict {
    /// The word of the JSON contract.
    pub fn code(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::NotMet => "not-met",
            Verdict::Depends => "depends",
            Verdict::NoData => "no-data",
            Verdict::NoStandard => "no-standard",
            Verdict::NoTarget => "no-target",
        }
    }

    /// All of them.
    const ALL: [Verdict; 6] = [
        Verdict::Met,
        Verdict::NotMet,
        Verdict::Depends,
        Verdict::NoData,
        Verdict::NoStandard,
        Verdict::NoTarget,
    ];

    /// The verdict of a word of the JSON contract.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == code)
    }

    /// The verdict that people are told in these words.
    pub fn of_words(words: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.vietnamese() == words)
    }

    /// How people are told.
    pub fn vietnamese(self) -> &'static str {
        match self {
            Verdict::Met => "Đạt",
            Verdict::NotMet => "Chưa đạt",
            Verdict::Depends => "Chưa xác định",
            Verdict::NoData => "Chưa có số liệu",
            Verdict::NoStandard => "Chưa có tiêu chí",
            Verdict::NoTarget => "Chưa ghi mục tiêu",
        }
    }
}
