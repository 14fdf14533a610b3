//! A body ended and another one took over what it reported: forms, results, last year's figures, whom to chase. By hand.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::by_hand::{count, of, plan, results_in, submission_in};
use std::collections::BTreeMap;
use xhht::consolidate::{Comparison, History, PastYear, ReferenceSource, fields_of, whom_to_chase};
use xhht::domain::cell::Content;
use xhht::domain::{FieldId, UnitCode};
use xhht::form::Form;
use xhht::plan::{Plan, PlanSources};

/// Sở Lao động - Thương binh và Xã hội reported 2.3 until 2024, Sở Nội vụ has since 2025.
const FORMER: &str = "SLDTBXH";
const NOW: &str = "SNV";

fn form(plan: &Plan, code: &str, year: i32) -> Form {
    let unit = plan.roster(year).into_iter().find(|unit| unit.code.as_str() == code).unwrap();
    Form::for_unit(plan, unit, year)
}

fn history(figures: &str) -> History {
    let text = format!(
        r#"{{"schema": "xhht/ket-qua/1", "plan": {{"id": "long-an-2021-2030"}}, "year": 2024, "indicators": [
            {{"id": "2.3", "percent": "70", "coverage": {{"reported": 1, "expected": 1}}, "by_unit": [{figures}]}}]}}"#
    );
    let mut history = History::default();
    history.add(PastYear::read(&text).unwrap());
    history
}

const LAST_YEAR: &str =
    r#"{"unit": "SLDTBXH", "numerator": "70", "denominator": "100", "percent": "70", "status": "reported"}"#;

#[test]
fn the_rows_go_to_whoever_took_over() {
    let plan = plan();
    let field = FieldId::parse("cmkt_tinh.dat").unwrap();
    assert!(form(&plan, FORMER, 2024).field(&field).is_some());
    assert!(form(&plan, NOW, 2025).field(&field).is_some());
    assert!(form(&plan, "SKHCN", 2025).field(&field).is_none());
    assert!(plan.roster(2025).iter().all(|unit| unit.code.as_str() != FORMER));
}

#[test]
fn the_former_bodys_figures_are_last_years() {
    let plan = plan();
    let sent =
        submission_in(2025, &plan, NOW, &[("cmkt_tinh.dat", count(75)), ("cmkt_tinh.tong", count(100))]);
    let results = results_in(2025, &plan, vec![sent], &history(LAST_YEAR));
    let result = of(&results, "2.3");
    assert_eq!(result.comparison, Comparison::Whole { before: 70.into(), now: 75.into() });
    assert_eq!((result.coverage.reported, result.coverage.expected), (1, 1));
    assert!(result.past[0].is_whole && result.past[0].breaks.is_none(), "the series goes on");
    let chased = whom_to_chase(&results);
    assert!(chased.iter().all(|awaited| awaited.unit.as_str() != FORMER));
}

#[test]
fn a_silent_successor_is_taken_to_have_what_was_reported_before() {
    let plan = plan();
    let results = results_in(2025, &plan, Vec::new(), &history(LAST_YEAR));
    let result = of(&results, "2.3");
    let [contribution] = &result.contributions[..] else { panic!("one body owes it") };
    assert_eq!(contribution.term.reporter.as_str(), NOW);
    let assumed = contribution.assumed().unwrap();
    assert_eq!((assumed.figure, assumed.source), (100.into(), ReferenceSource::Predecessors(2024)));
    let chased = whom_to_chase(&results);
    let awaited = chased.iter().find(|awaited| awaited.unit.as_str() == NOW).unwrap();
    assert!(awaited.indicators.iter().any(|id| id.0 == "2.3"));
}

#[test]
fn forms_show_the_former_bodys_figures_beside_its_rows_alone() {
    let mut sources = PlanSources::embedded();
    sources.main.text = sources.main.text.replace("lead = \"LDLD\"", "lead = \"SLDTBXH\"");
    let plan = Plan::read(&sources).unwrap();
    let values = r#"{"cmkt_tinh.dat": {"number": "70"}, "kp_tinh.thuc_hien": {"money": "9", "unit": "triệu đồng"},
        "trong_tam.03.so_vb": {"text": "12/KH"}}"#;
    let text = format!(
        r#"{{"schema": "xhht/ket-qua/2", "plan": {{"id": "long-an-2021-2030"}}, "year": 2024, "indicators": [],
            "units": [{{"code": "SLDTBXH", "name": "", "kind": "", "status": "reported", "files": [], "values": {values}}}]}}"#
    );
    let known = fields_of(&plan, 2025, &PastYear::read(&text).unwrap());
    let numbered = form(&plan, NOW, 2025)
        .fields()
        .find(|field| field.id.as_str().ends_with("so_vb"))
        .unwrap()
        .id
        .clone();
    let of_successor: BTreeMap<FieldId, Content> = known[&UnitCode(NOW.into())].clone();
    let mut expected =
        BTreeMap::from([(FieldId::parse("cmkt_tinh.dat").unwrap(), Content::Number(70.into()))]);
    if numbered.as_str() == "trong_tam.03.so_vb" {
        expected.insert(numbered, Content::Text("12/KH".into()));
    }
    // Money every body reports for itself; the former one's is nobody's last year.
    assert_eq!(of_successor, expected);
    // Results of an older version know the indicators only.
    let known = fields_of(&plan, 2025, history(LAST_YEAR).year(2024).unwrap());
    let number = |text: &str| Content::Number(text.parse().unwrap());
    let told: Vec<(String, Content)> =
        known[&UnitCode(NOW.into())].iter().map(|(field, told)| (field.to_string(), told.clone())).collect();
    assert_eq!(
        told,
        [("cmkt_tinh.dat".to_owned(), number("70")), ("cmkt_tinh.tong".to_owned(), number("100"))]
    );
}
