//! The page on which a sender checks a workbook, in a real browser without network: it says what `check` says, gives a copy
//! that is a submission, outlives every file, and can be used by everybody.

#![allow(clippy::print_stdout)] // how large and how quick, for whoever asks

use super::hostile::{good, hostile};
use super::tools::{Tool, browse, file, fresh_folder, in_repository, said, script, trial};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

pub const NEEDS: &[Tool] = &[Tool::Browser, Tool::PageModule];
pub const NEEDS_EDITS: &[Tool] = &[Tool::Browser, Tool::PageModule, Tool::Openpyxl];
/// How many files the page takes at once.
const MOST: usize = 20;

pub fn trials() -> Vec<Trial> {
    vec![
        trial("browser_says_what_check_says", NEEDS, says_what_check_says),
        trial("browser_copy_is_mended_and_ready", NEEDS_EDITS, copy_is_mended_and_ready),
        trial("browser_every_bad_file_gets_a_sentence", NEEDS, every_bad_file_gets_a_sentence),
        trial("browser_outlives_what_hangs_and_what_breaks", NEEDS, outlives_what_hangs_and_what_breaks),
        trial("browser_can_be_used_by_everybody", NEEDS, can_be_used_by_everybody),
        trial("browser_too_old_is_told_so", NEEDS, too_old_is_told_so),
        trial("browser_page_is_small_and_quick", NEEDS, page_is_small_and_quick),
    ]
}

pub fn xhht(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xhht")).args(arguments).output().unwrap()
}

/// The page of 2024.
fn page() -> &'static str {
    static PAGE: OnceLock<String> = OnceLock::new();
    PAGE.get_or_init(|| page_of(2024))
}

fn page_of(year: i32) -> String {
    let folder = fresh_folder("bieu-mau");
    let output = xhht(&["template", "--year", &year.to_string(), "--out", text(&folder), "--quiet"]);
    assert!(output.status.success(), "{}", said(&output));
    text(&folder.join("kiem-tra.html")).to_owned()
}

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn sample(name: &str) -> String {
    text(&in_repository("samples/2024").join(name)).to_owned()
}

/// Does these steps on a page; gives what was seen after each, once nothing was asked of the network and nothing was
/// complained of.
pub fn played(asked: Value) -> Value {
    let seen = browse(&asked);
    assert_eq!(seen["console"], json!([]), "{asked}");
    for request in seen["requests"].as_array().unwrap() {
        let request = request.as_str().unwrap();
        assert!(["file:///", "blob:", "data:"].iter().any(|own| request.starts_with(own)), "{request}");
    }
    seen
}

/// What is shown of these files, chosen together.
fn shown(files: &[String]) -> Vec<Value> {
    let seen = played(json!({ "page": page(), "steps": [{ "files": files }] }));
    seen["steps"][0]["files"].as_array().unwrap().clone()
}

/// Every file of the samples, each by itself: the same findings with the same words in the same order, the same hash, and
/// ready where nothing is asked.
fn says_what_check_says() {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(in_repository("samples/2024"))
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file() && path.extension().is_some_and(|ending| ending != "toml"))
        .collect();
    files.sort();
    assert!(files.len() > 25, "{}", files.len());
    let names: Vec<String> = files.iter().map(|path| text(path).to_owned()).collect();
    let (mut ready, mut asked) = (0, 0);
    for batch in names.chunks(MOST) {
        let shown = shown(batch);
        assert_eq!(shown.len(), batch.len());
        for (path, shown) in batch.iter().zip(shown) {
            let output = xhht(&["check", path, "--year", "2024", "--format", "json"]);
            let said = String::from_utf8(output.stdout).unwrap();
            let mut findings: Vec<Value> =
                said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            // What is to be done stands before what is for information.
            findings.sort_by_key(|finding| !asks(finding));
            let told: Vec<Value> = findings.iter().map(as_shown).collect();
            assert_eq!(shown["findings"], json!(told), "{path}");
            let is_used = shown["kind"] != "unusable";
            if is_used {
                let bytes = fs::read(path).unwrap();
                assert_eq!(shown["receipt"]["Mã SHA-256 của tệp"], json!(xhht::job::digested(&bytes)));
                assert_eq!(shown["kind"] == "ready", !findings.iter().any(asks), "{path}");
            }
            ready += usize::from(shown["kind"] == "ready");
            asked += usize::from(findings.iter().any(asks));
        }
    }
    assert!(ready > 10 && asked > 5, "{ready} ready, {asked} asked");
}

fn asks(finding: &Value) -> bool {
    ["confirm", "error", "reject"].iter().any(|severity| finding["severity"] == *severity)
        || finding["code"] == "C025"
}

