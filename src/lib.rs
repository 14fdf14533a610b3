//! `xhht` consolidates a province's yearly reports on building a learning society (xây dựng xã hội học tập).
//!
//! One road runs through the house, and a module uses only what stands before it on the road:
//!
//! ```text
//! plan.toml ──► plan ──► form ──────────────► template   (blank or prefilled workbook per reporting unit)
//!                         │
//!  folder of files ──► intake ──► submission ──► check ──► consolidate ──► report ──► output/xlsx
//!  (xlsx xls ods …)   raw cells   typed values  findings   results         neutral     output/pdf
//!                                                                          document    output/json
//!                                              └── what was sent, and what was found ──► output/returns
//! ```
//!
//! - [`domain`] holds the field's own words: indicator, reporting unit, exact share. [`finding`] says what is wrong with
//!   somebody's data, [`error`] why the tool itself could not finish.
//! - [`plan`] reads the plan's text files, every mistake in one pass; only a valid [`plan::Plan`] leaves it. [`plan::province`]
//!   writes the plan that any province can start from.
//! - [`form`] lays out what a unit is asked in a year and makes the plan's rules out for it; the [`template`] writer and
//!   the reader share it.
//! - [`intake`] turns the bytes of any file into raw cells or says why not; [`submission`] turns raw cells into exact,
//!   typed values and discloses every automatic reading.
//! - [`check`] asks the rules of one submission, then to the set; it alone builds
//!   [`check::AcceptedSubmissions`] and proves that every filled cell is accounted for.
//! - [`consolidate`] adds, bounds and judges; [`report`] words and rounds; [`output`] writes bytes.
//! - [`job`] is the whole road at once, from the bytes that came to the files that go out.
//!
//! What knows nothing of plans, units and indicators stands in crates of its own: [`vietnamese`] reads what people type,
//! [`rule`] is the language of the plan's cross-checks, [`sheet`] makes workbooks, `page` makes pages. ARCHITECTURE.md
//! says more of all this on one page, and where to add what.
//!
//! Everything up to `job` is a pure function over values and bytes. Files, clock, threads and the terminal belong to
//! [`cli`] alone; it may lend the workbook a folder through which the rows of very long sheets pass
//! ([`output::xlsx::Spill`]).

pub mod check;
#[cfg(feature = "program")]
pub mod cli;
pub mod consolidate;
pub mod domain;
pub mod error;
pub mod finding;
pub mod form;
pub mod intake;
pub mod job;
pub mod output;
pub mod plan;
pub mod report;
pub mod season;
pub mod submission;
pub mod template;
