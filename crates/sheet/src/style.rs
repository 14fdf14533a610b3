//! The look that every sheet shares: one typeface, ruled cells, heads, links.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

/// The typeface of everything.
pub const FONT: &str = "Times New Roman";
/// Ground of the heads of tables.
pub const HEAD_FILL: Color = Color::RGB(0xDC_E6F1);
/// Ground of rows that add up.
pub const TOTAL_FILL: Color = Color::RGB(0xF2_F2F2);
/// Lines around the cells of forms and letters.
pub const RULE: Color = Color::RGB(0x8C_8C8C);
/// Lines around the cells of tables that are only read.
pub const COOL_RULE: Color = Color::RGB(0x8E_9AAB);
/// Letters that lead somewhere.
pub const LINK: Color = Color::RGB(0x05_63C1);

/// Letters of so many points in the middle of their row.
pub fn letters(points: f64) -> Format {
    Format::new().set_font_name(FONT).set_font_size(points).set_align(FormatAlign::VerticalCenter)
}

/// With thin lines of a colour around the cell.
pub fn ruled(format: Format, lines: Color) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(lines)
}

/// As the head of a table looks: bold, centred, on its ground.
pub fn head(format: Format) -> Format {
    format
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(HEAD_FILL)
}

/// As words look that lead somewhere.
pub fn link(format: Format) -> Format {
    format.set_font_color(LINK).set_underline(FormatUnderline::Single)
}

/// How numbers and days are shown.
pub mod number_format {
    /// A whole number.
    pub const COUNT: &str = "#,##0";
    /// A number with as many decimals as it has, six at most.
    pub const DECIMALS: &str = "#,##0.######";
    /// A day.
    pub const DATE: &str = "dd/mm/yyyy";
    /// Words, whatever they look like.
    pub const TEXT: &str = "@";

    /// A number with so many decimals.
    ///
    /// ```
    /// use sheet::style::number_format;
    /// assert_eq!(number_format::places(2), "#,##0.00");
    /// assert_eq!(number_format::places(0), number_format::COUNT);
    /// ```
    pub fn places(decimals: u32) -> String {
        match decimals {
            0 => COUNT.to_owned(),
            _ => format!("{COUNT}.{}", "0".repeat(decimals as usize)),
        }
    }

    /// A figure in points of a hundred with its sign. The sign is written out: Excel's own would multiply by 100.
    pub fn percent_points(decimals: u32) -> String {
        places(decimals) + "\"%\""
    }

    /// As [`places`], nothing for zero and less: an empty result counts as 0 in a chart and must not be printed as one.
    pub fn places_above_zero(decimals: u32) -> String {
        places(decimals) + ";;"
    }
}
