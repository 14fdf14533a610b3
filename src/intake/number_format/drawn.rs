//! A number drawn by a section of its format.

use super::code::{Section, Token};
use rust_decimal::{Decimal, RoundingStrategy};

/// Largest denominator that is looked for.
const LARGEST_DENOMINATOR: u32 = 999;

impl Section {
    /// Draws a number; the sign of a negative one with it.
    pub(super) fn draw(&self, number: Decimal, cell: &mut Drawn) {
        let has = |wanted: &Token| self.tokens.contains(wanted);
        if has(&Token::General) {
            return self.draw_general(number, cell);
        }
        if !self.has_digits() {
            for token in &self.tokens {
                match token {
                    Token::Words(words) => cell.words(words),
                    Token::Percent => cell.words("%"),
                    Token::Point => cell.words("."),
                    _ => {}
                }
            }
            return;
        }
        if has(&Token::Slash) && !has(&Token::Point) {
            return self.draw_fraction(number, cell);
        }
        self.draw_digits(number, cell);
    }

    fn draw_general(&self, number: Decimal, cell: &mut Drawn) {
        for token in &self.tokens {
            match token {
                Token::General => cell.both(&vietnamese::display::plain(number), &ungrouped(number)),
                Token::Words(words) => cell.words(words),
                Token::Percent => cell.words("%"),
                _ => {}
            }
        }
    }

    /// A number as a fraction, its whole part before it when the format has room for one.
    fn draw_fraction(&self, number: Decimal, cell: &mut Drawn) {
        let slash = self.tokens.iter().position(|token| *token == Token::Slash).unwrap_or_default();
        let (before, after) = self.tokens.split_at(slash);
        let fixed: String = after
            .iter()
            .filter_map(|token| match token {
                Token::Words(words) => Some(words.trim().to_owned()),
                Token::Digit('0') => Some("0".to_owned()),
                _ => None,
            })
            .collect();
        let places = after.iter().filter(|token| matches!(token, Token::Digit(_))).count().clamp(1, 3);
        // A denominator that is written out: `# ?/15`.
        let fixed = fixed.parse::<u32>().ok().filter(|fixed| (1..=LARGEST_DENOMINATOR).contains(fixed));
        let most = 10_u32.pow(places as u32) - 1;
        let mixed = before.iter().any(|token| matches!(token, Token::Words(words) if words.contains(' ')));
        let whole = if mixed { number.trunc() } else { Decimal::ZERO };
        let part = (number - whole).abs();
        let candidates = fixed.map_or(1..=most, |fixed| fixed..=fixed);
        let distance = |denominator: u32| {
            let numerator = (part * Decimal::from(denominator)).round();
            (numerator / Decimal::from(denominator) - part).abs()
        };
        let best = candidates.min_by_key(|denominator| distance(*denominator)).unwrap_or(1);
        let numerator = (part * Decimal::from(best)).round();
        let sign = if number.is_sign_negative() && whole.is_zero() { "-" } else { "" };
        let text = match (whole.is_zero(), numerator.is_zero()) {
            (_, true) => whole.to_string(),
            (true, false) => format!("{sign}{numerator}/{best}"),
            (false, false) => format!("{whole} {numerator}/{best}"),
        };
        cell.words(&text);
    }

    /// A number digit by digit, each where the format has a place for it.
    fn draw_digits(&self, number: Decimal, cell: &mut Drawn) {
        let point = self.tokens.iter().position(|token| *token == Token::Point);
        let exponent = self.tokens.iter().position(|token| *token == Token::Exponent);
        let end = exponent.unwrap_or(self.tokens.len());
        let is_digit = |token: &Token| matches!(token, Token::Digit(_));
        let places = |from: usize, to: usize| {
            self.tokens.get(from..to).map_or(0, |part| part.iter().filter(|token| is_digit(token)).count())
        };
        let whole_places = places(0, point.unwrap_or(end).min(end));
        let decimals = point.map_or(0, |point| places(point, end)) as u32;

        let scaled = self.scaled(number);
        let (scaled, power) = if exponent.is_some() { mantissa(scaled) } else { (scaled, 0) };
        let rounded = scaled.round_dp_with_strategy(decimals.min(28), RoundingStrategy::MidpointAwayFromZero);
        let digits = Digits::of(rounded, whole_places, self.optional_decimals(point, end), decimals as usize);
        if rounded.is_sign_negative() && !rounded.is_zero() {
            cell.words("-");
        }
        if exponent.is_some() {
            return self.draw_power(rounded, power, cell);
        }
        digits.draw(self, point, self.is_grouped(point.unwrap_or(end)), cell);
    }

    /// `1,23E+05`; what is compared is the number it stands for.
    fn draw_power(&self, mantissa: Decimal, power: i32, cell: &mut Drawn) {
        let shown = mantissa.abs().to_string().replace('.', ",");
        let value = (0..power.abs()).try_fold(mantissa.abs(), |value, _| {
            if power > 0 { value.checked_mul(Decimal::TEN) } else { value.checked_div(Decimal::TEN) }
        });
        let written = format!("{shown}E{}{:02}", if power < 0 { '-' } else { '+' }, power.abs());
        let plain = value.map_or_else(|| written.clone(), |value| ungrouped(value.normalize()));
        cell.both(&written, &plain);
        for token in &self.tokens {
            if let Token::Words(words) = token {
                cell.words(words);
            }
        }
    }

