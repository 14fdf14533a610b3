//! Setting text as strips: the measures of Nghị định 30/2020 and the rules for paragraphs, headings and captions.

use super::display::{Colour, Item, MM, Node, NodeId, NodeKind, Shape};
use super::face::Face;
use super::flow::{Entry, Strip};
use super::font::{ASCENT, DESCENT, Fonts};
use super::line::{Column, Line, Setting, Span, balance, break_justified, break_lines};
use crate::report::model::{Tone, shown_heading};

/// Size of running text and headings.
pub const BODY: f32 = 14.0;
/// Height of a line of text of size 1.
pub const LEADING: f32 = 1.2;
/// First-line indent, 1,27 cm.
pub const INDENT: f32 = 12.7 * MM;
/// Space between paragraphs.
pub const PARAGRAPH_SPACE: f32 = 6.0;

/// How a piece of text is set.
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
    /// Running text: justified, first line indented.
    pub const PARAGRAPH: TextStyle = TextStyle {
        size: BODY,
        setting: Setting::Justify,
        indent: INDENT,
        before: PARAGRAPH_SPACE,
        after: 0.0,
        keep_next: false,
        balanced: false,
        colour: Colour::BLACK,
    };
    /// Headings of sections.
    pub const HEADING: TextStyle = TextStyle { keep_next: true, before: 10.0, ..TextStyle::PARAGRAPH };
    /// Centred lines of titles.
    pub const TITLE: TextStyle = TextStyle {
        setting: Setting::Center,
        indent: 0.0,
        before: 0.0,
        keep_next: true,
        balanced: true,
        ..TextStyle::PARAGRAPH
    };
    /// Caption above a table or chart.
    pub const CAPTION: TextStyle = TextStyle { size: 13.0, before: 10.0, after: 4.0, ..TextStyle::TITLE };
    /// Note under a table.
    pub const NOTE: TextStyle = TextStyle { size: 11.0, indent: 0.0, before: 3.0, ..TextStyle::PARAGRAPH };
}

/// Puts strips of one series of pages together.
pub struct Composer<'a> {
    /// Faces.
    pub fonts: &'a Fonts,
    /// Logical structure of the whole document.
    pub nodes: &'a mut Vec<Node>,
    /// Part all content belongs to.
    pub part: NodeId,
    /// Width of the text.
    pub width: f32,
    /// What has been set.
    pub strips: Vec<Strip>,
}

impl Composer<'_> {
    /// A new node of the logical structure.
    pub fn node(&mut self, parent: NodeId, kind: NodeKind) -> NodeId {
        self.nodes.push(Node { parent: Some(parent), kind });
        self.nodes.len() - 1
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
                ..Strip::default()
            });
        }
        lines.iter().map(|line| line.width(style.size)).fold(0.0, f32::max)
    }

    /// A paragraph of running text.
    pub fn paragraph(&mut self, text: &str) {
        let node = self.node(self.part, NodeKind::Paragraph);
        self.text(&[Span::new(text, Face::Regular)], &TextStyle::PARAGRAPH, node);
    }

    /// A heading with its place in the outline, bold.
    pub fn heading(&mut self, level: u8, text: &str) {
        let node = self.node(self.part, NodeKind::Heading(level));
        let start = self.strips.len();
        let before = if level <= 1 { TextStyle::HEADING.before } else { 8.0 };
        let style = TextStyle { before, ..TextStyle::HEADING };
        self.text(&[Span::new(shown_heading(level, text), Face::Bold)], &style, node);
        if let Some(strip) = self.strips.get_mut(start) {
            strip.entry = Some(Entry { level, title: text.to_owned(), mark: None });
        }
    }

    /// Points under the letters of the Vietnamese alphabet.
    pub fn points(&mut self, points: &[String]) {
        self.points_in(points, &TextStyle::PARAGRAPH);
    }

    /// The same in another style.
    pub fn points_in(&mut self, points: &[String], style: &TextStyle) {
        let list = self.node(self.part, NodeKind::List);
        for (i, point) in points.iter().enumerate() {
            let node = self.node(list, NodeKind::Item);
            let label = self.node(node, NodeKind::Label);
            // The no-break space keeps its width in a justified line.
            let lead = format!("{})\u{a0}", letter(i));
            let start = self.strips.len();
            self.text(&[Span::new(format!("{lead}{point}"), Face::Regular)], style, node);
            if let Some(first) = self.strips.get_mut(start) {
                label_first_run(&mut first.items, lead.chars().count(), label);
            }
        }
    }

    /// Caption of a table or chart, kept with what follows.
    pub fn caption(&mut self, text: &str, parent: NodeId) {
        let node = self.node(parent, NodeKind::Caption);
        self.text(&[Span::new(text, Face::Bold)], &TextStyle::CAPTION, node);
    }

    /// Keeps the last `count` strips with whatever comes next.
    pub fn keep_last(&mut self, count: usize) {
        for strip in self.strips.iter_mut().rev().take(count) {
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

/// Lines in a box: items relative to its top left, and the height they take.
pub fn stack(
    lines: &[Line],
    x: f32,
    width: f32,
    size: f32,
    setting: Setting,
    node: Option<NodeId>,
) -> (Vec<Item>, f32) {
    let leading = size * LEADING;
    let mut items = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let y = i as f32 * leading + baseline(leading, size);
        items.extend(line.set(y, &Column::new(x, width, size, setting, node)));
    }
    (items, lines.len() as f32 * leading)
}

/// Letter of a point: a b c d đ e g …, doubled when the alphabet is used up.
pub fn letter(index: usize) -> String {
    const LETTERS: [char; 23] = [
        'a', 'b', 'c', 'd', 'đ', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u',
        'v', 'x', 'y',
    ];
    let one = LETTERS[index % LETTERS.len()];
    std::iter::repeat_n(one, index / LETTERS.len() + 1).collect()
}

/// How a tone looks: weight and slant carry it in black and white, a quiet colour adds to it.
pub fn tone(tone: Tone, bold: bool) -> (Face, Colour) {
    let upright = if bold { Face::Bold } else { Face::Regular };
    let slanted = if bold { Face::BoldItalic } else { Face::Italic };
    match tone {
        Tone::Plain => (upright, Colour::BLACK),
        Tone::Good => (upright, Colour(0.05, 0.27, 0.45)),
        Tone::Bad => (Face::Bold, Colour(0.55, 0.08, 0.05)),
        Tone::Open => (slanted, Colour(0.40, 0.27, 0.0)),
        Tone::Quiet => (upright, Colour::grey(0.35)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_follow_the_vietnamese_alphabet() {
        let first: String = (0..7).map(letter).collect();
        assert_eq!(first, "abcdđeg");
        assert_eq!(letter(23), "aa");
    }
}
