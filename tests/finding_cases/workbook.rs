//! Bytes for the fixtures in which the file itself is the matter.

use super::Make;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook};
use std::io::{Cursor, Write};
use xhht::domain::{CellAddress, Year};
use xhht::form::{IDENTITY_SHEET, KEY_PLAN, KEY_PLAN_VERSION, KEY_UNIT, KEY_YEAR, TABLE_HEADER};
use xhht::intake::raw::{RawSubmission, RawValue};
use xhht::plan::{Plan, PlanSources};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The bytes a fixture asks for.
pub fn bytes(make: &Make, raw: &RawSubmission) -> Vec<u8> {
    match make {
        Make::Bytes(bytes) => bytes.clone(),
        Make::Result(plan, year, changes) => result(plan, *year, changes),
        Make::Workbook => workbook(raw),
        Make::Half => {
            let whole = workbook(raw);
            whole[..whole.len() / 2].to_vec()
        }
        Make::Sized(size) => {
            let empty = with_picture(raw, 0).len();
            with_picture(raw, size.checked_sub(empty).expect("larger than the workbook"))
        }
        // MS-SHLLINK 2.1: the size of the header, and the first bytes of its class.
        Make::Shortcut => b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xC0\0\0\0\0\0\0\x46".to_vec(),
        Make::Zip(parts) => package(parts.iter().map(|part| (part.as_str(), 0))),
        Make::Bomb(size) => package([("xl/workbook.xml", *size)]),
        Make::Container(streams) => container(streams),
    }
}

/// A result of a lower plan: of every indicator the national plan asks for 600 of 1000, from all 96 who owe it.
fn result(plan: &str, year: Year, changes: &[String]) -> Vec<u8> {
    let upper = Plan::read(&PlanSources::shipped("quoc-gia").unwrap()).unwrap();
    let mut indicators = Vec::new();
    for id in upper.indicators_of(year).iter().map(|indicator| indicator.id.to_string()) {
        if changes.contains(&format!("without {id}")) {
            continue;
        }
        let of = changes.iter().find_map(|change| change.strip_prefix(&format!("{id} ")));
        let reported = of.and_then(|of| of.strip_prefix("by ")?.strip_suffix(" of 96")).unwrap_or("96");
        let mut indicator = serde_json::json!({
            "id": id, "numerator": "600", "denominator": "1000", "percent": "60", "by_unit": [],
            "coverage": { "reported": reported.parse::<usize>().unwrap(), "expected": 96 },
        });
        if of == Some("as percent") {
            let figures = indicator.as_object_mut().unwrap();
            figures.remove("numerator");
            figures.remove("denominator");
        }
        indicators.push(indicator);
    }
    let whole = serde_json::json!({
        "schema": "xhht/ket-qua/2", "plan": { "id": plan }, "year": year, "as_of": format!("{year}-12-05"),
        "indicators": indicators,
    });
    let mut bytes = whole.to_string().into_bytes();
    if changes.iter().any(|change| change == "cut short") {
        bytes.truncate(bytes.len() / 2);
    }
    bytes
}

/// A whole .xlsx of the raw content, with its names, identity and table.
pub fn workbook(raw: &RawSubmission) -> Vec<u8> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for sheet in &raw.sheets {
        let worksheet = book.add_worksheet().set_name(&sheet.name).unwrap();
        for (CellAddress { row, column }, cell) in &sheet.cells {
            let (row, column) = (*row, *column);
            match (&cell.value, &cell.formula) {
                (RawValue::Number(number), Some(formula)) => {
                    worksheet.write_formula(row, column, Formula::new(formula).set_result(number.to_string()))
                }
                (RawValue::Number(number), None) => worksheet.write_number(row, column, *number),
                (RawValue::Text(text), _) => worksheet.write_string(row, column, text),
                (RawValue::Bool(answer), _) => worksheet.write_boolean(row, column, *answer),
                (RawValue::Date { serial: Some(serial), .. }, _) => {
                    worksheet.write_number_with_format(row, column, *serial, &day)
                }
                (other, _) => panic!("not written to workbooks here: {other:?}"),
            }
            .unwrap();
        }
    }
    identity(&mut book, raw);
    for placed in &raw.named {
        let column = CellAddress::column_letters(placed.cell.column);
        let place = format!("='{}'!${column}${}", placed.sheet, placed.cell.row + 1);
        book.define_name(placed.field.defined_name(), &place).unwrap();
    }
    let saved = raw.modified.unwrap().shown.format("%Y-%m-%dT%H:%M:%S").to_string();
    let saved = ExcelDateTime::parse_from_str(&saved).unwrap();
    book.set_properties(&DocProperties::new().set_creation_datetime(&saved));
    book.save_to_buffer().unwrap()
}

fn identity(book: &mut Workbook, raw: &RawSubmission) {
    let sheet = book.add_worksheet().set_name(IDENTITY_SHEET).unwrap();
    sheet.set_very_hidden(true);
    let keys = [
        (KEY_PLAN, &raw.identity.plan),
        (KEY_PLAN_VERSION, &raw.identity.plan_version),
        (KEY_YEAR, &raw.identity.year),
        (KEY_UNIT, &raw.identity.unit),
    ];
    for (row, (key, value)) in (0..).zip(keys) {
        sheet.write_string(row, 0, key).unwrap();
        sheet.write_string(row, 1, value.as_deref().unwrap_or_default()).unwrap();
    }
    for (column, head) in (0..).zip(TABLE_HEADER) {
        sheet.write_string(5, column, head).unwrap();
    }
    for (row, placed) in (6..).zip(&raw.table) {
        let entry = [placed.field.as_str(), &placed.sheet, &placed.cell.to_string(), "count", "Số liệu"];
        for (column, text) in (0..).zip(entry) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
}

/// The workbook with a part of so many zeros beside it, stored as it is.
fn with_picture(raw: &RawSubmission, size: usize) -> Vec<u8> {
    let book = workbook(raw);
    let mut whole = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..whole.len() {
        zip.raw_copy_file(whole.by_index_raw(index).unwrap()).unwrap();
    }
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("xl/media/anh.bmp", stored).unwrap();
    zip.write_all(&vec![0; size]).unwrap();
    zip.finish().unwrap().into_inner()
}

/// A package of parts that hold so many spaces.
fn package<'a>(parts: impl IntoIterator<Item = (&'a str, usize)>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, size) in parts {
        let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(name, packed).unwrap();
        zip.write_all(&vec![b' '; size]).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A header sector and a directory that names the streams, 128 bytes each.
fn container(streams: &[String]) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(512, 0);
    for name in std::iter::once("Root Entry").chain(streams.iter().map(String::as_str)) {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(128, 0);
        bytes.extend(entry);
    }
    bytes
}
