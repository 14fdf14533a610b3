//! A complete, correct submission of any unit, in memory, laid out as the template writes it; and changes to it.

use super::value::date;
use super::{Change, FileCase};
use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive;
use vietnamese::display::capitalised;
use xhht::domain::{CellAddress, ColumnRole, FieldId, FieldKind, Meaning, RowCode};
use xhht::form::{CODE_COLUMN, FIRST_INPUT_COLUMN, Field, Form, LABEL_COLUMN, MEASURE_COLUMN, NUMBER_COLUMN};
use xhht::intake::moment::Moment;
use xhht::intake::raw::{FileFormat, Identity, Placed, RawCell, RawSheet, RawSubmission, RawValue};

/// The template of a form as `intake` gives it back, without anything filled in.
pub fn blank(form: &Form) -> RawSubmission {
    let mut raw = RawSubmission {
        format: FileFormat::Xlsx,
        saved_by: Some("Microsoft Excel 16.0300".into()),
        modified: NaiveDate::from_ymd_opt(form.year, 12, 5).unwrap().and_hms_opt(8, 30, 0).map(Moment::local),
        stored: None,
        received: None,
        identity: Identity {
            plan: Some(form.plan_id.clone()),
            plan_version: Some(form.plan_version.clone()),
            year: Some(form.year.to_string()),
            unit: Some(form.unit.code.as_str().to_owned()),
        },
        named: places(form),
        table: places(form),
        epoch_1904: false,
        sheet_names: form.sheets.iter().map(|sheet| sheet.tab.clone()).collect(),
        sheets: Vec::new(),
        skipped: Vec::new(),
        skipped_besides: Vec::new(),
    };
    for sheet in form.sheets.iter() {
        let mut cells = RawSheet {
            name: sheet.tab.as_str().into(),
            asked: true,
            visible: true,
            hidden: Default::default(),
            cells: Default::default(),
            merged: Vec::new(),
        };
        let mut put = |row: u32, column: u16, text: &str| {
            if !text.is_empty() {
                cells.cells.insert(CellAddress::new(row, column), text_cell(text));
            }
        };
        put(0, CODE_COLUMN, &sheet.heading);
        put(1, CODE_COLUMN, &format!("{} · Báo cáo năm {}", capitalised(&form.unit.name), form.year));
        put(2, CODE_COLUMN, "Chỉ nhập vào các ô nền vàng.");
        for table in &sheet.tables {
            put(table.title_row, CODE_COLUMN, &table.title);
            for (column, head) in [
                (CODE_COLUMN, "Mã số"),
                (NUMBER_COLUMN, "STT"),
                (LABEL_COLUMN, "Nội dung"),
                (MEASURE_COLUMN, "Đơn vị tính"),
            ] {
                put(table.title_row + 1, column, head);
            }
            for (column, (id, title)) in (FIRST_INPUT_COLUMN..).zip(&table.columns) {
                put(table.title_row + 1, column, title);
                put(table.title_row + 2, column, id.as_str());
            }
            for row in &table.rows {
                put(row.row, CODE_COLUMN, row.code.as_str());
                put(row.row, NUMBER_COLUMN, &row.number);
                put(row.row, LABEL_COLUMN, &row.label);
                put(row.row, MEASURE_COLUMN, &row.measure);
            }
        }
        raw.sheets.push(cells);
    }
    raw
}

/// The same, with every input cell filled.
pub fn filled(form: &Form) -> RawSubmission {
    let mut raw = blank(form);
    for field in form.fields() {
        let cell = RawCell::of(figure(form, field));
        sheet(&mut raw, &field.sheet).cells.insert(field.cell, cell);
    }
    raw
}

/// The highest level of each standard, which is what the answers of yes imply.
fn highest(row: &str) -> f64 {
    match row {
        "muc_xmc" => 2.0,
        "muc_mn" => 1.0,
        _ => 3.0,
    }
}

/// People of a unit in the country of villages, see [`super::run::small`].
const PEOPLE: f64 = 1667.0;

/// How many times the usual figures stand in a row: of schools, villages, communes there are fewer than people, and where
/// all people are counted there are as many as the roster says.
fn times(form: &Form, row: &str) -> f64 {
    match row {
        "cmkt" | "dai_hoc" | "cmkt_tinh" | "dai_hoc_tinh" => {
            form.population.map_or(1.0, |people| people as f64 / PEOPLE)
        }
        "dong_ho" | "cong_dong" | "don_vi_ht" => 0.05,
        "truong_dh" | "cs_thpt" | "cs_gdtx" | "cs_gdnn" | "cs_khac" => 0.01,
        "cong_dong_xa" => 0.005,
        _ => 1.0,
    }
}

