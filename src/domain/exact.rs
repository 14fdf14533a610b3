//! Exact shares and their comparison with a target.
//!
//! Counts and money are decimals; a share is kept as the two numbers it was made of and compared with a target by
//! multiplying across, so a result of 84,996 % never passes for 85 %.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The largest figure a sender may report: one thousand billion. Sums over any roster stay exact below it.
pub const LARGEST_FIGURE: i64 = 1_000_000_000_000;

/// Decimal places kept of a reported figure: as many as rules reckon with.
pub const MOST_DECIMALS: u32 = rule::MOST_DECIMALS;

/// Decimal places of a percentage in the JSON result.
pub const PERCENT_PLACES: u32 = 10;

/// A share as its numerator and denominator, both zero or more.
///
/// ```
/// use xhht::domain::Ratio;
/// let share = Ratio::of(11, 15);
/// assert_eq!(share.percent().unwrap().to_string(), "73.3333333333");
/// assert!(share.reaches(70.into()));
/// assert!(!share.reaches(85.into()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ratio {
    /// How many have it.
    pub numerator: Decimal,
    /// How many there are.
    pub denominator: Decimal,
}

/// A percentage rounded half-up to [`PERCENT_PLACES`] decimals; 100 is the whole.
pub type Percent = Decimal;

/// A percentage as results are given to other programs: half-up to [`PERCENT_PLACES`] decimals, without trailing zeros, so
/// that equal ones are written alike.
pub fn rounded(percent: Percent) -> Percent {
    percent.round_dp_with_strategy(PERCENT_PLACES, RoundingStrategy::MidpointAwayFromZero).normalize()
}

impl Ratio {
    /// A ratio of two numbers.
    pub fn of(numerator: impl Into<Decimal>, denominator: impl Into<Decimal>) -> Self {
        Ratio { numerator: numerator.into(), denominator: denominator.into() }
    }

    /// Numerators and denominators added: the only way shares of units become the share of the province.
    #[must_use]
    pub fn plus(self, other: Ratio) -> Ratio {
        Ratio {
            numerator: self.numerator + other.numerator,
            denominator: self.denominator + other.denominator,
        }
    }

    /// The share in percent, rounded half-up to [`PERCENT_PLACES`]; `None` over a zero denominator.
    pub fn percent(&self) -> Option<Percent> {
        self.percent_to(PERCENT_PLACES)
    }

    /// The share in percent, rounded half-up once (never twice) to `places` decimals.
    pub fn percent_to(&self, places: u32) -> Option<Percent> {
        let (n, d) = self.on_one_scale();
        if d <= 0 {
            return None;
        }
        let scaled = n * 100 * 10_i128.pow(places);
        Some(Decimal::from_i128_with_scale((2 * scaled + d).div_euclid(2 * d), places).normalize())
    }

    /// The share against a target in percent, without rounding; `None` over a zero denominator.
    pub fn against(&self, target: Percent) -> Option<Ordering> {
        if self.denominator.is_zero() {
            return None;
        }
        let (n, d) = self.on_one_scale();
        let scale = 10_i128.pow(target.scale());
        Some((n * 100 * scale).cmp(&(target.mantissa() * d)))
    }

    /// Whether the share is at least the target; false over a zero denominator.
    pub fn reaches(&self, target: Percent) -> bool {
        self.against(target).is_some_and(Ordering::is_ge)
    }

    /// The smallest whole numerator that reaches the target over this denominator: `ceil(target × n)`.
    ///
    /// ```
    /// use xhht::domain::Ratio;
    /// // The plan's 15 districts: 25 % → 4, 50 % → 8, 70 % → 11, 85 % → 13.
    /// assert_eq!([25, 50, 70, 85].map(|t: i64| Ratio::of(0, 15).needed(t.into())), [4, 8, 11, 13].map(Into::into));
    /// ```
    pub fn needed(&self, target: Percent) -> Decimal {
        let (wholes, rest) = self.parts_of(target);
        Decimal::from_i128_with_scale(wholes + i128::from(rest > 0), 0)
    }

    /// The largest whole numerator that stays within the target over this denominator: `floor(target × n)`.
    pub fn allowed(&self, target: Percent) -> Decimal {
        Decimal::from_i128_with_scale(self.parts_of(target).0, 0)
    }

    /// So many wholes are so many percent of the denominator, and what is left over.
    fn parts_of(&self, target: Percent) -> (i128, i128) {
        let (_, d) = self.on_one_scale();
        let whole = 100 * 10_i128.pow(target.scale()) * 10_i128.pow(self.scale());
        let product = target.mantissa() * d;
        (product.div_euclid(whole), product.rem_euclid(whole))
    }

    fn scale(&self) -> u32 {
        self.numerator.scale().max(self.denominator.scale())
    }

    fn on_one_scale(&self) -> (i128, i128) {
        let scale = self.scale();
        let raise = |x: Decimal| x.mantissa() * 10_i128.pow(scale - x.scale());
        (raise(self.numerator), raise(self.denominator))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_miss_by_a_hair_is_a_miss() {
        // 84 999 / 100 000 = 84,999 % < 85 %; 85 000 / 100 000 = 85 % exactly.
        assert!(!Ratio::of(84_999, 100_000).reaches(dec("85")));
        assert!(Ratio::of(85_000, 100_000).reaches(dec("85")));
        assert!(Ratio::of(85_000, 100_000).reaches(dec("84.9999")));
    }

    #[test]
    fn percent_rounds_half_up_once() {
        // 1 / 8 = 12,5 %; to 0 places half-up 13. 1 / 3 = 33,333… %.
        assert_eq!(Ratio::of(1, 8).percent_to(0), Some(dec("13")));
        assert_eq!(Ratio::of(1, 3).percent_to(2), Some(dec("33.33")));
        // 0,499999… must not become 0,5 and then 1: 49 999 999 / 10 000 000 000 = 0,49999999 %.
        assert_eq!(Ratio::of(49_999_999, 10_000_000_000_i64).percent_to(0), Some(dec("0")));
    }

    #[test]
    fn nothing_over_nothing_is_no_percentage() {
        assert_eq!(Ratio::of(0, 0).percent(), None);
        assert!(!Ratio::of(0, 0).reaches(dec("0")));
    }

    #[test]
    fn the_largest_sums_stay_exact() {
        // 10 000 units, each one short of the largest figure with six decimals.
        let one = dec("999999999999.999999");
        let sum = Ratio { numerator: one * Decimal::from(10_000), denominator: one * Decimal::from(10_000) };
        assert_eq!(sum.percent(), Some(dec("100")));
        assert!(sum.reaches(dec("100.00")));
    }

    proptest! {
        #[test]
        fn needed_is_the_smallest_that_reaches(d in 1_i64..100_000, target in 1_i64..=10_000) {
            let target = Decimal::new(target, 2);
            let needed = Ratio::of(0, d).needed(target);
            prop_assert!(Ratio::of(needed, d).reaches(target));
            prop_assert!(!Ratio::of(needed - Decimal::ONE, d).reaches(target));
        }

        #[test]
        fn a_printed_percentage_is_within_half_a_unit(n in 0_i64..1_000_000, d in 1_i64..1_000_000) {
            let percent = Ratio::of(n, d).percent_to(2).unwrap();
            let twice_error = ((percent * Decimal::from(d) - Decimal::from(n * 100)) * Decimal::from(200)).abs();
            prop_assert!(twice_error <= Decimal::from(d));
        }
    }
}
