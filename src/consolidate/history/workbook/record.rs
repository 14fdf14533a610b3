//! A value of the workbook's record, exactly as it was used, and what becomes of it where somebody mended the figure that
//! follows from it.

use super::super::value::{StatusPart, ValuePart};
use super::super::{PastIndicator, ReadValues};
use crate::consolidate::terms::{self, Term, TermFields};
use crate::domain::{FieldId, FieldKind, IndicatorId, Meaning, UnitCode, Year};
use crate::plan::Plan;
use crate::submission::Reported;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// What a unit reported in a field: a line of JSON in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The unit.
    pub unit: UnitCode,
    /// The field.
    pub field: FieldId,
    /// What it reported.
    pub value: ValuePart,
}

impl Record {
    /// The record of a value.
    pub fn of(unit: &UnitCode, field: &FieldId, reported: &Reported, kind: &FieldKind) -> Self {
        Record { unit: unit.clone(), field: field.clone(), value: ValuePart::of_reported(reported, kind) }
    }

    /// A record from its cell.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_string(self).map_err(|_| fmt::Error)?;
        for c in json.chars() {
            // Whatever is no plain letter, digit or mark is written out: a workbook would lose or change some of them.
            if c.is_alphanumeric() || (c.is_ascii() && !c.is_ascii_control()) {
                f.write_char(c)?;
            } else {
                c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(f, "\\u{unit:04x}"))?;
            }
        }
        Ok(())
    }
}

/// Brings the values in line with the figures of the indicators, which follow from them unless somebody mended a figure:
/// then the field has that figure, or, where several fields add up to it, nobody knows what they have. Tells of each
/// indicator which units gave some of their figures only.
pub(super) fn mend(
    plan: &Plan,
    year: Year,
    indicators: &mut BTreeMap<IndicatorId, PastIndicator>,
    values: &mut BTreeMap<UnitCode, ReadValues>,
) {
    for (id, past) in indicators {
        let Some(indicator) = plan.indicator(id) else { continue };
        let mut of_units: BTreeMap<(UnitCode, UnitCode), Vec<Term>> = BTreeMap::new();
        for mut term in terms::of_indicator(plan, indicator, year) {
            // The sheet and its record go by the codes of now.
            (term.reporter, term.about) = (plan.code_now(term.reporter), plan.code_now(term.about));
            of_units.entry((term.reporter.clone(), term.about.clone())).or_default().push(term);
        }
        for ((reporter, about), terms) in of_units {
            let known = values.entry(reporter).or_default();
            if past.no_standard.contains(&about) {
                nothing_to_judge(known, &terms, past, about);
                continue;
            }
            let mut is_partial = false;
            match terms.as_slice() {
                [Term { fields: TermFields::Status(field), .. }] => {
                    status(known, field, past.numerators.get(&about));
                }
                [Term { fields: TermFields::Pair { numerator, denominator }, .. }] => {
                    let (n, d) = (past.numerators.get(&about), past.denominators.get(&about));
                    pair(known, [(numerator, n), (denominator, d)]);
                    is_partial = gave_some(known, &terms);
                }
                several => {
                    // Whoever mends a sum of several does not give the parts that were missing.
                    is_partial = gave_some(known, several);
                    sums(known, several, past, &about);
                }
            }
            if is_partial {
                past.partial.insert(about);
            }
        }
    }
}

/// The sheet has one word for a unit without a standard and for one without anything that could hold a status, which
/// said so and adds nothing over nothing.
fn nothing_to_judge(known: &ReadValues, terms: &[Term], past: &mut PastIndicator, about: UnitCode) {
    let [Term { fields: TermFields::Status(field), .. }] = terms else { return };
    if known.get(field).and_then(|value| value.choice) == Some(Meaning::None) {
        past.no_standard.remove(&about);
        past.numerators.insert(about.clone(), Decimal::ZERO);
        past.denominators.insert(about, Decimal::ZERO);
    }
}

/// Whether some of what these terms ask for was given, but not all.
fn gave_some(known: &ReadValues, terms: &[Term]) -> bool {
    let is_unjudged =
        |field: &FieldId| known.get(field).is_some_and(|value| value.status == Some(StatusPart::NoStandard));
    let is_given = |field: &FieldId| known.get(field).and_then(ValuePart::figure).is_some();
    let given = |term: &Term| match term.fields.all().any(is_unjudged) {
        true => (true, true),
        false => (term.fields.all().any(is_given), term.fields.all().all(is_given)),
    };
    let given: Vec<(bool, bool)> = terms.iter().map(given).collect();
    given.iter().any(|(some, _)| *some) && !given.iter().all(|(_, all)| *all)
}

/// Whether two figures are one in a workbook, which holds sixteen digits.
fn same(a: Decimal, b: Decimal) -> bool {
    a == b || a.to_f64() == b.to_f64()
}

/// A pair that the sheet shows in other figures, or of which somebody took a figure away. A unit that gave half of its pair
/// has none in the sheet.
fn pair(known: &mut ReadValues, sides: [(&FieldId, Option<&Decimal>); 2]) {
    let is_whole = sides.iter().all(|(field, _)| known.get(*field).and_then(ValuePart::figure).is_some());
    for (field, read) in sides {
        match (known.get(field).and_then(ValuePart::figure), read) {
            (Some(was), Some(is)) if same(was, *is) => {}
            (_, Some(is)) => {
                known.insert(field.clone(), ValuePart { number: Some(*is), ..ValuePart::default() });
            }
            (_, None) if is_whole => {
                known.remove(field);
            }
            (_, None) => {}
        }
    }
}

fn status(known: &mut ReadValues, field: &FieldId, read: Option<&Decimal>) {
    let Some(read) = read else { return };
    let means = if *read == Decimal::ONE { Meaning::Yes } else { Meaning::No };
    if known.get(field).and_then(|value| value.choice) != Some(means) {
        known.insert(field.clone(), ValuePart { choice: Some(means), ..ValuePart::default() });
    }
}

/// The pairs that add up to a unit's figures; those that lack a side are in no sum.
fn sums(known: &mut ReadValues, terms: &[Term], past: &PastIndicator, about: &UnitCode) {
    let figure = |field: &FieldId| known.get(field).and_then(ValuePart::figure);
    let pairs = terms.iter().filter_map(|term| Some((term.fields.numerator(), term.fields.denominator()?)));
    let whole: Vec<(&FieldId, &FieldId)> =
        pairs.filter(|(n, d)| figure(n).is_some() && figure(d).is_some()).collect();
    let is_mended = |side: &[&FieldId], read: Option<&Decimal>| {
        let sum: Decimal = side.iter().filter_map(|field| figure(field)).sum();
        !side.is_empty() && read.is_none_or(|read| !same(sum, *read))
    };
    let sides: [(Vec<&FieldId>, _); 2] = [
        (whole.iter().map(|(n, _)| *n).collect(), past.numerators.get(about)),
        (whole.iter().map(|(_, d)| *d).collect(), past.denominators.get(about)),
    ];
    let mended = sides.into_iter().filter(|(side, read)| is_mended(side, *read));
    let gone: Vec<FieldId> = mended.flat_map(|(side, _)| side.into_iter().cloned()).collect();
    for field in gone {
        known.remove(&field);
    }
}
