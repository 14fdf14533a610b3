//! Everything a file of the program says: words a reader sees, and those that only other programs see.
#![allow(clippy::unwrap_used)] // a test stops where it fails

use lopdf::{Document, Object};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

/// The texts of a file, with the names of the parts they stand in.
pub fn texts_of(path: &Path) -> Vec<(String, String)> {
    let bytes = fs::read(path).unwrap();
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("xlsx" | "docx") => of_package(&bytes),
        Some("pdf") => of_pdf(&bytes),
        Some("html") => vec![(String::new(), of_page(&String::from_utf8(bytes).unwrap()))],
        _ => vec![(String::new(), String::from_utf8(bytes).unwrap())],
    }
}

/// A page without its packed module, in which any letters may follow one another.
fn of_page(html: &str) -> String {
    let Some((before, module)) = html.split_once("id=\"mo-dun\">") else { return html.to_owned() };
    let after = module.split_once("</script>").map_or("", |(_, after)| after);
    format!("{before}{after}")
}

/// Cells, sheet names, defined names, list entries, messages, notes, headers, paragraphs, alternative texts, properties:
/// whatever is no mere number. Of pictures the words.
fn of_package(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut texts = Vec::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name.ends_with(".emf") {
            texts.push((name, of_metafile(&content)));
            continue;
        }
        let xml = String::from_utf8(content).unwrap();
        let mut said = String::new();
        let mut reader = Reader::from_str(&xml);
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) | Event::Empty(tag) => attributes(&tag, &mut said),
                Event::Text(text) => add(text.as_ref(), &mut said),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(character)) => said.push(character),
                    _ => said.push(' '),
                },
                Event::Eof => break,
                _ => {}
            }
        }
        texts.push((name, said));
    }
    texts
}

/// The words of the records of text of a metafile (EMR_EXTTEXTOUTW).
fn of_metafile(bytes: &[u8]) -> String {
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let mut said = String::new();
    let mut at = 0;
    while at < bytes.len() {
        if word(at) == 84 {
            let (count, start) = (word(at + 44), at + word(at + 48));
            let units = bytes[start..start + 2 * count].chunks(2);
            let units: Vec<u16> = units.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            add(&String::from_utf16(&units).unwrap(), &mut said);
        }
        at += word(at + 4);
    }
    said
}

fn attributes(tag: &BytesStart<'_>, said: &mut String) {
    for attribute in tag.attributes() {
        add(&attribute.unwrap().normalized_value(XmlVersion::Explicit1_0).unwrap(), said);
    }
}

/// Widths, coordinates and figures say nothing of a plan.
fn add(text: &str, said: &mut String) {
    if text.trim().parse::<f64>().is_err() {
        said.push_str(text);
        said.push('\n');
    }
}

/// The words of the pages, and every text string of the file: title, alternatives, bookmarks.
fn of_pdf(bytes: &[u8]) -> Vec<(String, String)> {
    let document = Document::load_mem(bytes).unwrap();
    let mut texts = Vec::new();
    for page in document.get_pages().into_keys() {
        texts.push((format!("trang {page}"), document.extract_text(&[page]).unwrap()));
    }
    let mut strings = String::new();
    document.objects.values().for_each(|object| collect(object, &mut strings));
    texts.push(("chuỗi".to_owned(), strings));
    texts
}

fn collect(object: &Object, strings: &mut String) {
    match object {
        Object::String(bytes, _) => {
            let utf16 = bytes.strip_prefix(&[0xfe, 0xff]);
            let units = utf16.map(|bytes| bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])));
            match units {
                Some(units) => strings.push_str(&String::from_utf16_lossy(&units.collect::<Vec<_>>())),
                None => strings.push_str(&String::from_utf8_lossy(bytes)),
            }
            strings.push('\n');
        }
        Object::Array(items) => items.iter().for_each(|item| collect(item, strings)),
        Object::Dictionary(dictionary) => dictionary.iter().for_each(|(_, value)| collect(value, strings)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, value)| collect(value, strings)),
        _ => {}
    }
}
