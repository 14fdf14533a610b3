//! The plan that any province starts from, through the real program: a small December of each, and nothing in it of the
//! plan it was cut from or of the districts that ended.
#![allow(clippy::unwrap_used)] // a test stops where it fails

use super::said;
use calamine::{DataType, Reader, Xlsx, open_workbook};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;
use xhht::domain::cell::Content;
use xhht::domain::{ColumnRole, FieldKind, Meaning, Unit};
use xhht::form::{Field, Form};
use xhht::plan::province::{self, Province};
use xhht::plan::{Plan, PlanSources};
use xhht::template::{self, Values};

/// What is tried every day: cities and provinces, with and without former ones, with islands. In CI it is all of them.
const EVERY_DAY: [&str; 5] = ["01", "46", "79", "80", "82"];

/// Words by which the end of the districts is told; no other may speak of them.
const OF_THE_END: [&str; 3] =
    ["cấp huyện kết thúc hoạt động", "Không còn cấp huyện", "huyện, thị xã, thành phố được thay bằng"];

pub(super) fn runs(folder: &Path, line: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xhht")).args(line).current_dir(folder).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), format!("{}{}", text(&output.stdout), text(&output.stderr)))
}

/// What a unit writes into a cell: plausible figures for so many people.
pub(super) fn answer(field: &Field, year: i32) -> Option<Content> {
    let choice = |wanted: &[Meaning]| {
        let FieldKind::Choice(list) = &field.kind else { return None };
        let item = list.items.iter().find(|item| wanted.contains(&item.means))?;
        Some(Content::Text(item.text.as_str().into()))
    };
    match &field.kind {
        FieldKind::Count if field.column_code == "muc" => Some(Content::Number(1.into())),
        FieldKind::Count => Some(Content::Number(match field.role {
            Some(ColumnRole::Whole) => 1000.into(),
            Some(ColumnRole::Part | ColumnRole::Recognised) => 990.into(),
            Some(ColumnRole::Registered) => 995.into(),
            Some(ColumnRole::Female) => 3.into(),
            Some(ColumnRole::Minority) => 1.into(),
            _ => 7.into(),
        })),
        FieldKind::Decimal | FieldKind::Money(_) => Some(Content::Number(25.into())),
        FieldKind::Percent => None,
        FieldKind::Choice(_) => choice(&[Meaning::No, Meaning::Actual]),
        FieldKind::Text => Some(Content::Text("Đã làm".into())),
        FieldKind::Date => Some(Content::Date(NaiveDate::from_ymd_opt(year, 12, 3).unwrap())),
    }
}

/// A folder with the filled forms of some units of a plan.
pub(super) fn fills_in<'a>(plan: &Plan, year: i32, inbox: &Path, units: impl Iterator<Item = &'a Unit>) {
    for unit in units {
        let form = Form::for_unit(plan, unit, year);
        let of_unit = |field: &Field| Some(believable(&form, field, answer(field, year)?));
        fills_in_with(plan, year, inbox, std::iter::once(unit), &of_unit);
    }
}

/// Of a thousand people from 15 years on, as many as the unit has.
fn believable(form: &Form, field: &Field, content: Content) -> Content {
    let counts_all = matches!(field.row_code.as_str(), "cmkt" | "dai_hoc" | "cmkt_tinh" | "dai_hoc_tinh");
    let is_figure = matches!(field.role, Some(ColumnRole::Whole | ColumnRole::Part));
    match (content, form.population) {
        (Content::Number(number), Some(people)) if counts_all && is_figure => {
            Content::Number((number * Decimal::from(people) * Decimal::new(75, 5)).floor())
        }
        (content, _) => content,
    }
}

/// The same with answers of one's own.
pub(super) fn fills_in_with<'a>(
    plan: &Plan,
    year: i32,
    inbox: &Path,
    units: impl Iterator<Item = &'a Unit>,
    answer: &dyn Fn(&Field) -> Option<Content>,
) {
    fs::create_dir_all(inbox).unwrap();
    for unit in units {
        let form = Form::for_unit(plan, unit, year);
        let answers = form.fields().filter_map(|field| Some((field.id.clone(), answer(field)?)));
        let values: Values = answers.collect();
        let filled = template::write_filled(plan, &form, None, &values).unwrap();
        fs::write(inbox.join(template::file_name(&form)), filled).unwrap();
    }
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.unwrap());
    all.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

