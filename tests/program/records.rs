//! A year's record: what it holds, that it comes out again, that nothing writes over it, and what differs between two.

#![allow(clippy::unwrap_used)] // a test stops where it fails

use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use toml::Table;

/// A few files of the sample December.
const SENT: [&str; 5] = [
    "794-Thành phố Tân An.xlsx",
    "799-Huyện Tân Thạnh.xlsx",
    "800-Huyện Thạnh Hóa.xlsx",
    "803-Huyện Bến Lức.xlsx",
    "808-Huyện Châu Thành.xlsx",
];

/// A working folder with an inbox and the plan.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Desk(tempfile::tempdir().unwrap());
        desk.says(0, "init viec --quiet");
        fs::rename(desk.path("viec/ke-hoach"), desk.path("ke-hoach")).unwrap();
        fs::create_dir(desk.path("hop-thu")).unwrap();
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024");
        for name in SENT {
            fs::copy(samples.join(name), desk.path("hop-thu").join(name)).unwrap();
        }
        desk
    }

    fn path(&self, within: &str) -> PathBuf {
        self.0.path().join(within)
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xhht"));
        command.args(line.split(' ').map(|word| word.replace('_', " "))).current_dir(self.0.path());
        command
    }

    /// What the program says; a low line in `line` stands for a space within an argument.
    #[track_caller]
    fn says(&self, code: i32, line: &str) -> String {
        let output = self.command(line).output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(output.status.code(), Some(code), "{line}: {said}");
        said
    }

    #[track_caller]
    fn consolidate(&self, out: &str, more: &str) -> String {
        let day = "--as-of 2024-12-16 --plan ke-hoach";
        self.says(1, format!("consolidate hop-thu --year 2024 --out {out} {day} {more}").trim())
    }

    #[track_caller]
    fn close(&self, out: &str, more: &str) -> String {
        self.says(0, format!("close --year 2024 --plan ke-hoach --out {out} {more}").trim())
    }
}

/// Every file of a folder and what is in it.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|file| (file.path().to_owned(), fs::read(file.path()).unwrap())).collect()
}

/// What `ho-so.toml` of a record says.
fn told(record: &Path) -> Table {
    fs::read_to_string(record.join("ho-so.toml")).unwrap().parse().unwrap()
}

/// Where a record keeps the file that was received under a name that begins so.
fn kept(record: &Path, name: &str) -> PathBuf {
    let told = told(record);
    let mut received = told["received"].as_array().unwrap().iter();
    let one = received.find(|one| one["path"].as_str().unwrap().starts_with(name)).unwrap();
    record.join(one["file"].as_str().unwrap())
}

/// Gives back the right to write, as somebody does who means to.
fn forced(path: &Path) {
    let mut permissions = fs::metadata(path).unwrap().permissions();
    #[allow(clippy::permissions_set_readonly_false, reason = "a file of the test's own folder")]
    permissions.set_readonly(false);
    fs::set_permissions(path, permissions).unwrap();
}

