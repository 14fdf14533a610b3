//! Waivers: a finding is accepted, by whom, why and until when.

use super::{WAIVERS_FILE, of_another_year, without_year};
use crate::domain::{FieldId, UnitCode, Year};
use crate::finding::{Code, Finding, FindingCode, KeptOut, Origin};
use crate::form::Form;
use crate::plan::Plan;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use vietnamese::display::date;

/// One line of `mien-tru.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiver {
    /// Code of the finding.
    pub code: FindingCode,
    /// Unit it concerns; without one, findings that belong to no unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
    /// Field it concerns; without one, every finding of the code and the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldId>,
    /// Report year it was taken for; without one it holds until `until`, whatever the year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<Year>,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub approver: String,
    /// Last day it holds, compared with the day the figures stand at.
    pub until: NaiveDate,
}

/// A line of `mien-tru.toml` as it is written: its code may be none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenWaiver {
    code: String,
    unit: Option<UnitCode>,
    field: Option<FieldId>,
    year: Option<Year>,
    reason: String,
    approver: String,
    until: NaiveDate,
}

impl WrittenWaiver {
    /// The waiver, where its code is one that can be waived.
    ///
    /// # Errors
    /// Why not, in Vietnamese.
    pub fn waiver(&self, plan: &Plan) -> Result<Waiver, String> {
        Ok(Waiver {
            code: waivable(plan, &self.code)?,
            unit: self.unit.clone(),
            field: self.field.clone(),
            year: self.year,
            reason: self.reason.clone(),
            approver: self.approver.clone(),
            until: self.until,
        })
    }
}

/// The code written so, if it can be waived: about a sender's data, not about the plan, the program or the decisions
/// themselves.
fn waivable(plan: &Plan, text: &str) -> Result<FindingCode, String> {
    match FindingCode::parse(text) {
        Some(FindingCode::Program(code)) if code.is_waivable() => Ok(code.into()),
        Some(FindingCode::Program(code)) => Err(format!("nhận xét {code} không thể miễn trừ")),
        Some(FindingCode::Rule(code)) if plan.rules.iter().any(|rule| rule.code == code) => Ok(code.into()),
        Some(FindingCode::Rule(_)) | None => Err(format!("không có mã nhận xét “{text}”")),
    }
}

/// The waivers of a run and what came of them.
pub(in crate::check) struct Waivers {
    year: Year,
    as_of: NaiveDate,
    entries: Vec<(Waiver, Uses)>,
}

/// What a waiver was used for.
#[derive(Default)]
struct Uses {
    /// Findings taken.
    taken: usize,
    /// Findings it would have taken had it not expired.
    too_late: usize,
    /// Label of its field, once a form told it.
    label: Option<String>,
}

impl Waivers {
    pub fn new(waivers: &[Waiver], year: Year, as_of: NaiveDate) -> Self {
        Waivers {
            year,
            as_of,
            entries: waivers.iter().map(|waiver| (waiver.clone(), Uses::default())).collect(),
        }
    }

    /// Turns each finding that a waiver takes into `O007`. `form` is that of the unit they concern, where they have one.
    pub fn apply(&mut self, findings: Vec<Finding>, form: Option<&Form>) -> Vec<Finding> {
        findings.into_iter().map(|finding| self.apply_to_one(finding, form)).collect()
    }

    /// As [`Self::apply`], for one finding.
    pub fn apply_to_one(&mut self, finding: Finding, form: Option<&Form>) -> Finding {
        for (waiver, uses) in &mut self.entries {
            if waiver.unit == finding.unit && uses.label.is_none() {
                let field = waiver.field.as_ref().and_then(|field| form?.field(field));
                uses.label = field.map(|field| field.label.to_string());
            }
            let concerned = waiver.year.is_none_or(|year| year == self.year)
                && finding.code == waiver.code
                && finding.unit == waiver.unit
                && waiver.field.as_ref().is_none_or(|field| finding.is_only_about(field));
            if !concerned {
                continue;
            }
            if self.as_of > waiver.until {
                uses.too_late += 1;
                continue;
            }
            uses.taken += 1;
            return accepted(&finding, waiver);
        }
        finding
    }

    /// What was applied, and a finding for each waiver that expired or met nothing.
    pub fn finish(self) -> (Vec<(Waiver, usize)>, Vec<Finding>) {
        let mut findings = Vec::new();
        for (waiver, uses) in &self.entries {
            let whom = waiver.unit.as_ref().map(|unit| format!(" của đơn vị {unit}")).unwrap_or_default();
            let finding = if waiver.year.is_some_and(|year| year != self.year) {
                of_another_year(waiver.year, self.year)
            } else if uses.too_late > 0 {
                let cause = format!(
                    "miễn trừ {}{whom} hết hạn ngày {}, số liệu chốt ngày {}",
                    waiver.code,
                    date(waiver.until),
                    date(self.as_of)
                );
                Finding::new(Code::O008, cause, "xem lại nhận xét; nếu vẫn chấp nhận thì sửa ngày ở until")
            } else if uses.taken == 0 {
                let cause = format!("không có nhận xét {}{whom} nào khớp với dòng miễn trừ này", waiver.code);
                Finding::new(
                    Code::O009,
                    cause,
                    "kiểm tra mã, đơn vị, mã ô; nếu không cần nữa thì xóa dòng này",
                )
            } else if waiver.year.is_none() {
                let done = format!(
                    "miễn trừ {}{whom} được áp dụng cho năm {} vì chưa quá hạn {}",
                    waiver.code,
                    self.year,
                    date(waiver.until)
                );
                without_year(self.year, &done)
            } else {
                continue;
            };
            let mut finding = finding.at(Origin::file(WAIVERS_FILE));
            finding.unit.clone_from(&waiver.unit);
            if let (Some(field), Some(label)) = (&waiver.field, &uses.label) {
                finding = finding.about(field, label.as_str());
            }
            findings.push(finding);
        }
        let applied = self.entries.into_iter().filter(|(_, uses)| uses.taken > 0);
        (applied.map(|(waiver, uses)| (waiver, uses.taken)).collect(), findings)
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
    let accepted = Finding::new(Code::O007, cause, "không cần làm gì đến hết hạn miễn trừ");
    Finding {
        code: accepted.code,
        severity: accepted.severity,
        cause: accepted.cause,
        cure: accepted.cure,
        effect: accepted.effect,
        kept_out: KeptOut::default(),
        origin: finding.origin.clone().or_else(|| Some(Origin::file(WAIVERS_FILE))),
        ..finding.clone()
    }
}
