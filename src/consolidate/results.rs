//! What a consolidated year holds: results, verdicts, and the figures they are made of.

mod assumed;
mod comparison;
mod coverage;
mod flag;
mod series;

pub use assumed::{Assumed, ReferenceSource};
pub use comparison::{Comparison, Difference, PastResult};
pub use coverage::Coverage;
pub use flag::{Flag, Flags};
pub use series::{
    MergedPoint, MergedUnit, OverYears, Point, Present, Published, Restated, Series, SeriesYear, Source,
    Standing, YearSum,
};

use super::calculation::{Calculation, Derived, Figures, Outcome, Range};
use super::change::Changes;
use super::terms::{Term, TermFields};
use super::verdict::Verdict;
use crate::check::decision::Applied;
use crate::check::{Ledger, UnitState};
use crate::domain::{Aim, FieldId, Indicator, IndicatorKind, Percent, Ratio, UnitCode, Year};
use crate::finding::Origin;
use crate::submission::Reported;
use chrono::NaiveDate;
use ecow::EcoString;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The results of a year.
#[derive(Debug, Clone)]
pub struct Consolidated {
    /// Report year.
    pub year: Year,
    /// The day the figures stand at.
    pub as_of: NaiveDate,
    /// Every unit of the roster and how it stands.
    pub units: Vec<UnitState>,
    /// Results in the plan's order.
    pub indicators: Vec<IndicatorResult>,
    /// What is known of all years up to this one.
    pub over_years: OverYears,
    /// The earlier years whose results are of other territories, with their names.
    pub territories: BTreeMap<Year, Vec<String>>,
    /// The predecessors of which no result is in hand, by name.
    pub unknown_predecessors: Vec<String>,
    /// What became of every filled input cell.
    pub ledger: Ledger,
    /// The waivers and corrections that were applied.
    pub decided: Applied,
    /// What differs from the last run in the same place, where there was one and anything does.
    pub since_last_run: Option<SinceLastRun>,
    /// Everything the units reported, by field, in the roster's order.
    pub reported: BTreeMap<FieldId, Vec<(UnitCode, Arc<Reported>)>>,
}

/// What differs from an earlier run of the same year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SinceLastRun {
    /// The day its figures stood at.
    pub as_of: NaiveDate,
    /// What differs.
    pub changes: Changes,
}

/// The result of one indicator.
#[derive(Debug, Clone)]
pub struct IndicatorResult {
    /// The indicator.
    pub indicator: Indicator,
    /// Sum over the units that reported both numbers; for a share of units, those holding it over the roster.
    pub total: Ratio,
    /// How many pairs are complete.
    pub complete: usize,
    /// What the incomplete pairs can add to the total; `None` when the size of one of them is unknown.
    pub open: Option<Range>,
    /// How many incomplete pairs are of unknown size.
    pub of_unknown_size: usize,
    /// How many pairs have no standard to be judged by.
    pub not_judged: usize,
    /// The lowest the province can have whatever the missing units say; `None` when nothing bounds it (0 %).
    pub lower: Option<Ratio>,
    /// The highest it can have; `None` when nothing bounds it (100 %).
    pub upper: Option<Ratio>,
    /// The target that judges this year and the year it is set for.
    pub target: Option<(Year, Percent)>,
    /// The target that the way still leads to and the year it is set for; `None` at a milestone, where a way ends.
    pub next: Option<(Year, Percent)>,
    /// The numerator that just reaches the target over the present denominator: the least where higher is better, else the
    /// most.
    pub needed: Option<Decimal>,
    /// What the figures say.
    pub verdict: Verdict,
    /// Units whose missing figures the verdict depends on.
    pub depends_on: Vec<UnitCode>,
    /// How many of those who owe a figure gave it.
    pub coverage: Coverage,
    /// Results by the unit they are about, in the roster's order.
    pub by_unit: Vec<UnitResult>,
    /// Every figure that went in.
    pub contributions: Vec<Contribution>,
    /// Last year's result, when history is given.
    pub last_year: Option<PastResult>,
    /// How the result compares with it.
    pub comparison: Comparison,
    /// Results of all earlier years there are, in order of years.
    pub past: Vec<PastResult>,
    /// What a reader must know of the figures behind the result.
    pub flags: Flags,
    /// Whether the units the result is made of are not last year's: then only province-level rates may be compared.
    pub roster_changed: bool,
    /// Whether the plan knows no standard yet in the report year, whatever the units say.
    pub before_standard: bool,
    /// What the way to the target asks for this year, in percent, whatever the result is.
    pub expected: Option<Percent>,
    /// Where the result stands on the way to its target.
    pub trajectory: Option<Trajectory>,
}

/// What one unit's figures say about an indicator.
#[derive(Debug, Clone)]
pub struct UnitResult {
    /// The unit the figure is about.
    pub unit: UnitCode,
    /// Its complete pairs, added.
    pub share: Option<Ratio>,
    /// How it stands.
    pub status: UnitFigure,
    /// What the same unit reported last year, when history is given and the unit was there.
    pub last_year: Option<Ratio>,
}

/// How a unit's figure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitFigure {
    /// Reported.
    Reported,
    /// Reported, at least in part as an estimate.
    Estimate,
    /// Nothing occurred: zero over zero, said in words.
    None,
    /// No standard yet to judge by.
    NoStandard,
    /// Some of its pairs are missing.
    Partial,
    /// Missing.
    Missing,
}

