//! What somebody who reads a report reads.

use std::fmt::Write;
use xhht::report::format;
use xhht::report::model::{Block, Report};

/// Everything: running text, points, key figures, tables with their heads and notes, what charts show.
pub fn words(report: &Report) -> String {
    let mut words = String::new();
    for block in report.sections.iter().flat_map(|section| &section.blocks) {
        let _ = match block {
            Block::Heading { text, .. } => writeln!(words, "{text}"),
            Block::Paragraph(text) => writeln!(words, "{text}"),
            Block::Points(points) | Block::Dashes(points) => {
                points.iter().try_for_each(|point| writeln!(words, "{point}"))
            }
            Block::KeyFigures(figures) => figures
                .iter()
                .try_for_each(|figure| writeln!(words, "{} {}", format::value(&figure.value), figure.label)),
            Block::Table(table) => {
                let head: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
                let rows =
                    table.rows.iter().map(|row| row.cells.iter().map(|cell| format::value(&cell.value)));
                let rows = rows.map(|cells| cells.collect::<Vec<_>>().join(" | "));
                let lines = [head.join(" | ")].into_iter().chain(rows).chain(table.notes.iter().cloned());
                lines.into_iter().try_for_each(|line| writeln!(words, "{line}"))
            }
            Block::Chart(chart) => writeln!(words, "{}: {}", chart.caption, chart.alternative),
            _ => Ok(()),
        };
    }
    words
}
