//! The secretariat's desk in memory: files come in, decisions are taken, the season is told, results go out. What the commands
//! `track` and `consolidate` do with a disk, a page does with this.

use super::case::{Case, Judged, Known};
use super::digested::digested;
use super::lying::stays_inside;
use super::opened::{Opened, received};
use super::papers::{Papers, Wanted};
use super::told::{SeasonTold, season_told};
use crate::check::decision::desk::{DeskFile, Subject, Typed, desk_file, desk_workbook, is_desk_file};
use crate::check::decision::{CORRECTIONS_FILE, DecisionTexts, Decisions, WAIVERS_FILE};
use crate::consolidate::history::result_file::{self, WrittenFiles};
use crate::consolidate::{History, PastYear, fields_of};
use crate::domain::Year;
use crate::error::Error;
use crate::intake::moment::Moment;
use crate::output::json::{self, OutputFile};
use crate::output::pdf::typeface;
use crate::output::xlsx::SourceLinks;
use crate::plan::{Plan, SourceFile, read_toml};
use crate::season::Season;
use crate::season::settle::{Settled, not_understood};
use crate::season::typed::{OPEN_SHEET, TypedRow, TypedRows};
use crate::submission::{Reader, Received};
use chrono::NaiveDate;
use page::Typeface;
use serde::Serialize;
use std::collections::BTreeMap;

/// What lies on the desk.
pub struct Desk<'a> {
    plan: &'a Plan,
    reader: Reader<'a>,
    year: Year,
    /// What was read, by the path of the file: outputs follow from the files, not from the order they came in.
    received: BTreeMap<String, Vec<Received>>,
    /// What this program wrote into the inbox, by path, with its SHA-256: as long as it is as it was written, nobody sent it.
    written: BTreeMap<String, String>,
    decided: DecisionTexts,
    typed: DeskFile,
    history: History,
}

/// A file that goes out.
pub struct Out {
    /// Path below the folder of results, forward slashes.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What was typed beside a finding.
pub struct TypedDecision {
    /// Which finding.
    pub subject: Subject,
    /// The words.
    pub typed: Typed,
}

/// What came of the season's workbook.
#[derive(Debug, Serialize)]
pub struct TakenIn {
    /// Name of the file that keeps what was typed.
    pub kept: String,
    /// Its text.
    pub text: String,
    /// How many decisions are new or changed.
    pub added: usize,
    /// How many were taken back.
    pub withdrawn: usize,
    /// How many rows are no decision yet.
    pub lacking: usize,
}

impl<'a> Desk<'a> {
    /// An empty desk.
    pub fn new(plan: &'a Plan, year: Year) -> Self {
        Desk {
            plan,
            reader: Reader::new(plan),
            year,
            received: BTreeMap::new(),
            written: BTreeMap::new(),
            decided: DecisionTexts::default(),
            typed: DeskFile::begun(year),
            history: History::default(),
        }
    }

    /// Takes what was opened of a file in the inbox; a file of that path from before gives way to it.
    pub fn take(&mut self, path: &str, opened: Vec<Opened>) {
        let as_written = |sha256: &String| opened.iter().any(|opened| opened.sha256 == *sha256);
        if self.written.get(path).is_some_and(as_written) {
            return;
        }
        let read = opened.into_iter().flat_map(|opened| received(&self.reader, Some(self.year), opened));
        self.received.insert(path.to_owned(), read.collect());
    }

    /// Sets apart what a result that lies among the files says was written with it; `path` is the result's own. To be told
    /// before those files are taken.
    pub fn set_apart(&mut self, path: &str, result: &[u8]) {
        let Some(result) = WrittenFiles::read(result) else { return };
        let folder = path.rfind('/').map_or("", |end| &path[..=end]);
        let of_run = result.outputs.into_iter().filter(|written| stays_inside(&written.path));
        self.written.extend(of_run.map(|written| (format!("{folder}{}", written.path), written.sha256)));
    }

    /// Takes a file of decisions by its name; that of another year is left, and `false` says so.
    ///
    /// # Errors
    /// It has mistakes.
    pub fn take_decisions(&mut self, name: &str, text: &str) -> Result<bool, Error> {
        let text = text.trim_start_matches('\u{feff}').to_owned();
        let file = SourceFile { name: name.to_owned(), text };
        if is_desk_file(name) {
            let mut mistakes = Vec::new();
            let read = read_toml::<DeskFile>(&file, &mut mistakes).ok_or(Error::Decisions(mistakes))?;
            let is_of_year = read.value.year == self.year;
            if is_of_year {
                self.typed = read.value;
            }
            return Ok(is_of_year);
        }
        let mut decided = self.decided.clone();
        match name {
            WAIVERS_FILE => decided.waivers = Some(file),
            CORRECTIONS_FILE => decided.corrections = Some(file),
            _ => return Err(Error::Usage(format!("Tệp “{name}” không phải tệp quyết định."))),
        }
        Decisions::read(self.plan, &decided)?;
        self.decided = decided;
        Ok(true)
    }

