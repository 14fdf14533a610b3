//! The provincial workbook, read back by another library; what other programs say of it stands in `programs/`.

#![allow(clippy::unwrap_used)] // a test stops where it fails

mod sample_report;

use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;
use xhht::output::xlsx;
use xhht::report::model::{Block, Report};

type Book = Xlsx<Cursor<Vec<u8>>>;

fn book(report: &Report) -> Book {
    Xlsx::new(Cursor::new(xlsx::write(report).unwrap())).unwrap()
}

/// Every cell that has a value, as `Sheet!A1`.
fn cells(book: &mut Book) -> Vec<(String, Data)> {
    let mut all = Vec::new();
    for (name, range) in book.worksheets() {
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let at = xhht::domain::CellAddress::new(top + row as u32, left as u16 + column as u16);
            all.push((format!("{name}!{at}"), value.clone()));
        }
    }
    all
}

#[test]
fn two_writes_give_the_same_bytes() {
    let report = sample_report::report();
    assert_eq!(xlsx::write(&report).unwrap(), xlsx::write(&report).unwrap());
}

#[test]
fn every_section_with_a_sheet_name_is_a_sheet_in_order() {
    let names = book(&sample_report::report()).sheet_names();
    assert_eq!(names, ["Tổng quan", "Chỉ tiêu", "Số liệu 'gốc", "Ma trận", "Tình hình gửi", "Phát hiện"]);
}

#[test]
fn figures_are_numbers_and_results_stand_beside_their_formulas() {
    let mut book = book(&sample_report::report());
    let formula = book.worksheet_formula("Chỉ tiêu").unwrap();
    let values = book.worksheet_range("Chỉ tiêu").unwrap();
    // 2.1: 523 106 of 984 187 people, over the 13 districts that reported.
    assert_eq!(formula.get_value((10, 3)).unwrap(), "IF(I11=0,\"\",SUM('Số liệu ''gốc'!E9:E23))");
    assert_eq!(values.get_value((10, 3)), Some(&Data::Float(984_187.0)));
    assert_eq!(values.get_value((10, 7)), Some(&Data::String("Đạt".into())));
    match values.get_value((10, 4)) {
        Some(Data::Float(percent)) => assert!((percent - 53.151_078_1).abs() < 1e-6, "{percent}"),
        other => panic!("{other:?}"),
    }
    // 2.2: nobody reported, so nothing is computed and nothing is shown.
    assert_eq!(values.get_value((11, 4)), Some(&Data::String(String::new())));
}

#[test]
fn what_a_sender_typed_stays_text() {
    let mut book = book(&sample_report::report());
    let formulas = book.worksheet_formula("Phát hiện").unwrap();
    assert_eq!(formulas.used_cells().count(), 0);
    let cells = cells(&mut book);
    let text = |words: &str| cells.iter().any(|(_, value)| matches!(value, Data::String(s) if s == words));
    assert!(text("=HYPERLINK(\"http://example.invalid\";\"bấm vào đây\")"));
    assert!(text("+CMD|' /C calc'!A0"));
    assert!(text("http://example.invalid/x_x0041_"), "control characters go, the rest stays");
    let bytes = xlsx::write(&sample_report::report()).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for i in 0..archive.len() {
        let part = archive.by_index(i).unwrap();
        let name = part.name().map(|name| name.into_owned());
        let xml = std::io::read_to_string(part).unwrap();
        assert!(!xml.contains("<hyperlink"), "{name:?}");
        assert!(!xml.contains("NaN") && !xml.contains(">inf<"), "{name:?}");
    }
}

#[test]
fn a_text_longer_than_a_cell_takes_is_cut_visibly() {
    let mut report = sample_report::report();
    for block in report.sections.iter_mut().flat_map(|section| &mut section.blocks) {
        if let Block::Findings { shown, .. } = block {
            shown[0].typed = Some("ơ".repeat(40_000));
        }
    }
    let longest = cells(&mut book(&report))
        .into_iter()
        .filter_map(|(_, value)| match value {
            Data::String(text) => Some(text),
            _ => None,
        })
        .max_by_key(String::len)
        .unwrap();
    assert!(longest.ends_with("… (đã cắt)"));
    assert_eq!(longest.encode_utf16().count(), 32_767);
}
