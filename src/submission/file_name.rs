//! What a file's name says about its sender: only compared with what the file itself says, and where the file says
//! nothing, a guess that is told as one.

use super::name::{fold, strip_prefix};
use crate::domain::{Unit, Year};
use crate::plan::Plan;
use unicode_normalization::UnicodeNormalization;

/// Another unit that the file name speaks of and how, when it does not speak of the sender. A code in front speaks
/// alone; without one, a name anywhere in it. Folders say nothing.
pub(super) fn contradiction<'a>(
    plan: &'a Plan,
    year: Year,
    path: &str,
    sender: &Unit,
) -> Option<(&'a Unit, &'static str)> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let roster = plan.roster(year);
    let code: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
    if let Some(coded) = roster.iter().find(|unit| unit.code.as_str() == code) {
        return (coded.code != sender.code).then_some((*coded, "tên tệp mở đầu bằng mã của"));
    }
    // Who the file is sent to may be named as well: only units of the sender's own level can be mistaken for it.
    let peers: Vec<&Unit> = roster.into_iter().filter(|unit| unit.level == sender.level).collect();
    let words = words_of(&fold(name));
    let bare = without_marks(&words);
    let mut named = named_in(&words, &peers, String::from);
    if named.is_empty() {
        named = named_in(&bare, &peers, |name| without_marks(&name));
    }
    match named[..] {
        [other] if other.code != sender.code => Some((other, "tên tệp nêu")),
        _ => None,
    }
}

/// Whose a file is that does not say so itself, by its name and else by the folders it lies in, the nearest first: a
/// code in front, or the name of one unit and no other. Local units first, for a name may say whom the file is sent to.
pub fn likely_sender<'a>(plan: &'a Plan, year: Year, path: &str) -> Option<&'a Unit> {
    let roster = plan.roster(year);
    let first = plan.levels.first().map(|level| &level.id);
    let (local, others): (Vec<&Unit>, Vec<&Unit>) =
        roster.into_iter().partition(|unit| Some(&unit.level) == first);
    for part in path.rsplit('/') {
        let code: String = part.chars().take_while(char::is_ascii_alphanumeric).collect();
        if let Some(coded) = local.iter().chain(&others).find(|unit| unit.code.as_str() == code) {
            return Some(coded);
        }
        let words = words_of(&fold(part));
        let bare = without_marks(&words);
        for units in [&local, &others] {
            let mut named = named_in(&words, units, String::from);
            if named.is_empty() {
                named = named_in(&bare, units, |name| without_marks(&name));
            }
            match named[..] {
                [] => {}
                [one] => return Some(one),
                // Two names say nothing, and the folder around them may be as much the one's as the other's.
                _ => return None,
            }
        }
    }
    None
}

/// The units whose names stand in the words; a name within a longer one found does not count.
fn named_in<'a>(words: &str, units: &[&'a Unit], spelled: fn(String) -> String) -> Vec<&'a Unit> {
    let mut found: Vec<(&Unit, String)> = Vec::new();
    for unit in units {
        let names = [&unit.name, &unit.short_name].into_iter().chain(&unit.aliases);
        let longest = names
            .map(|name| words_of(&spelled(strip_prefix(name).1)))
            .filter(|name| name.trim().chars().count() > 3 && words.contains(name.as_str()))
            .max_by_key(String::len);
        if let Some(name) = longest {
            found.push((unit, name));
        }
    }
    let within = |name: &str| found.iter().any(|(_, other)| other != name && other.contains(name));
    found.iter().filter(|(_, name)| !within(name)).map(|(unit, _)| *unit).collect()
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
        let told =
            |path: &str| contradiction(&plan, 2024, path, sender).map(|(unit, _)| unit.code.to_string());
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
