//! Raw cells × form → submission: values by field, each with its origin, and what was found on the way.
//!
//! ```text
//! RawSubmission ─► identity (whose, which year) ─► locate (field → cell) ─► read_cell ─► Submission
//! ```
//!
//! The readers of typed text are pure and tell no findings: they answer what was read, what was changed on the way,
//! what is in doubt and what means “missing”, “none” or “no standard yet”; `read_cell` turns the answers into findings.

mod around;
mod codes;
mod elsewhere;
mod file_name;
mod identity;
mod locate;
mod lower;
mod model;
mod parts;
mod read_cell;
mod saved;
mod unseen;
mod whose;

pub use file_name::Spellings;
pub use lower::{LowerFigure, LowerResult, ResultStatus};
pub use model::came;
pub use model::{
    Access, Content, Doubt, Fate, FigureStatus, FilledCell, InputFile, Received, Reported, Sent, Submission,
    Value,
};

pub use saved::{Account, Saved};

use crate::domain::{CellAddress, ColumnRole, FieldId, Level, Meaning, Unit, Year};
use crate::finding::{Code, Finding, Origin, Severity};
use crate::form::{Field, Form, FormBook, FormRow};
use crate::intake::raw::{RawCell, RawSubmission, RawValue};
use crate::plan::Plan;
use ecow::{EcoString, eco_format};
use elsewhere::Repeated;
use identity::Refusal;
use locate::{Located, Places};
use parts::Part;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, OnceLock};

/// Reads what a file's cells say into typed values. `year` is the year being consolidated; without it the file's own
/// year is taken. Of a workbook with the forms of several units it is the report of its own unit; [`Reader::read_all`]
/// gives those of the others too. Whoever reads many files keeps a [`Reader`].
pub fn read(plan: &Plan, year: Option<Year>, file: InputFile, raw: &RawSubmission) -> Received {
    Reader::new(plan).read(year, file, raw)
}

/// Reads the submissions of a plan, in any number of threads; what all of them need is worked out once.
#[derive(Debug)]
pub struct Reader<'a> {
    plan: &'a Plan,
    forms: FormBook<'a>,
    spellings: BTreeMap<Year, OnceLock<Spellings<'a>>>,
    /// Ids of the rows of all forms, by which a form's sheet is told from any other.
    row_ids: HashSet<&'a str>,
}

impl<'a> Reader<'a> {
    /// A reader of what answers the plan.
    pub fn new(plan: &'a Plan) -> Self {
        let years = plan.first_year..=plan.last_year;
        let rows = plan.sheets.iter().flat_map(|sheet| &sheet.tables).flat_map(|table| &table.rows);
        Reader {
            plan,
            forms: FormBook::new(plan),
            spellings: years.map(|year| (year, OnceLock::new())).collect(),
            row_ids: rows.map(|row| row.id.as_str()).collect(),
        }
    }

    /// As [`read()`].
    pub fn read(&self, year: Option<Year>, file: InputFile, raw: &RawSubmission) -> Received {
        let mut parts = parts::of(self, raw);
        typed(self, year, file, &parts.swap_remove(0))
    }

    /// Every report in a workbook: that of its own unit first, then those of other units whose sheets lie in it.
    pub fn read_all(&self, year: Option<Year>, file: InputFile, raw: &RawSubmission) -> Vec<Received> {
        let parts = parts::of(self, raw);
        parts.iter().map(|part| typed(self, year, file.clone(), part)).collect()
    }

    /// How the units of a year may be spelled in a name.
    fn spellings(&self, year: Year) -> Option<&Spellings<'a>> {
        Some(self.spellings.get(&year)?.get_or_init(|| Spellings::new(self.plan, year)))
    }
}

