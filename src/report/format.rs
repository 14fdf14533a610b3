//! Rounding and wording: the one place that turns values into Vietnamese text, so that workbook and PDF agree.

use super::model::Value;
use crate::domain::{Percent, Ratio};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

/// Decimal places a percentage is shown with unless more are needed.
pub const PERCENT_PLACES: u32 = 2;

const MOST_PLACES: u32 = 10;

/// A number the Vietnamese way: `.` between thousands, `,` before decimals, exactly `places` decimals.
///
/// ```
/// use xhht::report::format::number;
/// assert_eq!(number("1234567.5".parse().unwrap(), 2), "1.234.567,50");
/// assert_eq!(number((-1234).into(), 0), "-1.234");
/// ```
pub fn number(value: Decimal, places: u32) -> String {
    let rounded = value.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    let text = format!("{:.*}", places as usize, rounded.abs());
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::from(if rounded.is_sign_negative() && !rounded.is_zero() { "-" } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push('.');
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push(',');
        out.push_str(decimals);
    }
    out
}

/// A decimal with as many places as it has.
pub fn plain(value: Decimal) -> String {
    let value = value.normalize();
    number(value, value.scale())
}

/// A share in percent with the display places it needs: two, and more where rounding would make a miss look like a
/// hit (or a hit look like a miss).
///
/// ```
/// use xhht::domain::Ratio;
/// use xhht::report::format::percent_places;
/// // 84 999 / 100 000 = 84,999 %: with two places it would read 85,00 % and pass for the target.
/// assert_eq!(percent_places(Ratio::of(84_999, 100_000), Some(85.into())), 3);
/// assert_eq!(percent_places(Ratio::of(84, 100), Some(85.into())), 2);
/// ```
pub fn percent_places(share: Ratio, target: Option<Percent>) -> u32 {
    let Some(target) = target else { return PERCENT_PLACES };
    let reached = share.reaches(target);
    (PERCENT_PLACES..=MOST_PLACES)
        .find(|places| share.percent_to(*places).is_none_or(|shown| (shown >= target) == reached))
        .unwrap_or(MOST_PLACES)
}

/// `dd/mm/yyyy`.
pub fn date(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// “ngày 05 tháng 12 năm 2024”: a zero before days under 10 and months 1 and 2 (Nghị định 30/2020).
pub fn long_date(day: NaiveDate) -> String {
    let month = if day.month() <= 2 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// A value as it is read by people; percentages carry their sign.
pub fn value(value: &Value) -> String {
    match value {
        Value::Count(n) => plain(*n),
        Value::Number(n, places) => number(*n, *places),
        Value::Percent(p, places) => format!("{}%", number(*p, *places)),
        Value::Date(day) => date(*day),
        Value::Text(text) => text.clone(),
        Value::Missing(why) => why.clone(),
        Value::Blank => String::new(),
    }
}
