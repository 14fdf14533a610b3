//! Files that change places together. What is to be done is written down before the first of them moves: a run that is
//! killed midway is finished by the next, and until then a text beside the files says that they are of two runs.

use crate::error::Error;
use crate::job::JOURNAL;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use tempfile::{Builder, TempPath};

/// How temporary files are named, so that what a killed run left behind can be told and removed.
pub(super) const PREFIX: &str = ".xhht-";
pub(super) const SUFFIX: &str = ".tmp";
const WORDS: &str = "Chương trình đang thay các tệp kết quả trong thư mục này. Nếu tệp này vẫn còn khi không chương trình nào chạy thì lần chạy
trước đã bị ngắt giữa chừng: các tệp ở đây có thể gồm cả kết quả cũ và kết quả mới, chưa nên dùng. Hãy chạy lại xhht với
thư mục này; chương trình sẽ thay nốt các tệp còn lại rồi xóa tệp này. Xin không sửa, không xóa tệp này.
";
/// The longest one that is read, bytes: a name for every unit of a country.
const LONGEST: u64 = 16 << 20;

/// What is to be done, by names within the folder.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Steps {
    /// Temporary files and the places they take.
    put: Vec<(String, String)>,
    /// Files that go.
    take_away: Vec<String>,
}

/// Takes away and puts, in this order, all or nothing.
///
/// # Errors
/// [`Error::Io`] when a place cannot be taken; then every file stands where it stood.
pub(super) fn replace(
    folder: &Path,
    leaving: &[PathBuf],
    waiting: Vec<(TempPath, PathBuf)>,
) -> Result<(), Error> {
    let put = waiting.iter().map(|(file, place)| Some((beside(file)?, within(folder, place)?)));
    let take_away = leaving.iter().map(|place| within(folder, place));
    let steps = put.collect::<Option<_>>().zip(take_away.collect::<Option<_>>());
    let elsewhere = || Error::Internal(format!("tệp kết quả không nằm trong {}", folder.display()));
    let (put, take_away) = steps.ok_or_else(elsewhere)?;
    Steps { put, take_away }.write_down(folder)?;
    let mut swap = Swap { folder, done: Vec::new() };
    let outcome = swap.all(leaving, waiting);
    if outcome.is_err() {
        swap.undo();
    }
    // Should it stay, the next run finds nothing left to do.
    let _ = fs::remove_file(folder.join(JOURNAL));
    outcome
}

/// Finishes what a killed run had begun in a folder, and says whether there was such a run.
///
/// # Errors
/// [`Error::Io`] when a place cannot be taken: the files stay of two runs until it can.
pub(super) fn finish_interrupted(folder: &Path) -> Result<bool, Error> {
    let journal = folder.join(JOURNAL);
    let is_one = fs::symlink_metadata(&journal).is_ok_and(|found| found.is_file() && found.len() <= LONGEST);
    let Some(steps) =
        is_one.then(|| fs::read_to_string(&journal).ok()).flatten().and_then(|text| Steps::read(&text))
    else {
        return Ok(false);
    };
    let doing =
        "thay nốt tệp mà lần chạy trước để dở (có thể tệp đang mở trong Excel; xin đóng lại rồi chạy lại)";
    let io = |place: &Path, source| Error::Io { doing, path: place.to_owned(), source };
    for place in steps.take_away.iter().map(|name| folder.join(name)) {
        if let Err(error) = fs::remove_file(&place)
            && error.kind() != ErrorKind::NotFound
        {
            return Err(io(&place, error));
        }
    }
    for (file, place) in &steps.put {
        let (file, place) = (folder.join(file), folder.join(place));
        // What is no longer beside has taken its place.
        match fs::rename(&file, &place) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(io(&place, error)),
            _ => {}
        }
    }
    fs::remove_file(&journal).map_err(|source| io(&journal, source))?;
    Ok(true)
}

/// Whether the files of a folder are of two runs.
pub(super) fn is_interrupted(folder: &Path) -> bool {
    let text = fs::read_to_string(folder.join(JOURNAL));
    text.is_ok_and(|text| Steps::read(&text).is_some())
}

impl Steps {
    /// Puts down what is to be done, so that it is on the disk before anything is done.
    fn write_down(&self, folder: &Path) -> Result<(), Error> {
        let place = folder.join(JOURNAL);
        let write = || {
            let steps = serde_json::to_string(self)?;
            let mut file = Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
            write!(file, "\u{feff}{WORDS}\n{steps}\n")?;
            file.as_file().sync_all()?;
            file.persist(&place).map_err(|error| error.error)?;
            settle(folder)
        };
        write().map_err(|source: io::Error| Error::Io { doing: "ghi", path: place.clone(), source })
    }

