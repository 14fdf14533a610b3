//! All that a year's result follows from, read from where it is named.

use super::args::ReadLimits;
use super::terminal::Terminal;
use super::{fonts, inputs, previous};
use crate::check::decision::Decisions;
use crate::domain::Year;
use crate::error::Error;
use crate::job::{Case, Judged, Known};
use crate::plan::Plan;
use chrono::NaiveDate;
use page::Typeface;
use std::path::{Path, PathBuf};

/// Where everything is that a result follows from.
pub(super) struct Named<'a> {
    /// Report year.
    pub year: Year,
    /// The day the figures stand at.
    pub as_of: NaiveDate,
    /// What was sent.
    pub paths: &'a [PathBuf],
    /// The folder of results: nothing in it was sent.
    pub out: Option<&'a Path>,
    /// Results of earlier years.
    pub history: Option<&'a PathBuf>,
    /// Last year's figures, where they are not in the history.
    pub previous: Option<&'a PathBuf>,
    /// What the secretariat has decided.
    pub decisions: Decisions,
}

impl Named<'_> {
    /// Reads it all.
    ///
    /// # Errors
    /// Something that was named cannot be read.
    pub fn gather(self, terminal: &Terminal, limits: &ReadLimits, plan: &Plan) -> Result<Case, Error> {
        let Named { year, as_of, paths, out, history, previous, decisions } = self;
        let history = previous::history(terminal, limits, plan, year, history)?;
        let previous = previous::known(terminal, limits, plan, year, previous, &history)?;
        let received = inputs::inbox(terminal, limits, plan, Some(year), paths, out)?;
        Ok(Case { year, as_of, known: Known { history, previous }, decisions, received })
    }
}

/// What was sent, judged, with what it was judged by and the typeface in which it is told.
pub(super) struct Judgement {
    pub judged: Judged,
    pub known: Known,
    pub typeface: Typeface,
}

/// Checks what was sent and adds it up.
///
/// # Errors
/// As [`Case::judge`].
pub(super) fn judge(terminal: &Terminal, plan: &Plan, case: Case) -> Result<Judgement, Error> {
    let typeface = fonts::typeface(terminal, plan);
    let doing = terminal.doing("Kiểm tra số liệu");
    let (judged, known) = case.judge(plan, &typeface, |what| doing.set_message(what))?;
    Ok(Judgement { judged, known, typeface })
}
