use super::super::{finished, layout};
use crate::error::Error;
use crate::output::equality::fixture::report_of;
use crate::output::pdf::typeface;
use crate::report::model::{Align, Block, Cell, Column, Place, Report, Role, Row, Shown, Table};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use word::{Document, Run};

fn report() -> Report {
    let column = |id: &str| Column::new(id, &format!("Cột {id}"), 1.0, Align::Right);
    let percent: Decimal = "84.995".parse().unwrap();
    let row = |i: usize| Row {
        id: format!("dong-{i}").into(),
        role: Role::Body,
        cells: vec![
            Cell::text(format!("Huyện {i} <&>\"' (xem Phụ lục)")),
            Cell::count(Decimal::from(1_234_500 + i)),
            Cell::plain(Shown::Percent(percent, 2)),
            Cell::plain(NaiveDate::from_ymd_opt(2024, 12, 5).map_or(Shown::Blank, Shown::Date)),
            Cell::plain(Shown::Blank),
        ],
    };
    let table = Table {
        id: "bang".into(),
        caption: Some("Bảng thử".into()),
        columns: ["ten", "so", "ty-le", "ngay", "trong"].map(column).into(),
        rows: (0..30).map(row).collect(),
        notes: Vec::new(),
    };
    let empty = Table { id: "trong".into(), caption: None, rows: Vec::new(), ..table.clone() };
    let bare = Table { columns: Vec::new(), ..empty.clone() };
    report_of(vec![
        (Place::Annex { landscape: true }, vec![Block::Table(bare), Block::Table(empty)]),
        (Place::Body, vec![Block::Table(table)]),
    ])
}

/// What writing a document says after it was tampered with.
fn written(change: impl FnOnce(&mut Document)) -> Result<(), String> {
    let report = report();
    let fonts = typeface::load(&typeface::embedded()).unwrap();
    let mut document = layout::document(&report, &fonts).unwrap();
    change(&mut document);
    match finished(&report, &document) {
        Ok(_) => Ok(()),
        Err(Error::Internal(what)) => Err(what),
        Err(other) => panic!("{other}"),
    }
}

fn tables(document: &mut Document) -> impl Iterator<Item = &mut word::Table> {
    let blocks = document.sections.iter_mut().flat_map(|section| &mut section.blocks);
    let tables = blocks.filter_map(|block| match block {
        word::Block::Table(table) => Some(table),
        word::Block::Paragraph(_) => None,
    });
    tables.filter(|table| table.style == super::RULED)
}

fn words(document: &mut Document) -> impl Iterator<Item = &mut String> {
    let rows = tables(document).flat_map(|table| &mut table.rows);
    let paragraphs = rows.flat_map(|row| &mut row.cells).flat_map(|cell| &mut cell.paragraphs);
    paragraphs.flat_map(|paragraph| &mut paragraph.runs).filter_map(|run| match run {
        Run::Text(words, _) => Some(words),
        _ => None,
    })
}

#[test]
fn what_was_laid_out_as_it_should_be_is_written() {
    assert_eq!(written(|_| {}), Ok(()));
}

#[test]
fn a_figure_that_reads_differently_stops_the_run() {
    for (right, wrong, told) in [
        ("1.234.517", "1.234.511", "dòng “dong-17”, cột “so”: đọc được “1.234.511”, phải là “1.234.517”"),
        ("85,00%", "95,00%", "dòng “dong-0”, cột “ty-le”: đọc được “95,00%”, phải là “85,00%”"),
        ("05/12/2024", "05/11/2024", "cột “ngay”"),
    ] {
        let fault = written(|document| {
            *words(document).find(|words| *words == right).unwrap() = wrong.to_owned();
        });
        let fault = fault.unwrap_err();
        assert!(fault.contains("tệp Word") && fault.contains("bảng “Bảng thử”"), "{fault}");
        assert!(fault.contains(told), "{fault}");
    }
}

#[test]
fn a_table_or_a_row_that_is_lost_stops_the_run() {
    let table = written(|document| {
        tables(document).last().unwrap().style = "PlacingTable".into();
    });
    assert!(table.unwrap_err().contains("bảng không có trên trang"));
    let row = written(|document| {
        tables(document).next().unwrap().rows.pop();
    });
    assert!(row.unwrap_err().contains("có 29 dòng, phải có 30"));
    let twice = written(|document| {
        let table = tables(document).next().unwrap().clone();
        document.sections[0].blocks.push(word::Block::Table(table));
    });
    assert!(twice.is_err());
}
