//! A reported value in `ket-qua-xhht-Y.json`: what kind it is, exactly what it says, and what was said of it.

use crate::domain::cell::Content;
use crate::domain::{FieldKind, Meaning};
use crate::submission::{FigureStatus, Reported, Value};
use chrono::NaiveDate;
use ecow::EcoString;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use vietnamese::number::MoneyUnit;

/// A value: one of number, percent, money, choice, text and date, or only a status that stands for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValuePart {
    /// A count or a decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<Decimal>,
    /// A share in percent points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<Decimal>,
    /// An amount of money, in `unit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money: Option<Decimal>,
    /// The unit of money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<EcoString>,
    /// What the chosen item means; `text` is what the sender saw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<Meaning>,
    /// Words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<EcoString>,
    /// A date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// What kind of figure it is, where it is not an actual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusPart>,
}

/// What kind of figure a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatusPart {
    /// An estimate.
    Estimate,
    /// Nothing occurred: zero, said in words.
    None,
    /// No standard exists yet to judge by.
    NoStandard,
}

impl ValuePart {
    /// What was reported in a field of that kind.
    pub fn of_reported(reported: &Reported, kind: &FieldKind) -> Self {
        let mut part = ValuePart { status: status(reported.status), ..ValuePart::default() };
        match &reported.value {
            Some(Value::Number(number)) => {
                let number = Some(number.normalize());
                match kind {
                    FieldKind::Percent => part.percent = number,
                    FieldKind::Money(unit) => (part.money, part.unit) = (number, Some(unit.name().into())),
                    _ => part.number = number,
                }
            }
            Some(Value::Choice(means, text)) => {
                (part.choice, part.text) = (Some(*means), Some(text.clone()));
            }
            Some(Value::Text(text)) => part.text = Some(text.clone()),
            Some(Value::Date(day)) => part.date = Some(*day),
            None => {}
        }
        part
    }

    /// What it says in figures; what there is no standard to judge by enters no sum.
    pub fn figure(&self) -> Option<Decimal> {
        self.given().filter(|_| self.status != Some(StatusPart::NoStandard))
    }

    /// The number in it, of whatever kind.
    pub fn given(&self) -> Option<Decimal> {
        self.number.or(self.percent).or(self.money)
    }

    /// It in a cell of this kind, in the words and the unit of that cell; `None` where it does not fit.
    pub fn in_cell(&self, kind: &FieldKind) -> Option<Content> {
        match kind {
            FieldKind::Count | FieldKind::Decimal => self.number.map(Content::Number),
            FieldKind::Percent => self.percent.map(Content::Number),
            FieldKind::Money(unit) => {
                let from = MoneyUnit::of(self.unit.as_deref()?)?;
                in_unit(self.money?, from, *unit).map(|amount| Content::Number(amount.normalize()))
            }
            FieldKind::Choice(list) => {
                let same = |text: &EcoString| list.items.iter().any(|item| item.text == text.as_str());
                match &self.text {
                    Some(text) if same(text) => Some(Content::Text(text.clone())),
                    _ => kind.choice(self.choice?).map(|text| Content::Text(text.into())),
                }
            }
            FieldKind::Text => self.text.clone().map(Content::Text),
            FieldKind::Date => self.date.map(Content::Date),
        }
    }
}

/// An amount of one unit of money in another.
fn in_unit(amount: Decimal, from: MoneyUnit, to: MoneyUnit) -> Option<Decimal> {
    let in_dong = |unit: MoneyUnit| Decimal::from(10_i64.pow(unit.power_of_ten().unsigned_abs()));
    amount.checked_mul(in_dong(from))?.checked_div(in_dong(to))
}

fn status(status: FigureStatus) -> Option<StatusPart> {
    match status {
        FigureStatus::Actual => None,
        FigureStatus::Estimate => Some(StatusPart::Estimate),
        FigureStatus::None => Some(StatusPart::None),
        FigureStatus::NoStandard => Some(StatusPart::NoStandard),
    }
}
