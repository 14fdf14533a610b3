//! What people do to a form in programs that are not ours, and what comes out of it: files under `foreign/`, made by
//! LibreOffice, gnumeric, openpyxl, SheetJS and exceljs (`foreign/make` says how; no such program is needed here).
//!
//! A case is an inbox: one of the files under a name that tells nothing, or several laid out as they came. Unless the
//! case brings both units, the form of the second one (799) lies beside it, filled as it should be, so that whatever is
//! found comes from the file in question. A well-filled form of the first unit (796) says 14.250 of 28.500 and “Đạt”, in
//! eight cells, of which the typed percentage is only compared.

#![allow(clippy::unwrap_used, clippy::expect_used)] // the functions around the tests too

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// What is to come of a case.
struct Case {
    /// Inboxes of which the same is expected.
    inboxes: Vec<Inbox>,
    /// The plan: the small one of `fuzz/plan`, or that one with a row renamed since version 1.0.
    plan: Plan,
    exit: i32,
    /// Status of the first unit, its numerator and denominator of 1.1, its answer to 1.2.
    unit: &'static str,
    /// Filled, used, superseded, rejected, ignored; over the files of the case.
    ledger: [u64; 5],
    /// What is found: code and cell (else sheet), those of other units after their code and a colon.
    found: &'static str,
    /// Words that a finding of a code says, in any of its parts.
    says: &'static [(&'static str, &'static str)],
}

#[derive(Clone, Copy, PartialEq)]
enum Plan {
    Small,
    Renamed,
}

/// Files of `foreign/` with the names they came under, and when they were last changed: days of December 2024.
struct Inbox {
    name: String,
    files: Vec<(String, String, Option<u64>)>,
}

impl Inbox {
    /// Whether the case speaks for both units itself.
    fn is_whole(&self) -> bool {
        self.files.iter().any(|(from, ..)| from.starts_with("799.") || from == "zip/mac.zip")
    }
}

/// One file after the other, each alone.
fn each(folder: &str, names: &str) -> Vec<Inbox> {
    let alone = |name: &str| {
        let from = format!("{folder}/{name}");
        Inbox { name: from.clone(), files: vec![(from, "bieu.dat".to_owned(), None)] }
    };
    names.split_whitespace().map(alone).collect()
}

/// One inbox of several files.
fn laid(files: &[(&str, &str)]) -> Vec<Inbox> {
    let files: Vec<_> = files.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned(), None)).collect();
    vec![Inbox { name: format!("{files:?}"), files }]
}

/// Likewise, each file changed on a day of December 2024.
fn dated(files: &[(&str, &str, u64)]) -> Vec<Inbox> {
    let of = |(from, to, day): &(&str, &str, u64)| ((*from).to_owned(), (*to).to_owned(), Some(*day));
    let files: Vec<_> = files.iter().map(of).collect();
    vec![Inbox { name: format!("{files:?}"), files }]
}

/// A case in which all is well.
fn well(inboxes: Vec<Inbox>) -> Case {
    Case { inboxes, plan: Plan::Small, exit: 0, unit: WELL, ledger: ALL, found: "", says: &[] }
}

const WELL: &str = "reported 14250/28500 1/1";
const ALL: [u64; 5] = [8, 7, 0, 0, 1];
/// A file of which nothing is read.
const NOTHING: [u64; 5] = [0; 5];
const LINKED: &str = "reported 30000/40000 1/1";

