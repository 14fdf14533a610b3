//! Numbers and dates as Vietnamese read them: the one place, for findings, templates and reports alike.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

/// A number the Vietnamese way: `.` between thousands, `,` before decimals, exactly `places` decimals.
///
/// ```
/// use vietnamese::display::number;
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

/// The name with its first letter in capitals.
pub fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
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
