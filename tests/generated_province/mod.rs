//! Made-up provinces, for tests, benchmarks and `cargo run --example fill`.
//!
//! Two kinds. [`made`] puts together provinces of any size whose figures are plausible and whose true result is known:
//! [`country`] lists the units, [`figures`] says what each means to report, [`mess`] how it arrives, [`raw`] and
//! [`workbook`] turn that into cells or into files, [`truth`] works out what must come of it. [`province`] makes
//! provinces that nobody thought of: every cell at random, units missing, denominators zero, standards not yet there,
//! words such as break spreadsheets.
#![allow(dead_code, clippy::unwrap_used)] // shared by test binaries that use parts of it

pub mod country;
mod dice;
pub mod figures;
pub mod made;
pub mod mess;
pub mod raw;
pub mod sizes;
pub mod truth;
pub mod workbook;

pub use dice::Dice;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use xhht::check::{self, Previous};
use xhht::consolidate::{Consolidated, History, PastIndicator, PastYear, consolidate};
use xhht::domain::{FieldKind, Meaning, UnitCode};
use xhht::finding::{Finding, Origin};
use xhht::form::{Field, Form};
use xhht::intake::raw::FileFormat;
use xhht::plan::Plan;
use xhht::report::{self, model::Report};
use xhht::submission::{
    Access, Content, Fate, FigureStatus, FilledCell, InputFile, Received, Reported, Submission, Value,
};

/// What a sender may type where words are asked for.
pub const NASTY: [&str; 20] = [
    "=1+1",
    "=HYPERLINK(\"http://vi.du/\";\"bấm\")",
    "=cmd|' /C calc'!A0",
    "+84 272 3826 100",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "'=1+1",
    "{=1+1}",
    "http://vi.du/?a=1&b=2",
    "mailto:ai@vi.du",
    "internal:'Bìa'!A1",
    "file:///C:/x.xlsx",
    "\u{1}\u{8}\u{1B}[31m\u{FFFE}đỏ",
    "<a href=\"x\">&amp;</a>]]>",
    "_x0041_ và _x000D_",
    "#DIV/0!",
    "TRUE",
];

/// What the sender says about himself; nobody else's business.
pub const PERSONAL: &str = "Nguyễn Văn Riêng Tư 0272 000 000";

/// The embedded plan for provinces at random, whose figures nobody would believe.
pub fn plan() -> Plan {
    sizes::plan_without_rules_of_sizes()
}

/// The embedded plan with some of its units only, so that other programs are through with it sooner.
pub fn small_plan(seed: u64) -> Plan {
    let mut plan = plan();
    let mut dice = Dice::new(seed);
    let kept = 1 + dice.below(4);
    let mut seen: BTreeMap<(String, NaiveDate), u64> = BTreeMap::new();
    // Those whose figures are the province's stay; of the local units so many, of every other kind one.
    plan.units.retain(|unit| {
        let alike = seen.entry((unit.level.0.clone(), unit.validity.from)).or_default();
        *alike += 1;
        let kept = if unit.level.0 == "dia-ban" { kept } else { 1 };
        *alike <= kept || ["SGDDT", "SLDTBXH", "SNV"].contains(&unit.code.as_str())
    });
    plan
}

/// A province and what is made of it.
pub struct Province {
    pub results: Consolidated,
    pub findings: Vec<Finding>,
    pub report: Report,
}

/// The province of a seed; its year follows from the seed. With `words` every text is one of [`NASTY`], else harmless.
pub fn province(plan: &Plan, seed: u64, nasty: bool) -> Province {
    let mut dice = Dice::new(seed);
    let year = 2021 + (seed % 10) as i32;
    // A province's own habits: how much is missing, how many noughts there are.
    let (missing, blank, nought) = (dice.below(60), dice.below(40), dice.below(40));
    let mut received = Vec::new();
    for unit in plan.roster(year) {
        let form = Arc::new(Form::for_unit(plan, unit, year));
        let tables = form.sheets.iter().flat_map(|sheet| &sheet.tables);
        let mut tables =
            tables.map(|table| table.rows.iter().flat_map(|row| row.fields.iter()).map(|f| &f.id));
        let about_sender: Vec<_> =
            tables.find(|ids| ids.clone().any(|id| *id == plan.report_date)).into_iter().flatten().collect();
        let mut values = BTreeMap::new();
        let path = if nasty { format!("=1+1/{}.xlsx", unit.code) } else { format!("n/{}.xlsx", unit.code) };
        // Of a row the part seldom exceeds the whole.
        let mut whole = 0;
        for field in form.fields() {
            let mut reported = reported(&mut dice, field, &path, nought, &mut whole, nasty);
            if field.kind == FieldKind::Text && about_sender.contains(&&field.id) {
                reported.value = Some(Value::Text(PERSONAL.into()));
                reported.typed = PERSONAL.into();
            }
            if !dice.happens(blank) || field.id == plan.report_date {
                values.insert(field.id.clone(), Arc::new(reported));
            }
        }
        if !dice.happens(missing) {
            received.push(submission(year, &form, &unit.code, path, values));
        }
    }
    let history = if dice.happens(50) { history(plan, year, &mut dice) } else { History::default() };
    let as_of = NaiveDate::from_ymd_opt(year, 12, 16).unwrap();
    let checked = check::check(plan, year, as_of, &Previous::new(), received).unwrap();
    let of_results = consolidate(plan, &checked.value, as_of, &history);
    let mut findings = checked.findings;
    findings.extend(of_results.findings);
    findings.sort_by(Finding::order);
    let results = of_results.value;
    let report = report::build(plan, &results, &findings).unwrap_or_else(|error| panic!("{seed}: {error}"));
    Province { results, findings, report }
}