#[test]
fn a_closed_year_holds_everything_comes_out_again_and_is_written_over_by_nothing() {
    let desk = Desk::new();
    // How the files were asked for is in the result: nobody need say it again.
    desk.consolidate("ket-qua/2024", "--quiet --unit-sheets --letter-date 17/12/2024");
    let published = contents(&desk.path("ket-qua/2024"));
    let said =
        desk.close("ket-qua/2024", "--act Báo_cáo_số_45/BC-SGDĐT --act-date 17/12/2024 --by Phòng_GDTX");
    assert!(said.contains("5 tệp bài nộp"), "{said}");

    let record = desk.path("ho-so/2024/lan-1");
    let told = told(&record);
    assert_eq!(told["act"].as_str(), Some("Báo cáo số 45/BC-SGDĐT"));
    assert_eq!(told["act-date"].as_str(), Some("2024-12-17"));
    assert_eq!(told["closed-by"].as_str(), Some("Phòng GDTX"));
    assert_eq!(told["options"]["as-of"].as_str(), Some("2024-12-16"));
    for (path, bytes) in &published {
        let name = path.strip_prefix(desk.path("ket-qua/2024")).unwrap();
        assert!(fs::read(record.join("ket-qua").join(name)).unwrap() == *bytes, "{}", name.display());
    }
    for name in SENT {
        let sent = fs::read(desk.path("hop-thu").join(name)).unwrap();
        assert!(fs::read(kept(&record, name)).unwrap() == sent, "{name}");
    }

    let said = desk.says(0, "verify ho-so");
    assert!(said.contains("Đủ và nguyên vẹn"), "{said}");
    assert!(said.contains("đúng như đã công bố") && !said.contains("khác byte"), "{said}");

    // Nothing writes over what was closed, and closing it again changes nothing.
    let before = contents(&desk.path("."));
    let said = desk.says(2, "consolidate hop-thu --year 2024 --out ket-qua/2024 --plan ke-hoach");
    assert!(said.contains("đã chốt"), "{said}");
    for into in ["ho-so/2024/lan-1/ket-qua", "ho-so/2024/lan-1/khac/nua"] {
        let said = desk.says(2, &format!("consolidate hop-thu --year 2024 --out {into} --plan ke-hoach"));
        assert!(said.contains("nằm trong hồ sơ đã chốt"), "{said}");
        desk.says(2, &format!("template --year 2024 --unit 794 --out {into} --plan ke-hoach"));
    }
    assert!(desk.close("ket-qua/2024", "").contains("không có gì khác"));
    assert!(contents(&desk.path(".")) == before);

    // What was received and is in a record is nobody's new report.
    let said = desk.says(1, "check hop-thu ho-so --year 2024 --plan ke-hoach");
    assert!(said.contains("Đã kiểm tra 5 tệp"), "{said}");
}

#[test]
fn whoever_touches_a_record_is_told_of() {
    let desk = Desk::new();
    desk.consolidate("ket-qua", "--without returns --quiet");
    desk.close("ket-qua", "");
    let record = desk.path("ho-so/2024/lan-1");
    // One unit's file for that of another, one gone, one too many, the result mended by hand.
    let (touched, gone) = (kept(&record, "799"), kept(&record, "800"));
    forced(&touched);
    fs::copy(kept(&record, "794"), &touched).unwrap();
    forced(&gone);
    fs::remove_file(&gone).unwrap();
    fs::write(record.join("ghi-chu.txt"), "x").unwrap();
    let said = desk.says(1, "verify ho-so/2024/lan-1");
    for words in
        ["đã bị sửa sau khi chốt", "thiếu tệp", "ghi-chu.txt” không thuộc hồ sơ", "Tính lại khác đã công bố"]
    {
        assert!(said.contains(words), "“{words}” is not in: {said}");
    }
    let result = record.join("ket-qua/ket-qua-xhht-2024.json");
    forced(&result);
    let text = fs::read_to_string(&result).unwrap();
    fs::write(&result, text.replacen("\"numerator\"", "\"numerator\" ", 1)).unwrap();
    let said =
        desk.says(2, "template --year 2025 --unit SGDDT --previous ho-so --out bieu-mau --plan ke-hoach");
    assert!(said.contains("không dùng làm số liệu năm trước"), "{said}");
}

