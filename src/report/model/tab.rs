//! How a section stands in the workbook: the name and group of its sheet, and what frames a sheet that is an official form.

use super::Formula;

/// A sheet of the workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Tab {
    /// Name, at most 31 characters.
    pub name: String,
    /// What the sheet is for.
    pub group: TabGroup,
    /// Too long to be printed with the others: for looking things up on the screen.
    pub on_screen: bool,
    /// Whether the sheet shows which of its cells are no longer what was written.
    pub watched: bool,
    /// How many of its cells are no longer what was written, told in its head.
    pub edited: Option<Box<Formula>>,
    /// The section that its head leads back to.
    pub back: Option<String>,
    /// What stands around the table of an official form.
    pub frame: Option<Box<FormFrame>>,
}

/// What a sheet is for; sheets of a group have tabs of one colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TabGroup {
    /// Where to find what.
    Guide,
    /// What the figures say.
    #[default]
    Results,
    /// The figures.
    Figures,
    /// Where they come from and what was found in them.
    Records,
}

/// Who reports, the number of the form, and who signs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormFrame {
    /// Lines in the upper left and in the upper right corner.
    pub head: [Vec<FormLine>; 2],
    /// Lines of each signature, from left to right.
    pub signatures: Vec<Vec<FormLine>>,
}

/// A line of the frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormLine {
    /// Words; none leaves room for a signature.
    pub text: String,
    /// How they look.
    pub style: LineStyle,
}

/// How a line of the frame looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineStyle {
    /// As running text.
    Plain,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Room to sign in.
    Room,
}

impl FormLine {
    /// A line of words.
    pub fn new(text: impl Into<String>, style: LineStyle) -> Self {
        FormLine { text: text.into(), style }
    }

    /// Room to sign in.
    pub fn room() -> Self {
        FormLine::new("", LineStyle::Room)
    }
}

impl From<String> for Tab {
    fn from(name: String) -> Self {
        Tab {
            name,
            group: TabGroup::default(),
            on_screen: false,
            watched: false,
            edited: None,
            back: None,
            frame: None,
        }
    }
}

impl From<&str> for Tab {
    fn from(name: &str) -> Self {
        Tab::from(name.to_owned())
    }
}
