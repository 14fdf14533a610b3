//! A list across the page: a title, words about it, heads, numbered rows of texts.

use super::look::{LINES, Look};
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

/// Row of the heads, below the title and the words about the list.
pub(super) const HEAD: u32 = 2;

/// What a list looks like.
pub(super) struct List<'a> {
    pub look: &'a Look,
    /// Heads and widths in characters; the first numbers the rows.
    pub columns: &'a [(&'static str, f64)],
    /// Characters from edge to edge.
    pub width: f64,
}

impl List<'_> {
    /// The last column.
    pub fn last(&self) -> u16 {
        u16::try_from(self.columns.len()).unwrap_or(1) - 1
    }

    /// Writes what stands above the rows.
    pub fn begin(
        &self,
        worksheet: &mut Worksheet,
        sheet: &str,
        title: &str,
        words: &str,
    ) -> Result<(), XlsxError> {
        worksheet.set_name(sheet)?.set_screen_gridlines(false);
        for (column, (_, width)) in (0..).zip(self.columns) {
            worksheet.set_column_width(column, *width)?;
        }
        worksheet.set_row_height(0, 24)?;
        worksheet.merge_range(0, 0, 0, self.last(), title, &self.look.title)?;
        worksheet.set_row_height(1, LINES.row_height(&[(words, self.width)]))?;
        worksheet.merge_range(1, 0, 1, self.last(), words, &self.look.words)?;
        worksheet.set_row_height(HEAD, 24)?;
        for (column, (head, _)) in (0..).zip(self.columns) {
            worksheet.write_string_with_format(HEAD, column, *head, &self.look.head)?;
        }
        Ok(())
    }

    /// Writes a row: its number, and a text for each other column in the look that `style` gives the column.
    pub fn row<'s>(
        &'s self,
        worksheet: &mut Worksheet,
        number: u32,
        texts: &[String],
        style: impl Fn(u16) -> &'s Format,
    ) -> Result<(), XlsxError> {
        let row = HEAD + number;
        let measured: Vec<(&str, f64)> =
            texts.iter().zip(&self.columns[1..]).map(|(text, (_, width))| (text.as_str(), *width)).collect();
        worksheet.set_row_height(row, LINES.row_height(&measured))?;
        let counted = self.look.centered.clone().set_num_format("0");
        worksheet.write_number_with_format(row, 0, number, &counted)?;
        for (column, text) in (1..).zip(texts) {
            worksheet.write_string_with_format(row, column, text, style(column))?;
        }
        Ok(())
    }
}
