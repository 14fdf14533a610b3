//! The rule language: written once in the plan, used three times.
//!
//! A rule is a statement over the values of one submission, for example `cong_nhan <= dang_ky`. From its one tree come
//! the [evaluation](Rule::evaluate) in the checks, the [formula](Rule::formula) that shows the sender at once what is
//! wrong, and the [sentence](Rule::sentence) of the guide.
//!
//! # What can be written
//!
//! | | |
//! |---|---|
//! | numbers, texts, days | `100`, `1.5`, `“Đạt”` (or `"…"`, `'…'`), `d"2024-12-10"`, `date(year, 12, 10)` |
//! | values | `nltt.dat`; in the rule of a row `dat`; `prev(x)` last year's; named values such as `year` |
//! | reckoning | `+ - * /`, `abs(x)`, `round(x, places)`; day − day gives days, day ± whole number a day |
//! | over lists | `sum`, `count` (of those filled), `min`, `max` over values and patterns such as `co_so.*.dat` |
//! | statements | `<= >= < > = !=`, `x in (“a”, “b”)`, `filled(x)`, `empty(x)` |
//! | joined | `not`, `and`, `or`, `implies`, from the tightest to the loosest; `implies` groups to the right |
//!
//! # What a missing value does
//!
//! A missing value is never zero. A comparison with a missing side is undecided, and so is a sum with a hole in it, a
//! division by zero and a number beyond 28 digits; a value of last year may be missing like any other. `filled`,
//! `empty` and `count` are about being there and so are always decided. `and`, `or` and `implies` follow Kleene: what
//! is there decides as soon as it can. An undecided rule is [`Ruling::NotEvaluated`], never passed. On top of that:
//!
//! - [`WhenMissing::SkipIfAny`]: not evaluated as soon as one value it needs is missing.
//! - [`WhenMissing::SkipIfAll`]: `sum`, `min` and `max` go over those that are there (none there: undecided); not
//!   evaluated when every field it needs is missing.
//! - [`WhenMissing::NeverSkip`]: whatever can be decided is.
//!
//! A value is needed unless it is only asked whether it is there (`filled`, `empty`, `count`).
//!
//! # Exactness
//!
//! Numbers are decimals of 28 digits. Two of them are compared to [`COMPARED_PLACES`] places, because `x / 3 * 3` must
//! equal `x`; figures have at most six places, so nothing that was typed is lost. Excel reckons with 15 digits: its
//! formulas agree as long as figures and results keep within them.

pub mod ast;
mod bind;
mod constant;
mod evaluate;
pub mod excel;
mod lex;
mod message;
mod mistake;
mod parse;
mod quantity;
mod scope;
mod sentence;

pub use bind::{BoundName, Checked};
pub use evaluate::{RuleValue, Ruling, Values};
pub use message::Message;
pub use mistake::Mistake;
pub use parse::{LONGEST_RULE, Parsed, parse};
pub use quantity::Quantity;
pub use scope::{Names, Referent, Scope, Source, Type, ValueId};
pub use sentence::{Labels, lower_first};

/// Places to which numbers are compared.
pub const COMPARED_PLACES: u32 = 9;
/// Most decimals of a reported number.
pub const MOST_DECIMALS: u32 = 6;

/// What becomes of a rule when values are missing; see the [module](self).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WhenMissing {
    /// Not evaluated as soon as one is missing.
    #[default]
    SkipIfAny,
    /// Sums go over what is there; not evaluated when all are missing.
    SkipIfAll,
    /// Evaluated as far as it can be decided.
    NeverSkip,
}

/// The names a rule writes down outside of patterns.
pub fn names(parsed: &Parsed) -> Vec<&ast::Name> {
    let mut found = Vec::new();
    evaluate::visit(parsed, &mut |name, _| found.push(name));
    found
}

/// The numbers a rule writes down, each once.
///
/// ```
/// let rule = rule::parse("abs(dat - prev(dat)) <= prev(dat) * 0.05 or dat in (0, 3)").unwrap();
/// let figures: Vec<String> = rule::figures(&rule).iter().map(ToString::to_string).collect();
/// assert_eq!(figures, ["0.05", "0", "3"]);
/// ```
pub fn figures(parsed: &Parsed) -> Vec<rust_decimal::Decimal> {
    let mut found = Vec::new();
    evaluate::figures(parsed, &mut |figure| {
        if !found.contains(&figure) {
            found.push(figure);
        }
    });
    found
}

