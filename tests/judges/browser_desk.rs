//! The secretariat's page in a real browser: what it writes is byte by byte what the program writes from the same working
//! folder, decisions taken there are the program's, and what cannot be done is told.

#![allow(clippy::print_stdout)] // how large and how quick, for whoever asks

use super::browser::{NEEDS, NEEDS_EDITS, played, text, xhht};
use super::generated_province::made::{Wish, province};
use super::generated_province::{country, workbook};
use super::season::Season;
use super::tools::{fresh_folder, in_repository, said, trial};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use zip::ZipArchive;

pub fn trials() -> Vec<Trial> {
    vec![
        trial("browser_desk_writes_what_the_program_writes", NEEDS, writes_what_the_program_writes),
        trial("browser_desk_of_generated_provinces", NEEDS, of_generated_provinces),
        trial("browser_desk_decisions_are_the_programs", NEEDS, decisions_are_the_programs),
        trial("browser_desk_takes_the_seasons_workbook", NEEDS_EDITS, takes_the_seasons_workbook),
        trial("browser_desk_outlives_what_it_is_given", NEEDS, outlives_what_it_is_given),
        trial("browser_desk_can_be_used_by_everybody", NEEDS, can_be_used_by_everybody),
    ]
}

/// A working folder as `init` makes it.
fn working_folder() -> PathBuf {
    let folder = fresh_folder("lam-viec").join("xhht");
    let output = xhht(&["init", text(&folder)]);
    assert!(output.status.success(), "{}", said(&output));
    folder
}

fn page_of(folder: &Path) -> String {
    text(&folder.join("xhht.html")).to_owned()
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let place = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(place).unwrap();
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

/// The files of a folder or of a zip by their paths.
type Files = BTreeMap<String, Vec<u8>>;

fn in_zip(path: &Path) -> Files {
    let mut zip = ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut files = Files::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().unwrap().into_owned(), bytes);
    }
    files
}

fn in_folder(folder: &Path) -> Files {
    let files =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    files
        .map(|file| {
            let path = text(file.path().strip_prefix(folder).unwrap()).to_owned();
            (path, fs::read(file.path()).unwrap())
        })
        .collect()
}

#[track_caller]
fn same(page: &Files, program: &Files, what: &str) {
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(page), names(program), "{what}");
    for (name, bytes) in program {
        assert!(page[name] == *bytes, "{what}: {name} differs");
    }
}

/// Consolidates a working folder in the browser and by the program, once the page has seen it; both sets of files.
fn both(folder: &Path, year: i32, day: &str, more: &[&str]) -> (Value, Files, Files) {
    let zip = fresh_folder("tai-ve").join("ket-qua.zip");
    let signed = more.iter().skip_while(|option| **option != "--letter-date").nth(1);
    let step = json!({ "year": year, "day": day, "folder": folder, "signed": signed, "zip": zip });
    let seen = played(json!({ "page": page_of(folder), "desk": true, "steps": [step] }));
    let (inbox, out) = (folder.join("hop-thu"), folder.join("ket-qua").join(year.to_string()));
    let plan = folder.join("ke-hoach/plan.toml");
    let year = year.to_string();
    let mut line = vec!["consolidate", text(&inbox), "--plan", text(&plan), "--year", &year, "--as-of", day];
    line.extend(["--out", text(&out), "--quiet"]);
    line.extend(more);
    let output = xhht(&line);
    assert_ne!(output.status.code(), Some(2), "{}", said(&output));
    (seen, in_zip(&zip), in_folder(&out))
}

/// The samples, first by themselves, then with the year before as history: workbook, PDFs, return copies, JSON.
fn writes_what_the_program_writes() {
    let folder = working_folder();
    copy(&in_repository("samples/2024"), &folder.join("hop-thu"));
    let (seen, page, program) = both(&folder, 2024, "2024-12-10", &[]);
    same(&page, &program, "2024 alone");
    let step = &seen["steps"][0];
    assert_eq!(step["units"].as_array().unwrap().len(), 35);
    assert!(step["next"].as_str().unwrap().starts_with("28/35 đơn vị đã có báo cáo dùng được"), "{step}");
    let result: Value = serde_json::from_slice(&program["ket-qua-xhht-2024.json"]).unwrap();
    let told: Vec<&str> =
        step["indicators"].as_array().unwrap().iter().map(|row| row[0].as_str().unwrap()).collect();
    let known: Vec<&str> =
        result["indicators"].as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap()).collect();
    assert_eq!(told, known);
    println!("35 units: read and told in {} ms with results", step["milliseconds"]);

    fs::remove_dir_all(folder.join("ket-qua")).unwrap();
    copy(&in_repository("samples/2023"), &folder.join("ket-qua/2023"));
    let history = folder.join("ket-qua");
    let (seen, page, program) =
        both(&folder, 2024, "2024-12-16", &["--history", text(&history), "--letter-date", "2024-12-17"]);
    let notes = seen["steps"][0]["notes"].to_string();
    assert!(notes.contains("Dùng kết quả năm 2023"), "{notes}");
    same(&page, &program, "2024 after 2023");
}

