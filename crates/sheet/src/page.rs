//! The page a sheet is printed on.

use crate::text;
use rust_xlsxwriter::Worksheet;

const A4: u8 = 9;
/// Sides of the paper in points.
const A4_SHORT: f64 = 595.3;
const A4_LONG: f64 = 841.9;
const POINTS_PER_INCH: f64 = 72.0;
/// UTF-16 units that Excel takes in a foot; a longer one is dropped without a word.
const MOST_IN_FOOT: usize = 255;
const FOOT_POINTS: &str = "&9";

/// Margins in inches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margins {
    /// Left of the sheet.
    pub left: f64,
    /// Right of it.
    pub right: f64,
    /// Above it.
    pub top: f64,
    /// Below it.
    pub bottom: f64,
    /// Above the head of the page.
    pub head: f64,
    /// Below the foot of the page.
    pub foot: f64,
}

/// What stands at the foot of every page.
#[derive(Debug, Clone, Copy)]
pub struct Foot<'a> {
    /// Typeface, with its style after a comma if need be.
    pub typeface: &'a str,
    /// Whose page it is; cut where it is too long for Excel. It must not begin with a digit, which would be read as a
    /// part of the size of the letters.
    pub name: &'a str,
    /// What follows the name and is never cut.
    pub after: &'a str,
}

impl Foot<'_> {
    /// The foot in Excel's code.
    fn code(self) -> String {
        let face = format!("&\"{}\"{FOOT_POINTS}", self.typeface);
        let right = format!("&R{face}Trang &P/&N");
        let mut name = text::strip(self.name).replace('\n', " ");
        loop {
            // & starts a command.
            let words = format!("{name}{}", self.after).replace('&', "&&");
            let code = format!("&L{face}{words}{right}");
            if text::units(&code) <= MOST_IN_FOOT || name.pop().is_none() {
                return code;
            }
        }
    }
}

/// A page of A4 and how a sheet is put on it.
///
/// ```
/// use sheet::page::{A4Page, Foot, Margins};
/// use sheet::style::FONT;
/// let margins = Margins { left: 0.5, right: 0.5, top: 0.5, bottom: 0.5, head: 0.3, foot: 0.3 };
/// let mut workbook = rust_xlsxwriter::Workbook::new();
/// let foot = Foot { typeface: FONT, name: "Huyện Cần Giuộc", after: " · 2024" };
/// A4Page::landscape(margins).fit(1, 0).foot(foot).set_up(workbook.add_worksheet());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct A4Page {
    is_landscape: bool,
    margins: Margins,
    fit: Option<(u16, u16)>,
    foot: Option<String>,
    is_centred: bool,
}

impl A4Page {
    /// Higher than wide.
    pub fn portrait(margins: Margins) -> Self {
        A4Page { is_landscape: false, margins, fit: None, foot: None, is_centred: false }
    }

    /// Wider than high.
    pub fn landscape(margins: Margins) -> Self {
        A4Page { is_landscape: true, ..A4Page::portrait(margins) }
    }

    /// Scaled so that the sheet takes so many pages side by side and so many one below the other; 0 leaves a number
    /// open.
    #[must_use]
    pub fn fit(self, across: u16, down: u16) -> Self {
        A4Page { fit: Some((across, down)), ..self }
    }

    /// In the middle between left and right.
    #[must_use]
    pub fn centred(self) -> Self {
        A4Page { is_centred: true, ..self }
    }

    /// A foot: whose page it is on the left, the page's number on the right.
    #[must_use]
    pub fn foot(self, foot: Foot<'_>) -> Self {
        A4Page { foot: Some(foot.code()), ..self }
    }

    /// Points between the margins, across and down.
    pub fn room(&self) -> (f64, f64) {
        let (across, down) = if self.is_landscape { (A4_LONG, A4_SHORT) } else { (A4_SHORT, A4_LONG) };
        let Margins { left, right, top, bottom, .. } = self.margins;
        (across - (left + right) * POINTS_PER_INCH, down - (top + bottom) * POINTS_PER_INCH)
    }

    /// Puts a sheet on such pages.
    pub fn set_up(&self, worksheet: &mut Worksheet) {
        worksheet.set_paper_size(A4);
        if self.is_landscape {
            worksheet.set_landscape();
        } else {
            worksheet.set_portrait();
        }
        let Margins { left, right, top, bottom, head, foot } = self.margins;
        worksheet.set_margins(left, right, top, bottom, head, foot);
        worksheet.set_print_center_horizontally(self.is_centred);
        if let Some((across, down)) = self.fit {
            worksheet.set_print_fit_to_pages(across, down);
        }
        if let Some(foot) = &self.foot {
            worksheet.set_footer(foot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foot_keeps_within_excels_limit_and_takes_no_command_from_a_name() {
        let code = |name: &str| Foot { typeface: "Times New Roman", name, after: " · 2024" }.code();
        let face = "&\"Times New Roman\"&9";
        assert_eq!(code("Sở A & B\nC"), format!("&L{face}Sở A && B C · 2024&R{face}Trang &P/&N"));
        for name in ["x".repeat(300), "&".repeat(300), "𝄞".repeat(300)] {
            let code = code(&name);
            assert!(text::units(&code) <= MOST_IN_FOOT && text::units(&code) > MOST_IN_FOOT - 2, "{code}");
            assert!(code.contains(" · 2024&R"));
        }
    }

    #[test]
    fn the_room_of_a_page_is_what_the_margins_leave() {
        let margins = Margins { left: 0.5, right: 0.5, top: 1.0, bottom: 1.0, head: 0.3, foot: 0.3 };
        let (across, down) = A4Page::portrait(margins).room();
        assert!((across - 523.3).abs() < 0.01 && (down - 697.9).abs() < 0.01);
        assert_eq!(A4Page::landscape(margins).room().0, A4_LONG - 72.0);
    }
}
