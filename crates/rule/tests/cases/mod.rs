//! Rules and inputs made up by a fixed row of numbers, for the tests that compare the readings of one tree.
#![allow(dead_code, clippy::unwrap_used)] // shared by test binaries and a fuzz target that use parts of it

use chrono::{Days, NaiveDate};
use rule::{Names, Referent, Rule, RuleValue, Type, Values, WhenMissing};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fmt;

/// The fields of the made-up form, in the order of their cells: four counts, three decimals, two choices, a text, two
/// days. The counts are the rows of the table `bang`.
pub const FIELDS: [(&str, Sort); 12] = [
    ("a.so", Sort::Whole),
    ("b.so", Sort::Whole),
    ("c.so", Sort::Whole),
    ("e.so", Sort::Whole),
    ("a.tien", Sort::Decimal),
    ("b.tien", Sort::Decimal),
    ("c.tien", Sort::Decimal),
    ("a.dat", Sort::Choice),
    ("b.dat", Sort::Choice),
    ("a.ten", Sort::Text),
    ("a.ngay", Sort::Day),
    ("b.ngay", Sort::Day),
];
/// The report year of every case.
pub const YEAR: i32 = 2024;
const CHOICES: [&str; 3] = ["Đạt", "Chưa đạt", "đạt"];
const TEXTS: [&str; 4] = ["12/QĐ-UBND", "12/qđ-ubnd", "nói \"có\"", "0"];

/// What a field of the made-up form holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Whole,
    Decimal,
    Choice,
    Text,
    Day,
}

/// What the values of the made-up form are known by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A field, by its place in [`FIELDS`].
    Field(usize),
    /// The report year.
    Year,
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Input::Field(place) => FIELDS[*place].0,
            Input::Year => "year",
        })
    }
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A row of numbers that looks random and is the same every time.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// The scope of the made-up form; a rule may use the columns of row `a` bare.
pub fn names() -> Names<Input> {
    let mut names = Names::new();
    for (place, (id, sort)) in FIELDS.into_iter().enumerate() {
        let reported = |kind| Referent::reported(Input::Field(place), kind);
        let field = match sort {
            Sort::Whole => reported(Type::Whole).at_least(0),
            Sort::Decimal => reported(Type::Decimal).at_least(0),
            Sort::Choice => reported(Type::Choice(CHOICES.map(str::to_owned).to_vec())),
            Sort::Text => reported(Type::Text),
            Sort::Day => reported(Type::Date),
        };
        let column = id.split_once('.').unwrap().1;
        names.add_to_group(format!("bang_so.*.{column}"), field.clone());
        names.add(id, field);
    }
    names.add("year", Referent::given(Input::Year, Type::Whole));
    names.in_row(Some("a"));
    names
}

/// A rule and what was reported.
pub struct Case {
    pub text: String,
    pub when_missing: WhenMissing,
    pub rule: Rule<Input>,
    pub inputs: Inputs,
}

/// Values of this year and of the last.
#[derive(Debug, Default)]
pub struct Inputs {
    pub now: BTreeMap<Input, RuleValue>,
    pub then: BTreeMap<Input, RuleValue>,
}

impl Values<Input> for Inputs {
    fn value(&self, input: &Input, previous: bool) -> Option<RuleValue> {
        match input {
            Input::Year => Some(RuleValue::Number(YEAR.into())),
            field if previous => self.then.get(field).cloned(),
            field => self.now.get(field).cloned(),
        }
    }
}

pub fn day(from_2024: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(YEAR, 1, 1).unwrap() + Days::new(from_2024)
}

impl Inputs {
    pub fn made_up(dice: &mut Dice) -> Inputs {
        let filled = *dice.one(&[100, 100, 85, 60, 20, 0]);
        let mut inputs = Inputs::default();
        for (place, (_, sort)) in FIELDS.into_iter().enumerate() {
            for year in [&mut inputs.now, &mut inputs.then] {
                if dice.chance(filled) {
                    year.insert(Input::Field(place), value(dice, sort));
                }
            }
        }
        inputs
    }
}

fn value(dice: &mut Dice, sort: Sort) -> RuleValue {
    match sort {
        Sort::Whole => RuleValue::Number(whole(dice)),
        Sort::Decimal => RuleValue::Number(decimal(dice)),
        Sort::Choice => RuleValue::Text((*dice.one(&CHOICES)).into()),
        Sort::Text => RuleValue::Text((*dice.one(&TEXTS)).into()),
        Sort::Day => RuleValue::Date(day(dice.below(5) as u64 * 91)),
    }
}

fn whole(dice: &mut Dice) -> Decimal {
    (if dice.chance(70) { dice.below(4) } else { dice.below(300_000) }).into()
}

/// Tenths trip binary arithmetic most readily; six decimals are the most a figure has.
fn decimal(dice: &mut Dice) -> Decimal {
    if dice.chance(70) {
        Decimal::new(dice.below(10) as i64, 1)
    } else {
        Decimal::new(dice.below(1_000_000_000) as i64, *dice.one(&[1, 2, 4, 6]))
    }
}

