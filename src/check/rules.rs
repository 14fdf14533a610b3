//! The plan's rules over one submission.

use crate::domain::cell::Content;
use crate::domain::{FieldId, UnitCode};
use crate::finding::{Finding, Origin, Severity};
use crate::form::rules::{FormLabels, FormRule, RuleBook};
use crate::plan::Plan;
use crate::rule::{self, Outcome, ValueId};
use crate::submission::{Submission, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Last year's values, by unit and field, where they are known.
pub type Previous = BTreeMap<UnitCode, BTreeMap<FieldId, Content>>;

/// What the rules say of one submission.
#[derive(Debug, Default)]
pub(super) struct Judged {
    /// One finding a broken rule.
    pub findings: Vec<Finding>,
    /// The code of a rule that refuses the whole file.
    pub refused: Option<String>,
}

/// Asks every rule; values that a broken one keeps out are taken out of the submission.
///
/// All rules see the submission as it was read: which of them speak does not depend on their order.
pub(super) fn judge(
    plan: &Plan,
    book: &mut RuleBook,
    previous: &Previous,
    submission: &mut Submission,
) -> Judged {
    let mut judged = Judged::default();
    let mut kept_out: Vec<(FieldId, String)> = Vec::new();
    let rules = book.of(plan, &submission.form);
    let values = Reported::of(plan, previous, submission);
    for rule in rules.iter().filter(|rule| rule.bound.rule.evaluate(&values) == Outcome::Violated) {
        judged.findings.push(finding(submission, rule, &values));
        if !rule.plan.is_grave() {
            continue;
        }
        if rule.plan.severity == Severity::Reject {
            judged.refused.get_or_insert_with(|| rule.plan.code.clone());
        }
        kept_out.extend(rule.bound.keeps_out.iter().map(|id| (id.clone(), rule.plan.code.clone())));
    }
    for (field, code) in kept_out {
        submission.reject(&field, &code);
    }
    judged
}

/// What every rule that the submission's form can be asked says of it.
pub fn outcomes(plan: &Plan, previous: &Previous, submission: &Submission) -> Vec<(FormRule, Outcome)> {
    let values = Reported::of(plan, previous, submission);
    let rules = submission.form.rules(plan).into_iter();
    rules
        .map(|rule| (rule.bound.rule.evaluate(&values), rule))
        .map(|(outcome, rule)| (rule, outcome))
        .collect()
}

fn finding(submission: &Submission, rule: &FormRule, values: &Reported<'_>) -> Finding {
    let labels = FormLabels::new(&submission.form, rule);
    let at = &rule.bound.at;
    let reported = submission.values.get(at);
    let field = submission.form.field(at);
    let origin = reported.map(|reported| reported.origin.clone()).or_else(|| {
        field.map(|field| Origin::cell(&submission.file.path, &field.sheet, field.cell.to_string()))
    });
    let message = rule.bound.message.filled(values, &labels);
    let cure = rule.bound.cure.filled(values, &labels);
    let plan = &rule.plan;
    let mut finding = Finding::of_rule(&plan.code, plan.shown_severity(), plan.effect(), message, cure)
        .of_unit(&submission.unit)
        .in_year(submission.year)
        .expected(labels.sentence());
    finding.origin = origin;
    finding.label = field.map(|field| field.label.clone());
    finding.typed = reported.map(|reported| reported.typed.clone());
    finding
}

/// What was typed and read; a status that stands for a figure is no figure to a rule.
struct Reported<'a> {
    plan: &'a Plan,
    submission: &'a Submission,
    filled: BTreeSet<&'a FieldId>,
    previous: Option<&'a BTreeMap<FieldId, Content>>,
}

impl<'a> Reported<'a> {
    fn of(plan: &'a Plan, previous: &'a Previous, submission: &'a Submission) -> Self {
        let filled = submission.filled.iter().map(|cell| &cell.field).collect();
        Reported { plan, submission, filled, previous: previous.get(&submission.unit) }
    }
}

impl rule::Values for Reported<'_> {
    fn value(&self, id: &ValueId, previous: bool) -> Option<rule::Value> {
        let id = match id {
            ValueId::Named(name) => {
                return self
                    .submission
                    .form
                    .named_value(self.plan, name)
                    .map(|n| rule::Value::Number(n.into()));
            }
            ValueId::Field(id) => id,
        };
        if previous {
            return self.previous?.get(id).map(Into::into);
        }
        if !self.filled.contains(id) {
            return None;
        }
        Some(match self.submission.values.get(id)?.value.as_ref()? {
            Value::Number(number) => rule::Value::Number(*number),
            Value::Choice(_, text) | Value::Text(text) => rule::Value::Text(text.clone()),
            Value::Date(day) => rule::Value::Date(*day),
        })
    }
}
