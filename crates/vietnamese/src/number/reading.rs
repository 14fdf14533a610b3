//! From the typed text to the outcome: words before, figure, words after.

use super::phrase::{self, ASIDE, NEARNESS, NEARNESS_AFTER, NEUTRAL, OVER};
use super::quantity::{DASHES, Quantity, take_quantity};
use super::resolve::with_negatives;
use super::{Nearness, NumberChange, NumberDoubt, NumberFault, NumberReading, Want};
use crate::date::{DateReading, read_date};
use crate::empty::read_empty;
use crate::text::read_text;
use rust_decimal::Decimal;

/// Reads a number the way Vietnamese offices write it; never guesses between two values.
///
/// ```
/// use vietnamese::number::{NumberChange, NumberReading, Want, read_number};
/// assert_eq!(
///     read_number("1.234", Want::Whole),
///     NumberReading::Normalised { value: 1234.into(), changes: vec![NumberChange::Grouped('.')] }
/// );
/// assert!(matches!(read_number("1.234", Want::Decimal), NumberReading::Ambiguous { .. }));
/// assert_eq!(read_number("97,85", Want::Percent).value().unwrap().to_string(), "97.85");
/// ```
pub fn read_number(typed: &str, want: Want) -> NumberReading {
    if let Some(empty) = read_empty(typed) {
        return NumberReading::Empty(empty);
    }
    let cleaned = read_text(typed, None);
    let mut changes: Vec<NumberChange> =
        cleaned.decoded_from().map(NumberChange::Decoded).into_iter().collect();
    let text = with_plain_signs(&cleaned.text, &mut changes);
    let read = match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) if !inner.contains(['(', ')']) => read_in_brackets(inner.trim(), want, changes),
        _ => read_unbracketed(&text, want, changes),
    };
    read.unwrap_or_else(|fault| {
        let date = matches!(read_date(typed), DateReading::Day { .. });
        NumberReading::Unreadable(if date { NumberFault::DateLike } else { fault })
    })
}

/// Lower case, plain digits and signs; notes what a reader of the finding should know.
fn with_plain_signs(text: &str, changes: &mut Vec<NumberChange>) -> String {
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
        changes.push(NumberChange::FullWidth);
    }
    plain
}

/// `(5)`: an accountant's minus or a remark.
fn read_in_brackets(
    inner: &str,
    want: Want,
    changes: Vec<NumberChange>,
) -> Result<NumberReading, NumberFault> {
    let (candidates, doubt, nearness, changes) = match read_unbracketed(inner, want, changes)? {
        NumberReading::Exact(value) => (vec![value], NumberDoubt::NegativeOrRemark, None, Vec::new()),
        NumberReading::Normalised { value, changes } => {
            (vec![value], NumberDoubt::NegativeOrRemark, None, changes)
        }
        NumberReading::Estimate { value, nearness, changes } => {
            (vec![value], NumberDoubt::NegativeOrRemark, Some(nearness), changes)
        }
        NumberReading::Ambiguous { candidates, doubt, nearness, changes } => {
            (candidates, doubt, nearness, changes)
        }
        other => return Ok(other),
    };
    let candidates = with_negatives(&candidates);
    Ok(match candidates.as_slice() {
        [zero] => {
            let changes = changes.into_iter().chain([NumberChange::Punctuation]).collect();
            NumberReading::Normalised { value: *zero, changes }
        }
        _ => NumberReading::Ambiguous { candidates, doubt, nearness, changes },
    })
}

fn read_unbracketed(
    text: &str,
    want: Want,
    mut changes: Vec<NumberChange>,
) -> Result<NumberReading, NumberFault> {
    if let Some(("từ", rest)) = phrase::take(text, ["từ"].into_iter())
        && (rest.contains("đến") || rest.contains(DASHES))
    {
        return Err(NumberFault::Range);
    }
    let (rest, before) = take_words_before(text, &mut changes);
    let (first, rest) = take_falling_scales(rest)?;
    let (second, rest) = take_denominator(&first, rest)?;
    let after = read_words_after(rest, first.percent, &mut changes)?;
    let nearness = after.nearness.or(before);
    match (second, after.percent) {
        (Some(second), percent) => read_fraction(first, second, percent, nearness, changes),
        (None, Some(_)) if first.percent => Err(NumberFault::SeveralFigures),
        (None, percent) => {
            changes.extend(percent.map(NumberChange::PercentAside));
            first.resolve(want, nearness, changes)
        }
    }
}

/// Peels neutral words and words of nearness off the front.
fn take_words_before<'t>(text: &'t str, changes: &mut Vec<NumberChange>) -> (&'t str, Option<Nearness>) {
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
                changes.push(match word {
                    "\"" | "'" => NumberChange::Quotes,
                    _ => NumberChange::NeutralWords(word.to_owned()),
                });
                rest = after;
            }
            (None, None) => return (rest, nearness),
        }
    }
}