/// The figures of every row of every unit: 1000 in all, of them 600 reached it, 300 women, 20 of ethnic minorities,
/// 60 %; 800 registered, 600 recognised; or so many times this. Where the roster says that there are far fewer or more, as
/// many as it says, and all of them reached it.
fn figure(form: &Form, field: &Field) -> RawValue {
    let row = form.rows().find(|row| row.code == field.row_code);
    let reference = row.and_then(|row| row.fields.iter().find_map(|field| form.reference(field)));
    let other =
        reference.and_then(|number| number.to_f64()).filter(|number| !(700.0..1600.0).contains(number));
    if let (Some(number), Some(role)) = (other, field.role) {
        match role {
            ColumnRole::Whole | ColumnRole::Part => return RawValue::Number(number),
            ColumnRole::Female | ColumnRole::Minority => return RawValue::Number(0.0),
            ColumnRole::Percent => return RawValue::Number(100.0),
            _ => {}
        }
    }
    let times = |figure: f64| (figure * times(form, field.row_code.as_str())).round();
    match &field.kind {
        FieldKind::Count if field.column_code == "muc" => RawValue::Number(highest(field.row_code.as_str())),
        FieldKind::Count | FieldKind::Percent => RawValue::Number(match field.role {
            Some(ColumnRole::Whole) => times(1000.0),
            Some(ColumnRole::Registered) => times(800.0),
            Some(ColumnRole::Female) => times(300.0),
            Some(ColumnRole::Minority) => times(20.0),
            Some(ColumnRole::Percent) => 60.0,
            _ => times(600.0),
        }),
        FieldKind::Decimal | FieldKind::Money(_) => RawValue::Number(12.5),
        FieldKind::Choice(list) => {
            let wanted = |item: &&xhht::domain::Choice| matches!(item.means, Meaning::Yes | Meaning::Actual);
            RawValue::Text(list.items.iter().find(wanted).unwrap().text.clone())
        }
        FieldKind::Text => RawValue::Text("Đã thực hiện đầy đủ".into()),
        FieldKind::Date => date(NaiveDate::from_ymd_opt(form.year, 12, 5).unwrap()),
    }
}

fn places(form: &Form) -> Vec<Placed> {
    form.fields().map(|f| Placed { field: f.id.clone(), sheet: f.sheet.clone(), cell: f.cell }).collect()
}

fn text_cell(text: &str) -> RawCell {
    RawCell::of(RawValue::Text(text.to_owned()))
}

fn sheet<'a>(raw: &'a mut RawSubmission, name: &str) -> &'a mut RawSheet {
    raw.sheets.iter_mut().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("no sheet “{name}”"))
}

/// The file of a fixture: the filled form, changed line by line.
pub fn changed(form: &Form, file: &FileCase) -> RawSubmission {
    let mut raw = filled(form);
    raw.modified = file.saved.or(raw.modified);
    (raw.stored, raw.received) = (file.stored, file.received);
    raw.format = file.format.unwrap_or(raw.format);
    raw.epoch_1904 = file.epoch_1904;
    for change in &file.changes {
        apply(form, change, &mut raw);
    }
    raw
}

