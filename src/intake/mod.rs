//! Files → raw cells: the bytes of any file, past the guards, become a [`RawSubmission`] or a reason why not.
//!
//! ```text
//! bytes ─► guard size ─► sniff ─► guard package ─► xlsx | ranges (xls, ods) ─► place ─► RawSubmission
//! ```
//!
//! [`read`] is a function from bytes to a value, so a child process with limits of time and memory can hold it, against
//! what no guard in here foresees. A panic of a library becomes `F003`; the message it leaves on stderr is for that
//! process to hide.

mod archive;
mod biff;
mod book;
mod code_page;
mod compound;
mod container;
mod guard;
mod headers;
mod hidden;
mod limits;
mod links;
mod mail;
mod member;
mod mend;
pub mod moment;
mod number_format;
mod ods_formats;
mod package;
mod packed;
mod password;
mod place;
mod ranges;
pub mod raw;
mod sniff;
mod spans;
mod tags;
mod twins;
mod unreadable;
mod utf8;
mod value;
mod worksheet;
mod wrapped;
mod xls_formats;
mod xlsx;

pub use guard::is_to_be_confined;
pub use limits::{
    LARGEST_FILE, LARGEST_PACKAGE, LARGEST_PART, MOST_CELLS, MOST_CELLS_IN_ALL, MOST_NESTED, MOST_PARTS,
    MOST_SHEETS, MOST_TEXT, MOST_UNFOLDED_CELLS, MOST_UNFOLDED_TEXT,
};
pub use member::Member;
pub use packed::unpack;
pub use sniff::{Kind, sniff};
pub use unreadable::Unreadable;
pub use wrapped::Wrapping;

use crate::finding::Code;
use crate::form::{CHECK_SHEET, CHECK_WORK_SHEET, IDENTITY_SHEET, PRINT_SHEET, RETURN_SHEET};
use book::{Book, Budget, Contents};
use calamine::{Sheet, SheetType, SheetVisible};
use container::Told;
use moment::Moment;
use raw::{FileFormat, Identity, Placed, RawSheet, RawSubmission};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use unicode_normalization::UnicodeNormalization;

/// Reads a file. `tabs` are the sheet names the plan's forms use; they and the sheets that the file itself names as
/// holding input cells are read first, then every other worksheet.
///
/// # Errors
/// Not a workbook, too large, damaged, encrypted, of a refused format, or empty: one finding of class F.
pub fn read(bytes: &[u8], tabs: &[String]) -> Result<RawSubmission, Unreadable> {
    Question { tabs: tabs.to_vec(), others: true }.answered(bytes)
}

/// As [`read()`], but of these sheets and those that the file itself names, and of no other.
///
/// # Errors
/// As [`read()`].
pub fn read_only(bytes: &[u8], tabs: &[String]) -> Result<RawSubmission, Unreadable> {
    Question { tabs: tabs.to_vec(), others: false }.answered(bytes)
}

/// Which sheets are to be read besides those that the file itself names. It can be sent to where a file is read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Question {
    /// Those of these names …
    pub tabs: Vec<String>,
    /// … and, after them, whether all others.
    pub others: bool,
}

impl Question {
    /// As [`read()`] or [`read_only()`].
    ///
    /// # Errors
    /// As [`read()`].
    pub fn answered(&self, bytes: &[u8]) -> Result<RawSubmission, Unreadable> {
        read_sheets(bytes, self)
    }
}

fn read_sheets(bytes: &[u8], tabs: &Question) -> Result<RawSubmission, Unreadable> {
    guard::size(bytes)?;
    let bytes = sniff::from_first_byte(bytes);
    let read_as = |kind, bytes: &[u8]| {
        let Kind::Workbook(format) = kind else {
            return Err(Unreadable::of_kind(kind).unwrap_or_else(|| Unreadable::damaged("không rõ kiểu tệp")));
        };
        guarded(|| read_workbook(bytes, format, tabs)).unwrap_or_else(|| Err(Unreadable::broke_the_reader()))
    };
    match sniff(bytes) {
        Kind::Encrypted => {
            let opened =
                guarded(|| password::opened(bytes)).unwrap_or_else(|| Err(Unreadable::encrypted()))?;
            guard::size(&opened)?;
            read_as(sniff(&opened), &opened)
        }
        kind => read_as(kind, bytes),
    }
}

