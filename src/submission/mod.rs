//! Raw cells × form → submission: values by field, each with its origin, and what was found on the way.
//!
//! ```text
//! RawSubmission ─► identity (whose, which year) ─► locate (field → cell) ─► read_cell ─► Submission
//! ```
//!
//! The readers of typed text are pure and tell no findings: they answer what was read, what was changed on the way,
//! what is in doubt and what means “missing”, “none” or “no standard yet”; `read_cell` turns the answers into findings.

mod around;
mod file_name;
mod identity;
mod locate;
mod model;
mod read_cell;

pub use file_name::likely_sender;
pub use model::{
    Access, Content, Fate, FigureStatus, FilledCell, InputFile, Received, Reported, Sent, Submission, Value,
};

use crate::domain::{ColumnRole, FieldId, Meaning, Unit, Year};
use crate::finding::{Finding, Origin, Severity};
use crate::form::{Field, FormBook, FormRow};
use crate::intake::raw::{RawCell, RawSubmission, RawValue};
use crate::plan::Plan;
use ecow::eco_format;
use file_name::Spellings;
use locate::Located;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// Reads what a file's cells say into typed values. `year` is the year being consolidated; without it the file's own
/// year is taken. Whoever reads many files keeps a [`Reader`].
pub fn read(plan: &Plan, year: Option<Year>, file: InputFile, raw: &RawSubmission) -> Received {
    Reader::new(plan).read(year, file, raw)
}

/// Reads the submissions of a plan, in any number of threads; what all of them need is worked out once.
#[derive(Debug)]
pub struct Reader<'a> {
    plan: &'a Plan,
    forms: FormBook<'a>,
    spellings: BTreeMap<Year, OnceLock<Spellings<'a>>>,
}

impl<'a> Reader<'a> {
    /// A reader of what answers the plan.
    pub fn new(plan: &'a Plan) -> Self {
        let years = plan.first_year..=plan.last_year;
        Reader {
            plan,
            forms: FormBook::new(plan),
            spellings: years.map(|year| (year, OnceLock::new())).collect(),
        }
    }

    /// As [`read()`].
    pub fn read(&self, year: Option<Year>, file: InputFile, raw: &RawSubmission) -> Received {
        typed(self, year, file, raw)
    }

    /// Another unit that a file's name speaks of.
    fn contradiction(&self, year: Year, path: &str, sender: &Unit) -> Option<(&'a Unit, &'static str)> {
        let spellings = self.spellings.get(&year)?.get_or_init(|| Spellings::new(self.plan, year));
        file_name::contradiction(spellings, path, sender)
    }
}

