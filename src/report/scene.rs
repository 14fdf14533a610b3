//! What every section is made from: the plan, the results, the findings, and where to find what in them.

use super::forms::Forms;
use super::model::Place;
use crate::consolidate::{Consolidated, IndicatorResult, Term, UnitResult};
use crate::domain::{IndicatorId, LevelId, Unit, UnitCode};
use crate::finding::Finding;
use crate::form::FormBook;
use crate::plan::{Annex, Frame, Plan};
use std::collections::{HashMap, HashSet};

/// So many units a list of running text names before it only counts the rest.
pub(super) const MOST_NAMED: usize = 6;

/// What every section is made from.
pub(super) struct Scene<'a> {
    pub plan: &'a Plan,
    pub results: &'a Consolidated,
    pub findings: &'a [Finding],
    /// The forms of the plan.
    pub book: FormBook<'a>,
    /// The year's forms with what was reported in them.
    pub forms: Forms<'a>,
    /// Official names by code.
    pub names: HashMap<&'a UnitCode, &'a str>,
    /// The year's roster by code.
    pub roster: HashMap<&'a UnitCode, &'a Unit>,
    /// So many units a list of running text names.
    pub most_named: usize,
    /// Units whose short name leaves out their kind, in a level of several kinds.
    of_mixed_kinds: HashSet<&'a UnitCode>,
    /// The findings of each unit.
    by_unit: HashMap<&'a UnitCode, Vec<&'a Finding>>,
    /// What each indicator knows of each unit.
    known: HashMap<&'a IndicatorId, HashMap<&'a UnitCode, OfUnit<'a>>>,
}

/// What an indicator knows of a unit.
struct OfUnit<'a> {
    result: &'a UnitResult,
    /// What is owed about the unit.
    terms: Vec<&'a Term>,
}

impl<'a> Scene<'a> {
    /// The scene of a year.
    pub fn new(plan: &'a Plan, results: &'a Consolidated, findings: &'a [Finding]) -> Self {
        let names = results.units.iter().map(|unit| (&unit.code, unit.name.as_str())).collect();
        let units = plan.roster(results.year);
        let of_mixed_kinds = of_mixed_kinds(&units);
        let roster = units.into_iter().map(|unit| (&unit.code, unit)).collect();
        let book = FormBook::new(plan);
        let forms = Forms::new(plan, &book, results);
        let mut by_unit: HashMap<_, Vec<_>> = HashMap::new();
        for finding in findings {
            if let Some(unit) = &finding.unit {
                by_unit.entry(unit).or_default().push(finding);
            }
        }
        let known = results.indicators.iter().map(|result| (&result.indicator.id, known(result))).collect();
        let most_named = MOST_NAMED;
        Scene {
            plan,
            results,
            findings,
            book,
            forms,
            names,
            roster,
            most_named,
            of_mixed_kinds,
            by_unit,
            known,
        }
    }

    /// The frame of the year's documents.
    pub fn frame(&self) -> &'a Frame {
        self.plan.frame(self.results.year)
    }

    /// Where an annex goes: with the letter, or to what stays with the secretariat.
    pub fn annex(&self, annex: Annex, landscape: bool) -> Place {
        match self.frame().letter.annexes.contains(&annex) {
            true => Place::Annex { landscape },
            false => Place::Internal { landscape },
        }
    }

    /// The findings of a unit.
    pub fn findings_of(&self, unit: &UnitCode) -> &[&'a Finding] {
        self.by_unit.get(unit).map_or(&[], Vec::as_slice)
    }

    /// What a unit says of an indicator, when it is one of those the indicator counts.
    pub fn said(&self, result: &IndicatorResult, unit: &UnitCode) -> Option<&'a UnitResult> {
        self.known.get(&result.indicator.id)?.get(unit).map(|of_unit| of_unit.result)
    }

    /// What is owed to an indicator about a unit.
    pub fn terms(&self, result: &IndicatorResult, unit: &UnitCode) -> &[&'a Term] {
        let of_unit = self.known.get(&result.indicator.id).and_then(|units| units.get(unit));
        of_unit.map_or(&[], |of_unit| of_unit.terms.as_slice())
    }

    /// The name of a unit in running text, for example “huyện Đức Huệ”.
    pub fn official_name(&self, code: &UnitCode) -> String {
        self.names.get(code).map_or_else(|| code.to_string(), |name| (*name).to_owned())
    }

    /// The short name of a unit where a reader of running text can tell by it which unit is meant, else its official name:
    /// “phường Tân An” where there are communes and wards, “xã Bến Lức” where that was a district.
    pub fn name_in_text(&self, code: &UnitCode) -> &'a str {
        match self.roster.get(code) {
            Some(unit) if self.of_mixed_kinds.contains(code) || unit.short_name != unit.proper_name => {
                &unit.name
            }
            _ => self.label(code),
        }
    }

    /// The name of a unit in tables and drawings.
    pub fn label(&self, code: &UnitCode) -> &'a str {
        self.roster.get(code).map_or("", |unit| unit.short_name.as_str())
    }
}

/// The units of a roster whose official name is their kind and their short name, where units of their level are of several
/// such kinds.
fn of_mixed_kinds<'a>(units: &[&'a Unit]) -> HashSet<&'a UnitCode> {
    let leaves_out_kind = |unit: &&&Unit| unit.is_named_by_kind();
    let mut kinds: HashMap<&LevelId, HashSet<&str>> = HashMap::new();
    for unit in units.iter().filter(leaves_out_kind) {
        kinds.entry(&unit.level).or_default().insert(&unit.kind);
    }
    let is_mixed = |unit: &&&Unit| kinds.get(&unit.level).is_some_and(|kinds| kinds.len() > 1);
    units.iter().filter(leaves_out_kind).filter(is_mixed).map(|unit| &unit.code).collect()
}

fn known(result: &IndicatorResult) -> HashMap<&UnitCode, OfUnit<'_>> {
    let of_unit = |result| OfUnit { result, terms: Vec::new() };
    let mut known: HashMap<&UnitCode, OfUnit<'_>> =
        result.by_unit.iter().map(|unit| (&unit.unit, of_unit(unit))).collect();
    for contribution in &result.contributions {
        if let Some(of_unit) = known.get_mut(&contribution.term.about) {
            of_unit.terms.push(&contribution.term);
        }
    }
    known
}
