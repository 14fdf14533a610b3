//! The provincial workbook: every section that names a sheet becomes a worksheet.
//!
//! Two steps, as with a page: `place` decides where every block stands and so which address every cell of every table
//! has; then the blocks are written, and formulas, which name table, row and column, become addresses. Formulas may
//! point to other sheets, so nothing can be written before everything has its place.

mod bar;
mod blocks;
mod chart;
mod copies;
mod findings;
mod formula;
mod grid;
mod layout;
mod link;
mod page;
mod paint;
mod place;
mod room;
mod style;
mod table;
mod watch;

use crate::domain::cell::MOST_ROWS;
use crate::error::Error;
use crate::report::model::Report;
use formula::Addresses;
use layout::{Item, SheetLayout};
use link::Links;
pub use link::SourceLinks;
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};
pub use sheet::book::Spill;
use sheet::{book, text};
use std::io::Write;
use std::path::Path;
use style::Styles;

/// UTF-16 units a property of a workbook may have.
const MOST_IN_PROPERTY: usize = 255;

/// Writes the workbook of a report: one worksheet for every section with a sheet name, in order, formulas live and with
/// their results beside them. The same report gives the same bytes.
///
/// # Errors
/// [`Error::Internal`] when the report contradicts itself: a formula or a chart names a table, row or column that the
/// workbook lacks, a table id occurs twice, a row has not one cell a column, or no section names a sheet.
pub fn write(report: &Report) -> Result<Vec<u8>, Error> {
    write_with_links(report, &SourceLinks::new())
}

/// As [`write()`], with links to the files the figures come from.
///
/// # Errors
/// As [`write()`].
pub fn write_with_links(report: &Report, sources: &SourceLinks) -> Result<Vec<u8>, Error> {
    let mut workbook = Workbook::new();
    fill(&mut workbook, report, sources, None)?;
    book::bytes(&mut workbook).map_err(fault)
}

/// As [`write()`], into a file, with links to the files the figures come from; with `spill`, long sheets are not held in
/// memory. The path is where the file will stand, for messages.
///
/// # Errors
/// As [`write()`]; [`Error::Io`] when the file or the folder to spill into cannot be written.
///
/// # Panics
/// When the disk to spill into is full: the library that writes has no other way to say so. Whoever has to tell a full disk
/// from a fault keeps the workbook: [`Unsaved::write_linked`].
pub fn write_linked(
    report: &Report,
    sources: &SourceLinks,
    spill: Option<Spill<'_>>,
    file: &mut (dyn Write + Send),
    path: &Path,
) -> Result<(), Error> {
    Unsaved::default().write_linked(report, sources, spill, file, path)
}

/// A workbook that outlives its writing: as long as it is there, what it spilt takes its room on the disk.
#[derive(Default)]
pub struct Unsaved(Workbook);

impl Unsaved {
    /// As [`write_linked()`].
    ///
    /// # Errors
    /// As [`write_linked()`].
    ///
    /// # Panics
    /// As [`write_linked()`].
    pub fn write_linked(
        &mut self,
        report: &Report,
        sources: &SourceLinks,
        spill: Option<Spill<'_>>,
        file: &mut (dyn Write + Send),
        path: &Path,
    ) -> Result<(), Error> {
        let not_saved = |source| Error::Io { doing: "ghi", path: path.to_owned(), source };
        fill(&mut self.0, report, sources, spill)?;
        book::save(&mut self.0, file).map_err(|error| match error {
            XlsxError::IoError(source) => not_saved(source),
            XlsxError::ZipError(source) => not_saved(source.into()),
            other => fault(other),
        })
    }
}

