//! How a figure lies among the same figures of others: the middle one of them, and how far they spread around it. Both are
//! medians, so that a few that are wrong do not move them.

use crate::check::Earlier;
use crate::check::rules::ReportedValues;
use crate::domain::cell::Content;
use crate::domain::{FieldId, LevelId, RowCode};
use crate::finding::RuleCode;
use crate::form::rules::FormRule;
use crate::plan::Plan;
use crate::plan::rule::{Against, RuleInput};
use crate::submission::Submission;
use rule::{RuleValue, Values};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};

/// A figure and where it lies among others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lying {
    pub figure: Decimal,
    /// The middle one of the others; of none there is none.
    pub median: Option<Decimal>,
    /// The middle one of how far each lies from that.
    pub spread: Option<Decimal>,
    /// How many others there are.
    pub others: usize,
}

/// Whose figures are held against each other: those of one rule, in one row, of units of one level.
type Group<'a> = (RuleCode, Option<&'a RowCode>, &'a LevelId);

/// The figures of all units that rules hold against each other.
pub(super) struct Figures<'a> {
    among_peers: HashMap<Group<'a>, Spread>,
}

/// Where a group of figures lies.
struct Spread {
    median: Decimal,
    spread: Decimal,
    count: usize,
}

impl<'a> Figures<'a> {
    pub fn of_peers(plan: &Plan, reported: &'a [ReportedValues<'a>]) -> Self {
        let mut figures: HashMap<Group<'a>, Vec<Decimal>> = HashMap::new();
        for values in reported {
            for rule in values.submission.form.later_rules(plan) {
                if rule.plan.compares.as_ref().is_some_and(|compared| compared.against == Against::Peers)
                    && let Some(figure) = figure(values, rule)
                {
                    figures.entry(group(values.submission, rule)).or_default().push(figure);
                }
            }
        }
        let among_peers =
            figures.into_iter().filter_map(|(group, figures)| Some((group, Spread::of(figures)?)));
        Figures { among_peers: among_peers.collect() }
    }

    /// How the figure of a rule lies; `None` for a rule that compares nothing, or where there is no figure.
    pub fn lying(
        &self,
        plan: &Plan,
        earlier: Earlier<'_>,
        reported: &ReportedValues<'_>,
        rule: &FormRule,
    ) -> Option<Lying> {
        let compared = rule.plan.compares.as_ref()?;
        let submission = reported.submission;
        let figure = figure(reported, rule)?;
        Some(match compared.against {
            Against::Peers => {
                let group = self.among_peers.get(&group(submission, rule));
                Lying {
                    figure,
                    median: group.map(|group| group.median),
                    spread: group.map(|group| group.spread),
                    // Its own stands among them; of many, that moves nothing.
                    others: group.map_or(0, |group| group.count.saturating_sub(1)),
                }
            }
            Against::Years => {
                let past = earlier.years.iter().filter_map(|(_, values)| {
                    let then = Then { plan, submission, values: values.get(&submission.unit)? };
                    rule.bound.quantity.as_ref()?.value(&then)
                });
                let past = Spread::of(past.collect());
                Lying {
                    figure,
                    median: past.as_ref().map(|past| past.median),
                    spread: past.as_ref().map(|past| past.spread),
                    others: past.map_or(0, |past| past.count),
                }
            }
        })
    }
}

fn group<'a>(submission: &'a Submission, rule: &'a FormRule) -> Group<'a> {
    (rule.plan.code, rule.row.as_ref(), &submission.form.unit.level)
}

fn figure(reported: &ReportedValues<'_>, rule: &FormRule) -> Option<Decimal> {
    rule.bound.quantity.as_ref()?.value(reported)
}

impl Spread {
    /// `None` of no figures.
    fn of(figures: Vec<Decimal>) -> Option<Self> {
        let count = figures.len();
        let median = middle(figures.clone())?;
        let spread = middle(figures.into_iter().map(|figure| (figure - median).abs()).collect())?;
        Some(Spread { median, spread, count })
    }
}

/// The middle one; of an even number, halfway between the two.
fn middle(mut figures: Vec<Decimal>) -> Option<Decimal> {
    figures.sort_unstable();
    let half = figures.len() / 2;
    let upper = *figures.get(half)?;
    match figures.len() % 2 {
        0 => Some((*figures.get(half.checked_sub(1)?)? + upper) / Decimal::TWO),
        _ => Some(upper),
    }
}

/// What a unit reported in an earlier year, in the fields of this year's form.
struct Then<'a> {
    plan: &'a Plan,
    submission: &'a Submission,
    values: &'a BTreeMap<FieldId, Content>,
}

impl Values<RuleInput> for Then<'_> {
    fn value(&self, input: &RuleInput, previous: bool) -> Option<RuleValue> {
        match input {
            RuleInput::Given(given) => self.submission.form.given_value(self.plan, *given),
            RuleInput::OfRow(row, figure) => self.submission.form.row_figure(row, *figure),
            RuleInput::Field(id) if !previous => self.values.get(id).map(Into::into),
            RuleInput::Field(_) | RuleInput::OfOthers(..) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_spread_do_not_follow_one_that_is_wrong() {
        let of = |figures: &[i64]| Spread::of(figures.iter().map(|n| Decimal::from(*n)).collect());
        // 1 2 3 4 100: middle 3; from it 2 1 0 1 97, in order 0 1 1 2 97: middle 1.
        let five = of(&[4, 100, 2, 1, 3]).unwrap();
        assert_eq!((five.median, five.spread, five.count), (3.into(), 1.into(), 5));
        // 10 20 30 40: middle 25; from it 15 5 5 15: middle 10.
        let four = of(&[40, 10, 30, 20]).unwrap();
        assert_eq!((four.median, four.spread), (25.into(), 10.into()));
        assert!(of(&[]).is_none());
    }
}