/// Item 2 of the issue in its order, then item 1.
fn cases() -> Vec<Case> {
    let form = "kinds/form.xlsx";
    vec![
        // Extension ignored.
        well(each(
            "kinds",
            "form.xlsx form.xls form.ods form.ots form.xlsm default-password.xlsx default-password-2007.xlsx",
        )),
        well(laid(&[("kinds/form.ods", "bao cao.xlsx"), ("799.xls", "799.ods")])),
        Case {
            exit: 1,
            unit: "missing –/– –/–",
            ledger: NOTHING,
            found: "F001",
            says: &[("F001", "Lưu thành")],
            ..well(each("kinds", "form.csv sheetjs-web.xls sheetjs-text.xls sheetjs-sylk.xls"))
        },
        Case {
            exit: 1,
            unit: "missing –/– –/–",
            ledger: NOTHING,
            found: "F005",
            says: &[("F005", "Lưu thành")],
            ..well(each("kinds", "sheetjs-binary.xlsx form.gnumeric"))
        },
        Case {
            exit: 1,
            unit: "missing –/– –/–",
            ledger: NOTHING,
            found: "F004",
            says: &[("F004", "xóa trống ô mật khẩu")],
            ..well(each("kinds", "locked.xls locked.ods locked.xlsx"))
        },
        // Excel 5 has no Vietnamese letters: what was lost on saving is not guessed.
        Case {
            exit: 1,
            unit: "reported 14250/28500 –/–",
            ledger: [8, 5, 0, 2, 1],
            found: "C008 E13; C008 H8; C018 E18; S004",
            says: &[("C008", "S_ li_u")],
            ..well(each("kinds", "sheetjs-biff5.xls"))
        },
        // A zip of submissions, lock files and what systems add among them; folders by unit.
        Case {
            found: "F007",
            ..well(laid(&[("zip/windows.zip", "thu/windows.zip"), ("zip/mac.zip", "thu/mac.zip")]))
        },
        Case {
            found: "F007",
            says: &[("F007", "~$form.xlsx")],
            ..well(laid(&[
                (form, "form.xlsx"),
                ("lock-file/~$form.xlsx", "~$form.xlsx"),
                ("lock-file/.~lock.form.xlsx#", ".~lock.form.xlsx#"),
            ]))
        },
        well(laid(&[("kinds/form.ods", "796/báo cáo.ods"), ("799.xls", "Huyện Tân Thạnh/2024/báo cáo.xls")])),
        // Several versions: by the workbook's own time, whatever the disk says; else by the disk's.
        Case {
            ledger: [15, 7, 7, 0, 1],
            found: "O002; O006 E20; O006 E8; O006 F8",
            says: &[
                ("O002", "dùng tệp lan 2.xlsx (lưu lúc 09:00 ngày 07/12/2024)"),
                ("O002", "khác ở 3 ô"),
                ("O006", "Bản này là 28.000, bản được dùng là 28.500"),
                ("O006", "Bản này là trống, bản được dùng là 14.250"),
                ("O006", "Chưa thống kê xong."),
            ],
            ..well(dated(&[
                ("versions/exceljs-first.xlsx", "lan 1.xlsx", 9),
                ("versions/exceljs-second.xlsx", "lan 2.xlsx", 8),
            ]))
        },
        Case {
            ledger: [16, 7, 8, 0, 1],
            found: "C018 E18; O002; O006 E8",
            says: &[("O002", "dùng tệp b.xlsx (tệp ghi lúc 07:00 ngày 08/12/2024)")],
            ..well(dated(&[
                ("versions/sheetjs-a.xlsx", "a.xlsx", 7),
                ("versions/sheetjs-b.xlsx", "b.xlsx", 8),
            ]))
        },
        Case {
            unit: "reported 14250/28000 1/1",
            ledger: [16, 7, 8, 0, 1],
            found: "C018 E18; O002; O006 E8",
            says: &[("O002", "dùng tệp a.xlsx")],
            ..well(dated(&[
                ("versions/sheetjs-a.xlsx", "a.xlsx", 9),
                ("versions/sheetjs-b.xlsx", "b.xlsx", 8),
            ]))
        },
        // Saved again by another program: another file, the same content.
        Case {
            ledger: [16, 7, 8, 0, 1],
            found: "O002",
            says: &[("O002", "không khác về số liệu")],
            ..well(laid(&[("versions/exceljs-second.xlsx", "1.xlsx"), ("kinds/form.ods", "2.ods")]))
        },
        Case {
            ledger: [16, 7, 8, 0, 1],
            found: "F008",
            ..well(laid(&[(form, "796.xlsx"), (form, "gửi lại/796 (1).xlsx")]))
        },
        // The wrong year; another province's plan; an older version, without and with what was renamed since.
        Case {
            exit: 1,
            unit: "rejected –/– –/–",
            ledger: [8, 0, 0, 8, 0],
            found: "T001",
            says: &[("T001", "biểu mẫu năm 2023, đang tổng hợp năm 2024")],
            ..well(each("wrong-year", "libreoffice.xlsx"))
        },
        Case {
            exit: 1,
            unit: "missing –/– –/–",
            ledger: [8, 0, 0, 8, 0],
            found: "S002",
            says: &[("S002", "kế hoạch “tinh-ban”")],
            ..well(each("other-plan", "libreoffice.xlsx"))
        },
        Case {
            exit: 1,
            unit: "reported –/– 1/1",
            ledger: [4, 4, 0, 0, 0],
            found: "S003; S006 E8:H8",
            ..well(each("older-version", "libreoffice.xlsx gnumeric.xls"))
        },
        Case {
            plan: Plan::Renamed,
            found: "S003; S008",
            says: &[("S003", "phiên bản 1.0"), ("S008", "4 ô")],
            ..well(each("older-version", "libreoffice.xlsx gnumeric.xls"))
        },
        // Another unit's file renamed: by code, by name (in the composition of a Mac); near miss.
        Case {
            exit: 1,
            unit: "rejected –/– –/–",
            ledger: [0, 0, 0, 8, 0],
            found: "799: O005",
            says: &[("O005", "mở đầu bằng mã của huyện Tân Hưng (796)")],
            ..well(laid(&[("799.xlsx", "796-Huyện Tân Hưng.xlsx")]))
        },
        Case {
            exit: 1,
            unit: "rejected –/– –/–",
            ledger: [0, 0, 0, 8, 0],
            found: "799: O005",
            says: &[("O005", "Tên tệp nêu huyện Tân Hưng (796)")],
            ..well(laid(&[("799.xlsx", "BC Ta\u{302}n Hu\u{31b}ng 2024.xlsx")]))
        },
        well(laid(&[(form, "huyen tan hung gui So.xlsx"), ("799.xlsx", "Tân Thạnh.xlsx")])),
        // Identity: the sheet `_xhht` lost, names lost, both lost.
        well(each("identity-lost", "libreoffice-sheet.ods openpyxl-sheet.xlsx exceljs-sheet.xlsx")),
        Case {
            found: "S004",
            says: &[("S004", "8 ô không còn tên ô")],
            ..well(each("identity-lost", "libreoffice-names.xlsx openpyxl-names-astray.xlsx"))
        },
        Case {
            found: "S005",
            says: &[("S005", "cột mã số")],
            ..well(each(
                "identity-lost",
                "libreoffice-both.xls openpyxl-both.xlsx libreoffice-names-and-row.xlsx",
            ))
        },
        Case { found: "C018 E18; S005", ..well(each("identity-lost", "sheetjs-sheet.ods")) },
        // Rows and columns inserted: most programs move the names of cells along, …
        well(each("rows-inserted", "libreoffice.xlsx libreoffice-column.ods gnumeric.xls exceljs.xlsx")),
        // … some do not, and sorting never does: the codes tell.
        Case { found: "S005", ..well(each("rows-inserted", "openpyxl.xlsx libreoffice-sorted.xlsx")) },
        // The library moves the cells and leaves a hidden column where it was.
        Case { found: "S005; S013 I8", ..well(each("rows-inserted", "openpyxl-column.xlsx")) },
        // A cell cut and pasted takes its name along: read by names alone, both figures would be the one pasted.
        Case { found: "S004", ..well(each("rows-inserted", "libreoffice-cut.xlsx")) },
        // A code that stands twice tells nothing: the names hold.
        well(each("rows-inserted", "libreoffice-copied-over.xlsx")),
        Case {
            exit: 1,
            ledger: [7, 6, 0, 0, 1],
            found: "S006 E18",
            says: &[("S006", "Ngày lập báo cáo")],
            ..well(each("rows-inserted", "libreoffice-deleted.xlsx"))
        },
        // Sheets renamed, and copied.
        well(each("sheets-renamed", "libreoffice.ods gnumeric.xls")),
        // The copy holds other figures than the form; its eight cells are in the ledger, too.
        Case {
            unit: "reported –/– 1/1",
            ledger: [16, 5, 0, 2, 9],
            found: "S012 E8:F8",
            ..well(each("sheets-renamed", "libreoffice-copied.xlsx"))
        },
        Case { found: "S005", ..well(each("sheets-renamed", "openpyxl.xlsx exceljs.xlsx")) },
        Case { found: "C018 E18; S005", ..well(each("sheets-renamed", "sheetjs.xlsx sheetjs.xls")) },
        // Blocks pasted into another workbook.
        Case { found: "S005", ..well(each("pasted-blocks", "libreoffice.xls libreoffice-elsewhere.xlsx")) },
        Case {
            exit: 1,
            unit: "reported 14250/28500 –/–",
            ledger: [4, 3, 0, 0, 1],
            found: "S005; S006 E13, E18:E20",
            ..well(each("pasted-blocks", "libreoffice-first-table.xlsx"))
        },
        Case {
            exit: 1,
            unit: "missing –/– –/–",
            ledger: [8, 0, 0, 8, 0],
            found: "S001",
            says: &[("S001", "không chỗ nào ghi rõ là của đơn vị nào")],
            ..well(each("pasted-blocks", "libreoffice-nobodys.xlsx"))
        },
        Case {
            exit: 1,
            unit: "missing –/– –/–",
            ledger: NOTHING,
            found: "S001",
            says: &[("S001", "biểu mẫu do Sở gửi")],
            ..well(each("pasted-blocks", "libreoffice-without-codes.xlsx"))
        },
        // Formulas typed over, figures reckoned in their cells; limits and drop-downs lost.
        well(each("formulas-overwritten", "libreoffice.xlsx")),
        Case {
            exit: 1,
            unit: "reported –/– 1/1",
            ledger: [8, 4, 0, 3, 1],
            found: "C004 E19; C007 F8; C008 H8; C016 E13",
            says: &[("C007", "14250,5"), ("C008", "Số liệu; Ước"), ("C016", "Đạt")],
            ..well(each("validation-lost", "libreoffice.xlsx"))
        },
        // External links.
        Case {
            unit: LINKED,
            found: "C019 E8; C019 F8",
            ..well(each("external-links", "libreoffice.xlsx libreoffice.ods libreoffice.xls"))
        },
        // gnumeric writes the figure into an .xls and no link.
        Case { unit: LINKED, ..well(each("external-links", "gnumeric.xls")) },
        Case {
            found: "C019 E8; C019 F8",
            says: &[("C019", "Tổng hợp xã.xlsx")],
            ..well(each("external-links", "exceljs.xlsx"))
        },
        Case {
            exit: 1,
            unit: "reported –/– 1/1",
            ledger: [8, 6, 0, 1, 1],
            found: "C006 E8",
            says: &[("C006", "[Tổng hợp xã.xlsx]Tổng")],
            ..well(each("external-links", "openpyxl.xlsx"))
        },
        // Formulas never calculated; gnumeric calculates what it opens.
        Case {
            exit: 1,
            unit: "reported –/– –/–",
            ledger: [8, 4, 0, 3, 1],
            found: "C006 E13; C006 E8; C006 F8",
            says: &[("C006", "=28000+500")],
            ..well(each("never-calculated", "openpyxl.xlsx"))
        },
        Case {
            exit: 1,
            unit: "reported –/– 1/1",
            ledger: [8, 5, 0, 2, 1],
            found: "C006 E8; C006 F8",
            ..well(each("never-calculated", "exceljs.xlsx"))
        },
        well(each("never-calculated", "gnumeric.ods")),
        // Error cells; exceljs writes 0 into the circle.
        Case {
            exit: 1,
            unit: "reported –/– –/–",
            ledger: [8, 2, 0, 5, 1],
            found: "C005 E13; C005 E19; C005 E20; C005 E8; C005 F8",
            says: &[("C005", "#N/A"), ("C005", "#DIV/0!"), ("C005", "#NAME?")],
            ..well(each("error-cells", "libreoffice.xlsx libreoffice.ods gnumeric.xls"))
        },
        Case {
            exit: 1,
            unit: "reported –/– –/–",
            ledger: [8, 3, 0, 4, 1],
            found: "C005 E13; C005 E20; C005 E8; C005 F8",
            ..well(each("error-cells", "exceljs.xlsx"))
        },
        // Merged cells, over inputs and elsewhere.
        Case {
            exit: 1,
            unit: "reported –/– 1/1",
            ledger: [4, 4, 0, 0, 0],
            found: "S009 E18:H20; S009 E8:G8",
            says: &[("S009", "các ô nhập F8:G8 không còn giá trị riêng"), ("S009", "E19:E20")],
            ..well(each(
                "merged-cells",
                "libreoffice.xlsx libreoffice.xls libreoffice.ods gnumeric.xls openpyxl.xlsx exceljs.xlsx",
            ))
        },
        well(each("merged-cells", "libreoffice-titles.ods")),
        // Text in numeric cells: read and disclosed, or asked.
        Case {
            found: "C003 E19; C003 E8; C003 F8; C003 G8",
            says: &[("C003", "phân hàng nghìn")],
            ..well(each("text-in-numbers", "libreoffice.xlsx openpyxl.xlsx"))
        },
        Case {
            found: "C003 E19; C003 E8; C003 F8; C003 G8; C018 E18; S004",
            says: &[("C003", "bỏ đơn vị tính “người”")],
            ..well(each("text-in-numbers", "sheetjs.ods"))
        },
        Case {
            ledger: [8, 6, 0, 1, 1],
            found: "C002 E19; C003 E8; C003 G8; C013 F8",
            says: &[
                ("C002", "1.234 triệu đồng hoặc 1,234 triệu đồng"),
                ("C003", "đọc chữ O, l, I là số 0, 1"),
                ("C013", "14.250 (ước)"),
            ],
            ..well(each("text-in-numbers", "libreoffice-doubtful.ods"))
        },
        // Junk far below and far right.
        Case {
            found: "S010 Biểu 1",
            says: &[("S010", "2 ô có số nằm ngoài bảng"), ("S010", "F60")],
            ..well(each("junk-far-below", "libreoffice-near.xls openpyxl.xlsx"))
        },
        Case {
            found: "S010 Biểu 1",
            says: &[("S010", "F60, F60000")],
            ..well(each("junk-far-below", "libreoffice.xlsx"))
        },
        Case {
            exit: 1,
            unit: "missing –/– –/–",
            ledger: NOTHING,
            found: "F002",
            says: &[("F002", "rất xa bên dưới")],
            ..well(each("junk-far-below", "libreoffice.ods"))
        },
        // TCVN3 and VNI, in the formats that tell the font and those that do not.
        Case {
            found: "C014 E13; C014 E20; C014 H8",
            says: &[("C014", "Thiếu giáo viên ở các xã biên giới, cơ sở vật chất chưa đồng bộ.")],
            ..well(each("old-fonts", "libreoffice-tcvn3.ods gnumeric-tcvn3.xls libreoffice-vni.xlsx"))
        },
        // Dates typed as text, in words, as serial numbers, in the epoch of 1904; a share that became a date.
        well(each(
            "dates",
            "libreoffice-text.ods gnumeric-text.xls libreoffice-words.ods libreoffice-1904.xls",
        )),
        Case {
            found: "C018 E18",
            says: &[("C018", "05/12/2024")],
            ..well(each("dates", "libreoffice-short.ods libreoffice-serial.xlsx"))
        },
        Case {
            unit: "reported –/– 1/1",
            ledger: [8, 6, 0, 1, 1],
            found: "C015 F8",
            ..well(each("dates", "libreoffice-share.xlsx"))
        },
        // Letters and marks apart, in cells and in the name of the sheet.
        Case { found: "C003 E8", ..well(each("decomposed", "libreoffice.xlsx libreoffice.ods")) },
        Case { found: "C018 E18; S004", ..well(each("decomposed", "sheetjs.ods")) },
        // Hidden rows and columns, notes, colours, sheets added and moved.
        Case { found: "S011 Tính nháp", ..well(each("harmless", "libreoffice.xlsx libreoffice.ods")) },
    ]
}

