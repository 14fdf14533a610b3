//! One level up: which figures of a form come from the results of a lower plan, and whose results they are.

use super::Plan;
use crate::domain::{FieldId, IndicatorId, RowCode, Unit, Year};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which indicator of a lower plan a row is filled from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromResult {
    /// Its number in the lower plans.
    pub indicator: IndicatorId,
    /// Its number in lower plans that number it otherwise, by the plan's id.
    pub in_plan: BTreeMap<String, IndicatorId>,
}

impl FromResult {
    /// Its number in a lower plan.
    pub fn indicator_of(&self, plan: &str) -> &IndicatorId {
        self.in_plan.get(plan).unwrap_or(&self.indicator)
    }
}

/// Which part of a lower plan's result a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ResultPart {
    /// The sum of the numerators.
    Numerator,
    /// The sum of the denominators.
    Denominator,
    /// How many gave their figures.
    Reported,
    /// How many owe them.
    Expected,
    /// Whether the figures are actual, estimates, or without a standard to be judged by.
    Status,
    /// The day the figures stand at; it needs no indicator.
    AsOf,
}

impl ResultPart {
    /// How people are told.
    pub fn vietnamese(self) -> &'static str {
        match self {
            ResultPart::Numerator => "tử số",
            ResultPart::Denominator => "mẫu số",
            ResultPart::Reported => "số đơn vị đã báo cáo",
            ResultPart::Expected => "số đơn vị phải báo cáo",
            ResultPart::Status => "tình trạng số liệu",
            ResultPart::AsOf => "ngày chốt số liệu",
        }
    }
}

/// A field that a lower plan's result fills.
#[derive(Debug, Clone)]
pub struct FieldOfResult<'a> {
    /// The field.
    pub field: FieldId,
    /// The row's indicator; none where the part needs none.
    pub from: Option<&'a FromResult>,
    /// The part of the result.
    pub part: ResultPart,
}

impl Plan {
    /// Whether results of lower plans are submissions to this one.
    pub fn takes_results(&self) -> bool {
        self.units.iter().any(|unit| !unit.plans.is_empty())
    }

    /// The unit of a year's roster whose result a lower plan's is.
    pub fn unit_of_lower_plan(&self, id: &str, year: Year) -> Option<&Unit> {
        self.roster(year).into_iter().find(|unit| unit.plans.iter().any(|plan| plan == id))
    }

    /// The fields that a lower plan's result fills, in the form's order.
    pub fn fields_of_result(&self) -> Vec<FieldOfResult<'_>> {
        let mut fields = Vec::new();
        for table in self.sheets.iter().flat_map(|sheet| &sheet.tables) {
            for row in &table.rows {
                for column in &table.columns {
                    let Some(part) = column.result else { continue };
                    if row.from_result.is_some() || part == ResultPart::AsOf {
                        let field = FieldId::new(&RowCode::new(row.id.as_str()), &column.id);
                        fields.push(FieldOfResult { field, from: row.from_result.as_ref(), part });
                    }
                }
            }
        }
        fields
    }
}
