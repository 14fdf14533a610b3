//! The look of the sheets before a returned form, and of letters.

use crate::finding::Severity;
use crate::template;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

const FONT: &str = "Times New Roman";
const RULE: Color = Color::RGB(0x8C_8C8C);
/// Points of a line of 12-point text.
pub(super) const LINE: f64 = 16.0;

/// Cell formats.
pub(super) struct Look {
    pub title: Format,
    pub bold: Format,
    pub words: Format,
    pub head: Format,
    pub cell: Format,
    pub centered: Format,
    pub link: Format,
}

impl Look {
    pub fn new() -> Self {
        let plain = Format::new().set_font_name(FONT).set_font_size(12).set_align(FormatAlign::Top);
        let cell = plain
            .clone()
            .set_font_size(11)
            .set_text_wrap()
            .set_border(FormatBorder::Thin)
            .set_border_color(RULE)
            // What a sender typed stays words, whatever it begins with.
            .set_num_format("@");
        Look {
            title: plain.clone().set_bold().set_font_size(15).set_align(FormatAlign::VerticalCenter),
            bold: plain.clone().set_bold().set_text_wrap(),
            words: plain.set_text_wrap(),
            head: cell
                .clone()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0xDC_E6F1)),
            centered: cell.clone().set_align(FormatAlign::Center),
            link: cell.clone().set_font_color(Color::RGB(0x05_63C1)).set_underline(FormatUnderline::Single),
            cell,
        }
    }

    /// The cell that names a severity, in the colour its cells have in the form.
    pub fn severity(&self, severity: Severity) -> Format {
        let cell = self.centered.clone().set_bold();
        template::color(severity)
            .map_or_else(|| cell.clone(), |color| cell.clone().set_background_color(color))
    }
}

/// Height of a row of these texts in columns of these widths, in points.
pub(super) fn height(texts: &[(&str, f64)]) -> f64 {
    let lines = |(text, width): &(&str, f64)| -> f64 {
        text.lines().map(|line| (line.chars().count() as f64 * 0.97 / width).ceil().max(1.0)).sum()
    };
    let most = texts.iter().map(lines).fold(1.0, f64::max);
    // Excel's highest row is 409 points.
    (most * (LINE - 1.0) + 5.0).min(409.0)
}

/// The beginning of a long text.
pub(super) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    format!("{}…", text.chars().take(most - 1).collect::<String>())
}
