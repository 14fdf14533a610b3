//! What a number means that its cell shows as something else.

use crate::intake::raw::Shown;
use rust_decimal::Decimal;
use vietnamese::empty::Empty;
use vietnamese::number::{NumberReading, Want, read_number};

/// Which of the two is meant: the number seen or the number stored.
#[derive(Debug, PartialEq)]
pub(super) enum Meant {
    /// Both are one value.
    Stored,
    /// A percentage, in points.
    Percent(Decimal),
    /// The one stored: what is seen lacks some of its last digits.
    Rounded,
    /// Nobody but the sender knows.
    InDoubt,
}

/// How far rounding may take a number away, as a part of it: more changes what it says.
const MOST_ROUNDING: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// What is meant where `want` is asked for: what is seen is read as if it had been typed.
pub(super) fn meaning(stored: Decimal, shown: &Shown, want: Want) -> Meant {
    if want == Want::Percent && shown.percent {
        return stored
            .checked_mul(Decimal::ONE_HUNDRED)
            .map_or(Meant::InDoubt, |value| Meant::Percent(value.normalize()));
    }
    // A negative number is refused in any case, by what is stored.
    if stored.is_sign_negative() && !stored.is_zero() {
        return Meant::Stored;
    }
    if is_rounded(stored, shown, want) {
        return Meant::Rounded;
    }
    let reading = read_number(&shown.plain, want);
    match &reading {
        NumberReading::Empty(Empty::Nil) if stored.is_zero() => Meant::Stored,
        // A point between digits stands in the format and not in the number: `0".000"` shows thousands, as far as
        // anybody sees.
        _ if has_point(&shown.plain) => Meant::InDoubt,
        _ if reading.value() == Some(stored) => Meant::Stored,
        _ => Meant::InDoubt,
    }
}

fn has_point(plain: &str) -> bool {
    plain.as_bytes().windows(3).any(|w| w[0].is_ascii_digit() && w[1] == b'.' && w[2].is_ascii_digit())
}

/// Why it is asked about, in the words of a finding.
pub(super) fn doubt(seen: &str, stored: &str) -> String {
    if seen.is_empty() {
        return format!("ô lưu số {stored} nhưng định dạng của ô làm số ẩn đi, người gửi thấy ô trống");
    }
    format!("ô hiện “{seen}” nhưng số lưu trong ô là {stored}; chưa rõ số nào đúng ý người gửi")
}

/// The same of a number with the format of a date or a time of day.
pub(super) fn doubt_of_date(seen: Option<&str>, stored: &str) -> String {
    match seen {
        Some(day) => doubt(day, stored),
        None => {
            format!("ô định dạng ngày, giờ nên không hiện số {stored} lưu bên trong; chưa rõ ý người gửi")
        }
    }
}

/// What to do about it.
pub(super) const CURE: &str =
    "chọn ô, đặt định dạng số là General (Chung), gõ lại số theo đúng đơn vị tính của ô, ví dụ 1234";

/// Whether a number is seen with nothing but digits, and only some of its last ones are missing.
fn is_rounded(stored: Decimal, shown: &Shown, want: Want) -> bool {
    let digits = shown.plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    let seen = digits.then(|| shown.plain.replace(',', ".").parse::<Decimal>().ok()).flatten();
    let Some(away) = seen.and_then(|seen| seen.checked_sub(stored)) else { return false };
    let within = |part: Decimal| stored.checked_mul(part).is_some_and(|most| away.abs() <= most);
    // 13,5 seen as 14 is no whole number by either; a count is told so.
    let is_cut = want == Want::Whole && !stored.fract().is_zero() && away.abs() < Decimal::ONE;
    is_cut || within(MOST_ROUNDING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use vietnamese::number::MoneyUnit;

    fn meant(stored: &str, text: &str, want: Want) -> Meant {
        let percent = text.ends_with('%');
        let shown = Shown { text: text.to_owned(), plain: text.to_owned(), percent };
        meaning(stored.parse().unwrap(), &shown, want)
    }

    #[test]
    fn what_is_seen_is_held_against_what_is_stored() {
        use Meant::*;
        for (stored, text, want, expected) in [
            ("1", "100%", Want::Whole, InDoubt),
            ("0.8", "80%", Want::Whole, InDoubt),
            ("1", "100%", Want::Decimal, InDoubt),
            ("0.5705", "57%", Want::Percent, Percent("57.05".parse().unwrap())),
            ("57.05", "5705%", Want::Percent, Percent("5705".parse().unwrap())),
            ("1263000000", "1263", Want::Decimal, InDoubt),
            ("452", "452 triệu", Want::Decimal, InDoubt),
            ("12", "12 người", Want::Whole, Stored),
            ("1263", "1263.000", Want::Whole, InDoubt),
            ("1263", "1263.000", Want::Money(MoneyUnit::Million), InDoubt),
            ("452", "452 triệu", Want::Money(MoneyUnit::Million), Stored),
            ("452", "452 tỷ", Want::Money(MoneyUnit::Million), InDoubt),
            ("452", "452 ₫", Want::Money(MoneyUnit::Million), InDoubt),
            ("0", "-", Want::Whole, Stored),
            ("5", "-", Want::Whole, InDoubt),
            ("0", "", Want::Whole, InDoubt),
            ("12", "", Want::Decimal, InDoubt),
            ("13.5", "14", Want::Whole, Rounded),
            ("1234.4", "1234", Want::Decimal, Rounded),
            ("0.4", "0", Want::Decimal, InDoubt),
            ("13.5", "13 1/2", Want::Decimal, InDoubt),
            ("57.05", "57", Want::Percent, Rounded),
            ("-12", "(12)", Want::Whole, Stored),
        ] {
            assert_eq!(meant(stored, text, want), expected, "{stored} shown as {text}");
        }
    }
}
