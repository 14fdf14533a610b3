//! Documents as they are written, part by part.
#![allow(clippy::unwrap_used, missing_docs)] // a test that cannot go on should stop there

use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use word::read::tables;
use word::{
    Block, Cell, Colour, Document, Letters, Lines, Merge, PageSetup, Paragraph, ParagraphStyle, Picture,
    Properties, Row, Run, Section, Stand, Table, TableStyle,
};

const UPRIGHT: PageSetup =
    PageSetup { width: 595.3, height: 841.9, top: 56.7, bottom: 56.7, left: 85.0, right: 56.7, header: 25.0 };

fn document(sections: Vec<Section>) -> Document {
    Document {
        properties: Properties {
            title: "Báo cáo <1> & “2”".to_owned(),
            author: "Văn phòng".to_owned(),
            program: "phép thử".to_owned(),
            moment: "2024-12-05T00:00:00+07:00".parse().unwrap(),
        },
        typeface: "Times New Roman".to_owned(),
        size: 14.0,
        language: "vi-VN".to_owned(),
        paragraph_styles: vec![ParagraphStyle {
            id: "Normal".into(),
            name: "Normal".into(),
            ..ParagraphStyle::default()
        }],
        table_styles: vec![TableStyle {
            id: "Ruled".into(),
            name: "Ruled".into(),
            rules: Some(0.5),
            pad: (3.0, 2.0),
        }],
        sections,
    }
}

fn of_blocks(blocks: Vec<Block>) -> Document {
    document(vec![Section { setup: UPRIGHT, blocks }])
}

fn words(words: &str) -> Block {
    Block::Paragraph(Paragraph::new("Normal", words))
}

fn cell(words: &str) -> Cell {
    Cell::new(vec![Paragraph::new("Normal", words)])
}

fn table(rows: &[&[&str]]) -> Table {
    let row =
        |cells: &&[&str]| Row { cells: cells.iter().map(|words| cell(words)).collect(), ..Row::default() };
    let widths = vec![50.0; rows.first().map_or(0, |row| row.len())];
    Table { style: "Ruled".into(), widths, rows: rows.iter().map(row).collect() }
}

/// The parts of a package by their names.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..package.len() {
        let mut part = package.by_index(at).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        parts.insert(part.name().unwrap().into_owned(), content);
    }
    parts
}

/// The part that holds the text.
fn text(document: &Document) -> String {
    let mut parts = parts(&word::write(document).unwrap());
    String::from_utf8(parts.remove("word/document.xml").unwrap()).unwrap()
}

