//! The edits that `docs/sua-ke-hoach.md` shows, each made on a fresh working folder exactly as the page prints it, and whole
//! Decembers run with the edited plan by the real program: templates, filled, checked, consolidated; one December a year,
//! with all edits that are tried in it. A further section of the page needs a trial here, its number in the first one and in
//! [`December::of`].

use super::tools::{Tool, fresh_folder, in_repository, run, said, trial};
use calamine::{Reader, open_workbook_auto};
use libtest_mimic::Trial;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use xhht::domain::cell::Content;
use xhht::domain::{ColumnRole, FieldKind, Meaning, UnitCode};
use xhht::form::{Field, Form};
use xhht::plan::{Plan, PlanSources, SourceFile};
use xhht::template::{self, Values};

const PAGE: &str = "docs/sua-ke-hoach.md";
/// What every unit answers where it is asked for words.
const ANSWER: &str = "Đã rút kinh nghiệm sâu sắc";

pub fn trials() -> Vec<Trial> {
    vec![
        trial("edit_plan_every_numbered_section_of_the_page_is_tried", &[], || {
            let numbers: Vec<String> = sections().into_keys().filter(|number| !number.is_empty()).collect();
            let known: BTreeSet<String> = (1..=13).map(|number: u32| number.to_string()).collect();
            assert_eq!(BTreeSet::from_iter(numbers), known);
        }),
        trial("edit_plan_1_a_target", &[], || {
            let verdict = |december: &December| december.indicator("2.1")["verdict"].clone();
            let (before, after) = (December::unedited(), December::of(2024));
            assert_eq!(
                (before.indicator("2.1")["target"].as_str(), verdict(before)),
                (Some("50"), "met".into())
            );
            assert_eq!(
                (after.indicator("2.1")["target"].as_str(), verdict(after)),
                (Some("55"), "not-met".into())
            );
            // 55 % of all, rounded up.
            let number =
                |key: &str| -> Decimal { after.indicator("2.1")[key].as_str().unwrap().parse().unwrap() };
            assert_eq!(number("needed"), (number("denominator") * Decimal::new(55, 2)).ceil());
        }),
        trial("edit_plan_2_an_indicator", &[], || {
            let december = December::of(2024);
            let found = december.indicator("3.4");
            // 520 of 1000 in each of 15 districts: 52 %, below 60 %.
            assert_eq!(
                (found["numerator"].as_str(), found["denominator"].as_str()),
                (Some("7800"), Some("15000"))
            );
            assert_eq!((found["percent"].as_str(), found["verdict"].as_str()), (Some("52"), Some("not-met")));
            assert!(december.workbook_says("Thư viện phục vụ tự học"));
            assert!(
                december
                    .template_says("794-Thành phố Tân An", "Thư viện, phòng đọc phục vụ người dân tự học")
            );
            assert_eq!(
                December::unedited().result["indicators"].as_array().unwrap().len() + 1,
                december.result["indicators"].as_array().unwrap().len()
            );
        }),
        trial("edit_plan_3_a_unit", &[], || {
            let (before, after) = (December::unedited(), December::of(2024));
            assert!(before.unit("SYT").is_none());
            assert_eq!(after.unit("SYT").unwrap()["status"], "reported");
            assert_eq!(before.codes().len() + 1, after.codes().len());
            assert!(after.template_says("SYT-Sở Y tế", "Sở Y tế"));
            assert!(after.workbook_says("Sở Y tế"));
        }),
        trial("edit_plan_4_a_merger", &[], || {
            // Before the merger is in force the list is the old one.
            let plan = plan_of(&work_folder(&["4"]));
            let codes =
                |year| plan.roster(year).into_iter().map(|unit| unit.code.to_string()).collect::<Vec<_>>();
            assert!(codes(2026).contains(&"27727".to_owned()) && !codes(2026).contains(&"28246".to_owned()));
            let december = December::of(2027);
            assert_eq!(december.unit("28246").unwrap()["status"], "reported");
            assert!(december.unit("27727").is_none() && december.unit("27736").is_none());
            assert_eq!(december.codes().len(), codes(2026).len() - 1);
            assert_eq!(december.indicator("1.1")["denominator"], "59");
        }),
        trial("edit_plan_5_a_name", &[], || {
            let december = December::of(2027);
            assert_eq!(december.unit("27721").unwrap()["name"], "phường Tân Hưng");
            let plan = plan_of(&work_folder(&["5"]));
            let unit = plan.roster(2027).into_iter().find(|unit| unit.code.as_str() == "27721").unwrap();
            assert_eq!(plan.unit_before(unit, 2027).unwrap().name, "xã Tân Hưng");
        }),
        trial("edit_plan_6_a_question", &[Tool::PdfToText], || {
            let (before, after) = (December::unedited(), December::of(2024));
            let question = "Cách làm hay, mô hình mới";
            assert!(!before.template_says("794-Thành phố Tân An", question));
            assert!(after.template_says("794-Thành phố Tân An", question));
            assert!(!before.report().contains(question));
            let report = after.report();
            let (_, told) = report.split_once(&format!("{question}:")).unwrap_or_else(|| panic!("{report}"));
            // All answer alike, and what is alike is told once.
            let once = told.trim_start().strip_prefix("- 36 đơn vị (thành phố Tân An, ").unwrap_or_default();
            assert!(once.split_once("): ").is_some_and(|(_, said)| said.starts_with(ANSWER)), "{told:.300}");
        }),
        trial("edit_plan_7_a_rule", &[], || {
            let (before, after) = (December::unedited(), December::of(2024));
            let told = |december: &December| {
                let findings = december.result["findings"].as_array().unwrap();
                findings.iter().filter(|finding| finding["code"] == "R101").count()
            };
            // Some 48 % in each of 15 districts.
            assert_eq!((told(before), told(after)), (0, 15));
            let sentence = "45% của “Công dân đạt danh hiệu công dân học tập – Tổng số”";
            assert!(after.template_says("794-Thành phố Tân An", "R101"));
            assert!(after.template_says("794-Thành phố Tân An", sentence));
        }),
        trial("edit_plan_8_a_decision_about_a_target", &[], || {
            let plan = plan_of(&work_folder(&["8"]));
            let wanted =
                |year| plan.indicators_of(year).into_iter().find(|i| i.id.0 == "2.1")?.target_for(year);
            assert_eq!((wanted(2026), wanted(2027)), (Some((2030, 70.into())), Some((2030, 80.into()))));
            let december = December::of(2027);
            let found = december.indicator("2.1");
            assert_eq!((&found["target"], &found["verdict"]), (&"80".into(), &"not-met".into()));
            assert!(
                december
                    .workbook_says("Mục tiêu của chỉ tiêu 2.1 theo Quyết định số 99/QĐ-UBND ngày 01/3/2027.")
            );
        }),
        trial("edit_plan_9_no_target", &[], || {
            let (before, after) = (December::unedited(), December::of(2024));
            let told = |december: &December, id: &str| {
                ["verdict", "target_source"]
                    .map(|key| december.indicator(id)[key].as_str().unwrap_or("").to_owned())
            };
            assert_eq!(told(after, "4.2"), ["no-target", ""]);
            assert_eq!(told(after, "4.1")[1], "national");
            assert_eq!(told(before, "4.1")[0], told(after, "4.1")[0]);
            assert_eq!(before.indicator("4.2")["percent"], after.indicator("4.2")["percent"]);
            assert!(after.workbook_says("Chưa ghi mục tiêu"));
            let checked = said(&xhht(&work_folder(&["9"]), "plan check ke-hoach/plan.toml"));
            for wanted in [
                "Chưa ghi mục tiêu, nên chỉ nêu kết quả: chỉ tiêu 4.1 (2026–2030); 4.2 (2021–2030).",
                "Xét theo mục tiêu quốc gia vì chưa ghi mục tiêu riêng: chỉ tiêu 4.1 (2021–2025).",
            ] {
                assert!(checked.contains(wanted), "{checked}");
            }
        }),
        trial("edit_plan_10_a_definition", &[], || {
            let plan = plan_of(&work_folder(&["10"]));
            let indicator = plan.indicators_of(2026).into_iter().find(|i| i.id.0 == "3.3").unwrap();
            assert!(
                indicator.is_redefined_between(2025, 2026) && !indicator.is_redefined_between(2026, 2027)
            );
            let december = December::of(2026);
            assert!(december.workbook_says("định nghĩa thay đổi từ năm 2026"));
        }),
        trial("edit_plan_11_a_frame_from_a_day_on", &[Tool::PdfToText], || {
            let plan = plan_of(&work_folder(&["11"]));
            assert_eq!(plan.frame(2026).letter.issuer, "Ủy ban nhân dân tỉnh Tây Ninh");
            assert_eq!(plan.frame(2027).letter.issuer, "Ban Chỉ đạo xây dựng xã hội học tập tỉnh");
            let december = December::of(2027);
            let report = december.report();
            assert!(report.contains("BC-BCĐ") && report.contains("TRƯỞNG BAN"), "{report}");
        }),
        trial("edit_plan_12_bodies", &[], || {
            let december = December::of(2026);
            let of =
                |code: &str| december.result["units"].as_array().unwrap().iter().any(|u| u["code"] == code);
            assert!(of("SYT") && of("SNV") && !of("SNGV"));
            let plan = plan_of(&work_folder(&["12"]));
            assert_eq!(plan.bearer(&UnitCode("SNGV".into()), 2026).unwrap().code.as_str(), "SNV");
            assert_eq!(plan.bearer(&UnitCode("SNGV".into()), 2025).unwrap().code.as_str(), "SNGV");
        }),
        trial("edit_plan_13_a_row_from_a_year_on", &[], || {
            let plan = plan_of(&work_folder(&["13"]));
            let labels = |year: i32, code: &str| -> Vec<String> {
                let unit = plan.roster(year).into_iter().find(|unit| unit.code.as_str() == code).unwrap();
                Form::for_unit(&plan, unit, year).rows().map(|row| row.label.clone()).collect()
            };
            let has = |year, code, label: &str| labels(year, code).iter().any(|known| known == label);
            assert!(has(2025, "28036", "Ngày Sách và Văn hóa đọc Việt Nam"));
            assert!(has(2026, "28036", "Tháng Văn hóa đọc") && has(2026, "HKH", "Tháng Văn hóa đọc"));
            let club = "Câu lạc bộ đọc sách";
            assert!(has(2026, "28036", club) && !has(2025, "28036", club) && !has(2026, "HKH", club));
            assert!(December::of(2026).workbook_says(club));
        }),
        trial("edit_plan_a_slip_is_told_as_the_page_prints_it", &[], || {
            let section = &sections()[""];
            let folder = init();
            section.edits.iter().for_each(|edit| edit.make(&folder));
            let output = xhht(&folder, "plan check ke-hoach/plan.toml");
            assert_eq!(output.status.code(), Some(2), "{}", said(&output));
            let told = said(&output).trim_start_matches("xhht: ").trim_end().to_owned();
            let [printed] = section.printed.as_slice() else { panic!("{:?}", section.printed) };
            if std::env::var_os("XHHT_BLESS").is_some() {
                let page = fs::read_to_string(in_repository(PAGE)).unwrap();
                fs::write(in_repository(PAGE), page.replace(printed, &told)).unwrap();
                return;
            }
            assert_eq!(told, *printed, "XHHT_BLESS=1 writes the page anew");
        }),
        trial("edit_plan_every_command_of_the_december_page_runs", &[], || {
            let page = fs::read_to_string(in_repository("docs/thang-12.md")).unwrap();
            let mut lines = page.lines().filter_map(|line| line.trim().strip_prefix("xhht "));
            let place = fresh_folder("thang-12");
            let first = lines.next().unwrap();
            assert_eq!(xhht(&place, first).status.code(), Some(0), "{first}");
            let folder = place.join("xhht");
            let sample = in_repository("samples/2024/802-Huyện Đức Hòa.xlsx");
            fs::copy(sample, folder.join("hop-thu/802.xlsx")).unwrap();
            for line in lines {
                let output = xhht(&folder, line);
                assert_ne!(output.status.code(), Some(2), "{line}: {}", said(&output));
            }
            // Step 10 names what is there by then.
            for name in ["tong-hop-xhht-2024.xlsx", "bao-cao-xhht-2024.pdf", "ket-qua-xhht-2024.json"] {
                assert!(page.contains(name) && folder.join("ket-qua/2024").join(name).is_file(), "{name}");
            }
        }),
        trial("edit_plan_an_example_that_does_not_fit_is_told", &[], || {
            let folder = init();
            let edit =
                Edit { file: "plan.toml".into(), before: Some("targets = {".into()), after: String::new() };
            assert!(edit.made(&folder).unwrap_err().contains("14 times"));
        }),
    ]
}

