//! Texts as a document takes them.

use unicode_normalization::UnicodeNormalization;

/// A text composed, without characters that XML forbids or that show nothing; every line end is `\n`, other white space
/// a space. A no-break space stays one.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.nfc() {
        let was_return = std::mem::replace(&mut after_return, c == '\r');
        match c {
            '\n' if was_return => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{a0}' => out.push(c),
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() || is_hidden(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Marks of direction and of nothing, and codes that stand for no character: XML forbids U+FFFE and U+FFFF.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || (c as u32) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_composed_and_holds_nothing_that_xml_forbids() {
        assert_eq!(clean("Th\u{f4}\u{323}ng\u{0}\u{1b} tin\u{fffe}\u{ffff}"), "Thộng tin");
        assert_eq!(clean("a\r\nb\rc\u{2028}d\te\u{a0}f"), "a\nb\nc\nd e\u{a0}f");
        assert_eq!(clean("x\u{202e}y\u{feff}z\u{1fffe}"), "xyz");
        assert_eq!(clean("漢😀"), "漢😀");
    }
}
