//! Setting text as strips: lines over the whole width, lists, boxes, and what keeps them together.

use crate::display::{Colour, Item, Node, NodeId, NodeKind, Shape};
use crate::face::Face;
use crate::flow::{Bookmark, Flow, Strip};
use crate::fonts::{ASCENT, DESCENT, Fonts};
use crate::line::{Column, Line, Setting, Span, balance, break_justified, break_lines};

/// Height of a line of running text of size 1.
pub const LEADING: f32 = 1.2;

/// How a piece of running text is set.
#[derive(Debug, Clone, Copy)]
pub struct TextStyle {
    /// Size.
    pub size: f32,
    /// How lines stand.
    pub setting: Setting,
    /// Indent of the first line.
    pub indent: f32,
    /// Space above.
    pub before: f32,
    /// Space below.
    pub after: f32,
    /// Never separated from what follows, nor cut itself.
    pub keep_next: bool,
    /// Lines of about equal length.
    pub balanced: bool,
    /// Colour.
    pub colour: Colour,
}

impl TextStyle {
    /// Black text at the left, without indent or space around it.
    pub const fn plain(size: f32) -> Self {
        TextStyle {
            size,
            setting: Setting::Left,
            indent: 0.0,
            before: 0.0,
            after: 0.0,
            keep_next: false,
            balanced: false,
            colour: Colour::BLACK,
        }
    }
}

/// How a few words are set in a box, inside a drawing for example.
#[derive(Debug, Clone, Copy)]
pub struct BoxStyle {
    /// Face.
    pub face: Face,
    /// Size.
    pub size: f32,
    /// Height of a line.
    pub leading: f32,
    /// Colour.
    pub colour: Colour,
    /// How lines stand.
    pub setting: Setting,
}

impl BoxStyle {
    /// Upright black words, their lines a little closer than those of running text.
    pub fn plain(size: f32, setting: Setting) -> Self {
        BoxStyle { face: Face::Regular, size, leading: size * 1.14, colour: Colour::BLACK, setting }
    }
}

/// Puts strips of one series of pages together.
pub struct Composer<'a> {
    /// Faces.
    pub fonts: &'a Fonts,
    /// Part of the document that all content belongs to.
    pub part: NodeId,
    /// Width of the text.
    pub width: f32,
    /// Height of the text on a page.
    pub height: f32,
    pub(crate) nodes: &'a mut Vec<Node>,
    pub(crate) strips: Vec<Strip>,
}

