//! Reading files in a process apart, for what no guard inside a process can stop: memory without bound, loops without
//! end, a stack that overflows.
//!
//! The program runs itself with a hidden command. Files go in through standard input one after another, what was read
//! comes back through standard output, a line each. Time is the parent's affair: it kills a child that does not answer.
//! Memory is the child's: its allocator refuses to go beyond the limit, and a refused allocation ends the process, as does
//! a stack that is used up. Which of them it was the child cannot say any more; that it did not end by itself its exit
//! status says, and that is what the finding says. Nothing of it is particular to one system.
//!
//! A start takes longer than most files do, so a process that has read a file is asked to read the next. One that refused
//! a file is not: what that file has left in it nobody knows.

use super::args::{READER, ReadLimits};
use super::{CommandResult, Ending, LimitMemory, interrupt, terminal};
use crate::error::Error;
use crate::intake::raw::RawSubmission;
use crate::intake::{self, Question, Unreadable};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::process::{ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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

/// Reads files, in processes apart where that is called for. There are as many of them as files are read at a time.
pub(super) struct Confined<'a> {
    limits: &'a ReadLimits,
    idle: Mutex<Vec<Process>>,
}

impl<'a> Confined<'a> {
    /// Nothing is started before it is needed.
    pub fn new(limits: &'a ReadLimits) -> Self {
        Confined { limits, idle: Mutex::default() }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::Io`] when a process cannot be started: that is no fault of the file.
    pub fn read(
        &self,
        bytes: Vec<u8>,
        question: &Question,
    ) -> Result<Result<RawSubmission, Unreadable>, Error> {
        if !intake::is_to_be_confined(&bytes) {
            return Ok(terminal::quietly(|| question.answered(&bytes)));
        }
        let question = serde_json::to_vec(question).map_err(|error| {
            Error::Internal(format!("không ghi được câu hỏi cho tiến trình đọc: {error}"))
        })?;
        let asked = [Arc::new(question), Arc::new(bytes)];
        let idle = self.idle().pop();
        // What breaks it may be what other files have left in it: then one is asked that has read nothing yet.
        if let Some(Ok(read)) = idle.map(|process| self.ask(process, asked.clone())) {
            return Ok(read);
        }
        let process = Process::start(self.limits)?;
        Ok(self.ask(process, asked).unwrap_or_else(|Broken(status)| {
            Err(match status.is_some_and(ended_by_itself) {
                true => Unreadable::broke_the_reader(),
                false => Unreadable::too_hungry(self.limits.memory),
            })
        }))
    }

    /// What a process says of a file. It is kept for the next one where it could read this one.
    fn ask(&self, process: Process, asked: Asked) -> Result<Result<RawSubmission, Unreadable>, Broken> {
        // One that has ended meanwhile says so by its silence.
        let _ = process.asked.send(asked);
        let seconds = self.limits.seconds;
        let answer = match process.answers.recv_timeout(Duration::from_secs(seconds)) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => return Ok(Err(Unreadable::too_slow(seconds))),
            // It has closed its output, so it is at its end: its status is its own.
            Err(RecvTimeoutError::Disconnected) => return Err(Broken(process.end())),
        };
        match serde_json::from_slice(&answer) {
            Ok(Answer::Read(raw)) => {
                self.idle().push(process);
                Ok(Ok(*raw))
            }
            Ok(Answer::Refused(unreadable)) => Ok(Err(unreadable)),
            Err(_) => Err(Broken(process.end())),
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Process>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A question and the file it is about.
type Asked = [Arc<Vec<u8>>; 2];

/// A process ended over a file.
struct Broken(Option<ExitStatus>);

/// A process that reads files. It ends when this is let go.
struct Process {
    asked: Sender<Asked>,
    answers: Receiver<Vec<u8>>,
    child: Option<interrupt::Reader>,
}

impl Process {
    fn start(limits: &ReadLimits) -> Result<Self, Error> {
        let io =
            |source| Error::Io { doing: "chạy tiến trình đọc tệp", path: READER.into(), source };
        let program = std::env::current_exe().map_err(io)?;
        let unbroken = interrupt::unbroken();
        let mut child = Command::new(program)
            .arg(READER)
            .args(["--read-memory", &limits.memory.to_string()])
            .args(["--read-seconds", &limits.seconds.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(io)?;
        let pipes = (child.stdin.take(), child.stdout.take());
        let child = unbroken.has_started(child);
        drop(unbroken);
        let (Some(input), Some(output)) = pipes else {
            child.end();
            return Err(Error::Internal("tiến trình đọc không có đường ống".to_owned()));
        };
        let (asked, to_ask) = mpsc::channel();
        let (answered, answers) = mpsc::channel();
        thread::spawn(move || hand_on(input, &to_ask));
        thread::spawn(move || listen(output, &answered));
        Ok(Process { asked, answers, child: Some(child) })
    }

    /// Ends it, whether it still runs or not.
    fn end(mut self) -> Option<ExitStatus> {
        self.child.take().and_then(interrupt::Reader::end)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(child) = self.child.take() {
            child.end();
        }
    }
}

/// Hands on what is asked. A child that ends early closes its side; what it did not take in is of no use to anybody.
fn hand_on(mut input: ChildStdin, to_ask: &Receiver<Asked>) -> Option<()> {
    for part in to_ask.iter().flatten() {
        input.write_all(&(part.len() as u64).to_le_bytes()).ok()?;
        input.write_all(&part).ok()?;
    }
    Some(())
}

/// Hands back the answers that are whole.
fn listen(output: ChildStdout, answered: &Sender<Vec<u8>>) -> Option<()> {
    let mut output = BufReader::new(output);
    loop {
        let mut line = Vec::new();
        output.by_ref().take(LONGEST_ANSWER).read_until(b'\n', &mut line).ok()?;
        if line.pop() != Some(b'\n') {
            return None;
        }
        answered.send(line).ok()?;
    }
}

/// Whether a process chose its end, with an exit code as programs give them. One that was ended has none on Unix, where a
/// signal ended it, and on Windows one far beyond them: 0xC0000409 when it aborted, 0xC00000FD when its stack overflowed.
fn ended_by_itself(status: ExitStatus) -> bool {
    status.code().is_some_and(|code| u8::try_from(code).is_ok())
}

/// The hidden command: reads files from standard input, until there is none.
pub(super) fn run(limits: &ReadLimits, limit_memory: LimitMemory) -> CommandResult {
    limit_memory(usize::try_from(limits.memory).unwrap_or(usize::MAX).saturating_mul(1 << 20));
    let patience = Duration::from_secs(limits.seconds.saturating_mul(2).saturating_add(1));
    let (working, work) = mpsc::channel();
    thread::spawn(move || watch(&work, patience));
    let io = |source| Error::Io { doing: "đọc", path: READER.into(), source };
    let mut input = std::io::stdin().lock();
    let mut output = BufWriter::new(std::io::stdout().lock());
    while let Some(question) = part(&mut input).map_err(io)? {
        let _ = working.send(());
        let question: Question = serde_json::from_slice(&question)
            .map_err(|error| Error::Internal(format!("tiến trình đọc không hiểu câu hỏi: {error}")))?;
        let read = match part(&mut input) {
            Ok(bytes) => terminal::quietly(|| question.answered(&bytes.unwrap_or_default())),
            // Reading into memory asks before it takes. It ends as it does where nobody asks.
            Err(error) if error.kind() == ErrorKind::OutOfMemory => std::process::abort(),
            Err(error) => return Err(io(error)),
        };
        let answer = match read {
            Ok(raw) => Answer::Read(Box::new(raw)),
            Err(unreadable) => Answer::Refused(unreadable),
        };
        // No line end stands within: texts are spelled out.
        serde_json::to_writer(&mut output, &answer)
            .map_err(|error| Error::Internal(format!("tiến trình đọc không trả lời được: {error}")))?;
        output.write_all(b"\n").and_then(|()| output.flush()).map_err(io)?;
        let _ = working.send(());
    }
    Ok(Ending::Clean)
}

/// What comes next, its length before it; nothing at the end.
fn part(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let length = u64::from_le_bytes(length);
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    let is_whole = bytes.len() as u64 == length;
    if is_whole { Ok(Some(bytes)) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

/// Should the parent be gone, nobody else ends a process that is at work: what begins has to end in time.
fn watch(work: &Receiver<()>, patience: Duration) {
    while work.recv().is_ok() {
        if work.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
            std::process::exit(i32::from(super::FAILED));
        }
    }
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
