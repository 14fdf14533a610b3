//! What a sender does not see of a sheet: hidden rows and columns, which the library does not tell.

use super::biff::{of_sheet, sheet_starts, u16_at};
use super::raw::Hidden;
use crate::domain::cell::{MOST_COLUMNS, MOST_ROWS};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;

/// Most hidden ranges kept of a sheet: a filter hides row by row.
const MOST_HIDDEN: usize = 20_000;
/// Marks without which no part hides anything: most files need not be read again.
const MARKS: [&str; 4] = ["hidden=", "ht=\"0\"", "width=\"0\"", "hidden ="];

impl Hidden {
    /// Notes hidden rows, the first and the last, counted from 0.
    pub(super) fn hide_rows(&mut self, first: u64, last: u64) {
        let ends = u32::try_from(first).ok().zip(u32::try_from(last).ok());
        if let Some((first, last)) = ends.filter(|(first, _)| *first < MOST_ROWS)
            && self.rows.len() < MOST_HIDDEN
        {
            self.rows.push((first, last.min(MOST_ROWS - 1)));
        }
    }

    /// Notes hidden columns, the first and the last, counted from 0.
    pub(super) fn hide_columns(&mut self, first: u64, last: u64) {
        let ends = u16::try_from(first).ok().zip(u16::try_from(last.min(u64::from(MOST_COLUMNS - 1))).ok());
        if let Some((first, last)) = ends.filter(|(first, _)| *first < MOST_COLUMNS)
            && self.columns.len() < MOST_HIDDEN
        {
            self.columns.push((first, last));
        }
    }
}

/// By sheet name, of a package of Office Open XML that the guard has found whole.
pub(super) fn in_package(bytes: &[u8]) -> BTreeMap<String, Hidden> {
    let read = || {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let sheets = sheets_of(&part(&mut zip, "xl/workbook.xml")?);
        let targets = targets_of(&part(&mut zip, "xl/_rels/workbook.xml.rels")?);
        let mut found = BTreeMap::new();
        for (name, id) in sheets {
            let Some(path) = targets.get(&id) else { continue };
            let Some(sheet) = part(&mut zip, path) else { continue };
            if may_hide(&sheet) {
                found.insert(name, of_worksheet(&sheet));
            }
        }
        Some(found)
    };
    read().unwrap_or_default()
}

/// Whether a mark stands anywhere. Looked for as text, of which the library of the language searches many letters at once;
/// the marks are ASCII, so what is no text beside them changes nothing.
fn may_hide(sheet: &[u8]) -> bool {
    let text = String::from_utf8_lossy(sheet);
    MARKS.iter().any(|mark| text.contains(mark))
}

fn part(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    zip.by_name(name).ok()?.read_to_end(&mut content).ok()?;
    Some(content)
}

/// Names of the sheets with the ids of their parts.
fn sheets_of(workbook: &[u8]) -> Vec<(String, String)> {
    let mut sheets = Vec::new();
    for_each_start(workbook, |element| {
        if element.local_name().as_ref() == "sheet" {
            sheets.extend(attribute(element, "name").zip(attribute(element, "id")));
        }
    });
    sheets
}

/// Paths of the parts by their ids.
fn targets_of(relationships: &[u8]) -> BTreeMap<String, String> {
    let mut targets = BTreeMap::new();
    for_each_start(relationships, |element| {
        if let Some((id, target)) = attribute(element, "Id").zip(attribute(element, "Target")) {
            let path = target.strip_prefix('/').map_or_else(|| beside_workbook(&target), str::to_owned);
            targets.insert(id, path);
        }
    });
    targets
}

