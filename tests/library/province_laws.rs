//! Laws that hold of every province, tried on made-up ones whose true result is known.
//!
//! `XHHT_PROVINCES` says how many are tried; without it an everyday share is.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::generated_province::Dice;
use crate::generated_province::made::{Made, Wish, province};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;
use xhht::consolidate::{Consolidated, IndicatorResult, Verdict};
use xhht::domain::{IndicatorKind, UnitCode};
use xhht::finding::Finding;
use xhht::output::json;
use xhht::report::format::percent_places;
use xhht::submission::{Content, Reported, Value};

fn provinces(everyday: u64) -> u64 {
    std::env::var("XHHT_PROVINCES").ok().and_then(|n| n.parse().ok()).unwrap_or(everyday)
}

/// Small, of every year and every degree of mess.
fn small(seed: u64) -> Made {
    let wish = Wish {
        year: 2021 + (seed % 10) as i32,
        units: 1 + (seed % 7) as usize,
        seed,
        mess: [0, 30, 60, 100][(seed / 10 % 4) as usize],
    };
    province(wish, true)
}

#[test]
fn results_equal_the_truth_exactly() {
    for seed in 0..provinces(80) {
        let made = small(seed);
        let (results, findings) = made.consolidated(made.received());
        let told = || {
            let all = findings.iter().map(|f| format!("{} {:?} {:?} {}", f.code, f.origin, f.typed, f.cause));
            all.collect::<Vec<_>>().join("\n")
        };
        assert_eq!(results.indicators.len(), made.truth.indicators.len());
        for (result, truth) in results.indicators.iter().zip(&made.truth.indicators) {
            let bound = |bound: Option<xhht::domain::Ratio>| {
                bound.and_then(|b| b.percent()).map(|p| p.normalize().to_string())
            };
            let found = (
                result.indicator.id.to_string(),
                result.total.numerator.normalize().to_string(),
                result.total.denominator.normalize().to_string(),
                result.percent().map(|p| p.normalize().to_string()),
                bound(result.lower),
                bound(result.upper),
                result.verdict.code(),
            );
            let t = truth.clone();
            let expected = (t.id, t.numerator, t.denominator, t.percent, t.lower, t.upper, t.verdict);
            assert_eq!(found, expected, "province {seed}\n{}", told());
        }
        let mut totals_of_truth = made.truth.totals.clone();
        totals_of_truth.retain(|_, sum| sum != "0");
        assert_eq!(totals(&results), totals_of_truth, "province {seed}\n{}", told());
        assert_eq!(results.units.len(), made.truth.units);
    }
}

/// The sum of every field that holds numbers; nothing adds to nothing, whoever says it.
fn totals(results: &Consolidated) -> BTreeMap<String, String> {
    let sum_of = |told: &[(UnitCode, Arc<Reported>)]| -> Decimal {
        let numbers = told.iter().filter_map(|(_, reported)| match reported.value {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        });
        numbers.sum()
    };
    let sums = results.reported.iter().map(|(field, told)| (field.to_string(), sum_of(told)));
    sums.filter(|(_, sum)| !sum.is_zero()).map(|(field, sum)| (field, sum.normalize().to_string())).collect()
}

/// The order in which files are found changes nothing, nor does a second copy of one but for its own finding.
#[test]
fn neither_order_nor_copies_change_a_result() {
    for seed in 0..provinces(12) {
        let made = small(seed);
        let received = made.received();
        let (results, findings) = made.consolidated(received.clone());
        let mut dice = Dice::new(seed);
        let mut shuffled = received.clone();
        for i in (1..shuffled.len()).rev() {
            shuffled.swap(i, dice.below(i as u64 + 1) as usize);
        }
        let (again, findings_again) = made.consolidated(shuffled);
        let json = |results, findings: &[Finding]| {
            json::write(&made.plan, results, findings, &json::WrittenFiles::default()).unwrap()
        };
        assert!(json(&results, &findings) == json(&again, &findings_again), "province {seed}: order matters");

        let mut doubled = received.clone();
        doubled.extend(received.into_iter().map(|mut copy| {
            copy.file.path = format!("z/{}", copy.file.path).into();
            copy
        }));
        let (twice, _) = made.consolidated(doubled);
        assert_eq!(figures(&results), figures(&twice), "province {seed}: a copy counts");
    }
}

/// What an indicator comes to, in one line each.
fn figures(results: &Consolidated) -> Vec<String> {
    let line = |i: &IndicatorResult| {
        format!("{} {:?} {:?} {:?} {}", i.indicator.id, i.total, i.lower, i.upper, i.verdict.code())
    };
    results.indicators.iter().map(line).collect()
}

