//! A submission: typed values by field, each with its origin, and what became of every filled cell.

use crate::domain::cell;
use crate::domain::{FieldId, Meaning, UnitCode, Year};
use crate::finding::{Finding, FindingCode, Origin};
use crate::form::Form;
use crate::intake::moment::{Moment, Receipt};
use crate::intake::raw::FileFormat;
use chrono::NaiveDate;
use ecow::EcoString;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An input file as outputs name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputFile {
    /// Path relative to the folder given, forward slashes.
    pub path: EcoString,
    /// SHA-256 of its content, lower-case hexadecimal.
    pub sha256: String,
}

/// One input file after reading.
#[derive(Debug, Clone)]
pub struct Received {
    /// The file.
    pub file: InputFile,
    /// What reading it found.
    pub findings: Vec<Finding>,
    /// What it says, or why it is not used.
    pub content: Content,
}

/// What a file turned out to be.
#[derive(Debug, Clone)]
pub enum Content {
    /// A submission.
    Submission(Box<Submission>),
    /// A file that is not used; the findings say why.
    Rejected {
        /// Whose it is, when that could be read.
        unit: Option<UnitCode>,
        /// How many filled input cells it holds, where they could be counted.
        filled: usize,
        /// What keeps them out.
        code: FindingCode,
        /// When a mail brought the file, else when it was last changed, as the disk or the archive around it says.
        came: Option<Moment>,
        /// What it says as the form of another year, where that is why it is not used.
        of_other_year: Option<Box<Submission>>,
    },
    /// A file that is nobody's submission, such as a lock file.
    Ignored,
}

impl Content {
    /// A file of which nothing is known but why it is not used.
    pub fn rejected(code: FindingCode) -> Self {
        Content::Rejected { unit: None, filled: 0, code, came: None, of_other_year: None }
    }

    /// Says when a file came that is not used.
    #[must_use]
    pub fn which_came(mut self, moment: Option<Moment>) -> Self {
        if let Content::Rejected { came, .. } = &mut self {
            *came = moment;
        }
        self
    }
}

/// What one readable file says.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The file.
    pub file: InputFile,
    /// Format by content; none of a result of a lower plan.
    pub format: Option<FileFormat>,
    /// Program that saved it, when the file says so.
    pub saved_by: Option<String>,
    /// When the file says it was last saved.
    pub modified: Option<Moment>,
    /// When the file itself was last changed, as the disk or the archive around it says.
    pub stored: Option<Moment>,
    /// When the mail around it came, where a mail brought it.
    pub received: Option<Receipt>,
    /// Version of the plan its template was made from.
    pub plan_version: Option<String>,
    /// Reporting unit.
    pub unit: UnitCode,
    /// Report year.
    pub year: Year,
    /// The form it answers.
    pub form: Arc<Form>,
    /// How the fields were found.
    pub access: Access,
    /// What was reported, by field.
    pub values: BTreeMap<FieldId, Arc<Reported>>,
    /// Every filled input cell and what became of it.
    pub filled: Vec<FilledCell>,
    /// How many filled input cells were counted before any was read.
    pub filled_count: usize,
    /// How many filled input cells stand beside the form's own, as on a draft of a sheet, by the reason why they are not
    /// used; they are not among `filled`.
    pub beside: BTreeMap<EcoString, usize>,
    /// Input cells that are no longer in the file or stand where reading stopped: nobody knows whether they were filled.
    pub unread: BTreeSet<FieldId>,
    /// Fields whose value the secretariat has settled, whether or not the cell was filled.
    pub corrected: BTreeSet<FieldId>,
    /// What the filled cells held when they came, whatever becomes of it.
    pub sent: BTreeMap<FieldId, Sent>,
    /// What speaks against its being the unit's own.
    pub doubts: Vec<Doubt>,
}

/// Something that says a submission is another unit's or another year's than its hidden identity tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// Whose it may be instead.
    pub other: UnitCode,
    /// The folder that says so, where it is a folder.
    pub folder: Option<EcoString>,
    /// The words about it.
    pub finding: Finding,
}

/// How the fields of a file were found, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// By workbook-level defined names.
    Names,
    /// By the table on the hidden sheet.
    Table,
    /// By the visible code column.
    Codes,
}

/// What a filled cell held when it came.
#[derive(Debug, Clone, PartialEq)]
pub enum Sent {
    /// What was read.
    Read(Arc<Reported>),
    /// What was typed, where nothing could be read: its place and the words.
    Typed(Box<(Origin, EcoString)>),
}

