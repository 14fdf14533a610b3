#![doc = include_str!("../README.md")]

pub mod compose;
pub mod display;
mod draw;
mod error;
mod face;
mod finish;
pub mod flow;
mod fonts;
mod glue;
pub mod grid;
pub mod line;
mod links;
mod metadata;
pub mod metafile;
mod outline;
pub mod overflow;
#[cfg(test)]
mod sample;
mod series;
mod srgb;
mod structure;
mod typeface;

pub use error::Error;
pub use face::Face;
pub use fonts::Fonts;
pub use links::Mention;
pub use metadata::Properties;
pub use series::{Drawing, drawings};
pub use typeface::{Typeface, TypefaceError};

use display::Document;

/// Draws a document laid out with these fonts and makes it a PDF/A-2a and PDF/UA-1 file.
///
/// Nothing in the file depends on when or where it is made.
///
/// # Errors
/// When a face cannot be embedded or the file cannot be put together.
pub fn write(document: &Document, fonts: &Fonts, properties: &Properties) -> Result<Vec<u8>, Error> {
    finish::finish(draw::draw(document, fonts.typeface())?, document, properties)
}
