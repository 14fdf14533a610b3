//! Laws of the provincial workbook over generated provinces.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::generated_province::{NASTY, PERSONAL, plan, province};
use calamine::{Data, Reader, Xlsx};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;
use xhht::check::{self, Previous};
use xhht::consolidate::history::workbook as past;
use xhht::consolidate::{History, PastYear, consolidate};
use xhht::intake;
use xhht::output::{json, xlsx};
use xhht::plan::Plan;

/// Provinces a law is tried on: one for every year of the plan.
const SEEDS: std::ops::Range<u64> = 0..10;

#[test]
fn what_the_next_year_reads_back_from_the_workbook_is_what_it_reads_from_the_json() {
    let plan = plan();
    let (mut figures, mut fields) = (0, 0);
    for seed in SEEDS {
        let province = province(&plan, seed, true);
        let text = json::write(&plan, &province.results, &province.findings, &json::WrittenFiles::default())
            .unwrap();
        let exact = PastYear::read(std::str::from_utf8(&text).unwrap()).unwrap();
        let workbook = xlsx::write(&province.report).unwrap();
        let raw = intake::read(&workbook, &past::SHEETS.map(str::to_owned)).unwrap();
        let read = past::read(&plan, &raw).unwrap_or_else(|| panic!("{seed}: no figures"));
        let (exact, read) = (spelt_out(&plan, exact), spelt_out(&plan, read));
        fields += exact.iter().filter(|fact| fact.contains(" reported ")).count();
        figures += exact.len();
        let differing: Vec<&String> = exact.symmetric_difference(&read).collect();
        assert!(differing.is_empty(), "seed {seed}: only one of JSON and workbook says {differing:?}");
    }
    assert!(figures > 1_500 && fields > 10_000, "{figures} {fields}");
}

/// Rows of the sheet about the sender.
const SENDER: [&str; 5] = ["ngay_lap.", "nguoi_lap.", "dien_thoai.", "nguoi_ky.", "chuc_vu."];

/// Everything that is known of a past year, and what the next year makes of it, a line a fact.
fn spelt_out(plan: &Plan, past: PastYear) -> BTreeSet<String> {
    let mut facts = BTreeSet::from([format!("{} {}", past.plan, past.year)]);
    for (id, indicator) in &past.indicators {
        facts.extend(indicator.percent.map(|percent| format!("{id} percent {}", percent.normalize())));
        facts.extend(indicator.no_standard.iter().map(|unit| format!("{id} {unit} no standard")));
        facts.extend(indicator.partial.iter().map(|unit| format!("{id} {unit} partial")));
        facts.extend(
            indicator
                .bounds
                .map(|(lower, upper)| format!("{id} bounds {}–{}", lower.normalize(), upper.normalize())),
        );
        facts.extend(indicator.verdict.map(|verdict| format!("{id} {}", verdict.code())));
        facts.extend(indicator.coverage.map(|of| format!("{id} coverage {}/{}", of.reported, of.expected)));
        facts.extend(indicator.whole.map(|whole| {
            format!("{id} whole {}/{}", whole.numerator.normalize(), whole.denominator.normalize())
        }));
        let mut figures = |name: &str, of: &BTreeMap<_, Decimal>| {
            facts
                .extend(of.iter().map(|(unit, figure)| format!("{id} {unit} {name} {}", figure.normalize())));
        };
        figures("numerator", &indicator.numerators);
        figures("denominator", &indicator.denominators);
    }
    for (unit, values) in past.values.iter().flatten() {
        // Who wrote a report is not in the workbook.
        let of_year =
            values.iter().filter(|(field, _)| !SENDER.iter().any(|row| field.to_string().starts_with(row)));
        facts.extend(of_year.map(|(field, value)| format!("{unit} {field} reported {value:?}")));
    }
    facts.extend(seen_a_year_later(plan, past));
    facts
}

/// What a year in which nobody has reported yet says of the year before.
fn seen_a_year_later(plan: &Plan, past: PastYear) -> Vec<String> {
    let (year, mut history) = (past.year + 1, History::default());
    if year > plan.last_year {
        return Vec::new();
    }
    history.add(past);
    let as_of = NaiveDate::from_ymd_opt(year, 12, 16).unwrap();
    let nobody = check::check(plan, year, as_of, &Previous::new(), Vec::new()).unwrap().value;
    let results = consolidate(plan, &nobody, as_of, &history).value;
    let told = results.indicators.iter().filter_map(|result| {
        let before = result.last_year?;
        let id = &result.indicator.id;
        Some(format!("{id} reached {:?}, whole {}", before.reached, before.is_whole))
    });
    told.collect()
}

#[test]
fn the_same_province_gives_the_same_bytes() {
    let plan = plan();
    for seed in [3, 4] {
        let write = || xlsx::write(&province(&plan, seed, true).report).unwrap();
        assert!(write() == write(), "seed {seed}");
    }
}

