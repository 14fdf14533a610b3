//! Corrections: a figure settled by telephone or letter stands in for the one that was sent, as long as that one is
//! still there.

use super::CORRECTIONS_FILE;
use crate::domain::{FieldId, FieldKind, UnitCode, Year};
use crate::finding::{Class, Code, Finding, Origin};
use crate::form::{Field, Form};
use crate::plan::Plan;
use crate::submission::{Fate, Reported, Submission, Value, reading_of};
use chrono::NaiveDate;
use ecow::{EcoString, eco_format};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use vietnamese::display::{date, plain};

/// One line of `dinh-chinh.toml`. Values are written as one would type them into the cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Unit whose figure it is.
    pub unit: UnitCode,
    /// Field.
    pub field: FieldId,
    /// What the file says, as typed or as read; empty for a blank cell.
    pub old: String,
    /// What holds instead.
    pub new: String,
    /// Why.
    pub reason: String,
    /// Who settled it.
    pub who: String,
    /// When.
    pub date: NaiveDate,
}

/// The corrections of a run and what came of them.
pub(in crate::check) struct Corrections {
    entries: Vec<(Correction, Option<Outcome>)>,
}

enum Outcome {
    /// Applied to the field of that label.
    Applied(String),
    /// Told of by a finding.
    Told(Box<Finding>),
}

impl Corrections {
    pub fn new(corrections: &[Correction]) -> Self {
        Corrections { entries: corrections.iter().map(|correction| (correction.clone(), None)).collect() }
    }

    /// Corrects a submission before it is checked; what reading said of a corrected cell gives way to `O010`.
    pub fn apply(&mut self, submission: &mut Submission, read: &mut Vec<Finding>) {
        for (correction, outcome) in &mut self.entries {
            if correction.unit != submission.unit {
                continue;
            }
            let form = std::sync::Arc::clone(&submission.form);
            *outcome = Some(match form.field(&correction.field) {
                Some(field) => one(correction, field, submission, read),
                None => {
                    let cause =
                        format!("biểu mẫu của đơn vị {} không có ô “{}”", correction.unit, correction.field);
                    Outcome::Told(Box::new(of(
                        correction,
                        Code::O012,
                        cause,
                        "sửa mã ô (field) hoặc xóa dòng này",
                    )))
                }
            });
        }
    }

    /// What was applied, and a finding for each correction that was not.
    pub fn finish(self, plan: &Plan, year: Year) -> (Vec<(Correction, String)>, Vec<Finding>) {
        let (mut applied, mut findings) = (Vec::new(), Vec::new());
        for (correction, outcome) in self.entries {
            match outcome {
                Some(Outcome::Applied(label)) => applied.push((correction, label)),
                Some(Outcome::Told(finding)) => findings.push(*finding),
                None => {
                    let unit = plan.roster(year).into_iter().find(|unit| unit.code == correction.unit);
                    let cause = match unit {
                        Some(unit) => format!("{} chưa có tệp nào dùng được để đính chính", unit.name),
                        None => format!("không có đơn vị {} trong danh sách năm {year}", correction.unit),
                    };
                    let cure = "khi đơn vị gửi báo cáo, chạy lại; nếu ghi nhầm đơn vị thì sửa unit hoặc xóa dòng này";
                    let label = unit.and_then(|unit| {
                        Some(Form::of(plan, unit, year).field(&correction.field)?.label.to_string())
                    });
                    let mut finding = of(&correction, Code::O012, cause, cure);
                    finding.label = label;
                    findings.push(finding);
                }
            }
        }
        (applied, findings)
    }
}

fn of(correction: &Correction, code: Code, cause: String, cure: &str) -> Finding {
    Finding::new(code, cause, cure).of_unit(&correction.unit).at(Origin::file(CORRECTIONS_FILE))
}

