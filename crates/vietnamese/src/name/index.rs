//! Which of many names stand in a text such as the name of a file.

use super::{PREFIXES, PlaceKind, fold, split_kind};
use std::collections::{BTreeMap, BTreeSet, HashMap};
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
    names: Vec<Name>,
    /// Places among the names, by their words without marks.
    by_plain_words: HashMap<String, Vec<usize>>,
}

/// A spelling that is looked for.
#[derive(Debug)]
struct Name {
    /// What it is found by.
    number: usize,
    /// Its words with their marks.
    words: Vec<String>,
    /// Whether it may have lost marks: a single word without them is a word like any other.
    may_be_worn: bool,
}

/// How much of a name must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// Every letter and mark.
    Whole,
    /// Every letter; marks may be lost, but none may be another: “đoạn” is not “Đoàn”.
    Worn,
}

impl NameIndex {
    /// The index of names, each with the number it is to be found by; several may share a number.
    ///
    /// Prefixes such as “huyện” do not count, unless one word is all they leave: that alone is in many a text, so it
    /// must stand behind its prefix, or be the whole word with its marks where it is the name of a place. Names of three
    /// letters or fewer are left out.
    pub fn new<'n>(names: impl IntoIterator<Item = (usize, &'n str)>) -> Self {
        let mut index = NameIndex::default();
        for (number, name) in names {
            let (kind, bare) = split_kind(name);
            let words = words_in(&bare);
            match words.len() {
                1 => index.add_single(number, name, kind, &words),
                _ => index.add(number, words, true),
            }
        }
        index
    }

    /// With names that stand in a text only behind their kind, however that is written: of what bears the name of something
    /// larger.
    ///
    /// ```
    /// use vietnamese::name::NameIndex;
    /// let index = NameIndex::default().and_behind_their_kind([(0, "phường Long An")]);
    /// assert_eq!(index.found_in("BC P. Long An.xlsx", |_| true), [0]);
    /// assert!(index.found_in("BC tỉnh Long An.xlsx", |_| true).is_empty());
    /// ```
    #[must_use]
    pub fn and_behind_their_kind<'n>(mut self, names: impl IntoIterator<Item = (usize, &'n str)>) -> Self {
        for (number, name) in names {
            let (kind, bare) = split_kind(name);
            for words in behind_its_kind(name, kind, &words_in(&bare)) {
                self.add(number, words, true);
            }
        }
        self
    }

    fn add_single(&mut self, number: usize, name: &str, kind: Option<PlaceKind>, bare: &[String]) {
        let mut spellings = behind_its_kind(name, kind, bare);
        let is_place = kind.is_some_and(|kind| kind != PlaceKind::Province);
        if is_place && !bare.concat().is_ascii() {
            spellings.insert(bare.to_vec());
        }
        for words in spellings {
            let may_be_worn = words.len() > 1;
            self.add(number, words, may_be_worn);
        }
    }

    fn add(&mut self, number: usize, words: Vec<String>, may_be_worn: bool) {
        if words.join(" ").chars().count() > 3 {
            self.by_plain_words.entry(without_marks(&words.join(" "))).or_default().push(self.names.len());
            self.names.push(Name { number, words, may_be_worn });
        }
    }

    /// The numbers, in ascending order, of the names that stand in a text, with their marks or, when none does, worn:
    /// without some marks or all, or with question marks in the place of letters.
    ///
    /// Only numbers that `among` lets pass are looked at. A name inside a longer one that was found does not count.
    pub fn found_in(&self, text: &str, among: impl Fn(usize) -> bool) -> Vec<usize> {
        let words = words_in(&fold(text));
        let found = self.found_among(&words, Fit::Whole, &among);
        if found.is_empty() { self.found_among(&words, Fit::Worn, &among) } else { found }
    }

    fn found_among(&self, words: &[String], fit: Fit, among: &impl Fn(usize) -> bool) -> Vec<usize> {
        let mut longest: BTreeMap<usize, String> = BTreeMap::new();
        for run in runs_of_words(words) {
            for name in self.candidates(run).filter(|name| among(name.number) && name.fits(run, fit)) {
                let known = longest.entry(name.number).or_default();
                let spelled = format!(" {} ", name.words.join(" "));
                if known.len() < spelled.len() {
                    *known = spelled;
                }
            }
        }
        let within = |name: &str| longest.values().any(|other| other != name && other.contains(name));
        longest.iter().filter(|(_, name)| !within(name)).map(|(number, _)| *number).collect()
    }

    /// The names that words may stand for.
    fn candidates(&self, run: &[String]) -> impl Iterator<Item = &Name> {
        let is_torn = run.iter().any(|word| word.contains(is_lost));
        let places = if is_torn { None } else { self.by_plain_words.get(&without_marks(&run.join(" "))) };
        // What letters were lost is not known, so all names may be meant.
        let all = is_torn.then(|| self.names.iter()).into_iter().flatten();
        places.into_iter().flatten().filter_map(|place| self.names.get(*place)).chain(all)
    }
}

