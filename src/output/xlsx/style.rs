//! Letters, colours and borders. Everything stands in Times New Roman; colour never speaks alone: a bad figure is bold,
//! an open one italic, and verdicts are words.

use super::layout::TextKind;
use crate::report::format;
use crate::report::model::{Align, LineStyle, Role, Shown, TabGroup, Tone};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};
use sheet::measure::Face;
use sheet::style::{self, COOL_RULE, TOTAL_FILL, letters, number_format, ruled};

/// Points of a table's letters.
pub(super) const TABLE_SIZE: f64 = 11.0;
/// Points of the letters of a table wider than a screen.
pub(super) const WIDE_TABLE_SIZE: f64 = 10.0;
/// Letters of a card's label.
pub(super) const CARD_LABEL: Face = Face { size: 10.0, bold: false };
/// Letters of a card's figure.
pub(super) const CARD_VALUE: Face = Face { size: 16.0, bold: true };

const GREY: u32 = 0x0059_5959;
const TYPED: u32 = 0x000B_3D91;
const TITLE: u32 = 0x001F_3864;
const GROUP_FILL: u32 = 0x00EE_F2F7;
const CARD_FILL: u32 = 0x00F5_F8FC;

/// Where a figure comes from, as its colour tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// Brought in from reports.
    Typed,
    /// Follows from other cells, or is words.
    Plain,
    /// Stands where a figure is lacking.
    Lacking,
}

/// Everything that decides how a table's cell looks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Look {
    /// How it stands.
    pub align: Align,
    /// Number format, `None` for words.
    pub number: Option<String>,
    /// What it says.
    pub tone: Tone,
    /// Role of its row.
    pub role: Role,
    /// Colour of its origin.
    pub ink: Ink,
    /// Points of its letters.
    pub size: f64,
    /// Read from the top rather than from the middle.
    pub from_top: bool,
    /// Cut at the cell's edge rather than wrapped.
    pub one_line: bool,
    /// Words that lead somewhere; figures lead to their origin without saying so.
    pub linked: bool,
}

/// The formats a sheet has needed so far: few, while cells are many.
#[derive(Default)]
pub(super) struct Styles {
    known: Vec<(Look, Format)>,
}

impl Styles {
    /// The format of a table's cell.
    pub(super) fn cell(&mut self, look: &Look) -> &Format {
        let known = self.known.iter().position(|(known, _)| known == look).unwrap_or_else(|| {
            self.known.push((look.clone(), cell(look)));
            self.known.len() - 1
        });
        &self.known[known].1
    }
}

fn cell(look: &Look) -> Format {
    let mut format = ruled(letters(look.size), COOL_RULE).set_align(match look.align {
        Align::Left => FormatAlign::Left,
        Align::Center => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
    });
    if look.from_top {
        format = format.set_align(FormatAlign::Top);
    }
    format = match &look.number {
        Some(number) => format.set_num_format(number),
        None if look.one_line => format,
        None => format.set_text_wrap(),
    };
    format = match look.ink {
        Ink::Typed => format.set_font_color(Color::RGB(TYPED)),
        Ink::Plain => format,
        Ink::Lacking => format.set_font_color(Color::RGB(GREY)).set_italic(),
    };
    if look.linked {
        format = format.set_underline(FormatUnderline::Single);
    }
    format = match look.role {
        Role::Body => format,
        Role::Group => format.set_bold().set_background_color(Color::RGB(GROUP_FILL)),
        Role::Total => format.set_bold().set_background_color(TOTAL_FILL),
    };
    toned(format, look.tone)
}

/// Adds what a tone looks like; also used alone, as a conditional format.
pub(super) fn toned(format: Format, tone: Tone) -> Format {
    let paint = |format: Format, fill: u32, ink: u32| {
        format.set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(ink))
    };
    match tone {
        Tone::Plain => format,
        Tone::Good => paint(format, 0x00E2_F0E2, 0x0017_5720),
        Tone::Bad => paint(format, 0x00FB_E1DE, 0x0093_1717).set_bold(),
        Tone::Open => paint(format, 0x00FF_F3D1, 0x006B_4300).set_italic(),
        Tone::Quiet => format.set_font_color(Color::RGB(GREY)),
    }
}

/// A cell of a bar that is not reached; the white rules keep bars of neighbouring rows apart.
pub(super) fn track() -> Format {
    Format::new()
        .set_background_color(Color::RGB(0x00ED_EFF2))
        .set_border_top(FormatBorder::Medium)
        .set_border_bottom(FormatBorder::Medium)
        .set_border_color(Color::White)
}

/// A cell that is no longer what was written.
pub(super) fn edited() -> Format {
    Format::new()
        .set_background_color(Color::RGB(0x00E3_D2F7))
        .set_font_color(Color::RGB(0x0055_1A8B))
        .set_bold()
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x0055_1A8B))
}

/// The second row of a sheet.
pub(super) fn subtitle(is_form: bool) -> Format {
    let format = words(TextKind::Subtitle);
    if is_form { format.set_align(FormatAlign::Center) } else { format }
}

/// What the head of a sheet says of edited cells, before and after their number.
pub(super) const EDITED_WORDS: [&str; 2] = [" ĐÃ SỬA TAY ", " ô (nền tím)."];