/// Provinces nobody thought of: six where there is time for it.
fn of_generated_provinces() {
    let many = if std::env::var_os("CI").is_some() { 6 } else { 2 };
    for seed in 0..many {
        let folder = working_folder();
        let plan = folder.join("ke-hoach");
        let wish = Wish { year: 2024, units: 4 + seed as usize % 7, seed, mess: 60 };
        let sources = country::sources(wish.units, wish.year, wish.seed);
        for file in std::iter::once(&sources.main).chain(&sources.others) {
            fs::write(plan.join(&file.name), &file.text).unwrap();
        }
        let made = province(wish, false);
        for (form, sent) in made.forms.iter().zip(&made.sent) {
            for (name, bytes) in workbook::files(&made.plan, form, sent) {
                let place = folder.join("hop-thu").join(name);
                fs::create_dir_all(place.parent().unwrap()).unwrap();
                fs::write(place, bytes).unwrap();
            }
        }
        let (_, page, program) = both(&folder, 2024, "2024-12-16", &[]);
        same(&page, &program, &format!("seed {seed}"));
    }
}

/// What is decided on the page is kept in the program's own file: beside the inbox it gives the same results.
fn decisions_are_the_programs() {
    let folder = working_folder();
    copy(&in_repository("samples/2024"), &folder.join("hop-thu"));
    let place = fresh_folder("quyet-dinh");
    let (kept, zip) = (folder.join("theo-doi-xhht-2024.toml"), place.join("ket-qua.zip"));
    let decide = json!({
        "code": "804", "new": "12000", "reason": "Đơn vị gửi công văn đính chính", "approver": "Trưởng phòng",
    });
    let seen = played(json!({ "page": page_of(&folder), "desk": true, "steps": [
        { "year": 2024, "day": "2024-12-16", "folder": folder },
        { "decide": decide, "decisions": kept, "zip": zip },
    ] }));
    let stage = |step: usize| {
        let units = seen["steps"][step]["units"].as_array().unwrap().iter();
        units.clone().find(|unit| unit["code"] == "804").unwrap()["stage"].clone()
    };
    assert_eq!((stage(0), stage(1)), ("Còn lỗi phải sửa".into(), "Xong".into()));
    assert!(seen["steps"][1]["decided"].to_string().contains("Giá trị mới 12000"));
    let (inbox, out) = (folder.join("hop-thu"), folder.join("ket-qua/2024"));
    let plan = folder.join("ke-hoach/plan.toml");
    let output = xhht(&[
        "consolidate",
        text(&inbox),
        "--plan",
        text(&plan),
        "--year",
        "2024",
        "--as-of",
        "2024-12-16",
        "--out",
        text(&out),
        "--quiet",
    ]);
    assert_ne!(output.status.code(), Some(2), "{}", said(&output));
    same(&in_zip(&zip), &in_folder(&out), "decided");

    // Taken up again, and taken back; what lacks a reason is no decision.
    let seen = played(json!({ "page": page_of(&folder), "desk": true, "steps": [
        { "year": 2024, "day": "2024-12-16", "folder": folder },
        { "withdraw": true },
    ] }));
    assert!(seen["steps"][0]["notes"].to_string().contains("Dùng quyết định trong theo-doi-xhht-2024.toml"));
    let of_804 = |step: usize| {
        let units = seen["steps"][step]["units"].as_array().unwrap().iter();
        units.clone().find(|unit| unit["code"] == "804").unwrap()["stage"].clone()
    };
    assert_eq!((of_804(0), of_804(1)), ("Xong".into(), "Còn lỗi phải sửa".into()));
}

