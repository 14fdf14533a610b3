//! What is filled in is what is read: plan → template → filled by another program → intake → submission.
//!
//! The values are generated, the same ones every time, for every unit of a year. Another program fills the templates
//! by their sheet `_xhht` alone; LibreOffice then saves the first of each unit's two files in the other formats.

use super::office::{Format, saved_by_libreoffice};
use super::tools::{Tool, fresh_folder, said, script, trial};
use chrono::{Days, NaiveDate};
use libtest_mimic::Trial;
use rust_decimal::Decimal;
use serde_json::{Map, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;
use xhht::domain::{ColumnRole, FieldId, FieldKind, Meaning, Unit};
use xhht::form::{Field, Form};
use xhht::plan::{Plan, PlanSources};
use xhht::submission::{self, Content, InputFile, Value};
use xhht::{intake, template};

const YEAR: i32 = 2024;

pub fn trials() -> Vec<Trial> {
    let saved = |format: Format| {
        trial(
            format!("round_trip_libreoffice_{}", format.ending()),
            &[Tool::Openpyxl, Tool::LibreOffice],
            move || {
                let cases = || cases().iter().filter(|case| case.round == 1);
                let files: Vec<PathBuf> = cases().map(|case| case.file.clone()).collect();
                assert!(files.len() >= 30);
                let folder = saved_by_libreoffice(format, &files);
                for case in cases() {
                    let name = case.file.with_extension(format.ending());
                    case.reads_the_same(&folder.join(name.file_name().unwrap()));
                }
            },
        )
    };
    vec![
        trial("round_trip_openpyxl_xlsx", &[Tool::Openpyxl], || {
            assert!(cases().len() >= 60);
            for case in cases() {
                case.reads_the_same(&case.file);
            }
        }),
        saved(Format::Xlsx),
        saved(Format::Xls),
        saved(Format::Ods),
    ]
}

/// One filled template and what must be read from it.
struct Case {
    round: usize,
    unit: Unit,
    file: PathBuf,
    filled: usize,
    expected: BTreeMap<FieldId, Option<Value>>,
}

impl Case {
    fn reads_the_same(&self, path: &Path) {
        let name = path.display();
        let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let raw = intake::read(&bytes, &plan().tabs()).unwrap_or_else(|why| panic!("{name}: {}", why.cause));
        let file = InputFile { path: name.to_string().into(), sha256: String::new() };
        let received = submission::read(plan(), Some(YEAR), file, &raw);
        let Content::Submission(read) = received.content else { panic!("{name}: {:?}", received.findings) };
        assert_eq!((&read.unit, read.year), (&self.unit.code, YEAR), "{name}");
        assert_eq!(read.filled_count, self.filled, "{name}");
        for (field, expected) in &self.expected {
            let found = read.values.get(field).map(|reported| &reported.value);
            assert_eq!(found, Some(expected), "{name}, {field}; {:?}", received.findings);
        }
        for field in read.values.keys() {
            assert!(self.expected.contains_key(field), "{name}: nobody filled {field}");
        }
        assert!(received.findings.is_empty(), "{name}: {:?}", received.findings);
    }
}

fn plan() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| Plan::read(&PlanSources::embedded()).unwrap_or_else(|error| panic!("{error}")))
}

/// Two fillings for every unit, written once.
fn cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(|| {
        let folder = fresh_folder("round-trip");
        let mut dice = Dice(0x0012_2024);
        let mut jobs = Vec::new();
        let mut cases = Vec::new();
        for (round, unit) in
            (1..=2).flat_map(|round| plan().roster(YEAR).into_iter().map(move |u| (round, u)))
        {
            let form = Form::for_unit(plan(), unit, YEAR);
            let place = |kind: &str| folder.join(format!("{}-{round}{kind}", unit.code));
            let (blank, values, file) = (place(".blank.xlsx"), place(".json"), place(".xlsx"));
            let (typed, expected) = filling(&form, &mut dice);
            std::fs::write(&blank, template::write(plan(), &form, None).unwrap()).unwrap();
            std::fs::write(&values, serde_json::to_vec(&typed).unwrap()).unwrap();
            jobs.extend([blank, values, file.clone()]);
            cases.push(Case { round, unit: unit.clone(), file, filled: typed.len(), expected });
        }
        let output = script("fill.py", jobs);
        assert!(output.status.success(), "{}", said(&output));
        cases
    })
}

type Filling = (Map<String, serde_json::Value>, BTreeMap<FieldId, Option<Value>>);

