//! The results of an earlier year → the fields of this year's forms, as far as the results tell them apart.

use super::history::result_file::ReadValues;
use super::history::{PastIndicator, PastYear};
use super::terms::{self, Term, TermFields};
use crate::domain::cell::Content;
use crate::domain::{FieldId, FieldKind, Meaning, Reporter, RowCode, RowId, Unit, UnitCode, Year};
use crate::form::{Form, FormBook, FormRow};
use crate::plan::{KeyTask, Plan, PlannedRow, PlannedSheet, PlannedTable, Repeat};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};

/// By reporting unit of `year`, what `past`, a year before, says of the fields of its form: under the names, the words
/// and the units of money that they have now. A unit that is new has no past, even if its code has.
///
/// Older results, and workbooks, hold a numerator and a denominator for each indicator and unit, so a unit that reports
/// several pairs for one indicator has no single field they could stand beside; such fields, and all that no indicator
/// counts, stay unknown. So do the figures of an indicator that was defined anew since.
pub fn fields_of(plan: &Plan, year: Year, past: &PastYear) -> BTreeMap<UnitCode, BTreeMap<FieldId, Content>> {
    let mut known = known_of_units(plan, year, past);
    let redefined: Vec<_> =
        plan.in_force(year).filter(|indicator| indicator.is_redefined_between(past.year, year)).collect();
    for fields in known.values_mut() {
        fields.retain(|field, _| !redefined.iter().any(|indicator| indicator.kind.is_made_from(field)));
    }
    known
}

fn known_of_units(
    plan: &Plan,
    year: Year,
    past: &PastYear,
) -> BTreeMap<UnitCode, BTreeMap<FieldId, Content>> {
    let forms = FormBook::new(plan);
    let Some(values) = &past.values else { return pairs_of(plan, year, past, &forms) };
    let sources = Sources::new(plan, year, past.year);
    let of_unit = |unit: &Unit| {
        let form = forms.form_for(unit, year);
        let rows = form.rows().filter_map(|row| Some((row, values.get(sources.of_row(unit, row)?)?)));
        let known = rows.flat_map(|(row, old)| known_fields(plan, row, old));
        (unit.code.clone(), known.collect())
    };
    plan.roster(year).into_iter().map(of_unit).collect()
}

/// By the code of each unit of `year` that was there then, the code it had `then`.
fn same_units(plan: &Plan, year: Year, then: Year) -> HashMap<UnitCode, UnitCode> {
    let mut same: Vec<(&Unit, &Unit)> = plan.roster(year).into_iter().map(|unit| (unit, unit)).collect();
    for year in (then + 1..=year).rev() {
        let before = plan.before(year);
        same = same.into_iter().filter_map(|(now, unit)| Some((now, before.unit(unit)?))).collect();
    }
    same.into_iter().map(|(now, then)| (now.code.clone(), then.code.clone())).collect()
}

/// Who reported then what a unit reports now.
struct Sources<'a> {
    plan: &'a Plan,
    year: Year,
    then: Year,
    same: HashMap<UnitCode, UnitCode>,
    /// By row, whom it is asked of.
    rows: HashMap<&'a RowId, (&'a [Reporter], &'a PlannedTable)>,
}

