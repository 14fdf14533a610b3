//! To whom each finding is addressed, and whether it asks anything of them.

use super::{AcceptedSubmissions, UnitState};
use crate::domain::UnitCode;
use crate::finding::{Code, Finding, FindingCode, Severity};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Findings about files of which not even the sender is known, or whose sender is on no roster, by file.
pub type Strangers<'a> = BTreeMap<&'a str, Vec<&'a Finding>>;

/// The findings by whom they are addressed to.
pub struct Addressed<'a> {
    /// To units of the roster.
    pub of_units: HashMap<UnitCode, Vec<&'a Finding>>,
    /// To whoever sent a file.
    pub strangers: Strangers<'a>,
    /// To nobody: about the sum, the plan, decisions.
    pub others: Vec<&'a Finding>,
}

impl AcceptedSubmissions {
    /// Findings by whom they are addressed to: the unit they name, else the one whose file they are about. That somebody has
    /// sent nothing is left out.
    pub fn addressed<'a>(&self, findings: &'a [Finding]) -> Addressed<'a> {
        let owner: HashMap<&str, &UnitCode> = self
            .units()
            .iter()
            .flat_map(|unit| unit.files.iter().map(|file| (file.file.path.as_str(), &unit.code)))
            .collect();
        let owner_of = |finding: &'a Finding| {
            let file = finding.origin.as_ref().map(|origin| origin.file.as_str());
            finding.unit.as_ref().or_else(|| owner.get(file?).copied())
        };
        let on_roster: HashSet<&UnitCode> = self.units().iter().map(|state| &state.code).collect();
        let mut addressed =
            Addressed { of_units: HashMap::new(), strangers: Strangers::new(), others: Vec::new() };
        for finding in findings.iter().filter(|finding| !finding.code.is_of_missing_report()) {
            match (owner_of(finding).filter(|unit| on_roster.contains(unit)), &finding.origin) {
                (Some(unit), _) => addressed.of_units.entry(unit.clone()).or_default().push(finding),
                (None, Some(origin)) => addressed.strangers.entry(&origin.file).or_default().push(finding),
                (None, None) => addressed.others.push(finding),
            }
        }
        addressed
    }
}

impl UnitState {
    /// Whether a finding asks its unit to do something. A file that cannot be used asks nothing where another of the unit's is
    /// used, unless it came after that one and may hold what the unit has corrected.
    pub fn is_asked_by(&self, finding: &Finding) -> bool {
        if !finding.asks_sender() {
            return false;
        }
        let path = finding.origin.as_ref().map(|origin| &origin.file);
        let beside = self.files.iter().find(|file| !file.chosen && Some(&file.file.path) == path);
        match beside.filter(|_| finding.severity == Severity::Reject) {
            Some(file) if self.files.iter().any(|file| file.chosen) => {
                file.is_newer && may_be_a_report(finding.code)
            }
            _ => true,
        }
    }
}

/// Whether a file may be a report although it cannot be used for this: nobody could look into it, or its figures stand in
/// another table or form. Scanned pages, shortcuts and blank forms beside a report are none.
fn may_be_a_report(code: FindingCode) -> bool {
    use Code::{F002, F003, F004, F005, F009, S001, T001};
    matches!(code, FindingCode::Program(F002 | F003 | F004 | F005 | F009 | S001 | T001))
}