/// The same with a number.
pub(super) fn edited_words(number: &str) -> String {
    let [before, after] = EDITED_WORDS;
    format!("{before}{number}{after}")
}

/// The way back to the cover.
pub(super) fn back() -> Format {
    letters(10.0)
        .set_align(FormatAlign::Right)
        .set_underline(FormatUnderline::Single)
        .set_font_color(Color::RGB(TYPED))
}

/// Letters of a line of an official form.
pub(super) fn face_of_line(style: LineStyle) -> Face {
    Face { size: 12.0, bold: style == LineStyle::Bold }
}

/// A line of an official form.
pub(super) fn line(style: LineStyle) -> Format {
    let format = letters(face_of_line(style).size).set_text_wrap().set_align(FormatAlign::Center);
    match style {
        LineStyle::Bold => format.set_bold(),
        LineStyle::Italic => format.set_italic(),
        LineStyle::Plain | LineStyle::Room => format,
    }
}

/// What fills a bar, by what its verdict says; plain is what no target judges, quiet what is still open.
pub(super) fn bar(tone: Tone) -> Format {
    Format::new().set_background_color(Color::RGB(match tone {
        Tone::Good => 0x002E_7D32,
        Tone::Bad => 0x00C6_2828,
        Tone::Open => 0x00E0_9F1F,
        Tone::Plain => 0x0064_748B,
        Tone::Quiet => 0x00BF_C9D9,
    }))
}

/// The cell of a bar where its target lies.
pub(super) fn mark() -> Format {
    Format::new().set_background_color(Color::RGB(0x0011_1827))
}

/// The colour of a sheet's tab.
pub(super) fn tab(group: TabGroup) -> Color {
    Color::RGB(match group {
        TabGroup::Guide => 0x001F_3864,
        TabGroup::Results => 0x002E_7D32,
        TabGroup::Figures => 0x000B_5CAD,
        TabGroup::Records => 0x0080_8080,
    })
}

/// A cell of a table's head.
pub(super) fn head(size: f64) -> Format {
    style::head(ruled(letters(size), COOL_RULE))
}

/// Letters of a kind of running text.
pub(super) fn face(kind: TextKind) -> Face {
    let (size, bold) = match kind {
        TextKind::Title => (16.0, true),
        TextKind::FormTitle => (14.0, true),
        TextKind::Heading => (13.0, true),
        TextKind::Subheading => (12.0, true),
        TextKind::Caption => (11.5, true),
        TextKind::Subtitle | TextKind::Paragraph | TextKind::Point => (12.0, false),
        TextKind::Legend | TextKind::Note => (10.0, false),
    };
    Face { size, bold }
}

/// Format of a kind of running text.
pub(super) fn words(kind: TextKind) -> Format {
    let Face { size, bold } = face(kind);
    let mut format = letters(size).set_text_wrap().set_align(FormatAlign::Left);
    if bold {
        format = format.set_bold();
    }
    match kind {
        TextKind::Title | TextKind::Heading => format.set_font_color(Color::RGB(TITLE)),
        TextKind::FormTitle => format.set_align(FormatAlign::Center),
        TextKind::Subtitle => format.set_italic(),
        TextKind::Legend | TextKind::Note => format.set_italic().set_font_color(Color::RGB(GREY)),
        TextKind::Point => format.set_indent(1),
        TextKind::Subheading | TextKind::Paragraph | TextKind::Caption => format,
    }
}

/// Upper part of a key figure's card.
pub(super) fn card_label() -> Format {
    let format = letters(CARD_LABEL.size).set_text_wrap().set_align(FormatAlign::Center);
    card(format).set_border_top(FormatBorder::Thin)
}

/// Lower part of a key figure's card.
pub(super) fn card_value(tone: Tone, number: Option<&str>) -> Format {
    let format = letters(CARD_VALUE.size).set_bold().set_text_wrap().set_align(FormatAlign::Center);
    let format = card(format).set_border_bottom(FormatBorder::Thin);
    toned(if let Some(number) = number { format.set_num_format(number) } else { format }, tone)
}

fn card(format: Format) -> Format {
    format
        .set_background_color(Color::RGB(CARD_FILL))
        .set_border_left(FormatBorder::Thin)
        .set_border_right(FormatBorder::Thin)
        .set_border_color(COOL_RULE)
}

/// A key figure as it is read.
pub(super) fn card_text(value: &Shown) -> String {
    format::value(value)
}

/// The number format of a value, `None` for words; with `sign`, a percentage carries its sign.
pub(super) fn number_format(value: &Shown, sign: bool) -> Option<String> {
    match value {
        Shown::Count(count) => Some(number_format::places(count.normalize().scale())),
        Shown::Percent(_, places) if sign => Some(number_format::percent_points(*places)),
        Shown::Number(_, places) | Shown::Percent(_, places) => Some(number_format::places(*places)),
        Shown::Date(_) => Some(number_format::DATE.to_owned()),
        Shown::Text(_) | Shown::Missing(_) | Shown::Blank => None,
    }
}

/// Whether a value is a figure.
pub(super) fn is_figure(value: &Shown) -> bool {
    matches!(value, Shown::Count(_) | Shown::Number(..) | Shown::Percent(..))
}