#[test]
fn what_other_programs_made_is_read_or_told() {
    let renamed = plan_with_a_renamed_row();
    let small = root().join("fuzz/plan/plan.toml");
    let mut wrong = Vec::new();
    for case in cases() {
        let plan = if case.plan == Plan::Small { small.clone() } else { renamed.path().join("plan.toml") };
        for inbox in &case.inboxes {
            wrong.extend(
                faults(&case, inbox, &plan).into_iter().map(|fault| format!("{}: {fault}", inbox.name)),
            );
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_file_has_a_case_and_all_are_small() {
    let used: BTreeSet<String> =
        cases().iter().flat_map(|case| &case.inboxes).flat_map(|i| &i.files).map(|f| f.0.clone()).collect();
    let (mut there, mut bytes) = (BTreeSet::new(), 0);
    for entry in walkdir::WalkDir::new(folder()).min_depth(1) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder()).unwrap();
            there.insert(path.to_str().unwrap().replace('\\', "/"));
            bytes += entry.metadata().unwrap().len();
        }
    }
    let makers = ["make", "calc.bas", "packages.js", "lock.py"].map(str::to_owned);
    let unused: Vec<_> =
        there.iter().filter(|path| !used.contains(*path) && !makers.contains(path)).collect();
    assert!(unused.is_empty(), "{unused:?}");
    assert!(bytes < 1_600_000, "{bytes} bytes");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn folder() -> PathBuf {
    root().join("tests/foreign")
}

/// The small plan, saying that the row `nltt` was `cntt_cu` once.
fn plan_with_a_renamed_row() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(root().join("fuzz/plan")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), place.path().join(entry.file_name())).unwrap();
    }
    let form = place.path().join("bieu-mau.toml");
    let text = fs::read_to_string(&form).unwrap() + "\n[[renamed]]\nfrom = \"cntt_cu\"\nto = \"nltt\"\n";
    fs::write(form, text).unwrap();
    place
}

