use super::super::{file, layout, typeface};
use super::*;
use crate::output::equality::fixture::report_of;
use crate::report::model::{Align, Block, Cell, Column, Place, Role, Row, Shown, Table};
use chrono::NaiveDate;
use page::Fonts;
use page::display::TextRun;
use rust_decimal::Decimal;

fn report() -> Report {
    let column = |id: &str, align: Align| Column::new(id, &format!("Cột {id}"), 1.0, align);
    let row = |id: usize, values: Vec<Shown>| Row {
        id: format!("dong-{id}").into(),
        role: Role::Body,
        cells: values.into_iter().map(Cell::plain).collect(),
    };
    let dec = |text: &str| text.parse::<Decimal>().unwrap();
    // Enough rows for a second page with a repeated head.
    let rows = (0..80)
        .map(|i| {
            let values = vec![
                Shown::Text(format!("Huyện {i} (xem Phụ lục I)").into()),
                Shown::Count(Decimal::from(1_234_500 + i)),
                Shown::Percent(dec("84.995"), 2),
                Shown::Number(dec("-1234.5"), 1),
                NaiveDate::from_ymd_opt(2024, 12, 5).map_or(Shown::Blank, Shown::Date),
                Shown::Missing("chưa báo cáo".into()),
                Shown::Blank,
            ];
            row(i, values)
        })
        .collect();
    let columns = ["ten", "so", "ty-le", "tang", "ngay", "thieu", "trong"];
    let columns = columns.into_iter().map(|id| column(id, Align::Right)).collect();
    let table =
        Table { id: "bang".into(), caption: Some("Bảng thử".into()), columns, rows, notes: Vec::new() };
    let empty = Table { id: "trong".into(), caption: None, rows: Vec::new(), ..table.clone() };
    report_of(vec![
        (Place::Annex { landscape: true }, vec![Block::Table(empty)]),
        (Place::Body, vec![Block::Table(table)]),
        (Place::Sheet, Vec::new()),
    ])
}

/// What writing a document says after a run of its text was tampered with.
fn written(change: impl FnOnce(&mut Document)) -> Result<(), String> {
    let (report, fonts) = (report(), fonts());
    let mut document = layout::lay_out(&report, &fonts);
    change(&mut document);
    match file(&report, &document, &fonts) {
        Ok(_) => Ok(()),
        Err(Error::Internal(what)) => Err(what),
        Err(other) => panic!("{other}"),
    }
}

fn fonts() -> Fonts {
    typeface::load(&typeface::embedded()).unwrap()
}

fn runs(document: &mut Document) -> impl Iterator<Item = &mut TextRun> {
    document.pages.iter_mut().flat_map(|page| &mut page.items).filter_map(|item| match &mut item.shape {
        Shape::Text(run) => Some(run),
        _ => None,
    })
}

#[test]
fn what_was_laid_out_as_it_should_be_is_written() {
    assert_eq!(written(|_| {}), Ok(()));
    assert!(layout::lay_out(&report(), &fonts()).pages.len() > 3);
}

#[test]
fn a_figure_that_reads_differently_stops_the_run() {
    for (right, from, to, told) in [
        ("1.234.517", '7', '1', "dòng “dong-17”, cột “so”: đọc được “1.234.511”, phải là “1.234.517”"),
        ("85,00%", '8', '9', "dòng “dong-0”, cột “ty-le”: đọc được “95,00%”, phải là “85,00%”"),
        ("-1.234,5", '-', '+', "cột “tang”: đọc được “+1.234,5”"),
        ("05/12/2024", '2', '1', "cột “ngay”"),
    ] {
        let fault = written(|document| {
            let run = runs(document).find(|run| run.text() == right).unwrap();
            run.glyphs.iter_mut().rfind(|glyph| glyph.text == from).unwrap().text = to;
        });
        let fault = fault.unwrap_err();
        assert!(fault.contains("bảng “Bảng thử”") && fault.contains(told), "{fault}");
    }
}

#[test]
fn a_table_or_a_figure_that_is_lost_or_doubled_stops_the_run() {
    let without = |wanted: &'static str| {
        written(move |document| {
            for page in &mut document.pages {
                page.items.retain(|item| !matches!(&item.shape, Shape::Text(run) if run.text() == wanted));
            }
        })
    };
    assert!(without("1.234.579").unwrap_err().contains("dong-79"));
    let twice = written(|document| {
        let page = &mut document.pages[0];
        let found =
            page.items.iter().find(|i| matches!(&i.shape, Shape::Text(run) if run.text() == "1.234.500"));
        let found = found.unwrap().clone();
        page.items.push(found);
    });
    assert!(twice.unwrap_err().contains("dong-0"));
    let table = written(|document| {
        let table = document.nodes.iter_mut().rfind(|node| node.kind == NodeKind::Table).unwrap();
        table.kind = NodeKind::Paragraph;
    });
    assert!(table.unwrap_err().contains("bảng không có trên trang"));
    let row = written(|document| {
        let row = document.nodes.iter_mut().rfind(|node| node.kind == NodeKind::Row).unwrap();
        row.kind = NodeKind::Paragraph;
    });
    assert!(row.unwrap_err().contains("có 0 dòng, phải có 1"));
}
