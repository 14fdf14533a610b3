//! PATH arguments → files: a file, a folder searched recursively, or a pattern.

use crate::check::decision;
use crate::error::{Error, io_reason};
use crate::job::is_aside;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A file to read and the name outputs give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// Relative to the folder given, forward slashes.
    pub shown: String,
    /// Why it is not to be opened; the others are.
    pub trouble: Option<Trouble>,
    /// When it was last changed, where the disk is not to be asked: a record keeps what was said then.
    pub changed: Option<DateTime<Utc>>,
}

/// What stands where a file was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// A link: what it leads to may lie anywhere, and lead back.
    Link,
    /// Neither file nor folder: a pipe, a device.
    NoFile,
    /// A folder that cannot be looked into, and why.
    Folder(String),
}

/// Finds every file that the arguments mean, each once, and what of them cannot be opened.
///
/// # Errors
/// [`Error::Usage`] when an argument means no file at all, [`Error::Io`] when it is a folder that cannot be read.
pub(super) fn files(paths: &[PathBuf]) -> Result<Vec<Found>, Error> {
    let mut found: BTreeMap<PathBuf, Found> = BTreeMap::new();
    for argument in paths {
        let mut these = Vec::new();
        if argument.is_dir() {
            in_folder(argument, &mut these)?;
        } else if argument.is_file() {
            these.push(alone(argument));
        } else {
            by_pattern(argument, &mut these)?;
        }
        // A folder without files is an inbox to which nothing has come yet.
        if these.is_empty() && !argument.is_dir() {
            return Err(Error::Usage(format!(
                "Không tìm thấy tệp nào ở “{}”. Kiểm tra lại tên thư mục hoặc tên tệp.",
                argument.display()
            )));
        }
        for file in these {
            // A link is not what it leads to.
            let real = if file.trouble.is_some() { None } else { file.path.canonicalize().ok() };
            found.entry(real.unwrap_or_else(|| file.path.clone())).or_insert(file);
        }
    }
    Ok(distinct(found.into_values().collect()))
}

fn in_folder(folder: &Path, found: &mut Vec<Found>) -> Result<(), Error> {
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let is_argument = error.depth() == 0;
                let source = error.into_io_error().unwrap_or_else(|| std::io::Error::other("liên kết vòng"));
                if is_argument {
                    return Err(Error::Io { doing: "đọc thư mục", path, source });
                }
                found.push(within(folder, &path, Some(Trouble::Folder(io_reason(&source)))));
                continue;
            }
        };
        let name = entry.file_name().to_string_lossy();
        let kind = entry.file_type();
        if kind.is_dir() || is_aside(&name) || decision::is_of_decisions(&name) {
            continue;
        }
        let trouble = match kind {
            kind if kind.is_file() => None,
            kind if kind.is_symlink() => Some(Trouble::Link),
            _ => Some(Trouble::NoFile),
        };
        found.push(within(folder, entry.path(), trouble));
    }
    Ok(())
}

fn by_pattern(pattern: &Path, found: &mut Vec<Found>) -> Result<(), Error> {
    let text = pattern.to_string_lossy();
    let paths = glob::glob(&text).map_err(|error| {
        Error::Usage(format!(
            "Mẫu tên “{text}” không đúng ở ký tự thứ {}. Ví dụ đúng: nhan/*.xlsx",
            text.get(..error.pos).map_or(0, |before| before.chars().count()) + 1
        ))
    })?;
    for path in paths {
        match path {
            Ok(path) if path.is_dir() => in_folder(&path, found)?,
            Ok(path) if path.is_file() => found.push(alone(&path)),
            Ok(_) => {}
            Err(error) => {
                let trouble = Some(Trouble::Folder(io_reason(error.error())));
                found.push(Found { trouble, ..alone(error.path()) });
            }
        }
    }
    Ok(())
}

fn within(folder: &Path, path: &Path, trouble: Option<Trouble>) -> Found {
    let relative = path.strip_prefix(folder).unwrap_or(path);
    Found { path: path.to_owned(), shown: shown(relative), trouble, changed: None }
}

fn alone(path: &Path) -> Found {
    let shown = shown(path.file_name().map_or(path, Path::new));
    Found { path: path.to_owned(), shown, trouble: None, changed: None }
}

fn shown(relative: &Path) -> String {
    relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Files of several folders that would be shown alike get their folder's name in front.
fn distinct(mut found: Vec<Found>) -> Vec<Found> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for file in &found {
        *count.entry(file.shown.clone()).or_default() += 1;
    }
    for file in found.iter_mut().filter(|file| count.get(&file.shown).is_some_and(|n| *n > 1)) {
        if let Some(folder) = file.path.parent().and_then(Path::file_name) {
            file.shown = format!("{}/{}", folder.to_string_lossy(), file.shown);
        }
    }
    found.sort_by(|a, b| a.shown.cmp(&b.shown));
    found
}
