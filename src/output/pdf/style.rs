//! How the report looks: the measures of Nghị định 30/2020, and what a tone adds to words.

use crate::report::model::Tone;
use page::Face;
use page::compose::TextStyle;
use page::display::{Colour, MM, PageSetup};
use page::line::Setting;

/// Nothing in a brief or in a drawing is smaller.
pub const SMALLEST: f32 = 11.0;
/// Size of running text and headings.
pub const BODY: f32 = 14.0;

/// A4 upright: 20 mm above and below, 30 left, 20 right.
pub const PORTRAIT: PageSetup = PageSetup { left: 30.0 * MM, number_size: 13.0, ..PageSetup::A4 };
/// A4 turned: 20 mm above and below, 30 left, 15 right.
pub const LANDSCAPE: PageSetup =
    PageSetup { width: PORTRAIT.height, height: PORTRAIT.width, right: 15.0 * MM, ..PORTRAIT };

/// Running text: justified, first line indented by 1,27 cm.
pub const PARAGRAPH: TextStyle =
    TextStyle { setting: Setting::Justify, indent: 12.7 * MM, before: 6.0, ..TextStyle::plain(BODY) };
/// Headings of sections.
pub const HEADING: TextStyle = TextStyle { keep_next: true, before: 10.0, ..PARAGRAPH };
/// Centred lines of titles.
pub const TITLE: TextStyle =
    TextStyle { setting: Setting::Center, keep_next: true, balanced: true, ..TextStyle::plain(BODY) };
/// Caption above a table or chart.
pub const CAPTION: TextStyle = TextStyle { size: 13.0, before: 10.0, after: 4.0, ..TITLE };
/// Note under a table.
pub const NOTE: TextStyle = TextStyle { size: 11.0, indent: 0.0, before: 3.0, ..PARAGRAPH };

/// What words are printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Black, as an official letter is.
    Black,
    /// A quiet colour adds to what weight and slant say: charts, briefs.
    Coloured,
}

impl Ink {
    /// How a tone looks in this ink.
    pub fn face_and_colour(self, tone: Tone, bold: bool) -> (Face, Colour) {
        let (face, colour) = face_and_colour(tone, bold);
        (face, if self == Ink::Black { Colour::BLACK } else { colour })
    }
}

/// How a tone looks: weight and slant carry it in black and white, a quiet colour adds to it.
pub fn face_and_colour(tone: Tone, bold: bool) -> (Face, Colour) {
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
