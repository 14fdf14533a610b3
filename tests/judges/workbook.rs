//! The provincial workbook, recalculated and judged by other programs.

use super::december;
use super::generated_province;
use super::office::{Format, saved_by_libreoffice};
use super::sample_report;
use super::tools::{Tool, file, fresh_folder, module, run, said, script, trial};
use calamine::{Data, Reader, Xlsx};
use libtest_mimic::Trial;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use xhht::domain::CellAddress;
use xhht::output::xlsx;
use xhht::report::model::{Block, Cell, Link, Report, Shown};

const RECALCULATION: &[Tool] = &[Tool::LibreOffice, Tool::Openpyxl];

pub fn trials() -> Vec<Trial> {
    vec![
        trial("workbook_libreoffice_computes_what_is_written", RECALCULATION, || {
            let (same, said) = recalculate(&written(&sample_report::report()));
            assert!(same && said.contains("27 formulas, 0 differ"), "{said}");
        }),
        trial("workbook_of_the_samples_recalculates", RECALCULATION, || {
            let (same, said) = recalculate(&december::workbook());
            assert!(same, "{said}");
            let formulas = said.split(' ').nth(1).and_then(|n| n.parse::<usize>().ok());
            assert!(formulas.is_some_and(|n| n > 100), "{said}");
        }),
        trial("workbook_a_changed_figure_changes_what_follows", RECALCULATION, a_changed_figure),
        trial(
            "workbook_of_generated_provinces_recalculates",
            &[Tool::LibreOffice],
            libreoffice_recalculates_provinces,
        ),
        trial(
            "workbook_of_generated_provinces_recalculates_in_gnumeric",
            &[Tool::Gnumeric],
            gnumeric_recalculates_provinces,
        ),
        trial(
            "workbook_of_generated_provinces_reads_the_same_in_openpyxl",
            &[Tool::Openpyxl],
            openpyxl_reads_provinces,
        ),
        trial("workbook_open_xml_schemas_hold", &[Tool::OpenxmlAudit], || {
            let generated = provinces(&fresh_folder("tinh-schema"), 5);
            let known = [written(&sample_report::report()), december::workbook()];
            for workbook in known.into_iter().chain(generated) {
                let output =
                    module("openxml_audit", ["--max-errors".as_ref(), "0".as_ref(), workbook.as_os_str()]);
                assert!(output.status.success(), "{}", said(&output));
            }
        }),
        trial("workbook_openpyxl_reads_the_figures_of_the_json", &[Tool::Openpyxl], || {
            let output = script("read_sheet.py", [december::workbook().as_os_str(), SHEET.as_ref()]);
            assert!(output.status.success(), "{}", self::said(&output));
            let rows: Vec<Vec<Value>> = serde_json::from_slice(&output.stdout).unwrap();
            let text = |value: Value| match value {
                Value::String(text) => text,
                Value::Null => String::new(),
                other => other.to_string(),
            };
            same_as_json(rows.into_iter().map(|row| row.into_iter().map(text).collect()).collect());
        }),
        trial("workbook_gnumeric_computes_the_figures_of_the_json", &[Tool::Gnumeric], || {
            let csv = fresh_folder("gnumeric").join("chi-tieu.csv");
            let options = format!("sheet=\"{SHEET}\" format=raw separator=; quoting-mode=always");
            let export = ["--recalc", "-T", "Gnumeric_stf:stf_assistant", "-O", &options];
            let files = [december::workbook(), csv.clone()];
            run(
                "ssconvert",
                export.map(Into::into).into_iter().chain(files.map(|path| path.into_os_string())),
            );
            same_as_json(quoted_rows(&std::fs::read_to_string(csv).unwrap()));
        }),
    ]
}

fn written(report: &Report) -> std::path::PathBuf {
    file("tong-hop.xlsx", &xlsx::write(report).unwrap())
}

fn recalculate(file: &Path) -> (bool, String) {
    let recalculated = saved_by_libreoffice(Format::Xlsx, &[file.to_owned()]);
    let output = script("same_results.py", [file, &recalculated.join(file.file_name().unwrap())]);
    (output.status.success(), said(&output))
}

/// The sample with one input figure changed and everything that follows from it left as it was.
fn with_one_figure_changed() -> Report {
    let mut report = sample_report::report();
    let blocks = report.sections.iter_mut().flat_map(|section| &mut section.blocks);
    let mut tables = blocks.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let table = tables.find(|table| table.id == "so-lieu").unwrap();
    let column = table.columns.iter().position(|column| column.id == "lao-dong").unwrap();
    let row = table.rows.iter_mut().find(|row| row.id == "794").unwrap();
    row.cells[column] = Cell::count(1_089_512);
    report
}

