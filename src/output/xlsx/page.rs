//! How a sheet stands on screen and on paper.

use super::fault;
use super::layout::{Item, Placed, SheetLayout, TableLayout, TextKind};
use crate::error::Error;
use crate::report::model::{Align, Letter, Role};
use rust_xlsxwriter::Worksheet;
use sheet::page::{A4Page, Foot, Margins};

/// Wider than so many pixels a sheet is turned: about 105 characters.
const LANDSCAPE_OVER: u32 = 800;
/// A head lower than so many points stays out of a frozen pane, which would fill a small screen.
const FREEZE_WITHIN: f64 = 200.0;
/// Wider than so many pixels the first columns stay in sight …
const FREEZE_COLUMNS_OVER: u32 = 1_250;
/// … unless they take more than so many themselves.
const FROZEN_COLUMNS_WITHIN: u32 = 420;
/// Wider than so many pixels a sheet is printed on two pages side by side: on one it could not be read.
const SPREAD_OVER: u32 = 1_900;
/// So little over a page is squeezed onto it rather than carried to another.
const SQUEEZED: f64 = 1.2;
/// Rows that stay with the head of a table or with the heading of a group.
const FIRST_ROWS: usize = 3;
const MARGINS: Margins = Margins { left: 0.6, right: 0.5, top: 0.6, bottom: 0.7, head: 0.3, foot: 0.35 };
const POINTS_PER_PIXEL: f64 = 0.75;
const FOOT_TYPEFACE: &str = "Times New Roman,Regular";
const HEAD_TYPEFACE: &str = "Times New Roman,Bold";
/// Programs scale down to whole percents and fit a little less than computed.
const FULL: f64 = 0.96;

/// Sets paper, margins, footer, repeated rows, frozen panes.
pub(super) fn set_up(sheet: &mut Worksheet, layout: &SheetLayout, letter: &Letter) -> Result<(), Error> {
    sheet.set_screen_gridlines(false);
    let printed = layout.span(0, layout.printed.saturating_sub(1));
    let last = layout.grid.last(layout.printed.saturating_sub(1));
    if layout.repeated > 0 {
        print_spread(sheet, layout, last)?;
    } else if let Some(rows) = layout.printed_rows {
        sheet.set_print_area(0, 0, rows.saturating_sub(1), last).map_err(fault)?;
    } else if usize::from(layout.printed) < layout.widths.len() {
        sheet.set_print_area(0, 0, layout.rows().saturating_sub(1), last).map_err(fault)?;
    }

    let names = name_columns(layout, layout.tables().next().map_or(&[], |table| &table.table.columns));
    let across = if layout.repeated > 0 { 2 } else { 1 };
    let is_wide = printed > LANDSCAPE_OVER;
    let paper = if is_wide { A4Page::landscape(MARGINS) } else { A4Page::portrait(MARGINS) };
    let page = page_height(&paper, printed, across);
    let all = layout.height(0, layout.printed_rows.unwrap_or(layout.rows()));
    let down = match layout.tab.frame {
        // A form is signed on the page on which its table ends.
        Some(_) => (all / (page * SQUEEZED)).ceil().max(1.0) as u16,
        None => u16::from(across == 1 && all <= page * SQUEEZED),
    };
    let name = format!(" {}", letter.issuer);
    let after = format!(", năm {}", letter.year);
    let foot = Foot { typeface: FOOT_TYPEFACE, name: &name, after: &after };
    paper.centred().fit(across, down).foot(foot).set_up(sheet);
    let tables: Vec<_> = layout.tables().collect();
    let repeated = tables.last().filter(|_| layout.printed_rows.is_none());
    if let Some(table) = repeated.filter(|table| repeats_head(layout, table, page)) {
        sheet.set_repeat_rows(table.top, table.head_bottom()).map_err(fault)?;
    }
    if down == 0 {
        sheet.set_page_breaks(&breaks(layout, page)).map_err(fault)?;
    }
    if let [table] = tables.as_slice() {
        let above = layout.height(0, table.head_bottom() + 1);
        let row = if above <= FREEZE_WITHIN { table.head_bottom() + 1 } else { 0 };
        let column = if printed > FREEZE_COLUMNS_OVER { names } else { 0 };
        if row > 0 || column > 0 {
            sheet.set_freeze_panes(row, layout.grid.first(column)).map_err(fault)?;
        }
    }
    Ok(())
}

/// A sheet on two pages side by side: the columns that name the rows stand on both. Words that begin in them would be cut
/// off on the second page, so the title goes to the head of the pages.
fn print_spread(sheet: &mut Worksheet, layout: &SheetLayout, last: u16) -> Result<(), Error> {
    let titles = |placed: &&Placed<'_>| {
        matches!(placed.item, Item::Subtitle(_) | Item::Text { kind: TextKind::Title, .. })
    };
    let first = layout.items.iter().find(|placed| !titles(placed)).map_or(0, |placed| placed.top);
    let rows = layout.printed_rows.unwrap_or(layout.rows());
    sheet
        .set_print_area(first.min(rows.saturating_sub(1)), 0, rows.saturating_sub(1), last)
        .map_err(fault)?;
    sheet.set_repeat_columns(0, layout.grid.last(layout.repeated - 1)).map_err(fault)?;
    let mut head = String::new();
    for placed in layout.items.iter().filter(titles) {
        match &placed.item {
            Item::Text { lines, .. } => {
                head += &format!("&L&\"{HEAD_TYPEFACE}\"&12{}", lines.join(" ").replace('&', "&&"));
            }
            Item::Subtitle(subtitle) => {
                head += &format!("&R&\"{FOOT_TYPEFACE}\"&10{}", subtitle.text.replace('&', "&&"));
            }
            _ => {}
        }
    }
    sheet.set_header(head);
    Ok(())
}

