//! The merged cells of an OpenDocument sheet and what is hidden of it, which the library does not give.

use super::book::MOST_MERGED;
use super::guard::{Package, repeats};
use super::raw::Hidden;
use crate::domain::CellAddress;
use crate::domain::cell::{MOST_COLUMNS, MOST_ROWS};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::io::{BufReader, Cursor};
use zip::ZipArchive;

/// What is known of each sheet, by its name; of what cannot be read, nothing.
pub(super) type Spans = BTreeMap<String, OfSheet>;

/// Merged and hidden ranges of a sheet.
#[derive(Debug, Default)]
pub(super) struct OfSheet {
    /// Merged ranges, first and last cell.
    pub merged: Vec<(CellAddress, CellAddress)>,
    /// What is hidden.
    pub hidden: Hidden,
}

/// Reads the spans of a package whose content the guard has found whole.
pub(super) fn of(bytes: &[u8]) -> Spans {
    ZipArchive::new(Cursor::new(bytes)).ok().and_then(|mut zip| read(&mut zip)).unwrap_or_default()
}

fn read(zip: &mut Package) -> Option<Spans> {
    let mut xml = Reader::from_reader(BufReader::new(zip.by_name("content.xml").ok()?));
    let mut buffer = Vec::new();
    let mut spans = Spans::new();
    let mut sheet = String::new();
    let (mut row, mut column) = (0_u64, 0_u64);
    let mut rows = 1;
    let mut sheet_column = 0_u64;
    // Groups of rows or columns that are folded up, one in another.
    let mut folded: Vec<bool> = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(e)) => match e.name().as_ref() {
                "table:table" => {
                    sheet = attribute(&e, "table:name").unwrap_or_default();
                    (row, column, sheet_column) = (0, 0, 0);
                }
                GROUP_OF_ROWS | GROUP_OF_COLUMNS => folded.push(is_folded(&e)),
                "table:table-row" => {
                    (column, rows) = (0, repeats(&e, "table:number-rows-repeated"));
                    note_row(&mut spans, &sheet, &e, (row, rows), &folded);
                }
                "table:table-column" => note_columns(&mut spans, &sheet, &e, &mut sheet_column, &folded),
                "table:table-cell" | "table:covered-table-cell" => {
                    column = cell(&mut spans, &sheet, (row, column), &e);
                }
                _ => {}
            },
            Ok(Event::Empty(e)) => match e.name().as_ref() {
                "table:table-row" => {
                    let rows = repeats(&e, "table:number-rows-repeated");
                    note_row(&mut spans, &sheet, &e, (row, rows), &folded);
                    row = row.saturating_add(rows);
                }
                "table:table-column" => note_columns(&mut spans, &sheet, &e, &mut sheet_column, &folded),
                "table:table-cell" | "table:covered-table-cell" => {
                    column = cell(&mut spans, &sheet, (row, column), &e);
                }
                _ => {}
            },
            Ok(Event::End(e)) => match e.name().as_ref() {
                "table:table-row" => row = row.saturating_add(rows),
                GROUP_OF_ROWS | GROUP_OF_COLUMNS => drop(folded.pop()),
                _ => {}
            },
            Ok(Event::Eof) => return Some(spans),
            Err(_) => return None,
            Ok(_) => {}
        }
    }
}

const GROUP_OF_ROWS: &str = "table:table-row-group";
const GROUP_OF_COLUMNS: &str = "table:table-column-group";

fn is_folded(group: &BytesStart) -> bool {
    attribute(group, "table:display").is_some_and(|display| display == "false")
}

/// Whether a row or column is not shown, and whether a filter keeps it so.
fn unseen(e: &BytesStart, folded: &[bool]) -> (bool, bool) {
    let visibility = attribute(e, "table:visibility");
    let filtered = visibility.as_deref() == Some("filter");
    (filtered || visibility.as_deref() == Some("collapse") || folded.contains(&true), filtered)
}

/// Notes rows that are not shown. Repeated to the end of the sheet they are empty.
fn note_row(spans: &mut Spans, sheet: &str, e: &BytesStart, (row, rows): (u64, u64), folded: &[bool]) {
    let (is_unseen, filtered) = unseen(e, folded);
    if is_unseen {
        let hidden = &mut spans.entry(sheet.to_owned()).or_default().hidden;
        hidden.hide_rows(row, row.saturating_add(rows.max(1) - 1));
        hidden.filtered |= filtered;
    }
}

