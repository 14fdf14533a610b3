//! Rules that ask about figures must not ask about sound ones: a year as careful units report it draws none of them, and
//! neither does the year after it.
#![allow(clippy::unwrap_used)] // a test stops where it fails

use crate::generated_province::figures::{Figures, Meant, plausible};
use crate::generated_province::mess::tidy;
use crate::generated_province::{country, raw};
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use xhht::check::{Previous, check};
use xhht::domain::cell::Content as Known;
use xhht::domain::{ColumnRole, FieldId};
use xhht::finding::{Finding, FindingCode};
use xhht::form::Form;
use xhht::plan::Plan;

fn of_rules(plan: &Plan, year: i32, forms: &[(Form, Figures)], previous: &Previous) -> Vec<String> {
    let read = |(form, figures): &(Form, Figures)| {
        raw::received(plan, year, form, &tidy(form, figures.clone())).remove(0)
    };
    let as_of = NaiveDate::from_ymd_opt(year, 12, 16).unwrap();
    let checked = check(plan, year, as_of, previous, forms.iter().map(read).collect()).unwrap();
    // Even what is only worth knowing is not said of figures that agree.
    let told = |finding: &&Finding| matches!(finding.code, FindingCode::Rule(_));
    checked.findings.iter().filter(told).map(|finding| format!("{finding:?}")).collect()
}

fn known(figures: &Figures) -> BTreeMap<FieldId, Known> {
    let content = |meant: &Meant| match meant {
        Meant::Number(number) => Known::Number(*number),
        Meant::Item(_, words) | Meant::Words(words) => Known::Text(words.as_str().into()),
        Meant::Day(day) => Known::Date(*day),
    };
    figures.iter().map(|(id, meant)| (id.clone(), content(meant))).collect()
}

/// The year after: three in a hundred more of what there is much of, one more of what there is little of, and days a year
/// later.
fn a_year_later(form: &Form, before: &Figures) -> Figures {
    let mut figures = Figures::new();
    for row in form.rows() {
        let whole = row.fields.iter().find(|field| field.role == Some(ColumnRole::Whole));
        let whole = whole.and_then(|field| match before.get(&field.id) {
            Some(Meant::Number(number)) => Some(*number),
            _ => None,
        });
        // Of some there is one a commune, and of those there are no more than before.
        let grows = !matches!(row.id.as_str(), "tt_htcd" | "cong_dong_xa");
        let few = whole.is_some_and(|whole| whole < Decimal::ONE_HUNDRED);
        for field in row.fields.iter() {
            let Some(meant) = before.get(&field.id) else { continue };
            let later = match (meant, field.role) {
                (Meant::Day(day), _) => Meant::Day(*day + Days::new(365)),
                // Only for comparison; it may be left blank.
                (_, Some(ColumnRole::Percent)) => continue,
                (Meant::Number(number), Some(ColumnRole::Whole)) if few && grows => {
                    Meant::Number(*number + Decimal::ONE)
                }
                // Parts of something that is not asked as a whole stay what they are, as it does.
                (Meant::Number(number), Some(_)) if !few && whole.is_some() => {
                    Meant::Number((*number * Decimal::new(103, 2)).floor())
                }
                (meant, _) => meant.clone(),
            };
            figures.insert(field.id.clone(), later);
        }
    }
    figures
}

/// What the department reports of the whole province is what the local units report of themselves.
fn add_up(forms: &mut [(Form, Figures)]) {
    for (of_province, of_units) in [("cmkt_tinh", "cmkt"), ("dai_hoc_tinh", "dai_hoc")] {
        let id = |row: &str, column: &str| FieldId::parse(&format!("{row}.{column}")).unwrap();
        let number = |figures: &Figures, column| match figures.get(&id(of_units, column)) {
            Some(Meant::Number(number)) => Some(*number),
            _ => None,
        };
        let pairs =
            forms.iter().filter_map(|(_, figures)| Some((number(figures, "tong")?, number(figures, "dat")?)));
        let (whole, part) =
            pairs.fold((Decimal::ZERO, Decimal::ZERO), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
        for (form, figures) in forms.iter_mut() {
            if form.field(&id(of_province, "tong")).is_some()
                && figures.contains_key(&id(of_province, "tong"))
            {
                figures.retain(|field, _| !field.as_str().starts_with(&format!("{of_province}.")));
                figures.insert(id(of_province, "tong"), Meant::Number(whole));
                figures.insert(id(of_province, "dat"), Meant::Number(part));
            }
        }
    }
}

#[test]
fn clean_years_draw_no_question() {
    for (units, year, seed) in [(6, 2024, 1), (6, 2023, 2), (12, 2026, 3)] {
        let plan = country::plan(units, year, seed);
        let form_of = |unit, year| Form::for_unit(&plan, unit, year);
        let mut first: Vec<(Form, Figures)> = plan
            .roster(year)
            .into_iter()
            .zip(0..)
            .map(|(unit, index)| {
                let form = form_of(unit, year);
                let figures = plausible(&form, seed * 1000 + index);
                (form, figures)
            })
            .collect();
        add_up(&mut first);
        let asked = of_rules(&plan, year, &first, &Previous::new());
        assert!(asked.is_empty(), "{year}: {}", asked.join("\n"));
        // The same roster a year later, where the plan has one.
        if year + 1 == 2025 {
            continue;
        }
        let previous: Previous =
            first.iter().map(|(form, figures)| (form.unit.code.clone(), known(figures))).collect();
        let mut second: Vec<(Form, Figures)> = first
            .iter()
            .map(|(form, figures)| {
                let later = form_of(&form.unit, year + 1);
                let figures = a_year_later(&later, figures);
                (later, figures)
            })
            .collect();
        add_up(&mut second);
        let asked = of_rules(&plan, year + 1, &second, &previous);
        assert!(asked.is_empty(), "{year} and the next: {}", asked.join("\n"));
    }
}

/// Factors by which a figure is most often wrong: a digit too many or too few, nought, money in đồng.
#[test]
fn figures_ten_times_off_are_asked_about() {
    let plan = country::plan(3, 2024, 7);
    let unit = plan.roster(2024)[0];
    let form = Form::for_unit(&plan, unit, 2024);
    let clean = plausible(&form, 5);
    let referenced: Vec<&FieldId> = form
        .fields()
        .filter(|field| form.reference(field).is_some_and(|reference| reference > Decimal::from(100)))
        .map(|field| &field.id)
        .collect();
    assert!(referenced.len() >= 10, "{referenced:?}");
    for id in referenced {
        let Some(Meant::Number(right)) = clean.get(id) else { continue };
        for wrong in [*right * Decimal::TEN, (*right / Decimal::TEN).floor(), Decimal::ZERO] {
            let mut figures = clean.clone();
            figures.insert(id.clone(), Meant::Number(wrong));
            let asked = of_rules(&plan, 2024, &[(form.clone(), figures)], &Previous::new());
            assert!(!asked.is_empty(), "{id} = {wrong} instead of {right}");
        }
    }
}
