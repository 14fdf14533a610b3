//! A form that was filled while the plan called units by other codes is still read.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::generated_province::figures::plausible;
use crate::generated_province::mess::tidy;
use crate::generated_province::raw::received;
use crate::generated_province::sizes::without_rules_of_sizes;
use std::collections::BTreeMap;
use xhht::check::decision::{DecisionTexts, Decisions};
use xhht::consolidate::{History, PastYear};
use xhht::domain::{IndicatorId, UnitCode};
use xhht::form::Form;
use xhht::plan::{Plan, PlanSources, SourceFile};
use xhht::submission::{Content, Value};

const YEAR: i32 = 2026;

/// The plan as it was, with the former codes in use.
fn before(now: &Plan) -> Plan {
    let mut sources: PlanSources = without_rules_of_sizes();
    let units = sources.others.iter_mut().find(|file| file.name == "don-vi.toml").unwrap();
    let mut text = units.text.clone();
    for unit in &now.units {
        for former in &unit.former_codes {
            text = text.replace(&format!("former-codes = [\"{former}\"]\n"), "");
            text = text.replace(&format!("\"{}\"", unit.code), &format!("\"{former}\""));
        }
    }
    units.text = text;
    Plan::read(&sources).unwrap_or_else(|error| panic!("{error}"))
}

/// Whose a form of the old plan is to a plan, and what it says, field by field.
fn read(old: &Plan, by: &Plan, code: &str) -> (UnitCode, BTreeMap<String, Option<Value>>) {
    let unit = old.roster(YEAR).into_iter().find(|unit| unit.code.as_str() == code).unwrap();
    let form = Form::for_unit(old, unit, YEAR);
    let [received] =
        <[_; 1]>::try_from(received(by, YEAR, &form, &tidy(&form, plausible(&form, 7)))).unwrap();
    let Content::Submission(submission) = received.content else { panic!("{code}: {:?}", received.findings) };
    let values = submission.values.iter().map(|(field, told)| (field.to_string(), told.value.clone()));
    (submission.unit.clone(), values.collect())
}

#[test]
fn a_form_filled_under_an_old_code_is_read() {
    let now = Plan::read(&without_rules_of_sizes()).unwrap();
    let old = before(&now);
    let codes: BTreeMap<&str, &str> = now
        .units
        .iter()
        .flat_map(|unit| unit.former_codes.iter().map(|former| (former.as_str(), unit.code.as_str())))
        .collect();
    assert_eq!(codes.len(), 60);
    // A commune, and the department that answers for each of them in a row that carries its code.
    for code in ["LA01", "LA60", "SGDDT"] {
        let (unit, values) = read(&old, &now, code);
        assert_eq!(unit.as_str(), codes.get(code).copied().unwrap_or(code));
        let (_, then) = read(&old, &old, code);
        let renamed = |field: String| {
            codes.iter().fold(field, |field, (former, code)| {
                field.replace(&format!(".{}.", former.to_lowercase()), &format!(".{code}."))
            })
        };
        let then: BTreeMap<String, Option<Value>> =
            then.into_iter().map(|(field, value)| (renamed(field), value)).collect();
        assert!(then.len() > 20, "{code}: {}", then.len());
        assert_eq!(values, then, "{code}");
    }
}

#[test]
fn decisions_and_results_under_an_old_code_are_of_the_unit() {
    let now = Plan::read(&without_rules_of_sizes()).unwrap();
    let source = |name: &str, text: &str| SourceFile { name: name.into(), text: text.into() };
    let waivers = source(
        "mien-tru.toml",
        "[[waiver]]\ncode = \"C011\"\nunit = \"LA01\"\nyear = 2026\nreason = \"x\"\napprover = \"y\"\nuntil = \"2026-12-31\"\n",
    );
    let decisions = Decisions::read(&now, &DecisionTexts::by_name([waivers])).unwrap();
    assert_eq!(decisions.waivers[0].unit, Some(UnitCode("27727".into())));
    let result = r#"{"schema": "xhht/ket-qua/1", "plan": {"id": "long-an-2021-2030"}, "year": 2025, "indicators": [
        {"id": "2.1", "percent": "50", "by_unit": [{"unit": "LA01", "numerator": "5", "denominator": "10"}]}]}"#;
    let mut history = History::default();
    history.add(PastYear::read(result).unwrap().under_codes_of(&now));
    let indicator = &now.indicator(&IndicatorId("2.1".into())).unwrap().id;
    assert_eq!(history.denominator(2025, indicator, &UnitCode("27727".into())), Some(10.into()));
}
