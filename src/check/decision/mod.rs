//! What the secretariat has decided about findings and figures: waivers (`mien-tru.toml`) and corrections
//! (`dinh-chinh.toml`), and both as they were typed in the season's workbook (`theo-doi-xhht-Y.toml`); kept as text files
//! beside the inbox and replayed on every run.

mod correction;
pub mod desk;
mod waiver;
mod written;

pub use correction::Correction;
pub use waiver::{AcceptedCell, Waiver};

pub(super) use correction::Corrections;
pub(super) use waiver::Waivers;
use waiver::WrittenWaiver;

use crate::domain::Year;
use crate::error::{Error, PlanMistake};
use crate::finding::{Code, Finding, Origin};
use crate::form::Form;
use crate::plan::{Plan, SourceFile, read_toml};
use serde::Deserialize;
use toml::Spanned;

/// Usual name of the file of waivers.
pub const WAIVERS_FILE: &str = "mien-tru.toml";
/// Usual name of the file of corrections.
pub const CORRECTIONS_FILE: &str = "dinh-chinh.toml";

/// Whether a file holds decisions and is no submission, by its name.
pub fn is_of_decisions(name: &str) -> bool {
    name == WAIVERS_FILE
        || name == CORRECTIONS_FILE
        || desk::is_desk_file(name)
        || desk::is_desk_workbook(name)
}

/// Everything that was decided, as the files say it.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    /// Findings that are accepted.
    pub waivers: Vec<Waiver>,
    /// Figures that were settled.
    pub corrections: Vec<Correction>,
    /// What there is to say about those that cannot be applied.
    pub told: Vec<Finding>,
}

/// The texts of decisions, as far as there are any.
#[derive(Debug, Clone, Default)]
pub struct DecisionTexts {
    /// `mien-tru.toml`.
    pub waivers: Option<SourceFile>,
    /// `dinh-chinh.toml`.
    pub corrections: Option<SourceFile>,
    /// `theo-doi-xhht-Y.toml`.
    pub desk: Option<SourceFile>,
}

impl DecisionTexts {
    /// Those that are there, each with the name by which it is found again.
    pub fn by_usual_name(&self, year: Year) -> impl Iterator<Item = (String, &SourceFile)> {
        let of_name = |name: &str, file| Option::zip(Some(name.to_owned()), file);
        let waivers = of_name(WAIVERS_FILE, self.waivers.as_ref());
        let corrections = of_name(CORRECTIONS_FILE, self.corrections.as_ref());
        let desk = of_name(&desk::desk_file(year), self.desk.as_ref());
        [waivers, corrections, desk].into_iter().flatten()
    }

    /// The texts among these files, by their names.
    pub fn by_name(files: impl IntoIterator<Item = SourceFile>) -> Self {
        let mut texts = DecisionTexts::default();
        for file in files {
            match file.name.as_str() {
                WAIVERS_FILE => texts.waivers = Some(file),
                CORRECTIONS_FILE => texts.corrections = Some(file),
                name if desk::is_desk_file(name) => texts.desk = Some(file),
                _ => {}
            }
        }
        texts
    }
}

/// What was done with the decisions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// Waivers that were applied, each with how many findings it took.
    pub waivers: Vec<(Waiver, usize)>,
    /// Corrections that were applied, each with the label of its field.
    pub corrections: Vec<(Correction, String)>,
}

