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