fn a_changed_figure() {
    let (same, said) = recalculate(&written(&with_one_figure_changed()));
    assert!(!same, "{said}");
    // A million more people: the total, and of indicator 2.1 denominator, share, number needed, verdict; and its bar.
    let changed: Vec<&str> =
        said.lines().filter_map(|line| line.trim().split_once(": written")).map(|(place, _)| place).collect();
    let expected =
        ["Tổng quan!O19", "Chỉ tiêu!D11", "Chỉ tiêu!E11", "Chỉ tiêu!G11", "Chỉ tiêu!H11", "Số liệu 'gốc!E24"];
    assert_eq!(changed, expected, "{said}");
    assert!(said.contains("Chỉ tiêu!D11: written 984187, recalculated 1984187"), "{said}");
    assert!(said.contains("Chỉ tiêu!H11: written 'Đạt', recalculated 'Chưa đạt'"), "{said}");
}

/// Provinces that LibreOffice works out in about a minute; `XHHT_PROVINCES` asks for another number.
const PROVINCES: u64 = 20;
/// Provinces that the other programs read in some seconds.
const FEW: u64 = 4;

/// Every formula of every generated province gives the result written beside it, and none an error.
fn libreoffice_recalculates_provinces() {
    let asked = std::env::var("XHHT_PROVINCES").ok();
    let folder = fresh_folder("tinh");
    let mut files = provinces(&folder, asked.map_or(PROVINCES, |number| number.parse().unwrap()));
    // One that is wrong on purpose shows that they are worked out anew and that a difference is seen.
    let false_one = file("sai.xlsx", &xlsx::write(&with_one_figure_changed()).unwrap());
    files.push(false_one.clone());
    let results = saved_by_libreoffice(Format::Xlsx, &files);
    let result = |file: &Path| results.join(file.file_name().unwrap());
    assert!(compare(&files, &false_one, result, |_| true) > 0, "nothing is worked out anew");
}

/// As LibreOffice, so gnumeric, which does not understand a quotation mark in a sheet's name.
fn gnumeric_recalculates_provinces() {
    let folder = fresh_folder("tinh-gnumeric");
    let mut files = provinces(&folder, FEW);
    let false_one = with_other_figures(&folder);
    files.push(false_one.clone());
    let result = |file: &Path| file.with_extension("gnumeric.xlsx");
    for file in &files {
        let options = ["--recalc", "-T", "Gnumeric_Excel:xlsx"].map(Into::into);
        run("ssconvert", options.into_iter().chain([file.into(), result(file).into_os_string()]));
    }
    // Gnumeric takes a few cells for edited that are not: what the book says of edits is not asked of it.
    let is_asked =
        |formula: &str| !["Bản gốc", "ĐÃ SỬA TAY", "SUM(D"].iter().any(|of_edits| formula.contains(of_edits));
    assert!(compare(&files, &false_one, result, is_asked) > 0, "nothing is worked out anew");
}

/// openpyxl finds the same value in every cell as the reader this program uses.
fn openpyxl_reads_provinces() {
    let folder = fresh_folder("tinh-openpyxl");
    for file in provinces(&folder, FEW) {
        let output = script("read_book.py", [file.as_os_str()]);
        assert!(output.status.success(), "{}", said(&output));
        let read: BTreeMap<String, BTreeMap<String, Value>> = serde_json::from_slice(&output.stdout).unwrap();
        let mut book = open(&file);
        assert_eq!(read.len(), book.sheet_names().len());
        let mut cells = 0;
        for (sheet, values) in &read {
            let range = book.worksheet_range(sheet).unwrap();
            let (top, left) = range.start().unwrap();
            let mut known = BTreeMap::new();
            for (row, column, data) in range.used_cells() {
                let value = match data {
                    Data::String(text) if text.is_empty() => continue,
                    Data::String(text) => Value::String(text.clone()),
                    Data::Float(number) => Value::from(*number),
                    Data::DateTime(moment) => Value::from(moment.as_f64()),
                    other => panic!("{sheet}: {other:?}"),
                };
                let at = CellAddress::new(top + row as u32, (left as usize + column) as u16);
                known.insert(at.to_string(), value);
            }
            cells += known.len();
            let number = |value: &Value| value.as_f64().map_or_else(|| value.clone(), Value::from);
            let values: BTreeMap<String, Value> =
                values.iter().map(|(at, v)| (at.clone(), number(v))).collect();
            assert_eq!(values, known, "{} {sheet}", file.display());
        }
        assert!(cells > 2_000, "{cells}");
    }
}

/// Workbooks of generated provinces; of every other one the rows have passed through a file.
fn provinces(folder: &Path, number: u64) -> Vec<PathBuf> {
    let write = |seed: u64| {
        let plan = generated_province::small_plan(seed);
        let report = generated_province::province(&plan, seed, true).report;
        let spill = (seed % 2 == 1).then_some(xlsx::Spill { folder, held: 0 });
        let path = folder.join(format!("tinh-{seed}.xlsx"));
        let mut file = std::fs::File::create_new(&path).unwrap();
        xlsx::write_linked(&report, &xlsx::SourceLinks::new(), spill, &mut file, &path).unwrap();
        path
    };
    (0..number).map(write).collect()
}

