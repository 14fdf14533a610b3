//! What the units filled in, table by table of the form: a sheet for each group of indicators with the full figures and
//! their totals, then one for each further part of the form (task groups, money, key tasks).

mod cells;
mod crossed;
mod listed;

use crate::domain::FieldKind;
use crate::report::forms::TableOfUnits;
use crate::report::gaps;
use crate::report::model::{Block, Place, Section};
use crate::report::scene::Scene;
use crate::submission::Value;
use cells::Units;

/// A sheet for each group of indicators.
pub(super) fn groups(scene: &Scene<'_>) -> Vec<Section> {
    let of_group = |group: &crate::plan::Group| {
        let sheets = scene.forms.sheets.iter().filter(|sheet| sheet.groups.contains(&group.id));
        let tables: Vec<Block> = sheets
            .flat_map(|sheet| &sheet.tables)
            .flat_map(|table| blocks(scene, table, Units::All))
            .collect();
        (!tables.is_empty()).then(|| Section {
            id: format!("nhom-{}", group.id),
            title: format!("SỐ LIỆU CỦA CÁC ĐƠN VỊ, NHÓM {}: {}", group.id, group.title.to_uppercase()),
            place: Place::Sheet,
            sheet: Some(format!("Nhóm {}", group.id).into()),
            blocks: tables,
        })
    };
    scene.plan.groups.iter().filter_map(of_group).collect()
}

/// A sheet for each part of the form that serves no indicator, but for the one about the sender.
pub(super) fn others(scene: &Scene<'_>) -> Vec<Section> {
    let sums = gaps::sums(scene);
    // Who has not given what is summed elsewhere is told there from the rows here, so all are listed.
    let is_summed = |table: &TableOfUnits<'_>| {
        sums.iter().any(|sum| table.entries.iter().any(|entry| entry.code == sum.entry.code))
    };
    let units = |table: &TableOfUnits<'_>| if is_summed(table) { Units::All } else { Units::WhoWrote };
    let sheets = scene.forms.sheets.iter().filter(|sheet| sheet.groups.is_empty());
    sheets
        .map(|sheet| Section {
            id: sheet.tables.first().map_or_else(String::new, |table| format!("trang-{}", table.id)),
            title: sheet.heading.to_uppercase(),
            place: Place::Sheet,
            sheet: Some(sheet.tab.clone().into()),
            blocks: sheet.tables.iter().flat_map(|table| blocks(scene, table, units(table))).collect(),
        })
        .collect()
}

/// A table of the form over its units: crossed where that can be read, else listed.
fn blocks(scene: &Scene<'_>, of: &TableOfUnits<'_>, units: Units) -> Vec<Block> {
    match &of.crossing {
        Some(crossing) => crossed::blocks(scene, of, crossing, units),
        None if units == Units::WhoWrote && asks_for_words(of) => narrative(scene, of),
        None => listed::blocks(scene, of, units),
    }
}

/// Whether the table asks for words and nothing else.
fn asks_for_words(of: &TableOfUnits<'_>) -> bool {
    let mut fields = of.entries.iter().flat_map(|entry| &entry.units).flat_map(|(_, fields)| fields.iter());
    of.plan.columns.len() == 1 && fields.all(|field| field.kind == FieldKind::Text)
}

/// What the units wrote, under each entry: running text is read across the page, not in a column.
fn narrative(scene: &Scene<'_>, of: &TableOfUnits<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading { level: 1, text: of.title.clone() }];
    for entry in &of.entries {
        blocks.push(Block::Heading { level: 2, text: entry.label.clone() });
        let before = blocks.len();
        for (unit, field) in
            entry.units.iter().flat_map(|(unit, fields)| fields.iter().map(move |f| (unit, f)))
        {
            if let Some(Value::Text(words)) =
                scene.forms.reported(&field.id, &unit.code).map(|r| &r.value).and_then(Option::as_ref)
            {
                blocks.push(Block::paragraph(format!("{}: {words}", unit.short_name)));
            }
        }
        if blocks.len() == before {
            blocks.push(Block::paragraph("Chưa đơn vị nào ghi."));
        }
    }
    blocks
}
