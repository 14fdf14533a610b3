//! UTF-8 that some program read in another code page (“ÄÃ£ tá»• chá»©c”), and letters lost to question marks (“t? ch?c”).

use super::syllable::is_syllable;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// 0x80 to 0x9F in Windows's code pages; a program that knows no letter there leaves the byte as it is.
const WINDOWS: [(char, u8); 27] = [
    ('€', 0x80),
    ('‚', 0x82),
    ('ƒ', 0x83),
    ('„', 0x84),
    ('…', 0x85),
    ('†', 0x86),
    ('‡', 0x87),
    ('ˆ', 0x88),
    ('‰', 0x89),
    ('Š', 0x8A),
    ('‹', 0x8B),
    ('Œ', 0x8C),
    ('Ž', 0x8E),
    ('‘', 0x91),
    ('’', 0x92),
    ('“', 0x93),
    ('”', 0x94),
    ('•', 0x95),
    ('–', 0x96),
    ('—', 0x97),
    ('˜', 0x98),
    ('™', 0x99),
    ('š', 0x9A),
    ('›', 0x9B),
    ('œ', 0x9C),
    ('ž', 0x9E),
    ('Ÿ', 0x9F),
];
/// How often a text may have been spoiled.
const MOST_TIMES: usize = 3;
/// Where the code page of Viet Nam differs from that of Western Europe.
const WINDOWS_1258: [(char, u8); 13] = [
    ('Ă', 0xC3),
    ('\u{300}', 0xCC),
    ('Đ', 0xD0),
    ('\u{309}', 0xD2),
    ('Ơ', 0xD5),
    ('Ư', 0xDD),
    ('\u{303}', 0xDE),
    ('ă', 0xE3),
    ('\u{301}', 0xEC),
    ('đ', 0xF0),
    ('\u{323}', 0xF2),
    ('ơ', 0xF5),
    ('ư', 0xFD),
];
/// 0x80 to 0xFF of Mac OS Roman.
const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/// What is 0xC3 or 0xC4 in some code page: the first bytes of à and Đ, the letters that lose their second.
const MAIMED: [char; 5] = ['Ã', 'Ă', 'Ä', '√', 'ƒ'];

/// The code page in which UTF-8 was read by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Misread {
    /// Windows-1252, and Latin-1, which keeps control characters in the places of its letters.
    Western,
    /// Windows-1258.
    Vietnamese,
    Mac,
}

impl Misread {
    const ALL: [Misread; 3] = [Misread::Western, Misread::Vietnamese, Misread::Mac];

    /// The byte behind a character.
    fn byte(self, c: char) -> Option<u8> {
        let in_table =
            |table: &[(char, u8)]| table.iter().find(|(known, _)| *known == c).map(|(_, byte)| *byte);
        let latin1 = || u8::try_from(u32::from(c)).ok().filter(|byte| *byte >= 0x80);
        match self {
            Misread::Western => in_table(&WINDOWS).or_else(latin1),
            Misread::Vietnamese => in_table(&WINDOWS_1258).or_else(|| in_table(&WINDOWS)).or_else(latin1),
            Misread::Mac => {
                let place = MAC.chars().position(|known| known == c)?;
                u8::try_from(place).ok().map(|place| place + 0x80)
            }
        }
    }

    /// The whole text as the bytes of UTF-8; nothing where it cannot be that or says the same.
    fn read_anew(self, typed: &str) -> Option<String> {
        if typed.is_ascii() {
            return None;
        }
        let byte = |c: char| if c.is_ascii() { u8::try_from(c).ok() } else { self.byte(c) };
        let bytes: Option<Vec<u8>> = typed.chars().map(byte).collect();
        String::from_utf8(bytes?).ok()
    }
}

/// Mends text that is UTF-8 read in another code page; nothing when it is not, or not for certain.
///
/// A letter must come of characters that stand together in no language, and the words it stands in must be Vietnamese.
/// Text that was spoiled twice is mended twice. Give the text as it was typed: the control characters in it may be
/// halves of letters.
///
/// ```
/// use vietnamese::text::mend_misread;
/// assert_eq!(mend_misread("Ä‘Ã£ tá»• chá»©c").as_deref(), Some("đã tổ chức"));
/// assert_eq!(mend_misread("Đã tổ chức"), None);
/// ```
pub fn mend_misread(typed: &str) -> Option<String> {
    may_be_misread(typed).then(|| mended(typed, MOST_TIMES))?
}

