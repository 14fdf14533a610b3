//! Units made of whole others: the people of these are theirs.

use crate::consolidate::history::History;
use crate::consolidate::results::{MergedPoint, MergedUnit};
use crate::domain::{ChangeKind, Indicator, Ratio, Unit, UnitCode, Year};
use crate::plan::Plan;
use std::collections::BTreeMap;

/// The units of the year's roster that a merge led to, with what those they were made of counted. A status is not
/// people: nothing follows from several of them for one unit.
pub(super) fn units(plan: &Plan, history: &History, indicator: &Indicator, year: Year) -> Vec<MergedUnit> {
    if indicator.kind.is_share_of_units() || !plan.changes.iter().any(|c| c.kind == ChangeKind::Merge) {
        return Vec::new();
    }
    let of_level = |unit: &&Unit| indicator.kind.is_of_level(&unit.level);
    let units = plan.roster(year).into_iter().filter(of_level);
    units.filter_map(|unit| of_unit(plan, history, indicator, unit, year)).collect()
}

fn of_unit(
    plan: &Plan,
    history: &History,
    indicator: &Indicator,
    unit: &Unit,
    year: Year,
) -> Option<MergedUnit> {
    let mut points = BTreeMap::new();
    let (mut made_of, mut is_merged) = (vec![unit], false);
    let first = history.years().next().unwrap_or(year);
    for then in (first..year).rev() {
        if indicator.is_redefined_between(then, year) || !history.territories(then).is_empty() {
            break;
        }
        let before = plan.before(then + 1);
        let mut units: Vec<&Unit> = Vec::new();
        for unit in made_of {
            match before.unit(unit) {
                Some(same) => units.push(same),
                None => {
                    is_merged = true;
                    units.extend(plan.made_of(unit)?);
                }
            }
        }
        made_of = units;
        let shares = made_of.iter().map(|unit| history.share(then, &indicator.id, &unit.code));
        if let (true, Some(share)) = (is_merged, sum_of_all(shares)) {
            let of: Vec<UnitCode> = made_of.iter().map(|unit| unit.code.clone()).collect();
            points.insert(then, MergedPoint { of, share });
        }
    }
    (!points.is_empty()).then(|| MergedUnit { unit: unit.code.clone(), points })
}

/// A sum of pairs all of which are known.
fn sum_of_all(pairs: impl Iterator<Item = Option<Ratio>>) -> Option<Ratio> {
    pairs.collect::<Option<Vec<Ratio>>>()?.into_iter().reduce(Ratio::plus)
}
