//! Files written whole or not at all, and all of a run or none: temporary files in the same folder, synced, then renamed;
//! what stood in their places is kept beside until the last has taken its own.

use super::interrupt;
use super::resolved::resolved;
use super::swap::{self, PREFIX, SUFFIX};
use crate::consolidate::history::record_file::RECORD_FILE;
use crate::error::Error;
use crate::plan::hex;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tempfile::{Builder, NamedTempFile, TempPath};

/// The longest name of a file or folder that any file system in use takes, in UTF-16 units.
const LONGEST_NAME: usize = 255;
/// Characters of a name that every disk takes, whatever bytes they are written in; encrypted ones take 143 bytes.
const SHORT_STEM: usize = 40;

/// Files waiting to take their places: nothing that exists is touched before all of them are whole. Threads may add to
/// it; a file that waits is closed, for of a whole country there are thousands.
pub(super) struct Outputs {
    folder: PathBuf,
    waiting: Mutex<Vec<(TempPath, PathBuf)>>,
    leaving: Vec<PathBuf>,
    names: Mutex<Names>,
    /// Whether a run that was killed while files changed places had to be finished first.
    finished: bool,
}

/// Names that were given out.
#[derive(Default)]
struct Names {
    /// Folders as they were asked for, and where they stand.
    folders: BTreeMap<String, String>,
    taken: BTreeSet<String>,
    /// Asked for, and given instead.
    changed: Vec<(String, String)>,
}

impl Outputs {
    /// Opens an output folder, creating it when absent.
    ///
    /// # Errors
    /// [`Error::Usage`] when it lies in a record, [`Error::Io`] when it cannot be created or read.
    pub fn into_folder(folder: &Path) -> Result<Self, Error> {
        let io = |doing, source| Error::Io { doing, path: folder.to_owned(), source };
        is_in_no_record(folder)?;
        let unbroken = interrupt::unbroken();
        unbroken.make_folder(folder).map_err(|source| io("tạo thư mục", why_not(folder, source)))?;
        let is_finished = swap::finish_interrupted(folder)?;
        for entry in fs::read_dir(folder).map_err(|source| io("đọc thư mục", source))?.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
                // Left by a run that was killed; if another run holds it, that run will mind, not this one.
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(Outputs {
            folder: folder.to_owned(),
            waiting: Mutex::default(),
            leaving: Vec::new(),
            names: Mutex::default(),
            finished: is_finished,
        })
    }

    /// Writes a file to its temporary place; its SHA-256 in lower-case hexadecimal.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be written, for example because the disk is full.
    pub fn add(&self, name: &str, bytes: &[u8]) -> Result<String, Error> {
        self.add_written(name, |file, place| {
            file.write_all(bytes).map_err(|source| Error::Io { doing: "ghi", path: place.to_owned(), source })
        })
        .map(|added| added.sha256)
    }

    /// As [`Self::add`], of a file that is written piece by piece. What writes it is told where it will stand.
    ///
    /// # Errors
    /// As [`Self::add`], and those of what writes.
    pub fn add_written<F>(&self, name: &str, write: F) -> Result<Added, Error>
    where
        F: FnOnce(&mut (dyn Write + Send), &Path) -> Result<(), Error>,
    {
        let place = self.folder.join(name);
        let io = |source| Error::Io { doing: "ghi", path: place.clone(), source };
        let mut file = self.beside().map_err(io)?;
        let mut writer = BufWriter::new(Hashed { file: file.as_file_mut(), digest: Sha256::new() });
        write(&mut writer, &place)?;
        let hashed = writer.into_inner().map_err(|error| io(error.into_error()))?;
        let sha256 = hex(&hashed.digest.finalize());
        let bytes = file.as_file().metadata().map_err(io)?.len();
        file.as_file().sync_all().map_err(io)?;
        allow_others_to_read(file.as_file()).map_err(io)?;
        if let Some(parent) = place.parent() {
            interrupt::unbroken().make_folder(parent).map_err(io)?;
        }
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push((file.into_temp_path(), place));
        Ok(Added { sha256, bytes })
    }

    /// A temporary file in the folder.
    fn beside(&self) -> io::Result<NamedTempFile> {
        let unbroken = interrupt::unbroken();
        let file = Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(&self.folder)?;
        unbroken.has_made(file.path());
        Ok(file)
    }

