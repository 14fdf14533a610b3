//! The digits and separators of one figure and the values they can stand for.

use super::{NumberChange, NumberFault};
use rust_decimal::Decimal;

/// A run of digits and separators, with every consistent way to read it; at least one of the two is there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    /// Read with every separator between thousands, or without any separator.
    pub whole: Option<Decimal>,
    /// Read with the last separator before decimals.
    pub decimal: Option<Decimal>,
    /// How many decimals that reading has.
    pub decimals: usize,
    /// The character between thousands, in the reading that has one.
    pub grouping: Option<char>,
    /// The character before the decimals.
    pub point: Option<char>,
    /// What the figure reads when its last letter (l, i) is a unit and no digit 1.
    pub without_last_letter: Option<Decimal>,
    /// What was mended inside the run.
    pub mended: Vec<NumberChange>,
}

/// Takes a figure from the start of a lower-case text: the figure and the rest; `None` when none starts there.
pub(super) fn take(text: &str) -> Option<(Result<Figure, NumberFault>, &str)> {
    let letters: Vec<char> = text.chars().collect();
    let mut run = String::new();
    let mut lookalikes = false;
    let mut last_letter = None;
    let mut i = 0;
    while let Some(&c) = letters.get(i) {
        if c.is_ascii_digit() {
            run.push(c);
        } else if is_separator(c) {
            let after_digit = run.ends_with(|c: char| c.is_ascii_digit());
            if !after_digit || !starts_digit(&letters, i + 1, c != ' ') {
                break;
            }
            run.push(c);
        } else if let Some(end) = lookalike_run(&letters, i) {
            lookalikes = true;
            let at_the_end = !continues(&letters, end);
            if at_the_end && letters[i..end].iter().any(|c| *c != 'o') {
                last_letter = Some(run.len());
            }
            run.extend(letters[i..end].iter().map(|c| if *c == 'o' { '0' } else { '1' }));
            i = end;
            continue;
        } else {
            break;
        }
        i += 1;
    }
    let rest = text.char_indices().nth(i).map_or("", |(at, _)| &text[at..]);
    if run.is_empty() {
        return None;
    }
    let mut figure = read(&run);
    if let Ok(figure) = &mut figure {
        if lookalikes {
            figure.mended.push(NumberChange::LettersForDigits);
        }
        // Without the letter nothing but digits may stay: "1.2l" is in no more doubt than it is readable.
        if let Some(other) = last_letter.and_then(|at| read(&run[..at]).ok()) {
            figure.without_last_letter = other.whole;
        }
    }
    Some((figure, rest))
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | ' ')
}

/// Whether a digit stands at a place, or a letter meant as one.
fn starts_digit(letters: &[char], at: usize, or_lookalike: bool) -> bool {
    letters.get(at).is_some_and(char::is_ascii_digit)
        || (or_lookalike && lookalike_run(letters, at).is_some())
}

/// Whether the figure goes on at a place.
fn continues(letters: &[char], at: usize) -> bool {
    let separated = letters.get(at).is_some_and(|c| is_separator(*c) && *c != ' ');
    let at = if separated { at + 1 } else { at };
    letters.get(at).is_some_and(char::is_ascii_digit)
}

/// The end of a run of the letters o, l, i (or a bar) that touches digits and is no part of a word.
fn lookalike_run(letters: &[char], start: usize) -> Option<usize> {
    let meant = |c: &&char| matches!(c, 'o' | 'l' | 'i' | '|');
    let end = start + letters[start..].iter().take_while(meant).count();
    let word_goes_on = letters.get(end).is_some_and(|c| c.is_alphabetic());
    let touches_before =
        start > 0 && (letters[start - 1].is_ascii_digit() || matches!(letters[start - 1], '.' | ','));
    (end > start && !word_goes_on && (touches_before || continues(letters, end))).then_some(end)
}

/// Every consistent reading of digits and separators.
fn read(run: &str) -> Result<Figure, NumberFault> {
    let parts: Vec<&str> = run.split(is_separator).collect();
    let separators: Vec<char> = run.chars().filter(|c| is_separator(*c)).collect();
    let mut figure = Figure {
        whole: None,
        decimal: None,
        decimals: 0,
        grouping: None,
        point: None,
        without_last_letter: None,
        mended: Vec::new(),
    };
    let leading_zeros = parts[0].len() > 1 && parts[0].starts_with('0');
    if leading_zeros {
        figure.mended.push(NumberChange::LeadingZeros);
    }
    if separators.is_empty() || are_thousands(&parts, &separators) {
        figure.whole = Some(value(&parts, "")?);
        figure.grouping = separators.first().copied();
    }
    if let Some((point, before)) = separators.split_last()
        && matches!(point, '.' | ',')
        && !before.contains(point)
        && let Some((decimals, whole)) = parts.split_last()
        && (before.is_empty() || are_thousands(whole, before))
    {
        figure.decimal = Some(value(whole, decimals)?);
        figure.decimals = decimals.len();
        figure.point = Some(*point);
        figure.grouping = figure.grouping.or(before.first().copied());
    }
    if figure.whole.is_none() && figure.decimal.is_none() { Err(NumberFault::Grouping) } else { Ok(figure) }
}

/// One to three digits, no leading zero, then threes, all parted alike.
fn are_thousands(parts: &[&str], separators: &[char]) -> bool {
    let first = parts[0];
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && parts[1..].iter().all(|part| part.len() == 3)
        && separators.windows(2).all(|pair| pair[0] == pair[1])
}

fn value(whole: &[&str], decimals: &str) -> Result<Decimal, NumberFault> {
    let text = format!("{}.{decimals}", whole.concat());
    Decimal::from_str_exact(text.trim_end_matches('.'))
        .map(|d| d.normalize())
        .map_err(|_| NumberFault::TooLong)
}
