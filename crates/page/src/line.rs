//! Breaking text into lines and setting each: left, centred, right or justified.

use crate::display::{Colour, Glyph, Item, NodeId, Shape, TextRun};
use crate::fonts::Fonts;
use crate::glue;
use atom::{Atom, Break, atoms};

mod atom;
mod even;

pub use atom::Span;

/// How lines stand in their column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
    /// From edge to edge, but for the last line.
    Justify,
}

/// Where lines are set: a column from `x` and `width` wide, and how.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Left edge.
    pub x: f32,
    /// Width.
    pub width: f32,
    /// Size of the text.
    pub size: f32,
    /// How lines stand.
    pub setting: Setting,
    /// Colour.
    pub colour: Colour,
    /// With a stroke under the words.
    pub underlined: bool,
    /// Part of the document.
    pub node: Option<NodeId>,
}

impl Column {
    /// Black text without a stroke.
    pub fn new(x: f32, width: f32, size: f32, setting: Setting, node: Option<NodeId>) -> Self {
        Column { x, width, size, setting, colour: Colour::BLACK, underlined: false, node }
    }
}

/// A justified space wider than this, in points, looks like a hole: such a line stays ragged.
pub const WIDEST_SPACE: f32 = 6.0;

/// One line.
#[derive(Debug, Clone)]
pub struct Line {
    atoms: Vec<Atom>,
    /// Width without justification, in thousandths of an em.
    natural: f32,
    /// Whether a paragraph, or a forced line, ends here.
    last: bool,
    /// The glyph of a space in the last face, unless the line ends inside a word.
    space: Option<u16>,
}

/// Breaks spans into lines no wider than `width`, the first no wider than `first`; both in points for text of `size`.
///
/// A line ends at spaces; where none is near, at a space that holds a date together; then behind a slash or hyphen;
/// then anywhere, so nothing is ever clipped. Text of nothing but spaces gives no line.
pub fn break_lines(fonts: &Fonts, spans: &[Span], size: f32, first: f32, width: f32) -> Vec<Line> {
    let atoms = atoms(fonts, spans);
    let mut ends = Vec::new();
    let mut start = 0;
    while let Some(from) = next_shown(&atoms, start) {
        let limit = if ends.is_empty() { first } else { width } * 1000.0 / size;
        start = line_end(&atoms, from, limit);
        ends.push(start);
    }
    cut(fonts, &atoms, &ends)
}

/// Breaks spans into lines to be justified: of all ways to break a paragraph, the one whose spaces are stretched most
/// evenly and that leaves the fewest lines ragged because their spaces would be holes. A date or a unit is torn only where
/// keeping it whole would leave much of the line empty. Widths as in [`break_lines`].
pub fn break_justified(fonts: &Fonts, spans: &[Span], size: f32, first: f32, width: f32) -> Vec<Line> {
    let atoms = atoms(fonts, spans);
    let (first, width, widest) = (first * 1000.0 / size, width * 1000.0 / size, WIDEST_SPACE * 1000.0 / size);
    let mut ends = Vec::new();
    let mut start = 0;
    for paragraph in atoms.split_inclusive(|atom| atom.after == Break::Must) {
        let first = if start == 0 { first } else { width };
        match even::ends(paragraph, first, width, widest) {
            Some(found) => ends.extend(found.into_iter().map(|end| start + end)),
            None => {
                let end = start + paragraph.len();
                let mut from = start;
                while let Some(shown) = next_shown(&atoms[..end], from) {
                    from = line_end(&atoms[..end], shown, if ends.is_empty() { first } else { width });
                    ends.push(from);
                }
            }
        }
        start += paragraph.len();
    }
    cut(fonts, &atoms, &ends)
}

/// The first atom from `start` on that is no mere space; a space at a forced end counts.
fn next_shown(atoms: &[Atom], start: usize) -> Option<usize> {
    let skipped = atoms[start..].iter().position(|a| !a.space || a.after == Break::Must)?;
    Some(start + skipped)
}

