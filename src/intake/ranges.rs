//! Excel 97–2003 and OpenDocument: calamine reads them whole; here their ranges become cells.

use super::book::{self, Book, Budget, Contents};
use super::container::Told;
use super::links::Links;
use super::number_format::NumberFormat;
use super::ods_formats;
use super::raw::{Hidden, RawValue};
use super::spans::Spans;
use super::unreadable::Unreadable;
use super::xls_formats::Formats;
use super::{mend, spans, value};
use crate::domain::CellAddress;
use calamine::{Data, Ods, OdsError, Reader, Sheet, WorkbookProperties, Xls, XlsError, XlsOptions};
use std::cell::OnceCell;
use std::io::{Cursor, Read, Seek};
use std::marker::PhantomData;
use std::rc::Rc;

/// An open .xls or .ods.
pub(super) struct RangeBook<'a, R, RS> {
    book: R,
    properties: WorkbookProperties,
    sheets: Vec<Sheet>,
    names: Vec<(String, String)>,
    /// Whether a formula without a value was calculated nevertheless, to an empty text.
    always_calculated: bool,
    merged: Merged<'a, R>,
    hidden: HiddenOf<'a>,
    /// What formulas take from other workbooks, where the reader does not tell.
    links: Links,
    /// The number formats of cells, which the reader does not tell.
    formats: Formats,
    epoch_1904: bool,
    source: PhantomData<RS>,
}

/// How the merged ranges of a sheet are had.
type Merged<'a, R> = Box<dyn Fn(&R, &str) -> Vec<(CellAddress, CellAddress)> + 'a>;
/// How what is hidden of a sheet is had.
type HiddenOf<'a> = Box<dyn Fn(&str) -> Hidden + 'a>;

/// Opens an .xls of which this is known.
///
/// # Errors
/// Encrypted, or damaged.
pub(super) fn open_xls(bytes: &[u8], told: Told) -> Result<impl Book + '_, Unreadable> {
    let book: Result<Xls<_>, _> = Xls::new(Cursor::new(bytes)).or_else(|error| match error {
        XlsError::Password => Err(error),
        // A code page the library does not know costs it the file; since Excel 97 no text depends on one.
        _ => Xls::new_with_options(Cursor::new(bytes), in_western_code_page()),
    });
    let mut book = book.map_err(|error| match error {
        XlsError::Password => Unreadable::encrypted(),
        _ => Unreadable::damaged("nội dung của tệp .xls bị cắt cụt hoặc sai cấu trúc"),
    })?;
    let properties = book.workbook_properties().unwrap_or_default();
    let merged = |book: &Xls<_>, sheet: &str| {
        book.merge_cells_by_sheet_name(sheet).map(book::ranges).unwrap_or_default()
    };
    let epoch_1904 = book.has_1904_epoch();
    let Told { links, formats, hidden, .. } = told;
    let names: Vec<String> = book.sheets_metadata().iter().map(|sheet| sheet.name.clone()).collect();
    let hidden = move |sheet: &str| {
        let place = names.iter().position(|name| name == sheet);
        place.and_then(|place| hidden.get(place)).cloned().unwrap_or_default()
    };
    let book = RangeBook::new(book, properties, false, Box::new(merged), Box::new(hidden));
    Ok(RangeBook { links, formats, epoch_1904, ..book })
}

fn in_western_code_page() -> XlsOptions {
    let mut options = XlsOptions::default();
    options.force_codepage = Some(1252);
    options
}

/// Opens an .ods.
///
/// # Errors
/// Encrypted, or damaged.
pub(super) fn open_ods(bytes: &[u8]) -> Result<Box<dyn Book + '_>, Unreadable> {
    let refuse = |error| match error {
        OdsError::Password => Unreadable::encrypted(),
        _ => Unreadable::damaged("nội dung của tệp .ods sai cấu trúc"),
    };
    match Ods::new(Cursor::new(bytes)) {
        Ok(book) => Ok(of_ods(book, bytes)),
        // Indented XML, as some programs write it, stops the reader at the first line break between two rows.
        Err(error @ OdsError::Mismatch { .. }) => match mend::spreadsheet(bytes) {
            Some(mended) => Ok(of_ods(Ods::new(Cursor::new(mended)).map_err(refuse)?, bytes)),
            None => Err(refuse(error)),
        },
        Err(error) => Err(refuse(error)),
    }
}

