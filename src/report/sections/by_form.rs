//! What the units filled in, table by table of the form: a sheet for each group of indicators with the full figures and
//! their totals, then one for each further part of the form (task groups, money, key tasks).

use super::{NOT_JUDGED, Scene, column, crossed};
use crate::domain::{ColumnRole, FieldKind};
use crate::form::Field;
use crate::plan::ColumnPlan;
use crate::report::format::PERCENT_PLACES;
use crate::report::forms::{Entry, TableOfUnits, row_id, total_id};
use crate::report::model::{
    Align, Block, Cell, Column, Formula, Operator, Place, Role, Row, Section, Table, Tone, Value,
};
use crate::submission::Value as Read;
use rust_decimal::Decimal;
use std::sync::{Arc, LazyLock};

/// A sheet for each group of indicators.
pub(super) fn groups(scene: &Scene<'_>) -> Vec<Section> {
    let of_group = |group: &crate::plan::Group| {
        let sheets = scene.forms.shown().filter(|sheet| sheet.groups.contains(&group.id));
        let tables: Vec<Block> = sheets
            .flat_map(|sheet| &sheet.tables)
            .flat_map(|table| blocks(scene, table, Units::All))
            .collect();
        (!tables.is_empty()).then(|| Section {
            id: format!("nhom-{}", group.id),
            title: format!("SỐ LIỆU CỦA CÁC ĐƠN VỊ, NHÓM {}: {}", group.id, group.title.to_uppercase()),
            place: Place::Sheet,
            sheet: Some(format!("Nhóm {}", group.id)),
            blocks: tables,
        })
    };
    scene.plan.groups.iter().filter_map(of_group).collect()
}

/// A sheet for each part of the form that serves no indicator, but for the one about the sender.
pub(super) fn others(scene: &Scene<'_>) -> Vec<Section> {
    let sheets = scene.forms.shown().filter(|sheet| sheet.groups.is_empty());
    sheets
        .map(|sheet| Section {
            id: sheet.tables.first().map_or_else(String::new, |table| format!("trang-{}", table.id)),
            title: sheet.heading.to_uppercase(),
            place: Place::Sheet,
            sheet: Some(sheet.tab.clone()),
            blocks: sheet.tables.iter().flat_map(|table| blocks(scene, table, Units::WhoWrote)).collect(),
        })
        .collect()
}

/// Which units of an entry have a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Units {
    /// All: who reported nothing is seen.
    All,
    /// Those that filled something in, so that it can be read.
    WhoWrote,
}

/// A table of the form over its units: crossed where that can be read, else listed.
fn blocks(scene: &Scene<'_>, of: &TableOfUnits<'_>, units: Units) -> Vec<Block> {
    match &of.crossing {
        Some(crossing) => crossed::blocks(scene, of, crossing, units),
        None if units == Units::WhoWrote && told(of) => narrative(scene, of),
        None => vec![Block::Table(listed(scene, of, units))],
    }
}

/// Whether the units tell something in words and nothing else.
fn told(of: &TableOfUnits<'_>) -> bool {
    let mut fields = of.entries.iter().flat_map(|entry| &entry.units).flat_map(|(_, fields)| fields.iter());
    of.plan.columns.len() == 1 && fields.all(|field| field.kind == FieldKind::Text)
}

/// What the units tell, under each entry: running text is read across the page, not in a column.
fn narrative(scene: &Scene<'_>, of: &TableOfUnits<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading { level: 1, text: of.title.clone() }];
    for entry in &of.entries {
        blocks.push(Block::Heading { level: 2, text: entry.label.clone() });
        let before = blocks.len();
        for (unit, field) in
            entry.units.iter().flat_map(|(unit, fields)| fields.iter().map(move |f| (unit, f)))
        {
            if let Some(Read::Text(words)) =
                scene.forms.reported(&field.id, &unit.code).map(|r| &r.value).and_then(Option::as_ref)
            {
                blocks.push(Block::Paragraph(format!("{}: {words}", unit.short_name)));
            }
        }
        if blocks.len() == before {
            blocks.push(Block::Paragraph("Chưa đơn vị nào ghi.".to_owned()));
        }
    }
    blocks
}

