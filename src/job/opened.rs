//! What came, opened: a file, or each of those inside it where it is an archive or a mail, down to its raw cells. It may be
//! opened elsewhere than where it is read, in another process or worker, so it can be sent.

use super::digested::digested;
use super::lower;
use super::records::{self, Broken};
use crate::domain::Year;
use crate::finding::{Code, Finding, Origin};
use crate::intake::moment::{Moment, Receipt};
use crate::intake::raw::RawSubmission;
use crate::intake::{self, Member, Question, Unreadable};
use crate::plan::Plan;
use crate::submission::{Content, InputFile, Reader, Received, came};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// How files are opened.
pub struct Opening<'a> {
    plan: &'a Plan,
    question: Question,
    /// Whether a file, by its path and content, is one the program hands out and nobody sent as a report.
    is_handout: &'a (dyn Fn(&str, &[u8]) -> bool + Sync),
}

/// A file that was opened, or one inside it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Opened {
    /// Its path as it is printed.
    pub path: String,
    /// SHA-256 of its content, lower-case hexadecimal.
    pub sha256: String,
    /// When it was last changed, as what it lay in says.
    pub stored: Option<Moment>,
    /// When it came, where a mail brought it.
    pub receipt: Option<Receipt>,
    /// What is in it.
    pub holds: Holds,
}

/// What is in a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Holds {
    /// The mark that Excel leaves beside an open workbook.
    Lock,
    /// The result of a lower plan, its bytes.
    Result(Vec<u8>),
    /// A sealed record of a lower plan that is not as it was sealed.
    BrokenRecord(Broken),
    /// A workbook.
    Workbook(Box<RawSubmission>),
    /// Nothing that can be read, and why.
    Nothing(Unreadable),
}

impl<'a> Opening<'a> {
    /// Opens what is sent for a plan.
    pub fn new(plan: &'a Plan, is_handout: &'a (dyn Fn(&str, &[u8]) -> bool + Sync)) -> Self {
        let question = Question { tabs: plan.tabs(), others: true };
        Opening { plan, question, is_handout }
    }

    /// Whether a file is read as the result of a lower plan, by its name alone: of other plans it is a stray one.
    pub fn is_result(&self, path: &str) -> bool {
        self.plan.takes_results() && lower::is_result_name(Path::new(path))
    }

    /// Opens a file and everything inside it, one after another; of a whole country nobody can hold it all. `read` reads a
    /// workbook, wherever that is safe.
    ///
    /// # Errors
    /// Only what `read` and `take` say.
    pub fn open<E>(
        &self,
        path: &str,
        bytes: Vec<u8>,
        stored: Option<Moment>,
        read: impl Fn(Vec<u8>, &Question) -> Result<Result<RawSubmission, Unreadable>, E>,
        mut take: impl FnMut(Opened) -> Result<(), E>,
    ) -> Result<(), E> {
        let opened = |path: &str, sha256: String, holds: Holds, stored, receipt| Opened {
            path: path.to_owned(),
            sha256,
            stored,
            receipt,
            holds,
        };
        if is_lock(path) {
            return take(opened(path, digested(&[]), Holds::Lock, None, None));
        }
        let whole = digested(&bytes);
        if self.is_result(path) {
            return take(opened(path, whole, Holds::Result(bytes), None, None));
        }
        let workbook = |bytes: Vec<u8>| {
            Ok(match read(bytes, &self.question)? {
                Ok(raw) => Holds::Workbook(Box::new(raw)),
                Err(unreadable) => Holds::Nothing(unreadable),
            })
        };
        let mut of_member = |member: Member| {
            let Member { path: inside, modified, received, bytes } = member;
            let (sha256, holds) = match bytes {
                _ if is_lock(&inside) => (digested(&[]), Holds::Lock),
                Ok(bytes) if self.is_result(&inside) => (digested(&bytes), Holds::Result(bytes)),
                Ok(bytes) if (self.is_handout)(&inside, &bytes) => return Ok(()),
                Ok(bytes) => (digested(&bytes), workbook(bytes)?),
                Err(unreadable) if inside == path => (whole.clone(), Holds::Nothing(unreadable)),
                Err(unreadable) => (digested(&[]), Holds::Nothing(unreadable)),
            };
            take(opened(&inside, sha256, holds, modified, received))
        };
        let left = if self.plan.takes_results() {
            // Whether a record is whole can be told when all of it is there.
            let mut members = Vec::new();
            let left = intake::unpack(path, bytes, &mut |member| {
                members.push(member);
                Ok(())
            })?;
            let (read, broken) = records::settled(self.plan, members);
            read.into_iter().try_for_each(&mut of_member)?;
            for (path, broken) in broken {
                take(opened(&path, digested(&[]), Holds::BrokenRecord(broken), None, None))?;
            }
            left
        } else {
            intake::unpack(path, bytes, &mut of_member)?
        };
        if let Some(bytes) = left
            && !(self.is_handout)(path, &bytes)
        {
            take(opened(path, whole, workbook(bytes)?, stored, None))?;
        }
        Ok(())
    }
}

/// What a file that was opened says to the plan. `year` is the year being consolidated; without it the file's own.
pub fn received(reader: &Reader<'_>, year: Option<Year>, opened: Opened) -> Vec<Received> {
    let Opened { path, sha256, stored, receipt, holds } = opened;
    let file = InputFile { path: path.into(), sha256 };
    match holds {
        Holds::Lock => vec![lock(&file.path)],
        Holds::Result(bytes) => vec![lower::read_result(reader, year, file, &bytes)],
        Holds::BrokenRecord(broken) => vec![broken.told(file)],
        Holds::Workbook(mut raw) => {
            (raw.stored, raw.received) = (stored, receipt);
            reader.read_all(year, file, &raw)
        }
        Holds::Nothing(unreadable) => {
            let finding = unreadable.finding(&file.path);
            let refused = refused(file, finding);
            vec![Received { content: refused.content.which_came(came(receipt, stored)), ..refused }]
        }
    }
}

/// A file that is not used at all, and what is said of it.
pub fn refused(file: InputFile, finding: Finding) -> Received {
    let content = Content::rejected(finding.code);
    Received { file, findings: vec![finding], content }
}

/// Whether a file's name says that Excel left it beside an open workbook.
pub fn is_lock(path: &str) -> bool {
    path.rsplit('/').next().unwrap_or(path).starts_with("~$")
}

/// What is said of such a file.
pub fn lock(path: &str) -> Received {
    let finding = Finding::new(
        Code::F007,
        "tệp tạm do Excel tạo khi đang mở một tệp khác",
        "không cần làm gì; đóng Excel trước khi chép thư mục",
    );
    let findings = vec![finding.at(Origin::file(path))];
    let file = InputFile { path: path.into(), sha256: digested(&[]) };
    Received { file, findings, content: Content::Ignored }
}