fn typed(reader: &Reader<'_>, year: Option<Year>, file: InputFile, raw: &RawSubmission) -> Received {
    let plan = reader.plan;
    let identified = match identity::resolve(reader, year, &file, raw) {
        Ok(identified) => identified,
        Err(refusal) => {
            let filled =
                refusal.form.as_ref().map_or(0, |form| count_filled(&locate::locate(plan, form, raw), raw));
            let code = refusal.finding.code;
            let content = Content::Rejected { unit: refusal.unit, filled, code };
            return Received { file, findings: vec![refusal.finding], content };
        }
    };
    let mut findings = identified.findings;
    let form = Arc::new(reader.forms.form_for(&identified.unit, identified.year));
    let located = locate::locate(plan, &form, raw);
    if located.is_empty() {
        let refusal = identity::not_a_template(plan, &file);
        let content = Content::Rejected { unit: None, filled: 0, code: refusal.code };
        return Received { file, findings: vec![refusal], content };
    }
    let unit = &identified.unit;
    let of_unit = |finding: Finding| finding.of_unit(&unit.code).in_year(identified.year);
    findings.extend(locate::tell(plan, &form, &located, raw, &file.path).into_iter().map(of_unit));
    let (swallowed, of_merges) = around::swallowed(&form, &located, raw, &file.path);
    findings.extend(of_merges.into_iter().map(of_unit));
    findings.extend(around::beside(&form, &located, raw, &file.path).into_iter().map(of_unit));

    let mut submission = Submission {
        file: file.clone(),
        format: raw.format,
        saved_by: raw.saved_by.clone(),
        modified: raw.modified,
        stored: raw.stored,
        plan_version: raw.identity.plan_version.clone(),
        unit: unit.code.clone(),
        year: identified.year,
        access: located.values().map(|l| l.access).max().unwrap_or(Access::Codes),
        values: BTreeMap::new(),
        filled: Vec::new(),
        filled_count: count_filled(&located, raw),
        corrected: BTreeSet::new(),
        sent: BTreeMap::new(),
        unread: locate::unread(&form, &located, raw).union(&swallowed).cloned().collect(),
        form: Arc::clone(&form),
    };
    for field in form.fields() {
        let Some(place) = located.get(&field.id) else { continue };
        let Some(sheet) = raw.sheet(&place.sheet) else { continue };
        let Some(cell) = sheet.cells.get(&place.cell) else { continue };
        let origin = Origin::cell(&file.path, &sheet.name, eco_format!("{}", place.cell));
        let Some(read) =
            read_cell::read(Some((plan, identified.year)), field, cell, origin.clone(), raw.epoch_1904)
        else {
            continue;
        };
        let reported = read.reported.map(Arc::new);
        let sent = match &reported {
            Some(reported) => Sent::Read(Arc::clone(reported)),
            None => Sent::Typed(Box::new((origin, read_cell::as_typed(&cell.value).into()))),
        };
        submission.sent.insert(field.id.clone(), sent);
        findings.extend(read.finding.map(|f| of_unit(*f)));
        submission.filled.push(FilledCell { field: field.id.clone(), fate: read.fate });
        if let Some(reported) = reported {
            submission.values.insert(field.id.clone(), reported);
        }
    }
    for row in form.rows() {
        apply_row_status(&mut submission, row);
    }
    submission.filled.shrink_to_fit();
    Received { file, findings, content: Content::Submission(Box::new(submission)) }
}

/// What a text means when it is typed into a field's cell; `None` when it means nothing or is in doubt.
pub fn reading_of(field: &Field, text: &str, origin: Origin) -> Option<Reported> {
    let cell = RawCell::of(RawValue::Text(text.to_owned()));
    let read = read_cell::read(None, field, &cell, origin, false)?;
    let doubted = read.finding.is_some_and(|finding| finding.severity >= Severity::Confirm);
    read.reported.filter(|_| !doubted)
}

/// How many input cells hold something, counted before any of them is read.
fn count_filled(located: &BTreeMap<FieldId, Located>, raw: &RawSubmission) -> usize {
    let cell = |place: &Located| raw.sheet(&place.sheet)?.cells.get(&place.cell);
    located.values().filter_map(cell).filter(|cell| read_cell::is_filled(cell)).count()
}

/// Lets the status column speak for the figures of its row: estimates are marked; where nothing occurred or no standard
/// exists, the figures left blank say so too. “Not reported” adds nothing: missing is never zero.
fn apply_row_status(submission: &mut Submission, row: &FormRow) {
    let Some(status) = row.fields.iter().find(|field| field.role == Some(ColumnRole::RowStatus)) else {
        return;
    };
    let Some(told) = submission.values.get(&status.id).cloned() else { return };
    let Some(Value::Choice(meaning, _)) = &told.value else { return };
    let is_figure =
        |field: &&Field| !matches!(field.role, None | Some(ColumnRole::RowStatus | ColumnRole::Percent));
    for field in row.fields.iter().filter(is_figure) {
        let filled = submission.filled.iter().any(|cell| cell.field == field.id);
        let (value, status) = match meaning {
            Meaning::Estimate => {
                if let Some(reported) = submission.values.get_mut(&field.id) {
                    Arc::make_mut(reported).status = FigureStatus::Estimate;
                }
                continue;
            }
            Meaning::None if !filled => (Some(Value::Number(Decimal::ZERO)), FigureStatus::None),
            Meaning::NoStandard if !filled => (None, FigureStatus::NoStandard),
            _ => continue,
        };
        let reported = Reported { value, status, origin: told.origin.clone(), typed: told.typed.clone() };
        submission.values.insert(field.id.clone(), Arc::new(reported));
    }
}
