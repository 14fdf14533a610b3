//! From the typed text to the outcome: words before, figure, words after, and what the field wants.

use super::figure::{self, Figure};
use super::phrase::{self, ASIDE, MONEY, NEARNESS, NEARNESS_AFTER, NEUTRAL, Nearness, OVER, SCALES, UNITS};
use super::{Change, Doubt, Fault, NumberReading, Want, shift};
use crate::date::{DateReading, read_date};
use crate::empty::read_empty;
use crate::text::read_text;
use rust_decimal::Decimal;

/// Hyphen and minus sign, which negate, and the dash, which as often is a bullet.
const DASHES: [char; 3] = ['-', '−', '–'];

/// Reads a number the way people of the field write it; never guesses between two values.
///
/// ```
/// use vietnamese::number::{Change, NumberReading, Want, read_number};
/// assert_eq!(
///     read_number("1.234", Want::Whole),
///     NumberReading::Normalised { value: 1234.into(), how: vec![Change::Grouped('.')] }
/// );
/// assert!(matches!(read_number("1.234", Want::Decimal), NumberReading::Ambiguous { .. }));
/// assert_eq!(read_number("97,85", Want::Percent).value().unwrap().to_string(), "97.85");
/// ```
pub fn read_number(typed: &str, want: Want) -> NumberReading {
    if let Some(empty) = read_empty(typed) {
        return NumberReading::Empty(empty);
    }
    let cleaned = read_text(typed, None);
    let mut how: Vec<Change> = cleaned.decoded_from().map(Change::Decoded).into_iter().collect();
    let text = plain(&cleaned.text, &mut how);
    let read = match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) if !inner.contains(['(', ')']) => bracketed(inner.trim(), want, how),
        _ => read_plain(&text, want, how),
    };
    read.unwrap_or_else(|fault| {
        let date = matches!(read_date(typed), DateReading::Day { .. });
        NumberReading::Unreadable(if date { Fault::DateLike } else { fault })
    })
}

/// Lower case, plain digits and signs; notes what a reader of the finding should know.
fn plain(text: &str, how: &mut Vec<Change>) -> String {
    let mut full_width = false;
    let plain = text
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => {
                full_width = true;
                char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
            }
            '—' | '‐' | '‑' => '–',
            '’' | '‘' | 'ʼ' | '´' | '`' => '\'',
            '“' | '”' => '"',
            '⁄' | '∕' => '/',
            other => other,
        })
        .collect();
    if full_width {
        how.push(Change::FullWidth);
    }
    plain
}

/// `(5)`: an accountant's minus or a remark.
fn bracketed(inner: &str, want: Want, how: Vec<Change>) -> Result<NumberReading, Fault> {
    let (mut candidates, mut doubt) = (Vec::new(), Doubt::NegativeOrRemark);
    let (nearness, how) = match read_plain(inner, want, how)? {
        NumberReading::Exact(value) => {
            candidates.push(value);
            (None, Vec::new())
        }
        NumberReading::Normalised { value, how } => {
            candidates.push(value);
            (None, how)
        }
        NumberReading::Estimate { value, nearness, how } => {
            candidates.push(value);
            (Some(nearness), how)
        }
        NumberReading::Ambiguous { candidates: several, doubt: first, nearness, how } => {
            (candidates, doubt) = (several, first);
            (nearness, how)
        }
        other => return Ok(other),
    };
    with_negatives(&mut candidates);
    Ok(match candidates.as_slice() {
        [zero] => {
            let how = how.into_iter().chain([Change::Punctuation]).collect();
            NumberReading::Normalised { value: *zero, how }
        }
        _ => NumberReading::Ambiguous { candidates, doubt, nearness, how },
    })
}

/// Each candidate without its sign, then each negated; nothing twice, and zero has no sign.
fn with_negatives(candidates: &mut Vec<Decimal>) {
    let mut both: Vec<Decimal> = Vec::new();
    for value in candidates.iter().map(Decimal::abs).chain(candidates.iter().map(|value| -value.abs())) {
        if !both.contains(&value) {
            both.push(value);
        }
    }
    *candidates = both;
}

