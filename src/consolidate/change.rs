//! What differs between two runs of a year, and why: each figure that changed, by the causes in a fixed order.

mod snapshot;

pub use snapshot::{Figure, Snapshot, UnitOfRun};

use super::history::result_file::ReadValues;
use super::history::value::ValuePart;
use super::terms;
use crate::domain::{FieldId, IndicatorId, UnitCode, Year};
use crate::plan::Plan;
use ecow::EcoString;
use std::collections::{BTreeMap, BTreeSet};

/// Why something changed, in the order in which causes are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// What the units sent.
    Files,
    /// Waivers and corrections.
    Decisions,
    /// The day the figures stand at: what was not due yet, or was of a day to come.
    Day,
    /// Which units report.
    Roster,
    /// The plan: form, rules, indicators, targets.
    Plan,
    /// What is known of earlier years.
    History,
    /// The program.
    Program,
}

impl Cause {
    /// All of them in order.
    pub const ALL: [Cause; 7] = [
        Cause::Files,
        Cause::Decisions,
        Cause::Day,
        Cause::Roster,
        Cause::Plan,
        Cause::History,
        Cause::Program,
    ];

    /// How people are told.
    pub fn vietnamese(self) -> &'static str {
        match self {
            Cause::Files => "tệp đơn vị gửi",
            Cause::Decisions => "miễn trừ, đính chính",
            Cause::Day => "ngày chốt số liệu",
            Cause::Roster => "danh sách đơn vị",
            Cause::Plan => "kế hoạch, quy tắc",
            Cause::History => "số liệu năm trước",
            Cause::Program => "phiên bản chương trình",
        }
    }
}

/// What differs between two runs of one year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that came, went or changed, by unit.
    pub files: Vec<FileChange>,
    /// Units that stand otherwise: status before and after, in the words of the result.
    pub units: Vec<(UnitCode, Option<EcoString>, Option<EcoString>)>,
    /// Values that changed, by unit and field.
    pub values: Vec<ValueChange>,
    /// Results that changed, in the order of their ids.
    pub figures: Vec<FigureChange>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Whose it is.
    pub unit: UnitCode,
    /// Its name.
    pub path: EcoString,
    /// What became of it.
    pub event: FileEvent,
}

/// What can become of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileEvent {
    /// It is new.
    Came,
    /// It is there no more.
    Went,
    /// Its content is another.
    Changed,
    /// It is used now and was not, or the other way round.
    Chosen(bool),
}

/// A value that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueChange {
    /// Who reports it.
    pub unit: UnitCode,
    /// Where.
    pub field: FieldId,
    /// Before.
    pub before: Option<ValuePart>,
    /// Now.
    pub after: Option<ValuePart>,
    /// Why.
    pub causes: BTreeSet<Cause>,
}

/// A result that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureChange {
    /// Of which indicator.
    pub indicator: IndicatorId,
    /// Before; `None` of an indicator that was not in force.
    pub before: Option<Figure>,
    /// Now.
    pub after: Option<Figure>,
    /// Why, with the units whose values did it.
    pub causes: BTreeMap<Cause, BTreeSet<UnitCode>>,
}

impl FigureChange {
    /// Whether the verdict is another.
    pub fn is_flipped(&self) -> bool {
        let verdict = |figure: &Option<Figure>| figure.as_ref().map(|figure| figure.verdict.clone());
        verdict(&self.before) != verdict(&self.after)
    }
}

