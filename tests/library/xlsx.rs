//! The provincial workbook, read back by another library; what other programs say of it stands in `tests/judges`.

#![allow(clippy::unwrap_used)] // a test stops where it fails

use crate::sample_report;
use calamine::{Data, Reader, Xlsx};
use ecow::EcoString;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use xhht::domain::{FieldId, UnitCode};
use xhht::output::xlsx;
use xhht::report::model::{
    Align, Block, Cell, Column, Link, Place, RecordSource, Records, Report, Role, Row, Section, Table,
};

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

/// Records of one file: words too long for a line, and a cell that leads to the file.
#[derive(Debug)]
struct Many(usize);

impl RecordSource for Many {
    fn count(&self) -> usize {
        self.0
    }

    fn row(&self, at: usize) -> Option<Row> {
        let source =
            Link::Source { file: "a.xlsx".into(), at: Some(("Biểu 1".into(), format!("D{at}").into())) };
        let place = Cell::text(format!("D{at}")).leads_to(source);
        let cells = vec![Cell::text("chữ ".repeat(40)), Cell::text(""), place];
        (at < self.0).then_some(Row { id: EcoString::new().into(), role: Role::Body, cells })
    }

    fn place(&self, _: &FieldId, _: &UnitCode) -> Option<usize> {
        None
    }
}

/// The XML of the sheet with so many records, and its words.
fn records(count: usize) -> (String, Vec<String>) {
    let column = |id: &str, width| Column::new(id, id, width, Align::Left);
    let head = Table {
        id: "nhieu".into(),
        caption: None,
        columns: vec![column("muc", 4.0), column("loai", 1.0), column("o", 1.0)],
        rows: vec![],
        notes: vec![],
    };
    let mut report = sample_report::report();
    report.sections = vec![Section {
        id: "nhieu".into(),
        title: "NHIỀU DÒNG".into(),
        place: Place::Sheet,
        sheet: Some("Nhiều dòng".into()),
        blocks: vec![Block::Records(Records { head, linked_column: 0, source: Arc::new(Many(count)) })],
    }];
    let sources = BTreeMap::from([("a.xlsx".to_owned(), "../hop-thu/a.xlsx".to_owned())]);
    let mut file = Vec::new();
    xlsx::write_linked(&report, &sources, None, &mut file, Path::new("s.xlsx")).unwrap();
    let words = cells(&mut Xlsx::new(Cursor::new(file.clone())).unwrap()).into_iter();
    let words = words.map(|(_, value)| value.to_string()).collect();
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let sheet = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    (std::io::read_to_string(sheet).unwrap(), words)
}

/// Heights of rows by how often they occur.
fn heights(sheet: &str) -> BTreeMap<&str, usize> {
    let mut heights = BTreeMap::new();
    for row in sheet.split("<row ").skip(1) {
        let height = row.split_once(" ht=\"").and_then(|(_, rest)| rest.split_once('"'));
        *heights.entry(height.map_or("", |(height, _)| height)).or_default() += 1;
    }
    heights
}

#[test]
fn a_very_long_table_has_rows_of_one_line_and_says_so() {
    let said = |words: &[String], what: &str| words.iter().any(|word| word.contains(what));
    let (usual, words) = records(300);
    // Two lines and more.
    assert_eq!(heights(&usual).into_values().max(), Some(300));
    assert_eq!(usual.matches("<hyperlink ").count(), 300);
    assert!(!said(&words, "Bảng rất dài") && !said(&words, "dòng đầu có liên kết"));

    let (long, words) = records(50_001);
    assert_eq!(long.matches("<hyperlink ").count(), 40_000);
    assert!(said(&words, "Bảng rất dài nên mỗi dòng chỉ cao một hàng chữ"));
    assert!(said(&words, "40.000 dòng đầu có liên kết đến ô gốc"));
    assert_eq!(words.iter().filter(|word| word.starts_with("chữ chữ")).count(), 50_001, "all is there");
    assert_eq!(
        words.iter().filter(|word| *word == " ").count(),
        50_001,
        "a long text runs on over what is empty"
    );
    let lowest = |sheet: &str| -> f64 {
        let most = heights(sheet).into_iter().max_by_key(|(_, count)| *count);
        most.and_then(|(height, _)| height.parse().ok()).unwrap()
    };
    assert!(lowest(&long) * 2.0 < lowest(&usual), "{} {}", lowest(&long), lowest(&usual));
}

/// A sheet that is printed on two pages side by side repeats the columns that name the rows: no words begin in them but the
/// title, which stands in the head of the pages instead.
#[test]
fn no_words_are_cut_off_on_the_second_page_of_a_wide_sheet() {
    let mut columns =
        vec![Column::new("ma", "Mã", 1.0, Align::Center), Column::new("don-vi", "Đơn vị", 2.0, Align::Left)];
    columns.extend((0..30).map(|n| Column::new(format!("c{n}"), "Tổng số", 1.2, Align::Right)));
    let sheet = |columns: &[Column]| {
        let mut report = sample_report::report();
        let table = Table {
            id: "rong".into(),
            caption: Some("Tên bảng".into()),
            columns: columns.to_vec(),
            rows: vec![Row {
                id: "1".into(),
                role: Role::Body,
                cells: columns.iter().map(|_| Cell::text("1.234.567")).collect(),
            }],
            notes: vec!["Ghi chú dưới bảng".into()],
        };
        report.sections = vec![Section {
            id: "rong".into(),
            title: "BẢNG RỘNG & DÀI".into(),
            place: Place::Sheet,
            sheet: Some("Rộng".into()),
            blocks: vec![Block::Table(table)],
        }];
        let file = xlsx::write(&report).unwrap();
        let at = |words: &str| {
            let found = cells(&mut Xlsx::new(Cursor::new(file.clone())).unwrap());
            found.into_iter().find(|(_, value)| *value == words).unwrap().0
        };
        let places = ["BẢNG RỘNG & DÀI", "Tên bảng", "Ghi chú dưới bảng"].map(at);
        let mut archive = zip::ZipArchive::new(Cursor::new(file.clone())).unwrap();
        let part = std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
        let names = std::io::read_to_string(archive.by_name("xl/workbook.xml").unwrap()).unwrap();
        (places, part, names)
    };
    let (places, part, names) = sheet(&columns);
    assert!(places[0].ends_with("!A1") && places[1..].iter().all(|at| at.contains("!C")), "{places:?}");
    assert!(part.contains("BẢNG RỘNG &amp;&amp; DÀI"), "the head of the pages has the title");
    // Title, subtitle and a gap stay off the paper.
    assert!(names.contains("Rộng!$A$4:$AF$"), "{names}");
    // On one page nothing is repeated, and all begin in the first column.
    let (places, part, _) = sheet(&columns[..4]);
    assert!(places.iter().all(|at| at.contains("!A")), "{places:?}");
    assert!(!part.contains("oddHeader"), "{part}");
}