/// Whether two characters stand together as bytes of one letter would; most texts are passed over for want of such a pair.
fn may_be_misread(typed: &str) -> bool {
    typed.chars().zip(typed.chars().skip(1)).any(|(c, next)| {
        // What is left of a maimed letter may stand before anything.
        !c.is_ascii() && (MAIMED.contains(&c) || (!next.is_ascii() && may_be_bytes(c, next)))
    })
}

/// Whether both are bytes in one code page: the first of a letter and a later one.
fn may_be_bytes(first: char, second: char) -> bool {
    // No code page has the letters with two marks, of which Vietnamese is full.
    let is_nowhere = |c: char| matches!(c, '\u{1E00}'..='\u{1EFF}');
    let is =
        |byte: Option<u8>, wanted: std::ops::RangeInclusive<u8>| byte.is_some_and(|b| wanted.contains(&b));
    let may_be = |page: &Misread| is(page.byte(first), 0xC2..=0xF4) && is(page.byte(second), 0x80..=0xBF);
    !is_nowhere(first) && !is_nowhere(second) && Misread::ALL.iter().any(may_be)
}

fn mended(typed: &str, times: usize) -> Option<String> {
    // Spoiled more than once, it holds letters of no Vietnamese text in between, and all of it can be read anew.
    let deeper = || Misread::ALL.iter().find_map(|page| mended(&page.read_anew(typed)?, times - 1));
    (times > 1).then(deeper).flatten().or_else(|| mended_once(typed))
}

fn mended_once(typed: &str) -> Option<String> {
    let attempts = Misread::ALL.map(|code_page| Attempt::of(code_page, typed));
    let best = attempts.into_iter().max_by_key(|attempt| attempt.letters)?;
    // One find among good Vietnamese is chance: “lá»…” closes a quotation.
    let has_good_letters = typed.chars().any(|c| is_vietnamese(c) && u32::from(c) > 0xFF && c != 'ƒ');
    let needed = if has_good_letters { 3 } else { 1 };
    (best.letters >= needed && best.reads_well()).then_some(best.text)
}

/// A text read anew.
struct Attempt {
    text: String,
    /// How many letters, and marks of quotation, came of several characters.
    letters: usize,
}

impl Attempt {
    fn of(code_page: Misread, typed: &str) -> Attempt {
        let chars: Vec<char> = typed.chars().collect();
        let mut attempt = Attempt { text: String::with_capacity(typed.len()), letters: 0 };
        let mut at = 0;
        while let Some(c) = chars.get(at) {
            let rest = &chars[at..];
            let before = chars[..at].iter().rev().find(|c| !c.is_whitespace());
            let is_first = at == 0 || !chars[at - 1].is_alphabetic();
            let opens = before.is_none_or(|c| matches!(c, '.' | '!' | '?'));
            let maimed =
                || maimed(code_page, rest).or_else(|| is_first.then(|| lone_d(code_page, rest, opens))?);
            match letter(code_page, rest).or_else(maimed) {
                Some((letter, length)) => {
                    attempt.letters += usize::from(!letter.is_whitespace());
                    attempt.text.push(letter);
                    at += length;
                }
                None => {
                    attempt.text.push(*c);
                    at += 1;
                }
            }
        }
        attempt
    }

    /// Whether the words with marks are Vietnamese for the greater part.
    fn reads_well(&self) -> bool {
        let composed: String = self.text.nfc().collect();
        let words =
            || composed.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_ascii() && word.len() > 2);
        let good = words().filter(|word| is_syllable(word)).count();
        good * 2 >= words().count()
    }
}

/// The letter that the first characters are the bytes of, and how many they are.
fn letter(code_page: Misread, chars: &[char]) -> Option<(char, usize)> {
    let first = code_page.byte(*chars.first()?)?;
    let length = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => return None,
    };
    let bytes: Option<Vec<u8>> = chars.get(..length)?.iter().map(|c| code_page.byte(*c)).collect();
    let bytes = bytes?;
    let letter = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    may_be_meant(letter).then_some((letter, length))
}