/// A finding of `check --format json` as the page shows it.
fn as_shown(finding: &Value) -> Value {
    let word = |key: &str| finding[key].as_str();
    let places =
        [word("sheet").map(|sheet| format!("trang “{sheet}”")), word("cell").map(|cell| format!("ô {cell}"))];
    let place: Vec<String> = places.into_iter().flatten().collect();
    let quoted = |key: &str| word(key).filter(|text| !text.is_empty()).map(|text| format!("“{text}”"));
    let facts = [
        ("Mục", word("label").map(str::to_owned)),
        ("Đã ghi", quoted("typed")),
        ("Đọc là", quoted("read")),
        ("Cần", word("expected").map(str::to_owned)),
    ];
    let facts: serde_json::Map<String, Value> =
        facts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))).collect();
    let cure = if asks(finding) { "Cách sửa: " } else { "Nếu chưa đúng: " };
    json!({
        "severity": finding["severity"],
        "asks": asks(finding),
        "where": (!place.is_empty()).then(|| place.join(", ")),
        "code": finding["code"],
        "cause": finding["cause"],
        "cure": format!("{cure}{}", word("cure").unwrap()),
        "effect": finding["effect"],
        "facts": facts,
    })
}

/// The copy is what was sent, with the findings before it; mended, it is ready.
fn copy_is_mended_and_ready() {
    let folder = fresh_folder("tai-ve");
    let path = sample("804-Huyện Thủ Thừa.xlsx");
    let seen = played(json!({ "page": page(), "steps": [{ "files": [path], "downloads": folder }] }));
    assert_eq!(seen["steps"][0]["files"][0]["kind"], "to-do");
    let copies = seen["downloads"].as_array().unwrap();
    assert_eq!(copies.len(), 1);
    let copy = copies[0].as_str().unwrap();
    assert!(copy.ends_with("804-Huyện Thủ Thừa.xlsx"), "{copy}");
    let front = String::from_utf8(script("read_book.py", [copy]).stdout).unwrap();
    assert!(front.contains("đã được kiểm tra trên máy này trước khi gửi"), "{front}");
    assert!(!front.contains("đã đọc tệp"), "nobody has been sent it");

    let mended = folder.join("804 da sua.xlsx");
    let edits = file("edits.json", json!([["2. Năng lực, trình độ", "G8", 12000]]).to_string().as_bytes());
    let output = script("edit_cells.py", [copy, text(&edits), text(&mended)]);
    assert!(output.status.success(), "{}", said(&output));
    let shown = shown(&[copy.to_owned(), text(&mended).to_owned()]);
    let kinds: Vec<&Value> = shown.iter().map(|file| &file["kind"]).collect();
    assert_eq!(kinds, ["to-do", "ready"]);
    assert_eq!(shown[1]["verdict"], "Bài nộp sẵn sàng");
    assert!(shown[1]["next"].as_str().unwrap().contains("trước ngày 10/12/2024"));

    // The form of another year comes back as this year's.
    let other = sample("so-nganh/STTTT-Sở Thông tin và Truyền thông.xlsx");
    let seen = played(json!({ "page": page(), "steps": [{ "files": [other], "downloads": folder }] }));
    assert_eq!(seen["steps"][0]["files"][0]["kind"], "unusable");
    let form = seen["downloads"][0].as_str().unwrap();
    let front = String::from_utf8(script("read_book.py", [form]).stdout).unwrap();
    assert!(front.contains("Biểu mẫu năm 2024 của đơn vị ở các trang sau"), "{front}");
}

/// The hostile files, and what office people choose by mistake.
fn every_bad_file_gets_a_sentence() {
    let mut files: Vec<(String, &[&str])> = hostile()
        .into_iter()
        .map(|(name, bytes, codes)| (text(&file(name, &bytes)).to_owned(), codes))
        .collect();
    let too_large = file("rat lon.xlsx", &vec![0; 31 << 20]);
    let other_plan = in_repository("tests/foreign/other-plan");
    let of_another = fs::read_dir(other_plan).unwrap().flatten().map(|entry| entry.path());
    let of_another = of_another.filter(|path| path.extension().is_some_and(|ending| ending == "xlsx"));
    files.extend([
        (text(&too_large).to_owned(), ["F002"].as_slice()),
        (text(&file("trong.xlsx", b"")).to_owned(), &["F006"]),
        (text(&in_repository("README.md")).to_owned(), &["F001"]),
        (text(&in_repository("docs/huong-dan/ky-bao-cao-thang-12.pdf")).to_owned(), &["F001"]),
    ]);
    files.extend(
        of_another.take(1).map(|path| (text(&path).to_owned(), ["S003", "S002", "S001", "S004"].as_slice())),
    );
    assert!(files.len() > 14, "{}", files.len());
    let last = text(&good()[0]).to_owned();
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).chain([last]).collect();
    let shown = shown(&names);
    assert_eq!(shown.len(), names.len());
    for ((name, codes), shown) in files.iter().zip(&shown) {
        let told: Vec<&str> =
            shown["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
        assert!(told.iter().any(|code| codes.contains(code)), "{name}: {shown}");
        assert_eq!(shown["kind"], "unusable", "{name}: {shown}");
    }
    assert_ne!(shown.last().unwrap()["kind"], "unusable", "the page lives on");

    // More than the page is for.
    let many = vec![sample("794-Thành phố Tân An.xlsx"); MOST + 1];
    let many: Vec<String> = many
        .iter()
        .enumerate()
        .map(|(number, path)| text(&file(&format!("{number}.xlsx"), &fs::read(path).unwrap())).to_owned())
        .collect();
    let seen = played(json!({ "page": page(), "steps": [{ "drop": many }] }));
    let status = seen["steps"][0]["status"].as_str().unwrap();
    assert!(status.contains("hơn 20 tệp") && status.contains("không quá 20 tệp"), "{status}");
}