/// Rows that pass through a file are the rows that would have been held.
#[test]
fn a_workbook_that_is_not_held_in_memory_says_the_same() {
    let plan = plan();
    let folder = tempfile::tempdir().unwrap();
    let said = |bytes: Vec<u8>| {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let mut said = BTreeMap::new();
        for name in book.sheet_names() {
            let (values, formulas) =
                (book.worksheet_range(&name).unwrap(), book.worksheet_formula(&name).unwrap());
            for (row, column, value) in values.used_cells() {
                // An empty text and no value are the same to a reader.
                if *value != Data::String(String::new()) {
                    said.insert((name.clone(), row, column, false), value.to_string());
                }
            }
            for (row, column, formula) in formulas.used_cells() {
                said.insert((name.clone(), row, column, true), formula.clone());
            }
        }
        said
    };
    for seed in [3, 4] {
        let report = province(&plan, seed, true).report;
        let spill = xlsx::Spill { folder: folder.path(), held: 0 };
        let spilt = || {
            let mut file = Vec::new();
            let path = Path::new("tong-hop.xlsx");
            xlsx::write_linked(&report, &xlsx::SourceLinks::new(), Some(spill), &mut file, path).unwrap();
            file
        };
        let held = xlsx::write(&report).unwrap();
        let bytes = spilt();
        assert!(bytes == spilt(), "seed {seed}: two runs differ");
        let inline = |bytes: &[u8]| {
            names(bytes).iter().filter(|name| part(bytes, name).contains("t=\"inlineStr\"")).count()
        };
        assert!(inline(&bytes) > 5 && inline(&held) == 0, "seed {seed}: nothing passed through a file");
        for pattern in ["<hyperlink ", "<mergeCell "] {
            assert_eq!(parts(&bytes, pattern).len(), parts(&held, pattern).len(), "seed {seed}: {pattern}");
        }
        let (spilt, held) = (said(bytes), said(held));
        assert!(held.len() > 5_000, "seed {seed}: {}", held.len());
        assert_eq!(spilt, held, "seed {seed}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "something was left behind");
    }
}

/// No text of a sender becomes a formula, a link or anything else but that text.
#[test]
fn what_senders_type_stays_words() {
    let plan = plan();
    for seed in [3, 14] {
        let told = province(&plan, seed, true).results.reported.into_values().flatten();
        let told = told.filter(|(_, reported)| reported.typed == PERSONAL);
        assert!(told.count() > 10, "nobody says who filled in the form");
        let write = |nasty| xlsx::write(&province(&plan, seed, nasty).report).unwrap();
        let (harmless, nasty) = (write(false), write(true));
        let (formulas, harmless_formulas) = (parts(&nasty, "<f>"), parts(&harmless, "<f>"));
        assert!(formulas.len() > 100);
        assert_eq!(formulas, harmless_formulas, "the formulas follow from what is typed");
        assert_eq!(parts(&nasty, "<hyperlink "), parts(&harmless, "<hyperlink "), "links follow from it");
        for name in names(&nasty) {
            let text = part(&nasty, &name);
            assert!(!text.contains("TargetMode=\"External\""), "{name} leads out of the workbook");
            assert!(!text.contains(PERSONAL), "{name} tells who filled in the form");
        }
        assert_eq!(names(&nasty), names(&harmless));

        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(nasty)).unwrap();
        let mut read = BTreeSet::new();
        for (name, range) in workbook.worksheets() {
            for (_, _, cell) in range.used_cells() {
                if let Data::String(words) = cell {
                    read.insert(words.clone());
                }
                assert!(!matches!(cell, Data::Error(_)), "{name}: {cell:?}");
            }
        }
        for typed in NASTY {
            let words = shown(typed);
            assert!(read.contains(&words), "{typed:?} is not to be read as {words:?}");
        }
    }
}

/// A text as a cell shows it: composed, without characters that control something.
fn shown(typed: &str) -> String {
    let plain = typed.replace('\t', " ").replace('\r', "\n");
    plain.nfc().filter(|c| *c == '\n' || !(c.is_control() || *c == '\u{FFFE}')).collect()
}

fn names(workbook: &[u8]) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    names.sort();
    names
}

