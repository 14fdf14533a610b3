//! A report as the reader would hand it on, without a file in between.

use super::mess::{Cells, Sent, Typed, Way};
use chrono::{Days, NaiveDate, NaiveDateTime};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use xhht::domain::{CellAddress, Year};
use xhht::finding::Code;
use xhht::form::{CODE_COLUMN, FIRST_INPUT_COLUMN, Form, FormSheet};
use xhht::intake::Unreadable;
use xhht::intake::moment::Moment;
use xhht::intake::raw::{FileFormat, Hidden, Identity, Placed, RawCell, RawSheet, RawSubmission, RawValue};
use xhht::plan::{Plan, hex};
use xhht::submission::{self, Content, InputFile, Received};

/// What reading the files of a report gives.
pub fn received(plan: &Plan, year: Year, form: &Form, sent: &Sent) -> Vec<Received> {
    let file = |name: &str, content: &str| InputFile {
        path: name.into(),
        sha256: hex(&Sha256::digest(format!("{} {content}", form.unit.code))),
    };
    let read = |file: InputFile, form: &Form, cells: &Cells, saved: NaiveDateTime| {
        submission::read(plan, Some(year), file, &submitted(form, cells, saved))
    };
    let of_form = |name: &str| read(file(name, "last"), form, &sent.cells, sent.saved);
    match sent.way {
        Way::NotSent => Vec::new(),
        Way::CutInHalf => {
            let cut = file(&sent.name, "cut");
            let told =
                Unreadable { code: Code::F003, cause: "tệp bị cắt".into(), cure: "gửi lại".into() };
            let finding = told.finding(&cut.path);
            let content = Content::rejected(finding.code);
            vec![Received { file: cut, findings: vec![finding], content }]
        }
        Way::LastYears => {
            let before = Form::for_unit(plan, &form.unit, year - 1);
            vec![read(file(&sent.name, "last year"), &before, &sent.cells, sent.saved)]
        }
        Way::Arrived => vec![of_form(&sent.name)],
        Way::Duplicated => vec![of_form(&sent.name), of_form(&format!("ban sao/{}", sent.name))],
        Way::SentTwice => {
            let older = sent.before.as_ref().unwrap_or(&sent.cells);
            let earlier = file(&format!("cu/{}", sent.name), "first");
            vec![of_form(&sent.name), read(earlier, form, older, sent.saved - Days::new(1))]
        }
    }
}

/// A sheet with nothing but its codes.
fn blank(sheet: &FormSheet) -> RawSheet {
    let code = |text: &str| RawCell::of(RawValue::Text(text.to_owned()));
    let mut cells = BTreeMap::new();
    for table in &sheet.tables {
        for (column, (id, _)) in (FIRST_INPUT_COLUMN..).zip(&table.columns) {
            cells.insert(CellAddress::new(table.title_row + 2, column), code(id.as_str()));
        }
        for row in &table.rows {
            cells.insert(CellAddress::new(row.row, CODE_COLUMN), code(row.code.as_str()));
        }
    }
    RawSheet {
        name: sheet.tab.as_str().into(),
        asked: true,
        visible: true,
        hidden: Hidden::default(),
        cells,
        merged: Vec::new(),
    }
}

fn submitted(form: &Form, cells: &Cells, saved: NaiveDateTime) -> RawSubmission {
    let mut sheets: Vec<RawSheet> = form.sheets.iter().map(blank).collect();
    let mut table = Vec::new();
    for field in form.fields() {
        table.push(Placed { field: field.id.clone(), sheet: field.sheet.clone(), cell: field.cell });
        if let Some(typed) = cells.get(&field.id) {
            let sheet = sheets.iter_mut().find(|sheet| sheet.name == field.sheet).unwrap();
            sheet.cells.insert(field.cell, RawCell::of(value(typed)));
        }
    }
    RawSubmission {
        format: FileFormat::Xlsx,
        saved_by: Some("Microsoft Excel 16.0300".to_owned()),
        modified: Some(Moment::local(saved)),
        stored: None,
        received: None,
        identity: Identity {
            plan: Some(form.plan_id.clone()),
            plan_version: Some(form.plan_version.clone()),
            year: Some(form.year.to_string()),
            unit: Some(form.unit.code.to_string()),
        },
        named: Vec::new(),
        table,
        epoch_1904: false,
        sheet_names: sheets.iter().map(|sheet| sheet.name.to_string()).collect(),
        sheets,
        skipped: Vec::new(),
        skipped_besides: Vec::new(),
    }
}

fn value(typed: &Typed) -> RawValue {
    match typed {
        Typed::Number(number) => RawValue::Number(*number),
        Typed::Words(words) => RawValue::Text(words.clone()),
        Typed::Day(day) => RawValue::Date { when: Some(*day), serial: Some(serial(*day)) },
        Typed::Error => RawValue::Error("#DIV/0!".to_owned()),
    }
}

/// The number under a date of this century.
pub fn serial(day: NaiveDate) -> f64 {
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    (day - epoch).num_days() as f64
}
