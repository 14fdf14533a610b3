use super::super::{
    Comparison, Contribution, Coverage, Flags, OverYears, Range, Term, TermFields, UnitFigure, indicator,
};
use super::*;
use crate::check::decision::Applied;
use crate::check::{Ledger, UnitState};
use crate::domain::{FieldId, Indicator, IndicatorKind, Ratio};
use crate::plan::{Plan, PlanSources};
use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A pair as the tests make it up: reporter, denominator, numerator where it is known.
type Pair = (usize, u8, Option<u8>);

fn code(unit: usize) -> UnitCode {
    UnitCode(format!("U{unit}").into())
}

fn contribution((unit, denominator, numerator): Pair) -> Contribution {
    let (d, n) = (Decimal::from(denominator), numerator.map(|n| Decimal::from(n.min(denominator))));
    let status = if n.is_some() { UnitFigure::Reported } else { UnitFigure::Missing };
    Contribution {
        term: Term {
            reporter: code(unit),
            about: code(unit),
            fields: TermFields::Pair {
                numerator: FieldId::parse("a.dat").unwrap(),
                denominator: FieldId::parse("a.tong").unwrap(),
            },
            laid_on: None,
        },
        numerator: n,
        denominator: n.map(|_| d),
        origins: Vec::new(),
        status,
        range: Some(Range { lowest: n.unwrap_or_default(), highest: n.unwrap_or(d), denominator: d }),
        reference: None,
    }
}

fn result(plan: &Plan, nth: usize, pairs: &[Pair], target: u8) -> IndicatorResult {
    let is_ratio = |indicator: &&Indicator| matches!(indicator.kind, IndicatorKind::Ratio { .. });
    let indicator = plan.indicators.iter().filter(is_ratio).nth(nth).unwrap().clone();
    let contributions: Vec<Contribution> = pairs.iter().copied().map(contribution).collect();
    let target = Decimal::from(target);
    let judged = indicator::judged(&indicator, 2024, Some(target), &contributions);
    IndicatorResult {
        indicator,
        total: judged.figures.total,
        complete: judged.figures.complete,
        open: judged.figures.open,
        of_unknown_size: judged.figures.of_unknown_size,
        not_judged: judged.figures.not_judged,
        lower: judged.figures.lowest(),
        upper: judged.figures.highest(),
        target: Some((2025, target)),
        next: None,
        needed: None,
        verdict: judged.verdict,
        depends_on: Vec::new(),
        coverage: Coverage::default(),
        by_unit: Vec::new(),
        contributions,
        last_year: None,
        comparison: Comparison::Unknown,
        flags: Flags::default(),
        past: Vec::new(),
        roster_changed: false,
        before_standard: false,
        expected: None,
        trajectory: None,
    }
}

fn results(plan: &Plan, units: &[usize], indicators: Vec<IndicatorResult>) -> Consolidated {
    let state = |unit: &usize| UnitState {
        code: code(*unit),
        name: format!("huyện {unit}"),
        short_name: unit.to_string(),
        kind: "huyện".into(),
        level: plan.levels[0].id.clone(),
        status: if unit.is_multiple_of(2) { UnitStatus::Missing } else { UnitStatus::Rejected },
        reported_on: None,
        files: Vec::new(),
    };
    Consolidated {
        territories: BTreeMap::new(),
        unknown_predecessors: Vec::new(),
        year: 2024,
        as_of: NaiveDate::from_ymd_opt(2024, 12, 20).unwrap(),
        units: units.iter().map(state).collect(),
        indicators,
        over_years: OverYears::default(),
        ledger: Ledger::default(),
        decided: Applied::default(),
        since_last_run: None,
        reported: BTreeMap::new(),
    }
}

fn plan() -> &'static Plan {
    static PLAN: LazyLock<Plan> =
        LazyLock::new(|| Plan::read(&PlanSources::embedded()).unwrap_or_else(|error| panic!("{error}")));
    &PLAN
}

/// Every way the missing numerators can come out, as one numerator a pair.
fn completions(pairs: &[Pair]) -> Vec<Vec<u8>> {
    let mut all = vec![Vec::new()];
    for (_, denominator, numerator) in pairs {
        let choices = numerator.map_or(0..=*denominator, |n| n.min(*denominator)..=n.min(*denominator));
        all = all
            .iter()
            .flat_map(|so_far| choices.clone().map(|n| [so_far.as_slice(), &[n]].concat()))
            .collect();
    }
    all
}

