//! Numbers, dates and names as Vietnamese write them.

use chrono::{Datelike, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

/// A number the Vietnamese way: `.` between thousands, `,` before decimals, exactly `places` decimals.
///
/// ```
/// use vietnamese::display::number;
/// assert_eq!(number("1234567.5".parse().unwrap(), 2), "1.234.567,50");
/// assert_eq!(number((-1234).into(), 0), "-1.234");
/// ```
pub fn number(value: Decimal, places: u32) -> String {
    let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
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

/// A number with as many decimals as it has.
///
/// ```
/// assert_eq!(vietnamese::display::plain("1234.50".parse().unwrap()), "1.234,5");
/// ```
pub fn plain(value: Decimal) -> String {
    let value = value.normalize();
    number(value, value.scale())
}

/// The first of many names, and how many others there are.
///
/// ```
/// use vietnamese::display::first_of;
/// let names = ["Đức Huệ", "Mộc Hóa", "Tân An", "Bến Lức"];
/// assert_eq!(first_of(&names, 2, "đơn vị khác"), "Đức Huệ, Mộc Hóa và 2 đơn vị khác");
/// assert_eq!(first_of(&names[..2], 2, "đơn vị khác"), "Đức Huệ, Mộc Hóa");
/// let schools = vec!["Kim Đồng"; 1250];
/// assert_eq!(first_of(&schools, 1, "trường khác"), "Kim Đồng và 1.249 trường khác");
/// ```
pub fn first_of(names: &[impl AsRef<str>], most: usize, others: &str) -> String {
    let first: Vec<&str> = names.iter().take(most).map(AsRef::as_ref).collect();
    let first = first.join(", ");
    match names.len().saturating_sub(most) {
        0 => first,
        more => format!("{first} và {} {others}", number(more.into(), 0)),
    }
}

/// The text with its first letter in capitals.
///
/// ```
/// assert_eq!(vietnamese::display::capitalised("đơn vị"), "Đơn vị");
/// ```
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `dd/mm/yyyy`.
///
/// ```
/// let day = chrono::NaiveDate::from_ymd_opt(2024, 12, 5).unwrap();
/// assert_eq!(vietnamese::display::date(day), "05/12/2024");
/// ```
pub fn date(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// The day as official papers date themselves: a zero before days under 10 and months 1 and 2 (Nghị định 30/2020).
///
/// ```
/// let day = |month, day| chrono::NaiveDate::from_ymd_opt(2024, month, day).unwrap();
/// assert_eq!(vietnamese::display::long_date(day(12, 5)), "ngày 05 tháng 12 năm 2024");
/// assert_eq!(vietnamese::display::long_date(day(2, 10)), "ngày 10 tháng 02 năm 2024");
/// assert_eq!(vietnamese::display::long_date(day(9, 10)), "ngày 10 tháng 9 năm 2024");
/// ```
pub fn long_date(day: NaiveDate) -> String {
    let month = if day.month() <= 2 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}
