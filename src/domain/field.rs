//! The name of one figure or text a form asks for.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The id of a field: segments of `a-z 0-9 _` joined by dots, for example `nltt.dat`.
///
/// A segment holds no double underscore, so that the workbook-level defined name can be turned back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldId(String);

impl FieldId {
    /// Checks the form of an id.
    ///
    /// # Errors
    /// The reason, in Vietnamese, when the text is not an id.
    pub fn parse(text: &str) -> Result<Self, String> {
        let good = |segment: &str| {
            !segment.is_empty()
                && segment.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
                && !segment.contains("__")
                && !segment.starts_with('_')
                && !segment.ends_with('_')
        };
        if text.split('.').all(good) && text.len() <= 120 {
            Ok(FieldId(text.to_owned()))
        } else {
            Err(format!(
                "“{text}” không phải mã hợp lệ: chỉ dùng a–z, 0–9, dấu gạch dưới đơn, các phần nối bằng dấu chấm"
            ))
        }
    }

    /// The id of the cell where a table's row and column meet.
    pub fn of_cell(row: &str, column: &str) -> Self {
        FieldId(format!("{row}.{column}"))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The workbook-level defined name of the field's cell: `nltt.dat` → `xhht_nltt__dat`.
    ///
    /// The prefix keeps names such as `kh2027` from being cell references.
    pub fn defined_name(&self) -> String {
        format!("{NAME_PREFIX}{}", self.0.replace('.', "__"))
    }

    /// The field a defined name stands for, if it is one of ours; letter case is the spreadsheet program's affair.
    ///
    /// ```
    /// use xhht::domain::FieldId;
    /// let id = FieldId::parse("nltt.dat").unwrap();
    /// assert_eq!(FieldId::from_defined_name(&id.defined_name().to_uppercase()), Some(id));
    /// ```
    pub fn from_defined_name(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        FieldId::parse(&lower.strip_prefix(NAME_PREFIX)?.replace("__", ".")).ok()
    }
}

const NAME_PREFIX: &str = "xhht_";

impl fmt::Display for FieldId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
