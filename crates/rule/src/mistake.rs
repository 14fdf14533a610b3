//! What is wrong with a rule's text, and where.

use super::ast::Span;

/// One mistake in a rule or in the text of its message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Bytes of the text as it was given to the reader.
    pub span: Span,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub cure: String,
}

impl Mistake {
    pub(super) fn new(span: Span, what: impl Into<String>, cure: impl Into<String>) -> Self {
        Mistake { span, what: what.into(), cure: cure.into() }
    }

    /// Line and column from 1 (in characters) of a text in which the mistake stands.
    pub fn line_and_column(&self, text: &str) -> (usize, usize) {
        let before = text.get(..self.span.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    /// The line with carets under the mistake, what is wrong and the cure, for a rule that stands alone.
    pub fn shown(&self, text: &str) -> String {
        let (number, column) = self.line_and_column(text);
        let line = text.lines().nth(number - 1).unwrap_or_default();
        let marked =
            text.get(self.span.clone()).map_or(0, |part| part.lines().next().unwrap_or("").chars().count());
        format!(
            "{line}\n{}{}\n{}\nCách sửa: {}",
            " ".repeat(column - 1),
            "^".repeat(marked.max(1)),
            self.what,
            self.cure
        )
    }
}
