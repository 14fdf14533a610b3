//! What a Vietnamese syllable may look like: the yardstick that tells legacy 8-bit text from good text.

use unicode_normalization::UnicodeNormalization;

/// Onsets as they are spelt, longest first within a letter.
const ONSETS: &[&str] = &[
    "ngh", "ng", "nh", "n", "ch", "c", "th", "tr", "t", "gh", "gi", "g", "kh", "k", "ph", "qu", "q", "b",
    "d", "đ", "h", "l", "m", "p", "r", "s", "v", "x", "",
];

/// Rhymes without their tone.
const RHYMES: &str = "\
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu \
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu \
o oc oi om on ong ooc oong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet \
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uên uêt uôc uôi uôm uôn uông uôt uơ uy uya uych uynh uyn uyp \
uyt uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu";

/// Whether a word is one Vietnamese syllable, tone included; letter case and tone placement do not matter.
///
/// A final c, ch, p or t allows only the tones sắc and nặng, as the language has it.
pub fn is_syllable(word: &str) -> bool {
    let mut tones = 0;
    let mut stopped_tone = false;
    let bare: String = word
        .nfd()
        .filter(|mark| {
            let tone = super::is_tone(*mark);
            tones += usize::from(tone);
            stopped_tone |= matches!(mark, '\u{301}' | '\u{323}');
            !tone
        })
        .nfc()
        .flat_map(char::to_lowercase)
        .collect();
    let stopped = ["c", "ch", "p", "t"].iter().any(|last| bare.ends_with(last));
    tones <= 1
        && (!stopped || stopped_tone)
        && ONSETS.iter().any(|onset| bare.strip_prefix(onset).is_some_and(|rhyme| may_follow(onset, rhyme)))
}

fn may_follow(onset: &str, rhyme: &str) -> bool {
    let first = rhyme.chars().next();
    let fits = match onset {
        "q" => first == Some('u'),
        "qu" => matches!(first, Some('a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'y' | 'ơ' | 'ô')),
        "gi" => !matches!(first, Some('i' | 'y')),
        _ => true,
    };
    let after_qu = onset == "qu" && matches!(rhyme, "ynh" | "yt" | "ych" | "yp" | "yn");
    fits && (after_qu || RHYMES.split(' ').any(|known| known == rhyme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_and_near_misses() {
        for good in [
            "Huyện",
            "Đức",
            "Hòa",
            "Hoà",
            "Đạt",
            "quý",
            "quyết",
            "quốc",
            "giếng",
            "gì",
            "nghiệp",
            "Thủ",
            "Thừa",
            "xã",
            "ấp",
            "khuỷu",
            "trường",
            "ĐƯỢC",
            "Giuộc",
            "oanh",
            "yêu",
            "quỳnh",
            "già",
            "giữa",
            "toán",
        ] {
            assert!(is_syllable(good), "{good}");
        }
        for bad in [
            "hoøa", "où", "x·", "mère", "cafe", "dạtt", "pạen", "hộtel", "bébé", "dat", "dàt", "Müller",
            "qa", "oùa", "Hanọ", "ñöùc", "ă", "đ", "",
        ] {
            assert!(!is_syllable(bad), "{bad}");
        }
    }
}
