//! What was typed becomes decisions: added to those that are kept, changed, taken back; what is not whole stays as typed
//! and is told (`O019`).

use super::typed::{self, DECIDED_SHEET, TypedRow, TypedRows};
use crate::check::decision::desk::{DeskDecision, DeskFile, Draft, NewValue, Subject, Typed, YES};
use crate::domain::Year;
use crate::plan::{Plan, hex};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashSet};
use vietnamese::choice::read_yes_no;
use vietnamese::date::{DateReading, read_date};

/// What came of the rows of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// What is kept from now on.
    pub desk: DeskFile,
    /// How many decisions are new or changed.
    pub added: usize,
    /// How many were taken back.
    pub withdrawn: usize,
}

impl Settled {
    /// Where no workbook is.
    pub fn of_file(desk: DeskFile) -> Self {
        Settled { desk, added: 0, withdrawn: 0 }
    }

    /// Takes in what was typed into the season's workbook. Where it does not say when it was saved, `changed` says when its
    /// file was last changed.
    ///
    /// # Errors
    /// Why it cannot be read, in Vietnamese.
    pub fn with_workbook(
        desk: DeskFile,
        plan: &Plan,
        bytes: &[u8],
        changed: impl FnOnce() -> Option<NaiveDate>,
    ) -> Result<Self, String> {
        let sha256 = hex(&Sha256::digest(bytes));
        if desk.taken_in.as_ref() == Some(&sha256) {
            return Ok(Settled::of_file(desk));
        }
        let (rows, saved) = typed::in_workbook(bytes)?;
        let saved = saved.map(|moment| moment.on_the_wall(plan.utc_offset).date());
        let saved = saved.or_else(changed).unwrap_or_else(|| plan.due_date(desk.year));
        let mut settled = Settled::with_typed(desk, plan, rows, saved);
        settled.desk.taken_in = Some(sha256);
        Ok(settled)
    }

    /// Takes in what was typed; `saved` is the day the workbook was saved.
    pub fn with_typed(desk: DeskFile, plan: &Plan, typed: TypedRows, saved: NaiveDate) -> Self {
        let mut settled = Settled::of_file(desk);
        // A row that is there says anew what it lacks; one that is not, as in an older copy, is not taken back.
        let subjects: HashSet<&Subject> = typed.rows.iter().map(|row| &row.subject).collect();
        settled.desk.drafts.retain(|draft| draft.subject.as_ref().is_some_and(|of| !subjects.contains(of)));
        let mut of_subject: BTreeMap<Subject, Vec<TypedRow>> = BTreeMap::new();
        for row in typed.rows {
            of_subject.entry(row.subject.clone()).or_default().push(row);
        }
        for (subject, rows) in of_subject {
            settled.take(plan, subject, rows, saved);
        }
        for (sheet, row, typed) in typed.lost {
            let why = "không rõ dòng này nói về nhận xét nào".to_owned();
            settled.desk.drafts.push(Draft { sheet: sheet.to_owned(), row, why, typed, subject: None });
        }
        settled
    }

    fn take(&mut self, plan: &Plan, subject: Subject, mut rows: Vec<TypedRow>, saved: NaiveDate) {
        let known = self.desk.decisions.iter().position(|decision| decision.subject == subject);
        let as_kept = known.map(|at| Typed::of_decision(&self.desk.decisions[at])).unwrap_or_default();
        // A row that says what is kept already adds nothing; neither does a blank one where findings are listed.
        let is_decided = |row: &TypedRow| row.sheet == DECIDED_SHEET;
        rows.retain(|row| row.typed != as_kept && (is_decided(row) || !row.typed.is_blank()));
        rows.dedup_by(|a, b| a.typed == b.typed);
        let Some(row) = rows.pop() else { return };
        if !rows.is_empty() {
            for row in rows.into_iter().chain([row]) {
                self.draft(row, "có dòng khác ghi khác về cùng nhận xét này; giữ một dòng".to_owned());
            }
            return;
        }
        let typed = &row.typed;
        if is_no_decision(typed) && (typed.is_blank() || is_decided(&row)) {
            if let Some(at) = known {
                self.desk.decisions.remove(at);
                self.withdrawn += 1;
            }
            return;
        }
        match understood(plan, self.desk.year, &subject, typed, saved) {
            Ok(Some(decision)) => self.decide(known, decision),
            Ok(None) => self.draft(row, String::new()),
            Err(why) => self.draft(row, why),
        }
    }

    /// Adds a decision, or puts it in the place of the one that is known; the same in other words changes nothing.
    fn decide(&mut self, known: Option<usize>, decision: DeskDecision) {
        match known.map(|at| &mut self.desk.decisions[at]) {
            Some(kept) if DeskDecision { date: kept.date, ..decision.clone() } == *kept => return,
            Some(kept) => *kept = decision,
            None => self.desk.decisions.push(decision),
        }
        self.added += 1;
    }

    fn draft(&mut self, row: TypedRow, why: String) {
        let TypedRow { sheet, row, subject, typed } = row;
        self.desk.drafts.push(Draft { sheet: sheet.to_owned(), row, why, typed, subject: Some(subject) });
    }
}

