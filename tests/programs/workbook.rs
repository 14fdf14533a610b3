//! The provincial workbook, recalculated and judged by other programs.

use super::december;
use super::sample_report;
use super::tools::{Tool, file, fresh_folder, module, run, said, script, trial};
use libtest_mimic::Trial;
use rust_decimal::Decimal;
use serde_json::Value;
use std::path::Path;
use xhht::output::xlsx;
use xhht::report::model::{Block, Cell, Report};

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
        trial("workbook_open_xml_schemas_hold", &[Tool::OpenxmlAudit], || {
            for workbook in [written(&sample_report::report()), december::workbook()] {
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
    let output = script("recalculate.py", [file]);
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
                (shown, exact) => panic!("{id} {name}: {shown:?}, {exact:?}"),
            }
        }
    }
}