fn count(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

#[test]
fn every_part_is_well_formed_and_listed() {
    let picture = Picture {
        metafile: vec![1, 2, 3].into(),
        size: (10.0, 5.0),
        alternative: None,
        name: "Hình".into(),
        lowered: 0.0,
    };
    let drawn = Paragraph { runs: vec![Run::Picture(picture)], ..Paragraph::default() };
    let bytes = word::write(&of_blocks(vec![words("a"), Block::Paragraph(drawn)])).unwrap();
    let parts = parts(&bytes);
    let types = String::from_utf8(parts["[Content_Types].xml"].clone()).unwrap();
    for (name, content) in &parts {
        if name.ends_with(".emf") {
            assert_eq!(content, &[1, 2, 3]);
            continue;
        }
        let content = std::str::from_utf8(content).unwrap();
        let mut reader = Reader::from_str(content);
        while !matches!(reader.read_event().unwrap(), Event::Eof) {}
        let listed = types.contains(&format!("PartName=\"/{name}\"")) || name.ends_with(".rels");
        assert!(listed || name == "[Content_Types].xml", "{name}");
    }
    let core = std::str::from_utf8(&parts["docProps/core.xml"]).unwrap();
    assert!(core.contains("<dc:title>Báo cáo &lt;1&gt; &amp; “2”</dc:title>"), "{core}");
    // Midnight seven hours ahead.
    assert_eq!(count(core, "2024-12-04T17:00:00Z"), 2);
}

#[test]
fn the_same_document_gives_the_same_bytes_and_tells_no_time_or_system() {
    let document = of_blocks(vec![words("a"), Block::Table(table(&[&["b"]]))]);
    let bytes = word::write(&document).unwrap();
    assert_eq!(bytes, word::write(&document).unwrap());
    for at in bytes.windows(4).enumerate().filter(|(_, part)| part == b"PK\x01\x02").map(|(at, _)| at) {
        assert_eq!(bytes[at + 5], 3, "written on Unix, whatever this is");
        assert_eq!(bytes[at + 12..at + 16], [0, 0, 0x21, 0], "1 January 1980");
    }
}

#[test]
fn what_was_written_is_read_again() {
    let hostile = "<&>\"'\u{0}\u{1}\u{b}\u{fffe}]]>";
    let mut of_words = table(&[&["Đơn vị", "Số"], &[hostile, "1.234"], &["", "a\nb"]]);
    of_words.rows[0].is_head = true;
    let read = tables(&word::write(&of_blocks(vec![Block::Table(of_words)])).unwrap()).unwrap();
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].style, "Ruled");
    assert_eq!(read[0].rows.iter().map(|row| row.is_head).collect::<Vec<_>>(), [true, false, false]);
    // A vertical tab ends a line, as it does in a word processor.
    assert_eq!(read[0].rows[1].cells, ["<&>\"'\n]]>", "1.234"]);
    assert_eq!(read[0].rows[2].cells, ["", "a\nb"]);
    assert!(tables(b"PK").is_err());
}

#[test]
fn sections_carry_their_pages_and_number_them_anew() {
    let turned = PageSetup { width: UPRIGHT.height, height: UPRIGHT.width, ..UPRIGHT };
    let sections = vec![
        Section { setup: UPRIGHT, blocks: vec![words("a")] },
        Section { setup: turned, blocks: vec![Block::Table(table(&[&["b"]]))] },
        Section { setup: UPRIGHT, blocks: Vec::new() },
    ];
    let text = text(&document(sections));
    assert_eq!(count(&text, "<w:sectPr>"), 3);
    assert_eq!(count(&text, "<w:pgNumType w:start=\"1\"/>"), 3);
    assert_eq!(count(&text, "<w:titlePg/>"), 3);
    assert_eq!(count(&text, "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"), 1);
    // The first section ends in its paragraph, the second in one of its own, the last behind all.
    assert!(text.contains("<w:p><w:pPr><w:pStyle w:val=\"Normal\"/><w:sectPr>"), "{text}");
    assert!(text.ends_with("</w:sectPr></w:body></w:document>"), "{text}");
}

#[test]
fn tables_keep_apart_and_never_end_a_text() {
    let one = || Block::Table(table(&[&["a"]]));
    let nothing = Block::Table(Table { style: "Ruled".into(), ..Table::default() });
    let text = text(&of_blocks(vec![one(), nothing, one()]));
    assert_eq!(count(&text, "<w:tbl>"), 2);
    assert!(!text.contains("</w:tbl><w:tbl>") && !text.contains("</w:tbl><w:sectPr>"), "{text}");
}

