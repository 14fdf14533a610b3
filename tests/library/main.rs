//! What the library makes of values and bytes: plans, forms, cells, findings, results, reports, pages, workbooks.
//!
//! One binary for them all, because linking costs more than running most of them. `tests/program` runs the real program,
//! `tests/judges` asks other programs, `tests/layering.rs` reads the sources.

mod annexes;
mod brief;
mod brief_pages;
mod by_hand;
mod clean_years;
mod comparisons;
mod consolidate_by_hand;
mod directions;
mod docx;
mod earlier_years;
mod findings;
mod former_codes;
mod guide;
mod handovers;
mod intake_hostile;
mod intake_odd;
mod intake_xlsx;
mod ledger;
mod libraries;
mod nation;
mod newcomer;
mod opt_out_by_hand;
mod pdf_file;
mod pdf_layout;
mod pdf_structure;
mod predecessors;
mod printed_guides;
mod province_laws;
mod reader;
mod returns;
mod said_in_print;
mod season;
mod series;
mod tables;
mod targets;
mod typography;
mod workbook_laws;
mod xlsx;

// What several test binaries make their inputs with.
#[path = "../finding_cases/mod.rs"]
mod finding_cases;
#[path = "../generated_province/mod.rs"]
mod generated_province;
#[path = "../made_year/mod.rs"]
mod made_year;
#[path = "../pdf_sample/mod.rs"]
mod pdf_sample;
#[path = "../recalculated/mod.rs"]
mod recalculated;
#[path = "../sample_report/mod.rs"]
mod sample_report;
#[path = "../sources/mod.rs"]
mod sources;
#[path = "../../crates/page/tests/tagged/mod.rs"]
mod tagged;
#[path = "../workbooks/mod.rs"]
mod workbooks;
