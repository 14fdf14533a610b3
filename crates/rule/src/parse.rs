//! From the text of a rule to its tree, with every mistake on the way.
//!
//! ```text
//! rule       = or [ "implies" rule ]
//! or         = and { "or" and }
//! and        = not { "and" not }
//! not        = "not" not | comparison
//! comparison = sum [ ( "<=" | ">=" | "<" | ">" | "=" | "!=" ) sum | [ "not" ] "in" "(" literal { "," literal } ")" ]
//! sum        = product { ( "+" | "-" ) product }
//! product    = sign { ( "*" | "/" ) sign }
//! sign       = "-" sign | primary
//! primary    = number | text | date | "true" | "false" | name | function | "(" rule ")"
//! function   = ( "abs" | "round" | "date" | "prev" | "filled" | "empty" | "sum" | "count" | "min" | "max" ) "(" … ")"
//! ```

use super::ast::{Aggregate, Arithmetic, Expr, Item, Logic, Name, Node, Span};
use super::lex::{self, Token};
use super::mistake::Mistake;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use vietnamese::spelling::nearest;

/// A tree whose references are as they were written.
pub type Parsed = Expr<Name>;

/// Longest text of a rule, in bytes.
pub const LONGEST_RULE: usize = 4000;
/// Brackets, functions, signs and negations may stand in each other this deep.
const DEEPEST: usize = 40;
/// Most places `round` takes: more are never compared.
const MOST_ROUND_PLACES: u32 = 9;

const FUNCTIONS: [&str; 10] =
    ["abs", "round", "date", "prev", "filled", "empty", "sum", "count", "min", "max"];
const RESERVED: [&str; 7] = ["and", "or", "not", "implies", "in", "true", "false"];

/// Reads a rule.
///
/// # Errors
/// Every mistake of its form, in the order they stand.
pub fn parse(text: &str) -> Result<Parsed, Vec<Mistake>> {
    if text.len() > LONGEST_RULE {
        let what = format!("quy tắc dài {} byte, quá {LONGEST_RULE}", text.len());
        return Err(vec![Mistake::new(0..text.len(), what, "tách thành nhiều quy tắc ngắn hơn")]);
    }
    let mut mistakes = Vec::new();
    let tokens = lex::tokens(text, &mut mistakes);
    if let [(Token::End, _)] = tokens.as_slice()
        && mistakes.is_empty()
    {
        return Err(vec![Mistake::new(0..0, "quy tắc để trống", "viết quy tắc, ví dụ dat <= tong")]);
    }
    let mut parser = Parser { tokens, at: 0, depth: 0, mistakes, gave_up: false };
    let expr = parser.rule();
    parser.the_end();
    let mut mistakes = parser.mistakes;
    mistakes.sort_by_key(|mistake| (mistake.span.start, mistake.span.end));
    if mistakes.is_empty() { Ok(expr) } else { Err(mistakes) }
}

