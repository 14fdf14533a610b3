//! Fills templates for a made-up province and writes the true result beside them:
//!
//! ```text
//! cargo run --release --example fill -- --year 2026 --units 3321 --seed 1 --mess 20 --out /tmp/xhht-3321
//! ```
//!
//! DIR then holds `ke-hoach/` (the plan with that roster), `hop-thu/` (the files as they arrive) and `ket-qua-dung.json`
//! (what must come of them). The same arguments give the same files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr)] // a tool for developers

#[path = "../../tests/generated_province/mod.rs"]
mod generated_province;

use clap::Parser;
use generated_province::country;
use generated_province::made::{Made, Wish, province};
use generated_province::workbook;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Debug, Parser)]
struct Arguments {
    /// Report year, 2021 to 2030.
    #[arg(long)]
    year: i32,
    /// Local units; the plan's twenty departments report beside them.
    #[arg(long)]
    units: usize,
    /// Of one seed comes one province.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many reports in a hundred are messy.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(0..=100))]
    mess: u64,
    /// Folder to write.
    #[arg(long)]
    out: PathBuf,
}

fn main() {
    let Arguments { year, units, seed, mess, out } = Arguments::parse();
    let wish = Wish { year, units, seed, mess };
    let made = province(wish, false);
    write_plan(&out.join("ke-hoach"), wish);
    let files = write_inbox(&out.join("hop-thu"), &made);
    let truth = serde_json::to_string_pretty(&made.truth.json()).expect("numbers and texts");
    fs::write(out.join("ket-qua-dung.json"), truth).expect("write the truth");
    println!("{files} files of {} units in {}", made.forms.len(), out.display());
}

fn write_plan(folder: &Path, wish: Wish) {
    fs::create_dir_all(folder).expect("create the plan's folder");
    let sources = country::sources(wish.units, wish.year, wish.seed);
    for file in std::iter::once(&sources.main).chain(&sources.others) {
        fs::write(folder.join(&file.name), &file.text).expect("write the plan");
    }
}

/// Writes every file of every report, on all processors; how many there are.
fn write_inbox(folder: &Path, made: &Made) -> usize {
    let (next, written) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some((form, sent)) = made.forms.get(index).zip(made.sent.get(index)) else { break };
                    for (name, bytes) in workbook::files(&made.plan, form, sent) {
                        let path = folder.join(name);
                        fs::create_dir_all(path.parent().expect("below the inbox")).expect("create a folder");
                        fs::write(path, bytes).expect("write a report");
                        written.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    written.into_inner()
}