    /// The name under which a file can stand in the folder: its own, unless a folder bears it or the disk does not take
    /// one so long; within a folder of its own, unless a file bears that one's name.
    pub fn name_that_fits(&self, name: &str) -> String {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let on_disk = |name: &str| match fs::symlink_metadata(self.folder.join(name)) {
            Ok(found) => !found.is_dir(),
            Err(error) => error.kind() != ErrorKind::InvalidFilename,
        };
        let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
        let folder = names.folders.entry(folder.to_owned()).or_insert_with(|| self.folder_that_fits(folder));
        let within =
            |file: &str| if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") };
        let wanted = within(file);
        let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
        let short: String = stem.chars().take(SHORT_STEM).collect();
        let shorter = (1..100).flat_map(|number| {
            let mark = numbered(number);
            // What is only in the way of another keeps its whole name.
            [format!("{stem}{mark}.{extension}"), format!("{}{mark}.{extension}", short.trim_end())]
        });
        let shorter: Vec<String> = shorter.map(|file| within(&file)).collect();
        let free = |candidate: &String| !names.taken.contains(candidate) && on_disk(candidate);
        let given = shorter.into_iter().find(free).unwrap_or_else(|| wanted.clone());
        names.taken.insert(given.clone());
        if given != wanted {
            names.changed.push((wanted, given.clone()));
        }
        given
    }

    /// The name under which a folder can stand: its own, unless something that is no folder bears it.
    fn folder_that_fits(&self, folder: &str) -> String {
        let fits = |name: &String| {
            let place = self.folder.join(name);
            // A link to a folder serves as well.
            place.is_dir() || fs::symlink_metadata(&place).is_err()
        };
        let mut names = (1..100).map(|number| format!("{folder}{}", numbered(number)));
        if folder.is_empty() { String::new() } else { names.find(fits).unwrap_or_else(|| folder.to_owned()) }
    }

    /// What was done otherwise than usual, in words: what bears another name than it was to have, in the order of the
    /// names, and why; and what a run before had left undone.
    pub fn told(&self) -> Vec<String> {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let finished = self.finished.then(|| {
            format!(
                "Lần chạy trước bị ngắt khi đang thay các tệp kết quả trong “{}”; đã thay nốt trước khi ghi kết quả mới",
                self.folder.display()
            )
        });
        let moved = names.folders.iter().filter(|(asked, given)| asked != given).map(|(asked, given)| {
            format!(
                "thư mục “{asked}” được ghi với tên “{given}” vì ở chỗ của thư mục đã có một tệp trùng tên"
            )
        });
        let mut changed: Vec<&(String, String)> = names.changed.iter().collect();
        changed.sort();
        let told = |(asked, given): &(String, String)| {
            let reason = match self.folder.join(asked).is_dir() {
                true => "ở chỗ của tệp đã có một thư mục trùng tên",
                false => "tên tệp dài quá mức ổ đĩa nhận",
            };
            format!("“{asked}” được ghi với tên “{given}” vì {reason}")
        };
        finished.into_iter().chain(moved).chain(changed.into_iter().map(told)).collect()
    }

    /// Names a file of an earlier run that goes when the new ones take their places.
    pub fn remove(&mut self, place: &Path) {
        self.leaving.push(place.to_owned());
    }

    /// Puts every file into its place, in the order they were added, or leaves all as they were.
    ///
    /// # Errors
    /// [`Error::Io`] when a place cannot be taken, for example because the old file is open in Excel; then every file of
    /// the earlier run stands where it stood.
    pub fn finish(self) -> Result<(), Error> {
        let waiting = self.waiting.into_inner().unwrap_or_else(PoisonError::into_inner);
        let unbroken = interrupt::unbroken();
        swap::replace(&self.folder, &self.leaving, waiting)?;
        unbroken.has_settled(&self.folder);
        Ok(())
    }
}

/// What stands behind a name where others bear it.
fn numbered(number: u32) -> String {
    if number == 1 { String::new() } else { format!(" ({number})") }
}