fn apply(form: &Form, change: &Change, raw: &mut RawSubmission) {
    match change {
        Change::Set(id, cell) => {
            let field = field(form, id);
            let cells = &mut sheet(raw, &field.sheet).cells;
            match cell {
                Some(cell) => cells.insert(field.cell, cell.clone()),
                None => cells.remove(&field.cell),
            };
        }
        Change::Identity(key, value) => match key.as_str() {
            "plan" => raw.identity.plan = value.clone(),
            "version" => raw.identity.plan_version = value.clone(),
            "year" => raw.identity.year = value.clone(),
            "unit" => raw.identity.unit = value.clone(),
            other => panic!("identity.{other}"),
        },
        Change::Heading(text) => {
            for sheet in &mut raw.sheets {
                sheet.cells.insert(CellAddress::new(1, CODE_COLUMN), text_cell(text));
            }
        }
        Change::Drop(what) => match what.as_str() {
            "names" => raw.named.clear(),
            "table" => raw.table.clear(),
            "identity" => raw.identity = Identity::default(),
            "cells" => raw.sheets.iter_mut().for_each(|sheet| sheet.cells.clear()),
            "figures" => form.fields().for_each(|field| {
                sheet(raw, &field.sheet).cells.remove(&field.cell);
            }),
            other => panic!("drop {other}"),
        },
        Change::DropSheet(name) => {
            sheet(raw, name);
            raw.sheet_names.retain(|other| other != name);
            raw.sheets.retain(|sheet| sheet.name != *name);
        }
        Change::RenameSheet(old, new) => {
            sheet(raw, old).asked = raw.named.iter().any(|placed| placed.sheet == *old);
            sheet(raw, old).name = new.as_str().into();
            for name in raw.sheet_names.iter_mut().filter(|name| *name == old) {
                name.clone_from(new);
            }
            for placed in raw.named.iter_mut().filter(|placed| placed.sheet == *old) {
                placed.sheet = new.as_str().into();
            }
        }
        Change::CopySheet(old, new) => {
            let mut copy = sheet(raw, old).clone();
            (copy.name, copy.asked) = (new.as_str().into(), false);
            raw.sheet_names.push(new.clone());
            raw.sheets.push(copy);
        }
        Change::AddSheet(name) => {
            let (asked, visible, hidden) = (false, true, Default::default());
            let (cells, merged) = (Default::default(), Vec::new());
            raw.sheet_names.push(name.clone());
            raw.sheets.push(RawSheet { name: name.as_str().into(), asked, visible, hidden, cells, merged });
        }
        Change::Blank(name, cell) => {
            let at = CellAddress::parse(cell).expect("a cell");
            sheet(raw, name).cells.remove(&at);
        }
        Change::EmptySheet(name) => sheet(raw, name).cells.clear(),
        Change::HeadOf(name, text) => {
            sheet(raw, name).cells.insert(CellAddress::new(1, CODE_COLUMN), text_cell(text));
        }
        Change::DeleteColumn(id) => {
            let field = field(form, id);
            let column = field.cell.column;
            let gone = |placed: &Placed| placed.sheet == field.sheet && placed.cell.column == column;
            raw.named.retain(|placed| !gone(placed));
            sheet(raw, &field.sheet).cells.retain(|at, _| at.column != column);
            shift(raw, &field.sheet, |cell| {
                CellAddress::new(cell.row, cell.column - u16::from(cell.column > column))
            });
        }
        Change::Hide(name, what) => {
            let sheet = sheet(raw, name);
            match what.split_once(' ') {
                Some(("row", row)) => {
                    let row = row.parse::<u32>().expect("a row") - 1;
                    sheet.hidden.rows.push((row, row));
                }
                Some(("column", letters)) => {
                    let column = CellAddress::parse(&format!("{letters}1")).expect("a column").column;
                    sheet.hidden.columns.push((column, column));
                }
                _ => sheet.visible = false,
            }
        }
        Change::InsertRow(code) => {
            let row =
                form.rows().find(|row| row.code == *code.as_str()).unwrap_or_else(|| panic!("no row {code}"));
            shift(raw, &row.fields[0].sheet, |cell| {
                CellAddress::new(cell.row + u32::from(cell.row >= row.row), cell.column)
            });
        }
        Change::InsertColumn(id) => {
            let field = field(form, id);
            shift(raw, &field.sheet, |cell| {
                CellAddress::new(cell.row, cell.column + u16::from(cell.column >= field.cell.column))
            });
        }
        Change::Merge(name, range) => {
            let (first, last) = range.split_once(':').expect("a range");
            let [first, last] = [first, last].map(|cell| CellAddress::parse(cell).expect("a cell"));
            let sheet = sheet(raw, name);
            sheet.merged.push((first, last));
            sheet.cells.retain(|at, _| {
                let inside = (first.row..=last.row).contains(&at.row)
                    && (first.column..=last.column).contains(&at.column);
                *at == first || !inside
            });
        }
        Change::Beside(name, cell, number) => {
            let at = CellAddress::parse(cell).expect("a cell");
            let cell = RawCell::of(RawValue::Number(*number));
            sheet(raw, name).cells.insert(at, cell);
        }
        Change::Words(name, cell, words) => {
            let at = CellAddress::parse(cell).expect("a cell");
            sheet(raw, name).cells.insert(at, text_cell(words));
        }
        Change::OldRow(old, new) => {
            let row =
                form.rows().find(|row| row.code == *new.as_str()).unwrap_or_else(|| panic!("no row {new}"));
            for placed in raw.named.iter_mut().chain(&mut raw.table) {
                if let Some(field) = row.fields.iter().find(|field| field.id == placed.field) {
                    placed.field = FieldId::new(&RowCode::new(old.as_str()), &field.column_code);
                }
            }
            let head = CellAddress::new(row.row, CODE_COLUMN);
            sheet(raw, &row.fields[0].sheet).cells.insert(head, text_cell(old));
        }
        Change::ReadTo(name, row) => {
            let cells = &mut sheet(raw, name).cells;
            let whole = cells.len();
            cells.retain(|address, _| address.row < *row);
            if cells.len() < whole {
                raw.skipped.push((name.clone(), format!("nội dung bên trong bị cắt cụt sau dòng {row}")));
            }
        }
    }
}

fn field<'a>(form: &'a Form, id: &str) -> &'a Field {
    let id = FieldId::parse(id).unwrap_or_else(|why| panic!("{why}"));
    form.field(&id).unwrap_or_else(|| panic!("the form of {} has no field {id}", form.unit.code))
}

/// Moves cells as Excel does when something is inserted: the defined names follow, the hidden table does not.
fn shift(raw: &mut RawSubmission, name: &str, to: impl Fn(CellAddress) -> CellAddress) {
    let sheet = sheet(raw, name);
    sheet.cells = std::mem::take(&mut sheet.cells).into_iter().map(|(at, cell)| (to(at), cell)).collect();
    for placed in raw.named.iter_mut().filter(|placed| placed.sheet == name) {
        placed.cell = to(placed.cell);
    }
}
