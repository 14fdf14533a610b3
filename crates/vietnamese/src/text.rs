//! Typed text made clean: Unicode as one expects it, no invisible characters, single spaces.

mod legacy;
mod mojibake;
mod syllable;

pub use legacy::{LegacyFont, decode_as, decode_legacy};
pub use mojibake::{mend_misread, words_with_lost_letters};
pub use syllable::is_syllable;

use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class, is_nfc};

/// One kind of change made to a typed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextChange {
    /// Decoded from an 8-bit font: to be disclosed with the text before and after.
    Decoded(LegacyFont),
    /// UTF-8 that was read in another code page, read again: likewise.
    Mended,
    /// Letters and marks joined into whole letters (NFC), also when the marks came in the wrong order.
    Composed,
    /// The Icelandic Ð (U+00D0), which looks the same, replaced by Đ (U+0110).
    EthReplaced,
    /// Invisible characters removed: zero-width, byte order mark, direction marks, control characters.
    InvisibleRemoved,
    /// No-break and other special spaces, tabs and line breaks replaced by plain spaces.
    SpacesReplaced,
    /// Repeated, leading or trailing spaces removed.
    SpacesCollapsed,
}

impl TextChange {
    /// Whether the eye could see the difference; the other changes need no finding.
    pub fn is_visible(self) -> bool {
        matches!(self, TextChange::Decoded(_) | TextChange::Mended)
    }
}

/// A text and what was done to it, each kind of change once, in the order of [`TextChange`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned<'a> {
    /// The clean text; borrowed when nothing had to change.
    pub text: Cow<'a, str>,
    /// What was changed.
    pub changes: Vec<TextChange>,
}

impl Cleaned<'_> {
    /// The font the text was decoded from, if it was.
    pub fn decoded_from(&self) -> Option<LegacyFont> {
        self.changes.iter().find_map(|change| match change {
            TextChange::Decoded(font) => Some(*font),
            _ => None,
        })
    }

    /// Whether the text had been read in a wrong code page before.
    pub fn is_mended(&self) -> bool {
        self.changes.contains(&TextChange::Mended)
    }
}

/// Reads a typed text: decodes 8-bit fonts and mends misread UTF-8 where there is proof, then cleans; the door every
/// reader goes through.
///
/// `font` is the way of writing the cell's font stands for, where the format tells ([`LegacyFont::from_font_name`]).
///
/// ```
/// use vietnamese::text::{LegacyFont, TextChange, read_text};
/// let read = read_text("HuyÖn  §øc Hßa", None);
/// assert_eq!(read.text, "Huyện Đức Hòa");
/// assert_eq!(read.changes, [TextChange::Decoded(LegacyFont::Tcvn3), TextChange::SpacesCollapsed]);
/// ```
pub fn read_text(typed: &str, font: Option<LegacyFont>) -> Cleaned<'_> {
    read_with(typed, font, clean)
}

/// Like [`read_text`] for running text: line breaks stay, each line is clean, empty lines go.
pub fn read_lines(typed: &str, font: Option<LegacyFont>) -> Cleaned<'_> {
    read_with(typed, font, clean_lines)
}

