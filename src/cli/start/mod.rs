//! `xhht start`, and the program opened by a double click: leads through the season by questions. The first time it writes
//! the working folder; later it shows where the year stands and does one step after the other.
//!
//! Everything is asked on standard input and answered there, whatever it is; where it ends, so does the program.

mod answers;
mod first;
mod open;
mod place;
mod steps;
mod working_year;

use super::args::ReadLimits;
use super::terminal::Terminal;
use super::{CommandResult, Ending, interrupt};
use crate::error::Error;
use answers::Answers;
use chrono::Local;
use std::path::{Path, PathBuf};
use steps::Menu;

pub(super) fn run(terminal: &Terminal, plan_path: Option<&Path>, limits: &ReadLimits) -> CommandResult {
    let answers = Answers { terminal };
    // Named from where one stands now.
    let plan_path = plan_path.map(|path| match path.exists() {
        true => std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
        false => path.to_owned(),
    });
    if let Some((folder, is_new)) = working_folder(&answers, plan_path.as_deref())? {
        std::env::set_current_dir(&folder).map_err(|source| Error::Io {
            doing: "mở thư mục làm việc",
            path: folder,
            source,
        })?;
        let today = Local::now().date_naive();
        // A new folder has its own copy of the plan.
        Menu::new(&answers, limits, plan_path.filter(|_| !is_new), today).lead();
    }
    Ok(Ending::Clean)
}

/// Keeps the window open until what was said is read; `xhht.exe` may have opened it.
pub(super) fn before_it_closes(terminal: &Terminal) {
    Answers { terminal }.wait("Nhấn Enter để đóng.");
}

/// The folder to work in: the one there is, the one of several that is chosen, else a new one, and whether it is new.
/// `None` at the end of the answers.
fn working_folder(answers: &Answers<'_>, plan_path: Option<&Path>) -> Result<Option<(PathBuf, bool)>, Error> {
    let found = place::working_folders();
    if let [only] = &found[..] {
        return Ok(Some((only.clone(), false)));
    }
    if !found.is_empty() {
        answers.terminal.print("Có nhiều thư mục làm việc:");
        for (number, folder) in (1..).zip(&found) {
            answers.terminal.print(format!("  {number}  {}", folder.display()));
        }
        answers.terminal.print("  0  lập một thư mục mới");
        let Some(chosen) = answers.number("Chọn thư mục, gõ số rồi nhấn Enter:", found.len())
        else {
            return Ok(None);
        };
        if let Some(folder) = chosen.checked_sub(1).and_then(|at| found.get(at)) {
            return Ok(Some((folder.clone(), false)));
        }
    }
    Ok(first::use_of(answers, plan_path)?.map(|folder| (folder, true)))
}

/// What is told of a step that could not be done; the next may be.
fn say_error(terminal: &Terminal, error: &Error) {
    // What went wrong because the program is being stopped is not told.
    let _unbroken = interrupt::unbroken();
    terminal.error(error);
}
