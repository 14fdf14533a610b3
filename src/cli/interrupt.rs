//! Being asked to stop, by Ctrl-C, by the end of the session or of the window: what is being put into its place is finished,
//! what is only half made goes, the processes that read files end, and so does the program.
//!
//! What must not be torn, and every moment at which something temporary comes to be, holds an [`Unbroken`]. Whoever stops
//! the program waits until nobody holds one and gives out no other: from then on nothing new can come to be. A process
//! that is killed leaves what it had; the next run clears it away (see [`super::swap`]).

use super::terminal;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Exit code: stopped, as shells tell it of a program that Ctrl-C ended.
const STOPPED: i32 = 130;

/// What there is to be cleared away.
struct State {
    /// How many things are being done that are not to be torn.
    unbroken: usize,
    /// Files and folders that wait beside their places.
    temporary: BTreeSet<PathBuf>,
    /// Folders that were made for what is not in its place yet.
    folders: Vec<PathBuf>,
    /// Processes that read files.
    readers: Vec<Arc<Mutex<Child>>>,
    /// Whether something has taken its place since the work began.
    changed: bool,
}

static STATE: Mutex<State> = Mutex::new(State {
    unbroken: 0,
    temporary: BTreeSet::new(),
    folders: Vec::new(),
    readers: Vec::new(),
    changed: false,
});
/// Nobody holds an [`Unbroken`] any more.
static FREE: Condvar = Condvar::new();

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on the program stops in order when it is asked to.
pub(super) fn watch() {
    // Where the system refuses, a stop is what it was before: the next run clears up.
    let _ = ctrlc::set_handler(stop);
}

/// Runs in a thread of its own, once.
fn stop() {
    let mut state = state();
    while state.unbroken > 0 {
        state = FREE.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
    // The state stays locked until the end: whoever has something left to do waits for it in vain.
    for reader in &state.readers {
        let _ = reader.lock().unwrap_or_else(PoisonError::into_inner).kill();
    }
    for path in &state.temporary {
        let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    }
    for folder in state.folders.iter().rev() {
        // Only an empty one goes.
        let _ = fs::remove_dir(folder);
    }
    let was_shown = terminal::clear_progress();
    let told = match state.changed {
        true => "các tệp đã ghi xong vẫn giữ nguyên, không có tệp nào dở dang",
        false => "chưa có tệp nào bị thay đổi",
    };
    if !was_shown && io::stderr().is_terminal() {
        // The line has what was asked, or the signs of the keys that were pressed.
        let _ = writeln!(anstream::stderr());
    }
    let _ = writeln!(anstream::stderr(), "xhht: Đã dừng theo yêu cầu; {told}.");
    std::process::exit(STOPPED);
}

/// Something is being done that is not to be torn, until this is let go.
#[must_use]
pub(super) struct Unbroken(());

/// Begins something that is not to be torn; never comes back once the program is being stopped.
pub(super) fn unbroken() -> Unbroken {
    state().unbroken += 1;
    Unbroken(())
}

impl Drop for Unbroken {
    fn drop(&mut self) {
        let mut state = state();
        state.unbroken -= 1;
        if state.unbroken == 0 {
            FREE.notify_all();
        }
    }
}

impl Unbroken {
    /// Notes a file or folder just made that waits beside its place.
    pub fn has_made(&self, path: &Path) {
        state().temporary.insert(whole(path));
    }

    /// Makes a folder and those above it, for what is to stand there.
    pub fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let is_missing = |folder: &&Path| fs::symlink_metadata(folder).is_err();
        let missing: Vec<PathBuf> =
            whole(folder).ancestors().take_while(is_missing).map(Path::to_owned).collect();
        fs::create_dir_all(folder)?;
        state().folders.extend(missing.into_iter().rev());
        Ok(())
    }

    /// Notes that everything of a folder has taken its place.
    pub fn has_settled(&self, folder: &Path) {
        let folder = &whole(folder);
        let mut state = state();
        // What comes into a folder that goes itself is no change.
        let is_passing = state.temporary.iter().any(|path| folder.starts_with(path));
        state.changed |= !is_passing;
        state.temporary.retain(|path| path == folder || !path.starts_with(folder));
        state.folders.retain(|made| !made.starts_with(folder) && !folder.starts_with(made));
    }

    /// Notes a process just started that reads a file.
    pub fn has_started(&self, reader: Child) -> Reader {
        let reader = Arc::new(Mutex::new(reader));
        state().readers.push(Arc::clone(&reader));
        Reader(reader)
    }
}

/// A path that holds wherever one stands.
fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// What was changed before is no matter of the work that begins now.
pub(super) fn begin() {
    state().changed = false;
}

/// A process that reads a file.
pub(super) struct Reader(Arc<Mutex<Child>>);

impl Reader {
    /// Ends it, whether it still runs or not, and leaves nothing of it behind.
    pub fn end(self) -> Option<ExitStatus> {
        let status = {
            let mut child = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = child.kill();
            child.wait().ok()
        };
        state().readers.retain(|reader| !Arc::ptr_eq(reader, &self.0));
        status
    }
}
