//! A table that a text writes itself: rows between bars, the first its head, `---` under it.

use super::words;
use crate::report::model::{Align, Block, Cell, Column, ColumnKey, Role, Row, RowKey, Shown, Table};

/// Letters that a column of width 1 holds on a line.
const LETTERS: f32 = 9.0;
/// The narrowest and the widest column.
const WIDTHS: (f32, f32) = (0.7, 6.0);

/// The table of these rows; `place` tells it from the others of the text.
pub(super) fn written(rows: &[&str], place: usize) -> Block {
    let mut rows: Vec<Vec<String>> = rows.iter().map(|row| cells(row)).collect();
    let aligned = rows.get(1).filter(|row| row.iter().all(|cell| is_rule(cell))).cloned();
    if aligned.is_some() {
        rows.remove(1);
    }
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let cell =
        |row: &[String], at: usize| row.get(at).map(|cell| words(cell).to_string()).unwrap_or_default();
    let columns = (0..count).map(|at| {
        let letters = rows.iter().map(|row| cell(row, at).chars().count()).max().unwrap_or_default();
        let align = aligned.as_ref().and_then(|rule| rule.get(at)).map_or(Align::Left, |rule| align(rule));
        let title = rows.first().map(|row| cell(row, at)).unwrap_or_default();
        let width = (letters as f32 / LETTERS).clamp(WIDTHS.0, WIDTHS.1);
        Column::new(ColumnKey::from(format!("cot-{}", at + 1)), &title, width, align)
    });
    let body = rows.iter().enumerate().skip(1).map(|(number, row)| Row {
        id: RowKey::from(format!("dong-{number}")),
        role: Role::Body,
        cells: (0..count)
            .map(|at| match cell(row, at) {
                words if words.is_empty() => Cell::plain(Shown::Blank),
                words => Cell::text(words),
            })
            .collect(),
    });
    Block::Table(Table {
        id: format!("bang-loi-van-{}", place + 1).as_str().into(),
        caption: None,
        columns: columns.collect(),
        rows: body.collect(),
        notes: Vec::new(),
    })
}

/// Cells between the bars; one inside a sender's words is a letter.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_senders = false;
    for letter in row.chars() {
        match super::SENDERS_WORDS.iter().position(|mark| *mark == letter) {
            Some(side) => is_senders = side == 0,
            None if letter == '|' && !is_senders => {
                cells.push(String::new());
                continue;
            }
            None => {}
        }
        if let Some(cell) = cells.last_mut() {
            cell.push(letter);
        }
    }
    cells
}

fn is_rule(cell: &str) -> bool {
    let cell = cell.trim();
    cell.contains('-') && cell.chars().all(|letter| matches!(letter, '-' | ':'))
}

/// `---:` right, `:---:` middle.
fn align(rule: &str) -> Align {
    let rule = rule.trim();
    match (rule.starts_with(':'), rule.ends_with(':')) {
        (true, true) => Align::Center,
        (false, true) => Align::Right,
        (_, false) => Align::Left,
    }
}
