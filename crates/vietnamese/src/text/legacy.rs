//! Text typed for the 8-bit fonts of the nineties, TCVN3 (.VnTime) and VNI (VNI-Times).
//!
//! Such text arrives as Latin-1 letters that only look Vietnamese in its own font. Tables: TCVN 5712:1993 (VN3) and
//! the VNI Windows character set.

use super::syllable::is_syllable;
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// An 8-bit way of writing Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LegacyFont {
    /// .VnTime and its family.
    Tcvn3,
    /// .VnTimeH and its family: small letters are drawn as capitals.
    Tcvn3Capitals,
    /// VNI-Times and its family.
    Vni,
}

impl LegacyFont {
    /// The way of writing behind a font name, where a workbook tells it.
    ///
    /// ```
    /// use vietnamese::text::LegacyFont;
    /// assert_eq!(LegacyFont::from_font_name(".VnTimeH"), Some(LegacyFont::Tcvn3Capitals));
    /// assert_eq!(LegacyFont::from_font_name("VNI-Times"), Some(LegacyFont::Vni));
    /// assert_eq!(LegacyFont::from_font_name("Times New Roman"), None);
    /// ```
    pub fn from_font_name(name: &str) -> Option<Self> {
        let name = name.trim();
        let lower = name.to_ascii_lowercase();
        if lower.starts_with(".vn") {
            Some(if name.ends_with('H') { LegacyFont::Tcvn3Capitals } else { LegacyFont::Tcvn3 })
        } else {
            lower.starts_with("vni-").then_some(LegacyFont::Vni)
        }
    }

    /// The name people know it by.
    pub fn name(self) -> &'static str {
        match self {
            LegacyFont::Tcvn3 | LegacyFont::Tcvn3Capitals => "TCVN3 (.VnTime)",
            LegacyFont::Vni => "VNI",
        }
    }
}

/// U+00A1 to U+00FE in TCVN3; a space where the set has no letter. U+00AD, the soft hyphen, is ư.
const TCVN3: [char; 94] = [
    'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', ' ', // A1
    ' ', ' ', ' ', ' ', ' ', 'à', 'ả', 'ã', 'á', 'ạ', ' ', 'ằ', 'ẳ', 'ẵ', 'ắ', ' ', // B0
    ' ', ' ', ' ', ' ', ' ', ' ', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', ' ', 'ẻ', 'ẽ', // C0
    'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', ' ', ' ', ' ', 'ĩ', 'í', 'ị', 'ò', // D0
    ' ', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', // E0
    ' ', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', // F0
];

