//! A season played by the menu's answers and files alone: decisions typed in the season's workbook, and return copies mended,
//! by openpyxl, and saved again by LibreOffice.

use super::office::{Format, saved_by_libreoffice};
use super::tools::{Tool, fresh_folder, in_repository, said, script, trial};
use calamine::{Data, Range, Reader, Xlsx};
use libtest_mimic::Trial;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Value as Json, json};
use std::fs::{self, File};
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use xhht::plan::{Plan, PlanSources};
use xhht::submission::{self, Content, InputFile, Value};

pub fn trials() -> Vec<Trial> {
    let both = &[Tool::Openpyxl, Tool::LibreOffice];
    vec![
        trial("season_by_answers_and_openpyxl", &[Tool::Openpyxl], || play(false)),
        trial("season_by_answers_openpyxl_and_libreoffice", both, || play(true)),
    ]
}

/// The sample that is not copied: what it says is filled into the form that the season wrote.
const FILLED: &str = "803-Huyện Bến Lức.xlsx";
const BOOK: &str = "theo-doi-xhht-2024.xlsx";

/// A season of the samples, by the menu's answers and files alone: the folder is made, what came is put there, units are
/// reminded, decisions are typed, a unit mends its return copy, the year is consolidated and closed.
fn play(by_libreoffice: bool) {
    let season = Season { folder: fresh_folder("ky"), by_libreoffice };
    season.hears(&["0", "", "0"]);
    let nobody = season.tracks();
    assert!(nobody.contains("0/35 đơn vị"), "{nobody}");
    let reminder = season.text("nhac/2024/804-Huyện Thủ Thừa.txt");
    assert!(reminder.contains("chưa nhận được báo cáo năm 2024"), "{reminder}");

    // Forms are written and one of them comes back filled in; the others are the samples.
    season.hears(&["7", "2024", "2", "0"]);
    season.sends(FILLED);
    season.receives_samples();
    season.tracks();
    assert!(
        !season.rows("Cần xử lý").iter().any(|row| row.says("Mã đơn vị", "803")),
        "nothing is asked of it"
    );
    let request = season.text("nhac/2024/804-Huyện Thủ Thừa.txt");
    assert!(request.contains("Còn 1 chỗ phải sửa") && request.contains("ô G8"), "{request}");
    let open = season.rows("Cần xử lý");
    let asked = |unit: &str, code: &str| {
        let found = open.iter().find(|row| row.says("Mã đơn vị", unit) && row.says("Mã", code));
        found
            .unwrap_or_else(|| panic!("{unit} {code}: {:?}", open.iter().map(Row::named).collect::<Vec<_>>()))
    };
    let by_telephone = |value: Json| {
        [
            ("Giá trị mới", value),
            ("Lý do", json!("hỏi qua điện thoại")),
            ("Người duyệt", json!("Trưởng phòng")),
        ]
    };
    let accepted = [
        ("Chấp nhận", json!("Đồng ý")),
        ("Lý do", json!("đúng là ngày 11/12")),
        ("Người duyệt", json!("Trưởng phòng")),
        ("Đến ngày", json!("31/12/2024")),
    ];
    let unfinished = [("Chấp nhận", json!("Có")), ("Người duyệt", json!("Trưởng phòng"))];
    season.type_in(
        "Cần xử lý",
        &[
            (asked("797", "C011"), &by_telephone(json!(15))),
            (asked("800", "R001"), &by_telephone(json!("F9 = 24843"))),
            (asked("795", "T004"), &accepted),
            (asked("807", "R002"), &unfinished),
        ],
    );
    let told = season.tracks();
    assert!(told.contains("3 quyết định mới hoặc đã sửa; 1 dòng chưa dùng được"), "{told}");
    let open = season.rows("Cần xử lý");
    assert!(!open.iter().any(|row| row.says("Mã đơn vị", "797") && row.says("Mã", "C011")), "it is settled");
    // What was not whole stands where it stood, with what it lacks.
    let left = open.iter().find(|row| row.says("Mã đơn vị", "807") && row.says("Mã", "R002")).unwrap();
    assert!(left.says("Chấp nhận", "Có") && left.says("Người duyệt", "Trưởng phòng"));
    assert_eq!(left.cell("Ghi chú của chương trình"), "Chưa áp dụng: Thiếu Lý do.");
    assert_eq!(season.rows("Quyết định").len(), 3);

    // A unit mends what was sent back to it and sends that: nothing is asked of it any more.
    season.mends("804-Huyện Thủ Thừa.xlsx", "2. Năng lực, trình độ", "G8", 15000);
    season.tracks();
    assert!(!season.rows("Cần xử lý").iter().any(|row| row.says("Mã đơn vị", "804")));
    assert!(!season.folder.join("xhht/nhac/2024/804-Huyện Thủ Thừa.txt").exists());

    let result = season.consolidates("10/12/2024");
    assert_eq!(result["corrections"].as_array().unwrap().len(), 2);
    assert_eq!(result["waivers"].as_array().unwrap().len(), 1);
    assert_eq!(result["waivers"][0]["code"], "T004");
    let codes = |result: &Json| -> Vec<String> {
        let of = result["findings"].as_array().unwrap().iter();
        of.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
    };
    assert!(codes(&result).contains(&"O019".to_owned()));

    // One is taken back, and the workbook is lost before the next run: the others stay.
    let decided = season.rows("Quyết định");
    let waiver = decided.iter().find(|row| row.says("Mã", "T004")).unwrap();
    season.type_in("Quyết định", &[(waiver, &[("Chấp nhận", Json::Null)])]);
    let told = season.tracks();
    assert!(told.contains("1 quyết định đã rút"), "{told}");
    fs::remove_file(season.folder.join("xhht").join(BOOK)).unwrap();
    let result = season.consolidates("10/12/2024");
    assert_eq!(result["corrections"].as_array().unwrap().len(), 2);
    assert!(result["waivers"].as_array().is_none_or(Vec::is_empty));
    assert!(codes(&result).contains(&"T004".to_owned()));

    let closed = season.hears(&["7", "2024", "5", "Báo cáo số 45/BC-X", "17/12/2024", "Phòng A", "c", "0"]);
    assert!(closed.contains("Đã chốt"), "{closed}");
    let verified = season.run(&["verify", "ho-so"]);
    assert_eq!(verified.status.code(), Some(0), "{}", said(&verified));
}

