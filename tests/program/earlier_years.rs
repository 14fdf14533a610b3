//! What is known of earlier years is the same whichever way it was kept.
#![allow(clippy::unwrap_used)] // a test stops where it fails

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Runs the program; `{}` stands for the paths in turn. What it says comes back with its exit code.
fn typed(line: &str, paths: &[&Path]) -> (i32, String) {
    let mut paths = paths.iter();
    let words = line.split(' ').map(|word| match word {
        "{}" => paths.next().unwrap().as_os_str().to_owned(),
        word => word.into(),
    });
    let output = Command::new(env!("CARGO_BIN_EXE_xhht")).args(words).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

fn december() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024")
}

fn consolidated() -> TempDir {
    let out = tempfile::tempdir().unwrap();
    let run = "consolidate {} --year 2024 --as-of 2024-12-16 --without pdf --out {}";
    assert_eq!(typed(run, &[&december(), out.path()]).0, 1);
    out
}

/// The one template of a department with the figures of 2024 beside its cells.
fn template_with(previous: &Path) -> Result<Vec<u8>, String> {
    let out = tempfile::tempdir().unwrap();
    let run = "template --year 2025 --unit SGDDT --previous {} --out {}";
    let (code, said) = typed(run, &[previous, out.path()]);
    if code != 0 {
        return Err(said);
    }
    Ok(fs::read(out.path().join("SGDDT-Sở Giáo dục và Đào tạo.xlsx")).unwrap())
}

#[test]
fn a_result_folder_its_json_and_what_was_sent_prefill_alike() {
    let results = consolidated();
    let json = results.path().join("ket-qua-xhht-2024.json");
    let of_folder = template_with(results.path()).unwrap();
    assert!(of_folder == template_with(&json).unwrap(), "the folder's JSON speaks for the folder");
    assert!(of_folder == template_with(&december()).unwrap(), "what was sent says what became the result");
    // Named otherwise it is the same file.
    let copy = results.path().join("nam-ngoai.json");
    fs::copy(&json, &copy).unwrap();
    assert!(of_folder == template_with(&copy).unwrap());
    let workbook = results.path().join("tong-hop-xhht-2024.xlsx");
    assert!(of_folder == template_with(&workbook).unwrap(), "so does the folder's workbook");
    // Return copies are what was sent back, not what was reported, edited or not.
    let copies = results.path().join("phan-hoi");
    let some = fs::read_dir(&copies).unwrap().map(|entry| entry.unwrap().path());
    let some = some.filter(|path| path.extension().is_some_and(|ending| ending == "xlsx")).min().unwrap();
    let spoilt = [fs::read(&some).unwrap(), b" ".to_vec()].concat();
    fs::write(&some, spoilt).unwrap();
    let said = template_with(&copies).unwrap_err();
    assert!(said.contains("năm 2024"), "{said}");
    fs::remove_file(&json).unwrap();
    fs::remove_file(&copy).unwrap();
    fs::remove_file(results.path().join("tong-hop-xhht-2024.xlsx")).unwrap();
    assert!(template_with(results.path()).is_err(), "only return copies are left");
}

#[test]
fn blank_templates_are_no_figures_of_last_year() {
    let blank = tempfile::tempdir().unwrap();
    let run = "template --year 2024 --unit SGDDT --out {}";
    assert_eq!(typed(run, &[blank.path()]).0, 0);
    let said = template_with(blank.path()).unwrap_err();
    assert!(said.contains("Không đọc được báo cáo hay kết quả năm 2024"), "{said}");
}