impl<'a> Sources<'a> {
    fn new(plan: &'a Plan, year: Year, then: Year) -> Self {
        let tables =
            plan.sheets.iter().flat_map(|sheet| sheet.tables.iter().map(move |table| (sheet, table)));
        // Who is named closest to the row.
        let of = |sheet: &'a PlannedSheet, table: &'a PlannedTable, row: &'a PlannedRow| {
            let closest = [&row.asked, &table.asked].into_iter().find(|asked| !asked.of.is_empty());
            (closest.unwrap_or(&sheet.asked).of.as_slice(), table)
        };
        let rows = tables
            .flat_map(|(sheet, table)| table.rows.iter().map(move |row| (&row.id, of(sheet, table, row))));
        let rows = rows.collect();
        Sources { plan, year, then, same: same_units(plan, year, then), rows }
    }

    /// Whose values of a row are the past of a unit's: its own, or those of the body that had then what is laid on it now.
    fn of_row(&self, unit: &Unit, row: &FormRow) -> Option<&UnitCode> {
        let Sources { plan, year, then, .. } = *self;
        let (audience, table) = self.rows.get(&row.id)?;
        let body = match table.repeat {
            Some(Repeat::KeyTasks) => {
                let is_row = |task: &&KeyTask| RowCode::numbered(&row.id, task.number) == row.code;
                let task = plan.key_tasks.iter().find(is_row)?;
                plan.bearer(&task.lead, then)
            }
            _ => plan.had_before(audience, unit, year, then),
        };
        body.map(|body| &body.code).or_else(|| self.same.get(&unit.code))
    }

    /// The unit that the figures of a term were about then.
    fn of_term(&self, term: &Term) -> Option<&UnitCode> {
        match &term.laid_on {
            Some(body) => self.plan.bearer(body, self.then).map(|unit| &unit.code),
            None => self.same.get(&term.about),
        }
    }
}

/// What a unit reported in a row.
fn known_fields(plan: &Plan, row: &FormRow, old: &ReadValues) -> Vec<(FieldId, Content)> {
    let value = |id: &FieldId| {
        let former = || plan.former_ids(id).into_iter().find_map(|former| old.get(&former));
        old.get(id).or_else(former)
    };
    let known = row
        .fields
        .iter()
        .filter_map(|field| Some((field.id.clone(), value(&field.id)?.in_cell(&field.kind)?)));
    known.collect()
}

/// As far as the figures of the indicators tell them apart.
fn pairs_of(
    plan: &Plan,
    year: Year,
    past: &PastYear,
    forms: &FormBook<'_>,
) -> BTreeMap<UnitCode, BTreeMap<FieldId, Content>> {
    let sources = Sources::new(plan, year, past.year);
    let indicators: Vec<(&PastIndicator, HashMap<UnitCode, Vec<Term>>)> = plan
        .indicators_of(year)
        .iter()
        .filter_map(|indicator| {
            let past = past.indicators.get(&indicator.id)?;
            Some((past, by_reporter(terms::of_indicator(plan, indicator, year))))
        })
        .collect();
    let of_unit = |unit: &Unit| {
        let form = forms.form_for(unit, year);
        let known = indicators.iter().flat_map(|(past, terms)| {
            let mine = terms.get(&unit.code).map(Vec::as_slice).unwrap_or_default();
            known_of(mine, past, &sources, &form)
        });
        (unit.code.clone(), known.collect())
    };
    plan.roster(year).into_iter().map(of_unit).collect()
}

fn by_reporter(terms: Vec<Term>) -> HashMap<UnitCode, Vec<Term>> {
    let mut by_reporter: HashMap<UnitCode, Vec<Term>> = HashMap::new();
    for term in terms {
        by_reporter.entry(term.reporter.clone()).or_default().push(term);
    }
    by_reporter
}

/// What an indicator's past result says of the fields that a unit owes it.
fn known_of(
    terms: &[Term],
    past: &PastIndicator,
    sources: &Sources<'_>,
    form: &Form,
) -> Vec<(FieldId, Content)> {
    let answer = |term: &Term| match &term.fields {
        TermFields::Status(field) => {
            let kind = &form.field(field)?.kind;
            Some((field.clone(), choice(kind, held(past, sources.of_term(term)?)?)?))
        }
        TermFields::Pair { .. } => None,
    };
    match terms {
        [term @ Term { fields: TermFields::Pair { numerator, denominator }, .. }] => {
            let Some(about) = sources.of_term(term) else { return Vec::new() };
            let figures = [(numerator, &past.numerators), (denominator, &past.denominators)];
            let known =
                figures.into_iter().filter_map(|(field, of_units)| Some((field, of_units.get(about)?)));
            known.map(|(field, figure)| (field.clone(), Content::Number(*figure))).collect()
        }
        several => several.iter().filter_map(answer).collect(),
    }
}

