//! What a finding is told by: a code of the program, or that of a rule of the plan.

use super::catalogue::Code;
use super::class::Class;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::cmp::Ordering;
use std::fmt;

impl Code {
    /// The code written so.
    pub fn parse(text: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str() == text)
    }

    /// Whether a decision of the secretariat is told by it: what was decided cannot be decided about.
    pub fn is_about_decisions(self) -> bool {
        use Code::{O007, O008, O009, O010, O011, O012, O015, O016, O019, O020, O021};
        matches!(self, O007 | O008 | O009 | O010 | O011 | O012 | O015 | O016 | O019 | O020 | O021)
    }

    /// Whether it is about what senders sent or did not send, and so can be accepted by a waiver: not about the plan,
    /// the sum over the province, the program, or decisions.
    pub fn is_waivable(self) -> bool {
        let of_senders = match self.class() {
            Class::File | Class::Structure | Class::Cell | Class::Record | Class::CrossSheet => true,
            Class::Time | Class::Organisation => true,
            Class::Consolidation | Class::Plan | Class::Internal => false,
        };
        of_senders && !self.is_about_decisions()
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The code of a rule of the plan: R (within a sheet), X (between sheets) or T (time) and three digits, and none of the
/// program's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RuleCode {
    class: Class,
    number: u16,
}

/// Why a text is no code of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoRuleCode {
    /// It is not written as one.
    Malformed,
    /// The program has that code.
    OfProgram(Code),
}

impl RuleCode {
    /// What stands for a code that could not be read while the plan is checked; such a plan is never run.
    pub(crate) const STAND_IN: RuleCode = RuleCode { class: Class::Record, number: 0 };

    /// The code written so.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<Self, NoRuleCode> {
        if let Some(code) = Code::parse(text) {
            let is_of_rules = matches!(code.class(), Class::Record | Class::CrossSheet | Class::Time);
            return Err(if is_of_rules { NoRuleCode::OfProgram(code) } else { NoRuleCode::Malformed });
        }
        let (class, digits) = match text.as_bytes() {
            [b'R', digits @ ..] => (Class::Record, digits),
            [b'X', digits @ ..] => (Class::CrossSheet, digits),
            [b'T', digits @ ..] => (Class::Time, digits),
            _ => return Err(NoRuleCode::Malformed),
        };
        if digits.len() != 3 || !digits.iter().all(u8::is_ascii_digit) {
            return Err(NoRuleCode::Malformed);
        }
        let number = digits.iter().fold(0, |number, digit| number * 10 + u16::from(digit - b'0'));
        Ok(RuleCode { class, number })
    }
}

impl fmt::Display for RuleCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}{:03}", self.class.letter(), self.number))
    }
}

/// The code of a finding. Codes sort as their texts do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FindingCode {
    /// Of the program.
    Program(Code),
    /// Of a rule of the plan.
    Rule(RuleCode),
}

impl FindingCode {
    /// The code written so, of the program or possible for a rule.
    pub fn parse(text: &str) -> Option<Self> {
        let of_program = Code::parse(text).map(FindingCode::Program);
        of_program.or_else(|| RuleCode::parse(text).ok().map(FindingCode::Rule))
    }

    /// What kind of fault it is.
    pub fn class(self) -> Class {
        match self {
            FindingCode::Program(code) => code.class(),
            FindingCode::Rule(code) => code.class,
        }
    }

    /// Whether it says that a unit has sent nothing that can be used. The secretariat sees to that; no sender and no list
    /// of faults is told.
    pub fn is_of_missing_report(self) -> bool {
        self == Code::O003
    }

    /// Whether it is about what was sent.
    pub fn is_about_a_file(self) -> bool {
        !self.is_of_missing_report() && !self.is_of_the_sum()
    }

    /// Whether it is about the sum over the province, and so about no file.
    pub fn is_of_the_sum(self) -> bool {
        self.class() == Class::Consolidation
    }

    fn number(self) -> u16 {
        match self {
            FindingCode::Program(code) => code.number(),
            FindingCode::Rule(code) => code.number,
        }
    }
}

impl Ord for FindingCode {
    fn cmp(&self, other: &Self) -> Ordering {
        let text = |code: &FindingCode| (code.class().letter(), code.number());
        text(self).cmp(&text(other))
    }
}

impl PartialOrd for FindingCode {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<Code> for FindingCode {
    fn from(code: Code) -> Self {
        FindingCode::Program(code)
    }
}

impl From<RuleCode> for FindingCode {
    fn from(code: RuleCode) -> Self {
        FindingCode::Rule(code)
    }
}

impl PartialEq<Code> for FindingCode {
    fn eq(&self, other: &Code) -> bool {
        *self == FindingCode::Program(*other)
    }
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FindingCode::Program(code) => code.fmt(f),
            FindingCode::Rule(code) => code.fmt(f),
        }
    }
}

impl Serialize for FindingCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FindingCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        FindingCode::parse(&text)
            .ok_or_else(|| de::Error::custom(format!("“{text}” is no code of a finding")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_has_a_code_of_its_own() {
        for text in ["R101", "X001", "T104"] {
            assert_eq!(RuleCode::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(RuleCode::parse("T001"), Err(NoRuleCode::OfProgram(Code::T001)));
        for text in ["C001", "R1", "R1001", "r101", "R10a", "", "Ă01"] {
            assert_eq!(RuleCode::parse(text), Err(NoRuleCode::Malformed), "{text}");
        }
    }

    #[test]
    fn codes_come_back_from_their_text_and_sort_by_it() {
        let rules = ["R001", "T104", "X020"].map(|text| FindingCode::from(RuleCode::parse(text).unwrap()));
        let mut all: Vec<FindingCode> = Code::ALL.iter().map(|code| (*code).into()).chain(rules).collect();
        for code in &all {
            assert_eq!(FindingCode::parse(&code.to_string()), Some(*code));
        }
        all.sort();
        assert!(all.is_sorted_by_key(ToString::to_string));
        assert_eq!(serde_json::to_string(&all[0]).unwrap(), "\"C001\"");
        assert!(serde_json::from_str::<FindingCode>("\"C999\"").is_err());
    }

    #[test]
    fn only_what_senders_did_can_be_waived() {
        let waivable: Vec<&str> =
            Code::ALL.iter().filter(|code| code.is_waivable()).map(|code| code.as_str()).collect();
        assert!(waivable.contains(&"C011") && waivable.contains(&"O006") && waivable.contains(&"T002"));
        assert!(!waivable.iter().any(|code| code.starts_with(['K', 'P', 'I'])));
        assert!(!waivable.iter().any(|code| ("O007"..="O012").contains(code)));
        assert!(!waivable.iter().any(|code| ["O015", "O016"].contains(code)));
    }
}