/// A folder in which the working folder `xhht` lies.
pub(super) struct Season {
    folder: PathBuf,
    by_libreoffice: bool,
}

impl Season {
    /// Of a working folder that is there.
    pub(super) fn in_folder(folder: &Path) -> Self {
        Season { folder: folder.to_owned(), by_libreoffice: false }
    }

    /// What the program says when it is opened and hears these answers.
    fn hears(&self, answers: &[&str]) -> String {
        let mut child = Command::new(env!("CARGO_BIN_EXE_xhht"))
            .arg("start")
            .current_dir(&self.folder)
            .env("XHHT_NO_OPEN", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines: String = answers.iter().map(|answer| format!("{answer}\n")).collect();
        child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{answers:?}: {}", said(&output));
        said(&output)
    }

    fn tracks(&self) -> String {
        self.hears(&["7", "2024", "3", "0"])
    }

    fn consolidates(&self, day: &str) -> Json {
        self.hears(&["7", "2024", "4", day, "", "0"]);
        let result = self.folder.join("xhht/ket-qua/2024/ket-qua-xhht-2024.json");
        serde_json::from_slice(&fs::read(result).unwrap()).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xhht"));
        command.args(arguments).current_dir(self.folder.join("xhht")).output().unwrap()
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.folder.join("xhht").join(file)).unwrap()
    }

    /// A unit fills in the form that was written for it with what its sample says, and sends that.
    fn sends(&self, name: &str) {
        let plan = Plan::read(&PlanSources::embedded()).unwrap();
        let sample = fs::read(in_repository("samples/2024").join(name)).unwrap();
        let raw = xhht::intake::read(&sample, &plan.tabs()).unwrap();
        let file = InputFile { path: name.into(), sha256: String::new() };
        let Content::Submission(sent) = submission::read(&plan, Some(2024), file, &raw).content else {
            panic!("{name} is a report");
        };
        let typed = |value: &Value| match value {
            Value::Number(number) => json!(number.to_f64()),
            Value::Choice(_, text) | Value::Text(text) => json!(text.as_str()),
            Value::Date(date) => json!(date.to_string()),
        };
        let values = sent.values.iter();
        let values =
            values.filter_map(|(field, reported)| Some((field.to_string(), typed(reported.value.as_ref()?))));
        let values: serde_json::Map<String, Json> = values.collect();
        assert!(values.len() > 50, "{}", values.len());
        let list = fresh_folder("dien").join("values.json");
        fs::write(&list, serde_json::to_vec(&values).unwrap()).unwrap();
        let form = self.folder.join("xhht/bieu-mau/2024").join(name);
        let sent = self.folder.join("xhht/hop-thu").join(name);
        let output = script("fill.py", &[form, list, sent.clone()]);
        assert!(output.status.success(), "{}", said(&output));
        if self.by_libreoffice {
            let out = saved_by_libreoffice(Format::Xlsx, std::slice::from_ref(&sent));
            fs::copy(out.join(name), sent).unwrap();
        }
    }

