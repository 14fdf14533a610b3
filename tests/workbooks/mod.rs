//! Small workbooks for the intake tests: written by `rust_xlsxwriter`, or part by part where the parts are the matter.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)] // shared by test binaries that use parts of it

use rust_xlsxwriter::{DocProperties, Format, Formula, Workbook};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The rows of an identity sheet: four keys, the head of the table, then `field, sheet, cell` per input cell.
pub fn identity_rows(table: &[(&str, &str, &str)]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = [
        ("xhht_plan", "long-an-2021-2030"),
        ("xhht_plan_version", "1.0"),
        ("xhht_year", "2024"),
        ("xhht_unit", "794"),
    ]
    .map(|(key, value)| vec![key.to_owned(), value.to_owned()])
    .to_vec();
    rows.push(["field", "sheet", "cell", "kind", "label"].map(str::to_owned).to_vec());
    for (field, sheet, cell) in table {
        rows.push([field, sheet, cell, "count", "Số người"].map(str::to_owned).to_vec());
    }
    rows
}

/// A template as the program makes it: a form, its names, a very hidden identity sheet, and the identity in properties.
pub fn template() -> Vec<u8> {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let percent = Format::new().set_num_format("0.00%");
    let sheet = book.add_worksheet().set_name("Phụ lục 1").unwrap();
    sheet.write(0, 0, "BIỂU SỐ 1").unwrap();
    sheet.write(6, 3, 1234).unwrap();
    sheet.write(7, 3, "1.234").unwrap();
    sheet.write_with_format(8, 3, 0.8512, &percent).unwrap();
    sheet.write(9, 3, true).unwrap();
    sheet.write_with_format(10, 3, &chrono::NaiveDate::from_ymd_opt(2024, 12, 5).unwrap(), &date).unwrap();
    sheet.write_formula(11, 3, Formula::new("D7*2").set_result("2468")).unwrap();
    sheet.write_formula(12, 3, Formula::new("1/0").set_result("#DIV/0!")).unwrap();
    sheet.write(13, 3, "  có khoảng trắng ").unwrap();
    let other = book.add_worksheet().set_name("Ghi chú").unwrap();
    other.write(0, 0, "không phải biểu").unwrap();
    let identity = book.add_worksheet().set_name("_xhht").unwrap();
    let rows = identity_rows(&[("nltt.tong", "Phụ lục 1", "D7"), ("nltt.dat", "Phụ lục 1", "D8")]);
    for (row, texts) in (0_u32..).zip(&rows) {
        for (column, text) in (0_u16..).zip(texts) {
            identity.write(row, column, text).unwrap();
        }
    }
    identity.set_very_hidden(true);
    book.define_name("xhht_nltt__tong", "='Phụ lục 1'!$D$7").unwrap();
    book.define_name("xhht_nltt__dat", "='Phụ lục 1'!$D$8").unwrap();
    book.define_name("Vung_in", "='Phụ lục 1'!$A$1:$D$14").unwrap();
    let properties = DocProperties::new()
        .set_creation_datetime(
            &rust_xlsxwriter::ExcelDateTime::parse_from_str("2024-12-01T08:30:00").unwrap(),
        )
        .set_custom_property("xhht_plan", "long-an-2021-2030")
        .set_custom_property("xhht_unit", "794");
    book.set_properties(&properties);
    book.save_to_buffer().unwrap()
}

/// A package of these parts.
pub fn package<'a>(parts: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(name, options).unwrap();
        zip.write_all(&content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A whole .xlsx around the XML of its worksheets, named `S1`, `S2`, …; `more` adds or replaces parts.
pub fn xlsx(sheets: &[&str], more: &[(&str, &str)]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package_relation = "http://schemas.openxmlformats.org/package/2006/relationships";
    let numbers = || 1..=sheets.len();
    let list: String =
        numbers().map(|n| format!(r#"<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>"#)).collect();
    let relations: String = numbers()
        .map(|n| {
            format!(
                r#"<Relationship Id="rId{n}" Type="{relation}/worksheet" Target="worksheets/sheet{n}.xml"/>"#
            )
        })
        .collect();
    let mut parts: Vec<(String, String)> = vec![
        ("[Content_Types].xml".into(), "<Types/>".into()),
        (
            "_rels/.rels".into(),
            format!(
                r#"<Relationships xmlns="{package_relation}"><Relationship Id="r" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml".into(),
            format!(r#"<workbook xmlns="{main}" xmlns:r="{relation}"><sheets>{list}</sheets></workbook>"#),
        ),
        (
            "xl/_rels/workbook.xml.rels".into(),
            format!(r#"<Relationships xmlns="{package_relation}">{relations}</Relationships>"#),
        ),
    ];
    for (n, sheet) in numbers().zip(sheets) {
        parts.push((
            format!("xl/worksheets/sheet{n}.xml"),
            format!(r#"<worksheet xmlns="{main}">{sheet}</worksheet>"#),
        ));
    }
    for (name, content) in more {
        parts.retain(|(have, _)| have != name);
        parts.push(((*name).to_owned(), (*content).to_owned()));
    }
    package(parts.iter().map(|(name, content)| (name.as_str(), content.as_bytes().to_vec())))
}

/// Worksheet XML of one row of cells.
pub fn row(cells: &str) -> String {
    format!(r#"<sheetData><row r="1">{cells}</row></sheetData>"#)
}

/// A whole .ods around the XML inside `office:spreadsheet`.
pub fn ods(spreadsheet: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:calcext="c"><office:body><office:spreadsheet>{spreadsheet}</office:spreadsheet></office:body></office:document-content>"#
    );
    package([
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("META-INF/manifest.xml", b"<manifest:manifest/>".to_vec()),
        ("content.xml", content.into_bytes()),
    ])
}
