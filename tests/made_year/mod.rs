//! A year of made-up reports for any number of local units, straight into the checks: no workbook in between.
#![allow(dead_code, missing_docs, clippy::unwrap_used)] // each test binary uses some of it

use crate::generated_province::sizes::{plan_without_rules_of_sizes, without_rules_of_sizes};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use xhht::check::{Previous, check};
use xhht::consolidate::{Consolidated, History, PastYear, consolidate};
use xhht::domain::{ColumnRole, FieldKind, Meaning, Unit};
use xhht::finding::{Finding, Origin};
use xhht::form::{Field, Form};
use xhht::intake::raw::FileFormat;
use xhht::output::json;
use xhht::plan::Plan;

use xhht::submission::{
    Access, Content, Fate, FigureStatus, FilledCell, InputFile, Received, Reported, Submission, Value,
};

/// The embedded plan with so many communes from 2026 on instead of the sixty it knows; `name` of each by its number.
pub fn plan_with(communes: usize, name: impl Fn(usize) -> String) -> Plan {
    let mut sources = without_rules_of_sizes();
    let units = sources.others.iter_mut().find(|file| file.name == "don-vi.toml").unwrap();
    units.text = units
        .text
        .replace("valid-from = \"2025-07-01\"", "valid-from = \"2025-07-01\"\nvalid-to = \"2026-06-30\"");
    for i in 0..communes {
        let name = name(i + 1);
        units.text.push_str(&format!(
            "\n[[unit]]\ncode = \"M{:03}\"\nname = \"xã {name}\"\nshort = \"{name}\"\nkind = \"xã\"\nlevel = \"dia-ban\"\npopulation = 9000\nvalid-from = \"2026-07-01\"\n",
            i + 1
        ));
    }
    Plan::read(&sources).unwrap_or_else(|error| panic!("{error}"))
}

pub fn embedded() -> Plan {
    plan_without_rules_of_sizes()
}

/// The embedded plan with one label for the figures of indicators 2.1 and 2.2.
pub fn equal_labels() -> Plan {
    let mut sources = without_rules_of_sizes();
    let form = sources.others.iter_mut().find(|file| file.name == "bieu-mau.toml").unwrap();
    let label = |skill: &str| format!("label = \"Người trong độ tuổi lao động được trang bị {skill}\"");
    let text = form.text.replace(&label("kỹ năng sống"), &label("năng lực thông tin"));
    assert_ne!(text, form.text);
    form.text = text;
    Plan::read(&sources).unwrap_or_else(|error| panic!("{error}"))
}

/// The embedded plan with indicators that are better when lower, one that counts people (2.1, on a way from 2020 on) and one
/// that counts units (1.1), and with targets from year to year (2.2).
pub fn turned() -> Plan {
    let mut sources = without_rules_of_sizes();
    let text = &mut sources.main.text;
    let mut change = |id: &str, lines: &str| {
        let start = text.find(&format!("[[indicator]]\nid = \"{id}\"")).unwrap();
        let at = start + text[start..].find("\ntargets = ").unwrap() + 1;
        let end = at + text[at..].find('\n').unwrap();
        text.replace_range(at..end, lines);
    };
    change(
        "2.1",
        "better = \"lower\"\nbaseline = { year = 2020, percent = \"75\" }\ntargets = { 2025 = \"60\", 2030 = \"40\" }",
    );
    change("1.1", "better = \"lower\"\ntargets = { 2025 = \"70\", 2030 = \"20\" }");
    change(
        "2.2",
        "baseline = { year = 2020, percent = \"40\" }\ntargets = { 2024 = \"55\", 2025 = \"62\", 2030 = \"85\" }",
    );
    Plan::read(&sources).unwrap_or_else(|error| panic!("{error}"))
}

/// What a unit writes into a field; `None` leaves it empty.
pub type Filled<'a> = &'a dyn Fn(usize, &Unit, &Field) -> Option<Value>;

