//! Writers: each turns the neutral [`crate::report::model::Report`] into bytes; none computes or judges.

pub mod xlsx;
