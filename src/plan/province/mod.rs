//! The provinces since 1 July 2025, with their communes, and the plan that any of them can start from: the indicators of the
//! national scheme, its own units, and what is left to be filled in.
//!
//! Source of the lists: the official roster published in 2025; of which provinces a province was made: Resolution
//! 202/2025/QH15. Populations: a list in public use, kept only where it was at hand.

mod cut;
mod write;

use std::sync::LazyLock;
use vietnamese::name::{self, Match};

/// Code, name and parts of each province.
static PROVINCES: &str = include_str!("../../../templates/plan/tinh/tinh.tsv");
/// Province, code and name of each commune.
static COMMUNES: &str = include_str!("../../../templates/plan/tinh/cap-xa.tsv");
/// Code, population, former province of communes, and what is to be known of the figure.
static POPULATIONS: &str = include_str!("../../../templates/plan/tinh/dan-so.tsv");

/// A province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    /// Official code, two digits.
    pub code: &'static str,
    /// Official name, for example “tỉnh Đồng Tháp”.
    pub name: &'static str,
    /// The provinces it was made of in 2025; none where it stayed as it was.
    pub made_of: Vec<&'static str>,
}

/// What a text that should name a province says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// This province.
    Now(&'static Province),
    /// A province that became a part of this one.
    Former(&'static str, &'static Province),
    /// One of these is likely to be meant; none: nothing comes near.
    Unclear(Vec<&'static Province>),
}

/// A commune.
struct Commune {
    code: &'static str,
    name: &'static str,
    /// Reference population.
    population: Option<&'static str>,
    /// The province it lay in before.
    former: Option<&'static str>,
    /// What is to be known of its population.
    note: Option<&'static str>,
}

/// The lines of a table whose first is a remark.
fn lines(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().skip(1).map(|line| line.split('\t').collect())
}

/// Every province, by code.
pub fn all() -> &'static [Province] {
    static ALL: LazyLock<Vec<Province>> = LazyLock::new(|| {
        let province = |cells: Vec<&'static str>| match cells[..] {
            [code, name, made_of] => {
                let made_of = made_of.split(", ").filter(|name| !name.is_empty()).collect();
                Some(Province { code, name, made_of })
            }
            _ => None,
        };
        lines(PROVINCES).filter_map(province).collect()
    });
    &ALL
}

/// The province that a code or a name means: with or without its kind, with or without marks. A name of today goes before
/// the same name of a province that ended.
pub fn named(text: &str) -> Named {
    let text = text.trim();
    if let Some(province) = all().iter().find(|province| province.code == text) {
        return Named::Now(province);
    }
    let former: Vec<(&'static str, &'static Province)> = all()
        .iter()
        .flat_map(|province| province.made_of.iter().map(move |name| (*name, province)))
        .collect();
    let now: Vec<&str> = all().iter().map(|province| province.name).collect();
    let before: Vec<&str> = former.iter().map(|(name, _)| *name).collect();
    let mut near = Vec::new();
    match found(text, &now) {
        Ok(at) => return Named::Now(&all()[at]),
        Err(likely) => near.extend(likely.into_iter().map(|at| &all()[at])),
    }
    match found(text, &before) {
        Ok(at) => return Named::Former(former[at].0, former[at].1),
        Err(likely) => near.extend(likely.into_iter().map(|at| former[at].1)),
    }
    near.dedup_by_key(|province| province.code);
    Named::Unclear(near)
}

/// The one of the names that a text is, with or without its kind and its marks; else those that come near.
fn found(text: &str, names: &[&str]) -> Result<usize, Vec<usize>> {
    let without_kind: Vec<&str> = names.iter().map(|name| short(name)).collect();
    let typed = name::fold(text);
    let typed = short(&typed);
    let bare = |name: &str| name::unmarked(name).replace(['-', ' '], "");
    let alike: Vec<usize> =
        (0..).zip(&without_kind).filter(|(_, name)| bare(name) == bare(typed)).map(|(at, _)| at).collect();
    let exact = alike.iter().find(|at| name::fold(without_kind[**at]) == typed);
    match (exact, &alike[..]) {
        (Some(at), _) | (None, [at]) => return Ok(*at),
        (None, [_, ..]) => return Err(alike),
        (None, []) => {}
    }
    let candidates: Vec<(&str, &[String])> = without_kind.iter().map(|name| (*name, &[][..])).collect();
    match name::match_name(typed, &candidates) {
        Match::Exact(at) => Ok(at),
        Match::Suggestion(likely) => Err(likely),
        Match::None => Err(Vec::new()),
    }
}

/// A name without the kind of place.
fn short(name: &str) -> &str {
    let kinds = ["tỉnh ", "thành phố ", "tp. ", "tp.", "tp ", "tinh ", "thanh pho "];
    kinds.into_iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(name)
}

impl Province {
    /// The name without its kind: “Đồng Tháp”.
    pub fn short_name(&self) -> &'static str {
        short(self.name)
    }

    /// Whether it is a city.
    fn is_city(&self) -> bool {
        self.name.starts_with("thành phố ")
    }

    /// Its name in letters that do for an id: “dong-thap”.
    pub fn id(&self) -> String {
        name::unmarked(self.short_name()).replace(' ', "-")
    }

    fn communes(&self) -> Vec<Commune> {
        let known = |code: &str| lines(POPULATIONS).find(|cells| cells.first() == Some(&code));
        let commune = |cells: Vec<&'static str>| match cells[..] {
            [province, code, name] if province == self.code => {
                let known = known(code).unwrap_or_default();
                let cell = |at: usize| known.get(at).copied().filter(|text| !text.is_empty());
                Some(Commune { code, name, population: cell(1), former: cell(2), note: cell(3) })
            }
            _ => None,
        };
        lines(COMMUNES).filter_map(commune).collect()
    }
}

#[cfg(test)]
mod tests;