/// A file that waits for its place.
pub(super) struct Added {
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
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

/// Nothing is ever written into a sealed record again.
///
/// # Errors
/// [`Error::Usage`] when the folder lies in one, or would.
pub(super) fn is_in_no_record(folder: &Path) -> Result<(), Error> {
    let Some(record) = record_around(folder) else { return Ok(()) };
    Err(Error::Usage(format!(
        "“{}” nằm trong hồ sơ đã chốt “{}”: hồ sơ không sửa, không thêm. Chọn thư mục khác để ghi.",
        folder.display(),
        record.display()
    )))
}

/// The sealed record in which a folder lies, or would lie.
fn record_around(folder: &Path) -> Option<PathBuf> {
    resolved(folder)?.ancestors().find(|part| part.join(RECORD_FILE).is_file()).map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn outputs(folder: &Path, files: &[(&str, &str)]) -> Outputs {
        let outputs = Outputs::into_folder(folder).unwrap();
        for (name, text) in files {
            outputs.add(name, text.as_bytes()).unwrap();
        }
        outputs
    }

    #[test]
    fn a_set_is_replaced_as_a_whole_and_nothing_is_left_beside() {
        let folder = tempdir().unwrap();
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        outputs(folder.path(), &[("a", "1"), ("phan-hoi/b", "1"), ("c", "1")]).finish().unwrap();
        let mut second = outputs(folder.path(), &[("a", "2"), ("c", "2"), ("d", "2")]);
        second.remove(&folder.path().join("phan-hoi/b"));
        second.finish().unwrap();
        assert_eq!(names(folder.path()), ["a", "c", "d", "phan-hoi"]);
        assert!(names(&folder.path().join("phan-hoi")).is_empty());
        assert_eq!([read("a"), read("c"), read("d")], ["2", "2", "2"]);
    }

    #[test]
    fn where_one_place_cannot_be_taken_every_file_of_before_stays() {
        let folder = tempdir().unwrap();
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        outputs(folder.path(), &[("a", "1"), ("b", "1"), ("old", "1")]).finish().unwrap();
        let mut second = outputs(folder.path(), &[("a", "2"), ("new", "2"), ("b", "2"), ("z", "2")]);
        second.remove(&folder.path().join("old"));
        // A folder comes to stand there after the files were written.
        fs::create_dir_all(folder.path().join("z/inside")).unwrap();
        let error = second.finish().unwrap_err().to_string();
        assert!(error.contains("giữ nguyên"), "{error}");
        assert_eq!(names(folder.path()), ["a", "b", "old", "z"]);
        assert_eq!([read("a"), read("b"), read("old")], ["1", "1", "1"]);
    }

    #[test]
    fn a_folder_gives_way_to_a_file_and_is_told_once() {
        let folder = tempdir().unwrap();
        fs::write(folder.path().join("phan-hoi"), "của người khác").unwrap();
        let outputs = Outputs::into_folder(folder.path()).unwrap();
        for name in ["a.xlsx", "b.xlsx"] {
            let given = outputs.name_that_fits(&format!("phan-hoi/{name}"));
            assert_eq!(given, format!("phan-hoi (2)/{name}"));
            outputs.add(&given, b"x").unwrap();
        }
        assert_eq!(outputs.told().len(), 1, "{:?}", outputs.told());
        outputs.finish().unwrap();
        assert_eq!(names(&folder.path().join("phan-hoi (2)")), ["a.xlsx", "b.xlsx"]);
        assert_eq!(fs::read_to_string(folder.path().join("phan-hoi")).unwrap(), "của người khác");
    }

    #[test]
    fn a_name_gives_way_to_a_folder_and_to_the_disk() {
        let folder = tempdir().unwrap();
        let outputs = Outputs::into_folder(folder.path()).unwrap();
        assert_eq!(outputs.name_that_fits("phan-hoi/a b.xlsx"), "phan-hoi/a b.xlsx");
        fs::create_dir_all(folder.path().join("phan-hoi/a b.xlsx")).unwrap();
        assert_eq!(outputs.name_that_fits("phan-hoi/a b.xlsx"), "phan-hoi/a b (2).xlsx");
        let long = format!("phan-hoi/803-{}.xlsx", "ệ".repeat(200));
        let fitting = outputs.name_that_fits(&long);
        assert!(
            fitting.len() < 143 + "phan-hoi/".len() && fitting.starts_with("phan-hoi/803-ệ"),
            "{fitting}"
        );
        outputs.add(&fitting, b"x").unwrap();
        outputs.finish().unwrap();
    }
}
