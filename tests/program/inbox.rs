//! What lies in an inbox beside good reports: the program's own results, wrecks, copies sent back; and what goes out again.

#![allow(clippy::unwrap_used)] // a test stops where it fails

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Runs the program; gives back its exit code and what it printed.
fn xhht(arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xhht")).args(arguments).output().unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(printed).unwrap())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn consolidate(inbox: &Path, out: &Path) -> String {
    let day = ["--year", "2024", "--as-of", "2024-12-10"];
    let (code, printed) = xhht(&[&["consolidate", text(inbox), "--out", text(out)], &day[..]].concat());
    assert!(code < 2, "{printed}");
    printed
}

fn result(out: &Path) -> Value {
    serde_json::from_slice(&fs::read(out.join("ket-qua-xhht-2024.json")).unwrap()).unwrap()
}

fn unit<'a>(result: &'a Value, code: &str) -> &'a Value {
    result["units"].as_array().unwrap().iter().find(|unit| unit["code"] == code).unwrap()
}

/// An inbox with these files of the sample December.
fn inbox(names: &[&str]) -> TempDir {
    let inbox = tempfile::tempdir().unwrap();
    for name in names {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024").join(name);
        fs::copy(from, inbox.path().join(name)).unwrap();
    }
    inbox
}

fn returned(out: &Path) -> BTreeSet<PathBuf> {
    fs::read_dir(out.join("phan-hoi")).unwrap().map(|entry| entry.unwrap().path()).collect()
}

const TAN_AN: &str = "794-Thành phố Tân An.xlsx";
const THU_THUA: &str = "804-Huyện Thủ Thừa.xlsx";
const CAN_GIUOC: &str = "807-Huyện Cần Giuộc.xlsx";

#[test]
fn results_written_into_the_inbox_are_no_submissions_and_a_copy_sent_back_is_one() {
    let place = inbox(&[TAN_AN, THU_THUA]);
    let inbox = place.path();
    let out = inbox.join("ket-qua");
    consolidate(inbox, &out);
    let first = fs::read(out.join("ket-qua-xhht-2024.json")).unwrap();
    let told = consolidate(inbox, &out);
    assert_eq!(fs::read(out.join("ket-qua-xhht-2024.json")).unwrap(), first, "a second run reads the same");
    assert!(told.contains("kết quả do chương trình đã ghi"), "{told}");

    // Nobody tells `check` where results are written: their own record does.
    let (_, told) = xhht(&["check", text(inbox), "--year", "2024"]);
    assert!(told.contains("Đã kiểm tra 2 tệp"), "{told}");
    let copy = returned(&out).into_iter().next().unwrap();
    let code: String = copy.file_name().unwrap().to_str().unwrap().chars().take(3).collect();
    fs::create_dir(inbox.join("gửi lại")).unwrap();
    fs::copy(&copy, inbox.join("gửi lại").join(copy.file_name().unwrap())).unwrap();
    consolidate(inbox, &out);
    assert_eq!(unit(&result(&out), &code)["files"].as_array().unwrap().len(), 2, "its copy came back");

    // Filled in where it was written, and read from there: it is no longer what the program wrote.
    let mut changed = fs::read(&copy).unwrap();
    changed.extend_from_slice(b"x");
    fs::write(&copy, changed).unwrap();
    let (_, told) = xhht(&["check", text(inbox), "--year", "2024"]);
    assert!(told.contains("Đã kiểm tra 4 tệp"), "{told}");
}

#[test]
fn an_inbox_that_is_the_output_folder_as_well_holds_only_what_came() {
    let place = inbox(&[TAN_AN, THU_THUA]);
    consolidate(place.path(), place.path());
    let before = result(place.path());
    consolidate(place.path(), place.path());
    assert_eq!(result(place.path()), before);
    let empty = tempfile::tempdir().unwrap();
    consolidate(place.path(), empty.path());
    let (code, told) = xhht(&["check", text(empty.path()), "--year", "2024"]);
    assert!(code == 2 && told.contains("chỉ có kết quả do chương trình đã ghi"), "{told}");
}

#[test]
fn return_copies_out_of_date_go_unless_somebody_changed_them() {
    let (place, out) = (inbox(&[TAN_AN, THU_THUA, CAN_GIUOC]), tempfile::tempdir().unwrap());
    consolidate(place.path(), out.path());
    let first = returned(out.path());
    assert!(first.len() >= 2, "{first:?}");
    let of = |name: &str| out.path().join("phan-hoi").join(name);
    let foreign = of("ghi chú của tôi.xlsx");
    fs::write(&foreign, "của tôi").unwrap();
    fs::write(of(CAN_GIUOC), "đã có người điền").unwrap();
    fs::remove_file(place.path().join(THU_THUA)).unwrap();
    fs::remove_file(place.path().join(CAN_GIUOC)).unwrap();
    let told = consolidate(place.path(), out.path());
    assert!(!of(THU_THUA).exists(), "nothing is said of this unit any more");
    assert!(foreign.exists() && of(CAN_GIUOC).exists());
    assert!(told.contains("Đã xóa 1 bản trả lại"), "{told}");
    assert!(told.contains("đã có người sửa") && told.contains(CAN_GIUOC), "{told}");
}

