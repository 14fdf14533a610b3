//! What the libraries do when they are left alone, as `docs/libraries.md` has it. Where one of these fails after an
//! update, a remedy in the code may have become needless; where it stands is told on that page.

#![allow(clippy::unwrap_used)] // the functions around the tests too

use crate::workbooks::{row, xlsx};
use calamine::{Data, Reader, Xlsx};
use chrono::{DateTime, Utc};
use rust_xlsxwriter::{Chart, ChartType, Formula, Workbook};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A part of a package as text.
fn part(package: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(package)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn reader(package: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(package)).unwrap()
}

#[test]
fn a_formula_without_a_result_carries_zero() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_formula(0, 0, Formula::new("=\"\"")).unwrap();
    sheet.write_formula(1, 0, Formula::new("=\"\"").set_result("")).unwrap();
    let text = part(&book.save_to_buffer().unwrap(), "xl/worksheets/sheet1.xml");
    // An empty text is no result either: it becomes 0.
    assert_eq!(text.matches("<v>0</v>").count(), 2, "{text}");
}

#[test]
fn a_workbook_is_dated_by_the_clock_unless_told_otherwise() {
    let mut book = Workbook::new();
    book.add_worksheet();
    let text = part(&book.save_to_buffer().unwrap(), "docProps/core.xml");
    let (_, created) = text.split_once("<dcterms:created").unwrap();
    let created = created.split(['>', '<']).nth(1).unwrap();
    let age = Utc::now() - created.parse::<DateTime<Utc>>().unwrap();
    assert!(age.num_days().abs() <= 1, "{created}");
}

#[test]
fn the_library_takes_formulas_that_excel_refuses() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_formula(0, 0, Formula::new("='Không có'!A1")).unwrap();
    sheet.write_formula(1, 0, Formula::new(format!("=1{}", "+1".repeat(5000)))).unwrap();
    assert!(part(&book.save_to_buffer().unwrap(), "xl/worksheets/sheet1.xml").len() > 10_000);
}

#[test]
fn a_row_written_late_is_lost_in_constant_memory() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().unwrap();
    sheet.write(5, 0, 5).unwrap();
    let late = sheet.write(2, 0, 2).is_ok();
    let text = part(&book.save_to_buffer().unwrap(), "xl/worksheets/sheet1.xml");
    assert!(text.contains("r=\"A6\""), "{text}");
    assert!(!text.contains("r=\"A3\""), "written late: {late}, {text}");
}

#[test]
fn a_formula_that_was_not_worked_out_is_empty_to_the_reader() {
    let mut book = reader(xlsx(&[&row(r#"<c r="A1"><v>7</v></c><c r="B1"><f>A1*2</f></c>"#)], &[]));
    let values = book.worksheet_range("S1").unwrap();
    assert_eq!(values.get_value((0, 0)), Some(&Data::Float(7.0)));
    assert!(matches!(values.get_value((0, 1)), None | Some(Data::Empty)), "{values:?}");
    let formulas = book.worksheet_formula("S1").unwrap();
    assert_eq!(formulas.get_value((0, 1)).map(String::as_str), Some("A1*2"));
}

#[test]
fn one_odd_cell_is_an_error_of_the_whole_sheet() {
    let good = r#"<c r="A1"><v>7</v></c>"#;
    assert!(reader(xlsx(&[&row(good)], &[])).worksheet_range("S1").is_ok());
    let odd_number = row(&format!(r#"{good}<c r="B1" t="n"><v>1,5</v></c>"#));
    let odd_dimension = format!(r#"<dimension ref=""/>{}"#, row(good));
    for odd in [odd_number, odd_dimension] {
        assert!(reader(xlsx(&[&odd], &[])).worksheet_range("S1").is_err(), "{odd}");
    }
}

#[test]
fn a_range_begins_at_its_first_filled_cell() {
    let sheet = r#"<sheetData><row r="3"><c r="C3"><v>7</v></c></row></sheetData>"#;
    assert_eq!(reader(xlsx(&[sheet], &[])).worksheet_range("S1").unwrap().start(), Some((2, 2)));
}

#[test]
fn sheets_are_listed_in_the_order_of_the_workbook() {
    let mut book = Workbook::new();
    for name in ["Ba & bốn", "Một", "Hai"] {
        book.add_worksheet().set_name(name).unwrap();
    }
    book.worksheet_from_name("Một").unwrap().set_very_hidden(true);
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values(("Hai", 0, 0, 2, 0));
    let chart_sheet = book.add_chartsheet().set_name("Biểu đồ").unwrap();
    chart_sheet.insert_chart(0, 0, &chart).unwrap();
    let read = reader(book.save_to_buffer().unwrap());
    let names: Vec<&str> = read.sheets_metadata().iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["Ba & bốn", "Một", "Hai", "Biểu đồ"]);
}
