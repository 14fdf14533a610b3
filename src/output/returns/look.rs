//! The look of the sheets before a returned form, and of letters.

use crate::finding::Severity;
use crate::template;
use rust_xlsxwriter::{Format, FormatAlign};
use sheet::measure::CountedLines;
use sheet::style::{RULE, head, letters, link, number_format, ruled};

/// Points of a line of 12-point text.
pub(super) const LINE: f64 = 16.0;
/// Lines of words and cells, in points.
pub(super) const LINES: CountedLines = CountedLines { letter: 0.97, line: LINE - 1.0, around: 5.0 };

/// Cell formats.
pub(super) struct Look {
    pub title: Format,
    pub bold: Format,
    pub words: Format,
    pub head: Format,
    pub cell: Format,
    pub centered: Format,
    pub link: Format,
    /// The words above a part of a table.
    pub part: Format,
}

impl Look {
    pub fn new() -> Self {
        let plain = letters(12.0).set_align(FormatAlign::Top);
        // What a sender typed stays words, whatever it begins with.
        let cell = letters(11.0).set_align(FormatAlign::Top).set_num_format(number_format::TEXT);
        let cell = ruled(cell.set_text_wrap(), RULE);
        Look {
            title: plain.clone().set_bold().set_font_size(15).set_align(FormatAlign::VerticalCenter),
            bold: plain.clone().set_bold().set_text_wrap(),
            words: plain.set_text_wrap(),
            head: head(cell.clone()),
            centered: cell.clone().set_align(FormatAlign::Center),
            link: link(cell.clone()),
            part: cell.clone().set_bold().set_align(FormatAlign::VerticalCenter),
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

/// The beginning of a long text.
pub(super) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    format!("{}…", text.chars().take(most - 1).collect::<String>())
}
