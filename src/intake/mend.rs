//! A second copy of a package in which what stops the library, but not Excel, is written the usual way.
//!
//! Only the writing changes, never a value: a number field holding `1,5` becomes a text `1,5`, an error value that the
//! library does not know becomes a text of the same letters, which [`super::value`] takes for the error it is.

pub(super) mod targets;

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};
use std::io::{BufReader, Cursor, Read, Write};
use targets::{Links, relationships, same, sheets};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Error values the library knows (ECMA-376 18.17.2.7).
const KNOWN_ERRORS: &[&str] = &["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// The workbook with odd cells and dimensions of its worksheets mended, and its parts where they are looked for; `None` when
/// the package itself is damaged.
pub(super) fn package(bytes: &[u8], links: &Links) -> Option<Vec<u8>> {
    let change = |name: &str, part: &[u8]| {
        if let Some((_, folder)) = links.lists.iter().find(|(list, _)| same(list, name)) {
            return relationships(part, folder);
        }
        if links.workbook.as_ref().is_some_and(|workbook| same(workbook, name)) {
            return sheets(part, &links.known);
        }
        worksheet(part)
    };
    let wanted = |name: &str| {
        is_worksheet(name)
            || links.lists.iter().any(|(list, _)| same(list, name))
            || links.workbook.as_ref().is_some_and(|workbook| same(workbook, name))
    };
    let renamed = |name: &str| {
        let moved = links.renamed.iter().find(|(from, _)| same(from, name)).map(|(_, to)| to.clone());
        match moved {
            Some(to) => Some(to),
            // What stands where another part belongs is no part of the workbook.
            None if links.renamed.values().any(|to| same(to, name)) => None,
            None => Some(name.to_owned()),
        }
    };
    rewrite(bytes, wanted, change, renamed)
}

/// The workbook without its styles, which may be what stops the library; `None` when it has none or is itself damaged.
pub(super) fn without_styles(bytes: &[u8]) -> Option<Vec<u8>> {
    let is_styles = |name: &str| name.to_ascii_lowercase().ends_with("styles.xml");
    let zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    zip.file_names().flatten().any(|name| is_styles(&name)).then_some(())?;
    rewrite(bytes, |_| false, |_, _| None, |name| (!is_styles(name)).then(|| name.to_owned()))
}

/// The workbook without what its tables of shared strings say of their own length.
pub(super) fn without_counts(bytes: &[u8]) -> Option<Vec<u8>> {
    let bare = |e: &BytesStart| BytesStart::new(e.name().as_ref().to_owned());
    let change = |_: &str, part: &[u8]| {
        targets::events(part, |event| {
            Some(match event {
                Event::Start(e) if e.local_name().as_ref() == "sst" => Event::Start(bare(&e)),
                Event::Empty(e) if e.local_name().as_ref() == "sst" => Event::Empty(bare(&e)),
                event => event,
            })
        })
    };
    rewrite(bytes, is_shared_strings, change, |name| Some(name.to_owned()))
}

/// Whether a part is a table of shared strings by its name.
pub(super) fn is_shared_strings(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with("sharedstrings.xml")
}

/// The OpenDocument spreadsheet without the spaces that only indent its XML.
pub(super) fn spreadsheet(bytes: &[u8]) -> Option<Vec<u8>> {
    let name = |name: &str| Some(name.to_owned());
    rewrite(bytes, |name| name == "content.xml", |_, part| without_indent(part), name)
}

/// Whether a part is a worksheet by its name.
pub(super) fn is_worksheet(name: &str) -> bool {
    name.to_ascii_lowercase().contains("sheet") && name.ends_with(".xml")
}

type Part = Vec<u8>;

/// A copy of the package in which the wanted parts are changed, and parts renamed or, without a name, left out.
pub(super) fn rewrite(
    bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
    change: impl Fn(&str, &[u8]) -> Option<Part>,
    renamed: impl Fn(&str) -> Option<String>,
) -> Option<Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let name = zip.name_for_index(index)?.ok()?.into_owned();
        let Some(written) = renamed(&name) else { continue };
        if !wanted(&name) {
            out.raw_copy_file_rename(zip.by_index_raw(index).ok()?, written).ok()?;
            continue;
        }
        let mut part = Vec::new();
        // A part cut short is read as far as it goes.
        let _ = zip.by_index(index).ok()?.read_to_end(&mut part);
        let part = change(&name, &part).unwrap_or(part);
        // Read once and thrown away: packing it would be wasted.
        out.start_file(written, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))
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
    let lists = part.split(|byte| *byte == b'<').filter(|piece| is_list(piece)).count();
    let (mut begun, mut ended) = (false, 0);
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
            // Several lists of cells become one.
            Event::Start(e) if e.local_name().as_ref() == "sheetData" && lists > 1 => {
                if !std::mem::replace(&mut begun, true) {
                    out.write_event(Event::Start(e)).ok()?;
                }
            }
            Event::Empty(e) if e.local_name().as_ref() == "sheetData" && lists > 1 => ended += 1,
            Event::End(e) if e.local_name().as_ref() == "sheetData" && lists > 1 => {
                ended += 1;
                if ended == lists {
                    out.write_event(Event::End(e)).ok()?;
                }
            }
            Event::Start(e) if e.local_name().as_ref() == "c" => cell(&mut xml, &mut out, e.into_owned())?,
            event => out.write_event(event).ok()?,
        }
    }
    Some(out.into_inner())
}

