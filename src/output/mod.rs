//! Writers: each turns the neutral report, or the results, into bytes. Only `cli/` puts them on a disk.

pub mod pdf;
