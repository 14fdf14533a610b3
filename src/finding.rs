//! What is wrong with somebody's data: findings, their severity, where they stand.
//!
//! The catalogue is one list, behind [`Code`]: it feeds `xhht explain`, the annex of the guide and the test that every
//! code has a fixture. Codes are stable and never reused.

mod catalogue;
mod class;
mod code;

pub use catalogue::{Code, CodeInfo};
pub use class::Class;
pub use code::{FindingCode, NoRuleCode, RuleCode};

use crate::domain::{FieldId, UnitCode, Year};
use ecow::EcoString;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Severity by consequence, mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Normalised and disclosed.
    Fixed,
    /// Used, and listed.
    Warning,
    /// Used once explained.
    Confirm,
    /// The value, or the unit's report, is not used or not complete.
    Error,
    /// The file is not used.
    Reject,
}

impl Severity {
    /// All severities, gravest first.
    pub const GRAVEST_FIRST: [Severity; 6] = [
        Severity::Reject,
        Severity::Error,
        Severity::Confirm,
        Severity::Warning,
        Severity::Fixed,
        Severity::Info,
    ];

    /// The word of the JSON contract.
    pub fn code(self) -> &'static str {
        match self {
            Severity::Reject => "reject",
            Severity::Error => "error",
            Severity::Confirm => "confirm",
            Severity::Warning => "warning",
            Severity::Fixed => "fixed",
            Severity::Info => "info",
        }
    }

    /// How people are told.
    pub fn vietnamese(self) -> &'static str {
        match self {
            Severity::Reject => "Không nhận tệp",
            Severity::Error => "Lỗi",
            Severity::Confirm => "Cần giải trình",
            Severity::Warning => "Lưu ý",
            Severity::Fixed => "Đã tự chuẩn hóa",
            Severity::Info => "Thông tin",
        }
    }
}

/// Where a value came from, in the sender's own terms.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Origin {
    /// The file as it is printed: relative to the folder given, forward slashes.
    pub file: EcoString,
    /// Sheet name as the sender sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<EcoString>,
    /// Cell address such as `D7`, or a joined range such as `D7:D9, F7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<EcoString>,
}

impl Origin {
    /// A whole file.
    pub fn file(file: impl Into<EcoString>) -> Self {
        Origin { file: file.into(), sheet: None, cell: None }
    }

    /// A cell of a file.
    pub fn cell(file: impl Into<EcoString>, sheet: impl Into<EcoString>, cell: impl Into<EcoString>) -> Self {
        Origin { file: file.into(), sheet: Some(sheet.into()), cell: Some(cell.into()) }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, " › {sheet}")?;
        }
        if let Some(cell) = &self.cell {
            write!(f, " › {cell}")?;
        }
        Ok(())
    }
}

/// One thing found wrong, or worth disclosing, in somebody's data. The text fields are Vietnamese.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it is told by.
    pub code: FindingCode,
    /// What follows from it.
    pub severity: Severity,
    /// Reporting unit, when known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
    /// Report year, when known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<Year>,
    /// Where it stands, when it stands somewhere.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The input cells it is about. Labels are for people to read: two cells may share one.
    #[serde(skip)]
    pub fields: Vec<FieldId>,
    /// What is not used until it is answered.
    #[serde(skip)]
    pub kept_out: KeptOut,
    /// Label of the field as the sender sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Exactly what was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typed: Option<String>,
    /// What the program read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
    /// What was expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// Why it is a finding.
    pub cause: String,
    /// How to mend it, with an example.
    pub cure: String,
    /// What the program did about it.
    pub effect: String,
}

impl Finding {
    /// A finding of the program: severity and effect come from the catalogue, the rest is told with the methods below.
    ///
    /// Cause and cure become sentences: a capital first, one full stop last.
    pub fn new(code: Code, cause: impl Into<String>, cure: impl Into<String>) -> Self {
        let CodeInfo { severity, effect, .. } = code.info();
        Finding::with(code.into(), *severity, effect, cause.into(), cure.into())
    }

    /// A finding of a rule of the plan: the plan, not the catalogue, says what it means.
    pub fn for_rule(
        code: RuleCode,
        severity: Severity,
        effect: &str,
        cause: impl Into<String>,
        cure: impl Into<String>,
    ) -> Self {
        Finding::with(code.into(), severity, effect, cause.into(), cure.into())
    }

    fn with(code: FindingCode, severity: Severity, effect: &str, cause: String, cure: String) -> Self {
        Finding {
            code,
            severity,
            unit: None,
            year: None,
            origin: None,
            fields: Vec::new(),
            kept_out: KeptOut::default(),
            label: None,
            typed: None,
            read: None,
            expected: None,
            cause: sentence(&cause),
            cure: sentence(&cure),
            effect: effect.to_owned(),
        }
    }

    /// Says where it stands.
    #[must_use]
    pub fn at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Says whose it is.
    #[must_use]
    pub fn of_unit(mut self, unit: &UnitCode) -> Self {
        self.unit = Some(unit.clone());
        self
    }

    /// Says which report year it concerns.
    #[must_use]
    pub fn in_year(mut self, year: Year) -> Self {
        self.year = Some(year);
        self
    }

