//! A number reckoned from values, by itself: what a rule holds against the same number of others.

use super::WhenMissing;
use super::ast::Expr;
use super::bind::{BoundName, Checked, bind};
use super::evaluate::{Evaluation, RuleValue, Values, visit};
use super::mistake::Mistake;
use super::parse::Parsed;
use super::scope::{Scope, Type, ValueId};
use rust_decimal::Decimal;

/// A number that follows from values, such as `dat / tong * 100`.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity<V> {
    expr: Checked<V>,
}

impl<V: ValueId> Quantity<V> {
    /// Binds what was parsed once to the scope of a row.
    ///
    /// # Errors
    /// Every mistake of meaning; what is no number is one.
    ///
    /// ```
    /// use rule::{Names, Quantity, Referent, RuleValue, Type, Values, parse};
    /// struct Same;
    /// impl Values<&'static str> for Same {
    ///     fn value(&self, _: &&'static str, _: bool) -> Option<RuleValue> {
    ///         Some(RuleValue::Number(4.into()))
    ///     }
    /// }
    /// let mut names = Names::new();
    /// names.add("dat", Referent::reported("dat", Type::Whole));
    /// let half = Quantity::bind(&parse("dat / 2").unwrap(), &names).unwrap();
    /// assert_eq!(half.value(&Same), Some(2.into()));
    /// assert!(Quantity::bind(&parse("dat > 2").unwrap(), &names).is_err());
    /// ```
    pub fn bind(parsed: &Parsed, scope: &dyn Scope<V>) -> Result<Self, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let (expr, kind): (Expr<BoundName<V>>, Option<Type>) = bind(parsed, scope, &mut mistakes);
        if let Some(kind) = kind.filter(|kind| !kind.is_number()) {
            mistakes.push(Mistake::new(
                parsed.span.clone(),
                format!("chỗ này phải là một con số nhưng đây là {}", kind.vietnamese()),
                "ghi một phép tính, ví dụ dat / tong * 100",
            ));
        }
        if mistakes.is_empty() { Ok(Quantity { expr }) } else { Err(mistakes) }
    }

    /// What it comes to; `None` where a value is missing or it cannot be reckoned.
    pub fn value(&self, values: &dyn Values<V>) -> Option<Decimal> {
        let evaluation = Evaluation { values, when_missing: WhenMissing::NeverSkip };
        match evaluation.value(&self.expr)? {
            RuleValue::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Every value it speaks of, each once.
    pub fn references(&self) -> Vec<&BoundName<V>> {
        let mut found = Vec::new();
        visit(&self.expr, &mut |bound, _| {
            if !found.contains(&bound) {
                found.push(bound);
            }
        });
        found
    }
}
