//! What people see while the program runs: messages, colours, a progress bar.

use super::args::{ColorWhen, is_at_a_terminal};
use crate::error::Error;
use crate::finding::Severity;
use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle, WeakProgressBar};
use std::borrow::Cow;
use std::cell::Cell;
use std::io::{BufRead, IsTerminal, Read, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The longest line that is taken for an answer, bytes.
const LONGEST_ANSWER: u64 = 4096;

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
        let _ = writeln!(anstream::stdout(), "{}", printable(line.as_ref()));
    }

    /// A line of JSON that was asked for: what a terminal would act upon is escaped, as JSON allows in its texts.
    pub fn print_json(&self, line: &str) {
        let mut escaped = String::with_capacity(line.len());
        for c in line.chars() {
            if acts(c) {
                escaped += &format!("\\u{:04x}", u32::from(c));
            } else {
                escaped.push(c);
            }
        }
        let _ = writeln!(anstream::stdout(), "{escaped}");
    }

    /// What is otherwise than was asked for, quiet or not.
    pub fn warn(&self, line: impl AsRef<str>) {
        let _ = writeln!(anstream::stderr(), "{}", printable(line.as_ref()));
    }

    /// Asks a question and whether the answer is yes; no where nobody sits at the terminal.
    pub fn agrees(&self, question: &str) -> bool {
        if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
            return false;
        }
        let _ = write!(anstream::stderr(), "{} ", printable(question));
        let mut answer = String::new();
        let read = std::io::stdin().read_line(&mut answer);
        read.is_ok() && vietnamese::choice::read_yes_no(&answer) == Some(true)
    }

    /// Whether somebody sees what is printed and can answer.
    pub fn is_looked_at(&self) -> bool {
        is_at_a_terminal()
    }

    /// Asks a question, quiet or not; what is typed, without the spaces around it, and `None` where the input has ended.
    pub fn ask(&self, question: &str) -> Option<String> {
        let mut output = anstream::stdout();
        let _ = write!(output, "{} ", printable(question)).and_then(|()| output.flush());
        let mut line = Vec::new();
        let read = std::io::stdin().lock().take(LONGEST_ANSWER).read_until(b'\n', &mut line);
        if !std::io::stdin().is_terminal() || line.is_empty() {
            // Nobody has pressed Enter.
            let _ = writeln!(output);
        }
        let is_there = read.is_ok_and(|length| length > 0);
        is_there.then(|| String::from_utf8_lossy(&line).trim().trim_matches('\u{feff}').to_owned())
    }

    /// Begins a screen anew where somebody looks on.
    pub fn clear(&self) {
        if self.is_looked_at() {
            let _ = write!(anstream::stdout(), "\u{1B}[2J\u{1B}[H");
        }
    }

    /// Why the program could not finish.
    pub fn error(&self, error: &Error) {
        let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
        let _ = writeln!(anstream::stderr(), "{red}xhht:{red:#} {}", printable(&error.to_string()));
    }

    /// A progress bar on a terminal; hidden when quiet or piped. It goes when it is let go.
    pub fn progress(&self, steps: usize, doing: &str) -> ProgressBar {
        self.shown_while(ProgressBar::new(steps as u64), "{msg} [{bar:30}] {pos}/{len}", doing)
    }

    /// What is being done, on a terminal, where nobody knows how many steps it takes; otherwise as [`Self::progress`].
    pub fn doing(&self, what: &str) -> ProgressBar {
        self.shown_while(ProgressBar::new_spinner(), "{msg} {spinner}", what)
    }

    fn shown_while(&self, bar: ProgressBar, looks: &str, doing: &str) -> ProgressBar {
        if self.quiet || !std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        if let Ok(style) = ProgressStyle::with_template(looks) {
            bar.set_style(style.progress_chars("=> ").tick_chars("|/-\\ "));
        }
        bar.set_message(doing.to_owned());
        bar.enable_steady_tick(Duration::from_millis(100));
        *SHOWN.lock().unwrap_or_else(PoisonError::into_inner) = Some(bar.downgrade());
        bar
    }
}

/// The progress that is being shown, if any.
static SHOWN: Mutex<Option<WeakProgressBar>> = Mutex::new(None);

/// Takes the progress off the terminal, for what is said from another thread; says whether there was any.
pub(super) fn clear_progress() -> bool {
    let shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner).take();
    let bar = shown.and_then(|bar| bar.upgrade());
    bar.map(|bar| bar.finish_and_clear()).is_some()
}

/// A sender's text as it may stand in a line: nothing in it ends the line or is acted upon by a terminal.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| acts(c) || matches!(c, '\n' | '\t')) {
        return Cow::Borrowed(text);
    }
    let visible = text.chars().filter(|c| *c != '\r').map(|c| match c {
        '\n' => '↵',
        '\t' => ' ',
        c => visible(c),
    });
    Cow::Owned(visible.collect())
}

/// A text as it goes to the terminal: of what a terminal would act upon only the program's own colours are left. What is
/// known to be a sender's goes through [`shown`] before; this holds the rest, such as names of files.
fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let colour = if c == '\u{1B}' { colour(rest) } else { None };
        let length = colour.unwrap_or(c.len_utf8());
        match colour {
            Some(_) => clean.push_str(&rest[..length]),
            None => clean.push(visible(c)),
        }
        rest = &rest[length..];
    }
    Cow::Owned(clean)
}

/// How long the change of colour is that a text begins with, if it is one.
fn colour(text: &str) -> Option<usize> {
    let parameters = text.strip_prefix("\u{1B}[")?;
    let end = parameters.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    parameters[end..].starts_with('m').then_some(end + 3)
}

/// Whether a terminal does something else with a character than to show it: control characters, and those that turn the
/// order of the characters around them.
fn acts(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Something to see in the place of what acts.
fn visible(c: char) -> char {
    match u32::from(c) {
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7F => '␡',
        _ if acts(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
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
    told(false, run)
}

/// Runs what is the program's own within something that is run quietly: its panics are told.
pub(super) fn aloud<T>(run: impl FnOnce() -> T) -> T {
    told(true, run)
}

fn told<T>(is_told: bool, run: impl FnOnce() -> T) -> T {
    let before = QUIET.with(|quiet| quiet.replace(!is_told));
    let value = run();
    QUIET.with(|quiet| quiet.set(before));
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_shown_is_acted_upon() {
        assert_eq!(printable("Đức Hòa\n\tô A1"), "Đức Hòa\n\tô A1");
        let red = Style::new().fg_color(Some(AnsiColor::Red.into()));
        let own = format!("{red}LỖI{red:#} ");
        assert_eq!(
            printable(&format!("{own}\u{1B}]0;tên\u{7}\u{9B}2J\r")),
            format!("{own}␛]0;tên␇\u{FFFD}2J␍")
        );
        assert_eq!(printable("a\u{202E}xslx.exe"), "a\u{FFFD}xslx.exe");
        assert_eq!(printable("\u{1B}[2J \u{1B}[12"), "␛[2J ␛[12");
        assert_eq!(shown("\u{1B}[31mgiả\r\nLỖI\t1\u{0}"), "␛[31mgiả↵LỖI 1␀");
        assert_eq!(shown("Tân An"), "Tân An");
    }
}