fn listed(scene: &Scene<'_>, of: &TableOfUnits<'_>, units: Units) -> Table {
    let flat = of.entries.iter().all(|entry| entry.units.len() <= 1);
    let mut columns = match flat {
        true => vec![
            column("so", "TT", 0.6, Align::Center),
            column("don-vi", "Nội dung", 3.2, Align::Left),
            column("bao-cao", "Đơn vị báo cáo", 1.6, Align::Left),
        ],
        false => vec![column("so", "TT", 0.6, Align::Center), column("don-vi", "Đơn vị", 2.2, Align::Left)],
    };
    let declared = of.plan.columns.iter().zip(&of.columns);
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
            let at = |field: &Field| Formula::cell(&of.id, &row, &field.column_code);
            for field in fields.iter() {
                cells.push(match field.role {
                    Some(ColumnRole::Percent) => percent(fields, &at, &sum),
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
        notes.push(how_to_read());
    }
    Table { id: of.id.as_str().into(), caption: Some(of.title.clone()), columns, rows, notes }
}

pub(super) fn how_to_read() -> String {
    format!(
        "Ô trống là chưa báo cáo, không phải là 0; “{NOT_JUDGED}” là chưa có tiêu chí; chữ nghiêng là số ước. Bấm vào một số để đến dòng của nó ở trang Đóng góp, từ đó đến ô trong tệp gốc."
    )
}

/// The units of an entry that have a row.
fn shown<'e, 'a>(
    scene: &Scene<'_>,
    units: Units,
    entry: &'e Entry<'a>,
) -> Vec<&'e (&'a crate::domain::Unit, Arc<[Field]>)> {
    let wrote = |(unit, fields): &&(&crate::domain::Unit, Arc<[Field]>)| {
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

fn figure_column(of: &TableOfUnits<'_>, plan: &ColumnPlan, id: &str, title: &str) -> Column {
    let kind = |entry: &Entry<'_>| {
        entry.fields().iter().find(|field| field.column_code == id).map(|field| field.kind.clone())
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
    column(id, title, width, align)
}

fn heading(entry: &Entry<'_>) -> Row {
    Row { id: format!("{}|", entry.code).into(), role: Role::Group, cells: vec![Cell::text(entry.name())] }
}

/// Whether the sum of an entry's column over the units says something.
pub(super) fn is_summed(entry: &Entry<'_>, plan: &ColumnPlan) -> bool {
    let field = entry.fields().iter().find(|field| field.column_code == plan.id);
    plan.total
        && plan.role != Some(ColumnRole::Percent)
        && field.is_some_and(|field| matches!(field.kind, FieldKind::Count | FieldKind::Decimal))
}

fn total(scene: &Scene<'_>, of: &TableOfUnits<'_>, units: Units, entry: &Entry<'_>) -> Row {
    let row = total_id(&entry.code);
    let mut cells = vec![Cell::of(Value::Blank), Cell::text("Cộng")];
    let units = shown(scene, units, entry);
    let (Some((first, fields)), Some((last, _))) = (units.first(), units.last()) else {
        return Row { id: row, role: Role::Total, cells };
    };
    let sum = |field: &Field| scene.forms.sum(entry, &field.id);
    let at = |field: &Field| Formula::cell(&of.id, &row, &field.column_code);
    for (field, plan) in fields.iter().zip(&of.plan.columns) {
        cells.push(if plan.role == Some(ColumnRole::Percent) {
            percent(fields, &at, &sum)
        } else if is_summed(entry, plan) {
            let (from, to) = (row_id(&entry.code, &first.code), row_id(&entry.code, &last.code));
            summed(
                Formula::Rows(of.id.as_str().into(), field.column_code.as_str().into(), from, to),
                sum(field),
            )
            .leads_to(scene.forms.lead_to_first(&field.id))
        } else {
            Cell::of(Value::Blank)
        });
    }
    Row { id: row, role: Role::Total, cells }
}

/// The sum of cells, a dash where none of them holds a number.
pub(super) fn summed(range: Formula, sum: Option<Decimal>) -> Cell {
    let none = Formula::equal(Formula::numbers(range.clone()), Formula::number(0));
    let formula = Formula::when(none, Formula::words("–"), Formula::Sum(vec![range]));
    Cell::of(sum.map_or(Value::Missing("–".into()), Value::Count)).follows(formula)
}

/// The share in percent of a part, the first given, in its whole, the second.
static SHARE: LazyLock<Arc<Formula>> = LazyLock::new(|| {
    let (part, whole) = (Formula::Given(0), Formula::Given(1));
    let nothing = Formula::equal(whole.clone(), Formula::number(0));
    let share = Formula::binary(part, Operator::Divide, whole);
    let share = Formula::binary(share, Operator::Multiply, Formula::number(100));
    let share = Formula::when(nothing, Formula::words("–"), share);
    Arc::new(Formula::when(both_given(), share, Formula::words("")))
});

/// Whether both cells that a shape is filled with hold numbers.
pub(super) fn both_given() -> Formula {
    let [first, second] = [0, 1].map(|at| Formula::numbers(Formula::Given(at)));
    Formula::equal(Formula::binary(first, Operator::Add, second), Formula::number(2))
}

/// The share of the row's part in its whole, each standing where `cell` says; what the sender typed there is only
/// compared, never used.
pub(super) fn percent(
    fields: &[Field],
    cell: &dyn Fn(&Field) -> Formula,
    number: &dyn Fn(&Field) -> Option<Decimal>,
) -> Cell {
    let with = |role: ColumnRole| fields.iter().find(|field| field.role == Some(role));
    let (Some(part), Some(whole)) = (with(ColumnRole::Part), with(ColumnRole::Whole)) else {
        return Cell::of(Value::Blank);
    };
    let formula = Formula::filled(&SHARE, [cell(part), cell(whole)]);
    let value = match (number(part), number(whole)) {
        (Some(_), Some(whole)) if whole.is_zero() => Value::Missing("–".into()),
        (Some(part), Some(whole)) => {
            let share = crate::domain::Ratio::of(part, whole);
            share.percent().map_or(Value::Missing("–".into()), |p| Value::Percent(p, PERCENT_PLACES))
        }
        _ => Value::Blank,
    };
    Cell::of(value).toned(Tone::Plain).follows(formula)
}
