//! What people type in Vietnamese, read as values, and values written as Vietnamese read them.
//!
//! Each module is one concern:
//!
//! - [`text`]: typed text made clean: Unicode composed, 8-bit fonts (TCVN3, VNI) decoded, single spaces.
//! - [`empty`]: words and signs that stand where a value should: none, not yet known, no standard yet.
//! - [`number`]: numbers, percentages and money, exactly, with what was changed or what is in doubt.
//! - [`date`]: days, months, quarters and years, always day before month.
//! - [`name`]: names of places and bodies, compared, looked up and found inside a text.
//! - [`choice`]: ticks, yes and no, levels, and answers from a list.
//! - [`display`]: numbers and days as Vietnamese write them.
//! - [`spelling`]: the known word that was nearly written.
//!
//! The readers never guess and never fail silently. What is sure is a value; what was changed on the way is told; what
//! can be meant in two ways comes back as both; missing is never zero.
//!
//! ```
//! use vietnamese::number::{NumberReading, Want, read_number};
//! let reading = read_number("khoảng 1.234 người", Want::Whole);
//! assert!(matches!(reading, NumberReading::Estimate { value, .. } if value == 1234.into()));
//! ```

pub mod choice;
pub mod date;
pub mod display;
pub mod empty;
pub mod name;
pub mod number;
pub mod spelling;
pub mod text;

/// The examples of the README are tests too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
