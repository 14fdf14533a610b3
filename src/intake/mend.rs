//! A second copy of a package in which what stops the library, but not Excel, is written the usual way.
//!
//! Only the writing changes, never a value: a number field holding `1,5` becomes a text `1,5`, an error value that the
//! library does not know becomes a text of the same letters, which [`super::value`] takes for the error it is.

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};
use std::io::{BufReader, Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Error values the library knows (ECMA-376 18.17.2.7).
const KNOWN_ERRORS: &[&str] = &["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// The workbook with odd cells and dimensions of its worksheets mended; `None` when the package itself is damaged.
pub(super) fn worksheets(bytes: &[u8]) -> Option<Vec<u8>> {
    rewrite(bytes, |name| name.to_ascii_lowercase().contains("sheet") && name.ends_with(".xml"), worksheet)
}

/// The OpenDocument spreadsheet without the spaces that only indent its XML.
pub(super) fn spreadsheet(bytes: &[u8]) -> Option<Vec<u8>> {
    rewrite(bytes, |name| name == "content.xml", without_indent)
}

type Part = Vec<u8>;

fn rewrite(bytes: &[u8], wanted: fn(&str) -> bool, change: fn(&[u8]) -> Option<Part>) -> Option<Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let name = zip.name_for_index(index)?.ok()?.into_owned();
        if !wanted(&name) {
            out.raw_copy_file(zip.by_index_raw(index).ok()?).ok()?;
            continue;
        }
        let mut part = Vec::new();
        // A part cut short is read as far as it goes.
        let _ = zip.by_index(index).ok()?.read_to_end(&mut part);
        let part = change(&part).unwrap_or(part);
        // Read once and thrown away: packing it would be wasted.
        out.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))
            .ok()?;
        out.write_all(&part).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

fn worksheet(part: &[u8]) -> Option<Part> {
    let mut xml = Reader::from_reader(BufReader::new(part));
    xml.config_mut().check_end_names = false;
    let mut out = Writer::new(Vec::with_capacity(part.len()));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = match xml.read_event_into(&mut buffer) {
            Ok(Event::Eof) => break,
            Ok(event) => event,
            // What stands before the damage is still worth reading.
            Err(_) => break,
        };
        match event {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "dimension" => {}
            Event::End(e) if e.local_name().as_ref() == "dimension" => {}
            Event::Start(e) if e.local_name().as_ref() == "c" => cell(&mut xml, &mut out, e.into_owned())?,
            event => out.write_event(event).ok()?,
        }
    }
    Some(out.into_inner())
}

/// Copies a cell up to its end, with the type its value deserves.
fn cell(
    xml: &mut Reader<BufReader<&[u8]>>,
    out: &mut Writer<Vec<u8>>,
    start: BytesStart<'static>,
) -> Option<()> {
    let mut inner: Vec<Event<'static>> = Vec::new();
    let mut value = String::new();
    let mut in_value = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = xml.read_event_into(&mut buffer).ok()?.into_owned();
        match &event {
            Event::Start(e) if e.local_name().as_ref() == "v" => in_value = true,
            Event::End(e) if e.local_name().as_ref() == "v" => in_value = false,
            Event::Text(text) if in_value => value.push_str(text.as_ref()),
            Event::End(e) if e.local_name().as_ref() == "c" => break,
            Event::Eof => break,
            _ => {}
        }
        // Extensions of a cell hold no value, and the library takes them for one.
        inner.push(event);
    }
    let stated = start.try_get_attribute("t").ok()?.map(|t| t.value.into_owned());
    let stated = stated.as_deref();
    let deserved = deserved_type(stated, value.trim());
    if deserved == stated {
        out.write_event(Event::Start(start.borrow())).ok()?;
    } else {
        let name = start.name().as_ref().to_owned();
        let mut written = BytesStart::new(name);
        for attribute in start.attributes().with_checks(false).flatten().filter(|a| a.key.as_ref() != "t") {
            written.push_attribute(attribute);
        }
        if let Some(kind) = deserved {
            written.push_attribute(("t", kind));
        }
        out.write_event(Event::Start(written)).ok()?;
    }
    for event in inner {
        out.write_event(event).ok()?;
    }
    out.write_event(Event::End(BytesEnd::new(start.name().as_ref()))).ok()
}