fn read_plain(text: &str, want: Want, mut how: Vec<Change>) -> Result<NumberReading, Fault> {
    if let Some(("từ", rest)) = phrase::take(text, ["từ"].into_iter())
        && (rest.contains("đến") || rest.contains(DASHES))
    {
        return Err(Fault::Range);
    }
    let (rest, mut nearness) = words_before(text, &mut how);
    let (mut first, mut rest) = take_quantity(rest)?;
    // "1 tỷ 200 triệu": scales that fall add up.
    while let Some(power) = first.power
        && let Ok((next, after)) = take_quantity(rest)
        && next.power.is_some_and(|lower| lower < power)
        && !next.signed
    {
        first = first.plus(next)?;
        rest = after;
    }
    let mut second = None;
    if !first.percent
        && first.power.is_none()
        && let Some((_, after)) = phrase::take(rest, OVER.iter().copied())
        && after.starts_with(|c: char| c.is_ascii_digit())
    {
        let (quantity, after) = take_quantity(after)?;
        (second, rest) = (Some(quantity), after);
    }
    let mut percent = None;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        } else if let Some((word, after)) = phrase::take(rest, NEARNESS_AFTER.iter().map(|(word, _)| *word)) {
            nearness = NEARNESS_AFTER.iter().find(|(known, _)| *known == word).map(|(_, n)| *n);
            rest = after;
        } else if let Some((aside, after)) = take_aside(rest) {
            match aside {
                Aside::Percent(_) if percent.is_some() => return Err(Fault::SeveralFigures),
                Aside::Percent(value) => percent = Some(value),
                Aside::Fraction(n, d) if first.percent => how.push(Change::FractionAside(n, d)),
                Aside::Fraction(..) => return Err(Fault::SeveralFigures),
            }
            rest = after;
        } else if rest.chars().all(|c| matches!(c, '.' | ',' | ';' | ':')) {
            how.push(Change::Punctuation);
            rest = "";
        } else if rest.chars().all(|c| matches!(c, '"' | '\'')) {
            how.push(Change::Quotes);
            rest = "";
        } else {
            return Err(fault_of(rest));
        }
    }
    match second {
        Some(second) => fraction(first, second, percent, nearness, how),
        None => {
            if let Some(percent) = percent {
                if first.percent {
                    return Err(Fault::SeveralFigures);
                }
                how.push(Change::PercentAside(percent));
            }
            first.resolve(want, nearness, how)
        }
    }
}

fn fault_of(rest: &str) -> Fault {
    let exponent = rest.strip_prefix('e').map(|power| power.trim_start_matches(['+', '-']));
    if exponent.is_some_and(|power| power.starts_with(|c: char| c.is_ascii_digit())) {
        Fault::Scientific
    } else if rest.contains(|c: char| c.is_ascii_digit()) {
        let range = rest.strip_prefix(DASHES).or_else(|| rest.strip_prefix("đến"));
        if range.is_some() { Fault::Range } else { Fault::SeveralFigures }
    } else {
        Fault::Words(rest.to_owned())
    }
}

/// Peels neutral words and words of nearness off the front.
fn words_before<'a>(text: &'a str, how: &mut Vec<Change>) -> (&'a str, Option<Nearness>) {
    let mut rest = text;
    let mut nearness = None;
    loop {
        let near = phrase::take(rest, NEARNESS.iter().map(|(word, _)| *word));
        let neutral = phrase::take(rest, NEUTRAL.iter().copied());
        match (near, neutral) {
            (Some((word, after)), _) => {
                nearness = NEARNESS.iter().find(|(known, _)| *known == word).map(|(_, n)| *n);
                rest = after;
            }
            (None, Some((word, after))) => {
                how.push(match word {
                    "\"" | "'" => Change::Quotes,
                    _ => Change::Words(word.to_owned()),
                });
                rest = after;
            }
            (None, None) => return (rest, nearness),
        }
    }
}

/// A figure with its sign, scale and unit, not yet judged by what the field wants.
struct Quantity {
    figure: Figure,
    negative: bool,
    signed: bool,
    /// The dash before the figure may be a bullet: it stands apart or is a long one.
    loose_dash: bool,
    /// Power of ten of the scale word.
    power: Option<i32>,
    /// The scale word.
    scale: String,
    /// Dong.
    money: bool,
    percent: bool,
    unit: bool,
    how: Vec<Change>,
}

