//! The files of decisions: those named, else those that lie in the inbox or beside it; and the season's workbook, where
//! decisions are typed.

use super::args::DecisionOptions;
use super::reading;
use crate::check::decision::desk::{DeskFile, desk_file, desk_workbook};
use crate::check::decision::{CORRECTIONS_FILE, DecisionTexts, Decisions, WAIVERS_FILE};
use crate::domain::Year;
use crate::error::Error;
use crate::plan::{Plan, SourceFile, read_toml};
use crate::season::settle::{Settled, not_understood};
use std::fs;
use std::path::{Path, PathBuf};

/// What the secretariat has decided, and where that stands.
pub(super) struct Decided {
    /// The texts, with what was typed since they were written.
    pub texts: DecisionTexts,
    /// What holds.
    pub decisions: Decisions,
    /// What was typed in the season's workbook.
    pub settled: Settled,
}

/// Reads what the secretariat has decided about a year.
///
/// # Errors
/// A file that was named, or is there, cannot be read, or has mistakes.
pub(super) fn read(
    plan: &Plan,
    year: Year,
    paths: &[PathBuf],
    options: &DecisionOptions,
) -> Result<Decided, Error> {
    let settled = typed(plan, year, paths)?;
    let desk = if settled.desk.is_empty() {
        None
    } else {
        Some(SourceFile { name: desk_file(year), text: settled.desk.text()? })
    };
    let texts = DecisionTexts {
        waivers: source(paths, options.waivers.as_deref(), WAIVERS_FILE)?,
        corrections: source(paths, options.corrections.as_deref(), CORRECTIONS_FILE)?,
        desk,
    };
    let decisions = Decisions::read(plan, &texts)?;
    Ok(Decided { texts, decisions, settled })
}

/// What is kept of a season and what was typed into its workbook since.
fn typed(plan: &Plan, year: Year, paths: &[PathBuf]) -> Result<Settled, Error> {
    let desk = match source(paths, None, &desk_file(year))? {
        None => DeskFile::begun(year),
        Some(file) => {
            let mut mistakes = Vec::new();
            let read = read_toml::<DeskFile>(&file, &mut mistakes);
            read.map(|read| read.value).ok_or(Error::Decisions(mistakes))?
        }
    };
    let Some(path) = beside(paths, &desk_workbook(year)) else { return Ok(Settled::of_file(desk)) };
    let bytes =
        fs::read(&path).map_err(|source| Error::Io { doing: "đọc", path: path.clone(), source })?;
    let changed =
        || reading::changed(&path).map(|moment| moment.with_timezone(&plan.utc_offset).date_naive());
    Settled::with_workbook(desk, plan, &bytes, changed)
        .map_err(|why| Error::Usage(not_understood(&path.display().to_string(), &why)))
}

fn source(paths: &[PathBuf], named: Option<&Path>, usual: &str) -> Result<Option<SourceFile>, Error> {
    let Some(path) = named.map(Path::to_owned).or_else(|| beside(paths, usual)) else { return Ok(None) };
    let text =
        fs::read_to_string(&path)
            .map_err(|source| Error::Io { doing: "đọc", path: path.clone(), source })?;
    let text = text.trim_start_matches('\u{feff}').to_owned();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Some(SourceFile { name, text }))
}

/// A file of that name in the inbox or beside it.
fn beside(paths: &[PathBuf], usual: &str) -> Option<PathBuf> {
    let folders = paths.iter().flat_map(|path| {
        // The folder's own parent, whatever way the path was typed.
        let whole = path.canonicalize().unwrap_or_else(|_| path.clone());
        [path.is_dir().then(|| path.clone()), whole.parent().map(Path::to_owned)]
    });
    folders.flatten().map(|folder| folder.join(usual)).find(|file| file.is_file())
}
