//! The equality gate: what the tables of a written document say is compared with the report it was made of. No difference
//! is ever the sender's doing.

#[cfg(test)]
pub(super) mod fixture;

use crate::error::Error;
use crate::report::format;
use crate::report::model::{Block, Cell, Place, Report, Role, Row, Shown, Table};
use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

/// Words of the cells of a row.
pub(super) type ShownRow = Vec<String>;

/// Which document of a report it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Printed {
    /// The official report, or the brief: body and annexes.
    Official,
    /// What stays with the secretariat.
    Internal,
}

/// Compares every table that a document of a report prints, in order, with the rows that were read from a document, heads
/// apart; `document` names it, for example “tệp PDF”.
///
/// Figures and dates are read back as values, the way a reader of the page would; of words the digits count, for a
/// typeface may lack other characters.
///
/// # Errors
/// [`Error::Internal`] naming table, row and column of the first difference: a table, a row or a cell that is not in the
/// document, one that is there but not in the report, or a figure that reads differently.
pub(super) fn check(
    report: &Report,
    printed: Printed,
    document: &str,
    shown: &[Vec<ShownRow>],
) -> Result<(), Error> {
    let fault = |table: &str, what: &str| {
        Error::Internal(format!("{document} không khớp số liệu, bảng “{table}”: {what}"))
    };
    let mut shown = shown.iter();
    for table in tables(report, printed) {
        let name = table.map_or("nhận xét", |table| table.caption.as_deref().unwrap_or(table.id.as_str()));
        let rows = shown.next().ok_or_else(|| fault(name, "bảng không có trên trang"))?;
        if let Some(table) = table {
            compare(table, rows).map_err(|what| fault(name, &what))?;
        }
    }
    match shown.next() {
        None => Ok(()),
        Some(rows) => Err(fault(&rows.concat().join(" "), "bảng có trên trang mà không có trong báo cáo")),
    }
}

/// The tables that the pages of a document show, in order: the body's, then the annexes'. Findings are a table of words, `None` here.
fn tables(report: &Report, printed: Printed) -> impl Iterator<Item = Option<&Table>> {
    let places: &[fn(Place) -> bool] = match printed {
        Printed::Official => &[|place| place == Place::Body, |place| matches!(place, Place::Annex { .. })],
        Printed::Internal => &[|place| matches!(place, Place::Internal { .. })],
    };
    let placed = places.iter().flat_map(|is_there| report.sections.iter().filter(|s| is_there(s.place)));
    placed.flat_map(|section| &section.blocks).filter_map(|block| match block {
        // A table without columns is nothing to draw.
        Block::Table(table) if !table.columns.is_empty() => Some(Some(table)),
        Block::Findings { shown, .. } if !shown.is_empty() => Some(None),
        _ => None,
    })
}

fn compare(table: &Table, shown: &[ShownRow]) -> Result<(), String> {
    // An empty table says so in one row of words.
    let expected = table.rows.len().max(1);
    if shown.len() != expected {
        return Err(format!("có {} dòng, phải có {expected}", shown.len()));
    }
    table.rows.iter().zip(shown).try_for_each(|(row, cells)| {
        compare_row(table, row, cells).map_err(|what| format!("dòng “{}”, {what}", row.id))
    })
}

fn compare_row(table: &Table, row: &Row, shown: &[String]) -> Result<(), String> {
    let differs = |where_: &str, shown: &str, wanted: String| {
        Err(format!("{where_}: đọc được “{}”, phải là “{wanted}”", shown.trim()))
    };
    if row.role == Role::Group {
        let wanted: String = row.cells.iter().map(|cell| format::value(&cell.value) + " ").collect();
        let shown = shown.concat();
        return if digits(&shown) == digits(&wanted) {
            Ok(())
        } else {
            differs("tiêu đề", &shown, wanted)
        };
    }
    if shown.len() != table.columns.len() || row.cells.len() > shown.len() {
        return Err(format!("có {} ô, phải có {}", shown.len(), row.cells.len().max(table.columns.len())));
    }
    let blank = Cell::plain(Shown::Blank);
    for (i, (column, shown)) in table.columns.iter().zip(shown).enumerate() {
        let value = &row.cells.get(i).unwrap_or(&blank).value;
        if !says(shown, value) {
            return differs(&format!("cột “{}”", column.id), shown, format::value(value));
        }
    }
    Ok(())
}

/// Whether words on a page say a value.
fn says(shown: &str, value: &Shown) -> bool {
    let rounded =
        |n: &Decimal, places: u32| n.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    match value {
        Shown::Count(n) => figure(shown) == Some(*n),
        Shown::Number(n, places) => figure(shown) == Some(rounded(n, *places)),
        Shown::Percent(n, places) => {
            shown.trim_end().strip_suffix('%').and_then(figure) == Some(rounded(n, *places))
        }
        Shown::Date(day) => {
            NaiveDate::parse_from_str(&unspaced(shown), "%d/%m/%Y").is_ok_and(|read| read == *day)
        }
        Shown::Text(words) | Shown::Missing(words) => digits(shown) == digits(words),
        Shown::Blank => shown.trim().is_empty(),
    }
}

/// A figure as Vietnamese read it: `.` between thousands, `,` before decimals.
fn figure(shown: &str) -> Option<Decimal> {
    let shown = unspaced(shown);
    let digits = shown.strip_prefix('-').unwrap_or(&shown);
    let (whole, decimals) = digits.split_once(',').unwrap_or((digits, ""));
    let mut groups = whole.split('.');
    let first = groups.next()?;
    let grouped = whole.len() <= 3 || first.len() <= 3;
    if first.is_empty() || !grouped || groups.any(|group| group.len() != 3) {
        return None;
    }
    let sign = if digits.len() < shown.len() { "-" } else { "" };
    let read = format!("{sign}{}.{decimals}", whole.replace('.', ""));
    read.trim_end_matches('.').parse().ok()
}

fn unspaced(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

fn digits(words: &str) -> String {
    words.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_vietnamese_write_them() {
        let read = |shown: &str| figure(shown).map(|n| n.to_string());
        for (shown, value) in [
            ("0", Some("0")),
            ("1.234.567,50", Some("1234567.50")),
            ("-1.234", Some("-1234")),
            ("12,5", Some("12.5")),
            ("1234", None),
            ("1.23", None),
            ("", None),
            ("–", None),
            ("12%", None),
        ] {
            assert_eq!(read(shown).as_deref(), value, "{shown}");
        }
    }
}
