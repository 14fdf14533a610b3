//! What the secretariat has decided about findings and figures: waivers (`mien-tru.toml`) and corrections
//! (`dinh-chinh.toml`), kept as text files beside the inbox and replayed on every run.

mod correction;
mod waiver;

pub use correction::Correction;
pub use waiver::Waiver;

pub(super) use correction::Corrections;
pub(super) use waiver::Waivers;
use waiver::WrittenWaiver;

use crate::domain::Year;
use crate::error::{Error, PlanMistake};
use crate::finding::{Code, Finding};
use crate::plan::{Plan, SourceFile, read_toml};
use serde::Deserialize;
use toml::Spanned;

/// Usual name of the file of waivers.
pub const WAIVERS_FILE: &str = "mien-tru.toml";
/// Usual name of the file of corrections.
pub const CORRECTIONS_FILE: &str = "dinh-chinh.toml";

/// Everything that was decided, as the files say it.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    /// Findings that are accepted.
    pub waivers: Vec<Waiver>,
    /// Figures that were settled.
    pub corrections: Vec<Correction>,
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
    /// [`Error::Decisions`] with every mistake of both: a decision half understood must not be half applied.
    pub fn read(
        plan: &Plan,
        waivers: Option<&SourceFile>,
        corrections: Option<&SourceFile>,
    ) -> Result<Self, Error> {
        let mut mistakes: Vec<PlanMistake> = Vec::new();
        let waivers = waivers.map(|file| waivers_of(plan, file, &mut mistakes));
        let corrections = corrections.and_then(|file| read_toml::<CorrectionsFile>(file, &mut mistakes));
        if !mistakes.is_empty() {
            return Err(Error::Decisions(mistakes));
        }
        let mut waivers = waivers.unwrap_or_default();
        let mut corrections = corrections.map(|file| file.value.corrections).unwrap_or_default();
        // Whoever decided on a unit under an older code decided on this unit.
        for waiver in &mut waivers {
            waiver.unit = waiver.unit.take().map(|unit| plan.code_now(unit));
        }
        for correction in &mut corrections {
            correction.unit = plan.code_now(correction.unit.clone());
        }
        Ok(Decisions { waivers, corrections })
    }
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
        match entry.get_ref().waiver(plan) {
            Ok(waiver) => waivers.push(waiver),
            Err(what) => {
                let cure = "ghi đúng mã của nhận xét như trong kết quả kiểm tra, ví dụ code = \"C011\"";
                mistakes.push(file.wrong_value(entry.span(), what, cure.to_owned()));
            }
        }
    }
    waivers
}
