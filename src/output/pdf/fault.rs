//! Failures below the report, in the program's words.

use crate::error::Error;

/// No report causes one: a fault of the program.
pub fn internal(fault: page::Error) -> Error {
    Error::Internal(match fault {
        page::Error::UnreadableFont { name } => format!("không đọc được phông chữ {name}"),
        page::Error::FontNotEmbedded { name, reason } => {
            format!("không nhúng được phông chữ {name}: {reason}")
        }
        page::Error::NotFinished { reason } => format!("không hoàn thiện được tệp PDF: {reason}"),
        page::Error::NotSaved { reason } => format!("không ghi được tệp PDF: {reason}"),
    })
}
