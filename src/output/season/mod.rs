//! The season's workbook `theo-doi-xhht-Y.xlsx`: who has sent, what is to be mended, decisions typed beside the findings and
//! read back, ready words, whom to call, and the days of the season.

mod days;
mod decisions;
mod look;
mod messages;
mod status;
mod to_know;
pub mod words;

use crate::check::decision::desk::DeskFile;
use crate::error::Error;
use crate::plan::Plan;
use crate::season::Season;
use look::Look;
use rust_xlsxwriter::{Workbook, XlsxError};
use sheet::book;

/// Writes the workbook: the season as it stands, with what was decided and what was typed so far.
///
/// # Errors
/// [`Error::Internal`] when the workbook library refuses something.
pub fn write(plan: &Plan, season: &Season, desk: &DeskFile) -> Result<Vec<u8>, Error> {
    workbook(plan, season, desk)
        .map_err(|error| Error::Internal(format!("không ghi được sổ theo dõi: {error}")))
}

fn workbook(plan: &Plan, season: &Season, desk: &DeskFile) -> Result<Vec<u8>, XlsxError> {
    let look = Look::new();
    let mut workbook = Workbook::new();
    let title = format!("Theo dõi kỳ báo cáo năm {}", season.year);
    let author = plan.frame(season.year).letter.secretariat.clone();
    workbook.set_properties(&book::properties(title, author, season.day));
    status::write(workbook.add_worksheet(), &look, season)?;
    decisions::write_open(workbook.add_worksheet(), &look, plan, season, desk)?;
    decisions::write_decided(workbook.add_worksheet(), &look, season, desk)?;
    messages::write(workbook.add_worksheet(), &look, plan, season)?;
    messages::write_calls(workbook.add_worksheet(), &look, season)?;
    to_know::write(workbook.add_worksheet(), &look, season)?;
    days::write(workbook.add_worksheet(), &look, season, desk)?;
    book::bytes(&mut workbook)
}
