//! What must come of what was sent, worked out beside the program: nothing here uses `consolidate`, `check` or the
//! program's own arithmetic. Figures are whole millionths; shares are compared by multiplying across.

use super::figures::{Figures, Meant};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use xhht::domain::{FieldId, Indicator, IndicatorKind, Meaning, Part, Reporter, StatusField, UnitCode, Year};
use xhht::form::{Field, Form};
use xhht::plan::{Plan, ReferenceBasis};

/// Millionths in one.
const ONE: i128 = 1_000_000;

/// The true result of a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// The year.
    pub year: Year,
    /// Units on the roster.
    pub units: usize,
    /// Units of which a report counts.
    pub reported: usize,
    /// By indicator, in the plan's order.
    pub indicators: Vec<TrueResult>,
    /// The sum of every field that holds numbers, as an exact decimal.
    pub totals: BTreeMap<String, String>,
}

/// The true result of an indicator; numbers as exact decimals, percentages half-up to ten places.
#[derive(Debug, Clone, PartialEq)]
pub struct TrueResult {
    pub id: String,
    pub numerator: String,
    pub denominator: String,
    pub percent: Option<String>,
    pub lower: Option<String>,
    pub upper: Option<String>,
    pub verdict: &'static str,
}

/// What a pair says.
enum Pair {
    Both(i128, i128),
    /// No standard to judge by.
    NoStandard,
    /// At least, at most, out of how many.
    Open(i128, i128, i128),
    /// Nothing is known, not even how many there are.
    Unknown,
}

/// Works out the truth of a province out of what counts of each unit.
pub fn of(plan: &Plan, year: Year, forms: &[Form], counts: &[Figures]) -> Truth {
    let by_unit: BTreeMap<&UnitCode, (&Form, &Figures)> =
        forms.iter().zip(counts).map(|(form, counts)| (&form.unit.code, (form, counts))).collect();
    let mut totals: BTreeMap<String, i128> = BTreeMap::new();
    for (_, figures) in by_unit.values() {
        for (id, meant) in *figures {
            if let Meant::Number(number) = meant {
                *totals.entry(id.to_string()).or_default() += millionths(*number);
            }
        }
    }
    Truth {
        year,
        units: forms.len(),
        reported: counts.iter().filter(|counts| !counts.is_empty()).count(),
        indicators: plan
            .indicators_of(year)
            .iter()
            .map(|indicator| result(indicator, year, forms, &by_unit))
            .collect(),
        totals: totals.into_iter().map(|(id, sum)| (id, decimal(sum))).collect(),
    }
}

type ByUnit<'a> = BTreeMap<&'a UnitCode, (&'a Form, &'a Figures)>;

fn result(indicator: &Indicator, year: Year, forms: &[Form], by_unit: &ByUnit<'_>) -> TrueResult {
    let (pairs, is_share) = match &indicator.kind {
        IndicatorKind::Ratio { parts } => (
            parts
                .iter()
                .flat_map(|part| pairs(part, has_standard(indicator, year), forms, by_unit))
                .collect(),
            false,
        ),
        IndicatorKind::ProvinceFigure { part } => {
            (pairs(part, has_standard(indicator, year), forms, by_unit), false)
        }
        IndicatorKind::ShareOfUnits { over, from, status } => {
            let units = forms.iter().filter(|form| form.unit.level == *over);
            let all: Vec<Pair> = units
                .map(|form| {
                    let teller = match from {
                        Reporter::Level(_) => &form.unit.code,
                        Reporter::Unit(code) => code,
                    };
                    let field = match status {
                        StatusField::Own(field) => field.to_string(),
                        StatusField::ForEachUnit { row, column } => {
                            format!("{row}.{}.{column}", form.unit.code.as_str().to_lowercase())
                        }
                    };
                    let said =
                        by_unit.get(teller).and_then(|(_, counts)| counts.get(&FieldId::parse(&field).ok()?));
                    held(said, has_standard(indicator, year))
                })
                .collect();
            (all, true)
        }
    };
    let (mut sum, mut least, mut most, mut figures) = ((0, 0), (0, 0), (0, 0), 0);
    let (mut no_standard, mut unknown) = (0, false);
    for pair in &pairs {
        let (low, high, of) = match *pair {
            Pair::Both(n, d) => {
                sum = (sum.0 + n, sum.1 + d);
                figures += 1;
                (n, n, d)
            }
            Pair::NoStandard => {
                // A unit without a standard is not one of those that are judged.
                no_standard += 1;
                (0, 0, 0)
            }
            Pair::Open(low, high, of) => (low, high, of),
            Pair::Unknown => {
                unknown = true;
                continue;
            }
        };
        least = (least.0 + low, least.1 + of);
        most = (most.0 + high, most.1 + of);
    }
    if is_share {
        sum.1 = (pairs.len() - no_standard) as i128 * ONE;
    }
    let bounded = !unknown && least.1 > 0;
    let target = indicator.target_for(year).map(|(_, target)| millionths(target));
    let verdict =
        if indicator.standard_since.is_some_and(|since| year < since) || no_standard * 2 > pairs.len() {
            "no-standard"
        } else if figures == 0 || sum.1 == 0 {
            "no-data"
        } else if let Some(target) = target {
            // n / d ≥ target % as n × 100 millionths ≥ target × d.
            let reaches = |(n, d): (i128, i128)| n * 100 * ONE >= target * d;
            let surely = if bounded { reaches(least) } else { target == 0 };
            let possibly = !bounded || reaches(most);
            if surely {
                "met"
            } else if possibly {
                "depends"
            } else {
                "not-met"
            }
        } else {
            "no-target"
        };
    let told = !matches!(verdict, "no-data" | "no-standard");
    TrueResult {
        id: indicator.id.to_string(),
        numerator: decimal(sum.0),
        denominator: decimal(sum.1),
        percent: told.then(|| percent(sum)),
        lower: bounded.then(|| percent(least)),
        upper: bounded.then(|| percent(most)),
        verdict,
    }
}

