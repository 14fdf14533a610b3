//! The real program in fresh folders: what it prints, writes and answers, and what it does when the world is against it.
//!
//! One binary for them all, because linking costs more than running most of them.

mod arrivals;
mod cli;
mod earlier_years;
mod faults;
mod foreign;
mod hostile_folder;
mod inbox;
#[cfg(unix)]
mod interrupted;
mod nation;
mod other_plan;
mod plan_show;
mod provinces;
mod records;
mod season;
mod security;
mod tables;
mod ten_years;
mod threads;

// What several test binaries make their inputs with.
#[path = "../generated_province/mod.rs"]
mod generated_province;
#[path = "../hostile/mod.rs"]
mod hostile;
#[path = "../other_plan/said.rs"]
mod said;
#[path = "../workbooks/mod.rs"]
mod workbooks;
