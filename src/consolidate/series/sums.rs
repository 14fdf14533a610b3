//! What was reported in figures in the years of a review's period, by field.

use crate::consolidate::history::{History, PastYear};
use crate::consolidate::results::YearSum;
use crate::domain::cell::Content;
use crate::domain::{FieldId, Year};
use crate::form::FormBook;
use crate::plan::{Plan, Review};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The sums of the earlier years of a period, by field under its present name and in the unit of money that the year's forms
/// have. Years of other territories are not this one's.
pub(super) fn of_period(plan: &Plan, history: &History, review: Review) -> BTreeMap<FieldId, Vec<YearSum>> {
    let forms = FormBook::new(plan);
    let mut sums: BTreeMap<FieldId, Vec<YearSum>> = BTreeMap::new();
    for year in review.first..review.year {
        let Some(past) = history.year(year).filter(|past| past.territories.is_empty()) else { continue };
        for (field, sum) in of_year(plan, &forms, year, past) {
            sums.entry(field).or_default().push(sum);
        }
    }
    sums
}

fn of_year(plan: &Plan, forms: &FormBook<'_>, year: Year, past: &PastYear) -> BTreeMap<FieldId, YearSum> {
    let mut sums: BTreeMap<FieldId, YearSum> = BTreeMap::new();
    let Some(values) = &past.values else { return sums };
    for unit in plan.roster(year) {
        let Some(values) = values.get(&unit.code) else { continue };
        let form = forms.form_for(unit, year);
        for field in form.fields().filter(|field| field.kind.is_figure()) {
            let former = || plan.former_ids(&field.id).into_iter().find_map(|former| values.get(&former));
            let value = values.get(&field.id).or_else(former);
            if let Some(Content::Number(number)) = value.and_then(|value| value.in_cell(&field.kind)) {
                let none = || YearSum { year, sum: Decimal::ZERO, units: 0 };
                let sum = sums.entry(field.id.clone()).or_insert_with(none);
                sum.sum += number;
                sum.units += 1;
            }
        }
    }
    sums
}
