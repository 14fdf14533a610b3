//! Which way an indicator is better, and all that turns round with it: nothing else may assume that higher is.

use super::{Percent, Ratio};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Which results of an indicator are the better ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// The higher: a target is reached at it and above.
    #[default]
    Higher,
    /// The lower: a target is reached at it and below.
    Lower,
}

impl Direction {
    /// Both of them.
    pub const ALL: [Direction; 2] = [Direction::Higher, Direction::Lower];

    /// The word of the plan's files and of the JSON contract.
    pub fn code(self) -> &'static str {
        match self {
            Direction::Higher => "higher",
            Direction::Lower => "lower",
        }
    }

    /// The better of two is the greater.
    ///
    /// ```
    /// use std::cmp::Ordering;
    /// use xhht::domain::Direction;
    /// assert_eq!(Direction::Higher.compare(3.into(), 5.into()), Ordering::Less);
    /// assert_eq!(Direction::Lower.compare(3.into(), 5.into()), Ordering::Greater);
    /// ```
    pub fn compare(self, one: Percent, other: Percent) -> Ordering {
        self.turned(one.cmp(&other))
    }

    /// How much better the later of two is, in points; less than nothing where it is worse.
    pub fn gain(self, before: Percent, now: Percent) -> Percent {
        match self {
            Direction::Higher => now - before,
            Direction::Lower => before - now,
        }
    }

    /// The worse of two ends of a range first.
    pub fn worst_first<T>(self, [lowest, highest]: [T; 2]) -> [T; 2] {
        match self {
            Direction::Higher => [lowest, highest],
            Direction::Lower => [highest, lowest],
        }
    }

    /// The worse of two.
    pub fn worse(self, one: Percent, other: Percent) -> Percent {
        if self.compare(one, other) == Ordering::Greater { other } else { one }
    }

    /// Whether it speaks for a unit that it holds the status that is counted.
    pub fn is_good_to_hold(self) -> bool {
        self == Direction::Higher
    }

    fn turned(self, ordering: Ordering) -> Ordering {
        match self {
            Direction::Higher => ordering,
            Direction::Lower => ordering.reverse(),
        }
    }
}

/// A target and from which side it is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aim {
    /// Which results are the better ones.
    pub direction: Direction,
    /// The target in percent.
    pub percent: Percent,
}

impl Aim {
    /// One that is reached at it and above.
    pub fn at_least(percent: impl Into<Percent>) -> Self {
        Aim { direction: Direction::Higher, percent: percent.into() }
    }

    /// One that is reached at it and below.
    pub fn at_most(percent: impl Into<Percent>) -> Self {
        Aim { direction: Direction::Lower, percent: percent.into() }
    }

    /// Whether a share reaches it, without rounding; false over a zero denominator.
    ///
    /// ```
    /// use xhht::domain::{Aim, Ratio};
    /// // 3 001 of 100 000 are 3,001 %.
    /// assert!(!Aim::at_most(3).reached_by(Ratio::of(3_001, 100_000)));
    /// assert!(Aim::at_most(3).reached_by(Ratio::of(3_000, 100_000)));
    /// ```
    pub fn reached_by(self, share: Ratio) -> bool {
        share.against(self.percent).is_some_and(|ordering| self.direction.turned(ordering).is_ge())
    }

    /// Whether a percentage reaches it.
    pub fn met_by(self, percent: Percent) -> bool {
        self.direction.compare(percent, self.percent).is_ge()
    }

    /// Whether every result there can be reaches it.
    pub fn met_by_all(self) -> bool {
        match self.direction {
            Direction::Higher => self.percent <= Percent::ZERO,
            Direction::Lower => self.percent >= Percent::ONE_HUNDRED,
        }
    }

    /// The whole numerator that reaches it with the least to spare, over the share's denominator: the smallest where
    /// higher is better, the largest where lower is.
    ///
    /// ```
    /// use xhht::domain::{Aim, Ratio};
    /// let districts = Ratio::of(0, 15);
    /// // 25 % of 15 are 3,75.
    /// assert_eq!(Aim::at_least(25).needed(districts), 4.into());
    /// assert_eq!(Aim::at_most(25).needed(districts), 3.into());
    /// ```
    pub fn needed(self, over: Ratio) -> Decimal {
        match self.direction {
            Direction::Higher => over.needed(self.percent),
            Direction::Lower => over.allowed(self.percent),
        }
    }

    /// By how many a numerator misses the one that is needed; nothing once it is reached.
    pub fn short_of(self, needed: Decimal, numerator: Decimal) -> Decimal {
        self.direction.gain(numerator, needed).max(Decimal::ZERO)
    }

    /// Points still lacking; nothing once it is reached.
    pub fn lacking(self, percent: Percent) -> Percent {
        self.direction.gain(percent, self.percent).max(Percent::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_target_is_reached_from_its_own_side() {
        // 15 of 300 are 5 %.
        let share = Ratio::of(15, 300);
        for (aim, reached) in [
            (Aim::at_least(5), true),
            (Aim::at_most(5), true),
            (Aim::at_least(6), false),
            (Aim::at_most(6), true),
            (Aim::at_least(4), true),
            (Aim::at_most(4), false),
        ] {
            assert_eq!((aim.reached_by(share), aim.met_by(5.into())), (reached, reached), "{aim:?}");
        }
        assert!(!Aim::at_most(5).reached_by(Ratio::of(0, 0)), "nothing over nothing reaches nothing");
    }

    #[test]
    fn what_is_needed_lacks_or_is_too_much() {
        // Of 300 people 4 % are 12 and 4,5 % are 13,5.
        let whole = Ratio::of(0, 300);
        let [few, many] = [Aim::at_most(Decimal::new(45, 1)), Aim::at_least(Decimal::new(45, 1))];
        assert_eq!(
            (Aim::at_most(4).needed(whole), few.needed(whole), many.needed(whole)),
            (12.into(), 13.into(), 14.into())
        );
        assert_eq!(few.short_of(13.into(), 15.into()), 2.into());
        assert_eq!(few.short_of(13.into(), 9.into()), 0.into());
        assert_eq!(many.short_of(14.into(), 9.into()), 5.into());
        assert_eq!(
            (Aim::at_most(4).lacking(5.into()), Aim::at_most(4).lacking(3.into())),
            (1.into(), 0.into())
        );
    }

    proptest! {
        #[test]
        fn the_complement_reaches_the_complement(d in 1_i64..100_000, n in 0_i64..100_000, t in 0_i64..=10_000) {
            let n = n % (d + 1);
            let (share, rest) = (Ratio::of(n, d), Ratio::of(d - n, d));
            let (up, down) = (Aim::at_least(Decimal::new(t, 2)), Aim::at_most(Decimal::new(10_000 - t, 2)));
            prop_assert_eq!(up.reached_by(share), down.reached_by(rest));
            prop_assert_eq!(up.needed(share), Decimal::from(d) - down.needed(rest));
            let numerators = (share.numerator, rest.numerator);
            prop_assert_eq!(
                up.short_of(up.needed(share), numerators.0),
                down.short_of(down.needed(rest), numerators.1)
            );
            prop_assert_eq!(up.met_by_all(), down.met_by_all());
        }

        #[test]
        fn allowed_is_the_largest_that_stays_within(d in 1_i64..100_000, t in 0_i64..10_000) {
            let aim = Aim::at_most(Decimal::new(t, 2));
            let needed = aim.needed(Ratio::of(0, d));
            prop_assert!(aim.reached_by(Ratio::of(needed, d)));
            prop_assert!(!aim.reached_by(Ratio::of(needed + Decimal::ONE, d)));
        }
    }
}
