//! Why the tool itself could not finish. What is wrong with a sender's data is a [`crate::finding::Finding`].

use crate::finding::Code;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

/// A failure of the run: exit code 2. Messages are Vietnamese.
#[derive(Debug)]
pub enum Error {
    /// The plan has mistakes; all of them.
    Plan(Vec<PlanMistake>),
    /// The files of waivers or corrections have mistakes; all of them.
    Decisions(Vec<PlanMistake>),
    /// What was asked for does not make sense: the message says what and how to mend it.
    Usage(String),
    /// A file or folder could not be read or written.
    Io {
        /// What was being done, for example “ghi”.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A fault of the program, never of the sender.
    Internal(String),
}

/// One mistake in a plan file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanMistake {
    /// Its code, of class P.
    pub code: Code,
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

fn all(f: &mut fmt::Formatter<'_>, file: &str, mistakes: &[PlanMistake]) -> fmt::Result {
    writeln!(f, "{file} có {} lỗi:", mistakes.len())?;
    for (i, mistake) in mistakes.iter().enumerate() {
        if i > 0 {
            writeln!(f)?;
        }
        write!(f, "{mistake}")?;
    }
    Ok(())
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Plan(mistakes) => all(f, "Tệp kế hoạch", mistakes),
            Error::Decisions(mistakes) => all(f, "Tệp miễn trừ, đính chính", mistakes),
            Error::Usage(message) => f.write_str(message),
            Error::Io { doing, path, source } => {
                write!(f, "Không {doing} được “{}”: {}", path.display(), io_reason(source))
            }
            Error::Internal(message) => write!(
                f,
                "Lỗi bên trong chương trình (không phải lỗi của đơn vị gửi): {message}. Xin giữ lại các tệp đầu vào và báo cho người phụ trách phần mềm."
            ),
        }
    }
}

/// Why the system refused, in Vietnamese: its own words come in English or in whatever language it is set to.
pub fn io_reason(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "không có tệp hoặc thư mục này",
        ErrorKind::PermissionDenied => "không có quyền",
        ErrorKind::AlreadyExists => "đã có tệp cùng tên",
        ErrorKind::NotADirectory => "trên đường dẫn có một tệp ở chỗ cần thư mục",
        ErrorKind::IsADirectory => "đó là một thư mục, không phải tệp",
        ErrorKind::ReadOnlyFilesystem => "ổ đĩa chỉ cho đọc",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "đĩa đầy",
        ErrorKind::FileTooLarge => "tệp quá lớn",
        ErrorKind::InvalidFilename => "tên tệp hoặc đường dẫn không hợp lệ, có thể quá dài",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "tệp đang được chương trình khác dùng",
        ErrorKind::InvalidData => "nội dung không phải văn bản UTF-8",
        ErrorKind::TimedOut | ErrorKind::NetworkDown | ErrorKind::HostUnreachable => {
            "ổ đĩa mạng không trả lời"
        }
        // Windows: another program has it open (32) or keeps a part of it to itself (33); Rust has no name for either.
        _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => {
            "tệp đang được chương trình khác dùng"
        }
        // An error of our own making says its reason itself.
        ErrorKind::Other if error.raw_os_error().is_none() => return error.to_string(),
        _ => "",
    };
    match (known, error.raw_os_error()) {
        ("", Some(number)) => format!("lỗi hệ thống số {number}"),
        ("", None) => "lỗi đọc, ghi".to_owned(),
        (known, _) => known.to_owned(),
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
