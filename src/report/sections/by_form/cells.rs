//! What the listed and the crossed tables of the form share: which units have a row, which columns are summed, and how.

use crate::consolidate::history::workbook::NOT_JUDGED;
use crate::domain::{ColumnRole, FieldKind, Meaning};
use crate::form::Field;
use crate::plan::PlannedColumn;
use crate::report::forms::{FormEntry, TableOfUnits};
use crate::report::model::{Block, Cell, Formula, Shown};
use crate::report::scene::Scene;
use crate::submission::Value;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use vietnamese::display::first_of;

/// How many units are named that lack a figure.
const NAMED: usize = 10;

/// Which units of an entry have a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Units {
    /// All of them, so that a reader sees which have reported nothing.
    All,
    /// Those that have filled something in: tables of words would be too long to read with the others.
    WhoWrote,
}

pub(super) fn how_to_read() -> String {
    format!(
        "Ô trống là chưa báo cáo hoặc chưa dùng được, không phải là 0; “{NOT_JUDGED}” là chưa có tiêu chí; chữ nghiêng là số ước. Bấm vào một số để đến dòng của nó ở trang Đóng góp, từ đó đến ô trong tệp gốc."
    )
}

/// Whether the sum of an entry's column over the units says something.
pub(super) fn is_summed(entry: &FormEntry<'_>, plan: &PlannedColumn) -> bool {
    let field = entry.fields().iter().find(|field| field.column_code == plan.id);
    plan.total && plan.role != Some(ColumnRole::Percent) && field.is_some_and(|field| field.kind.is_figure())
}

/// The sum of cells, a dash where none of them holds a number.
pub(super) fn summed(range: Formula, sum: Option<Decimal>) -> Cell {
    let none = Formula::equal(Formula::numbers(range.clone()), Formula::number(0));
    let formula = Formula::when(none, Formula::words("–"), Formula::Sum(vec![range]));
    Cell::plain(sum.map_or(Shown::Missing("–".into()), Shown::Count)).follows(formula)
}

/// What the sums of a table leave out: who has not given all that every unit owes, and columns that only some units fill in,
/// as they may. A column that nobody fills in and nobody has to leaves nothing out.
pub(super) fn not_in_sums(
    scene: &Scene<'_>,
    of: &TableOfUnits<'_>,
    entries: &[FormEntry<'_>],
) -> Option<String> {
    let (mut lacking, mut details) = (BTreeSet::new(), BTreeSet::new());
    let roster = scene.plan.roster(scene.results.year);
    for entry in entries.iter().filter(|entry| entry.units.len() > 1) {
        for (place, plan) in of.plan.columns.iter().enumerate().filter(|(_, plan)| is_counted(entry, plan)) {
            let (mut blank, mut is_filled) = (false, false);
            for (seat, unit) in roster.iter().enumerate() {
                let fields = entry.fields_of(&unit.code).into_iter().flatten();
                for field in fields.filter(|field| field.column_code == plan.id) {
                    match scene.forms.reported(&field.id, &unit.code) {
                        Some(_) => is_filled = true,
                        None if field.required => drop(lacking.insert(seat)),
                        None => blank = true,
                    }
                }
            }
            if blank && is_filled {
                details.insert(place);
            }
        }
    }
    let names: Vec<&str> =
        lacking.iter().filter_map(|seat| Some(roster.get(*seat)?.short_name.as_str())).collect();
    let titles = details.iter().filter_map(|place| of.columns.get(*place));
    let titles: Vec<String> = titles.map(|(_, title)| format!("“{title}”")).collect();
    let mut said = Vec::new();
    if !names.is_empty() {
        said.push(format!(
            "Dòng cộng chỉ gồm số liệu đã có; khi ghi sổ này còn thiếu số của {} đơn vị: {}.",
            names.len(),
            first_of(&names, NAMED, "đơn vị khác")
        ));
    }
    if !titles.is_empty() {
        said.push(format!("Cột {} chỉ cộng của những đơn vị có ghi.", titles.join(", ")));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

/// Whether a column's figures or answers are counted in the last row.
fn is_counted(entry: &FormEntry<'_>, plan: &PlannedColumn) -> bool {
    let field = entry.fields().iter().find(|field| field.column_code == plan.id);
    let is_answer = |field: &Field| {
        matches!(field.kind, FieldKind::Choice(_)) && plan.role != Some(ColumnRole::RowStatus)
    };
    is_summed(entry, plan) || field.is_some_and(is_answer)
}

/// What the units wrote beside their figures, in the fields that no table shows. Lines of text, as columns would take their
/// width from the figures above.
pub(super) fn remarks(
    scene: &Scene<'_>,
    of: &TableOfUnits<'_>,
    is_told_below: fn(&Field) -> bool,
) -> Vec<Block> {
    let mut remarks = Vec::new();
    for entry in &of.entries {
        for (unit, fields) in &entry.units {
            for field in fields.iter().filter(|field| is_told_below(field)) {
                let Some(reported) = scene.forms.reported(&field.id, &unit.code) else { continue };
                // That figures are actual figures is what everybody expects.
                let words = match &reported.value {
                    Some(Value::Text(words)) => words,
                    Some(Value::Choice(meaning, words)) if *meaning != Meaning::Actual => words,
                    _ => continue,
                };
                remarks.push(Block::paragraph(format!("{}, {}: {words}", unit.short_name, entry.name())));
            }
        }
    }
    if !remarks.is_empty() {
        remarks.insert(0, Block::Heading { level: 2, text: "Các đơn vị ghi chú".to_owned() });
    }
    remarks
}