impl Changes {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }

    /// What differs between two runs of a year, by what is known of both: the cause that is closest to a value comes first,
    /// a decision on it before the file it stands in, that before the plan. `plan` is that of the second run.
    pub fn between(plan: &Plan, before: &Snapshot, after: &Snapshot) -> Self {
        let compared = Compared { before, after };
        let values = compared.values();
        let figures = compared.figures(plan, &values);
        Changes { files: compared.files(), units: compared.units(), values, figures }
    }

    /// What differs between the first and the last of several runs of a year, of which each has one input of the last in the
    /// place of that of the first: a change has the causes of the steps at which it happens.
    pub fn stepped(plan: &Plan, first: &Snapshot, steps: &[(Cause, Snapshot)]) -> Self {
        let Some((_, last)) = steps.last() else { return Changes::default() };
        let mut whole = Changes::between(plan, first, last);
        for value in &mut whole.values {
            value.causes.clear();
        }
        for figure in &mut whole.figures {
            figure.causes.clear();
        }
        let mut before = first;
        for (cause, after) in steps {
            let step = Changes::between(plan, before, after);
            let moved: BTreeSet<(&UnitCode, &FieldId)> =
                step.values.iter().map(|value| (&value.unit, &value.field)).collect();
            for value in &mut whole.values {
                if moved.contains(&(&value.unit, &value.field)) {
                    value.causes.insert(*cause);
                }
            }
            for change in step.figures {
                let units = change.causes.into_values().flatten();
                if let Some(figure) =
                    whole.figures.iter_mut().find(|known| known.indicator == change.indicator)
                {
                    figure.causes.entry(*cause).or_default().extend(units);
                }
            }
            before = after;
        }
        whole
    }
}

/// Two runs side by side.
struct Compared<'a> {
    before: &'a Snapshot,
    after: &'a Snapshot,
}