/// What is told of a workbook that nobody can read: decisions may stand in it, and none of them is to be passed over.
pub fn not_understood(shown: &str, why: &str) -> String {
    format!(
        "Không đọc được sổ theo dõi “{shown}”: {}. Trong sổ có thể có quyết định đã gõ nên chương trình dừng lại. Lấy lại bản lưu trước của sổ; nếu không cần gì trong đó thì xóa hoặc đổi tên tệp này, chương trình ghi sổ mới.",
        why.trim_end_matches('.')
    )
}

/// Whether neither an acceptance nor a value is typed.
fn is_no_decision(typed: &Typed) -> bool {
    typed.accept.is_empty() && typed.new.is_empty()
}

/// The decision that is typed; none where the finding is only said not to be accepted.
///
/// # Errors
/// What it lacks, in Vietnamese.
fn understood(
    plan: &Plan,
    year: Year,
    subject: &Subject,
    typed: &Typed,
    saved: NaiveDate,
) -> Result<Option<DeskDecision>, String> {
    let accepted = accepted(&typed.accept)?;
    if accepted != Some(true) && typed.new.is_empty() {
        return match accepted {
            Some(_) => Ok(None),
            None => Err("chưa chọn Chấp nhận, cũng chưa ghi Giá trị mới".to_owned()),
        };
    }
    if accepted == Some(true) && !typed.new.is_empty() {
        return Err("ghi cả Chấp nhận lẫn Giá trị mới; chỉ chọn một".to_owned());
    }
    if typed.reason.is_empty() {
        return Err("thiếu Lý do".to_owned());
    }
    if typed.approver.is_empty() {
        return Err("thiếu Người duyệt".to_owned());
    }
    let until = until(&typed.until)?;
    let (accepted_until, new) = if accepted == Some(true) {
        subject.is_waivable(plan)?;
        (Some(until.unwrap_or_else(|| end_of_season(year))), Vec::new())
    } else {
        (None, values(subject, &typed.new)?)
    };
    Ok(Some(DeskDecision {
        accepted_until,
        new,
        reason: typed.reason.clone(),
        approver: typed.approver.clone(),
        date: saved,
        subject: subject.clone(),
    }))
}

/// Whether what is typed under “Chấp nhận” accepts; nothing where nothing is typed.
fn accepted(typed: &str) -> Result<Option<bool>, String> {
    let said = typed.to_lowercase();
    match said.as_str() {
        "" => Ok(None),
        "đồng ý" | "chấp nhận" | "duyệt" => Ok(Some(true)),
        _ => match read_yes_no(typed) {
            Some(is_so) => Ok(Some(is_so)),
            None => Err(format!("cột Chấp nhận ghi “{typed}”, cần “{YES}” hoặc để trống")),
        },
    }
}

fn until(typed: &str) -> Result<Option<NaiveDate>, String> {
    if typed.is_empty() {
        return Ok(None);
    }
    match read_date(typed) {
        DateReading::Day { date, .. } => Ok(Some(date)),
        _ => Err(format!("cột Đến ngày ghi “{typed}”, cần một ngày như 31/12/2024")),
    }
}

/// The last day on which reports of a year are written and mended: acceptances hold so long unless another day is typed.
pub fn end_of_season(year: Year) -> NaiveDate {
    NaiveDate::from_ymd_opt(year + 1, 3, 31).unwrap_or(NaiveDate::MAX)
}

/// The values typed: one for the one cell, or `D7 = 620; E7 = 30`.
fn values(subject: &Subject, typed: &str) -> Result<Vec<NewValue>, String> {
    let cells = &subject.cells;
    if cells.is_empty() || subject.unit.is_none() {
        return Err("nhận xét này không nói về ô nào nên không ghi giá trị mới được".to_owned());
    }
    let named = |address: &str| {
        let address = address.trim().replace('$', "");
        let address = address.strip_prefix("ô ").unwrap_or(&address);
        cells.iter().find(|cell| cell.cell.eq_ignore_ascii_case(address.trim()))
    };
    let mut values = Vec::new();
    for piece in typed.split([';', '\n']).map(str::trim).filter(|piece| !piece.is_empty()) {
        let pair = piece.split_once(['=', ':']);
        match (pair.and_then(|(address, value)| Some((named(address)?, value.trim()))), cells.as_slice()) {
            (Some((cell, value)), _) => {
                values.push(NewValue { field: cell.field.clone(), value: value.into() })
            }
            (None, [only]) => values.push(NewValue { field: only.field.clone(), value: typed.trim().into() }),
            (None, _) => {
                let known: Vec<&str> = cells.iter().map(|cell| cell.cell.as_str()).collect();
                let example = known.first().copied().unwrap_or_default();
                return Err(format!(
                    "nhận xét nói về {} ô ({}); ghi rõ ô nào, ví dụ “{example} = 620”",
                    known.len(),
                    known.join(", ")
                ));
            }
        }
        if cells.len() == 1 {
            break;
        }
    }
    Ok(values)
}
