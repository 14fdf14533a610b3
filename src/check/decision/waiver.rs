//! Waivers: a finding is accepted, by whom, why and until when.

use super::WAIVERS_FILE;
use crate::domain::display::date;
use crate::domain::{FieldId, UnitCode};
use crate::finding::{Finding, Origin, info};
use crate::form::Form;
use crate::submission::{Fate, Submission};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One line of `mien-tru.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Code of the finding.
    pub code: Waivable,
    /// Unit it concerns; without one, findings that belong to no unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
    /// Field it concerns; without one, every finding of the code and the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldId>,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub approver: String,
    /// Last day it holds, compared with the day the figures stand at.
    pub until: NaiveDate,
}

/// A code that can be waived: about a sender's data, not about the plan, the program or the decisions themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Waivable(String);

impl TryFrom<String> for Waivable {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        match info(&code) {
            Some(info)
                if info.code.starts_with(['F', 'S', 'C', 'R', 'X', 'T', 'O']) && !is_of_decisions(&code) =>
            {
                Ok(Waivable(code))
            }
            Some(_) => Err(format!("nhận xét {code} không thể miễn trừ")),
            None => Err(format!("không có mã nhận xét “{code}”")),
        }
    }
}

impl From<Waivable> for String {
    fn from(code: Waivable) -> String {
        code.0
    }
}

impl Waivable {
    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Codes by which decisions themselves are told.
fn is_of_decisions(code: &str) -> bool {
    ("O007"..="O012").contains(&code)
}

/// The waivers of a run and what came of them.
pub(in crate::check) struct Waivers {
    as_of: NaiveDate,
    entries: Vec<(Waiver, Outcome)>,
}

#[derive(Default)]
struct Outcome {
    /// Findings taken.
    taken: usize,
    /// Findings it would have taken had it not expired.
    too_late: usize,
    /// Label of its field, once a form told it.
    label: Option<String>,
}

impl Waivers {
    pub fn new(waivers: &[Waiver], as_of: NaiveDate) -> Self {
        Waivers {
            as_of,
            entries: waivers.iter().map(|waiver| (waiver.clone(), Outcome::default())).collect(),
        }
    }

    /// Turns each finding that a waiver takes into `O007`. `form` is that of the unit they concern, where they have one.
    pub fn apply(&mut self, findings: Vec<Finding>, form: Option<&Form>) -> Vec<Finding> {
        findings.into_iter().map(|finding| self.one(finding, form)).collect()
    }

    fn one(&mut self, finding: Finding, form: Option<&Form>) -> Finding {
        for (waiver, outcome) in &mut self.entries {
            let label = waiver.field.as_ref().and_then(|field| Some(form?.field(field)?.label.clone()));
            if label.is_some() && waiver.unit == finding.unit {
                outcome.label.clone_from(&label);
            }
            let concerned = finding.code == waiver.code.0
                && finding.unit == waiver.unit
                && (waiver.field.is_none() || label.is_some() && label == finding.label);
            if !concerned {
                continue;
            }
            if self.as_of > waiver.until {
                outcome.too_late += 1;
                continue;
            }
            outcome.taken += 1;
            return accepted(&finding, waiver);
        }
        finding
    }

    /// Checks a submission with `check` and lets what it keeps out because of waived findings alone count after all.
    pub fn around(
        &mut self,
        submission: &mut Submission,
        check: impl FnOnce(&mut Submission) -> Vec<Finding>,
    ) -> Vec<Finding> {
        if self.entries.is_empty() {
            return check(submission);
        }
        let before = submission.clone();
        let found = check(submission);
        let form = before.form.as_ref();
        let told = self.apply(found.clone(), Some(form));
        let (mut waived, mut standing) = (BTreeSet::new(), BTreeSet::new());
        for (finding, told) in found.iter().zip(&told) {
            let rows =
                form.rows().filter(|row| row.fields.iter().any(|f| Some(&f.label) == finding.label.as_ref()));
            let place = if told.code == finding.code { &mut standing } else { &mut waived };
            place.extend(rows.map(|row| (finding.code.clone(), row.code.clone())));
        }
        for cell in &before.filled {
            let Some(field) = form.field(&cell.field) else { continue };
            let Some(now) = submission.filled.iter_mut().find(|now| now.field == cell.field) else {
                continue;
            };
            let Fate::Rejected(code) = &now.fate else { continue };
            let key = (code.clone(), field.row_code.clone());
            // A rule may keep out several figures of a row; they come back together or not at all.
            if cell.fate == Fate::Used && waived.contains(&key) && !standing.contains(&key) {
                now.fate = Fate::Used;
                if let Some(reported) = before.values.get(&cell.field) {
                    submission.values.insert(cell.field.clone(), reported.clone());
                }
            }
        }
        told
    }

    /// What was applied, and a finding for each waiver that expired or met nothing.
    pub fn finish(self) -> (Vec<(Waiver, usize)>, Vec<Finding>) {
        let mut findings = Vec::new();
        for (waiver, outcome) in &self.entries {
            let whom = waiver.unit.as_ref().map(|unit| format!(" của đơn vị {unit}")).unwrap_or_default();
            let finding = if outcome.too_late > 0 {
                let cause = format!(
                    "miễn trừ {}{whom} hết hạn ngày {}, số liệu chốt ngày {}",
                    waiver.code.0,
                    date(waiver.until),
                    date(self.as_of)
                );
                Finding::new("O008", cause, "xem lại nhận xét; nếu vẫn chấp nhận thì sửa ngày ở until")
            } else if outcome.taken == 0 {
                let cause =
                    format!("không có nhận xét {}{whom} nào khớp với dòng miễn trừ này", waiver.code.0);
                Finding::new("O009", cause, "kiểm tra mã, đơn vị, mã ô; nếu không cần nữa thì xóa dòng này")
            } else {
                continue;
            };
            let mut finding = finding.at(Origin::file(WAIVERS_FILE));
            finding.unit.clone_from(&waiver.unit);
            finding.label.clone_from(&outcome.label);
            findings.push(finding);
        }
        let applied = self.entries.into_iter().filter(|(_, outcome)| outcome.taken > 0);
        (applied.map(|(waiver, outcome)| (waiver, outcome.taken)).collect(), findings)
    }
}

/// The finding as it is told once it is accepted.
fn accepted(finding: &Finding, waiver: &Waiver) -> Finding {
    let cause = format!(
        "{} được {} chấp nhận đến ngày {} (lý do: {}). {}",
        finding.code,
        waiver.approver,
        date(waiver.until),
        waiver.reason.trim().trim_end_matches('.'),
        finding.cause
    );
    let told = Finding::new("O007", cause, "không cần làm gì đến hết hạn miễn trừ");
    Finding {
        code: told.code,
        severity: told.severity,
        cause: told.cause,
        cure: told.cure,
        effect: told.effect,
        origin: finding.origin.clone().or_else(|| Some(Origin::file(WAIVERS_FILE))),
        ..finding.clone()
    }
}