fn faults(case: &Case, inbox: &Inbox, plan: &Path) -> Vec<String> {
    let (place, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (from, to, day) in &inbox.files {
        lay(place.path(), from, to, *day);
    }
    if !inbox.is_whole() {
        lay(place.path(), "799.xlsx", "799.xlsx", None);
    }
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let (from, to, plan) = (text(place.path()), text(out.path()), text(plan));
    let arguments = ["consolidate", &from, "--out", &to, "--plan", &plan];
    let run = Command::new(env!("CARGO_BIN_EXE_xhht"))
        .args(arguments)
        .args(["--year", "2024", "--as-of", "2024-12-10"])
        .output()
        .unwrap();
    let Ok(result) = fs::read(out.path().join("ket-qua-xhht-2024.json")) else {
        return vec![format!("no result: {}", String::from_utf8_lossy(&run.stderr))];
    };
    let result: Value = serde_json::from_slice(&result).unwrap();
    let mut faults = Vec::new();
    let mut differ = |what: &str, is: String, should: String| {
        if is != should {
            faults.push(format!("{what}: {is}\n    should be: {should}"));
        }
    };
    differ("exit code", run.status.code().unwrap().to_string(), case.exit.to_string());
    differ("unit", unit(&result, "796"), case.unit.to_owned());
    let beside = unit(&result, "799");
    // A file that may be another's is nobody's until somebody says whose.
    let asked = case.found.contains("O005");
    let kept_out = if asked { "rejected –/– –/–" } else { "reported 30000/40000 1/1" };
    differ("the other unit", beside, kept_out.to_owned());
    let mut ledger = ledger(&result);
    let [filled, used, superseded, rejected, ignored] = ledger;
    differ("sum", (used + superseded + rejected + ignored).to_string(), filled.to_string());
    // The cells of the second unit's form, which is in order.
    for (count, of_other) in ledger.iter_mut().zip(ALL) {
        *count -= of_other.min(*count);
    }
    differ("ledger", format!("{ledger:?}"), format!("{:?}", case.ledger));
    differ("found", found(&result), case.found.to_owned());
    let findings = result["findings"].as_array().unwrap();
    for (code, words) in case.says {
        let of_code = || findings.iter().filter(|finding| finding["code"] == **code);
        if !of_code().any(|finding| finding.to_string().contains(words)) {
            let said: Vec<String> = of_code().map(Value::to_string).collect();
            faults.push(format!("{code} does not say “{words}”: {said:?}"));
        }
    }
    faults.extend(findings.iter().flat_map(|finding| ill_told(finding, inbox)));
    faults
}

/// A file as it came.
fn lay(inbox: &Path, from: &str, to: &str, day: Option<u64>) {
    let target = inbox.join(to);
    fs::create_dir_all(target.parent().unwrap()).unwrap();
    fs::copy(folder().join(from), &target).unwrap();
    if let Some(day) = day {
        // 1 December 2024, 00:00 UTC.
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_733_011_200);
        let when = start + Duration::from_secs((day - 1) * 86_400);
        fs::File::options().write(true).open(&target).unwrap().set_modified(when).unwrap();
    }
}

