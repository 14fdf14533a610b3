//! From results to a neutral document: no formatting library, no file, no spreadsheet in sight.

pub mod format;
pub mod model;