/// Whether there is a standard to judge by: then nobody answers that there is none.
fn has_standard(indicator: &Indicator, year: Year) -> bool {
    indicator.standard_since.is_none_or(|since| year >= since)
}

fn held(meant: Option<&Meant>, has_standard: bool) -> Pair {
    match meant {
        Some(Meant::Item(Meaning::Yes, _)) => Pair::Both(ONE, ONE),
        Some(Meant::Item(Meaning::No, _)) => Pair::Both(0, ONE),
        Some(Meant::Item(Meaning::NoStandard, _)) if !has_standard => Pair::NoStandard,
        _ => Pair::Open(0, ONE, ONE),
    }
}

fn pairs(part: &Part, has_standard: bool, forms: &[Form], by_unit: &ByUnit<'_>) -> Vec<Pair> {
    let owes = |form: &&Form| match &part.from {
        Reporter::Level(level) => form.unit.level == *level,
        // Whoever is asked for it this year: bodies hand their duties over.
        Reporter::Unit(_) => form.field(&part.numerator).is_some(),
    };
    let owing = forms.iter().filter(owes);
    owing.map(|form| pair(part, has_standard, form, by_unit)).collect()
}

fn pair(part: &Part, has_standard: bool, form: &Form, by_unit: &ByUnit<'_>) -> Pair {
    let empty = Figures::new();
    let counts = by_unit.get(&form.unit.code).map_or(&empty, |(_, counts)| counts);
    let row = form.rows().find(|row| row.fields.iter().any(|field| field.id == part.numerator));
    let said = row.and_then(|row| {
        row.fields.iter().find_map(|field| match counts.get(&field.id) {
            Some(Meant::Item(meaning, _)) if field.column_code == "tinh_trang" => Some(*meaning),
            _ => None,
        })
    });
    let number = |id: &FieldId| match (counts.get(id), said) {
        (Some(Meant::Number(number)), _) => Some(millionths(*number)),
        (None, Some(Meaning::None)) => Some(0),
        _ => None,
    };
    let (n, d) = (number(&part.numerator), number(&part.denominator));
    let reference =
        || at_most(form, form.field(&part.denominator)?, form.reference(form.field(&part.denominator)?)?);
    match (n, d) {
        (None, None) if said == Some(Meaning::NoStandard) && !has_standard => Pair::NoStandard,
        (Some(n), Some(d)) => Pair::Both(n, d),
        (None, Some(d)) => Pair::Open(0, d, d),
        // A part of nobody knows how many: its share may be any.
        (Some(n), None) => reference().map_or(Pair::Unknown, |of| Pair::Open(0, of.max(n), of.max(n))),
        (None, None) => reference().map_or(Pair::Unknown, |of| Pair::Open(0, of, of)),
    }
}

/// The most that stands for a denominator of which nothing is known, as the embedded plan has it: a share of the people of
/// 2019, or of the unit's own year, grows by 1 % a year, and the true figure may be a fifth more, rounded up.
fn at_most(form: &Form, field: &Field, reference: rust_decimal::Decimal) -> Option<i128> {
    let basis = field.reference_basis.map(|basis| basis.for_unit(&form.unit));
    let of_people = matches!(basis, Some(ReferenceBasis::PopulationShare(_)));
    let years = if of_people { form.year - form.unit.population_year.unwrap_or(2019) } else { 0 };
    let years = u32::try_from(years).ok()?;
    let (times, over) = (101_i128.pow(years) * 12, 100_i128.pow(years) * 10);
    let whole = millionths(reference) * times;
    let of_one = over * ONE;
    Some((whole + of_one - 1) / of_one * ONE)
}

fn millionths(number: rust_decimal::Decimal) -> i128 {
    assert!(number.scale() <= 6, "{number}");
    number.mantissa() * 10_i128.pow(6 - number.scale())
}

/// Without a trailing nought behind the point.
fn decimal(millionths: i128) -> String {
    with_places(millionths, 6)
}

/// n / d in percent, half-up to ten places, by long division.
fn percent((n, d): (i128, i128)) -> String {
    let scaled = n * 100 * 10_i128.pow(10);
    let (quotient, rest) = (scaled / d, scaled % d);
    with_places(quotient + i128::from(2 * rest >= d), 10)
}

fn with_places(number: i128, places: u32) -> String {
    let one = 10_i128.pow(places);
    let text = format!("{}.{:0width$}", number / one, number % one, width = places as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Truth {
    /// As JSON, for programs that want to compare.
    pub fn json(&self) -> Value {
        let indicators: Vec<Value> = self
            .indicators
            .iter()
            .map(|i| {
                json!({
                    "id": i.id, "numerator": i.numerator, "denominator": i.denominator, "percent": i.percent,
                    "lower": i.lower, "upper": i.upper, "verdict": i.verdict,
                })
            })
            .collect();
        json!({
            "year": self.year, "units": self.units, "reported": self.reported,
            "indicators": indicators, "totals": self.totals,
        })
    }
}