/// What the page shows under one heading; `""` is the part about messages.
#[derive(Default)]
struct Section {
    edits: Vec<Edit>,
    /// What the program is said to print.
    printed: Vec<String>,
}

struct Edit {
    file: String,
    /// What stands there; none for an addition at the end.
    before: Option<String>,
    after: String,
}

impl Edit {
    fn make(&self, folder: &Path) {
        let text = self.made(folder).unwrap_or_else(|why| panic!("{why}"));
        fs::write(self.path(folder), text).unwrap();
    }

    fn path(&self, folder: &Path) -> PathBuf {
        folder.join("ke-hoach").join(&self.file)
    }

    /// The file as the edit leaves it, or why the page does not fit the plan.
    fn made(&self, folder: &Path) -> Result<String, String> {
        let text = fs::read_to_string(self.path(folder)).unwrap();
        let Some(before) = &self.before else { return Ok(format!("{text}\n{}", self.after)) };
        match text.matches(before).count() {
            1 => Ok(text.replace(before, &self.after)),
            times => Err(format!("{} holds {times} times:\n{before}", self.file)),
        }
    }
}

/// The sections of the page by their numbers. A block of code is read by the end of the sentence before it: “… tìm:”
/// what stands in the file, “Sửa thành:” what it becomes, “Thêm vào cuối …:” what is added.
fn sections() -> BTreeMap<String, Section> {
    let page = fs::read_to_string(in_repository(PAGE)).unwrap();
    let mut sections: BTreeMap<String, Section> = BTreeMap::new();
    let (mut number, mut sentence, mut file, mut before) = (String::new(), "", String::new(), None);
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            number = heading.split_once(". ").map(|(number, _)| number.to_owned()).unwrap_or_default();
        }
        if !line.starts_with("```") {
            sentence = if line.is_empty() { sentence } else { line };
            continue;
        }
        let block: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
        let block = format!("{}\n", block.join("\n"));
        let section = sections.entry(number.clone()).or_default();
        let named =
            || sentence.rsplit('`').nth(1).unwrap_or_else(|| panic!("no file: {sentence}")).to_owned();
        if sentence.ends_with("tìm:") {
            (file, before) = (named(), Some(block));
        } else if sentence.ends_with("thành:") {
            let (before, after) = part_of_line(before.take().unwrap(), block);
            section.edits.push(Edit { file: file.clone(), before: Some(before), after });
        } else if sentence.contains("vào cuối") {
            section.edits.push(Edit { file: named(), before: None, after: block });
        } else if sentence.ends_with("báo:") {
            section.printed.push(block.trim_end().to_owned());
        } else {
            panic!("what to do with this block? {sentence}");
        }
    }
    sections
}