#[test]
fn what_was_kept_out_is_no_value_of_the_result() {
    let results = consolidated();
    let text = fs::read_to_string(results.path().join("ket-qua-xhht-2024.json")).unwrap();
    let result: Value = serde_json::from_str(&text).unwrap();
    let unit = |code: &str| {
        let units = result["units"].as_array().unwrap();
        units.iter().find(|unit| unit["code"] == code).unwrap()["values"].clone()
    };
    // Thạnh Hóa: of 2.2 more reached it than there are.
    assert!(unit("800").get("kns.dat").is_none() && unit("800").get("nltt.dat").is_some());
    assert_eq!(unit("801"), serde_json::json!({}), "Đức Huệ has sent nothing");
    let money = &unit("794")["kp_huyen.thuc_hien"];
    assert_eq!(money["unit"], "triệu đồng", "{money}");
    assert_eq!(unit("794")["xmc_md2.dat"], serde_json::json!({ "choice": "yes", "text": "Đạt" }));
    assert_eq!(
        unit("806")["cong_dan.dat"]["status"].as_str(),
        unit("806")["cong_dan.tong"]["status"].as_str()
    );
}

/// The figures of 2024 as if they had been those of 2023: the rules that compare are asked, and one that finds nothing
/// changed speaks; nobody has to name the year twice.
#[test]
fn history_alone_feeds_the_rules_that_compare() {
    let results = consolidated();
    let path = results.path().join("ket-qua-xhht-2024.json");
    let mut result: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    result["year"] = 2023.into();
    let past = tempfile::tempdir().unwrap();
    let kept = past.path().join("ket-qua-xhht-2023.json");
    fs::write(&kept, result.to_string()).unwrap();
    let told = |history: &Path| {
        let out = tempfile::tempdir().unwrap();
        let run = "consolidate {} --year 2024 --as-of 2024-12-16 --without pdf --without returns --format json --history {} --out {}";
        typed(run, &[&december(), history, out.path()]).1
    };
    let of_folder = told(past.path());
    assert!(of_folder.contains("\"code\":\"T015\""), "{of_folder}");
    // It is asked about, and its figures are used meanwhile.
    let asked = of_folder.lines().filter(|line| line.contains("\"T015\"")).collect::<String>();
    let used = "Vẫn dùng số liệu trong khi chờ giải trình.";
    assert!(asked.contains("\"severity\":\"confirm\"") && asked.contains(used), "{asked}");
    let (_, explained) = typed("explain T015", &[]);
    assert!(explained.contains(used), "{explained}");
    assert_eq!(of_folder, told(&kept), "a folder of results and its JSON are the same history");
    let (_, said) = typed("check {} --year 2024 --format json --history {}", &[&december(), &kept]);
    assert!(said.contains("\"code\":\"T015\""), "{said}");
    let (_, said) = typed("check {} --year 2024", &[&december()]);
    assert_eq!(said.matches("Chưa so với năm 2023").count(), 1, "said once: {said}");
}

/// A run that was cut off while its results took their places had the new ones beside the old: they are put in their places
/// first, and the history is theirs.
#[test]
fn a_history_left_amid_a_swap_is_finished_before_it_is_read() {
    let results = consolidated();
    let path = results.path().join("ket-qua-xhht-2024.json");
    let mut result: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    result["year"] = 2023.into();
    let new = result.to_string();
    // Before, nobody had reported anything that could be last year's.
    for unit in result["units"].as_array_mut().unwrap() {
        unit["values"] = Value::Object(Default::default());
    }
    let past = tempfile::tempdir().unwrap();
    let [kept, beside, journal] = ["ket-qua-xhht-2023.json", ".xhht-moi.tmp", "DANG-THAY-KET-QUA.txt"]
        .map(|name| past.path().join(name));
    fs::write(&kept, result.to_string()).unwrap();
    fs::write(&beside, &new).unwrap();
    let steps = r#"{"put":[[".xhht-moi.tmp","ket-qua-xhht-2023.json"]],"take_away":[]}"#;
    fs::write(&journal, format!("Đang thay.\n\n{steps}\n")).unwrap();
    let (_, said) = typed("check {} --year 2024 --format json --history {}", &[&december(), past.path()]);
    assert!(said.contains("\"code\":\"T015\""), "{said}");
    assert!(!said.contains("bị ngắt"), "{said}");
    assert_eq!(fs::read_to_string(&kept).unwrap(), new);
    assert!(!journal.exists() && !beside.exists());
}
