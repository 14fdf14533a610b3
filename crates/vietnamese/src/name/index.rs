//! Which of many names stand in a text such as the name of a file.

use super::{fold, split_kind};
use std::collections::{BTreeMap, HashMap};
use unicode_normalization::UnicodeNormalization;

/// Longest name that is looked for, in words.
const MOST_WORDS: usize = 20;

/// Many names, kept so that those standing in a text are found without going through them all.
///
/// ```
/// use vietnamese::name::NameIndex;
/// let index = NameIndex::new(["huyện Tân Hưng", "huyện Vĩnh Hưng"].into_iter().enumerate());
/// assert_eq!(index.found_in("BC xhht H.Tân Hưng 2024.xlsx", |_| true), [0]);
/// assert_eq!(index.found_in("bao cao VINH HUNG.xlsx", |_| true), [1]);
/// assert!(index.found_in("bao cao.xlsx", |_| true).is_empty());
/// ```
#[derive(Debug, Default)]
pub struct NameIndex {
    /// The numbers of the names, by their words with the marks of Vietnamese.
    by_words: HashMap<String, Vec<usize>>,
    /// Likewise without marks.
    by_plain_words: HashMap<String, Vec<usize>>,
}

impl NameIndex {
    /// The index of names, each with the number it is to be found by; several may share a number.
    ///
    /// Prefixes such as “huyện” do not count. Names of three letters or fewer are left out: they stand in many a word.
    pub fn new<'n>(names: impl IntoIterator<Item = (usize, &'n str)>) -> Self {
        let mut index = NameIndex::default();
        for (number, name) in names {
            let name = split_kind(name).1;
            for (words, numbers) in [
                (spaced_words(&name), &mut index.by_words),
                (spaced_words(&without_marks(&name)), &mut index.by_plain_words),
            ] {
                if words.trim().chars().count() > 3 {
                    numbers.entry(words).or_default().push(number);
                }
            }
        }
        index
    }

    /// The numbers, in ascending order, of the names that stand in a text, with their marks or, when none does, without.
    ///
    /// Only numbers that `among` lets pass are looked at. A name inside a longer one that was found does not count.
    pub fn found_in(&self, text: &str, among: impl Fn(usize) -> bool) -> Vec<usize> {
        let words = spaced_words(&fold(text));
        let found = found_among(&self.by_words, &words, &among);
        if found.is_empty() {
            found_among(&self.by_plain_words, &without_marks(&words), &among)
        } else {
            found
        }
    }
}

fn found_among(
    names: &HashMap<String, Vec<usize>>,
    words: &str,
    among: &impl Fn(usize) -> bool,
) -> Vec<usize> {
    let mut longest: BTreeMap<usize, String> = BTreeMap::new();
    for run in runs_of_words(words) {
        for number in names.get(&run).into_iter().flatten().filter(|number| among(**number)) {
            let known = longest.entry(*number).or_default();
            if known.len() < run.len() {
                known.clone_from(&run);
            }
        }
    }
    let within = |name: &str| longest.values().any(|other| other != name && other.contains(name));
    longest.iter().filter(|(_, name)| !within(name)).map(|(number, _)| *number).collect()
}

/// Every run of words in words, with a space at either end: of ` a b ` these are ` a `, ` a b `, ` b `.
fn runs_of_words(words: &str) -> Vec<String> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let from = |start: usize| (start + 1..=words.len().min(start + MOST_WORDS)).map(move |end| (start, end));
    let all = (0..words.len()).flat_map(from);
    all.map(|(start, end)| format!(" {} ", words[start..end].join(" "))).collect()
}

/// The words between single spaces, with one at either end: ` bao cao tân hưng `.
fn spaced_words(folded: &str) -> String {
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

/// Letters without their marks, words still apart.
fn without_marks(words: &str) -> String {
    let letter = |c: char| if c == 'đ' { 'd' } else { c };
    words.nfd().filter(|c| c.is_alphanumeric() || *c == ' ').map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_a_text_with_their_marks_or_else_without() {
        let names =
            ["huyện Tân Hưng", "huyện Vĩnh Hưng", "huyện Tân Thạnh", "xã Tân", "huyện Vĩnh Hưng Đông"];
        let index = NameIndex::new(names.into_iter().enumerate());
        let found = |text: &str| index.found_in(text, |_| true);
        assert_eq!(found("Tân Hưng và Vĩnh Hưng"), [0, 1]);
        assert_eq!(found("tan-hung_2024"), [0]);
        assert_eq!(found("TÂN HƯNG, tan thanh"), [0], "marks say more than none");
        assert_eq!(found("Vĩnh Hưng Đông"), [4], "a name inside a longer one does not count");
        assert_eq!(found("Tân"), [0; 0], "too short to be told from a word");
        assert_eq!(found("TânHưng"), [0; 0], "words stand apart");
        assert_eq!(index.found_in("Tân Hưng và Vĩnh Hưng", |number| number == 1), [1]);
        assert_eq!(found(""), [0; 0]);
    }
}
