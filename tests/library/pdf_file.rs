//! The file itself, read again with lopdf; what other programs say of it stands in `tests/judges`.
#![allow(clippy::unwrap_used, missing_docs)] // a test that cannot go on should stop there

use crate::pdf_sample::{report, with_blocks};
use lopdf::{Dictionary, Document, Object};
use xhht::output::pdf::layout::document;
use xhht::output::pdf::write;
use xhht::report::model::Block;

fn sample() -> Vec<u8> {
    write(&report()).unwrap().bytes
}

fn fonts(document: &Document) -> Vec<Dictionary> {
    let all = document.objects.values().filter_map(|o| o.as_dict().ok());
    all.filter(|d| d.has_type(b"Font") && d.has(b"ToUnicode")).cloned().collect()
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert!(sample() == sample());
    let mut other = report();
    other.letter.subject.push('!');
    let (a, b) =
        (Document::load_mem(&sample()).unwrap(), Document::load_mem(&write(&other).unwrap().bytes).unwrap());
    assert_ne!(
        a.trailer.get(b"ID").unwrap(),
        b.trailer.get(b"ID").unwrap(),
        "another text, another identity"
    );
}

#[test]
fn catalog_info_and_fonts_are_as_promised() {
    let written = write(&report()).unwrap();
    assert!(written.missing_glyphs.is_empty(), "{:?}", written.missing_glyphs);
    let document = Document::load_mem(&written.bytes).unwrap();
    assert_eq!(document.version, "1.7");
    assert_eq!(document.get_pages().len(), written.pages);
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"vi-VN");
    let preferences = catalog.get(b"ViewerPreferences").unwrap().as_dict().unwrap();
    assert_eq!(preferences.get(b"DisplayDocTitle").unwrap(), &Object::Boolean(true));
    assert!(catalog.has(b"Outlines") && catalog.has(b"Metadata"));

    let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let info = document.get_dictionary(info).unwrap();
    assert!(!info.has(b"GTS_PDFXVersion") && !info.has(b"Identifier"));
    assert_eq!(info.get(b"CreationDate").unwrap().as_str().unwrap(), b"D:20241205000000+07'00'");

    let fonts = fonts(&document);
    assert_eq!(fonts.len(), 4);
    for font in fonts {
        let name = String::from_utf8_lossy(font.get(b"BaseFont").unwrap().as_name().unwrap()).into_owned();
        assert!(name[6..].starts_with("+LiberationSerif"), "{name}");
        let descendant = font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0].clone();
        let (_, descendant) = document.dereference(&descendant).unwrap();
        let descriptor = descendant.as_dict().unwrap().get(b"FontDescriptor").unwrap();
        let (_, descriptor) = document.dereference(descriptor).unwrap();
        let descriptor = descriptor.as_dict().unwrap();
        assert!(descriptor.has(b"FontFile2") || descriptor.has(b"FontFile3"), "{name} is not embedded");
    }
}

#[test]
fn unknown_characters_are_replaced_and_told() {
    let written = write(&with_blocks(vec![Block::paragraph("Vui 😀, chữ 漢 và 漢")])).unwrap();
    assert_eq!(written.missing_glyphs, ['漢', '😀']);
    assert!(written.pages >= 1);
}

/// What a viewer calls each page: plain numbers from the labels of its range (ISO 32000-1, 12.4.2).
fn labels(bytes: &[u8]) -> Vec<i64> {
    let document = Document::load_mem(bytes).unwrap();
    let ranges = document.catalog().unwrap().get(b"PageLabels").unwrap().as_dict().unwrap();
    let ranges = ranges.get(b"Nums").unwrap().as_array().unwrap();
    let ranges: Vec<(i64, i64)> = ranges
        .chunks(2)
        .map(|range| {
            let label = range[1].as_dict().unwrap();
            assert_eq!(label.get(b"S").unwrap().as_name().unwrap(), b"D", "figures");
            assert!(!label.has(b"P"), "nothing before them, as on the pages");
            (range[0].as_i64().unwrap(), label.get(b"St").unwrap().as_i64().unwrap())
        })
        .collect();
    let pages = i64::try_from(document.get_pages().len()).unwrap();
    let label = |page: i64| {
        let (from, first) = ranges.iter().rev().find(|(from, _)| *from <= page).unwrap();
        first + page - from
    };
    (0..pages).map(label).collect()
}

#[test]
fn pages_are_called_by_the_numbers_they_print() {
    let printed = document(&report()).unwrap();
    let printed: Vec<i64> = printed.pages.iter().map(|page| i64::try_from(page.number).unwrap()).collect();
    assert!(printed.iter().filter(|number| **number == 1).count() > 2, "body and annexes");
    assert!(printed.contains(&2));
    assert_eq!(labels(&sample()), printed);
}
