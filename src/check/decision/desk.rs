//! Decisions typed in Excel beside the findings, as they are kept: `theo-doi-xhht-Y.toml`, written by the program alone.
//!
//! The workbook `theo-doi-xhht-Y.xlsx` is where they are typed; this file is where they stay when the workbook is written
//! anew, is lost or is an old copy. Beside them stand the days of the season, for who wants to see how it went.

use super::waiver::{AcceptedCell, is_waivable};
use super::{Correction, Waiver};
use crate::domain::{FieldId, UnitCode, Year};
use crate::error::Error;
use crate::finding::{Code, Finding, FindingCode, Origin};
use crate::plan::Plan;
use crate::submission::Submission;
use chrono::NaiveDate;
use ecow::EcoString;
use serde::{Deserialize, Serialize};
use vietnamese::display::date;

/// Name and version of the shape.
const SCHEMA: &str = "xhht/theo-doi/1";
const NAMED: &str = "theo-doi-xhht-";

/// Name of the file of a season.
pub fn desk_file(year: Year) -> String {
    format!("{NAMED}{year}.toml")
}

/// Name of the workbook of a season.
pub fn desk_workbook(year: Year) -> String {
    format!("{NAMED}{year}.xlsx")
}

/// Whether a file is that of a season, by its name.
pub fn is_desk_file(name: &str) -> bool {
    name.starts_with(NAMED) && name.ends_with(".toml")
}

/// Whether a file is the workbook of a season, by its name.
pub fn is_desk_workbook(name: &str) -> bool {
    name.starts_with(NAMED) && name.ends_with(".xlsx")
}

const HEAD: &str = "\
# Do xhht ghi, cùng với sổ theo dõi (theo-doi-xhht-….xlsx) đặt bên cạnh: các quyết định đã gõ trong sổ và diễn biến theo ngày.
# Muốn sửa hay rút một quyết định thì làm trong sổ Excel, ở trang “Quyết định”. Xin không sửa tệp này.

";

/// What is kept of a season.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskFile {
    schema: String,
    /// Report year.
    pub year: Year,
    /// SHA-256 of the workbook as it was written or read last: what is typed in it is in here already, and what was decided
    /// elsewhere since is not undone by it.
    #[serde(rename = "workbook", default, skip_serializing_if = "Option::is_none")]
    pub taken_in: Option<String>,
    /// The days on which the season was looked at, oldest first.
    #[serde(rename = "day", default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<SeasonDay>,
    /// What was written beside the workbook on the last day, to be taken away when it is out of date.
    #[serde(rename = "written", default, skip_serializing_if = "Vec::is_empty")]
    pub written: Vec<WrittenFile>,
    /// What was decided.
    #[serde(rename = "decision", default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<DeskDecision>,
    /// What was typed and is no decision yet.
    #[serde(rename = "draft", default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<Draft>,
}

/// A file as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenFile {
    /// Path from the folder of the workbook, forward slashes.
    pub path: String,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
}

/// How the season stood on a day: numbers of units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeasonDay {
    /// The day.
    pub date: NaiveDate,
    /// How many are to report.
    pub expected: usize,
    /// Of which a report can be used.
    pub received: usize,
    /// Those of them of which nothing is to be asked.
    pub settled: usize,
    /// Whose files cannot be used.
    pub rejected: usize,
    /// Findings that ask for something to be mended or explained.
    pub open: usize,
}

/// What a row of the workbook is about: a finding, by what stays of it when the program words it anew.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// Code of the finding.
    pub code: FindingCode,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
    /// What it said, where it is about no cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
    /// The cells it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<SubjectCell>,
}

/// A cell of a sender's file that a decision is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SubjectCell {
    /// Which.
    pub field: FieldId,
    /// Its address in the sender's file.
    pub cell: EcoString,
    /// What stood there, as typed; empty for a blank cell.
    pub typed: EcoString,
}

impl Subject {
    /// What a finding is about; `sent` is what its unit sent.
    pub fn of_finding(finding: &Finding, sent: Option<&Submission>) -> Self {
        let cell = |field: &FieldId| {
            let there = sent.and_then(|sent| sent.sent.get(field));
            let form =
                || sent.and_then(|sent| sent.form.field(field)).map(|field| field.cell.to_string().into());
            SubjectCell {
                field: field.clone(),
                cell: there.and_then(|sent| sent.origin().cell.clone()).or_else(form).unwrap_or_default(),
                typed: there.map(|sent| sent.typed().clone()).unwrap_or_default(),
            }
        };
        Subject {
            code: finding.code,
            unit: finding.unit.clone(),
            told: finding.fields.is_empty().then(|| finding.cause.clone()),
            cells: finding.fields.iter().map(cell).collect(),
        }
    }

    /// Whether a waiver can take it.
    ///
    /// # Errors
    /// Why not, in Vietnamese.
    pub fn is_waivable(&self, plan: &Plan) -> Result<(), String> {
        is_waivable(plan, self.code)
    }
}

/// A decision about a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskDecision {
    /// Last day the finding is accepted, where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_until: Option<NaiveDate>,
    /// The values that hold instead, by cell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub new: Vec<NewValue>,
    /// Why.
    pub reason: String,
    /// Who decided it.
    pub approver: String,
    /// The day it was typed.
    pub date: NaiveDate,
    /// What it is about.
    pub subject: Subject,
}

/// A value that was settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewValue {
    /// Of which cell.
    pub field: FieldId,
    /// As one would type it.
    pub value: String,
}

