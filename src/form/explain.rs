//! What is told of a rule of the plan wherever codes are explained.

use super::rules::{FormLabels, FormRule};
use super::{Form, FormBook};
use crate::plan::rule::RuleInput;
use crate::plan::{Plan, PlannedRule};
use rule::{BoundName, Labels, RuleValue};

/// Heads and texts of a rule's page, in the words of the last year's first form that is asked it.
pub fn parts(plan: &Plan, rule: &PlannedRule) -> Vec<(&'static str, String)> {
    let (sentence, cure) = told(plan, rule).unwrap_or_else(|| (rule.text.clone(), rule.cure.clone()));
    let mut parts = vec![("Quy tắc", format!("{sentence}.")), ("Cách viết", rule.text.clone())];
    let told = [("Ý nghĩa", &rule.meaning), ("Nguyên nhân", &rule.cause)];
    parts.extend(told.into_iter().filter_map(|(head, text)| Some((head, text.clone()?))));
    parts.push(("Cách sửa", format!("{}.", vietnamese::display::capitalised(&cure))));
    parts.extend(rule.example.clone().map(|text| ("Ví dụ", text)));
    parts.push(("Xử lý", rule.effect().to_owned()));
    parts
}

/// The sentence and the cure of a rule, cells called by what they hold.
fn told(plan: &Plan, rule: &PlannedRule) -> Option<(String, String)> {
    let years = (plan.first_year..=plan.last_year).rev();
    let years = years.filter(|year| rule.is_asked_on(plan.due_date(*year)));
    // Forms that are alike are laid out once.
    let book = FormBook::new(plan);
    let mut forms = years.flat_map(|year| plan.roster(year).into_iter().map(move |unit| (unit, year)));
    forms.find_map(|(unit, year)| {
        let form = book.form_for(unit, year);
        let mut rules = form.rules(plan).iter().chain(form.later_rules(plan));
        let made_out = rules.find(|made_out| made_out.plan.code == rule.code)?;
        let labels = Unplaced { form: &form, rule: made_out };
        Some((made_out.sentence.clone(), made_out.bound.cure.filled(&Nothing, &labels)))
    })
}

/// No value at all.
struct Nothing;

impl rule::Values<RuleInput> for Nothing {
    fn value(&self, _: &RuleInput, _: bool) -> Option<RuleValue> {
        None
    }
}

/// Labels for a page that is about no form in particular, where cells have no addresses.
struct Unplaced<'a> {
    form: &'a Form,
    rule: &'a FormRule,
}

impl Labels<RuleInput> for Unplaced<'_> {
    fn label(&self, input: &RuleInput) -> String {
        format!("“{}”", FormLabels::new(self.form, self.rule).label(input))
    }

    fn group(&self, pattern: &str, members: &[BoundName<RuleInput>]) -> String {
        FormLabels::new(self.form, self.rule).group(pattern, members)
    }

    fn cell(&self, _: &RuleInput) -> Option<String> {
        None
    }
}
