//! RawSubmission × Form → Submission.

mod model;

pub use model::{Access, Fate, FigureStatus, FilledCell, InputFile, Reported, Submission, Value};
