//! Reading senders' files: workbooks, and results of lower plans where the plan takes them.

use super::args::ReadLimits;
use super::confined::Confined;
use super::discover::{Found, Trouble};
use super::guides;
use super::lower::Lower;
use super::parallel::in_parallel;
use super::terminal::{Terminal, aloud, quietly};
use crate::domain::Year;
use crate::error::{Error, io_reason};
use crate::finding::{Code, Finding, Origin};
use crate::intake::moment::Moment;
use crate::intake::{LARGEST_FILE, Question, Unreadable};
use crate::job::{self, LARGEST_RESULT, Opening, digested, is_lock, lock, refused};
use crate::plan::Plan;
use crate::submission::{self, InputFile, Received};
use chrono::{DateTime, Utc};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// Reads these files, each by itself.
///
/// # Errors
/// The process that reads doubtful files cannot be started.
pub(super) fn read_all(
    terminal: &Terminal,
    limits: &ReadLimits,
    plan: &Plan,
    year: Option<Year>,
    files: &[Found],
    lower: &Lower,
) -> Result<Vec<Received>, Error> {
    let opening = Opening::new(plan, &guides::is_handout);
    let submissions = submission::Reader::new(plan);
    let reader = Reader { confined: Confined::new(limits), submissions, year, opening, lower };
    let progress = terminal.progress(files.len(), "Đọc báo cáo");
    let received = in_parallel(limits.threads(), files, |file| {
        let mut received = Vec::new();
        let read = reader.found(file, &mut received);
        progress.inc(1);
        read.map(|()| received)
    })?;
    progress.finish_and_clear();
    Ok(received.into_iter().flatten().collect())
}

/// What reading needs to know beside the file.
struct Reader<'a> {
    confined: Confined<'a>,
    submissions: submission::Reader<'a>,
    year: Option<Year>,
    opening: Opening<'a>,
    /// Results of lower plans, where there may be any.
    lower: &'a Lower,
}

impl Reader<'_> {
    fn found(&self, found: &Found, received: &mut Vec<Received>) -> Result<(), Error> {
        if is_lock(&found.shown) {
            received.push(lock(&found.shown));
            return Ok(());
        }
        if let Some(trouble) = &found.trouble {
            received.push(not_opened(&found.shown, trouble));
            return Ok(());
        }
        if let Some(broken) = self.lower.broken.get(&found.path) {
            let bytes = bytes_of(&found.path, LARGEST_FILE).unwrap_or_default();
            received.push(broken.told(input(&found.shown, &bytes)));
            return Ok(());
        }
        let is_result = self.opening.is_result(&found.shown);
        match bytes_of(&found.path, if is_result { LARGEST_RESULT } else { LARGEST_FILE }) {
            Ok(bytes) => {
                let read = |bytes, question: &Question| self.confined.read(bytes, question);
                quietly(|| {
                    self.opening.open(&found.shown, bytes, stored(found), read, |opened| {
                        received.extend(aloud(|| job::received(&self.submissions, self.year, opened)));
                        Ok(())
                    })
                })
            }
            Err(error) => {
                let finding = Finding::new(
                    Code::F003,
                    format!("không đọc được tệp từ đĩa: {}", io_reason(&error)),
                    "kiểm tra tệp còn ở đó, không bị khóa và có quyền đọc, rồi chạy lại",
                );
                received.push(refused(input(&found.shown, &[]), finding.at(Origin::file(&found.shown))));
                Ok(())
            }
        }
    }
}

/// What is said of something in an inbox that is no file to open.
fn not_opened(shown: &str, trouble: &Trouble) -> Received {
    let told = |cause: String, cure: &str| Finding::new(Code::F003, cause, cure).at(Origin::file(shown));
    let finding = match trouble {
        Trouble::Link => Unreadable::shortcut().finding(shown),
        Trouble::NoFile => told(
            "đây không phải là một tệp bình thường (đường ống, thiết bị của hệ thống), chương trình không mở"
                .to_owned(),
            "kiểm tra có để nhầm không; nếu thừa thì xóa đi rồi chạy lại",
        ),
        Trouble::Folder(reason) => told(
            format!("không mở được thư mục này nên chưa đọc tệp nào bên trong: {reason}"),
            "cấp quyền đọc thư mục (hoặc chép thư mục sang nơi khác) rồi chạy lại",
        ),
    };
    refused(input(shown, &[]), finding)
}

fn input(shown: &str, bytes: &[u8]) -> InputFile {
    InputFile { path: shown.into(), sha256: digested(bytes) }
}

/// When a file was last changed, in universal time: only ever compared with other files.
fn stored(found: &Found) -> Option<Moment> {
    found.changed.or_else(|| changed(&found.path)).map(|moment| Moment::utc(moment.naive_utc()))
}

/// When the disk says that a file was last changed.
pub(super) fn changed(path: &Path) -> Option<DateTime<Utc>> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok().map(DateTime::from)
}

/// At most one byte more than intake takes: its size guard speaks, and memory stays bounded.
fn bytes_of(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
