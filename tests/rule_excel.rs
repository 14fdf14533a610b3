//! One tree, two readings: what LibreOffice reckons from a rule's formula is what the evaluator says.
//!
//! Thousands of made-up rules and inputs, missing values among them, are written into one workbook with wrong results
//! beside the formulas; LibreOffice recalculates it. Without LibreOffice the trials say “ignored”, unless `CI` is set:
//! there they fail.

#![allow(clippy::unwrap_used)] // a test without #[test]: clippy does not see that it is one

#[path = "../crates/rule/tests/cases/mod.rs"]
mod cases;

use calamine::{Data, Reader, Xlsx};
use cases::{Case, Dice, FIELDS, Input, YEAR};
use libtest_mimic::{Arguments, Failed, Trial};
use rule::excel::{Ask, Cells, Limits, Pieces, Place};
use rule::{RuleValue, Ruling};
use rust_xlsxwriter::{Formula, Workbook};
use sheet::{CellAddress, Reference};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, OnceLock};

const CASES: usize = 3000;
/// The quote and the letters must survive in references.
const NOW: &str = "Số liệu 'năm nay' của xã";
const THEN: &str = "Năm trước";
const RULES: &str = "Kiểm tra";
const HELPERS: &str = "_phụ";
/// Columns of the formulas on the sheet of rules; helper formulas stand in the same row of their sheet.
const ASKS: [(Ask, u16); 3] = [(Ask::Verdict, 0), (Ask::Violated, 1), (Ask::Allowed, 2)];
/// The verdict cut up far shorter than Excel asks for.
const CUT: u16 = 3;
const SHORT: Limits = Limits { length: 60, nesting: 5 };

/// LibreOffice trusts stored results of files it has not written itself unless told to recalculate always (0).
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
</oor:items>
"#;

fn main() {
    let arguments = Arguments::from_args();
    let must_run = std::env::var_os("CI").is_some();
    let absent = Command::new("soffice").arg("--version").output().is_err();
    let asked = Arc::new(OnceLock::new());
    let trial = |name: &str, column: u16, expected: fn(Ruling) -> Option<bool>| {
        let asked = Arc::clone(&asked);
        let trial = Trial::test(name, move || agree(asked.get_or_init(ask), column, expected));
        trial.with_ignored_flag(absent && !must_run)
    };
    let verdict = |outcome| match outcome {
        Ruling::Holds => Some(true),
        Ruling::Violated => Some(false),
        Ruling::NotEvaluated => None,
    };
    let trials = vec![
        trial("verdicts_agree", 0, verdict),
        trial("conditional_formats_agree", 1, |outcome| Some(outcome == Ruling::Violated)),
        trial("validations_agree", 2, |outcome| Some(outcome != Ruling::Violated)),
        trial("verdicts_cut_up_agree", CUT, verdict),
    ];
    libtest_mimic::run(&arguments, trials).exit()
}

/// A case with its formulas by column.
struct Asked {
    case: Case,
    formulas: BTreeMap<u16, String>,
}

type Answers = Result<(Vec<Asked>, calamine::Range<Data>), String>;

/// Writes the workbook, has it recalculated, reads the results.
fn ask() -> Answers {
    let mut dice = Dice(20_241_210);
    let names = cases::names();
    let made_up = (0..CASES).map(|_| Case::made_up(&mut dice, &names)).collect();
    let (workbook, asked) = workbook(made_up)?;
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let recalculated = recalculated(&workbook, folder.path())?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(recalculated)).map_err(|e| e.to_string())?;
    let results = book.worksheet_range(RULES).map_err(|e| e.to_string())?;
    Ok((asked, results))
}

struct Row<'a> {
    case: &'a Case,
    row: u32,
    same_sheet: bool,
}

impl Cells<Input> for Row<'_> {
    fn place(&self, input: &Input, previous: bool) -> Place {
        let Input::Field(place) = input else { return Place::Literal(RuleValue::Number(YEAR.into())) };
        let column = *place as u16;
        // Last year's values: most in cells, some written into the formula.
        if previous && column.is_multiple_of(3) {
            return self.case.inputs.then.get(input).map_or(Place::Missing, |v| Place::Literal(v.clone()));
        }
        let sheet = if previous { THEN } else { NOW };
        let cell = Reference::to_cell(CellAddress::new(self.row, column));
        Place::Cell(if previous || !self.same_sheet { cell.on_sheet(sheet) } else { cell })
    }

    fn helper(&self, n: usize) -> Option<Reference> {
        Some(Reference::to_cell(CellAddress::new(self.row, n as u16)).on_sheet(HELPERS).absolute())
    }
}

