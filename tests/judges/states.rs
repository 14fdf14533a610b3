//! What “Kiểm tra” says of each input cell, worked out by LibreOffice, beside what the reading of the same file says of it:
//! every form of content, in every kind of cell, written past the validation.

use super::office::filled_and_recalculated;
use super::tools::{Tool, fresh_folder, trial};
use calamine::{Data, Range, Reader, Xlsx};
use libtest_mimic::Trial;
use rule::Ruling;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use xhht::check::{Previous, rulings};
use xhht::domain::FieldKind;
use xhht::finding::Severity;
use xhht::form::rules::FormRule;
use xhht::form::{CHECK_SHEET, CHECK_WORK_SHEET, Field, Form};
use xhht::plan::rule::RuleInput;
use xhht::plan::{Plan, PlanSources};
use xhht::submission::{self, Content, InputFile, Submission};
use xhht::{intake, template};

const BLANK: u8 = 0;
const FITS: u8 = 1;
const ODD: u8 = 2;
const WRONG: u8 = 3;

pub fn trials() -> Vec<Trial> {
    let needs = &[Tool::Openpyxl, Tool::LibreOffice];
    vec![trial("the_sheet_and_the_reading_agree_on_every_cell", needs, the_sheet_and_the_reading_agree)]
}

/// What is written into a cell, and its state where that is promised.
type Written = (Value, Option<u8>);

/// Contents for a kind of cell; those without a promise are only held to the law.
fn contents(field: &Field) -> Vec<Written> {
    let error = || (json!({"formula": "=1/0"}), Some(WRONG));
    let not_available = || (json!({"formula": "=NA()"}), Some(WRONG));
    let spaces = || (json!("   "), Some(BLANK));
    let free = |text: &str| (json!(text), None);
    let mut all = vec![error(), spaces(), not_available(), (json!(true), None)];
    match &field.kind {
        FieldKind::Count => all.extend([
            (json!(1234), Some(FITS)),
            (json!(0), Some(FITS)),
            (json!({"formula": "=7*6"}), Some(FITS)),
            (json!(-5), Some(WRONG)),
            (json!(13.5), Some(WRONG)),
            (json!(2_000_000_000_000_i64), Some(WRONG)),
            (json!("14"), Some(ODD)),
            (json!("87.000"), Some(ODD)),
            (json!("1.234.567"), Some(ODD)),
            (json!("-"), Some(ODD)),
            (json!("abc"), Some(WRONG)),
            (json!("-5"), Some(WRONG)),
            (json!("13,5"), Some(WRONG)),
            (json!("12/45"), Some(WRONG)),
            (json!({"date": "2024-01-15"}), Some(WRONG)),
            (json!({"date": "2020-06-30"}), Some(WRONG)),
            (json!(45_306), Some(FITS)),
            (json!({"percent": 1}), Some(WRONG)),
            (json!({"percent": 0.8}), Some(WRONG)),
            (json!("chưa có"), Some(WRONG)),
            free("007"),
            free("0"),
            free("1.23"),
            free("1234.567"),
            free("0.500"),
            free("12.34.567"),
            free("khoảng 500"),
            free("1,234"),
            free("1 234"),
            free("5e3"),
            free("١٢"),
            free("…"),
            free("x"),
            free("9999999999999"),
        ]),
        FieldKind::Decimal | FieldKind::Money(_) => all.extend([
            (json!(350.25), Some(FITS)),
            (json!({"date": "2024-01-15"}), Some(WRONG)),
            (json!({"percent": 1}), Some(WRONG)),
            (json!(-1), Some(WRONG)),
            (json!(2_000_000_000_000_i64), Some(WRONG)),
            (json!("350"), Some(ODD)),
            (json!("-"), Some(ODD)),
            (json!("nhiều"), Some(WRONG)),
            (json!(1.0 / 3.0), Some(ODD)),
            free("1.234"),
            free("350,5"),
            free("1,2 tỷ"),
            free("350 triệu đồng"),
            free("0,5"),
        ]),
        FieldKind::Percent => all.extend([
            (json!(97.85), Some(FITS)),
            (json!({"percent": 0.5}), Some(FITS)),
            (json!(0), Some(FITS)),
            (json!(100.5), Some(WRONG)),
            (json!(-0.5), Some(WRONG)),
            (json!("97"), Some(ODD)),
            (json!("100"), Some(ODD)),
            (json!("150"), Some(WRONG)),
            free("97,85%"),
            free("đạt"),
            free("05"),
        ]),
        FieldKind::Choice(list) => {
            let first = list.items[0].text.as_str();
            let last = &list.items[list.items.len() - 1];
            // An item that is no answer in this cell is asked about.
            let of_last = if field.refuses(last.means) { WRONG } else { FITS };
            all.extend([
                (json!(first), Some(FITS)),
                (json!(last.text), Some(of_last)),
                (json!(format!(" {first} ")), Some(ODD)),
                (json!("một mục không có"), Some(WRONG)),
                (json!(5), Some(WRONG)),
                free(&first.to_lowercase()),
                free("x"),
                free("-"),
            ]);
        }
        FieldKind::Text => all.extend([
            (json!("Nguyễn Văn A"), Some(FITS)),
            (json!(42), Some(FITS)),
            (json!("=1/0"), Some(FITS)),
            free("-"),
        ]),
        FieldKind::Date => all.extend([
            (json!({"date": "2024-12-05"}), Some(FITS)),
            (json!({"date": "1999-12-31"}), Some(WRONG)),
            (json!({"date": "2100-01-01"}), Some(WRONG)),
            (json!("31/12/1999"), Some(WRONG)),
            (json!("01/01/2100"), Some(WRONG)),
            (json!(73_050), Some(FITS)),
            (json!(45_631), Some(FITS)),
            (json!("05/12/2024"), Some(ODD)),
            (json!("31/02/2024"), Some(WRONG)),
            (json!("31/13/2024"), Some(WRONG)),
            (json!("hôm qua"), Some(WRONG)),
            (json!(5), Some(WRONG)),
            (json!(-3), Some(WRONG)),
            free("5/12/24"),
            free("2024-12-05"),
            free("ab/cd/2024"),
            free("tháng 12/2024"),
        ]),
    }
    all
}

