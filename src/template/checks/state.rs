//! Whether what stands in an input cell is of the kind the cell takes, however it came there: a formula, and its result
//! for what stands there when the template is written.
//!
//! It agrees with the reading of the cell ([`crate::submission`]) like this. What is read without asking fits. What the
//! reading refuses is wrong. A figure or a date that stands there as text, in one of the ways that a short formula can be
//! sure of (`14`, `87.000 người`, `-`, `05/12/2024`), is read, but no formula of the sheet reckons with it: it is odd, and
//! the sender is asked to type it again. All other text in such a cell is wrong here, also where the reading understands
//! it: it knows more ways of writing than a formula can. A number whose cell shows it as a day, or as a percentage where no
//! percentage is asked for, is wrong as well: its format tells. To Excel `CELL("format")` of a day is a `D` with a digit, to
//! LibreOffice `G`, which is Excel's word for plain numbers; which of the two is at work, a plain cell tells. Other formats
//! (`#,##0,,`) no formula sees: there the reading alone is right, and the sheet says so. Days are of the same years for both.

use crate::domain::cell::Content;
use crate::domain::exact::{LARGEST_FIGURE, MOST_DECIMALS};
use crate::domain::{Choice, ChoiceList, FieldKind, YEARS_OF_DAYS};
use crate::form::Field;
use chrono::Datelike;
use rust_decimal::Decimal;
use sheet::{Expression, Function, Operator, Reference};
use vietnamese::number::{NumberReading, Want, read_number};

/// What is to be said of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// Nothing stands there.
    Blank = 0,
    /// It is of the kind asked for.
    Fits = 1,
    /// It is read, but should be typed again.
    Odd = 2,
    /// It is not of the kind asked for.
    Wrong = 3,
}

/// The first and the last day that a date cell takes, as the serial numbers of a spreadsheet: those of [`YEARS_OF_DAYS`].
const DAYS: [i32; 2] = [36_526, 73_050];
/// Digits of the largest figure that is not too large.
const MOST_DIGITS: usize = 12;

/// Where the formulas of a cell stand and look.
pub(super) struct At {
    /// The input cell.
    pub cell: Expression,
    /// The text in it without its unit of measure; nothing for a number.
    pub words: Expression,
    /// That text without its digits.
    pub rest: Expression,
    /// A cell with a number that has no format.
    pub plain: Expression,
}

/// The items of a list that are answers in this cell: the others are asked about.
fn answers<'a>(field: &'a Field, list: &'a ChoiceList) -> impl Iterator<Item = &'a Choice> {
    list.items.iter().filter(|item| !field.refuses(item.means))
}

/// What to do about a cell that is odd or wrong, in the words of the reading.
pub(super) fn advice(field: &Field, state: State) -> String {
    match state {
        State::Odd => of_odd(&field.kind),
        _ => of_wrong(field),
    }
}

fn of_wrong(field: &Field) -> String {
    let how = field.kind.how_to_type();
    match &field.kind {
        FieldKind::Choice(list) => {
            let refused = list.items.iter().filter(|item| field.refuses(item.means));
            let refused: Vec<String> = refused.map(|item| format!("“{}”", item.text)).collect();
            if refused.is_empty() { how.to_owned() } else { format!("{how}, trừ {}", refused.join(", ")) }
        }
        FieldKind::Text => format!("ô báo lỗi công thức: xóa công thức, {how}"),
        FieldKind::Date => {
            let (first, last) = (YEARS_OF_DAYS.start(), YEARS_OF_DAYS.end());
            format!("{how}; ngày có thật, năm từ {first} đến {last}")
        }
        FieldKind::Percent => format!("{how}, không kèm chữ, không phải ngày"),
        _ => format!("{how}, không kèm chữ, không phải ngày hay %"),
    }
}