/// Writes the report into a new workbook, to be saved.
fn fill(
    workbook: &mut Workbook,
    report: &Report,
    sources: &SourceLinks,
    spill: Option<Spill<'_>>,
) -> Result<(), Error> {
    let sheets = place::lay_out(report, MOST_ROWS)?;
    if sheets.is_empty() {
        return Err(Error::Internal("báo cáo không có trang tính nào để ghi".to_owned()));
    }
    let addresses = Addresses::new(&sheets)?;

    workbook.set_properties(&properties(report));
    // Set before any sheet exists, so that cells typed later by hand also stand in Times New Roman.
    workbook.set_default_format(&sheet::style::letters(style::TABLE_SIZE), 20, 64).map_err(fault)?;
    let mut held = 0;
    for (index, sheet) in sheets.iter().enumerate() {
        let cells = sheet.heights.len() * sheet.widths.len();
        let worksheet = match spill.filter(|_| sheet.is_in_order()) {
            Some(spill) => spill
                .add_worksheet(workbook, cells, &mut held)
                .map_err(|error| not_spilt(error, spill.folder))?,
            None => {
                held += cells;
                workbook.add_worksheet()
            }
        };
        worksheet.set_name(&sheet.name).map_err(fault)?;
        if index == 0 {
            worksheet.set_active(true);
        }
        write_sheet(worksheet, sheet, index, &addresses, sources)?;
        page::set_up(worksheet, sheet, &report.letter)?;
    }
    let watch = addresses.watch();
    if watch.is_needed() {
        let cells = sheets.iter().map(|sheet| sheet.heights.len() * sheet.widths.len()).sum();
        let worksheet = match spill {
            Some(spill) => spill
                .add_worksheet(workbook, cells, &mut held)
                .map_err(|error| not_spilt(error, spill.folder))?,
            None => workbook.add_worksheet(),
        };
        worksheet.set_name(watch.name()).map_err(fault)?;
        copies::write(watch, worksheet, &sheets, &addresses)?;
        worksheet.set_very_hidden(true);
        sheet::put::protect(worksheet);
    }
    Ok(())
}

fn write_sheet(
    worksheet: &mut Worksheet,
    sheet: &SheetLayout,
    index: usize,
    addresses: &Addresses,
    sources: &SourceLinks,
) -> Result<(), Error> {
    let mut links = Links::new(sources);
    let mut styles = Styles::default();
    // An empty text given as a formula's result would otherwise be stored as 0.
    worksheet.set_formula_result_default("");
    for (column, width) in (0..).zip(sheet.grid.widths(&sheet.widths)) {
        worksheet.set_column_width_pixels(column, width).map_err(fault)?;
    }
    for table in sheet.tables() {
        for (at, _) in (0..).zip(&table.table.columns).filter(|(_, column)| column.is_hidden) {
            worksheet.set_column_hidden(sheet.grid.first(at)).map_err(fault)?;
        }
    }
    worksheet.set_tab_color(style::tab(sheet.tab.group));
    // Rows of the usual height need no entry of their own: there may be a million.
    let usual = sheet.usual_height();
    worksheet.set_default_row_height(usual);
    for (row, height) in (0..).zip(&sheet.heights).filter(|(_, height)| **height != usual) {
        worksheet.set_row_height(row, *height).map_err(fault)?;
    }
    // Before the tables' own rules, so that no other colour hides it.
    copies::paint(addresses.watch(), worksheet, index)?;
    for placed in &sheet.items {
        match &placed.item {
            Item::Text { kind, lines } => blocks::words(worksheet, sheet, placed.top, *kind, lines)?,
            Item::Subtitle(subtitle) => {
                blocks::subtitle(worksheet, sheet, placed.top, subtitle, index, addresses, &mut links)?;
            }
            Item::Lines(lines) => blocks::lines(worksheet, placed.top, lines)?,
            Item::Cards(cards) => blocks::cards(worksheet, placed.top, cards, index, addresses)?,
            Item::Table(table) => table::write(worksheet, &mut styles, table, index, addresses, &mut links)?,
            Item::Chart(chart) => chart::write(worksheet, &mut styles, sheet, index, chart, addresses)?,
        }
    }
    Ok(())
}

fn properties(report: &Report) -> DocProperties {
    let letter = &report.letter;
    let short = |words: &str| text::cut(&text::clean(words), MOST_IN_PROPERTY);
    let issuer = short(&letter.issuer);
    book::properties(short(&letter.title().full), &issuer, letter.as_of).set_company(&issuer)
}

/// Why nothing can be written into the folder.
fn not_spilt(error: XlsxError, folder: &Path) -> Error {
    match error {
        XlsxError::IoError(source) => Error::Io { doing: "ghi", path: folder.to_owned(), source },
        other => fault(other),
    }
}

/// A refusal of the writing library is a fault of this program: sender's data cannot cause one.
fn fault(error: XlsxError) -> Error {
    Error::Internal(format!("không dựng được sổ Excel ({error})"))
}
