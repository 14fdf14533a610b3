//! A season played by answers alone, as somebody does who opens the program by a double click; wrong answers, and answers
//! that end at each question.

#![allow(clippy::unwrap_used)] // a test stops where it fails

use super::provinces::{fills_in, json, runs};
use chrono::{Datelike, Local};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;
use xhht::plan::{Plan, PlanSources};

/// Someone before the program, in a folder of their own.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Desk(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// What the program says to these answers, a line each.
    #[track_caller]
    fn hears(&self, answers: &[&str]) -> String {
        let mut child = Command::new(env!("CARGO_BIN_EXE_xhht"))
            .arg("start")
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut typed = answers.join("\n");
        if !answers.is_empty() {
            typed.push('\n');
        }
        // Who has left does not hear the rest.
        child.stdin.take().unwrap().write_all(typed.as_bytes()).ok();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(output.status.code(), Some(0), "{answers:?}: {said}");
        assert!(unicode_normalization::is_nfc(&said), "{said}");
        said
    }

    /// The plan of the working folder.
    fn plan(&self) -> Plan {
        let folder = self.path("xhht/ke-hoach");
        let file = |name: &str| xhht::plan::SourceFile {
            name: name.to_owned(),
            text: fs::read_to_string(folder.join(name)).unwrap(),
        };
        let main = file("plan.toml");
        let others = PlanSources::names_in(&main).iter().map(|name| file(name)).collect();
        Plan::read(&PlanSources { main, others }).unwrap_or_else(|error| panic!("{error}"))
    }

    fn receives(&self, plan: &Plan, year: i32, units: usize) {
        let roster = plan.roster(year);
        fills_in(plan, year, &self.path("xhht/hop-thu"), roster.into_iter().take(units));
    }
}

#[track_caller]
fn says(said: &str, words: &[&str]) {
    for words in words {
        assert!(said.contains(words), "“{words}” is not in: {said}");
    }
}

/// The line that a screen has for something.
fn line<'a>(said: &'a str, of: &str) -> &'a str {
    said.lines().rfind(|line| line.trim_start().starts_with(of)).unwrap_or_default()
}