impl Case {
    /// The next case whose rule is not constant.
    pub fn made_up(dice: &mut Dice, names: &Names<Input>) -> Case {
        loop {
            let depth = dice.below(4);
            let text = statement(dice, depth);
            let when_missing =
                *dice.one(&[WhenMissing::SkipIfAny, WhenMissing::SkipIfAll, WhenMissing::NeverSkip]);
            match Rule::read(&text, names, when_missing) {
                Ok(rule) => return Case { text, when_missing, rule, inputs: Inputs::made_up(dice) },
                // What never changes is refused, and so it should be; nothing else may be wrong with what is made up.
                Err(mistakes) => assert!(
                    mistakes.iter().all(|m| [
                        "luôn đúng",
                        "không bao giờ đúng",
                        "liệt kê hai lần",
                        "chia cho 0"
                    ]
                    .iter()
                    .any(|known| m.what.contains(known))),
                    "{text}: {mistakes:#?}"
                ),
            }
        }
    }
}

fn field(dice: &mut Dice, sorts: &[Sort]) -> String {
    loop {
        let (id, sort) = *dice.one(&FIELDS);
        if sorts.contains(&sort) {
            // Columns of row a may stand bare.
            let bare = id.strip_prefix("a.").filter(|_| dice.chance(30)).unwrap_or(id);
            return if dice.chance(15) { format!("prev({bare})") } else { bare.to_owned() };
        }
    }
}

/// The text of a statement, with more brackets than it needs.
pub fn statement(dice: &mut Dice, depth: usize) -> String {
    if depth > 0 && dice.chance(75) {
        let left = statement(dice, depth - 1);
        if dice.chance(15) {
            return format!("not ({left})");
        }
        let right = statement(dice, depth - 1);
        return format!("({left}) {} ({right})", dice.one(&["and", "or", "implies"]));
    }
    match dice.below(10) {
        0 => format!(
            "filled({})",
            field(dice, &[Sort::Whole, Sort::Decimal, Sort::Choice, Sort::Text, Sort::Day])
        ),
        1 => format!(
            "empty({})",
            field(dice, &[Sort::Whole, Sort::Decimal, Sort::Choice, Sort::Text, Sort::Day])
        ),
        2 => {
            let choice = *dice.one(&CHOICES);
            format!("{} {} “{choice}”", field(dice, &[Sort::Choice]), dice.one(&["=", "!="]))
        }
        3 => match dice.below(4) {
            0 => format!("{} in (“Đạt”, 'đạt')", field(dice, &[Sort::Choice])),
            1 => format!("{} not in (“Đạt”)", field(dice, &[Sort::Choice])),
            2 => format!("{} in (0, 2, 1.5)", number(dice, 1)),
            _ => {
                format!(
                    "{} {} {}",
                    field(dice, &[Sort::Text]),
                    dice.one(&["=", "!="]),
                    dice.one(&["'nói \"có\"'", "“12/QĐ-UBND”", "“0”", "a.dat",])
                )
            }
        },
        4 => format!("{} {} {}", date(dice), comparison(dice), date(dice)),
        _ => {
            let depths = (dice.below(3), dice.below(3));
            format!("{} {} {}", number(dice, depths.0), comparison(dice), number(dice, depths.1))
        }
    }
}

fn comparison(dice: &mut Dice) -> &'static str {
    dice.one::<&str>(&["<=", ">=", "<", ">", "=", "!="])
}

fn date(dice: &mut Dice) -> String {
    match dice.below(5) {
        0 => format!("d\"{}\"", day(dice.below(5) as u64 * 91)),
        1 => "date(year, 12, 10)".to_owned(),
        2 => format!("({} {} {})", field(dice, &[Sort::Day]), dice.one(&["+", "-"]), dice.below(3) * 91),
        _ => field(dice, &[Sort::Day]),
    }
}

fn number(dice: &mut Dice, depth: usize) -> String {
    let sorts = [Sort::Whole, Sort::Decimal];
    if depth == 0 || dice.chance(25) {
        return match dice.below(6) {
            0 => whole(dice).to_string(),
            1 => decimal(dice).to_string(),
            _ => field(dice, &sorts),
        };
    }
    match dice.below(12) {
        0..=6 => {
            let (a, b) = (number(dice, depth - 1), number(dice, depth - 1));
            format!("({a} {} {b})", dice.one(&["+", "-", "*", "/", "-", "+"]))
        }
        7 => format!("abs({})", number(dice, depth - 1)),
        8 => format!("round({}, {})", number(dice, depth - 1), dice.below(3)),
        9 => format!("-{}", number(dice, 0)),
        10 => format!("({} - {})", field(dice, &[Sort::Day]), field(dice, &[Sort::Day])),
        _ => {
            let previous = dice.chance(20);
            let group = |column: &str| {
                let pattern = format!("bang_so.*.{column}");
                if previous { format!("prev({pattern})") } else { pattern }
            };
            let column = *dice.one(&["so", "tien", "so", "dat"]);
            if column == "dat" || dice.chance(20) {
                return format!("count({}, {})", group(column), field(dice, &[Sort::Text, Sort::Whole]));
            }
            let word = *dice.one(&["sum", "sum", "min", "max"]);
            if dice.chance(50) {
                format!("{word}({})", group(column))
            } else {
                format!("{word}({}, {})", field(dice, &sorts), field(dice, &sorts))
            }
        }
    }
}