impl Sent {
    /// Where it stood.
    pub fn origin(&self) -> &Origin {
        match self {
            Sent::Read(reported) => &reported.origin,
            Sent::Typed(typed) => &typed.0,
        }
    }

    /// Exactly what was typed.
    pub fn typed(&self) -> &EcoString {
        match self {
            Sent::Read(reported) => &reported.typed,
            Sent::Typed(typed) => &typed.1,
        }
    }

    /// What was read, else what was typed.
    pub fn content(&self) -> cell::Content {
        match self {
            Sent::Read(reported) => match &reported.value {
                Some(value) => value.content(),
                None => cell::Content::Text(reported.typed.clone()),
            },
            Sent::Typed(typed) => cell::Content::Text(typed.1.clone()),
        }
    }
}

/// A reported value.
#[derive(Debug, Clone, PartialEq)]
pub struct Reported {
    /// What was read; `None` where the status alone speaks (no standard yet).
    pub value: Option<Value>,
    /// What kind of figure it is.
    pub status: FigureStatus,
    /// Where it stands.
    pub origin: Origin,
    /// As typed.
    pub typed: EcoString,
}

/// A typed value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// An exact number.
    Number(Decimal),
    /// An item of a list: what it means and what the sender sees.
    Choice(Meaning, EcoString),
    /// Words.
    Text(EcoString),
    /// A date.
    Date(NaiveDate),
}

/// What kind of figure a value is. A figure that is absent has no [`Reported`] at all: missing is never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureStatus {
    /// An actual figure.
    Actual,
    /// An estimate.
    Estimate,
    /// No standard exists yet to judge by.
    NoStandard,
    /// Nothing occurred: zero, said in words.
    None,
}

impl FigureStatus {
    /// The word of the JSON contract; an actual figure has none there.
    pub fn code(self) -> &'static str {
        match self {
            FigureStatus::Actual => "actual",
            FigureStatus::Estimate => "estimate",
            FigureStatus::NoStandard => "no-standard",
            FigureStatus::None => "none",
        }
    }
}

/// A filled input cell.
#[derive(Debug, Clone, PartialEq)]
pub struct FilledCell {
    /// The field it belongs to.
    pub field: FieldId,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a filled input cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Its value is in the result.
    Used,
    /// It stands in an older version of the unit's file.
    Superseded,
    /// A finding of this code keeps it out.
    Rejected(FindingCode),
    /// It says nothing that could be used; the reason, in Vietnamese.
    Ignored(EcoString),
}

impl Submission {
    /// When a mail brought its file, else when that was last changed, as the disk or the archive around it says.
    pub fn came(&self) -> Option<Moment> {
        came(self.received, self.stored)
    }

    /// The number a field holds, if it holds one.
    pub fn number(&self, field: &FieldId) -> Option<Decimal> {
        match self.values.get(field)?.value {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// The text a field holds, if it holds one.
    pub fn text(&self, field: &FieldId) -> Option<&str> {
        match self.values.get(field)?.value.as_ref()? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The date a field holds, if it holds one.
    pub fn date(&self, field: &FieldId) -> Option<NaiveDate> {
        match self.values.get(field)?.value {
            Some(Value::Date(day)) => Some(day),
            _ => None,
        }
    }

    /// Takes a value out of the result because of a finding.
    pub fn reject(&mut self, field: &FieldId, code: FindingCode) {
        self.values.remove(field);
        for cell in self.filled.iter_mut().filter(|cell| cell.field == *field && cell.fate == Fate::Used) {
            cell.fate = Fate::Rejected(code);
        }
    }

    /// Gives every filled cell the same fate: the whole file is superseded or rejected.
    pub fn settle_all(&mut self, fate: &Fate) {
        for cell in &mut self.filled {
            cell.fate = fate.clone();
        }
    }
}

impl Value {
    /// As it is to be written into a cell.
    pub fn content(&self) -> cell::Content {
        match self {
            Value::Number(number) => cell::Content::Number(*number),
            Value::Choice(_, text) | Value::Text(text) => cell::Content::Text(text.clone()),
            Value::Date(day) => cell::Content::Date(*day),
        }
    }
}

/// When a file came: a mail knows better than the disk.
pub fn came(received: Option<Receipt>, stored: Option<Moment>) -> Option<Moment> {
    received.map(|receipt| receipt.moment).or(stored)
}