struct Parser {
    tokens: Vec<(Token, Span)>,
    at: usize,
    depth: usize,
    mistakes: Vec<Mistake>,
    /// Set once nothing sensible can be read any more; silences the rest.
    gave_up: bool,
}

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    fn span(&self) -> Span {
        self.tokens[self.at].1.clone()
    }

    fn last_end(&self) -> usize {
        self.at.checked_sub(1).map_or(0, |last| self.tokens[last].1.end)
    }

    fn next(&mut self) -> (Token, Span) {
        let token = self.tokens[self.at].clone();
        // `End` is the last token and is never passed.
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn mistake(&mut self, span: Span, what: impl Into<String>, cure: impl Into<String>) {
        if !self.gave_up {
            self.mistakes.push(Mistake::new(span, what, cure));
        }
    }

    fn word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Token::Word(w) if w.eq_ignore_ascii_case(word));
        if found {
            self.next();
        }
        found
    }

    fn is(&mut self, token: &Token) -> bool {
        let found = self.peek() == token;
        if found {
            self.next();
        }
        found
    }

    fn node(&self, start: usize, node: Node<Name>) -> Parsed {
        Expr { node, span: start..self.last_end().max(start) }
    }

    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        if self.depth >= DEEPEST {
            let span = self.span();
            self.mistake(span.clone(), format!("quy tắc lồng quá {DEEPEST} lớp"), "tách thành nhiều quy tắc");
            self.gave_up = true;
            self.at = self.tokens.len() - 1;
            return Expr { node: Node::Unreadable, span };
        }
        self.depth += 1;
        let expr = read(self);
        self.depth -= 1;
        expr
    }

    fn the_end(&mut self) {
        while *self.peek() != Token::End {
            let span = self.span();
            let (what, cure) = match self.peek() {
                Token::Close => {
                    ("thừa dấu đóng ngoặc".to_owned(), "bỏ dấu này hoặc thêm dấu mở ngoặc phía trước")
                }
                Token::Compare(_) => (
                    "không nối hai phép so sánh liền nhau".to_owned(),
                    "tách ra bằng and, ví dụ a <= b and b <= c",
                ),
                Token::Comma => (
                    "dấu phẩy không đúng chỗ".to_owned(),
                    "số thập phân viết bằng dấu chấm (1.5); dấu phẩy chỉ ngăn các mục trong ngoặc",
                ),
                _ => (
                    "thiếu phép toán hoặc từ nối trước chỗ này".to_owned(),
                    "thêm một phép so sánh (<=, =, …), phép tính hoặc and, or, implies",
                ),
            };
            self.mistake(span, what, cure);
            self.next();
            // What follows is read for its own mistakes.
            if !matches!(self.peek(), Token::End | Token::Close) {
                self.rule();
            }
        }
    }

    fn rule(&mut self) -> Parsed {
        self.deeper(|p| {
            let start = p.span().start;
            let left = p.chain(Logic::Or);
            if !p.word("implies") {
                return left;
            }
            let right = p.rule();
            p.node(start, Node::Logic(Logic::Implies, Box::new(left), Box::new(right)))
        })
    }

    fn chain(&mut self, logic: Logic) -> Parsed {
        let start = self.span().start;
        let read = |p: &mut Self| if logic == Logic::Or { p.chain(Logic::And) } else { p.not() };
        let mut left = read(self);
        while self.word(logic.word()) {
            let right = read(self);
            left = self.node(start, Node::Logic(logic, Box::new(left), Box::new(right)));
        }
        left
    }

    fn not(&mut self) -> Parsed {
        let start = self.span().start;
        if self.word("not") {
            let inner = self.deeper(Self::not);
            return self.node(start, Node::Not(Box::new(inner)));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed {
        let start = self.span().start;
        let left = self.sum();
        if let Token::Compare(op) = *self.peek() {
            self.next();
            let right = self.sum();
            return self.node(start, Node::Compare(op, Box::new(left), Box::new(right)));
        }
        let next_is_in = matches!(&self.tokens[(self.at + 1).min(self.tokens.len() - 1)].0,
            Token::Word(w) if w.eq_ignore_ascii_case("in"));
        let negated = next_is_in && self.word("not");
        if !self.word("in") {
            return left;
        }
        let list = self.literals();
        let found = self.node(start, Node::In(Box::new(left), list));
        if negated { self.node(start, Node::Not(Box::new(found))) } else { found }
    }

    fn literals(&mut self) -> Vec<Parsed> {
        let mut list = Vec::new();
        if !self.is(&Token::Open) {
            let span = self.span();
            self.mistake(span, "sau in phải là danh sách trong ngoặc", "viết ví dụ in (“Đạt”, “Chưa đạt”)");
            return list;
        }
        loop {
            let value = self.sum();
            let literal = match &value.node {
                Node::Negate(inner) => matches!(inner.node, Node::Number(_)),
                node => matches!(node, Node::Number(_) | Node::Text(_) | Node::Date(_) | Node::Unreadable),
            };
            if !literal {
                let cure = "chỉ ghi chữ trong ngoặc kép, số hoặc ngày; so với ô khác thì dùng = và or";
                self.mistake(value.span.clone(), "danh sách của in chỉ gồm giá trị cố định", cure);
            }
            list.push(value);
            if !self.is(&Token::Comma) {
                break;
            }
        }
        self.close("in");
        list
    }

    fn close(&mut self, after: &str) {
        if !self.is(&Token::Close) {
            let span = self.span();
            let what = if after.is_empty() {
                "thiếu dấu đóng ngoặc".to_owned()
            } else {
                format!("thiếu dấu đóng ngoặc hoặc dấu phẩy trong {after}(…)")
            };
            self.mistake(span, what, "thêm dấu ) vào chỗ này hoặc kiểm tra các dấu ngoặc phía trước");
            // Skip to where this bracket most likely ends.
            while !matches!(self.peek(), Token::End | Token::Close | Token::Compare(_))
                && !self.at_connective()
            {
                self.next();
            }
            self.is(&Token::Close);
        }
    }

    fn at_connective(&self) -> bool {
        matches!(self.peek(), Token::Word(w) if ["and", "or", "implies"].iter().any(|k| w.eq_ignore_ascii_case(k)))
    }

    fn sum(&mut self) -> Parsed {
        let start = self.span().start;
        let mut left = self.product();
        while let Token::Arithmetic(op @ (Arithmetic::Add | Arithmetic::Subtract)) = *self.peek() {
            self.next();
            let right = self.product();
            left = self.node(start, Node::Arithmetic(op, Box::new(left), Box::new(right)));
        }
        left
    }

    fn product(&mut self) -> Parsed {
        let start = self.span().start;
        let mut left = self.sign();
        while let Token::Arithmetic(op @ (Arithmetic::Multiply | Arithmetic::Divide)) = *self.peek() {
            self.next();
            let right = self.sign();
            left = self.node(start, Node::Arithmetic(op, Box::new(left), Box::new(right)));
        }
        left
    }

    fn sign(&mut self) -> Parsed {
        let start = self.span().start;
        if self.is(&Token::Arithmetic(Arithmetic::Subtract)) {
            let inner = self.deeper(Self::sign);
            return self.node(start, Node::Negate(Box::new(inner)));
        }
        self.primary()
    }

    fn primary(&mut self) -> Parsed {
        let span = self.span();
        let start = span.start;
        match self.peek().clone() {
            Token::Number(n) => {
                self.next();
                self.node(start, Node::Number(n))
            }
            Token::Text(text) => {
                self.next();
                self.node(start, Node::Text(text))
            }
            Token::Date(day) => {
                self.next();
                self.node(start, Node::Date(day))
            }
            Token::Open => {
                self.next();
                let mut inner = self.rule();
                self.close("");
                inner.span = start..self.last_end();
                inner
            }
            Token::Word(word) => {
                let lower = word.to_ascii_lowercase();
                if let "true" | "false" = lower.as_str() {
                    self.next();
                    return self.node(start, Node::Bool(lower == "true"));
                }
                if RESERVED.contains(&lower.as_str()) {
                    return self.value_expected(span, &format!("“{word}”"));
                }
                self.next();
                if *self.peek() == Token::Open {
                    return self.function(&lower, span);
                }
                self.node(start, Node::Reference(Name { text: word, previous: false, span }))
            }
            Token::End => self.value_expected(span, "hết quy tắc"),
            Token::Close => self.value_expected(span, "dấu đóng ngoặc"),
            Token::Comma => self.value_expected(span, "dấu phẩy"),
            Token::Compare(op) => self.value_expected(span, &format!("“{}”", op.sign())),
            Token::Arithmetic(op) => self.value_expected(span, &format!("“{}”", op.sign())),
        }
    }

    fn value_expected(&mut self, span: Span, found: &str) -> Parsed {
        let what = format!("thiếu một giá trị: gặp {found}");
        self.mistake(span.clone(), what, "viết mã ô, số, ngày hoặc chữ trong ngoặc “…”");
        // A sign that cannot begin a value is stepped over once; a word or bracket belongs to whoever waits for it.
        if matches!(self.peek(), Token::Arithmetic(_)) {
            self.next();
        }
        Expr { node: Node::Unreadable, span }
    }

    fn function(&mut self, name: &str, span: Span) -> Parsed {
        self.next();
        let start = span.start;
        let node = match name {
            "abs" => {
                let x = self.rule();
                Node::Abs(Box::new(x))
            }
            "round" => {
                let x = self.rule();
                let places = if self.is(&Token::Comma) { self.whole(MOST_ROUND_PLACES) } else { Some(0) };
                Node::Round(Box::new(x), places.unwrap_or(0))
            }
            "date" => self.date_parts(start),
            "prev" => match self.reference() {
                Some(name) => Node::Reference(Name { previous: true, ..name }),
                None => Node::Unreadable,
            },
            "filled" | "empty" => match self.reference() {
                Some(reference) => Node::Filled(reference, name == "filled"),
                None => Node::Unreadable,
            },
            "sum" => self.items(Aggregate::Sum),
            "count" => self.items(Aggregate::Count),
            "min" => self.items(Aggregate::Min),
            "max" => self.items(Aggregate::Max),
            _ => {
                let cure = match nearest(name, FUNCTIONS) {
                    Some(likely) => format!("sửa thành {likely}(…)"),
                    None => format!("dùng một trong các hàm: {}", FUNCTIONS.join(", ")),
                };
                self.mistake(span, format!("không có hàm “{name}”"), cure);
                while *self.peek() != Token::Close && *self.peek() != Token::End {
                    self.rule();
                    if !self.is(&Token::Comma) {
                        break;
                    }
                }
                Node::Unreadable
            }
        };
        self.close(name);
        self.node(start, node)
    }

    /// A reference, alone or in `prev(…)`.
    fn reference(&mut self) -> Option<Name> {
        let (token, span) = (self.peek().clone(), self.span());
        let word = match token {
            Token::Word(word) if !RESERVED.contains(&word.to_ascii_lowercase().as_str()) => word,
            _ => {
                self.mistake(span, "chỗ này phải là một ô", "ghi mã ô của biểu mẫu");
                return None;
            }
        };
        self.next();
        if word.eq_ignore_ascii_case("prev") && self.is(&Token::Open) {
            let inner = self.reference()?;
            if inner.previous {
                self.mistake(span, "prev chỉ lấy được số liệu của một năm trước", "bỏ bớt một lần prev");
            }
            self.close("prev");
            return Some(Name { previous: true, ..inner });
        }
        Some(Name { text: word, previous: false, span })
    }

    fn items(&mut self, aggregate: Aggregate) -> Node<Name> {
        let mut items = Vec::new();
        loop {
            match self.reference() {
                Some(name) if name.is_group() => items.push(Item::Group(name, Vec::new())),
                Some(name) => items.push(Item::One(name)),
                None => return Node::Unreadable,
            }
            if !self.is(&Token::Comma) {
                return Node::Aggregate(aggregate, items);
            }
        }
    }

    /// `date(2024, 12, 10)` is a day; a computed year is kept for later.
    fn date_parts(&mut self, start: usize) -> Node<Name> {
        let year = self.rule();
        let part = |p: &mut Self, most: u32| p.is(&Token::Comma).then(|| p.whole(most)).flatten();
        let (month, day) = (part(self, 12), part(self, 31));
        let (Some(month), Some(day)) = (month, day) else {
            let span = start..self.last_end();
            self.mistake(
                span,
                "date cần năm, tháng và ngày",
                "viết ví dụ date(2024, 12, 10) hoặc date(year, 12, 10)",
            );
            return Node::Unreadable;
        };
        if let Node::Number(n) = &year.node {
            let real = n.to_i32().filter(|y| Decimal::from(*y) == *n);
            let real =
                real.and_then(|y| NaiveDate::from_ymd_opt(y, month, day)).filter(|d| lex::usable_date(*d));
            return match real {
                Some(date) => Node::Date(date),
                None => {
                    let what = format!("không có ngày {day} tháng {month} năm {n}");
                    self.mistake(start..self.last_end(), what, "sửa năm, tháng hoặc ngày");
                    Node::Unreadable
                }
            };
        }
        // 29 February is not there every year; the year is known only later.
        if NaiveDate::from_ymd_opt(2023, month, day).is_none() {
            let what = format!("không phải năm nào cũng có ngày {day} tháng {month}");
            self.mistake(start..self.last_end(), what, "chọn một ngày năm nào cũng có");
        }
        Node::DateOf(Box::new(year), month, day)
    }

    fn whole(&mut self, most: u32) -> Option<u32> {
        let (token, span) = (self.peek().clone(), self.span());
        let number = match token {
            Token::Number(n) => n.to_u32().filter(|whole| Decimal::from(*whole) == n && *whole <= most),
            _ => None,
        };
        if number.is_none() {
            self.mistake(span, format!("chỗ này phải là số nguyên từ 0 đến {most}"), "ghi một số cụ thể");
        }
        if matches!(self.peek(), Token::Number(_)) {
            self.next();
        }
        number
    }
}
