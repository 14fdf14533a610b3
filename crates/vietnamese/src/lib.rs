//! What people type in Vietnamese, read as values, and values written as Vietnamese read them.

pub mod choice;
pub mod date;
pub mod display;
pub mod empty;
pub mod name;
pub mod number;
pub mod spelling;
pub mod text;