fn workbook(made_up: Vec<Case>) -> Result<(Vec<u8>, Vec<Asked>), String> {
    let mut book = Workbook::new();
    for name in [NOW, THEN, RULES, HELPERS] {
        book.add_worksheet().set_name(name).map_err(|e| e.to_string())?;
    }
    let mut asked = Vec::new();
    for (row, case) in (0_u32..).zip(made_up) {
        for (sheet, values) in [(NOW, &case.inputs.now), (THEN, &case.inputs.then)] {
            for (place, column) in (0..FIELDS.len()).zip(0_u16..) {
                let Some(value) = values.get(&Input::Field(place)) else { continue };
                write(book.worksheet_from_name(sheet).unwrap(), row, column, value)
                    .map_err(|e| e.to_string())?;
            }
        }
        let mut formulas = BTreeMap::new();
        let mut put = |sheet: &str, column: u16, text: &str| -> Result<(), String> {
            // A result that is wrong whatever the rule says: only a recalculation makes it right.
            let formula = Formula::new(text).set_result("chưa tính");
            let sheet = book.worksheet_from_name(sheet).map_err(|e| e.to_string())?;
            sheet.write_formula(row, column, formula).map_err(|e| e.to_string())?;
            Ok(())
        };
        let cells = Row { case: &case, row, same_sheet: false };
        for (ask, column) in ASKS {
            let Pieces { helpers, formula } =
                case.rule.formula(ask, &cells, Limits::CELL).map_err(|e| e.to_string())?;
            assert!(helpers.is_empty(), "a rule of this size fits a cell: {}", case.text);
            put(RULES, column, &formula)?;
            formulas.insert(column, formula);
        }
        let Pieces { helpers, formula } = match case.rule.formula(Ask::Verdict, &cells, SHORT) {
            Ok(pieces) => pieces,
            Err(too_long) => return Err(format!("{}: {too_long}", case.text)),
        };
        assert!(formula.encode_utf16().count() <= SHORT.length);
        for (column, helper) in (0_u16..).zip(&helpers) {
            put(HELPERS, column, helper)?;
        }
        put(RULES, CUT, &formula)?;
        formulas.insert(CUT, format!("{formula} with {helpers:?}"));
        asked.push(Asked { case, formulas });
    }
    Ok((book.save_to_buffer().map_err(|e| e.to_string())?, asked))
}

fn write(
    sheet: &mut rust_xlsxwriter::Worksheet,
    row: u32,
    column: u16,
    value: &RuleValue,
) -> Result<(), rust_xlsxwriter::XlsxError> {
    match value {
        RuleValue::Number(n) => sheet.write(row, column, n.to_string().parse::<f64>().unwrap()),
        RuleValue::Text(text) => sheet.write(row, column, text.as_str()),
        RuleValue::Date(day) => sheet.write(row, column, day),
        RuleValue::Bool(b) => sheet.write(row, column, *b),
    }
    .map(|_| ())
}

fn recalculated(workbook: &[u8], folder: &Path) -> Result<Vec<u8>, String> {
    let user = folder.join("profile/user");
    std::fs::create_dir_all(&user).map_err(|e| e.to_string())?;
    std::fs::write(user.join("registrymodifications.xcu"), PROFILE).map_err(|e| e.to_string())?;
    let source = folder.join("rules.xlsx");
    std::fs::write(&source, workbook).map_err(|e| e.to_string())?;
    let out = folder.join("out");
    let run = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&out)
        .arg(&source)
        .output()
        .map_err(|e| format!("soffice: {e}"))?;
    std::fs::read(out.join("rules.xlsx"))
        .map_err(|e| format!("soffice made nothing ({e}): {}", String::from_utf8_lossy(&run.stderr)))
}

fn agree(answers: &Answers, column: u16, expected: fn(Ruling) -> Option<bool>) -> Result<(), Failed> {
    let (asked, results) = answers.as_ref().map_err(Failed::from)?;
    let mut seen = BTreeMap::new();
    let mut differ = Vec::new();
    for (row, Asked { case, formulas }) in (0_u32..).zip(asked) {
        let outcome = case.rule.evaluate(&case.inputs);
        *seen.entry(outcome).or_insert(0) += 1;
        let result = results.get_value((row, u32::from(column)));
        let same = match (expected(outcome), result) {
            (Some(b), Some(Data::Bool(result))) => b == *result,
            // An empty text is stored as nothing by some programs.
            (None, Some(Data::String(text))) => text.is_empty(),
            (None, Some(Data::Empty) | None) => true,
            _ => false,
        };
        if !same {
            differ.push(format!(
                "{} ({:?}): {outcome:?}, recalculated {result:?}\n  {}\n  {:?}",
                case.text, case.when_missing, formulas[&column], case.inputs
            ));
        }
    }
    // The comparison says something only if every outcome is common.
    for outcome in [Ruling::Holds, Ruling::Violated, Ruling::NotEvaluated] {
        let count = seen.get(&outcome).copied().unwrap_or(0);
        assert!(count >= asked.len() / 10, "{outcome:?} only {count} times of {}", asked.len());
    }
    if differ.is_empty() {
        return Ok(());
    }
    let shown: Vec<&String> = differ.iter().take(10).collect();
    Err(format!("{} of {} differ:\n{shown:#?}", differ.len(), asked.len()).into())
}
