//! What was typed into the season's workbook beside its findings. The writer of the workbook and this reader share the
//! sheets, the heads of the columns and the hidden key of each row.

use crate::check::decision::desk::{Subject, Typed, YES};
use crate::domain::{CellAddress, UnitCode};
use crate::intake;
use crate::intake::moment::Moment;
use crate::intake::raw::{RawCell, RawSheet, RawSubmission, RawValue};
use std::collections::HashMap;
use vietnamese::display::date;

/// Sheet of the findings that are open.
pub const OPEN_SHEET: &str = "Cần xử lý";
/// Sheet of what was decided.
pub const DECIDED_SHEET: &str = "Quyết định";

/// A column that is read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DeskColumn {
    /// Code of the unit, to see whether the row still is what its key says.
    Unit,
    /// Whether the finding is accepted.
    Accept,
    /// The value that holds instead.
    New,
    /// Why.
    Reason,
    /// Who decided it.
    Approver,
    /// Last day it is accepted.
    Until,
    /// What the row is about, for the program.
    Key,
}

impl DeskColumn {
    /// All of them.
    pub const ALL: [DeskColumn; 7] = [
        DeskColumn::Unit,
        DeskColumn::Accept,
        DeskColumn::New,
        DeskColumn::Reason,
        DeskColumn::Approver,
        DeskColumn::Until,
        DeskColumn::Key,
    ];

    /// Its head.
    pub const fn head(self) -> &'static str {
        match self {
            DeskColumn::Unit => "Mã đơn vị",
            DeskColumn::Accept => "Chấp nhận",
            DeskColumn::New => "Giá trị mới",
            DeskColumn::Reason => "Lý do",
            DeskColumn::Approver => "Người duyệt",
            DeskColumn::Until => "Đến ngày",
            DeskColumn::Key => "Khóa của dòng",
        }
    }
}

/// A row of the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedRow {
    /// Its sheet: one of [`OPEN_SHEET`] and [`DECIDED_SHEET`].
    pub sheet: &'static str,
    /// Its number, as Excel counts.
    pub row: u32,
    /// What it is about.
    pub subject: Subject,
    /// What is typed.
    pub typed: Typed,
}

/// What was read of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedRows {
    /// The rows of both sheets, in order.
    pub rows: Vec<TypedRow>,
    /// Rows in which something is typed, and of which nobody can say what they are about.
    pub lost: Vec<LostRow>,
}

/// A row without a key, or with that of another row: sheet, number, what is typed.
pub type LostRow = (&'static str, u32, Typed);

/// The key of a row.
pub fn key(subject: &Subject) -> String {
    serde_json::to_string(subject).unwrap_or_default()
}

/// What is typed in a workbook, and when it was saved, where it says so.
///
/// # Errors
/// Why it cannot be read, in Vietnamese.
pub fn in_workbook(bytes: &[u8]) -> Result<(TypedRows, Option<Moment>), String> {
    let tabs = [OPEN_SHEET, DECIDED_SHEET].map(str::to_owned);
    let raw = intake::read_only(bytes, &tabs).map_err(|unreadable| unreadable.finding("").cause)?;
    Ok((read(&raw)?, raw.modified))
}

/// Reads both sheets.
///
/// # Errors
/// Which sheet or column is gone, in Vietnamese.
pub fn read(raw: &RawSubmission) -> Result<TypedRows, String> {
    let mut read = TypedRows::default();
    for name in [OPEN_SHEET, DECIDED_SHEET] {
        if let Some((_, why)) = raw.skipped.iter().find(|(sheet, _)| sheet == name) {
            return Err(format!("không đọc được trang “{name}”: {why}"));
        }
        let sheet = raw.sheet(name).ok_or_else(|| format!("không thấy trang “{name}”"))?;
        read_sheet(sheet, name, &mut read)?;
    }
    Ok(read)
}

fn read_sheet(sheet: &RawSheet, name: &'static str, read: &mut TypedRows) -> Result<(), String> {
    let (head, columns) = heads(sheet).ok_or_else(|| format!("trang “{name}” không còn dòng tiêu đề"))?;
    for column in DeskColumn::ALL {
        if !columns.contains_key(&column) {
            return Err(format!("trang “{name}” không còn cột “{}”", column.head()));
        }
    }
    let mut rows: Vec<u32> = sheet.cells.keys().map(|cell| cell.row).filter(|row| *row > head).collect();
    rows.dedup();
    for row in rows {
        let words = |column: DeskColumn| {
            let cell = sheet.cells.get(&CellAddress::new(row, columns[&column]));
            cell.map(words).unwrap_or_default()
        };
        let typed = Typed {
            accept: words(DeskColumn::Accept),
            new: words(DeskColumn::New),
            reason: words(DeskColumn::Reason),
            approver: words(DeskColumn::Approver),
            until: words(DeskColumn::Until),
        };
        let subject: Option<Subject> = serde_json::from_str(&words(DeskColumn::Key)).ok();
        let is_its_own = |subject: &Subject| {
            let unit = subject.unit.as_ref().map(UnitCode::as_str).unwrap_or_default();
            unit == words(DeskColumn::Unit)
        };
        match subject.filter(is_its_own) {
            Some(subject) => read.rows.push(TypedRow { sheet: name, row: row + 1, subject, typed }),
            None if typed.accept.is_empty() && typed.new.is_empty() => {}
            None => read.lost.push((name, row + 1, typed)),
        }
    }
    Ok(())
}

/// The row of the heads, and the column of each.
fn heads(sheet: &RawSheet) -> Option<(u32, HashMap<DeskColumn, u16>)> {
    let of_cell = |cell: &RawCell| {
        let RawValue::Text(text) = &cell.value else { return None };
        DeskColumn::ALL.into_iter().find(|column| column.head() == text.trim())
    };
    let head = sheet.cells.iter().find(|(_, cell)| of_cell(cell) == Some(DeskColumn::Key))?.0.row;
    let of_row = sheet.cells.iter().filter(|(at, _)| at.row == head);
    let columns = of_row.filter_map(|(at, cell)| Some((of_cell(cell)?, at.column))).collect();
    Some((head, columns))
}

/// What a cell says, as it could have been typed.
fn words(cell: &RawCell) -> String {
    if let Some(shown) = &cell.shown {
        return shown.plain.trim().to_owned();
    }
    match &cell.value {
        RawValue::Number(number) => number.to_string().replace('.', ","),
        RawValue::Text(text) => text.trim().to_owned(),
        RawValue::Bool(is_so) => if *is_so { YES } else { "Không" }.to_owned(),
        RawValue::Date { when: Some(day), .. } => date(*day),
        RawValue::Date { when: None, serial } => serial.map(|serial| serial.to_string()).unwrap_or_default(),
        RawValue::Error(error) => error.clone(),
        RawValue::NotCalculated => String::new(),
    }
}