/// Notes columns that are not shown, and counts on to the next.
fn note_columns(spans: &mut Spans, sheet: &str, e: &BytesStart, column: &mut u64, folded: &[bool]) {
    let columns = repeats(e, "table:number-columns-repeated").max(1);
    if unseen(e, folded).0 {
        let hidden = &mut spans.entry(sheet.to_owned()).or_default().hidden;
        hidden.hide_columns(*column, column.saturating_add(columns - 1));
    }
    *column = column.saturating_add(columns);
}

/// Notes the span of a cell, if it has one; the column of the next cell.
fn cell(spans: &mut Spans, sheet: &str, (row, column): (u64, u64), e: &BytesStart) -> u64 {
    let across = repeats(e, "table:number-columns-spanned").max(1);
    let down = repeats(e, "table:number-rows-spanned").max(1);
    if across > 1 || down > 1 {
        let corner = |row: u64, column: u64| {
            let (row, column) = (u32::try_from(row).ok()?, u16::try_from(column).ok()?);
            (row < MOST_ROWS && column < MOST_COLUMNS).then(|| CellAddress::new(row, column))
        };
        let last = corner(row.saturating_add(down - 1), column.saturating_add(across - 1));
        let of_sheet = &mut spans.entry(sheet.to_owned()).or_default().merged;
        if let Some((first, last)) = corner(row, column).zip(last)
            && of_sheet.len() < MOST_MERGED
        {
            of_sheet.push((first, last));
        }
    }
    column.saturating_add(repeats(e, "table:number-columns-repeated"))
}

fn attribute(e: &BytesStart, name: &str) -> Option<String> {
    let value = e.try_get_attribute(name).ok().flatten()?;
    value.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok().map(|text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn spans(content: &str) -> Spans {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("content.xml", SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
        of(&zip.finish().unwrap().into_inner())
    }

    #[test]
    fn spans_are_counted_past_repeated_rows_and_columns() {
        let found = spans(
            r#"<t><table:table table:name="A&amp;B">
            <table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
            <table:table-header-rows><table:table-row>
              <table:table-cell table:number-columns-repeated="2"/>
              <table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="2"><p/></table:table-cell>
              <table:covered-table-cell table:number-columns-repeated="2"/>
              <table:table-cell table:number-columns-spanned="2"/>
            </table:table-row></table:table-header-rows>
            </table:table><table:table table:name="C"><table:table-row/><table:table-row>
              <table:table-cell table:number-rows-spanned="2"/></table:table-row></table:table></t>"#,
        );
        let shown = |sheet: &str| {
            let ranges = found.get(sheet).into_iter().flat_map(|of_sheet| &of_sheet.merged);
            ranges.map(|(first, last)| format!("{first}:{last}")).collect::<Vec<_>>()
        };
        assert_eq!(shown("A&B"), ["C4:E5", "F4:G4"]);
        assert_eq!(shown("C"), ["A2:A3"]);
    }

    #[test]
    fn rows_and_columns_that_are_not_shown_are_counted_past_repeats_and_groups() {
        let found = spans(
            r#"<t><table:table table:name="A"><table:table-column table:number-columns-repeated="4"/>
            <table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>
            <table:table-row table:number-rows-repeated="7"><table:table-cell/></table:table-row>
            <table:table-row table:visibility="filter"><table:table-cell/></table:table-row>
            <table:table-row-group table:display="false"><table:table-row/><table:table-row-group>
            <table:table-row/></table:table-row-group></table:table-row-group><table:table-row/></table:table></t>"#,
        );
        let hidden = &found["A"].hidden;
        assert_eq!((hidden.columns.as_slice(), hidden.filtered), (&[(4, 5)][..], true));
        assert_eq!(hidden.rows, [(7, 7), (8, 8), (9, 9)]);
    }

    #[test]
    fn a_span_beyond_the_sheet_or_in_a_wreck_is_none() {
        let far = r#"<t><table:table table:name="A"><table:table-row>
            <table:table-cell table:number-columns-spanned="99999"/><table:table-cell table:number-columns-spanned="2"/>
            </table:table-row></table:table></t>"#;
        assert_eq!(spans(far)["A"].merged.len(), 1);
        assert!(spans("<t><a").is_empty() && of(b"PK").is_empty());
    }
}
