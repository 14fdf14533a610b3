//! Corrections: a figure settled by telephone or letter stands in for the one that was sent, as long as that one is
//! still there.

use super::{of_another_year, without_year, written};
use crate::domain::{FieldId, FieldKind, UnitCode, Year};
use crate::finding::{Class, Code, Finding, Origin};
use crate::form::{Field, Form};
use crate::plan::Plan;
use crate::submission::{Fate, Reported, Submission, Value, reading_of};
use chrono::{Datelike, NaiveDate};
use ecow::{EcoString, eco_format};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use vietnamese::display::{date, plain};

/// A figure that was settled: a line of `dinh-chinh.toml`, or a row of the season's workbook. Values are written as one would
/// type them into the cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Unit whose figure it is.
    pub unit: UnitCode,
    /// Field.
    pub field: FieldId,
    /// Report year it was taken for; without one it holds for the year in which `old` stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<Year>,
    /// What the file says, as typed or as read; empty for a blank cell.
    #[serde(deserialize_with = "written::as_typed")]
    pub old: String,
    /// What holds instead.
    #[serde(deserialize_with = "written::as_typed")]
    pub new: String,
    /// Why.
    pub reason: String,
    /// Who settled it.
    pub who: String,
    /// When.
    #[serde(deserialize_with = "written::day")]
    pub date: NaiveDate,
    /// Name of the file it stands in.
    #[serde(skip)]
    pub file: EcoString,
}

/// The corrections of a run and what came of them.
pub(in crate::check) struct Corrections {
    entries: Vec<(Correction, Option<Settlement>)>,
}

/// What a correction did to the submission of its unit.
enum Settlement {
    /// It holds for the field, of that label.
    Applied(FieldId, String),
    /// It was not applied; the finding says why.
    NotApplied(Box<Finding>),
}

impl Corrections {
    pub fn new(corrections: &[Correction]) -> Self {
        Corrections { entries: corrections.iter().map(|correction| (correction.clone(), None)).collect() }
    }

    /// Corrects a submission before it is checked; what reading said of a corrected cell gives way to `O010`.
    pub fn apply(&mut self, submission: &mut Submission, read: &mut Vec<Finding>) {
        let form = Arc::clone(&submission.form);
        for (correction, settlement) in &mut self.entries {
            let is_of_year = correction.year.is_none_or(|year| year == submission.year);
            if correction.unit != submission.unit || !is_of_year {
                continue;
            }
            *settlement = Some(match form.field(&correction.field) {
                Some(field) => match correct(correction, field, submission, read) {
                    Ok(()) => Settlement::Applied(field.id.clone(), field.label.to_string()),
                    Err(finding) => Settlement::NotApplied(finding),
                },
                None => {
                    let cause =
                        format!("biểu mẫu của đơn vị {} không có ô “{}”", correction.unit, correction.field);
                    let cure = "sửa mã ô (field) hoặc xóa dòng này";
                    Settlement::NotApplied(Box::new(not_applied(correction, Code::O012, cause, cure)))
                }
            });
        }
    }

    /// What was applied, and a finding for each correction that was not.
    pub fn finish(self, plan: &Plan, year: Year) -> (Vec<(Correction, String)>, Vec<Finding>) {
        let (mut applied, mut findings) = (Vec::new(), Vec::new());
        for (correction, settlement) in self.entries {
            match settlement {
                _ if correction.year.is_some_and(|of| of != year) => {
                    findings.push(of_this_file(&correction, of_another_year(correction.year, year)));
                }
                Some(Settlement::Applied(field, label)) => {
                    if correction.year.is_none() {
                        let still = match correction.old.trim() {
                            "" => "ô vẫn để trống như dòng ấy ghi".to_owned(),
                            old => format!("ô vẫn ghi giá trị cũ “{old}”"),
                        };
                        let told = without_year(year, &format!("được áp dụng cho năm {year} vì {still}"));
                        findings.push(of_this_file(&correction, told).about(&field, label.as_str()));
                    }
                    applied.push((correction, label));
                }
                Some(Settlement::NotApplied(finding)) => findings.push(*finding),
                None => findings.push(without_submission(&correction, plan, year)),
            }
        }
        (applied, findings)
    }
}

