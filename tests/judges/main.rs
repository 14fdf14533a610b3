//! Everything that other programs say about what this one reads and writes.
//!
//! A trial names the programs it needs. Where one is absent the trial is reported as ignored, never as passed; when
//! `CI` is set it fails instead. `tests/setup` installs them all.

#![allow(clippy::unwrap_used, clippy::expect_used)] // trials have no #[test]: clippy does not see that they are tests

mod browser;
mod browser_desk;
mod checks;
mod december;
mod docx;
mod edit_plan;
mod edits;
mod intake;
mod json;
mod office;
mod pdf;
mod round_trip;
mod season;
mod states;
mod tables;
mod template;
mod tools;
mod workbook;

#[allow(dead_code)] // the other binary runs the fixtures whole
#[path = "../finding_cases/mod.rs"]
mod finding_cases;
#[path = "../generated_province/mod.rs"]
mod generated_province;
#[path = "../hostile/mod.rs"]
mod hostile;
#[path = "../made_year/mod.rs"]
mod made_year;
#[path = "../pdf_sample/mod.rs"]
mod pdf_sample;
#[path = "../sample_report/mod.rs"]
mod sample_report;
#[path = "../workbooks/mod.rs"]
mod workbooks;

use libtest_mimic::Arguments;

fn main() {
    let mut arguments = Arguments::from_args();
    // One more than there are processors: while one waits for LibreOffice, which does one thing at a time, others go on.
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    arguments.test_threads.get_or_insert(processors + 1);
    keep_library_panics_quiet();
    let work = tempfile::tempdir().expect("a temporary folder");
    tools::work_in(work.path());
    let trials = [
        browser::trials(),
        browser_desk::trials(),
        checks::trials(),
        docx::trials(),
        edit_plan::trials(),
        edits::trials(),
        intake::trials(),
        json::trials(),
        pdf::trials(),
        round_trip::trials(),
        season::trials(),
        states::trials(),
        tables::trials(),
        template::trials(),
        workbook::trials(),
    ];
    let conclusion = libtest_mimic::run(&arguments, trials.into_iter().flatten().collect());
    office::close();
    drop(work);
    conclusion.exit()
}

/// Corrupted workbooks make calamine panic, which the intake turns into findings: no news to whoever runs the tests.
fn keep_library_panics_quiet() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic.location().is_some_and(|at| at.file().contains("calamine")) {
            usual(panic);
        }
    }));
}
