//! Files → raw cells.
pub mod raw;
