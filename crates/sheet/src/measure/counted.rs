//! How high a text stands, reckoned from the number of its letters: for columns whose width is given in characters.

use super::HIGHEST_ROW;

/// Lines of letters all taken to be of one width.
///
/// ```
/// use sheet::measure::CountedLines;
/// let lines = CountedLines { letter: 1.0, line: 15.0, around: 5.0 };
/// assert_eq!(lines.count("Số người học", 10.0), 2.0);
/// assert_eq!(lines.row_height(&[("Số người học", 10.0), ("Có", 5.0)]), 35.0);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct CountedLines {
    /// Width of a letter in characters of the column's width.
    pub letter: f64,
    /// Height of a line.
    pub line: f64,
    /// Room above and below the lines together.
    pub around: f64,
}

impl CountedLines {
    /// Lines that a text takes in a column of so many characters.
    pub fn count(&self, text: &str, characters: f64) -> f64 {
        let lines =
            |paragraph: &str| (paragraph.chars().count() as f64 * self.letter / characters).ceil().max(1.0);
        text.lines().map(lines).sum()
    }

    /// Height of a box around a text of so many characters across.
    pub fn height(&self, text: &str, characters: f64) -> f64 {
        self.count(text, characters) * self.line + self.around
    }

    /// Height of a row of these texts in columns of these widths, as far as a row can be high.
    pub fn row_height(&self, texts: &[(&str, f64)]) -> f64 {
        let most = texts.iter().map(|(text, characters)| self.count(text, *characters)).fold(1.0, f64::max);
        (most * self.line + self.around).min(HIGHEST_ROW)
    }
}
