//! xhht.
pub mod check;
pub mod cli;
pub mod consolidate;
pub mod domain;
pub mod error;
pub mod finding;
pub mod form;
pub mod intake;
pub mod output;
pub mod plan;
pub mod report;
pub mod submission;
pub mod template;
