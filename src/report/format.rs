//! Rounding and wording: the one place that turns values into Vietnamese text, so that workbook and PDF agree.

use super::model::Shown;
use crate::consolidate::{PastResult, Series};
use crate::domain::{Aim, Percent, Ratio, Year};
use rust_decimal::RoundingStrategy;
pub use vietnamese::display::{date, long_date, number, plain};

/// Decimal places a percentage is shown with unless more are needed.
pub const PERCENT_PLACES: u32 = 2;

const MOST_PLACES: u32 = 10;

/// A share in percent with the display places it needs: two, and more where rounding would make a miss look like a
/// hit (or a hit look like a miss).
///
/// ```
/// use xhht::domain::{Aim, Ratio};
/// use xhht::report::format::percent_places;
/// // 84 999 / 100 000 = 84,999 %: with two places it would read 85,00 % and pass for the target.
/// assert_eq!(percent_places(Ratio::of(84_999, 100_000), Some(Aim::at_least(85))), 3);
/// assert_eq!(percent_places(Ratio::of(84, 100), Some(Aim::at_least(85))), 2);
/// // 3 001 / 100 000 = 3,001 % is more than 3 %.
/// assert_eq!(percent_places(Ratio::of(3_001, 100_000), Some(Aim::at_most(3))), 3);
/// ```
pub fn percent_places(share: Ratio, aim: Option<Aim>) -> u32 {
    let Some(aim) = aim else { return PERCENT_PLACES };
    let reached = aim.reached_by(share);
    (PERCENT_PLACES..=MOST_PLACES)
        .find(|places| share.percent_to(*places).is_none_or(|shown| aim.met_by(shown) == reached))
        .unwrap_or(MOST_PLACES)
}

/// An earlier result with the care of this year's: as many places as keep it on its side of the target it had.
pub fn past(past: &PastResult) -> Shown {
    of_year(past.percent, past.aim())
}

/// The result of a year of a series; `None` where there is none.
pub fn point(series: &Series, year: Year) -> Option<Shown> {
    Some(of_year(series.point(year)?.percent?, series.aim(year)))
}

/// A percentage with as many places as keep it on its side of a target.
pub fn of_year(percent: Percent, aim: Option<Aim>) -> Shown {
    let rounded =
        |places: u32| percent.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    let places = aim.map_or(PERCENT_PLACES, |aim| {
        let is_told = |places: &u32| aim.met_by(rounded(*places)) == aim.met_by(percent);
        (PERCENT_PLACES..=MOST_PLACES).find(is_told).unwrap_or(MOST_PLACES)
    });
    Shown::Percent(percent, places)
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
