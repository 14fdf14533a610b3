//! Addresses, formulas, styles and page set-ups of workbooks that are written.

pub mod cell;
mod expression;
mod fit;
mod function;
mod print;
mod reference;

pub use cell::{CellAddress, Content};
pub use expression::{Expression, MOST_ARGUMENTS, MOST_IN_TEXT};
pub use fit::{Limits, Pieces, TooLong};
pub use function::{Function, Operator};
pub use reference::{Reference, quoted_sheet};
