//! The embedded plan for tests with small figures.
#![allow(clippy::unwrap_used)] // a test stops where it fails

use xhht::plan::{Plan, PlanSources};

/// The rules that hold a figure against the population, the communes or a ceiling.
const OF_SIZES: [&str; 10] = ["X003", "X004", "X005", "X007", "X017", "X018", "X019", "X020", "X021", "T012"];

/// The embedded plan without those rules: for tests whose figures are small enough to be worked out by hand.
///
/// # Panics
/// When the plan has no such rule.
pub fn without_rules_of_sizes() -> PlanSources {
    let mut sources = PlanSources::embedded();
    let rules = sources.others.iter_mut().find(|file| file.name == "quy-tac.toml").unwrap();
    let (head, all) = rules.text.split_once("[[rule]]").unwrap();
    let of_size = |rule: &&str| OF_SIZES.iter().any(|code| rule.contains(&format!("code = \"{code}\"")));
    let (left_out, kept): (Vec<&str>, Vec<&str>) = all.split("[[rule]]").partition(of_size);
    assert_eq!(left_out.len(), OF_SIZES.len());
    rules.text = format!("{head}[[rule]]{}", kept.join("[[rule]]"));
    sources
}

/// That plan, read.
///
/// # Panics
/// When it is not valid.
pub fn plan_without_rules_of_sizes() -> Plan {
    Plan::read(&without_rules_of_sizes()).unwrap_or_else(|error| panic!("{error}"))
}
