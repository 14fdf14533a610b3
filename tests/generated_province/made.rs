//! A province of plausible reports whose true result is known.

use super::figures::{Figures, plausible};
use super::mess::{Sent, messy, tidy};
use super::raw;
use super::truth::{self, Truth};
use super::{Dice, country};
use chrono::NaiveDate;
use xhht::check::{self, Previous};
use xhht::consolidate::{Consolidated, History, consolidate};
use xhht::domain::Year;
use xhht::finding::Finding;
use xhht::form::Form;
use xhht::plan::Plan;
use xhht::submission::Received;

/// What is asked of a province.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// Report year.
    pub year: Year,
    /// Local units; the plan's departments report beside them.
    pub units: usize,
    /// Of one seed comes one province.
    pub seed: u64,
    /// Share of messy reports in percent.
    pub mess: u64,
}

/// A made-up province.
pub struct Made {
    pub wish: Wish,
    pub plan: Plan,
    /// One for each unit of the roster, in its order, as `sent`.
    pub forms: Vec<Form>,
    pub sent: Vec<Sent>,
    pub truth: Truth,
}

/// Makes the province; with `departments` only those whose figures indicators need report beside the local units.
pub fn province(wish: Wish, few_departments: bool) -> Made {
    let mut plan = country::plan(wish.units, wish.year, wish.seed);
    if few_departments {
        let needed = ["SGDDT", "SLDTBXH", "SNV", "HKH"];
        plan.units.retain(|unit| unit.level.0 == "dia-ban" || needed.contains(&unit.code.as_str()));
    }
    let forms: Vec<Form> =
        plan.roster(wish.year).into_iter().map(|unit| Form::for_unit(&plan, unit, wish.year)).collect();
    let sent: Vec<Sent> = forms.iter().zip(0..).map(|(form, index)| report(form, wish, index)).collect();
    let counts: Vec<Figures> = sent.iter().map(|sent| sent.counts.clone()).collect();
    let truth = truth::of(&plan, wish.year, &forms, &counts);
    Made { wish, plan, forms, sent, truth }
}

/// One report of a province, by its place on the roster.
fn report(form: &Form, wish: Wish, index: u64) -> Sent {
    let mut dice = Dice::new(wish.seed.wrapping_mul(1_000_003).wrapping_add(index));
    let figures = plausible(form, dice.below(u64::MAX));
    if dice.happens(wish.mess) { messy(form, figures, &mut dice) } else { tidy(form, figures) }
}

impl Made {
    /// The day the figures stand at.
    pub fn as_of(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.wish.year, 12, 16).unwrap()
    }

    /// What reading all files gives, without files.
    pub fn received(&self) -> Vec<Received> {
        let all = self.forms.iter().zip(&self.sent);
        all.flat_map(|(form, sent)| raw::received(&self.plan, self.wish.year, form, sent)).collect()
    }

    /// What the program makes of what was received.
    pub fn consolidated(&self, received: Vec<Received>) -> (Consolidated, Vec<Finding>) {
        let year = self.wish.year;
        let checked = check::check(&self.plan, year, self.as_of(), &Previous::new(), received)
            .unwrap_or_else(|error| panic!("{error}"));
        let mut findings = checked.findings;
        let results = consolidate(&self.plan, &checked.value, self.as_of(), &History::default());
        findings.extend(results.findings);
        findings.sort_by(Finding::order);
        (results.value, findings)
    }
}
