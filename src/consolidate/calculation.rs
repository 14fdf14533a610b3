//! How the results of an indicator follow from its sums: described once, evaluated exactly here, and written by the
//! workbook as live formulas from the same description.

use super::verdict::Verdict;
use crate::domain::{Aim, Direction, Percent, Ratio};
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
    /// How many of them are of unknown size.
    OfUnknownSize,
    /// How many pairs have no standard to be judged by.
    NotJudged,
    /// How many pairs there are.
    Pairs,
}

/// A figure of one pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairFigure {
    /// What was given as the numerator.
    Numerator,
    /// What was given as the denominator.
    Denominator,
    /// What the denominator is taken to be while nobody says.
    Reference,
}

/// How large an incomplete pair is taken to be. It adds that to the denominator, and to the numerator anything between
/// nothing and all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Size {
    /// A figure of the pair.
    Of(PairFigure),
    /// The greater of two.
    Greater(PairFigure, PairFigure),
    /// The first where the figure is given, else the second.
    WhenGiven(PairFigure, &'static Size, &'static Size),
}

/// A denominator that is given counts. Of how many it is nobody said where only a numerator is given: the reference
/// then, but of them all there are at least so many.
pub static SIZE: Size = Size::WhenGiven(
    PairFigure::Denominator,
    &Size::Of(PairFigure::Denominator),
    &Size::WhenGiven(
        PairFigure::Numerator,
        &Size::Greater(PairFigure::Reference, PairFigure::Numerator),
        &Size::Of(PairFigure::Reference),
    ),
);

