//! A written file: its structure tree, and what it declares.
#![allow(clippy::unwrap_used, missing_docs)] // a test that cannot go on should stop there

mod sample;
mod tagged;

use page::compose::TextStyle;
use page::display::{Document, NodeKind, PageSetup};
use sample::{document, fonts, grid, heading, properties, title};
use tagged::{declares, read, words};

#[test]
fn a_document_with_a_part_of_every_kind_is_tagged_throughout() {
    let fonts = fonts();
    let file = read(&page::write(&document(&fonts), &fonts, &properties()).unwrap());
    let tree = file.checked();
    assert_eq!(tree.all("Table").len(), 2, "one table each annex, on however many pages");
    assert_eq!(tree.all("L").len(), 1);
    assert!(tree.all("Link").len() >= 2, "the annex is mentioned");
    let figure = words(tree.all("Figure")[0].dictionary.get(b"Alt").unwrap());
    assert!(!figure.trim().is_empty());
    declares(&file, "Báo cáo");
}

/// A table that runs over pages keeps one head and all its rows.
#[test]
fn a_table_over_several_pages_is_one_table() {
    let fonts = fonts();
    for rows in [1, 150] {
        let mut document = Document::default();
        document.add_series(&fonts, PageSetup::A4, |composer| {
            title(composer, "Báo cáo", None);
            heading(composer, "I. Kết quả");
            let table = composer.node(NodeKind::Table);
            composer.grid(&grid(rows), 12.0, table);
        });
        let tree = read(&page::write(&document, &fonts, &properties()).unwrap()).checked();
        assert_eq!(tree.all("THead").len(), 1);
        let body = tree.all("TBody").first().map_or(0, |body| body.kids.len());
        assert_eq!(body, rows);
    }
}

/// A list says how it counts by what stands before its points.
#[test]
fn lists_say_how_they_count() {
    let fonts = fonts();
    let mut document = Document::default();
    document.add_series(&fonts, PageSetup::A4, |composer| {
        title(composer, "Báo cáo", None);
        for labels in [["a)", "b)"], ["1.", "2."], ["-", "-"]] {
            let list = composer.node(NodeKind::List);
            for label in labels {
                composer.labelled_text(
                    list,
                    label,
                    &[page::line::Span::new("Một điểm.", page::Face::Regular)],
                    &TextStyle::plain(14.0),
                );
            }
        }
    });
    let tree = read(&page::write(&document, &fonts, &properties()).unwrap()).checked();
    let counted: Vec<String> = tree
        .all("L")
        .iter()
        .map(|list| {
            let name = list.attribute("ListNumbering").unwrap().as_name().unwrap();
            String::from_utf8_lossy(name).into_owned()
        })
        .collect();
    assert_eq!(counted, ["LowerAlpha", "Decimal", "Disc"]);
}