/// Points of rows, as the sheet counts them, that fit on a page of a sheet scaled to the width of its pages.
fn page_height(paper: &A4Page, printed: u32, pages_across: u16) -> f64 {
    let (across, down) = paper.room();
    let width = f64::from(printed) * POINTS_PER_PIXEL;
    down * (width / across / f64::from(pages_across)).max(1.0)
}

/// Whether the last table's head is repeated on every page that follows it: it must be long enough to go on, and
/// nothing but notes may come after it, for which the head would be wrong.
fn repeats_head(layout: &SheetLayout, table: &TableLayout, page: f64) -> bool {
    let after = layout.items.iter().filter(|placed| placed.top > table.top);
    let alone = !after.clone().any(|placed| !matches!(placed.item, Item::Text { kind: TextKind::Note, .. }));
    let long = layout.height(table.top, table.address(table.shown, 0).row) > page;
    alone || long
}

/// Page breaks before what a page's end would cut in two though it fits on a page: a table with its caption and the
/// chart under it, else the table with its caption, else its head with the first rows, else the chart.
fn breaks(layout: &SheetLayout, page: f64) -> Vec<u32> {
    let room = page * FULL;
    let wholes = wholes(layout);
    // A page with nothing but the sheet's title says nothing: what comes first follows it, cut or not.
    let opening = |placed: &&Placed<'_>| {
        matches!(
            placed.item,
            Item::Subtitle(_)
                | Item::Lines(_)
                | Item::Text { kind: TextKind::Title | TextKind::FormTitle | TextKind::Legend, .. }
        )
    };
    let first = layout.items.iter().find(|placed| !opening(placed)).map(|placed| placed.top);
    let mut breaks = Vec::new();
    let mut used = 0.0;
    for (row, height) in (0..).zip(&layout.heights) {
        let fitting = wholes.iter().filter(|(from, end)| *from == row && layout.height(*from, *end) <= room);
        let needed = fitting.map(|(from, end)| layout.height(*from, *end)).fold(*height, f64::max);
        if used + needed > room && used > 0.0 && first != Some(row) {
            if needed > *height {
                breaks.push(row);
            }
            used = 0.0;
        }
        used += height;
    }
    breaks
}

/// First row and the row after the last of what is better not cut.
fn wholes(layout: &SheetLayout) -> Vec<(u32, u32)> {
    let mut wholes = Vec::new();
    let mut before: Option<(u32, u32)> = None;
    let mut caption = None;
    for placed in &layout.items {
        match &placed.item {
            Item::Text { kind: TextKind::Heading | TextKind::Subheading | TextKind::Caption, .. } => {
                caption = caption.or(Some(placed.top));
                continue;
            }
            Item::Table(table) => {
                let top = caption.unwrap_or(placed.top);
                let end = |rows: usize| table.address(rows.min(table.shown), 0).row;
                let whole = (top, end(table.shown));
                wholes.extend([(top, end(FIRST_ROWS)), whole]);
                // So is the heading of a group with the first of its rows.
                let rows = table.table.rows.iter().enumerate().take(table.shown);
                let groups = rows.filter(|(_, row)| row.role == Role::Group);
                wholes.extend(groups.map(|(at, _)| (end(at), end(at + FIRST_ROWS))));
                before = Some(whole);
            }
            Item::Chart(chart) => {
                let end = chart.top + chart.rows;
                wholes.push((chart.top, end));
                wholes.extend(before.take().map(|(from, _)| (from, end)));
            }
            Item::Lines(lines) => {
                let longest = lines.columns.iter().map(|lines| lines.len()).max().unwrap_or(0);
                wholes.push((placed.top, placed.top + longest as u32));
                before = None;
            }
            Item::Text { .. } | Item::Subtitle(_) | Item::Cards(_) => before = None,
        }
        caption = None;
    }
    wholes
}

/// How many columns name the rows, when a sheet is too wide for one page; none else.
pub(super) fn repeated(layout: &SheetLayout, columns: &[crate::report::model::Column]) -> u16 {
    let is_spread = layout.span(0, layout.printed.saturating_sub(1)) > SPREAD_OVER;
    if is_spread { name_columns(layout, columns) } else { 0 }
}

/// Columns up to the first one of words, which names the rows; none when they would fill the window.
fn name_columns(layout: &SheetLayout, columns: &[crate::report::model::Column]) -> u16 {
    let count = columns.iter().position(|column| column.align == Align::Left).map_or(0, |i| i as u16 + 1);
    if count > 0 && layout.span(0, count - 1) <= FROZEN_COLUMNS_WITHIN { count } else { 0 }
}
