//! Office Open XML: cells are streamed, never unfolded into a range, and one odd cell does not cost its sheet.

use super::book::{Book, Budget, Contents};
use super::mend::targets::Links;
use super::number_format::NumberFormat;
use super::package::Looks;
use super::raw::{Hidden, RawValue};
use super::unreadable::Unreadable;
use super::worksheet::{Look, Styles};
use super::{mend, value};
use crate::domain::CellAddress;
use calamine::{
    Data, Reader, Sheet, WorkbookProperties, Xlsx, XlsxCellReader, XlsxError, XlsxFormulaMetadata,
    expand_shared_formula,
};
use std::collections::HashMap;
use std::io::{Cursor, Read, Seek};

/// Most odd cells stepped over in a sheet before it is given up.
const MOST_ODD: usize = 1_000;

/// What is told of a sheet whose number formats are not known.
pub(super) const WITHOUT_FORMATS: &str = "phần định dạng của tệp bị hỏng nên không biết số nào hiện dạng tỷ lệ, ngày hay rút gọn; số liệu lấy như lưu trong ô";

/// An open .xlsx.
pub(super) struct XlsxBook<'a> {
    bytes: &'a [u8],
    book: Xlsx<Cursor<&'a [u8]>>,
    sheets: Vec<Sheet>,
    names: Vec<(String, String)>,
    /// The same workbook with odd cells mended; made when first needed.
    mended: Option<Option<Xlsx<Cursor<Vec<u8>>>>>,
    /// What was seen of its sheets.
    looks: &'a Looks,
}

/// Opens the package.
///
/// # Errors
/// Encrypted, or the workbook part, its relationships, styles or shared strings cannot be read.
pub(super) fn open<'a>(bytes: &'a [u8], looks: &'a Looks) -> Result<XlsxBook<'a>, Unreadable> {
    let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Unreadable::encrypted(),
        error => Unreadable::damaged(&explain(&error)),
    })?;
    let (sheets, names) = (book.sheets_metadata().to_vec(), book.defined_names().to_vec());
    Ok(XlsxBook { bytes, book, sheets, names, mended: None, looks })
}

impl<'a> XlsxBook<'a> {
    /// What was seen of a sheet. The library lists the sheets in the order of the workbook, as those who looked did.
    fn look(&self, sheet: &str) -> Option<&'a Look> {
        let place = self.sheets.iter().position(|known| known.name == sheet)?;
        self.looks.get(place).filter(|_| self.looks.len() == self.sheets.len())
    }
}

impl Book for XlsxBook<'_> {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn names(&self) -> &[(String, String)] {
        &self.names
    }

    fn properties(&mut self) -> WorkbookProperties {
        self.book.workbook_properties().unwrap_or_default()
    }

    fn read(&mut self, sheet: &str, budget: &mut Budget) -> Contents {
        let styles = self.look(sheet).map(|look| &look.styles);
        let mut first = stream(&mut self.book, sheet, styles, budget);
        if styles.is_none() {
            first.contents.trouble.get_or_insert_with(|| WITHOUT_FORMATS.to_owned());
        }
        if !first.odd {
            return first.contents;
        }
        let bytes = self.bytes;
        let mended = self
            .mended
            .get_or_insert_with(|| Xlsx::new(Cursor::new(mend::package(bytes, &Links::default())?)).ok());
        let Some(book) = mended else { return first.contents };
        let second = stream(book, sheet, styles, budget);
        if second.contents.cells.len() >= first.contents.cells.len() {
            second.contents
        } else {
            first.contents
        }
    }

    fn epoch_1904(&self) -> bool {
        self.book.has_1904_epoch()
    }

    fn merged(&mut self, sheet: &str) -> Vec<(CellAddress, CellAddress)> {
        self.look(sheet).map(|look| look.merged.clone()).unwrap_or_default()
    }

    fn hidden(&mut self, sheet: &str) -> Hidden {
        self.look(sheet).map(|look| look.hidden.clone()).unwrap_or_default()
    }
}

/// The number formats of a workbook's styles, the first for cells without one.
fn formats<RS: Read + Seek>(reader: &XlsxCellReader<'_, RS>) -> Vec<Option<NumberFormat>> {
    let codes = reader.styles().iter().map(|style| style.number_format.as_ref());
    codes.map(|code| NumberFormat::parse(&code?.format_code)).collect()
}

struct Streamed {
    contents: Contents,
    /// Whether a mended copy may give more.
    odd: bool,
}