struct Made {
    form: Form,
    written: BTreeMap<String, Written>,
    file: PathBuf,
}

fn the_sheet_and_the_reading_agree() {
    let plan = Plan::read(&PlanSources::embedded()).unwrap_or_else(|error| panic!("{error}"));
    let folder = fresh_folder("trang-thai");
    let mut turn: BTreeMap<String, usize> = BTreeMap::new();
    let mut made = Vec::new();
    for (code, year) in [("794", 2024), ("SGDDT", 2024), ("SLDTBXH", 2024), ("28036", 2026), ("HKH", 2024)] {
        let unit = plan.roster(year).into_iter().find(|unit| unit.code.as_str() == code).unwrap();
        made.push(fill(&plan, Form::for_unit(&plan, unit, year), &mut turn, &folder));
    }
    let files: Vec<PathBuf> = made.iter().map(|filled| filled.file.clone()).collect();
    let recalculated = filled_and_recalculated(&files);
    let mut wrong = Vec::new();
    let mut rules = 0;
    for filled in &made {
        let path = recalculated.join(filled.file.file_name().unwrap());
        compare(&plan, filled, &path, &mut wrong);
        rules += compare_rules(&plan, filled, &path, &mut wrong);
    }
    assert!(rules > 20, "{rules} rules are broken: too few to tell");
    assert!(wrong.is_empty(), "{} cells:\n{}", wrong.len(), wrong.join("\n"));
}

