//! A year of 15 districts with nothing in it but what a test writes down.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::generated_province::sizes::plan_without_rules_of_sizes;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use xhht::check;
use xhht::consolidate::{Consolidated, History, IndicatorResult, consolidate};
use xhht::domain::{FieldId, Meaning, UnitCode};
use xhht::finding::Origin;
use xhht::form::Form;
use xhht::intake::raw::FileFormat;
use xhht::plan::Plan;
use xhht::submission::{
    Access, Content, Fate, FigureStatus, FilledCell, InputFile, Received, Reported, Submission, Value,
};

pub const YEAR: i32 = 2024;

pub fn plan() -> Plan {
    plan_without_rules_of_sizes()
}

/// A unit's submission holding these values and nothing else.
pub fn submission(plan: &Plan, code: &str, values: &[(&str, Value)]) -> Received {
    submission_in(YEAR, plan, code, values)
}

pub fn submission_in(year: i32, plan: &Plan, code: &str, values: &[(&str, Value)]) -> Received {
    let unit = plan.roster(year).into_iter().find(|unit| unit.code.as_str() == code).unwrap();
    let form = Arc::new(Form::for_unit(plan, unit, year));
    let file = InputFile { path: format!("{code}.xlsx").into(), sha256: format!("{code:0>64}") };
    let reported = |(field, value): &(&str, Value)| {
        let field = FieldId::parse(field).unwrap();
        assert!(form.field(&field).is_some(), "{field} is not on the form of {code}");
        let origin = Origin::cell(&file.path, "trang", "A1");
        (
            field,
            Arc::new(Reported {
                value: Some(value.clone()),
                status: FigureStatus::Actual,
                origin,
                typed: "".into(),
            }),
        )
    };
    let values: BTreeMap<FieldId, Arc<Reported>> = values.iter().map(reported).collect();
    let filled: Vec<FilledCell> =
        values.keys().map(|field| FilledCell { field: field.clone(), fate: Fate::Used }).collect();
    let submission = Submission {
        file: file.clone(),
        format: Some(FileFormat::Xlsx),
        saved_by: None,
        modified: None,
        stored: None,
        received: None,
        plan_version: None,
        unit: UnitCode(code.into()),
        year,
        access: Access::Names,
        filled_count: filled.len(),
        beside: BTreeMap::new(),
        corrected: BTreeSet::new(),
        sent: BTreeMap::new(),
        doubts: Vec::new(),
        unread: BTreeSet::new(),
        values,
        filled,
        form,
    };
    Received { file, findings: Vec::new(), content: Content::Submission(Box::new(submission)) }
}

pub fn count(n: i64) -> Value {
    Value::Number(n.into())
}

pub fn yes() -> Value {
    Value::Choice(Meaning::Yes, "Đạt".into())
}

pub fn no() -> Value {
    Value::Choice(Meaning::No, "Chưa đạt".into())
}

pub fn results_with(received: Vec<Received>, history: &History) -> Consolidated {
    results_in(YEAR, &plan(), received, history)
}

pub fn results_in(year: i32, plan: &Plan, received: Vec<Received>, history: &History) -> Consolidated {
    let as_of = NaiveDate::from_ymd_opt(year, 12, 16).unwrap();
    let checked = check::check(plan, year, as_of, &check::Previous::new(), received).unwrap();
    consolidate(plan, &checked.value, as_of, history).value
}

pub fn results(received: Vec<Received>) -> Consolidated {
    results_with(received, &History::default())
}

pub fn of<'a>(results: &'a Consolidated, id: &str) -> &'a IndicatorResult {
    results.indicators.iter().find(|result| result.indicator.id.0 == id).unwrap()
}

pub fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub const DISTRICTS: [&str; 15] =
    ["794", "795", "796", "797", "798", "799", "800", "801", "802", "803", "804", "805", "806", "807", "808"];
