//! A figure together with its sign, its scale word and its unit.

use super::figure::{self, Figure};
use super::float::times_power_of_ten;
use super::measure::{UNITS, take_scale};
use super::phrase::{self, AND_A_HALF, DONG};
use super::{MoneyUnit, NumberChange, NumberFault, Want};
use rust_decimal::Decimal;

/// Hyphen and minus sign, which negate, and the dash, which as often is a bullet.
pub(super) const DASHES: [char; 3] = ['-', '−', '–'];

/// A figure with its sign, scale and unit, not yet judged by what the field wants.
pub(super) struct Quantity {
    pub figure: Figure,
    pub negative: bool,
    /// Whether a sign stands before it, plus or minus.
    pub signed: bool,
    /// The dash before the figure may be a bullet: it stands apart or is a long one.
    pub loose_dash: bool,
    /// Power of ten of the scale word.
    pub power: Option<i32>,
    /// The scale word.
    pub scale: String,
    /// Whether it is an amount in đồng.
    pub money: bool,
    pub percent: bool,
    /// Whether a unit stands behind it.
    pub counts_units: bool,
    /// What was dropped around the figure.
    pub changes: Vec<NumberChange>,
}

/// Takes a quantity from the start of a text: the quantity and the rest.
pub(super) fn take_quantity(text: &str) -> Result<(Quantity, &str), NumberFault> {
    let unsigned = text.strip_prefix(DASHES).or_else(|| text.strip_prefix('+')).unwrap_or(text);
    let (negative, plus) = (text.starts_with(DASHES), text.starts_with('+'));
    let loose_dash = text.starts_with('–') || (negative && unsigned.starts_with(' '));
    let unsigned = unsigned.trim_start();
    // “VNĐ 500.000”, “₫500.000”.
    let before = phrase::take(unsigned, DONG.iter().copied())
        .filter(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()));
    let (figure, mut rest) =
        figure::take(before.map_or(unsigned, |(_, rest)| rest)).ok_or(NumberFault::NoFigure)?;
    let mut quantity = Quantity {
        figure: figure?,
        negative,
        signed: negative || plus,
        loose_dash,
        power: None,
        scale: String::new(),
        money: false,
        percent: false,
        counts_units: false,
        changes: Vec::new(),
    };
    if plus || text.starts_with('−') {
        quantity.changes.push(NumberChange::Sign);
    }
    rest = rest.trim_start();
    if let Some((_, after)) = phrase::take(rest, ["%", "phần trăm"].into_iter()) {
        quantity.percent = true;
        quantity.changes.push(NumberChange::PercentSign);
        return Ok((quantity, after));
    }
    // “(triệu đồng)”: the unit in brackets.
    let inside = rest.strip_prefix('(').and_then(|inside| inside.split_once(')'));
    if let Some((words, after)) = inside
        && let Some(unit) = MoneyUnit::of(words)
    {
        quantity.power = Some(unit.power_of_ten()).filter(|power| *power > 0);
        quantity.scale = words.trim().to_owned();
        quantity.money = true;
        quantity.drop_unit(words.trim());
        return Ok((quantity, after.trim_start()));
    }
    rest = quantity.take_money(rest);
    if let Some((word, _)) = before {
        quantity.money = true;
        quantity.drop_unit(word);
    }
    if quantity.money {
        return Ok((quantity, rest));
    }
    while let Some((word, after)) = take_unit(rest, quantity.counts_units) {
        quantity.drop_unit(word);
        rest = after;
    }
    Ok((quantity, rest))
}

/// A unit, also in brackets, or a further one after a comma ("xã, phường").
fn take_unit(rest: &str, further: bool) -> Option<(&'static str, &str)> {
    let units = || UNITS.iter().map(|(word, _)| *word);
    if further {
        let after = rest.strip_prefix(',').or_else(|| rest.strip_prefix("và "))?;
        return phrase::take(after.trim_start(), units());
    }
    if let Some(inside) = rest.strip_prefix('(') {
        let (word, after) = phrase::take(inside.trim_start(), units())?;
        return after.strip_prefix(')').map(|after| (word, after.trim_start()));
    }
    phrase::take(rest, units())
}

impl Quantity {
    /// Takes a scale word, a half of it and đồng from the start of a text, what there is of them; gives back the rest.
    fn take_money<'t>(&mut self, text: &'t str) -> &'t str {
        let mut rest = text;
        if let Some((word, power, after)) = take_scale(rest) {
            self.power = Some(power);
            self.scale = word.to_owned();
            rest = after;
            if let Some((half, after)) = phrase::take(rest, AND_A_HALF.into_iter())
                && let (Some(whole), None) = (self.figure.whole, self.figure.decimal)
                && let Some(more) = whole.checked_add(Decimal::new(5, 1))
            {
                (self.figure.whole, self.figure.decimal, self.figure.decimals) = (None, Some(more), 1);
                self.scale = format!("{word} {half}");
                rest = after;
            }
        }
        // “tỷ.đ”.
        let dong = |text: &'t str| phrase::take(text, DONG.iter().copied());
        if let Some((word, after)) = dong(rest).or_else(|| dong(rest.strip_prefix('.')?)) {
            self.money = true;
            self.drop_unit(word);
            rest = after;
        }
        rest
    }

    fn drop_unit(&mut self, word: &str) {
        self.counts_units = true;
        self.changes.push(NumberChange::Unit(word.to_owned()));
    }

    /// The one value, when there is no doubt.
    pub fn settled(self, want: Want) -> Option<Decimal> {
        self.resolve(want, None, Vec::new()).ok()?.value()
    }

    /// The sum of two quantities of falling scales, expressed in the scale of the second: “1 tỷ 200 triệu”.
    pub fn plus(self, next: Quantity) -> Result<Quantity, NumberFault> {
        let sum = self.in_ones()?.checked_add(next.in_ones()?).ok_or(NumberFault::TooLong)?;
        let lowest = next.power.unwrap_or(0);
        let scale = format!("{} {}", self.scale, next.scale).trim_end().to_owned();
        let changes = self.changes.into_iter().chain(next.changes).collect();
        let whole = times_power_of_ten(sum, -lowest).ok_or(NumberFault::TooLong)?;
        let figure = Figure { whole: Some(whole), decimal: None, grouping: None, point: None, ..next.figure };
        Ok(Quantity { figure, scale, changes, negative: self.negative, loose_dash: self.loose_dash, ..next })
    }

    /// The value with its scale carried out, when its separators leave no doubt.
    fn in_ones(&self) -> Result<Decimal, NumberFault> {
        let only = match (self.figure.whole, self.figure.decimal) {
            (Some(value), None) | (None, Some(value)) => value,
            // Đồng have no decimals.
            (Some(value), Some(_)) if self.money && self.power.is_none() => value,
            _ => return Err(NumberFault::Grouping),
        };
        times_power_of_ten(only, self.power.unwrap_or(0)).ok_or(NumberFault::TooLong)
    }
}
