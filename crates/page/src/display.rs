//! What stands where: pages of text runs, lines and filled shapes, each tied to the part of the document it belongs to.
//!
//! Lengths are points; the origin is the top left corner of the page and y grows downwards.

use crate::face::Face;

/// Points in a millimetre.
pub const MM: f32 = 72.0 / 25.4;

/// Left, top, right, bottom.
pub type Area = (f32, f32, f32, f32);

/// A colour, red, green and blue from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour(pub f32, pub f32, pub f32);

impl Colour {
    /// Black.
    pub const BLACK: Colour = Colour(0.0, 0.0, 0.0);
    /// White.
    pub const WHITE: Colour = Colour(1.0, 1.0, 1.0);

    /// A grey, 0 black to 1 white.
    pub const fn grey(level: f32) -> Self {
        Colour(level, level, level)
    }
}

/// A part of the document's logical structure, by its index in [`Document::nodes`].
pub type NodeId = usize;

/// What a part of the document is to a reader who cannot see the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// A part on pages of its own.
    Part,
    /// Title of a part.
    Title,
    /// Heading of a level from 1.
    Heading(u8),
    /// Paragraph.
    Paragraph,
    /// List of points.
    List,
    /// One point of a list.
    Item,
    /// Letter or number in front of a point.
    Label,
    /// Table.
    Table,
    /// The rows of a table that hold its head.
    HeadRows,
    /// The other rows of a table.
    BodyRows,
    /// Caption of a table or a figure.
    Caption,
    /// Row of a table.
    Row,
    /// Head cell: columns and rows it covers.
    Head {
        /// Columns covered.
        columns: usize,
        /// Rows covered.
        rows: usize,
    },
    /// Cell that names its row: columns it covers.
    RowHead {
        /// Columns covered.
        columns: usize,
    },
    /// Cell: columns it covers.
    Cell {
        /// Columns covered.
        columns: usize,
    },
    /// Chart, with its words for who cannot see it.
    Figure {
        /// Alternative text.
        alternative: String,
    },
    /// Words that lead elsewhere in the document.
    Link,
}

/// A node of the logical structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The node it belongs to.
    pub parent: Option<NodeId>,
    /// What it is.
    pub kind: NodeKind,
}

/// A glyph with the correction that follows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Index in the face.
    pub id: u16,
    /// The character it stands for.
    pub text: char,
    /// Advance in thousandths of an em, cut to a whole number as PDF viewers will see it.
    pub advance: i16,
    /// How far the next glyph moves left, in thousandths of an em: kerning, and justification at spaces.
    pub back: f32,
}

/// Glyphs of one face and size on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct TextRun {
    /// Left end.
    pub x: f32,
    /// Baseline.
    pub y: f32,
    /// Face.
    pub face: Face,
    /// Size.
    pub size: f32,
    /// Colour.
    pub colour: Colour,
    /// Glyphs in order.
    pub glyphs: Vec<Glyph>,
    /// The glyph of a space when a word ends here: unseen, but read aloud and copied.
    pub space: Option<u16>,
    /// Left and right edge of the column the run was set in.
    pub column: (f32, f32),
}

impl TextRun {
    /// Width on the page.
    pub fn width(&self) -> f32 {
        self.glyphs.iter().map(|g| f32::from(g.advance) - g.back).sum::<f32>() * self.size / 1000.0
    }

    /// The characters.
    pub fn text(&self) -> String {
        self.glyphs.iter().map(|g| g.text).collect()
    }

    /// The glyphs before `index` and those from it on, where they stand now.
    pub fn split(self, index: usize) -> (TextRun, TextRun) {
        let mut head = self.clone();
        head.glyphs.truncate(index);
        head.space = None;
        let mut tail = self;
        tail.glyphs.drain(..index.min(tail.glyphs.len()));
        tail.x += head.width();
        (head, tail)
    }
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Text.
    Text(TextRun),
    /// A straight line.
    Line {
        /// From x, y.
        from: (f32, f32),
        /// To x, y.
        to: (f32, f32),
        /// Thickness.
        width: f32,
        /// Colour.
        colour: Colour,
    },
    /// A filled polygon, closed by itself.
    Fill {
        /// Corners.
        points: Vec<(f32, f32)>,
        /// Colour.
        colour: Colour,
    },
    /// A place that leads to another page of the document.
    Link {
        /// The place.
        area: Area,
        /// Mark it leads to.
        to: MarkId,
        /// What it does, for readers who cannot see the page.
        description: String,
    },
}

