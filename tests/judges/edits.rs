//! Figures typed over in the provincial workbook: what LibreOffice makes of them is what the program makes of units that
//! report these figures.

use super::made_year::{embedded, results, turned, usual};
use super::office::{Format, saved_by_libreoffice};
use super::tools::{Tool, fresh_folder, said, script, trial};
use calamine::{Data, Reader, Xlsx};
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use xhht::consolidate::History;
use xhht::domain::{CellAddress, FieldKind, Meaning, Unit};
use xhht::form::{Field, Form};
use xhht::output::xlsx;
use xhht::plan::Plan;
use xhht::report::model::{Block, Section};
use xhht::submission::Value;

pub fn trials() -> Vec<Trial> {
    let tools = &[Tool::LibreOffice, Tool::Openpyxl];
    vec![
        trial("workbook_edited_cells_give_what_the_program_gives", tools, || edited(&embedded(), "sua-tay")),
        // What is better when lower turns verdicts, ranks and paces round, and a year may have a target of its own.
        trial("workbook_edited_cells_are_judged_by_the_direction_of_the_indicator", tools, || {
            edited(&turned(), "sua-tay-chieu");
        }),
    ]
}

const YEAR: i32 = 2024;
/// Every so manieth unit is silent, unless an edit lets it speak.
const SILENT: usize = 7;

/// What a unit is to say in a field instead of the usual; `None` where it says the usual.
type Change = fn(usize, &Unit, &Field) -> Option<Option<Value>>;

/// A kind of edit: its name and what it changes.
const EDITS: [(&str, Change); 5] = [
    ("nothing", |_, _, _| None),
    ("missing units are filled in", |i, _, field| is_silent(i).then(|| usual(i, field, ""))),
    ("single cells are filled, changed and emptied", single_cells),
    ("everything is emptied", |_, _, _| Some(None)),
    (NO_ANSWER, |i, _, field| (i == 1 && field.id.as_str() == STATUS).then_some(None)),
];

/// A status for which there is a standard. Where somebody types that there is none, the program asks and counts nothing.
const STATUS: &str = "xmc_md2.dat";
const NO_ANSWER: &str = "a status is typed that is no answer";

fn single_cells(i: usize, _: &Unit, field: &Field) -> Option<Option<Value>> {
    let number = |n: u32| Some(Some(Value::Number(n.into())));
    let is_status = field.role.is_none() && matches!(field.kind, FieldKind::Choice(_));
    match (i, field.id.as_str()) {
        // Half a pair and a status of a unit that is missing.
        (i, "nltt.dat") if i == SILENT - 1 => number(400),
        (i, "xmc_md2.dat") if i == SILENT - 1 => choice(field, Meaning::No).map(Some),
        // A figure of a unit that reported.
        (1, "cong_dan.dat") => number(1),
        // Numerators, and denominators, of some that did.
        (0..3, "nltt.dat") | (2..5, "kns.tong") => Some(None),
        // Statuses.
        (0, _) if is_status => choice(field, Meaning::No).map(Some),
        (3, _) if is_status => choice(field, Meaning::Yes).map(Some),
        _ => None,
    }
}

fn is_silent(index: usize) -> bool {
    (index + 1).is_multiple_of(SILENT)
}

fn choice(field: &Field, wanted: Meaning) -> Option<Value> {
    let FieldKind::Choice(list) = &field.kind else { return None };
    let item = list.items.iter().find(|item| item.means == wanted)?;
    Some(Value::Choice(item.means, item.text.as_str().into()))
}

/// What says in a cell for a status that there is no standard.
fn no_standard(plan: &Plan) -> String {
    let form = Form::for_unit(plan, plan.roster(YEAR)[0], YEAR);
    let field = form.fields().find(|field| field.id.as_str() == STATUS).unwrap();
    assert!(field.refuses(Meaning::NoStandard));
    match choice(field, Meaning::NoStandard) {
        Some(Value::Choice(_, words)) => words.to_string(),
        other => panic!("{other:?}"),
    }
}

fn edited(plan: &Plan, folder: &str) {
    let folder = fresh_folder(folder);
    let before = book(plan, &folder, "truoc", |_, _, _| None);
    let mut jobs: Vec<String> = Vec::new();
    let mut books = Vec::new();
    for (nth, (name, change)) in EDITS.into_iter().enumerate() {
        let wanted = book(plan, &folder, &format!("muon-{nth}"), change);
        let mut edits = differing_inputs(&before, &wanted);
        assert_eq!(edits.is_empty(), nth == 0, "{name}: {edits:?}");
        if name == NO_ANSWER {
            assert_eq!(edits.len(), 1, "{edits:?}");
            edits[0].2 = json!(no_standard(plan));
        }
        let (list, edited) = (folder.join(format!("{nth}.json")), folder.join(format!("sua-{nth}.xlsx")));
        std::fs::write(&list, serde_json::to_vec(&edits).unwrap()).unwrap();
        jobs.extend([&before, &list, &edited].map(|path| path.to_str().unwrap().to_owned()));
        books.push((name, wanted, edited, edits.len()));
    }
    let output = script("edit_cells.py", &jobs);
    assert!(output.status.success(), "{}", said(&output));
    let files: Vec<PathBuf> = books.iter().map(|(_, _, edited, _)| edited.clone()).collect();
    let results = saved_by_libreoffice(Format::Xlsx, &files);
    for (name, wanted, edited, edits) in books {
        let recalculated = results.join(edited.file_name().unwrap());
        same_results(name, &wanted, &recalculated);
        assert_eq!(told(&recalculated), edits as f64, "{name}: cells told as edited");
    }
}

