//! Results of a plan that became part of this one: of another territory, and of units of which some are there still.

use super::{PastIndicator, PastYear};
use crate::consolidate::Coverage;
use crate::domain::{Percent, Ratio, UnitCode};
use crate::plan::Plan;
use std::collections::BTreeSet;

impl PastYear {
    /// It as this plan sees it; `None` when it is of another plan that is no predecessor. Of a predecessor's units only
    /// the local ones are the same by their code: a department of the same name was another province's.
    pub fn seen_from(mut self, plan: &Plan) -> Option<Self> {
        if self.plan == plan.id {
            return Some(self);
        }
        self.territories = vec![plan.predecessor(&self.plan)?.name.clone()];
        let local = plan.levels.first().map(|level| &level.id);
        let units = plan.units.iter().filter(|unit| Some(&unit.level) == local);
        let units: BTreeSet<&UnitCode> = units.map(|unit| &unit.code).collect();
        for past in self.indicators.values_mut() {
            past.whole = past.whole.or_else(|| past.sum());
            past.numerators.retain(|unit, _| units.contains(unit));
            past.denominators.retain(|unit, _| units.contains(unit));
            past.partial.retain(|unit| units.contains(unit));
            past.no_standard.retain(|unit| units.contains(unit));
        }
        if let Some(values) = &mut self.values {
            values.retain(|unit, _| units.contains(unit));
        }
        Some(self)
    }

    /// It as that of a predecessor whose units sent their forms here. Who they all were is not known, so neither is a share
    /// of units, nor how many are missing.
    #[must_use]
    pub fn as_reported_under(mut self, plan: &Plan, predecessor: String) -> Self {
        self.plan = predecessor;
        for (id, past) in &mut self.indicators {
            if plan.indicator(id).is_some_and(|indicator| indicator.kind.is_share_of_units()) {
                (past.percent, past.whole) = (None, None);
            }
            (past.bounds, past.coverage, past.verdict) = (None, None, None);
        }
        self
    }

    /// The same year of another predecessor, added: figures are summed, and what follows from one alone is known no more.
    pub(super) fn join(&mut self, other: PastYear) {
        if other.territories.iter().any(|territory| self.territories.contains(territory)) {
            return;
        }
        self.territories.extend(other.territories);
        for (id, past) in other.indicators {
            match self.indicators.get_mut(&id) {
                Some(known) => known.join(past),
                // One territory alone does not speak for both.
                None => {
                    drop(self.indicators.insert(id, PastIndicator { percent: None, verdict: None, ..past }))
                }
            }
        }
        self.values = match (self.values.take(), other.values) {
            (Some(mut values), Some(others)) => {
                values.extend(others);
                Some(values)
            }
            _ => None,
        };
    }
}

impl PastIndicator {
    /// The sum over all units that gave both figures.
    fn sum(&self) -> Option<Ratio> {
        let pairs = self.numerators.iter();
        let pairs = pairs.filter_map(|(unit, n)| Some(Ratio::of(*n, *self.denominators.get(unit)?)));
        pairs.reduce(Ratio::plus)
    }

    fn join(&mut self, other: PastIndicator) {
        let sum = self.whole.zip(other.whole).map(|(one, other)| one.plus(other));
        let known = self.percent.is_some() && other.percent.is_some();
        self.percent = sum.filter(|_| known).and_then(|sum| sum.percent()).map(rounded);
        self.whole = sum;
        (self.bounds, self.verdict) = (None, None);
        self.coverage = self.coverage.zip(other.coverage).map(|(one, other)| Coverage {
            reported: one.reported + other.reported,
            expected: one.expected + other.expected,
        });
        self.partial.extend(other.partial);
        self.no_standard.extend(other.no_standard);
        self.numerators.extend(other.numerators);
        self.denominators.extend(other.denominators);
    }
}

/// As results are written.
fn rounded(percent: Percent) -> Percent {
    percent.round_dp(10)
}
