//! Reports and briefs are tagged as the page kit promises (its tests hold the rules), whatever stands in them.
#![allow(clippy::unwrap_used, missing_docs)] // a test that cannot go on should stop there

use crate::made_year;
use crate::pdf_sample::{self, findings, matrix, report, with_blocks};
use crate::tagged::{File, declares, read, words};
use page::display::{NodeKind, Shape};
use std::collections::{BTreeMap, BTreeSet};
use xhht::consolidate::History;
use xhht::output::pdf::{layout, write, write_brief};
use xhht::report;
use xhht::report::model::{Block, Cell, Chart, ChartKind, Picture, Place, Report, Shown};

fn written(report: &Report) -> File {
    read(&write(report).unwrap().bytes)
}

fn written_brief(report: &Report) -> File {
    read(&write_brief(report).unwrap().bytes)
}

/// A brief of a year with silent units and a year before it, with a sheet for each unit.
fn brief() -> Report {
    let (plan, results, findings) = made_year::two_years(7);
    report::brief(&plan, &results, &findings, true).unwrap().unwrap()
}

#[test]
fn the_report_is_a_tree_of_headed_parts() {
    let tree = written(&report()).checked();
    let parts: Vec<&str> = tree.kids.iter().map(|kid| kid.kind.as_str()).collect();
    assert_eq!(parts, ["Part"; 4], "the body and three annexes");
    for part in &tree.kids {
        assert_eq!(part.all("H1").len(), 1);
    }
    let body = &tree.kids[0];
    let kinds: BTreeSet<&str> = body.kids.iter().map(|kid| kid.kind.as_str()).collect();
    assert_eq!(kinds, BTreeSet::from(["Figure", "H1", "H2", "H3", "L", "P", "Table"]));
    assert_eq!(tree.all("Link").len(), 2, "Phụ lục I and Phụ lục III are mentioned");
    let figure = tree.all("Figure")[0];
    let alternative = words(figure.dictionary.get(b"Alt").unwrap());
    assert!(alternative.starts_with(&pdf_sample::chart().caption), "{alternative}");
}

#[test]
fn merged_heads_tell_what_they_cover() {
    let mut report = with_blocks(vec![Block::Table(matrix(96))]);
    report.sections[0].place = Place::Annex { landscape: true };
    let tree = written(&report).checked();
    let tables = tree.all("Table");
    assert_eq!(tables.len(), 1, "one table, on however many pages");
    let head = tables[0].all("THead")[0];
    assert_eq!(head.kids.len(), 2, "a repeated head is no second head");
    let covers = |kind: &str| head.all("TH").iter().any(|cell| cell.span(kind) == 2);
    assert!(covers("ColSpan") && covers("RowSpan"));
    assert_eq!(tables[0].all("TBody")[0].kids.len(), 97, "96 units and the total");
}

#[test]
fn whatever_was_typed_keeps_the_rules() {
    let table = |text: &str, rows: usize| {
        let mut table = matrix(rows);
        for row in &mut table.rows {
            if let Some(cell) = row.cells.get_mut(1) {
                cell.value = Shown::Text(text.into());
            }
        }
        table
    };
    let mut bare = matrix(2);
    for column in &mut bare.columns {
        (column.title, column.over) = (String::new(), None);
    }
    let mut nothing = bare.clone();
    nothing.rows.clear();
    let mut columnless = matrix(0);
    columnless.columns.clear();
    let mut tall: Chart = pdf_sample::chart();
    let ChartKind::BarsAgainstTarget(bars) = &mut tall.kind else { panic!("bars") };
    *bars = bars.iter().cycle().take(96).cloned().collect();
    tall.alternative = "mô tả rất dài ".repeat(4_000);
    for text in ["", " \n ", "😀 漢字 \u{0}\u{202e}", &"ă".repeat(300), &"Phụ lục ".repeat(2_500)] {
        let report = with_blocks(vec![
            Block::Heading { level: 2, text: text.to_owned() },
            Block::paragraph(text),
            Block::Points(vec![text.into(), "hai".into()]),
            Block::Points(Vec::new()),
            Block::KeyFigures(Vec::new()),
            Block::Heading { level: 9, text: "Quá sâu".into() },
            Block::Table(table(text, 3)),
            Block::Table(table(text, 0)),
            Block::Table(bare.clone()),
            Block::Table(nothing.clone()),
            Block::Table(columnless.clone()),
            Block::Chart(tall.clone()),
            Block::Findings { shown: findings(3), total: 3, names: BTreeMap::new() },
        ]);
        written(&report).checked();
    }
    let mut empty = report();
    empty.sections.clear();
    empty.letter.recipients.clear();
    written(&empty).checked();
}

