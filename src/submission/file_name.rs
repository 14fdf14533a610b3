//! What a file's name says about its sender: only compared with what the file itself says, and where the file says
//! nothing, a guess that is told as one.

use vietnamese::name::{fold, strip_prefix};
use crate::domain::{Unit, Year};
use crate::plan::Plan;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// The names of a year's roster as file names may spell them: a whole country's are too many to go through for each file.
#[derive(Debug)]
pub(super) struct Spellings<'a> {
    roster: Vec<&'a Unit>,
    by_code: HashMap<&'a str, &'a Unit>,
    /// Places on the roster by name, with the marks of Vietnamese.
    by_words: HashMap<String, Vec<usize>>,
    /// Likewise without.
    by_bare: HashMap<String, Vec<usize>>,
}

impl<'a> Spellings<'a> {
    /// Those of a year.
    pub fn of(plan: &'a Plan, year: Year) -> Self {
        let roster = plan.roster(year);
        let mut by_words: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_bare: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, unit) in roster.iter().enumerate() {
            for name in [&unit.name, &unit.short_name].into_iter().chain(&unit.aliases) {
                let bare_name = strip_prefix(name).1;
                for (spelled, names) in [
                    (words_of(&bare_name), &mut by_words),
                    (words_of(&without_marks(&bare_name)), &mut by_bare),
                ] {
                    // Two or three letters stand in many a word.
                    if spelled.trim().chars().count() > 3 {
                        names.entry(spelled).or_default().push(place);
                    }
                }
            }
        }
        // Of two units with one code the first speaks.
        let by_code = roster.iter().rev().map(|unit| (unit.code.as_str(), *unit)).collect();
        Spellings { roster, by_code, by_words, by_bare }
    }

    /// The units, among those asked for, whose names stand in the words, with their marks or else without.
    fn named(&self, words: &str, among: impl Fn(&Unit) -> bool) -> Vec<&'a Unit> {
        let named = self.named_in(words, &self.by_words, &among);
        if named.is_empty() { self.named_in(&without_marks(words), &self.by_bare, &among) } else { named }
    }

    /// A name within a longer one found does not count.
    fn named_in(
        &self,
        words: &str,
        names: &HashMap<String, Vec<usize>>,
        among: &impl Fn(&Unit) -> bool,
    ) -> Vec<&'a Unit> {
        let mut found: HashMap<usize, String> = HashMap::new();
        for run in runs(words) {
            for place in names.get(&run).into_iter().flatten() {
                let longest = found.entry(*place).or_default();
                if longest.len() < run.len() {
                    longest.clone_from(&run);
                }
            }
        }
        found.retain(|place, _| among(self.roster[*place]));
        let within = |name: &str| found.values().any(|other| other != name && other.contains(name));
        found.iter().filter(|(_, name)| !within(name)).map(|(place, _)| self.roster[*place]).collect()
    }
}

/// Every run of words in words, with a space at either end: of ` a b ` these are ` a `, ` a b `, ` b `.
fn runs(words: &str) -> Vec<String> {
    /// Longest name of a unit, words.
    const LONGEST: usize = 20;
    let words: Vec<&str> = words.split_whitespace().collect();
    let from = |start: usize| (start + 1..=words.len().min(start + LONGEST)).map(move |end| (start, end));
    let all = (0..words.len()).flat_map(from);
    all.map(|(start, end)| format!(" {} ", words[start..end].join(" "))).collect()
}

/// Another unit that the file name speaks of and how, when it does not speak of the sender. A code in front speaks
/// alone; without one, a name anywhere in it. Folders say nothing.
pub(super) fn contradiction<'a>(
    spellings: &Spellings<'a>,
    path: &str,
    sender: &Unit,
) -> Option<(&'a Unit, &'static str)> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let code: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
    if let Some(coded) = spellings.by_code.get(code.as_str()) {
        return (coded.code != sender.code).then_some((*coded, "tên tệp mở đầu bằng mã của"));
    }
    // Who the file is sent to may be named as well: only units of the sender's own level can be mistaken for it.
    let named = spellings.named(&words_of(&fold(name)), |unit| unit.level == sender.level);
    match named[..] {
        [other] if other.code != sender.code => Some((other, "tên tệp nêu")),
        _ => None,
    }
}

