//! The ledger adds up whatever the folder holds: every filled input cell ends as used, superseded, rejected or ignored,
//! and neither the order of the files nor what is decided about them changes how many there were.
#![allow(clippy::unwrap_used, clippy::expect_used)] // the functions around the tests too

use crate::finding_cases::base;
use crate::finding_cases::run;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use xhht::check::decision::{DecisionTexts, Decisions};
use xhht::check::{Ledger, Previous, check_decided};
use xhht::domain::CellAddress;
use xhht::finding::{Finding, FindingCode};
use xhht::form::Form;
use xhht::intake::moment::Moment;
use xhht::intake::raw::{Identity, RawCell, RawSubmission, RawValue};
use xhht::plan::{Plan, SourceFile, hex};
use xhht::submission::{self, InputFile, Received};

static PLAN: LazyLock<Plan> = LazyLock::new(|| Plan::read(&run::small()).unwrap());
static FORMS: LazyLock<Vec<Form>> =
    LazyLock::new(|| PLAN.roster(2024).into_iter().map(|unit| Form::for_unit(&PLAN, unit, 2024)).collect());

/// What people type.
const TYPED: [&str; 24] = [
    "1.234",
    "1,5",
    "97,85%",
    "khoảng 200",
    "-",
    "không có",
    "chưa có",
    "...",
    "#REF!",
    "#N/A",
    "1/15",
    "nhiều",
    " ",
    "x",
    "Đạt",
    "KĐ",
    "chưa có tiêu chí",
    "31/11/2024",
    "5/12/24",
    "§øc Hßa",
    "O",
    "l2",
    "-5",
    "=1+1",
];

fn value() -> impl Strategy<Value = Option<RawCell>> {
    let plain = |value| Some(RawCell::of(value));
    prop_oneof![
        2 => Just(None),
        3 => (-10.0..5e4_f64).prop_map(move |n| plain(RawValue::Number(n.round()))),
        1 => (-10.0..5e12_f64).prop_map(move |n| plain(RawValue::Number(n))),
        6 => prop::sample::select(TYPED.to_vec()).prop_map(move |text| plain(RawValue::Text(text.to_owned()))),
        1 => any::<bool>().prop_map(move |answer| plain(RawValue::Bool(answer))),
        1 => Just(plain(RawValue::Error("#DIV/0!".to_owned()))),
        1 => Just(plain(RawValue::Date { when: None, serial: Some(45_631.0) })),
        1 => Just(Some(RawCell { value: RawValue::NotCalculated, formula: Some("SUM(F8:F9)".to_owned()), shown: None })),
    ]
}

/// A file: whose form, which cells hold what, and what befell the file as a whole.
#[derive(Debug, Clone)]
struct Messy {
    unit: prop::sample::Index,
    cells: Vec<(prop::sample::Index, Option<RawCell>)>,
    mishaps: Vec<u8>,
    minute: u32,
}

fn messy() -> impl Strategy<Value = Messy> {
    (
        any::<prop::sample::Index>(),
        prop::collection::vec((any::<prop::sample::Index>(), value()), 0..60),
        prop::collection::vec(0_u8..14, 0..3),
        0_u32..3,
    )
        .prop_map(|(unit, cells, mishaps, minute)| Messy { unit, cells, mishaps, minute })
}

