//! One level up, in process: what a national plan makes of results of lower plans.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use crate::generated_province::made::{Made, Wish, province};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use xhht::check::{self, Previous};
use xhht::consolidate::{Consolidated, History, consolidate, lower_result};
use xhht::domain::{FieldId, Year};
use xhht::finding::Finding;
use xhht::output::json;
use xhht::plan::province as provinces;
use xhht::plan::{Plan, PlanSources};
use xhht::report;
use xhht::submission::{Content, FigureStatus, InputFile, Reader, Received};

static NATION: LazyLock<Plan> =
    LazyLock::new(|| Plan::read(&PlanSources::shipped("quoc-gia").unwrap()).unwrap());

fn read(plan: &Plan, year: Year, bytes: &[u8], name: &str) -> Received {
    let file = InputFile { path: name.into(), sha256: format!("{:0>64}", name.len()) };
    Reader::new(plan).read_result(Some(year), file, &lower_result(bytes).unwrap())
}

fn consolidated(plan: &Plan, year: Year, received: Vec<Received>) -> (Consolidated, Vec<Finding>) {
    let as_of = NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
    let checked = check::check(plan, year, as_of, &Previous::new(), received).unwrap();
    let mut findings = checked.findings;
    let of_results = consolidate(plan, &checked.value, as_of, &History::default());
    findings.extend(of_results.findings);
    (of_results.value, findings)
}

/// A made-up province under the name of one that there is.
fn sent_by(name: &str, wish: Wish) -> Made {
    let mut made = province(wish, true);
    made.plan.id = format!("{name}-2021-2030");
    made
}

#[test]
fn every_province_sends_the_results_of_its_own_plan() {
    let plan = &*NATION;
    assert_eq!(plan.units.len(), provinces::all().len());
    for (unit, province) in plan.units.iter().zip(provinces::all()) {
        let lower = Plan::read(&PlanSources::of_province(province)).unwrap();
        assert_eq!((unit.code.as_str(), unit.name.as_str()), (province.code, province.name));
        assert_eq!(unit.plans, std::slice::from_ref(&lower.id));
        let communes = lower.roster_of(2025, &lower.levels[0].id).len() as u32;
        assert_eq!(unit.communes_on(plan.due_date(2025)), Some(communes), "{}", unit.name);
        // Whatever the nation asks the province has.
        let has = |id| lower.indicators.iter().any(|indicator| indicator.id == id);
        assert!(
            plan.fields_of_result().iter().filter_map(|f| f.from).all(|from| has(from.indicator.clone()))
        );
    }
}

/// Whatever the provinces are and however messy: the nation is the direct sum over all their units, which the generator
/// works out by itself.
#[test]
fn additive_results_are_the_direct_sum_over_all_units() {
    let names = ["tay-ninh", "dong-thap", "hue", "ha-noi"];
    for seed in 0..6_u64 {
        let year = 2025 + (seed % 6) as i32;
        let mut received = Vec::new();
        let mut sums: BTreeMap<String, (Decimal, Decimal)> = BTreeMap::new();
        let mut estimated: BTreeMap<String, bool> = BTreeMap::new();
        for (at, name) in (0..).zip(&names[..2 + (seed % 3) as usize]) {
            let wish = Wish { year, units: 2 + at, seed: seed * 10 + at as u64, mess: [0, 40, 100][at % 3] };
            let made = sent_by(name, wish);
            let (results, findings) = made.consolidated(made.received());
            let bytes = json::write(&made.plan, &results, &findings, &json::WrittenFiles::default()).unwrap();
            received.push(read(&NATION, year, &bytes, &format!("{name}/ket-qua-xhht-{year}.json")));
            for (truth, result) in made.truth.indicators.iter().zip(&results.indicators) {
                let estimate = result.flags.has(xhht::consolidate::Flag::Estimate);
                *estimated.entry(truth.id.clone()).or_default() |= estimate && truth.verdict != "no-standard";
                if truth.verdict == "no-standard" || result.coverage.reported == 0 {
                    continue;
                }
                let sum = sums.entry(truth.id.clone()).or_default();
                sum.0 += truth.numerator.parse::<Decimal>().unwrap();
                sum.1 += truth.denominator.parse::<Decimal>().unwrap();
            }
        }
        let (nation, findings) = consolidated(&NATION, year, received);
        for result in &nation.indicators {
            let id = result.indicator.id.to_string();
            let (numerator, denominator) = sums.get(&id).copied().unwrap_or_default();
            let told = (result.total.numerator, result.total.denominator);
            assert_eq!(told, (numerator, denominator), "{seed} {year} {id}: {findings:#?}");
            let flag = result.flags.has(xhht::consolidate::Flag::Estimate);
            assert_eq!(flag, estimated.get(&id).copied().unwrap_or_default(), "{seed} {year} {id}");
        }
        report::build(&NATION, &nation, &findings).unwrap();
    }
}

