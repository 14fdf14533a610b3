//! A record run anew, as it was or with some of its inputs those of another: what differs is laid to the input at which it
//! changes.

use super::Opened;
use crate::cli::args::ReadLimits;
use crate::cli::case::{self, Judgement};
use crate::cli::terminal::Terminal;
use crate::consolidate::Snapshot;
use crate::consolidate::change::{Cause, Changes};
use crate::error::Error;
use crate::job::Case;
use crate::output::json;
use crate::plan::{Plan, PlanSources};

/// The key by which a plan names its file of units.
const UNITS: &str = "units";

/// The text of a record's file of units; `None` of a plan that names none.
fn roster_of(opened: &Opened) -> Result<Option<String>, Error> {
    let sources = opened.plan()?;
    let name = sources.name_of(UNITS);
    let file = sources.others.into_iter().find(|file| Some(&file.name) == name.as_ref());
    Ok(file.map(|file| file.text))
}

/// Whose inputs a run has.
#[derive(Clone, Copy)]
pub(super) struct Mixed<'a> {
    pub files: &'a Opened,
    pub decisions: &'a Opened,
    pub day: &'a Opened,
    pub roster: &'a Opened,
    pub plan: &'a Opened,
    pub known: &'a Opened,
}

impl<'a> Mixed<'a> {
    /// Everything of one record.
    pub fn of(opened: &'a Opened) -> Self {
        Mixed { files: opened, decisions: opened, day: opened, roster: opened, plan: opened, known: opened }
    }

    /// The same with one input of another record.
    fn with(mut self, cause: Cause, of: &'a Opened) -> Self {
        match cause {
            Cause::Files => self.files = of,
            Cause::Decisions => self.decisions = of,
            Cause::Day => self.day = of,
            Cause::Roster => self.roster = of,
            // A plan comes with its own roster.
            Cause::Plan => (self.plan, self.roster) = (of, of),
            Cause::History => self.known = of,
            Cause::Program => {}
        }
        self
    }

    /// The texts of the plan, with the roster's file of the one and all others of the other.
    fn sources(self) -> Result<PlanSources, Error> {
        let mut sources = self.plan.plan()?;
        if std::ptr::eq(self.plan, self.roster) {
            return Ok(sources);
        }
        let name = sources.name_of(UNITS);
        let place = sources.others.iter_mut().find(|file| Some(&file.name) == name.as_ref());
        if let (Some(place), Some(text)) = (place, roster_of(self.roster)?) {
            place.text = text;
        }
        Ok(sources)
    }

    /// Runs it under its plan.
    pub fn run(self, terminal: &Terminal, limits: &ReadLimits) -> Result<Run, Error> {
        self.run_under(terminal, limits, Plan::read(&self.sources()?)?)
    }

    /// Runs it under some plan.
    pub fn run_under(self, terminal: &Terminal, limits: &ReadLimits, plan: Plan) -> Result<Run, Error> {
        let case = Case {
            year: self.files.record.year,
            as_of: self.day.record.options.as_of,
            known: self.known.known()?,
            decisions: self.decisions.decisions(&plan)?,
            received: self.files.received(terminal, limits, &plan)?,
        };
        let judgement = case::judge(terminal, &plan, case)?;
        Ok(Run { plan, judgement })
    }
}

/// A record that was run anew.
pub(super) struct Run {
    pub plan: Plan,
    pub judgement: Judgement,
}

impl Run {
    /// The run as its result file would tell it.
    ///
    /// # Errors
    /// As [`json::told`].
    pub fn snapshot(&self) -> Result<Snapshot, Error> {
        json::told(&self.plan, &self.judgement.judged.results)
    }
}

/// What differs between what two records published, each change with its causes.
///
/// # Errors
/// One of the records cannot be run.
pub(super) fn between(
    terminal: &Terminal,
    limits: &ReadLimits,
    before: &Opened,
    after: &Opened,
) -> Result<(Plan, Changes), Error> {
    let published = before.published()?;
    let first = Mixed::of(before).run(terminal, limits)?.snapshot()?;
    let plan = Plan::read(&after.plan()?)?;
    let mut steps = vec![(Cause::Program, first)];
    let mut mixed = Mixed::of(before);
    for cause in Cause::ALL.into_iter().filter(|cause| *cause != Cause::Program) {
        if !differs(cause, before, after)? {
            continue;
        }
        mixed = mixed.with(cause, after);
        // The plan of one with the roster of the other may be none: then all that both change is laid to the plan.
        match mixed.run(terminal, limits) {
            Ok(run) => steps.push((cause, run.snapshot()?)),
            Err(Error::Plan(_)) if cause == Cause::Roster => {}
            Err(error) => return Err(error),
        }
    }
    steps.push((Cause::Program, after.published()?));
    let changes = Changes::stepped(&plan, &published, &steps);
    Ok((plan, changes))
}

/// Whether an input of two records differs.
fn differs(cause: Cause, before: &Opened, after: &Opened) -> Result<bool, Error> {
    Ok(match cause {
        Cause::Files => before.hashes_of_received() != after.hashes_of_received(),
        Cause::Decisions => before.hashes_of_decisions() != after.hashes_of_decisions(),
        Cause::Day => before.record.options.as_of != after.record.options.as_of,
        Cause::Roster => roster_of(before)? != roster_of(after)?,
        Cause::Plan => before.record.plan.sha256 != after.record.plan.sha256,
        Cause::History => before.known_as_text()? != after.known_as_text()?,
        Cause::Program => true,
    })
}