const TAN_HUNG: &str = "796-Huyện Tân Hưng.ods";
const CAN_DUOC: &str = "bao cao XHHT Can Duoc 2024.xls";

#[test]
fn who_mended_everything_gets_no_copy_and_a_list_of_nothing_goes() {
    let (place, out) = (inbox(&[TAN_HUNG, THU_THUA]), tempfile::tempdir().unwrap());
    let wreck = place.path().join("806-Huyện Cần Đước.xlsx");
    fs::write(&wreck, b"PK\x03\x04 cut").unwrap();
    let told = consolidate(place.path(), out.path());
    let of = |name: &str| out.path().join("phan-hoi").join(name);
    let (copy, list) = (of("806-Huyện Cần Đước.xlsx"), of("de-biet.xlsx"));
    assert!(copy.exists() && list.exists(), "{told}");
    assert!(told.contains("2 bản trả lại để gửi cho đơn vị sửa"), "{told}");
    assert!(told.contains("de-biet.xlsx: nhận xét để biết"), "{told}");

    // The good file comes beside the wreck, which from now on is for information.
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024").join(CAN_DUOC);
    fs::copy(sample, place.path().join(CAN_DUOC)).unwrap();
    let told = consolidate(place.path(), out.path());
    assert!(!copy.exists() && list.exists() && of(THU_THUA).exists(), "{told}");
    assert!(told.contains("Đã xóa 1 bản trả lại"), "{told}");
    let listed = rows(&fs::read(&list).unwrap(), "Để biết");
    assert!(listed.iter().any(|row| row[1] == "Huyện Cần Đước" && row[8] == "F003"), "{listed:?}");

    // Nothing is left to be told for information.
    fs::remove_file(wreck).unwrap();
    fs::remove_file(place.path().join(TAN_HUNG)).unwrap();
    let told = consolidate(place.path(), out.path());
    assert!(!list.exists() && of(THU_THUA).exists(), "{told}");
    assert!(told.contains("Đã xóa danh sách để biết"), "{told}");
}

#[test]
fn a_record_that_points_elsewhere_removes_nothing() {
    let (place, out) = (inbox(&[THU_THUA]), tempfile::tempdir().unwrap());
    let mine = out.path().join("của tôi.txt");
    fs::write(&mine, "").unwrap();
    let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let paths = ["của tôi.txt", "phan-hoi/../của tôi.txt", text(&mine)].map(str::to_owned);
    let outputs = paths.map(|path| serde_json::json!({ "path": path, "sha256": nothing }));
    let record = serde_json::json!({ "schema": "xhht/ket-qua/1", "outputs": outputs });
    fs::write(out.path().join("ket-qua-xhht-2024.json"), record.to_string()).unwrap();
    consolidate(place.path(), out.path());
    assert!(mine.exists());
}

#[test]
fn a_wreck_is_its_units_by_name_or_folder_and_its_letter_goes_there() {
    let (place, out) = (inbox(&[THU_THUA]), tempfile::tempdir().unwrap());
    let wreck = |name: &str| {
        let path = place.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, b"PK\x03\x04 cut").unwrap();
    };
    wreck("Huyện Cần Giuộc/báo cáo.xlsx");
    wreck("bao cao tan hung 2024.xlsx");
    wreck("báo cáo.xlsx");
    consolidate(place.path(), out.path());
    let result = result(out.path());
    for (code, file) in [("807", "Huyện Cần Giuộc/báo cáo.xlsx"), ("796", "bao cao tan hung 2024.xlsx")]
    {
        let unit = unit(&result, code);
        assert_eq!((&unit["status"], &unit["files"][0]["path"]), (&"rejected".into(), &file.into()));
        let findings = result["findings"].as_array().unwrap();
        let told = findings.iter().find(|finding| finding["file"] == file).unwrap();
        assert!(told["cause"].as_str().unwrap().contains("đây có lẽ là tệp của"), "{told}");
    }
    let names: Vec<String> = returned(out.path())
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(names.iter().any(|name| name.starts_with("807-")), "{names:?}");
    assert!(names.iter().any(|name| name.starts_with("796-")), "{names:?}");
    assert!(names.iter().any(|name| name.starts_with("khong-ro-don-vi-")), "{names:?}");
}

