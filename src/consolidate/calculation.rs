//! How the results of an indicator follow from its sums: described once, evaluated exactly here, and written by the
//! workbook as live formulas from the same description.

use super::verdict::Verdict;
use crate::domain::{Percent, Ratio};
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// What a pair can add to the province: lowest and highest numerator over one denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Lowest numerator.
    pub lowest: Decimal,
    /// Highest numerator.
    pub highest: Decimal,
    /// Denominator, reported or from the reference figures.
    pub denominator: Decimal,
}

impl Range {
    /// A complete pair adds what it is.
    pub(super) fn exactly(numerator: Decimal, denominator: Decimal) -> Self {
        Range { lowest: numerator, highest: numerator, denominator }
    }

    /// An incomplete pair adds a numerator between nothing and all of its denominator.
    pub(super) fn up_to(denominator: Decimal) -> Self {
        Range { lowest: Decimal::ZERO, highest: denominator, denominator }
    }
}

/// A figure that results are calculated from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// How many units have given a complete pair.
    Complete,
    /// Sum of the numerators of complete pairs.
    Numerator,
    /// Sum of their denominators; for a share of units all on the roster.
    Denominator,
    /// Target in percent.
    Target,
    /// What the incomplete pairs add to the denominator.
    OpenDenominator,
    /// The least they can add to the numerator.
    OpenLowest,
    /// The most they can add to it.
    OpenHighest,
}

/// A share of sums of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Figures whose sum is the numerator.
    pub numerator: &'static [Figure],
    /// Figures whose sum is the denominator.
    pub denominator: &'static [Figure],
}

/// What the complete pairs say.
const RESULT: Share = Share { numerator: &[Figure::Numerator], denominator: &[Figure::Denominator] };
/// The lowest the province can have, whatever the incomplete pairs turn out to be.
const LOWEST: Share = Share {
    numerator: &[Figure::Numerator, Figure::OpenLowest],
    denominator: &[Figure::Denominator, Figure::OpenDenominator],
};
/// The highest it can have.
const HIGHEST: Share = Share { numerator: &[Figure::Numerator, Figure::OpenHighest], ..LOWEST };

/// How one result follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Calculation {
    /// A share in percent.
    Percent(Share),
    /// The least whole numerator that reaches the target over the share's denominator.
    Needed(Share),
    /// A verdict.
    Verdict(Verdict),
    /// Nothing can be said.
    Nothing,
    /// The first where the condition holds, else the second.
    When(Condition, Box<Calculation>, Box<Calculation>),
}

/// What a calculation depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// The figures add up to nothing.
    Zero(&'static [Figure]),
    /// The share is at least the target.
    Reaches(Share),
    /// The share is below the target.
    Misses(Share),
}

/// What a calculation gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A percentage.
    Percent(Percent),
    /// A number of things.
    Count(Decimal),
    /// A verdict.
    Verdict(Verdict),
    /// Nothing.
    Nothing,
}

/// The figures of one indicator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figures {
    pub complete: usize,
    pub total: Ratio,
    /// What the incomplete pairs can add; `None` when one of them is of unknown size.
    pub open: Option<Range>,
    pub target: Option<Percent>,
}

/// A result that follows from an indicator's sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derived {
    /// The result in percent.
    Percent,
    /// The numerator needed for the target over the present denominator.
    Needed,
    /// What the figures say about the target.
    Verdict,
    /// The lowest possible result.
    Lowest,
    /// The highest possible result.
    Highest,
}

static PERCENT: LazyLock<Calculation> =
    LazyLock::new(|| unless_empty(Calculation::Nothing, Calculation::Percent(RESULT)));

static NEEDED: LazyLock<Calculation> = LazyLock::new(|| Calculation::Needed(RESULT));

/// Reached whatever the incomplete pairs turn out to be; not reached whatever they turn out to be; otherwise open.
static VERDICT: LazyLock<Calculation> = LazyLock::new(|| {
    let not_met = Calculation::Verdict(Verdict::NotMet);
    let depends = Calculation::Verdict(Verdict::Depends);
    let at_most = when(Condition::Misses(HIGHEST), not_met, depends);
    let judged = when(Condition::Reaches(LOWEST), Calculation::Verdict(Verdict::Met), at_most);
    unless_empty(Calculation::Verdict(Verdict::NoData), judged)
});

/// Where a unit of unknown size is missing, everything from 0 to 100 % is possible.
static VERDICT_UNBOUNDED: LazyLock<Calculation> = LazyLock::new(|| unbounded(Verdict::Depends));

/// The same under a target of 0 %, which anything reaches.
static VERDICT_OF_NO_TARGET: LazyLock<Calculation> = LazyLock::new(|| unbounded(Verdict::Met));

static LOWEST_PERCENT: LazyLock<Calculation> = LazyLock::new(|| bound(LOWEST));
static HIGHEST_PERCENT: LazyLock<Calculation> = LazyLock::new(|| bound(HIGHEST));

