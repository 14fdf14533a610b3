//! `xhht track`: how the season stands, in a workbook where decisions are typed, and ready words for every unit.

use super::args::{ReadLimits, TrackOptions};
use super::case::{self, Judgement, Named};
use super::check::outcome;
use super::output::Outputs;
use super::season::say_season;
use super::template::check_year;
use super::terminal::{HEADING, Terminal};
use super::{CommandResult, decisions, inputs, own};
use crate::check::Previous;
use crate::check::decision::desk::{DeskFile, WrittenFile, desk_file, desk_workbook};
use crate::error::Error;
use crate::job::{Judged, stays_inside};
use crate::output::returns::{self, ReturnCopy};
use crate::output::season as workbook;
use crate::output::season::words::{Message, calls};
use crate::plan::Plan;
use crate::season::Season;
use crate::season::settle::Settled;
use crate::template::file_stem;
use chrono::Local;
use std::path::{Path, PathBuf};

/// Folder of what is ready to be sent, by year.
const WORDS: &str = "nhac";
/// File of what to say on the telephone.
const CALLS: &str = "goi-dien.txt";

pub(super) fn run(
    terminal: &Terminal,
    plan_path: Option<&Path>,
    limits: &ReadLimits,
    options: &TrackOptions,
) -> CommandResult {
    let plan = inputs::plan(plan_path)?;
    check_year(&plan, options.year)?;
    let folder = place(options)?;
    let decided = decisions::read(&plan, options.year, &options.paths, &options.decisions)?;
    let as_of = options.as_of.unwrap_or_else(|| Local::now().date_naive());
    let named = Named {
        year: options.year,
        as_of,
        paths: &options.paths,
        out: None,
        history: options.earlier.history.as_ref(),
        previous: options.earlier.previous.as_ref(),
        decisions: decided.decisions,
    };
    let case = named.gather(terminal, limits, &plan)?;
    let Judgement { judged, known, .. } = case::judge(terminal, &plan, case)?;
    let Judged { accepted, results, findings, .. } = judged;
    let season = Season::of_year(&plan, &accepted, &results, &findings, as_of);
    let Settled { mut desk, added, withdrawn } = decided.settled;
    desk.note(season.as_day());
    let mut copies = returns::copies(&plan, &accepted, &findings);
    copies.retain(ReturnCopy::is_to_be_sent);
    let beside = Beside { copies, previous: &known.previous };
    let Written { messages, copies, changed } = write(&plan, &season, &mut desk, &folder, &beside)?;
    say_season(terminal, &season);
    say_decisions(terminal, &desk, added, withdrawn);
    terminal.say(format!("{HEADING}Các tệp đã ghi{HEADING:#}"));
    terminal.say(format!("  {}", folder.join(desk_workbook(season.year)).display()));
    if messages + copies > 0 {
        let place = folder.join(WORDS).join(season.year.to_string());
        let copies = if copies > 0 { format!(", {copies} bản trả lại") } else { String::new() };
        terminal.say(format!("  {}: lời nhắn cho {messages} đơn vị{copies}", place.display()));
    }
    for place in changed {
        terminal.say(format!("  Giữ lại tệp cũ đã có người sửa: {}", place.display()));
    }
    Ok(outcome(&findings))
}

/// The folder to write to: where the inbox lies, so that what is typed in the workbook is found by every later run.
fn place(options: &TrackOptions) -> Result<PathBuf, Error> {
    let beside = || {
        let inbox = options.paths.first()?;
        // The way it was typed is kept where it has a name: it is shown.
        match inbox.file_name() {
            Some(_) => inbox.parent().map(Path::to_owned),
            None => inbox.canonicalize().ok()?.parent().map(Path::to_owned),
        }
    };
    let folder = options.out.clone().or_else(beside).filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| PathBuf::from("."));
    if own::would_be_read(&folder.join(desk_workbook(options.year)), &options.paths) {
        return Err(Error::Usage(format!(
            "“{}” nằm trong hộp thư. Chọn nơi khác để ghi sổ theo dõi, tốt nhất là thư mục chứa hộp thư.",
            folder.display()
        )));
    }
    Ok(folder)
}

/// What is written beside the workbook.
struct Beside<'a> {
    copies: Vec<ReturnCopy<'a>>,
    previous: &'a Previous,
}

/// What was written.
struct Written {
    /// For how many units there are words.
    messages: usize,
    /// How many return copies.
    copies: usize,
    /// Files of an earlier day that are out of date, and that somebody has changed since.
    changed: Vec<PathBuf>,
}

/// Writes the workbook, the words and return copies of each unit, and last what is kept of the season.
fn write(
    plan: &Plan,
    season: &Season,
    desk: &mut DeskFile,
    folder: &Path,
    beside: &Beside<'_>,
) -> Result<Written, Error> {
    let mut outputs = Outputs::into_folder(folder)?;
    desk.taken_in = Some(outputs.add(&desk_workbook(season.year), &workbook::write(plan, season, desk)?)?);
    let mut new = Vec::new();
    let mut add = |name: String, bytes: &[u8]| -> Result<(), Error> {
        let path = outputs.name_that_fits(&format!("{WORDS}/{}/{name}", season.year));
        let sha256 = outputs.add(&path, bytes)?;
        new.push(WrittenFile { path, sha256 });
        Ok(())
    };
    let mut messages = 0;
    for unit in &season.units {
        let Some(message) = Message::to_unit(plan, season, unit) else { continue };
        let text = for_notepad(&format!("{}\n\n{}", message.subject, message.text));
        add(format!("{}.txt", file_stem(&unit.code, &unit.name)), text.as_bytes())?;
        messages += 1;
    }
    if let Some(text) = calls(season) {
        add(CALLS.to_owned(), for_notepad(&text).as_bytes())?;
    }
    for copy in &beside.copies {
        let name = copy.path.rsplit('/').next().unwrap_or(&copy.path).to_owned();
        add(name, &copy.write(plan, beside.previous, season.year)?)?;
    }
    let old = std::mem::replace(&mut desk.written, new);
    let mut changed = Vec::new();
    for WrittenFile { path, sha256 } in old {
        let place = folder.join(&path);
        if desk.written.iter().any(|new| new.path == path) || !stays_inside(&path) || !place.is_file() {
            continue;
        }
        if own::is_as_written(&place, &sha256) {
            outputs.remove(&place);
        } else {
            changed.push(place);
        }
    }
    outputs.add(&desk_file(season.year), desk.text()?.as_bytes())?;
    outputs.finish()?;
    Ok(Written { messages, copies: beside.copies.len(), changed })
}

/// A text as Notepad of older Windows takes it for Vietnamese: by the mark before it, with ends of lines of its own.
fn for_notepad(text: &str) -> String {
    format!("\u{feff}{text}").replace('\n', "\r\n")
}

/// What became of what was typed in the workbook.
fn say_decisions(terminal: &Terminal, desk: &DeskFile, added: usize, withdrawn: usize) {
    let told = [
        (added, "quyết định mới hoặc đã sửa"),
        (withdrawn, "quyết định đã rút"),
        (desk.lacking(), "dòng chưa dùng được, xem cột “Ghi chú của chương trình”"),
    ];
    let told: Vec<String> = told
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if !told.is_empty() {
        terminal.say(format!("{HEADING}Gõ trong sổ theo dõi{HEADING:#}: {}", told.join("; ")));
    }
}
