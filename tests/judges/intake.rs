//! What other programs make of a template, and whether the intake still reads the same figures out of it.

use super::office::{Format, saved_by_libreoffice};
use super::tools::{Tool, fresh_folder, run, said, script, trial};
use chrono::NaiveDate;
use libtest_mimic::Trial;
use std::path::PathBuf;
use std::sync::OnceLock;
use xhht::domain::CellAddress;
use xhht::finding::{Class, Code};
use xhht::intake::raw::{FileFormat, RawSubmission, RawValue};
use xhht::intake::read;

const FORM: &str = "Phụ lục 1.a";

/// The files of `samples`, their formats, and whether formulas have values in them.
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

/// What gnumeric calls the formats, and the files it writes.
const GNUMERIC: [(&str, &str); 3] = [
    ("Gnumeric_Excel:xlsx", "gnumeric.xlsx"),
    ("Gnumeric_Excel:excel_biff8", "gnumeric.xls"),
    ("Gnumeric_OpenCalc:odf", "gnumeric.ods"),
];

pub fn trials() -> Vec<Trial> {
    let one = |(name, format, calculated): &(&'static str, FileFormat, bool)| {
        let (name, format, calculated) = (*name, *format, *calculated);
        // They are made together, so all need LibreOffice.
        let needs: &[Tool] = if name.starts_with("gnumeric") {
            &[Tool::Openpyxl, Tool::LibreOffice, Tool::Gnumeric]
        } else {
            &[Tool::Openpyxl, Tool::LibreOffice]
        };
        trial(format!("intake_reads_{}", name.replace(['.', '-'], "_")), needs, move || {
            let bytes = std::fs::read(samples().join(name)).unwrap();
            check(&bytes, format, calculated);
            cut_short(&bytes, calculated);
            corrupted(&bytes);
        })
    };
    FILES.iter().map(one).collect()
}

fn samples() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = fresh_folder("samples");
        let output = script("make_samples.py", [&folder]);
        assert!(output.status.success(), "{}", said(&output));
        let (plain, mac) = (folder.join("openpyxl.xlsx"), folder.join("openpyxl-1904.xlsx"));
        for (format, sources) in [
            (Format::Xlsx, vec![plain.clone()]),
            (Format::Xls, vec![plain.clone(), mac.clone()]),
            (Format::Ods, vec![plain.clone(), mac]),
        ] {
            for saved in std::fs::read_dir(saved_by_libreoffice(format, &sources)).unwrap() {
                let saved = saved.unwrap();
                let name = saved.file_name().into_string().unwrap().replace("openpyxl", "lo");
                std::fs::rename(saved.path(), folder.join(name)).unwrap();
            }
        }
        if Tool::Gnumeric.is_there() {
            for (exporter, name) in GNUMERIC {
                let copy = folder.join(name).into_os_string();
                run(
                    "ssconvert",
                    ["--recalc".into(), "-T".into(), exporter.into(), plain.clone().into(), copy],
                );
            }
        }
        folder
    })
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
            Err(unreadable) => assert_eq!(unreadable.code, Code::F003, "cut at {cut}"),
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
            assert!(unreadable.code.class() == Class::File && !unreadable.cause.is_empty());
        }
    }
}
