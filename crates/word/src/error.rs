//! What can fail.

use std::fmt;

/// Why a package was not written or not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The package could not be put together.
    NotWritten {
        /// What the library says.
        reason: String,
    },
    /// The bytes are no document that can be read.
    NotRead {
        /// What is wrong.
        reason: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotWritten { reason } => write!(out, "the document was not written: {reason}"),
            Error::NotRead { reason } => write!(out, "the document cannot be read: {reason}"),
        }
    }
}

impl std::error::Error for Error {}
