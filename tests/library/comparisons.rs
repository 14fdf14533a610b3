//! What may be said of a result beside earlier years', and how far bounds hold: worked out by hand, and by trying
//! everything a silent unit could send.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::by_hand::{
    DISTRICTS, YEAR, count, dec, no, of, plan, results, results_in, results_with, submission, submission_in,
    yes,
};
use rust_decimal::Decimal;
use std::sync::Arc;
use xhht::consolidate::{
    Assumed, Comparison, Difference, Flag, History, IndicatorResult, Pace, PastYear, ReferenceSource, Verdict,
};
use xhht::domain::{ChangeKind, UnitChange, UnitCode};
use xhht::plan::{Plan, References};
use xhht::submission::{FigureStatus, Received, Value};

/// A result file of a year, as the program writes them.
fn past(year: i32, indicators: &[String]) -> PastYear {
    let text = format!(
        r#"{{"schema": "xhht/ket-qua/1", "plan": {{"id": "long-an-2021-2030"}}, "year": {year}, "indicators": [{}]}}"#,
        indicators.join(",")
    );
    PastYear::read(&text).unwrap()
}

/// An indicator of it; units as code, numerator, denominator.
fn indicator(id: &str, percent: &str, units: &[(&str, i64, i64)]) -> String {
    let unit = |(code, n, d): &(&str, i64, i64)| {
        format!(
            r#"{{"unit": "{code}", "numerator": "{n}", "denominator": "{d}", "percent": null, "status": "reported"}}"#
        )
    };
    let units: Vec<String> = units.iter().map(unit).collect();
    format!(r#"{{"id": "{id}", "percent": "{percent}", "by_unit": [{}]}}"#, units.join(","))
}

fn history(years: Vec<PastYear>) -> History {
    let mut history = History::default();
    years.into_iter().for_each(|year| history.add(year));
    history
}

/// Of how many a unit says that so many have it, in 2.1.
fn people(plan: &Plan, code: &str, having: i64, of: i64) -> Received {
    submission(plan, code, &[("nltt.dat", count(having)), ("nltt.tong", count(of))])
}

/// The same of every district, and as a result file has it.
fn everywhere(plan: &Plan, having: i64) -> Vec<Received> {
    DISTRICTS.iter().map(|code| people(plan, code, having, 1_000)).collect()
}

fn of_districts(having: i64, of: i64) -> Vec<(&'static str, i64, i64)> {
    DISTRICTS.iter().map(|code| (*code, having, of)).collect()
}

fn statuses(plan: &Plan, field: &str, answers: &[(&str, bool)]) -> Vec<Received> {
    let answer =
        |(code, holds): &(&str, bool)| submission(plan, code, &[(field, if *holds { yes() } else { no() })]);
    answers.iter().map(answer).collect()
}

#[test]
fn five_silent_units_make_no_fall_of_a_third() {
    // Last year all 15 held 1.1: 100 %. This year ten of them answer, all hold it, five are silent: 10/15 = 66,67 % over
    // the roster. Over the ten that answered in both years 100 % became 100 %: nothing fell.
    let plan = plan();
    let units = of_districts(1, 1);
    let history = history(vec![past(2023, &[indicator("1.1", "100", &units)])]);
    let answers: Vec<(&str, bool)> = DISTRICTS[..10].iter().map(|code| (*code, true)).collect();
    let results = results_with(statuses(&plan, "xmc_md2.dat", &answers), &history);
    let result = of(&results, "1.1");
    assert_eq!(result.percent(), Some(dec("66.6666666667")));
    assert_eq!(result.comparison, Comparison::Matched { before: 100.into(), now: 100.into(), units: 10 });
    assert_eq!(result.change(), Some(Decimal::ZERO));
    // The way asks for less than 100 %, but what the five say decides.
    assert_eq!(result.trajectory.as_ref().map(|way| way.pace), Some(Pace::Open));
    assert!(result.flags.has(Flag::Provisional) && !result.flags.has(Flag::Reference));
}

#[test]
fn rates_are_compared_over_the_units_of_both_years() {
    // 2.1 last year: 794 400/1 000, 795 100/1 000, 796 silent: 500/2 000 = 25 %. This year 794 450/1 000, 796 900/1 000:
    // 1 350/2 000 = 67,5 %. Both years have only 794: 40 % became 45 %.
    let plan = plan();
    let history =
        history(vec![past(2023, &[indicator("2.1", "25", &[("794", 400, 1_000), ("795", 100, 1_000)])])]);
    let figures = |code, n| people(&plan, code, n, 1_000);
    let results = results_with(vec![figures("794", 450), figures("796", 900)], &history);
    let result = of(&results, "2.1");
    assert_eq!(result.comparison, Comparison::Matched { before: 40.into(), now: 45.into(), units: 1 });
    // Without a unit in common there is nothing to compare.
    let results = results_with(vec![figures("796", 900)], &history);
    let result = of(&results, "2.1");
    assert_eq!(result.comparison, Comparison::NotComparable(Difference::NothingInCommon));
    assert_eq!(result.change(), None);
}

#[test]
fn whole_years_are_compared_as_they_were_reported() {
    let plan = plan();
    let before = of_districts(400, 1_000);
    let history = history(vec![past(2023, &[indicator("2.1", "40", &before)])]);
    let all = everywhere(&plan, 430);
    let results = results_with(all, &history);
    let result = of(&results, "2.1");
    assert_eq!(result.comparison, Comparison::Whole { before: 40.into(), now: 43.into() });
    assert_eq!(result.flags.iter().count(), 0);
    // 50 % in 2025, one year away: 7 points.
    assert_eq!(result.trajectory.as_ref().and_then(|way| way.yearly_step), Some(7.into()));
}

/// The same year as a result that also tells what each unit reported, field by field.
fn by_field(year: i32, units: &[(&str, &[(&str, &str)])]) -> PastYear {
    let unit = |(code, values): &(&str, &[(&str, &str)])| {
        let values: Vec<String> =
            values.iter().map(|(field, value)| format!(r#""{field}": {{{value}}}"#)).collect();
        format!(
            r#"{{"code": "{code}", "name": "", "kind": "", "status": "reported", "files": [], "values": {{{}}}}}"#,
            values.join(",")
        )
    };
    let units: Vec<String> = units.iter().map(unit).collect();
    let text = format!(
        r#"{{"schema": "xhht/ket-qua/2", "plan": {{"id": "long-an-2021-2030"}}, "year": {year}, "units": [{}], "indicators": []}}"#,
        units.join(",")
    );
    PastYear::read(&text).unwrap()
}

#[test]
fn a_silent_unit_of_several_pairs_is_taken_by_its_own_fields_of_last_year() {
    // 3.2: the department owes four pairs; last year 50 upper secondary schools, 10 centres, no vocational school and no
    // standard for others. Each is assumed by its own field, with the band of the plan: 50 and 10 and 4 %; what was nothing
    // and what was not judged is known no more.
    let mut plan = plan();
    plan.references = References { past_band: dec("0.1"), ..References::default() };
    let values: &[(&str, &str)] = &[
        ("cs_thpt.tong", r#""number": "50""#),
        ("cs_gdtx.tong", r#""number": "10""#),
        ("cs_gdnn.tong", r#""number": "0""#),
        ("cs_khac.tong", r#""number": "7", "status": "no-standard""#),
    ];
    let known = history(vec![by_field(2023, &[("SGDDT", values)])]);
    let assumed = |history: &History| {
        let results = results_in(YEAR, &plan, vec![people(&plan, "794", 1, 1)], history);
        let of_department = |field: &str| {
            let mine = of(&results, "3.2").contributions.iter();
            let mut mine = mine.filter(|c| c.term.fields.numerator().as_str() == field);
            mine.next().unwrap().reference
        };
        ["cs_thpt.dat", "cs_gdtx.dat", "cs_gdnn.dat", "cs_khac.dat"].map(of_department)
    };
    let own = |figure: i64, highest: i64| {
        let source = ReferenceSource::Own(2023);
        Some(Assumed { figure: figure.into(), highest: highest.into(), source })
    };
    let without = assumed(&History::default());
    assert_eq!(assumed(&known), [own(50, 55), own(10, 11), without[2], without[3]]);
    // A result that tells of the indicators only tells the sum of the pairs, which is none of them.
    let sums = history(vec![past(2023, &[indicator("3.2", "50", &[("SGDDT", 30, 60)])])]);
    assert_eq!(assumed(&sums), without);
}

#[test]
fn districts_are_not_compared_with_communes() {
    // 1.1: all 15 districts held it in 2024; all 60 communes but one hold it in 2025. Both years are whole; the units are
    // not the same. 2.1 counts people: whole in both years, so the province's rate is compared and the break marked.
    let plan = plan();
    let local = plan.levels[0].id.clone();
    let communes: Vec<String> =
        plan.roster_of(2025, &local).into_iter().map(|unit| unit.code.to_string()).collect();
    let held = of_districts(1, 1);
    let people = of_districts(400, 1_000);
    let history =
        history(vec![past(2024, &[indicator("1.1", "100", &held), indicator("2.1", "40", &people)])]);
    let received: Vec<Received> = communes
        .iter()
        .enumerate()
        .map(|(i, code)| {
            let values = [
                ("xmc_md2.dat", if i == 0 { no() } else { yes() }),
                ("nltt.dat", count(45)),
                ("nltt.tong", count(100)),
            ];
            submission_in(2025, &plan, code, &values)
        })
        .collect();
    let results = results_in(2025, &plan, received, &history);
    let status = of(&results, "1.1");
    assert_eq!(status.comparison, Comparison::NotComparable(Difference::Units));
    assert!(status.flags.has(Flag::Break) && status.past[0].breaks.is_some());
    let people = of(&results, "2.1");
    assert_eq!(people.comparison, Comparison::Whole { before: 40.into(), now: 45.into() });
    assert!(people.flags.has(Flag::Break) && people.past[0].breaks.is_some());
    // 2025 is the target's year: no year is left to gain anything in.
    assert_eq!(people.trajectory, None, "the series broke, and the plan has no baseline of its own");
}

#[test]
fn a_start_above_the_target_asks_to_hold_the_target() {
    // 2.1 stood at 70 % in 2022; the target of 2025 is 50 %. The way asks for 50 %, not for falling.
    let plan = plan();
    let before = of_districts(700, 1_000);
    let history = history(vec![past(2022, &[indicator("2.1", "70", &before)])]);
    let all = everywhere(&plan, 550);
    let results = results_with(all, &history);
    let way = of(&results, "2.1").trajectory.clone().unwrap();
    assert_eq!((way.expected, way.pace), (50.into(), Pace::Ahead));
}

#[test]
fn last_year_is_reached_only_where_that_was_certain() {
    let reached = |bounds: &str| {
        let text = format!(
            r#"{{"schema": "xhht/ket-qua/1", "plan": {{"id": "long-an-2021-2030"}}, "year": 2023, "indicators": [
                {{"id": "2.1", "percent": "50.5", {bounds} "by_unit": []}}]}}"#
        );
        let history = history(vec![PastYear::read(&text).unwrap()]);
        let results = results_with(Vec::new(), &history);
        of(&results, "2.1").last_year.unwrap().reached
    };
    assert_eq!(reached(""), Some(true));
    assert_eq!(reached(r#""lower": "50", "upper": "52","#), Some(true));
    assert_eq!(reached(r#""lower": "49.99", "upper": "52","#), None);
}

/// What is assumed of a unit's denominator of 2.1.
fn assumed(result: &IndicatorResult, unit: &str) -> Option<Assumed> {
    let of_unit = result.contributions.iter().find(|c| c.term.reporter.as_str() == unit);
    of_unit.unwrap().assumed()
}

#[test]
fn an_older_year_serves_where_last_year_is_silent_or_zero() {
    let plan = plan();
    let other = people(&plan, "794", 500, 1_000);
    let of_2022 = past(2022, &[indicator("2.1", "50", &[("801", 60, 100)])]);
    let of_2023 = past(2023, &[indicator("2.1", "50", &[("801", 0, 0)])]);
    let results = results_with(vec![other], &history(vec![of_2022, of_2023]));
    let result = of(&results, "2.1");
    // Two years of 1 %, then 10 %: 100 × 1,0201 × 1,1 = 112,211 → 113.
    assert_eq!(
        assumed(result, "801"),
        Some(Assumed { figure: 100.into(), highest: 113.into(), source: ReferenceSource::Own(2022) })
    );
    // The others stand on the plan's figure.
    assert_eq!(assumed(result, "795").map(|assumed| assumed.source), Some(ReferenceSource::Plan));
    assert_eq!(assumed(result, "794"), None);
    assert!(result.flags.has(Flag::Reference));
}

#[test]
fn the_units_a_unit_was_made_of_serve_for_it() {
    // 801 and 802 became one unit, 801, on the first of January 2024.
    let mut plan = plan();
    let day = chrono::NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    let old = plan.units.iter().find(|unit| unit.code.as_str() == "801").unwrap().clone();
    for code in ["801", "802"] {
        let unit = plan.units.iter_mut().find(|unit| unit.code.as_str() == code).unwrap();
        unit.validity.to = day.pred_opt();
    }
    let mut new = old;
    new.validity.from = day;
    new.population = None;
    plan.units.push(new);
    let code = |code: &str| UnitCode(code.into());
    plan.changes.push(UnitChange {
        date: day,
        kind: ChangeKind::Merge,
        from: vec![code("801"), code("802")],
        to: vec![code("801")],
        act: "Nghị quyết".into(),
        note: None,
    });
    let both = history(vec![past(2023, &[indicator("2.1", "50", &[("801", 60, 100), ("802", 5, 300)])])]);
    let other = || people(&plan, "794", 500, 1_000);
    let results = results_in(YEAR, &plan, vec![other()], &both);
    let merged = assumed(of(&results, "2.1"), "801").unwrap();
    assert_eq!((merged.figure, merged.source), (400.into(), ReferenceSource::Predecessors(2023)));
    // Of several pairs each is added by its field.
    let sent = |code, figure| (code, vec![("cs_mn.tong", figure)]);
    let fields = [sent("801", r#""number": "20""#), sent("802", r#""number": "14""#)];
    let fields: Vec<(&str, &[(&str, &str)])> =
        fields.iter().map(|(code, values)| (*code, values.as_slice())).collect();
    let results = results_in(YEAR, &plan, vec![other()], &history(vec![by_field(2023, &fields)]));
    let kindergartens = of(&results, "3.2").contributions.iter().find(|contribution| {
        contribution.term.reporter.as_str() == "801"
            && contribution.term.fields.numerator().as_str() == "cs_mn.dat"
    });
    let merged = kindergartens.unwrap().reference.unwrap();
    assert_eq!((merged.figure, merged.source), (34.into(), ReferenceSource::Predecessors(2023)));
    // Of one of them nothing is known: half a unit says nothing of the whole.
    let half = history(vec![past(2023, &[indicator("2.1", "50", &[("801", 60, 100)])])]);
    let results = results_in(YEAR, &plan, vec![other()], &half);
    assert_eq!(assumed(of(&results, "2.1"), "801"), None);
}

/// Whatever two silent units send within the assumptions, the result and the verdict are within what was said before.
#[test]
fn no_report_within_the_assumptions_leaves_the_bounds() {
    let mut plan = plan();
    plan.references = References {
        population_year: None,
        growth: Decimal::ZERO,
        band: Decimal::ZERO,
        past_band: dec("0.5"),
    };
    let silent = ["800", "801"];
    let known = of_districts(1, 2);
    let history = history(vec![past(2023, &[indicator("2.1", "50", &known)])]);
    let figures = |code: &str, n, d| people(&plan, code, n, d);
    let mut verdicts = [0; 3];
    // 13 units of ten each, so many of them holding it: from none to all, around the target of 50 %.
    let sendable: Vec<(Received, Received)> =
        pairs(3).into_iter().map(|(n, d)| (figures(silent[0], n, d), figures(silent[1], n, d))).collect();
    for holding in [0, 62, 65, 68, 130] {
        let heard = DISTRICTS.iter().filter(|code| !silent.contains(code)).enumerate();
        let others: Vec<Received> = heard
            .map(|(i, code)| figures(code, holding / 13 + i64::from((i as i64) < holding % 13), 10))
            .collect();
        let before = results_in(YEAR, &plan, others.clone(), &history);
        let before = of(&before, "2.1");
        assert!(before.flags.has(Flag::Reference) && before.flags.has(Flag::Provisional));
        let (low, high) = before.bounds();
        // Two each last year, half as much more: up to three. The two units are alike.
        for (i, (one, _)) in sendable.iter().enumerate() {
            for (other, at) in sendable[i..].iter().map(|(_, other)| other).zip(i..) {
                let sent = [others.clone(), vec![one.clone(), other.clone()]].concat();
                let after = results_in(YEAR, &plan, sent, &history);
                let after = of(&after, "2.1");
                let percent = after.percent().unwrap();
                assert!(low <= percent && percent <= high, "{i} {at}: {percent} outside {low}–{high}");
                if before.verdict != Verdict::Depends {
                    assert_eq!(after.verdict, before.verdict, "{holding} {i} {at}");
                }
            }
        }
        verdicts[match before.verdict {
            Verdict::Met => 0,
            Verdict::NotMet => 1,
            _ => 2,
        }] += 1;
    }
    assert!(verdicts.iter().all(|seen| *seen > 0), "{verdicts:?}");
}

/// All pairs of a numerator and a denominator up to a most.
fn pairs(most: i64) -> Vec<(i64, i64)> {
    (1..=most).flat_map(|d| (0..=d).map(move |n| (n, d))).collect()
}

#[test]
fn flags_reach_the_result_and_the_words() {
    let plan = plan();
    let mut estimate = people(&plan, "794", 500, 1_000);
    if let xhht::submission::Content::Submission(submission) = &mut estimate.content {
        for reported in submission.values.values_mut() {
            Arc::make_mut(reported).status = FigureStatus::Estimate;
        }
    }
    // More than all: kept out by a rule of the plan.
    let wrong = people(&plan, "795", 2_000, 1_000);
    let results = results(vec![estimate, wrong]);
    let result = of(&results, "2.1");
    let flags: Vec<Flag> = result.flags.iter().collect();
    assert_eq!(flags, [Flag::Estimate, Flag::Provisional, Flag::KeptOut, Flag::Reference]);
    assert_eq!(result.flags.estimating, [UnitCode("794".into())]);
    assert_eq!(result.flags.kept_out, [UnitCode("795".into())]);
    let told = format!("{:?}", xhht::report::build(&plan, &results, &[]).unwrap());
    for words in [
        "có số ước của thành phố Tân An",
        "chưa dùng được số liệu của",
        "Tạm tính, còn đơn vị chưa có số liệu dùng được: chỉ tiêu 2.1 (1/15)",
        "khoảng giá trị dựa trên đó là số ước",
        "Có số liệu ước của đơn vị: chỉ tiêu 2.1",
        "ước 0",
    ] {
        assert!(told.contains(words), "{words}");
    }
}

#[test]
fn a_past_value_is_told_with_the_care_of_this_years() {
    // 49,9989 % missed 50 %: it is not told as 50,00 %.
    let history = history(vec![past(2023, &[indicator("2.1", "49.9989", &[])])]);
    let value = |received: Vec<Received>| {
        let results = results_with(received, &history);
        format!("{:?}", xhht::report::build(&plan(), &results, &[]).unwrap())
    };
    let plan = plan();
    let told = value(vec![people(&plan, "794", 500, 1_000)]);
    assert!(told.contains("49,999%"), "as many places as tell it from the target");
}

#[test]
fn nothing_bounds_what_has_no_standard() {
    let plan = plan();
    let value = Value::Choice(xhht::domain::Meaning::NoStandard, "Chưa có tiêu chí".into());
    let all = DISTRICTS.iter().map(|code| submission(&plan, code, &[("pcgd_mg.dat", value.clone())]));
    let results = results(all.collect());
    let json = xhht::output::json::write(&plan, &results, &[], &xhht::output::json::WrittenFiles::default())
        .unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    for indicator in json["indicators"].as_array().unwrap() {
        let bounded = !indicator["lower"].is_null() && !indicator["upper"].is_null();
        assert_eq!(bounded, indicator["verdict"] != "no-standard", "{indicator}");
    }
}
