//! The frame of a plan's documents: title, province, letter. Provinces merge and offices are renamed within the life of a
//! plan, so a frame holds from a day on.

use super::{Plan, PlanNames, SourceFile, SuperiorSignature};
use crate::domain::Year;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What stands around the figures of a year.
#[derive(Debug, Clone)]
pub struct Frame {
    /// What the program's own sentences call the things of the plan.
    pub names: PlanNames,
    /// Official title.
    pub title: String,
    /// The province, for example “tỉnh Long An”.
    pub province: String,
    /// Frame of the official report.
    pub letter: LetterPlan,
    /// Who reports in the superior's form, lines in its upper left corner; without any the letter's superior and issuer.
    pub agency: Vec<String>,
    /// Who signs the superior's form, from left to right; without any whoever signs the letter.
    pub signatures: Vec<SuperiorSignature>,
    /// Why it took the place of the frame before; `None` for the first.
    pub change: Option<FrameChange>,
}

/// Why a frame took the place of the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameChange {
    /// First day in force.
    pub from: NaiveDate,
    /// Legal act.
    pub act: String,
    /// What else there is to say, for example that something needs confirming.
    pub note: Option<String>,
    /// The keys it gives, as the plan's file names them.
    pub keys: Vec<&'static str>,
}

/// Frame of the official report; `{nam}` stands for the report year.
#[derive(Debug, Clone)]
pub struct LetterPlan {
    /// Superior body, when there is one.
    pub superior: Option<String>,
    /// Issuing body.
    pub issuer: String,
    /// Document symbol.
    pub symbol: String,
    /// Place of issue.
    pub place: String,
    /// Subject.
    pub subject: String,
    /// Subject in years of review that have their own.
    pub review_subjects: BTreeMap<Year, String>,
    /// Recipient.
    pub addressee: String,
    /// Who collects the reports.
    pub secretariat: String,
    /// Authority and post above the signature.
    pub authority: Vec<String>,
    /// Name of the signer, may be empty.
    pub signer: String,
    /// Recipients.
    pub recipients: Vec<String>,
    /// The annexes that go with the letter; the others stay with the secretariat.
    pub annexes: Vec<Annex>,
}

/// The letter by which the secretariat hands the draft of the report up: what the plan says of it. The rest is the report's own
/// letter's: whoever issues that is whom this one goes to.
#[derive(Debug, Clone)]
pub struct CoverLetterPlan {
    /// Who hands it up.
    pub issuer: String,
    /// Document symbol.
    pub symbol: String,
    /// Subject.
    pub subject: String,
    /// Authority and post above the signature.
    pub authority: Vec<String>,
    /// Name of the signer, may be empty.
    pub signer: String,
    /// Recipients.
    pub recipients: Vec<String>,
    /// Text template of its body.
    pub text: SourceFile,
}

/// What may stand in an annex, with the letter or apart from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Annex {
    /// The indicators by unit.
    DonVi,
    /// The indicators over the years.
    CacNam,
    /// Published figures that are others now.
    DieuChinh,
    /// Who has reported.
    BaiNop,
    /// What the secretariat has decided about figures.
    QuyetDinh,
    /// What the units wrote in words.
    LoiDonVi,
    /// What was found wrong with the figures.
    NhanXet,
}

impl Annex {
    /// What goes with a letter whose plan does not say: what its reader can use. What the secretariat works with stays.
    pub(super) fn usual() -> Vec<Self> {
        vec![Annex::DonVi, Annex::CacNam, Annex::DieuChinh, Annex::BaiNop, Annex::QuyetDinh]
    }
}

/// Typefaces a plan may choose for its reports; both have letters of the same widths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FontChoice {
    /// Inside the program, the same on every computer.
    #[default]
    LiberationSerif,
    /// The system's own, where it is there.
    TimesNewRoman,
}

impl Plan {
    /// The frame of a year's documents: the one in force on its due date.
    pub fn frame(&self, year: Year) -> &Frame {
        self.frames.on(self.due_date(year))
    }

    /// The subject of a year's report.
    pub fn subject(&self, year: Year) -> String {
        let letter = &self.frame(year).letter;
        self.text_of(letter.review_subjects.get(&year).unwrap_or(&letter.subject), year)
    }
}
