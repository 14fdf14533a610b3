//! What an indicator promises by which year, who promises it, and since when.

use super::{Percent, Year};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The targets of an indicator: all that the plan knows, or those in force on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Targets {
    /// The plan's own, in percent by year: milestones and, where the plan gives them, years between.
    pub own: BTreeMap<Year, Percent>,
    /// Years whose target is worded with “about” (khoảng).
    pub approximate: BTreeSet<Year>,
    /// The nation's.
    pub national: BTreeMap<Year, Percent>,
    /// What the nation's are counted over, where the plan counts something else: such targets are shown and judge nothing.
    pub national_counted: Option<String>,
    /// Later decisions, in the order of their days.
    pub revised: Vec<Revision>,
}

/// A decision that changed targets; years it does not name stay as they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// In force from this day on.
    pub from: NaiveDate,
    /// The act that says so.
    pub act: String,
    /// The plan's own targets that it sets.
    pub own: BTreeMap<Year, Percent>,
    /// Which years it words with “about”; `None` when it does not say, so that they stay as they were.
    pub approximate: Option<BTreeSet<Year>>,
    /// The nation's targets that it sets.
    pub national: BTreeMap<Year, Percent>,
}

/// Whose target judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetSource {
    /// The plan's own.
    Plan,
    /// The nation's, because the plan has written none.
    National,
}

impl TargetSource {
    /// The word of the JSON contract.
    pub fn code(self) -> &'static str {
        match self {
            TargetSource::Plan => "plan",
            TargetSource::National => "national",
        }
    }
}