fn unbounded(verdict: Verdict) -> Calculation {
    unless_empty(Calculation::Verdict(Verdict::NoData), Calculation::Verdict(verdict))
}

fn bound(share: Share) -> Calculation {
    when(Condition::Zero(share.denominator), Calculation::Nothing, Calculation::Percent(share))
}

/// The first where no pair is complete or all of them count nothing.
fn unless_empty(empty: Calculation, otherwise: Calculation) -> Calculation {
    let counted = when(Condition::Zero(RESULT.denominator), empty.clone(), otherwise);
    when(Condition::Zero(&[Figure::Complete]), empty, counted)
}

fn when(condition: Condition, then: Calculation, otherwise: Calculation) -> Calculation {
    Calculation::When(condition, Box::new(then), Box::new(otherwise))
}

impl Calculation {
    /// What it gives, exactly.
    pub(super) fn outcome(&self, figures: &Figures) -> Outcome {
        match self {
            Calculation::Percent(share) => {
                figures.ratio(share).percent().map_or(Outcome::Nothing, Outcome::Percent)
            }
            Calculation::Needed(share) => match figures.target {
                Some(target) => Outcome::Count(figures.ratio(share).needed(target)),
                None => Outcome::Nothing,
            },
            Calculation::Verdict(verdict) => Outcome::Verdict(*verdict),
            Calculation::Nothing => Outcome::Nothing,
            Calculation::When(condition, then, otherwise) => {
                if figures.hold(condition) {
                    then.outcome(figures)
                } else {
                    otherwise.outcome(figures)
                }
            }
        }
    }
}

impl Outcome {
    /// The percentage, when it is one.
    pub fn percent(self) -> Option<Percent> {
        match self {
            Outcome::Percent(percent) => Some(percent),
            _ => None,
        }
    }

    /// The number, when it is one.
    pub fn count(self) -> Option<Decimal> {
        match self {
            Outcome::Count(count) => Some(count),
            _ => None,
        }
    }
}

impl Figures {
    /// How a result follows from the figures; `None` where it does not: nothing bounds it, or there is nothing to judge
    /// it by.
    pub fn calculation(&self, of: Derived) -> Option<&'static Calculation> {
        Some(match of {
            Derived::Percent => self.target.map(|_| &*PERCENT)?,
            Derived::Needed => self.target.filter(|_| !self.total.denominator.is_zero()).map(|_| &*NEEDED)?,
            Derived::Verdict => match (self.open, self.target?.is_zero()) {
                (Some(_), _) => &VERDICT,
                (None, false) => &VERDICT_UNBOUNDED,
                (None, true) => &VERDICT_OF_NO_TARGET,
            },
            Derived::Lowest => self.lowest().map(|_| &*LOWEST_PERCENT)?,
            Derived::Highest => self.highest().map(|_| &*HIGHEST_PERCENT)?,
        })
    }

    /// What a result is; nothing where it does not follow from the figures.
    pub fn outcome(&self, of: Derived) -> Outcome {
        self.calculation(of).map_or(Outcome::Nothing, |calculation| calculation.outcome(self))
    }

    /// The lowest the province can have; `None` when nothing bounds it.
    pub fn lowest(&self) -> Option<Ratio> {
        self.bound(&LOWEST)
    }

    /// The highest the province can have; `None` when nothing bounds it.
    pub fn highest(&self) -> Option<Ratio> {
        self.bound(&HIGHEST)
    }

    fn bound(&self, share: &Share) -> Option<Ratio> {
        self.open?;
        Some(self.ratio(share)).filter(|ratio| !ratio.denominator.is_zero())
    }

    fn hold(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Zero(figures) => self.sum(figures).is_zero(),
            Condition::Reaches(share) => self.reaches(share),
            Condition::Misses(share) => !self.reaches(share),
        }
    }

    fn reaches(&self, share: &Share) -> bool {
        self.target.is_some_and(|target| self.ratio(share).reaches(target))
    }

    fn ratio(&self, share: &Share) -> Ratio {
        Ratio::of(self.sum(share.numerator), self.sum(share.denominator))
    }

    fn sum(&self, figures: &[Figure]) -> Decimal {
        figures.iter().map(|figure| self.value(*figure)).sum()
    }

    fn value(&self, figure: Figure) -> Decimal {
        let open = |pick: fn(Range) -> Decimal| self.open.map(pick).unwrap_or_default();
        match figure {
            Figure::Complete => self.complete.into(),
            Figure::Numerator => self.total.numerator,
            Figure::Denominator => self.total.denominator,
            Figure::Target => self.target.unwrap_or_default(),
            Figure::OpenDenominator => open(|range| range.denominator),
            Figure::OpenLowest => open(|range| range.lowest),
            Figure::OpenHighest => open(|range| range.highest),
        }
    }
}
