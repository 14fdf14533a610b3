//! Two of the tasks that ARCHITECTURE.md describes, done with the files it names: an indicator by the plan's text alone,
//! an output format from the report alone. They fail when those files no longer suffice.

#![allow(clippy::unwrap_used)] // the functions around the tests too

use crate::made_year::{self, usual};
use crate::sources;
use calamine::{Reader, Xlsx};
use page::display::Shape;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::io::Cursor;
use xhht::consolidate::{Consolidated, History, IndicatorResult};
use xhht::finding::Finding;
use xhht::form::Form;

use xhht::output::{json, pdf, xlsx};
use xhht::plan::{Plan, PlanSources};
use xhht::report::format;
use xhht::report::model::{Block, Report, Role};
use xhht::{report, template};

const YEAR: i32 = 2024;

/// The paths that the row of a task in ARCHITECTURE.md names under “touch”.
fn files_of(task: &str) -> BTreeSet<String> {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    let page = std::fs::read_to_string(page).unwrap();
    let row = page.lines().find(|line| line.starts_with("| an ") && line.contains(&format!("**{task}**")));
    let touch = row.unwrap().split('|').nth(2).unwrap();
    touch.split('`').skip(1).step_by(2).filter(|word| word.contains('/')).map(str::to_owned).collect()
}

/// What a newcomer writes: the place in a file, and what it becomes.
const EDITS: [(&str, &str, &str); 2] = [
    (
        "templates/plan/long-an/plan.toml",
        "[[indicator]]\nid = \"4.1\"\n",
        r#"[[indicator]]
id = "3.4"
group = "3"
title = "Thư viện phục vụ người dân tự học trên môi trường số"
short = "Thư viện phục vụ tự học"
counted = "thư viện"
owner = ["dia-ban"]
kind = "ratio"
parts = [{ from = "dia-ban", numerator = "thu_vien.dat", denominator = "thu_vien.tong" }]
targets = { 2025 = "60", 2030 = "80" }

[[indicator]]
id = "4.1"
"#,
    ),
    (
        "templates/plan/long-an/bieu-mau.toml",
        "  { id = \"tt_htcd\",",
        "  { id = \"thu_vien\", number = \"3.4\", label = \"Thư viện phục vụ tự học\", indicator = \"3.4\", unit = \"thư viện\" },\n  { id = \"tt_htcd\",",
    ),
];

fn edited_plan() -> Plan {
    let mut sources = PlanSources::embedded();
    for (path, before, after) in EDITS {
        let name = path.rsplit('/').next().unwrap();
        let mut files = std::iter::once(&mut sources.main).chain(&mut sources.others);
        let file = files.find(|file| file.name == name).unwrap();
        assert_eq!(file.text.matches(before).count(), 1, "{path}: {before}");
        file.text = file.text.replace(before, after);
    }
    Plan::read(&sources).unwrap_or_else(|error| panic!("{error}"))
}

/// A year in which every unit reports figures that differ from unit to unit.
fn year(plan: &Plan) -> (Consolidated, Vec<Finding>) {
    made_year::results(plan, YEAR, 0, &History::default(), &|i, _, field| usual(i, field, ""))
}

fn indicator<'a>(results: &'a Consolidated, id: &str) -> Option<&'a IndicatorResult> {
    results.indicators.iter().find(|result| result.indicator.id.to_string() == id)
}

/// Every text in the cells of a workbook.
fn cells(workbook: Vec<u8>) -> String {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook)).unwrap();
    let sheets = book.worksheets();
    let cells = sheets.iter().flat_map(|(_, range)| range.used_cells());
    cells.map(|(.., cell)| format!("{cell}\n")).collect()
}

