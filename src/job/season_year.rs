//! Which year's season a day lies in.

use crate::domain::Year;
use crate::plan::Plan;
use chrono::{Datelike, Months, NaiveDate};

/// How many months before the month in which reports are due a season begins: then templates are written.
const BEGINS_BEFORE: u32 = 2;
/// When reports are due where no plan can be asked.
const USUALLY_DUE: (u32, u32) = (12, 10);

/// The year whose season a day lies in: from the first of October before reports are due in December until the end of
/// September after it, and so on with other days. Within the years of the plan, when there is one.
pub fn year_on(today: NaiveDate, plan: Option<&Plan>) -> Year {
    let begins = |year: Year| {
        let usual = NaiveDate::from_ymd_opt(year, USUALLY_DUE.0, USUALLY_DUE.1).unwrap_or(NaiveDate::MAX);
        let due = plan.map_or(usual, |plan| plan.due_date(year));
        due.checked_sub_months(Months::new(BEGINS_BEFORE)).and_then(|day| day.with_day(1))
    };
    let years = [today.year() + 1, today.year()].into_iter();
    let begun = years.into_iter().find(|year| begins(*year).is_some_and(|begins| begins <= today));
    let year = begun.unwrap_or(today.year() - 1);
    plan.map_or(year, |plan| year.clamp(plan.first_year, plan.last_year))
}