/// Lines between given ends, without spaces at their edges; empty ones only between others.
fn cut(fonts: &Fonts, atoms: &[Atom], ends: &[usize]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for end in ends {
        let mut shown = &atoms[start..*end];
        let forced = shown.last().is_some_and(|a| a.after == Break::Must);
        while let Some((head, rest)) = shown.split_first()
            && head.space
        {
            shown = rest;
        }
        let mut space = None;
        while let Some((tail, rest)) = shown.split_last()
            && tail.space
        {
            space = Some(tail.glyph.id);
            shown = rest;
        }
        let ends_word = space.is_some() || forced || *end == atoms.len();
        if let (true, Some(last)) = (ends_word, shown.last()) {
            space = fonts.shape(last.face, " ").first().map(|glyph| glyph.id);
        }
        if !shown.is_empty() || forced {
            let natural = shown.iter().map(Atom::width).sum();
            lines.push(Line { atoms: shown.to_vec(), natural, last: forced, space });
        }
        start = *end;
    }
    while lines.last().is_some_and(|line: &Line| line.atoms.is_empty()) {
        lines.pop();
    }
    if let Some(line) = lines.last_mut() {
        line.last = true;
    }
    lines
}

/// Lines of about equal length, as titles want: the narrowest column that needs no more lines than `width` does.
pub fn balance(fonts: &Fonts, spans: &[Span], size: f32, width: f32) -> Vec<Line> {
    let widest = break_lines(fonts, spans, size, width, width);
    if widest.len() < 2 {
        return widest;
    }
    let (mut low, mut high) = (width / 3.0, width);
    for _ in 0..12 {
        let middle = (low + high) / 2.0;
        if break_lines(fonts, spans, size, middle, middle).len() <= widest.len() {
            high = middle
        } else {
            low = middle
        }
    }
    break_lines(fonts, spans, size, high, high)
}

/// Words with a no-break space wherever a space holds a number with its unit or the like together, for documents that
/// other programs break into lines. Long pieces are held by twos only: in a justified line they would leave holes.
///
/// ```
/// let words = page::line::held("Ngày 05 tháng 12 có 15 huyện gửi báo cáo");
/// assert_eq!(words, "Ngày\u{a0}05 tháng\u{a0}12 có 15\u{a0}huyện gửi báo cáo");
/// ```
pub fn held(text: &str) -> String {
    /// Characters of a piece of three words or more.
    const LONGEST: usize = 10;
    let mut out = String::with_capacity(text.len());
    let mut before: Option<&str> = None;
    // Words and characters since the last space at which a line may end.
    let (mut words, mut length) = (0, 0);
    for (i, word) in text.split(' ').enumerate() {
        if let Some(before) = before {
            let is_apart = before.is_empty() || word.is_empty() || before.ends_with('\n');
            let holds = !is_apart && (glue::holds(before, word) || (i == 1 && glue::is_bullet(before)));
            let holds = holds && (words < 2 || length + 1 + word.chars().count() <= LONGEST);
            out.push(if holds { '\u{a0}' } else { ' ' });
            if !holds {
                (words, length) = (0, 0);
            }
        }
        words += 1;
        length += word.chars().count() + usize::from(length > 0);
        out.push_str(word);
        before = Some(word);
    }
    out
}

/// What a column needs, for text of size 1: width of the widest word, and of the widest piece that rather stays whole
/// (a date, a number with its unit).
pub fn widest(fonts: &Fonts, spans: &[Span]) -> (f32, f32) {
    let (mut word, mut piece) = (0.0_f32, 0.0_f32);
    let (mut widest_word, mut widest_piece) = (0.0_f32, 0.0_f32);
    for atom in atoms(fonts, spans) {
        if !(atom.space && atom.after >= Break::Free) {
            piece += atom.width();
        }
        word = if atom.space { 0.0 } else { word + atom.width() };
        (widest_word, widest_piece) = (widest_word.max(word), widest_piece.max(piece));
        if atom.after >= Break::Free {
            (word, piece) = (0.0, 0.0);
        }
    }
    (widest_word / 1000.0, widest_piece / 1000.0)
}

