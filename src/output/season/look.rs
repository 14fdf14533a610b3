//! The look of the season's sheets, and the frame they share: a title, words below it, a table with its head.

use rust_xlsxwriter::{Format, FormatAlign, ProtectionOptions, Worksheet, XlsxError};
use sheet::measure::{Face, height, lines};
use sheet::page::{A4Page, Foot, Margins};
use sheet::style::{FONT, RULE, head, letters, number_format, ruled};
use sheet::text;

/// Letters of cells, of heads, of the words above a table.
const CELL: Face = Face { size: 11.0, bold: false };
const HEAD: Face = Face { size: 11.0, bold: true };
const WORDS: Face = Face { size: 12.0, bold: false };
/// Pixels of a character of a column's width, and of the room beside them.
const CHARACTER: f64 = 7.0;
const BESIDE: f64 = 5.0;
const MARGINS: Margins = Margins { left: 0.5, right: 0.5, top: 0.6, bottom: 0.7, head: 0.3, foot: 0.3 };
/// Row of the heads of a table: below the title and the words.
const HEAD_ROW: u32 = 3;
/// Characters of a text in a cell that is only to be read.
const LONGEST: usize = 700;

/// Cell formats.
pub(super) struct Look {
    pub title: Format,
    pub words: Format,
    pub head: Format,
    pub cell: Format,
    pub centered: Format,
    pub number: Format,
    pub day: Format,
    /// A cell to type in.
    pub input: Format,
    /// One whose content is not understood yet.
    pub doubtful: Format,
}

impl Look {
    pub fn new() -> Self {
        let top = letters(11.0).set_align(FormatAlign::Top);
        // What a sender typed stays words, whatever it begins with.
        let cell = ruled(top.clone().set_num_format(number_format::TEXT).set_text_wrap(), RULE);
        let input = cell.clone().set_unlocked().set_background_color(0xFF_FBE6);
        Look {
            title: letters(15.0).set_bold(),
            words: top.set_font_size(12.0).set_text_wrap(),
            head: head(cell.clone()),
            centered: cell.clone().set_align(FormatAlign::Center),
            number: cell.clone().set_num_format(number_format::COUNT).set_align(FormatAlign::Center),
            day: cell.clone().set_num_format(number_format::DATE).set_align(FormatAlign::Center),
            doubtful: input.clone().set_background_color(0xF8_CBAD),
            input,
            cell,
        }
    }
}

/// Height of a row of these texts in columns of these widths.
fn row_height(texts: &[(&str, f64)], face: Face) -> f64 {
    let pixels = |characters: f64| (characters * CHARACTER + BESIDE) as u32;
    let most = texts.iter().map(|(text, width)| lines(text, pixels(*width), face)).max();
    height(most.unwrap_or(1), face.size)
}

