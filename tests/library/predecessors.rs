//! A plan that grew out of others: their forms and results are read, and told apart as of other territories. By hand.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::by_hand::{count, of, results_in, submission_in};
use crate::generated_province::figures::plausible;
use crate::generated_province::mess::tidy;
use crate::generated_province::raw::received;
use crate::generated_province::sizes::without_rules_of_sizes;
use xhht::consolidate::{Comparison, Difference, Flag, History, PastYear, fields_of};
use xhht::domain::{IndicatorId, UnitCode};
use xhht::finding::Code;
use xhht::form::Form;
use xhht::plan::Plan;
use xhht::submission::Content;

/// Two communes that are the predecessor's and this plan's.
const COMMUNES: [&str; 2] = ["27694", "27712"];

/// A plan with the units of the embedded one that became part of it, and another predecessor of which nothing is known.
fn merged() -> Plan {
    let mut sources = without_rules_of_sizes();
    sources.main.text =
        sources.main.text.replacen("id = \"long-an-2021-2030\"", "id = \"moi-2025-2030\"", 1).replacen(
            "\n[[level]]",
            "\n[[predecessor]]\nid = \"long-an-2021-2030\"\nname = \"tỉnh Long An\"\nuntil = \"2025-06-30\"\n
[[predecessor]]\nname = \"tỉnh Tây Ninh (cũ)\"\nhistory = false\n\n[[level]]",
            1,
        );
    Plan::read(&sources).unwrap_or_else(|error| panic!("{error}"))
}

/// A year's result of a plan: 2.1 of two communes and 2.3 of a department.
fn past(plan: &str, year: i32, of: [i64; 2]) -> PastYear {
    let unit = |code: &str, n: i64| {
        format!(r#"{{"unit": "{code}", "numerator": "{n}", "denominator": "100", "status": "reported"}}"#)
    };
    let units: Vec<String> = COMMUNES.iter().zip(of).map(|(code, n)| unit(code, n)).collect();
    let text = format!(
        r#"{{"schema": "xhht/ket-qua/1", "plan": {{"id": "{plan}"}}, "year": {year}, "indicators": [
            {{"id": "2.1", "numerator": "{}", "denominator": "200", "percent": "{}",
              "coverage": {{"reported": 2, "expected": 2}}, "by_unit": [{}]}},
            {{"id": "2.3", "numerator": "70", "denominator": "100", "percent": "70",
              "coverage": {{"reported": 1, "expected": 1}}, "by_unit": [{}]}}]}}"#,
        of[0] + of[1],
        (of[0] + of[1]) / 2,
        units.join(","),
        unit("SNV", 70)
    );
    PastYear::read(&text).unwrap()
}

fn history(plan: &Plan, years: Vec<PastYear>) -> History {
    let mut history = History::default();
    years.into_iter().for_each(|year| assert!(history.take(plan, year)));
    history
}

fn id(id: &str) -> IndicatorId {
    IndicatorId(id.into())
}

#[test]
fn a_predecessors_year_compares_only_over_the_units_that_are_the_same() {
    let plan = merged();
    let history = history(&plan, vec![past("long-an-2021-2030", 2025, [40, 60])]);
    let figures = |code: &str, n| {
        submission_in(2026, &plan, code, &[("nltt.dat", count(n)), ("nltt.tong", count(100))])
    };
    let body =
        submission_in(2026, &plan, "SNV", &[("cmkt_tinh.dat", count(75)), ("cmkt_tinh.tong", count(100))]);
    // 27694 went from 40 to 50, 27757 is heard of for the first time.
    let results = results_in(2026, &plan, vec![figures("27694", 50), figures("27757", 90), body], &history);
    let people = of(&results, "2.1");
    assert_eq!(people.comparison, Comparison::Matched { before: 40.into(), now: 50.into(), units: 1 });
    assert!(people.past[0].is_foreign && people.past[0].is_whole && people.past[0].breaks.is_some());
    assert_eq!(
        (people.last_year, people.trajectory.clone()),
        (None, None),
        "nothing starts from another territory"
    );
    assert!(people.flags.has(Flag::Break));
    // A department of the same code was another province's.
    let province = of(&results, "2.3");
    assert_eq!(province.comparison, Comparison::NotComparable(Difference::Territory));
    assert!(province.by_unit.iter().all(|unit| unit.last_year.is_none()));
    assert_eq!(results.territories[&2025], ["tỉnh Long An"]);
    assert_eq!(results.unknown_predecessors, ["tỉnh Tây Ninh (cũ)"]);
    let known = fields_of(&plan, 2026, history.year(2025).unwrap());
    assert_eq!(known[&UnitCode("27694".into())].len(), 2);
    assert!(known[&UnitCode("SNV".into())].is_empty());
}

#[test]
fn a_year_of_its_own_goes_before_a_predecessors_and_two_predecessors_are_added() {
    let mut plan = merged();
    let foreign = || past("long-an-2021-2030", 2025, [40, 60]);
    let own = || past("moi-2025-2030", 2025, [10, 20]);
    for years in [vec![foreign(), own()], vec![own(), foreign()]] {
        let history = history(&plan, years);
        assert_eq!(
            (history.percent(2025, &id("2.1")), history.territories(2025)),
            (Some(15.into()), &[][..])
        );
    }
    assert!(!History::default().take(&plan, past("khac", 2025, [1, 1])), "another plan's");
    // The other province had 30 and 30 of 100: with 40 and 60 that is 160 of 400.
    plan.predecessors[1].id = Some("tay-ninh".into());
    let both = history(&plan, vec![foreign(), past("tay-ninh", 2025, [30, 30])]);
    assert_eq!(both.percent(2025, &id("2.1")), Some(40.into()));
    assert_eq!(both.territories(2025), ["tỉnh Long An", "tỉnh Tây Ninh (cũ)"]);
    // Of one of them alone nothing follows for both.
    let mut silent = past("tay-ninh", 2025, [30, 30]);
    silent.indicators.remove(&id("2.1"));
    let mut known = foreign();
    known.indicators.remove(&id("2.3"));
    let half = history(&plan, vec![silent, known]);
    assert_eq!(half.percent(2025, &id("2.1")), None);
}

#[test]
fn a_form_of_a_predecessor_is_read_and_says_so() {
    let (plan, old) = (merged(), Plan::read(&without_rules_of_sizes()).unwrap());
    let unit = old.roster(2025).into_iter().find(|unit| unit.code.as_str() == "27694").unwrap();
    let form = Form::for_unit(&old, unit, 2025);
    let sent = || tidy(&form, plausible(&form, 7));
    let [read] = <[_; 1]>::try_from(received(&plan, 2025, &form, &sent())).unwrap();
    assert!(matches!(&read.content, Content::Submission(submission) if submission.values.len() > 20));
    let told: Vec<_> = read.findings.iter().filter(|finding| finding.code == Code::S003).collect();
    assert!(told.len() == 1 && told[0].cause.contains("tỉnh Long An"), "{:?}", read.findings);
    // The other way round it is still another plan's.
    let [refused] =
        <[_; 1]>::try_from(received(&old, 2025, &Form::for_unit(&plan, unit, 2025), &sent())).unwrap();
    assert!(refused.findings.iter().any(|finding| finding.code == Code::S002));
}