#[test]
fn every_change_is_laid_to_its_cause_and_to_nothing_else() {
    let desk = Desk::new();
    desk.consolidate("a", "--without returns --quiet");
    desk.close("a", "");

    // A unit that was late, and a figure settled by telephone.
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024");
    fs::copy(samples.join("807-Huyện Cần Giuộc.xlsx"), desk.path("hop-thu/807.xlsx")).unwrap();
    let run = fs::read_to_string(desk.path("a/ket-qua-xhht-2024.json")).unwrap();
    let run: serde_json::Value = serde_json::from_str(&run).unwrap();
    let units = run["units"].as_array().unwrap();
    let unit = |code: &str| units.iter().find(|unit| unit["code"] == code).unwrap();
    let old = unit("803")["values"]["kns.dat"]["number"].as_str().unwrap();
    let correction = format!(
        "[[correction]]\nunit = \"803\"\nfield = \"kns.dat\"\nyear = 2024\nold = \"{old}\"\nnew = \"4\"\nreason = \"Điện thoại\"\nwho = \"Phòng\"\ndate = \"2024-12-15\"\n"
    );
    fs::write(desk.path("dinh-chinh.toml"), correction).unwrap();
    fs::copy(desk.path("a/ket-qua-xhht-2024.json"), desk.path("b.json")).unwrap();
    fs::create_dir(desk.path("b")).unwrap();
    fs::rename(desk.path("b.json"), desk.path("b/ket-qua-xhht-2024.json")).unwrap();
    let said = desk.consolidate("b", "--without returns");
    let since: Vec<&str> =
        said.lines().skip_while(|line| !line.starts_with("So với lần chạy trước")).collect();
    let about = |lines: &[&str], id: &str| -> String {
        let line = lines.iter().find(|line| line.trim_start().starts_with(id));
        line.unwrap_or_else(|| panic!("{id} did not change: {lines:?}")).to_string()
    };
    assert!(about(&since, "2.1 ").ends_with("do tệp đơn vị gửi (Cần Giuộc)"), "{since:?}");
    assert!(
        about(&since, "2.2 ").ends_with("do tệp đơn vị gửi (Cần Giuộc); miễn trừ, đính chính (Bến Lức)"),
        "{since:?}"
    );
    assert!(since.iter().any(|line| line.contains("Cần Giuộc: tệp mới (807.xlsx)")), "{since:?}");

    let refused = desk.says(2, "close --year 2024 --plan ke-hoach --out b");
    assert!(refused.contains("Chốt lại cần lý do"), "{refused}");
    let said = desk.close("b", "--reason late-data --note Cần_Giuộc_gửi_muộn");
    let told: Vec<&str> = said.lines().skip_while(|line| !line.starts_with("So với lần 1")).collect();
    assert_eq!(told[1..], since[1..], "what differs between the records is what differed between the runs");

    // A target, and a unit that is no longer asked.
    let plan = fs::read_to_string(desk.path("ke-hoach/plan.toml")).unwrap();
    let targets =
        plan.lines().skip_while(|line| *line != "id = \"2.1\"").find(|line| line.starts_with("targets"));
    let targets = targets.unwrap();
    let place = plan.find("id = \"2.1\"").unwrap();
    let (head, rest) = plan.split_at(place);
    fs::write(
        desk.path("ke-hoach/plan.toml"),
        format!("{head}{}", rest.replacen(targets, "targets = { 2025 = \"61\", 2030 = \"70\" }", 1)),
    )
    .unwrap();
    desk.consolidate("c", "--without returns --quiet");
    let said = desk.close("c", "--reason method");
    let told: Vec<&str> = said.lines().skip_while(|line| !line.starts_with("So với lần 2")).collect();
    assert!(about(&told, "2.1 ").ends_with("do kế hoạch, quy tắc"), "{told:?}");
    assert_eq!(told.len(), 2, "nothing else changed: {told:?}");

    // Last year is known now: what silent units may have is bound by it.
    let last_year = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2023");
    fs::create_dir(desk.path("truoc")).unwrap();
    let name = "ket-qua-xhht-2023.json";
    fs::copy(last_year.join(name), desk.path("truoc").join(name)).unwrap();
    desk.consolidate("d", "--without returns --quiet --history truoc");
    let refused = desk.says(2, "close --year 2024 --plan ke-hoach --out d --reason method");
    assert!(refused.contains("cùng các tùy chọn"), "{refused}");
    let said = desk.close("d", "--reason method --history truoc");
    let told: Vec<&str> = said.lines().skip_while(|line| !line.starts_with("So với lần 3")).collect();
    assert!(told.len() > 2, "{told:?}");
    assert!(told[1..].iter().all(|line| line.contains("; do số liệu năm trước")), "{told:?}");

    // All four come out again, though the folder of last year is gone.
    fs::remove_dir_all(desk.path("truoc")).unwrap();
    let said = desk.says(0, "verify ho-so/2024");
    assert_eq!(said.matches("đúng như đã công bố").count(), 4, "{said}");

    // Of a year that was closed again the last part speaks.
    let template = |previous: &str| {
        let out = tempfile::tempdir().unwrap();
        let line = format!("template --year 2025 --unit SGDDT --plan ke-hoach --previous {previous} --out");
        let mut command = desk.command(&line);
        assert!(command.arg(out.path()).output().unwrap().status.success());
        fs::read(out.path().join("SGDDT-Sở Giáo dục và Đào tạo.xlsx")).unwrap()
    };
    assert!(template("ho-so") == template("d/ket-qua-xhht-2024.json"));
}