/// Letters of which the second half was lost: à, whose no-break space became a plain one, and Đ, whose second byte is a
/// letter nowhere.
fn maimed(code_page: Misread, chars: &[char]) -> Option<(char, usize)> {
    let byte = |at: usize| chars.get(at).and_then(|c| code_page.byte(*c));
    match (byte(0)?, chars.get(1).copied()) {
        (0xC3, Some(' ')) => Some(('à', if chars.get(2).is_none_or(|c| *c == ' ') { 2 } else { 1 })),
        (0xC4, Some('?' | char::REPLACEMENT_CHARACTER)) => Some(('Đ', 2)),
        _ => None,
    }
}

/// đ, whose second byte is a control character to some and was removed: it alone begins a word so. Whether it was a
/// capital is lost with it; the beginning of a sentence is taken for one.
fn lone_d(code_page: Misread, chars: &[char], opens: bool) -> Option<(char, usize)> {
    let is_lead = code_page.byte(*chars.first()?)? == 0xC4;
    let follows = chars.get(1).is_some_and(|c| c.is_alphabetic());
    (is_lead && follows).then_some((if opens { 'Đ' } else { 'đ' }, 1))
}

/// What a Vietnamese text holds beyond ASCII.
fn may_be_meant(c: char) -> bool {
    is_vietnamese(c)
        || super::is_tone(c)
        || super::is_shape(c)
        || matches!(
            c,
            '\u{A0}' | '\u{200B}' | '\u{FEFF}' | '«' | '»' | '°' | '²' | '³' | '½' | '×' | '₫' | '\u{2010}'
                ..='\u{2026}'
        )
}

/// A letter with marks of Vietnamese.
fn is_vietnamese(c: char) -> bool {
    if matches!(c, 'đ' | 'Đ') {
        return true;
    }
    let mut parts = std::iter::once(c).nfd();
    let is_base = parts.next().is_some_and(|base| "aeiouyAEIOUY".contains(base));
    let marks: Vec<char> = parts.collect();
    is_base && !marks.is_empty() && marks.iter().all(|mark| super::is_tone(*mark) || super::is_shape(*mark))
}

/// The words in which letters were lost: a question mark, or the sign for what could not be read, stands in their place.
///
/// A question mark at the end of a word is one, and so is one between two words that somebody forgot to set apart.
///
/// ```
/// use vietnamese::text::words_with_lost_letters;
/// assert_eq!(words_with_lost_letters("?ã t? ch?c 3 l?p"), ["?ã", "ch?c", "l?p"]);
/// assert!(words_with_lost_letters("Bao giờ xong?Chưa rõ. Có cần không?").is_empty());
/// ```
pub fn words_with_lost_letters(text: &str) -> Vec<Cow<'_, str>> {
    let words = text.split_whitespace().filter(|word| word.contains(['?', char::REPLACEMENT_CHARACTER]));
    words.filter(|word| has_lost_letter(word)).map(Cow::Borrowed).collect()
}

fn has_lost_letter(word: &str) -> bool {
    if word.contains(char::REPLACEMENT_CHARACTER) {
        return true;
    }
    // Addresses of pages and what is handed over in them.
    if ["://", "www.", "=", "@", "&"].iter().any(|sign| word.contains(sign)) {
        return false;
    }
    let letters = |part: &str| part.chars().filter(|c| c.is_alphabetic()).count();
    let stands_alone = |part: &str| letters(part) > 1 && part.chars().any(is_vowel);
    let mut pieces = word.split('?').peekable();
    let mut before = pieces.next().unwrap_or_default();
    for piece in pieces {
        let follows = piece.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let leads = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if !follows.is_empty() {
            let two_words = stands_alone(leads) && stands_alone(follows);
            let inside = !leads.is_empty() && !two_words;
            let in_front = leads.is_empty() && follows.starts_with(char::is_lowercase);
            if inside || in_front {
                return true;
            }
        }
        // Of two in a row the letters before the first count.
        if !piece.is_empty() {
            before = piece;
        }
    }
    false
}

fn is_vowel(c: char) -> bool {
    std::iter::once(c).nfd().next().is_some_and(|base| "aeiouyAEIOUY".contains(base))
}

#[cfg(test)]
mod tests;