fn read_with(typed: &str, font: Option<LegacyFont>, clean: fn(&str) -> Cleaned<'_>) -> Cleaned<'_> {
    let (change, text) = match mend_misread(typed) {
        Some(mended) => (TextChange::Mended, mended),
        None => match decode_legacy(typed, font) {
            Some((font, decoded)) => (TextChange::Decoded(font), decoded),
            None => return clean(typed),
        },
    };
    let cleaned = clean(&text);
    let changes = std::iter::once(change).chain(cleaned.changes).collect();
    Cleaned { text: Cow::Owned(cleaned.text.into_owned()), changes }
}

/// Cleans a Unicode text into one line. The soft hyphen goes with the invisible characters, so decode first.
///
/// ```
/// use vietnamese::text::clean;
/// assert_eq!(clean(" Tân\u{a0}\u{200b}Trụ ").text, "Tân Trụ");
/// assert!(clean("Tân Trụ").changes.is_empty());
/// ```
pub fn clean(typed: &str) -> Cleaned<'_> {
    if is_plain(typed) {
        return Cleaned { text: Cow::Borrowed(typed), changes: Vec::new() };
    }
    let mut changes = Vec::new();
    let mut note = |change, changed: bool| {
        if changed && !changes.contains(&change) {
            changes.push(change);
        }
    };
    // Before composing: what stands unseen between a letter and its mark keeps the two apart.
    let visible = match typed.contains(is_invisible) {
        true => Cow::Owned(typed.replace(is_invisible, "")),
        false => Cow::Borrowed(typed),
    };
    note(TextChange::InvisibleRemoved, visible != typed);
    let composed = compose(&visible);
    note(TextChange::Composed, composed != visible);
    let mut text = String::with_capacity(composed.len());
    let mut gap = false;
    for c in composed.chars() {
        if is_space(c) {
            note(TextChange::SpacesReplaced, c != ' ');
            note(TextChange::SpacesCollapsed, gap || text.is_empty());
            gap = true;
        } else {
            if gap && !text.is_empty() {
                text.push(' ');
            }
            gap = false;
            note(TextChange::EthReplaced, matches!(c, 'Ð' | 'ð'));
            text.push(match c {
                'Ð' => 'Đ',
                'ð' => 'đ',
                other => other,
            });
        }
    }
    note(TextChange::SpacesCollapsed, gap);
    changes.sort();
    let text = if changes.is_empty() { Cow::Borrowed(typed) } else { Cow::Owned(text) };
    Cleaned { text, changes }
}

/// Whether a text is printable ASCII with single spaces between its words: figures, codes, dates. Most cells are.
fn is_plain(typed: &str) -> bool {
    let printable = typed.bytes().all(|b| matches!(b, b' '..=b'~'));
    printable && !typed.starts_with(' ') && !typed.ends_with(' ') && !typed.contains("  ")
}

fn clean_lines(typed: &str) -> Cleaned<'_> {
    let lines: Vec<Cleaned> = typed.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}']).map(clean).collect();
    let kept: Vec<&str> =
        lines.iter().map(|line| line.text.as_ref()).filter(|line| !line.is_empty()).collect();
    let text = kept.join("\n");
    let mut changes: Vec<TextChange> = lines.iter().flat_map(|line| line.changes.iter().copied()).collect();
    if changes.is_empty() && text == typed {
        return Cleaned { text: Cow::Borrowed(typed), changes };
    }
    changes.sort();
    changes.dedup();
    Cleaned { text: Cow::Owned(text), changes }
}

/// NFC, with the shape of a vowel (â, ă, ơ) before its tone: some input programs write `e ́ ̂`, which NFC alone keeps.
fn compose(typed: &str) -> Cow<'_, str> {
    // No character before U+0300 is a mark; most need no look into the tables.
    let marks = typed.chars().any(|c| c >= '\u{300}' && canonical_combining_class(c) != 0);
    if !marks && is_nfc(typed) {
        return Cow::Borrowed(typed);
    }
    let mut letters: Vec<char> = typed.nfd().collect();
    for cluster in letters.chunk_by_mut(|_, next| canonical_combining_class(*next) != 0) {
        if cluster.iter().any(|mark| is_shape(*mark)) {
            cluster[1..].sort_by_key(|mark| !is_shape(*mark));
        }
    }
    // Composing must not reorder the marks back, so each cluster is composed mark by mark.
    let mut composed = String::with_capacity(typed.len());
    for cluster in letters.chunk_by(|_, next| canonical_combining_class(*next) != 0) {
        let mut marks = cluster.iter().copied();
        let mut letter = marks.next();
        for mark in marks {
            let joined = letter.and_then(|l| unicode_normalization::char::compose(l, mark));
            if joined.is_some() {
                letter = joined;
            } else {
                composed.extend(letter.replace(mark));
            }
        }
        composed.extend(letter);
    }
    Cow::Owned(composed.nfc().collect())
}

/// Circumflex, breve and horn: the marks that make another letter.
fn is_shape(mark: char) -> bool {
    matches!(mark, '\u{302}' | '\u{306}' | '\u{31B}')
}

