//! What leads from one part of a package to another.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Cursor};
use zip::ZipArchive;

/// States of a sheet that the library knows.
pub(in crate::intake) const STATES: [&str; 3] = ["visible", "hidden", "veryHidden"];

/// What is to be mended between the parts of a package.
#[derive(Default)]
pub(in crate::intake) struct Links {
    /// Lists of relationships that lead in a roundabout way, with the folders they start from.
    pub lists: Vec<(String, String)>,
    /// Parts that the library looks for under another name: where they are, and where it looks.
    pub renamed: BTreeMap<String, String>,
    /// The workbook part, when some of its sheets cannot be read; they are left out.
    pub workbook: Option<String>,
    /// Relationships of the workbook that lead to sheets.
    pub known: BTreeSet<String>,
}

impl Links {
    /// Whether nothing is to be mended.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty() && self.renamed.is_empty() && self.workbook.is_none()
    }
}

/// Where a part of that name is, whatever the case of its letters and the direction of its slashes.
pub(in crate::intake) fn index_of(zip: &ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<usize> {
    (0..zip.len())
        .find(|index| zip.name_for_index(*index).and_then(Result::ok).is_some_and(|other| same(&other, name)))
}

/// Whether two names are one part's.
pub(in crate::intake) fn same(a: &str, b: &str) -> bool {
    a.replace('\\', "/").eq_ignore_ascii_case(&b.replace('\\', "/"))
}

/// Whether a target is written in a way that the library does not follow.
pub(in crate::intake) fn is_roundabout(target: &str) -> bool {
    target.contains(['\\', '%']) || target.split('/').any(|step| matches!(step, "." | ".."))
}

/// The part that a target leads to from a folder, by its path from the root of the package (ECMA-376 part 2, 6.2.2).
pub(in crate::intake) fn resolved(folder: &str, target: &str) -> String {
    let target = decoded(&target.replace('\\', "/"));
    let base = if target.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in base.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// `%20` and its like as the letters they stand for.
fn decoded(target: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = target.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| target.to_owned())
}

/// The value of an attribute, whatever prefix stands before its name.
pub(in crate::intake) fn attribute(e: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = e.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok().map(|text| text.into_owned())
}

/// Which relationship a sheet of the workbook names.
pub(in crate::intake) fn relationship(e: &BytesStart) -> Option<String> {
    attribute(e, "id")
}

/// The same events with some of them changed or left out.
pub(super) fn events(
    part: &[u8],
    change: impl Fn(Event<'static>) -> Option<Event<'static>>,
) -> Option<Vec<u8>> {
    let mut xml = Reader::from_reader(BufReader::new(part));
    let mut out = Writer::new(Vec::with_capacity(part.len()));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).ok()? {
            Event::Eof => return Some(out.into_inner()),
            event => {
                if let Some(event) = change(event.into_owned()) {
                    out.write_event(event).ok()?;
                }
            }
        }
    }
}

/// The element with the values of some attributes changed; without those that have none any more.
fn with_attributes(e: &BytesStart, change: impl Fn(&str, String) -> Option<String>) -> BytesStart<'static> {
    let mut written = BytesStart::new(e.name().as_ref().to_owned());
    for attribute in e.attributes().with_checks(false).flatten() {
        let key = attribute.key.as_ref().to_owned();
        let Ok(value) = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0) else { continue };
        if let Some(value) = change(&key, value.into_owned()) {
            written.push_attribute((key.as_str(), value.as_str()));
        }
    }
    written
}

/// A list of relationships whose targets all start from the root of the package.
pub(super) fn relationships(part: &[u8], folder: &str) -> Option<Vec<u8>> {
    let straight = |e: &BytesStart| {
        if attribute(e, "TargetMode").as_deref() == Some("External") {
            return e.to_owned();
        }
        with_attributes(e, |key, value| {
            Some(if key == "Target" { format!("/{}", resolved(folder, &value)) } else { value })
        })
    };
    events(part, |event| {
        Some(match event {
            Event::Start(e) if e.local_name().as_ref() == "Relationship" => Event::Start(straight(&e)),
            Event::Empty(e) if e.local_name().as_ref() == "Relationship" => Event::Empty(straight(&e)),
            event => event,
        })
    })
}

/// The workbook part with the sheets that can be read.
pub(super) fn sheets(part: &[u8], known: &BTreeSet<String>) -> Option<Vec<u8>> {
    let is_sheet = |e: &BytesStart| e.local_name().as_ref() == "sheet";
    let read = |e: &BytesStart| {
        relationship(e).is_some_and(|id| known.contains(&id)).then(|| {
            with_attributes(e, |key, value| {
                (key != "state" || STATES.contains(&value.as_str())).then_some(value)
            })
        })
    };
    events(part, |event| match event {
        // Empty in any case, so that an end without its beginning harms nothing.
        Event::Start(e) | Event::Empty(e) if is_sheet(&e) => read(&e).map(Event::Empty),
        Event::End(e) if e.local_name().as_ref() == "sheet" => None,
        event => Some(event),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_lead_from_their_folder_to_one_part() {
        for (target, part) in [
            ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("../xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("./worksheets/../worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("worksheets\\sheet%201.xml", "xl/worksheets/sheet 1.xml"),
            ("../../../a.xml", "a.xml"),
            ("100%.xml", "xl/100%.xml"),
        ] {
            assert_eq!(resolved("xl", target), part);
        }
    }

    #[test]
    fn sheets_that_lead_nowhere_are_left_out_and_odd_states_too() {
        let part = r#"<workbook><sheets><sheet name="A" state="shown" r:id="r1"/><sheet name="B" sheetId="2" r:id=""/></sheets></workbook>"#;
        let known = BTreeSet::from(["r1".to_owned()]);
        let text = String::from_utf8(sheets(part.as_bytes(), &known).unwrap()).unwrap();
        assert_eq!(text, r#"<workbook><sheets><sheet name="A" r:id="r1"/></sheets></workbook>"#);
    }
}
