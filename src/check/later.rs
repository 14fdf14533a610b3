//! The rules that wait until everything has been read: a unit's figures against those of its peers, of other units, of its
//! own years before. All are asked of what the forms' own rules left, and only then is anything kept out: which of them
//! speak does not depend on their order.

mod lying;

use super::Earlier;
use super::rules::{Broken, BrokenRules, ReportedValues, finding};
use crate::domain::{FieldId, UnitCode};
use crate::form::FormBook;
use crate::form::rules::FormRule;
use crate::plan::Plan;
use crate::plan::rule::{GivenValue, Others, RuleInput};
use crate::submission::Submission;
use lying::{Figures, Lying};
use rule::{RuleValue, Ruling, Values};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The submissions that passed their own checks.
pub(super) type ByUnit = BTreeMap<UnitCode, Arc<Submission>>;

/// What the later rules say of each submission, in the order of the units.
pub(super) fn judge(plan: &Plan, earlier: Earlier<'_>, by_unit: &ByUnit) -> Vec<(UnitCode, BrokenRules)> {
    if !plan.rules.iter().any(|rule| rule.later) {
        return Vec::new();
    }
    let reported: Vec<ReportedValues<'_>> =
        by_unit.values().map(|submission| ReportedValues::new(plan, earlier.previous, submission)).collect();
    let all = All { plan, earlier, by_unit, owed: Owed::of_roster(plan, by_unit) };
    let figures = Figures::of_peers(plan, &reported);
    let of_submission = |reported: &ReportedValues<'_>| {
        let rules = reported.submission.form.later_rules(plan).iter();
        let broken = rules.filter_map(|rule| broken(&all, &figures, reported, rule)).collect();
        (reported.submission.unit.clone(), BrokenRules::of_later(broken))
    };
    reported.iter().map(of_submission).collect()
}

fn broken(
    all: &All<'_>,
    figures: &Figures<'_>,
    reported: &ReportedValues<'_>,
    rule: &FormRule,
) -> Option<Broken> {
    let values =
        LaterValues { all, reported, rule, lying: figures.lying(all.plan, all.earlier, reported, rule) };
    let violated = rule.bound.rule.evaluate(&values) == Ruling::Violated;
    violated.then(|| Broken::new(rule, finding(all.plan, reported.submission, rule, &values)))
}

/// Everything a later rule can look at.
struct All<'a> {
    plan: &'a Plan,
    earlier: Earlier<'a>,
    by_unit: &'a ByUnit,
    owed: Owed,
}

/// How many units are asked for the fields that rules count over all units, and have not given them.
struct Owed(HashMap<FieldId, usize>);

impl Owed {
    fn of_roster(plan: &Plan, by_unit: &ByUnit) -> Self {
        let year = by_unit.values().next().map(|submission| submission.year);
        let mut owed = HashMap::new();
        for rule in by_unit.values().flat_map(|submission| submission.form.later_rules(plan)) {
            for name in rule.bound.rule.references() {
                if let RuleInput::OfOthers(Others::Missing, field) = &name.referent.id {
                    owed.entry(field.clone()).or_insert(0);
                }
            }
        }
        if let Some(year) = year.filter(|_| !owed.is_empty()) {
            let forms = FormBook::new(plan);
            for unit in plan.roster(year) {
                let form = forms.form_for(unit, year);
                let gave =
                    |field: &FieldId| by_unit.get(&unit.code).is_some_and(|s| s.number(field).is_some());
                for (field, missing) in owed.iter_mut() {
                    *missing += usize::from(form.field(field).is_some() && !gave(field));
                }
            }
        }
        Owed(owed)
    }
}

/// What a later rule sees: its own form, and everything else.
struct LaterValues<'a> {
    all: &'a All<'a>,
    reported: &'a ReportedValues<'a>,
    rule: &'a FormRule,
    /// How its figure lies among others, where it holds one against others.
    lying: Option<Lying>,
}

impl Values<RuleInput> for LaterValues<'_> {
    fn value(&self, input: &RuleInput, previous: bool) -> Option<RuleValue> {
        let number = match input {
            RuleInput::Given(GivenValue::Compared) => self.known_of_both_years().count().into(),
            RuleInput::Given(GivenValue::Unchanged) => {
                self.known_of_both_years().filter(|(now, before)| now == before).count().into()
            }
            RuleInput::Given(GivenValue::Figure) => self.lying?.figure,
            RuleInput::Given(GivenValue::Median) => self.lying?.median?,
            RuleInput::Given(GivenValue::Spread) => self.lying?.spread?,
            RuleInput::Given(GivenValue::Beside) => self.lying?.others.into(),
            RuleInput::OfOthers(others, field) => self.of_others(*others, field)?,
            _ => return self.reported.value(input, previous),
        };
        Some(RuleValue::Number(number))
    }
}

impl LaterValues<'_> {
    /// The figures, nought aside, that are known of this year and of the last.
    fn known_of_both_years(&self) -> impl Iterator<Item = (Decimal, Decimal)> + '_ {
        let fields = self.reported.submission.form.fields().filter(|field| field.kind.is_figure());
        fields.filter_map(|field| {
            let number =
                |previous| match self.reported.value(&RuleInput::Field(field.id.clone()), previous)? {
                    RuleValue::Number(number) => Some(number),
                    _ => None,
                };
            let (now, before) = (number(false)?, number(true)?);
            (!now.is_zero()).then_some((now, before))
        })
    }

    fn of_others(&self, others: Others, field: &FieldId) -> Option<Decimal> {
        match others {
            Others::Missing => self.all.owed.0.get(field).map(|missing| (*missing).into()),
            Others::About => {
                let (row, _) =
                    self.reported.submission.form.field(&self.rule.bound.at)?.id.row_and_column()?;
                let about = |submission: &&Arc<Submission>| row.is_for(&submission.form.unit.code);
                self.all.by_unit.values().find(about)?.number(field)
            }
            Others::All => {
                let together = self.fields_of_its_row(field);
                let mut sum = None;
                for submission in self.all.by_unit.values() {
                    if together.iter().all(|field| submission.number(field).is_some()) {
                        sum = Some(sum.unwrap_or(Decimal::ZERO) + submission.number(field)?);
                    }
                }
                sum
            }
        }
    }

    /// The fields of one row that the rule adds up over all units: a share of sums needs both from the same units.
    fn fields_of_its_row(&self, field: &FieldId) -> Vec<FieldId> {
        let row = |field: &FieldId| field.row_and_column().map(|(row, _)| row);
        let names = self.rule.bound.rule.references().into_iter();
        let added = names.filter_map(|name| match &name.referent.id {
            RuleInput::OfOthers(Others::All, other) if row(other) == row(field) => Some(other.clone()),
            _ => None,
        });
        added.chain([field.clone()]).collect()
    }
}
