//! What people see while the program runs: messages, colours, a progress bar.

use super::args::ColorWhen;
use crate::error::Error;
use crate::finding::Severity;
use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::time::Duration;

/// The terminal of this run.
pub(super) struct Terminal {
    quiet: bool,
}

impl Terminal {
    pub fn new(color: ColorWhen, quiet: bool) -> Self {
        let choice = match color {
            ColorWhen::Auto => anstream::ColorChoice::Auto,
            ColorWhen::Always => anstream::ColorChoice::Always,
            ColorWhen::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
        Terminal { quiet }
    }

    /// A line of the summary; nothing when quiet.
    pub fn say(&self, line: impl AsRef<str>) {
        if !self.quiet {
            self.print(line);
        }
    }

    /// A line that was asked for, quiet or not. A closed pipe is the reader's choice, not a failure.
    pub fn print(&self, line: impl AsRef<str>) {
        let _ = writeln!(anstream::stdout(), "{}", line.as_ref());
    }

    /// Why the program could not finish.
    pub fn error(&self, error: &Error) {
        let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
        let _ = writeln!(anstream::stderr(), "{red}xhht:{red:#} {error}");
    }

    /// A progress bar on a terminal; hidden when quiet or piped.
    pub fn progress(&self, steps: usize, doing: &str) -> ProgressBar {
        let bar = ProgressBar::new(steps as u64);
        if self.quiet || !std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}") {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(doing.to_owned());
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }
}

/// The colour of a severity; the word always says it too.
pub(super) fn style(severity: Severity) -> Style {
    match severity {
        Severity::Reject | Severity::Error => Style::new().bold().fg_color(Some(AnsiColor::Red.into())),
        Severity::Confirm => Style::new().bold().fg_color(Some(AnsiColor::Magenta.into())),
        Severity::Warning => Style::new().fg_color(Some(AnsiColor::Yellow.into())),
        Severity::Fixed | Severity::Info => Style::new().fg_color(Some(AnsiColor::Cyan.into())),
    }
}

/// Heading of a part of the summary.
pub(super) const HEADING: Style = Style::new().bold();

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// A library's panic that is caught is told in words of its own, not by a message on the terminal: while a sender's file
/// is read it is that file's finding.
pub(super) fn quiet_caught_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !QUIET.with(Cell::get) {
            usual(panic);
        }
    }));
}

/// Runs what catches panics with them kept off the terminal.
pub(super) fn quietly<T>(run: impl FnOnce() -> T) -> T {
    QUIET.with(|quiet| quiet.set(true));
    let value = run();
    QUIET.with(|quiet| quiet.set(false));
    value
}
