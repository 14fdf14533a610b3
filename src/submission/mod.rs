//! Raw cells → typed values: Vietnamese as it is typed.
//!
//! The readers here are pure: typed text in, a typed outcome out. An outcome says what was read, what was changed on
//! the way and why, and what stays in doubt; it never guesses and never words a finding.

pub mod choice;
pub mod date;
pub mod empty;
pub mod name;
pub mod number;
pub mod text;
