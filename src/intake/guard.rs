//! What is refused before a library sees it: sizes and counts that would exhaust memory or time.
//!
//! The limits stand in [`super::limits`]. Excel 97–2003 has guards of its own in [`super::container`]. What none of them
//! foresees is left to the process that calls [`super::read`].

use super::limits::{
    LARGEST_FILE, LARGEST_PACKAGE, LARGEST_PART, MOST_PARTS, MOST_UNFOLDED_CELLS, MOST_UNFOLDED_TEXT, count,
    megabytes,
};
use super::raw::FileFormat;
use super::sniff::{Kind, sniff};
use super::unreadable::Unreadable;
use super::{mend, twins, utf8};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::io::{self, BufReader, Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A larger .xlsx is read in a process apart; bytes, packed and inflated.
const USUAL_FILE: u64 = 4 << 20;
const USUAL_PACKAGE: u64 = 32 << 20;

/// Columns and rows an .ods row or table is cut to by calamine.
const MOST_COLUMNS: u64 = 16_384;
const MOST_ROWS: u64 = 1_048_576;

/// How much of a part is looked at for declarations, bytes.
const DECLARATIONS: u64 = 4_096;

pub(super) type Package<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Guard 1: the size of the file.
pub(super) fn size(bytes: &[u8]) -> Result<(), Unreadable> {
    let size = bytes.len() as u64;
    if size > LARGEST_FILE {
        let what = format!("có dung lượng {}", megabytes(size));
        return Err(Unreadable::too_large(&what, &megabytes(LARGEST_FILE)));
    }
    Ok(())
}

/// Guards 2 and 3: what a package declares, before any of it is believed. What passes is the same package, or a copy in UTF-8
/// and without false counts.
pub(super) fn package(bytes: &[u8], format: FileFormat) -> Result<Cow<'_, [u8]>, Unreadable> {
    let mut zip = archive(bytes)?;
    twins::refuse_in_package(bytes)?;
    if let Some(method) = (0..zip.len()).find_map(|index| unknown_packing(&mut zip, index)) {
        return Err(Unreadable::packed_otherwise(method));
    }
    if (0..zip.len()).any(|index| zip.by_index_data(index).is_ok_and(|part| part.encrypted())) {
        return Err(Unreadable::encrypted());
    }
    if format == FileFormat::Ods && is_locked(&mut zip) {
        return Err(Unreadable::encrypted());
    }
    let bytes = match is_usual(bytes, &mut zip) {
        true => unpacked(&mut zip)?.map_or(Cow::Borrowed(bytes), Cow::Owned),
        // What is unusually large is not held whole in memory.
        false => intact(&mut zip).map(|()| Cow::Borrowed(bytes))?,
    };
    let bytes = utf8::package(&bytes).map_or(bytes, Cow::Owned);
    // A copy in UTF-8 can be larger.
    let mut zip = archive(&bytes)?;
    match format {
        FileFormat::Xlsx if claims_too_many_strings(&mut zip) => believable(&bytes).map(Cow::Owned),
        FileFormat::Ods => unfolded(&mut zip).map(|()| bytes),
        FileFormat::Xlsx | FileFormat::Xls => Ok(bytes),
    }
}

/// The workbook without counts of shared strings; others read the strings and mind no count.
fn believable(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let damaged = || Unreadable::damaged("bảng chuỗi ký tự bên trong khai sai số lượng");
    let copy = mend::without_counts(bytes).ok_or_else(damaged)?;
    if claims_too_many_strings(&mut archive(&copy)?) { Err(damaged()) } else { Ok(copy) }
}

