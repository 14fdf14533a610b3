//! What a file's name says about its sender: only compared with what the file itself says, and where the file says
//! nothing, a guess that is told as one.

use crate::domain::{LevelId, Unit, Year};
use crate::plan::Plan;
use std::collections::HashMap;
use vietnamese::name::{NameIndex, fold};

/// The units of a year's roster as file names may spell them: a whole country's are too many to go through for each file.
#[derive(Debug)]
pub struct Spellings<'a> {
    roster: Vec<&'a Unit>,
    local: Option<&'a LevelId>,
    by_code: HashMap<&'a str, &'a Unit>,
    /// The names of all units, by their places on the roster.
    names: NameIndex,
}

impl<'a> Spellings<'a> {
    /// Those of a year.
    pub fn new(plan: &'a Plan, year: Year) -> Self {
        let roster = plan.roster(year);
        let frame = plan.frame(year);
        let wholes = [&frame.title, &frame.names.territory, &frame.letter.issuer]
            .map(|whole| format!(" {} ", fold(whole)));
        // Who writes the name of the whole province means that, unless he says which kind of unit he means.
        let local = plan.levels.first().map(|level| &level.id);
        let is_of_the_whole = |(_, unit): &(usize, &Unit)| {
            let name = format!(" {} ", fold(&unit.proper_name));
            Some(&unit.level) == local && wholes.iter().any(|whole| whole.contains(&name))
        };
        let (of_the_whole, others): (Vec<_>, Vec<_>) =
            roster.iter().copied().enumerate().partition(is_of_the_whole);
        let names_of = |unit: &'a Unit| [&unit.name, &unit.proper_name].into_iter().chain(&unit.aliases);
        let named = |(place, unit)| names_of(unit).map(move |name| (place, name.as_str()));
        let names = NameIndex::new(others.into_iter().flat_map(named))
            .and_behind_their_kind(of_the_whole.into_iter().map(|(place, unit)| (place, unit.name.as_str())));
        // Of two units with one code the first speaks.
        let by_code = roster.iter().rev().map(|unit| (unit.code.as_str(), *unit)).collect();
        Spellings { roster, local, by_code, names }
    }

    /// The unit whose code stands in front of a name.
    pub fn coded(&self, name: &str) -> Option<&'a Unit> {
        let code: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
        self.by_code.get(code.as_str()).copied()
    }

    /// The units, among those asked for, whose names stand in a text.
    pub fn named(&self, text: &str, among: impl Fn(&Unit) -> bool) -> Vec<&'a Unit> {
        let found = self.names.found_in(text, |place| among(self.roster[place]));
        found.into_iter().map(|place| self.roster[place]).collect()
    }

    /// Whose a file is that does not say so itself, by its name and else by the folders it lies in, the nearest first: a
    /// code in front, or the name of one unit and no other. Local units first, for a name may say whom the file is sent to.
    pub fn likely_sender(&self, path: &str) -> Option<&'a Unit> {
        for part in path.rsplit('/') {
            if let Some(coded) = self.coded(part) {
                return Some(coded);
            }
            for of_local in [true, false] {
                let among = |unit: &Unit| (Some(&unit.level) == self.local) == of_local;
                match self.named(part, among)[..] {
                    [] => {}
                    [one] => return Some(one),
                    // Two names say nothing, and the folder around them may be as much the one's as the other's.
                    _ => return None,
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PlanSources;

    #[test]
    fn who_may_have_sent_a_file_is_guessed_from_the_nearest_name_or_not_at_all() {
        let plan = Plan::read(&PlanSources::embedded()).unwrap();
        let of_2024 = Spellings::new(&plan, 2024);
        let guessed = |path: &str| of_2024.likely_sender(path).map(|unit| unit.code.to_string());
        assert_eq!(guessed("796-Huyện Tân Hưng.xls").as_deref(), Some("796"));
        assert_eq!(guessed("799/bao cao.pdf").as_deref(), Some("799"));
        assert_eq!(guessed("nhan/796 moi.zip/bao cao.xls").as_deref(), Some("796"));
        assert_eq!(guessed("Huyện Tân Thạnh/2024/BC.xlsx").as_deref(), Some("799"));
        assert_eq!(guessed("799/BC Tan Hung.xlsx").as_deref(), Some("796"), "the nearest name");
        assert_eq!(guessed("SGDDT.xlsx").as_deref(), Some("SGDDT"));
        assert_eq!(guessed("799/Tân Hưng và Vĩnh Hưng.xlsx"), None);
        assert_eq!(guessed("Tân Hưng gửi Sở Giáo dục và Đào tạo.pdf").as_deref(), Some("796"));
        let of_2025 = Spellings::new(&plan, 2025);
        let of_2025 = |path: &str| of_2025.likely_sender(path).map(|unit| unit.name.clone());
        assert_eq!(of_2025("Báo cáo xã hội học tập tỉnh Long An 2025.xlsx"), None);
        assert_eq!(of_2025("bao cao long an.xlsx"), None, "the province before the ward");
        assert_eq!(of_2025("bao cao phuong long an.xlsx").as_deref(), Some("phường Long An"));
        assert_eq!(guessed("79/bao cao.xlsx"), None);
        assert_eq!(guessed("7964 bao cao.xlsx"), None);
    }
}