    /// Says which input cell it is about: by its id for the program, by its label for people.
    #[must_use]
    pub fn about(mut self, field: &FieldId, label: impl Into<String>) -> Self {
        self.fields = vec![field.clone()];
        self.label(label)
    }

    /// Gives the label of what is no input cell, or of several.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Quotes what was typed.
    #[must_use]
    pub fn typed(mut self, typed: impl Into<String>) -> Self {
        self.typed = Some(typed.into());
        self
    }

    /// Tells what was read.
    #[must_use]
    pub fn read(mut self, read: impl Into<String>) -> Self {
        self.read = Some(read.into());
        self
    }

    /// Tells what was expected.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Whether it is about this input cell and no other: a decision about one must not take what is said of another.
    pub fn is_only_about(&self, field: &FieldId) -> bool {
        self.fields.as_slice() == std::slice::from_ref(field)
    }

    /// Whether it asks its sender to do something: to mend, to answer, to send again. What is used as it stands asks nothing,
    /// nor does what the secretariat has accepted or decided; words of which the letters are lost only the sender has.
    pub fn asks_sender(&self) -> bool {
        match self.code {
            FindingCode::Program(code) if code.is_about_decisions() => false,
            FindingCode::Program(Code::C025) => true,
            _ => self.severity >= Severity::Confirm,
        }
    }

    /// Gravest first, then by unit. Ties keep the order of processing, which follows the files' content, never their
    /// names; so inputs under other names change nothing but the printed names.
    pub fn order(a: &Finding, b: &Finding) -> std::cmp::Ordering {
        b.severity.cmp(&a.severity).then_with(|| a.unit.cmp(&b.unit))
    }
}

/// What a finding takes out of the result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptOut {
    /// The input cells whose values are not used.
    pub fields: Vec<FieldId>,
    /// Until when, as a clause.
    pub until: &'static str,
    /// Those of the cells that held something, as they are called.
    pub named: Vec<String>,
    /// The numbers of the indicators that lack them.
    pub lacking: Vec<String>,
}

impl KeptOut {
    /// How many cells are named before they are only counted.
    const NAMED: usize = 4;

    /// Takes in what another finding of the same cause keeps out.
    pub(crate) fn join(&mut self, other: KeptOut) {
        self.fields.extend(other.fields);
        for (mine, others) in [(&mut self.named, other.named), (&mut self.lacking, other.lacking)] {
            for name in others {
                if !mine.contains(&name) {
                    mine.push(name);
                }
            }
        }
    }

    /// What the program did: which cells are not used, which indicators lack them.
    pub(crate) fn effect(&self) -> String {
        if self.named.is_empty() {
            return format!("Các ô liên quan đang trống nên không có số liệu nào để dùng {}.", self.until);
        }
        let named = self.named.iter().take(Self::NAMED).cloned().collect::<Vec<_>>().join("; ");
        let rest = self.named.len().saturating_sub(Self::NAMED);
        let rest = if rest > 0 { format!("; và {rest} ô khác") } else { String::new() };
        let lacking = match self.lacking.as_slice() {
            [] => "Không chỉ tiêu nào tính từ các ô này.".to_owned(),
            numbers => format!("Chỉ tiêu {} chưa tính số liệu này.", numbers.join(", ")),
        };
        format!("Không dùng {}: {named}{rest}. {lacking}", self.until)
    }
}

/// The words as a sentence: a capital first, one mark last.
fn sentence(words: &str) -> String {
    let words = words.trim().trim_end_matches('.');
    let mut letters = words.chars();
    let capital = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    let mark = if words.ends_with(['!', '?', '…']) { "" } else { "." };
    format!("{capital}{}{mark}", letters.as_str())
}

/// A value together with what was found on the way to it.
#[derive(Debug, Clone)]
pub struct WithFindings<T> {
    /// What came out.
    pub value: T,
    /// What was found, in the order it was met.
    pub findings: Vec<Finding>,
}

/// How many findings of each severity, gravest first, leaving out severities that did not occur.
pub fn count_by_severity(findings: &[Finding]) -> Vec<(Severity, usize)> {
    Severity::GRAVEST_FIRST
        .into_iter()
        .map(|s| (s, findings.iter().filter(|f| f.severity == s).count()))
        .filter(|(_, n)| *n > 0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cause_and_cure_are_sentences() {
        let finding = Finding::new(Code::C001, "ô cần số nhưng ghi chữ", "Gõ số vào ô..");
        assert_eq!(
            (finding.cause.as_str(), finding.cure.as_str()),
            ("Ô cần số nhưng ghi chữ.", "Gõ số vào ô.")
        );
        assert_eq!(Finding::new(Code::C001, "đúng chưa?", "“x”").cause, "Đúng chưa?");
    }

    #[test]
    fn what_is_used_accepted_or_decided_asks_nothing_of_a_sender() {
        let asks = |code| Finding::new(code, "a", "b").asks_sender();
        assert!([Code::F003, Code::T001, Code::C011, Code::O005, Code::C025].into_iter().all(asks));
        // Late, normalised, accepted, corrected; and a correction that no longer fits is the secretariat's to mend.
        assert!(![Code::T002, Code::C003, Code::O007, Code::O010, Code::O011].into_iter().any(asks));
    }
}