/// One line may be a part of a longer one in the file; several are whole lines.
fn part_of_line(before: String, after: String) -> (String, String) {
    if before.matches('\n').count() > 1 || after.matches('\n').count() > 1 {
        return (before, after);
    }
    (before.trim_end().to_owned(), after.trim_end().to_owned())
}

/// A fresh working folder as `init` makes it.
fn init() -> PathBuf {
    let folder = fresh_folder("xhht").join("2024");
    let output = xhht(Path::new("."), &format!("init {}", folder.display()));
    assert!(output.status.success(), "{}", said(&output));
    folder
}

/// The same with the edits of some sections.
fn work_folder(numbers: &[&str]) -> PathBuf {
    let folder = init();
    for number in numbers {
        let edits = &sections()[*number].edits;
        assert!(!edits.is_empty());
        edits.iter().for_each(|edit| edit.make(&folder));
    }
    let output = xhht(&folder, "plan check ke-hoach/plan.toml");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    folder
}

fn xhht(folder: &Path, line: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xhht")).args(arguments(line)).current_dir(folder).output().unwrap()
}

/// The arguments of a line as a command window takes them: what stands in quotes is one.
fn arguments(line: &str) -> Vec<String> {
    let mut arguments = vec![String::new()];
    for (at, part) in line.split('"').enumerate() {
        let mut words = if at % 2 == 1 { vec![part] } else { part.split(' ').collect() }.into_iter();
        arguments.last_mut().unwrap().push_str(words.next().unwrap());
        arguments.extend(words.map(str::to_owned));
    }
    arguments
}