impl Composer<'_> {
    /// A new node of the logical structure, directly under the part.
    pub fn node(&mut self, kind: NodeKind) -> NodeId {
        self.node_in(self.part, kind)
    }

    /// A new node under another one.
    pub fn node_in(&mut self, parent: NodeId, kind: NodeKind) -> NodeId {
        self.nodes.push(Node { parent: Some(parent), kind });
        self.nodes.len() - 1
    }

    /// What the newest node is.
    pub fn newest_kind(&self) -> Option<&NodeKind> {
        self.nodes.last().map(|node| &node.kind)
    }

    /// Adds a strip below what has been set.
    pub fn push(&mut self, strip: Strip) {
        self.strips.push(strip);
    }

    /// Sets spans as lines over the whole width; returns the width of the widest line.
    pub fn text(&mut self, spans: &[Span], style: &TextStyle, node: NodeId) -> f32 {
        let lines = if style.balanced {
            balance(self.fonts, spans, style.size, self.width)
        } else if style.setting == Setting::Justify {
            break_justified(self.fonts, spans, style.size, self.width - style.indent, self.width)
        } else {
            break_lines(self.fonts, spans, style.size, self.width - style.indent, self.width)
        };
        let count = lines.len();
        let leading = style.size * LEADING;
        for (i, line) in lines.iter().enumerate() {
            let indent = if i == 0 { style.indent } else { 0.0 };
            let width = self.width - indent;
            let column = Column {
                colour: style.colour,
                ..Column::new(indent, width, style.size, style.setting, Some(node))
            };
            let items = line.set(baseline(leading, style.size), &column);
            self.strips.push(Strip {
                before: if i == 0 { style.before } else { 0.0 },
                after: if i + 1 == count { style.after } else { 0.0 },
                height: leading,
                items,
                // No first line alone at the foot of a page, no last line alone at the head of one.
                keep_next: style.keep_next || (i + 1 < count && (i == 0 || i + 2 == count)),
                flow: Flow::Text,
                ..Strip::default()
            });
        }
        lines.iter().map(|line| line.width(style.size)).fold(0.0, f32::max)
    }

    /// The same with a place in the outline.
    pub fn text_in_outline(
        &mut self,
        spans: &[Span],
        style: &TextStyle,
        node: NodeId,
        bookmark: Bookmark,
    ) -> f32 {
        let start = self.strips.len();
        let widest = self.text(spans, style, node);
        if let Some(strip) = self.strips.get_mut(start) {
            strip.bookmark = Some(bookmark);
        }
        widest
    }

    /// A point of a list, its label in front of the first line.
    pub fn labelled_text(&mut self, list: NodeId, label: &str, words: &[Span], style: &TextStyle) {
        let node = self.node_in(list, NodeKind::Item);
        let label_node = self.node_in(node, NodeKind::Label);
        // The no-break space keeps its width in a justified line.
        let lead = format!("{label}\u{a0}");
        let start = self.strips.len();
        let mut spans = vec![Span::new(lead.as_str(), Face::Regular)];
        spans.extend_from_slice(words);
        self.text(&spans, style, node);
        if let Some(first) = self.strips.get_mut(start) {
            label_first_run(&mut first.items, lead.chars().count(), label_node);
        }
    }

    /// Words in a box: items relative to its top, and the height they take.
    pub fn text_in_box(
        &self,
        text: &str,
        style: &BoxStyle,
        x: f32,
        width: f32,
        node: NodeId,
    ) -> (Vec<Item>, f32) {
        let lines = break_lines(self.fonts, &[Span::new(text, style.face)], style.size, width, width);
        let column =
            Column { colour: style.colour, ..Column::new(x, width, style.size, style.setting, Some(node)) };
        stack(&lines, style.leading, &column)
    }

    /// Keeps the last `count` strips with whatever comes next.
    pub fn keep_last(&mut self, count: usize) {
        for strip in self.strips.iter_mut().rev().take(count) {
            strip.keep_next = true;
        }
    }

    /// What `fill` sets is not cut by the end of a page, unless it is taller than one.
    pub fn keep_together(&mut self, fill: impl FnOnce(&mut Self)) {
        let start = self.strips.len();
        fill(self);
        let last = self.strips.len().saturating_sub(1);
        for strip in self.strips.iter_mut().take(last).skip(start) {
            strip.keep_next = true;
        }
    }

    /// Space before whatever comes next.
    pub fn space_after_last(&mut self, space: f32) {
        if let Some(strip) = self.strips.last_mut() {
            strip.after = strip.after.max(space);
        }
    }
}

/// Makes the first characters of a line a part of their own.
fn label_first_run(items: &mut Vec<Item>, characters: usize, label: NodeId) {
    let Some(Item { node, shape: Shape::Text(run) }) = items.first().cloned() else { return };
    let (head, tail) = run.split(characters);
    items[0] = Item { node: Some(label), shape: Shape::Text(head) };
    if !tail.glyphs.is_empty() {
        items.insert(1, Item { node, shape: Shape::Text(tail) });
    }
}

/// Where the baseline lies in a line of a height.
pub fn baseline(leading: f32, size: f32) -> f32 {
    (leading - (ASCENT + DESCENT) * size) / 2.0 + ASCENT * size
}

/// Lines of a height each under one another in a column: items relative to its top, and the height they take.
pub fn stack(lines: &[Line], leading: f32, column: &Column) -> (Vec<Item>, f32) {
    let mut items = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        items.extend(line.set(i as f32 * leading + baseline(leading, column.size), column));
    }
    (items, lines.len() as f32 * leading)
}