/// The file, and how many input cells its sender filled as far as anybody can know.
fn made(file: &Messy) -> (RawSubmission, Option<usize>) {
    // Few units, so that several versions of one are common.
    let form = &FORMS[file.unit.index(4)];
    let mut raw = base::filled(form);
    let later = chrono::TimeDelta::minutes(i64::from(file.minute));
    raw.modified = raw.modified.map(|saved| Moment { shown: saved.shown + later, ..saved });
    let fields: Vec<_> = form.fields().collect();
    for (at, cell) in &file.cells {
        let field = fields[at.index(fields.len())];
        let sheet = raw.sheets.iter_mut().find(|sheet| sheet.name == field.sheet).unwrap();
        match cell {
            Some(cell) => sheet.cells.insert(field.cell, cell.clone()),
            None => sheet.cells.remove(&field.cell),
        };
    }
    let mut known = true;
    let first = raw.sheets[0].name.clone();
    for mishap in &file.mishaps {
        match mishap {
            0 => raw.named.clear(),
            1 => raw.table.clear(),
            2 => raw.identity.year = Some("2023".into()),
            3 => raw.identity.plan_version = Some("0.9".into()),
            4 => {
                raw.identity.plan = Some("tay-ninh".into());
                known = false;
            }
            5 => {
                raw.identity.unit = Some("999".into());
                known = false;
            }
            6 => {
                let last = raw.sheets.pop().unwrap();
                raw.sheet_names.retain(|name| *name != last.name);
            }
            7 => raw.skipped.push((first.to_string(), "bị cắt cụt".into())),
            8 => {
                let range = (CellAddress::new(7, 5), CellAddress::new(9, 5));
                raw.sheets[0].merged.push(range);
            }
            9 => {
                let junk = RawCell::of(RawValue::Number(7.0));
                raw.sheets[0].cells.insert(CellAddress::new(900_000, 30), junk);
            }
            10 => raw.modified = None,
            11 => raw.identity = Identity { plan_version: None, ..raw.identity },
            _ => {}
        }
    }
    let is_blank = |cell: &RawCell| matches!(&cell.value, RawValue::Text(text) if text.trim().is_empty());
    let filled = |field: &&&xhht::form::Field| {
        let sheet = raw.sheets.iter().find(|sheet| sheet.name == field.sheet);
        sheet.and_then(|sheet| sheet.cells.get(&field.cell)).is_some_and(|cell| !is_blank(cell))
    };
    let count = fields.iter().filter(filled).count();
    // The form of another year may ask less: how much of it was filled is for that year's form to say. Of a form that is
    // nobody's here, its own places say it; codes alone only where forms of a level hold them.
    let is_placed = !(file.mishaps.contains(&0) && file.mishaps.contains(&1));
    let is_counted = if known { !file.mishaps.contains(&2) } else { is_placed };
    (raw, is_counted.then_some(count))
}

fn received(files: &[Messy]) -> (Vec<Received>, Option<usize>) {
    let mut expected = Some(0);
    let received = files
        .iter()
        .enumerate()
        .map(|(at, file)| {
            let (raw, filled) = made(file);
            expected = expected.zip(filled).map(|(sum, filled)| sum + filled);
            let sha256 = hex(&Sha256::digest(format!("{raw:?}")));
            let file = InputFile { path: format!("hop-thu/{at}.xlsx").into(), sha256 };
            submission::read(&PLAN, Some(2024), file, &raw)
        })
        .collect();
    (received, expected)
}

fn decisions() -> Decisions {
    let file = |name: &str, text: &str| SourceFile { name: name.into(), text: text.into() };
    let waiver = "[[waiver]]\ncode = \"C011\"\nunit = \"794\"\nreason = \"a\"\napprover = \"b\"\nuntil = \"2025-01-01\"\n";
    let codes = ["R001", "R002", "R003", "R006", "C001"];
    let waivers = codes.iter().fold(waiver.to_owned(), |all, code| all + &waiver.replace("C011", code));
    let correction = "[[correction]]\nunit = \"794\"\nfield = \"nltt.dat\"\nold = \"600\"\nnew = \"620\"\nreason = \"a\"\nwho = \"b\"\ndate = \"2024-12-09\"\n";
    let corrections = ["", "-", "1.234"]
        .iter()
        .fold(correction.to_owned(), |all, old| all + &correction.replace("\"600\"", &format!("\"{old}\"")));
    let texts = [file("mien-tru.toml", &waivers), file("dinh-chinh.toml", &corrections)];
    Decisions::read(&PLAN, &DecisionTexts::by_name(texts)).unwrap()
}