/// Whose a file is that does not say so itself, by its name and else by the folders it lies in, the nearest first: a
/// code in front, or the name of one unit and no other. Local units first, for a name may say whom the file is sent to.
pub fn likely_sender<'a>(plan: &'a Plan, year: Year, path: &str) -> Option<&'a Unit> {
    let spellings = Spellings::of(plan, year);
    let local = plan.levels.first().map(|level| &level.id);
    for part in path.rsplit('/') {
        let code: String = part.chars().take_while(char::is_ascii_alphanumeric).collect();
        if let Some(coded) = spellings.by_code.get(code.as_str()) {
            return Some(coded);
        }
        let words = words_of(&fold(part));
        for of_local in [true, false] {
            let among = |unit: &Unit| (Some(&unit.level) == local) == of_local;
            match spellings.named(&words, among)[..] {
                [] => {}
                [one] => return Some(one),
                // Two names say nothing, and the folder around them may be as much the one's as the other's.
                _ => return None,
            }
        }
    }
    None
}

/// Letters without their marks, words apart.
fn without_marks(words: &str) -> String {
    let letter = |c: char| if c == 'đ' { 'd' } else { c };
    words.nfd().filter(|c| c.is_alphanumeric() || *c == ' ').map(letter).collect()
}

/// The words between single spaces, with one at either end: ` bao cao tân hưng `.
fn words_of(folded: &str) -> String {
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PlanSources;

    #[test]
    fn a_code_speaks_first_then_a_name_and_the_senders_own_ends_it() {
        let plan = Plan::read(&PlanSources::embedded()).unwrap();
        let sender = plan.units.iter().find(|unit| unit.code.as_str() == "799").unwrap();
        let spellings = Spellings::of(&plan, 2024);
        let told =
            |path: &str| contradiction(&spellings, path, sender).map(|(unit, _)| unit.code.to_string());
        assert_eq!(sender.short_name, "Tân Thạnh");
        assert_eq!(told("796-Huyện Tân Thạnh.xlsx").as_deref(), Some("796"));
        assert_eq!(told("799-Huyện Tân Hưng.xlsx"), None);
        assert_eq!(told("796/bao cao.xlsx"), None);
        assert_eq!(told("BC xhht H.Tân Hưng 2024.xlsx").as_deref(), Some("796"));
        assert_eq!(told("bao cao TAN HUNG.xlsx").as_deref(), Some("796"));
        assert_eq!(told("bao cao tan thanh.xlsx"), None);
        assert_eq!(told("Tân Thạnh thay Tân Hưng.xlsx"), None);
        assert_eq!(told("gửi Sở Giáo dục và Đào tạo.xlsx"), None);
        assert_eq!(told("bao cao.xlsx"), None);
    }

    #[test]
    fn who_may_have_sent_a_file_is_guessed_from_the_nearest_name_or_not_at_all() {
        let plan = Plan::read(&PlanSources::embedded()).unwrap();
        let guessed = |path: &str| likely_sender(&plan, 2024, path).map(|unit| unit.code.to_string());
        assert_eq!(guessed("796-Huyện Tân Hưng.xls").as_deref(), Some("796"));
        assert_eq!(guessed("799/bao cao.pdf").as_deref(), Some("799"));
        assert_eq!(guessed("nhan/796 moi.zip/bao cao.xls").as_deref(), Some("796"));
        assert_eq!(guessed("Huyện Tân Thạnh/2024/BC.xlsx").as_deref(), Some("799"));
        assert_eq!(guessed("799/BC Tan Hung.xlsx").as_deref(), Some("796"), "the nearest name");
        assert_eq!(guessed("SGDDT.xlsx").as_deref(), Some("SGDDT"));
        assert_eq!(guessed("799/Tân Hưng và Vĩnh Hưng.xlsx"), None);
        assert_eq!(guessed("Tân Hưng gửi Sở Giáo dục và Đào tạo.pdf").as_deref(), Some("796"));
        assert_eq!(guessed("79/bao cao.xlsx"), None);
        assert_eq!(guessed("7964 bao cao.xlsx"), None);
    }
}