/// A worker that never answers and one that ends: the finding says which, and the next file is read.
fn outlives_what_hangs_and_what_breaks() {
    // The first file that is asked about meets what no file at hand can do any more.
    let worker = |first: &str| {
        format!(
            "const Whole = Worker; let met = false; window.Worker = class extends Whole {{ postMessage(asked, given) {{ if (asked.call === 'check' && !met) {{ met = true; {first} }} super.postMessage(asked, given); }} }};"
        )
    };
    let cases = [
        ("return;", "F009", "20 giây"),
        ("this.onmessage({ data: { broke: 'panic' } }); return;", "F003", ""),
        ("this.onerror(Object.assign(new Event('error'), { message: 'x' })); return;", "F009", "1.024 MB"),
    ];
    for (first, code, said) in cases {
        let files = [sample("794-Thành phố Tân An.xlsx"), sample("799-Huyện Tân Thạnh.xlsx")];
        let seen = played(json!({ "page": page(), "before": worker(first), "steps": [{ "files": files }] }));
        let shown = &seen["steps"][0]["files"];
        let finding = &shown[0]["findings"][0];
        assert_eq!(finding["code"], code, "{shown}");
        assert!(finding["cause"].as_str().unwrap().contains(said), "{finding}");
        assert_eq!(shown[1]["kind"], "ready", "{shown}");
    }
}

/// WCAG by axe-core, empty and with results, wide and narrow, light and dark; by keyboard alone; nothing wider than a phone.
fn can_be_used_by_everybody() {
    let files = [
        sample("804-Huyện Thủ Thừa.xlsx"),
        sample("799-Huyện Tân Thạnh.xlsx"),
        text(&in_repository("README.md")).to_owned(),
    ];
    for (width, scheme, steps) in [
        (1100, "light", json!([])),
        (1100, "light", json!([{ "byKeys": files }])),
        (1100, "dark", json!([{ "drop": files }])),
        (360, "light", json!([{ "files": files }])),
        (320, "dark", json!([{ "files": files }])),
    ] {
        let asked = json!({ "page": page(), "width": width, "scheme": scheme, "steps": steps, "axe": true });
        let seen = played(asked);
        assert_eq!(seen["axe"], json!([]), "{width} {scheme}");
        assert!(seen["rules"].as_u64().unwrap() > 15);
        if let Some(step) = seen["steps"].as_array().unwrap().first() {
            assert_eq!(step["files"].as_array().unwrap().len(), files.len());
            assert_eq!(step["wide"], false, "{width}");
            assert!(step["focus"].as_str().unwrap().starts_with("file"), "the first result is where one is");
        }
    }
}

fn too_old_is_told_so() {
    for without in ["delete window.WebAssembly", "delete window.DecompressionStream"] {
        let seen = played(json!({ "page": page(), "before": without, "waits": false }));
        let told = seen["steps"][0]["stop"].as_str().unwrap();
        assert!(told.contains("quá cũ") && told.contains("Firefox"), "{told}");
        assert_eq!(seen["steps"][0]["ready"], false);
    }
    let html = fs::read_to_string(page()).unwrap();
    assert!(html.contains("<noscript><p class=\"stop\">Trang này cần JavaScript."));
}

/// What travels with every template, and what its reader waits for.
fn page_is_small_and_quick() {
    let size = fs::metadata(page()).unwrap().len();
    assert!(size <= 6 << 20, "{size} bytes");
    let html = fs::read_to_string(page()).unwrap();
    // The module is letters, and among millions of them there is every short word.
    let (before, module) = html.split_once("id=\"mo-dun\">").unwrap();
    let (_, after) = module.split_once("</script>").unwrap();
    let html = format!("{before}{after}");
    assert!(html.contains("default-src 'none'") && !html.contains("unsafe-inline") && !html.contains("://"));
    let seen =
        played(json!({ "page": page(), "steps": [{ "files": [sample("794-Thành phố Tân An.xlsx")] }] }));
    println!(
        "page {:.1} MB; ready after {} ms, first finding {} ms after the file was chosen",
        size as f64 / 1e6,
        seen["milliseconds"],
        seen["steps"][0]["milliseconds"]
    );
}
