//! Reading what a command needs from the disk: the plan and the senders' files.

use super::discover::{self, Found};
use super::terminal::{self, Terminal};
use crate::domain::Year;
use crate::error::{Error, io_reason};
use crate::finding::{Finding, Origin};
use crate::intake::{self, LARGEST_FILE};
use crate::plan::{Plan, PlanSources, SourceFile, hex};
use crate::submission::{self, Content, InputFile, Received};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The plan a command works by: the file given, else the embedded one.
///
/// # Errors
/// The plan cannot be read or has mistakes.
pub(super) fn plan(path: Option<&Path>) -> Result<Plan, Error> {
    match path {
        None => Plan::read(&PlanSources::embedded()),
        Some(path) => Plan::read(&plan_sources(path)?),
    }
}

/// The texts of a plan on disk: the main file and those it names, beside it.
///
/// # Errors
/// [`Error::Io`] when the main file cannot be read as text.
pub(super) fn plan_sources(path: &Path) -> Result<PlanSources, Error> {
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

/// Reads every file that the arguments mean. A file that cannot be read is a finding; the batch goes on.
///
/// # Errors
/// An argument means no file.
pub(super) fn submissions(
    terminal: &Terminal,
    plan: &Plan,
    year: Option<Year>,
    paths: &[PathBuf],
) -> Result<Vec<Received>, Error> {
    let files = discover::files(paths)?;
    let tabs = plan.tabs();
    let progress = terminal.progress(files.len(), "Đọc báo cáo");
    let received = files
        .iter()
        .map(|file| {
            let received = one(plan, year, &tabs, file);
            progress.inc(1);
            received
        })
        .collect();
    progress.finish_and_clear();
    Ok(received)
}

fn one(plan: &Plan, year: Option<Year>, tabs: &[String], found: &Found) -> Received {
    let name = found.path.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with("~$") {
        let finding = Finding::new(
            "F007",
            "tệp tạm do Excel tạo khi đang mở một tệp khác",
            "không cần làm gì; đóng Excel trước khi chép thư mục",
        );
        let file = InputFile { path: found.shown.clone(), sha256: hex(&Sha256::digest([])) };
        let findings = vec![finding.at(Origin::file(&found.shown))];
        return Received { file, findings, content: Content::Ignored };
    }
    let bytes = match bytes_of(&found.path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let finding = Finding::new(
                "F003",
                format!("không đọc được tệp từ đĩa: {}", io_reason(&error)),
                "kiểm tra tệp còn ở đó, không bị khóa và có quyền đọc, rồi chạy lại",
            );
            let file = InputFile { path: found.shown.clone(), sha256: hex(&Sha256::digest([])) };
            return rejected(file, finding.at(Origin::file(&found.shown)));
        }
    };
    let file = InputFile { path: found.shown.clone(), sha256: hex(&Sha256::digest(&bytes)) };
    match terminal::reading(|| intake::read(&bytes, tabs)) {
        Ok(raw) => submission::read(plan, year, file, &raw),
        Err(unreadable) => {
            let finding = unreadable.finding(&file.path);
            rejected(file, finding)
        }
    }
}

/// At most one byte more than intake takes: its size guard speaks, and memory stays bounded.
pub(super) fn bytes_of(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn rejected(file: InputFile, finding: Finding) -> Received {
    let content = Content::Rejected { unit: None, filled: 0, code: finding.code.clone() };
    Received { file, findings: vec![finding], content }
}
