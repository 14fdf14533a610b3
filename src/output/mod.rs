//! Writers: each turns the neutral report, or the results, into bytes; none computes or judges. Only `cli/` puts bytes
//! on a disk.

pub mod docx;
mod equality;
pub mod json;
pub mod pdf;
pub mod returns;
pub mod season;
#[cfg(feature = "program")]
pub mod tables;
pub mod xlsx;
