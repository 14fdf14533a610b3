//! Waivers: a finding is accepted, by whom, why and until when.

use super::{of_another_year, without_year, written};
use crate::domain::{FieldId, UnitCode, Year};
use crate::finding::{Code, Finding, FindingCode, KeptOut, Origin};
use crate::plan::Plan;
use crate::submission::Submission;
use chrono::NaiveDate;
use ecow::EcoString;
use serde::{Deserialize, Serialize};
use vietnamese::display::date;

/// A finding that is accepted: a line of `mien-tru.toml`, or a row of the season's workbook.
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
    /// The cells it was taken about and what stood in them: it holds while they say the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<AcceptedCell>,
    /// What the finding said, where it was about no cell: it holds while the finding says the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
    /// Report year it was taken for; without one it holds until `until`, whatever the year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<Year>,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub approver: String,
    /// Last day it holds, compared with the day the figures stand at.
    pub until: NaiveDate,
    /// Name of the file it stands in.
    #[serde(skip)]
    pub file: EcoString,
}

/// A cell whose content was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AcceptedCell {
    /// Which.
    pub field: FieldId,
    /// What stood there, as typed; empty for a blank cell.
    pub typed: EcoString,
}

impl Waiver {
    /// Whether it was taken about a cell.
    pub fn is_about(&self, field: &FieldId) -> bool {
        self.field.as_ref() == Some(field) || self.cells.iter().any(|cell| cell.field == *field)
    }

    /// Whether it is about what a finding is about, whatever the cells say now.
    fn concerns(&self, finding: &Finding, year: Year) -> bool {
        let is_taken_about = |field: &FieldId| self.cells.iter().any(|cell| cell.field == *field);
        self.year.is_none_or(|of| of == year)
            && finding.code == self.code
            && finding.unit == self.unit
            && self.field.as_ref().is_none_or(|field| finding.is_only_about(field))
            && (self.cells.is_empty()
                || !finding.fields.is_empty() && finding.fields.iter().all(is_taken_about))
    }

    /// Whether that is still what was accepted.
    fn is_as_accepted(&self, finding: &Finding, sent: Option<&Submission>) -> bool {
        let stands = |cell: &AcceptedCell| match sent.and_then(|sent| sent.sent.get(&cell.field)) {
            Some(sent) => *sent.typed() == cell.typed,
            None => cell.typed.is_empty(),
        };
        self.told.as_ref().is_none_or(|told| *told == finding.cause)
            && self.cells.iter().filter(|cell| finding.fields.contains(&cell.field)).all(stands)
    }
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
    #[serde(deserialize_with = "written::day")]
    until: NaiveDate,
}

impl WrittenWaiver {
    /// The waiver, where its code is one that can be waived.
    ///
    /// # Errors
    /// Why not, in Vietnamese.
    pub fn waiver(&self, plan: &Plan, file: &str) -> Result<Waiver, String> {
        Ok(Waiver {
            code: waivable(plan, &self.code)?,
            unit: self.unit.clone(),
            field: self.field.clone(),
            cells: Vec::new(),
            told: None,
            year: self.year,
            reason: self.reason.clone(),
            approver: self.approver.clone(),
            until: self.until,
            file: file.into(),
        })
    }
}

/// The code written so, if it can be waived: about a sender's data, not about the plan, the program or the decisions
/// themselves.
fn waivable(plan: &Plan, text: &str) -> Result<FindingCode, String> {
    let code = FindingCode::parse(text).ok_or_else(|| format!("không có mã nhận xét “{text}”"))?;
    is_waivable(plan, code).map(|()| code)
}

/// Whether a code can be waived.
pub(super) fn is_waivable(plan: &Plan, code: FindingCode) -> Result<(), String> {
    match code {
        FindingCode::Program(code) if code.is_waivable() => Ok(()),
        FindingCode::Program(code) => Err(format!("nhận xét {code} không thể miễn trừ")),
        FindingCode::Rule(code) if plan.rules.iter().any(|rule| rule.code == code) => Ok(()),
        FindingCode::Rule(code) => Err(format!("không có mã nhận xét “{code}”")),
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
    /// Findings it would have taken had the cells still said what was accepted.
    changed: usize,
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

    /// Turns each finding that a waiver takes into `O007`. `sent` is what the unit sent that they concern, where there is
    /// one such.
    pub fn apply(&mut self, findings: Vec<Finding>, sent: Option<&Submission>) -> Vec<Finding> {
        findings.into_iter().map(|finding| self.apply_to_one(finding, sent)).collect()
    }

    /// As [`Self::apply`], for one finding.
    pub fn apply_to_one(&mut self, finding: Finding, sent: Option<&Submission>) -> Finding {
        for (waiver, uses) in &mut self.entries {
            if waiver.unit == finding.unit && uses.label.is_none() {
                let about = waiver.field.as_ref().or_else(|| Some(&waiver.cells.first()?.field));
                let field = about.and_then(|field| sent?.form.field(field));
                uses.label = field.map(|field| field.label.to_string());
            }
            if !waiver.concerns(&finding, self.year) {
                continue;
            }
            if !waiver.is_as_accepted(&finding, sent) {
                uses.changed += 1;
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
            } else if uses.taken == 0 && uses.changed > 0 {
                let cause = format!(
                    "nhận xét {}{whom} đã được chấp nhận khi ô ghi số khác; nay nội dung đã đổi nên không áp dụng",
                    waiver.code
                );
                Finding::new(Code::O020, cause, "xem nội dung mới; nếu vẫn chấp nhận thì ghi lại quyết định")
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
            let mut finding = finding.at(Origin::file(waiver.file.clone()));
            finding.unit.clone_from(&waiver.unit);
            let about = waiver.field.as_ref().or_else(|| Some(&waiver.cells.first()?.field));
            if let (Some(field), Some(label)) = (about, &uses.label) {
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
        origin: finding.origin.clone().or_else(|| Some(Origin::file(waiver.file.clone()))),
        ..finding.clone()
    }
}
