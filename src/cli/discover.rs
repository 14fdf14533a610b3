//! PATH arguments → files: a file, a folder searched recursively, or a pattern.

use super::decisions;
use crate::error::Error;
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
}

/// Finds every file that the arguments mean, each once.
///
/// # Errors
/// [`Error::Usage`] when an argument means no file at all.
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
        if these.is_empty() {
            return Err(Error::Usage(format!(
                "Không tìm thấy tệp nào ở “{}”. Kiểm tra lại tên thư mục hoặc tên tệp.",
                argument.display()
            )));
        }
        for file in these {
            let key = file.path.canonicalize().unwrap_or_else(|_| file.path.clone());
            found.entry(key).or_insert(file);
        }
    }
    Ok(distinct(found.into_values().collect()))
}

fn in_folder(folder: &Path, found: &mut Vec<Found>) -> Result<(), Error> {
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            let source = error.into_io_error().unwrap_or_else(|| std::io::Error::other("liên kết vòng"));
            Error::Io { doing: "đọc thư mục", path, source }
        })?;
        let name = entry.file_name().to_string_lossy();
        if entry.file_type().is_file() && !is_system_file(&name) && !decisions::is_one(&name) {
            let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            found.push(Found { path: entry.path().to_owned(), shown: shown(relative) });
        }
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
    for path in paths.flatten() {
        if path.is_dir() {
            in_folder(&path, found)?;
        } else if path.is_file() {
            found.push(alone(&path));
        }
    }
    Ok(())
}

fn alone(path: &Path) -> Found {
    Found { path: path.to_owned(), shown: shown(path.file_name().map_or(path, Path::new)) }
}

/// Files that systems leave in folders without anybody asking.
fn is_system_file(name: &str) -> bool {
    name.starts_with('.')
        || name.eq_ignore_ascii_case("Thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
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
