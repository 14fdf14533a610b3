//! The tables of many made-up provinces over many years, each in its folder, as one set of data for other engines:
//!
//! ```text
//! cargo run --release --example partitions -- --provinces 34 --years 10 --units 60 --out /tmp/bang
//! ```

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // a tool for developers

#[path = "../tests/generated_province/mod.rs"]
mod generated_province;

use clap::Parser;
use generated_province::country;
use generated_province::made::{Wish, province};
use std::fs;
use std::path::PathBuf;
use table::Form;
use xhht::output::tables::Tables;

#[derive(Debug, Parser)]
struct Arguments {
    /// How many provinces.
    #[arg(long, default_value_t = 34)]
    provinces: u64,
    /// How many years, from 2021 on.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(i32).range(1..=10))]
    years: i32,
    /// Local units of a province.
    #[arg(long, default_value_t = 60)]
    units: usize,
    /// Folder to write.
    #[arg(long)]
    out: PathBuf,
}

fn main() {
    let Arguments { provinces, years, units, out } = Arguments::parse();
    let mut rows = 0;
    for seed in 1..=provinces {
        for year in 2021..2021 + years {
            let made = province(Wish { year, units, seed, mess: 20 }, false);
            let (results, findings) = made.consolidated(made.received());
            let mut plan = country::plan(units, year, seed);
            plan.id = format!("tinh-{seed:02}");
            let tables = Tables::of(&plan, &results, &findings);
            let folder = out.join(tables.folder());
            fs::create_dir_all(&folder).expect("make the folder of the year");
            for table in tables.list() {
                rows += table.len();
                for form in Form::ALL {
                    let place = folder.join(table.file_name(form));
                    let mut file = fs::File::create(place).expect("make the file of a table");
                    table.write(form, &mut file).expect("a table that fits its columns");
                }
            }
        }
    }
    println!("{rows} rows of {provinces} provinces over {years} years in {}", out.display());
}
