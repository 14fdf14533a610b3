//! The plan: what is promised, who reports, what is asked. Files → validation → [`Plan`], which alone leaves this
//! module: ids resolved, years ordered.

mod backwards;
mod bodies;
mod choice;
mod file;
mod frame;
mod from_result;
mod names;
mod predecessor;
pub mod province;
mod renamed;
mod review;
pub mod rule;
mod sheet;
mod shipped;
mod source;
mod sources;
mod validate;
mod words;
mod written;

pub use backwards::Backwards;
pub use frame::{Annex, CoverLetterPlan, FontChoice, Frame, FrameChange, LetterPlan};
pub use from_result::{FieldOfResult, FromResult, ResultPart};
pub use names::PlanNames;
pub use predecessor::Predecessor;
pub use renamed::Renamed;
pub use review::Review;
pub use rule::PlannedRule;
pub use sheet::{
    Asked, PlannedColumn, PlannedRow, PlannedSheet, PlannedTable, Reference, ReferenceBasis, Repeat,
    RowWords, SheetWords, SuperiorColumn, SuperiorFigure, SuperiorForm, SuperiorRow, SuperiorSignature,
    SuperiorSource,
};
pub use shipped::{SCHEMA_FOLDER, SCHEMAS, SHIPPED, ShippedPlan};
pub use source::SourceFile;
pub(crate) use source::read as read_toml;
pub use sources::{PlanSources, hex};
pub(crate) use words::template as template_mistake;

use crate::domain::{
    ChangeKind, Dated, Direction, FieldId, Indicator, IndicatorId, IndicatorKind, Level, LevelId, LevelName,
    Percent, Targets, Unit, UnitChange, UnitCode, Year,
};
use crate::error::{Error, PlanMistake};
use chrono::{FixedOffset, NaiveDate};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

/// A valid plan.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Id, ASCII.
    pub id: String,
    /// Version, ASCII.
    pub version: String,
    /// SHA-256 over all plan files, lower-case hexadecimal.
    pub sha256: String,
    /// Title, province and letter, from a day on: ask for a year's by [`Plan::frame`].
    pub frames: Dated<Frame>,
    /// The plans and provinces before this one, of whose years this one tells.
    pub predecessors: Vec<Predecessor>,
    /// First report year.
    pub first_year: Year,
    /// Last report year.
    pub last_year: Year,
    /// Years that targets are set for, for example 2025 and 2030.
    pub milestones: Vec<Year>,
    /// Years whose reports look back on a period, in order: the milestones and the last year where the plan names none.
    pub reviews: Vec<Year>,
    /// Month and day before which reports are due.
    pub due: (u32, u32),
    /// The field that holds the date of a unit's report.
    pub report_date: FieldId,
    /// How far the clocks of the offices are ahead of universal time.
    pub utc_offset: FixedOffset,
    /// What may be assumed of figures that nobody reported.
    pub references: References,
    /// The act that sets the nation's targets, where the plan tells of them.
    pub national_act: Option<String>,
    /// Whether the chart that ranks the units names those with the fewest indicators reached.
    pub names_lowest: bool,
    /// What the reports are set in.
    pub font: FontChoice,
    /// Levels of units; the first is that of the local units, whose name texts call `{cap}` and `{mot}`.
    pub levels: Vec<Level>,
    /// All units over the plan's whole life.
    pub units: Vec<Unit>,
    /// How one year's units became another's, in the file's order.
    pub changes: Vec<UnitChange>,
    /// Groups of indicators.
    pub groups: Vec<Group>,
    /// All indicators over the plan's whole life, in the plan's order; their texts still hold `{cap}` and `{mot}`.
    pub indicators: Vec<Indicator>,
    /// The groups of tasks and solutions.
    pub task_groups: Vec<TaskGroup>,
    /// The key tasks of the annex.
    pub key_tasks: Vec<KeyTask>,
    /// Sheets of the form.
    pub sheets: Vec<PlannedSheet>,
    /// The table the superior body asks for, when the plan lays one out.
    pub superior_form: Option<SuperiorForm>,
    /// How older versions of the form called its fields.
    pub renamed: Vec<Renamed>,
    /// Rules, in the file's order.
    pub rules: Vec<Arc<PlannedRule>>,
    /// Text template of the official report.
    pub report_text: SourceFile,
    /// Text template of the leadership brief; without it there is none.
    pub brief_text: Option<SourceFile>,
    /// The letter that hands the draft of the report up; a plan need not have one.
    pub cover_letter: Option<CoverLetterPlan>,
    /// Text template of a unit's own page behind the brief; without it there are none.
    pub unit_sheet_text: Option<SourceFile>,
}

/// How far a figure that nobody reported may lie above the one that stands for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct References {
    /// The year the populations of the units are of; without it they are taken as this year's.
    pub population_year: Option<Year>,
    /// Growth a year as a share of one: 0.01 is one percent.
    pub growth: Decimal,
    /// How much more than the plan's reference figure the true one may be, as a share of it.
    pub band: Decimal,
    /// How much more than an earlier report's figure the true one may be, as a share of it.
    pub past_band: Decimal,
}