/// It is read all the same; typed again it is reckoned with in this workbook too.
fn of_odd(kind: &FieldKind) -> String {
    let how = kind.how_to_type();
    match kind {
        FieldKind::Choice(_) => format!("vẫn đọc được; nếu đã đọc sai thì {how}"),
        FieldKind::Date => format!("ngày ghi dạng chữ, vẫn đọc được; nếu sai thì {how}"),
        FieldKind::Decimal | FieldKind::Money(_) => format!(
            "vẫn đọc được: chữ số ghi dạng chữ là số, “-” là 0, quá {MOST_DECIMALS} chữ số thập phân thì làm tròn; nếu sai thì {how}"
        ),
        _ => format!("vẫn đọc được: chữ số ghi dạng chữ là số, “-” là 0; nếu sai thì {how}"),
    }
}

fn want(kind: &FieldKind) -> Option<Want> {
    match kind {
        FieldKind::Count => Some(Want::Whole),
        FieldKind::Decimal => Some(Want::Decimal),
        FieldKind::Money(unit) => Some(Want::Money(*unit)),
        FieldKind::Percent => Some(Want::Percent),
        FieldKind::Choice(_) | FieldKind::Text | FieldKind::Date => None,
    }
}

/// The unit of measure as it may stand behind a figure of the field without changing it; `None` for what is no figure.
pub(super) fn suffix(kind: &FieldKind, measure: &str) -> Option<String> {
    let want = want(kind)?;
    let written = format!(" {measure}");
    let is_read = match read_number(&format!("1234{written}"), want) {
        NumberReading::Exact(read) | NumberReading::Normalised { value: read, .. } => {
            read == Decimal::from(1234)
        }
        _ => false,
    };
    Some(if is_read && !measure.is_empty() { written } else { String::new() })
}

/// The formulas that [`At::words`] and [`At::rest`] name.
pub(super) fn helpers(at: &At, suffix: &str) -> [Expression; 2] {
    let trimmed = call(Function::Trim, [at.cell.clone()]);
    let words = match suffix {
        "" => trimmed,
        _ => call(Function::Substitute, [trimmed, suffix.into(), "".into()]),
    };
    let words = Expression::when(is_number(&at.cell), "".into(), words);
    let rest = (0..10).fold(at.words.clone(), |rest, digit: i32| {
        call(Function::Substitute, [rest, digit.to_string().into(), "".into()])
    });
    [call(Function::IfError, [words, "".into()]), rest]
}

/// The results of [`helpers`].
pub(super) fn words(content: Option<&Content>, suffix: &str) -> [String; 2] {
    let Some(Content::Text(text)) = content else { return <[String; 2]>::default() };
    let trimmed = trim(text);
    let words = if suffix.is_empty() { trimmed } else { trimmed.replace(suffix, "") };
    let rest = words.chars().filter(|c| !c.is_ascii_digit()).collect();
    [words, rest]
}

fn call<const N: usize>(function: Function, arguments: [Expression; N]) -> Expression {
    Expression::call(function, arguments)
}