/// What a unit's status was.
fn held(past: &PastIndicator, unit: &UnitCode) -> Option<Meaning> {
    if past.no_standard.contains(unit) {
        return Some(Meaning::NoStandard);
    }
    let holds = past.numerators.get(unit)?;
    if *holds == Decimal::ONE { Some(Meaning::Yes) } else { holds.is_zero().then_some(Meaning::No) }
}

/// The item of a list that says so, in this year's words.
fn choice(kind: &FieldKind, meaning: Meaning) -> Option<Content> {
    let FieldKind::Choice(list) = kind else { return None };
    let item = list.items.iter().find(|item| item.means == meaning)?;
    Some(Content::Text(item.text.as_str().into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PlanSources;

    fn past(indicators: &str) -> PastYear {
        let text = format!(
            r#"{{"schema": "xhht/ket-qua/1", "plan": {{"id": "long-an-2021-2030"}}, "year": 2023, "indicators": [{indicators}]}}"#
        );
        PastYear::read(&text).unwrap()
    }

    fn indicator(id: &str, by_unit: &str) -> String {
        format!(r#"{{"id": "{id}", "percent": null, "by_unit": [{by_unit}]}}"#)
    }

    fn figures(unit: &str, numerator: &str, denominator: &str, status: &str) -> String {
        format!(
            r#"{{"unit": "{unit}", "numerator": {numerator}, "denominator": {denominator}, "percent": null, "status": "{status}"}}"#
        )
    }

    #[test]
    fn every_kind_of_indicator_finds_its_fields_and_no_others() {
        let plan = Plan::read(&PlanSources::embedded()).unwrap();
        let one = |unit, n| figures(unit, n, r#""1""#, "reported");
        let past = past(
            &[
                indicator("1.1", &[one("794", r#""1""#), one("796", r#""0""#)].join(",")),
                indicator("1.2", &figures("794", "null", "null", "no-standard")),
                indicator("2.1", &figures("794", r#""600""#, r#""1000.5""#, "estimate")),
                indicator("2.2", &figures("794", "null", "null", "missing")),
                indicator("2.3", &figures("SLDTBXH", r#""70""#, r#""100""#, "reported")),
                // Three pairs of fields: what they add up to belongs beside none of them.
                indicator("3.2", &figures("794", r#""9""#, r#""10""#, "reported")),
                indicator("4.2", &[one("794", r#""1""#), one("795", r#""0""#)].join(",")),
            ]
            .join(","),
        );
        let known = fields_of(&plan, 2024, &past);
        let of = |unit: &str| -> Vec<(String, Content)> {
            let fields = &known[&UnitCode(unit.into())];
            fields.iter().map(|(field, content)| (field.to_string(), content.clone())).collect()
        };
        let words = |field: &str, text: &str| (field.to_owned(), Content::Text(text.into()));
        let number = |field: &str, text: &str| (field.to_owned(), Content::Number(text.parse().unwrap()));
        assert_eq!(
            of("794"),
            [
                number("nltt.dat", "600"),
                number("nltt.tong", "1000.5"),
                words("pcgd_mg.dat", "Chưa có tiêu chí"),
                words("xmc_md2.dat", "Đạt"),
            ]
        );
        assert_eq!(of("796"), [words("xmc_md2.dat", "Chưa đạt")]);
        assert_eq!(of("SLDTBXH"), [number("cmkt_tinh.dat", "70"), number("cmkt_tinh.tong", "100")]);
        assert_eq!(
            of("SGDDT"),
            [words("huyen_ht.794.dat", "Được công nhận"), words("huyen_ht.795.dat", "Chưa được công nhận")]
        );
        assert_eq!(of("HKH"), []);
    }
}
