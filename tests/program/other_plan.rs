//! A December with a plan that has nothing in common with the one inside the program, run end to end by the real program:
//! no word of the embedded plan may stand in anything it writes or prints.
//!
//! The words are derived: whatever text the embedded plan's files hold and the other's do not. The other plan's files are
//! in `tests/other_plan/ke-hoach/`.
//!
//! Not covered: the manuals and schemas that `init` writes beside the plan (they describe the embedded plan and say so).
//! Words of the office that both the program and the embedded plan use are not looked for; `words.rs` lists them.

#![allow(clippy::unwrap_used)] // a test stops where it fails

#[path = "../other_plan/mistakes.rs"]
mod mistakes;
#[path = "../other_plan/words.rs"]
mod words;

use super::said;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;
use words::Words;
use xhht::domain::cell::Content;
use xhht::domain::{ColumnRole, FieldKind, Meaning, Unit};
use xhht::error::Error;
use xhht::finding::Code;
use xhht::form::{Field, Form};
use xhht::plan::{Plan, PlanSources, SHIPPED, SourceFile};
use xhht::template::{self, Values};

/// A working folder, the plan it works by, and what was printed so far.
struct Office {
    folder: TempDir,
    plan: Plan,
    printed: Vec<(String, String)>,
}

fn plan_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/other_plan/ke-hoach")
}

fn other_plan() -> PlanSources {
    let file = |name: &str| SourceFile {
        name: name.to_owned(),
        text: fs::read_to_string(plan_folder().join(name)).unwrap(),
    };
    let main = file("plan.toml");
    let others = PlanSources::names_in(&main).iter().map(|name| file(name)).collect();
    PlanSources { main, others }
}

impl Office {
    /// The working folder that `init` makes of a plan.
    fn of_plan(sources: &PlanSources, named: &str) -> Self {
        let plan = Plan::read(sources).unwrap_or_else(|error| panic!("{error}"));
        let mut office = Office { folder: tempfile::tempdir().unwrap(), plan, printed: Vec::new() };
        office.runs(&format!("init so --plan {named}"), 0);
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("so").join(name)
    }

