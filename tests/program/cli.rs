//! The real program in fresh folders: what it prints, writes and answers.

#![allow(clippy::unwrap_used)] // a test stops where it fails

use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use xhht::finding::Code;
use xhht::plan::{Plan, PlanSources};

/// What a run of the program answered.
struct Answer {
    code: i32,
    out: String,
    err: String,
}

impl Answer {
    /// Stops the test unless the exit code is this one.
    #[track_caller]
    fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "printed: {}{}", self.out, self.err);
        self
    }
}

fn xhht<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Answer {
    let output = Command::new(env!("CARGO_BIN_EXE_xhht")).args(arguments).output().unwrap();
    Answer {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Arguments as one would type them; `{}` stands for the paths in turn.
fn typed(line: &str, paths: &[&Path]) -> Answer {
    let mut paths = paths.iter();
    xhht(
        line.split(' ').map(|word| {
            if word == "{}" { paths.next().unwrap().as_os_str().to_owned() } else { word.into() }
        }),
    )
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// The sample December, some of it messy on purpose.
fn december() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024")
}

fn consolidate(inbox: &Path, out: &Path) -> Answer {
    typed("consolidate {} --year 2024 --as-of 2024-12-10 --out {}", &[inbox, out])
}

fn result(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("ket-qua-xhht-2024.json")).unwrap()).unwrap()
}

/// Files of a folder and those below it, forward slashes, and what is in them.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

/// What goes back of the sample December on 10/12/2024: to those whom `samples/README.md` names, to one whose report is
/// dated a day later, and the list.
const RETURNED: [&str; 9] = [
    "795-Thị xã Kiến Tường.xlsx",
    "797-Huyện Vĩnh Hưng.xlsx",
    "800-Huyện Thạnh Hóa.xlsx",
    "804-Huyện Thủ Thừa.xlsx",
    "807-Huyện Cần Giuộc.xlsx",
    "HND-Hội Nông dân tỉnh.xlsx",
    "SLDTBXH-Sở Lao động - Thương binh và Xã hội.xlsx",
    "STTTT-Sở Thông tin và Truyền thông.xlsx",
    "de-biet.xlsx",
];

/// How many of these files are no return copies.
fn of_province(contents: &BTreeMap<String, Vec<u8>>) -> usize {
    contents.keys().filter(|name| !name.starts_with("phan-hoi/")).count()
}

const COMMANDS: [(&str, &str); 8] = [
    ("start", "bat-dau"),
    ("completions", "goi-y"),
    ("man", "trang-man"),
    ("init", "khoi-tao"),
    ("template", "mau"),
    ("check", "kiem-tra"),
    ("consolidate", "tong-hop"),
    ("explain", "giai-thich"),
];

/// English words that libraries and systems like to say.
const ENGLISH: &str = "\
    usage options option arguments argument commands command alias aliases default possible values \
    value print help error tip for more information try found unexpected unrecognized invalid \
    required the was not provided no such file directory permission denied type expected missing of \
    unknown statement syntax";

#[track_caller]
fn assert_vietnamese(text: &str) {
    for word in text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))) {
        let is_command = word == "template" || word == "check";
        assert!(
            is_command || !ENGLISH.split(' ').any(|english| word.to_lowercase() == english),
            "“{word}” in: {text}"
        );
    }
    assert!(unicode_normalization::is_nfc(text), "{text}");
}

