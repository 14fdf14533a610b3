//! Raw cells × form → submission: values by field, each with its origin, and what was found on the way.
//!
//! ```text
//! RawSubmission ─► identity (whose, which year) ─► locate (field → cell) ─► read_cell ─► Submission
//! ```
//!
//! The readers of typed text are pure and tell no findings: they answer what was read, what was changed on the way,
//! what is in doubt and what means “missing”, “none” or “no standard yet”; `read_cell` turns the answers into findings.

pub mod choice;
pub mod date;
pub mod empty;
mod identity;
mod locate;
mod model;
pub mod name;
pub mod number;
mod read_cell;
pub mod text;

pub use model::{Access, Fate, FigureStatus, FilledCell, InputFile, Reported, Submission, Value};
