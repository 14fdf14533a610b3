//! Reading what a command needs from the disk: the plan and the senders' files.

use super::args::ReadLimits;
use super::confined::{self, Question};
use super::discover::{self, Found, Trouble};
use super::own;
use super::parallel::in_parallel;
use super::terminal::{Terminal, quietly};
use crate::domain::Year;
use crate::error::{Error, io_reason};
use crate::finding::{Code, Finding, Origin};
use crate::intake::moment::{Moment, Receipt};
use crate::intake::{self, LARGEST_FILE, Member, Unreadable};
use crate::plan::province::{self, Province};
use crate::plan::{Plan, PlanSources, SHIPPED, SourceFile, hex};
use crate::submission::{self, Content, InputFile, Received};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::Read;
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
    let (files, own): (Vec<Found>, Vec<Found>) = own::apart(discover::files(paths)?, paths, out);
    if files.is_empty() && !own.is_empty() {
        return Err(Error::Usage(
            "Trong hộp thư chỉ có kết quả do chương trình đã ghi, không có báo cáo nào của đơn vị."
                .to_owned(),
        ));
    }
    if !own.is_empty() {
        terminal.say(format!("Không đọc {} tệp là kết quả do chương trình đã ghi trong hộp thư.", own.len()));
    }
    read_all(terminal, limits, plan, year, &files)
}

/// Reads these files, each by itself.
///
/// # Errors
/// As [`inbox`].
pub(super) fn read_all(
    terminal: &Terminal,
    limits: &ReadLimits,
    plan: &Plan,
    year: Option<Year>,
    files: &[Found],
) -> Result<Vec<Received>, Error> {
    let question = Question { tabs: plan.tabs(), others: true };
    let reader = Reader { limits, submissions: submission::Reader::new(plan), year, question };
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
    limits: &'a ReadLimits,
    submissions: submission::Reader<'a>,
    year: Option<Year>,
    question: Question,
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
        match bytes_of(&found.path) {
            Ok(bytes) => self.file(&found.shown, bytes, changed(&found.path), received),
            Err(error) => {
                let finding = Finding::new(
                    Code::F003,
                    format!("không đọc được tệp từ đĩa: {}", io_reason(&error)),
                    "kiểm tra tệp còn ở đó, không bị khóa và có quyền đọc, rồi chạy lại",
                );
                received.push(rejected(input(&found.shown, &[]), finding.at(Origin::file(&found.shown))));
                Ok(())
            }
        }
    }

    /// A file, or all files inside it where it is a zip or a mail.
    fn file(
        &self,
        shown: &str,
        bytes: Vec<u8>,
        stored: Option<Moment>,
        received: &mut Vec<Received>,
    ) -> Result<(), Error> {
        let whole = input(shown, &bytes);
        let mut take = |member: Member| {
            let file = match &member.bytes {
                Ok(bytes) => input(&member.path, bytes),
                Err(_) if member.path == shown => whole.clone(),
                Err(_) => input(&member.path, &[]),
            };
            received.extend(self.member(file, member)?);
            Ok(())
        };
        if let Some(bytes) = quietly(|| intake::unpack(shown, bytes, &mut take))? {
            received.extend(self.workbook(whole, bytes, stored, None)?);
        }
        Ok(())
    }

    fn member(&self, file: InputFile, member: Member) -> Result<Vec<Received>, Error> {
        Ok(match member.bytes {
            _ if is_lock(&member.path) => vec![lock(&member.path)],
            Ok(bytes) => self.workbook(file, bytes, member.modified, member.received)?,
            Err(unreadable) => vec![refused(file, &unreadable)],
        })
    }

    fn workbook(
        &self,
        file: InputFile,
        bytes: Vec<u8>,
        stored: Option<Moment>,
        receipt: Option<Receipt>,
    ) -> Result<Vec<Received>, Error> {
        Ok(match confined::read(bytes, &self.question, self.limits)? {
            Ok(mut raw) => {
                (raw.stored, raw.received) = (stored, receipt);
                self.submissions.read_all(self.year, file, &raw)
            }
            Err(unreadable) => vec![refused(file, &unreadable)],
        })
    }
}

fn is_lock(shown: &str) -> bool {
    shown.rsplit('/').next().unwrap_or(shown).starts_with("~$")
}

fn lock(shown: &str) -> Received {
    let finding = Finding::new(
        Code::F007,
        "tệp tạm do Excel tạo khi đang mở một tệp khác",
        "không cần làm gì; đóng Excel trước khi chép thư mục",
    );
    let findings = vec![finding.at(Origin::file(shown))];
    Received { file: input(shown, &[]), findings, content: Content::Ignored }
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
    rejected(input(shown, &[]), finding)
}

fn input(shown: &str, bytes: &[u8]) -> InputFile {
    InputFile { path: shown.into(), sha256: hex(&Sha256::digest(bytes)) }
}

fn refused(file: InputFile, unreadable: &Unreadable) -> Received {
    let finding = unreadable.finding(&file.path);
    rejected(file, finding)
}

/// When the disk says that the file was last changed, in universal time: only ever compared with other files.
fn changed(path: &Path) -> Option<Moment> {
    let moment = fs::metadata(path).and_then(|metadata| metadata.modified()).ok()?;
    Some(Moment::utc(DateTime::<Utc>::from(moment).naive_utc()))
}

/// At most one byte more than intake takes: its size guard speaks, and memory stays bounded.
fn bytes_of(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn rejected(file: InputFile, finding: Finding) -> Received {
    let content = Content::Rejected { unit: None, filled: 0, code: finding.code };
    Received { file, findings: vec![finding], content }
}
