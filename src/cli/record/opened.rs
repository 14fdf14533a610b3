//! A record on the disk, and what is read from it.

use crate::check::decision::{DecisionTexts, Decisions};
use crate::cli::args::ReadLimits;
use crate::cli::discover::Found;
use crate::cli::lower::Lower;
use crate::cli::reading;
use crate::cli::terminal::Terminal;
use crate::consolidate::Snapshot;
use crate::consolidate::change::Cause;
use crate::consolidate::history::record_file::{self, RECORD_FILE, RecordFile};
use crate::domain::Year;
use crate::error::{Error, io_reason};
use crate::job::Known;
use crate::output::xlsx::SourceLinks;
use crate::plan::{Plan, PlanSources, SourceFile, hex};
use crate::submission::Received;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The longest `ho-so.toml` that is read, bytes: a country's units, several files each.
const LONGEST: u64 = 64 << 20;

/// A record that was opened.
#[derive(Debug)]
pub(in crate::cli) struct Opened {
    /// Where it is.
    pub folder: PathBuf,
    /// What it says.
    pub record: RecordFile,
    /// SHA-256 of its `ho-so.toml`.
    pub sha256: String,
}

impl Opened {
    /// Opens a record.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be read, [`Error::Usage`] when it is none.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(RECORD_FILE);
        let io = |source| Error::Io { doing: "đọc hồ sơ", path: path.clone(), source };
        let length = fs::metadata(&path).map_err(io)?.len();
        if length > LONGEST {
            return Err(Error::Usage(format!("“{}” dài quá mức một hồ sơ.", path.display())));
        }
        let text = fs::read_to_string(&path).map_err(io)?;
        let record =
            RecordFile::read(&text).map_err(|why| Error::Usage(format!("“{}” {why}.", path.display())))?;
        let sha256 = hex(&Sha256::digest(text.as_bytes()));
        Ok(Opened { folder: folder.to_owned(), record, sha256 })
    }

    /// The records that paths mean: each a record, a year's folder of parts, or a folder of years; in the order of years
    /// and parts.
    ///
    /// # Errors
    /// A path means no record, or one of them cannot be read.
    pub fn all(paths: &[PathBuf]) -> Result<Vec<Self>, Error> {
        let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
        for path in paths {
            let found = folders_in(path);
            if found.is_empty() {
                return Err(Error::Usage(format!(
                    "Không có hồ sơ nào ở “{}”. Nêu thư mục một lần chốt (ho-so/2024/lan-1), một năm (ho-so/2024) hoặc mọi năm (ho-so).",
                    path.display()
                )));
            }
            folders.extend(found);
        }
        Self::in_order(folders)
    }

    /// The records of a year under a folder of records, the first part first.
    ///
    /// # Errors
    /// One of them cannot be read.
    pub fn of_year(records: &Path, year: Year) -> Result<Vec<Self>, Error> {
        Self::in_order(folders_in(&records.join(year.to_string())))
    }

    fn in_order(folders: impl IntoIterator<Item = PathBuf>) -> Result<Vec<Self>, Error> {
        let opened = folders.into_iter().map(|folder| Self::open(&folder));
        let mut records = opened.collect::<Result<Vec<_>, _>>()?;
        records.sort_by_key(|opened| (opened.record.year, opened.record.stamp.part));
        Ok(records)
    }

    /// How the record is called.
    pub fn name(&self) -> String {
        self.record.name()
    }

    /// What is wrong with its files: those that are missing, other than they were, or were not there.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut known: BTreeSet<PathBuf> = BTreeSet::from([self.folder.join(RECORD_FILE)]);
        let mut hashed: BTreeSet<&str> = BTreeSet::new();
        for (file, sha256) in self.record.hashes() {
            let path = self.folder.join(file);
            known.insert(path.clone());
            if !hashed.insert(file) {
                continue;
            }
            faults.extend(fault_of(&path, file, sha256).map(|told| Fault { told, moves: moved_by(file) }));
        }
        let there = WalkDir::new(&self.folder).sort_by_file_name().into_iter().flatten();
        for entry in there.filter(|entry| !entry.file_type().is_dir() && !known.contains(entry.path())) {
            let within = entry.path().strip_prefix(&self.folder).unwrap_or(entry.path());
            faults.push(Fault { told: record_file::stranger(&within.to_string_lossy()), moves: None });
        }
        faults
    }

    /// What is wrong with the result it holds.
    pub fn fault_of_result(&self) -> Option<String> {
        let result = self.record.result();
        let known = self.record.hashes().find(|(file, _)| *file == result);
        known.map_or_else(
            || Some(format!("không có tệp “{result}”")),
            |(file, sha256)| fault_of(&self.folder.join(file), file, sha256),
        )
    }

    /// How many files it has.
    pub fn count(&self) -> usize {
        self.record.hashes().map(|(file, _)| file).collect::<BTreeSet<_>>().len() + 1
    }

    fn text(&self, file: &str) -> Result<String, Error> {
        let path = self.folder.join(file);
        fs::read_to_string(&path).map_err(|source| Error::Io { doing: "đọc hồ sơ", path, source })
    }

    fn source(&self, file: &str) -> Result<SourceFile, Error> {
        let name = file.rsplit('/').next().unwrap_or(file).to_owned();
        Ok(SourceFile { name, text: self.text(file)? })
    }

    /// The texts of its plan.
    ///
    /// # Errors
    /// [`Error::Io`] when one cannot be read.
    pub fn plan(&self) -> Result<PlanSources, Error> {
        let main = &self.record.plan.main;
        let folder = format!("{}/", record_file::PLAN);
        let files = self.record.files.iter().map(|file| &file.file);
        let others = files.filter(|file| *file != main && file.starts_with(&folder));
        let others = others.map(|file| self.source(file)).collect::<Result<_, _>>()?;
        Ok(PlanSources { main: self.source(main)?, others })
    }

    /// What the secretariat had decided.
    ///
    /// # Errors
    /// A file cannot be read, or has mistakes under this plan.
    pub fn decisions(&self, plan: &Plan) -> Result<Decisions, Error> {
        let files = self.record.decisions.iter().map(|file| self.source(&file.file));
        Decisions::read(plan, &DecisionTexts::by_name(files.collect::<Result<Vec<_>, _>>()?))
    }

    /// The hashes of its files of decisions.
    pub fn hashes_of_decisions(&self) -> BTreeSet<&str> {
        self.record.decisions.iter().map(|file| file.sha256.as_str()).collect()
    }

    /// What was received, by name and hash.
    pub fn hashes_of_received(&self) -> BTreeSet<(&str, &str)> {
        self.record.received.iter().map(|input| (input.path.as_str(), input.sha256.as_str())).collect()
    }

    /// What was known of earlier years.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn known(&self) -> Result<Known, Error> {
        serde_json::from_str(&self.known_as_text()?).map_err(|error| {
            Error::Usage(format!(
                "{}: không đọc được số liệu năm trước đã lưu (dòng {}, cột {}).",
                self.name(),
                error.line(),
                error.column()
            ))
        })
    }

    /// The same as it stands in the file.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn known_as_text(&self) -> Result<String, Error> {
        self.text(record_file::KNOWN)
    }

    /// What was received, read anew under a plan.
    ///
    /// # Errors
    /// The process that reads doubtful files cannot be started.
    pub fn received(
        &self,
        terminal: &Terminal,
        limits: &ReadLimits,
        plan: &Plan,
    ) -> Result<Vec<Received>, Error> {
        let found = |input: &record_file::RecordedInput| Found {
            path: self.folder.join(&input.file),
            shown: input.path.clone(),
            trouble: None,
            changed: input.changed,
        };
        let files: Vec<Found> = self.record.received.iter().map(found).collect();
        reading::read_all(terminal, limits, plan, Some(self.record.year), &files, &Lower::default())
    }

    /// How its workbook leads to what was received.
    pub fn links(&self) -> SourceLinks {
        let linked = self.record.received.iter();
        linked.filter_map(|input| Some((input.path.clone(), input.link.clone()?))).collect()
    }

    /// What was published.
    ///
    /// # Errors
    /// The result cannot be read, or is none.
    pub fn published(&self) -> Result<Snapshot, Error> {
        Snapshot::read(&self.text(&self.record.result())?)
            .map_err(|why| Error::Usage(format!("{}: kết quả {why}.", self.name())))
    }
}

