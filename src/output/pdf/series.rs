//! A series of pages: what one part of a document is set on, numbered from 1.

use super::compose::{Composer, baseline};
use super::display::{Document, MM, Node, NodeKind, Page, PageSetup};
use super::face::Face;
use super::flow::paginate;
use super::font::Fonts;
use super::line::{Column, Setting, Span, break_lines};

/// Size of page numbers.
const NUMBER: f32 = 13.0;

/// One series of pages with numbers of its own.
pub(super) fn series(
    document: &mut Document,
    fonts: &Fonts,
    setup: PageSetup,
    fill: impl FnOnce(&mut Composer, f32),
) {
    document.typeface = fonts.typeface().clone();
    let part = document.nodes.len();
    document.nodes.push(Node { parent: None, kind: NodeKind::Part });
    let mut composer =
        Composer { fonts, nodes: &mut document.nodes, part, width: setup.column(), strips: Vec::new() };
    fill(&mut composer, setup.text_height());
    let (mut pages, outline) = paginate(composer.strips, setup, document.pages.len());
    for page in pages.iter_mut().skip(1) {
        number(page, fonts);
    }
    document.pages.extend(pages);
    document.outline.extend(outline);
}

/// The page number, upright, in the middle of the top margin.
fn number(page: &mut Page, fonts: &Fonts) {
    let setup = page.setup;
    let lines = break_lines(
        fonts,
        &[Span::new(page.number.to_string(), Face::Regular)],
        NUMBER,
        setup.width,
        setup.width,
    );
    let top = (setup.top - NUMBER) / 2.0 + 1.0 * MM;
    for line in lines {
        let y = top + baseline(NUMBER, NUMBER);
        page.items
            .extend(line.set(y, &Column::new(setup.left, setup.column(), NUMBER, Setting::Center, None)));
    }
}