impl Name {
    fn fits(&self, run: &[String], fit: Fit) -> bool {
        match fit {
            Fit::Whole => self.words == run,
            Fit::Worn => {
                let pairs = || self.words.iter().zip(run);
                self.may_be_worn
                    && self.words.len() == run.len()
                    && pairs().all(|(name, typed)| is_worn(name, typed))
            }
        }
    }
}

/// A name with its kind, in every way in which that is written.
fn behind_its_kind(name: &str, kind: Option<PlaceKind>, bare: &[String]) -> BTreeSet<Vec<String>> {
    let prefixes = PREFIXES.iter().filter(|(_, of)| of.is_some() && *of == kind);
    let written = prefixes.map(|(prefix, _)| [words_in(prefix), bare.to_vec()].concat());
    std::iter::once(words_in(&fold(name))).chain(written).collect()
}

/// Whether a typed word is a word of a name that lost marks or letters on the way, and nothing else.
fn is_worn(name: &str, typed: &str) -> bool {
    let mut letters = typed.chars();
    let all = name.chars().all(|whole| letters.next().is_some_and(|typed| is_worn_letter(whole, typed)));
    all && letters.next().is_none() && typed.chars().any(char::is_alphanumeric)
}

fn is_worn_letter(whole: char, typed: char) -> bool {
    if whole == typed || (whole == 'đ' && typed == 'd') {
        return true;
    }
    let parts = |letter: char| std::iter::once(letter).nfd().collect::<Vec<char>>();
    let (whole, lost, typed) = (parts(whole), is_lost(typed), parts(typed));
    if lost {
        // Which of two vowels bears the tone, and was lost with it, is a matter of taste.
        return whole.first().is_some_and(|base| "aeiouyđ".contains(*base));
    }
    whole.first() == typed.first() && typed.iter().all(|part| whole.contains(part))
}

/// What stands in the place of a letter that a code page had not.
fn is_lost(c: char) -> bool {
    matches!(c, '?' | char::REPLACEMENT_CHARACTER)
}

/// Every run of words that may be a name.
fn runs_of_words(words: &[String]) -> impl Iterator<Item = &[String]> {
    let ends = move |start: usize| start + 1..=words.len().min(start + MOST_WORDS);
    (0..words.len()).flat_map(move |start| ends(start).map(move |end| &words[start..end]))
}

/// The words of a folded text; a letter that was lost is still one.
fn words_in(folded: &str) -> Vec<String> {
    let words = folded.split(|c: char| !c.is_alphanumeric() && !is_lost(c));
    words.filter(|word| word.contains(char::is_alphanumeric)).map(str::to_owned).collect()
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

    #[test]
    fn a_name_is_whole_or_worn_and_never_another_word() {
        let names = [
            "huyện Đức Hòa",
            "huyện Đức Huệ",
            "huyện Tân Thạnh",
            "huyện Cần Đước",
            "Tỉnh Đoàn",
            "Sở Y tế",
            "thành phố Huế",
            "thành phố Vinh",
            "thành phố Tân An",
            "Sở Giáo dục và Đào tạo",
            "huyện Tân Hưng",
        ];
        let index = NameIndex::new(names.into_iter().enumerate());
        let table: &[(&str, &[usize])] = &[
            ("Báo cáo giai đoạn 2021-2030.xlsx", &[]),
            ("Báo cáo đoàn viên.xlsx", &[]),
            ("bao cao doan 2024.xlsx", &[]),
            ("Báo cáo Tỉnh Đoàn.xlsx", &[4]),
            ("TINH DOAN_2024.xlsx", &[4]),
            ("Tỉnh đoạn", &[]),
            ("Đức Hòa", &[0]),
            ("Đức Hoà (lần 2)", &[0]),
            ("Đức Huệ", &[1]),
            ("BC DUC HOA", &[0]),
            ("duc-hue", &[1]),
            ("duc", &[]),
            ("Đức", &[]),
            ("Ðuc Hòa", &[0]),
            ("Ð?c H?a", &[0]),
            ("Ð?c Hu?", &[1]),
            ("??c H??", &[0, 1]),
            ("Tân Thành", &[]),
            ("Tân Thanh", &[2]),
            ("tan thanh", &[2]),
            ("những việc cần được làm", &[]),
            ("Cần Đước", &[3]),
            ("BC can duoc", &[3]),
            ("Sở Y tế", &[5]),
            ("so y te", &[5]),
            ("y tế", &[]),
            ("Huế 2024", &[]),
            ("TP Huế 2024", &[6]),
            ("tp. hue", &[6]),
            ("TP.Vinh", &[7]),
            ("quang vinh", &[]),
            ("Tân An", &[8]),
            ("tân án", &[]),
            ("Tan Hung va Tan An", &[8, 10]),
            ("Tân Hưng, tan an", &[10]),
            ("Sở Giáo dục va Đào tạo", &[9]),
            ("? ? ?", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(index.found_in(text, |_| true), *expected, "{text}");
        }
    }
}