fn not_applied(correction: &Correction, code: Code, cause: String, cure: &str) -> Finding {
    of_this_file(correction, Finding::new(code, cause, cure))
}

fn of_this_file(correction: &Correction, finding: Finding) -> Finding {
    finding.of_unit(&correction.unit).at(Origin::file(correction.file.clone()))
}

/// The finding for a correction whose unit has no file that is used.
fn without_submission(correction: &Correction, plan: &Plan, year: Year) -> Finding {
    let unit = plan.roster(year).into_iter().find(|unit| unit.code == correction.unit);
    let cause = match unit {
        Some(unit) => format!("{} chưa có tệp nào dùng được để đính chính", unit.name),
        None => format!("không có đơn vị {} trong danh sách năm {year}", correction.unit),
    };
    let cure = "khi đơn vị gửi báo cáo, chạy lại; nếu ghi nhầm đơn vị thì sửa unit hoặc xóa dòng này";
    let finding = not_applied(correction, Code::O012, cause, cure);
    let form = unit.map(|unit| Form::for_unit(plan, unit, year));
    match form.as_ref().and_then(|form| form.field(&correction.field)) {
        Some(field) => finding.about(&field.id, &field.label),
        None => finding,
    }
}

/// Puts the settled value in the place of the one that was sent; what was said of that one gives way to `O010`.
fn correct(
    correction: &Correction,
    field: &Field,
    submission: &mut Submission,
    read: &mut Vec<Finding>,
) -> Result<(), Box<Finding>> {
    let sent = SentCell::of_field(field, submission, read);
    sent.is_as_corrected(correction, field, submission.year)?;
    let Some(mut settled) = reading_of(field, &correction.new, sent.origin.clone()) else {
        let cause = format!("giá trị mới “{}” không hợp với ô", correction.new);
        let cure = "ghi giá trị mới như gõ vào ô, ví dụ new = \"620\"";
        let finding = not_applied(correction, Code::O012, cause, cure);
        return Err(Box::new(finding.about(&field.id, &field.label)));
    };
    // Shown wherever the figure is shown as typed.
    settled.typed = eco_format!(
        "{} → {} (đính chính ngày {}, {}: {})",
        sent.shown(),
        correction.new,
        date(correction.date),
        correction.who,
        correction.reason
    );
    settle(submission, field, settled);
    read.retain(|finding| !is_of_reading(finding, field));
    read.push(applied(correction, field, submission, sent));
    Ok(())
}

/// Whether it says how the cell was read.
fn is_of_reading(finding: &Finding, field: &Field) -> bool {
    finding.code.class() == Class::Cell && finding.is_only_about(&field.id)
}

/// What the unit's file says in the cell that is corrected.
struct SentCell {
    /// Exactly what was typed; empty for a blank cell.
    typed: EcoString,
    /// What was read, if it could be read.
    reported: Option<Arc<Reported>>,
    origin: Origin,
}

impl SentCell {
    fn of_field(field: &Field, submission: &Submission, read: &[Finding]) -> Self {
        let filled = submission.filled.iter().any(|cell| cell.field == field.id);
        // A value that the status of its row put there was not typed into this cell.
        let reported = submission.values.get(&field.id).filter(|_| filled).cloned();
        let refused = read.iter().find(|finding| is_of_reading(finding, field));
        let typed = match (&reported, refused) {
            (Some(reported), _) => reported.typed.clone(),
            (None, Some(finding)) if filled => finding.typed.clone().unwrap_or_default().into(),
            _ => EcoString::new(),
        };
        let origin = reported
            .as_ref()
            .map(|reported| reported.origin.clone())
            .or_else(|| refused.and_then(|finding| finding.origin.clone()))
            .unwrap_or_else(|| Origin::cell(&submission.file.path, &field.sheet, field.cell.to_string()));
        SentCell { typed, reported, origin }
    }