/// A result by hand: two indicators of a plan that numbers them otherwise.
fn result(figures: &str) -> Vec<u8> {
    format!(
        r#"{{"schema": "xhht/ket-qua/2", "plan": {{"id": "hue-2021-2030"}}, "year": 2025, "as_of": "2025-12-20",
           "indicators": [{figures}]}}"#
    )
    .into_bytes()
}

fn figure(id: &str, sums: &str, percent: &str, coverage: (usize, usize), more: &str) -> String {
    format!(
        r#"{{"id": "{id}", {sums} "percent": {percent}, "lower": null, "upper": null, "target": null, "needed": null,
           "coverage": {{"reported": {}, "expected": {}}}, "by_unit": [] {more}}}"#,
        coverage.0, coverage.1
    )
}

#[test]
fn a_field_is_filled_from_the_part_the_plan_names() {
    let mut plan = NATION.clone();
    for row in plan.sheets.iter_mut().flat_map(|s| &mut s.tables).flat_map(|t| &mut t.rows) {
        if row.id == *"kns" {
            let from = row.from_result.as_mut().unwrap();
            from.in_plan.insert("hue-2021-2030".into(), xhht::domain::IndicatorId("II.2".into()));
        }
    }
    let sums = r#""numerator": "7", "denominator": "10","#;
    let bytes = result(
        &[
            figure("2.1", sums, "\"70\"", (3, 5), r#", "flags": ["estimate"]"#),
            figure("II.2", r#""numerator": "1", "denominator": "4","#, "\"25\"", (5, 5), ""),
            figure("2.2", sums, "\"70\"", (5, 5), ""),
            figure("2.3", "", "\"55\"", (1, 1), ""),
            figure("2.4", sums, "null", (0, 1), r#", "verdict": "no-data""#),
            figure("4.1", sums, "null", (5, 5), r#", "verdict": "no-standard""#),
        ]
        .join(","),
    );
    let received = read(&plan, 2025, &bytes, "hue.json");
    let Content::Submission(submission) = &received.content else { panic!("{received:?}") };
    let value = |id: &str| submission.number(&FieldId::parse(id).unwrap()).map(|n| n.to_string());
    let told = |id: &str| submission.values.get(&FieldId::parse(id).unwrap()).unwrap();
    assert_eq!((value("nltt.dat"), value("nltt.tong")), (Some("7".into()), Some("10".into())));
    assert_eq!((value("nltt.da_co"), value("nltt.phai_co")), (Some("3".into()), Some("5".into())));
    assert_eq!(told("nltt.dat").status, FigureStatus::Estimate);
    assert_eq!(told("nltt.dat").origin.to_string(), "hue.json › chỉ tiêu 2.1 › tử số");
    assert_eq!(value("kns.dat").as_deref(), Some("1"), "by its number in that plan");
    assert_eq!(value("cmkt.dat"), None, "a percentage without counts");
    assert_eq!(value("dai_hoc.dat"), None, "nobody reported");
    assert_eq!(value("cong_dan.dat"), None, "no standard");
    assert_eq!(submission.date(&plan.report_date), NaiveDate::from_ymd_opt(2025, 12, 20));
    let causes: Vec<String> = received.findings.iter().map(|f| format!("{} {}", f.code, f.cause)).collect();
    assert!(causes[0].starts_with("O017") && causes[0].contains("2.1 (3/5)"), "{causes:?}");
    assert!(causes.iter().any(|cause| cause.starts_with("O018") && cause.contains("2.3 chỉ có tỷ lệ")));
    assert!(causes.iter().any(|cause| cause.starts_with("O018") && cause.contains("không có chỉ tiêu 1.1")));
    // Of two results the one that stands at the later day counts.
    let later = String::from_utf8(bytes.clone()).unwrap().replace("12-20", "12-28").replace("\"7\"", "\"8\"");
    let again = read(&plan, 2025, later.as_bytes(), "a-hue.json");
    let (nation, findings) = consolidated(&plan, 2025, vec![received, again]);
    let skills = nation.indicators.iter().find(|r| r.indicator.id.to_string() == "2.1").unwrap();
    assert_eq!(skills.total.numerator, 8.into());
    assert!(findings.iter().any(|finding| finding.code.to_string() == "O002"));
    for broken in ["{}", "", "[1]", r#"{"schema": "x"}"#] {
        assert!(lower_result(broken.as_bytes()).is_err(), "{broken}");
    }
    assert!(
        lower_result(&result(&figure("1", r#""numerator": "-1", "denominator": "2","#, "null", (1, 1), "")))
            .is_err()
    );
}
