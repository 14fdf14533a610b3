//! Names written in a code page that nobody tells, as Windows puts them into zips and old mails.

use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;
use vietnamese::text::is_syllable;

/// 0x80 to 0xFF of the code pages of the console, which zips were made for.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// A name as it was meant: UTF-8 where it can be, else in the code page in which it holds Vietnamese words.
pub(super) fn read(name: &[u8]) -> String {
    if let Ok(name) = std::str::from_utf8(name) {
        return name.nfc().collect();
    }
    let windows =
        |encoding: &'static Encoding| encoding.decode_without_bom_handling(name).0.nfc().collect::<String>();
    let console = |table: &str| {
        let upper: Vec<char> = table.chars().collect();
        let letter = |byte: &u8| match byte.checked_sub(0x80) {
            Some(place) => upper.get(usize::from(place)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
            None => char::from(*byte),
        };
        name.iter().map(letter).collect::<String>()
    };
    // Where two fit alike the first is taken.
    let readings = [windows(WINDOWS_1258), windows(WINDOWS_1252), console(CP850), console(CP437)];
    let mut best: Option<(i32, String)> = None;
    for reading in readings {
        let fit = fit(&reading);
        if best.as_ref().is_none_or(|(known, _)| fit > *known) {
            best = Some((fit, reading));
        }
    }
    best.map(|(_, reading)| reading).unwrap_or_default()
}

/// How well a reading looks like Vietnamese, by its words with marks and by its signs.
fn fit(reading: &str) -> i32 {
    let words = reading.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_ascii());
    // Marks that fell on a consonant were none.
    let fits = |c: char| c.is_ascii() || matches!(c, 'đ' | 'Đ') || is_vowel(c);
    let is_word = |word: &str| is_syllable(word) && word.chars().all(fits);
    let of_words: i32 = words.map(|word| if is_word(word) { 3 } else { -2 }).sum();
    let signs = reading.chars().filter(|c| !c.is_ascii() && !c.is_alphabetic()).count();
    of_words.saturating_sub(i32::try_from(signs).unwrap_or(i32::MAX).saturating_mul(2))
}

fn is_vowel(c: char) -> bool {
    std::iter::once(c).nfd().next().is_some_and(|base| "aeiouyAEIOUY".contains(base))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn console(table: &str, name: &str) -> Vec<u8> {
        let place = |c: char| table.chars().position(|known| known == c).map(|at| at as u8 + 0x80);
        name.chars().map(|c| if c.is_ascii() { c as u8 } else { place(c).unwrap_or(b'?') }).collect()
    }

    /// As Windows writes it: whole letters where the code page has them, else the letter and its tone.
    fn cp1258(name: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        for c in name.chars() {
            let apart: Vec<char> = std::iter::once(c).nfd().collect();
            let is_tone = |c: &&char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
            let base: String = apart.iter().filter(|c| !is_tone(c)).copied().nfc().collect();
            let whole = WINDOWS_1258.encode(&c.to_string()).0.into_owned();
            let is_known = WINDOWS_1258.decode_without_bom_handling(&whole).0 == c.to_string();
            if is_known {
                bytes.extend(whole);
            } else {
                bytes.extend(WINDOWS_1258.encode(&base).0.iter());
                bytes.extend(
                    apart
                        .iter()
                        .filter(is_tone)
                        .flat_map(|tone| WINDOWS_1258.encode(&tone.to_string()).0.into_owned()),
                );
            }
        }
        bytes
    }

    #[test]
    fn names_of_windows_are_read_by_their_words() {
        for name in
            ["Huyện Đức Hòa/802-Huyện Đức Hòa.xlsx", "thị xã Kiến Tường (sửa lần 2).xls", "Tân Trụ.xlsx"]
        {
            assert_eq!(read(&cp1258(name)), name);
            assert_eq!(read(name.as_bytes()), name, "UTF-8 without its mark");
            assert_eq!(read(name.nfd().collect::<String>().as_bytes()), name, "as macOS writes");
        }
        assert_eq!(read(b"Huy?n \xD0?c H\x95a.xlsx"), "Huy?n ð?c Hòa.xlsx");
        assert_eq!(read(&console(CP850, "xã Tân Phú.xlsx")), "xã Tân Phú.xlsx");
        assert_eq!(read(&console(CP437, "Tân An.xlsx")), "Tân An.xlsx");
        assert_eq!(read(b"T\xE2n An v\xE0 Long H\xF2a.xlsx"), "Tân An và Long Hòa.xlsx");
        assert_eq!(read(b"plain.xlsx"), "plain.xlsx");
        assert_eq!(CP437.chars().count(), 128);
        assert_eq!(CP850.chars().count(), 128);
    }
}
