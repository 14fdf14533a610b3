//! The provincial workbook: every section that names a sheet becomes a worksheet.
//!
//! Two steps, as with a page: `place` decides where every block stands and so which address every cell of every table
//! has; then the blocks are written, and formulas, which name table, row and column, become addresses. Formulas may
//! point to other sheets, so nothing can be written before everything has its place.

mod blocks;
mod chart;
mod findings;
mod formula;
mod link;
mod measure;
mod page;
mod place;
mod plan;
mod room;
mod style;
mod table;
mod text;

use crate::domain::cell::MOST_ROWS;
use crate::error::Error;
use crate::report::model::Report;
use formula::Addresses;
use link::Links;
pub use link::SourceLinks;
use plan::{Item, SheetPlan};
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};
use style::Styles;

/// A table of records on a sheet with more rows is not held in memory: its rows pass through an unnamed temporary file.
const HELD: usize = 20_000;

/// Writes the workbook of a report: one worksheet for every section with a sheet name, in order, formulas live and with
/// their results beside them. The same report gives the same bytes.
///
/// # Errors
/// [`Error::Internal`] when the report contradicts itself: a formula or a chart names a table, row or column that the
/// workbook lacks, a table id occurs twice, a row has not one cell a column, or no section names a sheet.
pub fn write(report: &Report) -> Result<Vec<u8>, Error> {
    write_within(report, &SourceLinks::new(), MOST_ROWS)
}

/// As [`write()`], with links to the files the figures come from.
///
/// # Errors
/// As [`write()`].
pub fn write_linked(report: &Report, sources: &SourceLinks) -> Result<Vec<u8>, Error> {
    write_within(report, sources, MOST_ROWS)
}

/// As [`write()`], with a limit of rows a sheet.
fn write_within(report: &Report, sources: &SourceLinks, most_rows: u32) -> Result<Vec<u8>, Error> {
    let sheets = place::plan(report, most_rows)?;
    if sheets.is_empty() {
        return Err(Error::Internal("báo cáo không có trang tính nào để ghi".to_owned()));
    }
    let addresses = Addresses::of(&sheets)?;

    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(report)?);
    // Set before any sheet exists, so that cells typed later by hand also stand in Times New Roman.
    workbook.set_default_format(&style::base(style::TABLE_SIZE), 20, 64).map_err(fault)?;
    for (index, sheet) in sheets.iter().enumerate() {
        let worksheet =
            match sheet.heights.len() > HELD && sheet.tables().any(|table| table.records.is_some()) {
                true => workbook.add_worksheet_with_constant_memory().map_err(fault)?,
                false => workbook.add_worksheet(),
            };
        worksheet.set_name(&sheet.name).map_err(fault)?;
        if index == 0 {
            worksheet.set_active(true);
        }
        write_sheet(worksheet, sheet, index, &addresses, sources)?;
        page::set_up(worksheet, sheet, &report.letter)?;
    }
    workbook.save_to_buffer().map_err(fault)
}

fn write_sheet(
    worksheet: &mut Worksheet,
    sheet: &SheetPlan,
    index: usize,
    addresses: &Addresses,
    sources: &SourceLinks,
) -> Result<(), Error> {
    let mut links = Links::new(sources);
    let mut styles = Styles::default();
    // An empty text given as a formula's result would otherwise be stored as 0.
    worksheet.set_formula_result_default("");
    for (column, width) in (0..).zip(&sheet.widths) {
        worksheet.set_column_width_pixels(column, *width).map_err(fault)?;
    }
    // Rows of the usual height need no entry of their own: there may be a million.
    let usual = sheet.usual_height();
    worksheet.set_default_row_height(usual);
    for (row, height) in (0..).zip(&sheet.heights).filter(|(_, height)| **height != usual) {
        worksheet.set_row_height(row, *height).map_err(fault)?;
    }
    for placed in &sheet.items {
        match &placed.item {
            Item::Words { kind, lines } => blocks::words(worksheet, sheet, placed.top, *kind, lines)?,
            Item::Cards(cards) => blocks::cards(worksheet, sheet, placed.top, cards)?,
            Item::Table(table) => table::write(worksheet, &mut styles, table, index, addresses, &mut links)?,
            Item::Chart(chart) => chart::write(worksheet, &mut styles, sheet, index, chart, addresses)?,
        }
    }
    Ok(())
}

fn properties(report: &Report) -> Result<DocProperties, Error> {
    let letter = &report.letter;
    let midnight = letter
        .date
        .and_hms_opt(0, 0, 0)
        .ok_or_else(|| Error::Internal("ngày báo cáo không hợp lệ".to_owned()))?;
    let issuer = text::cut(&text::clean(&letter.issuer), 255);
    // The clock is no input: two runs over the same report must give the same bytes.
    Ok(DocProperties::new()
        .set_title(text::cut(&text::clean(&format!("{} {}", letter.kind, letter.subject)), 255))
        .set_author(&issuer)
        .set_company(&issuer)
        .set_creation_datetime(&midnight))
}

/// A refusal of the writing library is a fault of this program: sender's data cannot cause one.
fn fault(error: XlsxError) -> Error {
    Error::Internal(format!("không dựng được sổ Excel ({error})"))
}