/// VNI: a base letter, the letters that may follow it as marks, and what each pair stands for.
const VNI_PAIRS: [(char, &str, &str); 7] = [
    ('a', "ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"),
    ('e', "ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
    ('o', "ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    ('u', "ùøûõï", "úùủũụ"),
    ('y', "ùøûõï", "ýỳỷỹỵ"),
    ('ô', "ùøûõï", "ớờởỡợ"),
    ('ö', "ùøûõï", "ứừửữự"),
];

/// VNI letters that stand alone.
const VNI_SINGLES: [(char, char); 9] = [
    ('í', 'í'),
    ('ì', 'ì'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('ô', 'ơ'),
    ('ö', 'ư'),
    ('î', 'ỵ'),
    ('ñ', 'đ'),
];

/// VNI pairs that French also writes (maïs, où, aérien): alone they prove nothing.
const FRENCH_PAIRS: [&str; 9] = ["aï", "oï", "uï", "où", "oû", "eû", "aé", "aë", "aü"];

/// Turns 8-bit text into Unicode when it can be nothing else: which way of writing it was, and the text.
///
/// Detection looks for words that are no Vietnamese syllable as they stand and become one when decoded; text that is
/// good Vietnamese, plain ASCII, French or English stays alone, and so does a lone word that reads both ways. `hint` is
/// the cell's font where the format tells; it lowers the amount of proof asked for, not the care.
///
/// Give the text as it was typed: cleaning it first could lose the soft hyphen, which is TCVN3's ư.
///
/// ```
/// use vietnamese::text::{LegacyFont, decode_legacy};
/// assert_eq!(decode_legacy("§øc Hßa", None), Some((LegacyFont::Tcvn3, "Đức Hòa".to_owned())));
/// assert_eq!(decode_legacy("Ñöùc Hoøa", None), Some((LegacyFont::Vni, "Đức Hòa".to_owned())));
/// assert_eq!(decode_legacy("Đức Hòa", None), None);
/// ```
pub fn decode_legacy(typed: &str, hint: Option<LegacyFont>) -> Option<(LegacyFont, String)> {
    // Nearly all that is typed is plain figures or composed Vietnamese: it must cost no more than a look.
    if typed.is_ascii() {
        return None;
    }
    let typed = composed(typed);
    let latin1_letters = typed.chars().all(|c| u32::from(c) <= 0xFF || !c.is_alphabetic());
    if !latin1_letters {
        return None;
    }
    let fonts = match hint {
        Some(font) => vec![font],
        None => vec![LegacyFont::Tcvn3, LegacyFont::Vni],
    };
    let proofs: Vec<(LegacyFont, Proof)> =
        fonts.into_iter().map(|font| (font, Proof::gathered(font, &typed))).collect();
    let best =
        proofs.iter().filter(|(_, proof)| proof.suffices(hint.is_some())).max_by_key(|(_, p)| p.weight())?;
    let rivals =
        proofs.iter().filter(|(_, p)| p.suffices(hint.is_some()) && p.weight() == best.1.weight()).count();
    (rivals == 1).then(|| (best.0, decode_as(best.0, &typed)))
}

/// Decodes text known to be written for a font, without asking whether it can be.
pub fn decode_as(font: LegacyFont, typed: &str) -> String {
    letter_runs(font, &composed(typed))
        .map(|word| match font {
            LegacyFont::Tcvn3Capitals => decode_word(font, word).0.to_uppercase(),
            _ => decode_word(font, word).0,
        })
        .collect()
}

fn composed(typed: &str) -> Cow<'_, str> {
    if is_nfc(typed) { Cow::Borrowed(typed) } else { Cow::Owned(typed.nfc().collect()) }
}

/// What speaks for a text being written for a font.
#[derive(Debug, Default)]
struct Proof {
    /// Words that no living language writes so.
    strong: usize,
    /// Words that are not Vietnamese but could be French or German.
    weak: usize,
    /// Words that decoding would spoil.
    against: usize,
}

impl Proof {
    fn gathered(font: LegacyFont, typed: &str) -> Proof {
        let mut proof = Proof::default();
        for word in letter_runs(font, typed) {
            let (decoded, mapped) = decode_word(font, word);
            if mapped == 0 || is_abbreviation(&decoded) {
                continue;
            }
            if !is_syllable(&decoded) {
                proof.against += 1;
            } else if !is_syllable(word) {
                let with_onset = !decoded.starts_with(|c: char| is_vowel(c));
                if with_onset && (mapped > 1 || is_strong(font, word)) {
                    proof.strong += 1;
                } else {
                    proof.weak += 1;
                }
            }
        }
        proof
    }

    fn suffices(&self, hinted: bool) -> bool {
        if hinted {
            self.strong + self.weak > 0 && self.against * 4 <= self.strong + self.weak
        } else {
            (self.strong > 0 || self.weak > 1) && self.against * 4 <= self.strong
        }
    }

    fn weight(&self) -> usize {
        4 * self.strong + self.weak
    }
}

/// Runs of what the font draws as letters, and the runs between them.
fn letter_runs(font: LegacyFont, text: &str) -> impl Iterator<Item = &str> {
    let is_letter = move |c: char| c.is_alphabetic() || (font != LegacyFont::Vni && tcvn3(c).is_some());
    let mut rest = text;
    std::iter::from_fn(move || {
        let inside = is_letter(rest.chars().next()?);
        let end = rest.find(|c: char| is_letter(c) != inside).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

/// The word decoded and how many of its letters the font's table knew.
fn decode_word(font: LegacyFont, word: &str) -> (String, usize) {
    let (decoded, mapped) = if font == LegacyFont::Vni { decode_vni(word) } else { decode_tcvn3(word) };
    // TCVN3 has no accented capitals: "HUYÖN" was typed in capitals and means HUYỆN.
    let ascii = || word.chars().filter(char::is_ascii_alphabetic);
    let inner_capital = word.chars().skip(1).any(|c| c.is_ascii_uppercase());
    if font == LegacyFont::Tcvn3 && inner_capital && ascii().all(|c| c.is_ascii_uppercase()) {
        (decoded.to_uppercase(), mapped)
    } else {
        (decoded, mapped)
    }
}

fn tcvn3(c: char) -> Option<char> {
    let index = usize::try_from(u32::from(c).checked_sub(0xA1)?).ok()?;
    TCVN3.get(index).copied().filter(|letter| *letter != ' ')
}

fn decode_tcvn3(word: &str) -> (String, usize) {
    let decoded = word.chars().map(|c| tcvn3(c).unwrap_or(c)).collect();
    (decoded, word.chars().filter(|c| tcvn3(*c).is_some()).count())
}

fn decode_vni(word: &str) -> (String, usize) {
    let mut decoded = String::with_capacity(word.len() + 4);
    let mut mapped = 0;
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let pair = letters.peek().and_then(|mark| vni_pair(letter, *mark));
        if pair.is_some() {
            letters.next();
        }
        let found = pair.or_else(|| vni_single(letter));
        mapped += usize::from(found.is_some());
        decoded.push(found.unwrap_or(letter));
    }
    (decoded, mapped)
}

fn vni_pair(base: char, mark: char) -> Option<char> {
    let (small, mark) = (lower(base), lower(mark));
    let (_, marks, letters) = VNI_PAIRS.iter().find(|(known, ..)| *known == small)?;
    let index = marks.chars().position(|known| known == mark)?;
    letters.chars().nth(index).map(|letter| cased_like(base, letter))
}

fn vni_single(letter: char) -> Option<char> {
    let small = lower(letter);
    let (_, meant) = VNI_SINGLES.iter().find(|(known, _)| *known == small)?;
    Some(cased_like(letter, *meant))
}

/// Whether it is a word no French, German or Spanish writer would produce, given that it holds a letter of the font's table.
fn is_strong(font: LegacyFont, word: &str) -> bool {
    let no_vowel = !word.chars().any(is_vowel);
    match font {
        LegacyFont::Vni => {
            let small = word.to_lowercase();
            no_vowel || {
                let letters: Vec<char> = small.chars().collect();
                letters.windows(2).any(|pair| {
                    vni_pair(pair[0], pair[1]).is_some()
                        && !FRENCH_PAIRS.contains(&pair.iter().collect::<String>().as_str())
                })
            }
        }
        LegacyFont::Tcvn3 | LegacyFont::Tcvn3Capitals => {
            let odd = |c: char| {
                matches!(
                    c,
                    '\u{A1}'
                        ..='\u{BF}' | '×' | '÷' | 'ß' | 'þ' | 'Þ' | 'ð' | 'æ' | 'Æ' | 'å' | 'Å' | 'ø' | 'Ø'
                )
            };
            let small_inside = word.chars().any(|c| c.is_ascii_lowercase());
            let capital_inside = word.chars().skip(1).any(|c| !c.is_ascii() && c.is_uppercase());
            // "Hãa" for Hóa: the same vowel twice, once with a mark; French does so only in "ée".
            let letters: Vec<char> = word.to_lowercase().chars().collect();
            let doubled = letters.windows(2).any(|pair| {
                pair != ['é', 'e']
                    && pair[0] != pair[1]
                    && is_vowel(pair[0])
                    && base(pair[0]) == base(pair[1])
            });
            no_vowel || doubled || word.chars().any(odd) || (small_inside && capital_inside)
        }
    }
}

/// Capital consonants such as BCĐ or QĐ: neither proof nor counter-proof.
fn is_abbreviation(decoded: &str) -> bool {
    decoded.chars().all(|c| c.is_ascii_uppercase() || c == 'Đ')
}

fn is_vowel(c: char) -> bool {
    matches!(base(c), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// The small letter under the marks.
fn base(c: char) -> char {
    std::iter::once(c).nfd().next().unwrap_or(c).to_ascii_lowercase()
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn cased_like(model: char, letter: char) -> char {
    if model.is_uppercase() { letter.to_uppercase().next().unwrap_or(letter) } else { letter }
}

#[cfg(test)]
mod tests;