fn take_quantity(text: &str) -> Result<(Quantity, &str), Fault> {
    let unsigned = text.strip_prefix(DASHES).or_else(|| text.strip_prefix('+')).unwrap_or(text);
    let (negative, plus) = (text.starts_with(DASHES), text.starts_with('+'));
    let loose_dash = text.starts_with('–') || (negative && unsigned.starts_with(' '));
    let (figure, mut rest) = figure::take(unsigned.trim_start()).ok_or(Fault::NoFigure)?;
    let mut quantity = Quantity {
        figure: figure?,
        negative,
        signed: negative || plus,
        loose_dash,
        power: None,
        scale: String::new(),
        money: false,
        percent: false,
        unit: false,
        how: Vec::new(),
    };
    if plus || text.starts_with('−') {
        quantity.how.push(Change::Sign);
    }
    rest = rest.trim_start();
    if let Some((_, after)) = phrase::take(rest, ["%", "phần trăm"].into_iter()) {
        quantity.percent = true;
        quantity.how.push(Change::PercentSign);
        return Ok((quantity, after));
    }
    if let Some((word, after)) =
        phrase::take(rest, SCALES.iter().map(|(word, _)| *word)).or_else(|| short_million(rest))
    {
        quantity.power = SCALES.iter().find(|(known, _)| *known == word).map(|(_, power)| *power);
        quantity.scale = word.to_owned();
        rest = after;
    }
    if let Some((word, after)) = phrase::take(rest, MONEY.iter().copied()) {
        quantity.money = true;
        quantity.unit = true;
        quantity.how.push(Change::Unit(word.to_owned()));
        return Ok((quantity, after));
    }
    while let Some((word, after)) = take_unit(rest, quantity.unit) {
        quantity.unit = true;
        quantity.how.push(Change::Unit(word.to_owned()));
        rest = after;
    }
    Ok((quantity, rest))
}

/// "trđ": the scale and the dong in one word.
fn short_million(rest: &str) -> Option<(&'static str, &str)> {
    let after = rest.strip_prefix("tr")?;
    phrase::take(after, MONEY.iter().copied()).map(|_| ("tr", after))
}

