//! The code of a number format, taken apart.

/// What is shown of some of the numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Section {
    /// For which numbers, when the format says so itself.
    pub condition: Option<(Comparison, f64)>,
    pub tokens: Vec<Token>,
    /// A day or a time of day.
    pub is_date: bool,
}

/// How a number is compared with a limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Comparison {
    Below,
    AtMost,
    Above,
    AtLeast,
    Is,
    IsNot,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// Words and signs, as they are.
    Words(String),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// `E+` or `E-`.
    Exponent,
    Slash,
    /// The number as if it had no format.
    General,
}

/// The sections of a format, parted by semicolons.
pub(super) fn sections(code: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut letters = code.chars().peekable();
    while let Some(letter) = letters.next() {
        let at = sections.len() - 1;
        let section = &mut sections[at];
        match letter {
            ';' => sections.push(Section::default()),
            '"' => section.words(letters.by_ref().take_while(|c| *c != '"').collect::<String>().as_str()),
            '\\' => section.words(letters.next().map(String::from).unwrap_or_default().as_str()),
            // The width of a letter; a letter that fills the cell.
            '_' => {
                letters.next();
                section.words(" ");
            }
            '*' => {
                letters.next();
            }
            '[' => {
                let inside: String = letters.by_ref().take_while(|c| *c != ']').collect();
                section.bracket(&inside);
            }
            '0' | '#' | '?' => section.tokens.push(Token::Digit(letter)),
            '.' => section.tokens.push(Token::Point),
            ',' => section.tokens.push(Token::Comma),
            '%' => section.tokens.push(Token::Percent),
            '/' if section.has_digits() => section.tokens.push(Token::Slash),
            'E' | 'e' if section.has_digits() && matches!(letters.peek(), Some('+' | '-')) => {
                letters.next();
                section.tokens.push(Token::Exponent);
            }
            'G' | 'g' => section.general(&mut letters, letter),
            '@' => section.tokens.push(Token::General),
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => section.is_date = true,
            other => section.words(other.to_string().as_str()),
        }
    }
    sections
}

impl Section {
    fn words(&mut self, more: &str) {
        match self.tokens.last_mut() {
            Some(Token::Words(words)) => words.push_str(more),
            _ => self.tokens.push(Token::Words(more.to_owned())),
        }
    }

    /// Whether a digit of the number has a place in it.
    pub(super) fn has_digits(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Digit(_)))
    }

    /// “General” is the number itself; a g elsewhere is a letter.
    fn general(&mut self, letters: &mut std::iter::Peekable<std::str::Chars<'_>>, first: char) {
        let rest: String = letters.clone().take(6).collect();
        if rest.eq_ignore_ascii_case("eneral") {
            letters.by_ref().take(6).for_each(drop);
            self.tokens.push(Token::General);
        } else {
            self.words(first.to_string().as_str());
        }
    }

    /// A condition, a currency, a time that has passed; colours and languages say nothing.
    fn bracket(&mut self, inside: &str) {
        const COMPARISONS: [(&str, Comparison); 6] = [
            ("<=", Comparison::AtMost),
            ("<>", Comparison::IsNot),
            (">=", Comparison::AtLeast),
            ("<", Comparison::Below),
            (">", Comparison::Above),
            ("=", Comparison::Is),
        ];
        let condition = COMPARISONS.iter().find_map(|(sign, comparison)| {
            Some((*comparison, inside.strip_prefix(sign)?.trim().parse::<f64>().ok()?))
        });
        if condition.is_some() {
            self.condition = condition;
        } else if let Some(currency) = inside.strip_prefix('$') {
            self.words(currency.split('-').next().unwrap_or_default());
        } else if !inside.is_empty()
            && inside.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's'))
        {
            self.is_date = true;
        }
    }
}