    /// What a journal says, unless it leads elsewhere: it is a file like any other.
    fn read(text: &str) -> Option<Steps> {
        let steps: Steps = serde_json::from_str(text.lines().rfind(|line| !line.trim().is_empty())?).ok()?;
        let stays = |name: &str| {
            Path::new(name).components().all(|part| matches!(part, Component::Normal(_))) && !name.is_empty()
        };
        let is_ours = |name: &str| {
            name.starts_with(PREFIX) && name.ends_with(SUFFIX) && Path::new(name).components().count() == 1
        };
        let is_sound = steps.put.iter().all(|(file, place)| is_ours(file) && stays(place));
        (is_sound && steps.take_away.iter().all(|name| stays(name))).then_some(steps)
    }
}

/// The name of a temporary file, which lies in the folder itself; its path is whole even where the folder's is not.
fn beside(path: &Path) -> Option<String> {
    path.file_name()?.to_str().map(str::to_owned)
}

/// A path below a folder, as it is written down.
fn within(folder: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(folder).ok()?;
    let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

/// Waits until the names of a folder are on the disk, where the system can.
#[cfg(unix)]
fn settle(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Windows writes names down by itself.
#[cfg(not(unix))]
fn settle(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether a file can be taken from its place, where the system says so beforehand.
#[cfg(not(windows))]
fn may_go(_place: &Path) -> io::Result<()> {
    Ok(())
}

/// On Windows not while another program has it open and does not allow that. A second name it would get all the same, and
/// that name could not be taken away again.
#[cfg(windows)]
fn may_go(place: &Path) -> io::Result<()> {
    use std::os::windows::fs::OpenOptionsExt;
    /// The right to delete or rename, in the numbers of Windows.
    const DELETE: u32 = 0x0001_0000;
    fs::OpenOptions::new().access_mode(DELETE).open(place).map(drop)
}

/// Files that change places, so that all can be put back. What is kept goes with it.
struct Swap<'a> {
    folder: &'a Path,
    /// Places that were changed, and what stood there.
    done: Vec<(PathBuf, Option<TempPath>)>,
}

impl Swap<'_> {
    fn all(&mut self, leaving: &[PathBuf], waiting: Vec<(TempPath, PathBuf)>) -> Result<(), Error> {
        for place in leaving {
            self.take_away(place).map_err(|source| Error::Io {
                doing: "xóa bản trả lại cũ (có thể tệp đang mở trong Excel; xin đóng lại rồi chạy lại; các tệp kết quả cũ vẫn giữ nguyên)",
                path: place.clone(),
                source,
            })?;
        }
        for (file, place) in waiting {
            self.put(file, &place).map_err(|source| Error::Io {
                doing: "thay tệp cũ (có thể tệp đang mở trong Excel; xin đóng lại rồi chạy lại; các tệp kết quả cũ vẫn giữ nguyên)",
                path: place,
                source,
            })?;
        }
        Ok(())
    }

    fn put(&mut self, file: TempPath, place: &Path) -> io::Result<()> {
        let old = self.kept(place)?;
        match file.persist(place) {
            Ok(()) => {
                self.done.push((place.to_owned(), old));
                Ok(())
            }
            Err(error) => {
                if let Some(old) = old {
                    // Where the disk knows no second name for a file, it was moved.
                    let _ = old.persist(place);
                }
                Err(error.error)
            }
        }
    }

    fn take_away(&mut self, place: &Path) -> io::Result<()> {
        let old = self.kept(place)?;
        match fs::remove_file(place) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => {
                self.done.push((place.to_owned(), old));
                Ok(())
            }
        }
    }

    /// Gives what stands at a place a second name beside, or moves it there; nothing where nothing stands.
    fn kept(&self, place: &Path) -> io::Result<Option<TempPath>> {
        match fs::symlink_metadata(place) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
            Ok(found) if found.is_dir() => return Err(ErrorKind::IsADirectory.into()),
            Ok(_) => may_go(place)?,
        }
        let kept = Builder::new().prefix(PREFIX).suffix(SUFFIX).make_in(self.folder, |beside| {
            fs::hard_link(place, beside).or_else(|_| fs::rename(place, beside))
        })?;
        Ok(Some(kept.into_temp_path()))
    }

    /// Puts everything back, the last first; that is written down in place of what was to be done.
    fn undo(self) {
        let mut steps = Steps::default();
        for (place, old) in self.done.iter().rev() {
            let Some(name) = within(self.folder, place) else { continue };
            match old.as_ref().map(|old| beside(old)) {
                Some(Some(old)) => steps.put.push((old, name)),
                Some(None) => {}
                None => steps.take_away.push(name),
            }
        }
        let _ = steps.write_down(self.folder);
        for (place, old) in self.done.into_iter().rev() {
            let _ = match old {
                Some(old) => old.persist(&place).map_err(|error| error.error),
                None => fs::remove_file(&place),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use tempfile::tempdir;

    fn contents(folder: &Path) -> BTreeMap<String, String> {
        let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        files.map(|e| (within(folder, e.path()).unwrap(), fs::read_to_string(e.path()).unwrap())).collect()
    }

    fn written(folder: &Path, files: &[(&str, &str)]) {
        for (name, text) in files {
            fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
            fs::write(folder.join(name), text).unwrap();
        }
    }

    fn waiting(folder: &Path, files: &[(&str, &str)]) -> Vec<(TempPath, PathBuf)> {
        let of_file = |(name, text): &(&str, &str)| {
            let mut file = Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder).unwrap();
            file.write_all(text.as_bytes()).unwrap();
            (file.into_temp_path(), folder.join(name))
        };
        files.iter().map(of_file).collect()
    }

    const OLD: [(&str, &str); 4] = [("a", "1"), ("phan-hoi/b", "1"), ("c", "1"), ("phan-hoi/old", "1")];
    const NEW: [(&str, &str); 4] = [("a", "2"), ("phan-hoi/b", "2"), ("c", "2"), ("d", "2")];

    fn whole(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn killed_after_any_step_the_set_is_finished_by_whoever_comes_next() {
        for steps in 0..=NEW.len() {
            let folder = tempdir().unwrap();
            let folder = folder.path();
            written(folder, &OLD);
            let mut new = waiting(folder, &NEW);
            let leaving = vec![folder.join("phan-hoi/old")];
            let named =
                new.iter().map(|(file, place)| (beside(file).unwrap(), within(folder, place).unwrap()));
            Steps { put: named.collect(), take_away: vec!["phan-hoi/old".to_owned()] }
                .write_down(folder)
                .unwrap();
            let rest = new.split_off(steps);
            let mut swap = Swap { folder, done: Vec::new() };
            swap.all(if steps == 0 { &[] } else { &leaving }, new).unwrap();
            // The kill: nothing is put back or cleared away.
            std::mem::forget((rest, swap));
            assert!(is_interrupted(folder));
            assert!(finish_interrupted(folder).unwrap());
            let mut left = contents(folder);
            left.retain(|name, _| !name.starts_with(PREFIX));
            assert_eq!(left, whole(&NEW), "after {steps} steps");
            assert!(!finish_interrupted(folder).unwrap() && !is_interrupted(folder));
        }
    }

    #[test]
    fn killed_while_all_is_put_back_the_set_is_the_old_one() {
        let folder = tempdir().unwrap();
        let folder = folder.path();
        written(folder, &OLD);
        let mut swap = Swap { folder, done: Vec::new() };
        swap.all(&[folder.join("phan-hoi/old")], waiting(folder, &NEW)).unwrap();
        // As `undo` begins: what it is about to do is written down, and one file is back.
        let back = |(place, old): &(PathBuf, Option<TempPath>)| {
            Some((beside(old.as_ref()?).unwrap(), within(folder, place).unwrap()))
        };
        let put: Vec<(String, String)> = swap.done.iter().rev().filter_map(back).collect();
        Steps { put, take_away: vec!["d".to_owned()] }.write_down(folder).unwrap();
        let (place, old) = swap.done.remove(1);
        old.unwrap().persist(place).unwrap();
        std::mem::forget(swap);
        assert!(finish_interrupted(folder).unwrap());
        assert_eq!(contents(folder), whole(&OLD));
    }

    #[test]
    fn a_journal_leads_nowhere_but_into_its_folder() {
        for (file, place) in [
            ("../a", "b"),
            (".xhht-1.tmp", "../b"),
            (".xhht-1.tmp", "/tmp/b"),
            ("báo cáo.xlsx", "b"),
            ("x/.xhht-1.tmp", "b"),
            (".xhht-1.tmp", ""),
        ] {
            let text = format!("lời\n{{\"put\":[[{file:?},{place:?}]],\"take_away\":[]}}\n");
            assert!(Steps::read(&text).is_none(), "{text}");
        }
        assert!(Steps::read("{\"put\":[],\"take_away\":[\"../a\"]}").is_none());
        assert!(Steps::read("chỉ có lời").is_none());
        assert!(
            Steps::read("lời\n{\"put\":[[\".xhht-1.tmp\",\"phan-hoi/b\"]],\"take_away\":[\"a\"]}").is_some()
        );
    }
}
