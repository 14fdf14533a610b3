//! The look of a template: one place.

use rust_xlsxwriter::{Color, Format, FormatAlign};
use sheet::style::{FONT, RULE, TOTAL_FILL, head, letters, link, number_format, ruled};

/// Grounds of input cells that must be filled, and of the others.
pub(super) const REQUIRED_FILL: Color = Color::RGB(0xFF_EFB3);
const OPTIONAL_FILL: Color = Color::RGB(0xFF_FCEE);

/// Cell formats of a template.
pub(super) struct Styles {
    pub heading: Format,
    pub unit: Format,
    pub hint: Format,
    pub title: Format,
    pub head: Format,
    pub code: Format,
    pub centered: Format,
    pub label: Format,
    pub label_words: Format,
    pub label_hint: Format,
    pub share: Format,
    pub count: Format,
    pub decimal: Format,
    pub percent: Format,
    pub choice: Format,
    pub text: Format,
    pub short_text: Format,
    pub date: Format,
    pub plain: Format,
    pub status: Format,
    pub bar: Format,
    pub link: Format,
    pub task: Format,
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
        let input = bordered.clone().set_unlocked().set_background_color(OPTIONAL_FILL).set_text_wrap();
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
            task: bordered.clone().set_font_size(11).set_shrink().set_indent(1),
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
            hint: plain
                .clone()
                .set_text_wrap()
                .set_italic()
                .set_font_size(11)
                .set_font_color(Color::RGB(0x40_4040)),
            title: plain.set_bold(),
            head: head(bordered.clone().set_font_size(11)),
            // For programs, not for the eye: by them a value is found when rows were moved.
            code: letters(2.0).set_font_color(Color::RGB(0xD9_D9D9)),
            centered: bordered.clone().set_align(FormatAlign::Center).set_font_size(11).set_text_wrap(),
            label: bordered.clone().set_text_wrap().set_indent(1),
            label_words: Format::new().set_font_name(FONT).set_font_size(12),
            label_hint: Format::new()
                .set_font_name(FONT)
                .set_font_size(9)
                .set_italic()
                .set_font_color(Color::RGB(0x5F_5F5F)),
            share: bordered
                .set_background_color(TOTAL_FILL)
                .set_num_format("0.00")
                .set_align(FormatAlign::Center),
            count: input.clone().set_num_format(number_format::COUNT).set_align(FormatAlign::Right),
            decimal: input.clone().set_num_format(number_format::DECIMALS).set_align(FormatAlign::Right),
            percent: input.clone().set_num_format("0.00").set_align(FormatAlign::Right),
            choice: input.clone().set_align(FormatAlign::Center),
            text: input.clone().set_num_format(number_format::TEXT).set_align(FormatAlign::Top),
            // A line or two stands in the middle, as the figures beside it do.
            short_text: input
                .clone()
                .set_num_format(number_format::TEXT)
                .set_align(FormatAlign::VerticalCenter),
            date: input.set_num_format(number_format::DATE).set_align(FormatAlign::Center),
        }
    }
}
