//! A report around tables, for the tests of the gates.

use crate::report::model::{Block, Letter, Place, Report, Section};
use chrono::NaiveDate;

/// A report of sections with these blocks at these places.
pub fn report_of(sections: Vec<(Place, Vec<Block>)>) -> Report {
    let section =
        |(place, blocks)| Section { id: "muc".into(), title: "Mục".into(), place, sheet: None, blocks };
    Report {
        letter: Letter {
            superior: None,
            issuer: "Ủy ban nhân dân".into(),
            symbol: "BC-UBND".into(),
            place: "Long An".into(),
            as_of: NaiveDate::from_ymd_opt(2024, 12, 10).unwrap(),
            dated: Some(NaiveDate::from_ymd_opt(2024, 12, 10).unwrap()),
            kind: "Báo cáo".into(),
            subject: "Kết quả".into(),
            addressee: "Bộ".into(),
            authority: Vec::new(),
            signer: String::new(),
            recipients: Vec::new(),
            year: 2024,
            province: "tỉnh Long An".into(),
        },
        sections: sections.into_iter().map(section).collect(),
        shorter: Vec::new(),
    }
}
