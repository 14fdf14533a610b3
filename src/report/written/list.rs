//! How the points of a list end.

use crate::report::model::Words;

/// Ends every point as a list is written: “;” behind a point that has no end of its own, “.” behind the last and behind
/// one that is made of sentences.
pub(in crate::report) fn punctuate(points: &mut [Words]) {
    let count = points.len();
    for (at, point) in points.iter_mut().enumerate() {
        let is_last = at + 1 == count;
        let words = point.trim_end();
        let trailing = point.len() - words.len();
        let end = if is_last || has_sentences(words) { "." } else { ";" };
        match words.chars().next_back() {
            None => {}
            Some(',' | ';') if is_last => *point = point.ended(trailing + 1, "."),
            Some(',') => *point = point.ended(trailing + 1, ";"),
            Some('.' | ';' | ':' | '!' | '?' | '…') => {}
            Some(_) => *point = point.ended(trailing, end),
        }
    }
}

/// Whether a sentence ends within the words: a stop, a space and a capital.
fn has_sentences(words: &str) -> bool {
    let begins = |after: &str| after.chars().next().is_some_and(char::is_uppercase);
    words.match_indices(". ").any(|(at, stop)| {
        // “TP. Tân An”, “P. 3” are names.
        let word = words[..at].rsplit(' ').next().unwrap_or_default();
        begins(&words[at + stop.len()..]) && word.chars().any(char::is_lowercase)
    })
}