#[test]
fn the_brief_is_a_tree_of_headed_parts() {
    let tree = written_brief(&brief()).checked();
    let parts: Vec<&str> = tree.kids.iter().map(|kid| kid.kind.as_str()).collect();
    assert_eq!(parts, ["Part"; 1 + 15], "the brief and a sheet for each local unit");
    for part in &tree.kids {
        assert_eq!(part.all("H1").len(), 1);
        assert!(!part.all("Table").is_empty());
    }
    let figures = tree.kids[0].all("Figure");
    assert!(!figures.is_empty(), "the tiles");
    for figure in figures {
        assert!(!words(figure.dictionary.get(b"Alt").unwrap()).starts_with("."));
    }
    assert!(!tree.kids[0].all("Lbl").is_empty(), "points have letters");
}

/// Signs and bars beside words are decoration: the row says the same in words.
#[test]
fn drawings_outside_figures_are_artifacts_and_their_rows_say_the_same() {
    let brief = brief();
    let document = layout::brief(&brief).unwrap();
    let mut drawn = 0;
    for item in document.pages.iter().flat_map(|page| &page.items) {
        match (&item.shape, item.node) {
            (Shape::Text(_) | Shape::Link { .. }, _) => {}
            // Underlines belong to the words above them.
            (Shape::Line { from, to, .. }, Some(_)) if from.1 == to.1 => {}
            (_, None) => drawn += 1,
            (_, Some(node)) => {
                let kind = &document.nodes[node].kind;
                assert!(matches!(kind, NodeKind::Figure { .. }), "{:?} in {kind:?}", item.shape);
            }
        }
    }
    assert!(drawn > 0);
    let mut pictures = 0;
    for block in brief.sections.iter().flat_map(|section| &section.blocks) {
        let Block::Table(table) = block else { continue };
        for row in &table.rows {
            for cell in &row.cells {
                let worded = |cell: &Cell| matches!(&cell.value, Shown::Text(words) if !words.is_empty());
                match cell.picture.as_deref() {
                    Some(Picture::Sign) => assert!(worded(cell), "a sign without a word in {}", row.id),
                    Some(Picture::Bar(bar, _)) => {
                        let told = |figure| {
                            row.cells.iter().any(|c| matches!(c.value, Shown::Percent(p, _) if p == figure))
                        };
                        assert!(bar.value.is_none_or(told), "a bar without its figure in {}", row.id);
                    }
                    None => continue,
                }
                pictures += 1;
            }
        }
    }
    assert!(pictures > 20, "{pictures}");
}

#[test]
fn briefs_of_odd_years_keep_the_rules() {
    let many = made_year::plan_with(96, |i| format!("Tên dài {}{i}", "rất dài ".repeat(12)));
    let none = made_year::plan_with(0, |_| String::new());
    for (plan, silent, text) in [(&many, 9, "😀 漢字 \u{202e}".repeat(40)), (&none, 1, String::new())] {
        let filled = |i: usize, _: &_, field: &_| made_year::usual(i, field, &text);
        let (results, findings) = made_year::results(plan, 2027, silent, &History::default(), &filled);
        written_brief(&report::brief(plan, &results, &findings, true).unwrap().unwrap()).checked();
        written(&report::build(plan, &results, &findings).unwrap()).checked();
    }
}

#[test]
fn the_files_declare_what_they_keep() {
    declares(&written(&report()), "Báo cáo");
    declares(&written_brief(&brief()), "Tóm tắt");
}

#[test]
fn thirty_pages_stay_below_a_megabyte_and_a_half() {
    let blocks = (0..12).map(|_| Block::Table(matrix(96))).collect();
    let written = write(&with_blocks(blocks)).unwrap();
    assert!(written.pages >= 30, "{} pages", written.pages);
    assert!(written.bytes.len() < 1_500_000, "{} bytes", written.bytes.len());
}