fn stream<RS: Read + Seek>(
    book: &mut Xlsx<RS>,
    sheet: &str,
    styles: Option<&Styles>,
    budget: &mut Budget,
) -> Streamed {
    let mut contents = Contents::default();
    let mut reader = match book.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        Err(error) => return Streamed { contents: Contents::none(explain(&error)), odd: true },
    };
    let formats = formats(&reader);
    let mut styles = styles.map(Styles::in_turn);
    // Expanding here and not in the library: it would reserve for whatever index the file claims.
    let mut shared: HashMap<usize, (String, (u32, u32))> = HashMap::new();
    let mut odd: Vec<String> = Vec::new();
    let mut last = None;
    loop {
        let cell = match reader.next_cell_with_formula_metadata() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            Err(error) => {
                odd.push(match last {
                    Some(address) => format!("sau ô {address}: {}", explain(&error)),
                    None => format!("từ ô đầu tiên: {}", explain(&error)),
                });
                if concerns_one_cell(&error) && odd.len() < MOST_ODD {
                    continue;
                }
                odd.push("phần còn lại của trang không đọc được".to_owned());
                break;
            }
        };
        let has_formula = cell.formula.is_some();
        let formula = match cell.formula {
            None => None,
            Some(XlsxFormulaMetadata::Normal { formula }) => Some(formula),
            Some(XlsxFormulaMetadata::Shared { shared_index, formula, .. }) => {
                shared.insert(shared_index, (formula.clone(), cell.pos));
                Some(formula)
            }
            Some(XlsxFormulaMetadata::SharedDerived { shared_index }) => shared
                .get(&shared_index)
                .and_then(|(formula, anchor)| expand_shared_formula(formula, *anchor, cell.pos).ok()),
            Some(_) => None,
        };
        let data = Data::from(cell.value);
        // A formula that gave an empty text has a value, the empty text; one without a value was never calculated.
        let value =
            if has_formula && data == Data::Empty { Some(RawValue::NotCalculated) } else { value::of(data) };
        let style = value.as_ref().map(|_| styles.as_mut().map_or(0, |styles| styles.of_cell(cell.pos)));
        let format = style.and_then(|style| formats.get(style as usize)?.as_ref());
        if !contents.keep(cell.pos, value, formula, format, budget) {
            return Streamed { contents, odd: false };
        }
        last = contents.cells.last_key_value().map(|(address, _)| *address);
    }
    let is_odd = !odd.is_empty();
    if is_odd {
        let shown = odd.iter().take(3).cloned().chain(contents.trouble.take()).collect::<Vec<_>>().join("; ");
        let more = odd.len().saturating_sub(3);
        contents.trouble = Some(if more > 0 { format!("{shown}; và {more} chỗ khác") } else { shown });
    }
    Streamed { contents, odd: is_odd }
}

/// Whether the reader stands behind the cell after such an error, so that the next one can be asked for.
fn concerns_one_cell(error: &XlsxError) -> bool {
    matches!(
        error,
        XlsxError::CellError(_)
            | XlsxError::Unrecognized { .. }
            | XlsxError::ParseFloat(_)
            | XlsxError::ParseInt(_)
            | XlsxError::CellTAttribute(_)
            | XlsxError::Unexpected(_)
            | XlsxError::UnexpectedNode(_)
            | XlsxError::Alphanumeric(_)
            | XlsxError::RangeWithoutColumnComponent
            | XlsxError::RangeWithoutRowComponent
            | XlsxError::ColumnNumberOverflow
            | XlsxError::RowNumberOverflow
            | XlsxError::DimensionCount(_)
    )
}

/// The library's error in the words of the people who get it.
fn explain(error: &XlsxError) -> String {
    match error {
        XlsxError::CellError(value) => format!("có ô mang giá trị lỗi lạ “{value}”"),
        XlsxError::Unrecognized { val, .. } => format!("có giá trị không hợp lệ “{val}”"),
        XlsxError::ParseFloat(_) | XlsxError::ParseInt(_) => {
            "có ô khai là số nhưng nội dung không phải là số".to_owned()
        }
        XlsxError::CellTAttribute(kind) => format!("có ô khai kiểu dữ liệu lạ “{kind}”"),
        XlsxError::Unexpected(_) | XlsxError::UnexpectedNode(_) => "có ô ghi sai cấu trúc".to_owned(),
        XlsxError::Alphanumeric(_)
        | XlsxError::RangeWithoutColumnComponent
        | XlsxError::RangeWithoutRowComponent
        | XlsxError::ColumnNumberOverflow
        | XlsxError::RowNumberOverflow
        | XlsxError::DimensionCount(_) => "có địa chỉ ô không hợp lệ".to_owned(),
        XlsxError::NotAWorksheet(_) => "không phải trang tính chứa ô".to_owned(),
        XlsxError::WorksheetNotFound(name) => format!("thiếu phần nội dung của trang “{name}”"),
        XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound => {
            "thiếu phần mô tả sổ tính bên trong tệp".to_owned()
        }
        XlsxError::Io(_) | XlsxError::Zip(_) => "gói nén bên trong bị cắt cụt hoặc sai dữ liệu".to_owned(),
        XlsxError::XmlEof(_) => "nội dung bên trong bị cắt cụt".to_owned(),
        _ => "nội dung bên trong sai cấu trúc".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::package;
    use rust_xlsxwriter::Workbook;

    #[test]
    fn a_sheet_whose_formats_are_not_known_is_told() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write_number(0, 0, 1.0).unwrap();
        let bytes = workbook.save_to_buffer().unwrap();
        let told = |looks: &Looks| {
            let mut book = open(&bytes, looks).unwrap_or_else(|why| panic!("{}", why.cause));
            let contents = book.read("Sheet1", &mut Budget::of_a_file());
            assert_eq!(contents.cells.len(), 1);
            contents.trouble
        };
        let (_, looks) = package::understood(&bytes);
        assert_eq!(told(&looks), None);
        assert_eq!(told(&Looks::new()).as_deref(), Some(WITHOUT_FORMATS));
    }
}