/// A place that links lead to: a number the caller gives.
pub type MarkId = usize;

/// A shape and the part of the document it belongs to; without one it is decoration (rules, page numbers, repeated heads).
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Part of the document.
    pub node: Option<NodeId>,
    /// What is drawn.
    pub shape: Shape,
}

impl Item {
    /// A filled rectangle.
    pub fn rectangle(x: f32, y: f32, width: f32, height: f32, colour: Colour) -> Self {
        let points = vec![(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
        Item { node: None, shape: Shape::Fill { points, colour } }
    }

    /// A line without a part.
    pub fn line(from: (f32, f32), to: (f32, f32), width: f32, colour: Colour) -> Self {
        Item { node: None, shape: Shape::Line { from, to, width, colour } }
    }

    /// The same item elsewhere.
    #[must_use]
    pub fn moved(mut self, dx: f32, dy: f32) -> Self {
        match &mut self.shape {
            Shape::Text(run) => {
                run.x += dx;
                run.y += dy;
                run.column = (run.column.0 + dx, run.column.1 + dx);
            }
            Shape::Line { from, to, .. } => {
                for point in [from, to] {
                    point.0 += dx;
                    point.1 += dy;
                }
            }
            Shape::Fill { points, .. } => {
                for point in points {
                    point.0 += dx;
                    point.1 += dy;
                }
            }
            Shape::Link { area, .. } => {
                *area = (area.0 + dx, area.1 + dy, area.2 + dx, area.3 + dy);
            }
        }
        self
    }

    /// The same item as part of `node`.
    #[must_use]
    pub fn in_node(mut self, node: Option<NodeId>) -> Self {
        self.node = node;
        self
    }
}

/// Format and margins of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageSetup {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Margin above the text.
    pub top: f32,
    /// Margin under the text.
    pub bottom: f32,
    /// Margin left of the text.
    pub left: f32,
    /// Margin right of the text.
    pub right: f32,
    /// Size of the page number in the top margin.
    pub number_size: f32,
}

impl PageSetup {
    /// A4 upright with margins of 20 mm.
    pub const A4: PageSetup = PageSetup {
        width: 210.0 * MM,
        height: 297.0 * MM,
        top: 20.0 * MM,
        bottom: 20.0 * MM,
        left: 20.0 * MM,
        right: 20.0 * MM,
        number_size: 11.0,
    };

    /// Width of the text.
    pub fn column(&self) -> f32 {
        self.width - self.left - self.right
    }

    /// Height of the text.
    pub fn text_height(&self) -> f32 {
        self.height - self.top - self.bottom
    }
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Format and margins.
    pub setup: PageSetup,
    /// Number in its series, from 1.
    pub number: usize,
    /// What is drawn, in order.
    pub items: Vec<Item>,
}

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineEntry {
    /// Level from 1.
    pub level: u8,
    /// Words.
    pub title: String,
    /// Page from 0.
    pub page: usize,
    /// Height on it.
    pub y: f32,
    /// Which mark this is, when links may lead here.
    pub mark: Option<MarkId>,
}

/// A laid-out document.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Pages in order.
    pub pages: Vec<Page>,
    /// Logical structure, parents before children.
    pub nodes: Vec<Node>,
    /// Outline in order.
    pub outline: Vec<OutlineEntry>,
}

impl Document {
    /// The outline entry that links to a mark lead to.
    pub fn marked(&self, mark: MarkId) -> Option<&OutlineEntry> {
        self.outline.iter().find(|entry| entry.mark == Some(mark))
    }
}
