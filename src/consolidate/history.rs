//! Results of earlier years, read back from their `ket-qua-xhht-Y.json` or from their provincial workbook.

mod contradictions;
mod predecessors;
pub mod record_file;
pub mod result_file;
mod taken;
pub mod value;
pub mod workbook;

pub use super::stamp::{Reason, RecordStamp};

use super::{Coverage, UnitFigure, Verdict};
use crate::domain::{IndicatorId, Percent, Ratio, UnitCode, Year};
use crate::plan::Plan;
use ecow::EcoString;
use result_file::{CoveragePart, IndicatorPart, OLDER, ReadValues, ResultFile, SCHEMA};
use rust_decimal::Decimal;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Results of earlier years.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct History {
    years: BTreeMap<Year, PastYear>,
    /// By year, what was closed and sent before the closing that holds now, the first first.
    replaced: BTreeMap<Year, Vec<PastYear>>,
    /// What was offered and is not part of it, or says something else than what is.
    doubted: Vec<Doubt>,
}

/// What was offered and is not used.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Doubt {
    /// A result of a plan that is neither this one nor a predecessor.
    OtherPlan { year: Year, plan: String, file: Option<EcoString> },
    /// A result of this plan, of a year in which there was none.
    OutsidePlan { year: Year, years: (Year, Year), file: Option<EcoString> },
    /// Another result of a year of which one is used.
    Another { year: Year, used: Option<EcoString>, unused: Option<EcoString>, indicators: Vec<IndicatorId> },
}

/// One earlier year.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PastYear {
    /// Plan id the results belong to.
    pub plan: String,
    /// Of which other territories it is, by name: those of predecessors; none where it is the plan's own.
    pub territories: Vec<String>,
    /// Report year.
    pub year: Year,
    /// Results by indicator.
    pub indicators: BTreeMap<IndicatorId, PastIndicator>,
    /// What the units reported field by field; `None` from a source that holds the figures of the indicators only.
    pub values: Option<BTreeMap<UnitCode, ReadValues>>,
    /// The sealed record it is from; none of a result that lies somewhere by itself.
    pub record: Option<RecordStamp>,
    /// The file it was read from, by the name people know it by, where there is one.
    pub file: Option<EcoString>,
}

/// An indicator in an earlier year.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PastIndicator {
    /// Result in percent.
    pub percent: Option<Percent>,
    /// The lowest and the highest it could have been, where that is known.
    pub bounds: Option<(Percent, Percent)>,
    /// What was said of the result, where a file says so.
    pub verdict: Option<Verdict>,
    /// How many of those who owed a figure gave it, where that is known.
    pub coverage: Option<Coverage>,
    /// Units that gave some of their figures.
    pub partial: BTreeSet<UnitCode>,
    /// Numerator and denominator of the result, where a file says so.
    pub whole: Option<Ratio>,
    /// Numerators by unit.
    pub numerators: BTreeMap<UnitCode, Decimal>,
    /// Denominators by unit.
    pub denominators: BTreeMap<UnitCode, Decimal>,
    /// Units for which there was no standard to judge by.
    pub no_standard: BTreeSet<UnitCode>,
}

impl PastYear {
    /// Reads the JSON result of an earlier year.
    ///
    /// # Errors
    /// Why the text is not such a result, in Vietnamese.
    pub fn read(text: &str) -> Result<PastYear, String> {
        let file: ResultFile<IgnoredAny, IgnoredAny, IgnoredAny> =
            serde_json::from_str(text).map_err(|error| {
                format!("không đúng mẫu kết quả (dòng {}, cột {})", error.line(), error.column())
            })?;
        if file.schema != SCHEMA && !OLDER.contains(&file.schema.as_str()) {
            return Err(format!("mẫu “{}” không phải {SCHEMA}", file.schema));
        }
        let indicator = |part: IndicatorPart| {
            let CoveragePart { reported, expected } = part.coverage;
            let mut past = PastIndicator {
                percent: part.percent,
                bounds: part.lower.zip(part.upper),
                verdict: Verdict::of_code(&part.verdict),
                whole: (!part.denominator.is_zero()).then(|| Ratio::of(part.numerator, part.denominator)),
                // A file without the key holds nothing over nothing.
                coverage: (expected > 0).then_some(Coverage { reported, expected }),
                ..PastIndicator::default()
            };
            for unit in part.by_unit {
                if unit.status == UnitFigure::Partial.code() {
                    past.partial.insert(unit.unit.clone());
                }
                if unit.status == UnitFigure::NoStandard.code() {
                    past.no_standard.insert(unit.unit.clone());
                }
                past.numerators.extend(unit.numerator.map(|numerator| (unit.unit.clone(), numerator)));
                past.denominators.extend(unit.denominator.map(|denominator| (unit.unit, denominator)));
            }
            (IndicatorId(part.id), past)
        };
        let values = file.units.into_iter().filter_map(|unit| Some((unit.code, unit.values?)));
        let values: BTreeMap<UnitCode, ReadValues> = values.collect();
        Ok(PastYear {
            values: (file.schema == SCHEMA).then_some(values),
            plan: file.plan.id,
            territories: Vec::new(),
            year: file.year,
            record: None,
            file: None,
            indicators: file.indicators.into_iter().map(indicator).collect(),
        })
    }
}

