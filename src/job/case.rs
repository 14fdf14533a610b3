//! All that a year's result follows from, and what becomes of it: checked, decided, added up.

use crate::check::decision::Decisions;
use crate::check::{self, AcceptedSubmissions, Earlier, Previous};
use crate::consolidate::{Consolidated, History, consolidate, fields_of, unprintable};
use crate::domain::Year;
use crate::error::Error;
use crate::finding::{Finding, WithFindings};
use crate::output::pdf;
use crate::plan::Plan;
use crate::submission::Received;
use chrono::NaiveDate;
use page::Typeface;
use serde::{Deserialize, Serialize};

/// What is known of earlier years: a record keeps it, for whatever it was read from may change.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Known {
    /// Results.
    pub history: History,
    /// What rules that compare with last year go by.
    pub previous: Previous,
}

/// Everything a result follows from, beside the plan.
pub struct Case {
    /// Report year.
    pub year: Year,
    /// The day the figures stand at.
    pub as_of: NaiveDate,
    /// Earlier years.
    pub known: Known,
    /// What the secretariat has decided.
    pub decisions: Decisions,
    /// What was sent.
    pub received: Vec<Received>,
}

/// What was sent, checked and added up.
pub struct Judged {
    /// What is used of it.
    pub accepted: AcceptedSubmissions,
    /// The sums.
    pub results: Consolidated,
    /// Gravest first.
    pub findings: Vec<Finding>,
}

impl Case {
    /// Checks what was sent and adds it up; gives back what was known as well. `doing` is told before each step; the
    /// typeface says what of senders' words cannot be printed.
    ///
    /// # Errors
    /// The plan has no such year, or its typeface cannot be read.
    pub fn judge(
        self,
        plan: &Plan,
        typeface: &Typeface,
        doing: impl Fn(&'static str),
    ) -> Result<(Judged, Known), Error> {
        let Case { year, as_of, known, decisions, received } = self;
        doing("Kiểm tra số liệu");
        let years = of_all_years(plan, year, &known.previous, &known.history);
        let earlier = Earlier { previous: &known.previous, years: &years };
        let WithFindings { value: accepted, mut findings } =
            check::check_all(plan, year, as_of, earlier, received, &decisions)?;
        doing("Cộng theo các chỉ tiêu");
        let WithFindings { value: results, findings: of_results } =
            consolidate(plan, &accepted, as_of, &known.history);
        findings.extend(of_results);
        findings.extend(unprintable(plan, &results, pdf::lacking_in(typeface)?));
        findings.sort_by(Finding::order);
        Ok((Judged { accepted, results, findings }, known))
    }
}

/// The values of every earlier year that is known, in the fields of the forms of `year`.
pub fn of_all_years(
    plan: &Plan,
    year: Year,
    previous: &Previous,
    history: &History,
) -> Vec<(Year, Previous)> {
    let before = history.years().filter(|past| *past < year - 1);
    let mut years: Vec<_> =
        before.filter_map(|past| Some((past, fields_of(plan, year, history.year(past)?)))).collect();
    if !previous.is_empty() {
        years.push((year - 1, previous.clone()));
    }
    years
}
