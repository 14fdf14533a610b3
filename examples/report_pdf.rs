//! Writes a tagged report of 23 pages or more, and its content for other programs to set: what benches/pdf.py measures.
//!
//!     cargo run --release --example report_pdf -- content TARGET.json
//!     cargo run --release --example report_pdf -- write TARGET.pdf
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "../tests/pdf_sample/mod.rs"]
mod pdf_sample;

use serde_json::{Value, json};
use xhht::report::format;
use xhht::report::model::{Block, Chart, Place, Report, Role, Section, Table};

/// How many times the blocks of the sample's body, and of its first annex, stand in the report, which gives 23 pages.
const TIMES: usize = 2;
const PAGES: usize = 23;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, target] = arguments.as_slice() else { panic!("content|write TARGET") };
    let report = report();
    match what.as_str() {
        "content" => std::fs::write(target, content(&report).to_string()).unwrap(),
        "write" => {
            let pdf = xhht::output::pdf::write(&report).unwrap();
            assert!(pdf.pages >= PAGES, "{} pages", pdf.pages);
            std::fs::write(target, &pdf.bytes).unwrap();
            println!("{} pages, {} bytes", pdf.pages, pdf.bytes.len());
        }
        other => panic!("content or write, not {other}"),
    }
}

fn report() -> Report {
    let mut report = pdf_sample::report();
    let first_annex = report.sections.iter().position(|section| matches!(section.place, Place::Annex { .. }));
    let repeated =
        |(at, section): &(usize, &mut Section)| section.place == Place::Body || Some(*at) == first_annex;
    for (_, section) in report.sections.iter_mut().enumerate().filter(repeated) {
        let once = std::mem::take(&mut section.blocks);
        for time in 0..TIMES {
            section.blocks.extend(once.iter().cloned().map(|block| again(block, time)));
        }
    }
    report
}

/// The block with ids of its own, as ids are unique in a report.
fn again(block: Block, time: usize) -> Block {
    match block {
        Block::Table(table) => Block::Table(Table { id: format!("{}-{time}", table.id).into(), ..table }),
        Block::Chart(chart) => Block::Chart(Chart { id: format!("{}-{time}", chart.id), ..chart }),
        other => other,
    }
}

/// Headings, paragraphs and tables in the order they are read; charts and key figures, which the others do not draw, are
/// left out of their work.
fn content(report: &Report) -> Value {
    let mut parts = Vec::new();
    for section in &report.sections {
        parts.push(json!({ "heading": section.title }));
        for block in &section.blocks {
            match block {
                Block::Heading { text, .. } => parts.push(json!({ "heading": text })),
                Block::Paragraph(text) => parts.push(json!({ "paragraph": &**text })),
                Block::Points(points) | Block::Dashes(points) => {
                    parts.extend(points.iter().map(|point| json!({ "paragraph": &**point })));
                }
                Block::Table(table) => parts.push(set(table)),
                Block::Findings { shown, .. } => {
                    let row =
                        |finding: &xhht::finding::Finding| json!([finding.code, finding.cause, finding.cure]);
                    let rows: Vec<Value> = shown.iter().map(row).collect();
                    parts.push(json!({ "head": ["Mã", "Nguyên nhân", "Cách sửa"], "widths": [1, 5, 5], "rows": rows }));
                }
                _ => {}
            }
        }
    }
    Value::Array(parts)
}

fn set(table: &Table) -> Value {
    let head: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
    let widths: Vec<f32> = table.columns.iter().map(|column| column.width).collect();
    let body = table.rows.iter().filter(|row| row.role != Role::Group);
    let rows: Vec<Vec<String>> =
        body.map(|row| row.cells.iter().map(|cell| format::value(&cell.value)).collect()).collect();
    json!({ "head": head, "widths": widths, "rows": rows })
}
