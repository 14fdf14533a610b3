//! Tables: head, rows, live formulas with their results, verdicts that recolour themselves, filter.

use super::formula::{self, Addresses};
use super::layout::{self, TableLayout};
use super::link::Links;
use super::style::{self, Ink, Look, Styles};
use super::{blocks, fault};
use crate::error::Error;
use crate::report::model::{Align, Cell, Column, Formula, Link, Role, Row, Shown, Tone};
use chrono::NaiveDate;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, Format, IgnoreError,
    Worksheet,
};
use sheet::{put, text};

/// Writes a table of the sheet `here`.
pub(super) fn write(
    sheet: &mut Worksheet,
    styles: &mut Styles,
    layout: &TableLayout,
    here: usize,
    addresses: &Addresses,
    links: &mut Links,
) -> Result<(), Error> {
    head(sheet, layout)?;
    let mut writer = Rows { sheet, styles, layout, here, addresses, links };
    for (i, row) in layout.rows().iter().enumerate() {
        writer.row(i, row)?;
    }
    if let Some(records) = layout.records {
        for at in 0..layout.shown {
            let row = records.source.row(at).ok_or_else(|| {
                Error::Internal(format!("bảng “{}” không có dòng thứ {}", layout.table.id, at + 1))
            })?;
            writer.row(at, &row)?;
        }
    }
    for column in 0..layout.table.columns.len() {
        recolour(sheet, layout, column)?;
    }
    quiet(sheet, layout)?;
    let last_column = layout.table.columns.len() - 1;
    if layout.filter {
        let totals = layout.rows().iter().rev().take_while(|row| row.role == Role::Total).count();
        let last = layout.shown.saturating_sub(totals + 1);
        let to = layout.address(last, last_column);
        sheet.autofilter(layout.head_bottom(), 0, to.row, to.column).map_err(fault)?;
    }
    Ok(())
}

/// Writes the rows of one table.
struct Rows<'w, 'a, 'l> {
    sheet: &'w mut Worksheet,
    styles: &'w mut Styles,
    layout: &'w TableLayout<'w>,
    here: usize,
    addresses: &'w Addresses<'a>,
    links: &'w mut Links<'l>,
}

impl Rows<'_, '_, '_> {
    fn row(&mut self, i: usize, row: &Row) -> Result<(), Error> {
        let layout = self.layout;
        if row.role == Role::Group {
            let (at, to) = (layout.address(i, 0), layout.address(i, layout.table.columns.len() - 1));
            let words = row.cells.first().map_or_else(String::new, |cell| match &cell.value {
                Shown::Text(words) => text::clean(words),
                other => text::clean(&crate::report::format::value(other)),
            });
            let format = self.styles.cell(&group_look(layout, row));
            return blocks::merged(self.sheet, (at.row, at.column), (to.row, to.column), &words, format);
        }
        for (j, (cell, column)) in row.cells.iter().zip(&layout.table.columns).enumerate() {
            let at = layout.address(i, j);
            let format = self.styles.cell(&look(layout, row, cell, column));
            if let Some(link) = &cell.link {
                self.links.put(self.sheet, at, link, self.addresses, format)?;
            }
            match computed(cell) {
                Some((formula, result)) => {
                    let written = formula::render(formula, self.here, self.addresses)?;
                    let live = rust_xlsxwriter::Formula::new(written).set_result(result);
                    self.sheet.write_formula_with_format(at.row, at.column, live, format).map_err(fault)?;
                }
                // A text that is not wrapped would run on over an empty cell, even beyond the table.
                None if layout.one_line && is_empty(&cell.value) => {
                    self.sheet.write_string_with_format(at.row, at.column, " ", format).map_err(fault)?;
                }
                None => blocks::value(self.sheet, at.row, at.column, &cell.value, format)?,
            }
        }
        Ok(())
    }
}

fn head(sheet: &mut Worksheet, layout: &TableLayout) -> Result<(), Error> {
    let format = style::head(layout.size);
    let (top, bottom) = (layout.top, layout.head_bottom());
    // The upper row first: a sheet that is not held in memory takes its rows in order.
    for (over, first, last) in layout::over_spans(&layout.table) {
        let (first, last) = (first as u16, last as u16);
        match over {
            Some(over) => blocks::merged(sheet, (top, first), (top, last), &text::clean(over), &format)?,
            None => {
                let title = layout.table.columns.get(usize::from(first)).map_or("", |column| &column.title);
                blocks::merged(sheet, (top, first), (bottom, first), &text::clean(title), &format)?;
            }
        }
    }
    for (column, c) in (0..).zip(&layout.table.columns).filter(|(_, c)| c.over.is_some()) {
        blocks::merged(sheet, (bottom, column), (bottom, column), &text::clean(&c.title), &format)?;
    }
    Ok(())
}

/// The formula of a cell and the result written beside it.
///
/// A program that does not recalculate shows the result, so it must be what the formula gives. A lacking figure is the
/// formula's empty text, or its reason where the formula says it. Results such as `1.1` or `TRUE` meant as words would
/// be stored as a number or a logical value; such a cell holds the words alone.
fn computed(cell: &Cell) -> Option<(&Formula, String)> {
    let formula = cell.formula.as_ref()?;
    let result = match &cell.value {
        Shown::Count(figure) | Shown::Number(figure, _) | Shown::Percent(figure, _) => {
            return Some((formula, put::nearest(*figure).to_string()));
        }
        Shown::Date(day) => return Some((formula, serial(*day).to_string())),
        Shown::Text(words) => text::clean(words),
        Shown::Missing(why) if formula::may_say(formula, why) => text::clean(why),
        Shown::Missing(_) | Shown::Blank => String::new(),
    };
    let kept =
        result.parse::<f64>().is_err() && !result.starts_with('#') && !matches!(&*result, "TRUE" | "FALSE");
    kept.then_some((formula, result))
}

