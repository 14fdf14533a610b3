//! Findings as a table under their severities.

use super::style::PARAGRAPH;
use super::text;
use crate::domain::UnitCode;
use crate::finding::{Finding, Origin};
use crate::report::format;
use ecow::EcoString;
use page::Face;
use page::compose::{Composer, TextStyle};
use page::display::NodeKind;
use page::grid::{GROUP_FILL, Grid, GridCell, GridRow, HeadCell};
use page::line::Span;
use std::collections::BTreeMap;

const COLUMNS: [(&str, f32); 5] =
    [("Mã", 0.9), ("Đơn vị", 1.1), ("Nơi", 2.4), ("Nội dung", 4.2), ("Cách sửa", 3.0)];

/// Said in place of findings.
pub const NOTHING: &str = "Không có nhận xét nào cần xử lý.";
/// Size of their text at most.
pub const LARGEST: f32 = 11.0;

/// Draws the findings shown, and says out of how many.
pub fn draw(
    composer: &mut Composer<'_>,
    shown: &[Finding],
    total: usize,
    names: &BTreeMap<UnitCode, String>,
) {
    if shown.is_empty() {
        text::paragraph(composer, &NOTHING.into(), &PARAGRAPH);
        return;
    }
    if let Some(text) = out_of(shown, total) {
        let node = composer.node(NodeKind::Paragraph);
        let style = TextStyle { keep_next: true, after: 4.0, size: 13.0, indent: 0.0, ..PARAGRAPH };
        composer.text(&[Span::new(text, Face::Italic)], &style, node);
    }
    let node = composer.node(NodeKind::Table);
    composer.grid(&grid(shown, names), LARGEST, node);
}

/// How many of all are shown, where it is not all.
pub fn out_of(shown: &[Finding], total: usize) -> Option<String> {
    let number = |n: usize| format::plain((n as u64).into());
    (total > shown.len())
        .then(|| format!("Nêu {} trong tổng số {} nhận xét.", number(shown.len()), number(total)))
}

/// Findings as a ruled grid.
pub fn grid(shown: &[Finding], names: &BTreeMap<UnitCode, String>) -> Grid {
    let mut rows = Vec::new();
    for group in shown.chunk_by(|a, b| a.severity == b.severity) {
        let severity = vec![Span::new(group[0].severity.vietnamese(), Face::Bold)];
        rows.push(GridRow {
            cells: vec![GridCell { columns: COLUMNS.len(), ..GridCell::new(severity) }],
            fill: Some(GROUP_FILL),
            keep_next: true,
            at_top: false,
        });
        rows.extend(group.iter().map(|finding| row(finding, names)));
    }
    let head = COLUMNS.iter().enumerate().map(|(column, (text, _))| HeadCell {
        text: vec![Span::new(*text, Face::Bold)],
        column,
        columns: 1,
        level: 0,
        levels: 1,
    });
    let widths = COLUMNS.iter().map(|(_, width)| *width).collect();
    Grid { widths, head: head.collect(), rows, dense: false }
}

/// The file on a line of its own, sheet and cell under it.
fn place(origin: &Origin) -> String {
    let inside: Vec<&str> = origin.sheet.iter().chain(&origin.cell).map(EcoString::as_str).collect();
    if inside.is_empty() {
        origin.file.to_string()
    } else {
        format!("{}\n{}", origin.file, inside.join(" › "))
    }
}

fn row(finding: &Finding, names: &BTreeMap<UnitCode, String>) -> GridRow {
    let unit = finding.unit.as_ref();
    let unit = unit.map(|code| names.get(code).cloned().unwrap_or_else(|| code.to_string()));
    let plain = |text: String| GridCell::new(vec![Span::new(text, Face::Regular)]);
    let mut content = Vec::new();
    if let Some(label) = &finding.label {
        content.push(Span::new(format!("{label}: "), Face::Italic));
    }
    content.push(Span::new(finding.cause.as_str(), Face::Regular));
    let cells = vec![
        plain(finding.code.to_string()),
        plain(unit.unwrap_or_default()),
        plain(finding.origin.as_ref().map(place).unwrap_or_default()),
        GridCell::new(content),
        plain(finding.cure.clone()),
    ];
    GridRow { cells, at_top: true, ..GridRow::default() }
}
