//! What the list of units need not say because a unit's name says it: its kind and its short name.

use crate::domain::Unit;
use std::collections::HashMap;

/// Kinds of local units, the longer before those they begin with: names leave them out where they are short.
const LOCAL: [&str; 9] =
    ["thành phố", "thị trấn", "thị xã", "đặc khu", "tỉnh", "huyện", "quận", "phường", "xã"];
/// The first words of bodies' names and what kind of body they are.
const BODIES: [(&str, &str); 16] = [
    ("sở", "sở"),
    ("văn phòng", "văn phòng"),
    ("công an", "lực lượng vũ trang"),
    ("bộ chỉ huy", "lực lượng vũ trang"),
    ("ban chỉ huy", "lực lượng vũ trang"),
    ("ban", "ban"),
    ("ủy ban mặt trận", "đoàn thể"),
    ("liên đoàn", "đoàn thể"),
    ("tỉnh đoàn", "đoàn thể"),
    ("thành đoàn", "đoàn thể"),
    ("tỉnh ủy", "cơ quan Đảng"),
    ("thành ủy", "cơ quan Đảng"),
    ("hội", "hội"),
    ("báo", "cơ quan báo chí"),
    ("đài", "cơ quan báo chí"),
    ("trường", "trường"),
];
/// What a body is whose name does not say it.
const ANY_BODY: &str = "cơ quan";
/// Words at the end of a body's name that tables need not repeat.
const NEEDLESS: [&str; 2] = [" tỉnh", " thành phố"];

/// The kind of a unit, from its name.
pub(super) fn kind(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    body(&lower).or_else(|| local(&lower)).unwrap_or(ANY_BODY).to_owned()
}

/// The kind of a body. “Tỉnh Đoàn” is one, although it begins as a province does.
fn body(lower: &str) -> Option<&'static str> {
    let is = |words: &str| lower == words || begins_with(lower, words);
    BODIES.into_iter().find(|(words, _)| is(words)).map(|(_, kind)| kind)
}

/// The kind of a local unit.
fn local(lower: &str) -> Option<&'static str> {
    LOCAL.into_iter().find(|kind| begins_with(lower, kind))
}

/// The name of a unit in tables, from its name.
pub(super) fn short(name: &str) -> String {
    let name = name.trim();
    let lower = name.to_lowercase();
    if let Some(kind) = local(&lower).filter(|_| body(&lower).is_none()) {
        let proper: String = name.chars().skip(kind.chars().count()).collect();
        return proper.trim().to_owned();
    }
    NEEDLESS.into_iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name).to_owned()
}

/// Gives a unit its kind in tables where a reader may take it for another: one that exists at some time it does, or
/// that ended before it began. The older one keeps its short name, for nobody took it for what was not there yet.
pub(super) fn tell_apart(units: &mut [Unit]) {
    let mut by_name: HashMap<&str, Vec<&Unit>> = HashMap::new();
    for unit in units.iter() {
        by_name.entry(&unit.proper_name).or_default().push(unit);
    }
    let misleads = |unit: &Unit, other: &Unit| {
        other.name != unit.name && unit.validity.to.is_none_or(|to| other.validity.from <= to)
    };
    let told: Vec<Option<String>> = units
        .iter()
        .map(|unit| {
            by_name[unit.proper_name.as_str()]
                .iter()
                .any(|other| misleads(unit, other))
                .then(|| with_kind(unit))
        })
        .collect();
    for (unit, told) in units.iter_mut().zip(told) {
        if let Some(told) = told {
            unit.short_name = told;
        }
    }
}

/// “Bến Lức (xã)”; the whole name where it is not put together from kind and proper name.
fn with_kind(unit: &Unit) -> String {
    match unit.is_named_by_kind() {
        true => format!("{} ({})", unit.proper_name, unit.kind),
        false => unit.name.clone(),
    }
}

/// Whether a name begins with these words and goes on.
fn begins_with(name: &str, words: &str) -> bool {
    name.strip_prefix(words).is_some_and(|rest| rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Plan, PlanSources};

    #[test]
    fn a_name_says_kind_and_short_name() {
        for (name, of_kind, in_tables) in [
            ("Sở Y tế", "sở", "Sở Y tế"),
            ("thành phố Tân An", "thành phố", "Tân An"),
            ("Xã Mỹ Hạnh", "xã", "Mỹ Hạnh"),
            ("Công an tỉnh", "lực lượng vũ trang", "Công an"),
            ("Ban Chỉ huy Bộ đội Biên phòng tỉnh", "lực lượng vũ trang", "Ban Chỉ huy Bộ đội Biên phòng"),
            ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "ban", "Ban Tuyên giáo và Dân vận Tỉnh ủy"),
            ("Thư viện tỉnh", "cơ quan", "Thư viện"),
            ("Sở", "sở", "Sở"),
            ("Tỉnh Đoàn", "đoàn thể", "Tỉnh Đoàn"),
            ("Thành Đoàn Huế", "đoàn thể", "Thành Đoàn Huế"),
            ("tỉnh Đồng Tháp", "tỉnh", "Đồng Tháp"),
        ] {
            assert_eq!((kind(name).as_str(), short(name).as_str()), (of_kind, in_tables), "{name}");
        }
    }

    #[test]
    fn who_may_be_taken_for_another_is_told_with_its_kind() {
        let plan = Plan::read(&PlanSources::embedded()).unwrap();
        let short = |code: &str, year| {
            let roster = plan.roster(year);
            roster.iter().find(|unit| unit.code.as_str() == code).unwrap().short_name.clone()
        };
        // The district was there first; the commune of its name came after it.
        assert_eq!(short("803", 2024), "Bến Lức");
        let communes: Vec<&str> = plan.roster(2025).iter().map(|unit| unit.short_name.as_str()).collect();
        for told in ["Bến Lức (xã)", "Kiến Tường (phường)", "An Ninh", "Sở Tài chính"] {
            assert!(communes.contains(&told), "{told}: {communes:?}");
        }
        let mut twice = communes.clone();
        twice.sort_unstable();
        twice.dedup();
        assert_eq!(twice.len(), communes.len());
        // Two of one day, and one whose name is not put together from kind and name.
        let mut units: Vec<Unit> = plan.roster(2025).into_iter().take(3).cloned().collect();
        for (unit, name) in units.iter_mut().zip(["xã Tân Lập", "phường Tân Lập", "Vùng Tân Lập"])
        {
            (unit.name, unit.kind, unit.proper_name) = (name.to_owned(), kind(name), "Tân Lập".to_owned());
        }
        tell_apart(&mut units);
        let told: Vec<&str> = units.iter().map(|unit| unit.short_name.as_str()).collect();
        assert_eq!(told, ["Tân Lập (xã)", "Tân Lập (phường)", "Vùng Tân Lập"]);
    }
}
