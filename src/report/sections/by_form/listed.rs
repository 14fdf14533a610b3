//! A table of the form entry by entry, a row a unit under each; below it what kind of figures a unit says they are. That
//! stands in no cell: nothing follows from it, and whoever wrote another word there would change nothing.

use super::cells::{Units, how_to_read, is_summed, not_in_sums, remarks, summed};
use crate::domain::{ColumnId, ColumnRole, FieldKind, Unit};
use crate::form::Field;
use crate::plan::PlannedColumn;
use crate::report::forms::{FormEntry, TableOfUnits, row_id, total_id};
use crate::report::model::{Align, Block, Cell, Column, ColumnRef, Formula, Role, Row, Shown, Table};
use crate::report::scene::Scene;
use crate::report::shares::share_of_row;
use std::sync::Arc;

pub(super) fn blocks(scene: &Scene<'_>, of: &TableOfUnits<'_>, units: Units) -> Vec<Block> {
    let mut blocks = vec![Block::Table(table(scene, of, units))];
    blocks.extend(remarks(scene, of, |field| is_status(field.role)));
    blocks
}

fn is_status(role: Option<ColumnRole>) -> bool {
    role == Some(ColumnRole::RowStatus)
}

fn table(scene: &Scene<'_>, of: &TableOfUnits<'_>, units: Units) -> Table {
    let flat = of.entries.iter().all(|entry| entry.units.len() <= 1);
    let mut columns = match flat {
        true => vec![
            Column::ordinal("TT", 0.6),
            Column::new("noi-dung", "Nội dung", 3.2, Align::Left),
            Column::new("bao-cao", "Đơn vị báo cáo", 1.6, Align::Left),
        ],
        false => vec![Column::ordinal("TT", 0.6), Column::new("don-vi", "Đơn vị", 2.2, Align::Left)],
    };
    let declared = of.plan.columns.iter().zip(&of.columns).filter(|(plan, _)| !is_status(plan.role));
    columns.extend(declared.map(|(plan, (id, title))| figure_column(of, plan, id, title)));
    let (mut rows, mut notes) = (Vec::new(), Vec::new());
    for entry in &of.entries {
        if !flat {
            rows.push(heading(entry));
        }
        for (i, (unit, fields)) in shown(scene, units, entry).into_iter().enumerate() {
            let mut cells = Vec::with_capacity(columns.len());
            match flat {
                true => cells.extend([Cell::text(&entry.number), Cell::text(&entry.label)]),
                false => cells.push(Cell::count(i as u64 + 1)),
            }
            cells.push(Cell::text(&unit.short_name));
            let row = row_id(&entry.code, &unit.code);
            let sum = |field: &Field| scene.forms.number(&field.id, &unit.code);
            let at = |field: &Field| Formula::cell(of.id.clone(), row.clone(), field.column_code.as_str());
            for field in fields.iter().filter(|field| !is_status(field.role)) {
                cells.push(match field.role {
                    Some(ColumnRole::Percent) => share_of_row(fields, &at, &sum),
                    _ => scene.forms.cell(field, &unit.code),
                });
            }
            rows.push(Row { id: row, role: Role::Body, cells });
        }
        if entry.units.len() > 1 && of.plan.columns.iter().any(|plan| is_summed(entry, plan)) {
            rows.push(total(scene, of, units, entry));
        }
    }
    if !flat && units == Units::WhoWrote {
        notes.push("Chỉ nêu những đơn vị có ghi ở từng mục.".to_owned());
    }
    let figures = of.plan.columns.iter().any(|plan| of.entries.iter().any(|entry| is_summed(entry, plan)));
    if figures {
        if units == Units::All {
            notes.extend(not_in_sums(scene, of, &of.entries));
        }
        notes.push(how_to_read());
    }
    Table { id: of.id.clone(), caption: Some(of.title.clone()), columns, rows, notes }
}

/// The units of an entry that have a row.
fn shown<'e, 'a>(
    scene: &Scene<'_>,
    units: Units,
    entry: &'e FormEntry<'a>,
) -> Vec<&'e (&'a Unit, Arc<[Field]>)> {
    let wrote = |(unit, fields): &&(&Unit, Arc<[Field]>)| {
        fields.iter().any(|field| scene.forms.reported(&field.id, &unit.code).is_some())
    };
    let some: Vec<_> = entry.units.iter().filter(wrote).collect();
    // A total needs a row to run over.
    match (units == Units::WhoWrote && entry.units.len() > 1, some.is_empty()) {
        (false, _) => entry.units.iter().collect(),
        (true, true) => entry.units.iter().take(1).collect(),
        (true, false) => some,
    }
}

/// Texts in columns of at most this width are numbers of documents and the like.
const NARROW_TEXT: f32 = 2.0;

fn figure_column(of: &TableOfUnits<'_>, plan: &PlannedColumn, id: &ColumnId, title: &str) -> Column {
    let kind = |entry: &FormEntry<'_>| {
        entry.fields().iter().find(|field| field.column_code == *id).map(|field| field.kind.clone())
    };
    let kinds: Vec<FieldKind> = of.entries.iter().filter_map(kind).collect();
    let words = kinds.iter().any(|kind| matches!(kind, FieldKind::Text));
    let items = kinds.iter().filter_map(|kind| match kind {
        FieldKind::Choice(list) => list.items.iter().map(|item| item.text.chars().count()).max(),
        _ => None,
    });
    let longest = items.max().unwrap_or(0);
    let (least, align) = match plan.kind {
        // A number of a document reads as a figure, and would stick to the one before it.
        _ if words && plan.width <= NARROW_TEXT => (1.8, Align::Center),
        _ if words => (2.4, Align::Left),
        // Linked words may be shown on one line only: the longest must fit.
        FieldKind::Choice(_) => ((longest as f32 * 0.105).clamp(1.5, 3.0), Align::Center),
        FieldKind::Date => (1.5, Align::Center),
        _ => (1.1, Align::Right),
    };
    let width = if words && align == Align::Left { plan.width.clamp(least, 4.4) } else { least };
    Column::new(id.as_str(), title, width, align)
}

fn heading(entry: &FormEntry<'_>) -> Row {
    Row { id: format!("{}|", entry.code).into(), role: Role::Group, cells: vec![Cell::text(entry.name())] }
}

fn total(scene: &Scene<'_>, of: &TableOfUnits<'_>, units: Units, entry: &FormEntry<'_>) -> Row {
    let row = total_id(&entry.code);
    let mut cells = vec![Cell::plain(Shown::Blank), Cell::text("Cộng")];
    let units = shown(scene, units, entry);
    let (Some((first, fields)), Some((last, _))) = (units.first(), units.last()) else {
        return Row { id: row, role: Role::Total, cells };
    };
    let sum = |field: &Field| scene.forms.sum(entry, &field.id);
    let at = |field: &Field| Formula::cell(of.id.clone(), row.clone(), field.column_code.as_str());
    let shown = fields.iter().zip(&of.plan.columns).filter(|(field, _)| !is_status(field.role));
    for (field, plan) in shown {
        cells.push(if plan.role == Some(ColumnRole::Percent) {
            share_of_row(fields, &at, &sum)
        } else if is_summed(entry, plan) {
            let (from, to) = (row_id(&entry.code, &first.code), row_id(&entry.code, &last.code));
            summed(
                Formula::Rows(ColumnRef::new(of.id.clone(), field.column_code.as_str()).rows(from, to)),
                sum(field),
            )
            .leads_to(scene.forms.lead_to_first(&field.id))
        } else {
            Cell::plain(Shown::Blank)
        });
    }
    Row { id: row, role: Role::Total, cells }
}
