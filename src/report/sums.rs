//! Sums over all units for the text template: `tong` by field, and over several fields the functions `cong`, `so_don_vi`,
//! `so_don_vi_co` and `so_don_vi_phai`; `co_o` tells whether the year's forms have a field, `ten_dong` what they call a row.

use super::format::{PERCENT_PLACES, number, plain};
use super::over_years::years_in_words;
use super::scene::Scene;
use crate::consolidate::YearSum;
use crate::domain::{Ratio, UnitCode, Year};
use crate::submission::{self, FigureStatus};
use minijinja::value::Rest;
use minijinja::{Environment, Error, ErrorKind, Value};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What stands where nobody gave a number: missing is never zero.
const NOBODY: &str = "–";

/// What the year's forms ask in figures.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    /// Their numeric fields, by field id.
    columns: BTreeMap<String, Column>,
    /// What their rows are called, by row code.
    rows: BTreeMap<String, String>,
    /// In a review: the sums of the earlier years of its period, by field id.
    earlier: BTreeMap<String, Vec<YearSum>>,
    /// The report year.
    year: Year,
}

/// What is known of a field.
#[derive(Debug, Clone, Default)]
struct Column {
    /// The numbers that were reported; empty where nobody reported one.
    numbers: BTreeMap<UnitCode, Decimal>,
    /// The units that are asked, by their place on the roster.
    asked: Vec<usize>,
}

impl Sums {
    pub(super) fn new(scene: &Scene<'_>) -> Self {
        let mut columns: BTreeMap<String, Column> = BTreeMap::new();
        let mut rows = BTreeMap::new();
        for (seat, unit) in scene.plan.roster(scene.results.year).into_iter().enumerate() {
            for row in scene.book.form_for(unit, scene.results.year).rows() {
                rows.entry(row.code.to_string()).or_insert_with(|| row.label.clone());
                for field in row.fields.iter().filter(|field| field.kind.is_figure()) {
                    columns.entry(field.id.to_string()).or_default().asked.push(seat);
                }
            }
        }
        for (field, values) in &scene.results.reported {
            for (unit, reported) in values {
                // Where there is no standard no number enters a sum.
                if let Some(submission::Value::Number(number)) = reported.value
                    && reported.status != FigureStatus::NoStandard
                {
                    let column = columns.entry(field.to_string()).or_default();
                    column.numbers.insert(unit.clone(), number);
                }
            }
        }
        let earlier = scene.results.over_years.sums.iter();
        let earlier = earlier.map(|(field, sums)| (field.to_string(), sums.clone())).collect();
        Sums { columns, rows, earlier, year: scene.results.year }
    }

    /// The years of the period in which somebody gave a figure in one of the fields, with their sums.
    fn by_year(&self, fields: &[String]) -> Result<BTreeMap<Year, Decimal>, Error> {
        let mut sums: BTreeMap<Year, Decimal> = BTreeMap::new();
        for field in fields {
            let (now, earlier) = (self.columns.get(field), self.earlier.get(field));
            if now.is_none() && earlier.is_none() {
                return Err(unknown(field));
            }
            for past in earlier.into_iter().flatten() {
                *sums.entry(past.year).or_default() += past.sum;
            }
            for number in now.into_iter().flat_map(|column| column.numbers.values()) {
                *sums.entry(self.year).or_default() += number;
            }
        }
        Ok(sums)
    }

    /// Lets a template of a review call `cong_ky("a.b", …)`, the sum over all years of the period; `nam_ky`, the years that
    /// are in it, in words; `so_nam_ky`, how many they are; `co_o_ky`, whether a form of any of them has the field.
    fn offer_period(sums: &Arc<Sums>, environment: &mut Environment<'_>) {
        let of = Arc::clone(sums);
        environment.add_function("co_o_ky", move |field: String| {
            of.columns.contains_key(&field) || of.earlier.contains_key(&field)
        });
        let of = Arc::clone(sums);
        environment.add_function("cong_ky", move |fields: Rest<Value>| {
            Ok::<_, Error>(worded(of.by_year(&named(&fields)?)?.values()))
        });
        let of = Arc::clone(sums);
        environment.add_function("nam_ky", move |fields: Rest<Value>| {
            let years: Vec<Year> = of.by_year(&named(&fields)?)?.into_keys().collect();
            Ok::<_, Error>(years_in_words(&years))
        });
        let of = Arc::clone(sums);
        environment.add_function("so_nam_ky", move |fields: Rest<Value>| {
            Ok::<_, Error>(of.by_year(&named(&fields)?)?.len())
        });
    }

    /// The sum of each field as it is printed.
    pub(super) fn worded(&self) -> BTreeMap<String, String> {
        self.columns.iter().map(|(field, column)| (field.clone(), worded(column.numbers.values()))).collect()
    }

