//! Why the tool itself could not finish. What is wrong with a sender's data is a [`crate::finding::Finding`].

use std::fmt;
use std::path::PathBuf;

/// A failure of the run: exit code 2. Messages are Vietnamese.
#[derive(Debug)]
pub enum Error {
    /// The plan has mistakes; all of them.
    Plan(Vec<PlanMistake>),
    /// What was asked for does not make sense: the message says what and how to mend it.
    Usage(String),
    /// A file or folder could not be read or written.
    Io {
        /// What was being done, for example “ghi”.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A fault of the program, never of the sender.
    Internal(String),
}

/// One mistake in a plan file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanMistake {
    /// Code of the catalogue, class P.
    pub code: &'static str,
    /// File it stands in, as given.
    pub file: String,
    /// Line and column, both from 1, when the mistake has a place.
    pub at: Option<(usize, usize)>,
    /// The line itself.
    pub line: Option<String>,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub cure: String,
}

impl fmt::Display for PlanMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.file)?;
        if let Some((line, column)) = self.at {
            write!(f, ", dòng {line}, cột {column}")?;
        }
        write!(f, ": {}", self.what)?;
        if let (Some(text), Some((line, column))) = (&self.line, self.at) {
            write!(f, "\n  {line:>4} | {text}\n       | {}^", " ".repeat(column.saturating_sub(1)))?;
        }
        write!(f, "\n       Cách sửa: {}", self.cure)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Plan(mistakes) => {
                writeln!(f, "Tệp kế hoạch có {} lỗi:", mistakes.len())?;
                for (i, mistake) in mistakes.iter().enumerate() {
                    if i > 0 {
                        writeln!(f)?;
                    }
                    write!(f, "{mistake}")?;
                }
                Ok(())
            }
            Error::Usage(message) => f.write_str(message),
            Error::Io { doing, path, source } => {
                write!(f, "Không {doing} được “{}”: {source}", path.display())
            }
            Error::Internal(message) => write!(
                f,
                "Lỗi bên trong chương trình (không phải lỗi của đơn vị gửi): {message}. Xin giữ lại các tệp đầu vào và báo cho người phụ trách phần mềm."
            ),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
