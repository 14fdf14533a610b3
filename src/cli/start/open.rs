//! Opening what was made, in the program that the system has for it.

use crate::cli::terminal::Terminal;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// With this in the environment nothing is opened.
const NOT: &str = "XHHT_NO_OPEN";

/// Opens a file or folder where somebody looks on; whether it could be is the system's affair.
pub(super) fn open(terminal: &Terminal, path: &Path) {
    if !terminal.is_looked_at() || std::env::var_os(NOT).is_some() {
        return;
    }
    // On Windows also with its own separators, whatever way the path was written.
    let Ok(whole) = std::path::absolute(path) else { return };
    let mut command = opener(&whole);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Ok(mut child) = command.spawn() {
        // Somebody has to wait for it, but not this program.
        thread::spawn(move || child.wait());
    }
}

#[cfg(windows)]
fn opener(path: &Path) -> Command {
    use std::os::windows::process::CommandExt;
    let mut command = Command::new("explorer.exe");
    // In quotation marks always: Explorer takes a comma for the end of a name. No name has such a mark in it.
    command.raw_arg(format!("\"{}\"", path.display()));
    command
}

#[cfg(not(windows))]
fn opener(path: &Path) -> Command {
    let mut command = Command::new(if cfg!(target_os = "macos") { "open" } else { "xdg-open" });
    command.arg(path);
    command
}
