//! What anybody may type as a name, a word or an answer, in Unicode of any form and in the two 8-bit ways of writing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unicode_normalization::is_nfc;
use vietnamese::choice::{match_choice, read_level, read_yes_no};
use vietnamese::empty::read_empty;
use vietnamese::name::{Match, bare_letters, fold, is_same_name, match_name, split_kind};
use vietnamese::text::{LegacyFont, clean, decode_as, decode_legacy, read_lines, read_text};
use xhht_fuzz::plan;

const ANSWERS: [&str; 4] = ["Đạt", "Chưa đạt", "Chưa có tiêu chí", "Không phát sinh"];

fuzz_target!(|bytes: &[u8]| {
    // As text, and as what an 8-bit file looks like when its bytes are taken for letters.
    if let Ok(typed) = std::str::from_utf8(bytes) {
        words(typed);
    }
    words(&bytes.iter().map(|byte| char::from(*byte)).collect::<String>());
});

fn words(typed: &str) {
    let cleaned = clean(typed);
    assert!(is_nfc(&cleaned.text), "{typed:?}: {:?} is not composed", cleaned.text);
    assert!(!cleaned.text.chars().any(char::is_control), "{typed:?}: control characters stay");
    assert!(!cleaned.text.contains("  ") && cleaned.text.trim() == cleaned.text, "{typed:?}: spaces stay");
    assert_eq!(clean(&cleaned.text).text, cleaned.text, "{typed:?}: cleaned twice is another text");
    assert_eq!(cleaned.changes.is_empty(), cleaned.text == typed, "{typed:?}: {:?}", cleaned.changes);
    for line in read_lines(typed, None).text.lines() {
        assert!(is_nfc(line) && line.trim() == line && !line.is_empty(), "{typed:?}: {line:?}");
    }

    let folded = fold(typed);
    assert_eq!(fold(&folded), folded, "{typed:?}: folded twice is another name");
    assert!(is_same_name(typed, &folded), "{typed:?} is not the same as its folded form");
    assert_eq!(bare_letters(&folded), bare_letters(typed), "{typed:?}");
    split_kind(typed);

    for font in [None, Some(LegacyFont::Tcvn3), Some(LegacyFont::Vni)] {
        let read = read_text(typed, font);
        assert!(is_nfc(&read.text), "{typed:?}: {:?}", read.text);
        if let Some((font, decoded)) = decode_legacy(typed, font) {
            assert!(!decoded.trim().is_empty() || typed.trim().is_empty(), "{typed:?} vanished");
            assert_eq!(decode_as(font, typed), decoded);
            // What is UTF-8 read in another code page may look like an old font as well: it is mended instead.
            let said = read.is_mended() || read.decoded_from() == Some(font);
            assert!(said, "{typed:?}: decoded, and not said so");
        }
    }

    let units: Vec<(&str, &[String])> =
        plan().units.iter().map(|unit| (unit.name.as_str(), unit.aliases.as_slice())).collect();
    found(typed, match_name(typed, &units), units.len());
    found(typed, match_choice(typed, &ANSWERS), ANSWERS.len());
    // One answer has one meaning.
    if read_yes_no(typed) == Some(true) {
        assert!(read_level(typed).is_none_or(|level| level > 0), "{typed:?} is yes and level 0");
    }
    read_empty(typed);
}

fn found(typed: &str, found: Match, candidates: usize) {
    match found {
        Match::Exact(at) => assert!(at < candidates, "{typed:?}"),
        Match::Suggestion(near) => {
            assert!(!near.is_empty() && near.iter().all(|at| *at < candidates), "{typed:?}: {near:?}");
        }
        Match::None => {}
    }
}