    /// Lets a template call `cong("a.b", …)`, the sum; `so_don_vi("a.b", …)`, how many units gave a number there;
    /// `so_don_vi_co`, how many gave more than nought; `so_don_vi_phai`, how many are asked. Fields are given one by one or
    /// in a list. `ty_le("a.b", "a.c")` is the share of the first in the second over the units that gave both,
    /// `so_don_vi_ghi("a.b", 2)` how many gave just that number. `co_o("a.b")` says whether a form of the year has the field, for forms change in a plan's life, and
    /// `ten_dong("a")` what the forms call a row.
    pub(super) fn offer(self, environment: &mut Environment<'_>) {
        let sums = Arc::new(self);
        Sums::offer_period(&sums, environment);
        let of = Arc::clone(&sums);
        environment.add_function("co_o", move |field: String| of.columns.contains_key(&field));
        let of = Arc::clone(&sums);
        environment.add_function("ten_dong", move |row: String| {
            let known = of.rows.get(&row).cloned();
            known.ok_or_else(|| {
                Error::new(ErrorKind::InvalidOperation, format!("biểu mẫu không có dòng “{row}”"))
            })
        });
        let of = Arc::clone(&sums);
        environment.add_function("cong", move |fields: Rest<Value>| {
            let fields = named(&fields)?;
            let columns = of.asked(&fields)?.into_iter();
            Ok::<_, Error>(worded(columns.flat_map(|column| column.numbers.values())))
        });
        let count = |sums: &Sums, fields: &[Value], counts: fn(&Decimal) -> bool| {
            let fields = named(fields)?;
            let columns = sums.asked(&fields)?.into_iter();
            let given = columns.flat_map(|column| &column.numbers).filter(|(_, number)| counts(number));
            Ok::<_, Error>(given.map(|(unit, _)| unit).collect::<BTreeSet<_>>().len())
        };
        let of = Arc::clone(&sums);
        environment.add_function("ty_le", move |parts: Value, wholes: Value| {
            of.share(&named(&[parts])?, &named(&[wholes])?)
        });
        let of = Arc::clone(&sums);
        environment.add_function("so_don_vi_ghi", move |field: String, number: i64| {
            let columns = of.asked(&[field])?.into_iter();
            let same = columns.flat_map(|column| column.numbers.values()).filter(|n| **n == number.into());
            Ok::<_, Error>(same.count())
        });
        let of = Arc::clone(&sums);
        environment.add_function("so_don_vi", move |fields: Rest<Value>| count(&of, &fields, |_| true));
        let of = Arc::clone(&sums);
        environment
            .add_function("so_don_vi_co", move |fields: Rest<Value>| count(&of, &fields, |n| !n.is_zero()));
        environment.add_function("so_don_vi_phai", move |fields: Rest<Value>| {
            let fields = named(&fields)?;
            let columns = sums.asked(&fields)?.into_iter();
            Ok::<_, Error>(columns.flat_map(|column| &column.asked).collect::<BTreeSet<_>>().len())
        });
    }

    /// The share of some fields in others, field by field, over the units that gave both numbers: “85,20%”; “–” where
    /// none did. Whoever gave one of the two would distort it.
    fn share(&self, parts: &[String], wholes: &[String]) -> Result<String, Error> {
        let mut sums: Option<[Decimal; 2]> = None;
        for (part, whole) in self.asked(parts)?.into_iter().zip(self.asked(wholes)?) {
            for (unit, number) in &part.numbers {
                if let Some(of) = whole.numbers.get(unit) {
                    let [a, b] = sums.unwrap_or_default();
                    sums = Some([a + number, b + of]);
                }
            }
        }
        let percent = sums.and_then(|[part, whole]| Ratio::of(part, whole).percent());
        Ok(percent
            .map_or_else(|| NOBODY.to_owned(), |percent| format!("{}%", number(percent, PERCENT_PLACES))))
    }

    /// A misspelt field would pass for one that nobody reported, so it is a mistake of the template.
    fn asked(&self, fields: &[String]) -> Result<Vec<&Column>, Error> {
        let known = |field: &String| self.columns.get(field).ok_or_else(|| unknown(field));
        fields.iter().map(known).collect()
    }
}

fn unknown(field: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("biểu mẫu không có ô số “{field}”"))
}

/// The fields that are named, one by one or in lists.
fn named(given: &[Value]) -> Result<Vec<String>, Error> {
    let mut fields = Vec::new();
    for value in given {
        match value.as_str() {
            Some(field) => fields.push(field.to_owned()),
            None => fields.extend(named(&value.try_iter()?.collect::<Vec<_>>())?),
        }
    }
    Ok(fields)
}