impl Applied {
    /// Whether nothing was applied.
    pub fn is_empty(&self) -> bool {
        self.waivers.is_empty() && self.corrections.is_empty()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WaiversFile {
    #[serde(rename = "waiver", default)]
    waivers: Vec<Spanned<WrittenWaiver>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectionsFile {
    #[serde(rename = "correction", default)]
    corrections: Vec<Correction>,
}

impl Decisions {
    /// Reads the files that there are.
    ///
    /// # Errors
    /// [`Error::Decisions`] with every mistake of all: a decision half understood must not be half applied.
    pub fn read(plan: &Plan, texts: &DecisionTexts) -> Result<Self, Error> {
        let mut mistakes: Vec<PlanMistake> = Vec::new();
        let plain = |file: &SourceFile| SourceFile {
            name: file.name.clone(),
            text: written::in_plain_signs(&file.text),
        };
        let (mut waivers, mut corrections, mut told) = (Vec::new(), Vec::new(), Vec::new());
        if let Some(file) = texts.waivers.as_ref().map(plain) {
            waivers.extend(waivers_of(plan, &file, &mut mistakes));
        }
        if let Some(file) = texts.corrections.as_ref().map(plain) {
            corrections.extend(corrections_of(&file, &mut mistakes));
        }
        if let Some(file) = &texts.desk
            && let Some(desk) = read_toml::<desk::DeskFile>(file, &mut mistakes)
        {
            for decision in &desk.value.decisions {
                waivers.extend(decision.waiver(desk.value.year));
                corrections.extend(decision.corrections(desk.value.year));
            }
            told.extend(desk.value.drafts.iter().filter_map(|draft| draft.finding(desk.value.year)));
        }
        if !mistakes.is_empty() {
            return Err(Error::Decisions(mistakes));
        }
        // Whoever decided on a unit under an older code decided on this unit.
        for waiver in &mut waivers {
            waiver.unit = waiver.unit.take().map(|unit| plan.code_now(unit));
        }
        for correction in &mut corrections {
            correction.unit = plan.code_now(correction.unit.clone());
        }
        let (corrections, contradictions) = without_contradictions(plan, corrections);
        told.extend(contradictions);
        Ok(Decisions { waivers, corrections, told })
    }
}

/// Takes out the corrections that say two things of one cell: nobody knows which holds. Of equal ones the first stays.
fn without_contradictions(plan: &Plan, corrections: Vec<Correction>) -> (Vec<Correction>, Vec<Finding>) {
    let is_of_same_cell = |a: &Correction, b: &Correction| {
        a.unit == b.unit
            && a.field == b.field
            && (a.year.is_none() || b.year.is_none() || a.year == b.year)
            && a.old.trim() == b.old.trim()
    };
    let (mut kept, mut told) = (Vec::new(), Vec::new());
    for (at, correction) in corrections.iter().enumerate() {
        let others = || corrections.iter().filter(|other| is_of_same_cell(correction, other));
        if let Some(other) = others().find(|other| other.new.trim() != correction.new.trim()) {
            told.push(contradicted(plan, correction, other));
        } else if !corrections[..at].iter().any(|earlier| is_of_same_cell(earlier, correction)) {
            kept.push(correction.clone());
        }
    }
    (kept, told)
}

fn contradicted(plan: &Plan, correction: &Correction, other: &Correction) -> Finding {
    let cause = format!(
        "ô được đính chính thành “{}” ({}, {}), nhưng một quyết định khác ghi “{}” ({}, {})",
        correction.new.trim(),
        correction.file,
        correction.who,
        other.new.trim(),
        other.file,
        other.who
    );
    let finding = Finding::new(Code::O021, cause, "thống nhất một giá trị rồi xóa quyết định kia");
    let finding = finding.of_unit(&correction.unit).at(Origin::file(correction.file.clone()));
    let year = correction.year.or(other.year).unwrap_or(plan.first_year);
    let unit = plan.roster(year).into_iter().find(|unit| unit.code == correction.unit);
    let form = unit.map(|unit| Form::for_unit(plan, unit, year));
    match form.as_ref().and_then(|form| form.field(&correction.field)) {
        Some(field) => finding.about(&field.id, &field.label),
        None => finding,
    }
}

fn corrections_of(file: &SourceFile, mistakes: &mut Vec<PlanMistake>) -> Vec<Correction> {
    let read = read_toml::<CorrectionsFile>(file, mistakes);
    let mut corrections = read.map(|file| file.value.corrections).unwrap_or_default();
    corrections.iter_mut().for_each(|correction| correction.file = file.name.as_str().into());
    corrections
}

/// What is said of a decision of another report year.
fn of_another_year(of: Option<Year>, year: Year) -> Finding {
    let of = of.map(|of| of.to_string()).unwrap_or_default();
    let cause = format!("quyết định này ghi year = {of}; kỳ đang xét là năm {year} nên không áp dụng");
    Finding::new(Code::O015, cause, "không cần làm gì; nếu ghi nhầm năm thì sửa year ở dòng này")
        .in_year(year)
}

/// What is said of a decision that names no year: what was done about it, and why.
fn without_year(year: Year, done: &str) -> Finding {
    let cause = format!("quyết định này không ghi năm; {done}");
    let cure = format!(
        "ghi thêm year = {year} nếu quyết định là của năm {year}; nếu là của năm khác thì ghi năm ấy hoặc xóa dòng này"
    );
    Finding::new(Code::O016, cause, cure).in_year(year)
}

fn waivers_of(plan: &Plan, file: &SourceFile, mistakes: &mut Vec<PlanMistake>) -> Vec<Waiver> {
    let read = read_toml::<WaiversFile>(file, mistakes);
    let entries = read.map(|read| read.value.waivers).unwrap_or_default();
    let mut waivers = Vec::new();
    for entry in &entries {
        match entry.get_ref().waiver(plan, &file.name) {
            Ok(waiver) => waivers.push(waiver),
            Err(what) => {
                let cure = "ghi đúng mã của nhận xét như trong kết quả kiểm tra, ví dụ code = \"C011\"";
                mistakes.push(file.wrong_value(entry.span(), what, cure.to_owned()));
            }
        }
    }
    waivers
}
