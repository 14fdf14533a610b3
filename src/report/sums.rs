//! Sums over all units for the text template: `tong` by field, and the functions `cong` and `so_don_vi` over several.

use super::format::plain;
use super::scene::Scene;
use crate::domain::UnitCode;
use crate::submission::Value;
use minijinja::value::Rest;
use minijinja::{Environment, Error, ErrorKind};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// What stands where nobody gave a number: missing is never zero.
const NOBODY: &str = "–";

/// The numbers of every numeric field of the year's forms, by field id and unit; empty where nobody reported one.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums(BTreeMap<String, BTreeMap<UnitCode, Decimal>>);

impl Sums {
    pub(super) fn new(scene: &Scene<'_>) -> Self {
        let mut numbers: BTreeMap<String, BTreeMap<UnitCode, Decimal>> = BTreeMap::new();
        for unit in scene.plan.roster(scene.results.year) {
            for field in scene.book.form_for(unit, scene.results.year).fields() {
                if field.kind.is_figure() {
                    numbers.entry(field.id.to_string()).or_default();
                }
            }
        }
        for (field, values) in &scene.results.reported {
            for (unit, reported) in values {
                if let Some(Value::Number(number)) = reported.value {
                    numbers.entry(field.to_string()).or_default().insert(unit.clone(), number);
                }
            }
        }
        Sums(numbers)
    }

    /// The sum of each field as it is printed.
    pub(super) fn worded(&self) -> BTreeMap<String, String> {
        self.0.iter().map(|(field, numbers)| (field.clone(), worded(numbers.values()))).collect()
    }

    /// Lets a template call `cong("a.b", …)` and `so_don_vi("a.b", …)`.
    pub(super) fn offer(self, environment: &mut Environment<'_>) {
        let other = self.clone();
        environment.add_function("cong", move |fields: Rest<String>| {
            Ok::<_, Error>(worded(self.asked(&fields)?.into_iter().flat_map(BTreeMap::values)))
        });
        environment.add_function("so_don_vi", move |fields: Rest<String>| {
            let units: BTreeSet<&UnitCode> =
                other.asked(&fields)?.into_iter().flat_map(BTreeMap::keys).collect();
            Ok::<_, Error>(units.len())
        });
    }

    /// A misspelt field would pass for one that nobody reported, so it is a mistake of the template.
    fn asked(&self, fields: &[String]) -> Result<Vec<&BTreeMap<UnitCode, Decimal>>, Error> {
        let known = |field: &String| {
            self.0.get(field).ok_or_else(|| {
                Error::new(ErrorKind::InvalidOperation, format!("biểu mẫu không có ô số “{field}”"))
            })
        };
        fields.iter().map(known).collect()
    }
}

fn worded<'a>(numbers: impl Iterator<Item = &'a Decimal>) -> String {
    numbers.copied().reduce(|a, b| a + b).map_or_else(|| NOBODY.to_owned(), plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried_out(text: &str) -> Result<String, Error> {
        let of = |values: &[(&str, i64)]| {
            values.iter().map(|(unit, tenths)| (UnitCode((*unit).into()), Decimal::new(*tenths, 1))).collect()
        };
        let sums = Sums(BTreeMap::from([
            ("kp_a.chi".to_owned(), of(&[("794", 12_345), ("795", 5)])),
            ("kp_b.chi".to_owned(), of(&[("795", 20)])),
            ("kp_c.chi".to_owned(), of(&[])),
        ]));
        let mut environment = Environment::new();
        sums.offer(&mut environment);
        environment.render_str(text, ())
    }

    #[test]
    fn several_fields_are_added_exactly_and_a_unit_is_counted_once() {
        // 1 234,5 + 0,5 + 2 = 1 237; units 794 and 795.
        assert_eq!(carried_out("{{ cong('kp_a.chi', 'kp_b.chi', 'kp_c.chi') }}").unwrap(), "1.237");
        assert_eq!(carried_out("{{ so_don_vi('kp_a.chi', 'kp_b.chi', 'kp_c.chi') }}").unwrap(), "2");
    }

    #[test]
    fn what_nobody_reported_is_not_zero_and_an_unknown_field_is_a_mistake() {
        assert_eq!(carried_out("{{ cong('kp_c.chi') }} {{ so_don_vi('kp_c.chi') }}").unwrap(), "– 0");
        assert!(carried_out("{{ cong('kp_d.chi') }}").is_err());
    }
}