/// Guard 2: a zip whose number of parts and declared sizes are bearable.
pub(super) fn archive(bytes: &[u8]) -> Result<Package<'_>, Unreadable> {
    let zip = ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| Unreadable::damaged("gói nén bên trong bị cắt cụt hoặc sai cấu trúc"))?;
    if zip.len() > MOST_PARTS {
        let what = format!("chứa {} phần bên trong", count(zip.len()));
        return Err(Unreadable::too_large(&what, &format!("{} phần", count(MOST_PARTS))));
    }
    let mut whole = 0_u64;
    for index in 0..zip.len() {
        let Ok(part) = zip.by_index_data(index) else { continue };
        if part.size() > LARGEST_PART {
            let what = format!("có một phần bên trong bung ra tới {}", megabytes(part.size()));
            return Err(Unreadable::too_large(&what, &megabytes(LARGEST_PART)));
        }
        whole = whole.saturating_add(part.size());
    }
    if whole > LARGEST_PACKAGE {
        let what = format!("khi giải nén bung ra tới {}", megabytes(whole));
        return Err(Unreadable::too_large(&what, &megabytes(LARGEST_PACKAGE)));
    }
    Ok(zip)
}

/// How a part is packed, when the zip reader knows that way by name only.
pub(super) fn unknown_packing(zip: &mut Package, index: usize) -> Option<&'static str> {
    Some(match zip.by_index_data(index).ok()?.compression() {
        CompressionMethod::DEFLATE64 => "Deflate64",
        CompressionMethod::BZIP2 => "BZip2",
        CompressionMethod::LZMA => "LZMA",
        CompressionMethod::XZ => "XZ",
        CompressionMethod::ZSTD => "Zstandard",
        CompressionMethod::PPMD => "PPMd",
        CompressionMethod::STORE | CompressionMethod::DEFLATE => return None,
        _ => "kiểu lạ",
    })
}

/// Guard 5: whether a file is to be read in a process apart, whose time and memory are limited. Excel 97–2003 and
/// OpenDocument files always are, for their reader unfolds them whole; so is what a password locks, of which nothing is known
/// before; an .xlsx when it is unusually large.
pub fn is_to_be_confined(bytes: &[u8]) -> bool {
    match sniff(bytes) {
        Kind::Workbook(FileFormat::Xls | FileFormat::Ods) | Kind::Encrypted => true,
        Kind::Workbook(FileFormat::Xlsx) => {
            ZipArchive::new(Cursor::new(bytes)).is_ok_and(|mut zip| !is_usual(bytes, &mut zip))
        }
        _ => false,
    }
}

/// Whether a package is as large as those that senders fill, packed and by what it declares.
fn is_usual(bytes: &[u8], zip: &mut Package) -> bool {
    let size = |index| zip.by_index_data(index).map_or(0, |part| part.size());
    let declared = (0..zip.len().min(MOST_PARTS)).map(size).fold(0, u64::saturating_add);
    bytes.len() as u64 <= USUAL_FILE && declared <= USUAL_PACKAGE
}

/// Whether an OpenDocument package says that its parts are encrypted: they would pass for damaged XML.
fn is_locked(zip: &mut Package) -> bool {
    let Ok(part) = zip.by_name("META-INF/manifest.xml") else { return false };
    first_element(part, "encryption-data", |_| ()).is_some()
}

