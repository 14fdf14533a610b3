//! The plan's rules over one submission.

use super::decision::Waivers;
use crate::domain::cell::Content;
use crate::domain::{FieldId, Indicator, UnitCode, Year};
use crate::finding::{Finding, FindingCode, KeptOut, Origin, Severity};
use crate::form::Field;
use crate::form::rules::{FormLabels, FormRule};
use crate::plan::Plan;
use crate::plan::rule::RuleInput;
use crate::submission::{Submission, Value};
use rule::{RuleValue, Ruling};
use std::collections::{BTreeMap, BTreeSet};

/// Last year's values, by unit and field, where they are known.
pub type Previous = BTreeMap<UnitCode, BTreeMap<FieldId, Content>>;

/// What is known of earlier years.
#[derive(Debug, Clone, Copy)]
pub struct Earlier<'a> {
    /// Last year's values: what rules ask with `prev`.
    pub previous: &'a Previous,
    /// The values of all earlier years there are, in the fields of this year's forms.
    pub years: &'a [(Year, Previous)],
}

/// What the broken rules say of one submission, in the plan's order.
#[derive(Debug, Default)]
pub(super) struct BrokenRules {
    broken: Vec<Broken>,
    /// Rules that could not be asked only because a cell they need holds something that was not read: what they would
    /// say is a consequence of what is told of that cell.
    pub unasked: usize,
}

#[derive(Debug)]
pub(super) struct Broken {
    finding: Finding,
    /// The code of a rule that refuses the whole file.
    refuses: Option<FindingCode>,
}

/// Asks every rule of the submission as it was read: which of them speak does not depend on their order.
pub(super) fn judge(plan: &Plan, previous: &Previous, submission: &Submission) -> BrokenRules {
    let rules = submission.form.rules(plan);
    let values = ReportedValues::new(plan, previous, submission);
    let rulings: Vec<Ruling> = rules.iter().map(|rule| rule.bound.rule.evaluate(&values)).collect();
    let rules_with = |wanted: Ruling| {
        rules.iter().zip(&rulings).filter(move |(_, ruling)| **ruling == wanted).map(|(rule, _)| rule)
    };
    let unasked = rules_with(Ruling::NotEvaluated).filter(|rule| needs_unread(rule, submission)).count();
    let broken =
        rules_with(Ruling::Violated).map(|rule| Broken::new(rule, finding(plan, submission, rule, &values)));
    BrokenRules { broken: broken.collect(), unasked }
}

impl Broken {
    pub(super) fn new(rule: &FormRule, finding: Finding) -> Self {
        let code = FindingCode::from(rule.plan.code);
        let grave = rule.plan.is_grave();
        let refuses = grave && rule.plan.severity == Severity::Reject;
        Broken { finding, refuses: refuses.then_some(code) }
    }
}

/// Whether a rule speaks of a cell that was filled, or may have been, and gave no value.
fn needs_unread(rule: &FormRule, submission: &Submission) -> bool {
    rule.bound.rule.references().into_iter().any(|name| match &name.referent.id {
        RuleInput::Given(_) | RuleInput::OfRow(..) | RuleInput::OfOthers(..) => false,
        RuleInput::Field(id) => {
            let filled = || submission.filled.iter().any(|cell| cell.field == *id);
            !submission.values.contains_key(id) && (submission.unread.contains(id) || filled())
        }
    })
}

impl BrokenRules {
    /// What rules say that were asked once everything had been read.
    pub fn of_later(broken: Vec<Broken>) -> Self {
        BrokenRules { broken, unasked: 0 }
    }

    /// Lets waivers take findings; a rule whose finding is taken keeps nothing out.
    pub fn waive(&mut self, waivers: &mut Waivers, sent: &Submission) {
        for broken in &mut self.broken {
            let finding = waivers.apply_to_one(broken.finding.clone(), Some(sent));
            if finding.code != broken.finding.code {
                broken.refuses = None;
            }
            broken.finding = finding;
        }
    }

    /// Whether anything is kept out.
    pub fn keeps_any_out(&self) -> bool {
        self.broken
            .iter()
            .any(|broken| broken.refuses.is_some() || !broken.finding.kept_out.fields.is_empty())
    }

    /// Takes the values that broken rules keep out, out of the submission; gives back the code of a rule that refuses
    /// the whole file.
    pub fn keep_out_of(&self, submission: &mut Submission) -> Option<FindingCode> {
        for finding in self.broken.iter().map(|broken| &broken.finding) {
            finding.kept_out.fields.iter().for_each(|field| submission.reject(field, finding.code));
        }
        self.broken.iter().find_map(|broken| broken.refuses)
    }

    /// One finding a broken rule.
    pub fn findings(self) -> impl Iterator<Item = Finding> {
        self.broken.into_iter().map(|broken| broken.finding)
    }
}

