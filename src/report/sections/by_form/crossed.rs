//! A table of the form with a row a unit and the entries' figures side by side; below it what the units wrote in words.

use super::cells::{Units, how_to_read, is_summed, not_in_sums, remarks, summed};
use crate::domain::{ColumnRole, FieldKind, Meaning, Unit};
use crate::form::Field;
use crate::report::forms::crossing::{self, Crossing, TOTAL};
use crate::report::forms::{FormEntry, TableOfUnits};
use crate::report::model::{
    Align, Block, Cell, Column, ColumnRef, Formula, Operator, Role, Row, Shown, Table,
};
use crate::report::scene::Scene;
use crate::report::shares::share_of_row;
use crate::submission::Value;

pub(super) fn blocks(
    scene: &Scene<'_>,
    of: &TableOfUnits<'_>,
    crossing: &Crossing,
    units: Units,
) -> Vec<Block> {
    let parts = crossing.tables().enumerate();
    let mut tables: Vec<Table> =
        parts.map(|(k, part)| table(scene, of, k, of.entries.get(part).unwrap_or_default(), units)).collect();
    if let Some(last) = tables.last_mut() {
        if units == Units::WhoWrote {
            last.notes.push("Chỉ nêu những đơn vị có ghi.".to_owned());
        }
        last.notes.push(how_to_read());
    }
    let mut blocks: Vec<Block> = tables.into_iter().map(Block::Table).collect();
    blocks.extend(remarks(scene, of, |field| !crossing::is_figure(field)));
    blocks
}

fn table(
    scene: &Scene<'_>,
    of: &TableOfUnits<'_>,
    k: usize,
    entries: &[FormEntry<'_>],
    shown: Units,
) -> Table {
    let mut columns = vec![Column::ordinal("TT", 0.6), Column::new("don-vi", "Đơn vị", 2.2, Align::Left)];
    for entry in entries {
        columns.extend(figure_columns(of, entry));
    }
    let roster = scene.plan.roster(scene.results.year);
    let asked = |unit: &&Unit| entries.iter().any(|entry| entry.fields_of(&unit.code).is_some());
    let mut units: Vec<&Unit> = roster.into_iter().filter(asked).collect();
    if shown == Units::WhoWrote {
        let wrote = |unit: &Unit, field: &Field| scene.forms.reported(&field.id, &unit.code).is_some();
        let filled = |unit: &Unit, entry: &FormEntry<'_>| {
            entry.fields_of(&unit.code).is_some_and(|fields| figures(fields).any(|field| wrote(unit, field)))
        };
        // Sums need a row to run over.
        let first = units.first().copied();
        units.retain(|unit| entries.iter().any(|entry| filled(unit, entry)));
        if units.is_empty() {
            units.extend(first);
        }
    }
    let id = crossing::table_id(&of.id, k);
    let mut rows: Vec<Row> = units
        .iter()
        .enumerate()
        .map(|(i, unit)| {
            let mut cells = Vec::with_capacity(columns.len());
            cells.extend([Cell::count(i as u64 + 1), Cell::text(&unit.short_name)]);
            let at = |field: &Field| Formula::Cell(crossing::cell(&of.id, k, &unit.code, &field.id));
            let number = |field: &Field| scene.forms.number(&field.id, &unit.code);
            for entry in entries {
                match entry.fields_of(&unit.code) {
                    Some(fields) => cells.extend(figures(fields).map(|field| match field.role {
                        Some(ColumnRole::Percent) => share_of_row(fields, &at, &number),
                        _ => scene.forms.cell(field, &unit.code),
                    })),
                    None => cells.extend(figure_columns(of, entry).map(|_| Cell::plain(Shown::Blank))),
                }
            }
            Row { id: (&unit.code).into(), role: Role::Body, cells }
        })
        .collect();
    if let (Some(first), Some(last)) = (units.first(), units.last()) {
        rows.push(total(scene, of, k, entries, (first, last)));
    }
    // Where only those who wrote are shown, the others are not lacking.
    let lacking = (shown == Units::All).then(|| not_in_sums(scene, of, entries)).flatten();
    let notes = lacking.into_iter().collect();
    Table { id, caption: Some(of.title.clone()), columns, rows, notes }
}