/// Grave, acute, tilde, hook and dot below: the five tone marks.
pub(super) fn is_tone(mark: char) -> bool {
    matches!(mark, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{2800}' | '\u{3164}')
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
        || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use TextChange::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_unseen_between_a_letter_and_its_mark_does_not_keep_them_apart() {
        let cleaned = clean("a\u{200B}\u{301}");
        assert_eq!((cleaned.text.as_ref(), cleaned.changes), ("á", vec![Composed, InvisibleRemoved]));
        let found_by_fuzzing = clean("x\u{300}\u{11}\0\u{323}");
        assert_eq!(found_by_fuzzing.text, "x\u{323}\u{300}");
    }

    #[test]
    fn texts_and_what_was_changed() {
        let table: &[(&str, &str, &[TextChange])] = &[
            ("Tân Trụ", "Tân Trụ", &[]),
            ("", "", &[]),
            ("   ", "", &[SpacesCollapsed]),
            ("\u{feff}Tân Trụ", "Tân Trụ", &[InvisibleRemoved]),
            ("Tân\u{a0}Trụ", "Tân Trụ", &[SpacesReplaced]),
            ("Tân\u{202f}Trụ", "Tân Trụ", &[SpacesReplaced]),
            ("Tân  Trụ ", "Tân Trụ", &[SpacesCollapsed]),
            ("Tân\r\nTrụ", "Tân Trụ", &[SpacesReplaced, SpacesCollapsed]),
            ("Tan\u{302}\u{200b}", "Tan\u{302}", &[InvisibleRemoved]),
            ("Ta\u{302}n Tru\u{323}", "Tân Trụ", &[Composed]),
            ("Huyê\u{323}n", "Huyện", &[Composed]), // CP1258: whole ê, loose tone
            ("Huye\u{323}\u{302}n", "Huyện", &[Composed]), // NFD
            ("tiê\u{301}ng", "tiếng", &[Composed]),
            ("tie\u{301}\u{302}ng", "tiếng", &[Composed]), // tone before shape
            ("tié\u{302}ng", "tiếng", &[Composed]),
            ("Ðức Hòa", "Đức Hòa", &[EthReplaced]),
            ("a\u{2}b", "ab", &[InvisibleRemoved]),
        ];
        for (typed, text, changes) in table {
            let cleaned = clean(typed);
            assert_eq!((cleaned.text.as_ref(), cleaned.changes.as_slice()), (*text, *changes), "{typed:?}");
        }
    }

    #[test]
    fn the_soft_hyphen_goes_only_where_it_is_no_letter() {
        assert_eq!(read_text("tr\u{ad}êng THCS", None).text, "trường THCS");
        assert_eq!(read_text("Tân\u{ad} Trụ", None).text, "Tân Trụ");
    }

    #[test]
    fn running_text_keeps_its_lines() {
        let read = read_lines("Đã mở  12 lớp;\r\n\r\n Còn thiếu phòng.\n", None);
        assert_eq!(read.text, "Đã mở 12 lớp;\nCòn thiếu phòng.");
        assert_eq!(read_lines("một\nhai", None).changes, []);
        assert_eq!(read_lines("§· më\n12 líp häc", None).text, "Đã mở\n12 lớp học");
    }

    proptest! {
        #[test]
        fn cleaning_never_panics_and_is_done_once(typed in any::<String>()) {
            let once = clean(&typed).text.into_owned();
            let again = clean(&once);
            prop_assert_eq!(&again.text, &once);
            prop_assert!(again.changes.is_empty(), "{:?}", again.changes);
            prop_assert!(is_nfc(&once));
        }

        #[test]
        fn reading_never_panics(typed in "[\u{a0}-\u{ff}a-zA-Z .]{0,20}", arbitrary in any::<String>()) {
            for font in [None, Some(LegacyFont::Tcvn3), Some(LegacyFont::Tcvn3Capitals), Some(LegacyFont::Vni)] {
                read_text(&typed, font);
                read_lines(&arbitrary, font);
            }
        }

        #[test]
        fn letters_taken_apart_come_together(words in "[a-zàáảãạăắằẳẵặâấầẩẫậđèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ]{1,12}") {
            let apart: String = words.nfd().collect();
            prop_assert_eq!(clean(&apart).text, words.as_str());
        }
    }
}
