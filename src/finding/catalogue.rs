//! The catalogue of finding codes: one table.

use super::Severity;

/// What a code means, for `explain` and the guide. All texts are Vietnamese.
#[derive(Debug, Clone, Copy)]
pub struct CodeInfo {
    /// Class letter and three digits.
    pub code: &'static str,
    /// What follows from it.
    pub severity: Severity,
    /// Name of the fault, a few words.
    pub title: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// How it usually comes about.
    pub cause: &'static str,
    /// How to mend it.
    pub cure: &'static str,
    /// An example, typed and read.
    pub example: &'static str,
    /// What the program does with the value or the file.
    pub effect: &'static str,
}

/// The entry of a code.
pub fn info(code: &str) -> Option<&'static CodeInfo> {
    CATALOGUE.iter().find(|info| info.code == code)
}

/// Every code, in order.
pub const CATALOGUE: &[CodeInfo] = &[];