    /// Commas behind the last digit show thousands; percent signs show hundredths.
    fn scaled(&self, number: Decimal) -> Decimal {
        let last_digit = self.tokens.iter().rposition(|token| matches!(token, Token::Digit(_)));
        let point = self.tokens.iter().position(|token| *token == Token::Point);
        let commas_before = |place: usize| {
            self.tokens[..place].iter().rev().take_while(|token| **token == Token::Comma).count()
        };
        let behind = last_digit
            .map_or(0, |at| self.tokens[at + 1..].iter().take_while(|token| **token == Token::Comma).count());
        let thousands = behind + point.map_or(0, commas_before);
        let percents = self.tokens.iter().filter(|token| **token == Token::Percent).count();
        let mut scaled = number;
        for _ in 0..thousands.min(9) {
            scaled /= Decimal::ONE_THOUSAND;
        }
        for _ in 0..percents.min(9) {
            scaled = scaled.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(scaled);
        }
        scaled.normalize()
    }

    /// Whether a comma stands between two places for digits of the whole part.
    fn is_grouped(&self, end: usize) -> bool {
        let whole = &self.tokens[..end];
        let is_digit = |token: &Token| matches!(token, Token::Digit(_));
        let first = whole.iter().position(is_digit);
        let last = whole.iter().rposition(is_digit);
        first.zip(last).is_some_and(|(first, last)| whole[first..last].contains(&Token::Comma))
    }

    /// How many of the last decimals are left out when they are zero.
    fn optional_decimals(&self, point: Option<usize>, end: usize) -> usize {
        let Some(decimals) = point.and_then(|point| self.tokens.get(point..end)) else { return 0 };
        let digits = decimals.iter().rev().filter_map(|token| match token {
            Token::Digit(digit) => Some(*digit),
            _ => None,
        });
        digits.take_while(|digit| *digit != '0').count()
    }
}

/// A number as a value from 1 to 10 and the power of ten it is multiplied with.
fn mantissa(number: Decimal) -> (Decimal, i32) {
    let (mut mantissa, mut power) = (number, 0);
    if number.is_zero() {
        return (number, 0);
    }
    while mantissa.abs() >= Decimal::TEN {
        mantissa /= Decimal::TEN;
        power += 1;
    }
    while mantissa.abs() < Decimal::ONE && power > -28 {
        mantissa *= Decimal::TEN;
        power -= 1;
    }
    (mantissa, power)
}

fn ungrouped(number: Decimal) -> String {
    number.to_string().replace('.', ",")
}

/// The digits of a number, as many as the format asks for.
struct Digits {
    whole: Vec<char>,
    decimals: Vec<char>,
    /// Places for digits of the whole part.
    places: usize,
}

impl Digits {
    fn of(rounded: Decimal, places: usize, optional: usize, most_decimals: usize) -> Self {
        let text = rounded.abs().to_string();
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let whole = if whole == "0" { "" } else { whole };
        let mut decimals: Vec<char> = decimals.chars().collect();
        decimals.resize(most_decimals, '0');
        let least = most_decimals.saturating_sub(optional);
        while decimals.len() > least && decimals.last() == Some(&'0') {
            decimals.pop();
        }
        Digits { whole: whole.chars().collect(), decimals, places }
    }

    fn draw(&self, section: &Section, point: Option<usize>, grouped: bool, cell: &mut Drawn) {
        // Places still to come in the whole part; digits that have none stand at the first.
        let mut left = self.places;
        let mut decimals = self.decimals.iter();
        let mut begun = false;
        for (at, token) in section.tokens.iter().enumerate() {
            match token {
                Token::Digit(kind) if point.is_none_or(|point| at < point) => {
                    let from = if begun { self.whole.len().saturating_sub(left) } else { 0 };
                    let to = (self.whole.len() + 1).saturating_sub(left);
                    begun = true;
                    let here = self.whole.get(from.min(to)..to).unwrap_or_default();
                    if here.is_empty() && *kind == '0' {
                        cell.digit('0', grouped && left % 3 == 1 && left > 1);
                    }
                    for (place, digit) in here.iter().enumerate() {
                        let behind = self.whole.len() - (from.min(to) + place) - 1;
                        cell.digit(*digit, grouped && behind > 0 && behind.is_multiple_of(3));
                    }
                    left = left.saturating_sub(1);
                }
                Token::Digit(_) => {
                    if let Some(digit) = decimals.next() {
                        cell.digit(*digit, false);
                    }
                }
                Token::Point if !self.decimals.is_empty() && point == Some(at) => {
                    // `.5` is read as no number.
                    if cell.plain.chars().next_back().is_none_or(|c| !c.is_ascii_digit()) {
                        cell.plain.push('0');
                    }
                    cell.both(",", ",");
                }
                Token::Words(words) => cell.words(words),
                Token::Percent => cell.words("%"),
                Token::Slash => cell.words("/"),
                _ => {}
            }
        }
    }
}

/// A cell while it is drawn: as the sender sees it, and without marks of grouping.
#[derive(Default)]
pub(super) struct Drawn {
    /// With marks between thousands.
    pub text: String,
    /// Without.
    pub plain: String,
}

impl Drawn {
    fn both(&mut self, text: &str, plain: &str) {
        self.text.push_str(text);
        self.plain.push_str(plain);
    }

    fn words(&mut self, words: &str) {
        self.both(words, words);
    }

    fn digit(&mut self, digit: char, group_ends: bool) {
        self.text.push(digit);
        self.plain.push(digit);
        if group_ends {
            self.text.push('.');
        }
    }
}
