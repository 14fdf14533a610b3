//! Failures below the report, in the program's words.

use super::error;
use crate::error::Error;

/// No report causes one: a fault of the program.
pub fn internal(fault: error::Error) -> Error {
    Error::Internal(match fault {
        error::Error::UnreadableFont { name } => format!("không đọc được phông chữ {name}"),
        error::Error::FontNotEmbedded { name, reason } => {
            format!("không nhúng được phông chữ {name}: {reason}")
        }
        error::Error::NotFinished { reason } => format!("không hoàn thiện được tệp PDF: {reason}"),
        error::Error::NotSaved { reason } => format!("không ghi được tệp PDF: {reason}"),
    })
}
