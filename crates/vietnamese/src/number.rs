//! Numbers as people type them, read exactly or not at all.
//!
//! [`read_number`] answers with one value, with one value and what was changed on the way to it, with several values
//! that are meant with equal right, or with the reason why there is none. It never guesses: `1.234` is a thousand and
//! more where things are counted, and a question where decimals may stand.

mod figure;
mod float;
mod measure;
mod phrase;
mod quantity;
mod reading;
mod resolve;
#[cfg(test)]
mod tests;

pub use float::from_float;
pub use measure::{Counted, MoneyUnit};
pub use reading::read_number;

use crate::empty::Empty;
use crate::text::LegacyFont;
use rust_decimal::Decimal;

/// What is asked for where the number is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Want {
    /// A whole number of things: `1.234` is one thousand two hundred and thirty-four, and that is disclosed.
    Whole,
    /// A number that may have decimals: `1.234` is in doubt.
    Decimal,
    /// A percentage in points: `85%` and `85` are 85.
    Percent,
    /// Money in this unit: where triệu đồng are asked for, `1,2 triệu đồng` is 1,2, `1,2 tỷ` is 1200, `500.000.000 đồng`
    /// is 500.
    Money(MoneyUnit),
}

impl Want {
    /// The power of ten of the unit in which the value is given: 6 where money is asked for in triệu đồng.
    ///
    /// ```
    /// use vietnamese::number::{MoneyUnit, Want};
    /// assert_eq!(Want::Money(MoneyUnit::Million).power_of_ten(), 6);
    /// ```
    pub fn power_of_ten(self) -> i32 {
        match self {
            Want::Money(unit) => unit.power_of_ten(),
            Want::Whole | Want::Decimal | Want::Percent => 0,
        }
    }

    fn is_money(self) -> bool {
        matches!(self, Want::Money(_))
    }
}

/// The outcome of reading a number. Figures may be negative or too large for their purpose: the caller judges that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberReading {
    /// Digits, with a decimal comma at most.
    Exact(Decimal),
    /// One value without doubt, once this was changed; to be disclosed.
    Normalised {
        /// The value, in the unit of the [`Want`].
        value: Decimal,
        /// What was changed.
        changes: Vec<NumberChange>,
    },
    /// The sender says the figure is not exact.
    Estimate {
        /// The figure named.
        value: Decimal,
        /// About, over or under.
        nearness: Nearness,
        /// What else was changed.
        changes: Vec<NumberChange>,
    },
    /// Two whole numbers, one over the other: `15/188`.
    Fraction {
        /// The first.
        numerator: Decimal,
        /// The second; it may be zero.
        denominator: Decimal,
        /// The percentage typed beside it, as in `15/188 (7,98%)`; only to be checked, never used.
        percent: Option<Decimal>,
        /// Whether the sender says it is not exact.
        nearness: Option<Nearness>,
        /// What was changed.
        changes: Vec<NumberChange>,
    },
    /// More than one value is meant with equal right; the sender must be asked.
    Ambiguous {
        /// The values, the one Vietnamese writing would favour first.
        candidates: Vec<Decimal>,
        /// What the doubt is.
        doubt: NumberDoubt,
        /// Whether the sender says it is not exact.
        nearness: Option<Nearness>,
        /// What was changed.
        changes: Vec<NumberChange>,
    },
    /// No value: blank, none, missing or without a standard.
    Empty(Empty),
    /// No number that could be answered for.
    Unreadable(NumberFault),
}

impl NumberReading {
    /// The one value that was read: exact, normalised or estimated. A disclosed none is not a value here.
    pub fn value(&self) -> Option<Decimal> {
        match self {
            NumberReading::Exact(value)
            | NumberReading::Normalised { value, .. }
            | NumberReading::Estimate { value, .. } => Some(*value),
            _ => None,
        }
    }

    /// What was changed on the way.
    pub fn changes(&self) -> &[NumberChange] {
        match self {
            NumberReading::Normalised { changes, .. }
            | NumberReading::Estimate { changes, .. }
            | NumberReading::Fraction { changes, .. }
            | NumberReading::Ambiguous { changes, .. } => changes,
            _ => &[],
        }
    }
}

/// How a sender says that a figure is not exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nearness {
    /// About: khoảng, ~, ước.
    About,
    /// More than: trên, hơn.
    Over,
    /// Less than: gần, dưới.
    Under,
}

/// Something changed between what was typed and the number that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberChange {
    /// Text for an 8-bit font decoded.
    Decoded(LegacyFont),
    /// Full-width characters (１２) made plain.
    FullWidth,
    /// An apostrophe or quotation mark before or around the figure dropped.
    Quotes,
    /// This character between thousands dropped: `.`, `,`, `'` or a space of any kind.
    Grouped(char),
    /// A decimal point read as decimal comma.
    DecimalPoint,
    /// Decimals that are all zero dropped from a whole number.
    ZeroDecimals,
    /// Zeros before the first digit dropped.
    LeadingZeros,
    /// Letters O, l, I read as digits 0 and 1.
    LettersForDigits,
    /// A plus sign dropped, or a dash read as minus sign.
    Sign,
    /// A percent sign or “phần trăm” taken off.
    PercentSign,
    /// A unit of what is counted dropped: “xã”.
    Unit(String),
    /// Words that say nothing about the figure dropped: “đạt”.
    NeutralWords(String),
    /// A scale word carried out: this word, times ten to this power relative to the unit of the [`Want`].
    Scaled {
        /// The word, for example “triệu”.
        word: String,
        /// Power of ten; negative when the unit asked for is the larger.
        power: i32,
    },
    /// A full stop, comma or semicolon at the end, or brackets around a nought, dropped.
    Punctuation,
    /// A percentage typed beside the figure set aside.
    PercentAside(Decimal),
    /// A fraction typed beside the percentage set aside: numerator, denominator.
    FractionAside(Decimal, Decimal),
}

/// Why more than one value is meant with equal right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberDoubt {
    /// One separator followed by exactly three digits: `1.234`.
    ThousandsOrDecimals,
    /// A dash apart from the figure: a minus sign or a bullet, `- 5`.
    MinusOrBullet,
    /// A figure in brackets: negative, as accountants write, or a remark, `(5)`.
    NegativeOrRemark,
    /// A letter l or i at the end: the digit 1 or a unit, `10l`.
    DigitOrUnit,
}

/// Why no number could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberFault {
    /// No figure where one should start.
    NoFigure,
    /// Separators that fit no way of writing: `1.23.456`.
    Grouping,
    /// A figure with decimals where a whole number is asked for.
    NotWhole(Decimal),
    /// A percentage where a count or an amount is asked for.
    PercentForCount(Decimal),
    /// A count or an amount where a percentage is asked for.
    CountForPercent(Decimal),
    /// Money where things are counted; the word that says it is money.
    MoneyForCount(String),
    /// From one figure to another: `200-300`.
    Range,
    /// A date: `15/12/2024`.
    DateLike,
    /// More figures than one, not a fraction.
    SeveralFigures,
    /// These words after the figure are not understood.
    UnknownWords(String),
    /// More digits than can be kept exactly.
    TooLong,
    /// Powers of ten, which hide digits: `1,2E+05`.
    Scientific,
}
