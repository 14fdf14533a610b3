//! Who has what the plan lays on a body. Departments end, merge and are renamed; what they report goes on with whoever
//! took it over.

use super::{KeyTask, Plan};
use crate::domain::{Reporter, Unit, UnitChange, UnitCode, Year};
use chrono::NaiveDate;

/// The bodies of a plan and how one followed another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bodies<'a> {
    pub units: &'a [Unit],
    pub changes: &'a [UnitChange],
}

impl<'a> Bodies<'a> {
    /// Who has on a day what the plan lays on the body of this code: itself while it exists, else whoever took over, from
    /// one to the next. `None` when nobody has it.
    pub fn bearer(self, code: &UnitCode, day: NaiveDate) -> Option<&'a Unit> {
        let lives = |code: &UnitCode| {
            let code = code.clone();
            self.units.iter().filter(move |unit| unit.code == code)
        };
        let mut unit = lives(code).min_by_key(|unit| unit.validity.from)?;
        // Each step goes on to a unit that ends later.
        while unit.validity.from <= day {
            let Some(last) = unit.validity.to.filter(|last| *last < day) else { return Some(unit) };
            let taken_over = |change: &&UnitChange| {
                change.kind.passes_on()
                    && change.date.pred_opt() == Some(last)
                    && change.from.contains(&unit.code)
            };
            unit = match self.changes.iter().find(taken_over) {
                Some(change) => lives(change.to.first()?).find(|next| next.validity.covers(change.date))?,
                // Nobody took over: the code is again that of the body whenever there is one.
                None => lives(&unit.code)
                    .filter(|next| next.validity.from > last)
                    .min_by_key(|next| next.validity.from)?,
            };
        }
        None
    }

    /// Everybody who took something over.
    pub fn heirs(self) -> impl Iterator<Item = &'a UnitCode> {
        self.changes.iter().filter(|change| change.kind.passes_on()).flat_map(|change| &change.to)
    }

    /// Whether a unit is one of those who report on a day what is laid on a reporter.
    pub fn is_asked(self, reporter: &Reporter, unit: &Unit, day: NaiveDate) -> bool {
        match reporter {
            Reporter::Level(level) => unit.level == *level,
            Reporter::Unit(code) => self.bears(code, unit, day),
        }
    }

    /// Whether a unit has on a day what is laid on the body of this code. A body that is no longer there is still taken
    /// at its word.
    pub fn bears(self, code: &UnitCode, unit: &Unit, day: NaiveDate) -> bool {
        let took_over =
            |change: &UnitChange| change.kind.passes_on() && change.to.first() == Some(&unit.code);
        if unit.code != *code && !self.changes.iter().any(took_over) {
            return false;
        }
        let is_unit = |bearer: &Unit| bearer.code == unit.code && bearer.validity == unit.validity;
        let is_gone = unit.code == *code && !unit.validity.covers(day);
        is_gone || self.bearer(code, day).is_some_and(is_unit)
    }
}

impl Plan {
    /// Its bodies.
    pub(crate) fn bodies(&self) -> Bodies<'_> {
        Bodies { units: &self.units, changes: &self.changes }
    }

    /// Who has in a year what the plan lays on the body of this code; `None` when nobody has.
    pub fn bearer(&self, code: &UnitCode, year: Year) -> Option<&Unit> {
        self.bodies().bearer(code, self.due_date(year))
    }

    /// Whether a unit reports in a year what is laid on a reporter.
    pub fn is_asked(&self, reporter: &Reporter, unit: &Unit, year: Year) -> bool {
        self.bodies().is_asked(reporter, unit, self.due_date(year))
    }

    /// Whether a unit leads a key task in a year.
    pub fn leads(&self, unit: &Unit, task: &KeyTask, year: Year) -> bool {
        self.bodies().bears(&task.lead, unit, self.due_date(year))
    }

    /// The body that in the year `then` reported what a unit reports in `year` as one of an audience; `None` where that is
    /// asked of all units of its level, so that each has its own past, or where nobody did.
    pub fn had_before(&self, audience: &[Reporter], unit: &Unit, year: Year, then: Year) -> Option<&Unit> {
        let mut asked = audience.iter().filter(|reporter| self.is_asked(reporter, unit, year));
        match asked.next()? {
            Reporter::Unit(code) if !asked.any(|also| matches!(also, Reporter::Level(_))) => {
                self.bearer(code, then)
            }
            _ => None,
        }
    }

    /// The official name of the body of this code in a year, or of whoever has its duties by then; the code where there is
    /// none.
    pub fn body_name(&self, code: &UnitCode, year: Year) -> String {
        let last = || self.units.iter().rfind(|unit| unit.code == *code);
        self.bearer(code, year).or_else(last).map_or_else(|| code.to_string(), |unit| unit.name.clone())
    }

    /// A text with each `{ten:CODE}` replaced by the name of the body in a year, or of whoever has its duties by then.
    pub fn naming_bodies(&self, text: &str, year: Year) -> String {
        let mut parts = text.split("{ten:");
        let mut named = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            match part.split_once('}') {
                Some((code, rest)) => {
                    named += &self.body_name(&UnitCode(code.into()), year);
                    named += rest;
                }
                None => {
                    named += "{ten:";
                    named += part;
                }
            }
        }
        named
    }
}

#[cfg(test)]
mod tests;