/// Whether two completions that differ in this unit's pairs alone are judged differently.
fn decides(pairs: &[Pair], unit: usize, target: u8) -> bool {
    let reaches = |numerators: &[u8]| {
        let sum = |of: &mut dyn Iterator<Item = u8>| of.map(u64::from).sum::<u64>();
        let d = sum(&mut pairs.iter().map(|pair| pair.1));
        Ratio::of(sum(&mut numerators.iter().copied()), d).reaches(target.into())
    };
    let mut seen: BTreeMap<Vec<u8>, BTreeSet<bool>> = BTreeMap::new();
    for numerators in completions(pairs) {
        let of_others = pairs.iter().zip(&numerators).map(|(pair, n)| if pair.0 == unit { 0 } else { *n });
        seen.entry(of_others.collect()).or_default().insert(reaches(&numerators));
    }
    seen.values().any(|verdicts| verdicts.len() == 2)
}

fn pairs() -> impl Strategy<Value = Vec<Pair>> {
    vec((0_usize..4, 0_u8..5, proptest::option::of(0_u8..5)), 1..6)
}

proptest! {
    #[test]
    fn a_unit_is_waited_for_exactly_when_its_figure_alone_can_turn_the_verdict(
        pairs in pairs(), target in 1_u8..=100, unit in 0_usize..4,
    ) {
        let plan = plan();
        let result = result(plan, 0, &pairs, target);
        if matches!(result.verdict, Verdict::Met | Verdict::NotMet | Verdict::Depends) {
            prop_assert_eq!(result.waits_for().contains_key(&code(unit)), decides(&pairs, unit, target));
        }
    }

    #[test]
    fn the_order_is_by_count_and_ties_stay_as_the_roster_has_them(
        first in pairs(), second in pairs(), targets in (1_u8..=100, 1_u8..=100),
        roster in Just((0..4).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let plan = plan();
        let made = |units: &[usize]| {
            let indicators = vec![result(plan, 0, &first, targets.0), result(plan, 1, &second, targets.1)];
            results(plan, units, indicators)
        };
        let in_turn = whom_to_chase(&made(&roster));
        let counts: Vec<usize> = in_turn.iter().map(|awaited| awaited.indicators.len()).collect();
        prop_assert!(counts.is_sorted_by(|a, b| a >= b));
        prop_assert_eq!(in_turn.len(), roster.len());
        for awaited in &in_turn {
            prop_assert!(awaited.alone.iter().all(|id| awaited.indicators.contains(id)));
        }
        // Turned round, the roster turns round what is equal and nothing else.
        let reversed: Vec<usize> = roster.iter().rev().copied().collect();
        let turned = whom_to_chase(&made(&reversed));
        let place = |list: &[Awaited], unit: &UnitCode| list.iter().position(|a| a.unit == *unit).unwrap();
        for (at, one) in in_turn.iter().enumerate() {
            for other in &in_turn[at + 1..] {
                let equal = place(&turned, &one.unit) > place(&turned, &other.unit);
                prop_assert!(!equal || one.indicators.len() == other.indicators.len());
                if equal {
                    let on_roster = |unit: &UnitCode| roster.iter().position(|u| code(*u) == *unit).unwrap();
                    prop_assert!(on_roster(&one.unit) < on_roster(&other.unit));
                }
            }
        }
    }
}

#[test]
fn the_larger_of_two_comes_first_and_who_is_alone_is_named() {
    // 2 of 4 reported; U0 has 1 person, U1 has 5: between 2/10 and 8/10, target 50: open. U1 weighs more.
    let plan = plan();
    let pairs = [(3, 4, Some(2)), (0, 1, None), (1, 5, None)];
    let alone = [(3, 4, Some(2)), (0, 1, Some(1)), (1, 5, None)];
    let indicators = vec![result(plan, 0, &pairs, 50), result(plan, 1, &alone, 50)];
    let order: Vec<(String, usize, usize)> = whom_to_chase(&results(plan, &[0, 1], indicators))
        .into_iter()
        .map(|a| (a.unit.to_string(), a.indicators.len(), a.alone.len()))
        .collect();
    assert_eq!(order, [("U1".to_owned(), 2, 1), ("U0".to_owned(), 1, 0)]);

    let of_equals = whom_to_chase(&results(plan, &[0, 1], vec![result(plan, 0, &pairs, 50)]));
    assert_eq!(of_equals[0].unit, code(1), "one verdict each, but most of what is open is U1's");
    // 85 of 90 reported: from 85 to 95 of 100, nothing can change.
    let settled = [(3, 90, Some(85)), (0, 10, None)];
    let none = whom_to_chase(&results(plan, &[0], vec![result(plan, 0, &settled, 50)]));
    assert!(none[0].indicators.is_empty(), "{none:?}");
    // Nobody reported anything: whoever gives the first figure changes the verdict.
    let nothing = [(0, 10, None), (1, 10, None)];
    let first = result(plan, 0, &nothing, 50);
    assert_eq!(first.verdict, Verdict::NoData);
    let (waits_for, half) = (first.waits_for(), Decimal::new(5, 1));
    assert_eq!((waits_for.len(), waits_for[&code(0)], waits_for[&code(1)]), (2, half, half));
}