fn read_workbook(bytes: &[u8], format: FileFormat, tabs: &Question) -> Result<RawSubmission, Unreadable> {
    match format {
        FileFormat::Xlsx => {
            let bytes = &guard::package(bytes, format)?;
            let (bytes, looks) = &package::understood(bytes);
            let collected =
                |bytes: &[u8]| xlsx::open(bytes, looks).and_then(|mut book| collect(format, &mut book, tabs));
            collected(bytes).or_else(|unreadable| {
                if unreadable.code == Code::F003 && guard::declares_entities(bytes) {
                    return Err(Unreadable::declares_entities());
                }
                let plain = mend::without_styles(bytes).filter(|_| unreadable.code == Code::F003);
                plain.and_then(|plain| collected(&plain).ok()).map(without_formats).ok_or(unreadable)
            })
        }
        FileFormat::Ods => {
            let bytes = &guard::package(bytes, format)?;
            collect(format, ranges::open_ods(bytes)?.as_mut(), tabs)
        }
        FileFormat::Xls => {
            let read = |bytes: &[u8]| {
                let (bytes, told) = understood_xls(bytes)?;
                collect(format, &mut ranges::open_xls(&bytes, told)?, tabs)
            };
            read(bytes).or_else(|unreadable| match unreadable.code {
                Code::F004 => password::xls::opened(bytes).map_or(Err(unreadable), |opened| read(&opened)),
                _ => Err(unreadable),
            })
        }
    }
}

/// An .xls past its guard, as the library understands it.
fn understood_xls(bytes: &[u8]) -> Result<(Cow<'_, [u8]>, Told), Unreadable> {
    let bytes = compound::without_objects(bytes);
    let told = container::workbook(&bytes)?;
    if told.has_old_formulas
        && let Some(copy) = compound::with_workbook(&bytes, biff::renew_formulas)
    {
        let told = container::workbook(&copy)?;
        return Ok((copy.into(), told));
    }
    Ok((bytes, told))
}

/// What was read of a workbook whose styles are damaged: nobody knows what its numbers are shown as, and that is told.
fn without_formats(mut raw: RawSubmission) -> RawSubmission {
    if let Some(sheet) = raw.sheets.first() {
        raw.skipped.push((sheet.name.to_string(), xlsx::WITHOUT_FORMATS.to_owned()));
    }
    raw
}

fn collect(format: FileFormat, book: &mut dyn Book, tabs: &Question) -> Result<RawSubmission, Unreadable> {
    let sheets = book.sheets().to_vec();
    if sheets.is_empty() {
        return Err(Unreadable::nothing("Sổ tính không có trang tính nào."));
    }
    if sheets.len() > MOST_SHEETS {
        let what = format!("có {} trang tính", limits::count(sheets.len()));
        return Err(Unreadable::too_large(&what, &format!("{MOST_SHEETS} trang tính")));
    }

    let mut budget = Budget::of_a_file();
    let properties = guarded(|| book.properties()).unwrap_or_default();
    let mut identity = Identity::default();
    let mut table = Vec::new();
    if let Some(name) = spelled(&sheets, IDENTITY_SHEET) {
        let contents = read_sheet(book, &name, &mut budget);
        identity = place::identity_on_sheet(&contents.cells);
        table = place::table(&contents.cells);
    }
    identity = place::either(identity, place::identity_in_properties(&properties.custom_properties));
    let known = |field: &_, sheet: &str| {
        table.iter().any(|placed: &Placed| placed.field == *field && same(&placed.sheet, sheet))
            || tabs.tabs.iter().any(|tab| same(tab, sheet))
    };
    let mut named = place::named(book.names(), known);
    for placed in table.iter_mut().chain(&mut named) {
        if let Some(name) = spelled(&sheets, &placed.sheet) {
            placed.sheet = name.into();
        }
    }

    let ReadSheets { read, skipped, skipped_besides } =
        read_in_turn(book, &in_turn(&sheets, &table, &named, tabs), &mut budget);
    if read.iter().all(|sheet| sheet.cells.is_empty()) {
        return Err(match skipped.first().or(skipped_besides.first()) {
            Some((name, trouble)) => Unreadable::damaged(&format!("trang “{name}” {trouble}")),
            None => Unreadable::nothing("Các trang tính đều trống."),
        });
    }

    let saved_by = saved_by(properties.application, properties.app_version);
    let modified =
        properties.modified.as_deref().and_then(|text| Moment::of_properties(text, saved_by.as_deref()));
    Ok(RawSubmission {
        format,
        saved_by,
        modified,
        stored: None,
        received: None,
        identity,
        named,
        table,
        epoch_1904: book.epoch_1904(),
        sheet_names: sheets.into_iter().map(|sheet| sheet.name).collect(),
        sheets: read,
        skipped,
        skipped_besides,
    })
}

/// What was read of the sheets, and of which not everything.
#[derive(Default)]
struct ReadSheets {
    read: Vec<RawSheet>,
    skipped: Vec<(String, String)>,
    skipped_besides: Vec<(String, String)>,
}