/// A target counts from the folder of the workbook's part.
fn beside_workbook(target: &str) -> String {
    let mut path = vec!["xl"];
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

fn of_worksheet(sheet: &[u8]) -> Hidden {
    let mut hidden = Hidden::default();
    let mut next_row = 1;
    for_each_start(sheet, |element| {
        let number = |name: &str| attribute(element, name).and_then(|text| text.trim().parse::<u64>().ok());
        let is_set =
            |name: &str| attribute(element, name).is_some_and(|text| matches!(text.as_str(), "1" | "true"));
        let is_nought = |name: &str| {
            attribute(element, name).is_some_and(|text| text.parse::<f64>().is_ok_and(|size| size == 0.0))
        };
        match element.local_name().as_ref() {
            "col" if is_set("hidden") || is_nought("width") => {
                if let Some((first, last)) = number("min").zip(number("max")).filter(|(first, _)| *first > 0)
                {
                    hidden.hide_columns(first - 1, last.saturating_sub(1));
                }
            }
            "row" => {
                let row = number("r").filter(|row| *row > 0).unwrap_or(next_row);
                if is_set("hidden") || is_nought("ht") {
                    hidden.hide_rows(row - 1, row - 1);
                }
                next_row = row.saturating_add(1);
            }
            "filterColumn" => hidden.filtered = true,
            _ => {}
        }
    });
    hidden
}

/// Every element that begins, up to the end or the first damage.
fn for_each_start(xml: &[u8], mut each: impl FnMut(&BytesStart<'_>)) {
    let mut xml = Reader::from_reader(BufReader::new(xml));
    xml.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) => each(&element),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// An attribute by its name without prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        element.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok().map(|text| text.into_owned())
}

const COL_INFO: u16 = 0x007D;
const FILTER_MODE: u16 = 0x009B;
const ROW: u16 = 0x0208;

/// By place of the sheet, of the stream of an Excel 97–2003 workbook (MS-XLS 2.4.53, 2.4.221).
pub(super) fn in_stream(stream: &[u8]) -> Vec<Hidden> {
    let of_sheet = |start: u32| {
        let mut hidden = Hidden::default();
        for (kind, data) in of_sheet(stream, start) {
            match kind {
                FILTER_MODE => hidden.filtered = true,
                ROW => {
                    if let Some(row) = u16_at(data, 0)
                        && u16_at(data, 12).is_some_and(|options| options & 0x20 != 0)
                    {
                        hidden.hide_rows(row.into(), row.into());
                    }
                }
                COL_INFO => {
                    if let (Some(first), Some(last)) = (u16_at(data, 0), u16_at(data, 2))
                        && u16_at(data, 8).is_some_and(|options| options & 1 != 0)
                    {
                        hidden.hide_columns(first.into(), last.into());
                    }
                }
                _ => {}
            }
        }
        hidden
    };
    sheet_starts(stream).take(super::limits::MOST_SHEETS).map(of_sheet).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::biff::{BOF, BOUND_SHEET, EOF};

    #[test]
    fn rows_and_columns_of_a_worksheet() {
        let sheet = br#"<x:worksheet xmlns:x="m"><x:cols><x:col min="2" max="3" width="9" hidden="1"/><x:col min="6"
            max="6" width="0"/></x:cols><x:sheetData><x:row r="8" hidden="true"/><x:row hidden="1"><x:c r="A9"/></x:row>
            <x:row r="12" ht="0" customHeight="1"/><x:row r="13" hidden="0"/></x:sheetData><x:autoFilter ref="A7:K9">
            <x:filterColumn colId="1"/></x:autoFilter></x:worksheet>"#;
        let hidden = of_worksheet(sheet);
        assert_eq!(hidden.columns, [(1, 2), (5, 5)]);
        assert_eq!(hidden.rows, [(7, 7), (8, 8), (11, 11)]);
        assert!(hidden.filtered);
        assert_eq!(
            of_worksheet(b"<worksheet><row r=\"0\" hidden=\"1\"/><row"),
            Hidden { rows: vec![(0, 0)], ..Hidden::default() }
        );
    }

    #[test]
    fn a_mark_is_found_beside_what_is_no_text() {
        assert!(may_hide(b"\xFF\xC3hidden=\"1\""));
        assert!(may_hide(b"<row ht=\"0\"/>\x80") && may_hide(b"<col width=\"0\"") && may_hide(b"hidden ="));
        assert!(!may_hide(b"hidde\xFFn=") && !may_hide(b"ht=\"10\"") && !may_hide(b""));
    }

    #[test]
    fn rows_and_columns_of_a_stream() {
        let put = |stream: &mut Vec<u8>, kind: u16, data: &[u8]| {
            stream.extend(kind.to_le_bytes());
            stream.extend((data.len() as u16).to_le_bytes());
            stream.extend(data);
        };
        let mut stream = Vec::new();
        put(&mut stream, BOF, &[0, 6]);
        let start = stream.len() as u32 + 12;
        put(&mut stream, BOUND_SHEET, &start.to_le_bytes());
        put(&mut stream, EOF, &[]);
        put(&mut stream, BOF, &[0, 6]);
        put(&mut stream, COL_INFO, &[4, 0, 5, 0, 0, 0, 0, 0, 1, 0]);
        put(&mut stream, ROW, &[8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 1]);
        put(&mut stream, ROW, &[9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
        put(&mut stream, EOF, &[]);
        let expected = Hidden { rows: vec![(8, 8)], columns: vec![(4, 5)], filtered: false };
        assert_eq!(in_stream(&stream), [expected]);
    }

    #[test]
    fn targets_lead_from_the_folder_of_the_workbook() {
        assert_eq!(beside_workbook("worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(beside_workbook("../xl/./sheet1.xml"), "xl/sheet1.xml");
    }
}
