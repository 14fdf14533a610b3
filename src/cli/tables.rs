//! `--tables`: the results as tables, each plan's year in a folder of its own below the one that is given.

use super::output::{Outputs, is_in_no_record};
use super::own::{lies_in, would_be_read};
use super::terminal::Terminal;
use crate::consolidate::Consolidated;
use crate::error::Error;
use crate::finding::Finding;
use crate::output::tables::Tables;
use crate::plan::Plan;
use std::path::{Path, PathBuf};
use table::{Form, Resource};

/// Whether tables may be written there.
///
/// # Errors
/// [`Error::Usage`] when the folder lies in a sealed record, or where the next run would take the tables for submissions.
pub(super) fn may_be_written(folder: &Path, paths: &[PathBuf], out: &Path) -> Result<(), Error> {
    is_in_no_record(folder)?;
    // What lies in the folder of results is set apart from submissions.
    if !lies_in(folder, out) && would_be_read(folder, paths) {
        return Err(Error::Usage(format!(
            "Thư mục bảng “{}” nằm trong thư mục bài nộp: lần chạy sau sẽ đọc các bảng như bài nộp. Chọn thư mục khác ở --tables, ví dụ {}.",
            folder.display(),
            out.join("bang").display()
        )));
    }
    Ok(())
}

/// Writes the tables of a year; the folder they stand in. Those of other years and plans stay.
///
/// # Errors
/// A file cannot be written; then the tables of an earlier run stand as they stood.
pub(super) fn write(
    terminal: &Terminal,
    folder: &Path,
    plan: &Plan,
    results: &Consolidated,
    findings: &[Finding],
) -> Result<PathBuf, Error> {
    let doing = terminal.doing("Ghi bảng");
    let tables = Tables::of(plan, results, findings);
    let folder = folder.join(tables.folder());
    let outputs = Outputs::into_folder(&folder)?;
    let mut resources: Vec<Resource> = Vec::new();
    for written in tables.list() {
        for form in Form::ALL {
            let added = outputs.add_written(&written.file_name(form), |file, place| {
                written.write(form, file).map_err(|error| failed(error, place))
            })?;
            resources.push(written.resource(form, added.bytes, &added.sha256));
        }
    }
    outputs.add("datapackage.json", tables.description(resources).as_bytes())?;
    outputs.finish()?;
    drop(doing);
    Ok(folder)
}

fn failed(error: table::Error, place: &Path) -> Error {
    match error {
        table::Error::Io(source) => Error::Io { doing: "ghi", path: place.to_owned(), source },
        error => Error::Internal(format!("không ghi được bảng “{}”: {error}", place.display())),
    }
}