/// What every rule that the submission's form can be asked says of it.
pub fn rulings<'a>(
    plan: &Plan,
    previous: &Previous,
    submission: &'a Submission,
) -> Vec<(&'a FormRule, Ruling)> {
    let values = ReportedValues::new(plan, previous, submission);
    let rules = submission.form.rules(plan).iter();
    rules.map(|rule| (rule, rule.bound.rule.evaluate(&values))).collect()
}

pub(super) fn finding(
    plan: &Plan,
    submission: &Submission,
    rule: &FormRule,
    values: &dyn rule::Values<RuleInput>,
) -> Finding {
    let labels = FormLabels::new(&submission.form, rule);
    let at = &rule.bound.at;
    let reported = submission.values.get(at);
    let field = submission.form.field(at);
    let origin = reported.map(|reported| reported.origin.clone()).or_else(|| {
        field.map(|field| Origin::cell(&submission.file.path, &field.sheet, field.cell.to_string()))
    });
    let message = rule.bound.message.filled(values, &labels);
    let cure = rule.bound.cure.filled(values, &labels);
    let mut kept_out = kept_out(plan, submission, rule);
    let plan = &rule.plan;
    let effect = if plan.is_grave() && plan.severity != Severity::Reject && !plan.keeps_nothing_out() {
        kept_out.effect()
    } else {
        // The file as a whole, or nothing, is not used.
        kept_out.named.clear();
        plan.effect().to_owned()
    };
    let mut finding = Finding::for_rule(plan.code, plan.shown_severity(), &effect, message, cure)
        .of_unit(&submission.unit)
        .in_year(submission.year)
        .expected(rule.sentence.as_str());
    if let Some(field) = field {
        finding = finding.about(at, &field.label);
    }
    finding.origin = origin;
    finding.kept_out = kept_out;
    finding.typed = reported.map(|reported| reported.typed.to_string());
    finding
}

/// What a broken rule keeps out of the submission at hand: which cells, and which indicators lack them.
fn kept_out(plan: &Plan, submission: &Submission, rule: &FormRule) -> KeptOut {
    if !rule.plan.is_grave() {
        return KeptOut::default();
    }
    let form = &submission.form;
    let fields = rule.bound.keeps_out.clone();
    let filled = fields.iter().filter(|id| submission.values.contains_key(*id));
    let filled: Vec<&Field> = filled.filter_map(|id| form.field(id)).collect();
    let here = form.field(&rule.bound.at).map(|field| &field.sheet);
    let named = filled.iter().map(|field| {
        let place = if Some(&field.sheet) == here { "" } else { &format!(" trang “{}”", field.sheet) };
        format!("“{}” (ô {}{place})", field.label, field.cell)
    });
    let lacks = |indicator: &&Indicator| filled.iter().any(|field| indicator.kind.is_made_from(&field.id));
    let lacking = plan.in_force(submission.year).filter(lacks).map(|indicator| indicator.id.to_string());
    KeptOut {
        named: named.collect(),
        lacking: lacking.collect(),
        until: match rule.plan.severity {
            Severity::Error => "cho đến khi được sửa",
            _ => "cho đến khi được sửa hoặc giải trình",
        },
        fields,
    }
}

/// What was typed and read; a status that stands for a figure is no figure to a rule.
pub(super) struct ReportedValues<'a> {
    plan: &'a Plan,
    /// The submission.
    pub submission: &'a Submission,
    filled: BTreeSet<&'a FieldId>,
    previous: Option<&'a BTreeMap<FieldId, Content>>,
}

impl<'a> ReportedValues<'a> {
    pub(super) fn new(plan: &'a Plan, previous: &'a Previous, submission: &'a Submission) -> Self {
        let filled = submission.filled.iter().map(|cell| &cell.field).chain(&submission.corrected).collect();
        ReportedValues { plan, submission, filled, previous: previous.get(&submission.unit) }
    }
}

impl rule::Values<RuleInput> for ReportedValues<'_> {
    fn value(&self, input: &RuleInput, previous: bool) -> Option<RuleValue> {
        let id = match input {
            RuleInput::Given(given) => return self.submission.form.given_value(self.plan, *given),
            RuleInput::OfRow(row, figure) => return self.submission.form.row_figure(row, *figure),
            RuleInput::OfOthers(..) => return None,
            RuleInput::Field(id) => id,
        };
        if previous {
            return self.previous?.get(id).map(Into::into);
        }
        if !self.filled.contains(id) {
            return None;
        }
        Some(match self.submission.values.get(id)?.value.as_ref()? {
            Value::Number(number) => RuleValue::Number(*number),
            Value::Choice(_, text) | Value::Text(text) => RuleValue::Text(text.clone()),
            Value::Date(day) => RuleValue::Date(*day),
        })
    }
}