/// A province with its typed figures changed and everything that follows from them left as it was.
fn with_other_figures(folder: &Path) -> PathBuf {
    let plan = generated_province::small_plan(0);
    let mut report = generated_province::province(&plan, 0, true).report;
    let blocks = report.sections.iter_mut().flat_map(|section| &mut section.blocks);
    let tables = blocks.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let mut changed = 0;
    for cell in tables.flat_map(|table| &mut table.rows).flat_map(|row| &mut row.cells) {
        let is_typed = cell.formula.is_none() && matches!(cell.link.as_deref(), Some(Link::Record(..)));
        if is_typed && matches!(cell.value, Shown::Count(_)) {
            cell.value = Shown::Count(1_089_512.into());
            changed += 1;
        }
    }
    assert!(changed > 20, "{changed}");
    let path = folder.join("sai.xlsx");
    std::fs::write(&path, xlsx::write(&report).unwrap()).unwrap();
    path
}

/// Compares every formula of the files with what another program makes of it; how many differ in the false one.
fn compare(
    files: &[PathBuf],
    false_one: &Path,
    result: impl Fn(&Path) -> PathBuf,
    is_asked: impl Fn(&str) -> bool,
) -> usize {
    let (mut formulas, mut wrong, mut wrong_on_purpose) = (0, Vec::new(), 0);
    for path in files {
        let name = path.file_name().unwrap();
        let (mut written, mut computed) = (open(path), open(&result(path)));
        for sheet in written.sheet_names() {
            let live = written.worksheet_formula(&sheet).unwrap();
            let (before, after) =
                (written.worksheet_range(&sheet).unwrap(), computed.worksheet_range(&sheet).unwrap());
            for (row, column, formula) in
                live.used_cells().filter(|(_, _, formula)| !formula.is_empty() && is_asked(formula))
            {
                let (top, left) = live.start().unwrap();
                let at = (top + row as u32, left + column as u32);
                let (before, after) = (before.get_value(at), after.get_value(at));
                formulas += 1;
                if same(before, after) {
                    continue;
                }
                if *path == false_one {
                    wrong_on_purpose += 1;
                } else {
                    wrong.push(format!(
                        "{name:?} {sheet} {at:?}: {before:?}, recalculated {after:?}: {formula}"
                    ));
                }
            }
        }
    }
    assert!(formulas > 300 * (files.len() - 1), "{formulas}");
    let count = wrong.len();
    wrong.truncate(20);
    assert!(count == 0, "{count} of {formulas} differ:\n{}", wrong.join("\n"));
    wrong_on_purpose
}

fn open(path: &Path) -> Xlsx<BufReader<File>> {
    calamine::open_workbook(path).unwrap()
}

/// Equal as a reader would see it; an empty text is stored as nothing by some programs, and an error is never right.
fn same(written: Option<&Data>, computed: Option<&Data>) -> bool {
    let words = |data: Option<&Data>| match data {
        None | Some(Data::Empty) => Some(String::new()),
        Some(Data::String(text)) => Some(text.clone()),
        Some(_) => None,
    };
    match (written, computed) {
        (Some(Data::Error(_)), _) | (_, Some(Data::Error(_))) => false,
        (Some(Data::Float(a)), Some(Data::Float(b))) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0),
        (a, b) => words(a).is_some() && words(a) == words(b),
    }
}

/// The sheet of the results by indicator.
const SHEET: &str = "Chỉ tiêu";

/// Rows of a table whose cells all stand in quotation marks and are parted by semicolons.
fn quoted_rows(text: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| {
        let inside = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).unwrap_or(line);
        inside.split("\";\"").map(|cell| cell.replace("\"\"", "\"")).collect()
    };
    text.lines().map(cells).collect()
}

/// Numerator, denominator and percentage of every indicator on the sheet are those of the JSON result.
fn same_as_json(rows: Vec<Vec<String>>) {
    let result = december::json();
    let head = rows.iter().position(|row| row.iter().any(|cell| cell == "Tổng số")).expect("the head row");
    let column = |title: &str| rows[head].iter().position(|cell| cell == title).expect(title);
    let (part, whole) = (column("Số đạt"), column("Tổng số"));
    let percent = whole + 1;
    assert_eq!(rows[head][percent], "%");
    let indicators = result["indicators"].as_array().unwrap();
    assert_eq!(indicators.len(), 14);
    for indicator in indicators {
        let id = indicator["id"].as_str().unwrap();
        let row = rows.iter().find(|row| row[0] == id).unwrap_or_else(|| panic!("{id} is not on the sheet"));
        for (at, name) in [(part, "numerator"), (whole, "denominator"), (percent, "percent")] {
            let shown = Decimal::from_scientific(&row[at]).or_else(|_| row[at].parse()).ok();
            let exact = indicator[name].as_str().map(|text| text.parse::<Decimal>().unwrap());
            match (shown, exact) {
                // A spreadsheet keeps 15 digits, the JSON ten decimals.
                (Some(shown), Some(exact)) => {
                    assert!((shown - exact).abs() <= Decimal::new(1, 9), "{id} {name}: {shown}, {exact}");
                }
                (None, None) => {}
                // What nobody gave is a dash on the sheet, and a sum of nothing for programs.
                (None, Some(exact)) if exact.is_zero() && indicator["percent"].is_null() => {}
                (shown, exact) => panic!("{id} {name}: {shown:?}, {exact:?}"),
            }
        }
    }
}
