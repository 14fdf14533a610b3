//! What Excel takes in an .xlsx and the library does not: looked for in every file, mended in a copy where it is found.
//!
//! The library takes an index of shared strings it cannot read for the first of them, figures written in another way of
//! XML's for blanks, and stops at a second list of cells: such a file would be read without a word and without its figures.

use super::guard::Package;
use super::mend::targets::{self, Links};
use super::tags::{Markup, Tag, Tags};
use super::worksheet::{self, Look};
use super::{is_read, mend};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Longest workbook part or list of relationships that is looked at, bytes.
const LONGEST: u64 = 4 << 20;

/// The package as the library understands it, the same bytes where it does already; and what was seen of its worksheets.
pub(super) fn understood(bytes: &[u8]) -> (Cow<'_, [u8]>, Looks) {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return (bytes.into(), Looks::new()) };
    let workbook = Workbook::of(&mut zip);
    let (links, seen) = (links(&workbook), looks(&mut zip, &workbook));
    if links.is_empty() && !seen.iter().any(|look| look.is_odd) {
        return (bytes.into(), seen);
    }
    let Some(mended) = mend::package(bytes, &links) else { return (bytes.into(), seen) };
    let again = |mut zip: Package| {
        let workbook = Workbook::of(&mut zip);
        looks(&mut zip, &workbook)
    };
    let seen = ZipArchive::new(Cursor::new(&mended[..])).map_or(seen, again);
    (mended.into(), seen)
}

/// The workbook part and what leads from it to the others.
struct Workbook {
    path: String,
    /// The folder from which what it leads to counts.
    folder: String,
    /// Whether the package says where it is; else it is looked for in its usual place.
    is_told: bool,
    /// Its relationships by id; `None` without a list of them.
    links: Option<BTreeMap<String, Link>>,
    /// The lists on the way that lead in a roundabout way, with the folders they start from.
    roundabout: Vec<(String, String)>,
    part: Option<Vec<u8>>,
}

impl Workbook {
    fn of(zip: &mut Package) -> Self {
        const ROOT: &str = "_rels/.rels";
        let (root, is_roundabout) = relationships(zip, ROOT, "").unwrap_or_default();
        let mut roundabout: Vec<_> =
            is_roundabout.then(|| (ROOT.to_owned(), String::new())).into_iter().collect();
        let told = root.into_values().find(|link| link.is("officeDocument")).map(|link| link.target);
        let is_told = told.is_some();
        let path = told.unwrap_or_else(|| "xl/workbook.xml".to_owned());
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let list = beside(folder, &format!("_rels/{name}.rels"));
        let folder = folder.to_owned();
        let links = relationships(zip, &list, &folder).map(|(links, is_roundabout)| {
            roundabout.extend((is_roundabout && is_told).then(|| (list, folder.clone())));
            links
        });
        let part = text_of(zip, &path);
        Workbook { path, folder, is_told, links, roundabout, part }
    }

    /// What it says of its sheets; it says other things behind them, and much of them.
    fn sheets(&self) -> impl Iterator<Item = Tag<'_>> {
        let pieces = Tags::of(self.part.as_deref().unwrap_or_default());
        let within = pieces.take_while(|piece| !matches!(piece.markup, Markup::End(b"sheets")));
        within.filter_map(|piece| match piece.markup {
            Markup::Start(tag) if tag.name == b"sheet" => Some(tag),
            _ => None,
        })
    }
}