    /// Takes the season's workbook, with what is typed in it; that of another year is left. `changed` is when its file was
    /// last changed.
    ///
    /// # Errors
    /// It cannot be read: decisions may stand in it.
    pub fn take_workbook(
        &mut self,
        name: &str,
        bytes: &[u8],
        changed: Option<Moment>,
    ) -> Result<Option<TakenIn>, Error> {
        if name != desk_workbook(self.year) {
            return Ok(None);
        }
        let day = || changed.map(|moment| moment.on_the_wall(self.plan.utc_offset).date());
        let Settled { desk, added, withdrawn } =
            Settled::with_workbook(self.typed.clone(), self.plan, bytes, day)
                .map_err(|why| Error::Usage(not_understood(name, &why)))?;
        self.typed = desk;
        let (kept, text) = self.kept()?;
        Ok(Some(TakenIn { kept, text, added, withdrawn, lacking: self.typed.lacking() }))
    }

    /// The file that keeps what was typed: its name and its text.
    fn kept(&self) -> Result<(String, String), Error> {
        Ok((desk_file(self.year), self.typed.text()?))
    }

    /// Takes the result of an earlier year and gives that; one of this year or a later one is left.
    ///
    /// # Errors
    /// It is no result that can be read.
    pub fn take_past(&mut self, name: &str, text: &str) -> Result<Option<Year>, Error> {
        let past = PastYear::read(text.trim_start_matches('\u{feff}'))
            .map_err(|why| Error::Usage(format!("Tệp “{name}” {why}.")))?;
        if past.year >= self.year {
            return Ok(None);
        }
        let year = past.year;
        let past = PastYear { file: Some(name.into()), ..past.under_codes_of(self.plan) };
        self.history.take(self.plan, past);
        Ok(Some(year))
    }

    /// Takes what was typed beside findings; gives the file that keeps it, its name and its text.
    ///
    /// # Errors
    /// The decisions cannot be written.
    pub fn decide(&mut self, typed: Vec<TypedDecision>, today: NaiveDate) -> Result<(String, String), Error> {
        let rows = (1..).zip(typed).map(|(row, TypedDecision { subject, typed })| TypedRow {
            sheet: OPEN_SHEET,
            row,
            subject,
            typed,
        });
        let typed = TypedRows { rows: rows.collect(), lost: Vec::new() };
        let desk = std::mem::replace(&mut self.typed, DeskFile::begun(self.year));
        self.typed = Settled::with_typed(desk, self.plan, typed, today).desk;
        self.kept()
    }

    /// Takes a decision back; whether there was one.
    pub fn withdraw(&mut self, subject: &Subject) -> bool {
        let before = self.typed.decisions.len() + self.typed.drafts.len();
        self.typed.decisions.retain(|decision| decision.subject != *subject);
        self.typed.drafts.retain(|draft| draft.subject.as_ref() != Some(subject));
        before > self.typed.decisions.len() + self.typed.drafts.len()
    }

    /// How the season stands on a day.
    ///
    /// # Errors
    /// Decisions have mistakes, or the plan has no such year.
    pub fn season(&self, today: NaiveDate) -> Result<SeasonTold, Error> {
        let (Judged { accepted, results, findings }, _) = self.judged(today, &typeface::embedded())?;
        let season = Season::of_year(self.plan, &accepted, &results, &findings, today);
        Ok(season_told(self.plan, &season, &results, &self.typed))
    }

    /// Writes every file of the results, the result that names the others last; `write` is told how many there are.
    ///
    /// # Errors
    /// As [`Self::season`], or a library refuses to write.
    pub fn consolidate(
        &self,
        as_of: NaiveDate,
        wanted: Wanted,
        links: &SourceLinks,
        mut write: impl FnMut(usize, Out) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let typeface = typeface::embedded();
        let (Judged { accepted, results, findings }, known) = self.judged(as_of, &typeface)?;
        let papers = Papers::of(self.plan, &known.previous, accepted, &results, &findings, wanted)?;
        let list = papers.list();
        let mut written = WrittenFiles { asked: wanted.asked, outputs: Vec::new() };
        for paper in &list {
            let path = papers.name(*paper);
            let bytes = papers.write(*paper, &typeface, links)?.bytes;
            written.outputs.push(OutputFile { path: path.clone(), sha256: digested(&bytes) });
            write(list.len() + 1, Out { path, bytes })?;
        }
        let bytes = json::write(self.plan, &results, &findings, &written)?;
        write(list.len() + 1, Out { path: result_file::file_name(self.year), bytes })
    }

    fn judged(&self, as_of: NaiveDate, typeface: &Typeface) -> Result<(Judged, Known), Error> {
        let desk = match self.typed.is_empty() {
            true => None,
            false => {
                let (name, text) = self.kept()?;
                Some(SourceFile { name, text })
            }
        };
        let decisions = Decisions::read(self.plan, &DecisionTexts { desk, ..self.decided.clone() })?;
        let past = self.history.year(self.year - 1);
        let previous = past.map(|past| fields_of(self.plan, self.year, past)).unwrap_or_default();
        let case = Case {
            year: self.year,
            as_of,
            known: Known { history: self.history.clone(), previous },
            decisions,
            received: self.received.values().flatten().cloned().collect(),
        };
        case.judge(self.plan, typeface, |_| ())
    }
}