fn plan_of(folder: &Path) -> Plan {
    let file = |name: &str| SourceFile {
        name: name.to_owned(),
        text: fs::read_to_string(folder.join("ke-hoach").join(name)).unwrap(),
    };
    let main = file("plan.toml");
    let others = PlanSources::names_in(&main).iter().map(|name| file(name)).collect();
    Plan::read(&PlanSources { main, others }).unwrap_or_else(|error| panic!("{error}"))
}

/// A December with an edited plan.
struct December {
    folder: PathBuf,
    year: i32,
    result: Value,
}

impl December {
    /// That of 2024 with the plan as it is.
    fn unedited() -> &'static December {
        static UNEDITED: OnceLock<December> = OnceLock::new();
        UNEDITED.get_or_init(|| December::with(&[], 2024))
    }

    /// That of a year with the edits of all sections that are tried in it: they are to work beside each other too.
    fn of(year: i32) -> &'static December {
        static EDITED: [OnceLock<December>; 3] = [const { OnceLock::new() }; 3];
        let numbers: [(i32, &[&str]); 3] = [
            (2024, &["1", "2", "3", "6", "7", "9"]),
            (2026, &["10", "12", "13"]),
            (2027, &["4", "5", "8", "11"]),
        ];
        let at = numbers.iter().position(|(known, _)| *known == year).unwrap();
        EDITED[at].get_or_init(|| December::with(numbers[at].1, year))
    }

    /// Runs it: every unit of the roster gets its template, fills what is asked of it and sends it in.
    fn with(numbers: &[&str], year: i32) -> December {
        let folder = work_folder(numbers);
        let plan = plan_of(&folder);
        let written =
            xhht(&folder, &format!("template --plan ke-hoach/plan.toml --year {year} --out bieu-mau"));
        assert_eq!(written.status.code(), Some(0), "{}", said(&written));
        for unit in plan.roster(year) {
            let form = Form::for_unit(&plan, unit, year);
            let name = template::file_name(&form);
            // What is filled in is the very template the program wrote.
            let blank = fs::read(folder.join("bieu-mau").join(&name)).unwrap();
            assert!(blank == template::write(&plan, &form, None).unwrap(), "{name}");
            let values: Values = form
                .fields()
                .filter_map(|field| Some((field.id.clone(), answer(&form, field, year)?)))
                .collect();
            let filled = template::write_filled(&plan, &form, None, &values).unwrap();
            fs::write(folder.join("hop-thu").join(&name), filled).unwrap();
        }
        for line in [
            format!("check hop-thu --plan ke-hoach/plan.toml --year {year}"),
            format!(
                "consolidate hop-thu --plan ke-hoach/plan.toml --year {year} --as-of {year}-12-10 --out ket-qua"
            ),
        ] {
            let output = xhht(&folder, &line);
            // Whatever else the plan's rules find in made-up figures is not what these tests are about.
            assert_ne!(output.status.code(), Some(2), "{line}: {}", said(&output));
        }
        let result = fs::read(folder.join(format!("ket-qua/ket-qua-xhht-{year}.json"))).unwrap();
        December { folder, year, result: serde_json::from_slice(&result).unwrap() }
    }

    fn list(&self, key: &str, id: &str) -> BTreeMap<String, &Value> {
        let entries = self.result[key].as_array().unwrap().iter();
        entries.map(|entry| (entry[id].as_str().unwrap().to_owned(), entry)).collect()
    }

    fn indicator(&self, id: &str) -> &Value {
        self.list("indicators", "id")[id]
    }

    fn unit(&self, code: &str) -> Option<&Value> {
        self.list("units", "code").get(code).copied()
    }

    fn codes(&self) -> Vec<String> {
        self.list("units", "code").into_keys().collect()
    }

    /// Whether the text stands in a cell of a unit's template.
    fn template_says(&self, name: &str, text: &str) -> bool {
        says(&self.folder.join(format!("bieu-mau/{name}.xlsx")), text)
    }

    /// Whether the text stands in a cell of the provincial workbook.
    fn workbook_says(&self, text: &str) -> bool {
        says(&self.folder.join(format!("ket-qua/tong-hop-xhht-{}.xlsx", self.year)), text)
    }

    /// The words of the official report.
    fn report(&self) -> String {
        let pdf = self.folder.join(format!("ket-qua/bao-cao-xhht-{}.pdf", self.year));
        run("pdftotext", [pdf.as_os_str(), "-".as_ref()]).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn says(path: &Path, text: &str) -> bool {
    let mut book = open_workbook_auto(path).unwrap();
    let sheets = book.worksheets();
    sheets.iter().any(|(_, range)| range.used_cells().any(|(.., cell)| cell.to_string().contains(text)))
}

/// What a unit fills in: all it must, the new question, and what lies beyond stays blank. As many as the roster lets
/// expect, else 1000; 520 of 1000 is on one side of a target of 50 % and on the other of 55 %.
fn answer(form: &Form, field: &Field, year: i32) -> Option<Content> {
    if !field.required && field.row_code != "cach_lam_hay" {
        return None;
    }
    let row = form.rows().find(|row| row.code == field.row_code);
    let expected = row.and_then(|row| row.fields.iter().find_map(|field| form.reference(field)));
    let whole = expected.unwrap_or(Decimal::ONE_THOUSAND);
    let of_thousand =
        |part: u32| Content::Number((whole * Decimal::from(part) / Decimal::ONE_THOUSAND).floor());
    Some(match &field.kind {
        FieldKind::Count if field.role == Some(ColumnRole::Whole) => of_thousand(1000),
        // No two figures alike but those asked about, as life has it.
        FieldKind::Count if matches!(field.row_code.as_str(), "nltt" | "thu_vien") => of_thousand(520),
        FieldKind::Count => of_thousand(480 + field.cell.row),
        FieldKind::Decimal | FieldKind::Money(_) | FieldKind::Percent => Content::Number(50.into()),
        FieldKind::Choice(list) => {
            let wanted = list.items.iter().find(|item| matches!(item.means, Meaning::Yes | Meaning::Actual));
            Content::Text(wanted.unwrap().text.as_str().into())
        }
        FieldKind::Text => Content::Text(ANSWER.into()),
        FieldKind::Date => Content::Date(chrono::NaiveDate::from_ymd_opt(year, 12, 5).unwrap()),
    })
}