/// Each kind of cell gets each of its contents in turn, over all forms.
fn fill(plan: &Plan, form: Form, turn: &mut BTreeMap<String, usize>, folder: &Path) -> Made {
    let mut written = BTreeMap::new();
    let measures: BTreeMap<_, _> = form.rows().map(|row| (row.code.clone(), row.measure.clone())).collect();
    for field in form.fields() {
        let mut contents = contents(field);
        // With its unit of measure a figure is read where the unit is one that people put behind figures.
        let measure = &measures[&field.row_code];
        if field.kind == FieldKind::Count && !measure.is_empty() {
            contents.push((json!(format!("87.000 {measure}")), (measure == "người").then_some(ODD)));
            contents.push((json!(format!("12 {measure}")), None));
            contents.push((json!(format!(" {measure}")), None));
        }
        let turn = turn.entry(field.kind.name().to_owned()).or_default();
        written.insert(field.id.to_string(), contents[*turn % contents.len()].clone());
        *turn += 1;
    }
    let values: Map<String, Value> =
        written.iter().map(|(id, (value, _))| (id.clone(), value.clone())).collect();
    let file = folder.join(format!("{}.xlsx", form.unit.code));
    let blank = template::write(plan, &form, None).unwrap_or_else(|error| panic!("{error}"));
    std::fs::write(file.with_extension("blank.xlsx"), blank).unwrap();
    std::fs::write(file.with_extension("json"), Value::from(values).to_string()).unwrap();
    Made { form, written, file }
}

fn compare(plan: &Plan, filled: &Made, path: &Path, wrong: &mut Vec<String>) {
    let states = states(path);
    let (submission, refused) = read(plan, filled.form.year, path);
    for field in filled.form.fields() {
        let (value, promised) = &filled.written[field.id.as_str()];
        let label = format!("{} › {}", field.sheet, field.cell);
        let Some(state) = states.get(&label).copied() else {
            wrong.push(format!("{label}: not on the sheet"));
            continue;
        };
        let is_read = submission.values.contains_key(&field.id);
        let is_refused = refused.contains(field.id.as_str());
        let is_filled = submission.filled.iter().any(|cell| cell.field == field.id);
        // Text of which the reading knows more than a formula can.
        let may_be_stricter = value.is_string() || value.is_boolean();
        // To LibreOffice TRUE is a number that is shown as a word.
        let by_format = value.is_boolean() && field.kind != FieldKind::Date;
        let lawful = match state {
            BLANK => !is_filled,
            FITS if by_format => true,
            FITS | ODD => is_read && !is_refused,
            WRONG => is_filled && (is_refused || may_be_stricter),
            _ => false,
        };
        let kept = promised.is_none_or(|promised| promised == state);
        if !lawful || !kept || (is_refused && state != WRONG && !by_format) {
            let kind = field.kind.name();
            wrong.push(format!(
                "{} {kind} {value}: state {state}, promised {promised:?}; filled {is_filled}, read {is_read}, refused {is_refused}",
                field.id
            ));
        }
    }
}

/// The rules that the sheet says are broken are those that `check` says are, place by place. Left out are rules that speak
/// of a cell that the sheet takes and the reading does not, or the other way round.
fn compare_rules(plan: &Plan, filled: &Made, path: &Path, wrong: &mut Vec<String>) -> usize {
    let shown = broken(path);
    let states = states(path);
    let (submission, _) = read(plan, filled.form.year, path);
    let is_otherwise = |field: &Field| {
        let state = states.get(&format!("{} › {}", field.sheet, field.cell)).copied();
        matches!(state, Some(FITS | ODD)) != submission.values.contains_key(&field.id)
    };
    let rules = filled.form.rules(plan).iter();
    let left_out = rules.filter(|rule| {
        let mut fields =
            rule.bound.rule.references().into_iter().filter_map(|name| match &name.referent.id {
                RuleInput::Field(id) => filled.form.field(id),
                _ => None,
            });
        fields.any(is_otherwise)
    });
    let place = |rule: &FormRule| {
        let at = filled.form.field(&rule.bound.at)?;
        Some((rule.plan.code.to_string(), format!("{} › {}", at.sheet, at.cell)))
    };
    let left_out: BTreeSet<(String, String)> = left_out.filter_map(place).collect();
    let previous = Previous::new();
    let found: BTreeSet<(String, String)> = rulings(plan, &previous, &submission)
        .into_iter()
        .filter(|(_, ruling)| *ruling == Ruling::Violated)
        .filter_map(|(rule, _)| place(rule))
        .collect();
    for (code, label) in shown.symmetric_difference(&found) {
        if !left_out.contains(&(code.clone(), label.clone())) {
            let who = if found.contains(&(code.clone(), label.clone())) {
                "check alone"
            } else {
                "the sheet alone"
            };
            wrong.push(format!("{} {code} at {label}: {who} says it is broken", filled.form.unit.code));
        }
    }
    found.len()
}

