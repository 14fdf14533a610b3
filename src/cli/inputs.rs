//! Reading what a command needs from the disk: the plan and the senders' files.

use super::args::ReadLimits;
use super::terminal::Terminal;
use super::{discover, own, reading, record};
use crate::domain::Year;
use crate::error::Error;
use crate::plan::province::{self, Province};
use crate::plan::{Plan, PlanSources, SHIPPED, SourceFile};
use crate::submission::Received;
use std::fs;
use std::path::{Path, PathBuf};

/// The plan a command works by: the one named, else the first inside the program.
///
/// # Errors
/// The plan cannot be read or has mistakes.
pub(super) fn plan(path: Option<&Path>) -> Result<Plan, Error> {
    Plan::read(&sources(path)?)
}

/// The texts of the plan a command works by.
///
/// # Errors
/// The plan cannot be read.
pub(super) fn sources(path: Option<&Path>) -> Result<PlanSources, Error> {
    path.map_or_else(|| Ok(PlanSources::embedded()), plan_sources)
}

/// The texts of a plan: those on disk, the main file and the ones it names beside it; else those of the plan inside the
/// program that has this id.
///
/// # Errors
/// [`Error::Io`] when the main file cannot be read as text, [`Error::Usage`] when a name is neither a file nor an id.
pub(super) fn plan_sources(path: &Path) -> Result<PlanSources, Error> {
    // What lies in the folder was put there for this run, so it comes before what the program brings along.
    if let Some(id) = path.to_str().filter(|id| is_id(id) && !path.exists()) {
        return PlanSources::shipped(id).ok_or_else(|| {
            let known: Vec<&str> = SHIPPED.iter().map(|plan| plan.id).collect();
            let first = province::all().first();
            Error::Usage(format!(
                "Không có tệp hay thư mục “{id}”, cũng không có kế hoạch nào mang mã ấy trong chương trình. Các kế hoạch có sẵn: {}, và của từng tỉnh, thành phố từ năm 2025, ví dụ {}.",
                known.join(", "),
                first.map(Province::id).unwrap_or_default()
            ))
        });
    }
    on_disk(path)
}

/// Whether the name of a plan may be that of one inside the program and not a path.
fn is_id(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn on_disk(path: &Path) -> Result<PlanSources, Error> {
    let path = if path.is_dir() { path.join("plan.toml") } else { path.to_owned() };
    let read =
        |path: &Path| fs::read_to_string(path).map(|text| text.trim_start_matches('\u{feff}').to_owned());
    let text =
        read(&path)
            .map_err(|source| Error::Io { doing: "đọc kế hoạch", path: path.clone(), source })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let main = SourceFile { name, text };
    let folder = path.parent().unwrap_or(Path::new(""));
    // Only plain names beside the plan: a plan sent by somebody else must not reach for other files.
    let beside = |name: &String| Path::new(name).components().count() == 1 && !name.starts_with('.');
    let others = PlanSources::names_in(&main)
        .into_iter()
        .filter(beside)
        .filter_map(|name| Some(SourceFile { text: read(&folder.join(&name)).ok()?, name }))
        .collect();
    Ok(PlanSources { main, others })
}

/// Reads every file that the arguments mean, and every file in a zip among them, on as many threads as the limits allow.
/// A file that cannot be read is a finding; the batch goes on. A workbook is let go as soon as its values are known, and
/// what comes back stands in the order of the files, whichever thread was first.
///
/// What this program wrote into the inbox itself is left out: the output folder `out` when it lies there, and outputs of
/// earlier runs as they were written.
///
/// # Errors
/// An argument means no file, or the process that reads doubtful files cannot be started.
pub(super) fn inbox(
    terminal: &Terminal,
    limits: &ReadLimits,
    plan: &Plan,
    year: Option<Year>,
    paths: &[PathBuf],
    out: Option<&Path>,
) -> Result<Vec<Received>, Error> {
    let files = discover::files(paths)?;
    let lower = record::lower_among(plan, &files);
    let (files, own): (Vec<_>, Vec<_>) = own::apart(files, &lower, paths, out);
    if files.is_empty() && !own.is_empty() {
        return Err(Error::Usage(
            "Trong hộp thư chỉ có kết quả do chương trình đã ghi, không có báo cáo nào của đơn vị."
                .to_owned(),
        ));
    }
    if !own.is_empty() {
        terminal.say(format!("Không đọc {} tệp là kết quả do chương trình đã ghi trong hộp thư.", own.len()));
    }
    reading::read_all(terminal, limits, plan, year, &files, &lower)
}
