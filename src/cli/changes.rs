//! What differs between two runs, told at the terminal.

use super::terminal::{HEADING, Terminal};
use crate::consolidate::SinceLastRun;
use crate::consolidate::change::Changes;
use crate::domain::Year;
use crate::plan::Plan;
use crate::report::changed::{
    causes_in_words, changes_in_words, event_in_words, figure_in_words, unit_in_words, verdict_in_words,
};
use vietnamese::display::date;

/// How many files are named.
const NAMED: usize = 10;

/// What the changes of a run are told as.
pub(super) fn since(since: &SinceLastRun) -> String {
    format!("So với lần chạy trước (số liệu chốt ngày {})", date(since.as_of))
}

/// How much changed, which files, and every result that did, with its causes.
pub(super) fn say(terminal: &Terminal, plan: &Plan, year: Year, heading: &str, changes: &Changes) {
    terminal.say(format!("{HEADING}{heading}{HEADING:#}: {}", changes_in_words(changes)));
    for file in changes.files.iter().take(NAMED) {
        let unit = unit_in_words(plan, year, &file.unit);
        terminal.say(format!("  {unit}: {} ({})", event_in_words(file.event), file.path));
    }
    if changes.files.len() > NAMED {
        terminal.say(format!("  và {} tệp khác", changes.files.len() - NAMED));
    }
    for change in &changes.figures {
        let (before, after) = (change.before.as_ref(), change.after.as_ref());
        let (was, is) = (verdict_in_words(before), verdict_in_words(after));
        let verdict = if was == is { was.to_owned() } else { format!("{was} → {is}") };
        terminal.say(format!(
            "  {:<4} {} → {}; {verdict}; do {}",
            change.indicator.to_string(),
            figure_in_words(before),
            figure_in_words(after),
            causes_in_words(plan, year, change)
        ));
    }
}
