//! The live checks of a template: for each rule one deliberate error, filled in by one program and worked out by
//! another, turns exactly that rule's line to ✘, and the check of the same file says the same.

use super::finding_cases::{Case, base, run};
use super::office::filled_and_recalculated;
use super::tools::{Tool, fresh_folder, trial};
use calamine::{Data, Reader, Xlsx};
use libtest_mimic::Trial;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use xhht::check::{Previous, check};
use xhht::domain::UnitCode;
use xhht::form::{CHECK_SHEET, Form};
use xhht::intake::raw::{RawSubmission, RawValue};
use xhht::plan::Plan;
use xhht::submission::{self, InputFile};
use xhht::{intake, template};

const BROKEN: &str = "✘";

pub fn trials() -> Vec<Trial> {
    vec![trial("one_error_breaks_one_rule", &[Tool::Openpyxl, Tool::LibreOffice], one_error_breaks_one_rule)]
}

/// One filled template.
struct Filled {
    case: Case,
    /// The plan with the fixture's changes.
    plan: Plan,
    form: Form,
    previous: Previous,
    file: PathBuf,
}

fn one_error_breaks_one_rule() {
    let plan = Plan::read(&run::small()).unwrap_or_else(|error| panic!("{error}"));
    // Those that wait for other files no form shows.
    let rules = plan.rules.iter().filter(|rule| !rule.later);
    let rules: BTreeSet<String> = rules.map(|rule| rule.code.to_string()).collect();
    assert!(rules.len() >= 40, "the rules of the plan: {}", rules.len());
    let folder = fresh_folder("kiem-tra");
    let mut made: Vec<Filled> = Vec::new();
    for code in &rules {
        made.push(fill(code, &folder));
    }
    let files: Vec<PathBuf> = made.iter().map(|filled| filled.file.clone()).collect();
    let recalculated = filled_and_recalculated(&files);
    let mut wrong = Vec::new();
    for filled in &made {
        let path = recalculated.join(filled.file.file_name().unwrap());
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut expected: BTreeSet<String> = filled.case.also.intersection(&rules).cloned().collect();
        expected.insert(filled.case.code.clone());
        let shown = Shown::read(&path);
        let found = checked(filled, &path);
        let found: BTreeSet<String> = found.intersection(&rules).cloned().collect();
        if shown.broken != expected || found != expected {
            wrong.push(format!("{name}: shown {:?}, found {found:?}, expected {expected:?}", shown.broken));
        }
        let asked: BTreeSet<String> =
            filled.form.rules(&filled.plan).iter().map(|rule| rule.plan.code.to_string()).collect();
        if shown.listed != asked {
            wrong.push(format!("{name}: lists {:?}, is asked {asked:?}", shown.listed));
        }
        let is_clean = expected
            .iter()
            .all(|code| !plan.rules.iter().any(|r| r.code.to_string() == *code && r.is_grave()));
        if shown.status.starts_with("Còn 0 lỗi") != is_clean {
            wrong.push(format!("{name}: the status line says {}", shown.status));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Writes a template and what shall be filled in: the complete form with the fixture's changes.
fn fill(code: &str, folder: &Path) -> Filled {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings");
    let path = fixtures.join(code).join("fires.txt");
    let case = Case::read(&path, &std::fs::read_to_string(&path).unwrap());
    let plan = run::plan(&case).unwrap_or_else(|error| panic!("{code}: {error}"));
    let unit = plan.units.iter().find(|unit| unit.code.as_str() == case.unit).unwrap();
    let form = Form::for_unit(&plan, unit, case.year);
    let previous = run::previous(&case, &[]);
    let known = previous.get(&UnitCode(case.unit.as_str().into()));
    let blank = template::write(&plan, &form, known).unwrap_or_else(|error| panic!("{error}"));
    let values = values(&form, &base::changed(&form, &case.files[0]));
    let file = folder.join(format!("{code}.xlsx"));
    std::fs::write(file.with_extension("blank.xlsx"), blank).unwrap();
    std::fs::write(file.with_extension("json"), Value::from(values).to_string()).unwrap();
    Filled { case, plan, form, previous, file }
}

fn values(form: &Form, raw: &RawSubmission) -> Map<String, Value> {
    let mut values = Map::new();
    for field in form.fields() {
        let sheet = raw.sheets.iter().find(|sheet| sheet.name == field.sheet).unwrap();
        let value = match sheet.cells.get(&field.cell).map(|cell| &cell.value) {
            Some(RawValue::Number(number)) => json!(number),
            Some(RawValue::Text(text)) => json!(text),
            Some(RawValue::Date { when: Some(when), .. }) => json!(when.to_string()),
            None => continue,
            other => panic!("{}: {other:?}", field.id),
        };
        values.insert(field.id.to_string(), value);
    }
    values
}

/// The codes of the findings that the check gives for a file.
fn checked(filled: &Filled, path: &Path) -> BTreeSet<String> {
    let Filled { plan, .. } = filled;
    let bytes = std::fs::read(path).unwrap();
    let raw = intake::read(&bytes, &plan.tabs()).unwrap_or_else(|why| panic!("{}", why.cause));
    let file = InputFile { path: path.display().to_string().into(), sha256: String::new() };
    let received = submission::read(plan, Some(filled.case.year), file, &raw);
    let checked = check(plan, filled.case.year, filled.case.as_of, &filled.previous, vec![received]);
    let findings = checked.unwrap_or_else(|error| panic!("{error}")).findings;
    findings.into_iter().map(|finding| finding.code.to_string()).collect()
}

/// What the sheet “Kiểm tra” shows.
struct Shown {
    broken: BTreeSet<String>,
    listed: BTreeSet<String>,
    status: String,
}

impl Shown {
    fn read(path: &Path) -> Shown {
        let file = BufReader::new(File::open(path).unwrap_or_else(|e| panic!("{}: {e}", path.display())));
        let mut book: Xlsx<_> = Xlsx::new(file).unwrap();
        let range = book.worksheet_range(CHECK_SHEET).unwrap();
        let text = |row: u32, column: u32| match range.get_value((row, column)) {
            Some(Data::String(text)) => text.clone(),
            _ => String::new(),
        };
        let last = range.end().map_or(0, |(row, _)| row);
        let lines: Vec<(String, String)> = (0..=last)
            .map(|row| (text(row, 0), text(row, 1)))
            .skip_while(|(code, _)| code != "Mã")
            .skip(1)
            .collect();
        let marks = ["✔", BROKEN, "chưa đủ số liệu"];
        for (code, mark) in &lines {
            assert!(marks.contains(&mark.as_str()), "{}: {code} says “{mark}”", path.display());
        }
        let broken = lines.iter().filter(|(_, mark)| mark == BROKEN).map(|(code, _)| code.clone()).collect();
        let listed = lines.into_iter().map(|(code, _)| code).collect();
        Shown { broken, listed, status: text(4, 0) }
    }
}
