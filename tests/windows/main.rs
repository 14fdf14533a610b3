//! The program for Windows, under Wine: what comes out is what comes out here, and what is particular to Windows holds.
//!
//! `tests/windows/build` makes what is run. That takes minutes, so it is done where `CI` or `XHHT_WINDOWS` is set, and
//! elsewhere the trials are reported as ignored.

#![allow(clippy::unwrap_used, clippy::expect_used)] // trials have no #[test]: clippy does not see that they are tests

mod wine;
#[path = "../workbooks/mod.rs"]
mod workbooks;

use libtest_mimic::Arguments;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use wine::{Desk, said, trial};
use workbooks::xlsx;

/// A name as people give their folders.
const FOLDER: &str = "Báo cáo tháng 12 – Đức Hòa 📊";

/// A few files of the sample December: each kind that is read, in this process and in one of its own.
const SENT: [&str; 4] = [
    "794-Thành phố Tân An.xlsx",
    "796-Huyện Tân Hưng.ods",
    "797-Huyện Vĩnh Hưng.xls",
    "802-Huyện Đức Hòa.xlsx",
];

fn main() {
    let arguments = Arguments::from_args();
    let trials = vec![
        trial("the_main_job_gives_what_it_gives_here", the_main_job_gives_what_it_gives_here),
        trial("a_season_is_played_by_answers", a_season_is_played_by_answers),
        trial("results_held_open_by_another_program_stay", results_held_open_by_another_program_stay),
        trial("a_report_held_open_is_a_finding", a_report_held_open_is_a_finding),
        trial("files_beyond_the_limits_are_findings", files_beyond_the_limits_are_findings),
        trial(
            "a_double_click_asks_and_understands_vietnamese",
            a_double_click_asks_and_understands_vietnamese,
        ),
        trial("without_a_console_no_command_is_help", without_a_console_no_command_is_help),
    ];
    // On Windows itself all other tests are tests of it.
    let trials = if cfg!(windows) { Vec::new() } else { trials };
    libtest_mimic::run(&arguments, trials).exit();
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024")
}

/// Every file of a folder and what is in it.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|e| (e.path().strip_prefix(folder).unwrap().to_owned(), fs::read(e.path()).unwrap())).collect()
}

fn inbox(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for name in SENT {
        fs::copy(samples().join(name), folder.join(name)).unwrap();
    }
}

#[track_caller]
fn says(said: &str, words: &[&str]) {
    for words in words {
        assert!(said.contains(words), "“{words}” is not in: {said}");
    }
}