    fn receives_samples(&self) {
        let inbox = self.folder.join("xhht/hop-thu");
        for file in walkdir::WalkDir::new(in_repository("samples/2024")) {
            let file = file.unwrap();
            let place = inbox.join(file.path().strip_prefix(in_repository("samples/2024")).unwrap());
            if file.file_name() == FILLED {
                continue;
            }
            match file.file_type().is_dir() {
                true => fs::create_dir_all(place).unwrap(),
                false => fs::copy(file.path(), place).map(|_| ()).unwrap(),
            }
        }
    }

    /// A cell of a return copy is mended, and the copy is sent.
    fn mends(&self, name: &str, sheet: &str, cell: &str, value: u32) {
        let copy = self.folder.join("xhht/nhac/2024").join(name);
        let sent = self.folder.join("xhht/hop-thu").join(format!("sua-{name}"));
        self.edit(&copy, &[json!([sheet, cell, value])], &sent);
    }

    /// Types into cells of a workbook and saves it elsewhere.
    fn edit(&self, book: &Path, edits: &[Json], saved: &Path) {
        let list = fresh_folder("go").join("edits.json");
        fs::write(&list, serde_json::to_vec(edits).unwrap()).unwrap();
        let output = script("edit_cells.py", &[book.to_owned(), list, saved.to_owned()]);
        assert!(output.status.success(), "{}", said(&output));
        if self.by_libreoffice {
            let out = saved_by_libreoffice(Format::Xlsx, &[saved.to_owned()]);
            fs::copy(out.join(saved.file_name().unwrap()), saved).unwrap();
        }
    }

    /// The rows of a sheet below its heads.
    pub(super) fn rows(&self, sheet: &str) -> Vec<Row> {
        let file = BufReader::new(File::open(self.folder.join("xhht").join(BOOK)).unwrap());
        let range: Range<Data> = Xlsx::new(file).unwrap().worksheet_range(sheet).unwrap();
        let words = |row: &[Data]| row.iter().map(|cell| cell.to_string().trim().to_owned()).collect();
        let mut rows = range.rows().zip(1_u32..).map(|(row, number)| (words(row), number));
        let (heads, _): (Vec<String>, _) = rows.find(|(row, _): &(Vec<String>, _)| row[0] == "STT").unwrap();
        rows.map(|(cells, number)| Row { heads: heads.clone(), cells, number }).collect()
    }

    /// Types into cells of rows and saves the workbook.
    pub(super) fn type_in(&self, sheet: &str, edits: &[(&Row, &[(&str, Json)])]) {
        let cells = edits.iter().flat_map(|(row, cells)| {
            cells.iter().map(move |(head, value)| json!([sheet, row.address(head), value]))
        });
        let book = self.folder.join("xhht").join(BOOK);
        self.edit(&book, &cells.collect::<Vec<_>>(), &book);
    }
}

/// A row of a sheet.
pub(super) struct Row {
    heads: Vec<String>,
    cells: Vec<String>,
    number: u32,
}

impl Row {
    fn column(&self, head: &str) -> usize {
        self.heads
            .iter()
            .position(|known| known == head)
            .unwrap_or_else(|| panic!("{head}: {:?}", self.heads))
    }

    fn cell(&self, head: &str) -> &str {
        &self.cells[self.column(head)]
    }

    pub(super) fn says(&self, head: &str, text: &str) -> bool {
        self.cell(head) == text
    }

    fn named(&self) -> String {
        format!("{} {}", self.cell("Mã đơn vị"), self.cell("Mã"))
    }

    fn address(&self, head: &str) -> String {
        let column = u8::try_from(self.column(head)).unwrap();
        format!("{}{}", char::from(b'A' + column), self.number)
    }
}