/// As the spreadsheet trims.
fn trim(text: &str) -> String {
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The formula of a cell's state.
pub(super) fn formula(field: &Field, at: &At) -> Expression {
    let cell = || at.cell.clone();
    let trimmed = || call(Function::Trim, [cell()]);
    let is_blank = call(Function::Len, [trimmed()]).is(Operator::Equal, 0.into());
    let state = |state: State| Expression::from(state as u32);
    let either = |holds: Expression, then: State, otherwise: Expression| {
        Expression::when(holds, state(then), otherwise)
    };
    let told = match &field.kind {
        FieldKind::Count | FieldKind::Decimal | FieldKind::Money(_) | FieldKind::Percent => {
            let odd = either(text_is_figure(&field.kind, at), State::Odd, state(State::Wrong));
            let figure = figure_state(&field.kind, &at.cell);
            let number = either(is_shown_otherwise(&field.kind, at), State::Wrong, figure);
            Expression::when(is_number(&at.cell), number, odd)
        }
        FieldKind::Text => state(State::Fits),
        FieldKind::Choice(list) => {
            let one_of = |typed: &dyn Fn() -> Expression| {
                let texts = answers(field, list).map(|item| item.text.as_str());
                Expression::any(texts.map(|text| call(Function::Exact, [typed(), text.into()])))
            };
            let odd = either(one_of(&trimmed), State::Odd, state(State::Wrong));
            either(one_of(&cell), State::Fits, odd)
        }
        FieldKind::Date => {
            let odd = either(text_is_day(&trimmed()), State::Odd, state(State::Wrong));
            let odd = call(Function::IfError, [odd, state(State::Wrong)]);
            Expression::when(
                is_number(&at.cell),
                either(within(&cell(), DAYS), State::Fits, state(State::Wrong)),
                odd,
            )
        }
    };
    // An error in the cell is an error here.
    call(Function::IfError, [either(is_blank, State::Blank, told), state(State::Wrong)])
}

/// TRUE and FALSE are numbers to LibreOffice.
fn is_number(cell: &Expression) -> Expression {
    let is_logical = call(Function::IsLogical, [cell.clone()]);
    Expression::all([call(Function::IsNumber, [cell.clone()]), call(Function::Not, [is_logical])])
}

fn within(value: &Expression, [least, most]: [i32; 2]) -> Expression {
    Expression::all([
        value.clone().is(Operator::AtLeast, least.into()),
        value.clone().is(Operator::Less, (most + 1).into()),
    ])
}

/// Whether the format of a number makes it something else to whoever looks at it.
fn is_shown_otherwise(kind: &FieldKind, at: &At) -> Expression {
    let format = |cell: &Expression| call(Function::Cell, ["format".into(), cell.clone()]);
    let starts_with =
        |letter: &str| call(Function::Left, [format(&at.cell), 1.into()]).is(Operator::Equal, letter.into());
    let is_day = Expression::all([
        format(&at.cell).is(Operator::Equal, "G".into()),
        format(&at.plain).is(Operator::Unequal, "G".into()),
        within(&at.cell, DAYS),
    ]);
    let mut ways = vec![starts_with("D"), is_day];
    if *kind != FieldKind::Percent {
        ways.push(starts_with("P"));
    }
    call(Function::IfError, [Expression::any(ways), false.into()])
}

/// The state of a number in a cell for figures.
fn figure_state(kind: &FieldKind, cell: &Expression) -> Expression {
    let most = if *kind == FieldKind::Percent { Decimal::ONE_HUNDRED } else { LARGEST_FIGURE.into() };
    let rounded =
        |places: u32| call(Function::Round, [cell.clone(), places.into()]).is(Operator::Equal, cell.clone());
    let mut fits = vec![
        cell.clone().is(Operator::AtLeast, 0.into()),
        cell.clone().is(Operator::AtMost, Expression::Number(most)),
    ];
    if *kind == FieldKind::Count {
        fits.push(rounded(0));
    }
    let [fits_state, odd, wrong] =
        [State::Fits, State::Odd, State::Wrong].map(|state| Expression::from(state as u32));
    let good = if matches!(kind, FieldKind::Decimal | FieldKind::Money(_)) {
        Expression::when(rounded(MOST_DECIMALS), fits_state, odd)
    } else {
        fits_state
    };
    Expression::when(Expression::all(fits), good, wrong)
}

/// Whether a text is a figure that can be read in one way only: digits, in a cell for whole numbers in groups of three.
fn text_is_figure(kind: &FieldKind, at: &At) -> Expression {
    let words = || at.words.clone();
    let rest_is = |rest: &str| at.rest.clone().is(Operator::Equal, rest.into());
    let length = || call(Function::Len, [words()]);
    let long = |least: usize, most: usize| {
        [length().is(Operator::AtLeast, least.into()), length().is(Operator::AtMost, most.into())]
    };
    let starts_with_zero = call(Function::Left, [words(), 1.into()]).is(Operator::Equal, "0".into());
    let is_led = call(Function::Not, [starts_with_zero]);
    let is_dash = words().is(Operator::Equal, "-".into());
    let digits = match kind {
        FieldKind::Percent => {
            let hundred = words().is(Operator::Equal, "100".into());
            let short = Expression::all([Expression::all(long(2, 2)), is_led.clone()]);
            Expression::any([Expression::all(long(1, 1)), short, hundred])
        }
        _ => {
            let led = Expression::all([Expression::all(long(1, MOST_DIGITS)), is_led.clone()]);
            Expression::any([words().is(Operator::Equal, "0".into()), led])
        }
    };
    let point = |from_end: i32| {
        let place = call(Function::Max, [1.into(), length().minus(from_end.into())]);
        call(Function::Mid, [words(), place, 1.into()]).is(Operator::Equal, ".".into())
    };
    let grouped = if *kind == FieldKind::Count {
        let one = Expression::all(long(5, 7).into_iter().chain([point(3), is_led.clone()]));
        let two = Expression::all(long(9, 11).into_iter().chain([point(3), point(7), is_led]));
        Expression::when(rest_is("."), one, Expression::when(rest_is(".."), two, is_dash))
    } else {
        is_dash
    };
    Expression::when(rest_is(""), digits, grouped)
}

/// Digits within a text as a number.
fn part(text: &Expression, first: u32, letters: u32) -> Expression {
    call(Function::Value, [call(Function::Mid, [text.clone(), first.into(), letters.into()])])
}

/// The day that a text such as 05/12/2024 writes.
fn day_of(text: &Expression) -> Expression {
    call(Function::Date, [part(text, 7, 4), part(text, 4, 2), part(text, 1, 2)])
}

/// Whether a text is a day written as 05/12/2024.
fn text_is_day(text: &Expression) -> Expression {
    let stroke =
        |at: u32| call(Function::Mid, [text.clone(), at.into(), 1.into()]).is(Operator::Equal, "/".into());
    let day = day_of(text);
    Expression::all([
        call(Function::Len, [text.clone()]).is(Operator::Equal, 10.into()),
        stroke(3),
        stroke(6),
        within(&day, DAYS),
        part(text, 4, 2).is(Operator::AtMost, 12.into()),
        call(Function::Day, [day]).is(Operator::Equal, part(text, 1, 2)),
    ])
}

/// What the reading of a cell gives to rules, by the state of the cell: nothing where it is wrong, and of what is odd what
/// is meant.
pub(super) fn value_formula(field: &Field, at: &At, told: &Expression) -> Expression {
    let is = |state: State| told.clone().is(Operator::Equal, (state as u32).into());
    let cell = || at.cell.clone();
    let meant = match &field.kind {
        FieldKind::Count | FieldKind::Decimal | FieldKind::Money(_) | FieldKind::Percent => {
            let digits = call(Function::Substitute, [at.words.clone(), ".".into(), "".into()]);
            let is_dash = at.words.clone().is(Operator::Equal, "-".into());
            let written = Expression::when(is_dash, 0.into(), call(Function::Value, [digits]));
            let rounded = call(Function::Round, [cell(), MOST_DECIMALS.into()]);
            Expression::when(is_number(&at.cell), rounded, written)
        }
        FieldKind::Choice(_) | FieldKind::Text => call(Function::Trim, [cell()]),
        FieldKind::Date => {
            let written = day_of(&call(Function::Trim, [cell()]));
            Expression::when(is_number(&at.cell), cell(), written)
        }
    };
    let meant = call(Function::IfError, [meant, "".into()]);
    Expression::when(is(State::Fits), cell(), Expression::when(is(State::Odd), meant, "".into()))
}

/// The result of [`value_formula`] for what stands in a field when its template is written.
pub(super) fn value(field: &Field, suffix: &str, state: State, content: Option<&Content>) -> Option<Content> {
    let content = content?;
    match (state, &field.kind, content) {
        (State::Blank | State::Wrong, ..) => None,
        (State::Odd, FieldKind::Choice(_), Content::Text(text)) => Some(Content::Text(trim(text).into())),
        (State::Odd, FieldKind::Date, Content::Text(text)) => {
            chrono::NaiveDate::parse_from_str(text.trim(), "%d/%m/%Y").ok().map(Content::Date)
        }
        (State::Odd, _, Content::Number(number)) => Some(Content::Number(number.round_dp(MOST_DECIMALS))),
        (State::Odd, _, Content::Text(_)) => {
            let [words, _] = words(Some(content), suffix);
            if words == "-" {
                return Some(Content::Number(Decimal::ZERO));
            }
            words.replace('.', "").parse().ok().map(Content::Number)
        }
        _ => Some(content.clone()),
    }
}

/// The state of what stands in a field when its template is written.
pub(super) fn of(field: &Field, suffix: &str, content: Option<&Content>) -> State {
    let Some(content) = content else { return State::Blank };
    match (&field.kind, content) {
        (_, Content::Text(text)) if trim(text).is_empty() => State::Blank,
        (FieldKind::Text, _) => State::Fits,
        (FieldKind::Date, Content::Date(day)) if YEARS_OF_DAYS.contains(&day.year()) => State::Fits,
        (FieldKind::Choice(list), Content::Text(text)) => {
            let is = |typed: &str| answers(field, list).any(|item| item.text == typed);
            match (is(text), is(&trim(text))) {
                (true, _) => State::Fits,
                (_, true) => State::Odd,
                _ => State::Wrong,
            }
        }
        (
            FieldKind::Count | FieldKind::Decimal | FieldKind::Money(_) | FieldKind::Percent,
            Content::Number(number),
        ) => figure(&field.kind, *number),
        (
            FieldKind::Count | FieldKind::Decimal | FieldKind::Money(_) | FieldKind::Percent,
            Content::Text(_),
        ) => {
            let [words, rest] = words(Some(content), suffix);
            if is_figure(&field.kind, &words, &rest) { State::Odd } else { State::Wrong }
        }
        (FieldKind::Date, Content::Text(text)) => {
            let day = chrono::NaiveDate::parse_from_str(text.trim(), "%d/%m/%Y");
            let is_day = trim(text).len() == 10 && day.is_ok_and(|day| YEARS_OF_DAYS.contains(&day.year()));
            if is_day { State::Odd } else { State::Wrong }
        }
        _ => State::Wrong,
    }
}

fn figure(kind: &FieldKind, number: Decimal) -> State {
    let most = if *kind == FieldKind::Percent { Decimal::ONE_HUNDRED } else { LARGEST_FIGURE.into() };
    let is_whole = number.fract().is_zero() || *kind != FieldKind::Count;
    match number {
        number if number < Decimal::ZERO || number > most || !is_whole => State::Wrong,
        number
            if matches!(kind, FieldKind::Decimal | FieldKind::Money(_))
                && number.normalize().scale() > MOST_DECIMALS =>
        {
            State::Odd
        }
        _ => State::Fits,
    }
}

fn is_figure(kind: &FieldKind, words: &str, rest: &str) -> bool {
    let is_led = !words.starts_with('0');
    let point =
        |from_end: usize| words.len() > from_end && words.as_bytes()[words.len() - 1 - from_end] == b'.';
    match (kind, rest) {
        (FieldKind::Percent, "") => words.len() == 1 || words.len() == 2 && is_led || words == "100",
        (_, "") => words == "0" || is_led && (1..=MOST_DIGITS).contains(&words.len()),
        (FieldKind::Count, ".") => (5..=7).contains(&words.len()) && point(3) && is_led,
        (FieldKind::Count, "..") => (9..=11).contains(&words.len()) && point(3) && point(7) && is_led,
        _ => words == "-",
    }
}

/// An input cell as the formulas of the hidden sheet name it.
pub(super) fn input_cell(field: &Field) -> Expression {
    Reference::to_cell(field.cell).on_sheet(field.sheet.clone()).absolute().into()
}
