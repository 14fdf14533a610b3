//! Records of a metafile: a kind, a size, and numbers.

use crate::display::Colour;
use crate::face::Face;

pub const HEADER: u32 = 1;
pub const POLYGON: u32 = 3;
pub const SET_WINDOW_EXTENT: u32 = 9;
pub const SET_WINDOW_ORIGIN: u32 = 10;
pub const SET_VIEWPORT_EXTENT: u32 = 11;
pub const SET_VIEWPORT_ORIGIN: u32 = 12;
pub const END: u32 = 14;
pub const SET_MAP_MODE: u32 = 17;
pub const SET_BACKGROUND_MODE: u32 = 18;
pub const SET_POLYGON_FILL_MODE: u32 = 19;
pub const SET_TEXT_ALIGN: u32 = 22;
pub const SET_TEXT_COLOUR: u32 = 24;
pub const MOVE_TO: u32 = 27;
pub const SELECT_OBJECT: u32 = 37;
pub const BRUSH: u32 = 39;
pub const DELETE_OBJECT: u32 = 40;
pub const LINE_TO: u32 = 54;
pub const FONT: u32 = 82;
pub const TEXT: u32 = 84;
pub const PEN: u32 = 95;

/// Handles that are always there.
pub mod handles {
    pub const WHITE_BRUSH: u32 = 0x8000_0000;
    pub const NO_PEN: u32 = 0x8000_0008;
    pub const SYSTEM_FONT: u32 = 0x8000_000D;
}

/// Bytes before the content: kind and size.
const START: usize = 8;
/// Longest name of a family in UTF-16 units, the closing zero among them.
const FAMILY: usize = 32;
/// Length of the description of a font that says its full name, style and look.
const FONT_DESCRIPTION: usize = 320;

/// A record.
pub struct Record {
    kind: u32,
    content: Vec<u8>,
}

impl Record {
    pub fn new(kind: u32) -> Self {
        Record { kind, content: Vec::new() }
    }

    pub fn u32(mut self, number: u32) -> Self {
        self.content.extend(number.to_le_bytes());
        self
    }

    pub fn i32(mut self, number: i32) -> Self {
        self.content.extend(number.to_le_bytes());
        self
    }

    fn f32(mut self, number: f32) -> Self {
        self.content.extend(number.to_le_bytes());
        self
    }

    /// Red, green, blue and nothing.
    pub fn colour(mut self, Colour(red, green, blue): Colour) -> Self {
        self.content.extend([red, green, blue].map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8));
        self.content.push(0);
        self
    }

    /// How many bytes the record takes.
    pub fn size(&self) -> usize {
        START + self.content.len().next_multiple_of(4)
    }

    pub fn finish(self) -> Vec<u8> {
        let size = self.size();
        let mut bytes = Vec::with_capacity(size);
        bytes.extend(self.kind.to_le_bytes());
        bytes.extend((size as u32).to_le_bytes());
        bytes.extend(self.content);
        bytes.resize(size, 0);
        bytes
    }

    /// A geometric pen with flat ends and sharp corners.
    pub fn pen(handle: u32, width: i32, colour: Colour) -> Self {
        const GEOMETRIC: u32 = 0x0001_0000;
        const FLAT: u32 = 0x0000_0200;
        const MITRED: u32 = 0x0000_2000;
        // No bitmap to draw with; a full brush, no hatching, no dashes.
        let none = Record::new(PEN).u32(handle).u32(0).u32(0).u32(0).u32(0);
        none.u32(GEOMETRIC | FLAT | MITRED).i32(width).u32(0).colour(colour).u32(0).u32(0)
    }

    /// A full brush.
    pub fn brush(handle: u32, colour: Colour) -> Self {
        Record::new(BRUSH).u32(handle).u32(0).colour(colour).u32(0)
    }

    /// A face of a family at a size.
    pub fn font(handle: u32, face: Face, size: i32, family: &str) -> Self {
        let weight = if matches!(face, Face::Bold | Face::BoldItalic) { 700 } else { 400 };
        let italic = u8::from(matches!(face, Face::Italic | Face::BoldItalic));
        // A height below zero is the size of the letters, not of the line; the width follows from it.
        let mut record = Record::new(FONT).u32(handle).i32(-size).i32(0).i32(0).i32(0).i32(weight);
        // Upright or not, no strokes, any character set; the best outline; the widths of a serif family.
        record.content.extend([italic, 0, 0, 1, 7, 0, 0, 0x12]);
        let mut name: Vec<u16> = family.encode_utf16().take(FAMILY - 1).collect();
        name.resize(FAMILY, 0);
        record.content.extend(name.into_iter().flat_map(u16::to_le_bytes));
        record.content.resize(4 + FONT_DESCRIPTION, 0);
        record
    }

    /// A filled polygon with its bounds.
    pub fn polygon(points: &[(i32, i32)]) -> Self {
        let (xs, ys) = (|| points.iter().map(|point| point.0), || points.iter().map(|point| point.1));
        let bounds = [xs().min(), ys().min(), xs().max(), ys().max()].map(Option::unwrap_or_default);
        let record = bounds.into_iter().fold(Record::new(POLYGON), Record::i32).u32(points.len() as u32);
        points.iter().fold(record, |record, (x, y)| record.i32(*x).i32(*y))
    }

    /// Words from the left end of their baseline, with the advance of each UTF-16 unit.
    pub fn text((x, y): (i32, i32), words: &str, advances: &[i32]) -> Self {
        /// Where the words stand, counted from the start of the record.
        const WORDS: usize = START + 68;
        let units: Vec<u16> = words.encode_utf16().collect();
        let advances_at = WORDS + (2 * units.len()).next_multiple_of(4);
        let (width, count) = (advances.iter().sum::<i32>(), units.len() as u32);
        // Bounds are a hint; units of the page are hundredths of a millimetre, so both scales are 1.
        let mut record = Record::new(TEXT).i32(x).i32(y).i32(x + width).i32(y).u32(1).f32(1.0).f32(1.0);
        record = record.i32(x).i32(y).u32(count).u32(WORDS as u32).u32(0);
        // No rectangle to fill or to clip to.
        record = record.i32(0).i32(0).i32(-1).i32(-1).u32(advances_at as u32);
        record.content.extend(units.into_iter().flat_map(u16::to_le_bytes));
        record.content.resize(advances_at - START, 0);
        advances.iter().fold(record, |record, advance| record.i32(*advance))
    }
}
