//! What Excel takes in an .xlsx and the library does not: looked for in every file, mended in a copy where it is found.
//!
//! The library takes an index of shared strings it cannot read for the first of them, figures written in another way of
//! XML's for blanks, and stops at a second list of cells: such a file would be read without a word and without its figures.

use super::guard::Package;
use super::mend;
use super::mend::targets::{self, Links};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Longest workbook part or list of relationships that is looked at, bytes.
const LONGEST: u64 = 4 << 20;

/// The package as the library understands it: the same bytes where it does already.
pub(super) fn understood(bytes: &[u8]) -> Cow<'_, [u8]> {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return bytes.into() };
    let links = links(&mut zip);
    if links.is_empty() && !has_odd_worksheets(&mut zip) {
        return bytes.into();
    }
    mend::package(bytes, &links).map_or(Cow::Borrowed(bytes), Cow::Owned)
}

/// Whether cells of a worksheet are written in a way that the library misreads.
fn has_odd_worksheets(zip: &mut Package) -> bool {
    (0..zip.len()).any(|index| {
        let name = zip.name_for_index(index).and_then(Result::ok).map(Cow::into_owned);
        if !name.is_some_and(|name| mend::is_worksheet(&name)) {
            return false;
        }
        let mut part = Vec::new();
        let Ok(mut file) = zip.by_index(index) else { return false };
        // A part cut short is told elsewhere.
        let _ = file.read_to_end(&mut part);
        is_odd(&part)
    })
}

/// Looks at the bytes of a worksheet, without taking its XML apart: at the lists of cells, and at what stands in values.
fn is_odd(part: &[u8]) -> bool {
    let (mut lists, mut in_value) = (0, false);
    let mut kind = None;
    // What begins with `<`: a tag, then what stands behind it.
    for piece in part.split(|byte| *byte == b'<').skip(1) {
        if in_value && !piece.starts_with(b"/") {
            return true;
        }
        in_value = false;
        let end = piece.iter().position(|byte| *byte == b'>').unwrap_or(piece.len());
        let (tag, text) = (&piece[..end], piece.get(end + 1..).unwrap_or_default());
        let name = tag.split(|byte| byte.is_ascii_whitespace() || *byte == b'/').next().unwrap_or_default();
        match name.rsplit(|byte| *byte == b':').next().unwrap_or_default() {
            b"sheetData" => lists += 1,
            b"c" => kind = type_of(tag),
            b"v" if !tag.ends_with(b"/") => {
                in_value = true;
                if is_odd_value(kind, text) {
                    return true;
                }
            }
            _ => {}
        }
    }
    lists > 1
}

/// The type that the tag of a cell states.
fn type_of(tag: &[u8]) -> Option<&[u8]> {
    let at = tag.windows(3).position(|window| {
        window[0].is_ascii_whitespace()
            && window[1] == b't'
            && (window[2] == b'=' || window[2].is_ascii_whitespace())
    })?;
    let value = &tag[at + 2..];
    let quote = value.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    let value = &value[quote + 1..];
    value.get(..value.iter().position(|byte| matches!(byte, b'"' | b'\''))?)
}

fn is_odd_value(kind: Option<&[u8]>, text: &[u8]) -> bool {
    let at_edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    match kind {
        Some(b"s") => text.is_empty() || !text.iter().all(u8::is_ascii_digit),
        None | Some(b"n" | b"b" | b"e") => {
            text.contains(&b'&') || at_edge(text.first()) || at_edge(text.last())
        }
        _ => false,
    }
}

/// Where parts are that the library looks for elsewhere, and which sheets have none.
fn links(zip: &mut Package) -> Links {
    let mut links = Links::default();
    let Some((root, changed)) = relationships(zip, "_rels/.rels", "") else { return links };
    links.lists.extend(changed.then(|| ("_rels/.rels".to_owned(), String::new())));
    let Some(workbook) = root.values().find(|link| link.is("officeDocument")).map(|link| link.target.clone())
    else {
        return links;
    };
    let (folder, name) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let list =
        if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
    let Some((of_workbook, changed)) = relationships(zip, &list, folder) else { return links };
    links.lists.extend(changed.then(|| (list, folder.to_owned())));
    // The library looks for these two beside the workbook, whatever the relationships say.
    for (kind, usual) in [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")] {
        let usual = if folder.is_empty() { usual.to_owned() } else { format!("{folder}/{usual}") };
        let found = of_workbook.values().find(|link| link.is(kind));
        if let Some(link) = found.filter(|link| !link.target.eq_ignore_ascii_case(&usual)) {
            links.renamed.insert(link.target.clone(), usual);
        }
    }
    if has_odd_sheets(zip, &workbook, &of_workbook) {
        links.workbook = Some(workbook);
    }
    links.known = of_workbook.into_iter().filter(|(_, link)| link.is_sheet()).map(|(id, _)| id).collect();
    links
}

