//! Items as an Enhanced Metafile: a picture of lines, areas and real text that word processors open, sharp at any size.
//!
//! Source of the records: [MS-EMF], Enhanced Metafile Format. Every number is whole and counts hundredths of a millimetre,
//! so the same items give the same bytes.

use crate::display::{Colour, Item, Shape, TextRun};
use crate::face::Face;
use record::{Record, handles};

mod record;

/// Hundredths of a millimetre in a point.
const PER_POINT: f32 = 2540.0 / 72.0;
/// The imagined device: A2 in hundredths of a millimetre, so that a unit of the device is a unit of the frame.
const DEVICE: (i32, i32) = (42_000, 59_400);
const DEVICE_MILLIMETRES: (i32, i32) = (420, 594);
const HEADER: u32 = 108;

/// What is drawn on a picture that is `width` and `height` points large, in a typeface known by its family's name. Items
/// stand from the top left corner; links have no place in a picture.
///
/// ```
/// use page::display::{Colour, Item};
/// let bar = Item::rectangle(0.0, 0.0, 72.0, 10.0, Colour::BLACK);
/// let picture = page::metafile::metafile(&[bar], (72.0, 10.0), "Times New Roman");
/// assert_eq!(&picture[40..44], b" EMF");
/// ```
pub fn metafile(items: &[Item], (width, height): (f32, f32), family: &str) -> Vec<u8> {
    let (width, height) = (units(width).max(1), units(height).max(1));
    let mut drawing = Recorder { family, ..Recorder::default() };
    drawing.begin(width, height);
    for item in items {
        match &item.shape {
            Shape::Text(run) => drawing.text(run),
            Shape::Line { from, to, width, colour } => drawing.line(*from, *to, *width, *colour),
            Shape::Fill { points, colour } => drawing.fill(points, *colour),
            Shape::Link { .. } => {}
        }
    }
    drawing.finish(width, height)
}

fn units(points: f32) -> i32 {
    (points * PER_POINT).round() as i32
}

/// A pen, a brush or a typeface that was made.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Tool {
    Pen(i32, Colour),
    Brush(Colour),
    Font(Face, i32),
}

/// Records that are being written.
#[derive(Default)]
struct Recorder<'a> {
    family: &'a str,
    records: Vec<Record>,
    /// Made tools in order; a handle is a place from 1.
    tools: Vec<Tool>,
    pen: Option<u32>,
    brush: Option<u32>,
    font: Option<u32>,
    ink: Option<Colour>,
}

impl Recorder<'_> {
    fn begin(&mut self, width: i32, height: i32) {
        // Units of the page are units of the device: MM_ANISOTROPIC with windows of one size.
        self.records.push(Record::new(record::SET_MAP_MODE).u32(8));
        self.records.push(Record::new(record::SET_WINDOW_ORIGIN).i32(0).i32(0));
        self.records.push(Record::new(record::SET_WINDOW_EXTENT).i32(width).i32(height));
        self.records.push(Record::new(record::SET_VIEWPORT_ORIGIN).i32(0).i32(0));
        self.records.push(Record::new(record::SET_VIEWPORT_EXTENT).i32(width).i32(height));
        // Transparent ground; text stands on its baseline from its left end; areas fill all they enclose.
        self.records.push(Record::new(record::SET_BACKGROUND_MODE).u32(1));
        self.records.push(Record::new(record::SET_TEXT_ALIGN).u32(24));
        self.records.push(Record::new(record::SET_POLYGON_FILL_MODE).u32(2));
    }

    /// The handle of a tool, which is made when it is first wanted.
    fn handle(&mut self, tool: Tool) -> u32 {
        if let Some(at) = self.tools.iter().position(|known| *known == tool) {
            return at as u32 + 1;
        }
        self.tools.push(tool);
        let handle = self.tools.len() as u32;
        self.records.push(match tool {
            Tool::Pen(width, colour) => Record::pen(handle, width, colour),
            Tool::Brush(colour) => Record::brush(handle, colour),
            Tool::Font(face, size) => Record::font(handle, face, size, self.family),
        });
        handle
    }

    fn select(&mut self, handle: u32) {
        self.records.push(Record::new(record::SELECT_OBJECT).u32(handle));
    }

    fn take_pen(&mut self, handle: u32) {
        if self.pen.replace(handle) != Some(handle) {
            self.select(handle);
        }
    }

    fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32, colour: Colour) {
        let pen = self.handle(Tool::Pen(units(width).max(1), colour));
        self.take_pen(pen);
        self.records.push(Record::new(record::MOVE_TO).i32(units(from.0)).i32(units(from.1)));
        self.records.push(Record::new(record::LINE_TO).i32(units(to.0)).i32(units(to.1)));
    }

    fn fill(&mut self, points: &[(f32, f32)], colour: Colour) {
        if points.len() < 3 {
            return;
        }
        let brush = self.handle(Tool::Brush(colour));
        if self.brush.replace(brush) != Some(brush) {
            self.select(brush);
        }
        self.take_pen(handles::NO_PEN);
        let points: Vec<(i32, i32)> = points.iter().map(|(x, y)| (units(*x), units(*y))).collect();
        self.records.push(Record::polygon(&points));
    }

    fn text(&mut self, run: &TextRun) {
        let words = run.text();
        if words.trim().is_empty() {
            return;
        }
        let font = self.handle(Tool::Font(run.face, units(run.size)));
        if self.font.replace(font) != Some(font) {
            self.select(font);
        }
        if self.ink.replace(run.colour) != Some(run.colour) {
            self.records.push(Record::new(record::SET_TEXT_COLOUR).colour(run.colour));
        }
        self.records.push(Record::text((units(run.x), units(run.y)), &words, &advances(run)));
    }

    fn finish(mut self, width: i32, height: i32) -> Vec<u8> {
        // What is in use must not be deleted.
        for handle in [handles::NO_PEN, handles::WHITE_BRUSH, handles::SYSTEM_FONT] {
            self.select(handle);
        }
        for handle in 1..=self.tools.len() as u32 {
            self.records.push(Record::new(record::DELETE_OBJECT).u32(handle));
        }
        self.records.push(Record::new(record::END).u32(0).u32(16).u32(20));
        let body: usize = self.records.iter().map(Record::size).sum();
        let header = Record::new(record::HEADER)
            // What is drawn on the device, and the frame around it.
            .i32(0)
            .i32(0)
            .i32(width)
            .i32(height)
            .i32(0)
            .i32(0)
            .i32(width)
            .i32(height)
            // “ EMF”, version 1.0.
            .u32(0x464D_4520)
            .u32(0x0001_0000)
            .u32(HEADER + body as u32)
            .u32(self.records.len() as u32 + 1)
            // Handles, the unused first among them; a word of nothing.
            .u32(self.tools.len() as u32 + 1)
            // No description, no palette.
            .u32(0)
            .u32(0)
            .u32(0)
            .i32(DEVICE.0)
            .i32(DEVICE.1)
            .i32(DEVICE_MILLIMETRES.0)
            .i32(DEVICE_MILLIMETRES.1)
            // No pixel format, no OpenGL; the device in thousandths of a millimetre.
            .u32(0)
            .u32(0)
            .u32(0)
            .i32(DEVICE_MILLIMETRES.0 * 1000)
            .i32(DEVICE_MILLIMETRES.1 * 1000);
        let mut bytes = header.finish();
        bytes.extend(self.records.into_iter().flat_map(Record::finish));
        bytes
    }
}