fn reported(
    dice: &mut Dice,
    field: &Field,
    path: &str,
    nought: u64,
    whole: &mut u64,
    nasty: bool,
) -> Reported {
    let mut status = match dice.below(20) {
        0 => FigureStatus::Estimate,
        1 => FigureStatus::NoStandard,
        2 => FigureStatus::None,
        _ => FigureStatus::Actual,
    };
    let value = match &field.kind {
        FieldKind::Count | FieldKind::Decimal | FieldKind::Money(_) => {
            let whole_role = matches!(field.role, Some(xhht::domain::ColumnRole::Whole) | None);
            let most = if whole_role || *whole == 0 { 2_000_000 } else { *whole + 1 };
            let number = if dice.happens(nought) { 0 } else { dice.below(most) };
            if whole_role {
                *whole = number;
            }
            let places = if field.kind != FieldKind::Count { dice.below(3) as u32 } else { 0 };
            Some(Value::Number(Decimal::new(number as i64, places)))
        }
        FieldKind::Percent => Some(Value::Number(Decimal::new(dice.below(10_001) as i64, 2))),
        FieldKind::Choice(list) => {
            let item = &list.items[dice.below(list.items.len() as u64) as usize];
            status = match item.means {
                Meaning::NoStandard => FigureStatus::NoStandard,
                Meaning::Estimate => FigureStatus::Estimate,
                _ => FigureStatus::Actual,
            };
            Some(Value::Choice(item.means, item.text.as_str().into()))
        }
        FieldKind::Date => {
            let day = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
            Some(Value::Date(day + chrono::Days::new(dice.below(4_000))))
        }
        FieldKind::Text => {
            status = FigureStatus::Actual;
            let words = NASTY[dice.below(NASTY.len() as u64) as usize];
            Some(Value::Text(if nasty { words.into() } else { harmless(words).into() }))
        }
    };
    let value = if status == FigureStatus::NoStandard && dice.happens(50) { None } else { value };
    let typed = NASTY[dice.below(NASTY.len() as u64) as usize];
    let typed = if nasty { typed.to_owned() } else { harmless(typed) };
    Reported { value, status, origin: Origin::cell(path, "trang", "A1"), typed: typed.into() }
}

/// As many letters that mean nothing to any program.
fn harmless(words: &str) -> String {
    words.chars().map(|_| 'a').collect()
}

fn submission(
    year: i32,
    form: &Arc<Form>,
    code: &UnitCode,
    path: String,
    values: BTreeMap<xhht::domain::FieldId, Arc<Reported>>,
) -> Received {
    let file = InputFile { path: path.into(), sha256: format!("{:0>64}", code.as_str().len()) };
    let filled: Vec<FilledCell> =
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
        unit: code.clone(),
        year,
        access: Access::Names,
        filled_count: filled.len(),
        unread: BTreeSet::new(),
        values,
        filled,
        form: Arc::clone(form),
    };
    Received { file, findings: Vec::new(), content: Content::Submission(Box::new(submission)) }
}

/// Some of the years before, with the province's result alone.
fn history(plan: &Plan, year: i32, dice: &mut Dice) -> History {
    let mut history = History::default();
    for past in 2021.max(year - 3)..year {
        let indicators = plan
            .indicators
            .iter()
            .map(|indicator| {
                let percent = dice.happens(80).then(|| Decimal::new(dice.below(10_001) as i64, 2));
                (indicator.id.clone(), PastIndicator { percent, ..PastIndicator::default() })
            })
            .collect();
        history.add(PastYear {
            plan: plan.id.clone(),
            territories: Vec::new(),
            year: past,
            indicators,
            values: None,
            record: None,
            file: None,
        });
    }
    history
}
