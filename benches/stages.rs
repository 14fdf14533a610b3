//! What each stage of the main job costs, by the number of local units:
//!
//! ```text
//! cargo bench --bench stages                 # all
//! cargo bench --bench stages -- read_files   # one
//! ```
//!
//! `XHHT_UNITS=15,100,1000,3321` sets the sizes; without it the small ones are measured.

#![allow(clippy::unwrap_used, missing_docs)] // a measurement stops where it fails

#[path = "../tests/generated_province/mod.rs"]
mod generated_province;

use divan::{Bencher, black_box};
use generated_province::made::{Made, Wish, province};
use generated_province::workbook;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};
use xhht::check::{self, AcceptedSubmissions, Previous};
use xhht::consolidate::{Consolidated, History, consolidate};
use xhht::finding::Finding;
use xhht::intake;
use xhht::intake::raw::RawSubmission;
use xhht::output::pdf::typeface;
use xhht::output::{json, pdf, returns, xlsx};
use xhht::report;
use xhht::submission::{self, InputFile, Received};

fn main() {
    divan::main();
}

fn sizes() -> Vec<usize> {
    let asked = std::env::var("XHHT_UNITS").unwrap_or_else(|_| "15,100".to_owned());
    asked.split(',').map(|size| size.trim().parse().unwrap()).collect()
}

/// A province and what each stage hands to the next.
struct Stages {
    made: Made,
    files: Vec<workbook::File>,
    raw: Vec<(String, RawSubmission)>,
    received: Vec<Received>,
    accepted: AcceptedSubmissions,
    results: Consolidated,
    findings: Vec<Finding>,
}

/// Made once a size.
fn stages(units: usize) -> Arc<Stages> {
    static MADE: LazyLock<Mutex<BTreeMap<usize, Arc<Stages>>>> = LazyLock::new(Mutex::default);
    let mut made = MADE.lock().unwrap();
    Arc::clone(made.entry(units).or_insert_with(|| Arc::new(Stages::of(units))))
}

impl Stages {
    fn of(units: usize) -> Self {
        let made = province(Wish { year: 2026, units, seed: 1, mess: 20 }, false);
        let all = made.forms.iter().zip(&made.sent);
        let files: Vec<workbook::File> =
            all.flat_map(|(form, sent)| workbook::files(&made.plan, form, sent)).collect();
        let tabs = made.plan.tabs();
        let raw: Vec<(String, RawSubmission)> = files
            .iter()
            .filter_map(|(name, bytes)| Some((name.clone(), intake::read(bytes, &tabs).ok()?)))
            .collect();
        let received = made.received();
        let checked =
            check::check(&made.plan, 2026, made.as_of(), &Previous::new(), received.clone()).unwrap();
        let accepted = checked.value;
        let (results, findings) = made.consolidated(received.clone());
        Stages { made, files, raw, received, accepted, results, findings }
    }
}

#[divan::bench(args = sizes())]
fn read_files(bencher: Bencher, units: usize) {
    let stages = stages(units);
    let tabs = stages.made.plan.tabs();
    bencher.bench(|| {
        for (_, bytes) in &stages.files {
            let _ = black_box(intake::read(bytes, &tabs));
        }
    });
}

#[divan::bench(args = sizes())]
fn read_cells(bencher: Bencher, units: usize) {
    let stages = stages(units);
    bencher.bench(|| {
        for (name, raw) in &stages.raw {
            let file = InputFile { path: name.as_str().into(), sha256: String::new() };
            black_box(submission::read(&stages.made.plan, Some(2026), file, raw));
        }
    });
}

#[divan::bench(args = sizes())]
fn check_all(bencher: Bencher, units: usize) {
    let stages = stages(units);
    let (plan, as_of) = (&stages.made.plan, stages.made.as_of());
    bencher
        .with_inputs(|| stages.received.clone())
        .bench_values(|received| check::check(plan, 2026, as_of, &Previous::new(), received).unwrap());
}

#[divan::bench(args = sizes())]
fn consolidate_all(bencher: Bencher, units: usize) {
    let stages = stages(units);
    let (plan, as_of) = (&stages.made.plan, stages.made.as_of());
    bencher.bench(|| consolidate(plan, &stages.accepted, as_of, &History::default()));
}

#[divan::bench(args = sizes())]
fn build_report(bencher: Bencher, units: usize) {
    let stages = stages(units);
    bencher.bench(|| report::build(&stages.made.plan, &stages.results, &stages.findings).unwrap());
}

#[divan::bench(args = sizes())]
fn write_workbook(bencher: Bencher, units: usize) {
    let stages = stages(units);
    let report = report::build(&stages.made.plan, &stages.results, &stages.findings).unwrap();
    bencher.bench(|| xlsx::write(&report).unwrap());
}

#[divan::bench(args = sizes())]
fn write_report_pdf(bencher: Bencher, units: usize) {
    let stages = stages(units);
    let report = report::build(&stages.made.plan, &stages.results, &stages.findings).unwrap();
    bencher.bench(|| pdf::write_in(&report, &typeface::embedded()).unwrap().bytes);
}

#[divan::bench(args = sizes())]
fn write_brief_pdf(bencher: Bencher, units: usize) {
    let stages = stages(units);
    let brief = report::brief(&stages.made.plan, &stages.results, &stages.findings, false).unwrap().unwrap();
    bencher.bench(|| pdf::write_brief_in(&brief, &typeface::embedded()).unwrap().bytes);
}

#[divan::bench(args = sizes())]
fn write_return_copies(bencher: Bencher, units: usize) {
    let stages = stages(units);
    let plan = &stages.made.plan;
    bencher.bench(|| {
        for copy in returns::copies(plan, &stages.accepted, &stages.findings) {
            black_box(copy.write(plan, &Previous::new(), 2026).unwrap());
        }
    });
}

#[divan::bench(args = sizes())]
fn write_json(bencher: Bencher, units: usize) {
    let stages = stages(units);
    bencher.bench(|| {
        json::write(&stages.made.plan, &stages.results, &stages.findings, &json::WrittenFiles::default())
            .unwrap()
    });
}
