//! From a quantity to the outcome: the values it can stand for in a field, what speaks against them, what is in doubt.

use super::float::times_power_of_ten;
use super::phrase::THOUSAND_OF_MONEY;
use super::quantity::Quantity;
use super::{Nearness, NumberChange, NumberDoubt, NumberFault, NumberReading, Want};
use rust_decimal::Decimal;

impl Quantity {
    /// The values the quantity stands for in a field, or why it stands for none.
    ///
    /// `changes` are those made before the quantity was reached; its own follow them.
    pub fn resolve(
        self,
        want: Want,
        nearness: Option<Nearness>,
        mut changes: Vec<NumberChange>,
    ) -> Result<NumberReading, NumberFault> {
        let asked = Asked { quantity: &self, want };
        let candidates = asked.candidates()?;
        let value = candidates[0];
        asked.accept(&candidates)?;
        let (candidates, doubt) = asked.doubted(candidates)?;
        changes.extend(asked.changes(candidates.len() == 1));
        Ok(match (candidates.len(), nearness) {
            (2.., _) => NumberReading::Ambiguous { candidates, doubt, nearness, changes },
            (_, Some(nearness)) => NumberReading::Estimate { value, nearness, changes },
            (_, None) if changes.is_empty() => NumberReading::Exact(value),
            (_, None) => NumberReading::Normalised { value, changes },
        })
    }
}

/// A quantity and what the field asks for.
struct Asked<'q> {
    quantity: &'q Quantity,
    want: Want,
}

impl Asked<'_> {
    /// The power of ten that turns the figure into the field's own unit.
    fn power(&self) -> i32 {
        match self.quantity.power {
            Some(power) => power - self.want.power_of_ten(),
            None if self.quantity.money => -self.want.power_of_ten(),
            None => 0,
        }
    }

    /// Whether only whole numbers are meant, so that one separator before three digits stands between thousands. Đồng
    /// have no decimals any more, so they are counted like things. Of the unit that is asked for, or a smaller one,
    /// nobody who writes it out gives three decimals behind a dot, which Vietnamese writing sets between thousands.
    fn is_counted(&self) -> bool {
        match (self.want, self.quantity.power) {
            (Want::Whole, power) => power.is_none(),
            (Want::Money(_), None) => self.quantity.money,
            (Want::Money(unit), Some(power)) => {
                let figure = &self.quantity.figure;
                power <= unit.power_of_ten()
                    && figure.whole.is_some()
                    && matches!(figure.grouping, Some('.' | ' '))
            }
            (Want::Decimal | Want::Percent, _) => false,
        }
    }

    /// A reading of the figure with its sign and scale.
    fn value(&self, figure: Decimal) -> Result<Decimal, NumberFault> {
        let value = times_power_of_ten(figure, self.power()).ok_or(NumberFault::TooLong)?;
        Ok(if self.quantity.negative && !value.is_zero() { -value } else { value })
    }

    /// The values that the separators allow, the one Vietnamese writing favours first; at least one.
    fn candidates(&self) -> Result<Vec<Decimal>, NumberFault> {
        let figure = &self.quantity.figure;
        match (figure.whole, figure.decimal) {
            (Some(whole), None) => Ok(vec![self.value(whole)?]),
            (Some(whole), Some(_)) if self.is_counted() => Ok(vec![self.value(whole)?]),
            (Some(whole), Some(decimal)) => Ok(vec![self.value(whole)?, self.value(decimal)?]),
            // "1.234,000" where things are counted: decimals of zero or a slipped separator?
            (None, Some(decimal))
                if self.is_counted()
                    && figure.decimals == 3
                    && figure.grouping.is_some()
                    && decimal.scale() == 0 =>
            {
                let slipped = times_power_of_ten(decimal, 3).ok_or(NumberFault::TooLong)?;
                Ok(vec![self.value(decimal)?, self.value(slipped)?])
            }
            (None, Some(decimal)) => Ok(vec![self.value(decimal)?]),
            (None, None) => Err(NumberFault::Grouping),
        }
    }

    /// Whether the field takes such a quantity at all.
    fn accept(&self, candidates: &[Decimal]) -> Result<(), NumberFault> {
        let Quantity { percent, counts_units, money, power, scale, changes, .. } = self.quantity;
        let favoured = candidates[0];
        if *percent && self.want != Want::Percent {
            return Err(NumberFault::PercentForCount(favoured));
        }
        if (*counts_units || power.is_some()) && self.want == Want::Percent {
            return Err(NumberFault::CountForPercent(favoured));
        }
        let unit = changes.iter().find_map(|change| match change {
            NumberChange::Unit(word) => Some(word),
            _ => None,
        });
        match unit {
            Some(word) if self.want.is_money() && !money => {
                return Err(NumberFault::UnknownWords(word.clone()));
            }
            Some(word) if !self.want.is_money() && *money => {
                return Err(NumberFault::MoneyForCount(word.clone()));
            }
            _ => {}
        }
        if scale == THOUSAND_OF_MONEY && !self.want.is_money() {
            return Err(NumberFault::UnknownWords(scale.clone()));
        }
        if self.want == Want::Whole && candidates.len() == 1 && favoured.scale() > 0 {
            return Err(NumberFault::NotWhole(favoured));
        }
        Ok(())
    }

    /// The candidates together with those that a letter at the end or a dash in front allows, and the first doubt met.
    fn doubted(&self, mut candidates: Vec<Decimal>) -> Result<(Vec<Decimal>, NumberDoubt), NumberFault> {
        let mut doubt = NumberDoubt::ThousandsOrDecimals;
        if let Some(other) = self.quantity.figure.without_last_letter.filter(|_| candidates.len() == 1) {
            candidates.push(self.value(other)?);
            doubt = NumberDoubt::DigitOrUnit;
        }
        if self.quantity.loose_dash {
            if candidates.len() == 1 {
                doubt = NumberDoubt::MinusOrBullet;
            }
            candidates = with_negatives(&candidates);
        }
        Ok((candidates, doubt))
    }

    /// What was changed inside and around the figure. Separators count as changed only in a value without doubt.
    fn changes(&self, settled: bool) -> Vec<NumberChange> {
        let Quantity { figure, scale, power: own_power, changes: around, .. } = self.quantity;
        let mut changes = figure.mended.clone();
        if settled {
            changes.extend(figure.grouping.map(NumberChange::Grouped));
        }
        if settled && figure.whole.is_none() {
            changes.extend((figure.point == Some('.')).then_some(NumberChange::DecimalPoint));
            let dropped = self.is_counted() && figure.decimal.is_some_and(|decimal| decimal.scale() == 0);
            changes.extend(dropped.then_some(NumberChange::ZeroDecimals));
        }
        if own_power.is_some() || self.power() != 0 {
            let word = if own_power.is_some() { scale.clone() } else { "đồng".to_owned() };
            changes.push(NumberChange::Scaled { word, power: self.power() });
        }
        changes.extend(around.iter().cloned());
        changes
    }
}

/// Each candidate without its sign, then each negated; nothing twice, and zero has no sign.
pub(super) fn with_negatives(candidates: &[Decimal]) -> Vec<Decimal> {
    let mut both: Vec<Decimal> = Vec::new();
    for value in candidates.iter().map(Decimal::abs).chain(candidates.iter().map(|value| -value.abs())) {
        if !both.contains(&value) {
            both.push(value);
        }
    }
    both
}