fn part(workbook: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Every element of the worksheets that starts so, up to the next tag.
fn parts(workbook: &[u8], start: &str) -> Vec<String> {
    let sheets = names(workbook).into_iter().filter(|name| name.starts_with("xl/worksheets/sheet"));
    sheets
        .flat_map(|name| {
            let text = part(workbook, &name);
            let found = text.match_indices(start).map(|(at, _)| {
                let rest = &text[at + 1..];
                format!("{name} {}", &rest[..rest.find('<').unwrap_or(rest.len())])
            });
            found.collect::<Vec<_>>()
        })
        .collect()
}

/// Whoever wonders at a figure is one click from the cell it was read from, or from the first of those it adds up.
#[test]
fn every_figure_leads_to_what_it_is_made_of() {
    use xhht::report::model::{Link, Shown};
    // Tables of figures, and the columns whose figures are not made of what units typed.
    let tables: [(&str, &[&str]); 4] = [
        ("chi-tieu", &["muc-tieu", "muc-tieu-qg", "can", "co", "phai", "thap", "cao", "nam-truoc"]),
        ("tong-quan", &["muc-tieu", "muc-tieu-qg", "thap", "cao", "nam-truoc", "moi-nam"]),
        ("ma-tran", &[]),
        ("so-lieu", &[]),
    ];
    let plan = plan();
    let (mut led, mut numbers) = (0, 0);
    for seed in [3, 4, 5] {
        let province = province(&plan, seed, true);
        let contributions = province.report.records().next().unwrap();
        for (_, table) in province.report.tables() {
            let Some((_, aside)) = tables.iter().find(|(id, _)| table.id == *id) else { continue };
            for row in table.rows.iter().filter(|row| row.cells.len() == table.columns.len()) {
                for (cell, column) in row.cells.iter().zip(&table.columns) {
                    let figure = matches!(&cell.value, Shown::Percent(..))
                        || matches!(&cell.value, Shown::Count(n) if !n.is_zero());
                    if !figure
                        || aside.contains(&column.id.as_str())
                        || column.id.as_str().starts_with("them-")
                    {
                        continue;
                    }
                    numbers += 1;
                    let place = || format!("seed {seed}, {} {} {}", table.id, row.id, column.id);
                    // A status has one cell only, which its numerator leads to; a roster's size has none.
                    match cell.link.as_deref() {
                        Some(Link::Record(field, unit)) => {
                            let at = contributions.source.place(field, unit);
                            assert!(
                                contributions
                                    .source
                                    .row(at.unwrap_or_else(|| panic!("{}", place())))
                                    .is_some(),
                                "{}",
                                place()
                            );
                            led += 1;
                        }
                        Some(other) => panic!("{}: {other:?}", place()),
                        None => {
                            assert!(column.id == "mau" || column.id.as_str().ends_with(".mau"), "{}", place())
                        }
                    }
                }
            }
        }
    }
    assert!(led > 300 && led * 10 > numbers * 7, "{led} of {numbers}");
}

/// Each figure, verdict and rank that the program computes is what its formula gives over the cells it names.
#[test]
fn every_formula_gives_the_value_that_stands_in_its_cell() {
    use crate::recalculated::{Tables, same, shown};
    let plan = plan();
    let mut by_table: BTreeMap<String, usize> = BTreeMap::new();
    for seed in SEEDS {
        let province = province(&plan, seed, false);
        let tables = Tables::of(&province.report);
        for (section, table) in province.report.tables() {
            if section.sheet.is_none() {
                continue;
            }
            for row in table.rows.iter().filter(|row| row.cells.len() == table.columns.len()) {
                for (cell, column) in row.cells.iter().zip(&table.columns) {
                    let Some(given) = tables.recalculated(cell) else { continue };
                    *by_table.entry(table.id.to_string()).or_default() += 1;
                    let place = || format!("seed {seed}, {} {} {}", table.id, row.id, column.id);
                    assert!(same(&given, &shown(cell)), "{}: {given:?}, {:?}", place(), cell.value);
                }
            }
        }
    }
    for table in ["chi-tieu", "tong-quan", "ma-tran", "so-lieu", "xep-hang"] {
        assert!(by_table.get(table).is_some_and(|count| *count > 100), "{by_table:?}");
    }
}

/// What kind of figures a row holds follows into nothing, so it is told in words: in a cell somebody would write over it.
#[test]
fn what_kind_of_figures_a_row_holds_stands_in_no_cell() {
    use xhht::report::model::Block;
    let plan = plan();
    let mut told = 0;
    for seed in [3, 4, 5] {
        let report = province(&plan, seed, false).report;
        for (section, table) in report.tables().filter(|(section, _)| section.sheet.is_some()) {
            let titles = table.columns.iter().map(|column| column.title.as_str());
            assert_eq!(titles.filter(|title| *title == "Tình trạng số liệu").count(), 0, "{}", section.title);
        }
        let listed = report.sections.iter().filter(|section| {
            // Crossed tables are of parts with a bar in their ids.
            let mut tables = section.blocks.iter().filter_map(|block| match block {
                Block::Table(table) => Some(table),
                _ => None,
            });
            section.id.starts_with("nhom-") && tables.any(|table| !table.id.as_str().contains('|'))
        });
        let words = listed.flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Paragraph(words) => Some(words),
            _ => None,
        });
        told += words.filter(|words| words.ends_with(": Ước")).count();
    }
    assert!(told > 5, "{told}");
}
