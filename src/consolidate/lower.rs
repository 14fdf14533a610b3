//! A result file of a lower plan as this plan's reader takes it.

use super::Verdict;
use super::history::result_file::{IndicatorPart, OLDER, PlanPart, SCHEMA};
use super::results::Flag;
use crate::domain::{IndicatorId, Year};
use crate::submission::{LowerFigure, LowerResult, ResultStatus};
use chrono::NaiveDate;
use ecow::EcoString;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What is read of the file; all else may be there.
#[derive(Deserialize)]
struct Head {
    schema: EcoString,
    plan: PlanPart,
    year: Year,
    as_of: Option<NaiveDate>,
    indicators: Vec<IndicatorPart>,
}

/// Reads `ket-qua-xhht-Y.json`.
///
/// # Errors
/// Why it is none, in Vietnamese.
pub fn lower_result(json: &[u8]) -> Result<LowerResult, String> {
    let head: Head = serde_json::from_slice(json).map_err(|error| {
        format!("không đúng mẫu tệp kết quả của chương trình (dòng {}, cột {})", error.line(), error.column())
    })?;
    let schema = head.schema.as_str();
    if schema != SCHEMA && !OLDER.contains(&schema) {
        return Err(format!("mẫu “{schema}” không phải {SCHEMA}"));
    }
    let mut figures = BTreeMap::new();
    for part in &head.indicators {
        let id = IndicatorId(part.id.clone());
        if figures.insert(id, figure(part)?).is_some() {
            return Err(format!("chỉ tiêu {} ghi hai lần", part.id));
        }
    }
    Ok(LowerResult { plan: head.plan.id, year: head.year, as_of: head.as_of, figures })
}

fn figure(part: &IndicatorPart) -> Result<LowerFigure, String> {
    let (numerator, denominator) = (part.numerator, part.denominator);
    if numerator < Decimal::ZERO || denominator < Decimal::ZERO {
        return Err(format!(
            "chỉ tiêu {}: tử số {numerator} và mẫu số {denominator} không phải số mà chương trình ghi",
            part.id
        ));
    }
    let (reported, expected) = (part.coverage.reported, part.coverage.expected);
    let status = if part.verdict == Verdict::NoStandard.code() {
        ResultStatus::NoStandard
    } else if reported == 0 && part.percent.is_none() {
        ResultStatus::NoData
    } else if part.flags.iter().any(|flag| flag == Flag::Estimate.code()) {
        ResultStatus::Estimate
    } else {
        ResultStatus::Actual
    };
    // Nought of nought is a sum where somebody gave it; a percentage beside it was made of nothing that is known.
    let is_known = !denominator.is_zero() || part.percent.is_none();
    Ok(LowerFigure { sums: is_known.then_some((numerator, denominator)), reported, expected, status })
}