/// Lines that speak of districts, but for those that tell of their end.
fn of_districts(text: &str) -> Vec<String> {
    let speaks = |line: &&str| line.to_lowercase().contains("huyện");
    let tells_the_end = |line: &str| OF_THE_END.iter().any(|words| line.contains(words));
    text.lines().filter(speaks).filter(|line| !tells_the_end(line)).map(str::to_owned).collect()
}

pub(super) fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The year of these Decembers.
const YEAR: i32 = 2025;

#[test]
fn any_province_has_its_december_and_together_they_are_the_nations() {
    let wanted =
        |province: &&Province| std::env::var_os("CI").is_some() || EVERY_DAY.contains(&province.code);
    let provinces: Vec<&Province> = province::all().iter().filter(wanted).collect();
    let folder = TempDir::new().unwrap();
    let next = AtomicUsize::new(0);
    // Two at a time: one after another they are the longest test of all.
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(province) = provinces.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = december_of(province);
                    let sent = folder.path().join("hop-thu").join(province.code);
                    fs::create_dir_all(&sent).unwrap();
                    fs::write(sent.join("ket-qua-xhht-2025.json"), result.to_string()).unwrap();
                }
            });
        }
    });
    december_of_the_nation(folder.path(), provinces.len());
}

/// What all provinces sent up is their sum, in the result, in the workbook and in the report.
fn december_of_the_nation(folder: &Path, provinces: usize) {
    let line = ["consolidate", "hop-thu", "--plan", "quoc-gia", "--year", "2025", "--as-of", "2025-12-31"];
    let (code, said) = runs(folder, &[&line[..], &["--out", "ket-qua"]].concat());
    assert!(matches!(code, Some(0 | 1)), "{said}");
    assert!(said.contains(&format!("{provinces}/34 đã gửi")), "{said}");
    let mut sums: BTreeMap<String, (Decimal, Decimal)> = BTreeMap::new();
    for sent in files_in(&folder.join("hop-thu")) {
        for indicator in json(&sent)["indicators"].as_array().unwrap() {
            let part = |key: &str| indicator[key].as_str().map(|sum| sum.parse::<Decimal>().unwrap());
            if let (Some(numerator), Some(denominator)) = (part("numerator"), part("denominator")) {
                let sum = sums.entry(indicator["id"].as_str().unwrap().to_owned()).or_default();
                *sum = (sum.0 + numerator, sum.1 + denominator);
            }
        }
    }
    let results = json(&folder.join("ket-qua/ket-qua-xhht-2025.json"));
    let mut book: Xlsx<_> = open_workbook(folder.join("ket-qua/tong-hop-xhht-2025.xlsx")).unwrap();
    let sheet = book.worksheet_range("Chỉ tiêu").unwrap();
    let mut compared = 0;
    for indicator in results["indicators"].as_array().unwrap() {
        let id = indicator["id"].as_str().unwrap();
        let Some(numerator) = indicator["numerator"].as_str() else { continue };
        let (part, whole) = sums[id];
        assert_eq!(
            (numerator.parse(), indicator["denominator"].as_str().unwrap().parse()),
            (Ok(part), Ok(whole)),
            "{id}"
        );
        let row = sheet.rows().find(|row| row.iter().any(|cell| cell.get_string() == Some(id))).unwrap();
        let figures: Vec<f64> = row.iter().filter_map(DataType::get_float).collect();
        for sum in [part, whole] {
            let sum = sum.to_f64().unwrap();
            assert!(figures.iter().any(|figure| (figure - sum).abs() < 1e-6), "{id}: {sum} in {figures:?}");
        }
        compared += 1;
    }
    assert!(compared > 8, "{compared}");
    let report = said::texts_of(&folder.join("ket-qua/bao-cao-xhht-2025.pdf"));
    let report = report
        .into_iter()
        .flat_map(|(_, text)| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    let report = report.collect::<Vec<_>>().join(" ");
    let plan = Plan::read(&PlanSources::shipped("quoc-gia").unwrap()).unwrap();
    let ways: Vec<&str> =
        plan.indicators.iter().filter_map(|indicator| indicator.made_of.as_deref()).collect();
    assert!(ways.len() > 5 && ways.iter().all(|way| report.contains(way)), "{ways:?}");
}

/// The result of a province's December.
fn december_of(province: &Province) -> Value {
    let folder = TempDir::new().unwrap();
    let office = folder.path().join("so");
    let (code, said) = runs(folder.path(), &["init", "so", "--province", province.code]);
    assert_eq!(code, Some(0), "{}: {said}", province.name);
    assert!(said.contains("chưa ghi mục tiêu") && said.contains("1.1"), "{said}");
    let (code, said) = runs(&office, &["plan", "check", "ke-hoach/plan.toml"]);
    assert_eq!(code, Some(0), "{}: {said}", province.name);

    let plan = Plan::read(&PlanSources::of_province(province)).unwrap();
    let local = &plan.levels[0].id;
    let communes = plan.roster_of(YEAR, local);
    let roster = plan.roster(YEAR);
    let bodies = roster.iter().filter(|unit| ["SGDDT", "SNV"].contains(&unit.code.as_str()));
    let senders = communes.iter().take(2).chain(bodies).copied();
    fills_in(&plan, YEAR, &office.join("hop-thu"), senders);
    let consolidate = ["consolidate", "hop-thu", "--plan", "ke-hoach/plan.toml", "--year", "2025"];
    let options = ["--as-of", "2025-12-16", "--out", "ket-qua"];
    let (code, said) = runs(&office, &[&consolidate[..], &options[..]].concat());
    assert!(matches!(code, Some(0 | 1)), "{}: {said}", province.name);

    let results = json(&office.join("ket-qua/ket-qua-xhht-2025.json"));
    let indicator = |id: &str| {
        let all = results["indicators"].as_array().unwrap();
        all.iter().find(|indicator| indicator["id"] == id).unwrap().clone()
    };
    // Two of all communes, which say no; nobody set a target.
    let first = indicator("1.1");
    assert_eq!(first["verdict"], "no-target", "{}", province.name);
    assert_eq!(first["coverage"]["expected"], communes.len());
    assert_eq!(first["coverage"]["reported"], 2);
    // The nation's target stands in for the province's own.
    let skills = indicator("2.1");
    assert_eq!((&skills["target_source"], &skills["target"]), (&"national".into(), &"50".into()));
    assert_eq!(indicator("2.3")["verdict"], "met", "{}", province.name);

    for path in files_in(&office) {
        let shown = path.strip_prefix(&office).unwrap().display().to_string();
        if shown.starts_with("huong-dan") || shown.contains("luoc-do") {
            continue;
        }
        for (part, text) in said::texts_of(&path) {
            let told = |line: &str| format!("{}: {shown} {part}: {line}", province.name);
            for line in of_districts(&text) {
                // Remarks of the plan's files speak of where figures came from.
                assert!(line.trim_start().starts_with('#'), "{}", told(&line));
            }
            let of_the_pattern =
                text.lines().find(|line| line.contains("Long An") || line.contains("LONG AN"));
            assert!(
                province.code == "80" || of_the_pattern.is_none(),
                "{}",
                told(of_the_pattern.unwrap_or_default())
            );
        }
    }
    let report = said::texts_of(&office.join("ket-qua/bao-cao-xhht-2025.pdf"));
    let whole: String = report.into_iter().map(|(_, text)| text).collect();
    assert!(whole.contains(province.short_name()), "{}", province.name);
    results
}

/// Every kind of form and every output since the communes took over, of both plans that are whole.
#[test]
fn nothing_since_2025_speaks_of_districts() {
    for name in ["long-an", "tay-ninh"] {
        let plan = Plan::read(&PlanSources::shipped(name).unwrap()).unwrap();
        let folder = TempDir::new().unwrap();
        let folder = folder.path();
        for year in [2025, 2026] {
            let roster = plan.roster(year);
            let communes = plan.roster_of(year, &plan.levels[0].id);
            let is_body = |unit: &&&Unit| unit.level != plan.levels[0].id;
            let bodies: Vec<&Unit> = roster.iter().filter(is_body).copied().collect();
            let senders: Vec<&Unit> = communes.iter().take(4).copied().chain(bodies).collect();
            let forms = format!("mau/{year}");
            let year_text = year.to_string();
            let mut template = vec!["template", "--plan", name, "--year", &year_text, "--out", &forms];
            for unit in &senders {
                template.extend(["--unit", unit.code.as_str()]);
            }
            let (code, said) = runs(folder, &template);
            assert_eq!(code, Some(0), "{said}");
            let inbox = format!("hop-thu/{year}");
            fills_in(&plan, year, &folder.join(&inbox), senders.iter().copied().skip(1));
            let out = format!("ket-qua/{year}");
            let mut consolidate = vec!["consolidate", &inbox, "--plan", name, "--year", &year_text];
            let as_of = format!("{year}-12-16");
            consolidate.extend(["--as-of", &as_of, "--out", &out, "--unit-sheets"]);
            if year == 2026 {
                consolidate.extend(["--history", "ket-qua/2025"]);
            }
            let (code, said) = runs(folder, &consolidate);
            assert!(matches!(code, Some(0 | 1)), "{said}");
            assert_eq!(of_districts(&said), Vec::<String>::new(), "{name} {year}");
            let (_, shown) = runs(folder, &["plan", "show", "--plan", name, "--year", &year_text]);
            let spoken: Vec<String> = of_districts(&shown);
            assert!(year == 2025 && name == "long-an" || spoken.is_empty(), "{name} {year}: {spoken:?}");
        }
        let mut looked = 0;
        for path in files_in(folder) {
            for (part, text) in said::texts_of(&path) {
                looked += 1;
                let wrong = of_districts(&text);
                assert!(wrong.is_empty(), "{name}: {} {part}: {wrong:?}", path.display());
            }
        }
        assert!(looked > 300, "{looked}");
    }
}

/// What Long An reported is the past of a part of Tây Ninh, and is told as such.
#[test]
fn tay_ninh_goes_on_from_long_an() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024");
    let samples = samples.to_str().unwrap();
    let before = ["consolidate", samples, "--year", "2024", "--as-of", "2024-12-16", "--out", "ket-qua/2024"];
    assert_eq!(runs(folder, &before).0, Some(1));
    let plan = Plan::read(&PlanSources::shipped("tay-ninh").unwrap()).unwrap();
    let roster = plan.roster(2025);
    fills_in(&plan, 2025, &folder.join("hop-thu"), roster.iter().copied().step_by(9));
    let now = ["consolidate", "hop-thu", "--plan", "tay-ninh", "--year", "2025", "--as-of", "2025-12-16"];
    let (code, said) = runs(folder, &[&now[..], &["--out", "ket-qua/2025", "--history", "ket-qua"]].concat());
    assert!(matches!(code, Some(0 | 1)), "{said}");
    assert!(said.contains("Chưa có số liệu của tỉnh Tây Ninh cũ trước hợp nhất"), "{said}");
    let report: String = said::texts_of(&folder.join("ket-qua/2025/bao-cao-xhht-2025.pdf"))
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let report = report.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(report.contains("Kết quả năm 2024 là của tỉnh Long An"), "{report}");
    // A form of Long An's plan under the same code is this commune's.
    let long_an = Plan::read(&PlanSources::shipped("long-an").unwrap()).unwrap();
    let old = long_an.roster(2025).into_iter().filter(|unit| unit.code.as_str() == "27736");
    fills_in(&long_an, 2025, &folder.join("cu"), old);
    let (code, said) = runs(folder, &["check", "cu", "--plan", "tay-ninh", "--year", "2025"]);
    assert!(matches!(code, Some(0 | 1)) && said.contains("S003") && !said.contains("S002"), "{said}");
}

#[test]
fn the_name_of_a_province_that_ended_is_asked_about() {
    let folder = TempDir::new().unwrap();
    let (code, said) = runs(folder.path(), &["init", "so", "--province", "Tiền Giang"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("tỉnh Tiền Giang là một phần của tỉnh Đồng Tháp") && said.contains("--province 82"),
        "{said}"
    );
    let (code, said) = runs(folder.path(), &["init", "so", "--province", "Atlantis"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("34 tỉnh, thành phố"), "{said}");
    let (code, said) = runs(folder.path(), &["init", "so", "--province", "dong thap"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(folder.path().join("so/ke-hoach/plan.toml").exists());
    // Nothing asks and nothing is written over.
    let (code, _) = runs(folder.path(), &["init", "so", "--province", "82"]);
    assert_eq!(code, Some(2));
}
