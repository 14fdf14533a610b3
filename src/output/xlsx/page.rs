//! How a sheet stands on screen and on paper.

use super::plan::SheetPlan;
use super::{fault, text};
use crate::error::Error;
use crate::report::model::{Align, Letter};
use rust_xlsxwriter::Worksheet;

/// Wider than so many pixels a sheet is turned: about 105 characters.
const LANDSCAPE_OVER: u32 = 800;
/// A head lower than so many points stays out of a frozen pane, which would fill a small screen.
const FREEZE_WITHIN: f64 = 200.0;
/// Wider than so many pixels the first columns stay in sight …
const FREEZE_COLUMNS_OVER: u32 = 1_250;
/// … unless they take more than so many themselves.
const FROZEN_COLUMNS_WITHIN: u32 = 420;
const MOST_IN_FOOTER: usize = 255;
const A4: u8 = 9;

/// Sets paper, margins, footer, repeated rows, frozen panes.
pub(super) fn set_up(sheet: &mut Worksheet, plan: &SheetPlan, letter: &Letter) -> Result<(), Error> {
    sheet.set_screen_gridlines(false);
    sheet.set_paper_size(A4);
    let printed = plan.span(0, plan.printed.saturating_sub(1));
    if printed > LANDSCAPE_OVER {
        sheet.set_landscape();
    }
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_print_center_horizontally(true);
    sheet.set_margins(0.6, 0.5, 0.6, 0.7, 0.3, 0.35);
    sheet.set_footer(footer(letter));
    if usize::from(plan.printed) < plan.widths.len() {
        sheet.set_print_area(0, 0, plan.rows.saturating_sub(1), plan.printed - 1).map_err(fault)?;
    }

    let tables: Vec<_> = plan.tables().collect();
    // Repeating the head over another table that follows would mislead.
    let longest = tables.iter().max_by_key(|table| table.shown);
    if let (Some(last), Some(longest)) = (tables.last(), longest)
        && last.top == longest.top
    {
        sheet.set_repeat_rows(last.top, last.head_bottom()).map_err(fault)?;
    }
    if let [table] = tables.as_slice() {
        let above: f64 =
            plan.heights.iter().filter(|(row, _)| *row <= table.head_bottom()).map(|(_, height)| height).sum();
        let row = if above <= FREEZE_WITHIN { table.head_bottom() + 1 } else { 0 };
        let column = if printed > FREEZE_COLUMNS_OVER { name_columns(plan, &table.table.columns) } else { 0 };
        if row > 0 || column > 0 {
            sheet.set_freeze_panes(row, column).map_err(fault)?;
        }
    }
    Ok(())
}

/// Columns up to the first one of words, which names the rows; none when they would fill the window.
fn name_columns(plan: &SheetPlan, columns: &[crate::report::model::Column]) -> u16 {
    let count = columns.iter().position(|column| column.align == Align::Left).map_or(0, |i| i as u16 + 1);
    if count > 0 && plan.span(0, count - 1) <= FROZEN_COLUMNS_WITHIN { count } else { 0 }
}

/// Province and year on the left, page of pages on the right.
fn footer(letter: &Letter) -> String {
    const FACE: &str = "&\"Times New Roman,Regular\"&9";
    let right = format!("&R{FACE}Trang &P/&N");
    let room = MOST_IN_FOOTER - text::units(&right) - text::units(FACE) - 2;
    // Letters that follow a size would be read as part of it, and & starts a command: both are kept apart.
    let province = text::strip(&letter.province).replace('\n', " ");
    let mut shown = province.clone();
    loop {
        let words = format!(" {shown}, năm {}", letter.year).replace('&', "&&");
        if text::units(&words) <= room {
            return format!("&L{FACE}{words}{right}");
        }
        shown.pop();
    }
}