/// What is typed in the season's workbook holds on the page as it does for the program.
fn takes_the_seasons_workbook() {
    let folder = working_folder();
    copy(&in_repository("samples/2024"), &folder.join("hop-thu"));
    let (inbox, plan) = (folder.join("hop-thu"), folder.join("ke-hoach/plan.toml"));
    let tracked = ["track", text(&inbox), "--plan", text(&plan), "--year", "2024", "--as-of", "2024-12-10"];
    let output = xhht(&tracked);
    assert_ne!(output.status.code(), Some(2), "{}", said(&output));
    let season = Season::in_folder(folder.parent().unwrap());
    let open = season.rows("Cần xử lý");
    let asked = |unit: &str, code: &str| {
        open.iter().find(|row| row.says("Mã đơn vị", unit) && row.says("Mã", code)).unwrap()
    };
    let whole =
        [("Giá trị mới", json!(15)), ("Lý do", json!("hỏi qua điện thoại")), ("Người duyệt", json!("A"))];
    let unfinished = [("Chấp nhận", json!("Có")), ("Người duyệt", json!("A"))];
    season.type_in("Cần xử lý", &[(asked("797", "C011"), &whole), (asked("807", "R002"), &unfinished)]);
    let (seen, page, program) = both(&folder, 2024, "2024-12-16", &[]);
    same(&page, &program, "typed in the workbook");
    let step = &seen["steps"][0];
    let notes = step["notes"].to_string();
    let told =
        "Đã đọc sổ theo dõi theo-doi-xhht-2024.xlsx: 1 quyết định mới hoặc đã sửa; 1 dòng chưa dùng được";
    assert!(notes.contains(told), "{notes}");
    let decided = step["decided"].to_string();
    assert!(decided.contains("Giá trị mới 15") && decided.contains("Vì thiếu Lý do"), "{decided}");

    // Nobody can tell what was typed in a workbook that is broken.
    fs::write(folder.join("theo-doi-xhht-2024.xlsx"), b"PK no more").unwrap();
    let steps = json!([{ "year": 2024, "day": "2024-12-16", "folder": folder }]);
    let seen = played(json!({ "page": page_of(&folder), "desk": true, "steps": steps }));
    let status = seen["steps"][0]["status"].as_str().unwrap();
    assert!(status.starts_with("Không đọc được sổ theo dõi “theo-doi-xhht-2024.xlsx”"), "{status}");
}

/// Hostile files among good ones, another plan, another year, a plan with mistakes, a stop in the middle.
fn outlives_what_it_is_given() {
    let folder = working_folder();
    let inbox = folder.join("hop-thu");
    copy(&in_repository("samples/2024"), &inbox);
    for (name, bytes, _) in super::hostile::hostile() {
        fs::write(inbox.join(name), bytes).unwrap();
    }
    let seen = played(json!({ "page": page_of(&folder), "desk": true, "steps": [
        { "year": 2024, "day": "2024-12-10", "folder": folder },
        { "plan": "dong-thap", "year": 2025 },
        { "folder": folder, "stop": true },
    ] }));
    let (first, other, stopped) = (&seen["steps"][0], &seen["steps"][1], &seen["steps"][2]);
    assert!(first["next"].as_str().unwrap().starts_with("28/35"), "{first}");
    assert!(other["plan"].as_str().unwrap().contains("Đồng Tháp"), "{other}");
    // The folder's own plan is taken up again; a stop leaves what was read until then.
    assert!(stopped["status"].as_str().unwrap().starts_with("Đã dừng"), "{stopped}");

    fs::write(folder.join("ke-hoach/plan.toml"), "id = 1\n").unwrap();
    let seen = played(json!({ "page": page_of(&folder), "desk": true, "steps": [{ "folder": folder }] }));
    let status = seen["steps"][0]["status"].as_str().unwrap();
    assert!(status.contains("Tệp kế hoạch có") && status.contains("plan.toml"), "{status}");
}

fn can_be_used_by_everybody() {
    let folder = working_folder();
    copy(&in_repository("samples/2024"), &folder.join("hop-thu"));
    let zip = fresh_folder("tai-ve").join("ket-qua.zip");
    let decide = json!({ "code": "804", "new": "12000", "reason": "Đã rà soát", "approver": "Trưởng phòng" });
    for (width, scheme) in [(1200, "light"), (360, "dark")] {
        let steps = json!([
            { "year": 2024, "day": "2024-12-10", "folder": folder },
            { "decide": decide, "zip": zip },
        ]);
        let asked = json!({ "page": page_of(&folder), "desk": true, "width": width, "scheme": scheme, "steps": steps, "axe": true });
        let seen = played(asked);
        assert_eq!(seen["axe"], json!([]), "{width} {scheme}");
        assert_eq!(seen["steps"][1]["wide"], false, "{width}");
    }
}