/// The patterns a rule writes down.
pub fn patterns(parsed: &Parsed) -> Vec<&ast::Name> {
    let mut found = Vec::new();
    evaluate::patterns(parsed, &mut |name| found.push(name));
    found
}

/// A rule whose names lead somewhere and whose kinds fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule<V> {
    expr: Checked<V>,
    when_missing: WhenMissing,
}

impl<V: ValueId> Rule<V> {
    /// Reads a rule in a scope. For a rule of a row: once for each row, in the scope of that row.
    ///
    /// # Errors
    /// Every mistake of form; when there is none, every mistake of meaning: unknown names, kinds that do not fit,
    /// statements that are always true or never.
    ///
    /// ```
    /// use rule::{Names, Referent, Rule, Type, WhenMissing};
    /// let mut names = Names::new();
    /// for id in ["nltt.dat", "nltt.tong"] {
    ///     names.add(id, Referent::reported(id, Type::Whole).at_least(0));
    /// }
    /// names.in_row(Some("nltt"));
    /// assert!(Rule::read("dat <= tong", &names, WhenMissing::SkipIfAny).is_ok());
    /// let mistakes = Rule::read("dta <= tong", &names, WhenMissing::SkipIfAny).unwrap_err();
    /// assert_eq!(mistakes[0].cure, "có phải ý là “dat”?");
    /// ```
    pub fn read(
        text: &str,
        scope: &dyn Scope<V>,
        when_missing: WhenMissing,
    ) -> Result<Rule<V>, Vec<Mistake>> {
        Rule::bind(&parse(text)?, scope, when_missing)
    }

    /// Binds a rule that was parsed once to the scope of a row.
    ///
    /// # Errors
    /// Every mistake of meaning.
    pub fn bind(
        parsed: &Parsed,
        scope: &dyn Scope<V>,
        when_missing: WhenMissing,
    ) -> Result<Rule<V>, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let (expr, kind) = bind::bind(parsed, scope, &mut mistakes);
        if let Some(kind) = kind.filter(|kind| *kind != Type::Bool) {
            mistakes.push(Mistake::new(
                parsed.span.clone(),
                format!("quy tắc phải là câu đúng/sai nhưng đây là {}", kind.vietnamese()),
                "thêm phép so sánh, ví dụ … <= tong",
            ));
        }
        if mistakes.is_empty() {
            constant::check(&expr, &mut mistakes);
        }
        mistakes.sort_by_key(|mistake| (mistake.span.start, mistake.span.end));
        if mistakes.is_empty() { Ok(Rule { expr, when_missing }) } else { Err(mistakes) }
    }

    /// The tree.
    pub fn expr(&self) -> &Checked<V> {
        &self.expr
    }

    /// What becomes of it when values are missing.
    pub fn when_missing(&self) -> WhenMissing {
        self.when_missing
    }

    /// Every value it speaks of, each once, in the order they are written.
    pub fn references(&self) -> Vec<&BoundName<V>> {
        let mut found = Vec::new();
        evaluate::visit(&self.expr, &mut |bound, _| {
            if !found.contains(&bound) {
                found.push(bound);
            }
        });
        found
    }

    /// What it says about these values.
    pub fn evaluate(&self, values: &dyn Values<V>) -> Ruling {
        evaluate::Evaluation { values, when_missing: self.when_missing }.outcome(&self.expr)
    }

    /// It as a spreadsheet formula without the leading `=`, cut up when it is longer or deeper than `limits`.
    ///
    /// # Errors
    /// It does not fit, and helper cells are not to be had or do not help.
    pub fn formula(
        &self,
        ask: excel::Ask,
        cells: &dyn excel::Cells<V>,
        limits: excel::Limits,
    ) -> Result<excel::Pieces, excel::TooLong> {
        excel::formula(self, ask, cells, limits)
    }

    /// It as a Vietnamese sentence without the full stop.
    pub fn sentence(&self, labels: &dyn Labels<V>) -> String {
        sentence::sentence(&self.expr, labels)
    }
}

/// The example of the README is a test too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