fn worded<'a>(numbers: impl Iterator<Item = &'a Decimal>) -> String {
    numbers.copied().reduce(|a, b| a + b).map_or_else(|| NOBODY.to_owned(), plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried_out(text: &str) -> Result<String, Error> {
        let of = |values: &[(&str, i64)]| {
            let number = |(unit, tenths): &(&str, i64)| (UnitCode((*unit).into()), Decimal::new(*tenths, 1));
            Column { numbers: values.iter().map(number).collect(), asked: vec![0, 1, 2] }
        };
        let columns = BTreeMap::from([
            ("kp_a.chi".to_owned(), of(&[("794", 12_345), ("795", 5)])),
            ("kp_b.chi".to_owned(), of(&[("795", 20)])),
            ("kp_c.chi".to_owned(), of(&[])),
            ("kp_e.chi".to_owned(), of(&[("794", 0), ("796", 10)])),
        ]);
        let earlier = |year, sum: i64| YearSum { year, sum: Decimal::new(sum, 1), units: 1 };
        let sums = Sums {
            columns,
            rows: BTreeMap::from([("kp_a".to_owned(), "Ngân sách".to_owned())]),
            earlier: BTreeMap::from([
                ("kp_a.chi".to_owned(), vec![earlier(2022, 1_000), earlier(2023, 5)]),
                ("kp_old.chi".to_owned(), vec![earlier(2022, 10)]),
            ]),
            year: 2025,
        };
        let mut environment = Environment::new();
        sums.offer(&mut environment);
        environment.render_str(text, ())
    }

    #[test]
    fn several_fields_are_added_exactly_and_a_unit_is_counted_once() {
        // 1 234,5 + 0,5 + 2 = 1 237; units 794 and 795.
        assert_eq!(carried_out("{{ cong('kp_a.chi', 'kp_b.chi', 'kp_c.chi') }}").unwrap(), "1.237");
        assert_eq!(carried_out("{{ so_don_vi('kp_a.chi', 'kp_b.chi', 'kp_c.chi') }}").unwrap(), "2");
        assert_eq!(carried_out("{{ cong(['kp_a.chi', 'kp_b.chi'], 'kp_c.chi') }}").unwrap(), "1.237");
        assert_eq!(carried_out("{{ co_o('kp_a.chi') }} {{ co_o('kp_z.chi') }}").unwrap(), "True False");
        assert!(carried_out("{{ cong(['kp_a.chi', 'kp_d.chi']) }}").is_err());
        assert!(carried_out("{{ cong(7) }}").is_err());
    }

    #[test]
    fn a_period_is_the_years_that_have_a_figure() {
        // 100 in 2022, 0,5 in 2023, 1 235 in 2025; the old field has 1 in 2022.
        let told = |what: &str| carried_out(&format!("{{{{ {what}('kp_a.chi', 'kp_old.chi') }}}}")).unwrap();
        assert_eq!(told("cong_ky"), "1.336,5");
        assert_eq!((told("nam_ky").as_str(), told("so_nam_ky").as_str()), ("các năm 2022, 2023, 2025", "3"));
        assert_eq!(carried_out("{{ cong_ky('kp_c.chi') }} {{ so_nam_ky('kp_c.chi') }}").unwrap(), "– 0");
        assert_eq!(
            carried_out("{{ co_o_ky('kp_old.chi') }} {{ co_o('kp_old.chi') }}").unwrap(),
            "True False"
        );
        assert!(carried_out("{{ cong_ky('kp_z.chi') }}").is_err());
    }

    #[test]
    fn a_share_is_of_those_that_gave_both() {
        // Only 795 gave both of the first two: 0,5 of 2; 794 gave 0 of 1 234,5 in the last.
        assert_eq!(carried_out("{{ ty_le('kp_a.chi', 'kp_b.chi') }}").unwrap(), "25,00%");
        assert_eq!(carried_out("{{ ty_le(['kp_e.chi'], ['kp_a.chi']) }}").unwrap(), "0,00%");
        assert_eq!(carried_out("{{ ty_le('kp_a.chi', 'kp_c.chi') }}").unwrap(), "–");
        assert_eq!(carried_out("{{ ty_le('kp_a.chi', 'kp_e.chi') }}").unwrap(), "–");
        assert!(carried_out("{{ ty_le('kp_a.chi', 'kp_z.chi') }}").is_err());
        assert_eq!(
            carried_out("{{ so_don_vi_ghi('kp_e.chi', 1) }} {{ so_don_vi_ghi('kp_c.chi', 0) }}").unwrap(),
            "1 0"
        );
    }

    #[test]
    fn who_gave_nought_is_not_one_of_those_that_have_some() {
        let counts =
            "{{ so_don_vi('kp_e.chi') }} {{ so_don_vi_co('kp_e.chi') }} {{ so_don_vi_phai('kp_e.chi') }}";
        assert_eq!(carried_out(counts).unwrap(), "2 1 3");
        // 794 has some of the first, nought of the second.
        assert_eq!(carried_out("{{ so_don_vi_co('kp_a.chi', 'kp_e.chi') }}").unwrap(), "3");
    }

    #[test]
    fn what_nobody_reported_is_not_zero_and_an_unknown_field_is_a_mistake() {
        assert_eq!(carried_out("{{ cong('kp_c.chi') }} {{ so_don_vi('kp_c.chi') }}").unwrap(), "– 0");
        assert!(carried_out("{{ cong('kp_d.chi') }}").is_err());
        assert_eq!(carried_out("{{ ten_dong('kp_a') }}").unwrap(), "Ngân sách");
        assert!(carried_out("{{ ten_dong('kp_d') }}").is_err());
    }
}