/// What is to be known of the first element of a name, whatever its prefix; `None` when there is none before the end or
/// the first mistake. Tags that do not close one another are no mistake: the library goes on behind them too.
fn first_element<T>(part: impl Read, name: &str, known: impl FnOnce(&BytesStart) -> T) -> Option<T> {
    let mut xml = Reader::from_reader(BufReader::new(part));
    let config = xml.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(e) | Event::Empty(e)) if e.local_name().as_ref() == name => {
                return Some(known(&e));
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// Holds every part with figures in it to its checksum: the library stops at the last cell, before the checksum is
/// compared, and a changed digit would pass.
fn intact(zip: &mut Package) -> Result<(), Unreadable> {
    (0..zip.len()).try_for_each(|index| match figures(zip, index) {
        Some(_) => inflated(zip, index, &mut io::sink()),
        None => Ok(()),
    })
}

/// As [`intact`], and the same package with these parts unpacked: whoever looks at them behind the guard, and the library,
/// has nothing to inflate again. Parts without figures stay packed; `None` where one of them cannot be taken over.
fn unpacked(zip: &mut Package) -> Result<Option<Vec<u8>>, Unreadable> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    let mut is_whole = true;
    for index in 0..zip.len() {
        let figures = figures(zip, index);
        is_whole = is_whole
            && match &figures {
                Some(name) => copy.start_file(name.as_str(), stored).is_ok(),
                None => zip.by_index_raw(index).is_ok_and(|part| copy.raw_copy_file(part).is_ok()),
            };
        match figures {
            Some(_) if is_whole => inflated(zip, index, &mut copy)?,
            Some(_) => inflated(zip, index, &mut io::sink())?,
            None => {}
        }
    }
    Ok(copy.finish().ok().filter(|_| is_whole).map(Cursor::into_inner))
}

/// The name of a part that may hold figures.
fn figures(zip: &Package, index: usize) -> Option<String> {
    let name = zip.name_for_index(index)?.ok()?;
    name.to_ascii_lowercase().ends_with(".xml").then(|| name.into_owned())
}

/// Inflates a part, which is neither longer, for that the zip reader sees to, nor shorter than it declares, and has its checksum.
fn inflated(zip: &mut Package, index: usize, out: &mut impl Write) -> Result<(), Unreadable> {
    let is_as_declared = zip.by_index(index).is_ok_and(|mut part| {
        let declared = part.size();
        io::copy(&mut part, out).is_ok_and(|copied| copied == declared)
    });
    is_as_declared.then_some(()).ok_or_else(|| {
        Unreadable::damaged("dữ liệu bên trong không khớp mã kiểm tra, đã bị thay đổi khi gửi hoặc lưu")
    })
}

/// `uniqueCount` is reserved for before anything is read: a count that the part cannot hold is a trap.
fn claims_too_many_strings(zip: &mut Package) -> bool {
    let tables: Vec<usize> = (0..zip.len())
        .filter(|index| {
            let name = zip.name_for_index(*index).and_then(Result::ok);
            name.is_some_and(|name| mend::is_shared_strings(&name))
        })
        .collect();
    for index in tables {
        let Ok(part) = zip.by_index(index) else { continue };
        let size = part.size();
        // The shortest entry, `<si/>`, takes five bytes. What is no number, the reader ignores too.
        let exceeds = |digits: &str| digits.parse::<u128>().is_ok_and(|count| count > u128::from(size / 5));
        // Looked for in the text of the tag: the reader believes attributes that no strict parser would.
        let claims_too_many = first_element(part, "sst", |e| {
            e.attributes_raw().split("uniqueCount").skip(1).any(|given| {
                let value = given.trim_start_matches(|c: char| c.is_whitespace() || "='\"".contains(c));
                exceeds(&value[..value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len())])
            })
        });
        if claims_too_many == Some(true) {
            return true;
        }
    }
    false
}

/// What an .ods unfolds to, summed without unfolding it; and that its XML is whole, for an open table is read forever.
fn unfolded(zip: &mut Package) -> Result<(), Unreadable> {
    let damaged = || Unreadable::damaged("nội dung bên trong bị cắt cụt hoặc sai cấu trúc");
    let part = zip.by_name("content.xml").map_err(|_| damaged())?;
    let mut xml = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    let mut open = 0_usize;
    let mut table = Table::default();
    let mut text = 0_u64;
    loop {
        buffer.clear();
        let event = xml.read_event_into(&mut buffer).map_err(|_| damaged())?;
        match &event {
            Event::Start(e) => {
                open += 1;
                table.enter(e);
            }
            Event::Empty(e) => {
                table.enter(e);
                text = text.saturating_add(table.leave(e.name().as_ref()));
            }
            Event::End(e) => {
                open = open.saturating_sub(1);
                text = text.saturating_add(table.leave(e.name().as_ref()));
            }
            Event::Text(t) => table.text(t.as_ref().len() as u64),
            Event::Eof if open > 0 => return Err(damaged()),
            Event::Eof => return Ok(()),
            _ => {}
        }
        if table.held.max(table.area()) > MOST_UNFOLDED_CELLS || text > MOST_UNFOLDED_TEXT {
            return Err(Unreadable::unfolds_too_far());
        }
    }
}