/// What is written in the column of acceptances to accept a finding.
pub const YES: &str = "Đồng ý";

/// What stands in the cells of a row where decisions are typed, as words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// Under “Chấp nhận”.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub accept: String,
    /// Under “Giá trị mới”.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub new: String,
    /// Under “Lý do”.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Under “Người duyệt”.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub approver: String,
    /// Under “Đến ngày”.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub until: String,
}

impl Typed {
    /// Whether nothing is typed.
    pub fn is_blank(&self) -> bool {
        *self == Typed::default()
    }

    /// A decision as it would be typed.
    pub fn of_decision(decision: &DeskDecision) -> Self {
        Typed {
            accept: decision.accepted_until.map(|_| YES.to_owned()).unwrap_or_default(),
            new: new_values(&decision.subject, &decision.new),
            reason: decision.reason.clone(),
            approver: decision.approver.clone(),
            until: decision.accepted_until.map(date).unwrap_or_default(),
        }
    }
}

/// Settled values as they are typed: the value alone where the finding is about one cell, else each behind its cell.
fn new_values(subject: &Subject, new: &[NewValue]) -> String {
    if let ([_], [value]) = (subject.cells.as_slice(), new) {
        return value.value.clone();
    }
    let cell = |value: &NewValue| subject.cells.iter().find(|cell| cell.field == value.field);
    let pairs = new.iter().filter_map(|value| Some(format!("{} = {}", cell(value)?.cell, value.value)));
    pairs.collect::<Vec<_>>().join("; ")
}

/// A row of the workbook that is no decision yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its sheet.
    pub sheet: String,
    /// Its number when it was read, as Excel counts.
    pub row: u32,
    /// What it lacks; nothing where it only says that the finding is not accepted.
    pub why: String,
    /// What is typed.
    pub typed: Typed,
    /// What it is about; nobody can say where the row has lost its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
}

impl Draft {
    /// What there is to say about it.
    pub(super) fn finding(&self, year: Year) -> Option<Finding> {
        let subject = self.subject.as_ref();
        let of_code = subject.map(|subject| format!(" (nhận xét {})", subject.code)).unwrap_or_default();
        let cause = format!("dòng {}{of_code}: {}", self.row, self.why);
        let cure = match subject {
            Some(_) => "điền nốt hoặc sửa dòng ấy, lưu sổ rồi chạy lại",
            None => "ghi lại quyết định ở dòng của nhận xét ấy, lưu sổ rồi chạy lại",
        };
        let at = Origin { sheet: Some(self.sheet.as_str().into()), ..Origin::file(desk_workbook(year)) };
        let finding = Finding::new(Code::O019, cause, cure).in_year(year).at(at);
        let unit = subject.and_then(|subject| subject.unit.as_ref());
        (!self.why.is_empty()).then(|| unit.into_iter().fold(finding, Finding::of_unit))
    }
}

impl DeskDecision {
    /// The waiver it is, if it is one.
    pub fn waiver(&self, year: Year) -> Option<Waiver> {
        let cell = |cell: &SubjectCell| AcceptedCell { field: cell.field.clone(), typed: cell.typed.clone() };
        Some(Waiver {
            code: self.subject.code,
            unit: self.subject.unit.clone(),
            field: None,
            cells: self.subject.cells.iter().map(cell).collect(),
            told: self.subject.told.clone(),
            year: Some(year),
            reason: self.reason.clone(),
            approver: self.approver.clone(),
            until: self.accepted_until?,
            file: desk_workbook(year).into(),
        })
    }

    /// The corrections it is.
    pub fn corrections(&self, year: Year) -> impl Iterator<Item = Correction> {
        let Subject { unit, cells, .. } = &self.subject;
        self.new.iter().filter_map(move |new| {
            let cell = cells.iter().find(|cell| cell.field == new.field)?;
            Some(Correction {
                unit: unit.clone()?,
                field: new.field.clone(),
                year: Some(year),
                old: cell.typed.to_string(),
                new: new.value.clone(),
                reason: self.reason.clone(),
                who: self.approver.clone(),
                date: self.date,
                file: desk_workbook(year).into(),
            })
        })
    }
}

impl DeskFile {
    /// Of a season in which nothing was decided yet.
    pub fn begun(year: Year) -> Self {
        DeskFile {
            schema: SCHEMA.to_owned(),
            year,
            taken_in: None,
            days: Vec::new(),
            written: Vec::new(),
            decisions: Vec::new(),
            drafts: Vec::new(),
        }
    }

    /// Whether there is anything to keep.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty() && self.decisions.is_empty() && self.drafts.is_empty()
    }

    /// How many rows that were typed say why they are no decision yet.
    pub fn lacking(&self) -> usize {
        self.drafts.iter().filter(|draft| !draft.why.is_empty()).count()
    }

    /// Puts down how a day stands; a day looked at twice stands as it was seen last.
    pub fn note(&mut self, day: SeasonDay) {
        self.days.retain(|known| known.date != day.date);
        self.days.push(day);
        self.days.sort_by_key(|day| day.date);
    }

    /// The text of the file.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be put into TOML.
    pub fn text(&self) -> Result<String, Error> {
        let text = toml::to_string(self)
            .map_err(|error| Error::Internal(format!("không ghi được quyết định: {error}")))?;
        Ok(format!("{HEAD}{text}"))
    }
}