    /// What stood there before, in words.
    fn shown(&self) -> &str {
        if self.typed.is_empty() { "trống" } else { &self.typed }
    }

    /// Whether the cell still says what the correction found there.
    ///
    /// # Errors
    /// The finding that says what it is now.
    fn is_as_corrected(
        &self,
        correction: &Correction,
        field: &Field,
        year: Year,
    ) -> Result<(), Box<Finding>> {
        let says = |text: &str| self.reported.as_ref().is_some_and(|reported| says(field, reported, text));
        let undated = |what: String| {
            Err(Box::new(of_this_file(correction, without_year(year, &what)).about(&field.id, &field.label)))
        };
        if correction.old.trim() == self.typed.trim() || says(&correction.old) {
            if correction.year.is_none() && self.typed.is_empty() && !is_settled_in(correction.date, year) {
                return undated(format!(
                    "không áp dụng cho năm {year} vì ô trống thì năm nào cũng có thể trống, còn ngày quyết định {} không thuộc kỳ báo cáo này",
                    date(correction.date)
                ));
            }
            return Ok(());
        }
        let found =
            if self.typed.is_empty() { "trống".to_owned() } else { format!("“{}”", self.typed.trim()) };
        if correction.year.is_none() && !says(&correction.new) {
            let was = if correction.old.trim().is_empty() {
                "trống".to_owned()
            } else {
                format!("“{}”", correction.old.trim())
            };
            return undated(format!(
                "không áp dụng cho năm {year} vì ô nay là {found}, không phải {was} như dòng ấy ghi"
            ));
        }
        let finding = if says(&correction.new) {
            let cause = format!("tệp đã ghi sẵn giá trị đính chính {found}");
            not_applied(correction, Code::O012, cause, "xóa dòng này khỏi tệp đính chính")
        } else {
            let cause = format!("ô nay là {found}, không còn là “{}” như dòng đính chính", correction.old);
            let cure = "kiểm tra số mới; sửa giá trị cũ (old) hoặc xóa dòng này";
            not_applied(correction, Code::O011, cause, cure)
        };
        Err(Box::new(finding.about(&field.id, &field.label)))
    }
}

/// Whether a day lies in the time when figures of a report year are settled: that year and the half after it.
fn is_settled_in(day: NaiveDate, year: Year) -> bool {
    day.year() == year || day.year() == year + 1 && day.month() <= 6
}

/// Lets the submission hold the settled value.
fn settle(submission: &mut Submission, field: &Field, settled: Reported) {
    submission.values.insert(field.id.clone(), Arc::new(settled));
    submission.corrected.insert(field.id.clone());
    let is_compared_only = field.kind == FieldKind::Percent;
    for cell in submission.filled.iter_mut().filter(|cell| cell.field == field.id && !is_compared_only) {
        cell.fate = Fate::Used;
    }
}

/// The finding that discloses a correction.
fn applied(correction: &Correction, field: &Field, submission: &Submission, sent: SentCell) -> Finding {
    let cause = format!(
        "giá trị {} được đính chính thành {} theo {} ngày {}: {}",
        sent.shown(),
        correction.new,
        correction.who,
        date(correction.date),
        correction.reason
    );
    let cure = "không cần làm gì; khi đơn vị gửi lại bản đúng thì xóa dòng đính chính";
    Finding::new(Code::O010, cause, cure)
        .of_unit(&submission.unit)
        .in_year(submission.year)
        .at(sent.origin)
        .about(&field.id, &field.label)
        .typed(sent.typed)
        .read(&correction.new)
}

/// Whether the text, typed into the cell, would say what was reported.
fn says(field: &Field, reported: &Reported, text: &str) -> bool {
    let Some(other) = reading_of(field, text, Origin::default()) else { return false };
    match (&reported.value, &other.value) {
        (Some(Value::Number(a)), Some(Value::Number(b))) => plain(*a) == plain(*b),
        (a, b) => a == b,
    }
}
