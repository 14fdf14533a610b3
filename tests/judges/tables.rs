//! The results as tables, opened by engines that are not ours: DuckDB, pandas, and a validator of data packages.

use super::generated_province::country;
use super::generated_province::made::{Wish, province};
use super::tools::{Tool, fresh_folder, in_repository, said, script, trial};
use libtest_mimic::Trial;
use std::fs;
use std::path::Path;
use std::process::Command;
use table::Form;
use xhht::output::tables::Tables;

const ENGINES: &[Tool] = &[Tool::DataEngines];

pub fn trials() -> Vec<Trial> {
    vec![
        trial("tables_of_the_samples_say_what_the_result_says", ENGINES, || {
            let (tables, results) = (fresh_folder("tables"), fresh_folder("results"));
            consolidate(&tables, &results);
            let year = tables.join("plan=long-an-2021-2030/year=2024");
            agree("year", [&year, &results.join("ket-qua-xhht-2024.json")]);
            // A second run gives the same bytes.
            let before = contents(&year);
            consolidate(&tables, &results);
            assert_eq!(contents(&year), before);
            assert_eq!(before.len(), 21, "ten tables twice, and what tells of them");
        }),
        trial("tables_of_many_plans_and_years_are_one", ENGINES, || {
            let tables = fresh_folder("tables");
            for seed in 1..=3 {
                for year in [2026, 2027] {
                    partition(&tables, seed, year);
                }
            }
            agree("years", [&tables]);
        }),
        trial("tables_are_seen_to_differ", ENGINES, || {
            let (tables, results) = (fresh_folder("tables"), fresh_folder("results"));
            consolidate(&tables, &results);
            let year = tables.join("plan=long-an-2021-2030/year=2024");
            let csv = year.join("indicators.csv");
            let text = fs::read_to_string(&csv).unwrap();
            assert!(text.contains(",14,15,"), "{text}");
            fs::write(&csv, text.replacen(",14,15,", ",13,15,", 1)).unwrap();
            let output = script(
                "judge_tables.py",
                ["year".as_ref(), year.as_path(), &results.join("ket-qua-xhht-2024.json")],
            );
            assert!(
                !output.status.success() && said(&output).contains("Parquet and CSV"),
                "{}",
                said(&output)
            );
        }),
    ]
}

fn consolidate(tables: &Path, results: &Path) {
    let run = Command::new(env!("CARGO_BIN_EXE_xhht"))
        .current_dir(in_repository("."))
        .args(["consolidate", "samples/2024", "--year", "2024", "--as-of", "2024-12-16"])
        .args(["--history", "samples/2023", "--quiet", "--without", "pdf", "--without", "returns", "--out"])
        .args([results, Path::new("--tables"), tables])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1), "the samples hold errors: {}", said(&run));
}

/// The tables of a made-up province, in their own folder below the others'.
fn partition(tables: &Path, seed: u64, year: i32) {
    let made = province(Wish { year, units: 8, seed, mess: 20 }, false);
    let mut plan = country::plan(8, year, seed);
    plan.id = format!("tinh-{seed}");
    let (results, findings) = made.consolidated(made.received());
    let written = Tables::of(&plan, &results, &findings);
    let folder = tables.join(written.folder());
    fs::create_dir_all(&folder).unwrap();
    for table in written.list() {
        for form in Form::ALL {
            let mut file = fs::File::create(folder.join(table.file_name(form))).unwrap();
            table.write(form, &mut file).unwrap();
        }
    }
}

fn agree<const N: usize>(what: &str, paths: [&Path; N]) {
    let arguments: Vec<&Path> = [Path::new(what)].into_iter().chain(paths).collect();
    let output = script("judge_tables.py", arguments);
    assert!(output.status.success(), "{}", said(&output));
}

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}