#[test]
fn a_season_is_played_by_answers_alone() {
    let desk = Desk::new();
    // The first use: what is mistyped is asked anew, a name that ended is asked about.
    let said = desk.hears(&["Đồng Thápp Mườii", "Tiền Giang", "x", "k", "", "46", "", "7", "2025", "0"]);
    says(
        &said,
        &["82 Đồng Tháp", "Không có tỉnh", "là một phần của tỉnh Đồng Tháp", "Xin gõ c (có) hoặc k (không)"],
    );
    says(&said, &["Đã lập thư mục làm việc", "CẦN ĐIỀN", "THÀNH PHỐ HUẾ", "> 1  Kiểm tra kế hoạch"]);
    says(line(&said, "Năm báo cáo "), &["2025, nộp trước ngày"]);
    let plan = desk.plan();

    // The plan, then the templates: the step that is next is Enter.
    let said = desk.hears(&["7", "2025", "1", "", "0"]);
    says(&said, &["Kế hoạch dùng được", "> 2  Ghi biểu mẫu", "Gửi mỗi đơn vị tệp mang tên mình"]);
    let written = fs::read_dir(desk.path("xhht/bieu-mau/2025")).unwrap().flatten();
    let templates = written.filter(|file| file.path().extension().is_some_and(|kind| kind == "xlsx")).count();
    // A form for each; beside them the pages of how to fill it and to check it.
    assert_eq!(templates, plan.roster(2025).len());

    // Who has sent and who has not, from the first day on.
    let said = desk.hears(&["7", "2025", "3", "0"]);
    says(&said, &[&format!("0/{} đơn vị", plan.roster(2025).len()), "Sổ theo dõi"]);
    desk.receives(&plan, 2025, 3);
    let said = desk.hears(&["7", "2025", "", "0"]);
    says(&said, &["> 3  ", "Tình hình đến", "hop-thu: 3 tệp"]);
    assert!(desk.path("xhht/theo-doi-xhht-2025.xlsx").is_file());
    assert!(fs::read_dir(desk.path("xhht/nhac/2025")).unwrap().count() > 3);

    // A day as it is typed; a wrong one says what is expected.
    let said =
        desk.hears(&["7", "2025", "4", "31/11/2025", "16/12", "16.12.2025", "17/13", "17/12/2025", "0"]);
    says(&said, &["không phải là ngày có thật", "thiếu năm", "ví dụ", "Ngày ký"]);
    says(&said, &["số liệu chốt ngày 16/12/2025", "Đã tổng hợp đến ngày 16/12/2025"]);
    says(line(&said, "Kết quả "), &["2025, ghi lúc"]);

    // Closed, and nothing writes over it.
    let said = desk.hears(&["7", "2025", "5", "Báo cáo số 7/BC-X", "17/12/2025", "Phòng A", "", "k", "0"]);
    says(&said, &["Chưa chốt."]);
    assert!(!desk.path("xhht/ho-so").exists());
    let said = desk.hears(&["7", "2025", "5", "Báo cáo số 7/BC-X", "17/12/2025", "Phòng A", "c", "0"]);
    says(&said, &["Đã chốt", "lan-1", "> 6  Mở thư mục"]);
    let record = fs::read_to_string(desk.path("xhht/ho-so/2025/lan-1/ho-so.toml")).unwrap();
    says(&record, &["Báo cáo số 7/BC-X", "2025-12-17", "Phòng A", "2025-12-16", "letter-date"]);
    says(&desk.hears(&["7", "2025", "5", "0"]), &["đã chốt lần 1"]);

    // What comes late goes into another folder and is closed again, with a reason.
    desk.receives(&plan, 2025, 4);
    let again =
        ["7", "2025", "4", "c", "20-12-2025", "", "5", "9", "1", "Có thêm một đơn vị", "", "", "c", "0"];
    let said = desk.hears(&again);
    says(&said, &["báo cáo lần 2", "có số liệu gửi muộn", "Xin gõ một số từ 0 đến 3", "So với lần 1"]);
    let record = fs::read_to_string(desk.path("xhht/ho-so/2025/lan-2/ho-so.toml")).unwrap();
    says(&record, &["late-data", "Có thêm một đơn vị"]);
    let (code, said) = runs(&desk.path("xhht"), &["verify", "ho-so"]);
    assert_eq!(code, Some(0), "{said}");

    // The next year goes by the record.
    fs::remove_dir_all(desk.path("xhht/hop-thu")).unwrap();
    desk.receives(&plan, 2026, 3);
    let said = desk.hears(&["7", "2026", "2", "4", "16/12/2026", "", "0"]);
    says(&said, &["TỔNG HỢP", "NĂM 2026"]);
    let result = json(&desk.path("xhht/ket-qua/2026/ket-qua-xhht-2026.json")).to_string();
    assert!(result.contains("\"part\":2"), "the record of the year before is not used");
}

#[test]
fn where_the_answers_end_the_program_leaves_and_nothing_is_half_done() {
    let desk = Desk::new();
    let first = ["0", ""];
    for asked in 0..2 {
        desk.hears(&first[..asked]);
        assert_eq!(fs::read_dir(desk.0.path()).unwrap().count(), 0, "after {asked} answers");
    }
    desk.hears(&["tien giang"]);
    desk.hears(&first);
    desk.receives(&desk.plan(), 2024, 1);
    // What is made by all answers is not there before the last.
    let ends = |answers: &[&str], made: &str| {
        for asked in 0..answers.len() {
            desk.hears(&answers[..asked]);
            assert!(!desk.path(made).exists(), "after {asked} answers");
        }
        desk.hears(answers);
        assert!(desk.path(made).exists());
    };
    ends(&["7", "2024", "4", "16/12/2024", ""], "xhht/ket-qua/2024");
    ends(&["7", "2024", "5", "Báo cáo số 7", "17/12/2024", "Phòng A", "c"], "xhht/ho-so/2024/lan-1");
    ends(&["7", "2024", "4", "c", "20/12/2024", ""], "xhht/ket-qua/2024-lan-2");
    ends(&["7", "2024", "5", "2", "Sửa", "", "", "c"], "xhht/ho-so/2024/lan-2");
}

