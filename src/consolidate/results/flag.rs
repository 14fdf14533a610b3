//! What a reader of a result must know of the figures behind it.

use crate::domain::UnitCode;

/// A reservation about a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// Some figures are estimates of those who reported them.
    Estimate,
    /// Not everyone who owes a figure has given it: the result will change.
    Provisional,
    /// Some figures were sent and are kept out by a finding.
    KeptOut,
    /// The bounds rest on figures that are assumed for silent units.
    Reference,
    /// The units or the definition are not last year's: the series breaks here.
    Break,
}

impl Flag {
    /// All of them, in the order they are told.
    pub const ALL: [Flag; 5] =
        [Flag::Estimate, Flag::Provisional, Flag::KeptOut, Flag::Reference, Flag::Break];

    /// The word of the JSON contract.
    pub fn code(self) -> &'static str {
        match self {
            Flag::Estimate => "estimate",
            Flag::Provisional => "provisional",
            Flag::KeptOut => "kept-out",
            Flag::Reference => "reference",
            Flag::Break => "break",
        }
    }
}

/// The flags of a result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags {
    pub(in crate::consolidate) set: Vec<Flag>,
    /// Units whose figures are estimates, in the roster's order.
    pub estimating: Vec<UnitCode>,
    /// Units of whose figures some are kept out, in the roster's order.
    pub kept_out: Vec<UnitCode>,
}

impl Flags {
    /// Whether a flag is set.
    pub fn has(&self, flag: Flag) -> bool {
        self.set.contains(&flag)
    }

    /// Those that are set, in the order they are told.
    pub fn iter(&self) -> impl Iterator<Item = Flag> + '_ {
        self.set.iter().copied()
    }
}