/// A group of indicators.
#[derive(Debug, Clone)]
pub struct Group {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
}

/// A group of tasks and solutions.
#[derive(Debug, Clone)]
pub struct TaskGroup {
    /// Number in the plan.
    pub number: u32,
    /// Title.
    pub title: String,
}

/// A key task.
#[derive(Debug, Clone)]
pub struct KeyTask {
    /// Number in the annex.
    pub number: u32,
    /// Title.
    pub title: String,
    /// Lead agency.
    pub lead: UnitCode,
    /// Agencies that take part.
    pub with: String,
    /// Last day in time.
    pub deadline: NaiveDate,
    /// The deadline as the annex words it.
    pub deadline_text: String,
}

/// How text templates are written: a line that holds only a tag leaves no empty line behind.
pub(crate) fn text_syntax() -> minijinja::syntax::SyntaxConfig {
    // Without custom delimiters the builder has nothing to refuse.
    minijinja::syntax::SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
        .unwrap_or_default()
}

impl Plan {
    /// Reads and validates a plan.
    ///
    /// # Errors
    /// [`Error::Plan`] with every mistake found.
    pub fn read(sources: &PlanSources) -> Result<Plan, Error> {
        let mut mistakes: Vec<PlanMistake> = Vec::new();
        let plan = validate::plan(sources, &mut mistakes);
        mistakes.sort_by(|a, b| (&a.file, a.at, a.code).cmp(&(&b.file, b.at, b.code)));
        match plan {
            Some(plan) if mistakes.is_empty() => Ok(plan),
            _ => Err(Error::Plan(mistakes)),
        }
    }

    /// The day before which reports of a year are due.
    pub fn due_date(&self, year: Year) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, self.due.0, self.due.1).unwrap_or(NaiveDate::MAX)
    }

    /// The reporting units of a year: those in existence on its due date, in the plan's order.
    pub fn roster(&self, year: Year) -> Vec<&Unit> {
        let day = self.due_date(year);
        self.units.iter().filter(|unit| unit.validity.covers(day)).collect()
    }

    /// The units of one level on a year's roster.
    pub fn roster_of(&self, year: Year, level: &LevelId) -> Vec<&Unit> {
        self.roster(year).into_iter().filter(|unit| unit.level == *level).collect()
    }

    /// The same unit on last year's roster: under its own code if that is not another unit's by now, or under the
    /// code it was renamed from. `None` when the unit is new, even if its code is not.
    pub fn unit_before(&self, unit: &Unit, year: Year) -> Option<&Unit> {
        self.before(year).unit(unit)
    }

    /// The units of which a unit was made whole; `None` when parts of units went into it or there were none.
    pub fn made_of(&self, unit: &Unit) -> Option<Vec<&Unit>> {
        let merged = self.changes.iter().find(|change| {
            change.kind == ChangeKind::Merge
                && change.date == unit.validity.from
                && change.to == [unit.code.clone()]
        })?;
        let day = merged.date.pred_opt();
        let ended =
            |code: &UnitCode| self.units.iter().find(|old| old.code == *code && old.validity.to == day);
        merged.from.iter().map(ended).collect()
    }

    /// Last year's roster, to ask for many units of `year` who they were.
    pub fn before(&self, year: Year) -> Before<'_> {
        let roster = self.roster(year - 1).into_iter();
        Before { plan: self, roster: roster.map(|unit| ((&unit.code, unit.validity.from), unit)).collect() }
    }

    /// Whether a level's units of a year are not those of the year before: some are new or some are gone. A renamed
    /// unit is the same unit.
    pub fn roster_changed(&self, year: Year, level: &LevelId) -> bool {
        let (now, before) = (self.roster_of(year, level), self.roster_of(year - 1, level));
        let known = self.before(year);
        // Before the plan's first year there was nothing to change from.
        year > self.first_year
            && (now.len() != before.len() || now.iter().any(|unit| known.unit(unit).is_none()))
    }

    /// The changes of a level's units that came into force after last year's due date and by this year's; not those
    /// within units that stay.
    pub fn changes_of(&self, year: Year, level: &LevelId) -> Vec<&UnitChange> {
        let (last, now) = (self.due_date(year - 1), self.due_date(year));
        let of_level = |code: &UnitCode| self.units.iter().any(|u| u.code == *code && u.level == *level);
        let counts = |change: &&UnitChange| {
            change.kind != ChangeKind::Note
                && last < change.date
                && change.date <= now
                && change.from.iter().chain(&change.to).any(of_level)
        };
        self.changes.iter().filter(counts).collect()
    }

    /// The indicators asked for in a year, in the plan's order, worded for its roster and with the targets in force then.
    pub fn indicators_of(&self, year: Year) -> Vec<Indicator> {
        self.in_force(year).map(|indicator| self.worded(indicator, year)).collect()
    }

    /// The indicators asked for in a year as the plan writes them, with all their targets.
    pub(crate) fn in_force(&self, year: Year) -> impl Iterator<Item = &Indicator> {
        let day = self.due_date(year);
        self.indicators.iter().filter(move |indicator| indicator.validity.covers(day))
    }

    /// The indicator with `{cap}` and `{mot}` replaced: the level it counts over, else that of the local units.
    pub(crate) fn worded(&self, indicator: &Indicator, year: Year) -> Indicator {
        let level = match &indicator.kind {
            IndicatorKind::ShareOfUnits { over, .. } => self.level(over),
            _ => self.levels.first(),
        };
        let mut worded = indicator.clone();
        worded.targets = self.targets_in(indicator, year);
        let day = self.due_date(year);
        (worded.title, worded.short_title) = indicator.words.on(day).clone();
        if let Some(words) = level.map(|level| level.named_on(self.due_date(year))) {
            worded.title = words.word(&worded.title);
            worded.short_title = words.word(&worded.short_title);
            worded.counted = words.word(&worded.counted);
        }
        worded
    }

    /// The targets of an indicator that were in force when a year's reports were due.
    pub fn targets_in(&self, indicator: &Indicator, year: Year) -> Targets {
        indicator.targets.on(self.due_date(year))
    }

    /// The target that an indicator's result of a year is judged by: what was in force then, whatever was decided later.
    pub fn target_in(&self, id: &IndicatorId, year: Year) -> Option<(Year, Percent)> {
        self.targets_in(self.indicator(id)?, year).of(year)
    }

    /// How a level is named in a year.
    pub fn name_of<'a>(&self, level: &'a Level, year: Year) -> &'a LevelName {
        level.named_on(self.due_date(year))
    }

    /// A text of the plan's frame worded for a year: `{nam}`, and the local units' `{cap}` and `{mot}`.
    pub fn text_of(&self, text: &str, year: Year) -> String {
        let text = text.replace("{nam}", &year.to_string());
        self.levels.first().map_or_else(|| text.clone(), |level| self.name_of(level, year).word(&text))
    }

    /// The code by which the plan calls a unit that is called by this one, now or in an older version.
    pub fn code_now(&self, code: UnitCode) -> UnitCode {
        // No unit's code is another's former code.
        let known = self.units.iter().find(|unit| unit.former_codes.contains(&code));
        known.map_or(code, |unit| unit.code.clone())
    }

    /// A level by id.
    pub fn level(&self, id: &LevelId) -> Option<&Level> {
        self.levels.iter().find(|level| level.id == *id)
    }

    /// An indicator by id.
    pub fn indicator(&self, id: &IndicatorId) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == *id)
    }

    /// Every tab name any form of the plan has in any year.
    pub fn tabs(&self) -> Vec<String> {
        let mut tabs: Vec<String> = Vec::new();
        for sheet in &self.sheets {
            let names = sheet.level(&self.levels).into_iter().flat_map(Level::names);
            let worded =
                |name: &LevelName| sheet.words.all().map(|words| name.word(&words.tab)).collect::<Vec<_>>();
            for tab in names.flat_map(worded) {
                if !tabs.contains(&tab) {
                    tabs.push(tab);
                }
            }
        }
        tabs
    }
}