/// A quantity, or the sum of several whose scales fall: “1 tỷ 200 triệu”.
fn take_falling_scales(text: &str) -> Result<(Quantity, &str), NumberFault> {
    let (mut sum, mut rest) = take_quantity(text)?;
    while let Some(power) = sum.power
        && let Ok((next, after)) = take_quantity(rest)
        && next.power.unwrap_or(0) < power
        && (next.power.is_some() || next.money)
        && !next.signed
    {
        sum = sum.plus(next)?;
        rest = after;
    }
    Ok((sum, rest))
}

/// The figure after “/” or “trên tổng số”, where one can stand.
fn take_denominator<'t>(
    numerator: &Quantity,
    rest: &'t str,
) -> Result<(Option<Quantity>, &'t str), NumberFault> {
    if !numerator.percent
        && numerator.power.is_none()
        && let Some((_, after)) = phrase::take(rest, OVER.iter().copied())
        && after.starts_with(|c: char| c.is_ascii_digit())
    {
        let (denominator, after) = take_quantity(after)?;
        return Ok((Some(denominator), after));
    }
    Ok((None, rest))
}

/// What stands behind the figure.
#[derive(Default)]
struct WordsAfter {
    nearness: Option<Nearness>,
    /// The percentage typed beside the figure.
    percent: Option<Decimal>,
}

/// Reads the text behind the figure to its end; words that nobody knows are a fault.
fn read_words_after(
    text: &str,
    figure_is_percent: bool,
    changes: &mut Vec<NumberChange>,
) -> Result<WordsAfter, NumberFault> {
    let mut read = WordsAfter::default();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if let Some((word, after)) = phrase::take(rest, NEARNESS_AFTER.iter().map(|(word, _)| *word)) {
            read.nearness = NEARNESS_AFTER.iter().find(|(known, _)| *known == word).map(|(_, n)| *n);
            rest = after;
        } else if let Some((aside, after)) = take_aside(rest) {
            match aside {
                Aside::Percent(_) if read.percent.is_some() => return Err(NumberFault::SeveralFigures),
                Aside::Percent(value) => read.percent = Some(value),
                Aside::Fraction(n, d) if figure_is_percent => changes.push(NumberChange::FractionAside(n, d)),
                Aside::Fraction(..) => return Err(NumberFault::SeveralFigures),
            }
            rest = after;
        } else if rest.chars().all(|c| matches!(c, '.' | ',' | ';' | ':')) {
            changes.push(NumberChange::Punctuation);
            rest = "";
        } else if rest.chars().all(|c| matches!(c, '"' | '\'')) {
            changes.push(NumberChange::Quotes);
            rest = "";
        } else {
            return Err(fault_behind_figure(rest));
        }
        rest = rest.trim_start();
    }
    Ok(read)
}

/// What is wrong with a text behind a figure that is none of the known words.
fn fault_behind_figure(rest: &str) -> NumberFault {
    let exponent = rest.strip_prefix('e').map(|power| power.trim_start_matches(['+', '-']));
    if exponent.is_some_and(|power| power.starts_with(|c: char| c.is_ascii_digit())) {
        NumberFault::Scientific
    } else if rest.contains(|c: char| c.is_ascii_digit()) {
        let range = rest.strip_prefix(DASHES).or_else(|| rest.strip_prefix("đến"));
        if range.is_some() { NumberFault::Range } else { NumberFault::SeveralFigures }
    } else {
        NumberFault::UnknownWords(rest.to_owned())
    }
}

/// A second way of saying the figure, typed beside it.
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
    if !left.is_empty() {
        return None;
    }
    Some((Aside::Fraction(first.settled(Want::Whole)?, second.settled(Want::Whole)?), after))
}

/// Two whole numbers without doubt, whatever the field asks for.
fn read_fraction(
    first: Quantity,
    second: Quantity,
    percent: Option<Decimal>,
    nearness: Option<Nearness>,
    mut changes: Vec<NumberChange>,
) -> Result<NumberReading, NumberFault> {
    let mut whole = |quantity: Quantity| {
        if quantity.percent || quantity.power.is_some() {
            return Err(NumberFault::SeveralFigures);
        }
        match quantity.resolve(Want::Whole, None, Vec::new())? {
            NumberReading::Exact(value) => Ok(value),
            NumberReading::Normalised { value, changes: more } => {
                changes.extend(more);
                Ok(value)
            }
            _ => Err(NumberFault::SeveralFigures),
        }
    };
    let (numerator, denominator) = (whole(first)?, whole(second)?);
    Ok(NumberReading::Fraction { numerator, denominator, percent, nearness, changes })
}