/// Knowing more never leaves more open: with each report that arrives, bounds stay or draw closer, and what has been
/// proven met or not met stays so. The last of them lies within all that came before.
#[test]
fn a_report_more_never_widens_bounds() {
    for seed in 0..provinces(25) {
        let made = small(seed);
        let all = made.received();
        let mut before: Option<Consolidated> = None;
        for known in 0..=all.len() {
            let (now, _) = made.consolidated(all[..known].to_vec());
            for (i, result) in now.indicators.iter().enumerate() {
                let at = format!("province {seed}, {known} files, {}", result.indicator.id);
                let (low, high) = result.bounds();
                assert!(low <= high, "{at}: {low} > {high}");
                if let Some(earlier) = before.as_ref().map(|before| &before.indicators[i]) {
                    let (was_low, was_high) = earlier.bounds();
                    // Where a unit has more than was assumed of it at most, the assumption was wrong.
                    if assumptions_held(earlier, result) {
                        assert!(
                            was_low <= low && high <= was_high,
                            "{at}: {was_low}–{was_high} became {low}–{high}"
                        );
                    }
                }
            }
            before = Some(now);
        }
    }
}

/// Whether every unit of whose size nothing was known but a reference figure is within what was assumed.
fn assumptions_held(before: &IndicatorResult, now: &IndicatorResult) -> bool {
    before.contributions.iter().zip(&now.contributions).all(|(before, now)| match (before.range, now.range) {
        (Some(before), Some(now)) => now.denominator <= before.denominator,
        (None, _) => true,
        _ => false,
    })
}

#[test]
fn the_result_lies_within_its_bounds_and_the_ledger_adds_up() {
    for seed in 0..provinces(25) {
        let made = small(seed);
        let (results, _) = made.consolidated(made.received());
        for result in &results.indicators {
            if let Some(percent) = result.percent() {
                let (low, high) = result.bounds();
                assert!(
                    low <= percent && percent <= high,
                    "province {seed}, {}: {low} {percent} {high}",
                    result.indicator.id
                );
            }
        }
        let ledger = &results.ledger;
        let settled = ledger.used + ledger.superseded + ledger.rejected_in_all() + ledger.ignored_in_all();
        assert_eq!(settled, ledger.filled, "province {seed}");
    }
}

/// What is printed never reads as met where the verdict says not met, nor the other way round.
#[test]
fn percent_and_verdict_never_contradict_each_other() {
    let mut seen = 0;
    for seed in 0..provinces(40) {
        let made = small(seed);
        let (results, _) = made.consolidated(made.received());
        for result in &results.indicators {
            let (Some(target), true) = (result.target.map(|(_, target)| target), result.percent().is_some())
            else {
                continue;
            };
            let shown = result.total.percent_to(percent_places(result.total, result.aim())).unwrap();
            let at = format!("province {seed}, {}: {shown} against {target}", result.indicator.id);
            match result.verdict {
                Verdict::Met => assert!(shown >= target, "{at} is met"),
                Verdict::NotMet => assert!(shown < target, "{at} is not met"),
                _ => {}
            }
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

/// Two halves of a province, each consolidated by itself, add up to the whole for everything that is added.
#[test]
fn a_province_of_provinces_equals_the_direct_sum() {
    for seed in 0..provinces(25) {
        let made = small(seed);
        let received = made.received();
        let (whole, _) = made.consolidated(received.clone());
        let half = |side: usize| {
            // All of a unit's files go to one side; what is nobody's goes nowhere.
            let mine = received.iter().filter(|file| match &file.content {
                Content::Submission(s) => s.unit.as_str().bytes().map(usize::from).sum::<usize>() % 2 == side,
                _ => false,
            });
            made.consolidated(mine.cloned().collect()).0
        };
        let (left, right) = (half(0), half(1));
        for (i, result) in whole.indicators.iter().enumerate() {
            let (a, b) = (left.indicators[i].total, right.indicators[i].total);
            let at = format!("province {seed}, {}", result.indicator.id);
            assert_eq!(result.total.numerator, a.numerator + b.numerator, "{at}");
            // A share of units is over the whole roster on both sides.
            if !matches!(result.indicator.kind, IndicatorKind::ShareOfUnits { .. }) {
                assert_eq!(result.total, a.plus(b), "{at}");
            }
        }
        let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
        for (field, sum) in totals(&left).into_iter().chain(totals(&right)) {
            *sums.entry(field).or_default() += sum.parse::<Decimal>().unwrap();
        }
        let sums: BTreeMap<_, _> =
            sums.into_iter().map(|(f, sum)| (f, sum.normalize().to_string())).collect();
        assert_eq!(totals(&whole), sums, "province {seed}");
    }
}