/// The path of a part in a folder, or in the root of the package.
fn beside(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// What was seen of the sheets, in the order of the workbook; nothing of those that are not read or lead nowhere.
pub(super) type Looks = Vec<Look>;

/// What is to be seen of every sheet that is read.
fn looks(zip: &mut Package, workbook: &Workbook) -> Looks {
    let Some(links) = &workbook.links else { return Looks::new() };
    let mut look = |tag: Tag<'_>| {
        let link = links.get(&*tag.value(b"id")?)?;
        let is_read = tag.value(b"name").is_none_or(|name| is_read(&name));
        let index = targets::index_of(zip, &link.target).filter(|_| is_read)?;
        let mut part = Vec::new();
        // A part cut short is told elsewhere.
        let _ = zip.by_index(index).ok()?.read_to_end(&mut part);
        Some(worksheet::look(&part))
    };
    workbook.sheets().map(|tag| look(tag).unwrap_or_default()).collect()
}

/// Where parts are that the library looks for elsewhere, and which sheets have none.
fn links(workbook: &Workbook) -> Links {
    let mut links = Links { lists: workbook.roundabout.clone(), ..Links::default() };
    let Some(of_workbook) = workbook.links.as_ref().filter(|_| workbook.is_told) else { return links };
    // The library looks for these two beside the workbook, whatever the relationships say.
    for (kind, usual) in [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")] {
        let usual = beside(&workbook.folder, usual);
        let found = of_workbook.values().find(|link| link.is(kind));
        if let Some(link) = found.filter(|link| !link.target.eq_ignore_ascii_case(&usual)) {
            links.renamed.insert(link.target.clone(), usual);
        }
    }
    let sheets = of_workbook.iter().filter(|(_, link)| link.is_sheet());
    links.known = sheets.map(|(id, _)| id.clone()).collect();
    if workbook.sheets().any(|tag| is_odd(tag, &links.known)) {
        links.workbook = Some(workbook.path.clone());
    }
    links
}

/// Whether a sheet leads nowhere, to a kind of sheet or to a state that the library does not know: it gives up the file.
fn is_odd(sheet: Tag<'_>, known: &BTreeSet<String>) -> bool {
    let leads = sheet.value(b"id").is_some_and(|id| known.contains(&*id));
    !leads || sheet.value(b"state").is_some_and(|state| !targets::STATES.contains(&&*state))
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
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// A sheet of one cell with this style.
    fn sheet(style: u32) -> String {
        format!(
            r#"<worksheet><sheetData><row r="1"><c r="A1" s="{style}"><v>1</v></c></row></sheetData></worksheet>"#
        )
    }

    #[test]
    fn sheets_are_looked_over_in_the_order_of_the_workbook_and_ours_are_not() {
        let workbook = r#"<workbook><sheets><sheet name="Kiểm tra" r:id="a"/><sheet name="A &amp; B" r:id="b"/>
            <sheet name="_xhht" r:id="c"/><sheet name="&nobody;" r:id="d"/></sheets><definedNames/><sheet name="x"/></workbook>"#;
        let link = |id: &str, target: &str| {
            format!(r#"<Relationship Id="{id}" Type="http://x/worksheet" Target="{target}"/>"#)
        };
        let links: String = [
            ("a", "worksheets/sheet1.xml"),
            ("b", "worksheets/sheet2.xml"),
            ("c", "/xl/S3.xml"),
            ("d", "worksheets/sheet4.xml"),
        ]
        .iter()
        .map(|(id, target)| link(id, target))
        .collect();
        let bytes = package(&[
            (
                "_rels/.rels",
                r#"<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
            ),
            ("xl/workbook.xml", workbook),
            ("xl/_rels/workbook.xml.rels", &format!("<Relationships>{links}</Relationships>")),
            ("xl/worksheets/sheet1.xml", &sheet(1)),
            ("xl/worksheets/sheet2.xml", &sheet(2)),
            ("xl/s3.xml", &sheet(3)),
            ("xl/worksheets/sheet4.xml", &sheet(4)),
        ]);
        let (written, looks) = understood(&bytes);
        assert!(matches!(written, Cow::Borrowed(_)));
        let styles: Vec<u32> = looks.iter().map(|look| look.styles.in_turn().of_cell((0, 0))).collect();
        assert_eq!(styles, [0, 2, 3, 4]);
    }
}