#[test]
fn whom_to_chase_first_is_told_with_the_indicators_that_wait() {
    let (place, out) = (inbox(&[TAN_AN, THU_THUA, CAN_GIUOC]), tempfile::tempdir().unwrap());
    let told = consolidate(place.path(), out.path());
    let ranked: Vec<&str> = told
        .lines()
        .skip_while(|line| !line.starts_with("Đôn đốc trước"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .collect();
    assert!(ranked.len() > 3, "{told}");
    let counts: Vec<usize> = ranked
        .iter()
        .filter_map(|line| line.split_once(": ")?.1.split_once(" chỉ tiêu (")?.0.parse().ok())
        .collect();
    assert!(counts.is_sorted_by(|a, b| a >= b) && counts[0] > 1, "{ranked:?}");
    let reported = ["Tân An", "Thủ Thừa", "Cần Giuộc"];
    assert!(!ranked.iter().any(|line| reported.iter().any(|name| line.contains(&format!(". {name}:")))));
}

/// The rows of a sheet as texts.
fn rows(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

#[test]
fn check_writes_its_findings_as_a_workbook() {
    let place = inbox(&[TAN_AN, THU_THUA, CAN_GIUOC]);
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("thư mục mới").join("nhan-xet.xlsx");
    let (code, told) = xhht(&["check", text(place.path()), "--year", "2024", "--out", text(&file)]);
    assert!(code == 1 && told.contains("Đã ghi nhận xét vào"), "{told}");
    let bytes = fs::read(&file).unwrap();

    let (_, lines) = xhht(&["check", text(place.path()), "--year", "2024", "--format", "json"]);
    let findings: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let listed = rows(&bytes, "Nhận xét");
    let head = listed.iter().position(|row| row[0] == "STT").unwrap();
    let codes: Vec<&str> =
        listed[head + 1..].iter().map(|row| row[2].as_str()).filter(|c| !c.is_empty()).collect();
    let expected: Vec<&str> = findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    assert_eq!(codes, expected, "every finding, in the same order");

    let by_unit = rows(&bytes, "Theo đơn vị");
    let total = by_unit.iter().find(|row| row[1] == "Cộng").unwrap();
    let figures: Vec<usize> = total[4..].iter().filter_map(|text| text.parse().ok()).collect();
    assert_eq!(figures.len(), 12, "{total:?}");
    assert_eq!(figures[..6].iter().sum::<usize>(), findings.len());
    assert_eq!(figures[7], figures[8..].iter().sum::<usize>(), "the ledger adds up: {total:?}");
    for code in ["794", "804", "807"] {
        let row = by_unit.iter().find(|row| row[0] == code).unwrap();
        let of_unit = findings.iter().filter(|finding| finding["unit"] == code).count();
        let counted: usize = row[4..10].iter().filter_map(|text| text.parse::<usize>().ok()).sum();
        assert_eq!(counted, of_unit, "{row:?}");
    }

    let inside = place.path().join("nhan-xet.xlsx");
    let (code, told) = xhht(&["check", text(place.path()), "--out", text(&inside)]);
    assert!(code == 2 && told.contains("nằm trong hộp thư") && !inside.exists(), "{told}");
    let (code, told) = xhht(&["check", text(place.path()), "--out", text(out.path())]);
    assert!(code == 2 && told.contains("--out"), "{told}");
}

/// One filled template as five programs saved it (`fuzz/seeds` says how): what every one of them brings, and what it loses.
#[test]
fn one_form_saved_by_other_programs_says_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let plan = root.join("plan/plan.toml");
    let usual = ["C003", "C005", "C014", "C016"];
    let cases: [(&str, &[&str]); 11] = [
        ("xlsx/seed-openpyxl.xlsx", &["C003", "C006", "C014", "C016"]),
        ("xlsx/seed-libreoffice.xlsx", &usual),
        ("xlsx/seed-gnumeric.xlsx", &usual),
        // It drops the formats of cells: the date comes as a number.
        ("xlsx/seed-sheetjs.xlsx", &["C003", "C005", "C014", "C016", "C018"]),
        ("xlsx/seed-exceljs.xlsx", &usual),
        ("xls/seed-libreoffice.xls", &usual),
        ("xls/seed-gnumeric.xls", &usual),
        // These writers drop the names, the second one the error as well.
        ("xls/seed-sheetjs.xls", &["C003", "C005", "C014", "C016", "C018", "S004"]),
        ("ods/seed-sheetjs.ods", &["C003", "C014", "C016", "C018", "S004"]),
        ("ods/seed-libreoffice.ods", &usual),
        ("ods/seed-gnumeric.ods", &usual),
    ];
    let mut others = Vec::new();
    for (seed, codes) in cases {
        let (place, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        // Under a name that says nothing and an ending that is wrong.
        fs::copy(root.join("corpus").join(seed), place.path().join("bieu.dat")).unwrap();
        let arguments = ["consolidate", text(place.path()), "--out", text(out.path()), "--plan", text(&plan)];
        let (code, told) = xhht(&[&arguments[..], &["--year", "2024", "--as-of", "2024-12-10"]].concat());
        assert_eq!(code, 1, "{seed}: {told}");
        let result = result(out.path());
        let of_unit = unit(&result, "796");
        assert_eq!(of_unit["status"], "reported", "{seed}");
        let figures: Vec<(&str, &str)> = result["indicators"]
            .as_array()
            .unwrap()
            .iter()
            .map(|i| (i["numerator"].as_str().unwrap(), i["denominator"].as_str().unwrap()))
            .collect();
        assert_eq!(figures, [("14250", "28500"), ("1", "2")], "{seed}");
        let found: BTreeSet<&str> = result["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["unit"] == "796")
            .map(|finding| finding["code"].as_str().unwrap())
            .collect();
        let expected: BTreeSet<&str> = codes.iter().copied().collect();
        if found != expected {
            others.push(format!("{seed}: {found:?}, not {expected:?}"));
        }
        assert_eq!(returned(out.path()).len(), 1, "{seed}: what goes back");
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
    let binary = root.join("corpus/xlsx/seed-sheetjs.xlsb");
    let (code, told) = xhht(&["check", text(&binary), "--plan", text(&plan), "--year", "2024"]);
    assert!(code == 1 && told.contains("F005") && told.contains("Lưu thành"), "{told}");
}

/// As in an .xlsx, so in an .ods.
#[test]
fn cells_merged_over_inputs_are_told_in_every_format() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let plan = root.join("plan/plan.toml");
    let bytes = fs::read(root.join("corpus/ods/seed-libreoffice.ods")).unwrap();
    let merged = with_content(&bytes, |content| {
        // The cell of nltt.dat, 14.250, swallows its neighbour, as when one merges by hand.
        let at = content.find("office:value=\"14250\"").unwrap();
        let start = content[..at].rfind("<table:table-cell").unwrap() + "<table:table-cell".len();
        let next = at + content[at..].find("<table:table-cell").unwrap();
        let end = "</table:table-cell>";
        let after = next + content[next..].find(end).unwrap() + end.len();
        let mut content = content.to_owned();
        content.replace_range(next..after, "<table:covered-table-cell/>");
        content.insert_str(start, " table:number-columns-spanned=\"2\" table:number-rows-spanned=\"1\"");
        content
    });
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("bieu.ods");
    fs::write(&file, merged).unwrap();
    let (_, told) = xhht(&["check", text(&file), "--plan", text(&plan), "--year", "2024"]);
    assert!(told.contains("S009") && told.contains("F8:G8"), "{told}");
}

/// It comes back with reports and with whole folders of templates, as it is, under another name, in a zip; of another
/// version too. Nobody is told of it, and it does not make an inbox look as if something had come.
#[test]
fn the_quick_start_that_comes_back_is_in_nobodys_way() {
    let place = inbox(&[THU_THUA]);
    let check = |folder: &Path| {
        let (code, told) = xhht(&["check", text(folder), "--year", "2024", "--format", "json"]);
        assert!(code < 2, "{told}");
        told
    };
    let without = check(place.path());
    let forms = tempfile::tempdir().unwrap();
    let (code, told) = xhht(&["template", "--year", "2024", "--unit", "804", "--out", text(forms.path())]);
    assert!(code == 0 && told.contains("huong-dan-nhanh.pdf"), "{told}");
    let guide = fs::read(forms.path().join("huong-dan-nhanh.pdf")).unwrap();
    fs::write(place.path().join("huong-dan-nhanh.pdf"), &guide).unwrap();
    fs::write(place.path().join("tai lieu kem theo.pdf"), &guide).unwrap();
    fs::write(place.path().join("HUONG-DAN-NHANH (1).pdf"), "%PDF-1.4 older").unwrap();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("huong-dan-nhanh.pdf", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(&guide).unwrap();
    fs::write(place.path().join("bieu-mau.zip"), zip.finish().unwrap().into_inner()).unwrap();
    assert_eq!(check(place.path()), without);
    fs::write(place.path().join("ban-quet.pdf"), "%PDF-1.4 signed").unwrap();
    assert!(check(place.path()).contains("F001"), "another document is told of");

    // Alone in the inbox it is as good as nothing.
    let (alone, empty) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(alone.path().join("huong-dan-nhanh.pdf"), &guide).unwrap();
    assert_eq!(check(alone.path()), check(empty.path()));
}

/// The package with its `content.xml` changed.
fn with_content(bytes: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        if part.is_dir() {
            continue;
        }
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name == "content.xml" {
            content = change(std::str::from_utf8(&content).unwrap()).into_bytes();
        }
        out.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}
