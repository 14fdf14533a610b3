//! The text of a rule cut into words, numbers and signs.

use super::ast::{Arithmetic, Comparison, Span};
use super::mistake::Mistake;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

/// One word, number or sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(Decimal),
    Text(String),
    Date(NaiveDate),
    /// A reference, a keyword or the name of a function.
    Word(String),
    Compare(Comparison),
    Arithmetic(Arithmetic),
    Open,
    Close,
    Comma,
    End,
}

/// Cuts the text; what cannot be read is reported and left out. The last token is [`Token::End`].
pub(super) fn tokens(text: &str, mistakes: &mut Vec<Mistake>) -> Vec<(Token, Span)> {
    let mut lexer = Lexer { text, at: 0, mistakes };
    let mut tokens = Vec::new();
    while let Some(c) = lexer.peek() {
        if c.is_whitespace() {
            lexer.at += c.len_utf8();
            continue;
        }
        let start = lexer.at;
        if let Some(token) = lexer.token(c) {
            tokens.push((token, start..lexer.at));
        }
    }
    tokens.push((Token::End, text.len()..text.len()));
    tokens
}

/// The days a rule may name: a spreadsheet counts days rightly from March 1900 on, and has none after 9999.
pub(super) fn usable_date(day: NaiveDate) -> bool {
    (1901..=9999).contains(&day.year())
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    mistakes: &'a mut Vec<Mistake>,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let taken: String = self.rest().chars().take_while(|c| wanted(*c)).collect();
        self.at += taken.len();
        taken
    }

    fn mistake(&mut self, start: usize, what: impl Into<String>, cure: impl Into<String>) {
        self.mistakes.push(Mistake::new(start..self.at, what, cure));
    }

    fn token(&mut self, c: char) -> Option<Token> {
        let start = self.at;
        if c.is_ascii_digit() {
            return self.number();
        }
        if c == 'd' && self.rest()[1..].starts_with(['"', '\'', '“']) {
            self.at += 1;
            let text = self.quoted()?;
            return self.date(start, &text);
        }
        if matches!(c, '"' | '\'' | '“') {
            return self.quoted().map(|text| Token::Text(text.nfc().collect()));
        }
        if c.is_ascii_alphabetic() || c == '_' {
            return Some(self.word());
        }
        self.sign(c)
    }

    fn number(&mut self) -> Option<Token> {
        let start = self.at;
        self.take_while(|c| c.is_ascii_digit());
        if self.rest().strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
            self.at += 1;
            self.take_while(|c| c.is_ascii_digit());
        }
        let written = &self.text[start..self.at];
        let number = Decimal::from_str_exact(written).ok();
        if self.rest().starts_with('%') {
            self.at += 1;
            let cure =
                "bỏ dấu %: so tỷ lệ theo điểm phần trăm (ví dụ 85) hoặc viết số thập phân (ví dụ 0.85)";
            self.mistake(self.at - 1, "quy tắc không dùng dấu %", cure);
        } else if self.peek().is_some_and(|c| c.is_alphanumeric() || c == '_') {
            self.take_while(|c| c.is_alphanumeric() || c == '_');
            let what = format!("“{}” không phải là số", &self.text[start..self.at]);
            self.mistake(start, what, "viết số chỉ gồm chữ số và dấu chấm thập phân, ví dụ 1.5");
            return Some(Token::Number(Decimal::ZERO));
        }
        if number.is_none() {
            self.mistake(start, "số quá dài", "viết số không quá 28 chữ số");
        }
        Some(Token::Number(number.unwrap_or_default()))
    }

    fn quoted(&mut self) -> Option<String> {
        let start = self.at;
        let open = self.peek()?;
        let close = if open == '“' { '”' } else { open };
        self.at += open.len_utf8();
        match self.rest().find(close) {
            Some(length) => {
                let text = self.rest()[..length].to_owned();
                self.at += length + close.len_utf8();
                Some(text)
            }
            None => {
                self.at = self.text.len();
                let cure = format!("thêm dấu {close} vào cuối đoạn chữ");
                self.mistake(start, format!("đoạn chữ mở bằng {open} nhưng không đóng"), cure);
                Some(String::new())
            }
        }
    }

    fn date(&mut self, start: usize, text: &str) -> Option<Token> {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|day| usable_date(*day));
        if day.is_none() {
            let what = format!("“{text}” không phải là ngày có thật từ năm 1901");
            self.mistake(start, what, "ghi theo dạng năm-tháng-ngày, ví dụ d\"2024-12-10\"");
        }
        Some(Token::Date(day.unwrap_or_default()))
    }

    /// Segments joined by dots; a segment after the first may be `*`.
    fn word(&mut self) -> Token {
        let inside = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let start = self.at;
        self.take_while(inside);
        while let Some(rest) = self.rest().strip_prefix('.') {
            if rest.starts_with('*') {
                self.at += 2;
            } else if rest.starts_with(inside) {
                self.at += 1;
                self.take_while(inside);
            } else {
                break;
            }
        }
        // A Vietnamese letter inside a name is a slip to be shown whole, not one mistake a letter.
        if self.peek().is_some_and(char::is_alphanumeric) {
            self.take_while(|c| c.is_alphanumeric() || c == '_');
            let what = format!("tên “{}” có chữ có dấu", &self.text[start..self.at]);
            self.mistake(
                start,
                what,
                "tên ô chỉ gồm chữ không dấu, chữ số và dấu _; chữ có dấu đặt trong ngoặc “…”",
            );
        }
        Token::Word(self.text[start..self.at].to_owned())
    }

    fn sign(&mut self, c: char) -> Option<Token> {
        const SIGNS: &[(&str, Token)] = &[
            ("<=", Token::Compare(Comparison::AtMost)),
            (">=", Token::Compare(Comparison::AtLeast)),
            ("!=", Token::Compare(Comparison::Unequal)),
            ("<>", Token::Compare(Comparison::Unequal)),
            ("≤", Token::Compare(Comparison::AtMost)),
            ("≥", Token::Compare(Comparison::AtLeast)),
            ("≠", Token::Compare(Comparison::Unequal)),
            ("<", Token::Compare(Comparison::Below)),
            (">", Token::Compare(Comparison::Above)),
            ("=", Token::Compare(Comparison::Equal)),
            ("+", Token::Arithmetic(Arithmetic::Add)),
            ("-", Token::Arithmetic(Arithmetic::Subtract)),
            ("*", Token::Arithmetic(Arithmetic::Multiply)),
            ("/", Token::Arithmetic(Arithmetic::Divide)),
            ("(", Token::Open),
            (")", Token::Close),
            (",", Token::Comma),
        ];
        // Signs of other languages that officers and programmers bring along, what to write instead, and how they
        // are read meanwhile, so that the rest of the rule is still looked at.
        let word = |word: &str| Token::Word(word.to_owned());
        let foreign_signs = [
            ("==", "=", Token::Compare(Comparison::Equal)),
            ("=<", "<=", Token::Compare(Comparison::AtMost)),
            ("=>", "implies (nếu muốn nói “thì”) hoặc >= (không nhỏ hơn)", word("implies")),
            ("->", "implies", word("implies")),
            ("&&", "and", word("and")),
            ("||", "or", word("or")),
            ("&", "and", word("and")),
            ("|", "or", word("or")),
            ("!", "not", word("not")),
            (";", "dấu phẩy", Token::Comma),
            ("–", "dấu trừ -", Token::Arithmetic(Arithmetic::Subtract)),
            ("−", "dấu trừ -", Token::Arithmetic(Arithmetic::Subtract)),
            ("×", "*", Token::Arithmetic(Arithmetic::Multiply)),
            (":", "/", Token::Arithmetic(Arithmetic::Divide)),
        ];
        let start = self.at;
        let foreign = foreign_signs.into_iter().find(|(sign, ..)| self.rest().starts_with(sign));
        let own = SIGNS.iter().find(|(sign, _)| self.rest().starts_with(sign));
        match (own, foreign) {
            (own, Some((sign, instead, token))) if own.is_none_or(|(own, _)| own.len() < sign.len()) => {
                self.at += sign.len();
                self.mistake(
                    start,
                    format!("dấu “{sign}” không dùng trong quy tắc"),
                    format!("viết {instead}"),
                );
                Some(token)
            }
            (Some((sign, token)), _) => {
                self.at += sign.len();
                Some(token.clone())
            }
            (None, _) => {
                self.at += c.len_utf8();
                if c.is_alphabetic() {
                    self.take_while(|c| c.is_alphanumeric() || c == '_');
                }
                let what = format!("không hiểu “{}”", &self.text[start..self.at]);
                self.mistake(start, what, "chữ có dấu và dấu đặc biệt chỉ viết trong ngoặc “…”");
                None
            }
        }
    }
}
