//! Reading a file in a process of its own, for what no guard inside a process can stop: memory without bound, loops
//! without end, a stack that overflows.
//!
//! The program runs itself with a hidden command. The file goes in through standard input, what was read comes back
//! through standard output. Time is the parent's affair: it kills a child that does not answer. Memory is the child's:
//! its allocator refuses to go beyond the limit, and a refused allocation ends the process, as does a stack that is used
//! up. Which of them it was the child cannot say any more; that it did not end by itself its exit status says, and that
//! is what the finding says. Nothing of it is particular to one system.

use super::args::{READ_ONE, ReadLimits};
use super::{CommandResult, Ending, LimitMemory, interrupt, terminal};
use crate::error::Error;
use crate::intake::raw::RawSubmission;
use crate::intake::{self, Question, Unreadable};
use serde::{Deserialize, Serialize};
use std::io::{ErrorKind, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Most that a child may answer, bytes: what intake keeps of a file, spelled out.
const LONGEST_ANSWER: u64 = 512 << 20;

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
        Ok(terminal::quietly(|| question.answered(&bytes)))
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
    let unbroken = interrupt::unbroken();
    let mut child = Command::new(program)
        .arg(READ_ONE)
        .args(["--read-memory", &limits.memory.to_string(), "--read-seconds", &limits.seconds.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(io)?;
    let pipes = (child.stdin.take(), child.stdout.take());
    let child = unbroken.has_started(child);
    drop(unbroken);
    let (Some(mut input), Some(output)) = pipes else {
        child.end();
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
    let (answered, answer) = mpsc::channel();
    thread::spawn(move || {
        let mut text = Vec::new();
        let _ = output.take(LONGEST_ANSWER).read_to_end(&mut text);
        answered.send(text)
    });
    let answer = answer.recv_timeout(Duration::from_secs(limits.seconds));
    // One that has closed its output is at its end: its status is its own.
    let status = child.end();
    let Ok(answer) = answer else { return Ok(Err(Unreadable::too_slow(limits.seconds))) };
    Ok(match serde_json::from_slice(&answer) {
        Ok(Answer::Read(raw)) => Ok(*raw),
        Ok(Answer::Refused(unreadable)) => Err(unreadable),
        Err(_) if status.is_some_and(ended_by_itself) => Err(Unreadable::broke_the_reader()),
        Err(_) => Err(Unreadable::too_hungry(limits.memory)),
    })
}

/// Whether a process chose its end, with an exit code as programs give them. One that was ended has none on Unix, where a
/// signal ended it, and on Windows one far beyond them: 0xC0000409 when it aborted, 0xC00000FD when its stack overflowed.
fn ended_by_itself(status: ExitStatus) -> bool {
    status.code().is_some_and(|code| u8::try_from(code).is_ok())
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
        Ok(_) => terminal::quietly(|| question.answered(&bytes)),
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

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    #[test]
    fn a_process_that_a_signal_ended_did_not_end_by_itself() {
        use std::os::unix::process::ExitStatusExt;
        use std::process::ExitStatus;

        let ended_by_itself = |status| super::ended_by_itself(ExitStatus::from_raw(status));
        let (abort, kill) = (6, 9);
        assert!(!ended_by_itself(abort) && !ended_by_itself(kill));
        // The exit code stands above the signal.
        assert!(ended_by_itself(0) && ended_by_itself(2 << 8) && ended_by_itself(101 << 8));
    }

    #[cfg(windows)]
    #[test]
    fn a_process_that_was_ended_has_no_exit_code_as_programs_give_them() {
        use std::os::windows::process::ExitStatusExt;
        use std::process::ExitStatus;

        let ended_by_itself = |status| super::ended_by_itself(ExitStatus::from_raw(status));
        assert!(!ended_by_itself(0xC000_0409) && !ended_by_itself(0xC000_00FD));
        assert!(ended_by_itself(0) && ended_by_itself(2) && ended_by_itself(101));
    }
}