/// What is typed into a form, by field, and what must be read from it.
fn filling(form: &Form, dice: &mut Dice) -> Filling {
    let mut typed = Map::new();
    let mut expected = BTreeMap::new();
    for row in form.rows() {
        for field in row.fields.iter().filter(|_| dice.below(5) > 0).collect::<Vec<_>>() {
            let (what, value) = value_of(field, dice);
            typed.insert(field.id.to_string(), what);
            expected.insert(field.id.clone(), Some(value));
        }
        // The status of a row speaks for the figures left blank.
        let status = row.fields.iter().find(|field| field.role == Some(ColumnRole::RowStatus));
        let blank = match status.and_then(|field| expected.get(&field.id)) {
            Some(Some(Value::Choice(Meaning::None, _))) => Some(Value::Number(Decimal::ZERO)),
            Some(Some(Value::Choice(Meaning::NoStandard, _))) => None,
            _ => continue,
        };
        let figures = row
            .fields
            .iter()
            .filter(|field| !matches!(field.role, None | Some(ColumnRole::RowStatus | ColumnRole::Percent)));
        for field in figures {
            expected.entry(field.id.clone()).or_insert(blank.clone());
        }
    }
    (typed, expected)
}

fn value_of(field: &Field, dice: &mut Dice) -> (serde_json::Value, Value) {
    let number = |number: Decimal| {
        let typed = number.to_string().parse::<f64>().unwrap();
        let whole = number.is_integer();
        (if whole { json!(typed as i64) } else { json!(typed) }, Value::Number(number.normalize()))
    };
    match &field.kind {
        FieldKind::Count => number(match dice.below(6) {
            0 => Decimal::ZERO,
            1 => Decimal::from(1_000_000_000_000_i64),
            2 => Decimal::from(dice.below(1_000_000_000_000)),
            _ => Decimal::from(dice.below(200_000)),
        }),
        FieldKind::Decimal | FieldKind::Money(_) => {
            number(Decimal::new(dice.below(1_000_000_000) as i64, dice.below(7) as u32))
        }
        FieldKind::Percent => number(match dice.below(5) {
            0 => Decimal::ZERO,
            1 => Decimal::ONE_HUNDRED,
            _ => Decimal::new(dice.below(10_001) as i64, 2),
        }),
        FieldKind::Choice(list) => {
            let item = dice.one_of(&list.items);
            (json!(item.text), Value::Choice(item.means, item.text.as_str().into()))
        }
        FieldKind::Text => {
            let text = text(dice);
            // Some programs write letters and marks apart; the words are the same.
            let typed = if dice.below(3) == 0 { text.nfd().collect() } else { text.clone() };
            (json!(typed), Value::Text(text.into()))
        }
        FieldKind::Date => {
            let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();
            // 2000–2099 have 36 525 days.
            let day = first + Days::new(dice.below(36_525));
            (json!(day.to_string()), Value::Date(day))
        }
    }
}

const WORDS: &[&str] = &[
    "đã",
    "tổ",
    "chức",
    "12",
    "lớp",
    "chuyên",
    "đề,",
    "Hội",
    "Khuyến",
    "học",
    "xã",
    "Tân",
    "Trụ",
    "(khoảng",
    "30%)",
    "người;",
    "“học",
    "tập",
    "suốt",
    "đời”",
    "kế",
    "hoạch",
    "số",
    "25/KH-UBND",
    "ngày",
    "05/9/2024",
    "ước",
    "1.234,5",
    "triệu",
    "đồng",
    "&",
    "<b>",
    "nghĩa",
    "vụ",
    "Ủy",
    "ban",
    "nhân",
    "dân",
    "thị",
    "trấn",
    "Vĩnh",
    "Hưng",
    "quyển",
    "sách",
    "–",
    "không",
    "phát",
    "sinh",
    "\"trích\"",
    "nữ",
    "500+",
    "=",
    "a@b.vn",
    "Đức",
    "Huệ",
    "💡",
];

/// What a first character can do to a text in a spreadsheet.
const STARTS: &[&str] = &["", "", "", "=", "+", "-", "@", "'", "=1+1 ", "- ", "0", "#"];

/// One to four lines of words, single-spaced.
fn text(dice: &mut Dice) -> String {
    let lines: Vec<String> = (0..=dice.below(4))
        .map(|_| (0..=dice.below(12)).map(|_| *dice.one_of(WORDS)).collect::<Vec<_>>().join(" "))
        .collect();
    format!("{}{}", dice.one_of(STARTS), lines.join("\n"))
}

/// Numbers that look thrown and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 20) % limit
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len() as u64) as usize]
    }
}
