//! What a sender filled into the form of another year, moved into this year's.

use crate::check::{FilledFor, OtherYear};
use crate::domain::cell::{CellAddress, Content};
use crate::domain::{FieldId, FieldKind, Year};
use crate::finding::Severity;
use crate::form::{Field, Form};
use crate::submission::Sent;
use crate::template::{Remark, Values};
use ecow::EcoString;
use std::collections::BTreeMap;

/// What comes of a form of another year.
pub(super) enum Brought<'a> {
    /// Values that were meant for this year.
    Values(Carried<'a>),
    /// Nothing: of that year's form, and why.
    Nothing(&'a OtherYear),
}

/// Values moved into this year's form.
pub(super) struct Carried<'a> {
    /// Where they come from.
    pub other: &'a OtherYear,
    /// By the fields of this year's form.
    pub filled: Values,
    /// Filled cells that this year's form does not have: what they are called, and what was typed.
    pub left: Vec<(&'a str, String)>,
    /// Input cells of this year's form that the other does not have, sheet by sheet.
    pub new: Vec<(&'a EcoString, Vec<CellAddress>)>,
}

impl<'a> Brought<'a> {
    pub fn of(form: &'a Form, other: &'a OtherYear) -> Self {
        let is_blank = other.submission.sent.is_empty();
        if other.filled_for == FilledFor::This && !is_blank {
            Brought::Values(Carried::of(form, other))
        } else {
            Brought::Nothing(other)
        }
    }
}

impl<'a> Carried<'a> {
    fn of(form: &'a Form, other: &'a OtherYear) -> Self {
        let before = &other.submission;
        let mut carried = Carried { other, filled: Values::new(), left: Vec::new(), new: Vec::new() };
        for old in before.form.fields() {
            let Some(sent) = before.sent.get(&old.id) else { continue };
            match form.field(&old.id).filter(|field| takes(field, old, sent)) {
                Some(field) => {
                    carried.filled.insert(field.id.clone(), sent.content());
                }
                None => carried.left.push((&old.label, sent.typed().to_string())),
            }
        }
        for field in form.fields() {
            if before.form.field(&field.id).is_none_or(|old| !is_of_one_kind(&field.kind, &old.kind)) {
                match carried.new.last_mut().filter(|(sheet, _)| *sheet == &field.sheet) {
                    Some((_, cells)) => cells.push(field.cell),
                    None => carried.new.push((&field.sheet, vec![field.cell])),
                }
            }
        }
        carried
    }

    /// The year of the form that they stood in.
    pub fn from(&self) -> Year {
        self.other.submission.year
    }

    /// What is noted on each cell.
    pub fn remarks(&self) -> BTreeMap<FieldId, Remark> {
        let note = format!("Chép từ biểu mẫu năm {} đơn vị đã gửi; xin kiểm tra từng số.", self.from());
        let remark = Remark { severity: Severity::Warning, note };
        self.filled.keys().map(|id| (id.clone(), remark.clone())).collect()
    }
}

fn is_of_one_kind(new: &FieldKind, old: &FieldKind) -> bool {
    new == old || matches!((new, old), (FieldKind::Choice(_), FieldKind::Choice(_)))
}

/// Whether a field takes what stood in the field of its id: of a list, what is still on it.
fn takes(field: &Field, old: &Field, sent: &Sent) -> bool {
    let still_offered = match (&field.kind, sent, sent.content()) {
        (FieldKind::Choice(list), Sent::Read(_), Content::Text(text)) => {
            list.items.iter().any(|item| item.text == text.as_str())
        }
        _ => true,
    };
    is_of_one_kind(&field.kind, &old.kind) && still_offered
}