/// A column of a table: its head and its width in characters.
pub(super) type Columns = [(&'static str, f64)];

/// A sheet with one table.
pub(super) struct Table<'a> {
    pub worksheet: &'a mut Worksheet,
    look: &'a Look,
    columns: &'a Columns,
    head: u32,
    next: u32,
    /// Rows below the last that are printed.
    below: u32,
}

/// What a cell of a table holds.
pub(super) enum Cell<'a> {
    Words(&'a str),
    /// Words that are not cut.
    Long(&'a str),
    Short(&'a str),
    /// A number; nothing for none.
    Count(usize),
    Day(Option<chrono::NaiveDate>),
    /// A cell to type in, with what is typed so far.
    Input(&'a str),
    /// The same, where what is typed is not understood.
    Doubtful(&'a str),
    /// Kept for the program.
    Key(&'a str),
}

impl<'a> Table<'a> {
    /// Begins a sheet of that name: title, words about it, heads.
    pub fn begin(
        worksheet: &'a mut Worksheet,
        look: &'a Look,
        name: &str,
        title: &str,
        about: &[&str],
        columns: &'a Columns,
    ) -> Result<Self, XlsxError> {
        worksheet.set_name(name)?.set_screen_gridlines(false);
        let last = u16::try_from(columns.len()).unwrap_or(1) - 1;
        for (column, (_, width)) in (0..).zip(columns) {
            worksheet.set_column_width(column, *width)?;
        }
        let width: f64 = columns.iter().map(|(_, width)| width).sum();
        worksheet.set_row_height(0, 26)?;
        worksheet.write_string_with_format(0, 0, title, &look.title)?;
        let mut next = 1;
        for words in about {
            worksheet.set_row_height(next, row_height(&[(words, width)], WORDS))?;
            worksheet.merge_range(next, 0, next, last, words, &look.words)?;
            next += 1;
        }
        let head = next.max(HEAD_ROW);
        let heads: Vec<(&str, f64)> = columns.iter().map(|(head, width)| (*head, *width - 2.0)).collect();
        worksheet.set_row_height(head, row_height(&heads, HEAD))?;
        for (column, (title, _)) in (0..).zip(columns) {
            worksheet.write_string_with_format(head, column, *title, &look.head)?;
        }
        worksheet.set_freeze_panes(head + 1, 0)?.set_repeat_rows(head, head)?;
        Ok(Table { worksheet, look, columns, head, next: head + 1, below: 0 })
    }

    /// The row that comes next.
    pub fn next_row(&self) -> u32 {
        self.next
    }

    /// Adds a row, a cell a column.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        let mut measured: Vec<(String, f64)> = Vec::new();
        for ((column, cell), (_, width)) in (0..).zip(cells).zip(self.columns) {
            let (row, look) = (self.next, self.look);
            let mut put = |words: &str, format: &Format| {
                self.worksheet.write_string_with_format(row, column, words, format).map(|_| ())
            };
            let shortened = |words: &str| text::shortened(&text::clean(words), LONGEST);
            match cell {
                Cell::Words(words) => put(&shortened(words), &look.cell)?,
                Cell::Short(words) => put(&shortened(words), &look.centered)?,
                Cell::Long(words) => put(&text::clean(words), &look.cell)?,
                Cell::Input(words) => put(&text::clean(words), &look.input)?,
                Cell::Doubtful(words) => put(&text::clean(words), &look.doubtful)?,
                Cell::Key(key) => put(key, &look.cell)?,
                Cell::Count(0) => put("", &look.number)?,
                Cell::Count(count) => {
                    self.worksheet.write_number_with_format(row, column, *count as u32, &look.number)?;
                }
                Cell::Day(Some(day)) => {
                    self.worksheet.write_datetime_with_format(row, column, day, &look.day)?;
                }
                Cell::Day(None) => put("", &look.day)?,
            }
            match cell {
                Cell::Words(words) | Cell::Short(words) => measured.push((shortened(words), *width)),
                Cell::Long(words) | Cell::Input(words) | Cell::Doubtful(words) => {
                    measured.push((text::clean(words), *width));
                }
                Cell::Count(_) | Cell::Day(_) | Cell::Key(_) => {}
            }
        }
        let measured: Vec<(&str, f64)> =
            measured.iter().map(|(words, width)| (words.as_str(), *width)).collect();
        self.worksheet.set_row_height(self.next, row_height(&measured, CELL))?;
        self.next += 1;
        Ok(())
    }

    /// As [`Self::end`], with so many rows below the table, for what stands there.
    pub fn end_below(mut self, foot: &str, printed: u16, rows: u32) -> Result<(), XlsxError> {
        self.below = rows;
        self.end_on_pages(foot, printed, 0)
    }

    /// As [`Self::end`], all on one page.
    pub fn end_on_one_page(self, foot: &str, printed: u16) -> Result<(), XlsxError> {
        self.end_on_pages(foot, printed, 1)
    }

    /// Ends the sheet: its first columns are printed over the width of a page, its rows can be filtered, and it is locked
    /// but where something is typed.
    pub fn end(self, foot: &str, printed: u16) -> Result<(), XlsxError> {
        self.end_on_pages(foot, printed, 0)
    }

    fn end_on_pages(self, foot: &str, printed: u16, down: u16) -> Result<(), XlsxError> {
        let Table { worksheet, columns, head, next, below, .. } = self;
        let last = u16::try_from(columns.len()).unwrap_or(1) - 1;
        worksheet.set_print_area(0, 0, next - 1 + below, printed - 1)?;
        if next > head + 1 {
            worksheet.autofilter(head, 0, next - 1, last)?;
        }
        let foot = Foot { typeface: FONT, name: foot, after: "" };
        A4Page::landscape(MARGINS).fit(1, down).foot(foot).set_up(worksheet);
        let mut options = ProtectionOptions::new();
        options.format_columns = true;
        options.format_rows = true;
        options.use_autofilter = true;
        worksheet.protect_with_options(&options);
        Ok(())
    }
}