/// The whole sample December, late files and departments included.
fn the_main_job_gives_what_it_gives_here() {
    let desk = Desk::new(FOLDER);
    for (name, bytes) in contents(&samples()) {
        let place = desk.path("hộp thư").join(name);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
    let job = |out| ["consolidate", "hộp thư", "--year", "2024", "--as-of", "2024-12-16", "--out", out];
    let (here, there) = (desk.here(job("kết quả/a")), desk.windows(job("kết quả/b")));
    assert_eq!((here.status.code(), there.status.code()), (Some(1), Some(1)), "{}", said(&there));
    let as_here = said(&there).replace('\\', "/").replace("kết quả/b", "kết quả/a");
    assert_eq!(as_here, said(&here).replace('\\', "/"));

    let (here, there) = (contents(&desk.path("kết quả/a")), contents(&desk.path("kết quả/b")));
    assert!(here.len() > 10 && here.keys().eq(there.keys()), "{:?} {:?}", here.keys(), there.keys());
    for (name, bytes) in &here {
        assert!(*bytes == there[name], "{} is not what it is here", name.display());
    }
}

/// The season of one year from the first use to the record, as who opens the program by a double click goes through it.
fn a_season_is_played_by_answers() {
    let desk = Desk::new(FOLDER);
    let said = desk.hears(&["0", "", "7", "2024", "1", "2", "0"]);
    says(
        &said,
        &["Đã lập thư mục làm việc", FOLDER, "Kế hoạch dùng được", "Gửi mỗi đơn vị tệp mang tên mình"],
    );
    let templates = desk.path("xhht/bieu-mau/2024");
    assert!(
        templates.join("huong-dan-nhanh.pdf").is_file() && templates.join("802-Huyện Đức Hòa.xlsx").is_file()
    );

    inbox(&desk.path("xhht/hop-thu"));
    let said = desk.hears(&["7", "2024", "3", "4", "31/11/2024", "16/12/2024", "", "0"]);
    says(
        &said,
        &["hop-thu: 4 tệp", "Sổ theo dõi", "không phải là ngày có thật", "Đã tổng hợp đến ngày 16/12/2024"],
    );
    assert!(desk.path("xhht/theo-doi-xhht-2024.xlsx").is_file());
    assert!(desk.path("xhht/ket-qua/2024/tom-tat-xhht-2024.pdf").is_file());

    let said = desk.hears(&["7", "2024", "5", "Báo cáo số 7/BC-X", "17/12/2024", "Phòng A", "c", "0"]);
    says(&said, &["Đã chốt", "lan-1"]);
    let verified = desk.windows(["verify", "xhht/ho-so"]);
    assert_eq!(verified.status.code(), Some(0), "{}", wine::said(&verified));
    // A record goes to another computer with its folder.
    let here = desk.here(["verify", "xhht/ho-so"]);
    assert_eq!((here.status.code(), here.stdout), (Some(0), verified.stdout));
}

/// On Windows what another program has open cannot be replaced.
fn results_held_open_by_another_program_stay() {
    let desk = Desk::new(FOLDER);
    inbox(&desk.path("hop-thu"));
    let job =
        |day| ["consolidate", "hop-thu", "--year", "2024", "--quiet", "--out", "ket-qua", "--as-of", day];
    assert_eq!(desk.windows(job("2024-12-10")).status.code(), Some(1));
    let out = desk.path("ket-qua");
    let old = contents(&out);
    // Which lets others do nothing, and which lets them read, as Excel does; the first and the last of the set.
    for (mode, name) in
        [(0, "tong-hop-xhht-2024.xlsx"), (1, "tong-hop-xhht-2024.xlsx"), (1, "ket-qua-xhht-2024.json")]
    {
        let held = desk.holds(mode, &[&out.join(name)]);
        let output = desk.windows(job("2024-12-16"));
        drop(held);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        says(&said(&output), &[name, "đang mở trong Excel", "đóng lại rồi chạy lại", "giữ nguyên"]);
        assert!(contents(&out) == old, "{name}: something was replaced, or is left beside");
    }
    assert_eq!(desk.windows(job("2024-12-16")).status.code(), Some(1));
    let new = contents(&out);
    assert!(new.keys().eq(old.keys()) && new != old);
}

/// A report that another program lets nobody read.
fn a_report_held_open_is_a_finding() {
    let desk = Desk::new(FOLDER);
    inbox(&desk.path("hop-thu"));
    let held = desk.holds(0, &[&desk.path("hop-thu").join(SENT[3])]);
    let output = desk.windows(["check", "hop-thu", "--year", "2024"]);
    drop(held);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    says(&said(&output), &[SENT[3], "tệp đang được chương trình khác dùng"]);
}

fn files_beyond_the_limits_are_findings() {
    let desk = Desk::new(FOLDER);
    inbox(&desk.path("hop-thu"));
    let sheet = |rows: &str| format!("<sheetData>{rows}</sheetData>");
    // Just within what a part may be: millions of words to keep, millions of cells to go through.
    let words = format!("<sst>{}</sst>", "<si><t>abcdefghijklmnop</t></si>".repeat((100 << 20) / 33));
    let words = xlsx(&[&sheet("")], &[("xl/sharedStrings.xml", &words)]);
    let cells = r#"<row><c><v>1</v></c><c><v>2</v></c></row>"#.repeat((120 << 20) / 41);
    let cells = xlsx(&[&sheet(&cells)], &[]);
    let harmful = desk.path("hop-thu/hai.xlsx");
    let told = |harm: Vec<u8>, seconds: &str, memory: &str| -> BTreeMap<String, String> {
        fs::write(&harmful, harm).unwrap();
        let check = ["check", "hop-thu", "--quiet", "--format", "json", "--year", "2024"];
        let limits = ["--read-seconds", seconds, "--read-memory", memory];
        let output = desk.windows(check.into_iter().chain(limits));
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        let mut told = BTreeMap::new();
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            let finding: Value = serde_json::from_str(line).unwrap();
            *told.entry(finding["file"].to_string()).or_insert_with(String::new) += line;
        }
        told
    };
    let name = |file: &str| format!("\"{file}\"");
    let (by_memory, by_time) = (told(words, "600", "96"), told(cells, "4", "896"));
    says(&by_memory[&name("hai.xlsx")], &["F009", "bộ nhớ dành cho một tệp (96 MB)"]);
    says(&by_time[&name("hai.xlsx")], &["F009", "Đọc quá 4 giây"]);
    // The others are read as ever, those that go through a process of their own too.
    for file in SENT.map(name) {
        assert!(by_memory.get(&file).is_none_or(|told| !told.contains("\"F0")), "{file}: {by_memory:?}");
        assert_eq!(by_memory.get(&file), by_time.get(&file));
    }
    assert!(by_memory.contains_key(&name(SENT[2])), "{by_memory:?}");
}

/// At a console Windows passes on letters otherwise than through a pipe.
fn a_double_click_asks_and_understands_vietnamese() {
    let desk = Desk::new(FOLDER);
    let screen = desk.is_double_clicked(&[
        ("Gõ mã hoặc tên", "Đồng Thápp"),
        ("Gõ mã hoặc tên", "Đồng Tháp"),
        ("Lập ở thư mục nào", ""),
        ("Nhấn Enter để sang các bước", ""),
        ("Chọn việc", "0"),
    ]);
    says(&screen, &["Không rõ “Đồng Thápp”", "có thể là tỉnh Đồng Tháp (82)", "TỈNH ĐỒNG THÁP"]);
    let plan = fs::read_to_string(desk.path("xhht/ke-hoach/plan.toml")).unwrap();
    says(&plan, &["Đồng Tháp"]);
}

fn without_a_console_no_command_is_help() {
    let output = Desk::new(FOLDER).windows([""; 0]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.stdout.is_empty());
    says(&told, &["Lệnh:", "bat-dau"]);
}