#[test]
fn help_is_vietnamese_for_every_command_under_both_names() {
    let all = xhht(["--help"]).exits(0);
    assert_vietnamese(&all.out);
    assert!(all.out.contains("Cách dùng: xhht [TÙY CHỌN] <LỆNH>"), "{}", all.out);
    let unwrapped = all.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for (name, alias) in COMMANDS {
        assert!(unwrapped.contains(&format!("(tên khác: {alias})")), "{}", all.out);
        let help = xhht([name, "--help"]).exits(0);
        assert_vietnamese(&help.out);
        assert!(help.out.contains("Cách dùng: xhht ") && help.err.is_empty(), "{}", help.out);
        assert_eq!(help.out, xhht([alias, "-h"]).exits(0).out, "{alias}");
    }
    let plan = xhht(["plan", "--help"]).exits(0);
    assert_vietnamese(&plan.out);
    let check = xhht(["plan", "check", "--help"]).exits(0);
    assert_vietnamese(&check.out);
    assert_eq!(check.out, xhht(["plan", "kiem-tra", "--help"]).exits(0).out);
    let show = xhht(["plan", "show", "--help"]).exits(0);
    assert_vietnamese(&show.out);
    assert_eq!(show.out, xhht(["plan", "xem", "--help"]).exits(0).out);
    assert_eq!(xhht(["--version"]).exits(0).out, format!("xhht {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn what_cannot_be_done_exits_2_and_says_why_in_vietnamese() {
    let place = folder();
    let (out, file) = (place.path().join("ra"), place.path().join("tep.txt"));
    fs::write(&file, "không phải thư mục").unwrap();
    let inside_a_file = file.join("ra");
    let said = |line: &str, paths: &[&Path], about: &str| {
        let answer = typed(line, paths).exits(2);
        assert!(answer.out.is_empty(), "{line}: {}", answer.out);
        assert_vietnamese(&answer.err.replace(&*place.path().to_string_lossy(), ""));
        assert!(answer.err.contains(about), "{line}: {}", answer.err);
    };
    said("--khong-co", &[], "không có tùy chọn “--khong-co”");
    said("tong", &[], "không có lệnh “tong”");
    said("chek", &[], "“check”");
    said("plan", &[], "Lệnh:");
    said("explain C001 C002", &[], "thừa tham số “C002”");
    said("explain C9999", &[], "Không có mã nhận xét “C9999”");
    said("template --year 2024", &[], "thiếu tham số bắt buộc: --out");
    said("template --out {}", &[&out], "thiếu tham số bắt buộc: --year");
    said("template --year", &[], "--year <NĂM> cần một giá trị");
    said("template --year hai-nghin --out {}", &[&out], "cần một năm");
    said("template --year 99999999999 --out {}", &[&out], "cần một năm");
    said("template --year 2024 --year 2025 --out {}", &[&out], "hai lần");
    said("--quiet=1 explain", &[], "không nhận giá trị");
    said("--color xanh explain", &[], "auto, always, never");
    said("check . --format xml", &[], "text, json");
    said("consolidate {} --year 2024 --out {} --as-of 31/02/2024", &[&file, &out], "ngày có thật");
    said("check {}", &[&place.path().join("khong-co")], "Không tìm thấy tệp nào");
    said("check [", &[], "Mẫu tên “[” không đúng");
    said("check {} --plan {}", &[&file, &out], "không có tệp hoặc thư mục này");
    said("plan check {}", &[&out], "không có tệp hoặc thư mục này");
    said("template --year 2024 --out {}", &[&inside_a_file], "Không tạo thư mục được");
    said("consolidate {} --year 2024 --out {}", &[&december(), &inside_a_file], "Không tạo thư mục được");
    said("consolidate {} --year 2024 --out {} --history {}", &[&december(), &out, place.path()], "năm trước");
    said("init {}", &[&inside_a_file], "Không tạo thư mục được");
    assert!(!out.exists(), "nothing was written");
}

#[test]
fn unknown_units_and_years_are_answered_with_those_there_are() {
    let out = folder();
    let answer = typed("template --year 2024 --unit 999 --out {}", &[out.path()]).exits(2);
    assert!(answer.err.contains("“999”") && answer.err.contains("794, 795, 796"), "{}", answer.err);
    let answer = typed("template --year 2035 --out {}", &[out.path()]).exits(2);
    assert!(answer.err.contains("2021–2030") && answer.err.contains("2035"), "{}", answer.err);
    let answer = typed("check {} --year 1999", &[&december()]).exits(2);
    assert!(answer.err.contains("2021–2030") && answer.err.contains("1999"), "{}", answer.err);
    assert!(contents(out.path()).is_empty());
}

#[test]
fn every_code_is_explained() {
    let all = xhht(["explain"]).exits(0).out;
    let plan = Plan::read(&PlanSources::embedded()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(all.lines().count(), Code::ALL.len() + plan.rules.len());
    for rule in &plan.rules {
        let code = rule.code.to_string();
        let page = xhht(["explain", &code]).exits(0).out;
        for part in [&code, &rule.title, &rule.text, rule.effect()] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        assert!(!page.contains(['{', '}']), "{page}");
        assert!(all.contains(&format!("{} ", rule.code)));
    }
    for info in Code::ALL.iter().map(|code| code.info()) {
        let code = info.code.as_str();
        let page = xhht(["explain", &code.to_lowercase()]).exits(0).out;
        for part in [code, info.title, info.meaning, info.cause, info.cure, info.example, info.effect] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        assert!(all.contains(&format!("{} ", info.code)));
    }
}

#[test]
fn a_fresh_working_folder_has_a_plan_that_holds() {
    let place = folder();
    let work = place.path().join("xhht-2024");
    typed("khoi-tao {}", &[&work]).exits(0);
    for (name, made) in [("huong-dan-nhanh", "bat-dau-nhanh"), ("ky-bao-cao-thang-12", "ky-bao-cao-thang-12")]
    {
        let of = |path: PathBuf| fs::read(path.with_extension("pdf")).unwrap();
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/huong-dan");
        assert!(of(work.join("huong-dan").join(name)) == of(docs.join(made)), "{name}");
    }
    let guide = fs::read_to_string(work.join("HUONG-DAN.txt")).unwrap();
    // Every command of the guide runs as written, from inside the folder, over a filled inbox.
    for line in guide.lines().filter_map(|line| line.trim().strip_prefix("xhht ")) {
        if line.contains("hop-thu") {
            fs::copy(december().join("802-Huyện Đức Hòa.xlsx"), work.join("hop-thu/802.xlsx")).unwrap();
        }
        let mut program = Command::new(env!("CARGO_BIN_EXE_xhht"));
        let output = program.args(line.split(' ')).current_dir(&work).output().unwrap();
        assert_ne!(output.status.code(), Some(2), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(work.join("ket-qua/2025/bao-cao-xhht-2025.pdf").is_file());
    let again = typed("init {}", &[&work]).exits(2);
    assert!(again.err.contains("không ghi đè"), "{}", again.err);
}

#[test]
fn summaries_and_findings_are_vietnamese() {
    let out = folder();
    let without_paths = |text: &str| text.replace(&*out.path().to_string_lossy(), "");
    assert_vietnamese(&without_paths(&consolidate(&december(), out.path()).exits(1).out));
    assert_vietnamese(&typed("check {} --year 2024", &[&december()]).exits(1).out);
    assert_vietnamese(&xhht(["explain"]).out);
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/plan/long-an/plan.toml");
    assert_vietnamese(&typed("plan check {}", &[&plan]).exits(0).out);
    let report = typed("template --year 2024 --unit 802 --out {}", &[out.path()]).exits(0);
    assert_vietnamese(&without_paths(&report.out));
}

/// A working folder's plan with mistakes put into its files.
fn broken_plan(place: &Path, spoil: &[(&str, &str, &str)]) -> PathBuf {
    typed("init {}", &[place]).exits(0);
    let plan = place.join("ke-hoach");
    for (name, right, wrong) in spoil {
        let path = plan.join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(right), "{name} has no {right}");
        fs::write(&path, text.replacen(right, wrong, 1)).unwrap();
    }
    plan.join("plan.toml")
}

#[test]
fn a_rule_that_keeps_out_what_no_indicator_uses_is_told_of_without_refusing_the_plan() {
    let place = folder();
    let keeps_out_the_answer = "keeps-out = [\"muc_xmc.muc\", \"xmc_md2.dat\"]";
    let plan =
        broken_plan(place.path(), &[("quy-tac.toml", keeps_out_the_answer, "keeps-out = [\"muc_xmc.muc\"]")]);
    let answer = typed("plan check {}", &[&plan]).exits(0);
    assert_vietnamese(&words_of_ours(&answer.out));
    let told: Vec<&str> = answer.out.lines().filter(|line| line.contains("Lưu ý: quy tắc")).collect();
    assert!(matches!(told[..], [only] if only.contains("quy tắc R010")), "{}", answer.out);
    // The plan may say that this is meant.
    let rules = plan.with_file_name("quy-tac.toml");
    let text = fs::read_to_string(&rules).unwrap();
    let meant = "keeps-out = [\"muc_xmc.muc\"]";
    fs::write(&rules, text.replace(meant, &format!("{meant}\ninformative = true"))).unwrap();
    let answer = typed("plan check {}", &[&plan]).exits(0);
    assert!(!answer.out.contains("Lưu ý: quy tắc"), "{}", answer.out);
}

#[test]
fn targets_that_ask_for_less_each_time_are_told_of_without_refusing_the_plan() {
    let place = folder();
    let rising = "targets = { 2025 = \"50\", 2030 = \"70\" }";
    let turned = format!("better = \"lower\"\n{rising}");
    let plan = broken_plan(place.path(), &[("plan.toml", rising, &turned)]);
    let told = |plan: &PathBuf| {
        let answer = typed("plan check {}", &[plan]).exits(0);
        let lines = answer.out.lines().filter(|line| line.contains("Lưu ý: mục tiêu"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let lines = told(&plan);
    assert!(
        matches!(&lines[..], [only] if only.contains("tăng từ 50% (2025) lên 70% (2030) trong khi chỉ tiêu càng thấp càng tốt")),
        "{lines:?}"
    );
    let text = fs::read_to_string(&plan).unwrap();
    fs::write(&plan, text.replace(&turned, "better = \"lower\"\ntargets = { 2025 = \"50\", 2030 = \"30\" }"))
        .unwrap();
    assert_eq!(told(&plan), Vec::<String>::new());
    let misspelt = text.replace("better = \"lower\"", "better = \"thấp\"");
    fs::write(&plan, misspelt).unwrap();
    let answer = typed("plan check {}", &[&plan]).exits(2);
    assert!(answer.err.contains("better") || answer.out.contains("better"), "{}{}", answer.out, answer.err);
}

/// What is told of a plan's mistakes without the plan's own lines and the cures, which name its keys and tags.
fn words_of_ours(told: &str) -> String {
    told.lines().filter(|line| !line.contains(" | ") && !line.contains("Cách sửa:")).collect()
}

/// Breaks a plan and looks for each mistake by its file and line.
#[track_caller]
fn tells_every(mistakes: &[(&str, &str, &str)]) {
    let place = folder();
    let plan = broken_plan(place.path(), mistakes);
    let answer = typed("plan check {}", &[&plan]).exits(2);
    assert_vietnamese(&words_of_ours(&answer.err));
    for (name, right, wrong) in mistakes {
        let text = fs::read_to_string(plan.with_file_name(name)).unwrap();
        let line = text[..text.find(wrong).unwrap()].matches('\n').count() + 1;
        let told = answer.err.lines().any(|told| told.contains(&format!("{name}, dòng {line}, ")));
        assert!(told, "{right} → {wrong} (line {line}): {}", answer.err);
    }
    assert!(answer.out.is_empty(), "{}", answer.out);
    // No command works by such a plan.
    let out = place.path().join("ra");
    typed("template --plan {} --year 2024 --out {}", &[&plan, &out]).exits(2);
    assert!(!out.exists());
}

#[test]
fn every_mistake_of_form_in_a_plan_is_told_with_file_and_line() {
    tells_every(&[
        ("plan.toml", "counted = \"người\"", "dem = \"người\""),
        ("plan.toml", "first-year = 2021", "first-year = \"2021\""),
        ("plan.toml", "kind = \"province-figure\"", "kind = \"so-tinh\""),
        ("don-vi.toml", "population = 43674", "population = \"43.674\""),
        ("don-vi.toml", "short = \"Tân Hưng\"", "ten-ngan = \"Tân Hưng\""),
        ("bieu-mau.toml", "required = true, width = 2 }", "required = \"có\", width = 2 }"),
    ]);
}

#[test]
fn every_mistake_of_meaning_in_a_plan_is_told_with_file_and_line() {
    tells_every(&[
        ("plan.toml", "status = \"pcgd_mg.dat\"", "status = \"khong_co.dat\""),
        ("plan.toml", "targets = { 2025 = \"85\"", "targets = { 2025 = \"185\""),
        ("don-vi.toml", "valid-from = \"2021-01-01\"", "valid-from = \"2021-13-01\""),
        ("don-vi.toml", "code = \"795\"", "code = \"794 \""),
        ("bieu-mau.toml", "id = \"kns\"", "id = \"Kỹ năng\""),
        ("bao-cao.txt", "{% for ", "{% lap "),
        ("tom-tat.txt", "{% if don_vi.muon %}", "{% neu don_vi.muon %}"),
        ("phieu-don-vi.txt", "{% elif ", "{% hoac "),
        ("plan.toml", "review-subjects = { 2025", "review-subjects = { nam-2025"),
    ]);
}

#[test]
fn a_plan_of_broken_syntax_is_told_in_vietnamese() {
    let place = folder();
    let plan = broken_plan(place.path(), &[("plan.toml", "first-year = 2021", "first-year = 2021 =")]);
    let answer = typed("plan kiem-tra {}", &[&plan]).exits(2);
    assert!(answer.err.contains("P001 plan.toml, dòng "), "{}", answer.err);
    assert_vietnamese(&words_of_ours(&answer.err));
}

#[test]
fn one_unit_gets_one_template_and_twice_the_same() {
    let (first, second) = (folder(), folder());
    typed("template --year 2024 --unit 794 --out {}", &[first.path()]).exits(0);
    typed("mau --year 2024 --unit 794 --out {}", &[second.path()]).exits(0);
    let written = contents(first.path());
    // The page is there where the program was built with its module.
    let names: Vec<&String> = written.keys().filter(|name| *name != "kiem-tra.html").collect();
    assert_eq!(names, ["794-Thành phố Tân An.xlsx", "huong-dan-nhanh.pdf"]);
    assert_eq!(written, contents(second.path()));
    let blank = typed("check {} --year 2024 --format json", &[first.path()]).exits(1);
    assert!(!blank.out.is_empty(), "a blank template is no report");
}

#[test]
fn the_same_december_twice_gives_the_same_bytes() {
    let (first, second) = (folder(), folder());
    let answer = consolidate(&december(), first.path()).exits(1);
    consolidate(&december(), second.path()).exits(1);
    let written = contents(first.path());
    for name in [
        "tong-hop-xhht-2024.xlsx",
        "bao-cao-xhht-2024.pdf",
        "bao-cao-xhht-2024.docx",
        "tom-tat-xhht-2024.pdf",
        "to-trinh-xhht-2024.docx",
        "phu-luc-noi-bo-2024.pdf",
        "ket-qua-xhht-2024.json",
    ] {
        assert!(written.contains_key(name) && answer.out.contains(name), "{}", answer.out);
    }
    assert!(written == contents(second.path()));
    let result = result(first.path());
    let told = result["outputs"].as_array().unwrap().iter().map(|output| output["path"].as_str().unwrap());
    let mut told: Vec<&str> = told.chain(["ket-qua-xhht-2024.json"]).collect();
    told.sort_unstable();
    assert_eq!(told, written.keys().collect::<Vec<_>>());
    let returned: Vec<&str> = told.iter().filter_map(|name| name.strip_prefix("phan-hoi/")).collect();
    assert_eq!(returned, RETURNED);
    assert!(answer.out.contains("8 bản trả lại"), "{}", answer.out);
}

#[test]
fn a_report_that_somebody_has_gone_on_writing_is_kept_beside_the_next() {
    let out = folder();
    consolidate(&december(), out.path()).exits(1);
    for draft in ["bao-cao-xhht-2024", "to-trinh-xhht-2024"] {
        is_kept(out.path(), draft);
    }
}

fn is_kept(out: &Path, draft: &str) {
    let report = out.join(format!("{draft}.docx"));
    // As it was written it gives way, and nothing is said of it.
    let answer = consolidate(&december(), out).exits(1);
    let written = fs::read(&report).unwrap();
    assert!(!answer.err.contains("bản đã sửa"), "{}", answer.err);
    for kept in [" (bản đã sửa).docx", " (bản đã sửa 2).docx"].map(|end| format!("{draft}{end}"))
    {
        let edited = [&written[..], kept.as_bytes()].concat();
        fs::write(&report, &edited).unwrap();
        let answer = consolidate(&december(), out).exits(1);
        assert!(answer.err.contains(&kept), "{}", answer.err);
        assert!(fs::read(&report).unwrap() == written);
        assert!(fs::read(out.join(&kept)).unwrap() == edited);
    }
}

/// The December under other names in another place; new name → old name, both as outputs print them.
fn renamed_december(to: &Path) -> BTreeMap<String, String> {
    let mut files: Vec<PathBuf> = walk(&december());
    // Not in the old order: what comes first by name must not decide anything.
    files.sort_by_key(|path| path.to_string_lossy().bytes().rev().collect::<Vec<_>>());
    let mut names = BTreeMap::new();
    for (i, path) in files.iter().enumerate() {
        let old = path.strip_prefix(december()).unwrap().to_str().unwrap().replace('\\', "/");
        // A lock file is told by its name, and so is whose a file may be that cannot be read; the rest may be called anything.
        let kept = match old.rsplit('/').next() {
            Some(name) if name.starts_with("~$") => "~$",
            Some(name) if name.starts_with("HND-") => "HND ",
            _ => "",
        };
        let new = format!("{kept}bao cao {:02}.{}", 99 - i, path.extension().unwrap().to_str().unwrap());
        fs::copy(path, to.join(&new)).unwrap();
        names.insert(new, old);
    }
    names
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

/// A result with file names put back, without what tells of names alone.
fn with_names(mut result: Value, names: &BTreeMap<String, String>) -> Value {
    let rename = |name: &mut Value| {
        if let Some(old) = name.as_str().and_then(|new| names.get(new)) {
            *name = old.as_str().into();
        }
    };
    for unit in result["units"].as_array_mut().unwrap() {
        let files = unit["files"].as_array_mut().unwrap();
        files.iter_mut().for_each(|file| rename(&mut file["path"]));
    }
    let findings = result["findings"].as_array_mut().unwrap();
    // O005 compares a file's name with its content.
    findings.retain(|finding| finding["code"] != "O005");
    for finding in findings {
        if finding.get("file").is_some() {
            rename(&mut finding["file"]);
        }
        for (new, old) in names {
            for part in ["cause", "cure", "effect", "typed", "read"] {
                if let Some(text) = finding.get(part).and_then(Value::as_str) {
                    finding[part] = text.replace(new, old).into();
                }
            }
        }
    }
    // The workbook and the report print the names.
    result.as_object_mut().unwrap().remove("outputs");
    result
}

/// Numbers of a sheet in their places.
fn figures(folder: &Path, sheet: &str) -> Vec<(usize, usize, f64)> {
    use calamine::{DataType, Reader};
    let path = folder.join("tong-hop-xhht-2024.xlsx");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.used_cells().filter_map(|(row, column, cell)| Some((row, column, cell.get_float()?))).collect()
}

#[test]
fn other_names_in_another_place_change_nothing_but_the_printed_names() {
    let (here, there, elsewhere) = (folder(), folder(), folder());
    let names = renamed_december(elsewhere.path());
    consolidate(&december(), here.path()).exits(1);
    consolidate(elsewhere.path(), there.path()).exits(1);
    let (a, b) = (result(here.path()), result(there.path()));
    let none = BTreeMap::new();
    similar(&with_names(a, &none), &with_names(b, &names), "");
    for sheet in ["Chỉ tiêu", "Theo đơn vị", "Số liệu"] {
        let numbers = figures(here.path(), sheet);
        assert!(numbers.len() > 14, "{sheet}: {numbers:?}");
        assert_eq!(numbers, figures(there.path(), sheet), "{sheet}");
    }
}

/// Like `assert_eq!`, but says where two values differ rather than printing both.
#[track_caller]
fn similar(a: &Value, b: &Value, place: &str) {
    match (a, b) {
        (Value::Object(x), Value::Object(y)) => {
            assert!(x.keys().eq(y.keys()), "{place}: {a} | {b}");
            x.iter().for_each(|(key, value)| similar(value, &y[key], &format!("{place}.{key}")));
        }
        (Value::Array(x), Value::Array(y)) if x.len() == y.len() => {
            x.iter().zip(y).enumerate().for_each(|(i, (a, b))| similar(a, b, &format!("{place}[{i}]")));
        }
        _ => assert_eq!(a, b, "{place}"),
    }
}

#[test]
fn one_bad_file_never_stops_the_batch() {
    let (inbox, out) = (folder(), folder());
    let good = ["802-Huyện Đức Hòa.xlsx", "808-Huyện Châu Thành.xlsx"];
    for name in good {
        fs::copy(december().join(name), inbox.path().join(name)).unwrap();
    }
    fs::write(inbox.path().join("rac.xlsx"), b"PK\x03\x04 khong phai bang tinh").unwrap();
    let answer = consolidate(inbox.path(), out.path()).exits(1);
    assert!(answer.err.is_empty(), "{}", answer.err);
    assert_eq!(of_province(&contents(out.path())), 7);
    let result = result(out.path());
    let units = result["units"].as_array().unwrap();
    let reported = units.iter().filter(|unit| unit["status"] == "reported").count();
    assert_eq!(reported, good.len());
    let findings = result["findings"].as_array().unwrap();
    let refused = findings.iter().find(|finding| finding["file"] == "rac.xlsx").unwrap();
    assert_eq!(refused["severity"], "reject");
    let checked = typed("check {} --year 2024", &[inbox.path()]).exits(1);
    assert!(checked.out.contains("rac.xlsx"), "{}", checked.out);
}

#[test]
fn findings_as_json_are_one_object_a_line() {
    let out = folder();
    let listed = typed("check {} --year 2024 --as-of 2024-12-10 --format json", &[&december()]).exits(1);
    let with_results = typed(
        "consolidate {} --year 2024 --as-of 2024-12-10 --format json --out {}",
        &[&december(), out.path()],
    )
    .exits(1);
    let plan = Plan::read(&PlanSources::embedded()).unwrap_or_else(|error| panic!("{error}"));
    for answer in [&listed, &with_results] {
        assert!(answer.err.is_empty());
        for line in answer.out.lines() {
            let finding: Value = serde_json::from_str(line).unwrap();
            let code = finding["code"].as_str().unwrap();
            let is_rule = plan.rules.iter().any(|rule| rule.code.to_string() == code);
            assert!(is_rule || Code::parse(code).is_some(), "{line}");
            for part in ["severity", "cause", "cure", "effect"] {
                assert!(finding[part].as_str().is_some_and(|text| !text.is_empty()), "{line}");
            }
        }
    }
    let lines: Vec<Value> =
        with_results.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::from(lines), result(out.path())["findings"]);
    assert_eq!(listed.out, with_results.out, "check and consolidate ask the same");
}

#[test]
fn quiet_prints_no_summary() {
    let out = folder();
    let answer =
        typed("consolidate {} --year 2024 --as-of 2024-12-10 --out {} --quiet", &[&december(), out.path()])
            .exits(1);
    assert_eq!((answer.out.as_str(), answer.err.as_str()), ("", ""));
    assert_eq!(of_province(&contents(out.path())), 7);
    let templates = folder();
    let answer = typed("template --quiet --year 2024 --out {}", &[templates.path()]).exits(0);
    assert_eq!((answer.out.as_str(), answer.err.as_str()), ("", ""));
    let work = folder();
    let answer = typed("init --quiet {}", &[work.path()]).exits(0);
    assert_eq!((answer.out.as_str(), answer.err.as_str()), ("", ""));
}

#[test]
fn no_colour_where_nobody_looks_and_colour_where_it_is_asked_for() {
    assert!(!xhht(["explain", "C001"]).out.contains('\u{1b}'));
    assert!(xhht(["explain", "C001", "--color", "always"]).out.contains('\u{1b}'));
    assert!(!xhht(["explain", "C001", "--color", "never"]).out.contains('\u{1b}'));
}

#[test]
fn old_results_stay_when_a_run_fails_and_go_when_it_does_not() {
    let (place, out) = (folder(), folder());
    let old = [("tong-hop-xhht-2024.xlsx", "cũ"), ("ghi-chu.txt", "của tôi")];
    for (name, text) in old {
        fs::write(out.path().join(name), text).unwrap();
    }
    let stray = out.path().join(".xhht-a1B2c3.tmp");
    fs::write(&stray, "dở dang").unwrap();
    let plan = broken_plan(place.path(), &[("plan.toml", "kind = \"ratio\"", "kind = \"ty-le\"")]);
    let broken = "consolidate {} --year 2024 --as-of 2024-12-10 --out {} --plan {}";
    typed(broken, &[&december(), out.path(), &plan]).exits(2);
    for (name, text) in old {
        assert_eq!(fs::read_to_string(out.path().join(name)).unwrap(), text);
    }
    consolidate(&december(), out.path()).exits(1);
    assert!(!stray.exists(), "a killed run's temporary file is removed");
    let now = contents(out.path());
    assert_eq!(of_province(&now), 8);
    assert_eq!(now["ghi-chu.txt"], "của tôi".as_bytes());
    assert!(now["tong-hop-xhht-2024.xlsx"].starts_with(b"PK"));
}

#[test]
fn history_gives_the_figures_of_the_year_before() {
    let (without, with, past) = (folder(), folder(), folder());
    consolidate(&december(), without.path()).exits(1);
    let mut last_year = result(without.path());
    last_year["year"] = 2023.into();
    for indicator in last_year["indicators"].as_array_mut().unwrap() {
        indicator["percent"] = if indicator["id"] == "2.1" { "12.3456789012".into() } else { Value::Null };
    }
    fs::write(past.path().join("ket-qua-xhht-2023.json"), last_year.to_string()).unwrap();
    typed(
        "consolidate {} --year 2024 --as-of 2024-12-10 --out {} --history {}",
        &[&december(), with.path(), past.path()],
    )
    .exits(1);
    let has = |folder: &Path| {
        figures(folder, "Chỉ tiêu")
            .into_iter()
            .filter(|(_, _, n)| (n - 12.345_678_901_2).abs() < 1e-9)
            .count()
    };
    assert_eq!((has(without.path()), has(with.path())), (0, 1));
    // Last year's percentage is shown, never used: this year's results stay.
    let figures_of = |folder: &Path| {
        let results = result(folder);
        let indicators = results["indicators"].as_array().unwrap().clone();
        indicators.into_iter().map(|i| (i["numerator"].clone(), i["percent"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(figures_of(without.path()), figures_of(with.path()));
    fs::write(past.path().join("ket-qua-xhht-2022.json"), "{ hỏng").unwrap();
    let answer =
        typed("consolidate {} --year 2024 --out {} --history {}", &[&december(), with.path(), past.path()])
            .exits(2);
    assert!(answer.err.contains("ket-qua-xhht-2022.json"), "{}", answer.err);
    assert_vietnamese(&answer.err.replace(&*past.path().to_string_lossy(), ""));
}

#[test]
fn the_brief_is_listed_and_has_a_sheet_for_each_local_unit_on_request() {
    let (without, with) = (folder(), folder());
    let history = december().parent().unwrap().join("2023");
    let run = "consolidate {} --year 2024 --as-of 2024-12-16 --out {} --history {}";
    typed(run, &[&december(), without.path(), &history]).exits(1);
    let answer = typed(&format!("{run} --unit-sheets"), &[&december(), with.path(), &history]).exits(1);
    assert!(answer.out.contains("tom-tat-xhht-2024.pdf"), "{}", answer.out);
    let listed = |folder: &Path| {
        let outputs = result(folder)["outputs"].clone();
        outputs.as_array().unwrap().iter().any(|file| file["path"] == "tom-tat-xhht-2024.pdf")
    };
    assert!(listed(without.path()) && listed(with.path()));
    let pages = |folder: &Path| {
        let bytes = fs::read(folder.join("tom-tat-xhht-2024.pdf")).unwrap();
        lopdf::Document::load_mem(&bytes).unwrap().get_pages().len()
    };
    assert_eq!((pages(without.path()), pages(with.path())), (2, 2 + 15));
}

#[test]
fn a_text_that_cannot_be_carried_out_is_told_with_line_and_column() {
    for (file, right, wrong) in [
        ("tom-tat.txt", "HỌC TẬP NĂM {{ nam }}", "HỌC TẬP NĂM {{ nam | khong_co }}"),
        ("tom-tat.txt", "{{ ngay_chot }}", "{{ ngay_chott }}"),
        ("bao-cao.txt", "{{ ten_cap }}", "{{ cong(\"khong.co\") }}"),
    ] {
        let (place, out) = (folder(), folder());
        let plan = broken_plan(place.path(), &[(file, right, wrong)]);
        let run = "consolidate {} --year 2024 --as-of 2024-12-10 --out {} --plan {}";
        let answer = typed(run, &[&december(), out.path(), &plan]).exits(2);
        assert!(answer.err.contains(&format!("P014 {file}, dòng ")), "{}", answer.err);
        assert!(answer.err.contains("cột "), "{}", answer.err);
    }
}

#[test]
fn of_many_units_the_summary_names_five_and_says_where_all_are() {
    let (inbox, out) = (folder(), folder());
    fs::copy(december().join("802-Huyện Đức Hòa.xlsx"), inbox.path().join("802.xlsx")).unwrap();
    let run = "consolidate {} --year 2024 --as-of 2024-12-10 --out {} --without pdf --without returns";
    let said = typed(run, &[inbox.path(), out.path()]).out;
    let missing = said.lines().find(|line| line.contains("Chưa gửi (34): ")).unwrap();
    assert!(missing.ends_with(" và 29 đơn vị khác") && missing.matches(", ").count() == 4, "{missing}");
    assert!(said.contains("trang “Bài nộp” của sổ Excel"), "{said}");
    let waiting: Vec<&str> = said.lines().filter_map(|line| Some(line.split_once(", chờ ")?.1)).collect();
    assert!(waiting.iter().any(|names| names.ends_with(" đơn vị khác")), "{said}");
    assert!(waiting.iter().all(|names| names.matches(", ").count() <= 4), "{waiting:?}");
    assert!(said.contains("trang “Còn thiếu” của sổ Excel"), "{said}");
}