/// The folders of records at a place: a record, a year's parts, or years of them; none where there are none.
fn folders_in(path: &Path) -> Vec<PathBuf> {
    let is_record = |entry: &walkdir::DirEntry| entry.file_name() == RECORD_FILE;
    let files = WalkDir::new(path).max_depth(3).into_iter().flatten().filter(is_record);
    files.filter_map(|file| file.path().parent().map(Path::to_owned)).collect()
}

/// What is wrong with a file of a record.
#[derive(Debug)]
pub(in crate::cli) struct Fault {
    /// In words.
    pub told: String,
    /// As what it moves figures when they are computed anew; nothing where it does not.
    pub moves: Option<Cause>,
}

/// As what a file of a record moves its figures.
fn moved_by(file: &str) -> Option<Cause> {
    let (folder, _) = file.split_once('/').unwrap_or((file, ""));
    match folder {
        record_file::RECEIVED => Some(Cause::Files),
        record_file::DECISIONS => Some(Cause::Decisions),
        record_file::PLAN => Some(Cause::Plan),
        record_file::KNOWN => Some(Cause::History),
        _ => None,
    }
}

/// What is wrong with a file of a record, in words.
fn fault_of(path: &Path, file: &str, sha256: &str) -> Option<String> {
    match hash_of(path) {
        Ok(found) if found == sha256 => None,
        Ok(_) => Some(record_file::changed(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some(record_file::missing(file)),
        Err(error) => Some(format!("không đọc được tệp “{file}”: {}", io_reason(&error))),
    }
}

/// SHA-256 of a file, read piece by piece: what was received may be large.
fn hash_of(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let (mut digest, mut piece) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hex(&digest.finalize())),
            length => digest.update(&piece[..length]),
        }
    }
}

/// What a file among results is to a record.
pub(in crate::cli) enum Sealed {
    /// It lies somewhere by itself.
    Loose,
    /// The result of a record.
    Result(Box<Opened>),
    /// Some other file of a record: its result speaks for it.
    Beside,
}

impl Sealed {
    /// Looks at where the file lies.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn of(path: &Path) -> Result<Self, Error> {
        let Some(folder) = path.ancestors().skip(1).find(|folder| folder.join(RECORD_FILE).is_file()) else {
            return Ok(Sealed::Loose);
        };
        let opened = Opened::open(folder)?;
        let is_result = folder.join(opened.record.result()) == path;
        Ok(if is_result { Sealed::Result(Box::new(opened)) } else { Sealed::Beside })
    }
}
