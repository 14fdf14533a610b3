//! Cutting a formula up where Excel takes no more of it.

use crate::Reference;
use crate::expression::Expression;

/// How long and how deep a formula may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// UTF-16 units.
    pub length: usize,
    /// Functions and brackets standing in each other.
    pub nesting: usize,
}

impl Limits {
    /// Excel's limits of a formula in a cell.
    pub const CELL: Limits = Limits { length: 8192, nesting: 64 };
    /// Excel's limits of a formula in a data validation or a conditional format.
    pub const CONDITION: Limits = Limits { length: 255, nesting: 64 };
}

/// A formula, and the helper formulas it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pieces {
    /// Formulas of the helper cells, in the order of their numbers, each without the leading `=`. A helper may refer to
    /// those before it.
    pub helpers: Vec<String>,
    /// The formula, without the leading `=`.
    pub formula: String,
}

/// A formula that does not fit and cannot be cut up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong {
    /// Its length in UTF-16 units.
    pub length: usize,
    /// Its depth.
    pub nesting: usize,
    /// What it may have at most.
    pub limits: Limits,
}

impl std::fmt::Display for TooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "công thức dài {} ký tự, lồng {} lớp; Excel chỉ nhận {} ký tự, {} lớp",
            self.length, self.nesting, self.limits.length, self.limits.nesting
        )
    }
}

impl std::error::Error for TooLong {}

impl Expression {
    /// Its text, if that is within the limits.
    ///
    /// # Errors
    /// It is longer or deeper.
    pub fn within(&self, limits: Limits) -> Result<String, TooLong> {
        let printed = self.printed();
        let (length, nesting) = (printed.length(), printed.nesting);
        match length <= limits.length && nesting <= limits.nesting {
            true => Ok(printed.text),
            false => Err(TooLong { length, nesting, limits }),
        }
    }

    fn length(&self) -> usize {
        self.printed().length()
    }

    /// The formula within the limits, its largest parts moved to helper cells as long as it does not fit. `helper` gives
    /// the cell of the n-th helper formula, or `None` when there are no more.
    ///
    /// # Errors
    /// It does not fit, and helper cells are not to be had or do not help.
    ///
    /// ```
    /// use sheet::{CellAddress, Expression, Limits, Reference};
    /// let cell = |row| Expression::from(Reference::to_cell(CellAddress::new(row, 0)));
    /// let sum = (1..20).fold(cell(0), |sum, row| sum.plus(cell(row)));
    /// let helper = |n: usize| Some(Reference::to_cell(CellAddress::new(n as u32, 25)).absolute());
    /// let pieces = sum.cut(Limits { length: 30, nesting: 64 }, &helper).unwrap();
    /// assert!(pieces.helpers[0].starts_with("A1+A2+"));
    /// assert_eq!(pieces.formula, "$Z$1");
    /// ```
    pub fn cut(
        mut self,
        limits: Limits,
        helper: &dyn Fn(usize) -> Option<Reference>,
    ) -> Result<Pieces, TooLong> {
        let mut helpers = Vec::new();
        loop {
            let too_long = match self.within(limits) {
                Ok(formula) => return Ok(Pieces { helpers, formula }),
                Err(too_long) => too_long,
            };
            let helper = Expression::from(helper(helpers.len()).ok_or(too_long)?);
            let part = self.largest_fitting_part().ok_or(too_long)?;
            // Moving a part that is no longer than its reference gains nothing.
            if part.length() <= helper.length() {
                return Err(too_long);
            }
            helpers.push(std::mem::replace(part, helper).printed().text);
        }
    }

    /// The longest part that a helper cell takes; a value is none.
    fn largest_fitting_part(&mut self) -> Option<&mut Expression> {
        let is_value = !matches!(
            self,
            Expression::Call(..) | Expression::Infix(..) | Expression::Negation(_) | Expression::Brackets(_)
        );
        if is_value {
            return None;
        }
        if self.within(Limits::CELL).is_ok() {
            return Some(self);
        }
        let candidates = self.parts_mut().into_iter().filter_map(Expression::largest_fitting_part);
        candidates.max_by_key(|part| part.length())
    }
}
