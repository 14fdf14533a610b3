//! Findings as a table under their severities.

use super::compose::{Composer, TextStyle};
use super::display::{Colour, NodeKind};
use super::face::Face;
use super::grid::{GROUP_FILL, Grid, GridCell, GridColumn, GridRow, HeadCell};
use super::line::{Setting, Span};
use crate::domain::UnitCode;
use crate::finding::{Finding, Origin};
use crate::report::format;
use ecow::EcoString;
use std::collections::BTreeMap;

const COLUMNS: [(&str, f32); 5] =
    [("Mã", 0.9), ("Đơn vị", 1.1), ("Nơi", 2.4), ("Nội dung", 4.2), ("Cách sửa", 3.0)];

impl Composer<'_> {
    /// The findings shown, and out of how many; `page` is the height of text on a page.
    pub fn findings(
        &mut self,
        shown: &[Finding],
        total: usize,
        names: &BTreeMap<UnitCode, String>,
        page: f32,
    ) {
        if shown.is_empty() {
            self.paragraph("Không có nhận xét nào cần xử lý.");
            return;
        }
        if total > shown.len() {
            let number = |n: usize| format::plain((n as u64).into());
            let text = format!("Nêu {} trong tổng số {} nhận xét.", number(shown.len()), number(total));
            let node = self.node(self.part, NodeKind::Paragraph);
            let style =
                TextStyle { keep_next: true, after: 4.0, size: 13.0, indent: 0.0, ..TextStyle::PARAGRAPH };
            self.text(&[Span::new(text, Face::Italic)], &style, node);
        }
        let node = self.node(self.part, NodeKind::Table);
        let mut rows = Vec::new();
        for group in shown.chunk_by(|a, b| a.severity == b.severity) {
            let severity = cell(vec![Span::new(group[0].severity.vietnamese(), Face::Bold)], COLUMNS.len());
            rows.push(GridRow {
                cells: vec![severity],
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
        let columns = COLUMNS.iter().map(|(_, width)| GridColumn { width: *width }).collect();
        self.grid(&Grid { columns, head: head.collect(), rows }, 11.0, page, node);
    }
}

fn cell(text: Vec<Span>, columns: usize) -> GridCell {
    GridCell {
        text,
        colour: Colour::BLACK,
        setting: Setting::Left,
        columns,
        picture: None,
        underlined: false,
    }
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
    let plain = |text: String| cell(vec![Span::new(text, Face::Regular)], 1);
    let mut content = Vec::new();
    if let Some(label) = &finding.label {
        content.push(Span::new(format!("{label}: "), Face::Italic));
    }
    content.push(Span::new(finding.cause.as_str(), Face::Regular));
    let cells = vec![
        plain(finding.code.to_string()),
        plain(unit.unwrap_or_default()),
        plain(finding.origin.as_ref().map(place).unwrap_or_default()),
        cell(content, 1),
        plain(finding.cure.clone()),
    ];
    GridRow { cells, at_top: true, ..GridRow::default() }
}