fn one(
    correction: &Correction,
    field: &Field,
    submission: &mut Submission,
    read: &mut Vec<Finding>,
) -> Outcome {
    let about_cell = |finding: &Finding| {
        finding.code.class() == Class::Cell && finding.label.as_deref() == Some(field.label.as_str())
    };
    let refused = read.iter().find(|finding| about_cell(finding));
    let filled = submission.filled.iter().any(|cell| cell.field == field.id);
    // A value that the status of its row put there was not typed into this cell.
    let reported = submission.values.get(&field.id).filter(|_| filled);
    let typed = match (reported, refused) {
        (Some(reported), _) => reported.typed.clone(),
        (None, Some(finding)) if filled => finding.typed.clone().unwrap_or_default().into(),
        _ => EcoString::new(),
    };
    let is_there = correction.old.trim() == typed.trim()
        || reported.is_some_and(|reported| says(field, reported, &correction.old));
    if !is_there {
        let found = if typed.is_empty() { "trống".to_owned() } else { format!("“{}”", typed.trim()) };
        if reported.is_some_and(|reported| says(field, reported, &correction.new)) {
            let cause = format!("tệp đã ghi sẵn giá trị đính chính {found}");
            let finding = of(correction, Code::O012, cause, "xóa dòng này khỏi tệp đính chính");
            return Outcome::Told(Box::new(finding.label(&field.label)));
        }
        let cause = format!("ô nay là {found}, không còn là “{}” như dòng đính chính", correction.old);
        let finding =
            of(correction, Code::O011, cause, "kiểm tra số mới; sửa giá trị cũ (old) hoặc xóa dòng này");
        return Outcome::Told(Box::new(finding.label(&field.label)));
    }
    let origin = reported.map(|reported| reported.origin.clone()).or(refused.and_then(|f| f.origin.clone()));
    let origin =
        origin.unwrap_or_else(|| Origin::cell(&submission.file.path, &field.sheet, field.cell.to_string()));
    let Some(mut corrected) = reading_of(field, &correction.new, origin.clone()) else {
        let cause = format!("giá trị mới “{}” không hợp với ô", correction.new);
        let finding = of(correction, Code::O012, cause, "ghi giá trị mới như gõ vào ô, ví dụ new = \"620\"");
        return Outcome::Told(Box::new(finding.label(&field.label)));
    };
    let before = if typed.is_empty() { "trống".into() } else { typed.clone() };
    // Shown wherever the figure is shown as typed.
    corrected.typed = eco_format!(
        "{before} → {} (đính chính ngày {}, {}: {})",
        correction.new,
        date(correction.date),
        correction.who,
        correction.reason
    );
    submission.values.insert(field.id.clone(), Arc::new(corrected));
    submission.corrected.insert(field.id.clone());
    let is_compared_only = field.kind == FieldKind::Percent;
    for cell in submission.filled.iter_mut().filter(|cell| cell.field == field.id && !is_compared_only) {
        cell.fate = Fate::Used;
    }
    read.retain(|finding| !about_cell(finding));
    let cause = format!(
        "giá trị {before} được đính chính thành {} theo {} ngày {}: {}",
        correction.new,
        correction.who,
        date(correction.date),
        correction.reason
    );
    let cure = "không cần làm gì; khi đơn vị gửi lại bản đúng thì xóa dòng đính chính";
    read.push(
        Finding::new(Code::O010, cause, cure)
            .of_unit(&submission.unit)
            .in_year(submission.year)
            .at(origin)
            .label(&field.label)
            .typed(typed)
            .read(&correction.new),
    );
    Outcome::Applied(field.label.to_string())
}

/// Whether the text, typed into the cell, would say what was reported.
fn says(field: &Field, reported: &Reported, text: &str) -> bool {
    let Some(other) = reading_of(field, text, Origin::default()) else { return false };
    match (&reported.value, &other.value) {
        (Some(Value::Number(a)), Some(Value::Number(b))) => plain(*a) == plain(*b),
        (a, b) => a == b,
    }
}