/// Index behind the last atom of the line that starts at `start`; always beyond `start`.
fn line_end(atoms: &[Atom], start: usize, limit: f32) -> usize {
    let mut width = 0.0;
    let mut fits = start;
    for (i, atom) in atoms.iter().enumerate().skip(start) {
        width += atom.width();
        if !atom.space && width > limit + 0.01 {
            break;
        }
        fits = i + 1;
        if atom.after == Break::Must {
            return fits;
        }
    }
    if fits == atoms.len() {
        return fits;
    }
    let behind = |kind: Break| (start + 1..=fits).rev().find(|end| atoms[end - 1].after == kind);
    // A break that leaves most of the line empty is no help in a narrow column.
    let third = |end: &usize| (end - start) * 3 >= fits - start;
    let held = || behind(Break::Held).filter(third);
    let soft = || behind(Break::Soft).filter(third);
    let free = behind(Break::Free);
    free.filter(third)
        .or_else(held)
        .or(free)
        .or_else(|| behind(Break::Held))
        .or_else(soft)
        .unwrap_or(fits.max(start + 1))
}

impl Line {
    /// Width without justification, in points.
    pub fn width(&self, size: f32) -> f32 {
        self.natural * size / 1000.0
    }

    /// The line at a baseline of a column, as runs of one face each.
    pub fn set(&self, baseline: f32, column: &Column) -> Vec<Item> {
        let Column { x, width, size, setting, colour, underlined, node } = *column;
        let left = width - self.width(size);
        let (indent, stretch) = match setting {
            Setting::Left => (0.0, 0.0),
            Setting::Center => (left / 2.0, 0.0),
            Setting::Right => (left, 0.0),
            Setting::Justify => (0.0, self.stretch(left, size)),
        };
        let mut items = Vec::new();
        let mut pen = x + indent;
        for group in self.atoms.chunk_by(|a, b| a.face == b.face) {
            let glyphs: Vec<Glyph> = group
                .iter()
                .map(|atom| {
                    let stretch = if atom.space { stretch } else { 0.0 };
                    Glyph { back: atom.glyph.back - stretch, ..atom.glyph }
                })
                .collect();
            let run = TextRun {
                x: pen,
                y: baseline,
                face: group[0].face,
                size,
                colour,
                glyphs,
                space: None,
                column: (x, x + width),
            };
            let start = pen;
            pen += run.width();
            items.push(Item { node, shape: Shape::Text(run) });
            if underlined {
                let y = baseline + size * 0.13;
                items.push(Item::line((start, y), (pen, y), size * 0.05, colour).in_node(node));
            }
        }
        let runs = items.iter_mut().rev();
        let mut runs =
            runs.filter_map(|item| if let Shape::Text(run) = &mut item.shape { Some(run) } else { None });
        if let (Some(last), Some(_)) = (runs.next(), node) {
            last.space = self.space;
        }
        items
    }

    /// What each space gets of the room left in the line, in thousandths of an em; nothing where spaces would be holes.
    fn stretch(&self, left: f32, size: f32) -> f32 {
        let spaces = || self.atoms.iter().filter(|a| a.space);
        if spaces().next().is_none() || (self.last && left > 0.0) {
            return 0.0;
        }
        let each = left * 1000.0 / size / spaces().count() as f32;
        let natural = spaces().map(Atom::width).fold(0.0, f32::max);
        // Two decimals are enough for a viewer, and cut down so that the line never passes its column.
        if natural + each > WIDEST_SPACE * 1000.0 / size { 0.0 } else { (each * 100.0).floor() / 100.0 }
    }

    /// The characters of the line.
    #[cfg(test)]
    pub fn text(&self) -> String {
        self.atoms.iter().map(|a| a.glyph.text).collect()
    }
}

#[cfg(test)]
mod tests;