fn read_in_turn(book: &mut dyn Book, in_turn: &[(&Sheet, bool)], budget: &mut Budget) -> ReadSheets {
    // Where nothing is asked for by its name, all of it may be what was meant.
    let none_asked = !in_turn.iter().any(|(_, asked)| *asked);
    let mut sheets = ReadSheets::default();
    for (sheet, asked) in in_turn {
        let contents = match sheet.typ {
            SheetType::WorkSheet => read_sheet(book, &sheet.name, budget),
            _ => Contents::none("là trang biểu đồ, hộp thoại hoặc macro, không chứa ô số liệu"),
        };
        let nothing = contents.trouble.is_some() && contents.cells.is_empty();
        if let Some(trouble) = contents.trouble {
            let skipped =
                if *asked || none_asked { &mut sheets.skipped } else { &mut sheets.skipped_besides };
            skipped.push((sheet.name.clone(), trouble));
        }
        if !nothing {
            sheets.read.push(RawSheet {
                name: sheet.name.as_str().into(),
                asked: *asked,
                visible: sheet.visible == SheetVisible::Visible,
                hidden: guarded(|| book.hidden(&sheet.name)).unwrap_or_default(),
                cells: contents.cells,
                merged: guarded(|| book.merged(&sheet.name)).unwrap_or_default(),
            });
        }
    }
    sheets
}

/// The sheets to read and whether they are asked for. Those named by the table, by defined names and by the plan come
/// first, in the order of the file; then every other worksheet, visible ones first: somebody may have renamed a sheet, or
/// copied one, and what stands there is found by its codes or told as not read.
fn in_turn<'a>(
    sheets: &'a [Sheet],
    table: &[Placed],
    named: &[Placed],
    tabs: &Question,
) -> Vec<(&'a Sheet, bool)> {
    // Places are spelled as the file spells its sheets by now.
    let asked = |sheet: &Sheet| {
        table.iter().chain(named).any(|placed| placed.sheet == sheet.name)
            || tabs.tabs.iter().any(|tab| same(tab, &sheet.name))
    };
    let mut all: Vec<(&Sheet, bool)> = sheets
        .iter()
        .filter(|sheet| is_senders(&sheet.name))
        .map(|sheet| (sheet, asked(sheet)))
        .filter(|(sheet, asked)| *asked || (tabs.others && sheet.typ == SheetType::WorkSheet))
        .collect();
    all.sort_by_key(|(sheet, asked)| (!asked, !asked && sheet.visible != SheetVisible::Visible));
    all
}

/// Whether a sheet is one that senders fill, and none of those that the program makes beside them.
fn is_senders(sheet: &str) -> bool {
    let ours = [IDENTITY_SHEET, CHECK_SHEET, CHECK_WORK_SHEET, PRINT_SHEET, RETURN_SHEET];
    !ours.iter().any(|name| same(sheet, name) || worn(sheet, name)) && !is_of_another_file(sheet)
}

/// Whether anything is read of a sheet of that name.
fn is_read(sheet: &str) -> bool {
    same(sheet, IDENTITY_SHEET) || is_senders(sheet)
}

/// The name of a sheet as this file spells it.
fn spelled(sheets: &[Sheet], name: &str) -> Option<String> {
    let exact = sheets.iter().find(|sheet| sheet.name == name);
    exact.or_else(|| sheets.iter().find(|sheet| same(&sheet.name, name))).map(|sheet| sheet.name.clone())
}

/// Whether two sheet names are one to Excel, which ignores case, and to the eye, which ignores how ễ is composed.
fn same(a: &str, b: &str) -> bool {
    let plain = |name: &str| name.trim().nfc().flat_map(char::to_lowercase).collect::<String>();
    a == b || plain(a) == plain(b)
}

/// Whether letters of a name became `_` or `?`, as where Vietnamese has no code page: `Ki_m tra`.
fn worn(name: &str, whole: &str) -> bool {
    let whole: Vec<char> = whole.nfc().collect();
    let name: Vec<char> = name.chars().collect();
    let alike = |(a, b): (&char, &char)| a == b || (!b.is_ascii() && matches!(a, '_' | '?'));
    name.len() == whole.len() && name.iter().zip(&whole).all(alike)
}

/// Whether a sheet is what LibreOffice keeps of another workbook that formulas point to.
fn is_of_another_file(name: &str) -> bool {
    name.starts_with("'file:")
}

/// A sheet, and a reason instead of a panic.
fn read_sheet(book: &mut dyn Book, name: &str, budget: &mut Budget) -> Contents {
    guarded(|| book.read(name, budget))
        .unwrap_or_else(|| Contents::none("có cấu trúc sai đến mức bộ đọc phải dừng"))
}

fn saved_by(application: Option<String>, version: Option<String>) -> Option<String> {
    let application = application.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())?;
    Some(match version.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()) {
        // LibreOffice writes its version into the name already.
        Some(version) if !application.contains('/') => format!("{application} {version}"),
        _ => application,
    })
}

/// Runs a library that may panic on damaged input. What it worked on is not used again after a panic but for reading
/// another sheet, whose parts are independent.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