/// A unit's status and what it brings to both indicators.
fn unit(result: &Value, code: &str) -> String {
    let status = result["units"].as_array().unwrap().iter().find(|unit| unit["code"] == code).unwrap();
    let mut told = status["status"].as_str().unwrap().to_owned();
    for indicator in result["indicators"].as_array().unwrap() {
        let by_unit = indicator["by_unit"].as_array().unwrap();
        let of_unit = by_unit.iter().find(|of| of["unit"] == code).unwrap();
        let part = |key: &str| of_unit[key].as_str().unwrap_or("–").to_owned();
        told += &format!(" {}/{}", part("numerator"), part("denominator"));
    }
    told
}

fn ledger(result: &Value) -> [u64; 5] {
    ["filled", "used", "superseded", "rejected", "ignored"].map(|key| result["ledger"][key].as_u64().unwrap())
}

/// What was found but that units sent nothing and that indicators have no figures.
fn found(result: &Value) -> String {
    let mut found: BTreeMap<String, ()> = BTreeMap::new();
    let mut missing = BTreeSet::new();
    for finding in result["findings"].as_array().unwrap() {
        let part = |key: &str| finding[key].as_str().unwrap_or_default();
        match part("code") {
            "O003" => {
                missing.insert(part("unit"));
            }
            code if code.starts_with('K') => {}
            code => {
                let unit = if matches!(part("unit"), "" | "796") { "" } else { part("unit") };
                let place = if part("cell").is_empty() { part("sheet") } else { part("cell") };
                let mark = if unit.is_empty() { "" } else { ": " };
                found.insert(format!("{unit}{mark}{code} {place}").trim_end().to_owned(), ());
            }
        }
    }
    for unit in result["units"].as_array().unwrap() {
        let sent = matches!(unit["status"].as_str().unwrap(), "reported" | "late");
        assert_eq!(sent, !missing.contains(unit["code"].as_str().unwrap()), "{unit}");
    }
    found.into_keys().collect::<Vec<_>>().join("; ")
}

/// What is wrong with the way a finding is told.
fn ill_told(finding: &Value, inbox: &Inbox) -> Vec<String> {
    let part = |key: &str| finding[key].as_str().unwrap_or_default();
    let code = part("code");
    let mut faults = Vec::new();
    for key in ["cause", "cure", "effect"] {
        if !part(key).contains(char::is_alphabetic) || !unicode_normalization::is_nfc(part(key)) {
            faults.push(format!("{code}: {key} “{}”", part(key)));
        }
    }
    if code.starts_with('K') || code == "O003" {
        return faults;
    }
    let of_file = |(_, to, _): &(String, String, Option<u64>)| part("file").starts_with(to.as_str());
    if !inbox.files.iter().any(of_file) {
        faults.push(format!("{code} names the file “{}”", part("file")));
    }
    let of_a_cell = code.starts_with('C') || matches!(code, "S006" | "S009" | "O006");
    if of_a_cell && (part("sheet").is_empty() || part("cell").is_empty() || part("label").is_empty()) {
        faults.push(format!("{code} names no cell, sheet or label: {finding}"));
    }
    if code.starts_with('C') && part("typed").is_empty() {
        faults.push(format!("{code} does not quote what was typed"));
    }
    faults
}
