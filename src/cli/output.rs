//! Files written whole or not at all: a temporary file in the same folder, synced, then renamed.

use crate::error::Error;
use crate::plan::hex;
use sha2::{Digest, Sha256};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tempfile::{Builder, TempPath};

/// How temporary files are named, so that what a killed run left behind can be told and removed.
const PREFIX: &str = ".xhht-";
const SUFFIX: &str = ".tmp";
/// The longest name of a file or folder that any file system in use takes, in UTF-16 units.
const LONGEST_NAME: usize = 255;

/// Files waiting to take their places: nothing that exists is touched before all of them are whole. Threads may add to
/// it; a file that waits is closed, for of a whole country there are thousands.
pub(super) struct Outputs {
    folder: PathBuf,
    waiting: Mutex<Vec<(TempPath, PathBuf)>>,
    leaving: Vec<PathBuf>,
}

impl Outputs {
    /// Opens an output folder, creating it when absent.
    ///
    /// # Errors
    /// [`Error::Io`] when the folder cannot be created or read.
    pub fn into_folder(folder: &Path) -> Result<Self, Error> {
        let io = |doing, source| Error::Io { doing, path: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(|source| io("tạo thư mục", why_not(folder, source)))?;
        for entry in fs::read_dir(folder).map_err(|source| io("đọc thư mục", source))?.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
                // Left by a run that was killed; if another run holds it, that run will mind, not this one.
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(Outputs { folder: folder.to_owned(), waiting: Mutex::default(), leaving: Vec::new() })
    }

    /// Writes a file to its temporary place; its SHA-256 in lower-case hexadecimal.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be written, for example because the disk is full.
    pub fn add(&self, name: &str, bytes: &[u8]) -> Result<String, Error> {
        self.add_written(name, |file, place| {
            file.write_all(bytes).map_err(|source| Error::Io { doing: "ghi", path: place.to_owned(), source })
        })
    }

    /// As [`Self::add`], of a file that is written piece by piece. What writes it is told where it will stand.
    ///
    /// # Errors
    /// As [`Self::add`], and those of what writes.
    pub fn add_written<F>(&self, name: &str, write: F) -> Result<String, Error>
    where
        F: FnOnce(&mut (dyn Write + Send), &Path) -> Result<(), Error>,
    {
        let place = self.folder.join(name);
        let io = |source| Error::Io { doing: "ghi", path: place.clone(), source };
        let mut file = Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(&self.folder).map_err(io)?;
        let mut writer = BufWriter::new(Hashed { file: file.as_file_mut(), digest: Sha256::new() });
        write(&mut writer, &place)?;
        let hashed = writer.into_inner().map_err(|error| io(error.into_error()))?;
        let sha256 = hex(&hashed.digest.finalize());
        file.as_file().sync_all().map_err(io)?;
        allow_others_to_read(file.as_file()).map_err(io)?;
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent).map_err(io)?;
        }
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push((file.into_temp_path(), place));
        Ok(sha256)
    }

    /// Names a file of an earlier run that goes when the new ones take their places.
    pub fn remove(&mut self, place: &Path) {
        self.leaving.push(place.to_owned());
    }

    /// Puts every file into its place, in the order they were added.
    ///
    /// # Errors
    /// [`Error::Io`] when a place cannot be taken, for example because the old file is open in Excel.
    pub fn finish(self) -> Result<(), Error> {
        for place in self.leaving {
            fs::remove_file(&place).map_err(|source| Error::Io {
                doing: "xóa bản trả lại cũ (có thể tệp đang mở trong Excel; xin đóng lại rồi chạy lại)",
                path: place,
                source,
            })?;
        }
        for (file, place) in self.waiting.into_inner().unwrap_or_else(PoisonError::into_inner) {
            file.persist(&place).map_err(|error| Error::Io {
                doing: "thay tệp cũ (có thể tệp đang mở trong Excel; xin đóng lại rồi chạy lại)",
                path: place,
                source: error.error,
            })?;
        }
        Ok(())
    }
}

/// A file whose checksum is made while it is written.
struct Hashed<'f> {
    file: &'f mut File,
    digest: Sha256,
}

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Why a folder could not be made: systems call the same thing by different names, Windows even “not found”.
fn why_not(folder: &Path, source: io::Error) -> io::Error {
    let length = |part: &OsStr| part.to_string_lossy().encode_utf16().count();
    if folder.ancestors().skip(1).any(Path::is_file) {
        ErrorKind::NotADirectory.into()
    } else if folder.iter().any(|part| length(part) > LONGEST_NAME) {
        ErrorKind::InvalidFilename.into()
    } else {
        source
    }
}

/// Temporary files are private to their owner; a report is not.
#[cfg(unix)]
fn allow_others_to_read(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

/// Windows gives a new file the folder's own permissions.
#[cfg(not(unix))]
fn allow_others_to_read(_file: &File) -> std::io::Result<()> {
    Ok(())
}
