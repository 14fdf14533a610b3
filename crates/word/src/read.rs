//! What stands in the tables of a written document, for whoever wants to prove what was written.

use crate::error::Error;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A table as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadTable {
    /// Its style.
    pub style: String,
    /// Its rows.
    pub rows: Vec<ReadRow>,
}

/// A row as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadRow {
    /// Repeated on every page.
    pub is_head: bool,
    /// What the cells say; paragraphs and lines are parted by `\n`.
    pub cells: Vec<String>,
}

/// The tables of a document in order. Of tables within tables only the outer ones are read, with all their words.
///
/// # Errors
/// The bytes are no document.
pub fn tables(document: &[u8]) -> Result<Vec<ReadTable>, Error> {
    tables_of(&text(document)?)
}

/// The part that holds the text.
fn text(document: &[u8]) -> Result<String, Error> {
    let fault = |reason: String| Error::NotRead { reason };
    let mut package = ZipArchive::new(Cursor::new(document)).map_err(|error| fault(error.to_string()))?;
    let mut part = package.by_name("word/document.xml").map_err(|error| fault(error.to_string()))?;
    let mut text = String::new();
    part.read_to_string(&mut text).map_err(|error| fault(error.to_string()))?;
    Ok(text)
}

fn tables_of(text: &str) -> Result<Vec<ReadTable>, Error> {
    let fault = |reason: String| Error::NotRead { reason };
    let mut reader = Reader::from_str(text);
    let mut reading = Reading::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => reading.enter(&element),
            Ok(Event::Empty(element)) => reading.meet(&element),
            Ok(Event::End(element)) => reading.leave(element.name().as_ref()),
            Ok(Event::Text(words)) if reading.in_words => reading.say(words.as_ref()),
            Ok(Event::GeneralRef(reference)) if reading.in_words => {
                let letter = letter(&reference).ok_or_else(|| fault("an unknown reference".to_owned()))?;
                reading.say(letter.encode_utf8(&mut [0; 4]));
            }
            Ok(Event::Eof) => return Ok(reading.tables),
            Ok(_) => {}
            Err(error) => return Err(fault(error.to_string())),
        }
    }
}

fn letter(reference: &BytesRef<'_>) -> Option<char> {
    match reference.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

/// Where the reader is.
#[derive(Default)]
struct Reading {
    tables: Vec<ReadTable>,
    /// Tables that the reader is in.
    depth: usize,
    in_words: bool,
}

impl Reading {
    fn enter(&mut self, element: &BytesStart<'_>) {
        match element.name().as_ref() {
            "w:tbl" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.tables.push(ReadTable::default());
                }
            }
            "w:tr" if self.depth == 1 => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(ReadRow::default());
                }
            }
            "w:tc" if self.depth == 1 => {
                if let Some(row) = self.row() {
                    row.cells.push(String::new());
                }
            }
            "w:p" if self.depth > 0 => self.begin_line(),
            "w:t" => self.in_words = true,
            _ => {}
        }
    }

    fn meet(&mut self, element: &BytesStart<'_>) {
        match element.name().as_ref() {
            "w:tblStyle" if self.depth == 1 => {
                let value = element.try_get_attribute("w:val").ok().flatten();
                let value = value.map(|value| value.value.as_ref().to_owned());
                if let (Some(table), Some(value)) = (self.tables.last_mut(), value) {
                    table.style = value;
                }
            }
            "w:tblHeader" if self.depth == 1 => {
                if let Some(row) = self.row() {
                    row.is_head = true;
                }
            }
            "w:br" if self.depth > 0 => self.say("\n"),
            _ => {}
        }
    }

    fn leave(&mut self, name: &str) {
        match name {
            "w:tbl" => self.depth = self.depth.saturating_sub(1),
            "w:t" => self.in_words = false,
            _ => {}
        }
    }

    fn row(&mut self) -> Option<&mut ReadRow> {
        self.tables.last_mut()?.rows.last_mut()
    }

    fn begin_line(&mut self) {
        let cell = self.row().and_then(|row| row.cells.last_mut());
        if let Some(cell) = cell.filter(|cell| !cell.is_empty()) {
            cell.push('\n');
        }
    }

    fn say(&mut self, words: &str) {
        if self.depth > 0
            && let Some(cell) = self.row().and_then(|row| row.cells.last_mut())
        {
            cell.push_str(words);
        }
    }
}