fn checked(received: Vec<Received>, decisions: &Decisions) -> (Ledger, Vec<Finding>) {
    let day = chrono::NaiveDate::from_ymd_opt(2024, 12, 15).unwrap();
    let checked = check_decided(&PLAN, 2024, day, &Previous::new(), received, decisions)
        .unwrap_or_else(|why| panic!("{why}"));
    (checked.value.ledger().clone(), checked.findings)
}

fn sum(ledger: &Ledger) -> usize {
    let rejected: usize = ledger.rejected.values().sum();
    let ignored: usize = ledger.ignored.values().sum();
    ledger.used + ledger.superseded + rejected + ignored
}

/// How many cells rules keep out.
fn by_rules(ledger: &Ledger) -> usize {
    let of_rules = ledger.rejected.iter().filter(|(code, _)| matches!(code, FindingCode::Rule(_)));
    of_rules.map(|(_, cells)| cells).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_filled_is_accounted_for(files in prop::collection::vec(messy(), 0..9)) {
        let (read, expected) = received(&files);
        let (ledger, findings) = checked(read.clone(), &Decisions::default());
        prop_assert_eq!(sum(&ledger), ledger.filled);
        if let Some(expected) = expected {
            prop_assert_eq!(ledger.filled, expected);
        }

        let backwards: Vec<Received> = read.iter().rev().cloned().collect();
        let (again, same) = checked(backwards, &Decisions::default());
        prop_assert_eq!(&again, &ledger);
        prop_assert_eq!(same, findings);

        let (decided, _) = checked(read, &decisions());
        prop_assert_eq!(sum(&decided), decided.filled);
        prop_assert_eq!(decided.filled, ledger.filled);
        prop_assert_eq!(decided.superseded, ledger.superseded);
        // A correction of a blank cell lets a rule speak that could not be asked before.
        let asked_anew = by_rules(&decided).saturating_sub(by_rules(&ledger));
        prop_assert!(decided.used + asked_anew >= ledger.used, "{} < {}", decided.used, ledger.used);
    }
}

#[test]
fn cells_of_drafts_and_of_other_years_are_accounted_for() {
    let form = FORMS.iter().find(|form| form.unit.code.as_str() == "794").unwrap();
    let ledger_of = |raw: &RawSubmission| {
        let sha256 = hex(&Sha256::digest(format!("{raw:?}")));
        let file = InputFile { path: "hop-thu/a.xlsx".into(), sha256 };
        let (ledger, _) =
            checked(vec![submission::read(&PLAN, Some(2024), file, raw)], &Decisions::default());
        assert_eq!(sum(&ledger), ledger.filled);
        ledger
    };
    let raw = base::filled(form);
    let alone = ledger_of(&raw);
    let copied = form.fields().filter(|field| field.sheet == raw.sheets[1].name).count();
    for heading in [None, Some("Thành phố Tân An · Báo cáo năm 2023")] {
        let mut raw = raw.clone();
        let mut copy = raw.sheets[1].clone();
        (copy.name, copy.asked) = ("bản khác".into(), false);
        if let Some(heading) = heading {
            let words = RawCell::of(RawValue::Text(heading.to_owned()));
            copy.cells.insert(CellAddress::new(1, 0), words);
        }
        raw.sheet_names.push("bản khác".to_owned());
        raw.sheets.push(copy);
        let ledger = ledger_of(&raw);
        assert_eq!((ledger.used, ledger.filled), (alone.used, alone.filled + copied), "{heading:?}");
        let reason = if heading.is_some() { "năm 2023" } else { "lần nữa" };
        let ignored: usize =
            ledger.ignored.iter().filter(|(why, _)| why.contains(reason)).map(|(_, cells)| cells).sum();
        assert_eq!(ignored, copied, "{:?}", ledger.ignored);
    }
}