impl Compared<'_> {
    fn files(&self) -> Vec<FileChange> {
        let nothing = BTreeMap::new();
        let mut changes = Vec::new();
        let units: BTreeSet<&UnitCode> = self.before.units.keys().chain(self.after.units.keys()).collect();
        for unit in units {
            let before = self.before.units.get(unit).map_or(&nothing, |unit| &unit.files);
            let after = self.after.units.get(unit).map_or(&nothing, |unit| &unit.files);
            let paths: BTreeSet<&EcoString> = before.keys().chain(after.keys()).collect();
            for path in paths {
                let event = match (before.get(path), after.get(path)) {
                    (None, Some(_)) => FileEvent::Came,
                    (Some(_), None) => FileEvent::Went,
                    (Some(was), Some(is)) if was.sha256 != is.sha256 => FileEvent::Changed,
                    (Some(was), Some(is)) if was.chosen != is.chosen => FileEvent::Chosen(is.chosen),
                    _ => continue,
                };
                changes.push(FileChange { unit: unit.clone(), path: path.clone(), event });
            }
        }
        changes
    }

    fn units(&self) -> Vec<(UnitCode, Option<EcoString>, Option<EcoString>)> {
        let units: BTreeSet<&UnitCode> = self.before.units.keys().chain(self.after.units.keys()).collect();
        let status = |run: &Snapshot, unit: &UnitCode| run.units.get(unit).map(|unit| unit.status.clone());
        let both = units.into_iter().map(|unit| (unit, status(self.before, unit), status(self.after, unit)));
        both.filter(|(_, was, is)| was != is).map(|(unit, was, is)| (unit.clone(), was, is)).collect()
    }

    fn values(&self) -> Vec<ValueChange> {
        let nothing = ReadValues::new();
        let units: BTreeSet<&UnitCode> = self.before.units.keys().chain(self.after.units.keys()).collect();
        let mut changes = Vec::new();
        for unit in units {
            let before = self.before.units.get(unit).map_or(&nothing, |unit| &unit.values);
            let after = self.after.units.get(unit).map_or(&nothing, |unit| &unit.values);
            let fields: BTreeSet<&FieldId> = before.keys().chain(after.keys()).collect();
            for field in fields.into_iter().filter(|field| before.get(*field) != after.get(*field)) {
                changes.push(ValueChange {
                    unit: unit.clone(),
                    field: field.clone(),
                    before: before.get(field).cloned(),
                    after: after.get(field).cloned(),
                    causes: self.causes_of(unit, field),
                });
            }
        }
        changes
    }

    /// Why a value is another: what its unit sent and what was decided about it, else what lies further off.
    fn causes_of(&self, unit: &UnitCode, field: &FieldId) -> BTreeSet<Cause> {
        let (before, after) = (self.before, self.after);
        let is_there = |run: &Snapshot| run.units.contains_key(unit);
        if is_there(before) != is_there(after) {
            return BTreeSet::from([Cause::Roster]);
        }
        let mut causes = BTreeSet::new();
        if before.units.get(unit).map(UnitOfRun::used) != after.units.get(unit).map(UnitOfRun::used) {
            causes.insert(Cause::Files);
        }
        if before.decided_on(unit, Some(field)) != after.decided_on(unit, Some(field)) {
            causes.insert(Cause::Decisions);
        }
        if causes.is_empty() {
            causes.insert(self.further_off(unit, field));
        }
        causes
    }

    /// Why a value is another about which its unit sent nothing new and nothing was decided.
    fn further_off(&self, unit: &UnitCode, field: &FieldId) -> Cause {
        let (before, after) = (self.before, self.after);
        let is_day = |run: &Snapshot| {
            let value = run.units.get(unit).and_then(|unit| unit.values.get(field));
            value.is_some_and(|value| value.date.is_some())
        };
        if before.decided_on(unit, None) != after.decided_on(unit, None) {
            Cause::Decisions
        } else if before.as_of != after.as_of && is_day(before) | is_day(after) {
            Cause::Day
        } else {
            self.otherwise()
        }
    }

    /// Why something is another that nothing of a unit explains.
    fn otherwise(&self) -> Cause {
        let (before, after) = (self.before, self.after);
        if before.units.keys().ne(after.units.keys()) {
            Cause::Roster
        } else if before.plan != after.plan {
            Cause::Plan
        } else if before.program == after.program {
            Cause::History
        } else {
            Cause::Program
        }
    }

    fn figures(&self, plan: &Plan, values: &[ValueChange]) -> Vec<FigureChange> {
        let ids: BTreeSet<&IndicatorId> =
            self.before.figures.keys().chain(self.after.figures.keys()).collect();
        let mut changes = Vec::new();
        for id in ids {
            let (before, after) = (self.before.figures.get(id), self.after.figures.get(id));
            if before == after {
                continue;
            }
            let mut causes: BTreeMap<Cause, BTreeSet<UnitCode>> = BTreeMap::new();
            let feeding = feeding(plan, id, self.after.year);
            for value in
                values.iter().filter(|value| feeding.contains(&(value.unit.clone(), value.field.clone())))
            {
                for cause in &value.causes {
                    causes.entry(*cause).or_default().insert(value.unit.clone());
                }
            }
            let target = |figure: Option<&Figure>| figure.map(|figure| figure.aim);
            if before.is_some() != after.is_some() || target(before) != target(after) {
                causes.entry(Cause::Plan).or_default();
            }
            if before.map(|figure| figure.expected) != after.map(|figure| figure.expected)
                && self.before.units.keys().ne(self.after.units.keys())
            {
                causes.entry(Cause::Roster).or_default();
            }
            if causes.is_empty() {
                let is_assumed_anew = self.before.assumed.get(id) != self.after.assumed.get(id);
                let cause = match self.otherwise() {
                    Cause::History if !is_assumed_anew && self.before.as_of != self.after.as_of => Cause::Day,
                    cause => cause,
                };
                causes.entry(cause).or_default();
            }
            let (before, after) = (before.cloned(), after.cloned());
            changes.push(FigureChange { indicator: id.clone(), before, after, causes });
        }
        changes
    }
}

/// Whose fields an indicator of a year is made from.
fn feeding(plan: &Plan, id: &IndicatorId, year: Year) -> BTreeSet<(UnitCode, FieldId)> {
    let terms = plan.indicator(id).map(|indicator| terms::of_indicator(plan, indicator, year));
    let mut feeding = BTreeSet::new();
    for term in terms.into_iter().flatten() {
        feeding.extend(term.fields.all().map(|field| (term.reporter.clone(), field.clone())));
    }
    feeding
}