/// One pair of figures: whose, where they stand, and what the missing one could be.
#[derive(Debug, Clone)]
pub struct Contribution {
    /// Who owes it, and in which fields.
    pub term: Term,
    /// Numerator and denominator as read.
    pub numerator: Option<Decimal>,
    /// Denominator as read.
    pub denominator: Option<Decimal>,
    /// Where they stand.
    pub origins: Vec<(Origin, EcoString)>,
    /// How the pair stands.
    pub status: UnitFigure,
    /// What the pair can at least and at most add to the province.
    pub range: Option<Range>,
    /// What stands for its denominator while nobody gives it; `None` when that is not known, or known without being asked.
    pub reference: Option<Assumed>,
}

impl Contribution {
    /// The denominator that is assumed because nobody reported it.
    pub fn assumed(&self) -> Option<Assumed> {
        let is_asked = self.denominator.is_none() && self.status != UnitFigure::NoStandard;
        self.reference.filter(|_| is_asked)
    }

    /// What its denominator is taken to be while nobody gives it.
    pub fn size_if_silent(&self) -> Option<Decimal> {
        match self.term.fields {
            TermFields::Pair { .. } => self.reference.map(|reference| reference.highest),
            TermFields::Status(_) => Some(Decimal::ONE),
        }
    }
}

/// How a result stands against the linear way from the baseline to the next milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trajectory {
    /// The report year.
    pub year: Year,
    /// What the way asks for this year, in percent.
    pub expected: Percent,
    /// How the result compares.
    pub pace: Pace,
    /// Points a year still needed, up or down, to reach the target in its year, zero once reached; `None` when no year is
    /// left or the result is open.
    pub yearly_step: Option<Percent>,
}

/// Pace against the trajectory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Better than the way asks for.
    Ahead,
    /// On it.
    OnTrack,
    /// Worse.
    Behind,
    /// It depends on the units that are missing.
    Open,
}

impl Pace {
    /// The word of the JSON contract.
    pub fn code(self) -> &'static str {
        match self {
            Pace::Ahead => "ahead",
            Pace::OnTrack => "on-track",
            Pace::Behind => "behind",
            Pace::Open => "open",
        }
    }
}

impl UnitFigure {
    /// Whether everything that is owed was given and counts.
    pub fn is_complete(self) -> bool {
        matches!(self, UnitFigure::Reported | UnitFigure::Estimate | UnitFigure::None)
    }

    /// Whether something that is owed is not known.
    pub fn is_lacking(self) -> bool {
        matches!(self, UnitFigure::Missing | UnitFigure::Partial)
    }

    /// Whether it is judged in an indicator of that kind: a unit with nothing that could hold a status is not one of those
    /// that hold it or not.
    pub fn is_judged(self, kind: &IndicatorKind) -> bool {
        match self {
            UnitFigure::NoStandard => false,
            UnitFigure::None => !kind.is_share_of_units(),
            _ => true,
        }
    }

    /// The word of the JSON contract.
    pub fn code(self) -> &'static str {
        match self {
            UnitFigure::Reported => "reported",
            UnitFigure::Estimate => "estimate",
            UnitFigure::None => "none",
            UnitFigure::NoStandard => "no-standard",
            UnitFigure::Partial => "partial",
            UnitFigure::Missing => "missing",
        }
    }
}

impl IndicatorResult {
    /// How a result follows from the indicator's sums; `None` where it does not, as before there is a standard.
    pub fn calculation(&self, of: Derived) -> Option<&'static Calculation> {
        (!self.before_standard).then(|| self.figures().calculation(of))
    }

    fn figures(&self) -> Figures {
        let target = self.target.map(|(_, percent)| percent);
        Figures {
            complete: self.complete,
            total: self.total,
            open: self.open,
            of_unknown_size: self.of_unknown_size,
            not_judged: self.not_judged,
            pairs: self.contributions.len(),
            direction: self.indicator.direction,
            target,
        }
    }

    /// What a result is; nothing where it does not follow.
    pub fn derived(&self, of: Derived) -> Outcome {
        self.calculation(of).map_or(Outcome::Nothing, |calculation| calculation.outcome(&self.figures()))
    }

    /// The result in percent; `None` without figures.
    pub fn percent(&self) -> Option<Percent> {
        self.derived(Derived::Percent).percent()
    }

    /// The target that judges and from which side it is reached.
    pub fn aim(&self) -> Option<Aim> {
        self.target.map(|(_, percent)| Aim { direction: self.indicator.direction, percent })
    }

    /// The worst and the best possible result in percent.
    pub fn worst_and_best(&self) -> [Percent; 2] {
        let (lower, upper) = self.bounds();
        self.indicator.direction.worst_first([lower, upper])
    }

    /// Whether the definition it has in a year is not last year's.
    pub fn is_redefined_in(&self, year: Year) -> bool {
        self.indicator.is_redefined_between(year - 1, year)
    }

    /// Points gained since last year; `None` where there is nothing to compare.
    pub fn change(&self) -> Option<Percent> {
        self.comparison.change()
    }

    /// Whether there is a standard to judge it by; before, nothing bounds it and nothing is assumed.
    pub fn is_judged(&self) -> bool {
        self.verdict != Verdict::NoStandard
    }

    /// Lowest and highest possible result in percent.
    pub fn bounds(&self) -> (Percent, Percent) {
        let percent = |bound: Option<Ratio>| bound.and_then(|ratio| ratio.percent());
        let lower = percent(self.lower).unwrap_or(Percent::ZERO);
        let upper = percent(self.upper).unwrap_or(Percent::ONE_HUNDRED);
        (lower, upper)
    }

    /// Whether the missing units could still change the result.
    pub fn is_open(&self) -> bool {
        let (lower, upper) = self.bounds();
        lower != upper
    }
}