/// Every text drawn on the pages of an official report.
fn drawn(report: &Report) -> String {
    let document = pdf::layout::document(report).unwrap();
    let shapes = document.pages.iter().flat_map(|page| &page.items).map(|item| &item.shape);
    let runs = shapes.filter_map(|shape| match shape {
        Shape::Text(run) => Some(run.text()),
        _ => None,
    });
    runs.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_indicator_is_added_by_the_plan_alone() {
    let edited: BTreeSet<String> = EDITS.iter().map(|(path, ..)| (*path).to_owned()).collect();
    assert_eq!(files_of("indicator"), edited);

    let (before, plan) = (made_year::embedded(), edited_plan());
    let (results, findings) = year(&plan);
    assert!(indicator(&year(&before).0, "3.4").is_none());
    let found = indicator(&results, "3.4").unwrap();
    // The i-th of 15 districts has 1000 + 37 i libraries, and of them 30 + (13 i mod 65) percent, cut to whole ones.
    let wholes: Vec<u64> = (0..15).map(|i| 1_000 + 37 * i).collect();
    let parts = wholes.iter().zip(0_u64..).map(|(whole, i)| whole * (30 + (i * 13) % 65) / 100);
    let expected = (Decimal::from(parts.sum::<u64>()), Decimal::from(wholes.iter().sum::<u64>()));
    assert_eq!((found.total.numerator, found.total.denominator), expected);

    let (title, short) = (&found.indicator.title, &found.indicator.short_title);
    let unit = plan.roster(YEAR)[0];
    let form = template::write(&plan, &Form::for_unit(&plan, unit, YEAR), None).unwrap();
    assert!(cells(form).contains(short), "the template asks for it");
    let report = report::build(&plan, &results, &findings).unwrap();
    assert!(cells(xlsx::write(&report).unwrap()).contains(short), "the workbook shows it");
    assert!(drawn(&report).contains(title), "the report tells it");
    let brief = report::brief(&plan, &results, &findings, false).unwrap().unwrap();
    assert!(markdown::write(&brief).contains(short), "the brief tells it");
    let result: serde_json::Value = serde_json::from_slice(
        &json::write(&plan, &results, &findings, &json::WrittenFiles::default()).unwrap(),
    )
    .unwrap();
    let told = result["indicators"].as_array().unwrap().iter().find(|told| told["id"] == "3.4").unwrap();
    assert_eq!(told["numerator"], expected.0.to_string());
}

/// The newcomer's output format. It sees the report and what words a value, and nothing else.
mod markdown {
    use super::{Block, Report, Role, format};
    use std::fmt::Write as _;

    pub fn write(report: &Report) -> String {
        let mut text = String::new();
        for section in &report.sections {
            let _ = writeln!(text, "# {}\n", section.title);
            section.blocks.iter().for_each(|block| write_block(&mut text, block));
        }
        text
    }

    fn write_block(text: &mut String, block: &Block) {
        let _ = match block {
            Block::Heading { level, text: words } => {
                writeln!(text, "{} {words}\n", "#".repeat(1 + usize::from(*level)))
            }
            Block::Paragraph(words) => writeln!(text, "{words}\n"),
            Block::Points(points) | Block::Dashes(points) => {
                points.iter().try_for_each(|point| writeln!(text, "- {point}"))
            }
            Block::KeyFigures(figures) => figures.iter().try_for_each(|figure| {
                writeln!(text, "- {}: {}", figure.label, format::value(&figure.value))
            }),
            Block::Table(table) => {
                let titles = table.columns.iter().map(|column| column.title.as_str());
                let _ = writeln!(text, "| {} |", titles.collect::<Vec<_>>().join(" | "));
                table.rows.iter().try_for_each(|row| {
                    let cells = row.cells.iter().map(|cell| format::value(&cell.value));
                    let line = cells.collect::<Vec<_>>().join(" | ");
                    if row.role == Role::Group {
                        writeln!(text, "**{line}**")
                    } else {
                        writeln!(text, "| {line} |")
                    }
                })
            }
            // Charts, findings and what stands on sheets only: a page of text can do without.
            _ => Ok(()),
        };
    }
}

#[test]
fn an_output_is_written_from_the_report_alone() {
    let plan = made_year::embedded();
    let (results, findings) = year(&plan);
    let report = report::build(&plan, &results, &findings).unwrap();
    let text = markdown::write(&report);
    assert_eq!(text, markdown::write(&report));
    for result in &results.indicators {
        // Number, title, share, verdict: worded already, in one row.
        let places = format::percent_places(result.total, result.aim());
        let share = result.percent().map(|percent| format!("{}%", format::number(percent, places)));
        let has_all = |line: &&str| {
            line.contains(&format!("| {} |", result.indicator.id))
                && line.contains(result.verdict.vietnamese())
                && share.as_ref().is_none_or(|share| line.contains(share.as_str()))
        };
        assert!(text.lines().any(|line| has_all(&line)), "{}: {share:?}", result.indicator.id);
    }

    // Where a format is made known. The formats there are keep to the files that the page names.
    let wired = files_of("output format");
    assert!(wired.contains("src/output/mod.rs"), "{wired:?}");
    for source in sources::all() {
        let path = format!("src/{}", source.path);
        let writes = ["json::write", "pdf::write_in", "docx::write_in", "xlsx::write_linked"];
        let is_wired = writes.iter().any(|writer| source.code.contains(writer));
        assert!(
            !is_wired || wired.contains(&path),
            "{path} calls a writer, and ARCHITECTURE.md does not name it"
        );
    }
}
