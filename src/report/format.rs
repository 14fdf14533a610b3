//! Rounding and wording: the one place that turns values into Vietnamese text, so that workbook and PDF agree.

use super::model::Shown;
use crate::consolidate::PastResult;
use crate::domain::{Percent, Ratio};
use rust_decimal::RoundingStrategy;
pub use vietnamese::display::{date, long_date, number, plain};

/// Decimal places a percentage is shown with unless more are needed.
pub const PERCENT_PLACES: u32 = 2;

const MOST_PLACES: u32 = 10;

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

/// An earlier result with the care of this year's: as many places as keep it on its side of the target it had.
pub fn past(past: &PastResult) -> Shown {
    let reached = |target: Percent| past.percent >= target;
    let places = past.target.map_or(PERCENT_PLACES, |target| {
        let is_told = |places: &u32| {
            (past.percent.round_dp_with_strategy(*places, RoundingStrategy::MidpointAwayFromZero) >= target)
                == reached(target)
        };
        (PERCENT_PLACES..=MOST_PLACES).find(is_told).unwrap_or(MOST_PLACES)
    });
    Shown::Percent(past.percent, places)
}

/// The letter of a point (điểm) of a list by its place from 0: a b c d đ e g …, doubled when the alphabet is used up.
///
/// ```
/// use xhht::report::format::point_letter;
/// let letters: String = (0..7).map(point_letter).collect();
/// assert_eq!(letters, "abcdđeg");
/// assert_eq!(point_letter(23), "aa");
/// ```
pub fn point_letter(index: usize) -> String {
    const LETTERS: [&str; 23] = [
        "a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u",
        "v", "x", "y",
    ];
    LETTERS[index % LETTERS.len()].repeat(index / LETTERS.len() + 1)
}

/// A value as it is read by people; percentages carry their sign.
pub fn value(value: &Shown) -> String {
    match value {
        Shown::Count(n) => plain(*n),
        Shown::Number(n, places) => number(*n, *places),
        Shown::Percent(p, places) => format!("{}%", number(*p, *places)),
        Shown::Date(day) => date(*day),
        Shown::Text(text) => text.to_string(),
        Shown::Missing(why) => why.to_string(),
        Shown::Blank => String::new(),
    }
}
