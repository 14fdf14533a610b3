//! What only rules that are asked once everything has been read can speak of: other units' values, the other figures of a
//! form, and how a figure lies among those of its peers or of earlier years. No form can show such a rule while it is
//! filled in.

use super::input::{GivenValue, Others, RuleInput};
use crate::domain::FieldId;
use ::rule::{Names, Parsed, Referent, Scope, Type};
use serde::Deserialize;

/// What a figure is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// The same figure of the units of the same level this year.
    Peers,
    /// The same figure of the same unit in the years before.
    Years,
}

/// The figure of a rule that holds it against others.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The figure.
    pub quantity: Parsed,
    /// What it is held against.
    pub against: Against,
}

/// Names of a form and, behind them, what is known once everything has been read.
pub(super) struct Everything<'a>(pub &'a dyn Scope<RuleInput>);

impl Scope<RuleInput> for Everything<'_> {
    fn reference(&self, name: &str) -> Option<Referent<RuleInput>> {
        self.0.reference(name).or_else(|| {
            let (others, field) = Others::of_name(name)?;
            Some(Referent::given(RuleInput::OfOthers(others, field), Type::Decimal).at_least(0))
        })
    }

    fn group(&self, pattern: &str) -> Vec<Referent<RuleInput>> {
        self.0.group(pattern)
    }

    fn known(&self) -> Vec<String> {
        self.0.known()
    }
}

/// Whether a statement can only be judged once everything has been read.
pub(crate) fn is_later(test: &Parsed) -> bool {
    ::rule::names(test).iter().any(|name| {
        GivenValue::ALL.iter().any(|given| given.is_later() && given.name() == name.text)
            || Others::of_name(&name.text).is_some()
    })
}

/// The names of a statement that are about other units' fields.
pub(crate) fn of_others(test: &Parsed) -> Vec<(&::rule::ast::Name, FieldId)> {
    let names = ::rule::names(test).into_iter();
    names.filter_map(|name| Some((name, Others::of_name(&name.text)?.1))).collect()
}

/// Names of nothing but what the program gives.
pub(super) fn add_given(names: &mut Names<RuleInput>) {
    for given in GivenValue::ALL {
        let (kind, may_be_negative) = given.kind();
        let referent = Referent::given(RuleInput::Given(given), kind);
        // Where the least is known, a comparison that can never hold is found.
        names.add(
            given.name(),
            if given.is_later() && !may_be_negative { referent.at_least(0) } else { referent },
        );
    }
}
