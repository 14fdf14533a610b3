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

/// Where a byte of a TOML string's value stands in the string as it is written in the file, quotes and escapes
/// included: the span of `toml::Spanned` plus this is the place in the file.
///
/// ```
/// // "a \" b": the value is `a " b`, and its byte 4 stands at byte 6 of the written form.
/// assert_eq!(xhht::rule::offset_in_toml(r#""a \" b""#, 4), 6);
/// assert_eq!(xhht::rule::offset_in_toml("'a b'", 2), 3);
/// ```
pub fn offset_in_toml(written: &str, offset: usize) -> usize {
    let basic = written.starts_with('"');
    let long = written.starts_with("\"\"\"") || written.starts_with("'''");
    let mut at = if long { 3 } else { 1 };
    // A line break right after the opening quotes does not belong to the value.
    if long {
        at +=
            if written[at..].starts_with("\r\n") { 2 } else { usize::from(written[at..].starts_with('\n')) };
    }
    let mut value = 0;
    // At the place itself a line that goes on below still has to be followed there.
    let goes_on_below = |at: usize| {
        let rest = written.get(at..).unwrap_or_default();
        basic && rest.strip_prefix('\\').is_some_and(|rest| rest.starts_with(char::is_whitespace))
    };
    while value < offset || goes_on_below(at) {
        let Some(c) = written.get(at..).and_then(|rest| rest.chars().next()) else { break };
        if !(basic && c == '\\') {
            at += c.len_utf8();
            value += c.len_utf8();
            continue;
        }
        let rest = &written[at + 1..];
        let digits = match rest.chars().next() {
            Some('u') => 4,
            Some('U') => 8,
            Some('x') => 2,
            Some(c) if c.is_whitespace() => {
                // A backslash at the end of a line swallows the white space up to the next word.
                at += 1 + rest.len() - rest.trim_start().len();
                continue;
            }
            _ => 0,
        };
        let code = rest.get(1..1 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        value += code.filter(|_| digits > 0).and_then(char::from_u32).map_or(1, char::len_utf8);
        at += 2 + digits;
    }
    at
}