/// A unit, also in brackets, or a further one after a comma ("xã, phường").
fn take_unit(rest: &str, further: bool) -> Option<(&'static str, &str)> {
    let units = || UNITS.iter().copied();
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

enum Aside {
    Percent(Decimal),
    Fraction(Decimal, Decimal),
}

/// `(7,98%)`, `, đạt 7,98%`, `(15/188 xã)`.
fn take_aside(rest: &str) -> Option<(Aside, &str)> {
    let (inside, after) = match rest.strip_prefix('(') {
        Some(inside) => inside.split_once(')').map(|(inside, after)| (inside.trim(), after))?,
        None => {
            let words = rest.trim_start_matches([',', ';', ' ', '-', '–']);
            phrase::take(words, ASIDE.iter().copied()).map(|_| (words, ""))?
        }
    };
    let inside = phrase::take(inside, ASIDE.iter().copied()).map_or(inside, |(_, after)| after);
    let (first, left) = take_quantity(inside).ok()?;
    if first.percent {
        let value = first.settled(Want::Percent)?;
        let left = left.trim_start();
        let ended = left.chars().all(|c| matches!(c, '.' | ',' | ';'));
        return ended.then_some((Aside::Percent(value), after));
    }
    let (second, left) = take_quantity(left.strip_prefix('/')?.trim_start()).ok()?;
    left.is_empty()
        .then(|| Some((Aside::Fraction(first.settled(Want::Whole)?, second.settled(Want::Whole)?), after)))?
}

fn fraction(
    first: Quantity,
    second: Quantity,
    percent: Option<Decimal>,
    nearness: Option<Nearness>,
    mut how: Vec<Change>,
) -> Result<NumberReading, Fault> {
    let mut part = |quantity: Quantity| {
        if quantity.percent || quantity.power.is_some() {
            return Err(Fault::SeveralFigures);
        }
        match quantity.resolve(Want::Whole, None, Vec::new())? {
            NumberReading::Exact(value) => Ok(value),
            NumberReading::Normalised { value, how: more } => {
                how.extend(more);
                Ok(value)
            }
            _ => Err(Fault::SeveralFigures),
        }
    };
    let (numerator, denominator) = (part(first)?, part(second)?);
    Ok(NumberReading::Fraction { numerator, denominator, percent, nearness, how })
}

impl Quantity {
    /// The one value, when there is no doubt.
    fn settled(self, want: Want) -> Option<Decimal> {
        self.resolve(want, None, Vec::new()).ok()?.value()
    }

    /// The sum of two quantities of falling scales, expressed in units of one.
    fn plus(self, next: Quantity) -> Result<Quantity, Fault> {
        let value = |quantity: &Quantity| {
            let figure = &quantity.figure;
            let only = match (figure.whole, figure.decimal) {
                (Some(value), None) | (None, Some(value)) => value,
                _ => return Err(Fault::Grouping),
            };
            shift(only, quantity.power.unwrap_or(0)).ok_or(Fault::TooLong)
        };
        let sum = value(&self)?.checked_add(value(&next)?).ok_or(Fault::TooLong)?;
        let lowest = next.power.unwrap_or(0);
        let scale = format!("{} {}", self.scale, next.scale);
        let how = self.how.into_iter().chain(next.how).collect();
        let whole = shift(sum, -lowest).ok_or(Fault::TooLong)?;
        let figure = Figure { whole: Some(whole), decimal: None, grouping: None, point: None, ..next.figure };
        Ok(Quantity { figure, scale, how, negative: self.negative, loose_dash: self.loose_dash, ..next })
    }

    /// The values the quantity stands for in a field, or why it stands for none.
    fn resolve(
        self,
        want: Want,
        nearness: Option<Nearness>,
        mut how: Vec<Change>,
    ) -> Result<NumberReading, Fault> {
        let Figure { whole, decimal, decimals, grouping, point, without_last_letter, how: mended } =
            self.figure;
        how.extend(mended);
        let scaled = self.power.is_some();
        let own = if want == Want::MillionDong { 6 } else { 0 };
        let power = match self.power {
            Some(power) => power - own,
            None if self.money => -own,
            None => 0,
        };
        let signed = |value: Decimal| {
            let value = shift(value, power).ok_or(Fault::TooLong)?;
            Ok(if self.negative && !value.is_zero() { -value } else { value })
        };
        // Dong have no decimals any more, so they are counted like things.
        let counts = (want == Want::Whole || (self.money && want == Want::MillionDong)) && !scaled;
        let mut candidates = Vec::new();
        let mut doubt = Doubt::ThousandsOrDecimals;
        let mut by_decimals = false;
        match (whole, decimal) {
            (Some(value), None) => candidates.push(signed(value)?),
            (Some(value), Some(_)) if counts => candidates.push(signed(value)?),
            (Some(value), Some(other)) => candidates.extend([signed(value)?, signed(other)?]),
            (None, Some(value)) => {
                by_decimals = true;
                candidates.push(signed(value)?);
                // "1.234,000" in a whole field: decimals of zero or a slipped separator?
                if counts && decimals == 3 && grouping.is_some() && value.scale() == 0 {
                    candidates.push(signed(shift(value, 3).ok_or(Fault::TooLong)?)?);
                }
            }
            (None, None) => return Err(Fault::Grouping),
        }
        let favoured = candidates[0];
        if self.percent && want != Want::Percent {
            return Err(Fault::PercentForCount(favoured));
        }
        if (self.unit || scaled) && want == Want::Percent {
            return Err(Fault::CountForPercent(favoured));
        }
        if want == Want::MillionDong
            && !self.money
            && let Some(Change::Unit(word)) = self.how.iter().find(|change| matches!(change, Change::Unit(_)))
        {
            return Err(Fault::Words(word.clone()));
        }
        if want == Want::Whole && candidates.len() == 1 && favoured.scale() > 0 {
            return Err(Fault::NotWhole(favoured));
        }
        if let Some(other) = without_last_letter.filter(|_| candidates.len() == 1) {
            candidates.push(signed(other)?);
            doubt = Doubt::DigitOrUnit;
        }
        if self.loose_dash {
            if candidates.len() == 1 {
                doubt = Doubt::MinusOrBullet;
            }
            with_negatives(&mut candidates);
        }
        if let Some(separator) = grouping.filter(|_| candidates.len() == 1) {
            how.push(Change::Grouped(separator));
        }
        if by_decimals && candidates.len() == 1 {
            if point == Some('.') {
                how.push(Change::DecimalPoint);
            }
            if counts {
                how.push(Change::ZeroDecimals);
            }
        }
        if scaled || power != 0 {
            let word = if scaled { self.scale } else { "đồng".to_owned() };
            how.push(Change::Scaled { word, power });
        }
        how.extend(self.how);
        let value = favoured;
        Ok(match (candidates.len(), nearness) {
            (2.., _) => NumberReading::Ambiguous { candidates, doubt, nearness, how },
            (_, Some(nearness)) => NumberReading::Estimate { value, nearness, how },
            (_, None) if how.is_empty() => NumberReading::Exact(value),
            (_, None) => NumberReading::Normalised { value, how },
        })
    }
}
