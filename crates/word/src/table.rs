//! Tables: columns of given widths, rows, cells that reach over columns and rows.

use crate::body::Body;
use crate::paragraph::Paragraph;
use crate::style::Colour;
use crate::xml::twips;
use std::borrow::Cow;

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Its style.
    pub style: Cow<'static, str>,
    /// Widths of the columns in points.
    pub widths: Vec<f32>,
    /// Rows.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Cells from left to right, together covering all columns.
    pub cells: Vec<Cell>,
    /// Repeated on every page the table goes on to.
    pub is_head: bool,
    /// Never cut by the end of a page.
    pub is_whole: bool,
    /// Height it has at least.
    pub least: Option<f32>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Columns covered.
    pub columns: usize,
    /// Whether it reaches over rows.
    pub merge: Merge,
    /// Shade behind it.
    pub fill: Option<Colour>,
    /// Where its content stands.
    pub stand: Stand,
    /// Room left and right of its content, where it is not that of the table's style.
    pub pad: Option<f32>,
    /// What stands in it.
    pub paragraphs: Vec<Paragraph>,
}

/// Whether a cell reaches over rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Merge {
    /// It is of one row.
    #[default]
    None,
    /// It begins here.
    Begins,
    /// It began in the row above.
    GoesOn,
}

/// Where the content of a cell stands in its height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stand {
    /// At the top.
    #[default]
    Top,
    /// In the middle.
    Middle,
}

impl Cell {
    /// A cell of one column.
    pub fn new(paragraphs: Vec<Paragraph>) -> Self {
        Cell { columns: 1, merge: Merge::None, fill: None, stand: Stand::Top, pad: None, paragraphs }
    }
}

impl Body<'_> {
    /// A table; one without columns or rows is nothing.
    pub fn table(&mut self, table: &Table) {
        if table.widths.is_empty() || table.rows.is_empty() {
            return;
        }
        let edges = edges(&table.widths);
        self.xml_within("w:tbl", |body| {
            let width = edges[edges.len() - 1].to_string();
            body.xml.within("w:tblPr", &[], |xml| {
                xml.value("w:tblStyle", &table.style);
                xml.empty("w:tblW", &[("w:w", &width), ("w:type", "dxa")]);
                xml.empty("w:tblLayout", &[("w:type", "fixed")]);
                let heads = if table.rows.iter().any(|row| row.is_head) { "1" } else { "0" };
                let look = if heads == "1" { "0420" } else { "0400" };
                xml.empty(
                    "w:tblLook",
                    &[
                        ("w:val", look),
                        ("w:firstRow", heads),
                        ("w:lastRow", "0"),
                        ("w:firstColumn", "0"),
                        ("w:lastColumn", "0"),
                        ("w:noHBand", "0"),
                        ("w:noVBand", "1"),
                    ],
                );
            });
            body.xml.within("w:tblGrid", &[], |xml| {
                for pair in edges.windows(2) {
                    xml.empty("w:gridCol", &[("w:w", &(pair[1] - pair[0]).to_string())]);
                }
            });
            table.rows.iter().for_each(|row| body.row(row, &edges));
        });
    }

    fn row(&mut self, row: &Row, edges: &[i32]) {
        self.xml_within("w:tr", |body| {
            if row.is_whole || row.is_head || row.least.is_some() {
                body.xml.within("w:trPr", &[], |xml| {
                    xml.truth("w:cantSplit", row.is_whole.then_some(true));
                    if let Some(least) = row.least {
                        let least = twips(least).to_string();
                        xml.empty("w:trHeight", &[("w:val", &least), ("w:hRule", "atLeast")]);
                    }
                    xml.truth("w:tblHeader", row.is_head.then_some(true));
                });
            }
            let last = edges.len() - 1;
            let mut column = 0;
            for cell in &row.cells {
                let end = (column + cell.columns.max(1)).min(last);
                body.cell(cell, edges[end] - edges[column.min(last)]);
                column = end;
            }
        });
    }

    fn cell(&mut self, cell: &Cell, width: i32) {
        self.xml_within("w:tc", |body| {
            body.xml.within("w:tcPr", &[], |xml| {
                xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
                if cell.columns > 1 {
                    xml.value("w:gridSpan", &cell.columns.to_string());
                }
                match cell.merge {
                    Merge::None => {}
                    Merge::Begins => xml.value("w:vMerge", "restart"),
                    Merge::GoesOn => xml.value("w:vMerge", "continue"),
                }
                if let Some(fill) = cell.fill {
                    let shade = [("w:val", "clear"), ("w:color", "auto"), ("w:fill", &fill.hex())];
                    xml.empty("w:shd", &shade);
                }
                if let Some(pad) = cell.pad {
                    let pad = twips(pad).to_string();
                    xml.within("w:tcMar", &[], |xml| {
                        for edge in ["w:left", "w:right"] {
                            xml.empty(edge, &[("w:w", &pad), ("w:type", "dxa")]);
                        }
                    });
                }
                if cell.stand == Stand::Middle {
                    xml.value("w:vAlign", "center");
                }
            });
            for paragraph in &cell.paragraphs {
                body.paragraph(paragraph, None);
            }
            // A cell ends with a paragraph.
            if cell.paragraphs.is_empty() {
                body.paragraph(&Paragraph::default(), None);
            }
        });
    }
}

/// The edges of columns in twentieths of a point: rounding is not added up.
fn edges(widths: &[f32]) -> Vec<i32> {
    let mut edges = vec![0];
    let mut edge = 0.0;
    for width in widths {
        edge += width.max(0.05);
        edges.push(twips(edge));
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_not_added_up() {
        let edges = edges(&[33.333; 3]);
        assert_eq!(edges, [0, 667, 1333, 2000]);
    }
}