    /// Runs the program in the working folder, and keeps what it prints.
    #[track_caller]
    fn runs(&mut self, line: &str, code: i32) {
        let place = if line.starts_with("init") { self.folder.path().to_owned() } else { self.path("") };
        let output = Command::new(env!("CARGO_BIN_EXE_xhht"))
            .args(line.split(' '))
            .current_dir(place)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let printed = format!("{}{}", text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{line}: {printed}");
        self.printed.push((line.to_owned(), printed));
    }

    /// Answers what the program asks that was opened in the working folder, and keeps what it says.
    #[track_caller]
    fn answers(&mut self, answers: &[&str]) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_xhht"))
            .arg("start")
            .current_dir(self.path(""))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(answers.join("\n").as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        let text = text.replace(self.folder.path().to_str().unwrap(), "");
        assert_eq!(output.status.code(), Some(0), "{text}");
        // The clock of this machine is no word of a plan: at 02:28 it is one's “02-28”.
        let text =
            text.split("ghi lúc ").map(|part| part.trim_start_matches(is_of_clock)).collect::<String>();
        for step in ["Kế hoạch dùng được", "Gửi mỗi đơn vị", "Tình hình đến", "Đã tổng hợp", "Đã chốt"]
        {
            assert!(text.contains(step), "{step}: {text}");
        }
        self.printed.push(("start".to_owned(), text));
    }

    /// Every unit but one fills the template the program wrote for it; one makes every mistake there is room for.
    fn fills_in(&self, year: i32, inbox: &str) {
        let inbox = self.path(inbox);
        fs::create_dir_all(&inbox).unwrap();
        let roster = self.plan.roster(year);
        for (index, unit) in roster.iter().enumerate().filter(|(index, _)| *index != 3) {
            let form = Form::for_unit(&self.plan, unit, year);
            let blank = fs::read(self.path(&format!("mau/{year}")).join(template::file_name(&form)));
            assert!(blank.is_ok(), "{}", unit.code);
            let answers =
                form.fields().filter_map(|field| Some((field.id.clone(), answer(index, unit, year, field)?)));
            let values: Values = answers.collect();
            let filled = template::write_filled(&self.plan, &form, None, &values).unwrap();
            fs::write(inbox.join(template::file_name(&form)), &filled).unwrap();
            if index == 4 {
                // An older copy, one more of the same, and one under another unit's name.
                fs::write(inbox.join(format!("{} ban sao.xlsx", unit.code)), &filled).unwrap();
                fs::write(inbox.join(format!("{}-{}.xlsx", roster[0].code, roster[0].short_name)), &filled)
                    .unwrap();
            }
        }
        fs::write(inbox.join("thu.txt"), "Kính gửi, xem tệp kèm theo").unwrap();
        fs::write(inbox.join("tu-lap.xlsx"), own_table()).unwrap();
    }

    /// Every file the program wrote, but for the manuals: they are about the plan inside the program and say so.
    fn written(&self) -> Vec<PathBuf> {
        let manual =
            |path: &Path| path.ancestors().any(|at| at.ends_with("huong-dan") || at.ends_with("luoc-do"));
        let all =
            walkdir::WalkDir::new(self.path("")).sort_by_file_name().into_iter().map(|entry| entry.unwrap());
        let files = all.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
        files.filter(|path| !manual(path) && !path.starts_with(self.path("hop-thu"))).collect()
    }

    /// Where what is said, and which of the words.
    fn said(&self, words: &Words) -> Vec<(String, BTreeSet<String>)> {
        let mut found = Vec::new();
        for (line, printed) in &self.printed {
            found.push((format!("xhht {line}"), words.in_text(printed)));
        }
        for path in self.written() {
            let shown = path.strip_prefix(self.path("")).unwrap().display().to_string();
            found.push((format!("name of {shown}"), words.in_text(&shown)));
            for (part, text) in said::texts_of(&path) {
                found.push((format!("{shown} {part}"), words.in_text(&text)));
            }
        }
        found.retain(|(_, found)| !found.is_empty());
        found
    }
}

fn day(year: i32, month: u32, day: u32) -> Content {
    Content::Date(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

/// What a unit writes into a cell; the third of the roster writes what gives findings.
fn answer(index: usize, unit: &Unit, year: i32, field: &Field) -> Option<Content> {
    let text = |text: &str| Some(Content::Text(text.into()));
    let column = field.id.as_str().rsplit_once('.').unwrap().1;
    if index == 2 {
        match column {
            "gai" => return text("khoảng 9"),
            "muon" => return Some(Content::Number(9000.into())),
            "co_nguoi" => return text("nhiều lắm"),
            "ghi_ten" => return text("chưa có"),
            "duoc_nhan" => return None,
            "tram" => return text("37,5%"),
            "buoi" => return text("15/88"),
            "tien" => return text("1.234"),
            "loi_them" => return text("Đã xong ✅"),
            _ => {}
        }
    }
    let choice = |wanted: &[Meaning]| {
        let FieldKind::Choice(list) = &field.kind else { return None };
        list.items
            .iter()
            .find(|item| wanted.contains(&item.means))
            .map(|item| Content::Text(item.text.as_str().into()))
    };
    match &field.kind {
        FieldKind::Count | FieldKind::Decimal | FieldKind::Money(_) => {
            Some(Content::Number(match field.role {
                Some(ColumnRole::Whole) => (610 + 40 * index as i64).into(),
                Some(ColumnRole::Registered) => (320 + 10 * index as i64).into(),
                Some(ColumnRole::Part | ColumnRole::Recognised) => (210 + 20 * index as i64).into(),
                Some(ColumnRole::Female) => 90.into(),
                _ => (30 + index as i64).into(),
            }))
        }
        FieldKind::Percent => None,
        FieldKind::Choice(_) if index == 1 => text("x").filter(|_| field.role.is_none()),
        FieldKind::Choice(_) => choice(if index == 0 {
            &[Meaning::No, Meaning::Estimate]
        } else {
            &[Meaning::Yes, Meaning::Actual]
        }),
        FieldKind::Text => text(&format!("Lời của {}", unit.short_name)),
        // One is late, one has another year in mind.
        FieldKind::Date => Some(if index == 4 {
            day(year, 11, 28)
        } else if index == 5 {
            day(year - 1, 11, 5)
        } else {
            day(year, 11, 5)
        }),
    }
}

/// A workbook nobody asked for.
fn own_table() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "Bảng tự kẻ").unwrap();
    book.save_to_buffer().unwrap()
}

/// A December whole: templates with last year's figures, checks, results with history, unit sheets, return copies.
fn december(office: &mut Office, year: i32, due: &str, more: &str) {
    let plan = "--plan ke-hoach/plan.toml";
    let inbox = format!("hop-thu/{year}");
    office.runs(&format!("template {plan} --year {year} --out mau/{year}{more}"), 0);
    office.fills_in(year, &inbox);
    office.runs(&format!("check {inbox} {plan} --year {year} --out nhan-xet-{year}.xlsx{more}"), 1);
    office.runs(&format!("check {inbox} {plan} --year {year} --format json"), 1);
    office.runs(&format!("track {inbox} {plan} --year {year} --as-of {year}-{due} --out theo-doi{more}"), 1);
    let history = if more.is_empty() { "" } else { " --history ket-qua" };
    let out = format!("--as-of {year}-{due} --out ket-qua/{year} --unit-sheets{history}{more}");
    office.runs(&format!("consolidate {inbox} {plan} --year {year} {out}"), 1);
    office.runs(&format!("consolidate {inbox} {plan} --year {year} --format json {out}"), 1);
}

fn is_of_clock(c: char) -> bool {
    c.is_ascii_digit() || c == ':'
}

#[test]
fn a_december_with_another_plan_says_no_word_of_the_embedded_one() {
    let (embedded, other) = (PlanSources::embedded(), other_plan());
    let words = Words::of_plan_without(&embedded, &other);
    assert!(words.len() > 1000, "{}", words.len());
    let mut office = Office::of_plan(&other, plan_folder().to_str().unwrap());
    office.printed.clear(); // the line above names this repository's own folder
    let mut found = office.said(&words); // two of these files are written over below
    office.runs("plan check ke-hoach/plan.toml", 0);
    december(&mut office, 2024, "11-25", "");
    // Of the decisions on last year's faults some hold, some do not.
    fs::write(office.path("mien-tru.toml"), WAIVERS).unwrap();
    fs::write(office.path("dinh-chinh.toml"), CORRECTIONS).unwrap();
    december(&mut office, 2025, "11-25", " --previous ket-qua/2024/ket-qua-xhht-2024.json");
    december(&mut office, 2026, "11-25", " --previous ket-qua/2025/ket-qua-xhht-2025.json");
    let step_by_step =
        ["7", "2026", "1", "2", "3", "4", "25/11/2026", "", "5", "Số 7", "", "", "c", "5", "4", "c", "", ""];
    office.answers(&[&step_by_step[..], &["5", "1", "", "", "", "k", "0"]].concat());
    office.runs("explain --plan ke-hoach/plan.toml", 0);
    let codes = Code::ALL.iter().map(|code| code.to_string());
    let codes: Vec<String> =
        codes.chain(office.plan.rules.iter().map(|rule| rule.code.to_string())).collect();
    for code in codes {
        office.runs(&format!("explain {code} --plan ke-hoach/plan.toml"), 0);
    }
    found.extend(office.said(&words));
    let told: Vec<String> = found.iter().map(|(place, found)| format!("{place}: {found:?}")).collect();
    assert!(told.is_empty(), "{} places:\n{}", told.len(), told.join("\n"));
    // Had it been said, it would have been seen.
    fs::write(office.path("ket-qua/2026/cay.txt"), "Chỉ tiêu 4.2: huyện Đức Huệ chưa xong").unwrap();
    let planted = BTreeSet::from(["4.2", "huyện", "huyện đức huệ", "đức huệ"].map(str::to_owned));
    let mut seen = office.said(&words);
    seen.retain(|(place, _)| place.starts_with("ket-qua/"));
    assert_eq!(seen, [("ket-qua/2026/cay.txt ".to_owned(), planted)]);
}

const WAIVERS: &str = r#"
[[waiver]]
code = "C001"
unit = "K53"
reason = "đang đếm lại"
approver = "Thị trưởng"
until = "2025-12-30"

[[waiver]]
code = "C013"
unit = "K53"
reason = "đã hết hạn"
approver = "Thị trưởng"
until = "2025-01-31"

[[waiver]]
code = "C019"
unit = "K51"
reason = "không có gì"
approver = "Thị trưởng"
until = "2025-12-30"
"#;

const CORRECTIONS: &str = r#"
[[correction]]
unit = "K53"
field = "thieu_nhi.muon"
old = "9000"
new = "240"
reason = "gõ nhầm"
who = "Nhà đọc"
date = "2025-11-21"

[[correction]]
unit = "K52"
field = "thieu_nhi.het"
old = "1"
new = "2"
reason = "gõ nhầm"
who = "Nhà đọc"
date = "2025-11-21"

[[correction]]
unit = "K52"
field = "khong.co"
old = "1"
new = "2"
reason = "gõ nhầm"
who = "Nhà đọc"
date = "2025-11-21"
"#;

/// What is wrong with a plan, and how to mend it, is told in that plan's words or in nobody's.
#[test]
fn mistakes_of_another_plan_are_told_without_words_of_the_embedded_one() {
    let other = other_plan();
    let words = Words::of_plan_without(&PlanSources::embedded(), &other);
    let mut told = BTreeSet::new();
    for broken in mistakes::broken(&other) {
        if let Err(Error::Plan(mistakes)) = Plan::read(&broken) {
            told.extend(mistakes.into_iter().map(|mistake| format!("{}: {}", mistake.what, mistake.cure)));
        }
    }
    assert!(told.len() > 300, "{}", told.len());
    let said: Vec<_> = told.iter().map(|text| (text, words.in_text(text))).collect();
    let said: Vec<_> = said.into_iter().filter(|(_, words)| !words.is_empty()).collect();
    assert!(said.is_empty(), "{said:#?}");
    // Examples are of the plan itself.
    for example in ["mã cấp (ví dụ khu)", "units:khu"] {
        assert!(told.iter().any(|text| text.contains(example)), "{example}");
    }
}

/// The help is of no plan; it names those inside the program.
#[test]
fn the_help_says_no_word_of_the_embedded_plan() {
    let words = Words::of_plan_without(&PlanSources::embedded(), &other_plan());
    for command in [
        "",
        "init",
        "template",
        "check",
        "track",
        "consolidate",
        "explain",
        "plan",
        "plan check",
        "start",
        "completions",
        "man",
    ] {
        let arguments = command.split_whitespace().chain(["--help"]);
        let output = Command::new(env!("CARGO_BIN_EXE_xhht")).args(arguments).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let named = SHIPPED.iter().map(|plan| plan.id).collect::<Vec<_>>().join(", ");
        assert!(text.contains(&named), "{command}: {text}");
        let text = SHIPPED.iter().fold(text, |text, plan| text.replace(plan.id, ""));
        // A starting plan is a province's.
        let text = text.replace("<TỈNH>", "").replace("tỉnh, thành phố", "");
        assert_eq!(words.in_text(&text), BTreeSet::new(), "{command}");
    }
}

/// The search sees into every kind of file: a December with the embedded plan says the words everywhere.
#[test]
fn what_the_search_looks_for_is_found_where_it_is_said() {
    let words = Words::of_plan_without(&PlanSources::embedded(), &other_plan());
    let mut office = Office::of_plan(&PlanSources::embedded(), "long-an");
    december(&mut office, 2024, "12-16", "");
    let found = office.said(&words);
    let says = |place: &str, word: &str| {
        let there = found.iter().any(|(at, words)| at.contains(place) && words.contains(word));
        assert!(
            there,
            "“{word}” is not found in {place}: {:?}",
            found
                .iter()
                .filter(|(at, _)| at.contains(place))
                .map(|(_, words)| words.iter().take(9))
                .collect::<Vec<_>>()
        );
    };
    says("xhht consolidate", "tân an");
    says("name of mau/2024", "794");
    says("mau/2024/794", "huyện");
    says("docProps/custom.xml", "long an 2021 2030");
    says("xl/workbook.xml", "nltt");
    says("tong-hop-xhht-2024.xlsx", "4.2");
    says("tong-hop-xhht-2024.xlsx", "xây dựng xã hội học tập");
    says("bao-cao-xhht-2024.pdf", "4.2");
    says("bao-cao-xhht-2024.pdf", "được công nhận danh hiệu");
    says("bao-cao-xhht-2024.pdf chuỗi", "long an");
    says("bao-cao-xhht-2024.docx word/document.xml", "được công nhận danh hiệu");
    says("bao-cao-xhht-2024.docx word/media/image1.emf", "4.2");
    says("bao-cao-xhht-2024.docx docProps/core.xml", "long an");
    says("tom-tat-xhht-2024.pdf", "tân an");
    says("ket-qua-xhht-2024.json", "794");
    says("nhan-xet-2024.xlsx", "“Đạt”");
    says("phan-hoi/", "năng lực trình độ");
    says("nhan-xet-2024.xlsx", "tân an");
    says("theo-doi-xhht-2024.xlsx", "tân an");
    says("nhac/2024/", "tân an");
}
