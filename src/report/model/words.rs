//! Running text, parts of it set off in bold or italic.

use std::fmt;
use std::ops::Deref;

/// Words of a paragraph or a point; read as one text, shown as runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    text: String,
    /// Where each run begins and how it is set; the first begins at 0.
    runs: Vec<(usize, Emphasis)>,
}

/// How a run is set off from the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Emphasis {
    /// In bold.
    pub bold: bool,
    /// In italic.
    pub italic: bool,
}

impl Emphasis {
    /// Not at all.
    pub const NONE: Emphasis = Emphasis { bold: false, italic: false };
}

impl Words {
    /// Adds a run.
    pub fn push(&mut self, text: &str, emphasis: Emphasis) {
        if text.is_empty() {
            return;
        }
        if self.runs.last().is_none_or(|(_, last)| *last != emphasis) {
            self.runs.push((self.text.len(), emphasis));
        }
        self.text.push_str(text);
    }

    /// The words of each run and how they are set off.
    pub fn runs(&self) -> impl Iterator<Item = (&str, Emphasis)> {
        let ends = self.runs.iter().skip(1).map(|(start, _)| *start).chain([self.text.len()]);
        self.runs.iter().zip(ends).map(|((start, emphasis), end)| (&self.text[*start..end], *emphasis))
    }

    /// The same words, their end put in the place of `tail` bytes; the last run goes on.
    #[must_use]
    pub fn ended(&self, tail: usize, end: &str) -> Self {
        let kept = self.text.len().saturating_sub(tail);
        let mut words = Words::default();
        let mut at = 0;
        for (run, emphasis) in self.runs() {
            words.push(&run[..run.len().min(kept.saturating_sub(at))], emphasis);
            at += run.len();
        }
        let last = words.runs.last().map_or(Emphasis::NONE, |(_, emphasis)| *emphasis);
        words.push(end, last);
        words
    }
}

impl Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        let mut words = Words::default();
        words.push(text, Emphasis::NONE);
        words
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Words::from(text.as_str())
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOLD: Emphasis = Emphasis { bold: true, italic: false };

    #[test]
    fn runs_hold_what_was_pushed_and_the_end_can_be_changed() {
        let mut words = Words::from("Đạt ");
        words.push("", BOLD);
        words.push("5 ", BOLD);
        words.push("chỉ tiêu", BOLD);
        words.push(";", Emphasis::NONE);
        let shown: Vec<_> = words.runs().collect();
        assert_eq!(shown, [("Đạt ", Emphasis::NONE), ("5 chỉ tiêu", BOLD), (";", Emphasis::NONE)]);
        assert_eq!(&*words, "Đạt 5 chỉ tiêu;");
        let ended = words.ended(1, ".");
        assert_eq!(ended.runs().collect::<Vec<_>>(), [("Đạt ", Emphasis::NONE), ("5 chỉ tiêu.", BOLD)]);
        assert_eq!(Words::default().ended(3, ".").runs().collect::<Vec<_>>(), [(".", Emphasis::NONE)]);
        assert_eq!(Words::default().runs().count(), 0);
    }
}