fn total(
    scene: &Scene<'_>,
    of: &TableOfUnits<'_>,
    k: usize,
    entries: &[FormEntry<'_>],
    (first, last): (&Unit, &Unit),
) -> Row {
    let at = |field: &Field| Formula::Cell(crossing::cell(&of.id, k, TOTAL, &field.id));
    let range = |field: &Field| {
        let column = ColumnRef::new(crossing::table_id(&of.id, k), &field.id);
        Formula::Rows(column.rows(&first.code, &last.code))
    };
    let of_choices = |entry: &FormEntry<'_>| {
        figures(entry.fields()).all(|field| matches!(field.kind, FieldKind::Choice(_)))
    };
    let label = if entries.iter().all(of_choices) { "Số đơn vị đạt" } else { "Cộng" };
    let mut cells = vec![Cell::plain(Shown::Blank), Cell::text(label)];
    for entry in entries {
        let fields = entry.fields();
        let number = |field: &Field| scene.forms.sum(entry, &field.id);
        for field in figures(fields) {
            let plan = of.plan.columns.iter().find(|plan| plan.id == field.column_code);
            cells.push(match plan {
                _ if field.role == Some(ColumnRole::Percent) => share_of_row(fields, &at, &number),
                Some(plan) if is_summed(entry, plan) => {
                    summed(range(field), number(field)).leads_to(scene.forms.lead_to_first(&field.id))
                }
                _ if matches!(field.kind, FieldKind::Choice(_)) => {
                    reached(scene, entry, field, &range(field)).leads_to(scene.forms.lead_to_first(&field.id))
                }
                _ => Cell::plain(Shown::Blank),
            });
        }
    }
    Row { id: TOTAL, role: Role::Total, cells }
}

/// How many units reached it; a dash where nobody could.
fn reached(scene: &Scene<'_>, entry: &FormEntry<'_>, field: &Field, range: &Formula) -> Cell {
    let FieldKind::Choice(list) = &field.kind else { return Cell::plain(Shown::Blank) };
    let counted = |wanted: Meaning| {
        let words = list.items.iter().filter(|item| item.means == wanted);
        let each = words
            .map(|item| Formula::CountEqual(Box::new(range.clone()), Box::new(Formula::words(&item.text))));
        Formula::Sum(each.collect())
    };
    let said = |wanted: Meaning| {
        let reported = entry.units.iter().filter_map(|(unit, _)| scene.forms.reported(&field.id, &unit.code));
        reported.filter(|r| matches!(&r.value, Some(Value::Choice(meaning, _)) if *meaning == wanted)).count()
    };
    let judged = [Meaning::Yes, Meaning::No];
    if !judged.iter().all(|wanted| list.items.iter().any(|item| item.means == *wanted)) {
        return Cell::plain(Shown::Blank);
    }
    let [yes, no] = judged;
    let none = Formula::equal(Formula::binary(counted(yes), Operator::Add, counted(no)), Formula::number(0));
    let formula = Formula::when(none, Formula::words("–"), counted(yes));
    let value = match said(yes) + said(no) {
        0 => Shown::Missing("–".into()),
        _ => Shown::Count((said(yes) as u64).into()),
    };
    Cell::plain(value).follows(formula)
}

fn figures(fields: &[Field]) -> impl Iterator<Item = &Field> {
    fields.iter().filter(|field| crossing::is_figure(field))
}

/// The columns of an entry: one is headed by the entry, several stand under it.
fn figure_columns<'e>(
    of: &'e TableOfUnits<'_>,
    entry: &'e FormEntry<'_>,
) -> impl Iterator<Item = Column> + use<'e> {
    let fields = entry.fields();
    let alone = figures(fields).count() == 1;
    let name = entry.name();
    figures(fields).map(move |field| {
        let head = of.columns.iter().find(|(id, _)| *id == field.column_code).map_or("", |(_, title)| title);
        let (width, align) = match &field.kind {
            FieldKind::Choice(_) => (1.3, Align::Center),
            FieldKind::Date => (1.3, Align::Center),
            FieldKind::Decimal | FieldKind::Money(_) => (1.3, Align::Right),
            _ => (1.1, Align::Right),
        };
        match alone {
            true => Column::new(&field.id, &name, width, align),
            false => Column::new(&field.id, head, width, align).under(&name),
        }
    })
}