/// The submission, and the ids of the fields whose content was refused.
fn read(plan: &Plan, year: i32, path: &Path) -> (Submission, BTreeSet<String>) {
    let raw = intake::read(&std::fs::read(path).unwrap(), &plan.tabs())
        .unwrap_or_else(|why| panic!("{}", why.cause));
    let file = InputFile { path: path.display().to_string().into(), sha256: String::new() };
    let received = submission::read(plan, Some(year), file, &raw);
    let grave = received.findings.iter().filter(|finding| finding.severity >= Severity::Confirm);
    let refused = grave.flat_map(|finding| &finding.fields).map(ToString::to_string).collect();
    match received.content {
        Content::Submission(submission) => (*submission, refused),
        _ => panic!("{}: rejected", path.display()),
    }
}

/// The hidden sheet's cells, and where a column stands by its head; no cell of the sheet of checks shows an error.
fn work_sheet(path: &Path) -> Range<Data> {
    let file = BufReader::new(File::open(path).unwrap_or_else(|e| panic!("{}: {e}", path.display())));
    let mut book: Xlsx<_> = Xlsx::new(file).unwrap();
    let range = book.worksheet_range(CHECK_SHEET).unwrap();
    let errors = range.used_cells().filter(|(_, _, data)| matches!(data, Data::Error(_)));
    let errors: Vec<_> = errors.map(|(row, column, data)| format!("{row},{column}: {data}")).collect();
    assert!(errors.is_empty(), "{}: {errors:?}", path.display());
    book.worksheet_range(CHECK_WORK_SHEET).unwrap()
}

fn column(range: &Range<Data>, head: &str) -> u32 {
    let is_it = |at: &u32| matches!(range.get_value((0, *at)), Some(Data::String(found)) if found == head);
    (0..range.width() as u32).find(is_it).unwrap()
}

fn number(range: &Range<Data>, row: u32, column: u32) -> Option<u8> {
    match range.get_value((row, column)) {
        Some(Data::Float(number)) => Some(*number as u8),
        Some(Data::Int(number)) => Some(*number as u8),
        _ => None,
    }
}

fn words(range: &Range<Data>, row: u32, column: u32) -> Option<&str> {
    match range.get_value((row, column)) {
        Some(Data::String(words)) => Some(words),
        _ => None,
    }
}

/// The state of each input cell by the name of its place.
fn states(path: &Path) -> BTreeMap<String, u8> {
    let range = work_sheet(path);
    let [state, label, line] = ["verdict", "label", "line"].map(|head| column(&range, head));
    let of_row = |row: u32| {
        // Places of rules have a line, form rows no state.
        let is_rule = number(&range, row, line).is_some();
        let state = number(&range, row, state).filter(|_| !is_rule)?;
        Some((words(&range, row, label)?.to_owned(), state))
    };
    (1..range.height() as u32).filter_map(of_row).collect()
}

/// The rules that are broken, each with the name of its place.
fn broken(path: &Path) -> BTreeSet<(String, String)> {
    let range = work_sheet(path);
    let [broken, label, text] = ["broken", "label", "text"].map(|head| column(&range, head));
    let of_row = |row: u32| {
        number(&range, row, broken).filter(|broken| *broken == 1)?;
        let code = words(&range, row, text)?.rsplit_once('(')?.1.trim_end_matches(')');
        Some((code.to_owned(), words(&range, row, label)?.to_owned()))
    };
    (1..range.height() as u32).filter_map(of_row).collect()
}
