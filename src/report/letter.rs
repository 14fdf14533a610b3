//! The official letter around a report, as the plan writes it.

use super::model::Letter;
use crate::domain::Year;
use crate::plan::Plan;
use chrono::NaiveDate;

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