fn is_empty(value: &Shown) -> bool {
    match value {
        Shown::Blank => true,
        Shown::Text(words) => words.is_empty(),
        _ => false,
    }
}

/// Days since the zero of spreadsheets.
fn serial(day: NaiveDate) -> i64 {
    NaiveDate::from_ymd_opt(1899, 12, 30).map_or(0, |zero| (day - zero).num_days())
}

fn look(layout: &TableLayout, row: &Row, cell: &Cell, column: &Column) -> Look {
    let sign = !column.title.contains('%') && !column.over.as_deref().is_some_and(|over| over.contains('%'));
    let lacking = matches!(cell.value, Shown::Missing(_)) && cell.formula.is_none();
    let ink = match (&cell.value, &cell.formula) {
        _ if lacking => Ink::Lacking,
        (value, None) if style::is_figure(value) && !column.is_ordinal => Ink::Typed,
        _ => Ink::Plain,
    };
    Look {
        align: if lacking { Align::Center } else { column.align },
        number: style::number_format(&cell.value, sign),
        // A live verdict is coloured by its words, see `recolour`.
        tone: if is_live_verdict(cell) { Tone::Plain } else { cell.tone },
        role: row.role,
        ink,
        size: layout.size,
        from_top: layout.wordy,
        one_line: layout.one_line,
        // Words that lead within the figures would drown the table in blue.
        linked: matches!(cell.link.as_deref(), Some(Link::Section(_) | Link::Source { .. }))
            && matches!(cell.value, Shown::Text(_)),
    }
}

fn group_look(layout: &TableLayout, row: &Row) -> Look {
    Look {
        align: Align::Left,
        number: None,
        tone: row.cells.first().map_or(Tone::Plain, |cell| cell.tone),
        role: Role::Group,
        ink: Ink::Plain,
        size: layout.size,
        from_top: false,
        one_line: false,
        linked: false,
    }
}

fn is_live_verdict(cell: &Cell) -> bool {
    cell.formula.is_some()
        && cell.tone != Tone::Plain
        && matches!(cell.value, Shown::Text(_) | Shown::Missing(_) | Shown::Blank)
}

/// Spares the reader the green corners: codes such as `794` are words on purpose, and the formulas of a column may
/// differ from row to row.
fn quiet(sheet: &mut Worksheet, layout: &TableLayout) -> Result<(), Error> {
    if layout.shown == 0 {
        return Ok(());
    }
    for column in 0..layout.table.columns.len() {
        let (from, to) = (layout.address(0, column), layout.address(layout.shown - 1, column));
        let live =
            layout.rows().iter().any(|row| row.cells.get(column).is_some_and(|cell| cell.formula.is_some()));
        let about = if live { IgnoreError::FormulaDiffers } else { IgnoreError::NumberStoredAsText };
        sheet.ignore_error_range(from.row, from.column, to.row, to.column, about).map_err(fault)?;
    }
    Ok(())
}

/// Lets the words of a column's live verdicts decide their colour, so that it changes with the figures: the words seen
/// in the column as the report toned them, the plan's two verdicts, and anything else as open.
fn recolour(sheet: &mut Worksheet, layout: &TableLayout, column: usize) -> Result<(), Error> {
    let mut toned: Vec<(String, Tone)> =
        vec![("Đạt".to_owned(), Tone::Good), ("Chưa đạt".to_owned(), Tone::Bad)];
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (i, row) in layout.rows().iter().enumerate() {
        let Some(cell) = row.cells.get(column).filter(|cell| is_live_verdict(cell)) else { continue };
        match runs.last_mut() {
            Some(run) if run.1 + 1 == i => run.1 = i,
            _ => runs.push((i, i)),
        }
        if let Some((_, words)) = computed(cell)
            && !words.is_empty()
            && words.encode_utf16().count() <= 250
            && !toned.iter().any(|(known, _)| *known == words)
        {
            toned.push((words, cell.tone));
        }
    }
    let Some((first, _)) = runs.first() else { return Ok(()) };
    let start = layout.address(*first, column);
    let areas: Vec<String> = runs
        .iter()
        .map(|(first, last)| format!("{}:{}", layout.address(*first, column), layout.address(*last, column)))
        .collect();
    let areas = areas.join(" ");
    for (words, tone) in &toned {
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(words.as_str()))
            .set_format(style::toned(Format::new(), *tone))
            .set_multi_range(&areas)
            .set_stop_if_true(true);
        sheet
            .add_conditional_format(start.row, start.column, start.row, start.column, &rule)
            .map_err(fault)?;
    }
    let open = ConditionalFormatFormula::new()
        .set_rule(format!("=LEN({start})>0").as_str())
        .set_format(style::toned(Format::new(), Tone::Open))
        .set_multi_range(&areas);
    sheet.add_conditional_format(start.row, start.column, start.row, start.column, &open).map_err(fault)?;
    Ok(())
}
