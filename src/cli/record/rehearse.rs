//! `xhht rehearse`: a changed plan on the records of past years: which rules would speak, which verdicts flip.

use super::Opened;
use super::steps::Mixed;
use crate::cli::args::{ReadLimits, VerifyOptions};
use crate::cli::template::check_year;
use crate::cli::terminal::{HEADING, Terminal};
use crate::cli::{CommandResult, Ending, changes, inputs};
use crate::consolidate::change::{Cause, Changes};
use crate::domain::{FieldId, UnitCode, Year};
use crate::error::Error;
use crate::finding::{Finding, FindingCode};
use crate::plan::Plan;
use crate::report::changed::unit_in_words;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub(in crate::cli) fn rehearse(
    terminal: &Terminal,
    plan_path: Option<&Path>,
    limits: &ReadLimits,
    options: &VerifyOptions,
) -> CommandResult {
    let Some(path) = plan_path else {
        return Err(Error::Usage(
            "Nêu kế hoạch đã sửa ở --plan, ví dụ: xhht rehearse ho-so --plan ke-hoach/plan.toml".to_owned(),
        ));
    };
    let plan = inputs::plan(Some(path))?;
    let mut of_years: BTreeMap<Year, Opened> = BTreeMap::new();
    // Of a year that was closed twice the last part holds.
    for opened in Opened::all(&options.records)? {
        of_years.insert(opened.record.year, opened);
    }
    for opened in of_years.values() {
        if let Err(error) = check_year(&plan, opened.record.year) {
            terminal.say(format!("{HEADING}{}{HEADING:#}: {error}", opened.name()));
            continue;
        }
        let then = Mixed::of(opened).run(terminal, limits)?;
        let now = Mixed::of(opened).run_under(terminal, limits, plan.clone())?;
        let before = then.snapshot()?;
        let differing = Changes::stepped(&now.plan, &before, &[(Cause::Plan, now.snapshot()?)]);
        terminal.say(format!("{HEADING}{}{HEADING:#}", opened.name()));
        say_rules(
            terminal,
            &now.plan,
            opened.record.year,
            &then.judgement.judged.findings,
            &now.judgement.judged.findings,
        );
        changes::say(terminal, &now.plan, opened.record.year, "  Kết quả", &differing);
    }
    Ok(Ending::Clean)
}

/// A finding as far as it is the same before and after.
type Spoken = BTreeMap<FindingCode, BTreeSet<(Option<UnitCode>, Vec<FieldId>)>>;

fn spoken(findings: &[Finding]) -> Spoken {
    let mut spoken = Spoken::new();
    for finding in findings {
        let about = (finding.unit.clone(), finding.fields.clone());
        spoken.entry(finding.code).or_default().insert(about);
    }
    spoken
}

/// By rule, of whom it would speak and no longer speak.
fn say_rules(terminal: &Terminal, plan: &Plan, year: Year, before: &[Finding], after: &[Finding]) {
    let (before, after) = (spoken(before), spoken(after));
    let codes: BTreeSet<FindingCode> = before.keys().chain(after.keys()).copied().collect();
    let mut is_same = true;
    for code in codes {
        let of = |spoken: &Spoken| spoken.get(&code).cloned().unwrap_or_default();
        let (was, is) = (of(&before), of(&after));
        for (word, these) in [("thêm", is.difference(&was)), ("bớt", was.difference(&is))] {
            let these: Vec<_> = these.collect();
            if these.is_empty() {
                continue;
            }
            is_same = false;
            let units: BTreeSet<&UnitCode> = these.iter().filter_map(|(unit, _)| unit.as_ref()).collect();
            let names: Vec<String> = units.iter().map(|unit| unit_in_words(plan, year, unit)).collect();
            let of_whom = match names.is_empty() {
                true => String::new(),
                false => format!(": {}", names.join(", ")),
            };
            terminal.say(format!("  {code} năm {year}: {word} {} nhận xét{of_whom}", these.len()));
        }
    }
    if is_same {
        terminal.say(format!("  Năm {year}: các nhận xét như cũ"));
    }
}
