//! xhht.
pub mod domain;
pub mod error;
pub mod finding;
pub mod form;
pub mod intake;
pub mod output;
pub mod report;
