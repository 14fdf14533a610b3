#![doc = include_str!("../README.md")]

mod alike;
pub mod book;
pub mod cell;
mod expression;
mod fit;
mod function;
pub mod grow;
pub mod measure;
pub mod page;
mod print;
pub mod put;
mod reference;
pub mod style;
pub mod text;

pub use cell::{CellAddress, Content};
pub use expression::{Expression, MOST_ARGUMENTS, MOST_IN_TEXT};
pub use fit::{Limits, Pieces, TooLong};
pub use function::{Function, Operator};
pub use reference::{Reference, quoted_sheet};
