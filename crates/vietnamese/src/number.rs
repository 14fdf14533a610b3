//! Numbers as senders type them, read exactly or not at all.

mod figure;
mod phrase;
mod reading;
#[cfg(test)]
mod tests;

pub use phrase::Nearness;
pub use reading::read_number;

use super::empty::Empty;
use super::text::LegacyFont;
use rust_decimal::Decimal;

/// What a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Want {
    /// A whole number of things: `1.234` is one thousand two hundred and thirty-four, and that is disclosed.
    Whole,
    /// A number that may have decimals: `1.234` is in doubt.
    Decimal,
    /// A percentage in points: `85%` and `85` are 85.
    Percent,
    /// Money in triệu đồng: `1,2 triệu đồng` is 1,2, `1,2 tỷ` is 1200, `500.000.000 đồng` is 500.
    MillionDong,
}

/// The outcome of reading a number. Figures may be negative or too large for a report: the caller judges that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberReading {
    /// Digits, with a decimal comma at most.
    Exact(Decimal),
    /// One value without doubt, once this was changed; to be disclosed.
    Normalised {
        /// The value, in the unit of the [`Want`].
        value: Decimal,
        /// What was changed.
        how: Vec<Change>,
    },
    /// The sender says the figure is not exact.
    Estimate {
        /// The figure named.
        value: Decimal,
        /// About, over or under.
        nearness: Nearness,
        /// What else was changed.
        how: Vec<Change>,
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
        how: Vec<Change>,
    },
    /// More than one value is meant with equal right; the sender must be asked.
    Ambiguous {
        /// The values, the one Vietnamese writing would favour first.
        candidates: Vec<Decimal>,
        /// What the doubt is.
        doubt: Doubt,
        /// Whether the sender says it is not exact.
        nearness: Option<Nearness>,
        /// What was changed.
        how: Vec<Change>,
    },
    /// No value: blank, none, missing or without a standard.
    Empty(Empty),
    /// No number that could be answered for.
    Unreadable(Fault),
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
    pub fn changes(&self) -> &[Change] {
        match self {
            NumberReading::Normalised { how, .. }
            | NumberReading::Estimate { how, .. }
            | NumberReading::Fraction { how, .. }
            | NumberReading::Ambiguous { how, .. } => how,
            _ => &[],
        }
    }
}

/// Something changed between what was typed and what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
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
    Words(String),
    /// A scale word carried out: this word, times ten to this power relative to the field's own unit.
    Scaled {
        /// The word, for example “triệu”.
        word: String,
        /// Power of ten; negative when the field's unit is the larger.
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
pub enum Doubt {
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
pub enum Fault {
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
    /// From one figure to another: `200-300`.
    Range,
    /// A date: `15/12/2024`.
    DateLike,
    /// More figures than one, not a fraction.
    SeveralFigures,
    /// These words after the figure are not understood.
    Words(String),
    /// More digits than can be kept exactly.
    TooLong,
    /// Powers of ten, which hide digits: `1,2E+05`.
    Scientific,
}

/// The exact decimal of a spreadsheet's binary number at Excel's 15 significant digits; `None` for NaN, infinities and
/// what is beyond 28 digits.
///
/// Results smaller than 28 decimals can tell are rounded to them.
///
/// ```
/// use vietnamese::number::from_float;
/// assert_eq!(from_float(7.0000000000000009).unwrap().to_string(), "7");
/// assert_eq!(from_float(0.1 + 0.2).unwrap().to_string(), "0.3");
/// assert_eq!(from_float(f64::NAN), None);
/// ```
pub fn from_float(value: f64) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    // Rust prints the nearest 15-digit decimal of the exact binary value: d.dddddddddddddde±x.
    let text = format!("{value:.14e}");
    let (mantissa, exponent) = text.split_once('e')?;
    let mut digits: i128 = mantissa.replace('.', "").parse().ok()?;
    let mut power = exponent.parse::<i32>().ok()? - 14;
    while digits != 0 && digits % 10 == 0 {
        digits /= 10;
        power += 1;
    }
    if digits == 0 || power < -45 {
        return Some(Decimal::ZERO);
    }
    while power < -28 {
        digits = (digits + 5 * digits.signum()) / 10;
        power += 1;
    }
    shift(Decimal::try_from_i128_with_scale(digits, 0).ok()?, power)
}

/// A decimal times a power of ten, exactly or not at all.
fn shift(value: Decimal, power: i32) -> Option<Decimal> {
    let value = value.normalize();
    let scale = i32::try_from(value.scale()).ok()?.checked_sub(power)?;
    let mantissa = match u32::try_from(-scale) {
        Ok(raise) => value.mantissa().checked_mul(10_i128.checked_pow(raise)?)?,
        Err(_) => value.mantissa(),
    };
    Decimal::try_from_i128_with_scale(mantissa, u32::try_from(scale.max(0)).ok()?).ok().map(|d| d.normalize())
}