/// A relationship: its type, and the part it leads to from the root of the package.
struct Link {
    kind: String,
    target: String,
}

impl Link {
    fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }

    fn is_sheet(&self) -> bool {
        ["worksheet", "chartsheet", "dialogsheet"].iter().any(|kind| self.is(kind))
    }
}

/// The relationships of a list by id, and whether one of them is written in a way that the library does not follow.
fn relationships(zip: &mut Package, list: &str, folder: &str) -> Option<(BTreeMap<String, Link>, bool)> {
    let part = text_of(zip, list)?;
    let mut links = BTreeMap::new();
    let mut odd = false;
    each_element(&part, |e| {
        if e.local_name().as_ref() != "Relationship"
            || targets::attribute(e, "TargetMode").as_deref() == Some("External")
        {
            return;
        }
        let (Some(id), Some(target)) = (targets::attribute(e, "Id"), targets::attribute(e, "Target")) else {
            return;
        };
        odd |= targets::is_roundabout(&target);
        let target = targets::resolved(folder, &target);
        links.insert(id, Link { kind: targets::attribute(e, "Type").unwrap_or_default(), target });
    });
    Some((links, odd))
}

/// Whether a sheet leads nowhere, to a kind of sheet or to a state that the library does not know: it gives up the file.
fn has_odd_sheets(zip: &mut Package, workbook: &str, links: &BTreeMap<String, Link>) -> bool {
    let Some(part) = text_of(zip, workbook) else { return false };
    let known: BTreeSet<&str> =
        links.iter().filter(|(_, link)| link.is_sheet()).map(|(id, _)| id.as_str()).collect();
    let mut odd = false;
    each_element(&part, |e| {
        if e.local_name().as_ref() == "sheet" {
            let leads = targets::relationship(e).is_some_and(|id| known.contains(id.as_str()));
            odd |= !leads
                || targets::attribute(e, "state")
                    .is_some_and(|state| !targets::STATES.contains(&state.as_str()));
        }
    });
    odd
}

fn text_of(zip: &mut Package, name: &str) -> Option<Vec<u8>> {
    let index = targets::index_of(zip, name)?;
    let mut part = Vec::new();
    zip.by_index(index).ok()?.take(LONGEST).read_to_end(&mut part).ok()?;
    Some(part)
}

/// Looks at every element, up to the first mistake.
fn each_element(part: &[u8], mut look: impl FnMut(&BytesStart)) {
    let mut xml = Reader::from_reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(e) | Event::Empty(e)) => look(&e),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_the_library_misreads_are_seen() {
        let sheet = |cell: &str| format!("<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>");
        for cell in [
            r#"<c r="A1" t="s"><v> 12 </v></c>"#,
            r#"<c r="A1" t="s"><v>+12</v></c>"#,
            r#"<c t='s' r="A1"><v>12.0</v></c>"#,
            r#"<c t="s"><v></v></c>"#,
            r#"<c><v>&#49;2</v></c>"#,
            r#"<c t="n"><v> 12</v></c>"#,
            r#"<x:c><x:v><![CDATA[12]]></x:v></x:c>"#,
            r#"<c t="str"><v>a<!-- b --></v></c>"#,
            r#"</row></sheetData><sheetData><row>"#,
        ] {
            assert!(is_odd(sheet(cell).as_bytes()), "{cell}");
        }
        for cell in [
            r#"<c r="A1" s="3" t="s"><v>12</v></c>"#,
            r#"<c><v>12.0</v></c><c><f>B1&amp;"x"</f><v>7</v></c>"#,
            r#"<c t="str"><v>a &amp; b </v></c>"#,
            r#"<c t="inlineStr"><is><t> a </t></is></c>"#,
            r#"<c t="s"><v/></c>"#,
        ] {
            assert!(!is_odd(sheet(cell).as_bytes()), "{cell}");
        }
    }
}
