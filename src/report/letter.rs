//! The official letter around a report, as the plan writes it.

use super::model::Letter;
use crate::domain::Year;
use crate::plan::{CoverLetterPlan, Plan};
use chrono::NaiveDate;

/// The letter by which the secretariat hands the report up: to whoever issues it.
pub(super) fn of_cover(plan: &Plan, cover: &CoverLetterPlan, year: Year, as_of: NaiveDate) -> Letter {
    let report = of_year(plan, year, as_of);
    Letter {
        kind: "Tờ trình".to_owned(),
        subject: plan.text_of(&cover.subject, year),
        superior: Some(report.issuer.clone()),
        addressee: report.issuer.clone(),
        issuer: cover.issuer.clone(),
        symbol: cover.symbol.clone(),
        authority: cover.authority.clone(),
        signer: cover.signer.clone(),
        recipients: cover.recipients.iter().map(|text| plan.text_of(text, year)).collect(),
        ..report
    }
}

/// The letter of a year's report.
pub(super) fn of_year(plan: &Plan, year: Year, as_of: NaiveDate) -> Letter {
    let of_year = plan.frame(year);
    let frame = &of_year.letter;
    Letter {
        superior: frame.superior.clone(),
        issuer: frame.issuer.clone(),
        symbol: frame.symbol.clone(),
        place: frame.place.clone(),
        as_of,
        dated: None,
        kind: "Báo cáo".to_owned(),
        subject: plan.subject(year),
        addressee: frame.addressee.clone(),
        authority: frame.authority.clone(),
        signer: frame.signer.clone(),
        recipients: frame.recipients.iter().map(|text| plan.text_of(text, year)).collect(),
        year,
        province: of_year.province.clone(),
    }
}