fn typed(reader: &Reader<'_>, year: Option<Year>, file: InputFile, part: &Part<'_>) -> Received {
    let plan = reader.plan;
    let raw = part.raw.as_ref();
    let identified = match identity::resolve(reader, year, &file, raw) {
        Ok(identified) => identified,
        Err(refusal) => return refused(reader, year, file, part, *refusal),
    };
    let mut findings = identified.findings;
    let form = Arc::new(reader.forms.form_for(&identified.unit, identified.year));
    let mut places = locate::locate(plan, &form, raw);
    if places.located.is_empty() {
        let refusal = identity::not_a_template(plan, Some(identified.year), &file);
        let content = Content::rejected(refusal.code).which_came(model::came(raw.received, raw.stored));
        return Received { file, findings: vec![refusal], content };
    }
    let unit = &identified.unit;
    let of_unit = |finding: Finding| finding.of_unit(&unit.code).in_year(identified.year);
    findings.extend(locate::tell(plan, &form, &places.located, raw, &file.path).into_iter().map(of_unit));
    let beside = around::beside(&form, &places.located, raw, &file.path);
    findings.extend(beside.into_iter().map(of_unit));
    let (besides, beside) = of_other_sheets(reader, &form, &mut places, part, &file.path);
    findings.extend(besides.into_iter().map(of_unit));
    let located = places.located;
    let (swallowed, of_merges) = around::swallowed(&form, &located, raw, &file.path);
    findings.extend(of_merges.into_iter().map(of_unit));
    findings.extend(unseen::unseen(&form, &located, raw, &file.path).into_iter().map(of_unit));
    let doubts = whose::doubts(reader, &file, raw, unit, identified.year);

    let mut submission = Submission {
        file: file.clone(),
        format: Some(raw.format),
        saved_by: raw.saved_by.clone(),
        modified: raw.modified,
        stored: raw.stored,
        received: raw.received,
        plan_version: raw.identity.plan_version.clone(),
        unit: unit.code.clone(),
        year: identified.year,
        access: located.values().map(|l| l.access).max().unwrap_or(Access::Codes),
        values: BTreeMap::new(),
        filled: Vec::new(),
        filled_count: count_filled(&located, raw),
        beside,
        corrected: BTreeSet::new(),
        sent: BTreeMap::new(),
        doubts,
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

/// A file that is not used. The form of another year of a unit that is known is read all the same: what the sender filled
/// in may be meant for this year's.
fn refused(
    reader: &Reader<'_>,
    year: Option<Year>,
    file: InputFile,
    part: &Part<'_>,
    refusal: Refusal,
) -> Received {
    let Refusal { finding, unit, form, other_year } = refusal;
    let raw = part.raw.as_ref();
    let filled = match &form {
        Some(form) => count_filled(&locate::locate(reader.plan, form, raw).located, raw),
        None => count_as_any(reader, year, raw),
    };
    let as_its_own_year = |other| match typed(reader, Some(other), file.clone(), part).content {
        Content::Submission(submission) => Some(submission),
        _ => None,
    };
    let of_other_year = other_year.filter(|_| unit.is_some()).and_then(as_its_own_year);
    let came = model::came(raw.received, raw.stored);
    let content = Content::Rejected { unit, filled, code: finding.code, came, of_other_year };
    Received { file, findings: vec![finding], content }
}

/// Why filled cells of a draft are not used …
const AGAIN: &str = "mã số đứng lần nữa ở chỗ khác trong tệp (trang chép, trang nháp)";

/// What stands on other sheets than the form's, and on those of other units and years; and how many filled cells there
/// are not used, by the reason.
fn of_other_sheets(
    reader: &Reader<'_>,
    form: &Form,
    places: &mut Places<'_>,
    part: &Part<'_>,
    file: &str,
) -> (Vec<Finding>, BTreeMap<EcoString, usize>) {
    let unit = &form.unit;
    let Repeated { mut findings, sheets, unused } = elsewhere::again(form, places, &part.raw, file);
    let mut beside = BTreeMap::from([(AGAIN.into(), unused)]);
    if !part.is_guest {
        findings.extend(elsewhere::unread(places, &part.raw, &sheets, file));
    }
    for (year, raw) in &part.of_other_years {
        let other = reader.forms.form_for(unit, *year);
        let filled = count_filled(&locate::locate(reader.plan, &other, raw).located, raw);
        beside.insert(eco_format!("trang là biểu mẫu năm {year} của cùng đơn vị"), filled);
        findings.extend(raw.sheets.iter().map(|sheet| {
            let at = Origin { file: file.into(), sheet: Some(sheet.name.clone()), cell: None };
            let cause = format!("đầu trang này ghi là biểu mẫu năm {year} của cùng đơn vị; không đọc");
            Finding::new(Code::S011, cause, "xóa trang của năm khác trước khi gửi").at(at)
        }));
    }
    if part.is_guest {
        let names: Vec<String> = part.raw.sheets.iter().map(|sheet| format!("“{}”", sheet.name)).collect();
        let cause = format!(
            "trong tệp này có các trang ghi ở đầu là của {} ({}): {}; đã đọc riêng thành báo cáo của đơn vị ấy",
            unit.name,
            unit.code,
            names.join(", ")
        );
        let cure = "hỏi hai đơn vị có đúng như vậy không; đề nghị mỗi đơn vị gửi một tệp";
        findings.push(Finding::new(Code::O014, cause, cure).at(Origin::file(file)));
    }
    beside.retain(|_, cells| *cells > 0);
    (findings, beside)
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

/// How many input cells of a form that is nobody's here hold something: where the file itself says that input cells stand;
/// without such places, where the codes do of whichever level's form has most of them.
fn count_as_any(reader: &Reader<'_>, year: Option<Year>, raw: &RawSubmission) -> usize {
    let placed: BTreeSet<(&EcoString, CellAddress)> =
        raw.named.iter().chain(&raw.table).map(|placed| (&placed.sheet, placed.cell)).collect();
    let cells = placed.iter().filter_map(|(sheet, cell)| raw.sheet(sheet)?.cells.get(cell));
    let filled = cells.filter(|cell| read_cell::is_filled(cell)).count();
    if filled > 0 {
        return filled;
    }
    let plan = reader.plan;
    let year = year.unwrap_or(plan.first_year);
    let roster = plan.roster(year);
    let of_level = |level: &Level| roster.iter().copied().find(|unit| unit.level == level.id);
    let as_form = |unit: &Unit| {
        let form = reader.forms.form_for(unit, year);
        count_filled(&locate::locate(plan, &form, raw).located, raw)
    };
    plan.levels.iter().filter_map(of_level).map(as_form).max().unwrap_or_default()
}

/// Lets the status column speak for the figures of its row: estimates are marked; where nothing occurred or no standard
/// exists, the figures left blank say so too. “Not reported” adds nothing: missing is never zero.
pub fn apply_row_status(submission: &mut Submission, row: &FormRow) {
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
            // A nought that stands where there is no standard to reach says no more than a blank; all there are can be known.
            Meaning::NoStandard if field.role != Some(ColumnRole::Whole) => {
                if let Some(reported) = submission.values.get_mut(&field.id)
                    && reported.value == Some(Value::Number(Decimal::ZERO))
                {
                    Arc::make_mut(reported).status = FigureStatus::NoStandard;
                    continue;
                }
                if filled {
                    continue;
                }
                (None, FigureStatus::NoStandard)
            }
            Meaning::None if !filled => (Some(Value::Number(Decimal::ZERO)), FigureStatus::None),
            Meaning::NoStandard if !filled => (None, FigureStatus::NoStandard),
            _ => continue,
        };
        let reported = Reported { value, status, origin: told.origin.clone(), typed: told.typed.clone() };
        submission.values.insert(field.id.clone(), Arc::new(reported));
    }
}
