//! What the units wrote in running text, all of it: the report's body tells the most telling of it.

use crate::domain::FieldId;
use crate::form::Field;
use crate::plan::Annex;
use crate::report::forms::{SheetOfUnits, TableOfUnits};
use crate::report::model::{Block, Emphasis, Section, Words};
use crate::report::said::{running_text, said};
use crate::report::scene::Scene;
use crate::report::written::punctuate;
use std::collections::BTreeSet;

/// Every table of the forms that has running text; `None` where nobody wrote any.
pub(super) fn section(scene: &Scene<'_>) -> Option<Section> {
    let running_text = running_text(scene);
    let of_sheet = |sheet: &SheetOfUnits<'_>| -> Vec<Block> {
        let of_tables = sheet.tables.iter().map(|table| {
            // The title of a sheet's only table tells how to fill it in.
            let title = if sheet.tables.len() == 1 { &sheet.heading } else { &table.title };
            of_table(scene, table, title, &running_text)
        });
        of_tables.flatten().collect()
    };
    let blocks: Vec<Block> = scene.forms.sheets.iter().flat_map(of_sheet).collect();
    (!blocks.is_empty()).then(|| Section {
        id: "loi-don-vi".into(),
        title: "NỘI DUNG CÁC ĐƠN VỊ BÁO CÁO BẰNG LỜI".into(),
        place: scene.annex(Annex::LoiDonVi, false),
        sheet: None,
        blocks,
    })
}

/// The points of each entry of a table under its name; where it asks for several texts, each under the head of its column.
fn of_table(
    scene: &Scene<'_>,
    table: &TableOfUnits<'_>,
    title: &str,
    running_text: &BTreeSet<FieldId>,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    for entry in &table.entries {
        let mut fields: Vec<&Field> = Vec::new();
        for field in entry.units.iter().flat_map(|(_, fields)| fields.iter()) {
            if running_text.contains(&field.id) && fields.iter().all(|known| known.id != field.id) {
                fields.push(field);
            }
        }
        let told: Vec<(&Field, Vec<Words>)> = fields
            .into_iter()
            .map(|field| (field, points(scene, field)))
            .filter(|(_, points)| !points.is_empty())
            .collect();
        if told.is_empty() {
            continue;
        }
        blocks.push(Block::Heading { level: 2, text: entry.name() });
        let has_several = told.len() > 1;
        for (field, points) in told {
            if has_several {
                let head = table.columns.iter().find(|(id, _)| *id == field.column_code);
                let mut words = Words::default();
                let head = head.map_or("", |(_, head)| head.as_str());
                words.push(&format!("{head}:"), Emphasis { bold: false, italic: true });
                blocks.push(Block::paragraph(words));
            }
            blocks.push(Block::Dashes(points));
        }
    }
    if !blocks.is_empty() {
        blocks.insert(0, Block::Heading { level: 1, text: title.to_owned() });
    }
    blocks
}

fn points(scene: &Scene<'_>, field: &Field) -> Vec<Words> {
    let told = said(scene, &field.id, true);
    let mut points: Vec<Words> =
        told.into_iter().map(|said| Words::from(format!("{}: {}", said.names, said.words))).collect();
    punctuate(&mut points);
    points
}
