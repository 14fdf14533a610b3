//! What could not be held against last year, told once: units that are new, units of which last year is not known, and rules
//! whose fields the source of last year does not carry.

use super::Previous;
use super::later::ByUnit;
use crate::domain::Year;
use crate::finding::{Code, Finding, RuleCode};
use crate::form::rules::FormRule;
use crate::plan::Plan;
use crate::plan::rule::RuleInput;
use crate::submission::Submission;
use std::collections::{BTreeMap, HashSet};
use vietnamese::display::first_of;

/// How many units are named.
const NAMED: usize = 10;

/// The finding about it; none where last year is not known at all, or everything could be asked.
pub(super) fn told(plan: &Plan, year: Year, previous: &Previous, by_unit: &ByUnit) -> Option<Finding> {
    if previous.values().all(BTreeMap::is_empty) {
        return None;
    }
    let before = plan.before(year);
    let (mut new, mut unknown): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    // By code of the rule: whether it could be asked of anybody.
    let mut asked: BTreeMap<String, bool> = BTreeMap::new();
    for unit in plan.roster(year) {
        let Some(submission) = by_unit.get(&unit.code) else { continue };
        if !submission.form.rules(plan).iter().any(asks_of_last_year) {
            continue;
        }
        if previous.get(&unit.code).is_some_and(|values| !values.is_empty()) {
            for (code, could) in could_be_asked(plan, previous, submission) {
                *asked.entry(code).or_default() |= could;
            }
        } else if before.unit(unit).is_none() {
            new.push(&unit.short_name);
        } else {
            unknown.push(&unit.short_name);
        }
    }
    let never: Vec<String> = asked.into_iter().filter(|(_, could)| !could).map(|(code, _)| code).collect();
    let mut parts = Vec::new();
    if !new.is_empty() {
        parts.push(format!(
            "{} đơn vị mới có từ năm {year} ({})",
            new.len(),
            first_of(&new, NAMED, "đơn vị khác")
        ));
    }
    if !unknown.is_empty() {
        parts.push(format!(
            "nguồn số liệu năm {} không có số nào của {} đơn vị ({})",
            year - 1,
            unknown.len(),
            first_of(&unknown, NAMED, "đơn vị khác")
        ));
    }
    if !never.is_empty() {
        parts.push(format!(
            "quy tắc {} chưa xét được ở đơn vị nào vì nguồn số liệu năm {} không có các ô mà quy tắc cần",
            never.join(", "),
            year - 1
        ));
    }
    let cause = format!("chưa so được với năm {}: {}", year - 1, parts.join("; "));
    let cure = format!(
        "không cần làm gì với đơn vị mới; nguồn đủ mọi ô là tệp ket-qua-xhht-{}.json hoặc sổ tong-hop-xhht-{}.xlsx do bản chương trình này ghi, hoặc thư mục báo cáo các đơn vị đã gửi năm {}",
        year - 1,
        year - 1,
        year - 1
    );
    (!parts.is_empty()).then(|| Finding::new(Code::T006, cause, cure).in_year(year))
}

fn asks_of_last_year(rule: &FormRule) -> bool {
    rule.plan.asks_of_last_year
}

/// By code of the rule, whether last year's values are there wherever this year's are; rules that this year's values
/// leave unasked are not among them.
fn could_be_asked(plan: &Plan, previous: &Previous, submission: &Submission) -> Vec<(String, bool)> {
    let known = previous.get(&submission.unit);
    let of_rule = |rule: &FormRule| {
        let (mut is_there, mut was_there) = (true, true);
        for name in rule.bound.rule.references().into_iter().filter(|name| name.previous) {
            let RuleInput::Field(id) = &name.referent.id else { continue };
            is_there &= submission.values.contains_key(id);
            was_there &= known.is_some_and(|values| values.contains_key(id));
        }
        is_there.then(|| (rule.plan.code.to_string(), was_there))
    };
    submission.form.rules(plan).iter().filter(|rule| asks_of_last_year(rule)).filter_map(of_rule).collect()
}

/// Codes of the rules that ask about last year, where nothing of it is known and somebody has reported.
pub(super) fn unasked_rules(plan: &Plan, previous: &Previous, by_unit: &ByUnit) -> Vec<String> {
    if !previous.values().all(BTreeMap::is_empty) {
        return Vec::new();
    }
    let mut codes: HashSet<RuleCode> = HashSet::new();
    for submission in by_unit.values() {
        let rules = submission.form.rules(plan).iter().filter(|rule| asks_of_last_year(rule));
        codes.extend(rules.map(|rule| rule.plan.code));
    }
    let mut codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
    codes.sort();
    codes
}