/// How far each UTF-16 unit of a run moves the pen. What rounding takes from one it gives to the next.
fn advances(run: &TextRun) -> Vec<i32> {
    let mut advances = Vec::new();
    let (mut pen, mut told) = (0.0_f32, 0);
    for glyph in &run.glyphs {
        pen += (f32::from(glyph.advance) - glyph.back) * run.size / 1000.0;
        let here = units(pen);
        advances.push(here - told);
        told = here;
        advances.extend(std::iter::repeat_n(0, glyph.text.len_utf16() - 1));
    }
    advances
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::BoxStyle;
    use crate::line::Setting;
    use crate::sample::fonts;
    use crate::series::drawings;

    /// Kind and content of every record.
    fn records(picture: &[u8]) -> Vec<(u32, &[u8])> {
        let word = |at: usize| u32::from_le_bytes(picture[at..at + 4].try_into().unwrap());
        let mut records = Vec::new();
        let mut at = 0;
        while at < picture.len() {
            let size = word(at + 4) as usize;
            assert!(size >= 8 && size.is_multiple_of(4), "a record of {size} bytes");
            records.push((word(at), &picture[at + 8..at + size]));
            at += size;
        }
        assert_eq!(at, picture.len());
        records
    }

    #[test]
    fn a_picture_says_its_size_and_ends_where_it_says() {
        let items = [
            Item::rectangle(0.0, 0.0, 72.0, 36.0, Colour::grey(0.5)),
            Item::line((0.0, 0.0), (72.0, 36.0), 0.5, Colour::BLACK),
            Item::line((0.0, 36.0), (72.0, 0.0), 0.5, Colour::BLACK),
        ];
        let picture = metafile(&items, (72.0, 36.0), "Times New Roman");
        let records = records(&picture);
        let header = records[0].1;
        let word = |at: usize| u32::from_le_bytes(header[at..at + 4].try_into().unwrap());
        // Frame, after the bounds: an inch by half an inch in hundredths of a millimetre.
        assert_eq!((word(24), word(28)), (2540, 1270));
        assert_eq!(word(40) as usize, picture.len());
        assert_eq!(word(44) as usize, records.len());
        assert_eq!(records.last().unwrap().0, record::END);
        // One pen serves both lines.
        let count = |kind: u32| records.iter().filter(|record| record.0 == kind).count();
        assert_eq!((count(record::PEN), count(record::BRUSH), count(record::LINE_TO)), (1, 1, 2));
        assert_eq!(count(record::DELETE_OBJECT), 2);
        assert_eq!(picture, metafile(&items, (72.0, 36.0), "Times New Roman"));
    }

    #[test]
    fn words_are_text_and_as_long_as_they_were_laid_out() {
        let fonts = fonts();
        let drawn = drawings(&fonts, (200.0, 100.0), |composer| {
            let node = composer.node(crate::display::NodeKind::Paragraph);
            let (items, height) = composer.text_in_box(
                "Đạt chuẩn: 85,00%",
                &BoxStyle::plain(11.0, Setting::Left),
                0.0,
                200.0,
                node,
            );
            composer.push(crate::flow::Strip { height, items, ..Default::default() });
        });
        let [drawing] = &drawn[..] else { panic!("one drawing") };
        let Some(Item { shape: Shape::Text(run), .. }) = drawing.items.first() else { panic!("text") };
        assert_eq!(advances(run).iter().sum::<i32>(), units(run.width()));
        let picture = metafile(&drawing.items, (200.0, drawing.height), "Times New Roman");
        let words: Vec<u8> = "Đạt chuẩn: 85,00%".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let said = |record: &(u32, &[u8])| {
            record.0 == record::TEXT && record.1.windows(words.len()).any(|part| part == words)
        };
        assert!(records(&picture).iter().any(said));
    }
}
