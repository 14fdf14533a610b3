//! The overflow guard: what does not fit its column or its page is told, never clipped in silence.

use crate::display::{Area, Document, Item, Page, Shape};
use crate::fonts::DESCENT;

/// Lengths are rounded on their way to the page.
const TOLERANCE: f32 = 0.3;
/// Capitals reach this share of the size above the baseline; lines stand closer than the fonts' own ascent.
const CAPITALS: f32 = 0.66;

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overflow {
    /// Page of the file, from 1.
    pub page: usize,
    /// The words; empty for rules and shades.
    pub text: String,
}

/// Everything that leaves its column or the text area of its page; page numbers stand in the top margin.
pub fn overflows(document: &Document) -> Vec<Overflow> {
    let mut found = Vec::new();
    for (n, page) in document.pages.iter().enumerate() {
        for item in page.items.iter().filter(|item| !fits(item, page)) {
            let text = match &item.shape {
                Shape::Text(run) => run.text(),
                _ => String::new(),
            };
            found.push(Overflow { page: n + 1, text });
        }
    }
    found
}

fn fits(item: &Item, page: &Page) -> bool {
    let setup = &page.setup;
    let (left, right) = (setup.left - TOLERANCE, setup.width - setup.right + TOLERANCE);
    let (top, bottom) = (setup.top - TOLERANCE, setup.height - setup.bottom + TOLERANCE);
    let area: Area = match &item.shape {
        Shape::Text(run) if item.node.is_none() && run.y < setup.top => return true,
        Shape::Text(run) => {
            let end = run.x + run.width();
            if run.x < run.column.0 - TOLERANCE || end > run.column.1 + TOLERANCE {
                return false;
            }
            (run.x, run.y - CAPITALS * run.size, end, run.y + DESCENT * run.size)
        }
        Shape::Line { from, to, .. } => {
            (from.0.min(to.0), from.1.min(to.1), from.0.max(to.0), from.1.max(to.1))
        }
        Shape::Fill { points, .. } => points.iter().fold((right, bottom, left, top), |area, p| {
            (area.0.min(p.0), area.1.min(p.1), area.2.max(p.0), area.3.max(p.1))
        }),
        Shape::Link { .. } => return true,
    };
    left <= area.0 && top <= area.1 && area.2 <= right && area.3 <= bottom
}
