//! What a workbook held, in our own words: the last sight of calamine's types is on the other side of this file.

use super::moment::{Moment, Receipt};
use crate::domain::{CellAddress, FieldId};
use chrono::NaiveDate;
use ecow::EcoString;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Format of a file by its content, never by its extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileFormat {
    /// Office Open XML workbook.
    Xlsx,
    /// Excel 97–2003.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
}

/// The template's identity as the file gives it: from the sheet `_xhht`, else from the custom properties.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Plan id.
    pub plan: Option<String>,
    /// Plan version.
    pub plan_version: Option<String>,
    /// Report year as text.
    pub year: Option<String>,
    /// Unit code.
    pub unit: Option<String>,
}

/// Where a field stands, as the file itself says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The field.
    pub field: FieldId,
    /// Sheet name in this file.
    pub sheet: EcoString,
    /// Cell.
    pub cell: CellAddress,
}

/// The raw content of one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RawSubmission {
    /// Format by content.
    pub format: FileFormat,
    /// Program that saved it, as the file says, for example “LibreOffice/7.4…”.
    pub saved_by: Option<String>,
    /// When the file says it was last saved.
    pub modified: Option<Moment>,
    /// When the file itself was last changed, as the disk or the archive around it says; reading bytes does not tell.
    pub stored: Option<Moment>,
    /// When the mail around it came, where a mail brought it.
    pub received: Option<Receipt>,
    /// Template identity.
    pub identity: Identity,
    /// Fields by workbook-level defined names.
    pub named: Vec<Placed>,
    /// Fields by the table on the sheet `_xhht`.
    pub table: Vec<Placed>,
    /// Names of all sheets, in order.
    pub sheet_names: Vec<String>,
    /// Whether the workbook counts its days from 1904.
    pub epoch_1904: bool,
    /// The sheets that were read.
    pub sheets: Vec<RawSheet>,
    /// Wanted sheets that could not be read, or not to their end: name and reason in Vietnamese. What was read of
    /// such a sheet stands in `sheets`.
    pub skipped: Vec<(String, String)>,
    /// The same of worksheets that nobody asked for.
    #[serde(default)]
    pub skipped_besides: Vec<(String, String)>,
}

/// One sheet that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RawSheet {
    /// Name in this file.
    pub name: EcoString,
    /// Whether the plan, the table or a defined name asks for it; any other may hold what was moved or copied there.
    pub asked: bool,
    /// Whether the sender sees it.
    pub visible: bool,
    /// What the sender does not see of it.
    pub hidden: Hidden,
    /// The cells that hold something.
    #[serde(with = "as_pairs")]
    pub cells: BTreeMap<CellAddress, RawCell>,
    /// Merged ranges, first and last cell.
    pub merged: Vec<(CellAddress, CellAddress)>,
}

/// What is hidden of a sheet, as far as the format tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    /// Rows, first and last, counted from 0.
    pub rows: Vec<(u32, u32)>,
    /// Columns, first and last, counted from 0.
    pub columns: Vec<(u16, u16)>,
    /// Whether a filter is at work.
    pub filtered: bool,
}

/// A cell that holds something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RawCell {
    /// Its value.
    pub value: RawValue,
    /// Its formula, when it has one and the format tells.
    pub formula: Option<String>,
    /// What the sender saw, where the cell's number format shows something else than the number stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Box<Shown>>,
}

/// What a spreadsheet program shows of a number that its format scales, rounds, hides or puts words to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// As it stands in the cell, with the signs of Vietnam: “100%”, “1.263”, “452 triệu”; nothing when it is hidden.
    pub text: String,
    /// The same without marks between thousands, as it could have been typed.
    pub plain: String,
    /// Whether it is shown as a percentage: a hundred times what is stored.
    pub percent: bool,
}

/// A raw value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RawValue {
    /// A finite number.
    Number(f64),
    /// Text as stored, without control characters other than tabs, ends of lines and those of other code pages.
    Text(String),
    /// TRUE or FALSE.
    Bool(bool),
    /// A cell formatted as a date; the serial number is kept because some programs format plain numbers so.
    Date {
        /// The moment, epoch already applied; `None` when the serial number is no date.
        when: Option<NaiveDate>,
        /// The number underneath, when there is one.
        serial: Option<f64>,
    },
    /// An error value such as `#REF!`.
    Error(String),
    /// A formula that no program has calculated yet.
    NotCalculated,
}

impl RawCell {
    /// A cell that shows its value as it is, without a formula.
    pub fn of(value: RawValue) -> Self {
        RawCell { value, formula: None, shown: None }
    }
}

impl RawSubmission {
    /// The sheet of that name, if it was read.
    pub fn sheet(&self, name: &str) -> Option<&RawSheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}

/// Cells as a list of pairs: an address is no key of a JSON object.
mod as_pairs {
    use super::{BTreeMap, CellAddress, Deserialize, RawCell};
    use serde::{Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(
        cells: &BTreeMap<CellAddress, RawCell>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(cells)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<BTreeMap<CellAddress, RawCell>, D::Error> {
        Ok(Vec::<(CellAddress, RawCell)>::deserialize(from)?.into_iter().collect())
    }
}
