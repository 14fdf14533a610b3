//! Reading a file in a process of its own, for what no guard inside a process can stop: memory without bound, loops
//! without end, a stack that overflows.
//!
//! The program runs itself with a hidden command. The file goes in through standard input, what was read comes back
//! through standard output. Time is the parent's affair: it kills a child that does not answer. Memory is the child's:
//! its allocator refuses to go beyond the limit, and a refused allocation ends the process. Nothing of it is particular
//! to one system.

use super::args::{READ_ONE, ReadLimits};
use super::{CommandResult, Ending, LimitMemory, terminal};
use crate::error::Error;
use crate::intake::raw::RawSubmission;
use crate::intake::{self, Unreadable};
use serde::{Deserialize, Serialize};
use std::io::{ErrorKind, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How the standard library begins its last words when an allocation is refused.
const REFUSED_ALLOCATION: &str = "memory allocation of";
/// Most of a child's last words that are looked at, bytes.
const LAST_WORDS: u64 = 4096;
/// Most that a child may answer, bytes: what intake keeps of a file, spelled out.
const LONGEST_ANSWER: u64 = 512 << 20;

/// What goes in before the file: which sheets are wanted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Question {
    /// The names of those to be read …
    pub tabs: Vec<String>,
    /// … and whether all others are to be read after them.
    pub others: bool,
}

impl Question {
    fn answered(&self, bytes: &[u8]) -> Result<RawSubmission, Unreadable> {
        let read = if self.others { intake::read } else { intake::read_only };
        terminal::quietly(|| read(bytes, &self.tabs))
    }
}

/// What comes back.
#[derive(Serialize, Deserialize)]
enum Answer {
    Read(Box<RawSubmission>),
    Refused(Unreadable),
}

/// Reads a file, in a process of its own where that is called for.
///
/// # Errors
/// [`Error::Io`] when the process cannot be started: that is no fault of the file.
pub(super) fn read(
    bytes: Vec<u8>,
    question: &Question,
    limits: &ReadLimits,
) -> Result<Result<RawSubmission, Unreadable>, Error> {
    if intake::is_to_be_confined(&bytes) {
        confined(bytes, question, limits)
    } else {
        Ok(question.answered(&bytes))
    }
}

fn confined(
    bytes: Vec<u8>,
    question: &Question,
    limits: &ReadLimits,
) -> Result<Result<RawSubmission, Unreadable>, Error> {
    let io = |source| Error::Io { doing: "chạy tiến trình đọc tệp", path: READ_ONE.into(), source };
    let question = serde_json::to_vec(question)
        .map_err(|error| Error::Internal(format!("không ghi được câu hỏi cho tiến trình đọc: {error}")))?;
    let program = std::env::current_exe().map_err(io)?;
    let mut child = Command::new(program)
        .arg(READ_ONE)
        .args(["--read-memory", &limits.memory.to_string(), "--read-seconds", &limits.seconds.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(io)?;
    let (Some(mut input), Some(output), Some(errors)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        end(&mut child);
        return Err(Error::Internal("tiến trình đọc không có đường ống".to_owned()));
    };
    // A child that ends early closes its side; what it did not take in is of no use to anybody.
    thread::spawn(move || {
        let length = (question.len() as u64).to_le_bytes();
        input
            .write_all(&length)
            .and_then(|()| input.write_all(&question))
            .and_then(|()| input.write_all(&bytes))
    });
    let last_words = thread::spawn(move || {
        let mut text = Vec::new();
        let _ = errors.take(LAST_WORDS).read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    });
    let (answered, answer) = mpsc::channel();
    thread::spawn(move || {
        let mut text = Vec::new();
        let _ = output.take(LONGEST_ANSWER).read_to_end(&mut text);
        answered.send(text)
    });
    let answer = answer.recv_timeout(Duration::from_secs(limits.seconds));
    end(&mut child);
    let Ok(answer) = answer else { return Ok(Err(Unreadable::too_slow(limits.seconds))) };
    Ok(match serde_json::from_slice(&answer) {
        Ok(Answer::Read(raw)) => Ok(*raw),
        Ok(Answer::Refused(unreadable)) => Err(unreadable),
        Err(_) if last_words.join().unwrap_or_default().contains(REFUSED_ALLOCATION) => {
            Err(Unreadable::too_hungry(limits.memory))
        }
        Err(_) => Err(Unreadable::broke_the_reader()),
    })
}

/// Ends a child, whether it still runs or not, and leaves nothing of it behind.
fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// The hidden command: reads one file from standard input.
pub(super) fn run(limits: &ReadLimits, limit_memory: LimitMemory) -> CommandResult {
    limit_memory(usize::try_from(limits.memory).unwrap_or(usize::MAX).saturating_mul(1 << 20));
    // Should the parent be gone, nobody else ends this process.
    let patience = Duration::from_secs(limits.seconds.saturating_mul(2).saturating_add(1));
    thread::spawn(move || {
        thread::sleep(patience);
        std::process::exit(i32::from(super::FAILED));
    });
    let io = |source| Error::Io { doing: "đọc", path: READ_ONE.into(), source };
    let mut input = std::io::stdin().lock();
    let mut length = [0; 8];
    input.read_exact(&mut length).map_err(io)?;
    let mut question = Vec::new();
    input.by_ref().take(u64::from_le_bytes(length)).read_to_end(&mut question).map_err(io)?;
    let question: Question = serde_json::from_slice(&question)
        .map_err(|error| Error::Internal(format!("tiến trình đọc không hiểu câu hỏi: {error}")))?;
    let mut bytes = Vec::new();
    let answer = match input.take(intake::LARGEST_FILE + 1).read_to_end(&mut bytes) {
        Ok(_) => question.answered(&bytes),
        // Reading into memory asks before it takes.
        Err(error) if error.kind() == ErrorKind::OutOfMemory => Err(Unreadable::too_hungry(limits.memory)),
        Err(error) => return Err(io(error)),
    };
    let answer = match answer {
        Ok(raw) => Answer::Read(Box::new(raw)),
        Err(unreadable) => Answer::Refused(unreadable),
    };
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    serde_json::to_writer(&mut output, &answer)
        .map_err(|error| Error::Internal(format!("tiến trình đọc không trả lời được: {error}")))?;
    output.flush().map_err(io)?;
    Ok(Ending::Clean)
}
