//! Why no file could be made.

use std::fmt;

/// A failure of the fonts or of the libraries below; what a document says never causes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// A face is no font that can be read.
    UnreadableFont {
        /// Name of the face.
        name: String,
    },
    /// A face cannot be cut down to the glyphs used.
    FontNotEmbedded {
        /// Name of the face.
        name: String,
        /// Why not.
        reason: String,
    },
    /// The drawn document lacks what every PDF has.
    NotFinished {
        /// What is wrong.
        reason: String,
    },
    /// The finished document cannot be put into bytes.
    NotSaved {
        /// Why not.
        reason: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::UnreadableFont { name } => write!(f, "the font {name} cannot be read"),
            Error::FontNotEmbedded { name, reason } => write!(f, "the font {name} is not embedded: {reason}"),
            Error::NotFinished { reason } => write!(f, "the document is not finished: {reason}"),
            Error::NotSaved { reason } => write!(f, "the document is not saved: {reason}"),
        }
    }
}

impl std::error::Error for Error {}
