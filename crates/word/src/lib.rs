#![doc = include_str!("../README.md")]

mod body;
mod document;
mod error;
mod package;
mod paragraph;
mod parts;
mod picture;
pub mod read;
mod section;
pub mod style;
mod table;
mod text;
mod xml;

pub use document::{Block, Document, Properties};
pub use error::Error;
pub use paragraph::{Paragraph, Run};
pub use picture::Picture;
pub use section::{PageSetup, Section};
pub use style::{Align, Colour, Letters, Lines, ParagraphStyle, TableStyle};
pub use table::{Cell, Merge, Row, Stand, Table};

/// Writes a document as a package that word processors open.
///
/// Nothing in the file depends on when or where it is made.
///
/// # Errors
/// When the package cannot be put together.
pub fn write(document: &Document) -> Result<Vec<u8>, Error> {
    package::write(document)
}
