//! The name of one figure or text a form asks for.

use super::{ColumnId, RowCode};
use ecow::{EcoString, eco_format};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;
use vietnamese::number::MoneyUnit;

/// The id of a field: segments of `a-z 0-9 _` joined by dots, for example `nltt.dat`.
///
/// A segment holds no double underscore, so that the workbook-level defined name can be turned back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldId(EcoString);

impl FieldId {
    /// Bytes of the longest id. A defined name of Excel takes 255, but nobody reads names that long.
    pub const LONGEST: usize = 120;

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
        if text.split('.').all(good) && text.len() <= Self::LONGEST {
            Ok(FieldId(text.into()))
        } else {
            Err(format!(
                "“{text}” không phải mã hợp lệ: chỉ dùng a–z, 0–9, dấu gạch dưới đơn, các phần nối bằng dấu chấm"
            ))
        }
    }

    /// The id of the cell where a table's row and column meet.
    pub fn new(row: &RowCode, column: &ColumnId) -> Self {
        FieldId(eco_format!("{row}.{column}"))
    }

    /// The row and the column that meet in its cell; `None` for an id of one segment, which no form has.
    pub fn row_and_column(&self) -> Option<(RowCode, ColumnId)> {
        let (row, column) = self.0.rsplit_once('.')?;
        Some((RowCode::new(row), ColumnId::new(column)))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The workbook-level defined name of the field's cell: `nltt.dat` → `xhht_nltt__dat`.
    ///
    /// The prefix keeps names such as `kh2027` from being cell references.
    pub fn defined_name(&self) -> String {
        format!("{NAME_PREFIX}{}", self.0.as_str().replace('.', "__"))
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

impl From<&FieldId> for EcoString {
    fn from(id: &FieldId) -> Self {
        id.0.clone()
    }
}

const NAME_PREFIX: &str = "xhht_";

impl fmt::Display for FieldId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// A whole number, zero or more.
    Count,
    /// A decimal number, zero or more.
    Decimal,
    /// An amount of money in this unit, zero or more. The plan says it by the unit of measure of the row or table.
    Money(MoneyUnit),
    /// A percentage in points, 0 to 100; only ever compared with the computed one.
    Percent,
    /// One of a list.
    Choice(Arc<ChoiceList>),
    /// Words.
    Text,
    /// A date.
    Date,
}

impl FieldKind {
    /// Name in the table of the sheet `_xhht`; in plan files too, where money is a decimal with a unit of money.
    pub fn name(&self) -> &'static str {
        match self {
            FieldKind::Count => "count",
            FieldKind::Decimal => "decimal",
            FieldKind::Money(_) => "money",
            FieldKind::Percent => "percent",
            FieldKind::Choice(_) => "choice",
            FieldKind::Text => "text",
            FieldKind::Date => "date",
        }
    }

    /// How a value of it is typed, as the sheet of checks and the findings tell the sender.
    pub fn how_to_type(&self) -> &'static str {
        match self {
            FieldKind::Count => "gõ số nguyên từ 0 trở lên, ví dụ 1234",
            FieldKind::Decimal | FieldKind::Money(_) => "gõ số từ 0 trở lên, ví dụ 643,5",
            FieldKind::Percent => "gõ số từ 0 đến 100, không kèm dấu %, ví dụ 97,85",
            FieldKind::Choice(_) => "chọn một mục trong danh sách của ô",
            FieldKind::Text => "gõ thẳng nội dung vào ô",
            FieldKind::Date => "gõ ngày/tháng/năm, ví dụ 05/12/2024",
        }
    }

    /// The text of the item that means this, when it is a list that offers one.
    pub fn choice(&self, means: Meaning) -> Option<&str> {
        let FieldKind::Choice(list) = self else { return None };
        list.items.iter().find(|item| item.means == means).map(|item| item.text.as_str())
    }

    /// Whether last year's value can stand beside it: last year's words and dates help nobody fill this year's.
    pub fn is_compared(&self) -> bool {
        self.is_figure() || matches!(self, FieldKind::Choice(_))
    }

    /// Whether it is a number of things or of money, which can be added up.
    pub fn is_figure(&self) -> bool {
        matches!(self, FieldKind::Count | FieldKind::Decimal | FieldKind::Money(_))
    }

    /// The kind of a figure that is given in this unit of measure: one of money is money.
    pub fn given_in(self, measure: Option<&str>) -> Self {
        match measure.and_then(MoneyUnit::of) {
            Some(unit) if self.is_figure() => FieldKind::Money(unit),
            _ => self,
        }
    }
}

/// A list to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceList {
    /// Id in the plan.
    pub id: String,
    /// Items in the order they are offered.
    pub items: Vec<Choice>,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the sender sees.
    pub text: String,
    /// What the program understands.
    pub means: Meaning,
}

/// What choosing an item says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// The unit holds the status; the task is done.
    Yes,
    /// It does not.
    No,
    /// No standard exists yet to judge by.
    NoStandard,
    /// The figures of the row are actual.
    Actual,
    /// They are an estimate.
    Estimate,
    /// Nothing occurred: the figures are zero.
    None,
    /// Not reported.
    NotReported,
    /// Something the program only repeats.
    Other,
}

impl Meaning {
    /// The word of the plan's files and of the JSON contract.
    pub fn code(self) -> &'static str {
        match self {
            Meaning::Yes => "yes",
            Meaning::No => "no",
            Meaning::NoStandard => "no-standard",
            Meaning::Actual => "actual",
            Meaning::Estimate => "estimate",
            Meaning::None => "none",
            Meaning::NotReported => "not-reported",
            Meaning::Other => "other",
        }
    }
}

/// What a column of figures means to the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ColumnRole {
    /// All there are: the denominator.
    Whole,
    /// Those that reached it: the numerator.
    Part,
    /// Women among the part.
    Female,
    /// People of ethnic minorities among the part.
    Minority,
    /// Registered for a title.
    Registered,
    /// Recognised.
    Recognised,
    /// Typed percentage of part over whole.
    Percent,
    /// Status of all figures of the row.
    RowStatus,
}