/// A year's roster as the year after looks back on it.
#[derive(Debug)]
pub struct Before<'a> {
    plan: &'a Plan,
    roster: HashMap<(&'a UnitCode, NaiveDate), &'a Unit>,
}

impl<'a> Before<'a> {
    /// As [`Plan::unit_before`].
    pub fn unit(&self, unit: &Unit) -> Option<&'a Unit> {
        let (mut code, mut from) = (&unit.code, unit.validity.from);
        // Each round goes back in time by a change, so their number bounds the rounds.
        for _ in 0..=self.plan.changes.len() {
            if let Some(same) = self.roster.get(&(code, from)) {
                return Some(same);
            }
            let renamed = |change: &&UnitChange| {
                change.kind == ChangeKind::Rename && change.date == from && change.to.first() == Some(code)
            };
            code = self.plan.changes.iter().find(renamed)?.from.first()?;
            let ended = |old: &&Unit| old.code == *code && old.validity.to == from.pred_opt();
            from = self.plan.units.iter().find(ended)?.validity.from;
        }
        None
    }
}

/// The target a trajectory gives for a year: linear between the points, which are in order of years.
pub fn on_trajectory(direction: Direction, points: &[(Year, Percent)], year: Year) -> Option<Percent> {
    let next = points.iter().position(|(y, _)| *y >= year)?;
    let (y1, p1) = points[next];
    if y1 == year {
        return Some(p1);
    }
    let (y0, p0) = *points.get(next.checked_sub(1)?)?;
    // A way never leads back: where the start is better than the target, the target is to be held.
    let p0 = direction.worse(p0, p1);
    Some(p0 + (p1 - p0) * Percent::from(year - y0) / Percent::from(y1 - y0))
}

#[cfg(test)]
mod tests;