impl Targets {
    /// Those in force on a day, with the decisions behind them.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Targets {
        let mut targets = Targets { revised: Vec::new(), ..self.clone() };
        for revision in self.revised.iter().filter(|revision| revision.from <= day) {
            targets.own.extend(revision.own.iter().map(|(year, percent)| (*year, *percent)));
            targets.national.extend(revision.national.iter().map(|(year, percent)| (*year, *percent)));
            if let Some(approximate) = &revision.approximate {
                let sets =
                    |year: &Year| revision.own.contains_key(year) || revision.national.contains_key(year);
                targets.approximate.retain(|year| !sets(year));
                targets.approximate.extend(approximate);
            }
            targets.revised.push(revision.clone());
        }
        targets
    }

    /// Every target that judges, by the year it is set for: the plan's own, and the nation's for the years after them
    /// where both count the same.
    pub fn judging(&self) -> BTreeMap<Year, Percent> {
        let mut judging = self.own.clone();
        if self.national_counted.is_none() {
            let last = self.own.keys().next_back().copied();
            let later = self.national.iter().filter(|(year, _)| last.is_none_or(|last| **year > last));
            judging.extend(later.map(|(year, percent)| (*year, *percent)));
        }
        judging
    }

    /// The target that a year is judged by and the year it is set for: its own, else that of the next year that has one;
    /// `None` where the target is open.
    pub fn of(&self, year: Year) -> Option<(Year, Percent)> {
        self.judging().range(year..).next().map(|(year, percent)| (*year, *percent))
    }

    /// Whose the target set for a year is.
    pub fn source(&self, year: Year) -> TargetSource {
        if self.own.contains_key(&year) { TargetSource::Plan } else { TargetSource::National }
    }

    /// The nation's target for a year and the year it is set for, whatever it is counted over.
    pub fn national_of(&self, year: Year) -> Option<(Year, Percent)> {
        self.national.range(year..).next().map(|(year, percent)| (*year, *percent))
    }

    /// Whether the target set for a year is worded with “about”.
    pub fn is_approximate(&self, year: Year) -> bool {
        self.approximate.contains(&year)
    }

    /// The later decision that set the target of a year; `None` for one that stood in the plan from the start.
    pub fn act_of(&self, year: Year) -> Option<&str> {
        let sets = |revision: &&Revision| match self.source(year) {
            TargetSource::Plan => revision.own.contains_key(&year),
            TargetSource::National => revision.national.contains_key(&year),
        };
        self.revised.iter().rev().find(sets).map(|revision| revision.act.as_str())
    }

    /// The later decision that set the nation's target of a year.
    pub fn national_act_of(&self, year: Year) -> Option<&str> {
        let sets = |revision: &&Revision| revision.national.contains_key(&year);
        self.revised.iter().rev().find(sets).map(|revision| revision.act.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percents(pairs: &[(Year, i64)]) -> BTreeMap<Year, Percent> {
        pairs.iter().map(|(year, percent)| (*year, (*percent).into())).collect()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn revised(from: &str, own: &[(Year, i64)], national: &[(Year, i64)]) -> Revision {
        Revision {
            from: day(from),
            act: format!("Quyết định từ {from}"),
            own: percents(own),
            approximate: None,
            national: percents(national),
        }
    }

    #[test]
    fn a_decision_counts_from_its_day_on_and_leaves_other_years_alone() {
        let plan = Targets {
            own: percents(&[(2025, 50), (2030, 70)]),
            approximate: [2025, 2030].into(),
            revised: vec![
                revised("2027-03-01", &[(2030, 80)], &[]),
                Revision {
                    approximate: Some(BTreeSet::new()),
                    ..revised("2028-03-01", &[(2028, 75), (2030, 85)], &[])
                },
            ],
            ..Targets::default()
        };
        let before = plan.on(day("2027-02-28"));
        assert_eq!((before.of(2026), before.act_of(2030)), (Some((2030, 70.into())), None));
        assert!(before.revised.is_empty(), "what was not decided yet leaves no trace");
        let then = plan.on(day("2027-03-01"));
        assert_eq!((then.of(2025), then.of(2026)), (Some((2025, 50.into())), Some((2030, 80.into()))));
        assert_eq!(then.act_of(2030), Some("Quyết định từ 2027-03-01"));
        assert!(then.is_approximate(2030));
        let last = plan.on(day("2030-12-10"));
        assert_eq!((last.of(2027), last.of(2029)), (Some((2028, 75.into())), Some((2030, 85.into()))));
        assert!(last.is_approximate(2025) && !last.is_approximate(2030));
    }

    #[test]
    fn the_nations_target_judges_where_the_plan_has_none_and_counts_the_same() {
        let national = percents(&[(2025, 40), (2030, 60)]);
        let open = Targets { national: national.clone(), ..Targets::default() };
        assert_eq!((open.of(2024), open.source(2025)), (Some((2025, 40.into())), TargetSource::National));
        // Its own target of 2025 stands; for 2030 it has written none.
        let half = Targets { own: percents(&[(2025, 30)]), ..open.clone() };
        assert_eq!((half.of(2025), half.source(2025)), (Some((2025, 30.into())), TargetSource::Plan));
        assert_eq!((half.of(2026), half.source(2030)), (Some((2030, 60.into())), TargetSource::National));
        // A later own target is not overtaken by an earlier one of the nation's.
        let later = Targets { own: percents(&[(2030, 90)]), ..open.clone() };
        assert_eq!(later.of(2024), Some((2030, 90.into())));
        let provinces = Targets { national_counted: Some("tỉnh".into()), ..open };
        assert_eq!((provinces.of(2024), provinces.national_of(2024)), (None, Some((2025, 40.into()))));
    }

    #[test]
    fn the_nations_target_changes_by_its_own_decisions() {
        let plan = Targets {
            national: percents(&[(2030, 60)]),
            revised: vec![revised("2026-01-01", &[], &[(2030, 65)])],
            ..Targets::default()
        };
        assert_eq!(plan.on(day("2025-12-10")).of(2026), Some((2030, 60.into())));
        let then = plan.on(day("2026-12-10"));
        assert_eq!(
            (then.of(2026), then.act_of(2030)),
            (Some((2030, 65.into())), Some("Quyết định từ 2026-01-01"))
        );
        assert_eq!(then.national_act_of(2030), then.act_of(2030));
    }
}