/// Figures that add up, and `words` in every field for words. Each unit has its own.
pub fn usual(index: usize, field: &Field, words: &str) -> Option<Value> {
    let whole = 1_000 + 37 * index as u64;
    let share = 30 + (index as u64 * 13) % 65;
    let of_whole = |percent: u64| Value::Number((whole * percent / 100).into());
    let choice = |wanted: &[Meaning]| {
        let FieldKind::Choice(list) = &field.kind else { return None };
        let item = wanted.iter().find_map(|means| list.items.iter().find(|item| item.means == *means))?;
        Some(Value::Choice(item.means, item.text.as_str().into()))
    };
    match &field.kind {
        FieldKind::Count | FieldKind::Decimal | FieldKind::Money(_) => Some(match field.role {
            Some(ColumnRole::Whole) => Value::Number(whole.into()),
            Some(ColumnRole::Registered) => of_whole(share + 3),
            Some(ColumnRole::Part | ColumnRole::Recognised) => of_whole(share),
            Some(ColumnRole::Female | ColumnRole::Minority) => of_whole(share / 3),
            // The highest levels there are.
            _ if field.column_code == "muc" => Value::Number(match field.row_code.as_str() {
                "muc_mn" => 1.into(),
                "muc_xmc" => 2.into(),
                _ => 3.into(),
            }),
            _ => Value::Number((3 + index as u64).into()),
        }),
        FieldKind::Percent => None,
        FieldKind::Choice(_) if field.role == Some(ColumnRole::RowStatus) => choice(&[Meaning::Actual]),
        FieldKind::Choice(_) if index % 4 == 3 => choice(&[Meaning::No, Meaning::Other]),
        FieldKind::Choice(_) => choice(&[Meaning::Yes, Meaning::Other]),
        FieldKind::Text if words.is_empty() => None,
        FieldKind::Text => Some(Value::Text(words.into())),
        FieldKind::Date => None,
    }
}

/// The results of a year in which every `silent`-th unit, counted from 1, sends nothing (0: every unit reports).
pub fn results(
    plan: &Plan,
    year: i32,
    silent: usize,
    history: &History,
    filled: Filled<'_>,
) -> (Consolidated, Vec<Finding>) {
    let roster = plan.roster(year);
    let speaks = |index: &usize| silent == 0 || !(index + 1).is_multiple_of(silent);
    let received = roster
        .iter()
        .enumerate()
        .filter(|(i, _)| speaks(i))
        .map(|(i, unit)| received(plan, year, i, unit, filled));
    let as_of = NaiveDate::from_ymd_opt(year, 12, 16).unwrap();
    let checked = check(plan, year, as_of, &Previous::new(), received.collect()).unwrap();
    let mut findings = checked.findings;
    let consolidated = consolidate(plan, &checked.value, as_of, history);
    findings.extend(consolidated.findings);
    findings.sort_by(Finding::order);
    (consolidated.value, findings)
}

/// Two years of the fifteen districts, one in seven silent, words as everybody writes them.
pub fn two_years(silent: usize) -> (Plan, Consolidated, Vec<Finding>) {
    let plan = embedded();
    let words = "Đã ban hành kế hoạch và tổ chức thực hiện tại các xã.";
    let (before, told) =
        results(&plan, 2023, 0, &History::default(), &|i, _, field| usual(i + 1, field, words));
    let mut history = History::default();
    history.add(remembered(&plan, &before, &told));
    let (now, findings) = results(&plan, 2024, silent, &history, &|i, _, field| usual(i, field, words));
    (plan, now, findings)
}

/// A year's results as the next year reads them back.
pub fn remembered(plan: &Plan, results: &Consolidated, findings: &[Finding]) -> PastYear {
    let written = json::write(plan, results, findings, &json::WrittenFiles::default()).unwrap();
    PastYear::read(std::str::from_utf8(&written).unwrap()).unwrap()
}

fn received(plan: &Plan, year: i32, index: usize, unit: &Unit, filled: Filled<'_>) -> Received {
    let form = Arc::new(Form::for_unit(plan, unit, year));
    let file = InputFile { path: format!("{}.xlsx", unit.code).into(), sha256: format!("{index:0>64}") };
    let mut values = BTreeMap::new();
    for field in form.fields() {
        if let Some(value) = filled(index, unit, field) {
            let origin = Origin::cell(&file.path, "trang", "A1");
            let typed = match &value {
                Value::Number(number) => number.to_string(),
                Value::Choice(_, words) | Value::Text(words) => words.to_string(),
                Value::Date(day) => day.format("%d/%m/%Y").to_string(),
            };
            let reported =
                Reported { value: Some(value), status: FigureStatus::Actual, origin, typed: typed.into() };
            values.insert(field.id.clone(), Arc::new(reported));
        }
    }
    let cells: Vec<FilledCell> =
        values.keys().map(|field| FilledCell { field: field.clone(), fate: Fate::Used }).collect();
    let submission = Submission {
        stored: None,
        received: None,
        beside: Default::default(),
        corrected: Default::default(),
        sent: Default::default(),
        doubts: Vec::new(),
        file: file.clone(),
        format: Some(FileFormat::Xlsx),
        saved_by: None,
        modified: None,
        plan_version: None,
        unit: unit.code.clone(),
        year,
        access: Access::Names,
        filled_count: cells.len(),
        unread: BTreeSet::new(),
        values,
        filled: cells,
        form,
    };
    Received { file, findings: Vec::new(), content: Content::Submission(Box::new(submission)) }
}