#[test]
fn what_cannot_be_done_is_told_and_the_menu_goes_on() {
    let desk = Desk::new();
    desk.hears(&["0", "", "0"]);
    // Nothing has been sent, written or closed; no such step, no such year.
    let said = desk.hears(&["9", "7", "1999", "7", "năm nay", "5", "6", "0"]);
    says(&said, &["từ 0 đến 7", "không có năm 1999", "không phải là một năm"]);
    says(&said, &["để chốt: làm việc 4 trước", "Thư mục làm việc: "]);
    // A plan with a mistake: step 1 comes first and shows it.
    let plan = desk.path("xhht/ke-hoach/plan.toml");
    let right = fs::read_to_string(&plan).unwrap();
    fs::write(&plan, right.replacen("id = ", "ma = ", 1)).unwrap();
    let said = desk.hears(&["", "2", "0"]);
    says(&said, &["KẾ HOẠCH CÒN LỖI", "> 1  Kiểm tra kế hoạch", "Cách sửa", "rồi kiểm tra lại"]);
    // A folder that cannot be written is asked for anew, and one that has a plan is left alone.
    let other = Desk::new();
    let taken = desk.path("xhht");
    fs::write(other.path("tep"), "x").unwrap();
    let said = other.hears(&["0", "tep", &format!("\"{}\"", taken.display()), "so", "0"]);
    says(&said, &["đã có tệp cùng tên", "không ghi đè", "Đã lập thư mục làm việc"]);
    assert!(other.path("so/ke-hoach/plan.toml").is_file());
}

#[test]
fn the_working_folder_is_found_and_of_several_one_is_chosen() {
    let desk = Desk::new();
    for name in ["một", "hai"] {
        assert_eq!(runs(desk.0.path(), &["init", name]).0, Some(0));
    }
    let said = desk.hears(&["3", "1", "0"]);
    says(&said, &["Có nhiều thư mục làm việc", "Xin gõ một số từ 0 đến 2", "> 1  Kiểm tra kế hoạch"]);
    let chosen = line(&said, "Thư mục ").to_owned();
    says(&desk.hears(&["0", "0", "", "0"]), &["Đã lập thư mục làm việc"]);
    assert!(desk.path("xhht/ke-hoach").exists());
    // From inside of one nothing is asked.
    let inside = Path::new(chosen.trim_start().trim_start_matches("Thư mục").trim()).to_owned();
    let output = Command::new(env!("CARGO_BIN_EXE_xhht"))
        .arg("bat-dau")
        .current_dir(&inside)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(!said.contains("Có nhiều thư mục") && line(&said, "Thư mục ") == chosen, "{said}");
}

#[test]
fn without_a_terminal_no_command_is_help_as_before() {
    let output = Command::new(env!("CARGO_BIN_EXE_xhht")).stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.stdout.is_empty() && said.contains("Lệnh:") && said.contains("bat-dau"), "{said}");
}

/// The year of a season on the clock of this computer is one of the two it can be.
#[test]
fn the_year_is_filled_in() {
    let desk = Desk::new();
    let said = desk.hears(&["0", "", "0"]);
    let today = Local::now().year();
    let shown = line(&said, "Năm báo cáo ");
    let clamped = |year: i32| year.clamp(2021, 2030).to_string();
    assert!(shown.contains(&clamped(today)) || shown.contains(&clamped(today - 1)), "{shown}");
}

/// Results that a run was cut off from, half in their places, are in their places before they are looked at.
#[test]
fn results_left_amid_a_swap_are_put_in_their_places() {
    let desk = Desk::new();
    let said = desk.hears(&["0", "", "0"]);
    let shown = line(&said, "Năm báo cáo ");
    let year: String = shown.chars().skip_while(|c| !c.is_ascii_digit()).take(4).collect();
    let results = desk.path("xhht/ket-qua").join(&year);
    fs::create_dir_all(&results).unwrap();
    let [place, beside, journal] =
        [format!("tom-tat-xhht-{year}.pdf"), ".xhht-moi.tmp".into(), "DANG-THAY-KET-QUA.txt".into()]
            .map(|name: String| results.join(name));
    fs::write(&place, "cu").unwrap();
    fs::write(&beside, "moi").unwrap();
    let steps = format!(r#"{{"put":[[".xhht-moi.tmp","tom-tat-xhht-{year}.pdf"]],"take_away":[]}}"#);
    fs::write(&journal, format!("Đang thay.\n\n{steps}\n")).unwrap();
    desk.hears(&["0"]);
    assert_eq!(fs::read_to_string(&place).unwrap(), "moi");
    assert!(!journal.exists() && !beside.exists());
}