/// Whether what stands behind a `<` opens a list of cells, whatever its prefix.
fn is_list(piece: &[u8]) -> bool {
    let name = piece.split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')).next();
    name.and_then(|name| name.rsplit(|byte| *byte == b':').next()) == Some(b"sheetData")
}

/// Copies a cell up to its end, with the type its value deserves, and the value as plain text.
fn cell(
    xml: &mut Reader<BufReader<&[u8]>>,
    out: &mut Writer<Vec<u8>>,
    start: BytesStart<'static>,
) -> Option<()> {
    let mut inner: Vec<Event<'static>> = Vec::new();
    let mut value: Option<String> = None;
    let mut in_value = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = xml.read_event_into(&mut buffer).ok()?.into_owned();
        match &event {
            Event::Start(e) if e.local_name().as_ref() == "v" => {
                in_value = true;
                value.get_or_insert_default();
                inner.push(event);
                continue;
            }
            Event::End(e) if e.local_name().as_ref() == "v" => in_value = false,
            Event::End(e) if e.local_name().as_ref() == "c" => break,
            Event::Eof => break,
            event if in_value => {
                take(event, value.get_or_insert_default());
                continue;
            }
            _ => {}
        }
        // Extensions of a cell hold no value, and the library takes them for one.
        inner.push(event);
    }
    let value = value.unwrap_or_default();
    let stated = start.try_get_attribute("t").ok()?.map(|t| t.value.into_owned());
    let stated = stated.as_deref();
    let value = plain(stated, &value);
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
        let begins = matches!(&event, Event::Start(e) if e.local_name().as_ref() == "v");
        out.write_event(event).ok()?;
        if begins {
            out.write_event(Event::Text(BytesText::new(&value))).ok()?;
        }
    }
    out.write_event(Event::End(BytesEnd::new(start.name().as_ref()))).ok()
}

/// Adds what a part of a value says: plain letters, letters by number or name, whole passages as they are. Comments say
/// nothing.
fn take(event: &Event, value: &mut String) {
    match event {
        Event::Text(text) => value.push_str(text.as_ref()),
        Event::CData(text) => value.push_str(text.as_ref()),
        Event::GeneralRef(reference) => match (reference.resolve_char_ref(), reference.as_ref()) {
            (Ok(Some(letter)), _) => value.push(letter),
            (_, "amp") => value.push('&'),
            (_, "lt") => value.push('<'),
            (_, "gt") => value.push('>'),
            (_, "quot") => value.push('"'),
            (_, "apos") => value.push('\''),
            _ => {}
        },
        _ => {}
    }
}

/// The value as the library reads it: an index as a whole number, other values without spaces around them. Words stay.
fn plain(stated: Option<&str>, value: &str) -> String {
    match stated {
        Some("str" | "inlineStr" | "is") => value.to_owned(),
        Some("s") => {
            let number = value.trim().parse::<f64>().ok();
            let index = number.filter(|index| index.fract() == 0.0 && (0.0..1e9).contains(index));
            index.map_or_else(|| value.trim().to_owned(), |index| format!("{index:.0}"))
        }
        _ => value.trim().to_owned(),
    }
}

/// The type to write for a cell that states `t` and holds `value`; none lets the library try a number, then a text.
fn deserved_type<'a>(t: Option<&'a str>, value: &str) -> Option<&'a str> {
    match t {
        Some("n") => None,
        // An index that is none would lead to the first text.
        Some("s") if !value.bytes().all(|byte| byte.is_ascii_digit()) => Some("str"),
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
            (r#"<c r="A1" t="s"><v> 12 </v></c>"#, r#"<c r="A1" t="s"><v>12</v></c>"#),
            (r#"<c r="A1" t="s"><v>+12</v></c>"#, r#"<c r="A1" t="s"><v>12</v></c>"#),
            (r#"<c r="A1" t="s"><v>12.0</v></c>"#, r#"<c r="A1" t="s"><v>12</v></c>"#),
            (r#"<c r="A1" t="s"><v>-1</v></c>"#, r#"<c r="A1" t="str"><v>-1</v></c>"#),
            (r#"<c r="A1"><v>&#49;<![CDATA[2]]><!-- 3 --></v></c>"#, r#"<c r="A1"><v>12</v></c>"#),
            (
                r#"<c r="A1" t="str"><v>a &amp; <![CDATA[<b>]]></v></c>"#,
                r#"<c r="A1" t="str"><v>a &amp; &lt;b&gt;</v></c>"#,
            ),
        ];
        for (cell, expected) in cases {
            assert_eq!(mended(cell), expected);
        }
    }

    #[test]
    fn several_lists_of_cells_become_one() {
        let sheet = "<worksheet><sheetData/><sheetData><row r=\"1\"/></sheetData><cols/><sheetData><row r=\"2\"/></sheetData></worksheet>";
        let text = String::from_utf8(worksheet(sheet.as_bytes()).unwrap()).unwrap();
        assert_eq!(text, "<worksheet><sheetData><row r=\"1\"/><cols/><row r=\"2\"/></sheetData></worksheet>");
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
