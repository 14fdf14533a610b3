//! The floor of the benchmarks: what reading the same sheets, adding up and writing one workbook costs when nothing is
//! checked, nothing explained and nothing exact.
//!
//! ```text
//! cargo run --release --example floor -- DIR OUT.xlsx
//! ```
//!
//! calamine streams the cells of the form's sheets of every .xlsx below DIR, numbers are added by place, rust_xlsxwriter
//! writes a row a file and the sums, keeping one row in memory.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)] // a yardstick, not a program

use calamine::{DataRef, Reader, Xlsx};
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::PathBuf;
use xhht::plan::{Plan, PlanSources};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let tabs = Plan::read(&PlanSources::embedded()).unwrap().tabs();
    let [folder, out] = arguments.as_slice() else {
        // `floor --tabs`: which sheets are read, for other programs to do the same.
        tabs.iter().for_each(|tab| println!("{tab}"));
        return;
    };
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "xlsx" || kind == "xls"))
        .collect();
    files.sort();

    let mut places: BTreeMap<(usize, u32, u32), u16> = BTreeMap::new();
    let mut sums: Vec<f64> = Vec::new();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_low_memory().unwrap();
    let (mut row, mut failed) = (0, 0);
    for path in &files {
        let bytes = std::fs::read(path).unwrap();
        let Ok(mut book) = Xlsx::new(Cursor::new(bytes.as_slice())) else {
            failed += 1;
            continue;
        };
        sheet.write_string(row, 0, path.file_name().unwrap().to_string_lossy()).unwrap();
        for (index, tab) in tabs.iter().enumerate() {
            let Ok(mut cells) = book.worksheet_cells_reader(tab) else { continue };
            while let Ok(Some(cell)) = cells.next_cell() {
                let number = match cell.get_value() {
                    DataRef::Float(number) => *number,
                    DataRef::Int(number) => *number as f64,
                    _ => continue,
                };
                let (at, next) = (cell.get_position(), sums.len() as u16);
                let column = *places.entry((index, at.0, at.1)).or_insert(next);
                if column == next {
                    sums.push(0.0);
                }
                sums[usize::from(column)] += number;
                // Places seen first in a later file stand to the right: rows need not be in order of columns.
                if column < 16_000 {
                    sheet.write_number(row, column + 1, number).unwrap();
                }
            }
        }
        row += 1;
    }
    for (column, sum) in (1..16_000_u16).zip(&sums) {
        sheet.write_number(row, column, *sum).unwrap();
    }
    workbook.save(out).unwrap();
    println!("{row} files read, {failed} not, {} places", sums.len());
}