impl Size {
    /// What it is, exactly; `None` where it depends on a figure that is not known.
    pub(super) fn outcome(&self, value: &dyn Fn(PairFigure) -> Option<Decimal>) -> Option<Decimal> {
        match self {
            Size::Of(figure) => value(*figure),
            Size::Greater(one, other) => Some(value(*one)?.max(value(*other)?)),
            Size::WhenGiven(figure, then, otherwise) => {
                if value(*figure).is_some() {
                    then.outcome(value)
                } else {
                    otherwise.outcome(value)
                }
            }
        }
    }
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
    /// A percentage that follows from nothing.
    Fixed(Percent),
    /// The whole numerator that just reaches the target over the share's denominator.
    Needed(Direction, Share),
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
    /// The figure is not known.
    Absent(Figure),
    /// The figures add up to nothing.
    Zero(&'static [Figure]),
    /// The first figure is more than half of the second.
    MoreThanHalf(Figure, Figure),
    /// The share reaches the target.
    Reaches(Direction, Share),
    /// It does not.
    Misses(Direction, Share),
    /// Every share there can be reaches the target.
    ReachedByAll(Direction),
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
    /// How many incomplete pairs are of unknown size.
    pub of_unknown_size: usize,
    /// How many pairs have no standard to be judged by.
    pub not_judged: usize,
    /// How many pairs there are.
    pub pairs: usize,
    pub direction: Direction,
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

/// A calculation of either direction.
struct EachWay([Calculation; 2]);

impl EachWay {
    fn new(of: fn(Direction) -> Calculation) -> Self {
        EachWay(Direction::ALL.map(of))
    }

    fn of(&self, direction: Direction) -> &Calculation {
        let [higher, lower] = &self.0;
        match direction {
            Direction::Higher => higher,
            Direction::Lower => lower,
        }
    }
}

/// Without a target there is nothing to be needed for it, unless somebody writes one.
static NEEDED_WHEN_KNOWN: LazyLock<EachWay> = LazyLock::new(|| {
    EachWay::new(|direction| when(NO_TARGET, Calculation::Nothing, NEEDED.of(direction).clone()))
});

/// Without a target figures are judged by nothing, unless somebody writes one. That there are none comes first.
static VERDICT_WHEN_KNOWN: LazyLock<EachWay> = LazyLock::new(|| {
    EachWay::new(|direction| {
        let verdict = Calculation::Verdict;
        let none = unless_empty(verdict(Verdict::NoData), verdict(Verdict::NoTarget));
        let judged = VERDICT.of(direction).clone();
        when(NO_TARGET, unless_not_judged(verdict(Verdict::NoStandard), none), judged)
    })
});

const NO_TARGET: Condition = Condition::Absent(Figure::Target);

static PERCENT: LazyLock<Calculation> = LazyLock::new(|| {
    let counted = unless_empty(Calculation::Nothing, Calculation::Percent(RESULT));
    unless_not_judged(Calculation::Nothing, counted)
});

static NEEDED: LazyLock<EachWay> = LazyLock::new(|| {
    EachWay::new(|direction| {
        let needed = Calculation::Needed(direction, RESULT);
        let counted = when(Condition::Zero(RESULT.denominator), Calculation::Nothing, needed);
        unless_not_judged(Calculation::Nothing, counted)
    })
});

/// Reached whatever the incomplete pairs turn out to be; not reached whatever they turn out to be; otherwise open.
static VERDICT: LazyLock<EachWay> = LazyLock::new(|| {
    EachWay::new(|direction| {
        let verdict = Calculation::Verdict;
        let [worst, best] = direction.worst_first([LOWEST, HIGHEST]);
        let misses = Condition::Misses(direction, best);
        let at_best = when(misses, verdict(Verdict::NotMet), verdict(Verdict::Depends));
        let bounded = when(Condition::Reaches(direction, worst), verdict(Verdict::Met), at_best);
        // Where a unit of unknown size is missing, everything from 0 to 100 % is possible.
        let any = Condition::ReachedByAll(direction);
        let any = when(any, verdict(Verdict::Met), verdict(Verdict::Depends));
        let judged = when(Condition::Zero(&[Figure::OfUnknownSize]), bounded, any);
        unless_not_judged(verdict(Verdict::NoStandard), unless_empty(verdict(Verdict::NoData), judged))
    })
});

static LOWEST_PERCENT: LazyLock<Calculation> = LazyLock::new(|| bound(LOWEST, Percent::ZERO));
static HIGHEST_PERCENT: LazyLock<Calculation> = LazyLock::new(|| bound(HIGHEST, Percent::ONE_HUNDRED));

/// The share, and what it is where nothing bounds it.
fn bound(share: Share, unbounded: Percent) -> Calculation {
    let any = Calculation::Fixed(unbounded);
    let empty = when(Condition::Zero(share.denominator), any.clone(), Calculation::Percent(share));
    let bounded = when(Condition::Zero(&[Figure::OfUnknownSize]), empty, any);
    unless_not_judged(Calculation::Nothing, bounded)
}

/// The first where no pair is complete or all of them count nothing.
fn unless_empty(empty: Calculation, otherwise: Calculation) -> Calculation {
    let counted = when(Condition::Zero(RESULT.denominator), empty.clone(), otherwise);
    when(Condition::Zero(&[Figure::Complete]), empty, counted)
}

/// Whether most of those who are asked have no standard to be judged by: the others do not speak for the province.
const NOT_JUDGED: Condition = Condition::MoreThanHalf(Figure::NotJudged, Figure::Pairs);

/// The first where most are not judged.
fn unless_not_judged(not_judged: Calculation, otherwise: Calculation) -> Calculation {
    when(NOT_JUDGED, not_judged, otherwise)
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
            Calculation::Fixed(percent) => Outcome::Percent(*percent),
            Calculation::Needed(direction, share) => figures
                .aim(*direction)
                .map_or(Outcome::Nothing, |aim| Outcome::Count(aim.needed(figures.ratio(share)))),
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
    /// How a result follows from the figures.
    pub fn calculation(&self, of: Derived) -> &'static Calculation {
        match of {
            Derived::Percent => &PERCENT,
            Derived::Needed if self.target.is_none() => NEEDED_WHEN_KNOWN.of(self.direction),
            Derived::Needed => NEEDED.of(self.direction),
            Derived::Verdict if self.target.is_none() => VERDICT_WHEN_KNOWN.of(self.direction),
            Derived::Verdict => VERDICT.of(self.direction),
            Derived::Lowest => &LOWEST_PERCENT,
            Derived::Highest => &HIGHEST_PERCENT,
        }
    }

    /// What a result is; nothing where it does not follow from the figures.
    pub fn outcome(&self, of: Derived) -> Outcome {
        self.calculation(of).outcome(self)
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

    /// Whether most of those who are asked have no standard to be judged by.
    pub fn are_not_judged(&self) -> bool {
        self.hold(&NOT_JUDGED)
    }

    fn hold(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Absent(Figure::Target) => self.target.is_none(),
            Condition::Absent(_) => false,
            Condition::Zero(figures) => self.sum(figures).is_zero(),
            Condition::MoreThanHalf(part, whole) => self.value(*part) * Decimal::TWO > self.value(*whole),
            Condition::Reaches(direction, share) => self.reaches(*direction, share),
            Condition::Misses(direction, share) => !self.reaches(*direction, share),
            Condition::ReachedByAll(direction) => self.aim(*direction).is_some_and(Aim::met_by_all),
        }
    }

    fn reaches(&self, direction: Direction, share: &Share) -> bool {
        self.aim(direction).is_some_and(|aim| aim.reached_by(self.ratio(share)))
    }

    fn aim(&self, direction: Direction) -> Option<Aim> {
        self.target.map(|percent| Aim { direction, percent })
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
            Figure::OfUnknownSize => self.of_unknown_size.into(),
            Figure::NotJudged => self.not_judged.into(),
            Figure::Pairs => self.pairs.into(),
        }
    }
}
