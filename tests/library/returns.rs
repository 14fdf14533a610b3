//! Return copies: sent back they are submissions, corrected they leave nothing to say; letters; waived rules.
#![allow(clippy::unwrap_used, clippy::expect_used)] // the functions around the tests too

use crate::finding_cases::base;
use crate::finding_cases::run;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use xhht::check::decision::Decisions;
use xhht::check::{AcceptedSubmissions, Previous, check, check_decided};
use xhht::domain::cell::Content as Known;
use xhht::domain::{FieldId, UnitCode};
use xhht::finding::{Finding, FindingCode, Severity};
use xhht::form::Form;
use xhht::intake::{self, raw::RawCell, raw::RawSubmission, raw::RawValue};
use xhht::output::returns;
use xhht::plan::{Plan, SourceFile};
use xhht::submission::{self, Content, InputFile, Received};

static PLAN: LazyLock<Plan> = LazyLock::new(|| Plan::read(&run::small()).unwrap());
const YEAR: i32 = 2024;

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 12, 15).unwrap()
}

fn form() -> Form {
    let roster = PLAN.roster(YEAR);
    Form::for_unit(&PLAN, roster.iter().find(|unit| unit.code.as_str() == "794").unwrap(), YEAR)
}

fn id(field: &str) -> FieldId {
    FieldId::parse(field).unwrap()
}

fn with(changes: &[(&str, RawValue)]) -> RawSubmission {
    let form = form();
    let mut raw = base::filled(&form);
    for (field, value) in changes {
        let field = form.field(&id(field)).unwrap();
        let sheet = raw.sheets.iter_mut().find(|sheet| sheet.name == field.sheet).unwrap();
        sheet.cells.insert(field.cell, RawCell::of(value.clone()));
    }
    raw
}

fn received(raw: &RawSubmission) -> Received {
    let file = InputFile { path: "hop-thu/Tân An.xlsx".into(), sha256: "0".repeat(64) };
    submission::read(&PLAN, Some(YEAR), file, raw)
}

/// Last year's figure of one cell: the copy shows it beside this year's.
fn previous() -> Previous {
    let values = BTreeMap::from([(id("nltt.tong"), Known::Number(1000.into()))]);
    Previous::from([(UnitCode("794".into()), values)])
}

/// A file that goes back.
struct ReturnCopy {
    path: String,
    bytes: Vec<u8>,
}

/// What was found in the unit's file, and what goes back.
fn judged(received: Vec<Received>) -> (AcceptedSubmissions, Vec<Finding>, Vec<ReturnCopy>) {
    let checked = check(&PLAN, YEAR, day(), &previous(), received).unwrap();
    let copies = returns::copies(&PLAN, &checked.value, &checked.findings);
    let copies = copies
        .into_iter()
        .map(|copy| ReturnCopy { bytes: copy.write(&PLAN, &previous(), YEAR).unwrap(), path: copy.path })
        .collect();
    let of_unit = |f: &Finding| f.unit.as_ref().is_some_and(|unit| unit.as_str() == "794");
    (checked.value, checked.findings.into_iter().filter(of_unit).collect(), copies)
}

fn codes(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| finding.code.to_string()).collect()
}

fn read_back(copy: &ReturnCopy) -> RawSubmission {
    intake::read(&copy.bytes, &PLAN.tabs()).unwrap_or_else(|why| panic!("{why:?}"))
}

