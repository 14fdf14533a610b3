//! What other programs make of a template, and whether the intake still reads the same figures out of it.
//!
//! Needs LibreOffice and a Python with openpyxl (`XHHT_PYTHON`, else `target/test-tools/bin/python`, else `python3`);
//! without them the trials say “ignored”, unless `CI` is set: there they fail.

#![allow(clippy::unwrap_used)] // a test without #[test]: clippy does not see that it is one

use chrono::NaiveDate;
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};
use std::process::Command;
use xhht::domain::CellAddress;
use xhht::intake::raw::{FileFormat, RawSubmission, RawValue};
use xhht::intake::read;

const FORM: &str = "Phụ lục 1.a";

/// Files of `make_samples.py`, their formats, and whether formulas have values in them.
const FILES: &[(&str, FileFormat, bool)] = &[
    ("openpyxl.xlsx", FileFormat::Xlsx, false),
    ("openpyxl-1904.xlsx", FileFormat::Xlsx, false),
    ("lo.xlsx", FileFormat::Xlsx, true),
    ("lo.xls", FileFormat::Xls, true),
    ("lo.ods", FileFormat::Ods, true),
    ("lo-1904.xls", FileFormat::Xls, true),
    ("lo-1904.ods", FileFormat::Ods, true),
    ("gnumeric.xlsx", FileFormat::Xlsx, true),
    ("gnumeric.xls", FileFormat::Xls, true),
    ("gnumeric.ods", FileFormat::Ods, true),
];

fn main() {
    let arguments = Arguments::from_args();
    // `cargo test -- --list` must not start an office program.
    let samples = if arguments.list { Err("only listed".to_owned()) } else { make_samples() };
    let must_run = std::env::var_os("CI").is_some();
    let trials = FILES
        .iter()
        .map(|(name, format, calculated)| {
            let path = samples.as_ref().map(|folder| folder.path().join(name)).map_err(Clone::clone);
            let absent = !path.as_ref().is_ok_and(|path| path.exists());
            let trial = Trial::test(format!("reads_{}", name.replace(['.', '-'], "_")), move || {
                let path = path.map_err(Failed::from)?;
                let bytes =
                    std::fs::read(&path).map_err(|e| Failed::from(format!("{}: {e}", path.display())))?;
                check(&bytes, *format, *calculated);
                cut_short(&bytes, *calculated);
                corrupted(&bytes);
                Ok(())
            });
            trial.with_ignored_flag(absent && !must_run)
        })
        .collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    drop(samples);
    conclusion.exit()
}

fn make_samples() -> Result<tempfile::TempDir, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = root.join("target/test-tools/bin/python");
    let python = std::env::var_os("XHHT_PYTHON")
        .map(PathBuf::from)
        .unwrap_or_else(|| if own.exists() { own } else { PathBuf::from("python3") });
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let output = Command::new(python)
        .arg(root.join("tests/tools/make_samples.py"))
        .arg(folder.path())
        .output()
        .map_err(|e| e.to_string())?;
    if output.status.success() {
        Ok(folder)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn value<'a>(raw: &'a RawSubmission, address: &str) -> Option<&'a RawValue> {
    raw.sheet(FORM)?.cells.get(&CellAddress::parse(address)?).map(|cell| &cell.value)
}

fn check(bytes: &[u8], format: FileFormat, calculated: bool) {
    let raw = read(bytes, &[]).unwrap();
    assert_eq!(raw.format, format);
    assert_eq!(raw.sheet_names, [FORM, "Hướng dẫn", "_xhht"]);
    assert_eq!(raw.skipped, []);
    assert_eq!(raw.identity.plan.as_deref(), Some("long-an-2021-2030"));
    assert_eq!(raw.identity.plan_version.as_deref(), Some("1.0"));
    assert_eq!((raw.identity.year.as_deref(), raw.identity.unit.as_deref()), (Some("2024"), Some("794")));
    let mut named: Vec<String> =
        raw.named.iter().map(|p| format!("{} {} {}", p.field, p.sheet, p.cell)).collect();
    named.sort();
    assert_eq!(named, ["nltt.dat Phụ lục 1.a D8", "nltt.tong Phụ lục 1.a D7"]);
    assert_eq!(raw.table.len(), 2);
    assert!(raw.modified.is_some());

    let text = |text: &str| Some(RawValue::Text(text.to_owned()));
    assert_eq!(value(&raw, "A1").cloned(), text("Biểu số 1: người học"));
    assert_eq!(value(&raw, "D7"), Some(&RawValue::Number(1234.0)));
    assert_eq!(value(&raw, "D8").cloned(), text("1.234"));
    assert_eq!(value(&raw, "D9"), Some(&RawValue::Number(0.8512)));
    let Some(RawValue::Date { when, .. }) = value(&raw, "D10") else {
        panic!("D10: {:?}", value(&raw, "D10"))
    };
    assert_eq!(*when, NaiveDate::from_ymd_opt(2024, 12, 5));
    assert_eq!(value(&raw, "D11"), Some(&RawValue::Bool(true)));
    assert_eq!(value(&raw, "D16").cloned(), text("85%"));
    assert_eq!(value(&raw, "D17"), Some(&RawValue::Number(12.5)));
    assert_eq!(value(&raw, "F300").cloned(), text("xa bên dưới"));
    let formulas = ["D12", "D13", "D14", "D15"].map(|address| value(&raw, address).cloned());
    if calculated {
        let error = Some(RawValue::Error("#DIV/0!".to_owned()));
        assert_eq!(formulas, [Some(RawValue::Number(2468.0)), error, text("xy"), None]);
    } else {
        assert_eq!(formulas, [const { Some(RawValue::NotCalculated) }; 4]);
    }
    // Nobody typed a formula where TRUE was typed.
    let formula =
        |address| raw.sheet(FORM).unwrap().cells[&CellAddress::parse(address).unwrap()].formula.as_deref();
    assert_eq!(formula("D11"), None);
    assert!(formula("D12").unwrap().contains("D7"));
}

/// A file that lost its end in the mail is a finding, never a panic or a part of the figures passed off as all.
fn cut_short(bytes: &[u8], calculated: bool) {
    for cut in [bytes.len() / 10, bytes.len() / 2, bytes.len() - 2000, bytes.len() - 600, bytes.len() - 1] {
        match read(&bytes[..cut], &[]) {
            Err(unreadable) => assert_eq!(unreadable.code, "F003", "cut at {cut}"),
            // Behind the workbook an .xls may hold things of no concern here.
            Ok(_) => {
                assert!(bytes.starts_with(&[0xD0, 0xCF]), "cut at {cut} passed for whole");
                check(&bytes[..cut], FileFormat::Xls, calculated);
            }
        }
    }
}

/// Bytes changed at random, by a fixed row of numbers: a value or a finding, never a panic, a hang or no memory.
fn corrupted(bytes: &[u8]) {
    let mut state = 0x2024_1205_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..300 {
        let mut bytes = bytes.to_vec();
        for _ in 0..=next(8) {
            let at = next(bytes.len());
            bytes[at] = next(256) as u8;
        }
        if let Err(unreadable) = read(&bytes, &[]) {
            assert!(unreadable.code.starts_with('F') && !unreadable.cause.is_empty());
        }
    }
}
