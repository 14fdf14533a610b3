//! Tables: head, rows, live formulas with their results, verdicts that recolour themselves, filter.

use super::formula::{self, Addresses};
use super::layout::{self, TableLayout};
use super::link::Links;
use super::style::{self, Ink, Look, Styles};
use super::{bar, blocks, fault};
use crate::domain::CellAddress;
use crate::error::Error;
use crate::report;
use crate::report::model::{
    Align, Cell, CellRef, Column, Formula, JudgedBy, Link, Picture, Role, Row, Shown, Tone,
};
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, Format, IgnoreError,
    Worksheet,
};
use sheet::{Reference, text};
use std::collections::HashMap;

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
    let usual = usual_numbers(layout);
    let mut writer = Rows { sheet, styles, layout, here, addresses, links, usual };
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
    judge(sheet, layout, here, addresses)?;
    quiet(sheet, layout)?;
    let last_column = layout.table.columns.len() - 1;
    if layout.filter {
        let totals = layout.rows().iter().rev().take_while(|row| row.role == Role::Total).count();
        let last = layout.shown.saturating_sub(totals + 1);
        let to = layout.end(last, last_column);
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
    /// By column the number format of its typed figures.
    usual: Vec<Option<String>>,
}

impl Rows<'_, '_, '_> {
    fn row(&mut self, i: usize, row: &Row) -> Result<(), Error> {
        let layout = self.layout;
        if row.role == Role::Group {
            let (at, to) = (layout.address(i, 0), layout.end(i, layout.table.columns.len() - 1));
            let words = row.cells.first().map_or_else(String::new, |cell| match &cell.value {
                Shown::Text(words) => text::clean(words),
                other => text::clean(&crate::report::format::value(other)),
            });
            let format = self.styles.cell(&group_look(layout, row));
            return blocks::merged(self.sheet, (at.row, at.column), (to.row, to.column), &words, format);
        }
        for (j, (cell, column)) in row.cells.iter().zip(&layout.table.columns).enumerate() {
            let at = layout.address(i, j);
            if let Some(Picture::Bar(bar, _)) = cell.picture.as_deref() {
                bar::write(self.sheet, layout, (i, j), bar, self.here, self.addresses)?;
                continue;
            }
            let format = self.styles.cell(&self.look(row, cell, column, j));
            if layout.grid.is_cut(j as u16) {
                let end = layout.end(i, j);
                blocks::merged(self.sheet, (at.row, at.column), (end.row, end.column), "", format)?;
            }
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

    fn look(&self, row: &Row, cell: &Cell, column: &Column, at: usize) -> Look {
        let layout = self.layout;
        let sign =
            !column.title.contains('%') && !column.over.as_deref().is_some_and(|over| over.contains('%'));
        let lacking = matches!(cell.value, Shown::Missing(_)) && cell.formula.is_none();
        let number = match (&cell.value, &cell.formula) {
            // Words that may become a number once figures change are formatted as that number.
            (Shown::Text(_) | Shown::Missing(_) | Shown::Blank, Some(formula)) => {
                formula::like(formula, self.addresses).and_then(|value| style::number_format(&value, sign))
            }
            // So is a blank that somebody may fill in.
            (Shown::Blank, None) => self.usual.get(at).cloned().flatten(),
            (value, _) => style::number_format(value, sign),
        };
        let awaited = number.is_some() && cell.formula.is_none() && cell.value == Shown::Blank;
        let ink = match (&cell.value, &cell.formula) {
            _ if lacking => Ink::Lacking,
            _ if awaited => Ink::Typed,
            (value, None) if style::is_figure(value) && !column.is_ordinal => Ink::Typed,
            _ => Ink::Plain,
        };
        Look {
            align: if lacking { Align::Center } else { column.align },
            number,
            // What is live is coloured by what it says, see `recolour` and `judge`.
            tone: if is_live_verdict(cell) || cell.judged.is_some() { Tone::Plain } else { cell.tone },
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
}

fn head(sheet: &mut Worksheet, layout: &TableLayout) -> Result<(), Error> {
    let format = style::head(layout.size);
    let (top, bottom) = (layout.top, layout.head_bottom());
    // The upper row first: a sheet that is not held in memory takes its rows in order.
    for (over, first, last) in layout::over_spans(&layout.table) {
        let (from, to) = (layout.grid.first(first as u16), layout.grid.last(last as u16));
        match over {
            Some(over) => blocks::merged(sheet, (top, from), (top, to), &text::clean(over), &format)?,
            None => {
                let title = layout.table.columns.get(first).map_or("", |column| &column.title);
                blocks::merged(sheet, (top, from), (bottom, to), &text::clean(title), &format)?;
            }
        }
    }
    for (column, c) in (0..).zip(&layout.table.columns).filter(|(_, c)| c.over.is_some()) {
        let (from, to) = (layout.grid.first(column), layout.grid.last(column));
        blocks::merged(sheet, (bottom, from), (bottom, to), &text::clean(&c.title), &format)?;
    }
    Ok(())
}

/// The formula of a cell and the result written beside it.
///
/// A program that does not recalculate shows the result, so it must be what the formula gives. A lacking figure is the
/// formula's empty text, or its reason where the formula says it. Results such as `1.1` or `TRUE` meant as words would
/// be stored as a number or a logical value; such a cell holds the words alone.
pub(super) fn computed(cell: &Cell) -> Option<(&Formula, String)> {
    let formula = cell.formula.as_ref()?;
    let result = match &cell.value {
        Shown::Missing(why) if !formula::may_say(formula, why) => String::new(),
        value => blocks::result(value),
    };
    if !matches!(cell.value, Shown::Text(_) | Shown::Missing(_)) {
        return Some((formula, result));
    }
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
        report::verdicts_judged().map(|(words, tone)| (words.to_owned(), tone)).to_vec();
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
        .set_rule(format!("=AND(LEN({start})>0,NOT(ISNUMBER({start})))").as_str())
        .set_format(style::toned(Format::new(), Tone::Open))
        .set_multi_range(&areas);
    sheet.add_conditional_format(start.row, start.column, start.row, start.column, &open).map_err(fault)?;
    Ok(())
}

/// The number format of each column's typed figures.
fn usual_numbers(layout: &TableLayout) -> Vec<Option<String>> {
    let columns = 0..layout.table.columns.len();
    let of_column = |column: usize| {
        let cells = layout.rows().iter().filter_map(|row| row.cells.get(column));
        let mut typed = cells.filter(|cell| cell.formula.is_none() && style::is_figure(&cell.value));
        typed.find_map(|cell| style::number_format(&cell.value, true))
    };
    columns.map(of_column).collect()
}

/// Lets the cells that others judge change their colour with those.
fn judge(
    sheet: &mut Worksheet,
    layout: &TableLayout,
    here: usize,
    addresses: &Addresses,
) -> Result<(), Error> {
    let mut judges: Vec<(&JudgedBy, Vec<CellAddress>)> = Vec::new();
    let mut places: HashMap<&JudgedBy, usize> = HashMap::new();
    for (i, row) in layout.rows().iter().enumerate() {
        for (j, cell) in row.cells.iter().enumerate() {
            let Some(judge) = cell.judged.as_deref() else { continue };
            let at = *places.entry(judge).or_insert(judges.len());
            match judges.get_mut(at) {
                Some((_, cells)) => cells.push(layout.address(i, j)),
                None => judges.push((judge, vec![layout.address(i, j)])),
            }
        }
    }
    for (judge, cells) in &judges {
        let Some(first) = cells.first() else { continue };
        let reference = |cell: &CellRef| -> Result<Reference, Error> {
            let (sheet, address, _) = addresses.cell(cell)?;
            Ok(addresses.reference(here, sheet, Reference::to_cell(address).absolute()))
        };
        let rules = match judge {
            JudgedBy::Target(target, missed) => {
                let (target, missed) = (reference(target)?, formula::infix(*missed).sign());
                let missed = format!("=AND(ISNUMBER({first}),ISNUMBER({target}),{first}{missed}{target})");
                vec![(missed, Tone::Bad)]
            }
            JudgedBy::Zero => vec![(format!("=AND(ISNUMBER({first}),{first}>0)"), Tone::Bad)],
            JudgedBy::Verdict(verdict) => {
                let verdict = reference(verdict)?;
                let said = |words: &str, tone| (format!("={verdict}=\"{words}\""), tone);
                let judged = report::verdicts_judged().into_iter().chain([report::verdict_open()]);
                judged.map(|(words, tone)| said(words, tone)).collect()
            }
        };
        let areas: Vec<String> = runs(cells);
        for (rule, tone) in rules {
            let rule = ConditionalFormatFormula::new()
                .set_rule(rule.as_str())
                .set_format(style::toned(Format::new(), tone))
                .set_multi_range(areas.join(" "));
            let (row, column) = (first.row, first.column);
            sheet.add_conditional_format(row, column, row, column, &rule).map_err(fault)?;
        }
    }
    Ok(())
}

/// Cells one below the other as ranges.
fn runs(cells: &[CellAddress]) -> Vec<String> {
    let mut sorted = cells.to_vec();
    sorted.sort_by_key(|cell| (cell.column, cell.row));
    let mut runs: Vec<(CellAddress, CellAddress)> = Vec::new();
    for cell in sorted {
        match runs.last_mut() {
            Some((_, last)) if last.column == cell.column && last.row + 1 == cell.row => *last = cell,
            _ => runs.push((cell, cell)),
        }
    }
    runs.into_iter().map(|(first, last)| format!("{first}:{last}")).collect()
}