/// The table being read, counted as calamine unfolds it.
#[derive(Default)]
struct Table {
    /// Cells of rows as stored, over all tables.
    held: u64,
    /// Rows so far, and up to the last one that holds something.
    rows: u64,
    filled_rows: u64,
    /// Widest filled row.
    width: u64,
    row_repeats: u64,
    /// Columns so far in the row, and up to its last filled cell.
    columns: u64,
    filled_columns: u64,
    cell: Cell,
}

/// The cell being read.
#[derive(Default)]
struct Cell {
    repeats: u64,
    filled: bool,
    text: u64,
}

impl Table {
    fn enter(&mut self, e: &BytesStart) {
        match e.name().as_ref() {
            "table:table" => {
                *self = Table { held: self.held, ..Table::default() };
            }
            "table:table-row" => {
                self.row_repeats = repeats(e, "table:number-rows-repeated");
                (self.columns, self.filled_columns) = (0, 0);
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let filled = ["office:value-type", "office:value", "table:formula", "calcext:value-type"];
                self.cell = Cell {
                    repeats: repeats(e, "table:number-columns-repeated"),
                    filled: filled.iter().any(|name| matches!(e.try_get_attribute(name), Ok(Some(_)))),
                    text: e.attributes_raw().len() as u64,
                };
            }
            "text:s" => self.cell.text = self.cell.text.saturating_add(repeats(e, "text:c")),
            _ => {}
        }
    }

    fn text(&mut self, length: u64) {
        self.cell.text = self.cell.text.saturating_add(length);
    }

    /// Bytes of text that the element just closed unfolds to.
    fn leave(&mut self, name: &str) -> u64 {
        match name {
            "table:table-cell" | "table:covered-table-cell" => {
                self.columns = self.columns.saturating_add(self.cell.repeats).min(MOST_COLUMNS);
                if !self.cell.filled {
                    return 0;
                }
                self.filled_columns = self.columns;
                let times =
                    self.cell.repeats.min(MOST_COLUMNS).saturating_mul(self.row_repeats.min(MOST_ROWS));
                self.cell.text.saturating_mul(times)
            }
            "table:table-row" => {
                self.held = self.held.saturating_add(self.filled_columns);
                self.rows = self.rows.saturating_add(self.row_repeats).min(MOST_ROWS);
                if self.filled_columns > 0 {
                    self.filled_rows = self.rows;
                    self.width = self.width.max(self.filled_columns);
                }
                0
            }
            _ => 0,
        }
    }

    /// The rectangle from A1 to the last filled cell.
    fn area(&self) -> u64 {
        self.filled_rows.saturating_mul(self.width)
    }
}

/// A repeat count; what is no number is refused later by the reader itself.
pub(super) fn repeats(e: &BytesStart, name: &str) -> u64 {
    let value = e.try_get_attribute(name).ok().flatten();
    value.map_or(1, |value| value.value.trim().parse().unwrap_or(1))
}

/// Whether a part of XML declares entities.
pub(super) fn declares_entities(bytes: &[u8]) -> bool {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    (0..zip.len()).any(|index| {
        let Ok(part) = zip.by_index(index) else { return false };
        let mut head = Vec::new();
        let _ = part.take(DECLARATIONS).read_to_end(&mut head);
        head.windows(8).any(|letters| letters == b"<!ENTITY")
    })
}