#[test]
fn a_return_copy_is_a_submission_and_a_corrected_one_leaves_nothing_to_say() {
    let words = |text: &str| RawValue::Text(text.into());
    let sent = with(&[
        ("nltt.dat", words("rất nhiều")),
        ("kns.tong", words("1.000")),
        ("kns.dat", RawValue::Number(1200.0)),
    ]);
    let (first, found, copies) = judged(vec![received(&sent)]);
    let told = codes(&found);
    assert!(told.contains(&"R001".to_owned()) && told.iter().any(|code| code.starts_with('C')), "{told:?}");
    assert_eq!(
        copies.iter().map(|copy| copy.path.as_str()).collect::<Vec<_>>(),
        ["phan-hoi/794-Thành phố Tân An.xlsx"]
    );
    if let Ok(folder) = std::env::var("XHHT_KEEP_COPIES") {
        std::fs::write(std::path::Path::new(&folder).join("copy.xlsx"), &copies[0].bytes).unwrap();
    }
    assert_eq!(copies[0].bytes, judged(vec![received(&sent)]).2[0].bytes, "the same bytes twice");

    // Nothing is lost: what could not be read stands there as it was typed, what could be read as it was understood.
    let mut raw = read_back(&copies[0]);
    assert_eq!(raw.sheet_names[0], "Nhận xét");
    let Content::Submission(again) = received(&raw).content else { panic!("no submission") };
    let before = first.sent_by(&UnitCode("794".into())).unwrap();
    assert_eq!(again.sent.len(), before.sent.len());
    for (field, sent) in &before.sent {
        assert_eq!(again.sent[field].content(), sent.content(), "{field}");
    }
    let (_, same, _) = judged(vec![received(&raw)]);
    let grave = |findings: &[Finding]| -> Vec<FindingCode> {
        findings.iter().filter(|f| f.severity >= Severity::Warning).map(|f| f.code).collect()
    };
    assert_eq!(grave(&same), grave(&found), "the same is said of it again");

    let form = form();
    for (field, figure) in [("nltt.dat", 600.0), ("kns.dat", 600.0)] {
        let field = form.field(&id(field)).unwrap();
        let sheet = raw.sheets.iter_mut().find(|sheet| sheet.name == field.sheet).unwrap();
        sheet.cells.get_mut(&field.cell).unwrap().value = RawValue::Number(figure);
    }
    let clean = codes(&judged(vec![received(&base::filled(&form))]).1).len();
    let (_, left, copies) = judged(vec![received(&raw)]);
    assert_eq!(left.len(), clean, "{left:#?}");
    assert_eq!(copies.len(), clean.min(1));
}

#[test]
fn a_file_that_cannot_be_read_gets_a_letter() {
    let unreadable = intake::read(b"%PDF-1.7 not a workbook", &PLAN.tabs()).unwrap_err();
    let letters = |path: &str| {
        let finding = unreadable.finding(path);
        let content = Content::Rejected { unit: None, filled: 0, code: finding.code };
        Received {
            file: InputFile { path: path.into(), sha256: path.into() },
            findings: vec![finding],
            content,
        }
    };
    let (_, _, copies) = judged(vec![letters("a/bao cao.pdf"), letters("b/bao cao.xlsx")]);
    let names: Vec<&str> = copies.iter().map(|copy| copy.path.as_str()).collect();
    assert_eq!(names, ["phan-hoi/khong-ro-don-vi-bao cao.xlsx", "phan-hoi/khong-ro-don-vi-bao cao-2.xlsx"]);
    if let Ok(folder) = std::env::var("XHHT_KEEP_COPIES") {
        std::fs::write(std::path::Path::new(&folder).join("letter.xlsx"), &copies[0].bytes).unwrap();
    }
    assert_eq!(read_back(&copies[0]).sheet_names, ["Thư phản hồi"]);
}

#[test]
fn a_waived_rule_keeps_nothing_out_and_another_ones_does() {
    let sent = with(&[("nltt.dat", RawValue::Number(1001.0))]);
    let figure = |waivers: &str| {
        let file = SourceFile { name: "mien-tru.toml".into(), text: waivers.into() };
        let decisions = Decisions::read(&PLAN, Some(&file), None).unwrap();
        let checked =
            check_decided(&PLAN, YEAR, day(), &Previous::new(), vec![received(&sent)], &decisions).unwrap();
        checked.value.submission_of(&UnitCode("794".into())).unwrap().number(&id("nltt.dat"))
    };
    let waiver = |field: &str| {
        format!(
            "[[waiver]]\ncode = \"R001\"\nunit = \"794\"\nfield = \"{field}\"\nreason = \"a\"\napprover = \"b\"\nuntil = \"2025-01-01\"\n"
        )
    };
    assert_eq!(figure(&waiver("nltt.dat")), Some(1001.into()));
    assert_eq!(figure(&waiver("kns.dat")), None);
    assert_eq!(figure(""), None);
}

#[test]
fn a_waiver_of_a_code_that_nobody_has_is_a_mistake() {
    let text = "[[waiver]]\ncode = \"R999\"\nreason = \"a\"\napprover = \"b\"\nuntil = \"2025-01-01\"\n";
    let file = SourceFile { name: "mien-tru.toml".into(), text: text.into() };
    let told = Decisions::read(&PLAN, Some(&file), None).unwrap_err().to_string();
    assert!(told.contains("R999"), "{told}");
}