/// The workbook of a year in which the change is made.
fn book(plan: &Plan, folder: &Path, name: &str, change: Change) -> PathBuf {
    let filled = |i: usize, unit: &Unit, field: &Field| {
        let usual = if is_silent(i) { None } else { usual(i, field, "") };
        change(i, unit, field).unwrap_or(usual)
    };
    let (consolidated, findings) = results(plan, YEAR, 0, &History::default(), &filled);
    let mut report = xhht::report::build(plan, &consolidated, &findings).unwrap();
    // Below its tables a sheet of a group tells who was silent when the book was written, and the overview which verdicts
    // are estimates. Where nobody was it has a line less, and what stands below would be elsewhere than in the book that
    // is edited.
    let tells = |name: &str| name.starts_with("Nhóm ") || name == "Tổng quan";
    let tells = |section: &&mut Section| section.sheet.as_ref().is_some_and(|tab| tells(&tab.name));
    for block in report.sections.iter_mut().filter(tells).flat_map(|section| &mut section.blocks) {
        if let Block::Table(table) = block {
            table.notes.clear();
        }
    }
    let path = folder.join(format!("{name}.xlsx"));
    std::fs::write(&path, xlsx::write(&report).unwrap()).unwrap();
    path
}

fn open(path: &Path) -> Xlsx<BufReader<File>> {
    calamine::open_workbook(path).unwrap()
}

/// Cells of a sheet by address, formulas apart.
fn cells(book: &mut Xlsx<BufReader<File>>, sheet: &str) -> (BTreeMap<String, Data>, BTreeSet<String>) {
    let range = book.worksheet_range(sheet).unwrap();
    let place = |start: (u32, u32), row: usize, column: usize| {
        CellAddress::new(start.0 + row as u32, start.1 as u16 + column as u16).to_string()
    };
    let start = range.start().unwrap_or_default();
    let values = range.used_cells().map(|(row, column, data)| (place(start, row, column), data.clone()));
    let values =
        values.filter(|(_, data)| *data != Data::Empty && *data != Data::String(String::new())).collect();
    let live = book.worksheet_formula(sheet).unwrap();
    let start = live.start().unwrap_or_default();
    let formulas = live.used_cells().filter(|(_, _, formula)| !formula.is_empty());
    (values, formulas.map(|(row, column, _)| place(start, row, column)).collect())
}

/// The input cells of the sheets of groups that are to hold something else: sheet, address, value.
fn differing_inputs(before: &Path, wanted: &Path) -> Vec<(String, String, Json)> {
    let (mut before, mut wanted) = (open(before), open(wanted));
    let mut edits = Vec::new();
    for sheet in before.sheet_names().into_iter().filter(|sheet| sheet.starts_with("Nhóm ")) {
        let ((old, live), (new, _)) = (cells(&mut before, &sheet), cells(&mut wanted, &sheet));
        let places: BTreeSet<&String> =
            old.keys().chain(new.keys()).filter(|at| !live.contains(*at)).collect();
        // What stands in the first column numbers rows or is running text.
        let is_first = |at: &String| at.starts_with('A') && at[1..].starts_with(|c: char| c.is_ascii_digit());
        let changed = places.into_iter().filter(|at| old.get(*at) != new.get(*at) && !is_first(at));
        for at in changed {
            let value = match new.get(at) {
                None => Json::Null,
                Some(Data::Float(number)) => json!(number),
                Some(Data::String(text)) => json!(text),
                Some(other) => panic!("{sheet} {at}: {other:?}"),
            };
            edits.push((sheet.clone(), at.clone(), value));
        }
    }
    edits
}

/// Sheets whose results follow from the figures.
const FOLLOWING: [&str; 12] = [
    "Tổng quan",
    "Chỉ tiêu",
    "Biểu gửi Bộ",
    "Theo đơn vị",
    "Xếp hạng",
    "Số liệu",
    "Còn thiếu",
    "Nhóm 1",
    "Nhóm 2",
    "Nhóm 3",
    "Nhóm 4",
    "Mô hình học tập",
];

/// Every formula of the book the program writes gives in the edited one what stands beside it here.
fn same_results(name: &str, wanted: &Path, recalculated: &Path) {
    let (mut wanted, mut recalculated) = (open(wanted), open(recalculated));
    let (mut compared, mut wrong) = (0, Vec::new());
    for sheet in FOLLOWING {
        let ((expected, live), (found, _)) = (cells(&mut wanted, sheet), cells(&mut recalculated, sheet));
        // The second row tells of the edits.
        let heads = ["A2", "A5"];
        for at in live.iter().filter(|at| !heads.contains(&at.as_str())) {
            compared += 1;
            let (expected, found) = (expected.get(at), found.get(at));
            let same = match (expected, found) {
                (Some(Data::Float(a)), Some(Data::Float(b))) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
                (a, b) => a == b,
            };
            if !same {
                wrong.push(format!("{sheet} {at}: the program {expected:?}, the workbook {found:?}"));
            }
        }
    }
    assert!(compared > 1_500, "{compared}");
    let count = wrong.len();
    wrong.truncate(15);
    assert!(count == 0, "{name}: {count} of {compared} differ:\n{}", wrong.join("\n"));
}

/// How many edited cells the cover counts.
fn told(path: &Path) -> f64 {
    let mut book = open(path);
    let (values, _) = cells(&mut book, "Bìa");
    let row = |at: &String| at.trim_start_matches(char::is_alphabetic).to_owned();
    let words = values.iter().find(|(_, data)| **data == Data::String("Ô đã sửa tay trong cả sổ".into()));
    let at = format!("D{}", row(words.expect("the cover counts edited cells").0));
    match values.get(&at) {
        Some(Data::Float(count)) => *count,
        other => panic!("{at}: {other:?}"),
    }
}