#[test]
fn cells_reach_over_columns_and_rows() {
    let over = Cell { columns: 2, ..cell("trên") };
    let begins =
        Cell { merge: Merge::Begins, stand: Stand::Middle, fill: Some(Colour(1, 2, 255)), ..cell("TT") };
    let begins = Cell { pad: Some(1.5), ..begins };
    let goes_on = Cell { merge: Merge::GoesOn, ..Cell::new(Vec::new()) };
    let head = |cells: Vec<Cell>| Row { cells, is_head: true, is_whole: true, ..Row::default() };
    let table = Table {
        style: "Ruled".into(),
        widths: vec![20.0, 30.0, 40.0],
        rows: vec![head(vec![begins, over]), head(vec![goes_on, cell("a"), cell("b")])],
    };
    let text = text(&of_blocks(vec![Block::Table(table)]));
    assert!(text.contains("<w:tcW w:w=\"1400\" w:type=\"dxa\"/><w:gridSpan w:val=\"2\"/>"), "{text}");
    assert!(text.contains("<w:vMerge w:val=\"restart\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"0102FF\"/><w:tcMar><w:left w:w=\"30\" w:type=\"dxa\"/><w:right w:w=\"30\" w:type=\"dxa\"/></w:tcMar><w:vAlign w:val=\"center\"/>"));
    // An empty cell has its paragraph.
    assert!(text.contains("<w:vMerge w:val=\"continue\"/></w:tcPr><w:p></w:p></w:tc>"), "{text}");
    assert_eq!(count(&text, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"), 2);
}

#[test]
fn pictures_are_kept_once_and_say_what_they_show() {
    let picture = |content: u8, alternative: Option<&str>| {
        Run::Picture(Picture {
            metafile: vec![content; 8].into(),
            size: (72.0, 36.0),
            alternative: alternative.map(str::to_owned),
            name: "Biểu đồ".into(),
            lowered: 1.0,
        })
    };
    let runs = vec![picture(1, Some("Ba \"cột\"")), picture(2, None), picture(1, Some("Nữa"))];
    let drawn = Paragraph { runs, ..Paragraph::default() };
    let document = of_blocks(vec![Block::Paragraph(drawn)]);
    let parts = parts(&word::write(&document).unwrap());
    assert_eq!(parts.keys().filter(|name| name.starts_with("word/media/")).count(), 2);
    let text = text(&document);
    assert!(text.contains("<wp:docPr id=\"1\" name=\"Biểu đồ 1\" descr=\"Ba &quot;cột&quot;\"/>"), "{text}");
    assert_eq!(count(&text, "adec:decorative"), 1);
    // An inch by half an inch.
    assert_eq!(count(&text, "<wp:extent cx=\"914400\" cy=\"457200\"/>"), 3);
    assert_eq!(count(&text, "r:embed=\"rIdImage1\""), 2);
}

#[test]
fn links_lead_to_marks_and_looks_stand_in_the_order_of_the_schema() {
    let mark = Paragraph { mark: Some("phu_luc".into()), ..Paragraph::new("Normal", "Phụ lục") };
    let look = Letters {
        size: Some(10.5),
        bold: Some(true),
        italic: Some(false),
        colour: Some(Colour(255, 0, 0)),
        underlined: true,
    };
    let link = Run::Link { to: "phu_luc".into(), words: "Phụ lục".into(), letters: look };
    let lines = Lines {
        before: Some(6.0),
        first: Some(-12.0),
        left: Some(12.0),
        keep_next: Some(true),
        level: Some(2),
        rule: Some(0.75),
        exactly: Some(4.0),
        ..Lines::default()
    };
    let linked = Paragraph { runs: vec![link], lines, ..Paragraph::default() };
    let text = text(&of_blocks(vec![Block::Paragraph(mark), Block::Paragraph(linked)]));
    assert!(text.contains("<w:bookmarkStart w:id=\"0\" w:name=\"phu_luc\"/><w:r><w:t xml:space=\"preserve\">Phụ lục</w:t></w:r><w:bookmarkEnd w:id=\"0\"/>"), "{text}");
    assert!(text.contains("<w:hyperlink w:anchor=\"phu_luc\" w:history=\"1\"><w:r><w:rPr><w:b/><w:bCs/><w:i w:val=\"0\"/><w:iCs w:val=\"0\"/><w:color w:val=\"FF0000\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:u w:val=\"single\"/></w:rPr>"), "{text}");
    assert!(text.contains("<w:keepNext/><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/></w:pBdr><w:spacing w:before=\"120\" w:line=\"80\" w:lineRule=\"exact\"/><w:ind w:left=\"240\" w:hanging=\"240\"/><w:outlineLvl w:val=\"1\"/>"), "{text}");
}
