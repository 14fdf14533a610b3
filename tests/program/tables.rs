//! `consolidate --tables`: where the tables stand, and where they may not.

#![allow(clippy::unwrap_used)] // a test stops where it fails

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A working folder with two of the samples in its inbox of 2024, and nothing yet in that of 2023.
fn working_folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let inbox = |year: &str| folder.path().join("hop-thu").join(year);
    fs::create_dir_all(inbox("2023")).unwrap();
    fs::create_dir_all(inbox("2024")).unwrap();
    for name in ["794-Thành phố Tân An.xlsx", "799-Huyện Tân Thạnh.xlsx"] {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024").join(name);
        fs::copy(sample, inbox("2024").join(name)).unwrap();
    }
    folder
}

fn consolidate(folder: &Path, year: &str, inbox: &str, out: &str, tables: &str) -> (Option<i32>, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_xhht"))
        .current_dir(folder)
        .args(["consolidate", inbox, "--year", year, "--as-of", &format!("{year}-12-16"), "--out", out])
        .args(["--without", "pdf", "--without", "word", "--without", "returns", "--tables", tables])
        .output()
        .unwrap();
    let said = [run.stdout, run.stderr].concat();
    (run.status.code(), String::from_utf8(said).unwrap())
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn each_year_has_its_folder_and_the_others_stay() {
    let folder = working_folder();
    let folder = folder.path();
    for year in ["2023", "2024", "2023"] {
        let out = format!("ket-qua/{year}");
        let (code, said) = consolidate(folder, year, &format!("hop-thu/{year}"), &out, "bang");
        assert!(matches!(code, Some(0 | 1)), "{said}");
        assert!(said.contains(&format!("year={year}")) && said.contains("datapackage.json"), "{said}");
    }
    let years = files_in(&folder.join("bang/plan=long-an-2021-2030"));
    assert_eq!(years.len(), 2, "{years:?}");
    for year in years {
        assert_eq!(files_in(&year).len(), 21, "ten tables twice, and what tells of them");
        let values = fs::read_to_string(year.join("values.csv")).unwrap();
        let of_year = year.to_str().unwrap().rsplit_once('=').unwrap().1;
        assert!(
            values.lines().skip(1).all(|line| line.starts_with(&format!("long-an-2021-2030,{of_year},79")))
        );
        assert!(values.lines().count() > 50 || of_year == "2023", "{}", year.display());
    }
}

#[test]
fn tables_are_not_written_where_they_would_be_read() {
    let folder = working_folder();
    let folder = folder.path();
    for (inbox, tables) in
        [("hop-thu/2024", "hop-thu/2024"), ("hop-thu/2024", "hop-thu/2024/bang"), (".", "bang")]
    {
        let (code, said) = consolidate(folder, "2024", inbox, "ket-qua", tables);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("nằm trong thư mục bài nộp") && said.contains("--tables"), "{said}");
        assert!(!folder.join("ket-qua").exists(), "nothing was written before it was asked for");
    }
    // Among the results they may stand, though these lie in what is read: what is there is set apart.
    for _ in 0..2 {
        let (code, said) =
            consolidate(folder, "2024", "hop-thu/2024", "hop-thu/2024/ket-qua", "hop-thu/2024/ket-qua/bang");
        assert!(matches!(code, Some(0 | 1)), "{said}");
        assert!(!said.contains("units.csv"), "{said}");
    }
    // A record is sealed.
    fs::create_dir_all(folder.join("ho-so/2024/lan-1")).unwrap();
    fs::write(folder.join("ho-so/2024/lan-1/ho-so.toml"), "").unwrap();
    let (code, said) = consolidate(folder, "2024", "hop-thu/2024", "ket-qua", "ho-so/2024/lan-1/bang");
    assert!(code == Some(2) && said.contains("hồ sơ đã chốt"), "{said}");
}

#[test]
fn what_the_secretariat_decided_is_among_them() {
    let folder = working_folder();
    let folder = folder.path();
    let table = |name: &str| {
        let year = folder.join("bang/plan=long-an-2021-2030/year=2024");
        fs::read_to_string(year.join(name)).unwrap()
    };
    let (_, said) = consolidate(folder, "2024", "hop-thu/2024", "ket-qua", "bang");
    let values = table("values.csv");
    // A whole number of the first unit: plan, year, unit, field, number.
    let is_count = |row: &&str| {
        row.contains(",794,") && row.split(',').nth(4).is_some_and(|number| number.parse::<u32>().is_ok())
    };
    let row = values.lines().find(is_count);
    let row = row.unwrap_or_else(|| panic!("{said}{values}"));
    let [_, _, unit, field, number, ..] = row.split(',').collect::<Vec<_>>()[..] else { panic!("{row}") };
    let new = number.parse::<u32>().unwrap() + 1;
    let correction = format!(
        "[[correction]]\nunit = \"{unit}\"\nfield = \"{field}\"\nold = \"{number}\"\nnew = \"{new}\"\nreason = \"Đơn vị báo lại, \\\"gõ nhầm\\\"\"\nwho = \"Phòng A\"\ndate = \"2024-12-12\"\n"
    );
    fs::write(folder.join("hop-thu/2024/dinh-chinh.toml"), correction).unwrap();
    let (code, said) = consolidate(folder, "2024", "hop-thu/2024", "ket-qua", "bang");
    assert!(matches!(code, Some(0 | 1)), "{said}");
    let decisions = table("decisions.csv");
    let expected = format!(
        "long-an-2021-2030,2024,1,correction,{unit},{field},,,{number},{new},\"Đơn vị báo lại, \"\"gõ nhầm\"\"\",Phòng A,2024-12-12,"
    );
    assert_eq!(decisions.lines().nth(1), Some(expected.as_str()), "{decisions}{said}");
    let corrected = format!(",{unit},{field},{new},");
    assert!(table("values.csv").lines().any(|row| row.contains(&corrected)), "{corrected}");
}
