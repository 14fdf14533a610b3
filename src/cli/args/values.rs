//! Values of options as they are typed.

use chrono::NaiveDate;
use std::str::FromStr;

pub(super) fn at_least_one<Number: FromStr>(text: &str) -> Result<Number, String> {
    // Noughts in front and a nought alone say nothing that could be meant.
    let number = text.parse().ok().filter(|_| !text.trim_start_matches('0').is_empty());
    number.ok_or_else(|| "cần một số nguyên từ 1 trở lên".to_owned())
}

pub(super) fn year(text: &str) -> Result<i32, String> {
    text.parse::<u16>().map(i32::from).map_err(|_| "cần một năm, ví dụ 2024".to_owned())
}

pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    ["%Y-%m-%d", "%d/%m/%Y"]
        .iter()
        .find_map(|format| NaiveDate::parse_from_str(text, format).ok())
        .ok_or_else(|| "không phải là ngày có thật; ghi ví dụ 2024-12-10 hoặc 10/12/2024".to_owned())
}