fn of_ods<'a, RS: Read + Seek + 'a>(book: Ods<RS>, bytes: &'a [u8]) -> Box<dyn Book + 'a> {
    let properties = book.workbook_properties().unwrap_or_default();
    // These programs calculate whatever they open, and write a formula that gave "" without a value.
    let calculates =
        |name: &String| ["LibreOffice", "OpenOffice", "Collabora"].iter().any(|own| name.contains(own));
    let always_calculated = properties.application.as_ref().is_some_and(calculates);
    let spans: Rc<OnceCell<Spans>> = Rc::default();
    let of_merged = Rc::clone(&spans);
    let merged = move |_: &Ods<RS>, sheet: &str| {
        let of_sheet = of_merged.get_or_init(|| spans::of(bytes)).get(sheet);
        of_sheet.map(|spans| spans.merged.clone()).unwrap_or_default()
    };
    let hidden = move |sheet: &str| {
        let of_sheet = spans.get_or_init(|| spans::of(bytes)).get(sheet);
        of_sheet.map(|spans| spans.hidden.clone()).unwrap_or_default()
    };
    // gnumeric makes `#,##0` of `#,##0.######`.
    let loses_decimals =
        properties.application.as_ref().is_some_and(|name| name.to_ascii_lowercase().contains("gnumeric"));
    let (formats, epoch_1904) = ods_formats::of(bytes, book.sheets_metadata(), loses_decimals);
    let book = RangeBook::new(book, properties, always_calculated, Box::new(merged), Box::new(hidden));
    Box::new(RangeBook { formats, epoch_1904, ..book })
}

impl<'a, R: Reader<RS>, RS: Read + Seek> RangeBook<'a, R, RS> {
    fn new(
        book: R,
        properties: WorkbookProperties,
        always_calculated: bool,
        merged: Merged<'a, R>,
        hidden: HiddenOf<'a>,
    ) -> Self {
        let (sheets, names) = (book.sheets_metadata().to_vec(), book.defined_names().to_vec());
        RangeBook {
            book,
            properties,
            sheets,
            names,
            always_calculated,
            merged,
            hidden,
            links: Links::default(),
            formats: Formats::default(),
            epoch_1904: false,
            source: PhantomData,
        }
    }
}

impl<R: Reader<RS>, RS: Read + Seek> Book for RangeBook<'_, R, RS> {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn names(&self) -> &[(String, String)] {
        &self.names
    }

    fn properties(&mut self) -> WorkbookProperties {
        self.properties.clone()
    }

    fn read(&mut self, sheet: &str, budget: &mut Budget) -> Contents {
        let (Ok(values), Ok(formulas)) =
            (self.book.worksheet_range(sheet), self.book.worksheet_formula(sheet))
        else {
            return Contents::none("không đọc được nội dung trang tính");
        };
        let mut contents = Contents::default();
        let place_of_sheet = self.sheets.iter().position(|of| of.name == sheet).unwrap_or_default();
        let written = |place: (u32, u32), text: &String| match self.links.book(place_of_sheet, place) {
            Some(book) => format!("[{book}]…!…"),
            None => as_written(text),
        };
        // Positions inside a range count from its first filled cell.
        let (top, left) = values.start().unwrap_or_default();
        for (row, column, data) in values.used_cells() {
            let place = (top + row as u32, left + column as u32);
            let formula =
                formulas.get_value(place).filter(|text| !text.is_empty()).map(|text| written(place, text));
            let format = self.formats.of_cell(place_of_sheet, place);
            let value = value::of(data.clone()).map(|value| not_by_mistake(value, format));
            let format = format.and_then(Option::as_ref);
            if !contents.keep(place, value, formula, format, budget) {
                return contents;
            }
        }
        if self.always_calculated {
            return contents;
        }
        let (top, left) = formulas.start().unwrap_or_default();
        for (row, column, text) in formulas.used_cells() {
            let place = (top + row as u32, left + column as u32);
            let blank = values.get_value(place).is_none_or(|data| *data == Data::Empty);
            if blank
                && !contents.keep(
                    place,
                    Some(RawValue::NotCalculated),
                    Some(written(place, text)),
                    None,
                    budget,
                )
            {
                return contents;
            }
        }
        contents
    }

    fn epoch_1904(&self) -> bool {
        self.epoch_1904
    }

    fn merged(&mut self, sheet: &str) -> Vec<(CellAddress, CellAddress)> {
        (self.merged)(&self.book, sheet)
    }

    fn hidden(&mut self, sheet: &str) -> Hidden {
        (self.hidden)(sheet)
    }
}

/// The number again where the reader takes a format of numbers for one of days: gnumeric writes its own formats into an
/// .xls under numbers that are days in East Asia.
fn not_by_mistake(value: RawValue, format: Option<&Option<NumberFormat>>) -> RawValue {
    match (value, format) {
        (RawValue::Date { serial: Some(serial), .. }, Some(format))
            if !format.as_ref().is_some_and(NumberFormat::is_date) =>
        {
            RawValue::Number(serial)
        }
        (value, _) => value,
    }
}

/// The formula's text without the prefix of OpenDocument; the reader's own complaint becomes ours.
fn as_written(formula: &str) -> String {
    if formula.starts_with("Unrecognised formula") {
        return "(công thức không đọc được)".to_owned();
    }
    let text =
        ["of:", "oooc:", "msoxl:"].iter().find_map(|prefix| formula.strip_prefix(prefix)).unwrap_or(formula);
    text.strip_prefix('=').unwrap_or(text).to_owned()
}