/// The type to write for a cell that states `t` and holds `value`; none lets the library try a number, then a text.
fn deserved_type<'a>(t: Option<&'a str>, value: &str) -> Option<&'a str> {
    match t {
        Some("n") => None,
        Some("e") if !KNOWN_ERRORS.contains(&value) => Some("str"),
        Some("b")
            if !["", "0", "1"].contains(&value)
                && !value.eq_ignore_ascii_case("true")
                && !value.eq_ignore_ascii_case("false") =>
        {
            Some("str")
        }
        Some("e" | "b" | "s" | "str" | "inlineStr" | "is" | "d") | None => t,
        Some(_) => None,
    }
}

fn without_indent(part: &[u8]) -> Option<Part> {
    let mut xml = Reader::from_reader(BufReader::new(part));
    let mut out = Writer::new(Vec::with_capacity(part.len()));
    let mut buffer = Vec::new();
    let mut paragraphs = 0_usize;
    loop {
        buffer.clear();
        let event = xml.read_event_into(&mut buffer).ok()?;
        match &event {
            Event::Eof => break,
            Event::Start(e) if matches!(e.name().as_ref(), "text:p" | "text:h") => paragraphs += 1,
            Event::End(e) if matches!(e.name().as_ref(), "text:p" | "text:h") => {
                paragraphs = paragraphs.saturating_sub(1)
            }
            Event::Comment(_) => continue,
            Event::Text(text) if paragraphs == 0 && text.as_ref().trim().is_empty() => continue,
            _ => {}
        }
        out.write_event(event).ok()?;
    }
    Some(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(cell: &str) -> String {
        let sheet = format!(
            r#"<worksheet><dimension ref=""/><sheetData><row r="1">{cell}</row></sheetData></worksheet>"#
        );
        let text = String::from_utf8(worksheet(sheet.as_bytes()).unwrap()).unwrap();
        let (_, rest) = text.split_once(r#"<worksheet><sheetData><row r="1">"#).unwrap();
        rest.strip_suffix("</row></sheetData></worksheet>").unwrap().to_owned()
    }

    #[test]
    fn odd_cells_are_written_the_usual_way_and_others_stay() {
        let cases = [
            (r#"<c r="A1" s="3" t="n"><v>1,5</v></c>"#, r#"<c r="A1" s="3"><v>1,5</v></c>"#),
            (r##"<c r="A1" t="e"><v>#SPILL!</v></c>"##, r##"<c r="A1" t="str"><v>#SPILL!</v></c>"##),
            (r##"<c r="A1" t="e"><v>#REF!</v></c>"##, r##"<c r="A1" t="e"><v>#REF!</v></c>"##),
            (r#"<c r="A1" t="b"><v>2</v></c>"#, r#"<c r="A1" t="str"><v>2</v></c>"#),
            (r#"<c r="A1" t="b"><v>1</v></c>"#, r#"<c r="A1" t="b"><v>1</v></c>"#),
            (
                r#"<c r="A1" t="s"><f>B1&amp;"x"</f><v>7</v></c>"#,
                r#"<c r="A1" t="s"><f>B1&amp;"x"</f><v>7</v></c>"#,
            ),
            (r#"<c r="A1" t="number"><v>7</v></c>"#, r#"<c r="A1"><v>7</v></c>"#),
        ];
        for (cell, expected) in cases {
            assert_eq!(mended(cell), expected);
        }
    }

    #[test]
    fn indents_go_and_typed_spaces_stay() {
        let part = b"<table:table-row>\n  <table:table-cell>\n <text:p> a <text:span> </text:span></text:p>\n</table:table-cell>\n</table:table-row>";
        let text = String::from_utf8(without_indent(part).unwrap()).unwrap();
        assert_eq!(
            text,
            "<table:table-row><table:table-cell><text:p> a <text:span> </text:span></text:p></table:table-cell></table:table-row>"
        );
    }
}
