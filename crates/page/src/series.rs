//! A series of pages: what one part of a document is set on, numbered from 1.

use crate::compose::{Composer, baseline};
use crate::display::{Document, Item, MM, Node, NodeKind, Page, PageSetup, Shape};
use crate::face::Face;
use crate::flow::paginate;
use crate::fonts::{DESCENT, Fonts};
use crate::line::{Column, Setting, Span, break_lines};

impl Document {
    /// Adds a part on pages of its own; `fill` sets its content.
    pub fn add_series(&mut self, fonts: &Fonts, setup: PageSetup, fill: impl FnOnce(&mut Composer<'_>)) {
        let part = self.nodes.len();
        self.nodes.push(Node { parent: None, kind: NodeKind::Part });
        let mut composer = Composer {
            fonts,
            part,
            width: setup.column(),
            height: setup.text_height(),
            nodes: &mut self.nodes,
            strips: Vec::new(),
        };
        fill(&mut composer);
        let (mut pages, outline) = paginate(composer.strips, setup, self.pages.len());
        // The first page of a series carries no number.
        for page in pages.iter_mut().skip(1) {
            number(page, fonts);
        }
        self.pages.extend(pages);
        self.outline.extend(outline);
    }

    /// The same in the first of the ways, a size for example, in which the part needs no more than `pages` pages, else in
    /// the last of them.
    pub fn add_fitted_series<W: Copy>(
        &mut self,
        fonts: &Fonts,
        setup: PageSetup,
        ways: &[W],
        pages: usize,
        fill: impl Fn(&mut Composer<'_>, W),
    ) {
        let before = (self.pages.len(), self.nodes.len(), self.outline.len());
        for (i, way) in ways.iter().enumerate() {
            self.add_series(fonts, setup, |composer| fill(composer, *way));
            if self.pages.len() - before.0 <= pages || i + 1 == ways.len() {
                return;
            }
            self.pages.truncate(before.0);
            self.nodes.truncate(before.1);
            self.outline.truncate(before.2);
        }
    }
}

/// Something drawn apart from pages.
pub struct Drawing {
    /// What is drawn, from the top left corner.
    pub items: Vec<Item>,
    /// Width of what was set.
    pub width: f32,
    /// How far down it reaches.
    pub height: f32,
}

/// What `fill` sets, apart from pages and without anything around it, for documents that other programs lay out; cut
/// where it grows higher than `height`.
pub fn drawings(
    fonts: &Fonts,
    (width, height): (f32, f32),
    fill: impl FnOnce(&mut Composer<'_>),
) -> Vec<Drawing> {
    let mut nodes = vec![Node { parent: None, kind: NodeKind::Part }];
    let mut composer = Composer { fonts, part: 0, width, height, nodes: &mut nodes, strips: Vec::new() };
    fill(&mut composer);
    let bare = PageSetup { width, height, top: 0.0, bottom: 0.0, left: 0.0, right: 0.0, number_size: 0.0 };
    let (pages, _) = paginate(composer.strips, bare, 0);
    let drawn = pages.into_iter().filter(|page| !page.items.is_empty());
    drawn.map(|Page { items, .. }| Drawing { height: lowest(&items), width, items }).collect()
}

/// How far down items reach.
fn lowest(items: &[Item]) -> f32 {
    let reach = |item: &Item| match &item.shape {
        Shape::Text(run) => run.y + DESCENT * run.size,
        Shape::Line { from, to, width, .. } => from.1.max(to.1) + width / 2.0,
        Shape::Fill { points, .. } => points.iter().map(|point| point.1).fold(0.0, f32::max),
        Shape::Link { area, .. } => area.3,
    };
    items.iter().map(reach).fold(0.0, f32::max)
}

/// The page number, upright, in the middle of the top margin.
fn number(page: &mut Page, fonts: &Fonts) {
    let setup = page.setup;
    let size = setup.number_size;
    let words = [Span::new(page.number.to_string(), Face::Regular)];
    let lines = break_lines(fonts, &words, size, setup.width, setup.width);
    let top = (setup.top - size) / 2.0 + 1.0 * MM;
    for line in lines {
        let y = top + baseline(size, size);
        page.items.extend(line.set(y, &Column::new(setup.left, setup.column(), size, Setting::Center, None)));
    }
}
