//! The look of a template: one place.

use rust_xlsxwriter::{Color, Format, FormatAlign};
use sheet::style::{RULE, TOTAL_FILL, head, letters, link, number_format, ruled};

/// Cell formats of a template.
pub(super) struct Styles {
    pub heading: Format,
    pub unit: Format,
    pub hint: Format,
    pub title: Format,
    pub head: Format,
    pub code_head: Format,
    pub code: Format,
    pub centered: Format,
    pub label: Format,
    pub count: Format,
    pub decimal: Format,
    pub percent: Format,
    pub choice: Format,
    pub text: Format,
    pub date: Format,
    pub plain: Format,
    pub status: Format,
    pub bar: Format,
    pub link: Format,
    pub good: Format,
    pub bad: Format,
    pub undecided: Format,
    pub broken: Format,
    pub doubtful: Format,
    pub previous_head: Format,
    pub previous_count: Format,
    pub previous_decimal: Format,
    pub previous_choice: Format,
}

impl Styles {
    pub fn new() -> Self {
        let plain = letters(12.0);
        let bordered = ruled(plain.clone(), RULE);
        let input =
            bordered.clone().set_unlocked().set_background_color(Color::RGB(0xFF_FBE6)).set_text_wrap();
        let quiet = bordered
            .clone()
            .set_font_size(8)
            .set_font_color(Color::RGB(0x6E_6E6E))
            .set_align(FormatAlign::Center);
        // Smaller and grey: beside the figures of this year, never among them. Shrinking keeps a long figure from ####.
        let previous = bordered
            .clone()
            .set_italic()
            .set_font_size(9)
            .set_font_color(Color::RGB(0x5F_5F5F))
            .set_background_color(Color::RGB(0xF7_F7F7));
        let previous_value = previous.clone().set_shrink();
        // Marks, not only colours: a rule's verdict is also a sign, so that a black-and-white print tells it.
        Styles {
            plain: plain.clone(),
            status: plain.clone().set_bold(),
            bar: bordered.clone().set_num_format("0%").set_align(FormatAlign::Center),
            link: link(bordered.clone()),
            good: Format::new().set_font_color(Color::RGB(0x1E_6B2E)),
            bad: Format::new().set_font_color(Color::RGB(0xB0_1E1E)).set_bold(),
            undecided: Format::new().set_font_color(Color::RGB(0x6E_6E6E)).set_italic(),
            broken: Format::new()
                .set_background_color(Color::RGB(0xF8_CBAD))
                .set_font_color(Color::RGB(0x9C_0006))
                .set_bold(),
            doubtful: Format::new().set_background_color(Color::RGB(0xFF_E08A)),
            previous_head: previous.set_align(FormatAlign::Center).set_text_wrap(),
            previous_count: previous_value
                .clone()
                .set_num_format(number_format::COUNT)
                .set_align(FormatAlign::Right),
            previous_decimal: previous_value
                .clone()
                .set_num_format(number_format::DECIMALS)
                .set_align(FormatAlign::Right),
            previous_choice: previous_value.set_align(FormatAlign::Center),
            heading: plain.clone().set_bold().set_font_size(14),
            unit: plain.clone().set_bold(),
            hint: plain.clone().set_italic().set_font_size(11).set_font_color(Color::RGB(0x40_4040)),
            title: plain.set_bold(),
            head: head(bordered.clone().set_font_size(11)),
            code_head: quiet.clone().set_italic().set_background_color(TOTAL_FILL),
            code: quiet.set_text_wrap(),
            centered: bordered.clone().set_align(FormatAlign::Center).set_font_size(11).set_text_wrap(),
            label: bordered.set_text_wrap().set_indent(1),
            count: input.clone().set_num_format(number_format::COUNT).set_align(FormatAlign::Right),
            decimal: input.clone().set_num_format(number_format::DECIMALS).set_align(FormatAlign::Right),
            percent: input.clone().set_num_format("0.00").set_align(FormatAlign::Right),
            choice: input.clone().set_align(FormatAlign::Center),
            text: input.clone().set_num_format(number_format::TEXT).set_align(FormatAlign::Top),
            date: input.set_num_format(number_format::DATE).set_align(FormatAlign::Center),
        }
    }
}