#[test]
fn a_changed_plan_is_tried_on_the_records() {
    let desk = Desk::new();
    desk.consolidate("a", "--without returns --without pdf --quiet");
    desk.close("a", "");
    let same = desk.says(0, "rehearse ho-so --plan ke-hoach");
    assert!(same.contains("các nhận xét như cũ") && same.contains("không có gì thay đổi"), "{same}");

    let rules = fs::read_to_string(desk.path("ke-hoach/quy-tac.toml")).unwrap();
    let rule = "\n[[rule]]\ncode = \"R999\"\ntitle = \"Thử\"\nsays = \"Thử một quy tắc không ai theo được\"\nseverity = \"error\"\nrows = [\"kns\"]\ntest = \"tong < 1\"\nat = \"dat\"\nmessage = \"{tong}\"\ncure = \"sửa {cell(dat)}\"\nmeaning = \"Thử.\"\ncause = \"Thử.\"\nexample = \"Thử.\"\n";
    fs::write(desk.path("ke-hoach/quy-tac.toml"), format!("{rules}{rule}")).unwrap();
    let said = desk.says(0, "rehearse ho-so/2024 --plan ke-hoach");
    assert!(said.contains("R999 năm 2024: thêm 5 nhận xét: "), "{said}");
    assert!(said.contains("2.2 ") && said.contains("do kế hoạch, quy tắc"), "{said}");
    assert!(!said.contains("2.1 "), "{said}");
    // Nothing of it stays.
    assert!(desk.says(0, "verify ho-so").contains("đúng như đã công bố"));
}

#[test]
fn results_do_not_give_way_to_those_of_another_inbox() {
    let desk = Desk::new();
    desk.consolidate("a", "--without pdf --quiet");
    let before = contents(&desk.path("a"));
    fs::create_dir(desk.path("nham")).unwrap();
    let mut stray = Workbook::new();
    stray.add_worksheet().write_string(0, 0, "Danh sách").unwrap();
    stray.save(desk.path("nham/danh-sach.xlsx")).unwrap();
    let said = desk.says(2, "consolidate nham --year 2024 --out a --plan ke-hoach");
    assert!(said.contains("báo cáo của 5 đơn vị; giữ nguyên"), "{said}");
    assert!(contents(&desk.path("a")) == before);
}

#[test]
fn killed_at_any_moment_a_year_is_closed_or_it_is_not() {
    let moments: u32 = std::env::var("XHHT_MOMENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(6);
    let desk = Desk::new();
    desk.consolidate("a", "--without pdf --quiet");
    let line = "close --year 2024 --plan ke-hoach --out a";
    let start = Instant::now();
    desk.close("a", "--records thu");
    let took = start.elapsed();
    fs::remove_file(desk.path("a/da-chot-xhht-2024.txt")).unwrap();
    let (mut closed, mut not) = (0, 0);
    for moment in 0..moments {
        let mut child = desk.command(line).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        if moment % 2 == 0 {
            std::thread::sleep(took.mul_f64(f64::from(moment + 1) / f64::from(moments + 1)));
        } else {
            // From when it begins to write.
            while !desk.path("ho-so/2024").exists() && child.try_wait().unwrap().is_none() {
                std::thread::sleep(Duration::from_micros(200));
            }
            std::thread::sleep(Duration::from_micros(u64::from(moment) * 700));
        }
        child.kill().ok();
        child.wait().unwrap();
        if desk.path("ho-so/2024/lan-1").exists() {
            closed += 1;
            assert!(desk.says(0, "verify ho-so").contains("Đủ và nguyên vẹn"));
        } else {
            not += 1;
        }
        // Whoever closes it then closes it whole, and nothing is left beside.
        desk.close("a", "");
        assert!(desk.path("a/da-chot-xhht-2024.txt").exists());
        let there: Vec<_> =
            fs::read_dir(desk.path("ho-so/2024")).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(there, ["lan-1"], "moment {moment}");
        for path in contents(&desk.path("ho-so")).keys() {
            forced(path);
        }
        fs::remove_dir_all(desk.path("ho-so")).unwrap();
        fs::remove_file(desk.path("a/da-chot-xhht-2024.txt")).unwrap();
    }
    assert_eq!(closed + not, moments);
}