impl PastYear {
    /// The same with units under the codes by which the plan calls them now.
    #[must_use]
    pub fn under_codes_of(mut self, plan: &Plan) -> Self {
        if plan.units.iter().all(|unit| unit.former_codes.is_empty()) {
            return self;
        }
        fn renamed<T>(plan: &Plan, of_units: &mut BTreeMap<UnitCode, T>) {
            let told = std::mem::take(of_units).into_iter();
            *of_units = told.map(|(unit, told)| (plan.code_now(unit), told)).collect();
        }
        for past in self.indicators.values_mut() {
            renamed(plan, &mut past.numerators);
            renamed(plan, &mut past.denominators);
            for units in [&mut past.partial, &mut past.no_standard] {
                *units = std::mem::take(units).into_iter().map(|unit| plan.code_now(unit)).collect();
            }
        }
        if let Some(values) = &mut self.values {
            renamed(plan, values);
        }
        self
    }
}

impl PastYear {
    /// Whether it is an earlier part of the record that another is of.
    fn is_closed_before(&self, other: &PastYear) -> bool {
        let part = |past: &PastYear| past.record.as_ref().map(|record| record.part);
        self.plan == other.plan && part(self).zip(part(other)).is_some_and(|(part, last)| part < last)
    }
}

impl History {
    /// Adds a year, in the place of what is known of it.
    pub fn add(&mut self, year: PastYear) {
        self.years.insert(year.year, year);
    }

    /// Adds what was published of a year before the result that holds now; in order of closing.
    pub fn add_replaced(&mut self, year: PastYear) {
        let replaced = self.replaced.entry(year.year).or_default();
        replaced.push(year);
        replaced.sort_by_key(|past| past.record.as_ref().map(|record| record.part));
    }

    /// What was published of a year before the result that holds now, the first first.
    pub fn replaced(&self, year: Year) -> &[PastYear] {
        self.replaced.get(&year).map_or(&[], Vec::as_slice)
    }

    /// A year's results.
    pub fn year(&self, year: Year) -> Option<&PastYear> {
        self.years.get(&year)
    }

    /// Of which other territories a year's results are; none where they are the plan's own, or unknown.
    pub fn territories(&self, year: Year) -> &[String] {
        self.years.get(&year).map_or(&[], |past| &past.territories)
    }

    /// The years before one whose results are of other territories, with their names.
    pub(super) fn other_territories(&self, before: Year) -> BTreeMap<Year, Vec<String>> {
        let foreign = self.years.range(..before).filter(|(_, past)| !past.territories.is_empty());
        foreign.map(|(year, past)| (*year, past.territories.clone())).collect()
    }

    /// The predecessors of which no result is there, by name.
    pub(super) fn unknown_predecessors(&self, plan: &Plan) -> Vec<String> {
        let is_known = |name: &String| self.years.values().any(|past| past.territories.contains(name));
        let names = plan.predecessors.iter().map(|predecessor| &predecessor.name);
        names.filter(|name| !is_known(name)).cloned().collect()
    }

    /// The years there are.
    pub fn years(&self) -> impl Iterator<Item = Year> + '_ {
        self.years.keys().copied()
    }

    /// An indicator's result in a year, in percent.
    pub fn percent(&self, year: Year, indicator: &IndicatorId) -> Option<Percent> {
        self.years.get(&year)?.indicators.get(indicator)?.percent
    }

    /// A unit's denominator of an indicator in a year.
    pub fn denominator(&self, year: Year, indicator: &IndicatorId, unit: &UnitCode) -> Option<Decimal> {
        self.years.get(&year)?.indicators.get(indicator)?.denominators.get(unit).copied()
    }

    /// A unit's figures of an indicator in a year, when it gave all it owed.
    pub fn share(&self, year: Year, indicator: &IndicatorId, unit: &UnitCode) -> Option<Ratio> {
        self.years.get(&year)?.indicators.get(indicator)?.complete(unit)
    }

    /// What is known of an indicator before a year, in order of years.
    pub fn of_indicator<'a>(
        &'a self,
        before: Year,
        indicator: &'a IndicatorId,
    ) -> impl Iterator<Item = (Year, &'a PastIndicator)> + 'a {
        let past = self.years.range(..before);
        past.filter_map(move |(year, past)| Some((*year, past.indicators.get(indicator)?)))
    }
}

impl PastIndicator {
    /// A unit's figures, when it gave all it owed.
    pub fn complete(&self, unit: &UnitCode) -> Option<Ratio> {
        let is_complete = !self.partial.contains(unit) && !self.no_standard.contains(unit);
        let figures = || Some(Ratio::of(*self.numerators.get(unit)?, *self.denominators.get(unit)?));
        is_complete.then(figures).flatten()
    }
}
