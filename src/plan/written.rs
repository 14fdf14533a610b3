//! Places inside a text of a plan file, as it is written there.

/// Where a byte of a TOML string's value stands in the string as it is written in the file, quotes and escapes
/// included: the span of `toml::Spanned` plus this is the place in the file.
pub(super) fn offset_in_toml(written: &str, offset: usize) -> usize {
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

#[cfg(test)]
mod tests {
    use super::offset_in_toml;

    #[test]
    fn a_place_in_a_text_is_found_in_its_file() {
        // "a \" b": the value is `a " b`, and its byte 4 stands at byte 6 of the written form.
        assert_eq!(offset_in_toml(r#""a \" b""#, 4), 6);
        assert_eq!(offset_in_toml("'a b'", 2), 3);
        assert_eq!(offset_in_toml("\"dta <= tong\"", 0), 1);
        assert_eq!(offset_in_toml("'''\ndta'''", 0), 4);
        assert_eq!(offset_in_toml("\"\"\"\r\na \\\n   b\"\"\"", 2), 12);
    }
}
